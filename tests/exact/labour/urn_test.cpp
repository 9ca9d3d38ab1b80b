#include "models/labour/null_models.hpp"
#include "tests/support/labour/run_process.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace metier::labour {
namespace {

struct Sample {
  double mean = 0.0, standard_error = 0.0;
};
Sample matches(const UrnParams& params, int replicates) {
  World world;
  build_urn(world);
  double sum = 0.0, squares = 0.0;
  for (int month = 1; month <= replicates; ++month) {
    test::run_process(world, test::labour_step(month), &urn_match, params);
    const auto m = static_cast<double>(world.column<UrnMatches>()[0]);
    sum += m;
    squares += m * m;
  }
  const double mean = sum / replicates;
  return {mean, std::sqrt((squares / replicates - mean * mean) / (replicates - 1))};
}

TEST(Urn, MatchesOfAThousandApplicationsOnEightHundredVacancies) {  // case V7b
  const double expected = 800.0 * (1.0 - std::pow(1.0 - 1.0 / 800.0, 1000.0));
  EXPECT_NEAR(expected, 570.9753073, 1e-7);
  const Sample sample = matches({1000, 800}, 2000);
  EXPECT_NEAR(sample.mean, expected, 3.0 * sample.standard_error) << "fixed seed; false alarm .0027 for another";
  EXPECT_LT(sample.standard_error, 0.3);
}

TEST(Urn, LimitingCases) {
  EXPECT_EQ(matches({0, 800}, 3).mean, 0.0) << "nobody applies";
  EXPECT_EQ(matches({1, 800}, 3).mean, 1.0) << "one application takes one post";
  EXPECT_EQ(matches({50, 1}, 3).mean, 1.0) << "one post";
  EXPECT_EQ(matches({100'000, 10}, 3).mean, 10.0) << "every post is found";
}

}  // namespace
}  // namespace metier::labour
