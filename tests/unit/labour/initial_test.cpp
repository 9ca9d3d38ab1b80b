#include "models/labour/initial.hpp"

#include "models/labour/separation.hpp"
#include "tests/support/labour/run_process.hpp"

#include <cmath>
#include <gtest/gtest.h>

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

TEST(Start, VisitsReplaceTheInCommutersWhoLeave) {
  SmallMarket market;
  const auto exits = market.column<RelativeExit>();
  const double rate = market.setting.params.separation_rate;
  std::vector<double> leaving(3, 0.0);
  double residents_leaving = 0.0;
  for (std::size_t h = 0; h < market.world.rows<Person>(); ++h) {
    if (market.column<StatusOf>()[h] != Status::kEmployed) continue;
    const double hazard = rate * exits[market.column<OccupationOf>()[h]];
    const std::size_t home = market.column<Home>()[h];
    (home < 12 ? residents_leaving : leaving[home - 12]) += hazard;
  }
  const double finding = residents_leaving / (350.0 + market.setting.params.halo_search * 200.0);
  for (std::size_t z = 0; z < 3; ++z) {
    const double applicants = market.column<ZoneUnemployed>()[z] * market.column<VisitShare>()[z];
    EXPECT_NEAR(applicants * finding, leaving[z], 1e-9 * leaving[z]) << "zone " << z;
  }
}

TEST(Start, AZoneWhoseUnemployedAreUnknownSendsWhomItNeeds) {
  SmallMarket market;
  const double applicants = market.column<ZoneUnemployed>()[2] * market.column<VisitShare>()[2];
  market.column<ZoneUnemployed>()[2] = 0.0;
  set_visit_shares(market.world, market.setting.params);
  EXPECT_NEAR(market.column<ZoneUnemployed>()[2], applicants, 1e-9 * applicants);
  EXPECT_EQ(market.column<VisitShare>()[2], 1.0);
}

}  // namespace
}  // namespace metier::labour
