// Case V24b of the model: amounts split by largest remainders are exact, for any number of threads.
#include "sim/core/hash.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <gtest/gtest.h>
#include <numeric>
#include <string>
#include <vector>

namespace metier {
namespace {

class Rounding : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override { set_threads(GetParam()); }
  void TearDown() override { set_threads(1); }
};

// 100 cents over weights (1, 1, 1): the cent that is left goes to the lowest of the keys 7, 3, 9.
TEST_P(Rounding, AHundredCentsInThreeParts) {
  const std::vector<double> weights{1.0, 1.0, 1.0};
  const std::vector<std::uint64_t> keys{7, 3, 9};
  std::vector<Cents> parts(3);
  split_largest_remainder(Cents{100}, weights, keys, parts);
  EXPECT_EQ(parts, (std::vector<Cents>{{33}, {34}, {33}}));
}

/// One of the random vectors: up to 64 weights over ten orders of magnitude, some of them zero.
struct Vector {
  explicit Vector(std::uint64_t trial) {
    const std::size_t n = 1 + mix64(trial) % 64;
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint64_t word = hash64(trial, i);
      double weight = static_cast<double>(word >> 11) * 0x1p-53;
      for (std::uint64_t k = 0; k < word % 11; ++k) weight *= 0.1;
      weights.push_back(i > 0 && word % 7 == 0 ? 0.0 : weight + 1e-12);
      keys.push_back(hash64(trial, i, 1u));
    }
    total.value = static_cast<std::int64_t>(hash64(trial, 77u) % 2'000'000'000'001) - 1'000'000'000'000;
    parts.resize(n);
  }
  std::vector<double> weights;
  std::vector<std::uint64_t> keys;
  std::vector<Cents> parts;
  Cents total;
};

TEST_P(Rounding, TenThousandRandomVectorsLoseNothing) {
  constexpr std::size_t trials = 10'000;
  std::vector<std::int64_t> lost(trials);
  std::vector<std::uint64_t> hashes(trials), alone(trials);
  const auto hash_of = [](const Vector& v) { return hash_bytes(v.parts.data(), v.parts.size() * sizeof(Cents)); };
  for_each_item(trials, [&](std::size_t trial) {
    Vector v(trial);
    split_largest_remainder(v.total, v.weights, v.keys, v.parts);
    lost[trial] = v.total.value;
    for (const Cents part : v.parts) lost[trial] -= part.value;
    hashes[trial] = hash_of(v);
  });
  for (std::size_t trial = 0; trial < trials; ++trial) {
    EXPECT_EQ(lost[trial], 0) << "trial " << trial;
    Vector v(trial);
    split_largest_remainder(v.total, v.weights, v.keys, v.parts);
    alone[trial] = hash_of(v);
    for (std::size_t i = 0; i < v.parts.size(); ++i) {
      EXPECT_TRUE(v.weights[i] > 0.0 || v.parts[i] == Cents{0}) << "trial " << trial << " part " << i;
    }
  }
  EXPECT_EQ(hashes, alone) << "parts on " << GetParam() << " threads and on one";
}

INSTANTIATE_TEST_SUITE_P(Threads, Rounding, ::testing::Values(1, 2, 3, 7),
                         [](const auto& test) { return std::to_string(test.param); });

}  // namespace
}  // namespace metier
