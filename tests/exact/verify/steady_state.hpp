#pragma once
#include "sim/core/world.hpp"

#include <map>
#include <string>
#include <vector>

namespace metier::test {

/// The case V6 at a scale, for some months.
struct SteadyCase {
  std::vector<std::string> changes;  ///< as of --set
  int months = 0;
};

/// What moved: one line per column with the worst value and the month; empty when all stands still.
///
/// Every column of the state after every month is compared with the same column at t = 0, value by value. Integers
/// (cents, heads, persons' jobs) have to be equal; real numbers may differ by 1e-9 of their size. What cannot stand
/// still is listed with its reason in steady_state.cpp: clocks.
std::string what_moves(const SteadyCase& steady);

}  // namespace metier::test
