#include "models/labour/separation.hpp"

#include "tests/support/labour/run_process.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

namespace metier::labour {
namespace {

using test::SmallMarket;
using test::total;

void separate(SmallMarket& market, double rate) {
  market.setting.params.separation_rate = rate;
  market.run(1, &open_month);
  market.run(1, &labour::separate, market.setting.params);
}
void lay_off(SmallMarket& market) { market.run(1, &labour::lay_off, market.setting.params); }

TEST(Separation, NobodyLeavesAtRateZero) {
  SmallMarket market;
  const std::int64_t people = total<firms::Employees>(market.world);
  separate(market, 0.0);
  EXPECT_EQ(total<firms::Employees>(market.world), people);
  EXPECT_EQ(total<SeparationsBySector>(market.world), 0);
}

TEST(Separation, AtRateOneEverybodyIsWithoutAJobAndEveryPostIsDue) {
  SmallMarket market;
  std::fill(market.column<RelativeExit>().begin(), market.column<RelativeExit>().end(), 1.0);
  std::fill(market.column<RelativeExitAtHome>().begin(), market.column<RelativeExitAtHome>().end(), 1.0);
  std::fill(market.column<RelativeExitAtAge>().begin(), market.column<RelativeExitAtAge>().end(), 1.0);
  const std::int64_t jobs = total<firms::Employees>(market.world);
  const std::int64_t out = total<OutCommuters>(market.world);
  separate(market, 1.0);
  EXPECT_EQ(total<firms::Employees>(market.world), 0);
  EXPECT_EQ(total<firms::WageBill>(market.world), 0);
  EXPECT_EQ(total<ReplacementsDue>(market.world), jobs);
  EXPECT_EQ(total<SeparationsBySector>(market.world), jobs);
  EXPECT_EQ(total<SeparationsByCommune>(market.world), jobs);
  EXPECT_EQ(total<SeparationsByOccupation>(market.world), jobs);
  EXPECT_EQ(total<OutCommuters>(market.world), 0);
  EXPECT_EQ(market.column<JobsLostByResidents>()[0], jobs - 700 + out) << "people from outside are not residents";
  const auto home = market.column<Home>();
  const auto status = market.column<StatusOf>();
  for (std::size_t h = 0; h < home.size(); ++h) {
    EXPECT_NE(status[h], Status::kEmployed) << "person " << h;
    if (home[h] >= 12) {
      EXPECT_EQ(status[h], Status::kAbsent) << "rows of people from outside become free";
    }
    EXPECT_EQ(market.column<Wage>()[h], 0);
  }
}

TEST(Separation, TheSelfEmployedStay) {
  SmallMarket market;
  separate(market, 1.0);
  EXPECT_EQ(std::count(market.column<StatusOf>().begin(), market.column<StatusOf>().end(), Status::kSelfEmployed), 300);
}

TEST(Separation, StocksOfTheMonthBeforeAreKept) {
  SmallMarket market;
  const std::int64_t salaried = market.column<SalariedResidents>()[0];
  separate(market, 0.5);
  EXPECT_EQ(market.column<UnemployedBefore>()[0], 350);
  EXPECT_EQ(market.column<SalariedBefore>()[0], salaried);
}

/// The establishment with the most employees.
std::size_t largest(World& world) {
  const auto employees = world.column<firms::Employees>();
  return static_cast<std::size_t>(std::max_element(employees.begin(), employees.end()) - employees.begin());
}

TEST(Layoffs, WhoCameLastGoesFirst) {
  SmallMarket market;
  market.setting.params.lifo_share = 1.0;
  const std::size_t firm = largest(market.world);
  const std::int32_t staff = market.column<firms::Employees>()[firm];
  const std::int32_t wanted = staff / 3;
  ASSERT_GT(wanted, 2);
  std::vector<std::int16_t> hired;
  const auto employer = market.column<Employer>();
  const auto hired_in = market.column<HiredIn>();
  for (std::size_t h = 0; h < employer.size(); ++h) {
    if (employer[h] == firm && market.column<StatusOf>()[h] == Status::kEmployed) hired.push_back(hired_in[h]);
  }
  std::sort(hired.rbegin(), hired.rend());
  const std::int16_t last_kept = hired[static_cast<std::size_t>(wanted)];

  market.column<firms::LayoffsWanted>()[firm] = wanted;
  separate(market, 0.0);
  lay_off(market);
  EXPECT_EQ(market.column<firms::Employees>()[firm], staff - wanted);
  EXPECT_EQ(market.column<ReplacementsDue>()[firm], 0) << "these posts are not filled again";
  std::int16_t newest_left = -10'000;
  for (std::size_t h = 0; h < employer.size(); ++h) {
    if (employer[h] == firm && market.column<StatusOf>()[h] == Status::kEmployed) {
      newest_left = std::max(newest_left, hired_in[h]);
    }
  }
  EXPECT_EQ(newest_left, last_kept);
}

TEST(Layoffs, WhoLeftByThemselvesCountTowardsTheNumber) {
  SmallMarket market;
  const std::size_t firm = largest(market.world);
  const std::int32_t staff = market.column<firms::Employees>()[firm];
  const std::int32_t wanted = staff / 2;
  market.column<firms::LayoffsWanted>()[firm] = wanted;
  separate(market, 0.2);
  const std::int32_t left = staff - market.column<firms::Employees>()[firm];
  ASSERT_GT(left, 0);
  ASSERT_LT(left, wanted);
  lay_off(market);
  EXPECT_EQ(market.column<firms::Employees>()[firm], staff - wanted);
}

TEST(Layoffs, NobodyIsDismissedTwiceOrMoreThanThereAre) {
  SmallMarket market;
  const auto wanted = market.column<firms::LayoffsWanted>();
  std::fill(wanted.begin() + 1, wanted.end(), 1'000'000);
  separate(market, 0.0);
  lay_off(market);
  EXPECT_EQ(total<firms::Employees>(market.world), 0);
  EXPECT_EQ(total<firms::WageBill>(market.world), 0);
  EXPECT_EQ(total<SeparationsBySector>(market.world), 3000);
}

TEST(Layoffs, NobodyGoesWhereNobodyIsToGo) {
  SmallMarket market;
  separate(market, 0.0);
  lay_off(market);
  EXPECT_EQ(total<firms::Employees>(market.world), 3000);
}

}  // namespace
}  // namespace metier::labour
