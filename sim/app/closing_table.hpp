#pragma once
#include "output/reader.hpp"

#include <string>

namespace metier::app {

/// The metropolis at the beginning and at the end of a run, a line per main indicator that the file has: stocks at t =
/// 0 and at the end, flows as means per month of the first and the last twelve months. Empty when it has none of them.
std::string closing_table(const output::RunFile& file);

}  // namespace metier::app
