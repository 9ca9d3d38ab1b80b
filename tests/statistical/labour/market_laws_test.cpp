#include "models/labour/counts.hpp"
#include "models/labour/matching.hpp"
#include "models/labour/seekers.hpp"
#include "models/labour/separation.hpp"
#include "models/labour/vacancies.hpp"
#include "tests/statistical/labour/alarm.hpp"
#include "tests/support/labour/run_process.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <vector>

namespace metier::labour {
namespace {

using test::SmallMarket;

/// Chi-square of counts against expectations as a standard normal number (Wilson & Hilferty); cells of less than 10
/// expected are left out, so that the approximation holds.
class ChiSquare {
 public:
  void add(double observed, double expected) {
    if (expected < 10.0) return;
    sum_ += (observed - expected) * (observed - expected) / expected;
    cells_ += 1.0;
  }
  /// constraints: how many totals were taken from the counts themselves
  [[nodiscard]] double normal(double constraints) const {
    const double k = cells_ - constraints;
    return (std::cbrt(sum_ / k) - (1.0 - 2.0 / (9.0 * k))) / std::sqrt(2.0 / (9.0 * k));
  }
  [[nodiscard]] double cells() const { return cells_; }

 private:
  double sum_ = 0.0, cells_ = 0.0;
};

void open(SmallMarket& market, int month) {
  const Params& p = market.setting.params;
  Params nobody_leaves = p;
  nobody_leaves.separation_rate = 0.0;
  market.run(month, &open_month);
  market.run(month, &separate, nobody_leaves);  // draws who looks around
  market.run(month, &post_vacancies);
  market.run(month, &reserve_pool);
  market.run(month, &open_market, p);
  market.run(month, &find_seekers, p);
}
Market& memory(SmallMarket& market) { return market.world.scratch<Market>(); }
Seekers& seekers(SmallMarket& market) { return market.world.scratch<Seekers>(); }

TEST(ApplicationLaw, IsPostsTimesMobilityTimesDeterrenceTimesWage) {
  test::LabourSize size = test::small_labour();
  size.unemployed = 20'000;
  size.establishments = 2000;
  size.salaried_jobs = 20'000;
  SmallMarket market(size);
  Params& p = market.setting.params;
  p.rounds = 1;
  for (auto& workers : market.column<OutCommuters>()) workers -= 15;  // posts outside too
  std::map<std::size_t, std::map<std::size_t, double>> sent;          // (home, occupation) -> cell -> applications
  for (int month = 1; month <= 10; ++month) {
    open(market, month);
    market.run(month, &apply, p, kRounds[0]);
    const Market& m = memory(market);
    for (std::size_t a = 0; a < m.application_vacancy.size(); ++a) {
      const std::size_t s = m.applications[a].seeker(), v = m.application_vacancy[a];
      const std::size_t from = seekers(market).who[s].home * 5u + seekers(market).who[s].occupation;
      sent[from][m.zone[v] * 5u + market.column<VacancyOccupation>()[v]] += 1.0;
    }
  }
  const Market& m = memory(market);
  std::vector<double> posts(15 * 5, 0.0), wages(15 * 5, 0.0);
  for (std::size_t v = 0; v < market.world.rows<Vacancy>(); ++v) {
    const std::size_t cell = m.zone[v] * 5u + market.column<VacancyOccupation>()[v];
    posts[cell] += 1.0;
    wages[cell] += std::exp(m.log_wage[v]);
  }
  ChiSquare chi;
  double groups = 0.0;
  for (const auto& [from, cells] : sent) {
    const std::size_t home = from / 5, occupation = from % 5;
    std::vector<double> weight(15 * 5, 0.0);
    double sum = 0.0, n = 0.0;
    for (std::size_t cell = 0; cell < weight.size(); ++cell) {
      const std::size_t place = cell / 5, to = cell % 5;
      if (posts[cell] == 0.0 || (home >= 12 && place >= 12)) continue;
      const double attraction = place >= 12 ? market.column<Pull>()[place - 12] : 1.0;
      weight[cell] =
          posts[cell] * attraction * market.column<Mobility>()[occupation * 5 + to] *
          std::exp(-p.beta_travel * static_cast<double>(market.column<sites::CarMinutes>()[home * 15 + place])) *
          std::pow(wages[cell] / posts[cell] / 1e5, p.wage_elasticity);
      sum += weight[cell];
    }
    for (const auto& [cell, number] : cells) n += number;
    for (std::size_t cell = 0; cell < weight.size(); ++cell) {
      const auto found = cells.find(cell);
      const double observed = found == cells.end() ? 0.0 : found->second;
      if (weight[cell] == 0.0) {
        EXPECT_EQ(observed, 0.0);
      }
      chi.add(observed, n * weight[cell] / sum);
    }
    groups += 1.0;
  }
  ASSERT_GT(chi.cells(), 1500.0);
  EXPECT_LT(std::abs(chi.normal(groups)), kAlarm) << "false alarm 1e-6";
}

TEST(ApplicationLaw, NumbersAreOnePlusPoisson) {
  test::LabourSize size = test::small_labour();
  size.unemployed = 30'000;
  SmallMarket market(size);
  market.setting.params.applications = 4.0;
  open(market, 1);
  std::vector<double> seen(40, 0.0);
  double n = 0.0;
  for (const std::uint8_t a : seekers(market).applications) {
    seen[a] += 1.0;
    n += 1.0;
  }
  EXPECT_EQ(seen[0], 0.0);
  ChiSquare chi;
  double p = std::exp(-4.0);
  for (std::size_t k = 0; k < 30; ++k) {
    chi.add(seen[k + 1], n * p);
    p *= 4.0 / static_cast<double>(k + 1);
  }
  EXPECT_LT(std::abs(chi.normal(0.0)), kAlarm);
}

TEST(ApplicationLaw, SomeOfThoseAtWorkLookAround) {
  test::LabourSize size = test::small_labour();
  size.salaried_jobs = 60'000;
  SmallMarket market(size);
  open(market, 1);
  double looking = 0.0;
  const auto n = static_cast<double>(
      std::count(market.column<StatusOf>().begin(), market.column<StatusOf>().end(), Status::kEmployed));
  for (const Row h : seekers(market).row) {
    if (h != kNoPerson && market.column<StatusOf>()[h] == Status::kEmployed) looking += 1.0;
  }
  EXPECT_LT(std::abs(looking - 0.05 * n), kAlarm * std::sqrt(0.05 * 0.95 * n)) << looking << " of " << n;
}

TEST(Screening, APostFillsWithTheProbabilityThatOneOfItsApplicantsSuits) {
  // Many seekers with one application each, one occupation, nobody refuses: P(fill) = 1 - (1 - p)^m = .556 at (.15, 5).
  test::LabourSize size = test::small_labour();
  size.occupations = 1;
  size.communes = 3;
  size.establishments = 3000;
  size.salaried_jobs = 12'000;
  size.in_commuters = 0;
  size.unemployed = 40'000;
  Params params;
  params.applications = 0.0;
  params.skill_slope = 0.0;
  params.reservation_start = params.reservation_end = 0.01;
  params.ojs_prob = 0.0;
  params.rounds = 1;
  SmallMarket market(size, params);
  open(market, 1);
  market.run(1, &apply, params, kRounds[0]);
  market.run(1, &resolve, params, kRounds[0]);
  market.run(1, &hire);
  const Market& m = memory(market);
  double n = 0.0, filled = 0.0;
  for (std::size_t v = 0; v < m.filled.size(); ++v) {
    if (m.screened[v] < 5) continue;
    n += 1.0;
    filled += m.filled[v];
  }
  const double expected = 1.0 - std::pow(1.0 - 0.15, 5.0);
  EXPECT_NEAR(expected, 0.556, 0.0005);
  ASSERT_GT(n, 400.0);
  EXPECT_LT(std::abs(filled - expected * n), kAlarm * std::sqrt(expected * (1.0 - expected) * n))
      << filled << " of " << n;
}

TEST(Screening, LongUnemploymentHurts) {
  // Fit decides between those who suit; with chi = 0 the long unemployed are hired as often as the others.
  test::LabourSize size = test::small_labour();
  size.occupations = 1;
  size.communes = 3;
  size.establishments = 3000;
  size.salaried_jobs = 12'000;
  size.in_commuters = 0;
  size.unemployed = 10'000;
  const auto share_of_long = [&](double penalty) {
    Params params;
    params.duration_penalty = penalty;
    params.suitable_prob = 0.8;
    params.skill_slope = 0.0;
    params.reservation_start = params.reservation_end = 0.01;
    params.ojs_prob = params.halo_search = 0.0;
    SmallMarket market(size, params);
    double hired = 0.0, late = 0.0;
    for (int month = 1; month <= 4; ++month) {
      open(market, month);
      const std::vector<std::uint8_t> duration(market.column<Duration>().begin(), market.column<Duration>().end());
      for (int r = 0; r < 2; ++r) {
        market.run(month, &apply, params, kRounds[r]);
        market.run(month, &resolve, params, kRounds[r]);
        market.run(month, &hire);
      }
      for (std::size_t h = 0; h < duration.size(); ++h) {
        if (market.column<HiredIn>()[h] != month) continue;
        hired += 1.0;
        late += duration[h] >= 12 ? 1.0 : 0.0;
      }
      market.run(month, &close_vacancies);
      market.run(month, &count_people);
    }
    return std::pair(late / hired, hired);
  };
  const auto [fair, n] = share_of_long(0.0);
  const auto [strict, m] = share_of_long(3.0);
  ASSERT_GT(n, 300.0);
  EXPECT_LT(strict, fair - kAlarm * std::sqrt(0.25 / n + 0.25 / m)) << "the penalty lowers their share";
}

TEST(NewPosts, HaveTheOccupationsOfReplacements) {  // weights staffing * relative exit of the sector
  SmallMarket market;
  for (auto& firm : market.column<firms::HiresWanted>())
    firm = 30;  // an economy that asks for more than four times its people is refused
  for (auto& target : market.column<firms::LabourTarget>()) target += 30.0;
  market.run(1, &post_vacancies);
  std::vector<double> seen(6 * 5, 0.0), all(6, 0.0);
  for (std::size_t v = 0; v < market.world.rows<Vacancy>(); ++v) {
    const Row firm = market.column<VacancyFirm>()[v];
    if (works_outside(firm) || market.column<VacancyAge>()[v] != 0) continue;
    const std::size_t s = market.column<firms::SectorOf>()[firm];
    seen[s * 5 + market.column<VacancyOccupation>()[v]] += 1.0;
    all[s] += 1.0;
  }
  ChiSquare chi;
  for (std::size_t s = 0; s < 6; ++s) {
    double sum = 0.0;
    for (std::size_t o = 0; o < 5; ++o) sum += market.column<Staffing>()[s * 5 + o] * market.column<RelativeExit>()[o];
    for (std::size_t o = 0; o < 5; ++o) {
      chi.add(seen[s * 5 + o], all[s] * market.column<Staffing>()[s * 5 + o] * market.column<RelativeExit>()[o] / sum);
    }
  }
  EXPECT_GT(chi.cells(), 25.0);
  EXPECT_LT(std::abs(chi.normal(6.0)), kAlarm);
}

}  // namespace
}  // namespace metier::labour
