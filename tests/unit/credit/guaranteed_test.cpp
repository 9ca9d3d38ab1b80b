#include "models/credit/guaranteed.hpp"

#include "tests/support/books.hpp"
#include "tests/support/run_process.hpp"

#include <gtest/gtest.h>

namespace metier::credit {
namespace {

using test::month_step;
using test::run_process;

/// Establishment 1: usual sales 100 000, cost 90 000 a month, cash 20 000; establishment 2 has more cash than cost.
struct Scene {
  World world;
  Params params;
  Accounts accounts{1};
  Scene() {
    open_books(world, 2);
    world.set_rows<outside::Emergency>(1);
    world.column<outside::LoanSalesShare>()[0] = 0.25;
    for (std::size_t i = 1; i <= 2; ++i) {
      world.column<firms::UsualSales>()[i] = 100'000.0;
      world.column<firms::PurchasesCents>()[i] = 50'000;
      world.column<firms::WageCostCents>()[i] = 38'000;
      world.column<firms::TaxCents>()[i] = 2000;
    }
    Ledger ledger(world);
    ledger.post(Accounts::of(Special::kBank), accounts.deposit(1), Cents{20'000}, 0);
    ledger.post(Accounts::of(Special::kBank), accounts.deposit(2), Cents{90'000}, 0);
  }
  std::int64_t cash(std::size_t firm) { return world.column<AccountBalance>()[accounts.deposit(firm)]; }
  std::int64_t debt(std::size_t firm) { return -world.column<AccountBalance>()[accounts.loan(firm)]; }
  void month() { run_process(world, month_step(1), &lend_guaranteed, params); }
  void spend(std::size_t firm, std::int64_t cents) {
    Ledger(world).post(accounts.deposit(firm), Accounts::of(Special::kBank), Cents{cents}, 0);
  }
};

TEST(GuaranteedLoans, FillCashToAMonthOfCostUpToAQuarterOfYearlySales) {
  Scene scene;
  scene.month();
  EXPECT_EQ(scene.cash(1), 90'000);
  EXPECT_EQ(scene.debt(1), 70'000);
  EXPECT_EQ(scene.debt(2), 0);
  for (int month = 0; month < 10; ++month) {
    scene.spend(1, 90'000);
    scene.month();
    EXPECT_LE(scene.debt(1), 300'000) << ".25 x 12 x 100 000";
  }
  EXPECT_EQ(scene.debt(1), 300'000);
  EXPECT_EQ(scene.world.column<GuaranteedDrawn>()[1], 300'000);
}

TEST(GuaranteedLoans, ArePaidBackInEqualPartsAfterwards) {
  Scene scene;
  scene.params.guaranteed_months = 48.0;
  scene.month();
  scene.world.column<outside::LoanSalesShare>()[0] = 0.0;
  scene.month();
  EXPECT_EQ(scene.debt(1), 70'000 - 1458);  // 70 000 / 48 = 1 458.3
  for (int month = 1; month < 48; ++month) scene.month();
  EXPECT_EQ(scene.debt(1), 70'000 - 48 * 1458);
  scene.month();
  EXPECT_EQ(scene.debt(1), 0) << "the last part is what is left";
  EXPECT_EQ(scene.world.column<GuaranteedDrawn>()[1], 0);
  scene.month();
  EXPECT_EQ(scene.cash(1), 20'000);
}

}  // namespace
}  // namespace metier::credit
