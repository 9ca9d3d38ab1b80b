#include "models/households/budgets.hpp"

#include "models/households/indicators.hpp"
#include "tests/support/books.hpp"
#include "tests/support/run_process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>

namespace metier::households {
namespace {

using test::month_step;
using test::run_process;

/// One commune of five cells; establishments 1 (good 0) and 2 (an outlet, good 1).
struct Scene {
  World world;
  Params params;
  tax::Params tax;
  Accounts accounts{kQuintiles};
  Scene() {
    open_books(world, 2, kQuintiles);
    world.set_rows<io::Good>(2);
    world.set_rows<outside::Economy>(1);
    tax.vat = 0.25;
    for (std::size_t g = 0; g < 2; ++g) {
      world.column<io::PriceLevel>()[g] = world.column<io::OutsidePrice>()[g] = 1.0;
      world.column<io::ImportFill>()[g] = 1.0;
    }
    for (std::size_t i = 1; i <= 2; ++i) {
      world.column<firms::Price>()[i] = world.column<firms::FillHousehold>()[i] = 1.0;
      world.column<firms::Attraction>()[i] = 1.0;
      world.column<firms::GoodOf>()[i] = static_cast<std::uint16_t>(i - 1);
    }
  }
  template <class C>
  auto& at(std::size_t row) {
    return world.column<C>()[row];
  }
  std::int64_t balance(AccountId account) { return at<AccountBalance>(account); }
  void give(std::size_t cell, std::int64_t cents) {
    Ledger(world).post(Accounts::of(Special::kBank), accounts.cell(cell), Cents{cents}, 0);
  }
};

TEST(Budgets, SpendIncomeByQuintileAndPartOfDepositsAboveTarget) {
  Scene scene;
  scene.params.spend_wealth = 0.12;  // a hundredth a month
  for (std::size_t c = 0; c < kQuintiles; ++c) {
    scene.at<Income>(c) = 100'000;
    scene.at<DepositTarget>(c) = 3.0;
    scene.give(c, c == 1 ? 400'000 : (c == 2 ? 200'000 : 300'000));
  }
  run_process(scene.world, month_step(1), &set_budgets, scene.params);
  EXPECT_EQ(scene.at<Budget>(0), 98'000);
  EXPECT_EQ(scene.at<Budget>(1), 93'000 + 1000);
  EXPECT_EQ(scene.at<Budget>(2), 88'000 - 1000);
  EXPECT_EQ(scene.at<Budget>(4), 70'000);
  EXPECT_EQ(scene.at<SavingPlan>(4), 30'000);
  EXPECT_EQ(scene.at<Dwellings>(4), 15'000);
}

/// A cent more or less of income changes no plan, so that it cannot come back as another one: saving takes it.
TEST(Budgets, PlansStayWhatTheyWereWithinTwoCents) {
  Scene scene;
  scene.params.spend_wealth = 0.0;
  const auto plan = [&](std::int64_t income) {
    scene.give(4, income - scene.at<Income>(4));
    scene.at<Income>(4) = income;
    run_process(scene.world, month_step(1), &set_budgets, scene.params);
    EXPECT_EQ(scene.at<Budget>(4) + scene.at<SavingPlan>(4), income) << "nothing gathers in the deposits";
  };
  plan(100'000);
  EXPECT_EQ(scene.at<Budget>(4), 70'000);
  EXPECT_EQ(scene.at<Dwellings>(4), 15'000);
  for (const std::int64_t income : {100'002, 99'998}) {
    plan(income);
    EXPECT_EQ(scene.at<Budget>(4), 70'000) << income;
    EXPECT_EQ(scene.at<Dwellings>(4), 15'000) << income;
  }
  plan(100'010);
  EXPECT_EQ(scene.at<Budget>(4), 70'007);
  EXPECT_EQ(scene.at<Dwellings>(4), 15'000) << "15 001.5 is wanted";
  plan(100'020);
  EXPECT_EQ(scene.at<Dwellings>(4), 15'003);
}

TEST(Budgets, NobodySpendsWhatIsNotThere) {
  Scene scene;
  scene.at<Income>(0) = 100'000;
  scene.give(0, -60'000);
  scene.at<Income>(1) = -5000;
  scene.give(1, 2000);
  run_process(scene.world, month_step(1), &set_budgets, scene.params);
  EXPECT_EQ(scene.at<Budget>(0), 40'000);
  EXPECT_EQ(scene.at<Budget>(1), 0);
  EXPECT_EQ(scene.at<Dwellings>(1), 0);
}

// Deposits stay where they are when income is constant and deposits are on target: what is not spent leaves.
TEST(Budgets, NullModelHoldsVolumesOfTheStart) {
  Scene scene;
  scene.at<Budget0>(0) = 80'000.0;
  scene.at<Dwellings0>(0) = 10'000.0;
  scene.at<outside::ConsumerPrice>(0) = 1.5;
  scene.at<outside::DwellingPrice>(0) = 2.0;
  scene.at<Income>(0) = 150'000;
  scene.at<Income>(1) = 999;
  run_process(scene.world, month_step(1), &hold_budgets);
  EXPECT_EQ(scene.at<Budget>(0), 120'000);
  EXPECT_EQ(scene.at<Dwellings>(0), 20'000);
  EXPECT_EQ(scene.at<SavingPlan>(0), 30'000);
  EXPECT_EQ(scene.at<Budget>(1), 0);
  scene.at<Income>(0) = 0;  // whatever people earn
  run_process(scene.world, month_step(2), &hold_budgets);
  EXPECT_EQ(scene.at<Budget>(0), 120'000);
  EXPECT_EQ(scene.at<SavingPlan>(0), 20'000);
}

TEST(Goods, OrdersAreDirectPurchasesAndGoodsBehindTheCounter) {
  Scene scene;
  scene.at<Budget>(0) = 125'000'000;  // 1 000 kEUR before VAT
  scene.at<SpendingShare>(0) = 0.6;
  scene.at<SpendingShare>(1) = 0.4;
  scene.at<DirectShare>(0) = 0.5;
  scene.at<LocalShare>(0) = 0.2;
  scene.at<retail::CounterGoods>(0) = 150'000.0;  // EUR
  scene.at<firms::ShareHousehold>(1) = 1.0;
  scene.at<io::PriceLevel>(0) = 1.25;
  scene.at<firms::Price>(1) = 1.25;
  run_process(scene.world, month_step(1), &order_goods, scene.tax);
  EXPECT_NEAR(scene.at<firms::OrderHousehold>(1), 0.2 * (0.5 * 0.6 * 1000.0 + 150.0) / 1.25, 1e-12);
  EXPECT_EQ(scene.at<firms::OrderHousehold>(2), 0.0);
}

TEST(ConsumerPrice, WeighsLocalAndOutsidePrices) {
  Scene scene;
  scene.at<SpendingShare>(0) = 0.6;
  scene.at<SpendingShare>(1) = 0.4;
  scene.at<LocalShare>(0) = 0.5;
  scene.at<LocalShare>(1) = 1.0;
  scene.at<io::PriceLevel>(0) = 1.2;
  scene.at<io::OutsidePrice>(0) = 1.1;
  scene.at<io::PriceLevel>(1) = 0.9;
  run_process(scene.world, month_step(1), &average_prices);
  EXPECT_DOUBLE_EQ(scene.at<outside::ConsumerPrice>(0), 0.6 * 1.15 + 0.4 * 0.9);
}

struct Till : Scene {
  Till() {
    const std::int64_t budgets[kQuintiles] = {40'001, 30'000, 20'000, 10'000, 25'000};  // 125 001
    for (std::size_t c = 0; c < kQuintiles; ++c) at<Budget>(c) = budgets[c];
    at<SavingPlan>(4) = 9000;
    at<Dwellings>(4) = 4000;
    at<firms::OrderHousehold>(1) = 0.3;
    at<firms::OrderRetail>(2) = 0.2;
    at<firms::Price>(2) = 1.5;
  }
  void pay() { run_process(world, month_step(1), &pay_consumption, tax); }
  std::int64_t spent() {
    const auto cells = world.column<Spent>();
    return std::accumulate(cells.begin(), cells.end(), std::int64_t{0});
  }
};

TEST(Consumption, IsPaidToTheCent) {
  Till till;
  till.pay();
  EXPECT_EQ(till.spent(), 125'001);
  EXPECT_EQ(till.balance(till.accounts.deposit(1)), 30'000);
  EXPECT_EQ(till.balance(till.accounts.deposit(2)), 30'000);
  const std::int64_t vat = 25'000;  // 125 001 x .25 / 1.25 = 25 000.2
  EXPECT_EQ(till.balance(Accounts::of(Special::kGov)), vat);
  EXPECT_EQ(till.balance(Accounts::of(Special::kRof)), 125'001 - vat - 60'000 + 5000);
  EXPECT_EQ(till.balance(Accounts::of(Special::kConsumption)), 0) << "clearing";
  EXPECT_EQ(till.at<OutsideAssets>(4), 5000);
  EXPECT_EQ(till.balance(till.accounts.cell(4)), -till.at<Spent>(4) - 5000);
}

// A third of what establishment 1 is asked for is missing: 10 000 and its VAT stay in the deposits.
TEST(Consumption, WhatIsNotDeliveredStaysInTheDeposits) {
  Till till;
  till.at<firms::FillHousehold>(1) = 2.0 / 3.0;
  till.pay();
  EXPECT_EQ(till.spent(), 125'001 - 12'500);
  EXPECT_EQ(till.balance(till.accounts.deposit(1)), 20'000);
  EXPECT_EQ(till.balance(Accounts::of(Special::kConsumption)), 0);
}

// Of 1.00008 kEUR before VAT half goes to good 0 directly, .8 of it outside: .400032, plus .8 x 100 EUR behind
// counters. Half of these .480032 kEUR is missing.
TEST(Consumption, WhatIsNotDeliveredFromOutsideStaysInTheDeposits) {
  Till till;
  till.at<SpendingShare>(0) = 1.0;
  till.at<DirectShare>(0) = 0.5;
  till.at<LocalShare>(0) = 0.2;
  till.at<LocalShare>(1) = 1.0;
  till.at<retail::CounterGoods>(0) = 100.0;
  till.at<io::ImportFill>(0) = 0.5;
  till.at<io::ImportFill>(1) = 0.0;  // nothing of it is bought outside
  till.pay();
  EXPECT_EQ(till.spent(), 125'001 - 30'000);  // 24 000.2 cents and VAT
  EXPECT_EQ(till.balance(till.accounts.deposit(1)), 30'000);
  EXPECT_EQ(till.balance(Accounts::of(Special::kConsumption)), 0);
}

TEST(Income, IsWhatIsEarnedLessTaxes) {
  Scene scene;
  scene.at<NetWages>(3) = 1000;
  scene.at<CapitalIncome>(3) = 200;
  scene.at<Transfers>(3) = 30;
  scene.at<Taxes>(3) = 430;
  run_process(scene.world, month_step(1), &add_up_income);
  EXPECT_EQ(scene.at<Income>(3), 800);
}

bool has(const Params& params, const std::string& name) {
  IndicatorSet set;
  add_indicators(set, params);
  const auto infos = set.infos();
  return std::any_of(infos.begin(), infos.end(), [&](const IndicatorInfo& info) { return info.name == name; });
}

TEST(Indicators, OfConsumptionAreAbsentInTheNullModel) {
  Params params;
  EXPECT_TRUE(has(params, "consumption"));
  EXPECT_TRUE(has(params, "retail_capture_share"));
  params.mode = Mode::kNone;
  EXPECT_FALSE(has(params, "consumption"));
  EXPECT_FALSE(has(params, "retail_capture_share"));
  EXPECT_TRUE(has(params, "disposable_income"));
}

}  // namespace
}  // namespace metier::households
