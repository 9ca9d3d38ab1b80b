#include "sim/core/rng_words.hpp"

#include "sim/core/vectors.hpp"

#ifdef METIER_HAS_AVX512_KERNELS
#include <immintrin.h>
#endif

namespace metier {

namespace {

/// One key after the other: the definition, and the rest of a stretch that does not fill a vector.
void fill_words_one_by_one(RngStream stream, const std::uint64_t* keys, const std::uint32_t* blocks, std::size_t begin,
                           std::size_t end, std::uint32_t step, std::uint32_t* const out[4]) {
  const r123::Philox4x32::key_type key{
      {static_cast<std::uint32_t>(stream.key), static_cast<std::uint32_t>(stream.key >> 32)}};
  for (std::size_t i = begin; i < end; ++i) {
    const r123::Philox4x32::ctr_type counter{{static_cast<std::uint32_t>(keys[i]),
                                              static_cast<std::uint32_t>(keys[i] >> 32), step,
                                              blocks == nullptr ? 0u : blocks[i]}};
    const auto words = r123::Philox4x32_R<10>()(counter, key);
    for (std::size_t w = 0; w < 4; ++w) out[w][i] = words[w];
  }
}

#ifdef METIER_HAS_AVX512_KERNELS

/// Four counters side by side; each 64-bit lane holds one 32-bit word, what stands above it is ignored by the products.
struct Four {
  __m256i c0, c1, c2, c3;
};

inline void philox_round(Four& c, __m256i k0, __m256i k1, __m256i mul0, __m256i mul1) {
  const __m256i p0 = _mm256_mul_epu32(c.c0, mul0);
  const __m256i p1 = _mm256_mul_epu32(c.c2, mul1);
  c.c0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p1, 32), c.c1), k0);
  c.c1 = p1;
  c.c2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p0, 32), c.c3), k1);
  c.c3 = p0;
}

/// The low words of eight lanes, in order.
inline __m256i join(__m256i a, __m256i b) {
  const __m256i even = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
  const __m256i low = _mm256_permutevar8x32_epi32(a, even);
  const __m256i high = _mm256_permutevar8x32_epi32(b, even);
  return _mm256_blend_epi32(low, high, 0xF0);
}

/// From `begin` on eight keys at a time; returns where it stops.
std::size_t fill_words_by_eight(RngStream stream, const std::uint64_t* keys, const std::uint32_t* blocks,
                                std::size_t begin, std::size_t n, std::uint32_t step, std::uint32_t* const out[4]) {
  const __m256i mul0 = _mm256_set1_epi64x(0xD2511F53), mul1 = _mm256_set1_epi64x(0xCD9E8D57);
  const __m256i steps = _mm256_set1_epi64x(step);
  const std::size_t whole = begin + (n - begin) / 8 * 8;
  for (std::size_t i = begin; i < whole; i += 8) {
    const __m256i key_a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(keys + i));
    const __m256i key_b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(keys + i + 4));
    __m256i block_a = _mm256_setzero_si256(), block_b = block_a;
    if (blocks != nullptr) {
      block_a = _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(blocks + i)));
      block_b = _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(blocks + i + 4)));
    }
    Four a{key_a, _mm256_srli_epi64(key_a, 32), steps, block_a};
    Four b{key_b, _mm256_srli_epi64(key_b, 32), steps, block_b};
    auto k0 = static_cast<std::uint32_t>(stream.key), k1 = static_cast<std::uint32_t>(stream.key >> 32);
    for (int round = 0; round < 10; ++round) {
      const __m256i key0 = _mm256_set1_epi64x(k0), key1 = _mm256_set1_epi64x(k1);
      philox_round(a, key0, key1, mul0, mul1);
      philox_round(b, key0, key1, mul0, mul1);
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out[0] + i), join(a.c0, b.c0));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out[1] + i), join(a.c1, b.c1));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out[2] + i), join(a.c2, b.c2));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out[3] + i), join(a.c3, b.c3));
  }
  return whole;
}

/// Eight counters side by side.
struct Eight {
  __m512i c0, c1, c2, c3;
};

METIER_AVX512 inline void philox_round(Eight& c, __m512i k0, __m512i k1, __m512i mul0, __m512i mul1) {
  const __m512i p0 = _mm512_mul_epu32(c.c0, mul0);
  const __m512i p1 = _mm512_mul_epu32(c.c2, mul1);
  c.c0 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p1, 32), c.c1, k0, 0x96);  // exclusive or of three
  c.c1 = p1;
  c.c2 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p0, 32), c.c3, k1, 0x96);
  c.c3 = p0;
}

/// Thirty-two keys at a time; returns how many were done.
METIER_AVX512 std::size_t fill_words_by_thirty_two(RngStream stream, const std::uint64_t* keys,
                                                   const std::uint32_t* blocks, std::size_t n, std::uint32_t step,
                                                   std::uint32_t* const out[4]) {
  constexpr std::size_t kChains = 4;
  const __m512i mul0 = _mm512_set1_epi64(0xD2511F53), mul1 = _mm512_set1_epi64(0xCD9E8D57);
  const __m512i steps = _mm512_set1_epi64(step);
  const std::size_t whole = n / (8 * kChains) * (8 * kChains);
  for (std::size_t i = 0; i < whole; i += 8 * kChains) {
    Eight lane[kChains];
    for (std::size_t k = 0; k < kChains; ++k) {
      const __m512i key = _mm512_loadu_si512(keys + i + 8 * k);
      const __m512i block =
          blocks == nullptr
              ? _mm512_setzero_si512()
              : _mm512_cvtepu32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(blocks + i + 8 * k)));
      lane[k] = {key, _mm512_srli_epi64(key, 32), steps, block};
    }
    auto k0 = static_cast<std::uint32_t>(stream.key), k1 = static_cast<std::uint32_t>(stream.key >> 32);
    for (int round = 0; round < 10; ++round) {
      const __m512i key0 = _mm512_set1_epi64(k0), key1 = _mm512_set1_epi64(k1);
      for (Eight& c : lane) philox_round(c, key0, key1, mul0, mul1);
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
    for (std::size_t k = 0; k < kChains; ++k) {
      const auto store = [&](std::uint32_t* to, __m512i words) METIER_AVX512 {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + i + 8 * k), _mm512_cvtepi64_epi32(words));
      };
      store(out[0], lane[k].c0);
      store(out[1], lane[k].c1);
      store(out[2], lane[k].c2);
      store(out[3], lane[k].c3);
    }
  }
  return whole;
}

#endif

}  // namespace

void fill_words(RngStream stream, const std::uint64_t* keys, const std::uint32_t* blocks, std::size_t n,
                std::uint32_t month, std::uint32_t substep, std::uint32_t* const out[4]) {
  const std::uint32_t step = month * 256u + substep;
  std::size_t done = 0;
#ifdef METIER_HAS_AVX512_KERNELS
  if (use_avx512()) done = fill_words_by_thirty_two(stream, keys, blocks, n, step, out);
  done = fill_words_by_eight(stream, keys, blocks, done, n, step, out);
#endif
  fill_words_one_by_one(stream, keys, blocks, done, n, step, out);
}

}  // namespace metier
