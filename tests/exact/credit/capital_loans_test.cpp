#include "models/credit/capital_loans.hpp"

#include "tests/support/books.hpp"

#include <gtest/gtest.h>

namespace metier::credit {
namespace {

constexpr std::int64_t kEuro = 100, kKiloEuro = 1000 * kEuro;

/// Two establishments with 100 kEUR of capital, 60 kEUR of it borrowed; wear of 1 % a month.
struct Scene {
  World world;
  firms::Params firms;
  Accounts accounts{1};
  Scene() {
    open_books(world, 2);
    world.set_rows<outside::Economy>(1);
    world.column<outside::InvestmentPrice>()[0] = 1.0;
    firms.depreciation = 0.01;
    for (std::size_t i = 1; i <= 2; ++i) {
      world.column<LoanShare>()[i] = 0.6;
      world.column<firms::Investment>()[i] = 1.0;  // what wears out
      Ledger(world).post(accounts.loan(i), accounts.deposit(i), Cents{60 * kKiloEuro}, 0);
    }
  }
  void month() {
    Schedule schedule;
    schedule.phase("P15", "loans").add("credit.finance_capital", &finance_capital, firms);
    run(world, schedule, 1);
  }
  [[nodiscard]] std::int64_t owed(std::size_t i) { return -world.column<AccountBalance>()[accounts.loan(i)]; }
  [[nodiscard]] std::int64_t borrowed(std::size_t i) { return world.column<NetBorrowing>()[i]; }
};

TEST(CapitalLoans, AreRolledOverToTheCentWhereCapitalIsOnlyReplaced) {
  Scene scene;
  for (int month = 0; month < 120; ++month) scene.month();
  EXPECT_EQ(scene.owed(1), 60 * kKiloEuro);
  EXPECT_EQ(scene.borrowed(1), 0);
}

// Expansion of 2 kEUR on top of what wears out, at a price of 1.5: .6 x 3 x 1.5 borrowed, .01 x 60 paid back.
TEST(CapitalLoans, PayTheirShareOfExpansionAtItsPrice) {
  Scene scene;
  scene.world.column<firms::Investment>()[1] = 3.0;
  scene.world.column<outside::InvestmentPrice>()[0] = 1.5;
  scene.month();
  EXPECT_EQ(scene.borrowed(1), 270 * kKiloEuro / 100 - 60 * kKiloEuro / 100);
  EXPECT_EQ(scene.owed(1), 60 * kKiloEuro + 210 * kKiloEuro / 100);
  EXPECT_EQ(scene.world.column<AccountBalance>()[scene.accounts.deposit(1)], scene.owed(1)) << "paid into the deposit";
}

// Nothing is bought: loans fall by 1 % a month, L_n = L_0 (1 - delta)^n, within a cent a month of rounding.
TEST(CapitalLoans, ArePaidBackAsCapitalWearsOut) {
  Scene scene;
  scene.world.column<firms::Investment>()[1] = 0.0;
  double expected = 60.0 * kKiloEuro;
  for (int month = 0; month < 24; ++month) {
    scene.month();
    expected *= 0.99;
  }
  EXPECT_NEAR(static_cast<double>(scene.owed(1)), expected, 24.0);
}

// The part of the loan account that the State guarantees has its own repayment.
TEST(CapitalLoans, LeaveGuaranteedLoansAlone) {
  Scene scene;
  scene.world.column<GuaranteedLoan>()[1] = 60 * kKiloEuro;
  scene.world.column<firms::Investment>()[1] = 0.0;
  scene.month();
  EXPECT_EQ(scene.borrowed(1), 0);
}

}  // namespace
}  // namespace metier::credit
