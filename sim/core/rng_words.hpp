#pragma once
#include "sim/core/rng.hpp"

#include <cstddef>
#include <cstdint>

namespace metier {

/// Raw words for kernels that draw for many entities at once: out[w][i] is word w of block blocks[i] (block 0 where
/// `blocks` is nullptr) of the draws of keys[i], the same as Draws(stream, keys[i], month, substep) gives by bits32().
///
/// Shapes    keys, blocks and the four outputs: n entries
/// Cost      some 3 ns a key with AVX2, 1 ns with AVX-512
void fill_words(RngStream stream, const std::uint64_t* keys, const std::uint32_t* blocks, std::size_t n,
                std::uint32_t month, std::uint32_t substep, std::uint32_t* const out[4]);

}  // namespace metier
