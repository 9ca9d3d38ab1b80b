#pragma once
#include <array>
#include <vector>

namespace metier::synthesis {

/// Survival of establishments by age: a yearly curve over the first years, then a constant hazard.
///
/// Equation  S_s(a) = S(a)^k for whole years a <= 5, with k = ln S_s(5) / ln S(5); geometric between birthdays; after
/// the
///           fifth year S(a) = S_s(5) (1 - h)^(a - 5)
/// Symbols   S baseline survival (1), S_s(5) five-year survival of the sector (1), h hazard of mature establishments
/// (1/year) Source    model of demography (B6); INSEE, SINE survey
inline constexpr int kYoungYears = 5;
inline constexpr int kYoungMonths = 12 * kYoungYears;

/// Ages of a stock that has always been fed at the same rate: P(age = m months) proportional to S(m), m = 0 .. max - 1.
class AgeLaw {
 public:
  /// baseline: survival at 1 .. 5 years; sector_5y: survival of the sector at 5 years; max_months: truncation.
  AgeLaw(const std::array<double, kYoungYears>& baseline, double sector_5y, int max_months);

  /// Age in months at probability u (0 <= u < 1) for an establishment with the given mature hazard (0 <= h < 1).
  [[nodiscard]] int quantile(double u, double mature_hazard_per_year) const;
  /// Survival to the birthday at `month` (0 .. 60).
  [[nodiscard]] double survival(int month) const { return survival_[static_cast<std::size_t>(month)]; }

 private:
  std::array<double, kYoungMonths + 1> survival_;
  std::array<double, kYoungMonths + 1> below_;  ///< sum of survival over the months before
  int max_months_;
};

}  // namespace metier::synthesis
