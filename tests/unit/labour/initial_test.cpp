#include "models/labour/initial.hpp"

#include "models/labour/wages.hpp"
#include "tests/support/labour/run_process.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace metier::labour {
namespace {

using test::SmallMarket;

TEST(Start, TenuresAreGeometricAndAtMostFortyYears) {
  constexpr int n = 20'000;
  constexpr double hazard = 0.02;
  double sum = 0.0;
  for (int k = 0; k < n; ++k) {
    Draws draws(RngStream(1, 0, 0xFFFF), static_cast<std::uint64_t>(k), 0, 0);
    const int month = draw_hired_in(draws, hazard);
    EXPECT_LE(month, 0);
    EXPECT_GE(month, -480);
    sum -= month;
  }
  const double mean = (1.0 - hazard) / hazard;            // cut at 480: less than 1e-4 of the people
  const double standard_error = mean / std::sqrt(n);      // the spread of a geometric number is about its mean
  EXPECT_NEAR(sum / n, mean, 5 * standard_error + 0.05);  // false alarm below 1e-6
}

TEST(Start, ShortLivesDoNotPutManyHiresInOneMonth) {
  constexpr int n = 60'000, longest = 60;  // as if everybody were twenty years old
  constexpr double hazard = 0.01;
  std::vector<int> in_month(longest + 1, 0);
  for (int k = 0; k < n; ++k) {
    Draws draws(RngStream(1, 0, 0xFFFF), static_cast<std::uint64_t>(k), 0, 0);
    const int month = -draw_hired_in(draws, hazard, longest);
    ASSERT_GE(month, 0);
    ASSERT_LE(month, longest);
    ++in_month[static_cast<std::size_t>(month)];
  }
  const double kept = 1.0 - std::pow(1.0 - hazard, longest + 1);
  for (int m = 0; m <= longest; ++m) {
    const double expected = n * std::pow(1.0 - hazard, m) * hazard / kept;
    EXPECT_NEAR(in_month[static_cast<std::size_t>(m)], expected, 5.5 * std::sqrt(expected)) << m << " months";
  }
}

TEST(Start, WithoutHazardTenureIsUniform) {
  Draws draws(RngStream(1, 0, 0xFFFF), 3, 0, 0);
  const int month = draw_hired_in(draws, 0.0);
  EXPECT_LE(month, 0);
  EXPECT_GE(month, -480);
  EXPECT_EQ(draw_hired_in(draws, 1.0), 0);
}

TEST(Start, TheMinimumWageInForceIsTheLastOneBefore) {
  SmallMarket market;
  Params params = market.setting.params;
  params.minimum_wage_path.levels = {{{2017, 1}, 148'000}, {{2018, 1}, 149'847}, {{2019, 1}, 152'122}};
  set_start(market.world, params, Month{2018, 12});
  EXPECT_EQ(market.column<MinimumWage>()[0], 149'847);
}

TEST(Start, TheGoingWageOfTheYearBeforeRoseAsTold) {
  SmallMarket market;
  set_wage_history(market.world, 0.012, 0.0);
  const In<GoingWageSeen> going(market.column<GoingWageSeen>());
  EXPECT_DOUBLE_EQ(going_wage_last_month(going, test::labour_step(1)), 1.0);
  EXPECT_NEAR(going_wage_a_year_before(going, test::labour_step(1)), 1.0 / 1.012, 1e-15);
  const In<OutsideWageSeen> outside(market.column<OutsideWageSeen>());
  EXPECT_DOUBLE_EQ(going_wage_a_year_before(outside, test::labour_step(1)), 1.0) << "another trend there";
}

}  // namespace
}  // namespace metier::labour
