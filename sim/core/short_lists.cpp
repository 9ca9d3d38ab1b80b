#include "sim/core/short_lists.hpp"

#include "sim/core/parallel.hpp"

#include <algorithm>
#include <limits>

#ifdef METIER_HAS_AVX512_KERNELS
#include <immintrin.h>
#endif

namespace metier {

void ShortLists::reset(std::size_t lists, std::size_t most) {
  lists_ = lists;
  vectors_ = (1 + most + kLanes - 1) / kLanes;
  Vector none{};
  none.word.fill(std::numeric_limits<std::int64_t>::max());
  lines_.assign((lists + kNobodys) * vectors_, none);
  for (std::size_t v = 0; v < lists; ++v) lines_[v * vectors_].word[0] = std::numeric_limits<std::int64_t>::min();
}

inline std::size_t ShortLists::list_of(const std::uint32_t* lists, std::size_t i) const {
  return lists[i] == kNoBucket ? lists_ + i % kNobodys : lists[i];
}

/// A word takes its place and who is pushed beyond the end is dropped. All places at once, from the end: no branch could
/// be predicted, and none waits for another. Word 0 stays: it is less than all.
inline void ShortLists::put_in_place(std::int64_t fresh, std::int64_t* line) const {
  constexpr std::size_t kTogether = 4;
  std::array<std::int64_t, kTogether> next;
  for (std::size_t k = vectors_ * kLanes - kTogether; k > 0; k -= kTogether) {
    std::int64_t* const to = line + k;
    for (std::size_t j = 0; j < kTogether; ++j) next[j] = std::min(to[j], std::max(*(to + j - 1), fresh));
    for (std::size_t j = 0; j < kTogether; ++j) to[j] = next[j];
  }
  for (std::size_t j = 1; j < kTogether; ++j) next[j] = std::min(line[j], std::max(line[j - 1], fresh));
  for (std::size_t j = 1; j < kTogether; ++j) line[j] = next[j];
}

void ShortLists::take(const std::uint64_t* words, const std::uint32_t* lists, std::size_t n) {
#ifdef METIER_HAS_AVX512_KERNELS
  if (use_avx512()) return take_avx512(words, lists, n);
#endif
  std::int64_t* const lines = lines_.data()->word.data();
  for (std::size_t i = 0; i < n; ++i) {
    prefetch(lines + list_of(lists, std::min(i + kAhead, n - 1)) * vectors_ * kLanes);
    put_in_place(static_cast<std::int64_t>(words[i] ^ kSign), lines + list_of(lists, i) * vectors_ * kLanes);
  }
}

void ShortLists::join(const ShortLists& other, std::size_t begin, std::size_t end) {
#ifdef METIER_HAS_AVX512_KERNELS
  if (use_avx512()) return join_avx512(other, begin, end);
#endif
  const std::size_t length = vectors_ * kLanes;
  std::int64_t* const lines = lines_.data()->word.data();
  const std::int64_t* const theirs = other.lines_.data()->word.data();
  for (std::size_t v = begin; v < end; ++v) {
    for (std::size_t k = 1; k < length; ++k) put_in_place(theirs[v * length + k], lines + v * length);
  }
}

#ifdef METIER_HAS_AVX512_KERNELS
namespace {

/// The same with eight places to a vector, of which the first line is `line`.
template <class Vector>
METIER_AVX512 inline void put_in_place_avx512(__m512i fresh, Vector* line, std::size_t vectors) {
  for (std::size_t k = vectors - 1; k > 0; --k) {
    const __m512i to = _mm512_load_si512(line + k);
    const __m512i before = _mm512_loadu_si512(&line[k - 1].word.back());  // seven of them of line[k]
    _mm512_store_si512(line + k, _mm512_min_epi64(to, _mm512_max_epi64(before, fresh)));
  }
  const __m512i to = _mm512_load_si512(line);
  const __m512i before = _mm512_permutexvar_epi64(_mm512_setr_epi64(0, 0, 1, 2, 3, 4, 5, 6), to);
  _mm512_store_si512(line, _mm512_min_epi64(to, _mm512_max_epi64(before, fresh)));
}

}  // namespace

METIER_AVX512 void ShortLists::take_avx512(const std::uint64_t* words, const std::uint32_t* lists, std::size_t n) {
  Vector* const lines = lines_.data();
  for (std::size_t i = 0; i < n; ++i) {
    prefetch(lines + list_of(lists, std::min(i + kAhead, n - 1)) * vectors_);
    const __m512i fresh = _mm512_set1_epi64(static_cast<std::int64_t>(words[i] ^ kSign));
    put_in_place_avx512(fresh, lines + list_of(lists, i) * vectors_, vectors_);
  }
}

METIER_AVX512 void ShortLists::join_avx512(const ShortLists& other, std::size_t begin, std::size_t end) {
  Vector* const lines = lines_.data();
  const Vector* const theirs = other.lines_.data();
  for (std::size_t v = begin * vectors_; v < end * vectors_; v += vectors_) {
    for (std::size_t k = 1; k < vectors_ * kLanes; ++k)
      put_in_place_avx512(_mm512_set1_epi64(theirs[v + k / kLanes].word[k % kLanes]), lines + v, vectors_);
  }
}
#endif

}  // namespace metier
