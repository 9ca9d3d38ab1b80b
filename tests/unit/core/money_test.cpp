#include "sim/core/money.hpp"
#include "sim/core/error.hpp"
#include "sim/core/hash.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <vector>

namespace metier {
namespace {

TEST(RoundHalfAway, HalvesGoAwayFromZero) {
  EXPECT_EQ(round_half_away(0.5), 1);
  EXPECT_EQ(round_half_away(-0.5), -1);
  EXPECT_EQ(round_half_away(1.5), 2);
  EXPECT_EQ(round_half_away(2.5), 3);
  EXPECT_EQ(round_half_away(-2.5), -3);
  EXPECT_EQ(round_half_away(0.0), 0);
  EXPECT_EQ(round_half_away(-0.0), 0);
}

/// The quick one for amounts that are not negative is the same rounding, at halves, beside them and at large amounts.
TEST(RoundedHalfUp, IsTheRoundingOfTheProgram) {
  for (const double whole : {0.0, 1.0, 2.0, 3.0, 1e6, 1e6 + 1.0, 0x1p51 - 1.0}) {
    for (const double half : {whole, whole + 0.5, std::nextafter(whole + 0.5, 0.0), std::nextafter(whole + 0.5, 1e300)})
      EXPECT_EQ(rounded_half_up(half), static_cast<double>(round_half_away(half))) << half;
  }
}

TEST(RoundHalfAway, TheNeighboursOfAHalfGoToTheNearest) {
  for (const double half : {0.5, 1.5, 2.5, 1000.5, 4503599627370494.5}) {
    const double below = std::nextafter(half, 0.0), above = std::nextafter(half, 1e300);
    const auto whole = static_cast<std::int64_t>(half);
    EXPECT_EQ(round_half_away(below), below == std::floor(below) ? static_cast<std::int64_t>(below) : whole) << half;
    EXPECT_EQ(round_half_away(above), whole + 1) << half;
    EXPECT_EQ(round_half_away(-below), -round_half_away(below)) << half;
    EXPECT_EQ(round_half_away(-above), -round_half_away(above)) << half;
  }
}

TEST(RoundHalfAway, AgreesWithTheLibraryOnManyNumbers) {
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const double x = (static_cast<double>(mix64(i) >> 11) - 0x1p52) * 0x1p-10;
    EXPECT_EQ(round_half_away(x), std::llround(x)) << x;
  }
}

TEST(RoundToCents, EurosBecomeCents) {
  EXPECT_EQ(round_to_cents(12.34), Cents{1234});
  EXPECT_EQ(round_to_cents(0.125), Cents{13});
  EXPECT_EQ(round_to_cents(-0.125), Cents{-13});
  EXPECT_EQ(round_to_cents(1e13), Cents{1'000'000'000'000'000});
  EXPECT_EQ(round_to_cents(-1e13), Cents{-1'000'000'000'000'000});
}

TEST(RoundToCents, WhatIsNoAmountIsRefused) {
  EXPECT_THROW(round_to_cents(std::numeric_limits<double>::quiet_NaN()), BrokenPromise);
  EXPECT_THROW(round_to_cents(std::numeric_limits<double>::infinity()), BrokenPromise);
  EXPECT_THROW(round_to_cents(1.0000001e13), BrokenPromise);
  EXPECT_THROW(round_to_cents(-1.0000001e13), BrokenPromise);
}

TEST(Cents, AddAndCompare) {
  Cents a{5};
  a += Cents{7};
  a -= Cents{2};
  EXPECT_EQ(a, Cents{10});
  EXPECT_EQ(-a, Cents{-10});
  EXPECT_EQ(a - Cents{11} + Cents{1}, Cents{0});
  EXPECT_LT(Cents{-1}, Cents{0});
}

std::vector<std::int64_t> split(std::int64_t total, const std::vector<double>& weights,
                                std::vector<std::uint64_t> keys = {}) {
  if (keys.empty()) {
    keys.resize(weights.size());
    std::iota(keys.begin(), keys.end(), 0);
  }
  std::vector<std::int64_t> parts(weights.size(), -99);
  split_counts(total, weights, keys, parts);
  return parts;
}
using Parts = std::vector<std::int64_t>;

TEST(Split, LargestRemaindersFirstThenTheLowestKey) {
  EXPECT_EQ(split(100, {1, 1, 1}, {7, 3, 9}), (Parts{33, 34, 33}));
  EXPECT_EQ(split(10, {0.55, 0.25, 0.20}), (Parts{6, 2, 2}));  // 5.5, 2.5, 2: equal remainders, the lower key
  EXPECT_EQ(split(10, {0.55, 0.25, 0.20}, {2, 1, 0}), (Parts{5, 3, 2}));
  EXPECT_EQ(split(7, {1, 2, 4}), (Parts{1, 2, 4}));
  EXPECT_EQ(split(8, {1, 2, 4}), (Parts{1, 2, 5}));  // 1.14, 2.29, 4.57
}

TEST(Split, TheOrderOfRowsDoesNotMatterOnlyTheKeys) {
  const std::vector<double> weights{3, 3, 2, 2, 2, 1};
  const std::vector<std::uint64_t> keys{60, 10, 50, 20, 40, 30};
  const Parts parts = split(17, weights, keys);
  std::vector<std::size_t> order{4, 2, 0, 5, 1, 3};
  std::vector<double> other_weights;
  std::vector<std::uint64_t> other_keys;
  for (const std::size_t i : order) {
    other_weights.push_back(weights[i]);
    other_keys.push_back(keys[i]);
  }
  const Parts other = split(17, other_weights, other_keys);
  for (std::size_t k = 0; k < order.size(); ++k) EXPECT_EQ(other[k], parts[order[k]]) << k;
}

TEST(Split, ANegativeTotalIsTheOppositeOfThePositiveOne) {
  for (const std::int64_t total : {1, 2, 99, 100, 101, 12'345}) {
    Parts opposite = split(total, {1, 1, 1, 0.5, 7});
    for (std::int64_t& part : opposite) part = -part;
    EXPECT_EQ(split(-total, {1, 1, 1, 0.5, 7}), opposite) << total;
  }
}

TEST(Split, ZeroWeightsGetNothingAndZeroTotalsGiveNothing) {
  EXPECT_EQ(split(5, {0, 1, 0}), (Parts{0, 5, 0}));
  EXPECT_EQ(split(1, {0, 1e-300, 1, 0}), (Parts{0, 0, 1, 0}));
  EXPECT_EQ(split(0, {0, 0}), (Parts{0, 0}));
  EXPECT_EQ(split(0, {}), Parts{});
}

TEST(Split, EveryPartIsWithinOneOfItsExactShare) {
  __extension__ using Wide = __int128;
  for (std::uint64_t trial = 0; trial < 2000; ++trial) {
    const std::size_t n = 1 + mix64(3 * trial + 1) % 40;
    std::vector<double> weights(n);
    std::vector<std::int64_t> whole(n);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      whole[i] = static_cast<std::int64_t>(hash64(trial, i) % 1'000'000);
      weights[i] = static_cast<double>(whole[i]);
      sum += whole[i];
    }
    if (sum == 0) continue;
    const auto total = static_cast<std::int64_t>(mix64(3 * trial + 2) % 1'000'000'000'000);
    const Parts parts = split(total, weights);
    EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), total) << trial;
    for (std::size_t i = 0; i < n; ++i) {  // |part - total w / sum| < 1, in whole numbers
      const Wide gap = static_cast<Wide>(parts[i]) * sum - static_cast<Wide>(total) * whole[i];
      EXPECT_TRUE(gap < sum && gap > -sum) << "trial " << trial << " part " << i;
    }
  }
}

// Over many keys nobody is favoured: 1 unit among 10 equal weights goes to the lowest key, and keys are hashed.
TEST(Split, EqualWeightsShareTheRemainderByKey) {
  std::vector<int> got(10);
  for (std::uint64_t trial = 0; trial < 10'000; ++trial) {
    std::vector<std::uint64_t> keys(10);
    for (std::size_t i = 0; i < 10; ++i) keys[i] = hash64(trial, i);
    const Parts parts = split(1, std::vector<double>(10, 1.0), keys);
    for (std::size_t i = 0; i < 10; ++i) got[i] += static_cast<int>(parts[i]);
  }
  for (const int count : got) EXPECT_NEAR(count, 1000, 6.0 * 30.0);  // false alarm 2e-8: s.e. sqrt(10^4 * .1 * .9) = 30
}

TEST(Split, LargeTotalsAndManyPartsStayExact) {
  std::vector<double> weights(100'000);
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = 1.0 / (1.0 + static_cast<double>(i % 977));
  for (const std::int64_t total : {std::int64_t{1}, std::int64_t{99'999}, std::int64_t{1'000'000'000'000'000},
                                   std::int64_t{1} << 53, -(std::int64_t{1} << 53)}) {
    const Parts parts = split(total, weights);
    EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), total);
    for (const std::int64_t part : parts) EXPECT_TRUE(total < 0 ? part <= 0 : part >= 0);
  }
  // One weight takes everything, although every floor is rounded.
  const Parts parts = split((std::int64_t{1} << 53) - 1, {1e-3, 1e300, 1e-3});
  EXPECT_EQ(parts, (Parts{0, (std::int64_t{1} << 53) - 1, 0}));
}

TEST(Split, WhatCannotBeSplitIsRefused) {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(split(1, {0, 0}), BrokenPromise);
  EXPECT_THROW(split(1, {}), BrokenPromise);
  EXPECT_THROW(split(1, {1, -1}), BrokenPromise);
  EXPECT_THROW(split(1, {1, nan}), BrokenPromise);
  EXPECT_THROW(split(1, {1, inf}), BrokenPromise);
  EXPECT_THROW(split(1, {1e308, 1e308}), BrokenPromise);  // the sum overflows
  EXPECT_THROW(split(100, {5e-324, 5e-324}), BrokenPromise);
  EXPECT_THROW(split((std::int64_t{1} << 53) + 1, {1, 1}), InputError) << "prices of a user may grow that far";
  EXPECT_THROW(split(std::numeric_limits<std::int64_t>::min(), {1, 1}), InputError);
  std::vector<std::int64_t> parts(2);
  const std::vector<double> weights{1, 1};
  const std::vector<std::uint64_t> keys{1};
  EXPECT_THROW(split_counts(1, weights, keys, parts), BrokenPromise);
}

TEST(Split, CentsAreSplitLikeCounts) {
  const std::vector<double> weights{1, 1, 1};
  const std::vector<std::uint64_t> keys{7, 3, 9};
  std::vector<Cents> parts(3);
  split_largest_remainder(Cents{-100}, weights, keys, parts);
  EXPECT_EQ(parts, (std::vector<Cents>{{-33}, {-34}, {-33}}));
}

}  // namespace
}  // namespace metier
