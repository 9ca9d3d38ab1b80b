#include "models/synthesis/gravity.hpp"

#include "sim/core/math.hpp"

#include <algorithm>
#include <cmath>

namespace metier::synthesis {

Raked rake_table(std::vector<double> cells, std::span<const double> rows, std::span<const double> columns,
                 double tolerance) {
  constexpr int kMostRounds = 500;
  Raked raked{std::move(cells), 0, 0.0};
  const std::size_t width = columns.size();
  std::vector<double> sums(width);
  for (; raked.rounds < kMostRounds; ++raked.rounds) {
    raked.error = 0.0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      double sum = 0.0;
      for (std::size_t c = 0; c < width; ++c) sum += raked.cells[r * width + c];
      if (sum <= 0.0) continue;
      raked.error = std::max(raked.error, rows[r] > 0.0 ? std::fabs(sum / rows[r] - 1.0) : sum);
      for (std::size_t c = 0; c < width; ++c) raked.cells[r * width + c] *= rows[r] / sum;
    }
    if (raked.rounds > 0 && raked.error < tolerance) break;
    std::fill(sums.begin(), sums.end(), 0.0);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t c = 0; c < width; ++c) sums[c] += raked.cells[r * width + c];
    }
    for (std::size_t c = 0; c < width; ++c) sums[c] = sums[c] > 0.0 ? columns[c] / sums[c] : 0.0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t c = 0; c < width; ++c) raked.cells[r * width + c] *= sums[c];
    }
  }
  return raked;
}

GravityFlows gravity(std::span<const double> origins, std::span<const double> destinations,
                     std::span<const double> minutes, std::span<const unsigned char> allowed, double beta,
                     double tolerance) {
  const std::size_t width = destinations.size();
  std::vector<double> cells(origins.size() * width);
  for (std::size_t k = 0; k < cells.size(); ++k) {
    cells[k] = allowed[k] != 0 ? origins[k / width] * destinations[k % width] * math::exp(-beta * minutes[k]) : 0.0;
  }
  Raked raked = rake_table(std::move(cells), origins, destinations, tolerance);
  return {std::move(raked.cells), raked.rounds, raked.error};
}

}  // namespace metier::synthesis
