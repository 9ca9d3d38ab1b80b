#include "models/labour/spells_at_start.hpp"

#include "models/labour/bands.hpp"
#include "models/labour/initial.hpp"
#include "tests/support/labour/run_process.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <vector>

namespace metier::labour {
namespace {

using test::SmallMarket;

TEST(SpellLaw, WithoutHaloIsGeometric) {
  const SpellLaw law = spell_law({.finds = 0.1, .finds_in_halo = 0.03, .enters = 0.0, .returns = 0.02});
  for (std::size_t d = 0; d < 60; ++d) {
    EXPECT_NEAR(law.unemployed[d], std::pow(0.9, static_cast<double>(d) + 1.0), 1e-12) << d;
    EXPECT_EQ(law.halo[d], 0.0);
  }
}

// Entry at any duration: u and h summed over d solve two linear equations,
// u = (1 - f)(1 + (1 - e) u + r h), h = (1 - g)((1 - r) h + e u), the 1 being who loses a job this month.
TEST(SpellLaw, SumsAreTheStocksOfAMarketAtRest) {
  constexpr double f = 0.2, g = 0.1, e = 0.04, r = 0.05;
  const SpellLaw law = spell_law({f, g, e, r, 0});
  const double h_per_u = (1.0 - g) * e / (1.0 - (1.0 - g) * (1.0 - r));
  const double u = (1.0 - f) / (1.0 - (1.0 - f) * (1.0 - e + r * h_per_u));
  EXPECT_NEAR(std::accumulate(law.unemployed.begin(), law.unemployed.end(), 0.0), u, 1e-9);
  EXPECT_NEAR(std::accumulate(law.halo.begin(), law.halo.end(), 0.0), u * h_per_u, 1e-9);
}

TEST(SpellLaw, NobodyEntersTheHaloBeforeTheWaitIsOver) {
  const SpellLaw law = spell_law({0.1, 0.0, 0.5, 0.0, 18});
  for (std::size_t d = 0; d <= 18; ++d) EXPECT_EQ(law.halo[d], 0.0) << d;
  EXPECT_NEAR(law.halo[19], 0.5 * law.unemployed[18], 1e-15);
}

struct Settled : SmallMarket {
  std::vector<float> skill_before;
  explicit Settled(const test::LabourSize& size, const Params& params = {}) : SmallMarket(size, params) {
    skill_before.assign(column<Skill>().begin(), column<Skill>().end());
    finding = settle_turnover(world, setting.params);
    settle_spells(world, setting.params, finding, Seeds{1, 0});
  }
  Finding finding;
};

TEST(SpellsAtStart, AsManyEnterTheHaloAsLeaveIt) {
  test::LabourSize size = test::small_labour();
  size.unemployed = 35'000;  // more people than jobs: chances are low, which the law does not mind
  size.halo = 20'000;
  for (const int after : {0, 6}) {
    Params params;
    params.halo_entry_after = after;
    Settled market(size, params);
    const double entry = market.column<HaloEntryAtRest>()[0];
    ASSERT_GT(entry, 0.0);
    ASSERT_LT(entry, 1.0);
    const double posts = posts_and_jobs(market.world, params).posts;
    const double returns = params.halo_return * posts / static_cast<double>(size.unemployed);
    double enter = 0.0, leave = 0.0, at_risk = 0.0;
    for (std::size_t h = 0; h < market.skill_before.size(); ++h) {
      const Status status = market.column<StatusOf>()[h];
      if (status != Status::kUnemployed && status != Status::kHalo) continue;
      const double skill = market.column<Skill>()[h], kappa = params.skill_slope;
      const double better = std::exp(kappa * skill + 0.5 * kappa * kappa);
      const double finds =
          params.halo_search * market.finding.at(market.column<Home>()[h], market.column<OccupationOf>()[h]) * better;
      if (status == Status::kHalo) {
        leave += 1.0 - (1.0 - returns) * (1.0 - finds);
      } else if (market.column<Duration>()[h] + 1 > after) {
        enter += entry * (1.0 - finds);
        at_risk += 1.0;
      }
    }
    // Who is at risk is by lot (5 standard deviations); chances are rounded to steps of 4 %.
    const double share = at_risk / static_cast<double>(size.unemployed);
    const double lots = 5.0 * std::sqrt((1.0 - share) / at_risk);
    EXPECT_NEAR(enter / leave, 1.0, lots + 0.01) << "after " << after << " months";
  }
}

TEST(SpellsAtStart, NobodyEntersAHaloThatIsEmptyAndSkillsAreThoseOfWhoFindsLate) {
  test::LabourSize size = test::small_labour();
  size.halo = 0;
  Settled market(size);
  EXPECT_EQ(market.column<HaloEntryAtRest>()[0], 0.0);
  const double kappa = market.setting.params.skill_slope;
  for (std::size_t h = 0; h < market.skill_before.size(); ++h) {
    const bool without = market.column<StatusOf>()[h] == Status::kUnemployed;
    EXPECT_FLOAT_EQ(market.column<Skill>()[h], market.skill_before[h] - static_cast<float>(without ? kappa : 0.0));
  }
}

TEST(SpellsAtStart, TenuresFollowTheHazardsThatWereSolved) {
  Params params;
  params.separation_rate = 0.06;  // few jobs reach the cut at 480 months
  SmallMarket market(test::small_labour(), params);
  for (auto& age : market.column<Age>()) age = age < 25 ? 64 : age;  // fewer are too young for their tenure
  const Finding finding = settle_turnover(market.world, params);
  settle_spells(market.world, params, finding, Seeds{1, 0});
  double obtained = 0.0, expected = 0.0, variance = 0.0;
  for (std::size_t h = 0; h < market.world.rows<Person>(); ++h) {
    if (market.column<StatusOf>()[h] != Status::kEmployed || market.column<Age>()[h] < 55) continue;
    const double hazard = params.separation_rate * market.column<RelativeExit>()[market.column<OccupationOf>()[h]] *
                          market.column<RelativeExitAtHome>()[market.column<Home>()[h]] *
                          market.column<RelativeExitAtAge>()[age_band(market.column<Age>()[h])];
    if (hazard < 0.02) continue;  // the others: cut at 480 months, below 1e-4
    obtained -= market.column<HiredIn>()[h];
    expected += (1.0 - hazard) / hazard;
    variance += (1.0 - hazard) / (hazard * hazard);
  }
  EXPECT_GT(expected, 1000.0);
  EXPECT_NEAR(obtained, expected, 5.0 * std::sqrt(variance)) << "false alarm below 1e-6";
}

}  // namespace
}  // namespace metier::labour
