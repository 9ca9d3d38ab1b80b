#include "models/outside/world_demand.hpp"

#include "tests/support/books.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace metier::outside {
namespace {

constexpr std::size_t kGoods = 4;

struct DemandScene {
  World world;
  Params params;
  DemandScene() {
    world.set_rows<ZoneGood>(kZoneGroups * kGoods);
    world.set_rows<io::Good>(kGoods);
    world.set_rows<Economy>(1);
    params.inflation = 0.02;
    params.real_growth = 0.011;
  }
  /// A month with the parameters as they are now.
  [[nodiscard]] Schedule month() const {
    Schedule schedule;
    schedule.phase("P0", "world").add("outside.observe_world", &observe_world, params);
    return schedule;
  }
  void observe(int number) {
    Schedule schedule = month();
    run(world, schedule, number);
  }
  void observed(std::size_t months, double value) {
    world.set_rows<MonthGood>(months * kGoods);
    for (double& cell : world.column<ObservedDemand>()) cell = value;
  }
};

TEST(WorldDemand, ConstantStandsStill) {
  DemandScene scene;
  scene.params.mode = Mode::kConstant;
  scene.observe(40);
  for (const double index : scene.world.column<DemandIndex>()) EXPECT_DOUBLE_EQ(index, 1.0);
  for (const double price : scene.world.column<io::OutsidePrice>()) EXPECT_DOUBLE_EQ(price, 1.0);
}

TEST(WorldDemand, ObservedMonthsAreFollowedAndThenLeftFrom) {
  DemandScene scene;
  scene.params.shock_sd = 0.0;
  scene.observed(13, 0.8);
  scene.observe(12);
  EXPECT_DOUBLE_EQ(scene.world.column<DemandIndex>()[5], 0.8);
  EXPECT_NEAR(scene.world.column<io::OutsidePrice>()[0], 1.02, 1e-12);
  EXPECT_NEAR(scene.world.column<OutsidePriceLevel>()[0], 1.02, 1e-12);
  EXPECT_NEAR(scene.world.column<OutsideProductivity>()[0], 1.006, 1e-12);
  scene.observe(13);  // the AR(1) sets out from the last deviation from trend
  const double deviation = std::log(0.8 / 1.011);
  EXPECT_NEAR(scene.world.column<DemandIndex>()[5], std::pow(1.011, 13.0 / 12.0) * std::exp(0.985 * deviation), 1e-9);
}

TEST(WorldDemand, AnImposedPathHoldsItsLastValue) {
  DemandScene scene;
  scene.params.mode = Mode::kPath;
  scene.observed(3, 1.5);
  scene.observe(100);
  EXPECT_DOUBLE_EQ(scene.world.column<DemandIndex>()[0], 1.5);
}

// Stationary standard deviation sigma / sqrt(1 - alpha^2) and correlation c between cells, over 40 000 months.
// With alpha = .5 the effective number of months is 40 000 (1 - .25) / (1 + .25) = 24 000 for a variance: its relative
// error has s.d. .0091; six of them make a false alarm of 2e-9.
TEST(WorldDemand, ShocksHaveTheStatedSpreadAndCorrelation) {
  DemandScene scene;
  scene.params.mode = Mode::kAr1;
  scene.params.persistence = 0.5;
  scene.params.shock_sd = 0.1;
  scene.params.common_share = 0.4;
  scene.params.real_growth = 0.0;
  Schedule schedule = scene.month();
  schedule.seal(scene.world);
  double square = 0.0, product = 0.0;
  constexpr int kMonths = 40'000;
  const auto deviation = scene.world.column<DemandDeviation>();
  for (int month = 1; month <= kMonths; ++month) {
    Step step;
    step.month = month;
    schedule.run_month(scene.world, step);
    square += deviation[2] * deviation[2];
    product += deviation[2] * deviation[7];
  }
  const double variance = 0.01 / (1.0 - 0.25);
  EXPECT_NEAR(square / kMonths / variance, 1.0, 6 * 0.0091);
  EXPECT_NEAR(product / square, 0.4, 6 * 0.0091);
}

}  // namespace
}  // namespace metier::outside
