#pragma once
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace metier::synthesis {

/// One number of the population at t = 0 beside the number the data ask for.
struct ReportRow {
  std::string margin;  ///< what is counted: "salaried jobs by commune"
  std::string cell;    ///< which: code of a commune, a group, "all"
  double asked = 0.0;
  double obtained = 0.0;
  double tolerance = 0.0;  ///< allowed relative error; infinity for a figure given for information
  std::string rule;        ///< how the number is met: "exact", "within 3 %", "cross-check"

  /// (obtained - asked) / |asked|; the difference itself when 0 is asked.
  [[nodiscard]] double error() const;
  [[nodiscard]] bool met() const;
};

inline constexpr double kExact = 0.0;
inline constexpr double kInformation = std::numeric_limits<double>::infinity();

/// Something that no data say, as it stands in this population.
struct Assumption {
  std::string key;    ///< of the parameter or the file that carries it
  std::string value;  ///< with unit
  std::string text;   ///< one sentence
};

/// What the synthesis was asked and what it obtained, written into the run and printed by `metier describe population`.
class InitReport {
 public:
  void add(std::string margin, std::string cell, double asked, double obtained, double tolerance, std::string rule);
  void assume(std::string key, std::string value, std::string text);

  [[nodiscard]] const std::vector<ReportRow>& rows() const { return rows_; }
  [[nodiscard]] const std::vector<Assumption>& assumptions() const { return assumptions_; }
  /// The rows of one margin, in the order in which they came.
  [[nodiscard]] std::vector<const ReportRow*> of(const std::string& margin) const;
  [[nodiscard]] bool all_met() const;
  /// One line per margin: cells, sums, the worst error and where (in percent; the difference itself where far less is
  /// asked than in the mean cell of the margin), rule, verdict; then the assumptions.
  [[nodiscard]] std::string to_text() const;

 private:
  std::vector<ReportRow> rows_;
  std::vector<Assumption> assumptions_;
};

}  // namespace metier::synthesis
