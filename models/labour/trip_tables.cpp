#include "models/labour/trips.hpp"
#include "sim/core/csv.hpp"
#include "sim/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <numeric>
#include <string_view>

namespace metier::labour {

namespace {

constexpr double kMostPersons = 1e12, kMostMinutes = 1e5, kSameTotal = 1e-9;

/// Persons by place; labels are not empty and stand once.
std::vector<double> read_margin(const std::string& path, std::vector<std::string>& labels, Problems& problems) {
  std::vector<double> values;
  const CsvTable table = read_csv(path, problems);
  if (table.columns() == 0) return values;
  const auto label = table.require("label", problems), value = table.require("value", problems);
  if (!label || !value) return values;
  if (table.rows() == 0) problems.add(table.place(), "has no place", "one row per place");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const CsvCell& name = table.at(row, *label);
    if (name.text.empty()) {
      problems.add(table.place(name), "a row has no label");
    } else if (std::find(labels.begin(), labels.end(), name.text) != labels.end()) {
      problems.add(table.place(name), fmt::format("label '{}' stands here a second time", name.text));
    }
    labels.emplace_back(name.text);
    values.push_back(table.number(row, *value, problems, 0.0, kMostPersons));
  }
  return values;
}

/// Labels along one side of the costs are those of a margin, in its order: the first that is not is told.
void match(const std::vector<std::string>& wanted, const std::vector<std::string>& found, std::string_view side,
           std::string_view key, const std::function<Place(std::size_t)>& place, Problems& problems) {
  const std::size_t n = std::min(wanted.size(), found.size());
  for (std::size_t k = 0; k < n; ++k) {
    if (wanted[k] == found[k]) continue;
    problems.add(place(k),
                 fmt::format("{} {} is '{}', in labour.gravity.{} it is '{}'", side, k + 1, found[k], key, wanted[k]),
                 fmt::format("the {}s must be those of labour.gravity.{}, in its order", side, key));
    return;
  }
  if (wanted.size() != found.size()) {
    problems.add(place(0), fmt::format("there are {} {}s and {} places in labour.gravity.{}", found.size(), side,
                                       wanted.size(), key));
  }
}

}  // namespace

TripTables read_trip_tables(const GravityParams& params, Problems& problems) {
  TripTables trips;
  const std::size_t before = problems.size();
  trips.homes = read_margin(params.origins.path, trips.origins, problems);
  trips.jobs = read_margin(params.destinations.path, trips.destinations, problems);
  const bool margins = problems.size() == before;
  const CsvMatrix cost = read_matrix(params.cost.path, false, problems, 0.0, kMostMinutes);
  trips.minutes = cost.values;
  if (margins && cost.table.columns() > 0) {
    const auto row_place = [&](std::size_t k) {
      return k < cost.table.rows() ? cost.table.place(cost.table.at(k, 0)) : cost.table.place();
    };
    const auto column_place = [&](std::size_t k) {
      return k < cost.columns.size() ? cost.column_place(k) : cost.table.place();
    };
    match(trips.origins, cost.rows, "row", "origins", row_place, problems);
    match(trips.destinations, cost.columns, "column", "destinations", column_place, problems);
  }
  if (!margins) return trips;
  const double homes = std::accumulate(trips.homes.begin(), trips.homes.end(), 0.0);
  const double jobs = std::accumulate(trips.jobs.begin(), trips.jobs.end(), 0.0);
  if (std::fabs(homes - jobs) > kSameTotal * std::max(homes, jobs)) {
    problems.add({params.destinations.path, 1, 1},
                 fmt::format("the destinations hold {} persons, the origins {}", jobs, homes),
                 "both totals must be equal");
  } else if (homes == 0.0) {
    problems.add({params.origins.path, 1, 1}, "nobody travels: all values are 0");
  }
  return trips;
}

void build_trips(World& world, const std::vector<double>& flows) {
  world.set_rows<Trip>(flows.size());
  std::copy(flows.begin(), flows.end(), world.column<TripFlow>().begin());
}

}  // namespace metier::labour
