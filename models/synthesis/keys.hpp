#pragma once
#include "sim/core/hash.hpp"
#include "sim/core/rng.hpp"
#include "sim/core/rng_domains.hpp"

#include <cstdint>
#include <string_view>

namespace metier::synthesis {

/// Random numbers of the population at t = 0: a function of the population seed, the purpose and a key, and of nothing
/// else. The replicate is 0, so that replicates of a run share one population unless a study varies its seed.
struct SynthesisKeys {
  std::uint64_t population_seed = 0;

  [[nodiscard]] Draws draws(RngDomain domain, std::uint64_t key) const {
    return Draws(RngStream(population_seed, 0, static_cast<std::uint32_t>(domain)), key, 0, 0);
  }
};

/// Key of something that has a code: a commune, a sector, a table.
inline std::uint64_t key_of(std::string_view code) { return hash_bytes(code.data(), code.size()); }

/// Key of a thing inside others: (commune, sector, number), ...
template <class... Part>
constexpr std::uint64_t key_of(std::uint64_t first, Part... rest) {
  return hash64(first, static_cast<std::uint64_t>(rest)...);
}

}  // namespace metier::synthesis
