// Draws of categories from tables of cumulative shares: both versions of the kernel against the definition.
#include "sim/core/cumulative.hpp"
#include "sim/core/hash.hpp"
#include "sim/core/vectors.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <gtest/gtest.h>
#include <vector>

namespace metier {
namespace {

/// Rows of shares, some of them 0, of which the last may sum to less than 1.
AlignedVector<std::int32_t> table_of(std::size_t rows, std::size_t entries) {
  const std::size_t width = cumulative_width(entries);
  AlignedVector<std::int32_t> table(rows * width, kNeverReached);
  for (std::size_t r = 0; r < rows; ++r) {
    std::vector<double> share(entries);
    double sum = 0.0, part = 0.0;
    for (std::size_t k = 0; k < entries; ++k) {
      const std::uint64_t lot = hash64(r, k);
      sum += share[k] = lot % 3 == 0 ? 0.0 : static_cast<double>(lot % 1000);
    }
    if (r % 2 == 1) sum *= 1.25;  // a fifth of the draws reaches nothing
    for (std::size_t k = 0; k < entries; ++k) {
      part += share[k];
      table[r * width + k] = static_cast<std::int32_t>(sum > 0.0 ? part / sum * kCumulativeOne : 0.0);
    }
  }
  return table;
}

TEST(FindReached, IsTheFirstEntryNotBelowTheWord) {
  for (const std::size_t entries : {1u, 15u, 16u, 17u, 30u, 48u, 108u, 200u}) {
    constexpr std::size_t kRows = 7, kDraws = 1001;
    const std::size_t width = cumulative_width(entries);
    const AlignedVector<std::int32_t> table = table_of(kRows, entries);
    std::vector<std::uint32_t> row(kDraws), word(kDraws), index(kDraws);
    for (std::size_t i = 0; i < kDraws; ++i) {
      row[i] = static_cast<std::uint32_t>(i % kRows);
      word[i] = i < kRows ? 0 : i < 2 * kRows ? 0xFFFFFFFFu : static_cast<std::uint32_t>(hash64(i));
    }
    for (const bool wide : {false, true}) {
      set_use_avx512(wide);
      std::fill(index.begin(), index.end(), 0xDEADu);
      find_reached(table.data(), width, row.data(), word.data(), kDraws, index.data());
      for (std::size_t i = 0; i < kDraws; ++i) {
        const auto begin = table.begin() + static_cast<std::ptrdiff_t>(row[i] * width);
        const auto u = static_cast<std::int32_t>(word[i] >> 1 | 1u);
        const auto expected = std::lower_bound(begin, begin + static_cast<std::ptrdiff_t>(width), u) - begin;
        EXPECT_EQ(index[i], expected) << "entries " << entries << " draw " << i << (wide ? " AVX-512" : "");
      }
    }
  }
}

TEST(FindReached, NeverMeetsWhatHasNoShare) {
  // Shares 0, 1/2, 0, 1/2, 0: even the least and the largest word.
  AlignedVector<std::int32_t> table(cumulative_width(5), kNeverReached);
  const std::int32_t half = 1 << 30, one = kNeverReached;
  const std::int32_t sums[5] = {0, half, half, one, one};
  std::copy(std::begin(sums), std::end(sums), table.begin());
  const std::vector<std::uint32_t> row(4, 0), word{0, 0x7FFFFFFFu, 0x80000000u, 0xFFFFFFFFu};
  std::vector<std::uint32_t> index(4);
  for (const bool wide : {false, true}) {
    set_use_avx512(wide);
    find_reached(table.data(), cumulative_width(5), row.data(), word.data(), 4, index.data());
    EXPECT_EQ(index, (std::vector<std::uint32_t>{1, 1, 3, 3}));
  }
}

}  // namespace
}  // namespace metier
