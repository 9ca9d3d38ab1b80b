#pragma once
#include "sim/core/parallel.hpp"
#include "sim/core/step.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace metier {

inline constexpr std::uint32_t kNoTarget = kNoBucket;

/// What one proposer asks of one target.
struct Proposal {
  std::uint32_t target = kNoTarget;  ///< row of the target; kNoTarget is an empty slot
  std::uint32_t lot = 0;             ///< decides among equal scores: `hashed_lot`
  double score = 0.0;                ///< the target prefers more; not NaN
  std::int64_t amount = 1;           ///< of the target's capacity: posts, square metres, fixed-point tonnes; at least 1
};

/// Lot of a pair in this month: a hash, so that no tie is left to the order of rows and no key is favoured for long.
inline std::uint32_t hashed_lot(const StepStream& stream, std::uint64_t proposer_key, std::uint64_t target_key) {
  const std::uint64_t month = static_cast<std::uint64_t>(stream.month()) << 32 | stream.substep(0);
  return static_cast<std::uint32_t>(hash64(stream.stream().key, month, proposer_key, target_key) >> 32);
}

/// How long an acceptance holds.
enum class Acceptance : std::uint8_t {
  kImmediate,  ///< for good: choices are served round by round, in each the best of those who ask
  kDeferred,   ///< until a better one asks: with equal amounts no pair prefers each other to what it got
};

/// A market of bounded choices in three processes: propose, resolve, commit.
///
/// Propose   open(); then, in parallel, each proposer fills its own slots, the choice it likes best first.
/// Resolve   resolve(): in rounds, everybody who is not served asks for the next choice; a target ranks those who ask
/// by
///           (score descending, lot ascending, key ascending) and accepts down the list all whose amount still fits.
///           Immediate acceptance is greedy by choice; deferred acceptance is the algorithm of Gale & Shapley with
///           quotas: among the stable outcomes the one that all proposers like best, whatever the order of rows.
/// Commit    in parallel, each owner applies what concerns its rows: served_choice(proposer), accepted(target),
///           capacity_left(target).
///
/// The order is total as long as keys are unique, so the outcome depends on keys and never on rows or threads. Meant
/// as Scratch<ChoiceMarket>: its memory is kept between months and is no state.
/// Cost      a sort of those who ask in each round and a look at each target; at most `choices` rounds with immediate
///           acceptance
/// Source    Gale & Shapley (1962), American Mathematical Monthly 69; Roth & Sotomayor (1990), Two-Sided Matching
class ChoiceMarket {
 public:
  static constexpr std::uint32_t kTurnedAway = 0xFFFFFFFFu;

  /// Empties the slots: `choices` for each proposer.
  void open(std::size_t proposers, std::size_t choices, std::size_t targets);

  /// The slots of one proposer, best liked first; empty slots are skipped.
  [[nodiscard]] std::span<Proposal> choices_of(std::size_t proposer) {
    return {proposals_.data() + proposer * choices_, choices_};
  }

  /// Matches proposers and targets.
  /// Shapes    keys: one unique lasting key for each proposer; capacity: one for each target, 0 or more
  /// Errors    BrokenPromise for other shapes, unknown targets, amounts below 1, scores that are NaN
  void resolve(std::span<const std::uint64_t> keys, std::span<const std::int64_t> capacity, Acceptance acceptance);

  /// Which of its choices a proposer got, or kTurnedAway.
  [[nodiscard]] std::uint32_t served_choice(std::size_t proposer) const { return served_[proposer]; }
  /// Target that serves a proposer, or kNoTarget.
  [[nodiscard]] std::uint32_t target_of(std::size_t proposer) const {
    return served_[proposer] == kTurnedAway ? kNoTarget : proposals_[proposer * choices_ + served_[proposer]].target;
  }
  /// Rows of the proposers that a target serves, best first.
  [[nodiscard]] std::span<const std::uint32_t> accepted(std::size_t target) const { return held_[target]; }
  [[nodiscard]] std::int64_t capacity_left(std::size_t target) const { return left_[target]; }

  [[nodiscard]] std::size_t proposers() const { return served_.size(); }
  [[nodiscard]] std::size_t targets() const { return left_.size(); }
  /// Rounds that the last resolution took.
  [[nodiscard]] int rounds() const { return rounds_; }

 private:
  [[nodiscard]] const Proposal& current(std::uint32_t proposer) const {
    return proposals_[proposer * choices_ + choice_[proposer]];
  }
  void check(std::span<const std::uint64_t> keys, std::span<const std::int64_t> capacity) const;
  void skip_empty_slots(std::uint32_t proposer);
  [[nodiscard]] bool before(std::uint32_t a, std::uint32_t b, std::span<const std::uint64_t> keys) const;
  void serve(std::size_t target, std::span<const std::uint64_t> keys, std::int64_t capacity, Acceptance acceptance);
  void collect_turned_away();

  std::size_t choices_ = 0;
  std::vector<Proposal> proposals_;    ///< proposers x choices
  std::vector<std::uint32_t> served_;  ///< per proposer
  std::vector<std::uint32_t> choice_;  ///< per proposer: the slot it asks for now; choices_ when none is left
  std::vector<std::int64_t> left_;     ///< per target
  std::vector<std::uint32_t> asking_;  ///< proposers of the round
  Buckets by_target_;                  ///< places in asking_
  /// Per target: those who are served, best first; during a round those it turned away stand behind them.
  std::vector<std::vector<std::uint32_t>> held_;
  std::vector<std::uint32_t> holds_;  ///< per target: how many of held_ are served
  int rounds_ = 0;
};

}  // namespace metier
