#include "models/firms/prices.hpp"

#include "tests/support/run_process.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace metier::firms {
namespace {

using test::month_step;
using test::run_process;

/// Establishments 1, 2, ... make good 0 (storable) or, if even, good 1 (a service); everybody resets every month.
struct PriceScene {
  World world;
  Params params;
  tax::Params tax;
  outside::Params outside;
  explicit PriceScene(std::size_t firms = 2) {
    world.set_rows<Firm>(firms + 1);
    world.set_rows<Sector>(1);
    world.set_rows<io::Good>(2);
    world.set_rows<outside::Economy>(1);
    world.column<io::Storable>()[0] = 1;
    world.column<outside::InvestmentPrice>()[0] = 1.0;
    for (std::size_t g = 0; g < 2; ++g) world.column<io::PriceLevel>()[g] = world.column<io::OutsidePrice>()[g] = 1.0;
    for (std::size_t i = 1; i <= firms; ++i) {
      world.column<Key>()[i] = 50 + i;
      world.column<GoodOf>()[i] = i % 2 == 0 ? 1 : 0;
      world.column<Price>()[i] = world.column<UnitCost>()[i] = 1.0;
    }
    params.price_reset = {1.0, 1.0};
    outside.inflation = 0.0;
  }
  /// At its normal value.
  void set_markup(std::size_t i, double markup) {
    world.column<Markup>()[i] = world.column<MarkupNormal>()[i] = markup;
  }
  template <class C>
  auto& at(std::size_t i) {
    return world.column<C>()[i];
  }
  void set(int month = 1) { run_process(world, month_step(month), &set_prices, params, outside); }
};

// One worker at 1.5 kEUR gross, 30 % contributions, 100 kEUR of capital at 1 % wear and a price of 1.2, normal output
// 2 x .95; a good bought half from establishment 2 at 1.4 and half outside at 1.1, .2 a unit; a basket of .1 at 1.5;
// other costs .05.
TEST(UnitCost, AddsLabourWearInputsBasketAndOther) {
  PriceScene scene;
  scene.world.set_rows<io::Input>(1);
  scene.world.set_rows<io::Link>(1);
  scene.world.set_rows<io::BasketGroup>(1);
  scene.at<Employees>(1) = 1;
  scene.at<WageBill>(1) = 150'000;
  scene.at<Productivity>(1) = 2.0;
  scene.at<Capital>(1) = 100.0;
  scene.at<OtherCost>(1) = 0.05;
  scene.at<Price>(2) = 1.4;
  scene.params.depreciation = 0.01;
  scene.tax.employer_contributions = 0.3;
  scene.world.column<outside::InvestmentPrice>()[0] = 1.2;
  scene.at<io::InputCount>(1) = 1;
  scene.at<io::InputBegin>(2) = 1;
  scene.world.column<io::InputGood>()[0] = 1;
  scene.world.column<io::Coefficient>()[0] = 0.2;
  scene.world.column<io::ShareRof>()[0] = 0.5;
  scene.world.column<io::OutsidePrice>()[1] = 1.1;
  scene.world.column<io::LinkCount>()[0] = 1;
  scene.world.column<io::Supplier>()[0] = 2;
  scene.world.column<io::LinkShare>()[0] = 0.5;
  scene.at<io::BasketCoefficient>(1) = 0.1;
  scene.world.column<io::BasketPrice>()[0] = 1.5;
  run_process(scene.world, month_step(1), &update_costs, scene.params, scene.tax);
  const double normal = 2.0 * 0.95;
  EXPECT_NEAR(scene.at<UnitCost>(1),
              0.05 + (1.5 * 1.3 + 0.01 * 100.0 * 1.2) / normal + 0.2 * (0.5 * 1.4 + 0.5 * 1.1) + 0.1 * 1.5, 1e-14);
}

TEST(Prices, WhoHasLostEverybodyKeepsTheUnitCostOfBefore) {
  PriceScene scene;
  scene.at<UnitCost>(1) = 0.9;
  scene.at<Productivity>(1) = 2.0;
  scene.at<Employees>(1) = scene.at<SelfEmployed>(1) = 0;
  run_process(scene.world, month_step(1), &update_costs, scene.params, scene.tax);
  EXPECT_EQ(scene.at<UnitCost>(1), 0.9);
}

TEST(Prices, AreMarkUpOverOwnUnitCost) {
  PriceScene scene;
  scene.params.markup_step = 0.0;
  scene.set_markup(1, 0.25);
  scene.at<UnitCost>(1) = 0.9;
  scene.set_markup(2, -0.1);
  scene.at<UnitCost>(2) = 1.1;
  scene.set();
  EXPECT_DOUBLE_EQ(scene.at<Price>(1), 1.25 * 0.9);
  EXPECT_DOUBLE_EQ(scene.at<Price>(2), 0.9 * 1.1);
}

TEST(Prices, OneResetMovesThemByTheCapAtMost) {
  PriceScene scene;
  scene.params.markup_step = 0.0;
  scene.at<UnitCost>(1) = 5.0;
  scene.at<UnitCost>(2) = 0.1;
  scene.set();
  EXPECT_DOUBLE_EQ(scene.at<Price>(1), 1.3);
  EXPECT_DOUBLE_EQ(scene.at<Price>(2), 0.7);
}

// Storable: finished stock below nu de presses; a service: orders above expectation. A mark-up below 0 rises as well.
TEST(Prices, MarkUpsFollowThePressureOfSales) {
  PriceScene scene(4);
  for (std::size_t i = 1; i <= 4; ++i) {
    scene.at<ExpectedDemand>(i) = 10.0;
    scene.set_markup(i, i <= 2 ? 0.2 : -0.2);
  }
  scene.at<FinishedStock>(1) = scene.at<FinishedStock>(3) = 0.5;
  scene.at<Orders>(2) = scene.at<Orders>(4) = 12.0;
  scene.set();
  for (std::size_t i = 1; i <= 4; ++i) EXPECT_GT(scene.at<Markup>(i), i <= 2 ? 0.2 : -0.2) << i;
  scene.at<FinishedStock>(1) = scene.at<FinishedStock>(3) = 1.5;
  scene.at<Orders>(2) = scene.at<Orders>(4) = 8.0;
  for (std::size_t i = 1; i <= 4; ++i) scene.at<Markup>(i) = i <= 2 ? 0.2 : -0.2;
  scene.set(2);
  for (std::size_t i = 1; i <= 4; ++i) EXPECT_LT(scene.at<Markup>(i), i <= 2 ? 0.2 : -0.2) << i;
}

TEST(Prices, FixedNeverMove) {
  PriceScene scene;
  scene.params.pricing = Pricing::kFixed;
  scene.at<UnitCost>(1) = 3.0;
  scene.at<Orders>(2) = 100.0;
  scene.set();
  run_process(scene.world, month_step(1), &update_costs, scene.params, scene.tax);
  EXPECT_EQ(scene.at<Price>(1), 1.0);
  EXPECT_EQ(scene.at<Price>(2), 1.0);
  EXPECT_EQ(scene.at<UnitCost>(1), 3.0);
}

// 20 000 of each kind with probabilities .25 and .1: s.d. of the shares .0031 and .0021, 4.9 of them 1e-6. Who resets
// its price has recomputed its cost, nobody else has.
TEST(Prices, ResetsAreRareAndOneLotRulesCostAndPrice) {
  constexpr std::size_t kFirms = 40'000;
  PriceScene scene(kFirms);
  scene.params = Params{};
  scene.params.markup_step = 0.0;
  for (std::size_t i = 1; i <= kFirms; ++i) scene.at<OtherCost>(i) = 1.1;
  run_process(scene.world, month_step(3), &update_costs, scene.params, scene.tax);
  scene.set(3);
  std::size_t moved[2] = {0, 0};
  for (std::size_t i = 1; i <= kFirms; ++i) {
    const bool reset = scene.at<Price>(i) != 1.0;
    ASSERT_EQ(reset, scene.at<UnitCost>(i) != 1.0) << i;
    if (reset) ++moved[scene.at<GoodOf>(i)];
  }
  EXPECT_NEAR(static_cast<double>(moved[0]) / 20'000, 0.25, 4.9 * 0.0031);
  EXPECT_NEAR(static_cast<double>(moved[1]) / 20'000, 0.10, 4.9 * 0.0021);
}

/// Four cases of the CANVAS rule for a service of expectation 10: orders above or below it, price above or below the
/// market's.
struct CanvasCase {
  double orders, level, price, expected;
};
TEST(Prices, CanvasMovesEitherThePriceOrTheQuantity) {
  for (const auto& [orders, level, price, expected] :
       {CanvasCase{12.0, 0.9, 1.0, 12.0}, CanvasCase{12.0, 1.1, 1.2, 10.0}, CanvasCase{8.0, 0.9, 0.8, 10.0},
        CanvasCase{8.0, 1.1, 1.0, 8.0}, CanvasCase{30.0, 0.9, 1.0, 13.0}, CanvasCase{30.0, 1.1, 1.3, 10.0}}) {
    PriceScene scene;
    scene.params.pricing = Pricing::kCanvas;
    scene.world.column<io::PriceLevel>()[1] = level;
    scene.at<Orders>(2) = orders;
    scene.at<ExpectedDemand>(2) = 10.0;
    scene.set();
    EXPECT_NEAR(scene.at<Price>(2), price, 1e-12) << "orders " << orders << ", market " << level;
    scene.at<Price>(2) = 1.0;
    run_process(scene.world, month_step(1), &answer_by_quantity, scene.params);
    EXPECT_NEAR(scene.at<ExpectedDemand>(2), expected, 1e-12) << "orders " << orders << ", market " << level;
  }
}

TEST(Prices, CanvasPassesCostsOnAndRestsAtTheStockWanted) {
  PriceScene scene;
  scene.params.pricing = Pricing::kCanvas;
  scene.at<ExpectedDemand>(1) = scene.at<Orders>(1) = 10.0;
  scene.at<FinishedStock>(1) = 1.0;  // nu de
  scene.at<UnitCost>(1) = 1.05;      // was 1
  scene.set();
  EXPECT_NEAR(scene.at<Price>(1), 1.05, 1e-12);
  run_process(scene.world, month_step(1), &answer_by_quantity, scene.params);
  EXPECT_NEAR(scene.at<ExpectedDemand>(1), 10.0, 1e-12);
}

}  // namespace
}  // namespace metier::firms
