#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace metier {
class Draws;
}

/// From expected counts to whole numbers that keep their margins.
namespace metier::synthesis {

/// Whole numbers that sum to `total`, each one of the two next to its value: largest remainders, ties to the lowest
/// index.
///
/// Errors  broken promise when `total` is further from the sum of the values than one per value
std::vector<std::int64_t> round_to_total(std::span<const double> values, std::int64_t total);

/// Whole margins of a population at `factor` times its size: factor x values by largest remainder, with total
/// round(factor x sum). With factor 1 and whole values nothing changes.
std::vector<std::int64_t> scaled_margins(std::span<const double> values, double factor);

/// A table of non-negative expected counts whose columns form groups; rows are stored one after the other.
struct ExpectedTable {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<std::size_t> group_of_column;  ///< group of each column, 0 .. groups - 1
  std::vector<double> cells;

  ExpectedTable(std::size_t row_count, std::vector<std::size_t> column_groups);
  double& at(std::size_t row, std::size_t column) { return cells[row * columns + column]; }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const { return cells[row * columns + column]; }
  [[nodiscard]] std::size_t groups() const;
  [[nodiscard]] double row_sum(std::size_t row) const;
  [[nodiscard]] double group_sum(std::size_t group) const;
};

/// Iterative proportional fitting of the table to sums of rows and of groups of columns, which must have one total.
///
/// Where the zeros of the table leave no solution, every cell whose row and group are wanted starts with a little more.
/// Returns the largest absolute difference from the sum of a row that is left.
double rake(ExpectedTable& table, std::span<const double> row_sums, std::span<const double> group_sums);

/// Unbiased controlled rounding (Cox 1987, J. Am. Stat. Assoc. 82(398)): every cell, column, group of columns, row and
/// the total become one of the two whole numbers next to their expected value, all sums hold, and the expectation of
/// each is the value given. Margins that are whole are met exactly.
///
/// Random  the draws given, one per cycle of fractional cells
std::vector<std::int64_t> controlled_rounding(const ExpectedTable& table, Draws& draws);

}  // namespace metier::synthesis
