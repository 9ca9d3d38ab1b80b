#pragma once
#include "sim/core/world.hpp"
#include "sim/engine/schedule.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace metier {

/// Hash of all that later months depend on: columns in the order of their names, each hashed with its name and number of
/// rows. Equal for any number of threads. Columns that no process writes are hashed once and remembered. Left out is
/// what lives within a month; some of it only indicators read: `--hash` and `metier verify` look at those columns, too.
class StateHash {
 public:
  /// `written`: the columns that are not constant (Schedule::written_columns).
  explicit StateHash(Schedule::Written written);
  std::uint64_t operator()(const World& world);

 private:
  Schedule::Written written_;
  std::map<std::string, std::uint64_t, std::less<>> constant_;
};

/// Hash of one column, in parallel over fixed blocks.
std::uint64_t column_hash(const ColumnStore& store);

}  // namespace metier
