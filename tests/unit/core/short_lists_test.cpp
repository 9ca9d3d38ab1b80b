// The smallest words of many lists: both versions of the kernel against sorting.
#include "sim/core/short_lists.hpp"
#include "sim/core/hash.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/vectors.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <gtest/gtest.h>
#include <vector>

namespace metier {
namespace {

struct Arrivals {
  std::vector<std::uint64_t> word;
  std::vector<std::uint32_t> list;
};

/// Words for `lists` lists: some go to none, list 0 gets nothing, the extremes and equal words occur.
Arrivals arrivals(std::size_t lists, std::size_t n, std::uint64_t salt) {
  Arrivals a;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint64_t lot = hash64(salt, i);
    a.word.push_back(i % 97 == 0 ? 0 : i % 101 == 0 ? ShortLists::kNone - 1 : i % 13 == 0 ? hash64(salt, i / 26) : lot);
    a.list.push_back(lot % 5 == 0 || lists == 1 ? kNoBucket : static_cast<std::uint32_t>(1 + (lot >> 8) % (lists - 1)));
  }
  return a;
}

std::vector<std::uint64_t> smallest(const std::vector<const Arrivals*>& all, std::size_t list, std::size_t most) {
  std::vector<std::uint64_t> words;
  for (const Arrivals* a : all) {
    for (std::size_t i = 0; i < a->word.size(); ++i) {
      if (a->list[i] == list) words.push_back(a->word[i]);
    }
  }
  std::sort(words.begin(), words.end());
  words.resize(most, ShortLists::kNone);
  return words;
}

TEST(ShortLists, KeepTheSmallestInOrder) {
  set_threads(2);
  constexpr std::size_t kLists = 23;
  for (const std::size_t most : {1u, 5u, 6u, 7u, 8u, 15u, 31u}) {
    for (const std::size_t n : {0u, 1u, 40u, 1500u}) {
      const Arrivals first = arrivals(kLists, n, 1), second = arrivals(kLists, n, 2);
      for (const bool wide : {false, true}) {
        set_use_avx512(wide);
        ShortLists lists, others;
        lists.reset(3, 40);  // what was there before leaves no trace
        lists.reset(kLists, most);
        others.reset(kLists, most);
        lists.take(first.word.data(), first.list.data(), n);
        others.take(second.word.data(), second.list.data(), n);
        for_each_block(kLists - 1, 3, [&](std::size_t, std::size_t begin, std::size_t end) {
          lists.join(others, begin, end);  // the last list is left alone
        });
        for (std::size_t v = 0; v < kLists; ++v) {
          const std::vector<std::uint64_t> expected =
              v + 1 < kLists ? smallest({&first, &second}, v, most) : smallest({&first}, v, most);
          for (std::size_t k = 0; k < expected.size(); ++k) {
            EXPECT_EQ(lists.word(v, k), expected[k])
                << "most " << most << " n " << n << " list " << v << " place " << k << (wide ? " AVX-512" : "");
          }
        }
      }
    }
  }
  set_threads(1);
}

}  // namespace
}  // namespace metier
