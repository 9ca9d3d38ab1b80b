#include "output/diff.hpp"

#include "output/time_axis.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace metier::output {

namespace {

std::string name_of(const Variable& variable) {
  const std::string group = group_of(variable.info.frequency);
  return group.empty() ? variable.info.name : group + "/" + variable.info.name;
}

bool same_number(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

std::string cell_name(const RunFile& file, const Variable& variable, std::size_t cell) {
  std::string text;
  for (std::size_t d = variable.extents.size(); d-- > 0; cell /= variable.extents[d]) {
    const std::string& dimension = variable.info.dims[d];
    text = fmt::format("{}={}{}{}", dimension, file.dimension(dimension)->codes[cell % variable.extents[d]],
                       text.empty() ? "" : ", ", text);
  }
  return text;
}

/// First month whose state hashes differ, or a column after a process: columns that live within a month are in the
/// latter only.
std::optional<StateDifference> compare_states(const RunFile& file_a, const HashRecord& a, const HashRecord& b) {
  const std::size_t months = std::min(a.state.size(), b.state.size());
  // Slots are matched by name: two scenarios need not run the same processes.
  const std::size_t width_a = a.slots.size(), width_b = b.slots.size();
  std::map<std::pair<std::string, std::string>, std::size_t> of_b;
  for (std::size_t s = 0; s < width_b; ++s) of_b[{b.slots[s].process, b.slots[s].column}] = s;
  std::vector<std::pair<std::size_t, std::size_t>> both;
  for (std::size_t s = 0; s < width_a; ++s) {
    const auto match = of_b.find({a.slots[s].process, a.slots[s].column});
    if (match != of_b.end()) both.emplace_back(s, match->second);
  }
  for (std::size_t month = 0; month < months; ++month) {
    const auto parts = std::find_if(both.begin(), both.end(), [&](const auto& slot) {
      return a.details[month * width_a + slot.first] != b.details[month * width_b + slot.second];
    });
    if (parts == both.end() && a.state[month] == b.state[month]) continue;
    StateDifference found{static_cast<int>(month), file_a.date(Frequency::kMonthly, month), "", ""};
    if (parts != both.end()) {
      if (month > 0) found.process = a.slots[parts->first].process;  // nothing has run before t = 0
      found.column = a.slots[parts->first].column;
    }
    return found;
  }
  return std::nullopt;
}

std::optional<VariableDifference> compare_variable(const RunFile& file_a, const Variable& a, const RunFile& file_b,
                                                   const Variable& b) {
  constexpr std::size_t kPeriodsAtOnce = 12;
  const std::size_t periods = std::min(a.periods, b.periods);
  std::optional<VariableDifference> found;
  for (std::size_t first = 0; first < periods; first += kPeriodsAtOnce) {
    const std::size_t n = std::min(kPeriodsAtOnce, periods - first);
    const std::vector<double> of_a = file_a.read(a, first, n), of_b = file_b.read(b, first, n);
    for (std::size_t i = 0; i < of_a.size(); ++i) {
      if (same_number(of_a[i], of_b[i])) continue;
      if (!found) {
        found = {name_of(a),
                 file_a.date(a.info.frequency, first + i / a.cells),
                 cell_name(file_a, a, i % a.cells),
                 of_a[i],
                 of_b[i],
                 0};
      }
      ++found->cells;
    }
  }
  return found;
}

std::string entry_text(const RunFile& file, const TableColumn& column, std::int64_t entry) {
  if (column.dimension.empty()) {
    return column.storage == Storage::kUInt64 ? fmt::format("{}", static_cast<std::uint64_t>(entry))
                                              : fmt::format("{}", entry);
  }
  const auto& codes = file.dimension(column.dimension)->codes;
  return entry >= 0 && static_cast<std::size_t>(entry) < codes.size() ? codes[static_cast<std::size_t>(entry)] : "none";
}

std::string date_of_month(const RunFile& file, std::int64_t month) {
  return month >= 0 && month <= file.months() ? file.date(Frequency::kMonthly, static_cast<std::size_t>(month))
                                              : fmt::format("month {}", month);
}

std::optional<TableDifference> compare_table(const RunFile& file_a, const StoredTable& a, const RunFile& file_b,
                                             const StoredTable& b, int months) {
  constexpr std::uint64_t kRowsAtOnce = 1 << 15;
  const std::uint64_t rows = std::min(a.rows, b.rows);
  for (std::uint64_t first = 0; first < rows; first += kRowsAtOnce) {
    const std::uint64_t n = std::min(kRowsAtOnce, rows - first);
    std::optional<TableDifference> found;
    std::uint64_t limit = n;  // rows before the first difference known so far
    for (std::size_t c = 0; c < a.columns.size() && limit > 0; ++c) {
      if (is_float(a.columns[c].storage)) {
        const auto of_a = file_a.read_numbers(a, c, first, limit), of_b = file_b.read_numbers(b, c, first, limit);
        const auto [at, other] = std::ranges::mismatch(of_a, of_b, same_number);
        if (at == of_a.end()) continue;
        limit = static_cast<std::uint64_t>(at - of_a.begin());
        found = {
            a.name, "", first + limit, a.columns[c].name, fmt::format("{:.17g}", *at), fmt::format("{:.17g}", *other)};
      } else {
        const auto of_a = file_a.read_integers(a, c, first, limit), of_b = file_b.read_integers(b, c, first, limit);
        const auto [at, other] = std::ranges::mismatch(of_a, of_b);
        if (at == of_a.end()) continue;
        limit = static_cast<std::uint64_t>(at - of_a.begin());
        found = {a.name,
                 "",
                 first + limit,
                 a.columns[c].name,
                 entry_text(file_a, a.columns[c], *at),
                 entry_text(file_b, b.columns[c], *other)};
      }
    }
    if (!found) continue;
    const std::int64_t month_a = file_a.read_integers(a, 0, found->row, 1)[0],
                       month_b = file_b.read_integers(b, 0, found->row, 1)[0];
    if (std::min(month_a, month_b) > months) return std::nullopt;  // beyond the months that both runs have
    found->date = date_of_month(file_a, std::min(month_a, month_b));
    return found;
  }
  if (a.rows != b.rows) {
    const bool more_in_a = a.rows > b.rows;
    const std::int64_t month =
        more_in_a ? file_a.read_integers(a, 0, rows, 1)[0] : file_b.read_integers(b, 0, rows, 1)[0];
    if (month > months) return std::nullopt;
    return TableDifference{a.name,
                           date_of_month(more_in_a ? file_a : file_b, month),
                           rows,
                           "",
                           fmt::format("{} rows", a.rows),
                           fmt::format("{} rows", b.rows)};
  }
  return std::nullopt;
}

bool same_columns(const StoredTable& a, const StoredTable& b) {
  return std::ranges::equal(a.columns, b.columns, [](const TableColumn& x, const TableColumn& y) {
    return x.name == y.name && x.storage == y.storage && x.dimension == y.dimension;
  });
}

void compare_dimensions(const RunFile& a, const RunFile& b, std::vector<std::string>& shape) {
  for (const DimensionInfo& dimension : a.dimensions()) {
    const DimensionInfo* other = b.dimension(dimension.name);
    if (other == nullptr) {
      shape.push_back(fmt::format("only the first run has the dimension '{}'", dimension.name));
    } else if (other->codes != dimension.codes) {
      shape.push_back(fmt::format("the entries of the dimension '{}' differ", dimension.name));
    }
  }
  for (const DimensionInfo& dimension : b.dimensions()) {
    if (a.dimension(dimension.name) == nullptr) {
      shape.push_back(fmt::format("only the second run has the dimension '{}'", dimension.name));
    }
  }
}

/// Compares lists of (name, value) in the order of the first, then what only the second has.
void compare_lists(const std::string& what, const std::vector<std::pair<std::string, std::string>>& a,
                   const std::vector<std::pair<std::string, std::string>>& b, std::vector<OriginDifference>& result) {
  const std::map<std::string, std::string> of_a(a.begin(), a.end()), of_b(b.begin(), b.end());
  for (const auto& [name, value] : a) {
    const auto other = of_b.find(name);
    if (other == of_b.end()) {
      result.push_back({what + name, value, ""});
    } else if (other->second != value) {
      result.push_back({what + name, value, other->second});
    }
  }
  for (const auto& [name, value] : b) {
    if (!of_a.contains(name)) result.push_back({what + name, "", value});
  }
}

std::vector<OriginDifference> compare_origins(const Provenance& a, const Provenance& b) {
  using List = std::vector<std::pair<std::string, std::string>>;
  std::vector<OriginDifference> result;
  const auto facts = [](const Provenance& p) {
    return List{{"scenario", p.scenario_name},
                {"program version", p.program_version},
                {"git hash", p.git_hash},
                {"compiler", p.compiler},
                {"compiler flags", p.compiler_flags},
                {"data mode", p.data_mode},
                {"data year", std::to_string(p.data_year)},
                {"seed", std::to_string(p.seed)},
                {"population seed", std::to_string(p.population_seed)},
                {"replicate", std::to_string(p.replicate)}};
  };
  compare_lists("", facts(a), facts(b), result);
  const auto parameters = [](const Provenance& p) {
    List list;
    for (const ParameterRecord& r : p.parameters)
      list.emplace_back(r.path, r.unit.empty() ? r.value : r.value + " " + r.unit);
    return list;
  };
  compare_lists("parameter ", parameters(a), parameters(b), result);
  const auto files = [](const Provenance& p) {
    List list;
    for (const DataFileRecord& r : p.data_files) list.emplace_back(r.path, r.sha256);
    return list;
  };
  compare_lists("data file ", files(a), files(b), result);
  const auto assumptions = [](const Provenance& p) {
    List list;
    for (const std::string& text : p.assumptions) list.emplace_back(text, "made");
    return list;
  };
  compare_lists("assumption: ", assumptions(a), assumptions(b), result);
  if (a.schedule_text != b.schedule_text) result.push_back({"schedule of the month", "one", "another"});
  return result;
}

}  // namespace

RunDifference difference_of(const RunFile& a, const RunFile& b) {
  RunDifference result;
  const HashRecord hashes_a = a.hashes(), hashes_b = b.hashes();
  result.hashes_compared = !hashes_a.state.empty() && !hashes_b.state.empty();
  if (result.hashes_compared) result.state = compare_states(a, hashes_a, hashes_b);

  const int months = std::min(a.months(), b.months());
  if (a.months() != b.months())
    result.shape.push_back(fmt::format("one run has {} months, the other {}", a.months(), b.months()));
  if (a.date(Frequency::kMonthly, 0) != b.date(Frequency::kMonthly, 0)) {
    result.shape.push_back(fmt::format("t = 0 is {} in one run, {} in the other", a.date(Frequency::kMonthly, 0),
                                       b.date(Frequency::kMonthly, 0)));
  }
  compare_dimensions(a, b, result.shape);
  for (const Variable& variable : a.variables()) {
    const Variable* other = b.find(variable.info.frequency, variable.info.name);
    if (other == nullptr) {
      result.shape.push_back(fmt::format("only the first run has the indicator '{}'", name_of(variable)));
    } else if (other->info.dims != variable.info.dims || other->extents != variable.extents) {
      result.shape.push_back(fmt::format("the indicator '{}' has other dimensions", name_of(variable)));
    } else if (auto found = compare_variable(a, variable, b, *other)) {
      result.variables.push_back(std::move(*found));
    }
  }
  for (const Variable& variable : b.variables()) {
    if (a.find(variable.info.frequency, variable.info.name) == nullptr) {
      result.shape.push_back(fmt::format("only the second run has the indicator '{}'", name_of(variable)));
    }
  }
  for (const StoredTable& table : a.tables()) {
    const StoredTable* other = b.find_table(table.name);
    if (other == nullptr) {
      result.shape.push_back(fmt::format("only the first run has the table '{}'", table.name));
    } else if (!same_columns(table, *other)) {
      result.shape.push_back(fmt::format("the table '{}' has other columns", table.name));
    } else if (auto found = compare_table(a, table, b, *other, months)) {
      result.tables.push_back(std::move(*found));
    }
  }
  for (const StoredTable& table : b.tables()) {
    if (a.find_table(table.name) == nullptr) {
      result.shape.push_back(fmt::format("only the second run has the table '{}'", table.name));
    }
  }
  result.origin = compare_origins(a.provenance(), b.provenance());
  return result;
}

std::string to_text(const RunDifference& difference, const RunFile& a, const RunFile& b) {
  std::string text = fmt::format("A: {}\nB: {}\n", a.path().string(), b.path().string());
  const auto line = [&]<class... T>(fmt::format_string<T...> format, T&&... arguments) {
    text += fmt::format(format, std::forward<T>(arguments)...) + "\n";
  };
  if (difference.state) {
    const StateDifference& state = *difference.state;
    if (state.month == 0) {
      line("The states differ from the start: month 0 ({}).", state.date);
    } else {
      line("The states are the same up to month {} and part in month {} ({}).", state.month - 1, state.month,
           state.date);
    }
    if (!state.process.empty()) {
      line("  First difference in the month: column '{}' after the process '{}'.", state.column, state.process);
    } else if (!state.column.empty()) {
      line("  First difference: column '{}'.", state.column);
    } else {
      line("  To learn which process and column, run both again with --hash.");
    }
  } else if (difference.hashes_compared) {
    line("The states are the same in all {} months and at t = 0.", std::min(a.months(), b.months()));
  } else {
    line("The states cannot be compared: a run kept no state hashes.");
  }
  for (const std::string& sentence : difference.shape) line("Shape: {}.", sentence);
  for (const VariableDifference& v : difference.variables) {
    line("{}: first at {}{}{}: A {:.17g}, B {:.17g}; {} numbers differ.", v.name, v.date, v.cell.empty() ? "" : ", ",
         v.cell, v.a, v.b, v.cells);
  }
  for (const TableDifference& t : difference.tables) {
    line("{}: first at {}, row {}{}{}: A {}, B {}.", t.name, t.date, t.row, t.column.empty() ? "" : ", ", t.column, t.a,
         t.b);
  }
  for (const OriginDifference& o : difference.origin) {
    line("Origin: {}: A {}, B {}.", o.what, o.a.empty() ? "nothing" : o.a, o.b.empty() ? "nothing" : o.b);
  }
  if (difference.identical()) {
    line("The two runs are identical.");
  } else if (difference.same_numbers()) {
    line("All numbers are the same.");
  } else if (difference.variables.empty() && difference.tables.empty() && difference.shape.empty()) {
    line("All indicators and tables are the same all the same.");
  }
  return text;
}

}  // namespace metier::output
