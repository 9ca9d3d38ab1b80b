#include "models/firms/investment.hpp"
#include "models/firms/profits.hpp"
#include "tests/support/books.hpp"
#include "tests/support/run_process.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace metier::firms {
namespace {

using test::month_step;
using test::run_process;

struct MoneyScene {
  World world;
  Params params;
  credit::Params credit;
  Accounts accounts{2};
  explicit MoneyScene(std::size_t firms = 3) {
    open_books(world, firms, 2);
    world.set_rows<Sector>(2);
    world.set_rows<io::Good>(2);
    world.set_rows<outside::Economy>(1);
    for (std::size_t i = 1; i <= firms; ++i) {
      world.column<Key>()[i] = 70 + i;
      world.column<Price>()[i] = world.column<Attraction>()[i] = 1.0;
    }
    for (std::size_t g = 0; g < 2; ++g) {
      world.column<io::PriceLevel>()[g] = world.column<io::OutsidePrice>()[g] = 1.0;
      world.column<io::ImportFill>()[g] = 1.0;
    }
  }
  template <class C>
  auto& at(std::size_t i) {
    return world.column<C>()[i];
  }
  std::int64_t balance(AccountId account) { return world.column<AccountBalance>()[account]; }
  std::int64_t cash(std::size_t firm) { return balance(accounts.deposit(firm)); }
  void give(std::size_t firm, std::int64_t cents) {
    Ledger(world).post(Accounts::of(Special::kBank), accounts.deposit(firm), Cents{cents}, 0);
  }
  std::int64_t all_money() {
    const auto balances = world.column<AccountBalance>();
    return std::accumulate(balances.begin(), balances.end(), std::int64_t{0});
  }
};

TEST(Interest, IsATwelfthOfTheRateOnTheOpeningBalance) {
  MoneyScene scene;
  Ledger(scene.world).post(scene.accounts.loan(1), scene.accounts.deposit(1), Cents{1'000'007}, 0);
  scene.credit.rate = 0.06;
  run_process(scene.world, month_step(1), &pay_interest, scene.credit);
  EXPECT_EQ(scene.at<InterestCents>(1), 5000);  // 5 000.035
  EXPECT_EQ(scene.cash(1), 1'000'007 - 5000);
  EXPECT_EQ(scene.balance(Accounts::of(Special::kBank)), 5000);
  EXPECT_EQ(scene.at<InterestCents>(2), 0);
}

TEST(Interest, IsPaidOnOverdraftsLikeOnLoans) {
  MoneyScene scene;
  scene.give(1, -100'000);
  scene.credit.rate = 0.06;
  run_process(scene.world, month_step(1), &pay_interest, scene.credit);
  EXPECT_EQ(scene.at<InterestCents>(1), 500);
  EXPECT_EQ(scene.cash(1), -100'500);
}

// 1: company, profit 10 000 a month, half of it to a head office outside; 2: with an owner; 3: its sector is 40 %
// public.
TEST(Profits, GoToOwnersHeadOfficesAndGovernment) {
  MoneyScene scene;
  scene.params.dividend_share = 0.75;
  scene.params.excess_payout = 0.0;
  for (std::size_t i = 1; i <= 3; ++i) {
    scene.at<ProfitCents>(i) = 10'000;
    scene.give(i, 100'000);
  }
  scene.at<HqOutside>(1) = 0.5f;
  scene.at<SelfEmployed>(2) = 1;
  scene.at<SectorOf>(3) = 1;
  scene.world.column<tax::NonMarketShare>()[1] = 0.4;
  scene.world.column<households::CapitalShare>()[0] = 0.25;
  scene.world.column<households::CapitalShare>()[1] = 0.75;
  run_process(scene.world, month_step(1), &distribute_profits, scene.params);
  for (std::size_t i = 1; i <= 3; ++i) {
    EXPECT_EQ(scene.at<DistributedCents>(i), 7500);  // the first month's profit is the mean
    EXPECT_EQ(scene.cash(i), 92'500);
  }
  EXPECT_EQ(scene.balance(Accounts::of(Special::kRof)), 3750);
  EXPECT_EQ(scene.balance(Accounts::of(Special::kGov)), 3000);
  EXPECT_EQ(scene.balance(Accounts::of(Special::kProfits)), 0) << "clearing";
  const std::int64_t to_households = 3750 + 7500 + 4500;
  EXPECT_EQ(scene.world.column<households::CapitalIncome>()[0] + scene.world.column<households::CapitalIncome>()[1],
            to_households);
  EXPECT_EQ(scene.balance(scene.accounts.cell(0)), 3938);  // a quarter of 15 750, remainder .5 to the lower key
  EXPECT_EQ(scene.balance(scene.accounts.cell(1)), 11'812);
  EXPECT_EQ(scene.all_money(), 0);
}

TEST(Profits, MeanOfAYearExcessOfCashAndNoMoreThanThereIs) {
  MoneyScene scene;
  scene.params.dividend_share = 0.5;
  scene.params.cash_months_kept = 6.0;
  scene.params.excess_payout = 1.0 / 12.0;
  scene.at<ProfitMean>(1) = 1200.0;  // month of profit 0: mean 1 100
  scene.at<PurchasesCents>(1) = 600;
  scene.at<WageCostCents>(1) = 300;
  scene.at<TaxCents>(1) = 100;
  scene.give(1, 18'000);  // six months of cost are 6 000
  scene.at<ProfitCents>(2) = 50'000;
  scene.give(2, 10'000);
  scene.at<ProfitCents>(3) = -10'000;
  scene.world.column<households::CapitalShare>()[0] = 1.0;
  run_process(scene.world, month_step(1), &distribute_profits, scene.params);
  EXPECT_DOUBLE_EQ(scene.at<ProfitMean>(1), 1100.0);
  EXPECT_EQ(scene.at<DistributedCents>(1), 550 + 1000);
  EXPECT_EQ(scene.at<DistributedCents>(2), 10'000) << "all the cash there is";
  EXPECT_EQ(scene.at<DistributedCents>(3), 0) << "losses are not distributed";
}

// Plans of 6 and 4, dwellings of 5 kEUR; investment is good 0 alone, 80 % local, dwellings good 1, all local.
struct Builders : MoneyScene {
  Builders() : MoneyScene(4) {
    world.column<outside::InvestmentMix>()[0] = world.column<outside::DwellingMix>()[1] = 1.0;
    world.column<outside::InvestmentLocal>()[0] = 0.8;
    world.column<outside::InvestmentLocal>()[1] = 1.0;
    at<InvestmentPlan>(1) = 6.0;
    at<InvestmentPlan>(2) = 4.0;
    world.column<households::Dwellings>()[0] = 300'000;
    world.column<households::Dwellings>()[1] = 200'000;
    at<GoodOf>(3) = 0;
    at<GoodOf>(4) = 1;
    at<ShareInvestment>(3) = at<ShareInvestment>(4) = 1.0;
    for (std::size_t i = 1; i <= 4; ++i) at<FillOther>(i) = 1.0;
  }
  void invest() {
    run_process(world, month_step(1), &order_investment);
    run_process(world, month_step(1), &pay_investment, params);
  }
};

TEST(Investment, OrdersTheMixHereAndTheRestOutside) {
  Builders scene;
  scene.world.column<io::PriceLevel>()[1] = 1.25;
  scene.world.column<io::OutsidePrice>()[0] = 2.0;
  scene.at<Price>(4) = 1.25;
  run_process(scene.world, month_step(1), &order_investment);
  EXPECT_DOUBLE_EQ(scene.at<OrderInvestment>(3), 8.0);
  EXPECT_DOUBLE_EQ(scene.at<OrderInvestment>(4), 4.0);  // 5 kEUR at 1.25
  EXPECT_DOUBLE_EQ(scene.world.column<outside::InvestmentPrice>()[0], 0.8 + 0.2 * 2.0);
  EXPECT_DOUBLE_EQ(scene.world.column<outside::DwellingPrice>()[0], 1.25);
}

TEST(Investment, IsPaidToTheCentByThoseWhoWantedIt) {
  Builders scene;
  scene.invest();
  EXPECT_EQ(scene.at<InvestmentCents>(1), 600'000);
  EXPECT_EQ(scene.at<InvestmentCents>(2), 400'000);
  EXPECT_EQ(scene.world.column<households::DwellingsPaid>()[0], 300'000);
  EXPECT_EQ(scene.cash(3), 800'000);
  EXPECT_EQ(scene.at<SalesCents>(3), 800'000);
  EXPECT_EQ(scene.cash(4), 500'000);
  EXPECT_EQ(scene.balance(Accounts::of(Special::kRof)), 200'000);
  EXPECT_EQ(scene.balance(Accounts::of(Special::kInvestment)), 0) << "clearing";
  EXPECT_EQ(scene.all_money(), 0);
  EXPECT_DOUBLE_EQ(scene.at<Investment>(1), 6.0);
}

// The maker of good 0 delivers half: 4 of 8 here, 2 from outside; plans are met by .8 x .5 + .2 = .6.
TEST(Investment, ShortSuppliersLeavePlansUnfilled) {
  Builders scene;
  scene.at<FillOther>(3) = 0.5;
  scene.at<Capital>(1) = 100.0;
  scene.at<Capital>(2) = 1000.0;
  scene.params.depreciation = 0.03;  // wear of 3, half of the plan of 1; wear of 30, all of the plan of 2
  scene.invest();
  EXPECT_NEAR(scene.at<Investment>(1), 3.6, 1e-12);
  EXPECT_NEAR(scene.at<Investment>(2), 2.4, 1e-12);
  const std::int64_t paid = scene.at<InvestmentCents>(1) + scene.at<InvestmentCents>(2) +
                            scene.world.column<households::DwellingsPaid>()[0] +
                            scene.world.column<households::DwellingsPaid>()[1];
  EXPECT_EQ(paid, 400'000 + 500'000 + 200'000);
  EXPECT_EQ(scene.at<Replacement>(1), (scene.at<InvestmentCents>(1) + 1) / 2);
  EXPECT_EQ(scene.at<Replacement>(2), scene.at<InvestmentCents>(2));
  run_process(scene.world, month_step(1), &install_capital, scene.params);
  EXPECT_NEAR(scene.at<Capital>(1), 97.0 + 3.6, 1e-12);
}

// A quarter of the 2 ordered outside is delivered: plans are met by .8 + .2 x .25 = .85.
TEST(Investment, ShortSuppliersOutsideLeavePlansUnfilledToo) {
  Builders scene;
  scene.world.column<io::ImportFill>()[0] = 0.25;
  scene.invest();
  EXPECT_NEAR(scene.at<Investment>(1), 5.1, 1e-12);
  EXPECT_EQ(scene.balance(Accounts::of(Special::kRof)), 50'000);
  EXPECT_EQ(scene.cash(3), 800'000);
  EXPECT_EQ(scene.balance(Accounts::of(Special::kInvestment)), 0);
}

}  // namespace
}  // namespace metier::firms
