#pragma once
#include "output/reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace metier::output {

/// The first month whose state differs.
struct StateDifference {
  int month = 0;
  std::string date;
  std::string process;  ///< first process of that month, in the order of the schedule, that left a different column;
                        ///< empty at t = 0, before any process
  std::string column;   ///< that column; both empty when the runs kept no hashes of columns (`--hash`)
};

/// Where an indicator first differs.
struct VariableDifference {
  std::string name;  ///< "employment", "annual/survival_rate"
  std::string date;  ///< end of the first period that differs
  std::string cell;  ///< "commune=59350, sector=CA"; the first cell of that period
  double a = 0, b = 0;
  std::uint64_t cells = 0;  ///< numbers that differ, over all periods
};

/// Where a long table first differs.
struct TableDifference {
  std::string name;
  std::string date;  ///< of the first row that differs
  std::uint64_t row = 0;
  std::string column;  ///< empty: one table ends here
  std::string a, b;
};

/// A fact about the origin of the numbers that differs: a parameter, a data file, the program.
struct OriginDifference {
  std::string what;  ///< "parameter labour.separation_rate", "git hash", ...
  std::string a, b;  ///< empty: the run does not have it
};

/// What two run files say differently.
struct RunDifference {
  bool hashes_compared = false;
  std::optional<StateDifference> state;
  std::vector<std::string> shape;  ///< sentences: months, indicators or dimensions that only one run has
  std::vector<VariableDifference> variables;
  std::vector<TableDifference> tables;
  std::vector<OriginDifference> origin;

  /// Whether states, indicators and tables are the same, bit by bit.
  [[nodiscard]] bool same_numbers() const { return !state && shape.empty() && variables.empty() && tables.empty(); }
  /// Whether nothing at all differs.
  [[nodiscard]] bool identical() const { return same_numbers() && origin.empty(); }
};

/// Compares two run files over the months that both have. Two missing values are equal.
RunDifference difference_of(const RunFile& a, const RunFile& b);

/// The result in words, for a person.
std::string to_text(const RunDifference& difference, const RunFile& a, const RunFile& b);

}  // namespace metier::output
