#include "models/labour/counts.hpp"

#include "models/labour/initial.hpp"
#include "tests/support/labour/run_process.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

namespace metier::labour {
namespace {

using test::SmallMarket;

/// Everything that persons say about themselves (case V19).
struct Census {
  std::map<Status, std::int64_t> of_status;
  std::map<Row, std::int64_t> employees, owners, wages;
  std::map<std::size_t, std::int64_t> in_commuters, out_commuters;
  std::int64_t persons = 0, unemployed = 0, halo = 0, employed_residents = 0;
};
Census census(World& world) {
  Census c;
  const auto status = world.column<StatusOf>();
  const auto employer = world.column<Employer>();
  const auto home = world.column<Home>();
  const std::size_t communes = world.rows<sites::Commune>();
  for (std::size_t h = 0; h < status.size(); ++h) {
    ++c.of_status[status[h]];
    if (status[h] == Status::kAbsent) continue;
    ++c.persons;
    const bool at_work = status[h] == Status::kEmployed || status[h] == Status::kSelfEmployed;
    EXPECT_EQ(at_work, employer[h] != firms::kNoFirm) << "person " << h;
    EXPECT_EQ(status[h] == Status::kEmployed, world.column<Wage>()[h] > 0) << "person " << h;
    if (home[h] >= communes) {
      EXPECT_TRUE(at_work) << "people from outside work here or are not there";
    }
    if (!at_work) continue;
    if (home[h] < communes) ++c.employed_residents;
    if (works_outside(employer[h])) {
      EXPECT_LT(home[h], communes);
      ++c.out_commuters[outside_zone(employer[h])];
    } else {
      ++(status[h] == Status::kEmployed ? c.employees : c.owners)[employer[h]];
      c.wages[employer[h]] += world.column<Wage>()[h];
      if (home[h] >= communes) ++c.in_commuters[home[h] - communes];
    }
  }
  return c;
}

/// Compares the kept counts with the census.
void expect_counts(World& world, const std::string& when) {
  SCOPED_TRACE(when);
  Census c = census(world);
  std::int64_t sum = 0;
  for (const auto& [status, number] : c.of_status) sum += status == Status::kAbsent ? 0 : number;
  EXPECT_EQ(sum, c.persons);
  EXPECT_EQ(test::total<Unemployed>(world), c.of_status[Status::kUnemployed]);
  EXPECT_EQ(test::total<UnemployedByDuration>(world), c.of_status[Status::kUnemployed]);
  EXPECT_EQ(test::total<UnemployedByAge>(world), c.of_status[Status::kUnemployed]);
  EXPECT_EQ(test::total<Halo>(world), c.of_status[Status::kHalo]);
  EXPECT_EQ(test::total<EmployedResidents>(world), c.employed_residents);
  EXPECT_EQ(test::total<EmployedByAge>(world), c.employed_residents);
  for (std::size_t i = 0; i < world.rows<firms::Firm>(); ++i) {
    const auto row = static_cast<Row>(i);
    EXPECT_EQ(world.column<firms::Employees>()[i], c.employees[row]) << "establishment " << i;
    EXPECT_EQ(world.column<firms::SelfEmployed>()[i], c.owners[row]) << "establishment " << i;
    EXPECT_EQ(world.column<firms::WageBill>()[i], c.wages[row]) << "establishment " << i;
  }
  std::map<std::size_t, std::int64_t> by_commune;
  for (std::size_t i = 0; i < world.rows<firms::Firm>(); ++i) {
    by_commune[world.column<firms::CommuneOf>()[i]] += world.column<firms::Employees>()[i];
  }
  for (std::size_t k = 0; k < world.rows<sites::Commune>(); ++k) {
    EXPECT_EQ(world.column<EmployeesByCommune>()[k], by_commune[k]) << "commune " << k;
  }
  for (std::size_t z = 0; z < world.rows<ExternalZone>(); ++z) {
    EXPECT_EQ(world.column<InCommuters>()[z], c.in_commuters[z]) << "zone " << z;
    EXPECT_EQ(world.column<OutCommuters>()[z], c.out_commuters[z]) << "zone " << z;
  }
  const std::int64_t jobs = test::total<firms::Employees>(world);
  EXPECT_EQ(test::total<EmployeesBySector>(world), jobs);
  EXPECT_EQ(test::total<EmployeesBySize>(world), jobs);
  EXPECT_EQ(test::total<EmployeesByOccupation>(world), jobs);
  const std::int64_t wages = test::total<firms::WageBill>(world);
  EXPECT_EQ(test::total<WagesBySector>(world), wages);
  EXPECT_EQ(test::total<WagesByCommune>(world), wages);
  EXPECT_EQ(test::total<WagesByOccupation>(world), wages);
  std::int64_t posts = 0;
  for (const Row firm : world.column<VacancyFirm>()) posts += works_here(firm) ? 1 : 0;
  EXPECT_EQ(test::total<VacanciesBySector>(world), posts);
  EXPECT_EQ(test::total<VacanciesByCommune>(world), posts);
  EXPECT_EQ(test::total<VacanciesByOccupation>(world), posts);
  EXPECT_EQ(test::total<VacanciesBySize>(world), posts);
}

TEST(Headcount, PersonsAndEstablishmentsTellTheSameStoryEveryMonth) {  // case V19
  test::LabourSetting setting;
  World world;
  test::build_labour_world(world, test::small_labour(), setting.params);
  set_start(world, setting.params, Month{2018, 12});
  Schedule month = test::labour_month(setting);
  month.seal(world);
  month.run_start(world, test::labour_step(0));
  expect_counts(world, "t = 0");
  const std::int64_t residents =
      test::total<Unemployed>(world) + test::total<Halo>(world) + test::total<EmployedResidents>(world);
  EXPECT_EQ(residents, 3000 - 700 + 360 + 300 + 350 + 200);
  const auto kept = [&] {
    const auto list = [&](auto column) { return std::vector<std::int64_t>(column.begin(), column.end()); };
    return std::vector{list(world.column<EmployedNow>()),       list(world.column<EmployedByAge>()),
                       list(world.column<InCommuters>()),       list(world.column<EmployeesByOccupation>()),
                       list(world.column<OutCommuters>()),      list(world.column<WagesByOccupation>()),
                       list(world.column<SalariedResidents>()), list(world.column<EmployedResidents>())};
  };
  for (int t = 1; t <= 24; ++t) {
    // Establishments that grow and shrink, so that every kind of event happens.
    for (std::size_t i = 1; i < world.rows<firms::Firm>(); ++i) {
      const bool grows = (i + static_cast<std::size_t>(t)) % 7 == 0,
                 shrinks = (i + static_cast<std::size_t>(t)) % 5 == 0;
      world.column<firms::HiresWanted>()[i] = grows ? 1 : 0;
      world.column<firms::LayoffsWanted>()[i] = shrinks && world.column<firms::Employees>()[i] > 3 ? 1 : 0;
      world.column<firms::LabourTarget>()[i] += grows ? 1.0 : 0.0;
    }
    const std::int64_t jobs = test::total<firms::Employees>(world);
    month.run_month(world, test::labour_step(t));
    expect_counts(world, "month " + std::to_string(t));
    EXPECT_EQ(test::total<firms::Employees>(world) - jobs,
              test::total<HiresBySector>(world) - test::total<SeparationsBySector>(world))
        << "jobs change by hires and separations, month " << t;
    EXPECT_EQ(test::total<HiresByCommune>(world), test::total<HiresBySector>(world));
    EXPECT_EQ(test::total<HiresByOccupation>(world), test::total<HiresBySector>(world));
    EXPECT_GT(test::total<HiresBySector>(world), 0);
    EXPECT_EQ(test::total<Unemployed>(world) + test::total<Halo>(world) + test::total<EmployedResidents>(world),
              residents)
        << "residents neither come nor go, month " << t;
    const auto by_events = kept();
    test::run_process(world, test::labour_step(t), &take_census);
    EXPECT_EQ(by_events, kept()) << "what events keep is what a census finds, month " << t;
  }
}

TEST(Counts, BandsAreTheStatedOnes) {
  SmallMarket market;
  std::map<int, std::int64_t> durations, ages;
  std::int64_t long_term = 0;
  for (std::size_t h = 0; h < market.world.rows<Person>(); ++h) {
    if (market.column<StatusOf>()[h] != Status::kUnemployed) continue;
    const int months = market.column<Duration>()[h], years = market.column<Age>()[h];
    ++durations[months < 3 ? 0 : months < 6 ? 1 : months < 12 ? 2 : months < 24 ? 3 : 4];
    ++ages[years < 25 ? 0 : years < 55 ? 1 : 2];
    long_term += months >= 12 ? 1 : 0;
  }
  for (int k = 0; k < 5; ++k)
    EXPECT_EQ(market.column<UnemployedByDuration>()[static_cast<std::size_t>(k)], durations[k]);
  for (int k = 0; k < 3; ++k) EXPECT_EQ(market.column<UnemployedByAge>()[static_cast<std::size_t>(k)], ages[k]);
  EXPECT_EQ(market.sum<LongTermUnemployed>(), long_term);
  EXPECT_GT(long_term, 0);
}

TEST(Counts, TheReferenceOfTightnessIsKeptFromTheFirstPostsOn) {
  SmallMarket market;
  const auto reference = market.column<TightnessReference>();
  const auto vacancies = market.column<VacanciesByOccupation>();
  const std::vector<std::int64_t> posts(vacancies.begin(), vacancies.end());
  std::fill(vacancies.begin(), vacancies.end(), 0);
  market.run(0, &observe_tightness);
  EXPECT_EQ(reference[0], 0.0) << "nothing to see yet";
  std::copy(posts.begin(), posts.end(), vacancies.begin());
  market.run(1, &observe_tightness);
  std::int64_t people = 0;
  for (std::size_t c = 0; c < 12; ++c) people += market.column<Unemployed>()[c * 5];
  const double first = (static_cast<double>(posts[0]) + 0.5) / (static_cast<double>(people) + 0.5);
  EXPECT_DOUBLE_EQ(reference[0], first);
  vacancies[0] *= 2;
  market.run(2, &observe_tightness);
  EXPECT_DOUBLE_EQ(reference[0], first) << "a reference does not move";
}

TEST(Counts, APostOutsideFindsAsManyApplicantsAsOneHere) {
  SmallMarket market;
  const double beta = market.setting.params.beta_travel;
  const auto minutes = market.column<sites::CarMinutes>();
  const auto jobs = market.column<EmployeesByCommune>();
  const auto easy = [&](std::size_t from, std::size_t to) {
    return std::exp(-beta * static_cast<double>(minutes[from * 15 + to]));
  };
  std::vector<double> people(12, 0.0);
  for (std::size_t c = 0; c < 12; ++c) {
    for (std::size_t o = 0; o < 5; ++o) {
      people[c] +=
          static_cast<double>(market.column<Unemployed>()[c * 5 + o] + market.column<EmployedResidents>()[c * 5 + o]);
    }
  }
  const auto applicants = [&](std::size_t place) {
    double sum = 0.0;
    for (std::size_t z = 0; z < 12; ++z) {
      double reach = 0.0;
      for (std::size_t c = 0; c < 12; ++c) reach += static_cast<double>(jobs[c]) * easy(z, c);
      sum += people[z] * easy(z, place) / reach;
    }
    return sum;
  };
  double here = 0.0;
  for (std::size_t c = 0; c < 12; ++c) here += static_cast<double>(jobs[c]) * applicants(c) / 3000.0;
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(market.column<Pull>()[k] * applicants(12 + k) / here, 1.0, 1e-12) << "zone " << k;
  }
}

}  // namespace
}  // namespace metier::labour
