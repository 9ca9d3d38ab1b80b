#pragma once
#include "sim/core/step.hpp"
#include "sim/core/world.hpp"
#include "sim/engine/schedule.hpp"

namespace metier::test {

/// Runs one process on the world, outside any schedule.
template <class... A, class... P>
void run_process(World& world, const Step& step, void (*process)(A...), const P&... params) {
  const BoundFunction bound = bind_function(process, params...);
  for (const Access& access : bound.accesses) {
    if (access.touch != nullptr) access.touch(world);
  }
  bound.call(world, step, {});
}

/// A month of a run.
inline Step month_step(int month, std::uint64_t seed = 7) {
  Step step;
  step.month = month;
  step.calendar = Month{2019, 1} + (month - 1);
  step.seeds.seed = seed;
  return step;
}

}  // namespace metier::test
