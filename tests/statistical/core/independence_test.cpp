// Numbers that differ in one part of their name (draw, entity, month, substep, domain, replicate, seed) are
// independent: pairs fill the cells of a square evenly, and are not correlated. False alarm 3e-6 for each pair.
#include "sim/core/hash.hpp"
#include "sim/core/rng.hpp"
#include "tests/statistical/core/goodness_of_fit.hpp"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace metier {
namespace {

double first(std::uint64_t seed, std::uint64_t replicate, std::uint32_t domain, std::uint64_t key, std::uint32_t month,
             std::uint32_t substep) {
  return Draws(RngStream(seed, replicate, domain), key, month, substep).uniform();
}

struct Pair {
  std::string name;
  std::function<std::pair<double, double>(std::uint64_t)> of;
};

const std::vector<Pair>& pairs() {
  static const std::vector<Pair> all{
      {"draw",
       [](std::uint64_t i) {
         Draws draws(RngStream(1, 0, 7), i, 1, 0);
         const double a = draws.uniform();
         return std::pair(a, draws.uniform());
       }},
      {"draw_of_the_next_block",
       [](std::uint64_t i) {
         Draws draws(RngStream(1, 0, 7), i, 1, 0);
         const double a = draws.uniform();
         draws.uniform();
         return std::pair(a, draws.uniform());
       }},
      {"key", [](std::uint64_t i) { return std::pair(first(1, 0, 7, 2 * i, 1, 0), first(1, 0, 7, 2 * i + 1, 1, 0)); }},
      {"high_half_of_the_key",
       [](std::uint64_t i) { return std::pair(first(1, 0, 7, i, 1, 0), first(1, 0, 7, i | 1ull << 32, 1, 0)); }},
      {"month", [](std::uint64_t i) { return std::pair(first(1, 0, 7, i, 1, 0), first(1, 0, 7, i, 2, 0)); }},
      {"substep", [](std::uint64_t i) { return std::pair(first(1, 0, 7, i, 1, 0), first(1, 0, 7, i, 1, 1)); }},
      {"domain", [](std::uint64_t i) { return std::pair(first(1, 0, 7, i, 1, 0), first(1, 0, 8, i, 1, 0)); }},
      {"replicate", [](std::uint64_t i) { return std::pair(first(1, 0, 7, i, 1, 0), first(1, 1, 7, i, 1, 0)); }},
      {"seed", [](std::uint64_t i) { return std::pair(first(1, 0, 7, i, 1, 0), first(2, 0, 7, i, 1, 0)); }},
      {"seeds_one_after_the_other",
       [](std::uint64_t i) { return std::pair(first(2 * i, 0, 7, 1, 1, 0), first(2 * i + 1, 0, 7, 1, 1, 0)); }},
      {"months_one_after_the_other", [](std::uint64_t i) {
         const auto month = static_cast<std::uint32_t>(2 * (i % 132) + 1);
         return std::pair(first(1, 0, 7, i / 132, month, 0), first(1, 0, 7, i / 132, month + 1, 0));
       }}};
  return all;
}

class Independence : public ::testing::TestWithParam<std::size_t> {};

TEST_P(Independence, PairsFillTheSquareEvenlyAndAreNotCorrelated) {
  constexpr std::size_t n = 400'000, side = 32;
  std::vector<double> observed(side * side);
  double product = 0.0;
  for (std::uint64_t i = 0; i < n; ++i) {
    const auto [a, b] = pairs()[GetParam()].of(i);
    ++observed[static_cast<std::size_t>(a * side) * side + static_cast<std::size_t>(b * side)];
    product += 12.0 * (a - 0.5) * (b - 0.5);
  }
  const auto fit = test::chi_square(observed, std::vector<double>(side * side, 1.0 / (side * side)), n);
  EXPECT_LT(fit.statistic, fit.bound());
  EXPECT_GT(fit.statistic, fit.lower_bound());
  EXPECT_NEAR(product / n, 0.0, test::mean_bound(1.0, n)) << "correlation";
}

INSTANTIATE_TEST_SUITE_P(Names, Independence, ::testing::Range(std::size_t{0}, std::size_t{11}),
                         [](const auto& test) { return pairs()[test.param].name; });

}  // namespace
}  // namespace metier
