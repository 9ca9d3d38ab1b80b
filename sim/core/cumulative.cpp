#include "sim/core/cumulative.hpp"

#include "sim/core/vectors.hpp"

#include <cstring>

#ifdef METIER_HAS_AVX512_KERNELS
#include <immintrin.h>
#endif

namespace metier {

namespace {

/// All shares are looked at: sixteen at a time that is quicker than a search, whose branches nobody could predict.
void find_all(const std::int32_t* table, std::size_t width, const std::uint32_t* rows, const std::uint32_t* words,
              std::size_t n, std::uint32_t* index) {
  using Eight = std::int32_t __attribute__((vector_size(32)));
  for (std::size_t i = 0; i < n; ++i) {
    const std::int32_t* const row = table + rows[i] * width;
    const auto u = static_cast<std::int32_t>(words[i] >> 1 | 1u);
    Eight low{}, high{}, a, b;
    for (std::size_t k = 0; k < width; k += 16) {
      std::memcpy(&a, row + k, sizeof a);
      std::memcpy(&b, row + k + 8, sizeof b);
      low -= a < u;  // a comparison that holds is -1
      high -= b < u;
    }
    low += high;
    std::uint64_t pair[4];  // counts are small: both halves of a word are added up at once
    std::memcpy(pair, &low, sizeof low);
    const std::uint64_t sum = pair[0] + pair[1] + pair[2] + pair[3];
    index[i] = static_cast<std::uint32_t>(sum) + static_cast<std::uint32_t>(sum >> 32);
  }
}

#ifdef METIER_HAS_AVX512_KERNELS
/// The same, the comparisons that hold counted as bits.
METIER_AVX512 void find_all_avx512(const std::int32_t* table, std::size_t width, const std::uint32_t* rows,
                                   const std::uint32_t* words, std::size_t n, std::uint32_t* index) {
  for (std::size_t i = 0; i < n; ++i) {
    const std::int32_t* const row = table + rows[i] * width;
    const __m512i u = _mm512_set1_epi32(static_cast<std::int32_t>(words[i] >> 1 | 1u));
    const auto below = [&](std::size_t k)
                           METIER_AVX512 { return _mm512_cmplt_epi32_mask(_mm512_loadu_si512(row + k), u); };
    std::size_t k = 0;
    int sum = 0;
    for (; k + 32 <= width; k += 32) sum += __builtin_popcount(_mm512_kunpackw(below(k + 16), below(k)));
    if (k < width) sum += __builtin_popcount(below(k));
    index[i] = static_cast<std::uint32_t>(sum);
  }
}
#endif

}  // namespace

void find_reached(const std::int32_t* table, std::size_t width, const std::uint32_t* rows, const std::uint32_t* words,
                  std::size_t n, std::uint32_t* index) {
#ifdef METIER_HAS_AVX512_KERNELS
  if (use_avx512()) return find_all_avx512(table, width, rows, words, n, index);
#endif
  find_all(table, width, rows, words, n, index);
}

}  // namespace metier
