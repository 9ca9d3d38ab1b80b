#pragma once
#include "sim/core/error.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace metier {

/// One field of a CSV file and where it stands.
struct CsvCell {
  std::string_view text;
  int line = 0;
  int column = 0;  ///< position in the line, in characters, from 1
};

/// A CSV file in memory: RFC 4180, UTF-8 (a byte order mark is skipped), LF or CRLF, header on the first line.
///
/// Cells stay valid as long as the table. Reading reports every problem it finds to `Problems`; what can still be used
/// is kept, so that later checks add their own problems to the same list (nothing where a quote was left open: nobody
/// knows what of the text after it is a field).
class CsvTable {
 public:
  /// A table that could not be read: no columns, no rows.
  static CsvTable unread(std::string path);

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Whether every line could be read as a row.
  [[nodiscard]] bool whole() const { return whole_; }
  [[nodiscard]] const std::vector<CsvCell>& header() const { return header_; }
  [[nodiscard]] std::size_t rows() const { return width_ == 0 ? 0 : cells_.size() / width_; }
  [[nodiscard]] std::size_t columns() const { return width_; }
  [[nodiscard]] const CsvCell& at(std::size_t row, std::size_t column) const { return cells_[row * width_ + column]; }
  /// Index of a column by name, if it is there.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
  /// Index of a column that must be there; otherwise a problem with the nearest name, and nothing.
  std::optional<std::size_t> require(std::string_view name, Problems& problems) const;
  [[nodiscard]] Place place(const CsvCell& cell) const { return {path_, cell.line, cell.column}; }
  [[nodiscard]] Place place() const { return {path_, 1, 1}; }

  /// A number written with a point; problems for empty, nan, inf, trailing text and values outside [lo, hi].
  double number(std::size_t row, std::size_t column, Problems& problems, double lo = -1e300, double hi = 1e300) const;
  /// The same, nothing for an empty cell or NA.
  std::optional<double> optional_number(std::size_t row, std::size_t column, Problems& problems, double lo = -1e300,
                                        double hi = 1e300) const;
  std::string text(std::size_t row, std::size_t column) const { return std::string(at(row, column).text); }

 private:
  friend CsvTable read_csv(const std::string& path, Problems& problems);
  friend CsvTable parse_csv(std::string content, const std::string& path, Problems& problems);
  std::string path_;
  std::shared_ptr<std::vector<std::string>> storage_;  ///< the file, then unescaped fields
  std::vector<CsvCell> header_;
  std::vector<CsvCell> cells_;
  std::size_t width_ = 0;
  bool whole_ = true;
};

/// Reads a file: missing, unreadable, empty, above 100 MB, not UTF-8, separated by semicolons or tabs, quotes left open
/// or followed by text, ragged rows, repeated or empty column names are problems.
CsvTable read_csv(const std::string& path, Problems& problems);
CsvTable parse_csv(std::string content, const std::string& path, Problems& problems);

/// Parses a whole field as a number; nothing if it is not one (nan and inf are not).
std::optional<double> parse_number(std::string_view text);

/// A matrix with labels: header row and first column hold labels, cells hold numbers.
struct CsvMatrix {
  std::string path;
  std::vector<std::string> rows, columns;
  std::vector<double> values;  ///< rows x columns
  CsvTable table;              ///< as it stands in the file, for places
  [[nodiscard]] double at(std::size_t row, std::size_t column) const { return values[row * columns.size() + column]; }
  [[nodiscard]] Place place(std::size_t row, std::size_t column) const {
    return table.place(table.at(row, column + 1));
  }
  [[nodiscard]] Place column_place(std::size_t column) const { return table.place(table.header()[column + 1]); }
};

/// Reads a matrix of numbers in [lo, hi]; with `square`, rows and columns must bear the same labels in the same order.
CsvMatrix read_matrix(const std::string& path, bool square, Problems& problems, double lo = -1e300, double hi = 1e300);

/// Columns `label,value` in any order of rows, put in the order of `labels`; each label once, none missing, none
/// unknown.
std::vector<double> read_vector(const std::string& path, const std::vector<std::string>& labels, Problems& problems,
                                double lo = -1e300, double hi = 1e300);

}  // namespace metier
