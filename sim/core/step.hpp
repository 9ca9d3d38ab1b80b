#pragma once
#include "sim/core/rng.hpp"
#include "sim/core/rng_domains.hpp"
#include "sim/core/text.hpp"

#include <cstdint>

namespace metier {

/// What random numbers depend on besides the entity and the month.
struct Seeds {
  std::uint64_t seed = 0;
  std::uint64_t replicate = 0;
};

/// The random numbers of one domain in one month.
class StepStream {
 public:
  StepStream(RngStream stream, std::uint32_t month, std::uint32_t substep_base)
      : stream_(stream), month_(month), substep_base_(substep_base) {}
  [[nodiscard]] Draws draws(std::uint64_t key, unsigned substep) const {
    return Draws(stream_, key, month_, substep_base_ + substep);
  }
  [[nodiscard]] RngStream stream() const { return stream_; }
  [[nodiscard]] std::uint32_t month() const { return month_; }
  [[nodiscard]] std::uint32_t substep(unsigned substep) const { return substep_base_ + substep; }

 private:
  RngStream stream_;
  std::uint32_t month_;
  std::uint32_t substep_base_;
};

/// The month that is being simulated. Substeps 0-127 are the months of a run, 128-255 those of the burn-in, so that
/// the two never share a random number.
struct Step {
  int month = 0;   ///< 1 is the first simulated month; 0 the state before it
  Month calendar;  ///< the calendar month
  Seeds seeds;
  bool burn_in = false;

  [[nodiscard]] StepStream stream(RngDomain domain) const {
    return {RngStream(seeds.seed, seeds.replicate, static_cast<std::uint32_t>(domain)),
            static_cast<std::uint32_t>(month), burn_in ? 128u : 0u};
  }
};

}  // namespace metier
