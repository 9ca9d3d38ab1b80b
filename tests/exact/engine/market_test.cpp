// The market of bounded choices on cases whose outcome is known, against the textbook algorithm, and free of threads
// and rows.
#include "sim/engine/market.hpp"
#include "sim/core/error.hpp"
#include "sim/core/hash.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

namespace metier {
namespace {

constexpr std::uint32_t kNone = kNoTarget;

std::vector<std::uint32_t> targets_of(const ChoiceMarket& market) {
  std::vector<std::uint32_t> out;
  for (std::size_t p = 0; p < market.proposers(); ++p) out.push_back(market.target_of(p));
  return out;
}

// Gale & Shapley (1962), example 2: ranking matrix of four men (alpha to delta) and four women (A to D), with one
// stable set of marriages: alpha C, beta D, gamma A, delta B.
struct GaleShapley {
  static constexpr std::uint32_t man_likes[4][4] = {{1, 2, 3, 4}, {1, 4, 3, 2}, {2, 1, 3, 4}, {4, 2, 3, 1}};
  static constexpr std::uint32_t woman_likes[4][4] = {
      {3, 3, 2, 3}, {4, 1, 3, 2}, {2, 4, 4, 1}, {1, 2, 1, 4}};  // [man][woman]
  std::vector<std::uint64_t> keys{40, 10, 30, 20};
  ChoiceMarket market;

  GaleShapley() {
    market.open(4, 4, 4);
    for (std::size_t man = 0; man < 4; ++man) {
      for (std::uint32_t woman = 0; woman < 4; ++woman) {
        Proposal& proposal = market.choices_of(man)[man_likes[man][woman] - 1];
        proposal = {.target = woman, .lot = 0, .score = -1.0 * woman_likes[man][woman], .amount = 1};
      }
    }
  }
  static bool stable(const std::vector<std::uint32_t>& wife) {
    for (std::size_t man = 0; man < 4; ++man) {
      for (std::size_t other = 0; other < 4; ++other) {
        const std::uint32_t woman = wife[other];
        if (man_likes[man][woman] < man_likes[man][wife[man]] && woman_likes[man][woman] < woman_likes[other][woman]) {
          return false;
        }
      }
    }
    return true;
  }
};

TEST(ChoiceMarket, TheExampleOfGaleAndShapley) {
  GaleShapley example;
  const std::vector<std::int64_t> one(4, 1);
  example.market.resolve(example.keys, one, Acceptance::kDeferred);
  EXPECT_EQ(targets_of(example.market), (std::vector<std::uint32_t>{2, 3, 0, 1}));

  std::vector<std::uint32_t> wife{0, 1, 2, 3};
  int stable_sets = 0;
  do {
    if (!GaleShapley::stable(wife)) continue;
    ++stable_sets;
    EXPECT_EQ(targets_of(example.market), wife) << "the only stable set of all 24";
  } while (std::next_permutation(wife.begin(), wife.end()));
  EXPECT_EQ(stable_sets, 1);
}

// Immediate acceptance on the same wishes, by hand: round 1 alpha A (before beta), gamma B, delta D; beta finds D taken
// in round 2 and gets C in round 3.
TEST(ChoiceMarket, ImmediateAcceptanceOnTheSameExample) {
  GaleShapley example;
  const std::vector<std::int64_t> one(4, 1);
  example.market.resolve(example.keys, one, Acceptance::kImmediate);
  EXPECT_EQ(targets_of(example.market), (std::vector<std::uint32_t>{0, 2, 1, 3}));
  EXPECT_EQ(example.market.served_choice(1), 2u);
  EXPECT_EQ(example.market.rounds(), 3);
}

TEST(ChoiceMarket, TiesGoToTheLowerLotThenTheLowerKey) {
  ChoiceMarket market;
  market.open(4, 1, 1);
  const std::vector<std::uint64_t> keys{9, 7, 8, 1};
  const std::vector<std::uint32_t> lots{5, 5, 5, 6};
  for (std::size_t p = 0; p < 4; ++p)
    market.choices_of(p)[0] = {.target = 0, .lot = lots[p], .score = 1.0, .amount = 1};
  for (const Acceptance acceptance : {Acceptance::kImmediate, Acceptance::kDeferred}) {
    for (std::int64_t room = 0; room <= 5; ++room) {
      market.resolve(keys, std::vector<std::int64_t>{room}, acceptance);
      const std::vector<std::uint32_t> order{1, 2, 0, 3};
      const auto got = market.accepted(0);
      const auto expected = static_cast<std::size_t>(std::min<std::int64_t>(room, 4));
      EXPECT_EQ(std::vector<std::uint32_t>(got.begin(), got.end()),
                std::vector<std::uint32_t>(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(expected)));
      EXPECT_EQ(market.capacity_left(0), room - static_cast<std::int64_t>(expected));
    }
  }
  market.choices_of(3)[0].score = 1.5;  // a better score goes before every lot
  market.resolve(keys, std::vector<std::int64_t>{1}, Acceptance::kDeferred);
  EXPECT_EQ(market.target_of(3), 0u);
  EXPECT_EQ(market.served_choice(1), ChoiceMarket::kTurnedAway);
}

// 100 m2 and bids for 60, 50, 40 and 10: the best is taken, the second does not fit, the third does, then nothing is
// left.
TEST(ChoiceMarket, CapacityIsFilledGreedilyByScore) {
  ChoiceMarket market;
  market.open(4, 2, 2);
  const std::int64_t area[] = {60, 50, 40, 10};
  for (std::size_t p = 0; p < 4; ++p) {
    market.choices_of(p)[0] = {.target = 0, .lot = 0, .score = 10.0 - static_cast<double>(p), .amount = area[p]};
    market.choices_of(p)[1] = {.target = 1, .lot = 0, .score = static_cast<double>(p), .amount = area[p]};
  }
  market.resolve(std::vector<std::uint64_t>{1, 2, 3, 4}, std::vector<std::int64_t>{100, 55}, Acceptance::kImmediate);
  EXPECT_EQ(targets_of(market), (std::vector<std::uint32_t>{0, kNone, 0, 1}));
  EXPECT_EQ(market.capacity_left(0), 0);
  EXPECT_EQ(market.capacity_left(1), 45);
}

TEST(ChoiceMarket, EmptySlotsAreSkippedAndEmptyMarketsAreFine) {
  ChoiceMarket market;
  market.open(3, 3, 2);
  market.choices_of(0)[2] = {.target = 1, .lot = 0, .score = 0.0, .amount = 1};
  market.choices_of(1)[1] = {.target = 0, .lot = 0, .score = 0.0, .amount = 1};
  const std::vector<std::uint64_t> keys{1, 2, 3};
  market.resolve(keys, std::vector<std::int64_t>{1, 1}, Acceptance::kDeferred);
  EXPECT_EQ(targets_of(market), (std::vector<std::uint32_t>{1, 0, kNone}));
  market.open(3, 3, 2);  // a new month: nothing is left of the old one
  market.resolve(keys, std::vector<std::int64_t>{1, 1}, Acceptance::kDeferred);
  EXPECT_EQ(targets_of(market), (std::vector<std::uint32_t>{kNone, kNone, kNone}));
  EXPECT_EQ(market.rounds(), 0);
  EXPECT_TRUE(market.accepted(0).empty());
  market.open(0, 1, 0);
  market.resolve({}, {}, Acceptance::kImmediate);
  EXPECT_EQ(market.proposers(), 0u);
}

TEST(ChoiceMarket, WhatMakesNoSenseIsRefused) {
  const std::vector<std::uint64_t> keys{1};
  const std::vector<std::int64_t> capacity{1};
  const auto refused = [&](const Proposal& proposal) {
    ChoiceMarket market;
    market.open(1, 1, 1);
    market.choices_of(0)[0] = proposal;
    EXPECT_THROW(market.resolve(keys, capacity, Acceptance::kDeferred), BrokenPromise);
  };
  refused({.target = 1, .lot = 0, .score = 0.0, .amount = 1});
  refused({.target = 0, .lot = 0, .score = 0.0, .amount = 0});
  refused({.target = 0, .lot = 0, .score = std::numeric_limits<double>::quiet_NaN(), .amount = 1});
  ChoiceMarket market;
  market.open(1, 1, 1);
  EXPECT_THROW(market.resolve({}, capacity, Acceptance::kDeferred), BrokenPromise);
  EXPECT_THROW(market.resolve(keys, {}, Acceptance::kDeferred), BrokenPromise);
  EXPECT_THROW(market.open(1, 0, 1), BrokenPromise);
}

/// A random market: up to `choices` different targets for each proposer, scores with many ties.
struct RandomMarket {
  RandomMarket(std::uint64_t seed, std::size_t proposers, std::size_t choices, std::size_t targets)
      : keys(proposers), capacity(targets), wishes(proposers) {
    for (std::size_t t = 0; t < targets; ++t) capacity[t] = static_cast<std::int64_t>(hash64(seed, t, 1u) % 4);
    for (std::size_t p = 0; p < proposers; ++p) {
      keys[p] = hash64(seed, p, 2u);
      for (std::size_t c = 0; c < choices; ++c) {
        const auto target = static_cast<std::uint32_t>(hash64(seed, p, c, 3u) % targets);
        const bool known = std::any_of(wishes[p].begin(), wishes[p].end(),
                                       [&](const Proposal& wish) { return wish.target == target; });
        const std::uint64_t word = hash64(seed, keys[p], target);
        wishes[p].push_back({.target = known || word % 9 == 0 ? kNone : target,
                             .lot = static_cast<std::uint32_t>(word >> 32) % 8,
                             .score = static_cast<double>(word % 5),
                             .amount = 1});
      }
    }
  }
  ChoiceMarket resolved(Acceptance acceptance) const {
    ChoiceMarket market;
    market.open(keys.size(), wishes.empty() ? 1 : wishes[0].size(), capacity.size());
    for (std::size_t p = 0; p < keys.size(); ++p) {
      std::copy(wishes[p].begin(), wishes[p].end(), market.choices_of(p).begin());
    }
    market.resolve(keys, capacity, acceptance);
    return market;
  }
  /// Whether the target ranks a's proposal before b's.
  bool before(std::size_t a, const Proposal& x, std::size_t b, const Proposal& y) const {
    if (x.score != y.score) return x.score > y.score;
    if (x.lot != y.lot) return x.lot < y.lot;
    return keys[a] < keys[b];
  }
  std::vector<std::uint64_t> keys;
  std::vector<std::int64_t> capacity;
  std::vector<std::vector<Proposal>> wishes;
};

/// The textbook algorithm, one proposer after the other in the order of `first`.
std::vector<std::uint32_t> gale_shapley(const RandomMarket& m, std::vector<std::size_t> waiting) {
  std::vector<std::size_t> next(m.keys.size(), 0);
  std::vector<std::uint32_t> got(m.keys.size(), kNone);
  std::vector<std::vector<std::size_t>> held(m.capacity.size());
  while (!waiting.empty()) {
    const std::size_t p = waiting.back();
    if (next[p] == m.wishes[p].size()) {
      waiting.pop_back();
      continue;
    }
    const Proposal& wish = m.wishes[p][next[p]++];
    if (wish.target == kNone) continue;
    waiting.pop_back();
    auto& holders = held[wish.target];
    holders.push_back(p);
    got[p] = wish.target;
    if (static_cast<std::int64_t>(holders.size()) <= m.capacity[wish.target]) continue;
    const auto worst = std::max_element(holders.begin(), holders.end(), [&](std::size_t a, std::size_t b) {
      return m.before(a, m.wishes[a][next[a] - 1], b, m.wishes[b][next[b] - 1]);
    });
    got[*worst] = kNone;
    waiting.push_back(*worst);
    holders.erase(worst);
  }
  return got;
}

TEST(ChoiceMarket, DeferredAcceptanceIsTheTextbookOutcomeWhateverTheOrder) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const RandomMarket m(seed, seed % 60, 1 + seed % 5, 1 + seed % 17);
    const auto outcome = targets_of(m.resolved(Acceptance::kDeferred));
    std::vector<std::size_t> order(m.keys.size());
    std::iota(order.begin(), order.end(), 0u);
    EXPECT_EQ(outcome, gale_shapley(m, order)) << seed;
    std::reverse(order.begin(), order.end());
    EXPECT_EQ(outcome, gale_shapley(m, order)) << seed;
  }
}

TEST(ChoiceMarket, NobodyPrefersEachOtherAfterDeferredAcceptance) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const RandomMarket m(seed + 1000, seed % 60, 1 + seed % 5, 1 + seed % 17);
    const ChoiceMarket market = m.resolved(Acceptance::kDeferred);
    for (std::size_t p = 0; p < m.keys.size(); ++p) {
      for (std::size_t c = 0; c < std::min<std::size_t>(market.served_choice(p), m.wishes[p].size()); ++c) {
        const Proposal& wish = m.wishes[p][c];  // liked more than what p got
        if (wish.target == kNone) continue;
        EXPECT_EQ(market.capacity_left(wish.target), 0) << "seed " << seed << ": a place stays free";
        for (const std::uint32_t other : market.accepted(wish.target)) {
          EXPECT_TRUE(m.before(other, m.wishes[other][market.served_choice(other)], p, wish)) << "seed " << seed;
        }
      }
    }
  }
}

TEST(ChoiceMarket, CapacitiesHoldAndBothSidesAgree) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const RandomMarket m(seed + 2000, seed, 1 + seed % 5, 1 + seed % 17);
    for (const Acceptance acceptance : {Acceptance::kImmediate, Acceptance::kDeferred}) {
      const ChoiceMarket market = m.resolved(acceptance);
      std::size_t served = 0;
      for (std::size_t t = 0; t < m.capacity.size(); ++t) {
        const auto rows = market.accepted(t);
        EXPECT_EQ(static_cast<std::int64_t>(rows.size()) + market.capacity_left(t), m.capacity[t]);
        EXPECT_GE(market.capacity_left(t), 0);
        for (std::size_t k = 0; k < rows.size(); ++k) {
          EXPECT_EQ(market.target_of(rows[k]), t);
          if (k == 0) continue;
          EXPECT_TRUE(m.before(rows[k - 1], m.wishes[rows[k - 1]][market.served_choice(rows[k - 1])], rows[k],
                               m.wishes[rows[k]][market.served_choice(rows[k])]))
              << "best first";
        }
        served += rows.size();
      }
      const auto got = targets_of(market);
      EXPECT_EQ(served, got.size() - static_cast<std::size_t>(std::count(got.begin(), got.end(), kNone)));
      EXPECT_TRUE(acceptance == Acceptance::kDeferred || market.rounds() <= 5) << "one round for each choice";
    }
  }
}

class MarketThreads : public ::testing::TestWithParam<int> {};

TEST_P(MarketThreads, TheOutcomeDependsOnKeysNotOnThreadsOrRows) {
  const RandomMarket m(7, 50'000, 5, 20'000);
  RandomMarket shuffled = m;
  std::vector<std::size_t> rows(m.keys.size());
  std::iota(rows.begin(), rows.end(), 0u);
  std::sort(rows.begin(), rows.end(), [](std::size_t a, std::size_t b) { return mix64(a) < mix64(b); });
  for (std::size_t p = 0; p < rows.size(); ++p) {
    shuffled.keys[p] = m.keys[rows[p]];
    shuffled.wishes[p] = m.wishes[rows[p]];
  }
  for (const Acceptance acceptance : {Acceptance::kImmediate, Acceptance::kDeferred}) {
    set_threads(1);
    const auto expected = targets_of(m.resolved(acceptance));
    set_threads(GetParam());
    EXPECT_EQ(targets_of(m.resolved(acceptance)), expected);
    const auto other = targets_of(shuffled.resolved(acceptance));
    set_threads(1);
    std::size_t different = 0;
    for (std::size_t p = 0; p < rows.size(); ++p) different += other[p] == expected[rows[p]] ? 0u : 1u;
    EXPECT_EQ(different, 0u);
  }
}

INSTANTIATE_TEST_SUITE_P(Threads, MarketThreads, ::testing::Values(1, 2, 3, 7),
                         [](const auto& test) { return std::to_string(test.param); });

// Two proposers with equal scores for one place, month after month: each wins half the time, whatever its key.
TEST(HashedLot, FavoursNobody) {
  constexpr int months = 20'000;
  int first = 0;
  for (int month = 1; month <= months; ++month) {
    Step step{.month = month, .calendar = {2019, 1}, .seeds = {5, 0}, .burn_in = false};
    const StepStream stream = step.stream(RngDomain::kRationing);
    first += hashed_lot(stream, 1, 42) < hashed_lot(stream, 2, 42) ? 1 : 0;
    EXPECT_EQ(hashed_lot(stream, 1, 42), hashed_lot(step.stream(RngDomain::kRationing), 1, 42));
    step.burn_in = true;
    EXPECT_NE(hashed_lot(stream, 1, 42), hashed_lot(step.stream(RngDomain::kRationing), 1, 42));
  }
  EXPECT_NEAR(first, 0.5 * months, 4.9 * 0.5 * std::sqrt(static_cast<double>(months)));  // false alarm 1e-6
}

}  // namespace
}  // namespace metier
