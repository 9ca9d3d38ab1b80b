#pragma once
#include "output/h5.hpp"
#include "output/layout.hpp"
#include "output/provenance.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace metier::output {

/// An indicator of a run file.
struct Variable {
  IndicatorInfo info;
  Storage storage = Storage::kFloat32;
  std::vector<std::size_t> extents;  ///< of info.dims
  std::size_t cells = 1;             ///< numbers per period
  std::size_t periods = 0;
};

/// A long table of a run file; the first column is `month`.
struct StoredTable {
  std::string name;
  std::string meaning;
  std::vector<TableColumn> columns;
  std::uint64_t rows = 0;
};

/// The state hashes of a run.
struct HashRecord {
  std::vector<std::uint64_t> state;    ///< per month from 0; empty when the run kept none
  std::vector<HashSlot> slots;         ///< empty without `--hash`
  std::vector<std::uint64_t> details;  ///< month x slot
};

/// A run file, checked when it is opened: kind, version, check-sum, shapes. Numbers are read on demand.
///
/// Errors, of the constructor and of every reading: InputError (exit 4) that says what is wrong and what to do.
class RunFile {
 public:
  explicit RunFile(std::filesystem::path path);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Text of a global attribute; empty where it is absent.
  [[nodiscard]] std::string attribute(const std::string& name) const;
  /// Months simulated; `days(kMonthly)` has one entry more.
  [[nodiscard]] int months() const { return static_cast<int>(days_[0].size()) - 1; }

  [[nodiscard]] const std::vector<DimensionInfo>& dimensions() const { return dimensions_; }
  /// The dimension of this name, or nullptr.
  [[nodiscard]] const DimensionInfo* dimension(std::string_view name) const;

  /// Indicators in the order of the file: monthly, quarterly, annual.
  [[nodiscard]] const std::vector<Variable>& variables() const { return variables_; }
  /// The indicator, or nullptr.
  [[nodiscard]] const Variable* find(Frequency frequency, std::string_view name) const;
  /// The indicator of a name or of "quarterly/name", "annual/name"; a plain name means the finest frequency that has
  /// it.
  [[nodiscard]] const Variable* find(std::string_view name) const;
  /// Its full name: "name", "quarterly/name", "annual/name".
  [[nodiscard]] static std::string path_of(const Variable& variable);

  /// Days since the day of t = 0 of the ends of the periods; empty when the file has no such group.
  [[nodiscard]] const std::vector<std::int32_t>& days(Frequency frequency) const {
    return days_[static_cast<std::size_t>(frequency)];
  }
  /// ISO date of the end of a period.
  [[nodiscard]] std::string date(Frequency frequency, std::size_t period) const;

  /// `n` periods from `first`, row-major (period, dims); NaN where there is no value.
  [[nodiscard]] std::vector<double> read(const Variable& variable, std::size_t first, std::size_t n) const;
  [[nodiscard]] std::vector<double> read(const Variable& variable) const { return read(variable, 0, variable.periods); }
  /// The same as stored in the file.
  void read_stored(const Variable& variable, std::size_t first, std::size_t n, std::span<std::byte> into) const;

  [[nodiscard]] const std::vector<StoredTable>& tables() const { return tables_; }
  [[nodiscard]] const StoredTable* find_table(std::string_view name) const;
  /// Rows of one column, converted.
  [[nodiscard]] std::vector<double> read_numbers(const StoredTable& table, std::size_t column, std::uint64_t first,
                                                 std::uint64_t n) const;
  /// Rows of one column of integers; uint64 keeps its bits.
  [[nodiscard]] std::vector<std::int64_t> read_integers(const StoredTable& table, std::size_t column,
                                                        std::uint64_t first, std::uint64_t n) const;
  void read_stored(const StoredTable& table, std::size_t column, std::uint64_t first, std::uint64_t n,
                   std::span<std::byte> into) const;

  [[nodiscard]] HashRecord hashes() const;
  [[nodiscard]] Provenance provenance() const;

 private:
  template <class Body>
  auto guarded(Body&& body) const;
  [[noreturn]] void refuse(const std::string& message, const std::string& hint) const;
  [[noreturn]] void damaged(const std::string& what) const;
  void check_bytes();
  void open();
  void load();
  void load_group(Frequency frequency, h5::Id group);
  void load_tables(h5::Id group, const std::string& path);
  [[nodiscard]] std::vector<std::string> texts(h5::Id group, const std::string& name) const;

  std::filesystem::path path_;
  bool marked_ = false;  ///< the file ends with the mark and check-sum that metier writes
  h5::Handle file_;
  std::chrono::sys_days origin_{};
  std::array<std::vector<std::int32_t>, 3> days_;
  std::vector<DimensionInfo> dimensions_;
  std::vector<Variable> variables_;
  std::vector<StoredTable> tables_;
};

}  // namespace metier::output
