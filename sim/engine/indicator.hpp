#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace metier {

/// How months are joined into a quarter or a year, and what the value at t = 0 means.
enum class Measure {
  kStock,  ///< state at the end of the period; exists at t = 0
  kFlow,   ///< sum over the period; no value at t = 0 (fill value)
  kMean,   ///< mean over the months of the period; no value at t = 0 (shares of flows, prices paid)
};

enum class Frequency { kMonthly, kQuarterly, kAnnual };
/// Months of one period: 1, 3 or 12.
constexpr int months_of(Frequency frequency) {
  return frequency == Frequency::kMonthly ? 1 : frequency == Frequency::kQuarterly ? 3 : 12;
}

/// The declaration of an indicator: dataset, attributes, FORMAT.md and `metier describe indicators` derive from it.
struct IndicatorInfo {
  std::string name{};               ///< CF-valid: [a-z][a-z0-9_]*
  std::string code{};               ///< code of the observatory's table, e.g. "EM-01"; empty if none
  std::string observatory{};        ///< OC, OP, OE, OT, SIG or TB
  std::string unit{};               ///< "1" for pure numbers, "person", "count", "EUR", ...
  std::vector<std::string> dims{};  ///< names of dimensions, outermost first; time is implied
  Measure measure = Measure::kStock;
  Frequency frequency = Frequency::kMonthly;
  bool total = false;        ///< float64 in the file (totals); else float32
  std::string meaning{};     ///< one sentence, English
  std::string meaning_fr{};  ///< the same in French
  std::string source{};      ///< definition or reference
};

/// The labels along one dimension.
struct DimensionInfo {
  std::string name;       ///< "commune"
  std::string long_name;  ///< English
  std::string long_name_fr;
  std::vector<std::string> codes;      ///< "59350"; what `export` prints
  std::vector<std::string> labels_en;  ///< same length as codes; may be empty = codes
  std::vector<std::string> labels_fr;
};

/// What one month's observation delivers: one entry per declared indicator, row-major over its dims.
struct Observation {
  int month = 0;  ///< 0 = the state at t = 0, then 1, 2, ...
  std::vector<std::span<const double>> values;
};

/// Receives observations in the order of months; implemented by output. Never changes the simulation.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void observe(const Observation& observation) = 0;
  /// State for a checkpoint, so that a resumed run writes the same bytes.
  virtual std::vector<std::byte> save() = 0;
  virtual void restore(std::span<const std::byte> state) = 0;
};

}  // namespace metier
