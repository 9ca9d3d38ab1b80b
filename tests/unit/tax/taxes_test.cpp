#include "models/tax/taxes.hpp"

#include "tests/support/books.hpp"
#include "tests/support/run_process.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace metier::tax {
namespace {

using test::month_step;
using test::run_process;

struct Scene {
  World world;
  Params params;
  Accounts accounts{2};
  Scene() {
    open_books(world, 3, 2);
    world.set_rows<outside::Economy>(1);
    world.set_rows<labour::Occupation>(2);
    world.set_rows<labour::CommuneOccupation>(2);
    world.column<outside::ConsumerPrice>()[0] = 1.0;
  }
  template <class C>
  auto& at(std::size_t row) {
    return world.column<C>()[row];
  }
  std::int64_t balance(AccountId account) { return at<AccountBalance>(account); }
  void expect_closed_books() {
    const auto balances = world.column<AccountBalance>();
    EXPECT_EQ(std::accumulate(balances.begin(), balances.end(), std::int64_t{0}), 0);
  }
};

// Value added 100 000 - 40 000 - 5 000 = 55 000, taxed at 4 %: 2 200, a tenth of it to the metropolis. Profit before
// tax 55 000 + 1 000 - 30 000 - 2 200 - 800 - 3 000 = 20 000.
TEST(TaxFirms, ValueAddedAndProfitOfCompanies) {
  Scene scene;
  scene.params.production = 0.04;
  scene.params.mel_share = 0.1;
  scene.params.corporate = 0.25;
  for (std::size_t i = 1; i <= 2; ++i) {
    scene.at<firms::SalesCents>(i) = 100'000;
    scene.at<firms::PurchasesCents>(i) = 40'000;
    scene.at<io::InputTaxCents>(i) = 5000;
    scene.at<firms::StateAidCents>(i) = 1000;
    scene.at<firms::WageCostCents>(i) = 30'000;
    scene.at<firms::InterestCents>(i) = 800;
    scene.at<firms::Replacement>(i) = 3000;
  }
  scene.at<firms::SelfEmployed>(2) = 1;
  scene.at<firms::PurchasesCents>(3) = 10'000;  // only costs: no tax of either kind
  run_process(scene.world, month_step(1), &tax_firms, scene.params);
  EXPECT_EQ(scene.at<firms::TaxCents>(1), 2200 + 5000);
  EXPECT_EQ(scene.at<firms::ProfitCents>(1), 15'000);
  EXPECT_EQ(scene.at<firms::TaxCents>(2), 2200) << "an owner's profit is taxed as income";
  EXPECT_EQ(scene.at<firms::ProfitCents>(2), 20'000);
  EXPECT_EQ(scene.at<firms::TaxCents>(3), 0);
  EXPECT_EQ(scene.at<firms::ProfitCents>(3), -10'000);
  EXPECT_EQ(scene.balance(Accounts::of(Special::kMel)), 2 * 220);
  EXPECT_EQ(scene.balance(Accounts::of(Special::kGov)), 2 * 1980 + 5000);
  EXPECT_EQ(scene.balance(scene.accounts.deposit(1)), -7200);
  scene.expect_closed_books();
}

// One commune of (here) two rows of its first quintiles: 3 unemployed at 2 000 EUR and 1 at 4 000 EUR, replaced by
// 60 %, half of them covered: 3 000 EUR, of which the cells get 25 and 75 %; all of it moves with prices.
TEST(Transfers, ArePensionsAndBenefitsIndexedOnPrices) {
  Scene scene;
  scene.params.benefit_replacement = 0.6;
  scene.params.benefit_covered = 0.5;
  scene.at<labour::Unemployed>(0) = 3;
  scene.at<labour::Unemployed>(1) = 1;
  scene.at<labour::MedianWage>(0) = 200'000.0;
  scene.at<labour::MedianWage>(1) = 400'000.0;
  scene.at<households::BenefitShare>(0) = 0.25;
  scene.at<households::BenefitShare>(1) = 0.75;
  scene.at<households::BaseTransfers>(0) = 500'000.0;
  run_process(scene.world, month_step(1), &pay_transfers, scene.params);
  EXPECT_EQ(scene.at<households::Transfers>(0), 500'000 + 75'000);
  EXPECT_EQ(scene.at<households::Transfers>(1), 225'000);
  scene.at<outside::ConsumerPrice>(0) = 1.1;
  scene.at<labour::Unemployed>(0) = scene.at<labour::Unemployed>(1) = 0;
  run_process(scene.world, month_step(1), &pay_transfers, scene.params);
  EXPECT_EQ(scene.at<households::Transfers>(0), 550'000);
  EXPECT_EQ(scene.at<households::Transfers>(1), 0);
  EXPECT_EQ(scene.balance(Accounts::of(Special::kGov)), -800'000 - 550'000);
  scene.expect_closed_books();
}

TEST(IncomeTax, IsOneRateOnEveryKindOfIncome) {
  Scene scene;
  scene.params.income = 0.11;
  scene.at<households::NetWages>(0) = 1000;
  scene.at<households::CapitalIncome>(0) = 205;
  scene.at<households::Transfers>(0) = 300;
  run_process(scene.world, month_step(1), &tax_income, scene.params);
  EXPECT_EQ(scene.at<households::Taxes>(0), 166);  // 165.55
  EXPECT_EQ(scene.balance(scene.accounts.cell(0)), -166);
  EXPECT_EQ(scene.balance(Accounts::of(Special::kGov)), 166);
}

TEST(Settlement, LeavesGovernmentAtNought) {
  Scene scene;
  Ledger ledger(scene.world);
  ledger.post(Accounts::of(Special::kGov), scene.accounts.cell(0), Cents{900}, 0);
  ledger.post(scene.accounts.deposit(1), Accounts::of(Special::kMel), Cents{200}, 0);
  run_process(scene.world, month_step(1), &settle_government);
  EXPECT_EQ(scene.balance(Accounts::of(Special::kMel)), 0);
  EXPECT_EQ(scene.balance(Accounts::of(Special::kGov)), 0);
  EXPECT_EQ(scene.at<outside::FiscalTransfer>(0), 700) << "900 paid, 200 of it covered by the metropolis";
  EXPECT_EQ(scene.balance(Accounts::of(Special::kRof)), -700);
  run_process(scene.world, month_step(2), &settle_government);
  EXPECT_EQ(scene.at<outside::FiscalTransfer>(0), 0) << "nothing left to settle";
}

}  // namespace
}  // namespace metier::tax
