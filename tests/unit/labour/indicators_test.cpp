#include "models/labour/indicators.hpp"

#include "models/labour/percentiles.hpp"
#include "tests/support/labour/run_process.hpp"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

namespace metier::labour {
namespace {

using testing::ElementsAre;
using testing::IsNan;

/// Cells of the indicators of these names at the end of a month of 2019.
std::map<std::string, std::vector<double>> observed(World& world, const std::vector<std::string>& names, int month) {
  IndicatorSet set;
  const auto dimension = [](const char* name, std::size_t entries) {
    return DimensionInfo{name, name, name, std::vector<std::string>(entries, "x"), {}, {}};
  };
  set.set_dimensions({dimension("commune", world.rows<sites::Commune>()),
                      dimension("sector", world.rows<firms::Sector>()),
                      dimension("occupation", world.rows<Occupation>()), dimension("quantile", kPercentiles.size())});
  add_indicators(set, Params{});
  set.filter([&](const IndicatorInfo& info) { return std::ranges::find(names, info.name) != names.end(); });
  set.seal(world);
  const Observation seen = set.observe(world, test::labour_step(month));
  const std::vector<IndicatorInfo> infos = set.infos();
  std::map<std::string, std::vector<double>> found;
  for (std::size_t i = 0; i < infos.size(); ++i)
    found[infos[i].name].assign(seen.values[i].begin(), seen.values[i].end());
  return found;
}

/// Two communes and one zone outside, three sectors, two occupations; establishment 1 in commune 0 and sector 0,
/// establishment 2 in commune 1 and sector 1. Sector 2 has no job.
struct Village {
  World world;
  Village() {
    world.set_rows<sites::Commune>(2);
    world.set_rows<sites::Zone>(3);
    world.set_rows<sites::ZonePair>(9);
    world.set_rows<ExternalZone>(1);
    world.set_rows<firms::Sector>(3);
    world.set_rows<Occupation>(2);
    world.set_rows<firms::Firm>(3);
    world.column<firms::CommuneOf>()[2] = 1;
    world.column<firms::SectorOf>()[2] = 1;
    const auto minutes = world.column<sites::CarMinutes>();
    const std::vector<float> times{5.0F, 20.0F, 65.0F, 25.0F, 6.0F, 70.0F, 65.0F, 75.0F, 8.0F};
    std::copy(times.begin(), times.end(), minutes.begin());
  }
  void person(std::uint8_t home, Status status, Row employer, std::int32_t wage, std::uint8_t occupation) {
    const std::size_t h = world.rows<Person>();
    world.set_rows<Person>(h + 1);
    world.column<Home>()[h] = home;
    world.column<StatusOf>()[h] = status;
    world.column<Employer>()[h] = employer;
    world.column<Wage>()[h] = wage;
    world.column<OccupationOf>()[h] = occupation;
  }
};
double euro(std::int32_t cents) { return 0.01 * cents; }
constexpr std::uint8_t kOutside = 2;  // home in the external zone

TEST(Indicators, WageQuantilesAreThoseOfTheSalariedJobsHere) {
  Village village;
  // Ten jobs of establishment 1: ranks 1, 5 and 9 of the ascending wages, most of which differ by a cent or two.
  for (const std::int32_t wage : {200'009, 200'003, 9'000'000, 200'001, 3'000'000, 200'005, 200'004, 200'002, 200'008})
    village.person(0, Status::kEmployed, 1, wage, 0);
  village.person(1, Status::kUnemployed, firms::kNoFirm, 0, 0);
  village.person(1, Status::kSelfEmployed, 2, 0, 0);
  village.person(1, Status::kEmployed, firms::kOutsideEmployer, 555'500, 1);
  village.person(kOutside, Status::kAbsent, firms::kNoFirm, 0, 1);
  village.person(kOutside, Status::kEmployed, 1, 200'007, 0);
  village.person(kOutside, Status::kEmployed, 2, 160'000, 1);  // one job: all three quantiles
  const auto cells =
      observed(village.world, {"wage_quantile", "wage_quantile_by_occupation", "wage_quantile_by_commune"}, 12);
  const double p10 = euro(200'001), median = euro(200'005), p90 = euro(3'000'000), only = euro(160'000);
  EXPECT_THAT(cells.at("wage_quantile"), ElementsAre(p10, median, p90, only, only, only, IsNan(), IsNan(), IsNan()))
      << "sector 2 has no job";
  EXPECT_THAT(cells.at("wage_quantile_by_occupation"), ElementsAre(p10, median, p90, only, only, only));
  EXPECT_THAT(cells.at("wage_quantile_by_commune"), ElementsAre(p10, median, p90, only, only, only));
}

TEST(Indicators, WageQuantilesAreThoseOfASort) {
  test::SmallMarket market;
  std::vector<std::vector<double>> wages(market.world.rows<Occupation>());
  for (std::size_t h = 0; h < market.world.rows<Person>(); ++h) {
    if (market.column<StatusOf>()[h] != Status::kEmployed || !works_here(market.column<Employer>()[h])) continue;
    wages[market.column<OccupationOf>()[h]].push_back(euro(market.column<Wage>()[h]));
  }
  const std::vector<double> cells =
      observed(market.world, {"wage_quantile_by_occupation"}, 0).at("wage_quantile_by_occupation");
  for (std::size_t o = 0; o < wages.size(); ++o) {
    std::ranges::sort(wages[o]);
    ASSERT_GT(wages[o].size(), 20U);
    for (std::size_t p = 0; p < kPercentiles.size(); ++p) {
      const double rank = std::ceil(static_cast<double>(wages[o].size() * kPercentiles[p]) / 100.0);
      EXPECT_DOUBLE_EQ(cells[o * kPercentiles.size() + p], wages[o][static_cast<std::size_t>(rank) - 1])
          << "occupation " << o << ", p" << kPercentiles[p] << " of " << wages[o].size();
    }
  }
}

TEST(Indicators, CommuteMinutesAreMeansOverResidentsAtWork) {
  Village village;
  village.person(0, Status::kEmployed, 1, 200'000, 0);                        // 5 minutes
  village.person(0, Status::kSelfEmployed, 2, 0, 0);                          // 20
  village.person(0, Status::kEmployed, firms::kOutsideEmployer, 200'000, 0);  // 65
  village.person(0, Status::kUnemployed, firms::kNoFirm, 0, 0);
  village.person(1, Status::kHalo, firms::kNoFirm, 0, 0);      // nobody of commune 1 works
  village.person(kOutside, Status::kEmployed, 1, 200'000, 0);  // no resident
  EXPECT_THAT(observed(village.world, {"commute_minutes"}, 12).at("commute_minutes"), ElementsAre(30.0, IsNan()));
}

TEST(Indicators, WagesAndCommutesAreLookedAtOnceAYear) {
  Village village;
  village.person(0, Status::kEmployed, 1, 200'000, 0);
  for (const auto& [name, cells] :
       observed(village.world, {"wage_quantile", "wage_quantile_by_commune", "commute_minutes"}, 11)) {
    for (const double cell : cells) EXPECT_TRUE(std::isnan(cell)) << name << " in November";
  }
}

TEST(Indicators, VacancyRateOfAnOccupation) {
  Village village;
  village.world.column<VacanciesByOccupation>()[0] = 1;
  village.world.column<EmployeesByOccupation>()[0] = 3;
  EXPECT_THAT(observed(village.world, {"vacancy_rate_by_occupation"}, 5).at("vacancy_rate_by_occupation"),
              ElementsAre(0.25, IsNan()));
}

}  // namespace
}  // namespace metier::labour
