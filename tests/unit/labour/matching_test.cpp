#include "models/labour/matching.hpp"

#include "models/labour/counts.hpp"
#include "models/labour/seekers.hpp"
#include "models/labour/separation.hpp"
#include "models/labour/vacancies.hpp"
#include "sim/core/parallel.hpp"
#include "tests/support/labour/run_process.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <vector>

namespace metier::labour {
namespace {

using test::SmallMarket;

/// Everything before the first round.
void prepare(SmallMarket& market, int month = 1) {
  const Params& p = market.setting.params;
  market.run(month, &open_month);
  market.run(month, &separate, p);
  market.run(month, &post_vacancies);
  market.run(month, &reserve_pool);
  market.run(month, &open_market, p);
  market.run(month, &find_seekers, p);
}
void play(SmallMarket& market, int month = 1) {
  const Params& p = market.setting.params;
  for (int r = 0; r < p.rounds; ++r) {
    market.run(month, &apply, p, kRounds[r]);
    market.run(month, &resolve, p, kRounds[r]);
    market.run(month, &hire);
  }
}
Market& memory(SmallMarket& market) { return market.world.scratch<Market>(); }
Seekers& seekers(SmallMarket& market) { return market.world.scratch<Seekers>(); }

TEST(Seekers, AreThoseWithoutAJobSomeAtWorkAndApplicantsFromOutside) {
  SmallMarket market;
  market.setting.params.halo_search = 1.0;
  market.setting.params.ojs_prob = 1.0;
  prepare(market);
  std::map<Status, int> of_status;
  int outside = 0;
  std::set<std::uint64_t> keys;
  const Seekers& s = seekers(market);
  for (std::size_t k = 0; k < s.size(); ++k) {
    EXPECT_GE(s.applications[k], 1);
    keys.insert(s.who[k].key);
    if (s.row[k] == kNoPerson) {
      ++outside;
      EXPECT_GE(s.who[k].home, 12);
    } else {
      ++of_status[market.column<StatusOf>()[s.row[k]]];
    }
  }
  EXPECT_EQ(keys.size(), s.size()) << "nobody twice";
  std::map<Status, int> all;
  for (const Status status : market.column<StatusOf>()) ++all[status];
  EXPECT_EQ(of_status[Status::kUnemployed], all[Status::kUnemployed]);
  EXPECT_EQ(of_status[Status::kHalo], all[Status::kHalo]);
  EXPECT_EQ(of_status[Status::kEmployed], all[Status::kEmployed]);
  EXPECT_EQ(of_status[Status::kSelfEmployed], 0);
  double expected = 0.0;
  for (std::size_t z = 0; z < 3; ++z) expected += market.column<ZoneUnemployed>()[z] * market.column<VisitShare>()[z];
  EXPECT_NEAR(outside, expected, 3.0) << "one lot for each zone";
}

TEST(Applications, GoToOpenPostsWithinReach) {
  SmallMarket market;
  prepare(market);
  market.run(1, &apply, market.setting.params, kRounds[0]);
  const Market& m = memory(market);
  const Seekers& s = seekers(market);
  ASSERT_GT(m.application_vacancy.size(), 500u);
  for (std::size_t a = 0; a < m.application_vacancy.size(); ++a) {
    const std::size_t v = m.application_vacancy[a], who = m.applications[a].seeker();
    ASSERT_LT(v, market.world.rows<Vacancy>());
    const std::size_t from = s.who[who].occupation, to = market.column<VacancyOccupation>()[v];
    EXPECT_GT(market.column<Mobility>()[from * 5 + to], 0.0);
    if (s.who[who].home >= 12) {
      EXPECT_LT(m.zone[v], 12) << "people from outside apply here only";
    }
  }
}

TEST(Applications, OfAllRoundsAreThoseOfThePerson) {
  SmallMarket market;
  market.setting.params.rounds = 3;
  market.setting.params.suitable_prob = 0.0;  // nobody is hired in between
  prepare(market);
  std::vector<int> sent(seekers(market).size(), 0);
  for (int r = 0; r < 3; ++r) {
    market.run(1, &apply, market.setting.params, kRounds[r]);
    for (const Application& one : memory(market).applications) ++sent[one.seeker()];
    market.run(1, &resolve, market.setting.params, kRounds[r]);
    EXPECT_TRUE(memory(market).matches.empty());
  }
  for (std::size_t s = 0; s < sent.size(); ++s) EXPECT_EQ(sent[s], seekers(market).applications[s]);
}

/// Where lots are equal the smaller key comes first, wherever in the table its person stands and however many threads
/// make the short lists; the others go on in the order of lots.
TEST(Screening, EqualLotsGoByKey) {
  for (const int threads : {1, 2, 7}) {
    set_threads(threads);
    SmallMarket market;
    Params& p = market.setting.params;
    p.suitable_prob = 1.0;
    p.skill_slope = 0.0;
    p.screen_max = 5;
    prepare(market);
    market.run(1, &apply, p, kRounds[0]);
    Market& m = memory(market);
    Seekers& s = seekers(market);
    std::fill(m.application_vacancy.begin(), m.application_vacancy.end(), kNoBucket);
    std::vector<std::uint32_t> senders;
    for (std::uint32_t who = 0; who < s.size(); ++who) {
      if (m.first_application[who + 1] > m.first_application[who]) senders.push_back(who);
    }
    ASSERT_GT(senders.size(), 100u);
    // Two of them, far apart, the first in the table with the larger key.
    std::uint32_t first = senders[10], second = senders[senders.size() - 10];
    for (std::size_t k = 11; s.who[first].key < s.who[second].key; ++k) first = senders[k];
    const std::uint32_t post = m.looking[0];
    const auto send = [&](std::uint32_t who, std::uint32_t lot) {
      const std::size_t a = m.first_application[who];
      m.application_vacancy[a] = post;
      m.applications[a] = Application(lot, who, 0);
      s.who[who].occupation = market.column<VacancyOccupation>()[post];
      s.who[who].least = -1e300;  // takes anything
    };
    for (std::uint32_t k = 0; k < 4; ++k) send(senders[k], 10 + k);
    send(first, 20);
    send(second, 20);
    for (std::uint32_t k = 4; k < 8; ++k) send(senders[k], 30 + k);
    market.run(1, &resolve, p, kRounds[0]);
    std::set<std::uint32_t> looked_at;
    for (std::size_t place = 0; place < m.candidate_count[post]; ++place)
      looked_at.insert(m.candidates[post * std::size_t{5} + place].seeker);
    EXPECT_EQ(looked_at, (std::set<std::uint32_t>{senders[0], senders[1], senders[2], senders[3], second})) << threads;
  }
  set_threads(1);
}

TEST(Matching, NoPostIsFilledTwiceAndNobodyIsHiredTwice) {
  SmallMarket market;
  market.setting.params.suitable_prob = 1.0;
  const std::vector<Status> before(market.column<StatusOf>().begin(), market.column<StatusOf>().end());
  prepare(market);
  std::set<std::uint32_t> posts, people;
  for (int r = 0; r < 2; ++r) {
    market.run(1, &apply, market.setting.params, kRounds[r]);
    market.run(1, &resolve, market.setting.params, kRounds[r]);
    for (const Match& match : memory(market).matches) {
      EXPECT_TRUE(posts.insert(match.vacancy).second) << "post " << match.vacancy;
      EXPECT_TRUE(people.insert(match.seeker).second) << "seeker " << match.seeker;
    }
    market.run(1, &hire);
  }
  EXPECT_GT(posts.size(), 50u);
  const Market& m = memory(market);
  EXPECT_EQ(static_cast<std::size_t>(std::count(m.filled.begin(), m.filled.end(), 1)), posts.size());
  const Seekers& s = seekers(market);
  for (const std::uint32_t who : people) {
    EXPECT_EQ(s.hired[who], 1);
    ASSERT_NE(s.row[who], kNoPerson) << "everybody hired has a row";
    EXPECT_EQ(market.column<StatusOf>()[s.row[who]], Status::kEmployed);
    EXPECT_EQ(market.column<Key>()[s.row[who]], s.who[who].key);
    EXPECT_EQ(market.column<HiredIn>()[s.row[who]], 1);
    EXPECT_EQ(market.column<Duration>()[s.row[who]], 0);
  }
}

TEST(Matching, NoPostLooksAtMoreApplicantsThanItMay) {
  SmallMarket market;
  market.setting.params.screen_max = 3;
  prepare(market);
  play(market);
  const Market& m = memory(market);
  int busy = 0;
  for (const std::uint8_t n : m.screened) {
    EXPECT_LE(n, 3);
    busy += n == 3 ? 1 : 0;
  }
  EXPECT_GT(busy, 20) << "the limit bound";
}

TEST(Matching, VacanciesStayOpenBecauseOfScreening) {  // what a market where all posts fill at once would lack
  SmallMarket market;
  prepare(market);
  const std::size_t posts = market.world.rows<Vacancy>();
  play(market);
  const auto filled =
      static_cast<std::size_t>(std::count(memory(market).filled.begin(), memory(market).filled.end(), 1));
  EXPECT_GT(filled, posts / 10);
  EXPECT_LT(filled, posts * 3 / 4);
}

TEST(Matching, NobodySuitsNobodyIsHired) {
  SmallMarket market;
  market.setting.params.suitable_prob = 0.0;
  prepare(market);
  play(market);
  EXPECT_EQ(test::total<HiresBySector>(market.world), 0);
}

TEST(Matching, NobodyWithoutAJobAcceptsLessThanTheReservationWage) {
  SmallMarket market;
  market.setting.params.reservation_start = market.setting.params.reservation_end = 3.0;
  market.setting.params.ojs_prob = 0.0;
  prepare(market);
  play(market);
  EXPECT_EQ(test::total<HiresBySector>(market.world), 0);
}

TEST(Matching, WhoIsAtWorkMovesOnlyToSomethingBetter) {
  SmallMarket market;
  Params& p = market.setting.params;
  p.ojs_prob = 1.0;
  p.suitable_prob = 1.0;
  prepare(market);
  const auto minutes = market.column<sites::CarMinutes>();
  const auto worth = [&](std::size_t h) {
    const Row i = market.column<Employer>()[h];
    const std::size_t place = works_outside(i) ? 12 + outside_zone(i) : market.column<firms::CommuneOf>()[i];
    return p.wage_elasticity * std::log(market.column<Wage>()[h]) -
           p.beta_travel * static_cast<double>(minutes[market.column<Home>()[h] * 15u + place]);
  };
  std::map<std::size_t, double> before;
  for (std::size_t h = 0; h < market.world.rows<Person>(); ++h) {
    if (market.column<StatusOf>()[h] == Status::kEmployed) before[h] = worth(h);
  }
  play(market);
  int moved = 0;
  for (const auto& [h, value] : before) {
    if (market.column<HiredIn>()[h] != 1) continue;
    ++moved;
    // ojs_gain on the old wage; cents are rounded, hence the margin
    EXPECT_GE(worth(h), value + p.wage_elasticity * std::log(1.0 + p.ojs_gain) - 1e-4) << "person " << h;
  }
  EXPECT_GT(moved, 20);
}

TEST(Matching, NoWageIsBelowTheMinimum) {
  SmallMarket market;
  market.column<MinimumWage>()[0] = 230'000;  // above many posted wages
  prepare(market);
  play(market);
  int at_minimum = 0;
  for (std::size_t h = 0; h < market.world.rows<Person>(); ++h) {
    if (market.column<HiredIn>()[h] != 1 || market.column<StatusOf>()[h] != Status::kEmployed) continue;
    EXPECT_GE(market.column<Wage>()[h], 230'000);
    at_minimum += market.column<Wage>()[h] == 230'000 ? 1 : 0;
  }
  EXPECT_GT(at_minimum, 5);
}

TEST(Matching, PeopleFromOutsideGetARowOfThePoolAndLeaveIt) {
  SmallMarket market;
  market.setting.params.ojs_prob = 0.0;
  prepare(market);
  const std::int64_t before = std::count_if(market.column<StatusOf>().begin(), market.column<StatusOf>().end(),
                                            [](Status s) { return s == Status::kAbsent; });
  play(market);
  const std::int64_t after = std::count_if(market.column<StatusOf>().begin(), market.column<StatusOf>().end(),
                                           [](Status s) { return s == Status::kAbsent; });
  EXPECT_EQ(before - after, test::total<HiresByZone>(market.world));
  EXPECT_GT(before - after, 0);
}

TEST(Stability, NoPairWouldRatherHaveEachOther) {  // case V7d
  SmallMarket market;
  market.setting.params.keep_offers = true;
  market.setting.params.suitable_prob = 1.0;  // many offers meet
  market.setting.params.applications = 20.0;
  std::size_t rivals = 0;
  for (int month = 1; month <= 6; ++month) {
    prepare(market, month);
    play(market, month);
    const std::vector<Offer>& offers = memory(market).offers;
    ASSERT_GT(offers.size(), 50u);
    std::set<std::uint64_t> people;
    for (const Offer& offer : offers) rivals += people.insert(offer.person).second ? 0u : 1u;
    EXPECT_TRUE(find_blocking_pairs(offers).empty()) << "month " << month;
    market.run(month, &close_vacancies);
    market.run(month, &count_people);
    market.run(month, &count_jobs);
  }
  EXPECT_GT(rivals, 100u) << "people chose between posts";
}

TEST(Stability, ABlockingPairIsFound) {
  // Post 1 holds person 20 though it likes 10 more, and 10, held by post 2, likes 1 more.
  const std::vector<Offer> offers{
      {1, 10, 1, 0, 2.0, 5.0, 1, 0}, {1, 20, 1, 0, 1.0, 3.0, 2, 1}, {2, 10, 1, 0, 0.5, 4.0, 3, 1}};
  const std::vector<Offer> blocking = find_blocking_pairs(offers);
  ASSERT_EQ(blocking.size(), 1u);
  EXPECT_EQ(blocking[0].vacancy, 1u);
  EXPECT_EQ(blocking[0].person, 10u);
}

TEST(Stability, MonthsAreApart) {
  const std::vector<Offer> offers{{1, 10, 1, 0, 2.0, 5.0, 1, 1}, {1, 10, 2, 0, 2.0, 5.0, 1, 0}};
  EXPECT_EQ(find_blocking_pairs(offers).size(), 1u) << "in month 2 both are free";
}

}  // namespace
}  // namespace metier::labour
