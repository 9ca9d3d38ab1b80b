#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace metier::synthesis {

/// Doubly constrained gravity: flows_od = a_o b_d e^(-beta t_od) with given sums of rows and columns.
struct GravityFlows {
  std::vector<double> flows;  ///< origins x destinations
  int rounds = 0;             ///< of fitting, rows then columns
  double error = 0.0;         ///< largest relative error of a row sum left after the last round
};

/// Fits flows to margins by iterative proportional fitting to a relative error of `tolerance` (500 rounds at the most).
///
/// Shapes    minutes, allowed: origins x destinations; sums: origins, destinations. allowed 0 means no flow at all.
/// Needs     equal totals of both margins, at least one allowed destination for every origin that has somebody
/// Source    Wilson (1967), Transportation Research 1: maximum entropy under both margins and a mean cost
GravityFlows gravity(std::span<const double> origins, std::span<const double> destinations,
                     std::span<const double> minutes, std::span<const unsigned char> allowed, double beta,
                     double tolerance = 1e-9);

/// RAS: scales a non-negative table to given sums of rows and columns.
struct Raked {
  std::vector<double> cells;
  int rounds = 0;
  double error = 0.0;  ///< largest relative error of a row sum
};
Raked rake_table(std::vector<double> cells, std::span<const double> rows, std::span<const double> columns,
                 double tolerance = 1e-9);

}  // namespace metier::synthesis
