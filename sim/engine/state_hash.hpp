#pragma once
#include "sim/core/world.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace metier {

/// Hash of the whole state: columns in the order of their names, each hashed with its name and number of rows. Equal
/// for any number of threads. Columns that no process writes are hashed once and remembered.
class StateHash {
 public:
  /// `changing`: names of the columns that may change (Schedule::written_columns); all others are constant.
  explicit StateHash(std::vector<std::string> changing);
  std::uint64_t operator()(const World& world);

 private:
  std::vector<std::string> changing_;
  std::map<std::string, std::uint64_t, std::less<>> constant_;
};

/// Hash of one column, in parallel over fixed blocks.
std::uint64_t column_hash(const ColumnStore& store);

}  // namespace metier
