#include "models/synthesis/age_law.hpp"

#include "sim/core/error.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace metier::synthesis {

AgeLaw::AgeLaw(const std::array<double, kYoungYears>& baseline, double sector_5y, int max_months)
    : max_months_(max_months) {
  METIER_REQUIRE(max_months > kYoungMonths, "the truncation lies inside the curve of the first years");
  const double k = math::log(sector_5y) / math::log(baseline.back());
  double last = 0.0;  // log survival at the last birthday
  survival_[0] = 1.0;
  for (int year = 1; year <= kYoungYears; ++year) {
    const double next = k * math::log(baseline[static_cast<std::size_t>(year - 1)]);
    for (int month = 1; month <= 12; ++month) {
      survival_[12 * (static_cast<std::size_t>(year) - 1) + static_cast<std::size_t>(month)] =
          math::exp(last + (next - last) * month / 12.0);
    }
    last = next;
  }
  below_[0] = 0.0;
  for (std::size_t m = 1; m < below_.size(); ++m) below_[m] = below_[m - 1] + survival_[m - 1];
}

int AgeLaw::quantile(double u, double mature_hazard_per_year) const {
  const double log_stay = math::log(1.0 - mature_hazard_per_year) / 12.0;  // per month
  const double stay = math::exp(log_stay);
  const double months = max_months_ - kYoungMonths;
  const double s5 = survival_.back();
  const double old =
      mature_hazard_per_year > 0.0 ? s5 * (1.0 - math::exp(log_stay * months)) / (1.0 - stay) : s5 * months;
  double mass = u * (below_.back() + old);
  if (mass < below_.back()) {
    return static_cast<int>(std::upper_bound(below_.begin(), below_.end(), mass) - below_.begin()) - 1;
  }
  mass = (mass - below_.back()) / s5;
  const double past = mature_hazard_per_year > 0.0 ? math::log(1.0 - mass * (1.0 - stay)) / log_stay : mass;
  return std::min(max_months_ - 1, kYoungMonths + static_cast<int>(std::floor(past)));
}

}  // namespace metier::synthesis
