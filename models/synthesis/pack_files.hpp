#pragma once
#include "sim/core/csv.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Files of the data pack: found by role, hashed, read as tables whose problems are told with file, line and column.
namespace metier::synthesis {

/// One file that was read, for the provenance of the run.
struct PackFile {
  std::string path;    ///< relative to the root of the pack
  std::string sha256;  ///< 64 hexadecimal digits
  std::uint64_t bytes = 0;
};

/// A column of a PackTable; absent when the file does not have it (which was reported).
using PackColumn = std::optional<std::size_t>;

/// A table of the pack. Reading from an absent column gives nothing and no further problem, so that one pass finds all.
class PackTable {
 public:
  PackTable(CsvTable table, Problems& problems) : table_(std::move(table)), problems_(&problems) {}

  [[nodiscard]] std::size_t rows() const { return table_.rows(); }
  [[nodiscard]] PackColumn column(std::string_view name) const { return table_.require(name, *problems_); }
  [[nodiscard]] PackColumn optional_column(std::string_view name) const { return table_.find(name); }
  [[nodiscard]] std::string text(std::size_t row, PackColumn column) const;
  [[nodiscard]] double number(std::size_t row, PackColumn column, double lo = -1e300, double hi = 1e300) const;
  /// The same, nothing for an empty cell or NA.
  [[nodiscard]] std::optional<double> optional_number(std::size_t row, PackColumn column, double lo = -1e300,
                                                      double hi = 1e300) const;
  /// A number without decimals.
  [[nodiscard]] double whole(std::size_t row, PackColumn column, double lo, double hi) const;
  /// A problem at a cell, or at the file without a column.
  void complain(std::size_t row, PackColumn column, std::string message, std::string hint = {}) const;
  void complain(std::string message, std::string hint = {}) const;
  [[nodiscard]] const CsvTable& csv() const { return table_; }
  /// For lists: one of which rows could not be read counts as one that could not be read at all, or those rows would be
  /// missed in all files that are about them.
  [[nodiscard]] PackTable or_nothing() const {
    return table_.whole() ? *this : PackTable(CsvTable::unread(table_.path()), *problems_);
  }

 private:
  CsvTable table_;
  Problems* problems_;
};

/// Finds the row of a code in a list; an unknown code is a problem, told once per table.
class CodeList {
 public:
  /// what: "commune", "sector", for the messages
  CodeList(std::string what, std::vector<std::string> codes);

  [[nodiscard]] const std::string& what() const { return what_; }
  [[nodiscard]] std::size_t size() const { return codes_.size(); }
  [[nodiscard]] const std::string& code(std::size_t row) const { return codes_[row]; }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view code) const;
  /// Whether a code stands before in the list, which was reported.
  [[nodiscard]] bool repeats(std::size_t row) const { return find(codes_[row]) != row; }
  [[nodiscard]] std::optional<std::size_t> row_of(const PackTable& table, std::size_t row, PackColumn column) const {
    return row_of(table, row, column, table.text(row, column));
  }
  /// The same where the code is only a part of the cell.
  [[nodiscard]] std::optional<std::size_t> row_of(const PackTable& table, std::size_t row, PackColumn column,
                                                  const std::string& code) const;

 private:
  std::string what_;
  std::vector<std::string> codes_;
  std::map<std::string, std::size_t, std::less<>> rows_;
  mutable std::map<std::string, bool> told_;  ///< path + code of unknown codes already told
};

/// A column whose cells are codes of a list: part of what a row of a table is about.
struct KeyColumn {
  const CodeList& codes;
  PackColumn column;
};

/// A row and what it is about: the combination of codes, as a row-major index over the lists of the key.
struct KeyedRow {
  std::size_t row = 0, key = 0;
};

/// What it means that a combination of codes has no row: the file is not whole, or the documented value "none".
enum class Absent { kRefused, kMeansNone };

/// The rows of a table that has one row for each combination of codes, in the order of the file.
///
/// Unknown codes and combinations that stand twice are problems at their row (of the latter the first counts), missing
/// ones a problem of the file: how many and the first few; of a code that stands twice in its list one row is asked.
/// Without a key column, which was reported, there are no rows.
std::vector<KeyedRow> keyed_rows(const PackTable& table, const std::vector<KeyColumn>& key,
                                 Absent absent = Absent::kRefused);

/// A list of codes made of a column of a table; codes that are empty or stand twice are problems.
CodeList unique_codes(const PackTable& table, PackColumn column, std::string what);

/// The files of one data pack.
///
/// `SOURCES.csv` names every source file with its role and SHA-256; a file that is not the one described is a problem.
/// The tables of the model, `model/<name>.csv`, are meant to be edited and are hashed only. `model/anchors.csv` holds
/// single figures by key. Every file that is opened is kept in `used()`, in the order of paths.
class PackFiles {
 public:
  PackFiles(std::string root, Problems& problems);

  [[nodiscard]] const std::string& root() const { return root_; }
  /// The source file of a role ("communes"); empty with a problem when there is none.
  PackTable source(std::string_view role);
  /// Table `model/<name>.csv`.
  PackTable model(std::string_view name);
  /// Full path of a source file that is read by another reader (a matrix with labels, a GeoJSON); empty with a problem
  /// when there is none. The file counts as used.
  std::string source_path(std::string_view role);
  /// A single figure of `model/anchors.csv`; 0 with a problem when the key is missing or the value outside [lo, hi].
  double anchor(std::string_view key, double lo = -1e300, double hi = 1e300);
  [[nodiscard]] std::vector<PackFile> used() const;
  [[nodiscard]] Problems& problems() { return *problems_; }

 private:
  /// Hashes the file, compares with `expected` unless that is empty, and notes it as used.
  void note(const std::string& path, const std::string& expected, const Place& told_at);

  std::string root_;
  Problems* problems_;
  struct Source {
    std::string path, sha256;
    Place place;
  };
  std::map<std::string, Source, std::less<>> sources_;  ///< by role
  std::map<std::string, PackFile> used_;
  std::optional<PackTable> anchors_;
  std::map<std::string, std::size_t, std::less<>> anchor_rows_;
};

}  // namespace metier::synthesis
