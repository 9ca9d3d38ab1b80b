// The primitives give the same bits for any number of threads. Built twice: on the backend of the build and on
// std::jthread, which the thread sanitizer understands.
#include "sim/core/parallel.hpp"
#include "sim/core/hash.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>
#include <new>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {
thread_local int allocations_left = -1;  ///< of this thread, until one fails; -1: none fails
}  // namespace

void* operator new(std::size_t size) {
  void* const memory =
      allocations_left >= 0 && allocations_left-- == 0 ? nullptr : std::malloc(std::max(size, std::size_t{1}));
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return std::malloc(std::max(size, std::size_t{1}));
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace metier {
namespace {

const std::vector<std::size_t> kSizes{0, 1, 2, kRowBlock - 1, kRowBlock, kRowBlock + 1, 7 * kRowBlock + 5, 300'000};

class Parallel : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override { set_threads(GetParam()); }
  void TearDown() override { set_threads(1); }
};

TEST_P(Parallel, KnowsItsThreads) { EXPECT_EQ(threads(), GetParam()); }

TEST_P(Parallel, EveryRowIsVisitedOnce) {
  for (const std::size_t n : kSizes) {
    std::vector<std::uint8_t> visits(n);
    for_each_row(n, [&](std::size_t i) { ++visits[i]; });
    EXPECT_EQ(std::count(visits.begin(), visits.end(), 1), static_cast<std::ptrdiff_t>(n));
    std::vector<std::uint8_t> items(n % 5000);
    for_each_item(items.size(), [&](std::size_t i) { ++items[i]; });
    EXPECT_EQ(std::count(items.begin(), items.end(), 1), static_cast<std::ptrdiff_t>(items.size()));
  }
}

TEST_P(Parallel, BlocksAreFixedAndCoverAllRows) {
  for (const std::size_t n : kSizes) {
    for (const std::size_t rows : {std::size_t{1}, std::size_t{1000}, std::size_t{1} << 20}) {
      if (rows == 1 && n > 10'000) continue;
      const std::size_t blocks = (n + rows - 1) / rows;
      std::vector<std::pair<std::size_t, std::size_t>> seen(blocks);
      for_each_block(n, rows, [&](std::size_t block, std::size_t begin, std::size_t end) {
        seen[block] = {begin, end};
      });
      for (std::size_t block = 0; block < blocks; ++block) {
        EXPECT_EQ(seen[block].first, block * rows);
        EXPECT_EQ(seen[block].second, std::min(n, (block + 1) * rows));
      }
    }
  }
}

double term(std::size_t i) { return static_cast<double>(mix64(i)) * (i % 2 == 0 ? 1e-10 : -1e-11); }

TEST_P(Parallel, OrderedSumHasItsDefinition) {
  for (const std::size_t n : kSizes) {
    double expected = 0.0;  // inside blocks in the order of rows, then over blocks
    for (std::size_t begin = 0; begin < n; begin += kRowBlock) {
      double part = 0.0;
      for (std::size_t i = begin; i < std::min(n, begin + kRowBlock); ++i) part += term(i);
      expected += part;
    }
    EXPECT_EQ(ordered_sum(n, term), expected) << n;
  }
}

TEST_P(Parallel, IntegerSumIsExact) {
  for (const std::size_t n : kSizes) {
    std::int64_t expected = 0;
    const auto value = [](std::size_t i) {
      return static_cast<std::int64_t>(mix64(i) >> 20) - (std::int64_t{1} << 43);
    };
    for (std::size_t i = 0; i < n; ++i) expected += value(i);
    EXPECT_EQ(integer_sum(n, value), expected) << n;
  }
}

TEST_P(Parallel, PrivateSumsAddUp) {
  constexpr std::size_t n = 200'000, size = 5000;
  std::vector<std::int64_t> expected(size, 100), got(size, 100);
  for (std::size_t i = 0; i < n; ++i) expected[mix64(i) % size] += static_cast<std::int64_t>(i);
  PrivateSums<std::int64_t> sums;
  for (int round = 0; round < 2; ++round) {  // memory is kept, values are not
    sums.reset(size);
    for_each_row(n, [&](std::size_t i) { sums.mine()[mix64(i) % size] += static_cast<std::int64_t>(i); });
    std::fill(got.begin(), got.end(), 100);
    sums.add_to(std::span<std::int64_t>(got));
    EXPECT_EQ(got, expected) << round;
  }
}

TEST_P(Parallel, ExclusiveScan) {
  std::vector<std::uint32_t> counts{3, 0, 5, 1};
  EXPECT_EQ(exclusive_scan(std::span<std::uint32_t>(counts)), 9u);
  EXPECT_EQ(counts, (std::vector<std::uint32_t>{0, 3, 3, 8}));
  std::vector<std::uint32_t> none;
  EXPECT_EQ(exclusive_scan(std::span<std::uint32_t>(none)), 0u);
}

TEST_P(Parallel, StableBucketsAreAStableSort) {
  Buckets out;  // kept over sizes, as a process keeps it over months
  for (const std::size_t n : kSizes) {
    for (const std::size_t buckets : {std::size_t{1}, std::size_t{7}, std::size_t{5000}}) {
      const auto bucket = [&](std::size_t i) {
        const auto b = static_cast<std::uint32_t>(mix64(i) % (buckets + 1));
        return b == buckets ? kNoBucket : b;
      };
      std::vector<std::uint32_t> expected;
      for (std::size_t i = 0; i < n; ++i) {
        if (bucket(i) != kNoBucket) expected.push_back(static_cast<std::uint32_t>(i));
      }
      std::stable_sort(expected.begin(), expected.end(),
                       [&](std::uint32_t a, std::uint32_t b) { return bucket(a) < bucket(b); });
      stable_bucket_by(n, buckets, bucket, out);
      ASSERT_EQ(out.offsets.size(), buckets + 1);
      ASSERT_EQ(out.offsets[buckets], expected.size());
      EXPECT_TRUE(std::equal(expected.begin(), expected.end(), out.order.begin())) << n << " in " << buckets;
      std::size_t members = 0;
      for (std::size_t b = 0; b < buckets; ++b) {
        for (const std::uint32_t i : out.of(b)) EXPECT_EQ(bucket(i), b);
        members += out.of(b).size();
      }
      EXPECT_EQ(members, expected.size());
    }
  }
}

TEST_P(Parallel, WorkersHaveTheirOwnSlot) {
  std::vector<int> worker(1000, -1);
  for_each_item(worker.size(), [&](std::size_t k) { worker[k] = worker_index(); });
  for (const int w : worker) EXPECT_TRUE(w >= 0 && w < GetParam()) << w;
  EXPECT_EQ(worker_index(), 0) << "outside parallel work";
}

TEST_P(Parallel, WorkInsideWorkIsDoneToo) {
  std::vector<std::int64_t> sums(50);
  for_each_item(sums.size(), [&](std::size_t k) {
    sums[k] = integer_sum(10'000, [&](std::size_t i) { return static_cast<std::int64_t>(i * k); });
  });
  for (std::size_t k = 0; k < sums.size(); ++k) EXPECT_EQ(sums[k], static_cast<std::int64_t>(k) * 49'995'000);
}

TEST_P(Parallel, AFailureInABlockReachesTheCaller) {
  const auto fail = [](std::size_t i) {
    if (i == 123'456) throw std::runtime_error("row 123456");
  };
  EXPECT_THROW(for_each_row(300'000, fail), std::runtime_error);
  std::vector<std::uint8_t> visits(300'000);  // and work goes on afterwards
  for_each_row(visits.size(), [&](std::size_t i) { ++visits[i]; });
  EXPECT_EQ(std::count(visits.begin(), visits.end(), 1), 300'000);
}

TEST_P(Parallel, SideBySideCallsEachOnce) {
  int a = 0, b = 0, c = 0;
  side_by_side([&] { ++a; }, [&] { b += 2; }, [&] { c += 3; });
  EXPECT_EQ(a, 1);
  EXPECT_EQ(b, 2);
  EXPECT_EQ(c, 3);
}

TEST_P(Parallel, SmallPiecesOneAfterTheOther) {
  std::vector<std::int64_t> visits(2 * kRowBlock + 1, 0);
  constexpr std::int64_t kPieces = 20'000;
  for (std::int64_t piece = 0; piece < kPieces; ++piece)
    for_each_row(visits.size(), [&](std::size_t i) { ++visits[i]; });
  EXPECT_EQ(std::count(visits.begin(), visits.end(), kPieces), static_cast<std::ptrdiff_t>(visits.size()));
}

TEST_P(Parallel, HelpersComeAgainAfterAPause) {
  using namespace std::chrono_literals;
  for (const auto pause : {0ms, 1ms, 20ms}) {  // beyond the last, nobody looks out for work any more
    std::this_thread::sleep_for(pause);
    std::vector<std::uint8_t> came(static_cast<std::size_t>(GetParam()), 0);
    const auto all_came = [&] { return std::count(came.begin(), came.end(), 0) == 0; };
    // A helper may miss a piece: one that is just about to go, or that the machine is slow to start.
    const auto too_long = std::chrono::steady_clock::now() + 60s;
    while (!all_came() && std::chrono::steady_clock::now() < too_long) {
      for_each_item(4 * came.size(), [&](std::size_t) {
        std::this_thread::sleep_for(2ms);  // time for the others to come
        came[static_cast<std::size_t>(worker_index())] = 1;
      });
    }
    EXPECT_TRUE(all_came()) << "after " << pause.count() << " ms";
  }
}

INSTANTIATE_TEST_SUITE_P(Threads, Parallel, ::testing::Values(1, 2, 3, 7),
                         [](const auto& test) { return std::to_string(test.param); });

TEST(Threads, AtLeastOne) {
  EXPECT_ANY_THROW(set_threads(0));
  EXPECT_ANY_THROW(set_threads(-1));
  EXPECT_EQ(threads(), 1);
}

TEST(Threads, ALackOfMemoryIsPassedOnAndLeavesNoThreadWaiting) {
  int given = 0;  // allocations before the one that fails
  for (bool failed = true; failed; ++given) {
    ASSERT_LT(given, 100);
    allocations_left = given;
    try {
      set_threads(4);
      failed = allocations_left < 0;
    } catch (const std::bad_alloc&) {
      EXPECT_EQ(threads(), 1);
    }
    allocations_left = -1;
  }
  EXPECT_GT(given, 4);
  EXPECT_EQ(threads(), 4);
  set_threads(1);
}

}  // namespace
}  // namespace metier
