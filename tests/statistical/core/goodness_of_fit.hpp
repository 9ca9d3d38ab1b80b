#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

/// Goodness of fit with bounds in closed form, so that the probability of a false alarm is known and not tabulated.
namespace metier::test {

inline constexpr double kFalseAlarm = 1e-6;  ///< of one comparison, if the law is the stated one

/// Largest distance between the empirical distribution function of the sample and the stated one.
template <class Distribution>
double kolmogorov_distance(std::vector<double> sample, Distribution&& distribution) {
  std::sort(sample.begin(), sample.end());
  const auto n = static_cast<double>(sample.size());
  double worst = 0.0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double p = distribution(sample[i]);
    worst = std::max({worst, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  return worst;
}

/// P(distance > this) <= kFalseAlarm for any continuous law and any n.
/// Source: Massart (1990), Annals of Probability 18, P(D > e) <= 2 exp(-2 n e^2).
inline double kolmogorov_bound(std::size_t n) {
  return std::sqrt(std::log(2.0 / kFalseAlarm) / (2.0 * static_cast<double>(n)));
}

/// Pearson's statistic over cells whose expected count is 50 or more; the rest is one more cell.
struct ChiSquare {
  double statistic = 0.0;
  double degrees = 0.0;
  /// P(statistic > this) <= kFalseAlarm for the chi-square law of these degrees.
  /// Source: Laurent & Massart (2000), Annals of Statistics 28, lemma 1: P(X >= k + 2 sqrt(k x) + 2 x) <= exp(-x).
  [[nodiscard]] double bound() const {
    const double x = -std::log(kFalseAlarm);
    return degrees + 2.0 * std::sqrt(degrees * x) + 2.0 * x;
  }
  /// P(statistic < this) <= kFalseAlarm: a sample that follows its law too closely is not random (the same lemma).
  [[nodiscard]] double lower_bound() const { return degrees - 2.0 * std::sqrt(-degrees * std::log(kFalseAlarm)); }
};

/// observed[k] and the probability of cell k; what is left of n and of 1 is the last cell.
inline ChiSquare chi_square(const std::vector<double>& observed, const std::vector<double>& probability,
                            std::size_t n) {
  ChiSquare out;
  double left_observed = static_cast<double>(n), left_expected = static_cast<double>(n);
  for (std::size_t k = 0; k < observed.size(); ++k) {
    const double expected = probability[k] * static_cast<double>(n);
    if (expected < 50.0) continue;
    out.statistic += (observed[k] - expected) * (observed[k] - expected) / expected;
    out.degrees += 1.0;
    left_observed -= observed[k];
    left_expected -= expected;
  }
  if (left_expected >= 50.0) {
    out.statistic += (left_observed - left_expected) * (left_observed - left_expected) / left_expected;
  } else {
    out.degrees -= 1.0;  // the rare cells are left out: the others almost add up to n
  }
  return out;
}

/// Half-width of a mean's interval: 4.9 standard errors, false alarm 1e-6.
inline double mean_bound(double standard_deviation, std::size_t n) {
  return 4.9 * standard_deviation / std::sqrt(static_cast<double>(n));
}

}  // namespace metier::test
