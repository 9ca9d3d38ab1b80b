// Continuous laws against their distribution functions (computed by the C library), with fixed seeds.
#include "sim/core/hash.hpp"
#include "sim/core/rng.hpp"
#include "tests/statistical/core/goodness_of_fit.hpp"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace metier {
namespace {

constexpr std::size_t kEntities = 1'000'000;

struct Law {
  std::string name;
  std::function<double(Draws&)> draw;
  std::function<double(double)> distribution;
  double mean, variance, fourth;  ///< central moments
};

const std::vector<Law>& laws() {
  static const std::vector<Law> all{
      {"uniform", [](Draws& d) { return d.uniform(); }, [](double x) { return x; }, 0.5, 1.0 / 12.0, 1.0 / 80.0},
      {"normal", [](Draws& d) { return d.normal(); }, [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); },
       0.0, 1.0, 3.0},
      {"laplace", [](Draws& d) { return d.laplace(0.3); },
       [](double x) { return x < 0.0 ? 0.5 * std::exp(x / 0.3) : 1.0 - 0.5 * std::exp(-x / 0.3); }, 0.0, 0.18,
       24.0 * 0.0081},
      {"exponential", [](Draws& d) { return d.exponential(); }, [](double x) { return 1.0 - std::exp(-x); }, 1.0, 1.0,
       9.0}};
  return all;
}

class Continuous : public ::testing::TestWithParam<std::size_t> {
 protected:
  [[nodiscard]] static const Law& law() { return laws()[GetParam()]; }
  /// The first draw of each of a million entities, as processes draw; or a million draws of one entity.
  static std::vector<double> sample(bool one_entity) {
    const RngStream stream(20'190'101, 0, 0x7000);
    std::vector<double> values(kEntities);
    Draws single(stream, hash64(1), 12, 0);
    for (std::size_t i = 0; i < kEntities; ++i) {
      Draws own(stream, hash64(i), 12, 0);
      values[i] = law().draw(one_entity ? single : own);
    }
    return values;
  }
};

TEST_P(Continuous, FollowsItsLawOverEntities) {  // false alarm 1e-6
  EXPECT_LT(test::kolmogorov_distance(sample(false), law().distribution), test::kolmogorov_bound(kEntities))
      << law().name;
}

TEST_P(Continuous, FollowsItsLawOverTheDrawsOfOneEntity) {  // false alarm 1e-6
  EXPECT_LT(test::kolmogorov_distance(sample(true), law().distribution), test::kolmogorov_bound(kEntities))
      << law().name;
}

TEST_P(Continuous, MeanAndVariance) {  // false alarm 2e-6
  const std::vector<double> values = sample(false);
  double mean = 0.0, variance = 0.0;
  for (const double x : values) mean += x / kEntities;
  for (const double x : values) variance += (x - law().mean) * (x - law().mean) / kEntities;
  EXPECT_NEAR(mean, law().mean, test::mean_bound(std::sqrt(law().variance), kEntities)) << law().name;
  const double spread = std::sqrt(law().fourth - law().variance * law().variance);
  EXPECT_NEAR(variance, law().variance, test::mean_bound(spread, kEntities)) << law().name;
}

// Equal cells of probability, 1000 of them: also sees holes that a distance of distribution functions overlooks.
TEST_P(Continuous, FillsEqualCellsEvenly) {  // false alarm 2e-6
  constexpr std::size_t cells = 1000;
  std::vector<double> observed(cells);
  for (const double x : sample(false)) {
    ++observed[std::min(cells - 1, static_cast<std::size_t>(law().distribution(x) * cells))];
  }
  const auto fit = test::chi_square(observed, std::vector<double>(cells, 1.0 / cells), kEntities);
  EXPECT_LT(fit.statistic, fit.bound()) << law().name;
  EXPECT_GT(fit.statistic, fit.lower_bound()) << law().name;
}

// The bound is not so wide that it lets anything through: a law that is off by a hundredth is rejected.
TEST_P(Continuous, ASlightlyDifferentLawIsRejected) {
  std::vector<double> values = sample(false);
  for (double& x : values) x = x * 1.01 + 0.01 * std::sqrt(law().variance);
  EXPECT_GT(test::kolmogorov_distance(values, law().distribution), test::kolmogorov_bound(kEntities)) << law().name;
}

INSTANTIATE_TEST_SUITE_P(Laws, Continuous, ::testing::Range(std::size_t{0}, std::size_t{4}),
                         [](const auto& test) { return laws()[test.param].name; });

}  // namespace
}  // namespace metier
