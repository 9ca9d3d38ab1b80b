#include "models/outside/paths.hpp"

#include "models/outside/columns.hpp"
#include "sim/core/csv.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <string_view>

namespace metier::outside {

namespace {

struct PathRow {
  Month month;
  double value;
  Place place;
};
using Path = std::map<std::string, std::vector<PathRow>, std::less<>>;  // by key, months ascending

/// CSV month,key,value; a month and key that come twice are a problem.
Path read_path(const std::string& file, double lo, double hi, Problems& problems) {
  Path path;
  const CsvTable table = read_csv(file, problems);
  const auto month = table.require("month", problems), key = table.require("key", problems),
             value = table.require("value", problems);
  if (!month || !key || !value) return path;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const CsvCell& cell = table.at(row, *month);
    const std::optional<Month> at = parse_month(std::string(cell.text));
    if (!at) {
      problems.add(table.place(cell), fmt::format("'{}' is not a month", cell.text), "write year and month: 2019-01");
      continue;
    }
    const double number = table.number(row, *value, problems, lo, hi);
    path[table.text(row, *key)].push_back({*at, number, table.place(cell)});
  }
  for (auto& [name, rows] : path) {
    std::stable_sort(rows.begin(), rows.end(), [](const PathRow& a, const PathRow& b) { return a.month < b.month; });
    for (std::size_t k = 1; k < rows.size(); ++k) {
      if (rows[k].month == rows[k - 1].month)
        problems.add(rows[k].place, fmt::format("'{}' has two values for one month", name));
    }
  }
  return path;
}

/// The level that holds in a month: the last row not after it; nothing before the first.
const PathRow* level_at(const std::vector<PathRow>& rows, Month month) {
  const PathRow* held = nullptr;
  for (const PathRow& row : rows) {
    if (row.month > month) break;
    held = &row;
  }
  return held;
}

double mean_before(const std::vector<PathRow>& rows, Month start) {
  double sum = 0.0;
  int months = 0;
  for (int back = 1; back <= 3; ++back) {
    if (const PathRow* row = level_at(rows, start + (-back))) {
      sum += row->value;
      ++months;
    }
  }
  return months > 0 ? sum / months : 0.0;
}

constexpr std::array<std::string_view, kEmergencyKeys> kMeasures{
    "short_time_work_suspended_share", "short_time_work_pay_share",     "guaranteed_loan_sales_share",
    "solidarity_fund_max_eur",         "solidarity_fund_max_employees", "solidarity_fund_min_loss_share"};

}  // namespace

std::vector<double> read_demand(const InputFile& level, const InputFile& tilt, Month start,
                                const std::vector<std::string>& series, Problems& problems) {
  std::vector<double> demand;
  if (!level.given()) return demand;
  const std::size_t before = problems.size();
  const Path levels = read_path(level.path, 1e-6, 1e6, problems);
  const bool readable = problems.size() == before;
  const std::size_t before_tilts = problems.size();
  const Path tilts = tilt.given() ? read_path(tilt.path, 1e-6, 1e6, problems) : Path{};
  const auto gdp = levels.find("gdp");
  if (gdp == levels.end()) {
    if (readable) problems.add({level.path, 1, 1}, "has no row with the key 'gdp'");
    return demand;
  }
  for (const auto& [name, rows] : levels) {
    if (name != "gdp") problems.add(rows.front().place, fmt::format("unknown key '{}'", name), "allowed: gdp");
  }
  const double base = mean_before(gdp->second, start);
  if (base <= 0.0) {
    if (readable) {
      problems.add({level.path, 1, 1}, fmt::format("has no value before {}", to_text(start)),
                   "the mean of the three months before the run is the base");
    }
    return demand;
  }
  if (tilt.given() && problems.size() == before_tilts) {
    for (std::size_t g = 0; g < series.size(); ++g) {
      if (series[g] != "none" && tilts.find(series[g]) == tilts.end()) {
        problems.add({tilt.path, 1, 1}, fmt::format("has no row with the key '{}', which a good names", series[g]));
      }
    }
  }
  const Month last = gdp->second.back().month;
  for (Month month = start + (-1); month <= last; month = month + 1) {
    const PathRow* now = level_at(gdp->second, month);
    const double total = month < start ? 1.0 : (now != nullptr ? now->value / base : 1.0);
    for (const std::string& name : series) {
      const auto found = tilts.find(name);
      const PathRow* row = found == tilts.end() || month < start ? nullptr : level_at(found->second, month);
      demand.push_back(total * (row != nullptr ? row->value : 1.0));
    }
  }
  return demand;
}

std::vector<double> read_emergency(const InputFile& file, Month start, Problems& problems) {
  std::vector<double> levels;
  if (!file.given()) return levels;
  const Path path = read_path(file.path, 0.0, 1e9, problems);
  Month last = start;
  for (const auto& [name, rows] : path) {
    if (std::find(kMeasures.begin(), kMeasures.end(), name) == kMeasures.end()) {
      const std::vector<std::string> known(kMeasures.begin(), kMeasures.end());
      const std::string nearest = nearest_name(name, known);
      problems.add(rows.front().place, fmt::format("unknown measure '{}'", name),
                   nearest.empty() ? fmt::format("allowed: {}", fmt::join(known, ", "))
                                   : fmt::format("did you mean '{}'?", nearest));
      continue;
    }
    const bool share = name.find("share") != std::string::npos;
    for (const PathRow& row : rows) {
      if (share && row.value > 1.0) problems.add(row.place, fmt::format("{} is {}, allowed 0 to 1", name, row.value));
    }
    last = std::max(last, rows.back().month);
  }
  for (Month month = start + (-1); month <= last; month = month + 1) {
    for (const std::string_view measure : kMeasures) {
      const auto found = path.find(measure);
      const PathRow* row = found == path.end() ? nullptr : level_at(found->second, month);
      levels.push_back(row != nullptr ? row->value : 0.0);
    }
  }
  return levels;
}

}  // namespace metier::outside
