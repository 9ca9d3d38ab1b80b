#pragma once
#include "output/reader.hpp"

#include <iosfwd>
#include <string>
#include <string_view>

namespace metier::output {

/// Writes an indicator as CSV in long form: header `time,<dims>,<indicator>`, one row per cell, the ISO date of the end
/// of the period, codes of the dimensions, numbers with 17 significant digits (reading them gives the same number),
/// nothing where there is no value. Fields are quoted as in RFC 4180 where they need it; UTF-8.
///
/// `indicator` is a name, or "quarterly/name", "annual/name". Errors: InputError (exit 2) with the nearest name when
/// the file does not have it; (exit 4) for a damaged file; (exit 5) when `out` does not take the text.
void export_csv(const RunFile& file, std::string_view indicator, std::ostream& out);

/// State hashes and parameters are no long tables of the file, but are exported under these names.
inline constexpr std::string_view kHashesTable = "hashes", kParametersTable = "parameters";

/// Writes a long table ("panel/establishments", "ledger/totals") in the same manner: `time` instead of `month`, codes
/// instead of numbers of entries.
void export_table_csv(const RunFile& file, std::string_view table, std::ostream& out);

/// Writes the state hashes as CSV: header `time,process,column,hash`, one row per month with the hash of the whole
/// state (process and column empty), and, where the run kept them, one row per month, process and column that it wrote;
/// 16 hexadecimal digits. Errors: InputError (exit 2) when the run kept none; (exit 5) when `out` does not take the
/// text.
void export_hashes_csv(const RunFile& file, std::ostream& out);

/// Writes the parameters that the run used as CSV: header `parameter,value,unit,origin`.
void export_parameters_csv(const RunFile& file, std::ostream& out);

/// The field, quoted when it holds a comma, a quote or a line break.
std::string csv_field(std::string_view text);

}  // namespace metier::output
