#pragma once
#include <cstdint>
#include <vector>

namespace metier::synthesis {

/// Sizes inside a class: p(n) proportional to n^-(1 + zeta) for n = low .. high, with zeta such that the mean is the
/// one asked.
///
/// Symbols  n employees, zeta exponent (1); zeta = 0 is Zipf's law, negative values lean to the large end
/// Errors   broken promise when the mean does not lie strictly between low and high (unless low == high)
/// Source   model of the initial state, 3.3.3; the mean is that of a table of establishments and jobs by class
class SizeLaw {
 public:
  SizeLaw(int low, int high, double mean);

  [[nodiscard]] double zeta() const { return zeta_; }
  [[nodiscard]] int low() const { return low_; }
  [[nodiscard]] int high() const { return low_ + static_cast<int>(cumulative_.size()) - 1; }
  [[nodiscard]] double mean() const;
  /// The size at probability u (0 <= u < 1).
  [[nodiscard]] int quantile(double u) const;

 private:
  int low_;
  double zeta_ = 0.0;
  std::vector<double> cumulative_;  ///< P(N <= low + k)
};

}  // namespace metier::synthesis
