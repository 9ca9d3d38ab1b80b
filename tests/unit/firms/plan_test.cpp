#include "models/firms/plan.hpp"

#include "tests/support/run_process.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace metier::firms {
namespace {

using test::month_step;
using test::run_process;

/// One establishment that makes a storable good (1) and one that serves (2).
struct PlanScene {
  World world;
  Params params;
  explicit PlanScene(std::size_t firms = 2) {
    world.set_rows<Firm>(firms + 1);
    world.set_rows<io::Good>(2);
    world.set_rows<outside::Emergency>(1);
    world.column<io::Storable>()[0] = 1;
    for (std::size_t i = 1; i <= firms; ++i) {
      world.column<Key>()[i] = 1000 + i;
      world.column<GoodOf>()[i] = i % 2 == 0 ? 1 : 0;
      world.column<Productivity>()[i] = 2.0;
    }
    params.labour_use = 1.0;
  }
  template <class C>
  auto& at(std::size_t i = 1) {
    return world.column<C>()[i];
  }
  void plan_month(int month = 1) { run_process(world, month_step(month), &plan, params); }
};

TEST(Plan, CorrectsFinishedStockForStorableGoodsAlone) {
  PlanScene scene;
  scene.at<ExpectedDemand>(1) = scene.at<ExpectedDemand>(2) = 10.0;
  scene.at<FinishedStock>(1) = scene.at<FinishedStock>(2) = 3.0;
  scene.plan_month();
  EXPECT_DOUBLE_EQ(scene.at<Plan>(1), 8.0);  // 1.1 x 10 - 3
  EXPECT_DOUBLE_EQ(scene.at<Plan>(2), 10.0);
  scene.at<FinishedStock>(1) = 12.0;
  scene.plan_month();
  EXPECT_DOUBLE_EQ(scene.at<Plan>(1), 0.0);
}

TEST(Plan, HiresAndLaysOffPartOfTheGap) {
  PlanScene scene;
  scene.params.hire_speed = 0.5;
  scene.params.fire_speed = 0.25;
  scene.at<ExpectedDemand>(2) = 20.0;  // 10 workers at 2 each
  scene.at<Employees>(2) = 6;
  scene.plan_month();
  EXPECT_DOUBLE_EQ(scene.at<LabourTarget>(2), 10.0);
  EXPECT_EQ(scene.at<HiresWanted>(2), 2);  // half of four
  EXPECT_EQ(scene.at<LayoffsWanted>(2), 0);
  scene.at<Employees>(2) = 18;
  scene.plan_month();
  EXPECT_EQ(scene.at<HiresWanted>(2), 0);
  EXPECT_EQ(scene.at<LayoffsWanted>(2), 2);  // a quarter of eight
}

TEST(Plan, LeastStaffIsTheOwnerOrOnePerson) {
  PlanScene scene;
  scene.params.fire_speed = 1.0;
  scene.at<Employees>(1) = scene.at<Employees>(2) = 3;
  scene.at<SelfEmployed>(2) = 1;
  scene.plan_month();  // nobody orders
  EXPECT_DOUBLE_EQ(scene.at<LabourTarget>(1), 1.0);
  EXPECT_EQ(scene.at<LayoffsWanted>(1), 2);
  EXPECT_DOUBLE_EQ(scene.at<LabourTarget>(2), 0.0);
  EXPECT_EQ(scene.at<LayoffsWanted>(2), 3) << "the owner cannot be laid off";
}

TEST(Plan, HalfAWorkerIsMetByOvertimeOrSlack) {
  PlanScene scene;
  scene.params.hire_speed = scene.params.fire_speed = 1.0;
  scene.at<Employees>(1) = scene.at<Employees>(2) = 5;
  scene.at<ExpectedDemand>(1) = 2.0 * 5.49 / 1.1;
  scene.at<ExpectedDemand>(2) = 2.0 * 4.51;
  scene.plan_month();
  for (const std::size_t i : {1u, 2u}) {
    EXPECT_EQ(scene.at<HiresWanted>(i), 0);
    EXPECT_EQ(scene.at<LayoffsWanted>(i), 0);
  }
}

TEST(Plan, SideActivitiesNeverHireUnlessSeasonal) {
  PlanScene scene;
  scene.params.hire_speed = 1.0;
  scene.at<ExpectedDemand>(1) = scene.at<ExpectedDemand>(2) = 100.0;
  scene.at<Seasonal>(2) = 1;
  scene.plan_month();
  EXPECT_EQ(scene.at<HiresWanted>(1), 0);
  EXPECT_EQ(scene.at<HiresWanted>(2), 50);
}

TEST(Plan, ShortTimeWorkSuspendsLayoffs) {
  PlanScene scene;
  scene.params.fire_speed = 0.5;
  scene.at<ExpectedDemand>(2) = 20.0;
  scene.at<Employees>(2) = 50;  // 40 too many
  scene.world.column<outside::ShortTimeShare>()[0] = 0.9;
  scene.plan_month();
  EXPECT_DOUBLE_EQ(scene.at<ShortTime>(2), 36.0);
  EXPECT_EQ(scene.at<LayoffsWanted>(2), 2);  // .5 x .1 x 40
}

TEST(Plan, InvestsWearAndPartOfTheMissingCapital) {
  PlanScene scene;
  scene.params.depreciation = 0.01;
  scene.params.capital_use = 0.8;
  scene.params.invest_lag = 20.0;
  scene.at<ExpectedDemand>(2) = 8.0;
  scene.at<Capital>(2) = 80.0;
  scene.at<CapitalOutput>(2) = 0.1;  // wanted: 8 / (0.1 x 0.8) = 100
  scene.plan_month();
  EXPECT_DOUBLE_EQ(scene.at<InvestmentPlan>(2), 0.8 + 20.0 / 20.0);
  scene.at<Capital>(2) = 200.0;  // too much: wear alone, never less
  scene.plan_month();
  EXPECT_DOUBLE_EQ(scene.at<InvestmentPlan>(2), 2.0);
}

// 20 000 establishments that miss 1.3 hires each: the mean of whole persons has s.d. sqrt(.3 x .7 / 20 000) = .00324;
// 4.9 of them: false alarm 1e-6.
TEST(Plan, FractionsOfPeopleAreRoundedByLot) {
  constexpr std::size_t kFirms = 20'000;
  PlanScene scene(kFirms);
  scene.params.hire_speed = 0.13;
  for (std::size_t i = 1; i <= kFirms; ++i) {
    scene.at<Employees>(i) = 10;
    scene.at<ExpectedDemand>(i) = i % 2 == 0 ? 40.0 : 40.0 / 1.1;  // ten too few
  }
  scene.plan_month();
  double sum = 0.0;
  for (std::size_t i = 1; i <= kFirms; ++i) {
    const std::int32_t hires = scene.at<HiresWanted>(i);
    ASSERT_TRUE(hires == 1 || hires == 2);
    sum += hires;
  }
  EXPECT_NEAR(sum / kFirms, 1.3, 4.9 * std::sqrt(0.21 / kFirms));
}

TEST(Plan, NullModelReplacesCapitalAndFollowsTheOrderBook) {
  PlanScene scene;
  scene.at<Capital>(1) = 50.0;
  scene.at<OrdersNow>(1) = 7.0;
  run_process(scene.world, month_step(1), &replace_capital, scene.params);
  run_process(scene.world, month_step(1), &plan_orders);
  EXPECT_DOUBLE_EQ(scene.at<InvestmentPlan>(1), 50.0 * 0.0072);
  EXPECT_DOUBLE_EQ(scene.at<Plan>(1), 7.0);
  EXPECT_EQ(scene.at<HiresWanted>(1), 0);
}

}  // namespace
}  // namespace metier::firms
