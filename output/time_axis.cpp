#include "output/time_axis.hpp"

namespace metier::output {

std::string TimeAxis::units() const { return "days since " + end_of_month(start_ - 1); }

int TimeAxis::day_of(int month) const { return days_between_ends(start_ - 1, start_ - 1 + month); }

bool TimeAxis::ends_period(Frequency frequency, int month) const {
  return (start_ - 1 + month).month % months_of(frequency) == 0;
}

bool TimeAxis::completes_period(Frequency frequency, int month) const {
  return ends_period(frequency, month) && (month == 0 || month >= months_of(frequency));
}

std::vector<std::int32_t> TimeAxis::days_up_to(Frequency frequency, int month) const {
  std::vector<std::int32_t> days;
  for (int m = 0; m <= month; ++m) {
    if (completes_period(frequency, m)) days.push_back(day_of(m));
  }
  return days;
}

}  // namespace metier::output
