#pragma once
#include "output/storage.hpp"
#include "sim/core/text.hpp"
#include "sim/engine/indicator.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace metier::output {

/// Kind and version of the files of one run. Written into every file, checked by every reader.
/// The version grows when a reader of an older version would misread the file.
struct FileKind {
  std::string_view kind;
  int version;
};
inline constexpr FileKind kRunFile{"metier run", 1};

/// One column of a long table.
struct TableColumn {
  std::string name;  ///< CF-valid: [a-z][a-z0-9_]*
  Storage storage = Storage::kFloat64;
  std::string unit;       ///< "1" for pure numbers
  std::string meaning;    ///< one sentence, English
  std::string dimension;  ///< not empty: integers that count the entries of this dimension from 0; -1 = none
};

/// A long table beside the indicators (totals of the ledger, panel, distribution): rows of some months.
/// The recorder puts a column `month` before the declared ones: 0 = the state at t = 0, then 1, 2, ...
struct OutputTable {
  std::string name;     ///< group of the file, e.g. "ledger/totals"
  std::string meaning;  ///< one sentence, English
  std::vector<TableColumn> columns;
};

/// The values that `RunRecorder::append_table` takes for one column, one per new row; the type must be the declared
/// one.
using ColumnValues =
    std::variant<std::span<const std::int16_t>, std::span<const std::int32_t>, std::span<const std::int64_t>,
                 std::span<const std::uint64_t>, std::span<const float>, std::span<const double>>;

/// What one detailed hash of a month is about: the column as the process left it (`--hash`).
struct HashSlot {
  std::string process;
  std::string column;
  friend bool operator==(const HashSlot&, const HashSlot&) = default;
};

/// All that fixes the shape of a run file before the first month.
struct RunLayout {
  std::vector<IndicatorInfo> indicators;
  std::vector<DimensionInfo> dimensions;
  std::vector<OutputTable> tables;
  std::vector<HashSlot> hash_slots;  ///< in the order of the schedule; empty without `--hash`
  Month start;                       ///< first simulated month
  int months = 0;
  bool all_double = false;  ///< float64 everywhere: runs without space
};

/// Checks the layout before anything runs. A wrong declaration is a broken promise of the program; a label that is no
/// UTF-8, which comes from a user's table, is an InputError (exit 3).
void check_layout(const RunLayout& layout);

/// Text that two layouts share exactly when their spools are interchangeable (the number of months does not matter).
std::string fingerprint_text(const RunLayout& layout);

const DimensionInfo& dimension_of(const RunLayout& layout, std::string_view name);
/// Numbers of one period of an indicator.
std::size_t cells_of(const RunLayout& layout, const IndicatorInfo& indicator);
inline Storage storage_of(const RunLayout& layout, const IndicatorInfo& indicator) {
  return indicator.total || layout.all_double ? Storage::kFloat64 : Storage::kFloat32;
}
/// Bytes of one row of a table, the column `month` (int32) included.
std::size_t row_bytes(const OutputTable& table);

/// Labels of a dimension in a language; the codes where the declaration has none.
inline const std::vector<std::string>& labels_en(const DimensionInfo& dimension) {
  return dimension.labels_en.empty() ? dimension.codes : dimension.labels_en;
}
inline const std::vector<std::string>& labels_fr(const DimensionInfo& dimension) {
  return dimension.labels_fr.empty() ? dimension.codes : dimension.labels_fr;
}

/// The attribute `units` of a declared unit: counts have the unit "1".
inline std::string_view file_unit(std::string_view unit) { return unit == "count" || unit.empty() ? "1" : unit; }

/// Units of the indicators that UDUNITS does not know, and what they mean.
struct UnitMeaning {
  std::string_view unit, meaning;
};
inline constexpr UnitMeaning kUnits[] = {
    {"1", "pure number: share, index or count"},
    {"EUR", "euro, at current prices unless the name of the variable ends in _real"},
    {"kEUR", "thousand euros"},
    {"cent", "euro cent"},
    {"person", "one person, or one job"},
};

}  // namespace metier::output
