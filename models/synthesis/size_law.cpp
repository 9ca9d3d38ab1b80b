#include "models/synthesis/size_law.hpp"

#include "sim/core/error.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace metier::synthesis {
namespace {

/// Mean and derivative of the mean by zeta (minus the covariance of n and ln n) of the law over given sizes.
struct Moments {
  double mean, slope;
};
Moments moments(const std::vector<double>& log_size, int low, double zeta) {
  double weight = 0.0, n1 = 0.0, l1 = 0.0, nl = 0.0;
  for (std::size_t k = 0; k < log_size.size(); ++k) {
    const double n = low + static_cast<double>(k);
    // Relative to the smallest size, so that no exponent overflows.
    const double w = math::exp(-(1.0 + zeta) * (log_size[k] - log_size.front()));
    weight += w;
    n1 += w * n;
    l1 += w * log_size[k];
    nl += w * n * log_size[k];
  }
  const double mean = n1 / weight;
  return {mean, -(nl / weight - mean * l1 / weight)};
}

}  // namespace

SizeLaw::SizeLaw(int low, int high, double mean) : low_(low) {
  METIER_REQUIRE(low >= 1 && high >= low, "an empty class of sizes");
  METIER_REQUIRE(low == high || (mean > low && mean < high), "the mean lies outside the class");
  std::vector<double> log_size(static_cast<std::size_t>(high - low + 1));
  for (std::size_t k = 0; k < log_size.size(); ++k) log_size[k] = math::log(low + static_cast<double>(k));
  if (high > low) {
    // Newton's steps inside a bracket: the mean falls as zeta grows.
    double left = -60.0, right = 60.0;
    for (int step = 0; step < 100; ++step) {
      const Moments m = moments(log_size, low, zeta_);
      (m.mean > mean ? left : right) = zeta_;
      double next = zeta_ - (m.mean - mean) / m.slope;
      if (!(next > left && next < right)) next = 0.5 * (left + right);
      const bool settled = std::fabs(next - zeta_) < 1e-13;
      zeta_ = next;
      if (settled) break;
    }
  }
  cumulative_.resize(log_size.size());
  double sum = 0.0;
  for (std::size_t k = 0; k < log_size.size(); ++k) {
    sum += math::exp(-(1.0 + zeta_) * (log_size[k] - log_size.front()));
    cumulative_[k] = sum;
  }
  for (double& c : cumulative_) c /= sum;
}

double SizeLaw::mean() const {
  double sum = 0.0, below = 0.0;
  for (std::size_t k = 0; k < cumulative_.size(); ++k) {
    sum += (cumulative_[k] - below) * (low_ + static_cast<double>(k));
    below = cumulative_[k];
  }
  return sum;
}

int SizeLaw::quantile(double u) const {
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end() - 1, u);
  return low_ + static_cast<int>(found - cumulative_.begin());
}

}  // namespace metier::synthesis
