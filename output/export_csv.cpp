#include "output/export_csv.hpp"

#include "sim/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <ostream>
#include <utility>

namespace metier::output {

namespace {

/// Names that may be meant, the nearest first: those that hold the word, and those in which few letters differ. The
/// group before the name (quarterly/) need not be written to be understood.
std::vector<std::string> near_names(std::string_view word, const std::vector<std::string>& known) {
  constexpr std::size_t kMost = 5;
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const std::string& name : known) {
    const std::string_view last = std::string_view(name).substr(name.rfind('/') + 1);
    const std::size_t letters = std::min(edit_distance(word, name), edit_distance(word, last));
    const bool holds = !word.empty() && name.find(word) != std::string::npos;
    if (letters <= std::max<std::size_t>(1, word.size() / 3) || holds) ranked.emplace_back(letters, name);
  }
  std::ranges::stable_sort(ranked, {}, &std::pair<std::size_t, std::string>::first);
  std::vector<std::string> near;
  for (std::size_t k = 0; k < std::min(kMost, ranked.size()); ++k) near.push_back(std::move(ranked[k].second));
  return near;
}

[[noreturn]] void refuse_unknown(const RunFile& file, std::string_view kind, std::string_view name,
                                 const std::vector<std::string>& known) {
  constexpr std::size_t kShort = 12;  // names of a list that is told whole
  const std::vector<std::string> near = near_names(name, known);
  std::string hint = near.empty() ? "" : fmt::format("did you mean '{}'? ", fmt::join(near, "' or '"));
  if (known.empty()) {
    hint = "it has none";
  } else if (known.size() <= kShort) {
    hint += fmt::format("it has: {}", fmt::join(known, ", "));
  } else {
    hint += fmt::format("it has {}: `metier export {}` lists them", known.size(), file.path().string());
  }
  throw InputError(Exit::kUsage,
                   Problem{{file.path().string(), 0, 0}, fmt::format("the file has no {} '{}'", kind, name), hint});
}

void flush_text(fmt::memory_buffer& text, std::ostream& out) {
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  text.clear();
  if (!out) {
    throw InputError(
        Exit::kRun,
        Problem{{}, "the CSV cannot be written", "check that the disk has room and the reader is still there"});
  }
}

void append_number(fmt::memory_buffer& text, double number) {
  if (!std::isnan(number)) fmt::format_to(std::back_inserter(text), "{:.17g}", number);
}

void append_text(fmt::memory_buffer& text, std::string_view piece) {
  text.append(piece.data(), piece.data() + piece.size());
}

std::vector<std::string> csv_codes(const RunFile& file, const std::string& dimension) {
  std::vector<std::string> codes;
  for (const std::string& code : file.dimension(dimension)->codes) codes.push_back(csv_field(code));
  return codes;
}

}  // namespace

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

void export_csv(const RunFile& file, std::string_view indicator, std::ostream& out) {
  const Variable* variable = file.find(indicator);
  if (variable == nullptr) {
    std::vector<std::string> known;
    for (const Variable& v : file.variables()) known.push_back(RunFile::path_of(v));
    refuse_unknown(file, "indicator", indicator, known);
  }
  const IndicatorInfo& info = variable->info;
  fmt::memory_buffer text;
  append_text(text, "time");
  std::vector<std::vector<std::string>> codes;
  for (const std::string& dimension : info.dims) {
    append_text(text, "," + dimension);
    codes.push_back(csv_codes(file, dimension));
  }
  append_text(text, "," + info.name + "\n");

  // The labels of a cell are the same in every period.
  std::vector<std::string> labels(variable->cells);
  for (std::size_t cell = 0; cell < variable->cells; ++cell) {
    std::size_t rest = cell;
    std::vector<std::size_t> entry(codes.size());
    for (std::size_t d = codes.size(); d-- > 0; rest /= variable->extents[d]) entry[d] = rest % variable->extents[d];
    for (std::size_t d = 0; d < codes.size(); ++d) labels[cell] += "," + codes[d][entry[d]];
    labels[cell] += ",";
  }
  constexpr std::size_t kPeriodsAtOnce = 12;
  for (std::size_t first = 0; first < variable->periods; first += kPeriodsAtOnce) {
    const std::size_t n = std::min(kPeriodsAtOnce, variable->periods - first);
    const std::vector<double> values = file.read(*variable, first, n);
    for (std::size_t p = 0; p < n; ++p) {
      const std::string date = file.date(info.frequency, first + p);
      for (std::size_t cell = 0; cell < variable->cells; ++cell) {
        append_text(text, date);
        append_text(text, labels[cell]);
        append_number(text, values[p * variable->cells + cell]);
        text.push_back('\n');
      }
    }
    flush_text(text, out);
  }
  out.flush();
  flush_text(text, out);
}

void export_table_csv(const RunFile& file, std::string_view name, std::ostream& out) {
  const StoredTable* table = file.find_table(name);
  if (table == nullptr) {
    std::vector<std::string> known;
    for (const StoredTable& t : file.tables()) known.push_back(t.name);
    if (!file.hashes().state.empty()) known.emplace_back(kHashesTable);
    known.emplace_back(kParametersTable);
    refuse_unknown(file, "table", name, known);
  }
  fmt::memory_buffer text;
  append_text(text, "time");
  std::vector<std::vector<std::string>> codes(table->columns.size());
  for (std::size_t c = 1; c < table->columns.size(); ++c) {
    append_text(text, "," + table->columns[c].name);
    if (!table->columns[c].dimension.empty()) codes[c] = csv_codes(file, table->columns[c].dimension);
  }
  text.push_back('\n');
  const auto refuse_row = [&](std::uint64_t row, const std::string& column) {
    throw InputError(Exit::kData, Problem{{file.path().string(), 0, 0},
                                          fmt::format("the file is damaged: row {} of {}/{}", row, table->name, column),
                                          "run the scenario again, or take another copy of the file"});
  };
  constexpr std::uint64_t kRowsAtOnce = 1 << 15;
  for (std::uint64_t first = 0; first < table->rows; first += kRowsAtOnce) {
    const std::uint64_t n = std::min(kRowsAtOnce, table->rows - first);
    std::vector<std::vector<std::int64_t>> integers(table->columns.size());
    std::vector<std::vector<double>> numbers(table->columns.size());
    for (std::size_t c = 0; c < table->columns.size(); ++c) {
      if (is_float(table->columns[c].storage)) {
        numbers[c] = file.read_numbers(*table, c, first, n);
      } else {
        integers[c] = file.read_integers(*table, c, first, n);
      }
    }
    for (std::size_t row = 0; row < n; ++row) {
      const std::int64_t month = integers[0][row];
      if (month < 0 || month > file.months()) refuse_row(first + row, "month");
      append_text(text, file.date(Frequency::kMonthly, static_cast<std::size_t>(month)));
      for (std::size_t c = 1; c < table->columns.size(); ++c) {
        const TableColumn& column = table->columns[c];
        text.push_back(',');
        if (is_float(column.storage)) {
          append_number(text, numbers[c][row]);
        } else if (column.dimension.empty()) {
          if (column.storage == Storage::kUInt64) {
            fmt::format_to(std::back_inserter(text), "{}", static_cast<std::uint64_t>(integers[c][row]));
          } else {
            fmt::format_to(std::back_inserter(text), "{}", integers[c][row]);
          }
        } else if (integers[c][row] >= 0) {
          const auto entry = static_cast<std::size_t>(integers[c][row]);
          if (entry >= codes[c].size()) refuse_row(first + row, column.name);
          append_text(text, codes[c][entry]);
        }
      }
      text.push_back('\n');
    }
    flush_text(text, out);
  }
  out.flush();
  flush_text(text, out);
}

void export_parameters_csv(const RunFile& file, std::ostream& out) {
  fmt::memory_buffer text;
  append_text(text, "parameter,value,unit,origin\n");
  for (const ParameterRecord& record : file.provenance().parameters) {
    append_text(text, fmt::format("{},{},{},{}\n", csv_field(record.path), csv_field(record.value),
                                  csv_field(record.unit), csv_field(record.origin)));
  }
  flush_text(text, out);
  out.flush();
}

void export_hashes_csv(const RunFile& file, std::ostream& out) {
  const HashRecord hashes = file.hashes();
  if (hashes.state.empty()) refuse_unknown(file, "table", kHashesTable, {});
  fmt::memory_buffer text;
  append_text(text, "time,process,column,hash\n");
  const std::size_t width = hashes.slots.size();
  for (std::size_t month = 0; month < hashes.state.size(); ++month) {
    const std::string date = file.date(Frequency::kMonthly, month);
    for (std::size_t slot = 0; slot < width; ++slot) {
      const HashSlot& written = hashes.slots[slot];
      fmt::format_to(std::back_inserter(text), "{},{},{},{:016x}\n", date, csv_field(written.process),
                     csv_field(written.column), hashes.details[month * width + slot]);
    }
    fmt::format_to(std::back_inserter(text), "{},,,{:016x}\n", date, hashes.state[month]);
    flush_text(text, out);
  }
  out.flush();
  flush_text(text, out);
}

}  // namespace metier::output
