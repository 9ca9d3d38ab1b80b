#include "models/labour/bands.hpp"
#include "models/labour/separation.hpp"
#include "models/labour/spells.hpp"
#include "tests/statistical/labour/alarm.hpp"
#include "tests/support/labour/run_process.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace metier::labour {
namespace {

using test::SmallMarket;

/// Successes of n independent trials of probability p, as a number of standard errors from its mean.
double deviation(double successes, double n, double p) { return (successes - n * p) / std::sqrt(n * p * (1.0 - p)); }

test::LabourSize large() {
  test::LabourSize size = test::small_labour();
  size.establishments = 6000;
  size.salaried_jobs = 60'000;
  size.in_commuters = 10'000;
  size.unemployed = 20'000;
  size.halo = 10'000;
  return size;
}

TEST(SeparationRate, IsThatOfTheOccupationTheHomeAndTheAgeInEveryMonth) {
  SmallMarket market(large());
  Params& p = market.setting.params;
  p.separation_rate = 0.011;
  const auto at_home = market.column<RelativeExitAtHome>();
  for (std::size_t z = 0; z < at_home.size(); ++z) at_home[z] = z % 2 == 0 ? 0.6 : 1.5;
  const std::vector<double> of_age{1.8, 1.0, 0.5};
  std::copy(of_age.begin(), of_age.end(), market.column<RelativeExitAtAge>().begin());
  for (int month = 1; month <= 6; ++month) {
    const std::vector<Status> before(market.column<StatusOf>().begin(), market.column<StatusOf>().end());
    std::vector<double> jobs(30, 0.0), ended(30, 0.0);  // by age, occupation, homes of even and of odd number
    market.run(month, &open_month);
    market.run(month, &separate, p);
    for (std::size_t h = 0; h < before.size(); ++h) {
      if (before[h] != Status::kEmployed) continue;
      const std::size_t k =
          10 * age_band(market.column<Age>()[h]) + 2 * market.column<OccupationOf>()[h] + market.column<Home>()[h] % 2u;
      jobs[k] += 1.0;
      ended[k] += market.column<StatusOf>()[h] != Status::kEmployed ? 1.0 : 0.0;
    }
    for (std::size_t k = 0; k < 30; ++k) {
      const double rate =
          p.separation_rate * of_age[k / 10] * market.column<RelativeExit>()[k % 10 / 2] * (k % 2 == 0 ? 0.6 : 1.5);
      EXPECT_LT(std::abs(deviation(ended[k], jobs[k], rate)), kAlarm)
          << "month " << month << " age " << k / 10 << " occupation " << k % 10 / 2 << " jobs " << jobs[k] << " ended "
          << ended[k] << " rate " << rate << "; false alarm 2e-4 for the 180 comparisons";
    }
  }
}

TEST(SeparationRate, MonthsAreIndependent) {
  // Who left in month 1 and was put back has the rate of everybody else in month 2.
  SmallMarket market(large());
  Params& p = market.setting.params;
  p.separation_rate = 0.2;
  std::fill(market.column<RelativeExit>().begin(), market.column<RelativeExit>().end(), 1.0);
  std::fill(market.column<RelativeExitAtHome>().begin(), market.column<RelativeExitAtHome>().end(), 1.0);
  const std::vector<Status> status(market.column<StatusOf>().begin(), market.column<StatusOf>().end());
  const std::vector<Row> employer(market.column<Employer>().begin(), market.column<Employer>().end());
  const std::vector<std::int32_t> employees(market.column<firms::Employees>().begin(),
                                            market.column<firms::Employees>().end());
  const std::vector<std::int64_t> bills(market.column<firms::WageBill>().begin(),
                                        market.column<firms::WageBill>().end());
  std::vector<std::uint8_t> left(status.size(), 0);
  double n = 0.0, again = 0.0;
  for (int month = 1; month <= 2; ++month) {
    market.run(month, &open_month);
    market.run(month, &separate, p);
    for (std::size_t h = 0; h < status.size(); ++h) {
      if (status[h] != Status::kEmployed) continue;
      const bool goes = market.column<StatusOf>()[h] != Status::kEmployed;
      if (month == 1) {
        left[h] = goes ? 1 : 0;
      } else if (left[h] == 1) {
        n += 1.0;
        again += goes ? 1.0 : 0.0;
      }
    }
    std::copy(status.begin(), status.end(), market.column<StatusOf>().begin());
    std::copy(employer.begin(), employer.end(), market.column<Employer>().begin());
    std::copy(employees.begin(), employees.end(), market.column<firms::Employees>().begin());
    std::copy(bills.begin(), bills.end(), market.column<firms::WageBill>().begin());
    for (auto& wage : market.column<Wage>()) wage = std::max(wage, 0);
  }
  EXPECT_GT(n, 10'000.0);
  EXPECT_LT(std::abs(deviation(again, n, 0.2)), kAlarm) << again << " of " << n << "; false alarm 1e-6";
}

TEST(Dismissals, HitTheLastHiredWithTheStatedProbability) {
  // One dismissal at each establishment: the last hired of n goes with probability q + (1 - q) / n.
  SmallMarket market(large());
  market.setting.params.lifo_share = 0.7;
  const auto employees = market.column<firms::Employees>();
  const std::vector<std::int32_t> staff(employees.begin(), employees.end());
  for (std::size_t i = 1; i < staff.size(); ++i) market.column<firms::LayoffsWanted>()[i] = staff[i] >= 4 ? 1 : 0;
  market.setting.params.separation_rate = 0.0;
  std::vector<std::int16_t> newest(staff.size(), -1000);
  std::vector<int> with_newest(staff.size(), 0);
  std::vector<Row> employer(market.column<Employer>().begin(), market.column<Employer>().end());
  const auto is_staff = [&](std::size_t h) {
    return market.column<StatusOf>()[h] == Status::kEmployed && employer[h] < staff.size();
  };
  std::vector<std::uint8_t> counted(employer.size(), 0);
  for (std::size_t h = 0; h < employer.size(); ++h) {
    if (!is_staff(h)) continue;
    counted[h] = 1;
    const std::int16_t hired = market.column<HiredIn>()[h];
    if (hired > newest[employer[h]]) {
      newest[employer[h]] = hired;
      with_newest[employer[h]] = 0;
    }
    if (hired == newest[employer[h]]) ++with_newest[employer[h]];
  }
  market.run(1, &open_month);
  market.run(1, &separate, market.setting.params);
  market.run(1, &lay_off, market.setting.params);
  double mean = 0.0, variance = 0.0, seen = 0.0;
  for (std::size_t h = 0; h < employer.size(); ++h) {
    if (counted[h] == 0 || market.column<StatusOf>()[h] == Status::kEmployed) continue;
    const std::size_t i = employer[h];
    const double chance = 0.7 + 0.3 * with_newest[i] / staff[i];  // ties of the newest: one of them goes, whichever
    mean += chance;
    variance += chance * (1.0 - chance);
    seen += market.column<HiredIn>()[h] == newest[i] ? 1.0 : 0.0;
  }
  EXPECT_GT(mean, 500.0);
  EXPECT_LT(std::abs(seen - mean), kAlarm * std::sqrt(variance))
      << seen << " expected " << mean << "; false alarm 1e-6";
}

TEST(HaloFlows, HaveTheStatedRates) {
  SmallMarket market(large());
  Params& p = market.setting.params;
  p.halo_entry_factor = 0.9;
  p.halo_entry_after = 18;
  market.column<HaloEntryAtRest>()[0] = 0.05;
  p.halo_return = 0.04;
  const double posts = static_cast<double>(test::total<VacanciesBySector>(market.world));
  const double unemployed = static_cast<double>(test::total<Unemployed>(market.world));
  const std::vector<Status> before(market.column<StatusOf>().begin(), market.column<StatusOf>().end());
  market.run(1, &age_spells, p);
  double late = 0.0, entered = 0.0, halo = 0.0, back = 0.0;
  for (std::size_t h = 0; h < before.size(); ++h) {
    const Status now = market.column<StatusOf>()[h];
    if (before[h] == Status::kUnemployed && market.column<Duration>()[h] > p.halo_entry_after) {
      late += 1.0;
      entered += now == Status::kHalo ? 1.0 : 0.0;
    } else if (before[h] == Status::kHalo) {
      halo += 1.0;
      back += now == Status::kUnemployed ? 1.0 : 0.0;
    }
  }
  ASSERT_GT(late, 1000.0);
  EXPECT_LT(std::abs(deviation(entered, late, 0.045)), kAlarm) << entered << " of " << late;
  EXPECT_LT(std::abs(deviation(back, halo, 0.04 * posts / unemployed)), kAlarm) << back << " of " << halo;
}

}  // namespace
}  // namespace metier::labour
