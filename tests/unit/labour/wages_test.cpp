#include "models/labour/wages.hpp"

#include "models/labour/counts.hpp"
#include "models/labour/initial.hpp"
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
  std::int64_t outside_before = 0;
  for (const Row i : market.column<VacancyFirm>()) outside_before += works_outside(i) ? 1 : 0;
  market.column<OutCommuters>()[1] -= 5;  // more posts outside
  for (std::size_t m = 0; m < 13; ++m) market.column<GoingWageSeen>()[m] = 1.10;
  for (std::size_t m = 0; m < 13; ++m) market.column<OutsideWageSeen>()[m] = 1.03;
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
    const double going = std::log(1.10);
    if (works_outside(i)) {
      ++outside;
      EXPECT_NEAR(memory.log_wage[v], std::log(market.column<MedianWage>()[o]) + std::log(1.03) + std::log(1.05),
                  1e-12);
      continue;
    }
    const std::size_t s = market.column<firms::SectorOf>()[i], c = market.column<firms::CommuneOf>()[i];
    double ln = std::log(market.column<SectorWage>()[s * 5 + o]) + going;
    ln += p.wage_productivity * std::log(market.column<firms::Productivity>()[i] / 8.0);
    ln -= p.wage_curve * std::log((u[c] + 0.5) / (u[c] + e[c] + 0.5) / mean_rate);
    if (o == 2) {
      const auto posts = static_cast<double>(market.column<VacanciesByOccupation>()[2]);
      ln += p.wage_tightness * std::log((posts + 0.5) / (people[2] + 0.5) / 0.4);
    }
    EXPECT_NEAR(memory.log_wage[v], ln, 1e-12) << "post " << v;
  }
  EXPECT_EQ(outside, outside_before + 5);
}

TEST(MinimumWageOverTime, FollowsTheLawThenPricesAndHalfTheRealWage) {
  SmallMarket market;
  MinimumWagePath& path = market.setting.params.minimum_wage_path;
  path.levels = {{{2018, 1}, 150'000}, {{2019, 3}, 160'000}};
  const auto run = [&](int month, double price, double going) {
    for (std::size_t m = 0; m < 13; ++m) {
      market.column<PriceSeen>()[m] = price;
      market.column<GoingWageSeen>()[m] = going;
    }
    market.run(month, &set_minimum_wage, path);
    return market.column<MinimumWage>()[0];
  };
  EXPECT_EQ(run(1, 1.0, 1.0), 150'000);
  EXPECT_EQ(run(2, 1.1, 1.0), 150'000) << "prices count only once the path is over";
  EXPECT_EQ(run(3, 1.2, 1.2), 160'000) << "March 2019";
  EXPECT_EQ(run(4, 1.3, 1.3), 160'000);
  EXPECT_EQ(run(13, 1.5, 1.4), 200'000) << "January 2020: prices rose by a quarter, wages by less";
  EXPECT_EQ(run(14, 1.8, 1.8), 200'000) << "once a year";
  EXPECT_EQ(run(25, 1.5, 1.4 * 1.21), 220'000) << "January 2021: same prices, 21 % more pay: half of it in logs";
}

TEST(MinimumWageOverTime, WithoutAPathThereIsNone) {
  SmallMarket market;
  market.run(1, &set_minimum_wage, market.setting.params.minimum_wage_path);
  EXPECT_EQ(market.column<MinimumWage>()[0], 0);
}

/// The going wage of the last thirteen months: `now` last month, `before` a year earlier.
void set_going_wage(SmallMarket& market, int month, double now, double before) {
  market.column<GoingWageSeen>()[history_row(month - 1)] = now;
  market.column<GoingWageSeen>()[history_row(month - 13)] = before;
}

TEST(Revision, InTheMonthOfTheYearOfTheHire) {
  SmallMarket market;
  Params& p = market.setting.params;
  constexpr int month = 5;
  set_going_wage(market, month, 1.21, 1.10);
  market.column<OutsideWageSeen>()[history_row(month - 1)] = 1.05;  // 1 a year before
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
    if (birthday) factor = works_here(i) ? std::exp(std::log(1.1) + p.wage_productivity * 0.05) : 1.05;
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
  set_going_wage(market, 5, 1.21, 1.10);
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

TEST(Prices, ThoseOfLastMonthAndOfTheStartAreKept) {
  SmallMarket market;  // observed at t = 0 with price 1
  for (int month = 1; month <= 13; ++month) {
    market.column<outside::ConsumerPrice>()[0] = 1.0 + 0.01 * month;
    market.run(month, &observe_prices);
  }
  EXPECT_DOUBLE_EQ(price_last_month(In<PriceSeen>(market.column<PriceSeen>()), labour_step(14)), 1.13);
  EXPECT_DOUBLE_EQ(market.column<PriceAtStart>()[0], 1.0);
}

TEST(Productivity, GrowthOfTheYearIsCommonOrTheEstablishmentsOwn) {
  SmallMarket market;
  const auto productivity = market.column<firms::Productivity>();
  const auto employees = market.column<firms::Employees>();
  market.run(0, &observe_productivity);
  double jobs = 0.0, in_even_rows = 0.0;
  for (std::size_t i = 1; i < productivity.size(); ++i) {
    jobs += employees[i];
    if (i % 2 == 0) in_even_rows += employees[i];
  }
  for (int month = 1; month <= 12; ++month) {
    for (std::size_t i = 1; i < productivity.size(); ++i) productivity[i] *= i % 2 == 0 ? 1.02 : 1.01;
    market.run(month, &observe_productivity);
    if (month < 12) {
      EXPECT_EQ(market.column<ProductivityGrowth>()[1], 0.0) << "the year is not over";
      EXPECT_EQ(market.column<CommonProductivity>()[0], 1.0);
    }
  }
  const double fast = 12.0 * std::log(1.02), slow = 12.0 * std::log(1.01);
  const double mean = slow + (fast - slow) * in_even_rows / jobs;
  EXPECT_NEAR(market.column<ProductivityGrowth>()[1], slow - mean, 1e-12);
  EXPECT_NEAR(market.column<ProductivityGrowth>()[2], fast - mean, 1e-12);
  EXPECT_NEAR(std::log(market.column<CommonProductivity>()[0]), mean, 1e-12);
}

/// Runs the going wage for `years` of constant growth of prices [log/month] and productivity [log/year].
std::vector<double> going_wages(SmallMarket& market, int years, double inflation, double growth, double slack) {
  const Params& p = market.setting.params;
  market.run(0, &observe_prices);
  market.run(0, &observe_tightness);
  market.column<UnemploymentReference>()[0] *= std::exp(-slack);
  std::vector<double> wages{1.0};
  for (int month = 1; month <= 12 * years; ++month) {
    market.column<outside::ConsumerPrice>()[0] = std::exp(inflation * month);
    if (month % 12 == 0) market.column<CommonProductivity>()[0] *= std::exp(growth);
    market.run(month, &observe_prices);
    market.run(month, &move_going_wage, p);
    wages.push_back(market.column<GoingWageSeen>()[history_row(month)]);
  }
  return wages;
}

TEST(GoingWage, PassesPricesOnInFullAndLagsByTheStatedGap) {
  SmallMarket market;
  const Params& p = market.setting.params;
  const double inflation = std::log(1.02) / 12.0;
  const std::vector<double> wages = going_wages(market, 40, inflation, 0.0, 0.0);
  EXPECT_NEAR(std::log(wages[1]), p.wage_indexation * inflation, 1e-12) << "at once";
  EXPECT_NEAR(std::log(wages[480] / wages[468]), 12.0 * inflation, 1e-9) << "in the long run";
  // ln W - ln P: (1 - iota) pi more behind each month, lambda of the gap to last month's prices made up.
  const double behind = (1.0 - p.wage_indexation) * inflation / p.wage_catch_up;
  EXPECT_NEAR(480.0 * inflation - std::log(wages[480]), behind, 1e-9);
}

// The law of the going wage here, with the prices and productivity of outside; nothing that happens here reaches it.
TEST(OutsideWage, FollowsOutsidePricesAndProductivityOnly) {
  SmallMarket market;
  const Params& p = market.setting.params;
  const double inflation = std::log(1.03) / 12.0;
  market.column<outside::ConsumerPrice>()[0] = 5.0;
  market.column<UnemploymentReference>()[0] = 1e-3;
  double before = 0.0;
  for (int month = 1; month <= 480; ++month) {
    if (month % 12 == 1) before = market.column<OutsideWageSeen>()[history_row(month - 1)];
    market.column<outside::OutsidePriceLevel>()[0] = std::exp(inflation * month);
    if (month % 12 == 0) market.column<outside::OutsideProductivity>()[0] *= 1.01;
    market.run(month, &move_outside_wage, p);
    if (month == 1) {
      EXPECT_NEAR(std::log(market.column<OutsideWageSeen>()[1]), p.wage_indexation * inflation, 1e-12) << "at once";
    }
  }
  EXPECT_NEAR(market.column<OutsideWageSeen>()[history_row(480)] / before, 1.03 * 1.01, 1e-9) << "in the long run";
}

/// The history before t = 0 rises as the wage would in the long run of the same parameters: the first yearly revisions
/// then have no jump.
TEST(OutsideWage, GrowsInTheLongRunAsTheHistoryBeforeTheStartDoes) {
  struct Case {
    double indexation, catch_up;
  };
  for (const Case& c :
       {Case{0.7, 1.0 / 12.0}, Case{0.0, 0.2}, Case{1.0, 1.0}, Case{0.7, 0.0}, Case{1.2, 0.0}, Case{0.0, 0.0}}) {
    SmallMarket market;
    Params p = market.setting.params;
    p.wage_indexation = c.indexation;
    p.wage_catch_up = c.catch_up;
    double a_year_ago = 0.0;
    for (int month = 1; month <= 480; ++month) {
      if (month == 469) a_year_ago = market.column<OutsideWageSeen>()[history_row(468)];
      market.column<outside::OutsidePriceLevel>()[0] = std::pow(1.03, month / 12.0);
      if (month % 12 == 0) market.column<outside::OutsideProductivity>()[0] *= 1.01;
      market.run(month, &move_outside_wage, p);
    }
    EXPECT_NEAR(market.column<OutsideWageSeen>()[history_row(480)] / a_year_ago - 1.0, trend_of_wages(p, 0.03, 0.01),
                1e-9)
        << "indexation " << c.indexation << " catch-up " << c.catch_up;
  }
}

TEST(GoingWage, PassesCommonProductivityOnInFull) {
  SmallMarket market;
  const std::vector<double> wages = going_wages(market, 40, 0.0, 0.01, 0.0);
  EXPECT_NEAR(std::log(wages[480] / wages[468]), 0.01, 1e-9);
}

TEST(GoingWage, FallsWithUnemploymentAsTheWageCurveSays) {
  SmallMarket market;
  const double slack = std::log(1.5);
  const std::vector<double> wages = going_wages(market, 40, 0.0, 0.0, slack);
  EXPECT_NEAR(std::log(wages[480]), -market.setting.params.wage_curve * slack, 1e-9);
}

}  // namespace
}  // namespace metier::labour
