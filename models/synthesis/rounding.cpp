#include "models/synthesis/rounding.hpp"

#include "sim/core/error.hpp"
#include "sim/core/money.hpp"
#include "sim/core/rng.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace metier::synthesis {
namespace {

/// Closer to a whole number than this is whole: far above the rounding of sums, far below one expected unit in a cell.
constexpr double kWhole = 1e-7;
constexpr double kFitted = 1e-9;
constexpr double kSeedOfEmptyCell = 1e-3;

bool whole(double value) { return std::fabs(value - std::nearbyint(value)) <= kWhole; }

/// The table as a circulation: source -> row -> column -> group of columns -> sink -> source. What flows in an arc is a
/// cell or a margin; keeping the sums means keeping what flows in and out of every node.
class Circulation {
 public:
  explicit Circulation(const ExpectedTable& table) {
    const std::size_t groups = table.groups();
    const std::size_t row0 = 2, column0 = row0 + table.rows, group0 = column0 + table.columns;
    first_.resize(group0 + groups);
    for (std::size_t r = 0; r < table.rows; ++r) {
      for (std::size_t c = 0; c < table.columns; ++c) add(row0 + r, column0 + c, table.at(r, c));
    }
    double total = 0.0;
    for (std::size_t r = 0; r < table.rows; ++r) {
      add(0, row0 + r, table.row_sum(r));
      total += table.row_sum(r);
    }
    add(1, 0, total);
    for (std::size_t c = 0; c < table.columns; ++c) {
      double sum = 0.0;
      for (std::size_t r = 0; r < table.rows; ++r) sum += table.at(r, c);
      add(column0 + c, group0 + table.group_of_column[c], sum);
    }
    for (std::size_t g = 0; g < groups; ++g) add(group0 + g, 1, table.group_sum(g));
  }

  /// Makes every flow whole.
  void round(Draws& draws) {
    std::size_t start = 0;
    while (start < first_.size()) {
      const Step step = fractional_arc(start, kNone);
      if (step.arc == kNone) {
        ++start;
      } else {
        push_around(cycle_from(start), draws);
      }
    }
  }
  [[nodiscard]] double flow(std::size_t arc) const { return arcs_[arc].flow; }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  struct Arc {
    std::size_t from, to;
    double flow;
  };
  struct Step {
    std::size_t arc = kNone;
    bool along = true;  ///< walked from `from` to `to`
  };

  void add(std::size_t from, std::size_t to, double flow) {
    const std::size_t arc = arcs_.size();
    arcs_.push_back({from, to, whole(flow) ? std::nearbyint(flow) : flow});
    first_[from].push_back({arc, true});
    first_[to].push_back({arc, false});
  }
  /// An arc at the node with a fractional flow, other than the one just walked.
  [[nodiscard]] Step fractional_arc(std::size_t node, std::size_t last) {
    auto& steps = first_[node];
    // Flows never become fractional again, so whole arcs at the end of the list can go for good.
    while (!steps.empty() && whole(arcs_[steps.back().arc].flow)) steps.pop_back();
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
      if (step->arc != last && !whole(arcs_[step->arc].flow)) return *step;
    }
    return {};
  }
  std::vector<Step> cycle_from(std::size_t node) {
    visited_.assign(first_.size(), kNone);
    std::vector<Step> path;
    std::size_t last = kNone;
    while (visited_[node] == kNone) {
      visited_[node] = path.size();
      const Step step = fractional_arc(node, last);
      if (step.arc == kNone) {
        settle(last);
        return {};
      }
      path.push_back(step);
      last = step.arc;
      node = step.along ? arcs_[step.arc].to : arcs_[step.arc].from;
    }
    path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(visited_[node]));
    return path;
  }
  /// A flow that is alone in being fractional at a node is so by rounding errors of its neighbours only.
  void settle(std::size_t arc) {
    double& flow = arcs_[arc].flow;
    METIER_REQUIRE(std::fabs(flow - std::nearbyint(flow)) < 1e-4, "the sums of the table do not hold");
    flow = std::nearbyint(flow);
  }
  /// Moves flow one way or the other until an arc of the cycle is whole; the two amounts have inverse odds, so the
  /// expectation of every flow stays.
  void push_around(const std::vector<Step>& cycle, Draws& draws) {
    if (cycle.empty()) return;
    double up = 1.0, down = 1.0;
    for (const Step step : cycle) {
      const double flow = arcs_[step.arc].flow, below = std::floor(flow);
      const double to_ceiling = below + 1.0 - flow, to_floor = flow - below;
      up = std::min(up, step.along ? to_ceiling : to_floor);
      down = std::min(down, step.along ? to_floor : to_ceiling);
    }
    const double amount = draws.uniform() * (up + down) < down ? up : -down;
    for (const Step step : cycle) {
      double& flow = arcs_[step.arc].flow;
      flow += step.along ? amount : -amount;
      if (whole(flow)) flow = std::nearbyint(flow);
    }
  }

  std::vector<Arc> arcs_;
  std::vector<std::vector<Step>> first_;  ///< arcs at each node
  std::vector<std::size_t> visited_;
};

/// Sweeps over rows and groups of columns; returns the largest gap of a row.
double fit(ExpectedTable& table, std::span<const double> row_sums, std::span<const double> group_sums) {
  constexpr int kSweeps = 1000;
  double gap = 0.0;
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    for (std::size_t r = 0; r < table.rows; ++r) {
      const double sum = table.row_sum(r);
      const double factor = sum > 0.0 ? row_sums[r] / sum : 0.0;
      for (std::size_t c = 0; c < table.columns; ++c) table.at(r, c) *= factor;
    }
    for (std::size_t g = 0; g < group_sums.size(); ++g) {
      const double sum = table.group_sum(g);
      const double factor = sum > 0.0 ? group_sums[g] / sum : 0.0;
      for (std::size_t c = 0; c < table.columns; ++c) {
        if (table.group_of_column[c] != g) continue;
        for (std::size_t r = 0; r < table.rows; ++r) table.at(r, c) *= factor;
      }
    }
    gap = 0.0;
    for (std::size_t r = 0; r < table.rows; ++r) gap = std::max(gap, std::fabs(table.row_sum(r) - row_sums[r]));
    if (gap < 1e-11) break;
  }
  return gap;
}

}  // namespace

std::vector<std::int64_t> round_to_total(std::span<const double> values, std::int64_t total) {
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  METIER_REQUIRE(std::fabs(static_cast<double>(total) - sum) <= static_cast<double>(values.size()) + 0.5,
                 "the total is too far from the sum of the values");
  std::vector<std::int64_t> result(values.size(), 0);
  if (sum <= 0.0) return result;
  std::vector<std::uint64_t> keys(values.size());
  std::iota(keys.begin(), keys.end(), std::uint64_t{0});
  split_counts(total, values, keys, result);
  return result;
}

std::vector<std::int64_t> scaled_margins(std::span<const double> values, double factor) {
  std::vector<double> scaled(values.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    scaled[i] = factor * values[i];
    sum += scaled[i];
  }
  return round_to_total(scaled, static_cast<std::int64_t>(std::nearbyint(sum)));
}

ExpectedTable::ExpectedTable(std::size_t row_count, std::vector<std::size_t> column_groups)
    : rows(row_count),
      columns(column_groups.size()),
      group_of_column(std::move(column_groups)),
      cells(rows * columns, 0.0) {}

std::size_t ExpectedTable::groups() const {
  return group_of_column.empty() ? 0 : *std::max_element(group_of_column.begin(), group_of_column.end()) + 1;
}

double ExpectedTable::row_sum(std::size_t row) const {
  return std::accumulate(cells.begin() + static_cast<std::ptrdiff_t>(row * columns),
                         cells.begin() + static_cast<std::ptrdiff_t>((row + 1) * columns), 0.0);
}

double ExpectedTable::group_sum(std::size_t group) const {
  double sum = 0.0;
  for (std::size_t c = 0; c < columns; ++c) {
    if (group_of_column[c] != group) continue;
    for (std::size_t r = 0; r < rows; ++r) sum += at(r, c);
  }
  return sum;
}

double rake(ExpectedTable& table, std::span<const double> row_sums, std::span<const double> group_sums) {
  METIER_REQUIRE(row_sums.size() == table.rows && group_sums.size() == table.groups(), "margins of another table");
  for (std::size_t r = 0; r < table.rows; ++r) {
    for (std::size_t c = 0; c < table.columns; ++c) {
      if (row_sums[r] <= 0.0 || group_sums[table.group_of_column[c]] <= 0.0) table.at(r, c) = 0.0;
    }
  }
  const ExpectedTable start = table;
  double gap = fit(table, row_sums, group_sums);
  if (gap < kFitted) return gap;
  // The zeros of the table leave no solution, or one that is reached only in the limit: give every wanted cell a
  // little.
  table = start;
  const double total = std::max(1.0, std::accumulate(row_sums.begin(), row_sums.end(), 0.0));
  for (std::size_t r = 0; r < table.rows; ++r) {
    for (std::size_t c = 0; c < table.columns; ++c) {
      table.at(r, c) += kSeedOfEmptyCell * row_sums[r] * group_sums[table.group_of_column[c]] / total;
    }
  }
  return fit(table, row_sums, group_sums);
}

std::vector<std::int64_t> controlled_rounding(const ExpectedTable& table, Draws& draws) {
  Circulation circulation(table);
  circulation.round(draws);
  std::vector<std::int64_t> result(table.cells.size());
  for (std::size_t k = 0; k < result.size(); ++k)
    result[k] = static_cast<std::int64_t>(std::llround(circulation.flow(k)));
  return result;
}

}  // namespace metier::synthesis
