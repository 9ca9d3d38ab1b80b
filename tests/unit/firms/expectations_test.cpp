#include "models/firms/expectations.hpp"

#include "models/firms/productivity.hpp"
#include "tests/support/run_process.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace metier::firms {
namespace {

using test::month_step;
using test::run_process;

struct ExpectationScene {
  World world;
  Params params;
  ExpectationScene() {
    world.set_rows<Firm>(3);
    world.set_rows<Sector>(2);
    world.column<SectorOf>()[2] = 1;
  }
  void expect(double before, double orders) {
    world.column<ExpectedDemand>()[1] = before;
    world.column<Orders>()[1] = orders;
    run_process(world, month_step(1), &expect_demand, params);
  }
  double expected() { return world.column<ExpectedDemand>()[1]; }
};

TEST(Expectations, ClosePartOfTheGap) {
  ExpectationScene scene;
  scene.expect(10.0, 14.0);
  EXPECT_DOUBLE_EQ(scene.expected(), 11.0);  // 10 + 0.25 (14 - 10)
  scene.params.adapt_demand = 1.0;
  scene.expect(10.0, 14.0);
  EXPECT_DOUBLE_EQ(scene.expected(), 14.0);
  scene.params.adapt_demand = 0.0;
  scene.expect(10.0, 14.0);
  EXPECT_DOUBLE_EQ(scene.expected(), 10.0);
}

// Constant orders: the gap shrinks by 1 - lambda a month.
TEST(Expectations, ConvergeGeometrically) {
  ExpectationScene scene;
  scene.world.column<ExpectedDemand>()[1] = 2.0;
  scene.world.column<Orders>()[1] = 10.0;
  for (int month = 1; month <= 12; ++month) run_process(scene.world, month_step(month), &expect_demand, scene.params);
  EXPECT_NEAR(scene.expected(), 10.0 - 8.0 * std::pow(0.75, 12), 1e-12);
}

TEST(Expectations, AdaptiveHasNoOutlook) {
  ExpectationScene scene;
  scene.world.column<Orders>()[1] = 100.0;
  scene.world.column<Outlook>()[0] = 0.5;
  run_process(scene.world, month_step(1), &forecast_sectors, scene.params);
  EXPECT_EQ(scene.world.column<Outlook>()[0], 0.0);
}

// Orders 100, 110, 121, 121: growth ln 1.1, ln 1.1, 0. The second growth tells rho = 1, clipped to .9; after the third
// rho = .98 g^2 / (.98 g^2 + g^2) and the last growth is 0.
TEST(Expectations, OutlookIsTheAutoregressionOfTheSector) {
  ExpectationScene scene;
  scene.params.expectation = Expectation::kOutlook;
  const double g = std::log(1.1), orders[] = {100.0, 110.0, 121.0, 121.0}, outlook[] = {0.0, 0.0, 0.9 * g, 0.0};
  for (int month = 1; month <= 4; ++month) {
    scene.world.column<Orders>()[1] = orders[month - 1];
    run_process(scene.world, month_step(month), &forecast_sectors, scene.params);
    EXPECT_NEAR(scene.world.column<Outlook>()[0], outlook[month - 1], 1e-12) << "month " << month;
    EXPECT_EQ(scene.world.column<Outlook>()[1], 0.0) << "a sector without orders";
  }
  scene.world.column<Orders>()[1] = 133.1;
  run_process(scene.world, month_step(5), &forecast_sectors, scene.params);
  // product: .98 (.98 g^2) + 0 g; square: .98 (.98 g^2 + g^2) + 0
  EXPECT_NEAR(scene.world.column<Outlook>()[0], 0.98 / 1.98 * g, 1e-12);
  scene.world.column<ExpectedDemand>()[1] = 10.0;
  scene.world.column<Orders>()[1] = 10.0;
  run_process(scene.world, month_step(5), &expect_demand, scene.params);
  EXPECT_NEAR(scene.expected(), 10.0 * (1.0 + 0.98 / 1.98 * g), 1e-12);
}

TEST(Productivity, GrowsByTheYearlyRateInTwelveMonths) {
  ExpectationScene scene;
  scene.params.productivity_growth = 0.05;
  scene.world.column<Productivity>()[1] = 4.0;
  scene.world.column<SectorProductivity>()[0] = 2.0;
  for (int month = 1; month <= 12; ++month)
    run_process(scene.world, month_step(month), &grow_productivity, scene.params);
  EXPECT_NEAR(scene.world.column<Productivity>()[1], 4.2, 1e-12);
  EXPECT_NEAR(scene.world.column<SectorProductivity>()[0], 2.1, 1e-12);
}

}  // namespace
}  // namespace metier::firms
