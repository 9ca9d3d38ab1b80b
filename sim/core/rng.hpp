#pragma once
#include "sim/core/hash.hpp"

#include <Random123/philox.h>
#include <array>
#include <cstdint>
#include <span>

namespace metier {

/// The random numbers of one purpose: H(seed, replicate, domain) = mix64(seed ^ mix64(replicate * golden + domain)).
struct RngStream {
  std::uint64_t key = 0;
  RngStream() = default;
  RngStream(std::uint64_t seed, std::uint64_t replicate, std::uint32_t domain)
      : key(mix64(seed ^ mix64(replicate * 0x9E3779B97F4A7C15ull + domain))) {}
};

/// 53 random bits as a double in (0, 1): the middle of one of 2^53 equal intervals, above 1/2 rounded to a double, so
/// that neither 0 nor 1 comes out.
inline double to_unit(std::uint64_t bits) {
  const double u = static_cast<double>(bits >> 11) * 0x1p-53 + 0x1p-54;
  return u < 1.0 ? u : 0x1.fffffffffffffp-1;  // the last interval rounds up to 1
}

/// The draws of one entity for one purpose in one month: a pure function of (stream, key, month, substep).
///
/// Philox4x32-10 of counter (key low, key high, month * 256 + substep, block); a block gives four 32-bit words, two
/// uniforms. Draws come in the order in which they are asked for; nobody else's draws depend on them.
/// Source: Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC11.
class Draws {
 public:
  Draws(RngStream stream, std::uint64_t key, std::uint32_t month, std::uint32_t substep)
      : counter_{{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32), month * 256u + substep, 0u}},
        key_{{static_cast<std::uint32_t>(stream.key), static_cast<std::uint32_t>(stream.key >> 32)}} {}

  std::uint32_t bits32() {
    if (next_ == 4) refill();
    return words_[next_++];
  }
  std::uint64_t bits64() {
    if (next_ > 2) next_ = 4;  // a double takes two words of one block
    const std::uint64_t low = bits32();
    return low | static_cast<std::uint64_t>(bits32()) << 32;
  }
  /// Uniform on (0, 1), never 0 nor 1.
  double uniform() { return to_unit(bits64()); }
  /// Uniform integer in 0 .. n - 1 (n > 0), bias below n / 2^64.
  std::uint64_t below(std::uint64_t n) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((static_cast<Wide>(bits64()) * n) >> 64);
  }
  /// True with probability p; always false for p <= 0, always true for p >= 1.
  bool bernoulli(double p) { return uniform() < p; }
  double normal();                    ///< standard normal, by inversion
  double laplace(double scale);       ///< density e^(-|x|/scale) / (2 scale)
  double exponential();               ///< mean 1
  std::int64_t poisson(double mean);  ///< inversion below 30, PTRS above
  std::int64_t binomial(std::int64_t n, double p);
  /// Index with probability weight / sum of weights, by the cumulated sum in order; weights >= 0 with a positive sum.
  std::size_t categorical(std::span<const double> weights);
  /// Failures before the first success of probability p in (0, 1]: how many rows to skip.
  std::int64_t geometric(double p);

 private:
  void refill() {
    words_ = generator()(counter_, key_);
    ++counter_[3];
    next_ = 0;
  }
  static r123::Philox4x32_R<10> generator() { return {}; }

  r123::Philox4x32::ctr_type counter_;
  r123::Philox4x32::key_type key_;
  r123::Philox4x32::ctr_type words_{};
  unsigned next_ = 4;
};

/// The first uniform of each key, as Draws(stream, key, month, substep).uniform() gives it, many at once.
/// Shapes    keys and out of equal length
void fill_uniform(RngStream stream, std::span<const std::uint64_t> keys, std::uint32_t month, std::uint32_t substep,
                  std::span<double> out);

/// Philox4x32-10 on one counter, for known-answer tests.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

}  // namespace metier
