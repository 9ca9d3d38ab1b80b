#include "output/format_page.hpp"

#include "output/time_axis.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace metier::output {

namespace {

std::string cell_text(std::string_view text) {  // inside a table of Markdown
  std::string result;
  for (const char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c == '\n' ? ' ' : c);
  return result;
}

std::string_view word_of(Measure measure) {
  switch (measure) {
    case Measure::kStock: return "stock";
    case Measure::kFlow: return "flow";
    case Measure::kMean: return "mean";
  }
  return "";
}

constexpr std::string_view kHead = R"(# Format of a run file

Generated from the declarations of the program; do not edit.

A run is one HDF5 file in the shape of netCDF-4 with CF-1.10 conventions. It opens without options in `ncdump`, xarray
(engines `netcdf4` and `h5netcdf`), h5py, R (`ncdf4`, `rhdf5`), and the HDF5 viewers. Format: kind `{}`, version {}
(global attributes `format_kind`, `format_version`). Equal runs give the same bytes; what may differ between them
(time, machine, threads, paths) is in the sidecar `<name>.json`. A mark of 24 bytes after the HDF5 data holds a CRC-32 of the
file; readers of HDF5 ignore it.

## Time

`time(time)` counts whole days since the day before the first simulated month (int32). Entry 0 of the monthly axis is the state
at t = 0, entry m the end of month m. `quarterly` and `annual` have axes of their own: ends of the quarters and years of the
calendar that the run covers as a whole, after the state at t = 0 where that day ends one. A *stock* is the state at the end of the
period (`cell_methods = "time: point"`), a *flow* the sum over the period (`"time: sum"`), a *mean* the mean over its months
(`"time: mean"`). Flows and means have no value at t = 0. Missing values are NaN (`_FillValue`).

## Numbers

float32; float64 for totals (marked below) and for everything in runs without space (`space: none`), where indicators also
lose their space dimensions. An indicator whose block is in null mode is absent. Chunks hold 12 periods and the other
axes whole, compressed (shuffle, deflate) and check-summed (fletcher32).

| unit | meaning |
|---|---|
)";

constexpr std::string_view kOtherGroups = R"(## Other groups

| group | content |
|---|---|
| `hashes` | `state_hash(time)`: 16 hexadecimal digits, of all columns that months carry on (a column that each month overwrites before it is read is left out); with `--hash` also `column_hash(time, slot)`, `slot_process(slot)`, `slot_column(slot)`: each column right after the process that wrote it; at t = 0 as it is then |
| `init_report` | margins of the population at t = 0: `margin`, `cell`, `asked`, `obtained`, `relative_error` (row) |
| `provenance` | attributes `program_version`, `git_hash`, `compiler`, `compiler_flags`; texts `scenario` (resolved), `schedule`; `parameter(parameter)` with `_value`, `_unit`, `_origin`; `data_file(data_file)` with `_sha256`, `_bytes`; `assumption(assumption)`; `check(check)` with `_result`, `_detail`; `unit(unit)` with `_meaning` |

Global attributes: `Conventions`, `title`, `institution`, `source`, `history`, `references`, `format_kind`, `format_version`,
`scenario`, `start`, `months`, `seed`, `population_seed`, `replicate`, `data_mode`, `data_year`, `assumptions`.
)";

}  // namespace

std::string format_page(std::span<const IndicatorInfo> indicators, std::span<const DimensionInfo> dimensions,
                        std::span<const OutputTable> tables) {
  std::string page = fmt::format(fmt::runtime(kHead), kRunFile.kind, kRunFile.version);
  for (const UnitMeaning& unit : kUnits) page += fmt::format("| {} | {} |\n", unit.unit, unit.meaning);

  page +=
      "\n## Dimensions\n\nEach dimension `d` has the coordinate variables `d(d)` (codes), `d_label_en(d)` and "
      "`d_label_fr(d)`. Groups "
      "repeat\nthe dimensions that they use, so that each opens by itself.\n\n| dimension | entries | meaning | en "
      "français "
      "|\n|---|---|---|---|\n";
  for (const DimensionInfo& dimension : dimensions) {
    page += fmt::format("| `{}` | {} | {} | {} |\n", dimension.name, dimension.codes.size(),
                        cell_text(dimension.long_name), cell_text(dimension.long_name_fr));
  }

  for (const Frequency frequency : kFrequencies) {
    const bool any = std::ranges::any_of(indicators, [&](const IndicatorInfo& i) { return i.frequency == frequency; });
    if (!any) continue;
    const std::string group = group_of(frequency);
    page += fmt::format("\n## {} indicators ({})\n\n",
                        frequency == Frequency::kMonthly     ? "Monthly"
                        : frequency == Frequency::kQuarterly ? "Quarterly"
                                                             : "Annual",
                        group.empty() ? "root of the file" : "group `" + group + "`");
    page +=
        "| variable | dimensions | unit | kind | type | observatory | meaning | en français | source "
        "|\n|---|---|---|---|---|---|---|---|---|\n";
    for (const IndicatorInfo& info : indicators) {
      if (info.frequency != frequency) continue;
      std::string dims = "time";
      for (const std::string& dim : info.dims) dims += ", " + dim;
      page += fmt::format("| `{}` | {} | {} | {} | {} | {} | {} | {} | {} |\n", info.name, dims, file_unit(info.unit),
                          word_of(info.measure), info.total ? "float64" : "float32",
                          info.code.empty() ? info.observatory : info.observatory + " " + info.code,
                          cell_text(info.meaning), cell_text(info.meaning_fr), cell_text(info.source));
    }
  }

  if (!tables.empty()) {
    page +=
        "\n## Long tables\n\nOne group each, one dimension `row`. Columns that count the entries of a dimension from 0 "
        "(attribute "
        "`entries_of`)\nhold -1 for none.\n";
  }
  for (const OutputTable& table : tables) {
    page += fmt::format("\n### `{}`\n\n{}\n\n| column | type | unit | meaning |\n|---|---|---|---|\n", table.name,
                        table.meaning);
    page += "| `month` | int32 | 1 | month of the run; 0 is the state at t = 0 |\n";
    for (const TableColumn& column : table.columns) {
      page += fmt::format("| `{}` | {} | {} | {}{} |\n", column.name, name_of(column.storage), file_unit(column.unit),
                          cell_text(column.meaning),
                          column.dimension.empty() ? "" : fmt::format(" (entries of `{}`)", column.dimension));
    }
  }
  page += "\n";
  page += kOtherGroups;
  return page;
}

}  // namespace metier::output
