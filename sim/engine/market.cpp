#include "sim/engine/market.hpp"

#include "sim/core/error.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace metier {

void ChoiceMarket::open(std::size_t proposers, std::size_t choices, std::size_t targets) {
  METIER_REQUIRE(choices >= 1 && proposers < kTurnedAway && targets < kNoTarget, "a market of rows with choices");
  choices_ = choices;
  proposals_.assign(proposers * choices, Proposal{});
  served_.assign(proposers, kTurnedAway);
  left_.assign(targets, 0);
  held_.resize(std::max(held_.size(), targets));
  for (auto& held : held_) held.clear();
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

/// The total order of the proposals that two proposers make now to the same target.
bool ChoiceMarket::before(std::uint32_t a, std::uint32_t b, std::span<const std::uint64_t> keys) const {
  const Proposal& x = current(a);
  const Proposal& y = current(b);
  return std::tie(y.score, x.lot, keys[a]) < std::tie(x.score, y.lot, keys[b]);
}

/// Ranks those who ask one target, with deferred acceptance together with those it holds, and accepts down the list;
/// held_ then has the served before those who are turned away.
void ChoiceMarket::serve(std::size_t target, std::span<const std::uint64_t> keys, std::int64_t capacity,
                         Acceptance acceptance) {
  std::vector<std::uint32_t>& held = held_[target];
  auto first = static_cast<std::ptrdiff_t>(held.size());  // of those whose place is decided now
  for (const std::uint32_t place : by_target_.of(target)) held.push_back(asking_[place]);
  if (acceptance == Acceptance::kDeferred) {
    first = 0;
    left_[target] = capacity;
  }
  std::sort(held.begin() + first, held.end(), [&](std::uint32_t a, std::uint32_t b) { return before(a, b, keys); });
  auto kept = static_cast<std::size_t>(first);
  for (std::size_t k = kept; k < held.size(); ++k) {
    const std::int64_t amount = current(held[k]).amount;
    if (amount > left_[target]) continue;
    left_[target] -= amount;
    std::swap(held[kept++], held[k]);  // the served keep their order, the others need none
  }
  holds_[target] = static_cast<std::uint32_t>(kept);
}

/// Takes those who were turned away to their next choice: they ask in the next round.
void ChoiceMarket::collect_turned_away() {
  asking_.clear();
  for (std::size_t target = 0; target < targets(); ++target) {
    std::vector<std::uint32_t>& held = held_[target];
    for (std::size_t k = holds_[target]; k < held.size(); ++k) {
      const std::uint32_t p = held[k];
      ++choice_[p];
      skip_empty_slots(p);
      if (choice_[p] < choices_) asking_.push_back(p);
    }
    held.resize(holds_[target]);
  }
}

void ChoiceMarket::resolve(std::span<const std::uint64_t> keys, std::span<const std::int64_t> capacity,
                           Acceptance acceptance) {
  check(keys, capacity);
  choice_.assign(proposers(), 0);
  holds_.assign(targets(), 0);
  left_.assign(capacity.begin(), capacity.end());
  for (auto& held : held_) held.clear();
  asking_.clear();
  for (std::uint32_t p = 0; p < proposers(); ++p) {
    skip_empty_slots(p);
    if (choice_[p] < choices_) asking_.push_back(p);
  }

  for (rounds_ = 0; !asking_.empty(); ++rounds_) {
    stable_bucket_by(
        asking_.size(), targets(), [&](std::size_t i) { return current(asking_[i]).target; }, by_target_);
    for_each_row(targets(), [&](std::size_t target) {
      if (!by_target_.of(target).empty()) serve(target, keys, capacity[target], acceptance);
    });
    collect_turned_away();
  }

  for_each_row(proposers(), [&](std::size_t p) { served_[p] = kTurnedAway; });
  for_each_row(targets(), [&](std::size_t target) {
    std::vector<std::uint32_t>& held = held_[target];
    if (acceptance == Acceptance::kImmediate && rounds_ > 1) {  // accepted round by round: now best first
      std::sort(held.begin(), held.end(), [&](std::uint32_t a, std::uint32_t b) { return before(a, b, keys); });
    }
    for (const std::uint32_t p : held) served_[p] = choice_[p];
  });
}

}  // namespace metier
