#include "output/layout.hpp"

#include "output/time_axis.hpp"
#include "sim/core/error.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace metier::output {

namespace {

bool is_name(std::string_view name) {
  if (name.empty() || name.front() < 'a' || name.front() > 'z') return false;
  return std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

bool is_group_path(std::string_view path) {
  while (true) {
    const std::size_t slash = path.find('/');
    if (!is_name(path.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

void check_dimension(const DimensionInfo& dimension, Problems& problems) {
  METIER_REQUIRE(is_name(dimension.name) && dimension.name != "time", "dimension " + dimension.name);
  METIER_REQUIRE(!dimension.codes.empty(), "dimension without entries: " + dimension.name);
  for (const auto* labels : {&dimension.labels_en, &dimension.labels_fr}) {
    METIER_REQUIRE(labels->empty() || labels->size() == dimension.codes.size(), "labels of " + dimension.name);
  }
  for (const auto* labels : {&dimension.codes, &dimension.labels_en, &dimension.labels_fr}) {
    for (std::size_t i = 0; i < labels->size(); ++i) {
      if (is_utf8((*labels)[i])) continue;
      problems.add({}, fmt::format("label {} of the dimension '{}' is not valid UTF-8", i + 1, dimension.name),
                   "save the table that names it as UTF-8");
    }
  }
}

}  // namespace

void check_layout(const RunLayout& layout) {
  METIER_REQUIRE(layout.start.month >= 1 && layout.start.month <= 12 && layout.months > 0, "months of a run");
  Problems problems;
  std::set<std::string> dimensions, names;
  for (const DimensionInfo& dimension : layout.dimensions) {
    check_dimension(dimension, problems);
    METIER_REQUIRE(dimensions.insert(dimension.name).second, "dimension declared twice: " + dimension.name);
  }
  const auto require_free = [&](const std::string& path) {
    METIER_REQUIRE(names.insert(path).second, "declared twice: " + path);
  };
  for (const Frequency frequency : kFrequencies) {
    const std::string prefix = fmt::format("{}/", static_cast<int>(frequency));
    require_free(prefix + "time");
    for (const DimensionInfo& dimension : layout.dimensions) {
      for (const char* suffix : {"", "_label_en", "_label_fr"}) require_free(prefix + dimension.name + suffix);
    }
  }
  for (const IndicatorInfo& indicator : layout.indicators) {
    METIER_REQUIRE(is_name(indicator.name), "indicator " + indicator.name);
    require_free(fmt::format("{}/{}", static_cast<int>(indicator.frequency), indicator.name));
    for (const std::string& name : indicator.dims) {
      METIER_REQUIRE(dimensions.contains(name), indicator.name + " has an unknown dimension " + name);
      METIER_REQUIRE(std::ranges::count(indicator.dims, name) == 1,
                     indicator.name + " has twice the dimension " + name);
    }
  }
  for (const OutputTable& table : layout.tables) {
    METIER_REQUIRE(is_group_path(table.name) && !table.columns.empty(), "table " + table.name);
    const std::string first = table.name.substr(0, table.name.find('/'));
    for (const char* taken : {"quarterly", "annual", "hashes", "provenance", "init_report"}) {
      METIER_REQUIRE(first != taken, "the group is taken: " + table.name);
    }
    METIER_REQUIRE(!names.contains("0/" + first), "an indicator has the name of the table " + table.name);
    std::set<std::string> columns{"month", "row"};
    for (const OutputTable& other : layout.tables) {  // a table is no group of tables
      METIER_REQUIRE(&other == &table || (other.name != table.name && !other.name.starts_with(table.name + "/")),
                     "the group is taken: " + other.name);
    }
    for (const TableColumn& column : table.columns) {
      METIER_REQUIRE(is_name(column.name) && columns.insert(column.name).second,
                     table.name + ": column " + column.name);
      METIER_REQUIRE(column.dimension.empty() || dimensions.contains(column.dimension),
                     table.name + " has an unknown dimension " + column.dimension);
      METIER_REQUIRE(column.dimension.empty() || !is_float(column.storage), table.name + ": entries are counted");
    }
  }
  problems.raise_if_any(Exit::kScenario);
}

std::string fingerprint_text(const RunLayout& layout) {
  std::string text = fmt::format("{} {} {}\n", kRunFile.version, to_text(layout.start), layout.all_double);
  for (const DimensionInfo& dimension : layout.dimensions) {
    text += dimension.name;
    for (const std::string& code : dimension.codes) text += "\t" + code;
    text += "\n";
  }
  for (const IndicatorInfo& indicator : layout.indicators) {
    text += fmt::format("{} {} {} {}", indicator.name, static_cast<int>(indicator.measure),
                        static_cast<int>(indicator.frequency), indicator.total);
    for (const std::string& dimension : indicator.dims) text += " " + dimension;
    text += "\n";
  }
  for (const OutputTable& table : layout.tables) {
    text += table.name;
    for (const TableColumn& column : table.columns) {
      text += fmt::format("\t{} {} {}", column.name, static_cast<int>(column.storage), column.dimension);
    }
    text += "\n";
  }
  for (const HashSlot& slot : layout.hash_slots) text += slot.process + "\t" + slot.column + "\n";
  return text;
}

const DimensionInfo& dimension_of(const RunLayout& layout, std::string_view name) {
  const auto found = std::ranges::find(layout.dimensions, name, &DimensionInfo::name);
  METIER_REQUIRE(found != layout.dimensions.end(), "unknown dimension " + std::string(name));
  return *found;
}

std::size_t cells_of(const RunLayout& layout, const IndicatorInfo& indicator) {
  std::size_t cells = 1;
  for (const std::string& name : indicator.dims) cells *= dimension_of(layout, name).codes.size();
  return cells;
}

std::size_t row_bytes(const OutputTable& table) {
  std::size_t bytes = sizeof(std::int32_t);
  for (const TableColumn& column : table.columns) bytes += size_of(column.storage);
  return bytes;
}

}  // namespace metier::output
