#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace metier::labour {

/// One acceptable pair of the sampled lists: a post found the applicant suitable, the applicant would take the post.
struct Offer {
  std::uint64_t vacancy;  ///< key of the post
  std::uint64_t person;   ///< key of the applicant
  std::int32_t month;
  std::int32_t round;
  double fit;             ///< the post prefers more
  double utility;         ///< the applicant prefers more
  std::uint32_t lot;      ///< smaller goes first among equals, then the smaller key
  std::uint32_t matched;  ///< 1: this pair was matched
};

/// All blocking pairs among the offers of each month: not matched although the post is empty or holds somebody it likes
/// less, and the applicant has nothing or something he or she likes less. None may exist after the market (case V7d).
std::vector<Offer> find_blocking_pairs(std::span<const Offer> offers);

}  // namespace metier::labour
