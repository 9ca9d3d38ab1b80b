#include "models/labour/wages.hpp"

#include "models/labour/matching.hpp"
#include "models/labour/vacancies.hpp"
#include "sim/core/money.hpp"
#include "tests/support/labour/run_process.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <vector>

namespace metier::labour {
namespace {

using test::labour_step;
using test::SmallMarket;

TEST(PostedWages, FollowTheStatedEquation) {
  SmallMarket market;
  Params& p = market.setting.params;
  market.column<TightnessReference>()[2] = 0.4;
  market.column<OutCommuters>()[1] -= 5;  // some posts outside
  for (std::size_t m = 0; m < 13; ++m) market.column<PriceSeen>()[m] = 1.10;
  market.run(1, &post_vacancies);
  market.run(1, &open_market, p);
  const Market& memory = market.world.scratch<Market>();

  std::vector<double> u(12, 0.0), e(12, 0.0), people(5, 0.0);
  double all_u = 0.0, all_e = 0.0;
  for (std::size_t c = 0; c < 12; ++c) {
    for (std::size_t o = 0; o < 5; ++o) {
      const auto without = static_cast<double>(market.column<Unemployed>()[c * 5 + o]);
      const auto with = static_cast<double>(market.column<EmployedResidents>()[c * 5 + o]);
      u[c] += without;
      e[c] += with;
      people[o] += without;
      all_u += without;
      all_e += with;
    }
  }
  const double mean_rate = (all_u + 0.5) / (all_u + all_e + 0.5);
  int outside = 0;
  for (std::size_t v = 0; v < market.world.rows<Vacancy>(); ++v) {
    const Row i = market.column<VacancyFirm>()[v];
    const std::size_t o = market.column<VacancyOccupation>()[v];
    const double price = p.wage_indexation * std::log(1.10);
    if (works_outside(i)) {
      ++outside;
      EXPECT_NEAR(memory.log_wage[v], std::log(market.column<MedianWage>()[o]) + price + std::log(1.05), 1e-12);
      continue;
    }
    const std::size_t s = market.column<firms::SectorOf>()[i], c = market.column<firms::CommuneOf>()[i];
    double ln = std::log(market.column<SectorWage>()[s * 5 + o]) + price;
    ln += p.wage_productivity * std::log(market.column<firms::Productivity>()[i] / 8.0);
    ln -= p.wage_curve * std::log((u[c] + 0.5) / (u[c] + e[c] + 0.5) / mean_rate);
    if (o == 2) {
      const auto posts = static_cast<double>(market.column<VacanciesByOccupation>()[2]);
      ln += p.wage_tightness * std::log((posts + 0.5) / (people[2] + 0.5) / 0.4);
    }
    EXPECT_NEAR(memory.log_wage[v], ln, 1e-12) << "post " << v;
  }
  EXPECT_EQ(outside, 5);
}

TEST(MinimumWageOverTime, FollowsTheLawThenPrices) {
  SmallMarket market;
  MinimumWagePath& path = market.setting.params.minimum_wage_path;
  path.levels = {{{2018, 1}, 150'000}, {{2019, 3}, 160'000}};
  const auto run = [&](int month, double price) {
    for (std::size_t m = 0; m < 13; ++m) market.column<PriceSeen>()[m] = price;
    market.run(month, &set_minimum_wage, path);
    return market.column<MinimumWage>()[0];
  };
  EXPECT_EQ(run(1, 1.0), 150'000);
  EXPECT_EQ(run(2, 1.1), 150'000) << "prices count only once the path is over";
  EXPECT_EQ(run(3, 1.2), 160'000) << "March 2019";
  EXPECT_EQ(run(4, 1.3), 160'000);
  EXPECT_EQ(run(13, 1.5), 200'000) << "January 2020: prices rose by a quarter since March 2019";
  EXPECT_EQ(run(14, 1.8), 200'000) << "once a year";
  EXPECT_EQ(run(25, 1.8), 240'000) << "January 2021";
}

TEST(MinimumWageOverTime, WithoutAPathThereIsNone) {
  SmallMarket market;
  market.run(1, &set_minimum_wage, market.setting.params.minimum_wage_path);
  EXPECT_EQ(market.column<MinimumWage>()[0], 0);
}

/// Prices of the last thirteen months: `now` last month, `before` a year earlier.
void set_prices(SmallMarket& market, int month, double now, double before) {
  market.column<PriceSeen>()[price_row(month - 1)] = now;
  market.column<PriceSeen>()[price_row(month - 13)] = before;
}

TEST(Revision, InTheMonthOfTheYearOfTheHire) {
  SmallMarket market;
  Params& p = market.setting.params;
  constexpr int month = 5;
  set_prices(market, month, 1.21, 1.10);
  for (double& growth : market.column<ProductivityGrowth>()) growth = 0.05;
  const std::vector<std::int32_t> before(market.column<Wage>().begin(), market.column<Wage>().end());
  market.run(month, &revise_wages, p);
  int revised = 0;
  std::map<Row, std::int64_t> bills;
  for (std::size_t h = 0; h < before.size(); ++h) {
    if (market.column<StatusOf>()[h] != Status::kEmployed) continue;
    const Row i = market.column<Employer>()[h];
    const bool birthday = (market.column<HiredIn>()[h] - month) % 12 == 0;
    double factor = 1.0;
    if (birthday)
      factor = std::exp(p.wage_indexation * std::log(1.1) + (works_here(i) ? p.wage_productivity * 0.05 : 0.0));
    EXPECT_NEAR(market.column<Wage>()[h], before[h] * factor, 0.51) << "person " << h;
    revised += birthday ? 1 : 0;
    if (works_here(i)) bills[i] += market.column<Wage>()[h];
  }
  EXPECT_GT(revised, 100);
  for (const auto& [firm, bill] : bills)
    EXPECT_EQ(market.column<firms::WageBill>()[firm], bill) << "establishment " << firm;
}

TEST(Revision, NobodyIsRevisedInTheMonthOfTheHire) {
  SmallMarket market;
  set_prices(market, 5, 1.21, 1.10);
  for (auto& month : market.column<HiredIn>()) month = 5;
  const std::vector<std::int32_t> before(market.column<Wage>().begin(), market.column<Wage>().end());
  market.run(5, &revise_wages, market.setting.params);
  EXPECT_TRUE(std::equal(before.begin(), before.end(), market.column<Wage>().begin()));
}

TEST(Revision, LiftsAllWagesToTheMinimumInAnyMonth) {
  SmallMarket market;
  market.column<MinimumWage>()[0] = 250'000;
  market.run(5, &revise_wages, market.setting.params);
  std::int64_t bills = 0, least = 1'000'000;
  for (std::size_t h = 0; h < market.world.rows<Person>(); ++h) {
    if (market.column<StatusOf>()[h] != Status::kEmployed) continue;
    least = std::min<std::int64_t>(least, market.column<Wage>()[h]);
    if (works_here(market.column<Employer>()[h])) bills += market.column<Wage>()[h];
  }
  EXPECT_EQ(least, 250'000);
  EXPECT_EQ(test::total<firms::WageBill>(market.world), bills);
}

TEST(Prices, ThirteenMonthsAreKept) {
  SmallMarket market;  // observed at t = 0 with price 1
  for (int month = 1; month <= 13; ++month) {
    market.column<outside::ConsumerPrice>()[0] = 1.0 + 0.01 * month;
    market.run(month, &observe_prices);
  }
  const In<PriceSeen> prices(market.column<PriceSeen>());
  EXPECT_DOUBLE_EQ(price_last_month(prices, labour_step(14)), 1.13);
  EXPECT_DOUBLE_EQ(price_a_year_before(prices, labour_step(14)), 1.01);
  EXPECT_DOUBLE_EQ(market.column<PriceAtStart>()[0], 1.0);
}

TEST(Productivity, GrowthIsThatOfTheLastCalendarYear) {
  SmallMarket market;
  const auto productivity = market.column<firms::Productivity>();
  const std::vector<double> start(productivity.begin(), productivity.end());
  market.run(0, &observe_productivity);
  for (int month = 1; month <= 12; ++month) {
    for (double& a : productivity) a *= 1.01;
    market.run(month, &observe_productivity);
    if (month < 12) {
      EXPECT_EQ(market.column<ProductivityGrowth>()[1], 0.0) << "the year is not over";
    }
  }
  EXPECT_NEAR(market.column<ProductivityGrowth>()[1], 12.0 * std::log(1.01), 1e-12);
}

}  // namespace
}  // namespace metier::labour
