#include "models/retail/user_shops.hpp"
#include "sim/core/csv.hpp"
#include "sim/core/error.hpp"
#include "sim/core/text.hpp"
#include "sim/core/world.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace metier::retail {

namespace {

constexpr double kMost = 1e15, kLeastMinutes = 1e-6, kMostMinutes = 1e5, kMostQuality = 100.0;

/// The labels of a table, each once and none empty.
std::vector<std::string> read_labels(const CsvTable& table, std::size_t column, Problems& problems) {
  std::vector<std::string> labels;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const CsvCell& cell = table.at(row, column);
    if (cell.text.empty()) {
      problems.add(table.place(cell), "a row has no label");
    } else if (std::find(labels.begin(), labels.end(), cell.text) != labels.end()) {
      problems.add(table.place(cell), fmt::format("label '{}' stands here a second time", cell.text));
    }
    labels.emplace_back(cell.text);
  }
  return labels;
}

void read_outlets(const CsvTable& table, UserShops& shops, Problems& problems) {
  const auto label = table.require("label", problems), size = table.require("size", problems);
  const auto quality = table.find("quality");
  for (const CsvCell& name : table.header()) {
    if (name.text == "label" || name.text == "size" || name.text == "quality") continue;
    problems.add(table.place(name), fmt::format("column '{}' is not one of outlets", name.text),
                 "label, size and, if you like, quality");
  }
  if (!label || !size) return;
  if (table.rows() == 0) problems.add(table.place(), "has no outlet", "one row per outlet");
  shops.outlets = read_labels(table, *label, problems);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const CsvCell& name = table.at(row, *label);
    if (name.text == "label" || name.text == "spending") {
      problems.add(table.place(name), fmt::format("an outlet cannot bear the name '{}'", name.text),
                   "that is a column of retail.zones");
    }
    const std::size_t before = problems.size();
    const double s = table.number(row, *size, problems, 0.0, kMost);
    if (s == 0.0 && problems.size() == before) {
      problems.add(table.place(table.at(row, *size)), "an outlet of size 0 attracts nobody", "leave its row out");
    }
    shops.size.push_back(s);
    shops.quality.push_back(quality ? table.number(row, *quality, problems, -kMostQuality, kMostQuality) : 0.0);
  }
}

void read_zones(const CsvTable& table, UserShops& shops, Problems& problems) {
  const auto label = table.require("label", problems), spending = table.require("spending", problems);
  std::vector<std::optional<std::size_t>> minutes;
  for (const std::string& outlet : shops.outlets) {
    const auto column = table.find(outlet);
    if (!column) {
      problems.add(table.place(), fmt::format("the minutes to outlet '{}' are missing", outlet),
                   "one column per outlet of retail.outlets");
    }
    minutes.push_back(column);
  }
  for (const CsvCell& name : table.header()) {
    if (name.text == "label" || name.text == "spending" ||
        std::find(shops.outlets.begin(), shops.outlets.end(), name.text) != shops.outlets.end()) {
      continue;
    }
    const std::string near = nearest_name(name.text, shops.outlets);
    problems.add(table.place(name), fmt::format("column '{}' is no outlet of retail.outlets", name.text),
                 near.empty() ? "" : fmt::format("did you mean '{}'?", near));
  }
  if (!label || !spending) return;
  if (table.rows() == 0) problems.add(table.place(), "has no zone", "one row per zone");
  shops.zones = read_labels(table, *label, problems);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    shops.spending.push_back(table.number(row, *spending, problems, 0.0, kMost));
    for (const auto& column : minutes)
      shops.minutes.push_back(column ? table.number(row, *column, problems, kLeastMinutes, kMostMinutes) : 1.0);
  }
}

}  // namespace

UserShops read_user_shops(const Params& params, Problems& problems) {
  UserShops shops;
  const CsvTable outlets = read_csv(params.outlets.path, problems), zones = read_csv(params.zones.path, problems);
  if (outlets.columns() > 0) read_outlets(outlets, shops, problems);
  if (zones.columns() > 0 && !shops.outlets.empty()) read_zones(zones, shops, problems);
  return shops;
}

void build_user_shops(World& world, const UserShops& shops) {
  world.set_rows<UserOutlet>(shops.outlets.size());
  world.set_rows<UserZone>(shops.zones.size());
  world.set_rows<UserTrip>(shops.minutes.size());
  const auto put = [](const std::vector<double>& from, std::span<double> to) {
    std::copy(from.begin(), from.end(), to.begin());
  };
  put(shops.size, world.column<UserSize>());
  put(shops.quality, world.column<UserQuality>());
  put(shops.spending, world.column<UserSpending>());
  put(shops.minutes, world.column<UserMinutes>());
}

}  // namespace metier::retail
