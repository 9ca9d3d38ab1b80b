#include "sim/engine/market.hpp"

#include "sim/core/error.hpp"

#include <algorithm>
#include <tuple>

namespace metier {

void ChoiceMarket::open(std::size_t proposers, std::size_t choices, std::size_t targets) {
  METIER_REQUIRE(choices >= 1 && proposers < kTurnedAway && targets < kNoTarget, "a market of rows with choices");
  choices_ = choices;
  proposals_.assign(proposers * choices, Proposal{});
  served_.assign(proposers, kTurnedAway);
  left_.assign(targets, 0);
}

void ChoiceMarket::check(std::span<const std::uint64_t> keys, std::span<const std::int64_t> capacity) const {
  METIER_REQUIRE(keys.size() == proposers() && capacity.size() == targets(),
                 "one key for each proposer, one capacity for each target");
  const std::int64_t wrong = integer_sum(proposals_.size(), [&](std::size_t i) {
    const Proposal& p = proposals_[i];
    return p.target != kNoTarget && (p.target >= targets() || p.amount < 1 || p.score != p.score) ? 1 : 0;
  });
  METIER_REQUIRE(wrong == 0, "proposals go to known targets, with an amount of at least 1 and a score");
}

void ChoiceMarket::skip_empty_slots(std::uint32_t proposer) {
  while (choice_[proposer] < choices_ && current(proposer).target == kNoTarget) ++choice_[proposer];
}

/// Groups `who` by the target of their current choice; inside a target the order of the market.
void ChoiceMarket::rank(Buckets& buckets, const std::vector<std::uint32_t>& who, std::span<const std::uint64_t> keys) {
  stable_bucket_by(
      who.size(), targets(), [&](std::size_t i) { return current(who[i]).target; }, buckets);
  for_each_row(targets(), [&](std::size_t target) {
    const auto begin = buckets.order.begin() + buckets.offsets[target];
    const auto end = buckets.order.begin() + buckets.offsets[target + 1];
    for (auto at = begin; at != end; ++at) *at = who[*at];  // rows instead of places in the list
    std::sort(begin, end, [&](std::uint32_t a, std::uint32_t b) {
      const Proposal& x = current(a);
      const Proposal& y = current(b);
      return std::tie(y.score, x.lot, keys[a]) < std::tie(x.score, y.lot, keys[b]);
    });
  });
}

void ChoiceMarket::resolve(std::span<const std::uint64_t> keys, std::span<const std::int64_t> capacity,
                           Acceptance acceptance) {
  check(keys, capacity);
  choice_.assign(proposers(), 0);
  takes_.assign(proposers(), 0);
  left_.assign(capacity.begin(), capacity.end());
  asking_.clear();
  for (std::uint32_t p = 0; p < proposers(); ++p) {
    skip_empty_slots(p);
    if (choice_[p] < choices_) asking_.push_back(p);
  }

  // With deferred acceptance those who are held ask again in every round, and capacities count anew.
  bool turned_away = !asking_.empty();
  for (rounds_ = 0; turned_away; ++rounds_) {
    rank(by_target_, asking_, keys);
    for_each_row(targets(), [&](std::size_t target) {
      if (acceptance == Acceptance::kDeferred) left_[target] = capacity[target];
      for (const std::uint32_t p : by_target_.of(target)) {
        takes_[p] = current(p).amount <= left_[target] ? 1 : 0;
        if (takes_[p] != 0) left_[target] -= current(p).amount;
      }
    });
    turned_away = false;
    std::size_t kept = 0;
    for (const std::uint32_t p : asking_) {
      if (takes_[p] == 0) {
        ++choice_[p];
        skip_empty_slots(p);
        if (choice_[p] == choices_) continue;
        turned_away = true;
      } else if (acceptance == Acceptance::kImmediate) {
        continue;
      }
      asking_[kept++] = p;
    }
    asking_.resize(kept);
  }

  asking_.clear();
  for (std::uint32_t p = 0; p < proposers(); ++p) {
    served_[p] = takes_[p] != 0 ? choice_[p] : kTurnedAway;
    if (takes_[p] != 0) asking_.push_back(p);
  }
  rank(accepted_, asking_, keys);
}

}  // namespace metier
