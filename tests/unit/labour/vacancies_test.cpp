#include "models/labour/vacancies.hpp"

#include "models/labour/initial.hpp"
#include "tests/support/labour/run_process.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <tuple>
#include <vector>

namespace metier::labour {
namespace {

using test::SmallMarket;

/// Open posts by establishment.
std::map<Row, int> open_posts(World& world) {
  std::map<Row, int> open;
  for (const Row firm : world.column<VacancyFirm>()) ++open[firm];
  return open;
}
std::size_t first_employer(SmallMarket& market) {
  std::size_t i = 1;
  while (market.column<firms::Employees>()[i] == 0) ++i;
  return i;
}

TEST(Vacancies, RatesOfTheStartAreThoseAskedFor) {
  test::LabourSize size = test::small_labour();
  size.establishments = 5000;
  size.salaried_jobs = 30'000;
  SmallMarket market(size);
  double small = 0.0, large = 0.0, small_posts = 0.0, large_posts = 0.0;
  const auto employees = market.column<firms::Employees>();
  const std::map<Row, int> open = open_posts(market.world);
  double outside = 0.0;
  for (const auto& [firm, n] : open) {
    if (firm >= firms::kOutsideEmployer) {
      outside += n;
      continue;
    }
    EXPECT_GT(employees[firm], 0) << "only employers have posts at t = 0";
    (employees[firm] < 10 ? small_posts : large_posts) += n;
  }
  for (const std::int32_t n : employees) (n < 10 ? small : large) += n;
  // Rounded by lot: standard deviation below half the root of the number of establishments (about 2 000), 5 of them.
  EXPECT_NEAR(small_posts / (small + small_posts), 0.063, 5 * 0.5 * 45 / small);
  EXPECT_NEAR(large_posts / (large + large_posts), 0.024, 5 * 0.5 * 20 / large);
  const double expected = small * 0.063 / 0.937 + large * 0.024 / 0.976;
  EXPECT_NEAR(outside, 360.0 * expected / (small + large), 1.5) << "the mean rate of here; three zones rounded by lot";
  for (std::size_t z = 0; z < 3; ++z) {
    EXPECT_EQ(
        market.column<OutsidePosts>()[z],
        market.column<OutCommuters>()[z] + open_posts(market.world)[firms::kOutsideEmployer + static_cast<Row>(z)]);
  }
}

TEST(Vacancies, NothingChangesWhereStaffAndPostsMakeUpTheTarget) {
  SmallMarket market;
  std::set<std::uint64_t> before(market.column<VacancyKey>().begin(), market.column<VacancyKey>().end());
  market.run(1, &post_vacancies);
  std::set<std::uint64_t> after(market.column<VacancyKey>().begin(), market.column<VacancyKey>().end());
  EXPECT_EQ(after, before);
}

TEST(Vacancies, ReplacementsAndGrowthOpenPostsUpToTheNeed) {
  SmallMarket market;
  const std::size_t i = first_employer(market);
  const int open = open_posts(market.world)[static_cast<Row>(i)];
  market.column<ReplacementsDue>()[i] = 2;
  market.column<firms::HiresWanted>()[i] = 3;
  const double staff = market.column<firms::Employees>()[i] + market.column<firms::SelfEmployed>()[i];
  market.column<firms::LabourTarget>()[i] = staff + open + 4.4;  // one less than asked for
  market.run(1, &post_vacancies);
  EXPECT_EQ(open_posts(market.world)[static_cast<Row>(i)], open + 4);
  EXPECT_EQ(market.column<ReplacementsDue>()[i], 0) << "advertised, not owed any more";
}

TEST(Vacancies, WithoutATargetNothingLimitsReplacements) {
  SmallMarket market;
  const std::size_t i = first_employer(market);
  const int open = open_posts(market.world)[static_cast<Row>(i)];
  market.column<ReplacementsDue>()[i] = 7;
  market.column<firms::LabourTarget>()[i] = 0.0;
  market.run(1, &post_vacancies);
  EXPECT_EQ(open_posts(market.world)[static_cast<Row>(i)], open + 7);
}

TEST(Vacancies, TheYoungestPostsAreWithdrawnFirst) {
  SmallMarket market;
  const std::size_t i = first_employer(market);
  const double staff = market.column<firms::Employees>()[i] + market.column<firms::SelfEmployed>()[i];
  market.column<firms::LabourTarget>()[i] = staff + 5.0;
  market.column<firms::HiresWanted>()[i] = 5;
  market.run(1, &post_vacancies);
  const auto firm = market.column<VacancyFirm>();
  const auto age = market.column<VacancyAge>();
  std::vector<std::uint64_t> oldest;
  std::uint8_t months = 1;
  for (std::size_t v = 0; v < firm.size(); ++v) {
    if (firm[v] != i) continue;
    age[v] = months++;
    if (age[v] > 3) oldest.push_back(market.column<VacancyKey>()[v]);
  }
  ASSERT_EQ(months, 6) << "five posts are open";
  market.column<firms::HiresWanted>()[i] = 0;
  market.column<firms::LabourTarget>()[i] = staff + 2.0;
  market.run(2, &post_vacancies);
  std::vector<std::uint64_t> left;
  for (std::size_t v = 0; v < market.column<VacancyFirm>().size(); ++v) {
    if (market.column<VacancyFirm>()[v] == i) left.push_back(market.column<VacancyKey>()[v]);
  }
  std::sort(left.begin(), left.end());
  std::sort(oldest.begin(), oldest.end());
  EXPECT_EQ(left, oldest);
}

TEST(Vacancies, PostsOutsideReplaceTheResidentsWhoNoLongerWorkThere) {
  SmallMarket market;
  std::map<Row, int> start = open_posts(market.world);
  market.column<OutCommuters>()[1] -= 10;
  market.run(1, &post_vacancies);
  std::map<Row, int> open = open_posts(market.world);
  EXPECT_EQ(open[firms::kOutsideEmployer], start[firms::kOutsideEmployer]);
  EXPECT_EQ(open[firms::kOutsideEmployer + 1], start[firms::kOutsideEmployer + 1] + 10);
  market.run(2, &post_vacancies);
  EXPECT_EQ(open_posts(market.world), open) << "open posts are not advertised a second time";
}

TEST(Vacancies, PostsOutsideMoveWithDemandThereAndAgainstProductivity) {
  SmallMarket market;  // zones of the rest of France
  market.world.set_rows<outside::ZoneGood>(outside::kZoneGroups * 2);
  const auto base = market.column<outside::BaseExports>();
  const auto demand = market.column<outside::DemandIndex>();
  base[0] = 30.0;
  base[1] = 10.0;
  demand[0] = 1.2;
  demand[1] = 0.8;
  market.column<outside::OutsideProductivity>()[0] = 1.05;
  market.run(1, &move_outside_posts);
  for (std::size_t z = 0; z < 3; ++z) {
    const double wanted = market.column<OutsidePostsAtStart>()[z] * 1.1 / 1.05;  // (30 x 1.2 + 10 x .8) / 40 = 1.1
    EXPECT_NEAR(market.column<OutsidePosts>()[z], wanted, 0.5) << "zone " << z;
  }
  market.column<OutsidePosts>()[0] = 0;  // nobody wanted any more: open posts go, jobs end by themselves
  market.run(1, &post_vacancies);
  EXPECT_EQ(open_posts(market.world)[firms::kOutsideEmployer], 0);
}

TEST(Vacancies, TheTableIsSortedByPlaceAndOccupationAndKeysDiffer) {
  SmallMarket market;
  for (auto& wanted : market.column<firms::HiresWanted>()) wanted = 2;
  for (auto& target : market.column<firms::LabourTarget>()) target += 4.0;
  market.run(1, &post_vacancies);
  const auto firm = market.column<VacancyFirm>();
  std::set<std::uint64_t> keys;
  std::pair<std::size_t, std::size_t> before{0, 0};
  for (std::size_t v = 0; v < firm.size(); ++v) {
    const std::size_t place = firm[v] < firms::kOutsideEmployer ? market.column<firms::CommuneOf>()[firm[v]]
                                                                : 12 + firm[v] - firms::kOutsideEmployer;
    const std::pair<std::size_t, std::size_t> here{place, market.column<VacancyOccupation>()[v]};
    EXPECT_LE(before, here);
    before = here;
    keys.insert(market.column<VacancyKey>()[v]);
  }
  EXPECT_EQ(keys.size(), firm.size());
}

TEST(Vacancies, FilledPostsGoAndTheOthersGrowOlder) {
  SmallMarket market;
  market.run(1, &post_vacancies);
  const std::size_t posts = market.world.rows<Vacancy>();
  const auto keys = market.column<VacancyKey>();
  const std::vector<std::uint64_t> before(keys.begin(), keys.end());
  Market& memory = market.world.scratch<Market>();
  memory.filled.assign(posts, 0);
  memory.filled[0] = memory.filled[5] = 1;
  market.run(1, &close_vacancies);
  ASSERT_EQ(market.world.rows<Vacancy>(), posts - 2);
  EXPECT_EQ(market.column<VacancyKey>()[0], before[1]);
  EXPECT_EQ(market.column<VacancyKey>()[4], before[6]);
  for (const std::uint8_t age : market.column<VacancyAge>()) EXPECT_EQ(age, 1);
}

TEST(Pool, HasRoomForEveryHireFromOutside) {
  SmallMarket market;
  const std::size_t rows = market.world.rows<Person>();
  market.run(1, &reserve_pool);
  std::size_t free = 0;
  for (std::size_t h = 0; h < market.world.rows<Person>(); ++h) {
    if (market.column<StatusOf>()[h] != Status::kAbsent) continue;
    ++free;
    EXPECT_GE(market.column<Home>()[h], 12) << "rows of the pool stand behind all communes";
    EXPECT_EQ(market.column<Cell>()[h], kNoCell);
  }
  double applicants = 0.0;
  for (std::size_t z = 0; z < 3; ++z) applicants += market.column<ZoneUnemployed>()[z] * market.column<VisitShare>()[z];
  const auto posts = static_cast<double>(market.world.rows<Vacancy>());
  EXPECT_GE(static_cast<double>(free), std::min(posts, std::floor(applicants)));
  EXPECT_GT(market.world.rows<Person>(), rows);
  const std::size_t grown = market.world.rows<Person>();
  market.run(2, &reserve_pool);
  EXPECT_EQ(market.world.rows<Person>(), grown) << "free rows are used again";
}

}  // namespace
}  // namespace metier::labour
