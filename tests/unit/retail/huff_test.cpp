#include "models/retail/huff.hpp"

#include "models/retail/spill.hpp"
#include "tests/support/books.hpp"
#include "tests/support/run_process.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace metier::retail {
namespace {

using test::month_step;
using test::run_process;

TEST(Huff, SharesFallWithTravelTime) {
  const std::array<double, 3> attraction{1.0, 2.0, 0.0};
  const std::array<float, 3> minutes{10.0f, 20.0f, 1.0f};
  std::array<double, 3> shares{};
  huff_shares(attraction, minutes, 2.0, shares);
  EXPECT_NEAR(shares[0], 2.0 / 3.0, 1e-12);  // 1/100 against 2/400
  EXPECT_NEAR(shares[1], 1.0 / 3.0, 1e-12);
  EXPECT_EQ(shares[2], 0.0);
  huff_shares(attraction, minutes, 0.0, shares);
  EXPECT_NEAR(shares[0], 1.0 / 3.0, 1e-12) << "without distance attraction alone decides";
  huff_shares(std::array<double, 3>{}, minutes, 1.0, shares);
  EXPECT_EQ(shares[0] + shares[1] + shares[2], 0.0);
}

/// Communes 0 and 1, place 2 outside. Category 0: shops with a margin of a quarter, outlets 1 and 2 in commune 0, 3 in
/// commune 1; category 1: a service, outlet 4 in commune 1. Ten minutes everywhere, so that attractions are shares.
struct Streets {
  World world;
  Params params;
  tax::Params tax;
  io::Params io;
  template <class C>
  auto& at(std::size_t row) {
    return world.column<C>()[row];
  }
  Streets() {
    open_books(world, 4, 2 * households::kQuintiles);
    world.set_rows<io::Good>(3);  // 0: trade, 1: what shops sell, 2: the service
    world.set_rows<Category>(2);
    world.set_rows<CategoryZone>(6);
    world.set_rows<CategoryGood>(6);
    world.set_rows<CommuneCategory>(4);
    world.set_rows<Outlet>(4);
    world.set_rows<sites::ZonePair>(9);
    for (float& minutes : world.column<sites::CarMinutes>()) minutes = 10.0f;
    const std::size_t cells[] = {0, 0, 1, 4};
    for (std::size_t o = 0; o < 4; ++o) {
      at<OutletFirm>(o) = static_cast<Row>(o + 1);
      at<OutletCategory>(o) = o == 3 ? 1 : 0;
      at<OutletSize>(o) = 1.0;
      ++at<OutletCount>(cells[o]);
      at<firms::Price>(o + 1) = 1.0;
      at<firms::GoodOf>(o + 1) = o == 3 ? 2 : 0;
    }
    std::uint32_t next = 0;
    for (std::size_t cell = 0; cell < 6; ++cell) {
      at<OutletBegin>(cell) = next;
      next += at<OutletCount>(cell);
    }
    for (std::size_t g = 0; g < 3; ++g) at<io::PriceLevel>(g) = 1.0;
    at<PoleAttraction>(2) = 1.0;
    at<CategorySpending>(0) = 0.4;
    at<CategorySpending>(1) = 0.1;
    at<MarginShare>(0) = 0.25;
    at<MarginShare>(1) = 1.0;
    at<CategoryMix>(1) = 1.0;
    tax.vat = 0.25;
    // Commune 0 spends 1 000 EUR before VAT in each of two cells, commune 1 nothing.
    at<households::Budget>(0) = at<households::Budget>(4) = 125'000;
    params.ecommerce_share = 0.1;
    params.ecommerce_slope = 0.0;
    at<EcommerceShare>(0) = 0.1;
  }
  void shop(int month = 1) { run_process(world, month_step(month), &allocate, params, tax); }
};

// Shops: 2 000 x .4 = 800, a tenth online; 720 over four equal attractions. Services: 200, all at outlet 4.
TEST(Allocation, DividesSpendingOverOutletsPolesAndTheNet) {
  Streets streets;
  streets.shop();
  for (std::size_t o = 0; o < 3; ++o) EXPECT_NEAR(streets.at<OutletTurnover>(o), 180.0, 1e-9);
  EXPECT_NEAR(streets.at<OutletTurnover>(3), 200.0, 1e-9);
  EXPECT_NEAR(streets.at<Spending>(0), 800.0, 1e-9);
  EXPECT_NEAR(streets.at<Captured>(0), 540.0, 1e-9);
  EXPECT_NEAR(streets.at<CapturedAtHome>(0), 360.0, 1e-9);
  EXPECT_NEAR(streets.at<CapturedAtHome>(1), 0.0, 1e-12);
  EXPECT_NEAR(streets.at<firms::OrderRetail>(1), 0.25 * 0.18, 1e-12) << "the margin alone, in kEUR";
  EXPECT_NEAR(streets.at<firms::OrderRetail>(4), 0.2, 1e-12);
  EXPECT_NEAR(streets.at<CounterGoods>(1), 540.0 * 0.75, 1e-9) << "the rest of the till goes to the goods sold";
}

TEST(Allocation, SpendingIsNeverLost) {
  Streets streets;
  for (std::size_t pair = 0; pair < 9; ++pair)
    streets.at<sites::CarMinutes>(pair) = 4.0f + 3.0f * static_cast<float>(pair);
  for (std::size_t c = 0; c < 10; ++c) streets.at<households::Budget>(c) = 10'000 + 777 * static_cast<std::int64_t>(c);
  streets.at<OutletSize>(1) = 40.0;
  streets.at<OutletQuality>(2) = -0.7;
  streets.at<firms::Price>(3) = 1.2;
  streets.at<PoleAttraction>(2) = 0.0;
  streets.shop();
  double spent = 0.0, till = 0.0, captured = 0.0, sold = 0.0;
  for (std::size_t cell = 0; cell < 4; ++cell) {
    spent += streets.at<Spending>(cell) * (cell % 2 == 0 ? 0.9 : 1.0);
    captured += streets.at<Captured>(cell);
    EXPECT_LE(streets.at<CapturedAtHome>(cell), streets.at<Captured>(cell) * (1.0 + 1e-12));
  }
  for (std::size_t o = 0; o < 4; ++o) {
    till += streets.at<OutletTurnover>(o);
    sold += streets.at<firms::OrderRetail>(o + 1) * streets.at<firms::Price>(o + 1) * 1000.0;
  }
  EXPECT_NEAR(till, spent, 1e-9) << "no place outside: outlets take all that is not spent online";
  EXPECT_NEAR(captured, till, 1e-9);
  EXPECT_NEAR(sold + streets.at<CounterGoods>(1), till, 1e-9) << "margins and goods make up the till";
}

TEST(Allocation, ShoppersPreferTheCheaperTheLargerAndTheNearer) {
  Streets streets;
  streets.at<firms::Price>(1) = 1.1;
  streets.shop();
  EXPECT_NEAR(streets.at<OutletTurnover>(0) / streets.at<OutletTurnover>(1), std::pow(1.1, -2.0), 1e-12);
  streets.at<firms::Price>(1) = 1.0;
  streets.at<OutletSize>(0) = 3.0;
  streets.shop();
  EXPECT_NEAR(streets.at<OutletTurnover>(0) / streets.at<OutletTurnover>(1), std::pow(3.0, 0.9), 1e-12);
  Streets far;  // another world: tables of travel times are made once per run
  far.at<sites::CarMinutes>(1) = 20.0f;
  far.shop();
  EXPECT_NEAR(far.at<OutletTurnover>(2) / far.at<OutletTurnover>(1), std::pow(2.0, -2.2), 1e-12);
}

TEST(Allocation, OnlineShareRisesByTheSlopeAndNotInTheBurnIn) {
  Streets streets;
  streets.params.ecommerce_slope = 0.05;
  streets.shop(24);
  EXPECT_NEAR(streets.at<OutletTurnover>(0), 800.0 * (1.0 - 0.2) / 4.0, 1e-9);
  EXPECT_NEAR(streets.at<OutletTurnover>(3), 200.0, 1e-9) << "restaurants are not on the net";
  Step step = month_step(24);
  step.burn_in = true;
  run_process(streets.world, step, &allocate, streets.params, streets.tax);
  EXPECT_NEAR(streets.at<OutletTurnover>(0), 180.0, 1e-9);
  streets.params.ecommerce_slope = 5.0;
  streets.shop(24);
  EXPECT_EQ(streets.at<OutletTurnover>(0), 0.0) << "at most all of it";
}

/// The same streets after the orders: outlet 1 can make .03 of the .045 kEUR it is asked for, the others what they
/// like.
struct Crowded : Streets {
  Crowded() {
    shop();
    for (std::size_t i = 1; i <= 4; ++i) {
      at<firms::Employees>(i) = 1;
      at<firms::Productivity>(i) = i == 1 ? 0.03 : 10.0;
      at<firms::Capital>(i) = 100.0;
      at<firms::CapitalOutput>(i) = 1.0;
      at<firms::OrdersNow>(i) = at<firms::Orders>(i) = at<firms::OrderRetail>(i);
    }
    io.alpha_max = 1.0;
  }
  void spill_over() { run_process(world, month_step(1), &spill, params, io, io::kWholeMonth); }
};

// A third of the 180 EUR of outlet 1 looks elsewhere: 20 each to outlets 2 and 3 and to the pole.
TEST(Spill, GoesOnceToOutletsWithRoomAndToPoles) {
  Crowded street;
  street.spill_over();
  EXPECT_NEAR(street.at<OutletTurnover>(0), 120.0, 1e-9);
  EXPECT_NEAR(street.at<OutletTurnover>(1), 200.0, 1e-9);
  EXPECT_NEAR(street.at<OutletTurnover>(2), 200.0, 1e-9);
  EXPECT_NEAR(street.at<OutletTurnover>(3), 200.0, 1e-9) << "another category";
  EXPECT_NEAR(street.at<firms::OrdersNow>(1), 0.03, 1e-12);
  EXPECT_NEAR(street.at<firms::Orders>(3), 0.05, 1e-12);
  EXPECT_NEAR(street.at<Captured>(0), 520.0, 1e-9);
  EXPECT_NEAR(street.at<CapturedAtHome>(0), 360.0 - 60.0 + 20.0, 1e-9);
}

TEST(Spill, MovesNothingWithoutShortageOrWithoutRoom) {
  Crowded street;
  street.at<firms::Productivity>(1) = 10.0;
  street.spill_over();
  EXPECT_NEAR(street.at<OutletTurnover>(0), 180.0, 1e-12);
  for (std::size_t i = 1; i <= 3; ++i) street.at<firms::Productivity>(i) = 0.03;
  street.at<PoleAttraction>(2) = 0.0;
  street.spill_over();
  EXPECT_NEAR(street.at<OutletTurnover>(0), 180.0, 1e-12) << "everybody is short: it is lost where it was asked for";
}

// Establishments are served first: outlet 1 has .02 of its .03 left for shoppers who ask for .045.
TEST(Spill, FollowsTheOrderOfRationing) {
  Crowded street;
  street.at<io::OrderLinks>(1) = 0.01;
  street.at<firms::OrdersNow>(1) = street.at<firms::Orders>(1) = 0.055;
  street.io.rationing = io::Rationing::kPriority;
  street.spill_over();
  EXPECT_NEAR(street.at<OutletTurnover>(0), 180.0 * 0.02 / 0.045, 1e-9);
}

}  // namespace
}  // namespace metier::retail
