#include "sim/core/rng.hpp"

#include "sim/core/error.hpp"
#include "sim/core/math.hpp"
#include "sim/core/rng_words.hpp"

#include <algorithm>

namespace metier {

double Draws::normal() { return math::inverse_normal(uniform()); }

double Draws::laplace(double scale) {
  const double u = uniform() - 0.5;
  const double tail = 1.0 - 2.0 * (u < 0.0 ? -u : u);  // 2^-53 at least: uniform() is never 0 nor 1
  const double size = -scale * math::log(tail);
  return u < 0.0 ? -size : size;
}

double Draws::exponential() { return -math::log(uniform()); }

namespace {
/// ln k!, by Stirling's series above 9.
double log_factorial(double k) {
  if (k < 10.0) {
    double product = 1.0;
    for (double i = 2.0; i <= k; i += 1.0) product *= i;
    return math::log(product);
  }
  const double x = k + 1.0, inverse = 1.0 / (x * x);
  return (x - 0.5) * math::log(x) - x + 0.91893853320467274178 +
         (1.0 / 12.0 - inverse * (1.0 / 360.0 - inverse * (1.0 / 1260.0 - inverse / 1680.0))) / x;
}
}  // namespace

std::int64_t Draws::poisson(double mean) {
  METIER_REQUIRE(mean >= 0.0 && mean < 1e9, "mean of a Poisson law");
  if (mean == 0.0) return 0;
  if (mean < 30.0) {
    const double u = uniform();
    double p = math::exp(-mean), sum = p;
    std::int64_t k = 0;
    while (u > sum) {
      ++k;
      p *= mean / static_cast<double>(k);
      if (sum + p == sum) break;  // the end of the tail: rounding may leave the sum just below the largest u
      sum += p;
    }
    return k;
  }
  // PTRS: Hormann (1993), "The transformed rejection method for generating Poisson random variables", Insurance 12.
  const double b = 0.931 + 2.53 * math::sqrt(mean), a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4), v_r = 0.9277 - 3.6224 / (b - 2.0);
  const double log_mean = math::log(mean);
  for (;;) {
    const double u = uniform() - 0.5, v = uniform();
    const double us = 0.5 - (u < 0.0 ? -u : u);
    const double k = std::floor((2.0 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= v_r) return static_cast<std::int64_t>(k);
    if (k < 0.0 || (us < 0.013 && v > us)) continue;
    if (math::log(v * inverse_alpha / (a / (us * us) + b)) <= k * log_mean - mean - log_factorial(k)) {
      return static_cast<std::int64_t>(k);
    }
  }
}

std::int64_t Draws::binomial(std::int64_t n, double p) {
  METIER_REQUIRE(n >= 0 && p >= 0.0 && p <= 1.0, "parameters of a binomial law");
  if (n == 0 || p == 0.0) return 0;
  if (p == 1.0) return n;
  if (p > 0.5) return n - binomial(n, 1.0 - p);
  // Jump from success to success: n p + 1 draws.
  std::int64_t count = 0, position = geometric(p);
  while (position < n) {
    ++count;
    position += 1 + geometric(p);
  }
  return count;
}

std::size_t Draws::categorical(std::span<const double> weights) {
  double total = 0.0;
  for (const double weight : weights) total += weight;
  METIER_REQUIRE(total > 0.0, "a choice needs a positive weight");
  double left = uniform() * total;
  std::size_t last = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    if (weights[k] <= 0.0) continue;
    last = k;
    left -= weights[k];
    if (left < 0.0) return k;
  }
  return last;
}

namespace {
/// More rows than there ever are; adding one does not overflow.
constexpr std::int64_t kNeverInARun = std::int64_t{1} << 62;
}  // namespace

std::int64_t Draws::geometric(double p) {
  METIER_REQUIRE(p > 0.0 && p <= 1.0, "probability of a geometric law");
  if (p == 1.0) return 0;
  const double skipped = std::floor(math::log(uniform()) / math::log1p(-p));
  return skipped < 4e18 ? static_cast<std::int64_t>(skipped) : kNeverInARun;
}

void fill_uniform(RngStream stream, std::span<const std::uint64_t> keys, std::uint32_t month, std::uint32_t substep,
                  std::span<double> out) {
  METIER_REQUIRE(keys.size() == out.size(), "one number for each key");
  constexpr std::size_t kStretch = 256;
  std::array<std::array<std::uint32_t, kStretch>, 4> words;
  std::uint32_t* const into[4] = {words[0].data(), words[1].data(), words[2].data(), words[3].data()};
  for (std::size_t begin = 0; begin < keys.size(); begin += kStretch) {
    const std::size_t n = std::min(kStretch, keys.size() - begin);
    fill_words(stream, keys.data() + begin, nullptr, n, month, substep, into);
    for (std::size_t i = 0; i < n; ++i) {
      out[begin + i] = to_unit(words[0][i] | static_cast<std::uint64_t>(words[1][i]) << 32);
    }
  }
}

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  const r123::Philox4x32_R<10> generator;
  const auto out = generator(r123::Philox4x32::ctr_type{{counter[0], counter[1], counter[2], counter[3]}},
                             r123::Philox4x32::key_type{{key[0], key[1]}});
  return {out[0], out[1], out[2], out[3]};
}

}  // namespace metier
