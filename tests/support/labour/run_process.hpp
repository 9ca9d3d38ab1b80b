#pragma once
#include "models/labour/columns.hpp"
#include "sim/core/step.hpp"
#include "sim/core/world.hpp"
#include "tests/support/labour/labour_world.hpp"
#include "tests/support/run_process.hpp"

#include <cstdint>

namespace metier::test {

/// Sum of an integer column.
template <class C>
std::int64_t total(World& world) {
  std::int64_t sum = 0;
  for (const auto value : world.column<C>()) sum += static_cast<std::int64_t>(value);
  return sum;
}

/// Hash of every column, read-only ones included.
std::uint64_t hash_of_state(World& world);

/// A market small enough for the fast tests: some 4 000 persons in 12 communes and 3 external zones.
LabourSize small_labour();

/// An invented market at t = 0, counted, whose processes are called one by one.
struct SmallMarket {
  LabourSetting setting;
  World world;
  explicit SmallMarket(const LabourSize& size = small_labour(), const labour::Params& params = {});
  template <class C>
  auto column() {
    return world.column<C>();
  }
  template <class C>
  std::int64_t sum() {
    return total<C>(world);
  }
  template <class... A, class... P>
  void run(int month, void (*process)(A...), const P&... params) {
    run_process(world, labour_step(month), process, params...);
  }
};

}  // namespace metier::test
