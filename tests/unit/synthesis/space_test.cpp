#include "models/synthesis/space.hpp"

#include "models/sites/columns.hpp"
#include "tests/unit/synthesis/territory.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace metier::synthesis {
namespace {

struct Space {
  Problems problems;
  Params params;
  DataPack pack;
  World world;
  InitReport report;

  explicit Space(double scale) {
    PackFiles files(kRealPack, problems);
    pack = read_pack(files, params.survival_cohort);
    problems.raise_if_any(Exit::kData);
    params.scale_factor = scale;
    build_space(pack, params, world, report);
  }
};

TEST(CarMinutes, FollowsTheRule) {
  const TravelRule rule{.detour = 1.3,
                        .base_minutes = 5.0,
                        .near_minutes = 2.0,
                        .far_minutes = 0.75,
                        .near_limit_km = 10.0,
                        .minimum_minutes = 8.0};
  EXPECT_DOUBLE_EQ(car_minutes(rule, 0.5), 8.0);    // 5 + 1 is below the minimum
  EXPECT_DOUBLE_EQ(car_minutes(rule, 4.0), 13.0);   // 5 + 2 * 4
  EXPECT_DOUBLE_EQ(car_minutes(rule, 10.0), 25.0);  // 5 + 2 * 10
  EXPECT_DOUBLE_EQ(car_minutes(rule, 30.0), 40.0);  // 25 + .75 * 20
}

TEST(Space, DistancesAreThoseOfThePack) {
  Space space(1.0);
  const std::size_t communes = space.pack.communes.size(), zones = communes + space.pack.external_zones.size();
  ASSERT_EQ(space.world.rows<sites::Commune>(), communes);
  ASSERT_EQ(space.world.rows<sites::Zone>(), zones);
  const auto km = space.world.column<sites::DistanceKm>();
  const auto minutes = space.world.column<sites::CarMinutes>();
  ASSERT_EQ(km.size(), zones * zones);
  for (std::size_t a = 0; a < zones; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      ASSERT_EQ(km[a * zones + b], km[b * zones + a]) << a << " " << b;
      ASSERT_GT(km[a * zones + b], 0.0f) << a << " " << b;
    }
    ASSERT_GE(minutes[a * zones + a], space.pack.travel.minimum_minutes) << a;
  }
  for (std::size_t a = 0; a < communes; ++a) {
    for (std::size_t b = 0; b < communes; ++b) {
      const double straight = space.pack.distance_km[a * communes + b];
      // The column may hold the straight or the road distance: the ratio is 1 or the detour, the same everywhere.
      const double ratio = static_cast<double>(km[a * zones + b]) / straight;
      const double first = static_cast<double>(km[1]) / space.pack.distance_km[1];
      ASSERT_NEAR(ratio, first, 1e-5) << a << " " << b;
      const double road = space.pack.travel.detour * straight;
      ASSERT_NEAR(minutes[a * zones + b], car_minutes(space.pack.travel, road), 1e-3) << a << " " << b;
    }
  }
}

TEST(Space, PopulationIsScaledByLargestRemainder) {
  Space full(1.0), part(0.05);
  const auto all = full.world.column<sites::Population>();
  const auto some = part.world.column<sites::Population>();
  const auto total = std::accumulate(all.begin(), all.end(), std::int64_t{0});
  double asked = 0.0;
  for (std::size_t c = 0; c < all.size(); ++c) {
    EXPECT_NEAR(all[c], full.pack.communes[c].population, 1.0) << full.pack.communes[c].code;
    EXPECT_NEAR(some[c], 0.05 * full.pack.communes[c].population, 1.0) << full.pack.communes[c].code;
    asked += full.pack.communes[c].population;
  }
  EXPECT_EQ(total, std::llround(asked));
  EXPECT_EQ(std::accumulate(some.begin(), some.end(), std::int64_t{0}), std::llround(0.05 * asked));
}

}  // namespace
}  // namespace metier::synthesis
