#include "models/synthesis/age_law.hpp"
#include "models/synthesis/mix.hpp"
#include "models/synthesis/size_law.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace metier::synthesis {
namespace {

TEST(SizeLaw, MeetsTheMeanItIsAskedFor) {
  for (const double mean : {1.2, 2.5, 5.0, 7.5, 8.9}) {
    EXPECT_NEAR(SizeLaw(1, 9, mean).mean(), mean, 1e-9) << mean;
  }
  EXPECT_NEAR(SizeLaw(50, 6000, 225.471).mean(), 225.471, 1e-7);
}

TEST(SizeLaw, UniformWhenTheMeanIsTheMiddle) {
  const SizeLaw law(1, 9, 5.0);  // p proportional to n^-(1 + zeta) is uniform for zeta = -1
  EXPECT_NEAR(law.zeta(), -1.0, 1e-10);
  for (int n = 1; n <= 9; ++n) EXPECT_EQ(law.quantile((n - 0.5) / 9.0), n);
}

TEST(SizeLaw, StaysInItsClassAtTheEnds) {
  const SizeLaw law(10, 19, 13.4);
  EXPECT_EQ(law.quantile(1e-17), 10);
  EXPECT_EQ(law.quantile(1.0 - 1e-17), 19);
  EXPECT_EQ(SizeLaw(3, 3, 3.0).quantile(0.5), 3);
}

constexpr std::array<double, 5> kBaseline{0.90, 0.80, 0.71, 0.64, 0.60};

TEST(AgeLaw, SurvivalFollowsTheCurve) {
  const AgeLaw law(kBaseline, 0.60, 720);
  for (int year = 1; year <= 5; ++year)
    EXPECT_NEAR(law.survival(12 * year), kBaseline[static_cast<std::size_t>(year - 1)], 1e-12);
  EXPECT_NEAR(law.survival(6), std::sqrt(0.90), 1e-12);
  const AgeLaw safer(kBaseline, 0.741, 720);
  EXPECT_NEAR(safer.survival(60), 0.741, 1e-12);
  EXPECT_GT(safer.survival(12), 0.90);
}

TEST(AgeLaw, AgesAreProportionalToSurvival) {
  // P(age < 60 months) = sum of S over 60 months / (that + tail of the constant hazard up to the truncation).
  const AgeLaw law(kBaseline, 0.60, 720);
  for (const double hazard : {0.035, 0.11, 0.0}) {
    const double stay = std::pow(1.0 - hazard, 1.0 / 12.0);
    double young = 0.0, old = 0.0, level = law.survival(60);
    for (int m = 0; m < 60; ++m) young += law.survival(m);
    for (int m = 60; m < 720; ++m, level *= stay) old += level;
    const double share = young / (young + old);
    EXPECT_EQ(law.quantile(share - 1e-9, hazard), 59) << hazard;
    EXPECT_EQ(law.quantile(share + 1e-9, hazard), 60) << hazard;
    EXPECT_EQ(law.quantile(1e-12, hazard), 0);
    EXPECT_EQ(law.quantile(1.0 - 1e-15, hazard), 719);
    double level_120 = law.survival(60), upto = young;
    for (int m = 60; m < 120; ++m, level_120 *= stay) upto += level_120;
    EXPECT_EQ(law.quantile((upto - 1e-7) / (young + old), hazard), 119) << hazard;
    EXPECT_EQ(law.quantile((upto + 1e-7) / (young + old), hazard), 120) << hazard;
  }
}

TEST(Gamma, MeanAndVarianceAreTheShape) {
  const SynthesisKeys keys{11};
  for (const double shape : {0.14, 0.7, 1.0, 6.5, 50.0}) {
    constexpr int kDraws = 200'000;
    double sum = 0.0, squares = 0.0;
    for (int k = 0; k < kDraws; ++k) {
      Draws draws = keys.draws(RngDomain::kSynthesisMix, static_cast<std::uint64_t>(k));
      const double value = gamma_variate(shape, draws);
      sum += value;
      squares += value * value;
    }
    const double mean = sum / kDraws, variance = squares / kDraws - mean * mean;
    // Fourth central moment of the law: 3 a^2 + 6 a; false alarm about 1e-6 per figure.
    EXPECT_NEAR(mean, shape, 4.9 * std::sqrt(shape / kDraws)) << shape;
    EXPECT_NEAR(variance, shape, 4.9 * std::sqrt((2 * shape * shape + 6 * shape) / kDraws) + 1e-3 * shape) << shape;
  }
}

}  // namespace
}  // namespace metier::synthesis
