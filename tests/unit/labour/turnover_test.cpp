#include "models/labour/turnover.hpp"

#include "models/labour/bands.hpp"
#include "models/labour/counts.hpp"
#include "models/labour/initial.hpp"
#include "sim/core/error.hpp"
#include "tests/support/labour/run_process.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace metier::labour {
namespace {

using test::LabourSize;
using test::SmallMarket;

TEST(FillProbability, ClosedForms) {
  EXPECT_NEAR(fill_probability(1e3, 0.15, 5), 0.556294687, 1e-9) << "as many applicants as it looks at: 1 - .85^5";
  EXPECT_NEAR(fill_probability(2.0, 0.15, 50), 1.0 - std::exp(-0.3), 1e-12) << "looks at all: 1 - e^(-lambda p)";
  EXPECT_NEAR(fill_probability(0.7, 1.0, 1), 1.0 - std::exp(-0.7), 1e-12) << "one is enough";
  EXPECT_EQ(fill_probability(0.0, 0.15, 5), 0.0);
}

/// Jobs lost and seekers who find one, by commune and by age, at the hazards and chances of t = 0.
struct Flows {
  std::vector<double> lost_home, found_home;
  std::array<double, kAgeBands> lost_at{}, found_at{};
  double jobs = 0.0, lost = 0.0;
};
Flows flows_of(SmallMarket& market, const Finding& finding) {
  Flows f;
  f.lost_home.assign(12, 0.0);
  f.found_home = f.lost_home;
  const Params& p = market.setting.params;
  for (std::size_t h = 0; h < market.world.rows<Person>(); ++h) {
    const std::size_t z = market.column<Home>()[h], o = market.column<OccupationOf>()[h];
    if (z >= 12) continue;
    const Status status = market.column<StatusOf>()[h];
    const double seeks = status == Status::kUnemployed ? 1.0 : status == Status::kHalo ? p.halo_search : 0.0;
    const std::size_t band = age_band(market.column<Age>()[h]);
    f.found_home[z] += seeks * finding.at(z, o);
    f.found_at[band] += seeks * finding.at(z, o);
    if (status != Status::kEmployed) continue;
    const double hazard = p.separation_rate * market.column<RelativeExit>()[o] *
                          market.column<RelativeExitAtHome>()[z] * market.column<RelativeExitAtAge>()[band];
    f.lost_home[z] += hazard;
    f.lost_at[band] += hazard;
    f.jobs += 1.0;
    f.lost += hazard;
  }
  return f;
}

/// One place, one occupation: posts M = those open and those lost in the month, seekers without a job, whose mean skill is
/// -kappa, and at work, where it is 0.
TEST(Turnover, WhomTheMarketTakesHasAClosedFormInOneCell) {
  LabourSize size = test::small_labour();
  size.communes = size.sectors = size.occupations = 1;
  size.outside = size.in_commuters = size.out_commuters = 0;
  Params p;
  p.skill_slope = 0.5;
  p.ojs_prob = 0.1;
  SmallMarket market(size, p);
  const double found = settle_turnover(market.world, p).taken;

  const double jobs = 3000.0, without = 350.0 + p.halo_search * 200.0, looking = p.ojs_prob * jobs;
  const double lost = p.separation_rate * jobs, posts = posts_and_jobs(market.world, p).posts + lost;
  const double less = std::exp(-p.skill_slope * p.skill_slope);  // mean of e^(kappa s - kappa^2 / 2), s ~ N(-kappa, 1)
  const double suits = p.suitable_prob * (without * less + looking) / (without + looking);
  const double filled =
      posts * fill_probability((1.0 + p.applications) * (without + looking) / posts, suits, p.screen_max);
  EXPECT_NEAR(found, filled * without * less / (without * less + looking) / lost, 1e-9);
}

/// Skill lowers the probability that those without a job suit: by as much as the parameter itself where nobody else looks.
TEST(Turnover, AmongThoseWithoutAJobSkillCountsAsItsMeanEffect) {
  SmallMarket market;
  Params p = market.setting.params;
  p.ojs_prob = 0.0;
  const Finding with_skill = settle_turnover(market.world, p);
  p.suitable_prob *= std::exp(-p.skill_slope * p.skill_slope);
  p.skill_slope = 0.0;
  const Finding without_skill = settle_turnover(market.world, p);
  EXPECT_NEAR(with_skill.taken, without_skill.taken, 1e-7);
  for (std::size_t k = 0; k < with_skill.chance.size(); ++k)
    EXPECT_NEAR(with_skill.chance[k], without_skill.chance[k], 1e-7) << "cell " << k;
}

TEST(Turnover, InEachCommuneAsManyFindAsLoseAJob) {
  SmallMarket market;
  const Finding finding = settle_turnover(market.world, market.setting.params);
  const Flows f = flows_of(market, finding);
  const double rate = market.setting.params.separation_rate;
  EXPECT_NEAR(f.lost / f.jobs, rate, 1e-12) << "the mean hazard is the parameter";
  // Half a seeker at the usual chance is added to each count: factor * (lost at factor 1 + half) = found + half.
  // Keeping the means at 1 spreads what these halves leave over, below 1 %.
  const double half = 0.5 * rate * f.jobs / (350.0 + market.setting.params.halo_search * 200.0);
  for (std::size_t c = 0; c < 12; ++c)
    EXPECT_NEAR((f.lost_home[c] + half * market.column<RelativeExitAtHome>()[c]) / (f.found_home[c] + half), 1.0, 0.01)
        << "commune " << c;
}

/// People keep their age, whatever job they take: what is at rest in each band tells the hazards.
TEST(Turnover, AtEachAgeAsManyFindAsLoseAJob) {
  SmallMarket market;
  const auto age = market.column<Age>();
  const auto status = market.column<StatusOf>();
  for (std::size_t h = 0; h < age.size(); ++h) {  // a third of those without a job are young, a tenth of the others
    if (status[h] == Status::kAbsent) continue;
    const bool works = status[h] == Status::kEmployed || status[h] == Status::kSelfEmployed;
    age[h] = h % (works ? 10 : 3) == 0 ? 20 : (h % 7 == 0 ? 60 : 40);
  }
  const Finding finding = settle_turnover(market.world, market.setting.params);
  const Flows f = flows_of(market, finding);
  const double half = 0.5 * market.setting.params.separation_rate * f.jobs /
                      (350.0 + market.setting.params.halo_search * 200.0);  // half a seeker is added to each count
  for (std::size_t a = 0; a < kAgeBands; ++a)
    EXPECT_NEAR((f.lost_at[a] + half * market.column<RelativeExitAtAge>()[a]) / (f.found_at[a] + half), 1.0, 0.01)
        << "band " << a;
  EXPECT_GT(market.column<RelativeExitAtAge>()[0], 2.0) << "the young lose jobs more often";
  EXPECT_NEAR(f.lost / f.jobs, market.setting.params.separation_rate, 1e-12);
}

/// A trap: solved like the communes, hazards by occupation have no fixed point, since posts follow those who leave.
TEST(Turnover, HazardsByOccupationAreThoseOfTheData) {
  SmallMarket market;
  const std::vector<double> data{0.5, 0.8, 1.0, 1.4, 2.0};
  std::copy(data.begin(), data.end(), market.column<RelativeExit>().begin());
  settle_turnover(market.world, market.setting.params);
  for (std::size_t o = 0; o < 5; ++o) {
    EXPECT_NEAR(market.column<RelativeExit>()[o] / market.column<RelativeExit>()[0], data[o] / data[0], 1e-12)
        << "occupation " << o;
  }
}

TEST(Turnover, HomesAreAlikeWithoutLastingGapsAndWhereNobodyLosesAJob) {
  for (double Params::*off : {&Params::lasting_gaps, &Params::separation_rate}) {
    SmallMarket market;
    Params params = market.setting.params;
    params.*off = 0.0;
    settle_turnover(market.world, params);
    for (std::size_t z = 0; z < 15; ++z) EXPECT_EQ(market.column<RelativeExitAtHome>()[z], 1.0) << "place " << z;
    for (const double factor : market.column<RelativeExitAtAge>()) EXPECT_EQ(factor, 1.0);
  }
}

TEST(Turnover, WithoutOpenPostsAtTheStartHomesAreSolvedAllTheSame) {
  SmallMarket market;
  settle_turnover(market.world, market.setting.params);
  const std::vector<double> usual(market.column<RelativeExitAtHome>().begin(),
                                  market.column<RelativeExitAtHome>().end());
  Params params = market.setting.params;
  params.vacancy_rate_small = params.vacancy_rate_large = 0.0;
  settle_turnover(market.world, params);
  for (std::size_t z = 0; z < 12; ++z)
    EXPECT_NEAR(market.column<RelativeExitAtHome>()[z] / usual[z], 1.0, 0.1) << "commune " << z;
}

/// Everybody wants the best paid posts, of which there are as many as the data say: a mistake of the user, who is told
/// what to change. Where the posts follow the flows the same people come to rest.
TEST(Turnover, ParametersWithoutAStateOfRestAreRefused) {
  SmallMarket market;
  Params params = market.setting.params;
  params.wage_elasticity = 20.0;
  params.wage_curve = 1.0;
  try {
    settle_turnover(market.world, params);
    FAIL() << "it came to rest";
  } catch (const InputError& error) {
    EXPECT_EQ(error.exit(), Exit::kScenario);
    const std::string told = error.what();
    for (const std::string key : {"labour.wage_elasticity 20", "labour.wage_curve 1", "labour.vacancy_rate_small 0.063",
                                  "lower labour.wage_elasticity", "set both vacancy rates to 0"})
      EXPECT_NE(told.find(key), std::string::npos) << key << " is not in: " << told;
  }
  params.vacancy_rate_small = params.vacancy_rate_large = 0.0;
  EXPECT_NO_THROW(settle_turnover(market.world, params));
}

TEST(Turnover, VisitsReplaceTheInCommutersWhoLeave) {
  SmallMarket market;
  const Finding finding = settle_turnover(market.world, market.setting.params);
  std::vector<double> alike(5, 0.0), leaving(3, 0.0);
  double seekers = 0.0;
  for (std::size_t h = 0; h < market.world.rows<Person>(); ++h) {
    const std::size_t z = market.column<Home>()[h], o = market.column<OccupationOf>()[h];
    const Status status = market.column<StatusOf>()[h];
    const double seeks = status == Status::kUnemployed ? 1.0
                         : status == Status::kHalo     ? market.setting.params.halo_search
                                                       : 0.0;
    alike[o] += seeks;
    seekers += seeks;
    if (z >= 12 && status == Status::kEmployed)
      leaving[z - 12] += market.setting.params.separation_rate * market.column<RelativeExit>()[o] *
                         market.column<RelativeExitAtAge>()[age_band(market.column<Age>()[h])];
  }
  for (std::size_t z = 0; z < 3; ++z) {
    double chance = 0.0;
    for (std::size_t o = 0; o < 5; ++o) chance += alike[o] / seekers * finding.at(12 + z, o);
    const double applicants = market.column<ZoneUnemployed>()[z] * market.column<VisitShare>()[z];
    EXPECT_NEAR(applicants * chance, leaving[z], 1e-9 * leaving[z]) << "zone " << z;
  }
}

TEST(Turnover, AZoneWhoseUnemployedAreUnknownHasTheShareOfTheOthers) {
  SmallMarket market;
  const double applicants = market.column<ZoneUnemployed>()[2] * market.column<VisitShare>()[2];
  market.column<ZoneUnemployed>()[2] = 0.0;
  settle_turnover(market.world, market.setting.params);
  const auto unemployed = market.column<ZoneUnemployed>();
  const auto share = market.column<VisitShare>();
  const double usual = (unemployed[0] * share[0] + unemployed[1] * share[1]) / (unemployed[0] + unemployed[1]);
  EXPECT_NEAR(share[2], usual, 1e-12);
  EXPECT_NEAR(unemployed[2] * share[2] / applicants, 1.0, 0.02) << "the hazards moved a little with the posts";
}

TEST(Turnover, WhoTakesAJobHereIsNoLongerUnemployedInTheZone) {
  SmallMarket market;
  const double before = market.column<ZoneUnemployed>()[1];
  market.run(1, &count_zones);
  EXPECT_NEAR(market.column<ZoneUnemployed>()[1], before, 1e-9);
  market.column<InCommuters>()[1] += 40;
  market.run(1, &count_zones);
  EXPECT_NEAR(market.column<ZoneUnemployed>()[1], before - 40.0, 1e-9);
  market.column<InCommuters>()[1] += 1'000'000;
  market.run(1, &count_zones);
  EXPECT_EQ(market.column<ZoneUnemployed>()[1], 0.0);
}

}  // namespace
}  // namespace metier::labour
