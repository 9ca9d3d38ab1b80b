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

  constexpr double kRate = 0.22;
  const auto workers_part = [](std::int64_t gross) { return round_half_away(kRate * static_cast<double>(gross)); };
  std::map<std::size_t, std::int64_t> here, in_zone;                         // gross wages by cell and zone
  std::map<std::size_t, std::map<std::size_t, std::int64_t>> outside_wages;  // by cell and economy that pays
  for (std::size_t h = 0; h < market.world.rows<Person>(); ++h) {
    if (market.column<StatusOf>()[h] != Status::kEmployed) continue;
    const std::int64_t wage = market.column<Wage>()[h];
    const Row employer = market.column<Employer>()[h];
    if (works_outside(employer)) {
      outside_wages[market.column<Cell>()[h]][market.column<ZoneGroupOf>()[outside_zone(employer)]] += wage;
    } else if (market.column<Home>()[h] < 12) {
      here[market.column<Cell>()[h]] += wage;
    } else {
      in_zone[market.column<Home>()[h] - std::size_t{12}] += wage;
    }
  }
  std::int64_t contributions = 0, to_cells = 0, from_outside = 0;
  for (const std::int64_t bill : market.column<firms::WageBill>()) contributions += workers_part(bill);
  for (std::size_t c = 0; c < 12 * households::kQuintiles; ++c) {
    std::int64_t abroad = 0;
    for (const auto& [economy, gross] : outside_wages[c]) abroad += gross - workers_part(gross);
    const std::int64_t net = market.column<households::NetWages>()[c];
    // Contributions on wages from here are a share of the sum, cut in cents: within a cent and the roundings of
    // establishments, some 500 half cents spread over all wages.
    EXPECT_NEAR(static_cast<double>(net - abroad), (1.0 - kRate) * static_cast<double>(here[c]), 5.0) << "cell " << c;
    EXPECT_EQ(balance[accounts.cell(c)] - before[accounts.cell(c)], net) << "cell " << c;
    to_cells += net - abroad;
    from_outside += abroad;
  }
  std::int64_t government = 0;
  for (std::size_t i = 1; i < market.world.rows<firms::Firm>(); ++i) {
    const std::int64_t bill = market.column<firms::WageBill>()[i];
    const std::int64_t employers_part = round_half_away(0.30 * static_cast<double>(bill));
    EXPECT_EQ(balance[accounts.deposit(i)] - before[accounts.deposit(i)], -bill - employers_part)
        << "establishment " << i;
    EXPECT_EQ(market.column<firms::WageCostCents>()[i], bill + employers_part);
    government += employers_part + workers_part(bill);
  }
  EXPECT_EQ(balance[Accounts::of(Special::kGov)], government);
  EXPECT_EQ(balance[Accounts::of(Special::kWages)], 0) << "what establishments pay is what people get";
  std::int64_t bills = 0, to_zones = 0, outside = 0;
  for (const std::int64_t bill : market.column<firms::WageBill>()) bills += bill;
  for (const auto& [zone, gross] : in_zone) to_zones += gross;
  for (const Special economy : {Special::kRof, Special::kNwe, Special::kRow}) outside += balance[Accounts::of(economy)];
  EXPECT_EQ(outside, bills - contributions - to_cells - from_outside);
  EXPECT_NEAR(static_cast<double>(outside + from_outside), (1.0 - kRate) * static_cast<double>(to_zones), 5.0);
  EXPECT_GT(from_outside, 0);
  EXPECT_EQ(test::total<AccountBalance>(market.world), 0);
}

TEST(Wages, AWageBillThatIsNotTheSumOfWagesStopsTheRun) {
  SmallMarket market;
  ++market.column<firms::WageBill>()[1];
  EXPECT_THROW(market.run(1, &pay_wages, market.setting.tax), BrokenPromise);
}

TEST(Wages, PayeesFollowEveryJobAndRevision) {
  test::LabourSetting setting;
  World world;
  test::build_labour_world(world, test::small_labour(), setting.params);
  set_start(world, setting.params, Month{2018, 12});
  Schedule month = test::labour_month(setting);
  test::run_labour(world, month, 14);  // past the first anniversaries
  const auto kept = world.column<PayeeWages>();
  const std::vector<std::int64_t> by_events(kept.begin(), kept.end());
  test::run_process(world, test::labour_step(14), &add_up_payees);
  EXPECT_EQ(by_events, std::vector<std::int64_t>(kept.begin(), kept.end()));
}

}  // namespace
}  // namespace metier::labour
