#pragma once
#include "models/labour/columns.hpp"
#include "sim/core/rng_words.hpp"
#include "sim/core/step.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

/// Draws for many persons at once: raw words compared with thresholds, a stretch of rows at a time.
namespace metier::labour {

inline constexpr std::size_t kWordChunk = 256;

/// The first four words of each entry of a stretch.
struct Words {
  alignas(64) std::array<std::uint32_t, kWordChunk> w0, w1, w2, w3;
};

inline void draw_words(const StepStream& stream, const std::uint64_t* keys, const std::uint32_t* blocks, std::size_t n,
                       unsigned substep, Words& words) {
  std::uint32_t* const out[4] = {words.w0.data(), words.w1.data(), words.w2.data(), words.w3.data()};
  fill_words(stream.stream(), keys, blocks, n, stream.month(), stream.substep(substep), out);
}

/// Threshold t with P(word < t) = p for a 32-bit word, to 2^-32.
inline std::uint64_t chance(double p) {
  if (!(p > 0.0)) return 0;
  return p >= 1.0 ? std::uint64_t{1} << 32 : static_cast<std::uint64_t>(p * 0x1p32 + 0.5);
}

/// word < t as a comparison of 32-bit words that vectorises (t may be 2^32): 1 or 0.
class Below {
 public:
  explicit Below(std::uint64_t threshold)
      : any_(threshold > 0 ? 1u : 0u), last_(static_cast<std::uint32_t>(threshold - 1)) {}
  unsigned operator()(std::uint32_t word) const { return (word <= last_ ? 1u : 0u) & any_; }

 private:
  unsigned any_;
  std::uint32_t last_;
};

/// For conditions joined without branches, so that the loop vectorises.
constexpr unsigned bit(bool condition) { return condition ? 1u : 0u; }

/// body(i) for every i < n with flags[i] == 1, ascending; flags are 0 or 1 and have room for n rounded up to 8.
template <class Body>
void for_each_set(const std::uint8_t* flags, std::size_t n, Body&& body) {
  static_assert(std::endian::native == std::endian::little);
  for (std::size_t i = 0; i < n; i += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, flags + i, std::min<std::size_t>(8, n - i));
    while (eight != 0) {
      body(i + static_cast<std::size_t>(std::countr_zero(eight)) / 8);
      eight &= eight - 1;
    }
  }
}

/// body(h) for every unemployed or halo person of the rows [begin, end), ascending.
template <class Body>
void for_each_jobless(const Status* status, std::size_t begin, std::size_t end, Body&& body) {
  std::array<std::uint8_t, kWordChunk> jobless;
  for (std::size_t chunk = begin; chunk < end; chunk += kWordChunk) {
    const std::size_t n = std::min(kWordChunk, end - chunk);
    for (std::size_t i = 0; i < n; ++i) {
      jobless[i] = static_cast<std::uint8_t>(bit(status[chunk + i] == Status::kUnemployed) |
                                             bit(status[chunk + i] == Status::kHalo));
    }
    for_each_set(jobless.data(), n, [&](std::size_t i) { body(chunk + i); });
  }
}

}  // namespace metier::labour
