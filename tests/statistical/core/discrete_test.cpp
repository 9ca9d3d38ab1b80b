// Discrete laws against their probabilities, with fixed seeds. Each comparison: false alarm 1e-6 per bound.
#include "sim/core/hash.hpp"
#include "sim/core/rng.hpp"
#include "tests/statistical/core/goodness_of_fit.hpp"

#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>
#include <numeric>
#include <vector>

namespace metier {
namespace {

constexpr std::size_t kDiscreteEntities = 500'000;

/// Counts of the outcomes 0 .. cells - 1 over entities, and their mean and variance.
struct Counts {
  std::vector<double> observed;
  double mean = 0.0, variance = 0.0;
};
template <class Draw>
Counts count(std::size_t cells, std::size_t entities, std::uint32_t domain, Draw&& draw) {
  const RngStream stream(20'190'102, 0, domain);
  Counts out{std::vector<double>(cells)};
  double sum = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < entities; ++i) {
    Draws draws(stream, hash64(i), 7, 0);
    const auto k = static_cast<double>(draw(draws));
    EXPECT_GE(k, 0.0);
    if (k < static_cast<double>(cells)) ++out.observed[static_cast<std::size_t>(k)];
    sum += k;
    squares += k * k;
  }
  const auto n = static_cast<double>(entities);
  out.mean = sum / n;
  out.variance = squares / n - out.mean * out.mean;
  return out;
}

void expect_fit(const Counts& counts, const std::vector<double>& probability, std::size_t entities) {
  const test::ChiSquare fit = test::chi_square(counts.observed, probability, entities);
  EXPECT_GE(fit.degrees, 1.0);
  EXPECT_LT(fit.statistic, fit.bound()) << fit.degrees << " degrees of freedom";
}

class Poisson : public ::testing::TestWithParam<double> {};

TEST_P(Poisson, HasItsProbabilities) {
  const double mean = GetParam();
  const auto cells = static_cast<std::size_t>(mean + 12.0 * std::sqrt(mean) + 20.0);
  const Counts counts = count(cells, kDiscreteEntities, 0x7100, [&](Draws& d) { return d.poisson(mean); });
  std::vector<double> probability(cells);
  for (std::size_t k = 0; k < cells; ++k) {
    const auto x = static_cast<double>(k);
    probability[k] = std::exp(x * std::log(mean) - mean - std::lgamma(x + 1.0));
  }
  expect_fit(counts, probability, kDiscreteEntities);
  EXPECT_NEAR(counts.mean, mean, test::mean_bound(std::sqrt(mean), kDiscreteEntities));
  // Variance of the sample variance: (mean + 2 mean^2) / n.
  EXPECT_NEAR(counts.variance, mean, test::mean_bound(std::sqrt(mean + 2.0 * mean * mean), kDiscreteEntities));
}

// Inversion below 30, rejection above: both sides of the border.
INSTANTIATE_TEST_SUITE_P(Means, Poisson, ::testing::Values(0.01, 0.7, 4.0, 17.5, 29.999, 30.0, 45.0, 200.0, 3000.0));

struct BinomialCase {
  std::int64_t n;
  double p;
};
class Binomial : public ::testing::TestWithParam<BinomialCase> {};

TEST_P(Binomial, HasItsProbabilities) {
  const auto [n, p] = GetParam();
  const auto cells = static_cast<std::size_t>(n + 1);
  const Counts counts = count(cells, kDiscreteEntities, 0x7200,
                              [&, trials = n, chance = p](Draws& d) { return d.binomial(trials, chance); });
  std::vector<double> probability(cells);
  const auto total = static_cast<double>(n);
  for (std::size_t k = 0; k < cells; ++k) {
    const auto x = static_cast<double>(k);
    probability[k] = std::exp(std::lgamma(total + 1.0) - std::lgamma(x + 1.0) - std::lgamma(total - x + 1.0) +
                              x * std::log(p) + (total - x) * std::log1p(-p));
  }
  expect_fit(counts, probability, kDiscreteEntities);
  EXPECT_NEAR(counts.mean, total * p, test::mean_bound(std::sqrt(total * p * (1.0 - p)), kDiscreteEntities));
}

INSTANTIATE_TEST_SUITE_P(Cases, Binomial,
                         ::testing::Values(BinomialCase{1, 0.3}, BinomialCase{5, 0.5}, BinomialCase{12, 0.85},
                                           BinomialCase{100, 0.02}, BinomialCase{400, 0.1}, BinomialCase{1000, 0.999}),
                         [](const auto& test) {
                           return "n" + std::to_string(test.param.n) + "_" +
                                  std::to_string(std::lround(1000.0 * test.param.p));
                         });

class Geometric : public ::testing::TestWithParam<double> {};

TEST_P(Geometric, HasItsProbabilities) {
  const double p = GetParam();
  const auto cells = static_cast<std::size_t>(20.0 / p);
  const Counts counts = count(cells, kDiscreteEntities, 0x7300, [&](Draws& d) { return d.geometric(p); });
  std::vector<double> probability(cells);
  for (std::size_t k = 0; k < cells; ++k) probability[k] = p * std::exp(static_cast<double>(k) * std::log1p(-p));
  expect_fit(counts, probability, kDiscreteEntities);
  EXPECT_NEAR(counts.mean, (1.0 - p) / p, test::mean_bound(std::sqrt(1.0 - p) / p, kDiscreteEntities));
}

INSTANTIATE_TEST_SUITE_P(Chances, Geometric, ::testing::Values(0.9, 0.5, 0.1, 0.011));

// What it is for: the rows that skipping chooses are an independent choice of each row with probability p.
TEST(GeometricSkipping, ChoosesRowsAsADrawForEachRowWould) {
  constexpr double p = 0.012;
  constexpr std::int64_t rows = 100'000;
  constexpr std::size_t months = 2000;
  std::vector<double> chosen_in_part(100);  // of the rows cut in 100 parts
  double pairs = 0.0;                       // neighbours chosen together
  std::vector<double> per_month;
  for (std::size_t month = 0; month < months; ++month) {
    Draws draws(RngStream(20'190'103, 0, 0x7400), 1, static_cast<std::uint32_t>(month), 0);
    std::int64_t last = -2, number = 0;
    for (std::int64_t row = draws.geometric(p); row < rows; row += 1 + draws.geometric(p)) {
      ++chosen_in_part[static_cast<std::size_t>(row / (rows / 100))];
      pairs += row == last + 1 ? 1.0 : 0.0;
      last = row;
      ++number;
    }
    per_month.push_back(static_cast<double>(number));
  }
  const double draws = static_cast<double>(rows) * static_cast<double>(months);
  // Every part has its share: 100 normal counts with variance n p (1 - p).
  const double part = draws / 100.0 * p;
  double statistic = 0.0;
  for (const double count_of_part : chosen_in_part) {
    statistic += (count_of_part - part) * (count_of_part - part) / (part * (1.0 - p));
  }
  test::ChiSquare fit{statistic, 100.0};
  EXPECT_LT(fit.statistic, fit.bound());
  EXPECT_GT(fit.statistic, fit.lower_bound());
  // Neighbours are independent: p^2 of all pairs; pairs overlap, so the variance has terms of p^3.
  const double expected_pairs = draws * p * p, variance = draws * (p * p + 2.0 * p * p * p);
  EXPECT_NEAR(pairs, expected_pairs, 4.9 * std::sqrt(variance) + static_cast<double>(months) * p * p);
  // The number in a month is binomial: mean and variance over months.
  const double mean = std::accumulate(per_month.begin(), per_month.end(), 0.0) / static_cast<double>(months);
  const double expected = static_cast<double>(rows) * p, expected_variance = expected * (1.0 - p);
  EXPECT_NEAR(mean, expected, test::mean_bound(std::sqrt(expected_variance), months));
  double spread = 0.0;
  for (const double x : per_month) spread += (x - expected) * (x - expected) / expected_variance;
  test::ChiSquare scatter{spread, static_cast<double>(months)};
  EXPECT_LT(scatter.statistic, scatter.bound());
  EXPECT_GT(scatter.statistic, scatter.lower_bound());
}

TEST(Categorical, HasItsProbabilities) {
  for (const std::vector<double>& weights :
       {std::vector<double>{1.0, 2.0, 3.0, 4.0}, std::vector<double>{1e-3, 0.0, 5.0, 0.25, 0.0},
        std::vector<double>(50, 0.02), std::vector<double>{1e300, 3e300}}) {
    const Counts counts =
        count(weights.size(), kDiscreteEntities, 0x7500, [&](Draws& d) { return d.categorical(weights); });
    double total = 0.0;
    for (const double w : weights) total += w;
    std::vector<double> probability(weights.begin(), weights.end());
    for (double& p : probability) p /= total;
    expect_fit(counts, probability, kDiscreteEntities);
  }
}

TEST(Below, IsEvenOverItsIntegers) {
  for (const std::size_t n : {std::size_t{2}, std::size_t{3}, std::size_t{95}, std::size_t{1024}}) {
    const Counts counts = count(n, kDiscreteEntities, 0x7600, [&](Draws& d) { return d.below(n); });
    expect_fit(counts, std::vector<double>(n, 1.0 / static_cast<double>(n)), kDiscreteEntities);
  }
}

TEST(Bernoulli, HasItsProbability) {
  for (const double p : {0.001, 0.012, 0.5, 0.93}) {
    const Counts counts = count(2, kDiscreteEntities, 0x7700, [&](Draws& d) { return d.bernoulli(p) ? 1 : 0; });
    EXPECT_NEAR(counts.mean, p, test::mean_bound(std::sqrt(p * (1.0 - p)), kDiscreteEntities)) << p;
  }
}

TEST(Bits, EveryBitIsOneHalfOfTheTime) {
  const RngStream stream(20'190'104, 0, 0x7800);
  std::vector<double> ones(32);
  for (std::size_t i = 0; i < kDiscreteEntities; ++i) {
    const std::uint32_t word = Draws(stream, i, 1, 0).bits32();  // keys that follow each other
    for (unsigned bit = 0; bit < 32; ++bit) ones[bit] += (word >> bit) & 1u;
  }
  for (const double count_of_bit : ones) {
    EXPECT_NEAR(count_of_bit / kDiscreteEntities, 0.5, test::mean_bound(0.5, kDiscreteEntities));
  }
}

}  // namespace
}  // namespace metier
