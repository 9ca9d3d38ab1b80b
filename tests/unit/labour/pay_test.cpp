#include "models/labour/pay.hpp"

#include "sim/core/money.hpp"
#include "tests/support/labour/run_process.hpp"

#include <gtest/gtest.h>
#include <map>

namespace metier::labour {
namespace {

using test::SmallMarket;

TEST(Wages, EveryCentIsPaidOnceAndReceivedOnce) {
  SmallMarket market;
  const tax::Params& rates = market.setting.tax;
  const Accounts accounts(12 * households::kQuintiles);
  const std::vector<std::int64_t> before(market.column<AccountBalance>().begin(),
                                         market.column<AccountBalance>().end());
  market.run(1, &pay_wages, rates);
  const auto balance = market.column<AccountBalance>();

  std::map<std::size_t, std::int64_t> net_of_cell, staff_contributions;
  std::int64_t to_outside = 0, from_outside = 0;
  for (std::size_t h = 0; h < market.world.rows<Person>(); ++h) {
    if (market.column<StatusOf>()[h] != Status::kEmployed) continue;
    const std::int64_t wage = market.column<Wage>()[h];
    const std::int64_t contributions = round_half_away(0.22 * static_cast<double>(wage));
    const Row employer = market.column<Employer>()[h];
    if (market.column<Home>()[h] < 12) {
      net_of_cell[market.column<Cell>()[h]] += wage - contributions;
    } else {
      to_outside += wage - contributions;
    }
    if (works_outside(employer)) {
      from_outside += wage - contributions;
    } else {
      staff_contributions[employer] += contributions;
    }
  }
  for (std::size_t c = 0; c < net_of_cell.size(); ++c) {
    EXPECT_EQ(market.column<households::NetWages>()[c], net_of_cell[c]) << "cell " << c;
    EXPECT_EQ(balance[accounts.cell(c)] - before[accounts.cell(c)], net_of_cell[c]) << "cell " << c;
  }
  std::int64_t government = 0;
  for (std::size_t i = 1; i < market.world.rows<firms::Firm>(); ++i) {
    const std::int64_t bill = market.column<firms::WageBill>()[i];
    const std::int64_t employers_part = round_half_away(0.30 * static_cast<double>(bill));
    EXPECT_EQ(balance[accounts.deposit(i)] - before[accounts.deposit(i)], -bill - employers_part)
        << "establishment " << i;
    EXPECT_EQ(market.column<firms::WageCostCents>()[i], bill + employers_part);
    government += employers_part + staff_contributions[i];
  }
  EXPECT_EQ(balance[Accounts::of(Special::kGov)], government);
  EXPECT_EQ(balance[Accounts::of(Special::kWages)], 0) << "what establishments pay is what people get";
  std::int64_t outside = 0;
  for (const Special economy : {Special::kRof, Special::kNwe, Special::kRow}) outside += balance[Accounts::of(economy)];
  EXPECT_EQ(outside, to_outside - from_outside);
  EXPECT_GT(from_outside, 0);
  EXPECT_EQ(test::total<AccountBalance>(market.world), 0);
}

TEST(Wages, AWageBillThatIsNotTheSumOfWagesStopsTheRun) {
  SmallMarket market;
  ++market.column<firms::WageBill>()[1];
  EXPECT_THROW(market.run(1, &pay_wages, market.setting.tax), BrokenPromise);
}

}  // namespace
}  // namespace metier::labour
