#include "models/synthesis/persons.hpp"

#include "models/labour/columns.hpp"
#include "sim/core/parallel.hpp"
#include "tests/unit/synthesis_people/pack.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>

namespace metier::synthesis {
namespace {

using labour::Status;

struct Built : Territory {
  labour::Params labour;
  explicit Built(double scale, std::uint64_t seed = 20210219) : Territory(scale) {
    keys.population_seed = seed;
    labour.minimum_wage_path =
        labour::read_minimum_wage(METIER_SOURCE_DIR "/scenarios/paths/minimum_wage.csv", problems);
    problems.raise_if_any(Exit::kData);
    build_persons(pack, people, params, labour, keys, world, report);
  }
};

TEST(Persons, EveryMarginIsMet) {
  Built built(1.0);
  for (const ReportRow& row : built.report.rows()) {
    EXPECT_TRUE(row.met()) << row.margin << " " << row.cell << ": asked " << row.asked << ", obtained " << row.obtained;
  }
}

TEST(Persons, JobsAndPeopleAgree) {
  Built built(0.1);
  World& world = built.world;
  const auto status = world.column<labour::StatusOf>();
  const auto employer = world.column<labour::Employer>();
  const auto wage = world.column<labour::Wage>();
  const auto home = world.column<labour::Home>();
  const auto cell = world.column<labour::Cell>();
  const auto employees = world.column<firms::Employees>();
  const auto owners = world.column<firms::SelfEmployed>();
  const auto bill = world.column<firms::WageBill>();
  std::vector<std::int32_t> staff(employees.size(), 0), own(employees.size(), 0);
  std::vector<std::int64_t> pay(employees.size(), 0);
  const std::size_t communes = built.pack.communes.size();
  for (std::size_t h = 0; h < status.size(); ++h) {
    if (h > 0) {
      EXPECT_LE(home[h - 1], home[h]);
    }
    const bool resident = home[h] < communes;
    EXPECT_EQ(cell[h] == labour::kNoCell, !resident);
    if (resident) {
      EXPECT_EQ(cell[h] / 5, home[h]);
    }
    EXPECT_EQ(wage[h] > 0, status[h] == Status::kEmployed);
    EXPECT_EQ(employer[h] != firms::kNoFirm, status[h] == Status::kEmployed || status[h] == Status::kSelfEmployed);
    if (status[h] == Status::kAbsent) {
      EXPECT_FALSE(resident);
    }
    if (employer[h] == firms::kNoFirm || employer[h] >= firms::kOutsideEmployer) continue;
    (status[h] == Status::kSelfEmployed ? own : staff)[employer[h]] += 1;
    pay[employer[h]] += wage[h];
    if (wage[h] > 0) {
      EXPECT_GE(wage[h], 149847);  // SMIC of 2018: 1 498.47 EUR gross
    }
  }
  for (std::size_t i = 0; i < staff.size(); ++i) {
    EXPECT_EQ(staff[i], employees[i]) << i;
    EXPECT_EQ(own[i], owners[i]) << i;
    EXPECT_EQ(pay[i], bill[i]) << i;
  }
}

TEST(Persons, QuintilesHoldAFifthEach) {
  Built built(0.1);
  std::vector<double> count(5, 0.0);
  for (const std::uint16_t cell : built.world.column<labour::Cell>()) {
    if (cell != labour::kNoCell) count[cell % 5] += 1.0;
  }
  const double total = std::accumulate(count.begin(), count.end(), 0.0);
  for (const double n : count) EXPECT_NEAR(n, total / 5.0, 1.0);
}

TEST(Persons, RowsOfMatricesSumToOne) {
  Built built(0.02);
  const std::size_t occupations = built.people.occupations.size();
  const auto sums = [&](auto column) {
    for (std::size_t row = 0; row < column.size(); row += occupations) {
      double sum = 0.0;
      for (std::size_t k = row; k < row + occupations; ++k) sum += column[k];
      EXPECT_NEAR(sum, 1.0, 1e-12);
    }
  };
  sums(built.world.column<labour::Mobility>());
  sums(built.world.column<labour::Staffing>());
}

// Richer communes hold more posts of the higher level: a positive rank correlation, none without the tilt.
TEST(Persons, TiltOrdersCommunesByLivingStandard) {
  Built built(0.3);
  const auto home = built.world.column<labour::Home>();
  const auto occupation = built.world.column<labour::OccupationOf>();
  const auto status = built.world.column<labour::StatusOf>();
  std::vector<double> high(built.pack.communes.size(), 0.0), all(high.size(), 0.0);
  for (std::size_t h = 0; h < home.size(); ++h) {
    if (home[h] >= high.size() || status[h] != Status::kEmployed) continue;
    all[home[h]] += 1.0;
    if (built.people.occupations[occupation[h]].high) high[home[h]] += 1.0;
  }
  double concordant = 0.0, pairs = 0.0;
  for (std::size_t a = 0; a < high.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      if (all[a] < 500.0 || all[b] < 500.0) continue;
      const double by_share = high[a] / all[a] - high[b] / all[b];
      const double by_income = built.people.communes[a].living_standard - built.people.communes[b].living_standard;
      concordant += by_share * by_income > 0.0 ? 1.0 : -1.0;
      pairs += 1.0;
    }
  }
  EXPECT_GT(concordant / pairs, 0.3);
}

TEST(Persons, SameForAnyNumberOfThreads) {
  std::vector<std::uint64_t> hashes;
  for (const int n : {1, 2, 3, 7}) {
    set_threads(n);
    Built built(0.02);
    std::uint64_t hash = 0;
    for (const auto& [name, store] : built.world.columns()) {
      hash = hash64(hash, key_of(name), hash_bytes(store.bytes().data(), store.bytes().size()));
    }
    hashes.push_back(hash);
  }
  set_threads(1);
  for (const std::uint64_t hash : hashes) EXPECT_EQ(hash, hashes[0]);
}

TEST(Persons, AnotherSeedIsAnotherPopulation) {
  Built one(0.02), other(0.02, 7);
  const auto a = one.world.column<labour::Skill>(), b = other.world.column<labour::Skill>();
  EXPECT_FALSE(std::equal(a.begin(), a.begin() + 100, b.begin()));
}

}  // namespace
}  // namespace metier::synthesis
