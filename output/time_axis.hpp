#pragma once
#include "sim/core/text.hpp"
#include "sim/engine/indicator.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace metier::output {

/// The calendar of a run. Month 0 is the state on the day before the first simulated month; month m > 0 ends on the
/// last day of the m-th simulated month. Times are whole days since the day of month 0.
class TimeAxis {
 public:
  explicit TimeAxis(Month start) : start_(start) {}

  /// CF units of the axis: "days since 2018-12-31".
  [[nodiscard]] std::string units() const;
  /// Days from the origin to the last day of the month.
  [[nodiscard]] int day_of(int month) const;
  /// Whether a month, a quarter or a year of the calendar ends with this month (month 0 included).
  [[nodiscard]] bool ends_period(Frequency frequency, int month) const;
  /// Whether the period that ends with this month belongs to the results: it lies in the run as a whole, or ends with
  /// month 0.
  [[nodiscard]] bool completes_period(Frequency frequency, int month) const;
  /// Days of the periods of the results up to a month, as counted from the origin.
  [[nodiscard]] std::vector<std::int32_t> days_up_to(Frequency frequency, int month) const;

 private:
  Month start_;
};

/// Group of a file that holds the indicators of a frequency: "" (the root), "quarterly", "annual".
constexpr const char* group_of(Frequency frequency) {
  return frequency == Frequency::kMonthly ? "" : frequency == Frequency::kQuarterly ? "quarterly" : "annual";
}

inline constexpr Frequency kFrequencies[] = {Frequency::kMonthly, Frequency::kQuarterly, Frequency::kAnnual};

}  // namespace metier::output
