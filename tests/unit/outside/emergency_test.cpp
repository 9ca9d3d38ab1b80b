#include "models/outside/emergency.hpp"

#include "models/credit/guaranteed.hpp"
#include "tests/support/books.hpp"

#include <gtest/gtest.h>

namespace metier::outside {
namespace {

struct EmergencyScene {
  World world;
  tax::Params tax;
  credit::Params credit;

  EmergencyScene() {
    open_books(world, 4);
    world.set_rows<Emergency>(1);
    // One month before the run, then two months with measures, then none.
    world.set_rows<EmergencyMonth>(4 * kEmergencyKeys);
    const auto path = world.column<EmergencyPath>();
    for (std::size_t month = 1; month <= 2; ++month) {
      const double levels[kEmergencyKeys] = {0.9, 0.84, 0.25, 1500.0, 9.0, 0.5};
      std::copy_n(levels, kEmergencyKeys, path.begin() + static_cast<std::ptrdiff_t>(month * kEmergencyKeys));
    }
    // 1: small, lost 60 %; 2: small, lost 40 %; 3: too large, lost all; 4: nobody works there, lost all
    const auto employees = world.column<firms::Employees>();
    const auto owners = world.column<firms::SelfEmployed>();
    const auto bill = world.column<firms::WageBill>();
    const auto usual = world.column<firms::UsualSales>();
    const auto sales = world.column<firms::SalesCents>();
    employees[1] = 4;
    bill[1] = 4 * 200'000;
    employees[2] = 0;
    owners[2] = 1;
    employees[3] = 10;
    bill[3] = 10 * 300'000;
    usual[1] = usual[2] = 200'000.0;
    sales[1] = 80'000;
    sales[2] = 120'000;
    usual[3] = usual[4] = 1'000'000.0;
    world.column<firms::ShortTime>()[3] = 2.5;
  }
  [[nodiscard]] std::int64_t cash(std::size_t firm) {
    return world.column<AccountBalance>()[Accounts(1).deposit(firm)];
  }
};

TEST(Emergency, MeasuresFollowThePathAndEnd) {
  EmergencyScene scene;
  Schedule month;
  month.phase("P0", "measures").add("outside.observe_emergency", &observe_emergency);
  run(scene.world, month, 1);
  EXPECT_DOUBLE_EQ(scene.world.column<ShortTimeShare>()[0], 0.9);
  EXPECT_DOUBLE_EQ(scene.world.column<FundMax>()[0], 1500.0);
  run(scene.world, month, 3);
  EXPECT_DOUBLE_EQ(scene.world.column<ShortTimeShare>()[0], 0.0);
  run(scene.world, month, 200);  // after the path its last row holds
  EXPECT_DOUBLE_EQ(scene.world.column<FundMax>()[0], 0.0);
}

TEST(Emergency, TheStatePaysWhatTheRulesSay) {
  EmergencyScene scene;
  Schedule month;
  month.phase("P0", "measures").add("outside.observe_emergency", &observe_emergency);
  month.phase("P15", "payments").add("outside.pay_emergency", &pay_emergency, scene.tax);
  run(scene.world, month, 1);
  EXPECT_EQ(scene.cash(1), 120'000);  // the loss of 1 200 EUR is below the ceiling
  EXPECT_EQ(scene.cash(2), 0);        // 40 % are not enough
  // .84 x .78 x 3 000 EUR x 2.5 workers = 4 914 EUR; ten employees are too many for the fund
  EXPECT_EQ(scene.cash(3), 491'400);
  EXPECT_EQ(scene.cash(4), 0);
  EXPECT_EQ(scene.world.column<AccountBalance>()[Accounts::of(Special::kGov)], -120'000 - 491'400);
  EXPECT_EQ(scene.world.column<firms::StateAidCents>()[1], 120'000);
  EXPECT_DOUBLE_EQ(scene.world.column<firms::UsualSales>()[1], 200'000.0) << "stands still while the fund is open";
  run(scene.world, month, 3);
  EXPECT_EQ(scene.cash(1), 120'000) << "nothing once the measures have ended";
  EXPECT_DOUBLE_EQ(scene.world.column<firms::UsualSales>()[1], 190'000.0) << "a twelfth of the gap";
}

TEST(GuaranteedLoans, FillCashUpToTheCeilingAndAreRepaid) {
  EmergencyScene scene;
  World& world = scene.world;
  world.column<firms::PurchasesCents>()[1] = 500'000;  // room: 12 x .25 x 2 000 = 6 000 EUR; wanted: 5 000
  world.column<firms::PurchasesCents>()[2] = 900'000;  // wanted: 9 000, room 6 000
  scene.credit.guaranteed_months = 2.0;
  Schedule month;
  month.phase("P0", "measures").add("outside.observe_emergency", &observe_emergency);
  month.phase("P6", "credit").add("credit.lend_guaranteed", &credit::lend_guaranteed, scene.credit);
  run(world, month, 1);
  EXPECT_EQ(scene.cash(1), 500'000);
  EXPECT_EQ(scene.cash(2), 600'000);
  EXPECT_EQ(world.column<AccountBalance>()[Accounts(1).loan(2)], -600'000);
  run(world, month, 2);
  EXPECT_EQ(scene.cash(2), 600'000) << "the ceiling counts what was drawn before";
  run(world, month, 3);
  EXPECT_EQ(scene.cash(2), 300'000);
  run(world, month, 3);
  EXPECT_EQ(scene.cash(2), 0);
  EXPECT_EQ(world.column<credit::GuaranteedLoan>()[2], 0);
  EXPECT_EQ(world.column<AccountBalance>()[Accounts(1).loan(2)], 0);
  run(world, month, 3);
  EXPECT_EQ(scene.cash(2), 0) << "a loan is paid back once";
}

}  // namespace
}  // namespace metier::outside
