// Accuracy in units in the last place (ulp) against the C library in long double (64 bits of mantissa: its error is
// 1/2048 ulp of a double), over wide ranges, and the special values that the header promises.
#include "sim/core/math.hpp"
#include "sim/core/hash.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace metier {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr int kSamples = 400'000;

/// A number between lo and hi from a fixed sequence.
double between(std::uint64_t i, double lo, double hi) {
  return lo + (hi - lo) * (static_cast<double>(mix64(i * 0x9E3779B97F4A7C15ull) >> 11) * 0x1p-53);
}

/// Distance to the reference in ulp of the reference.
double ulps(double value, long double reference) {
  const double near = std::fabs(static_cast<double>(reference));
  const double ulp = std::nextafter(near, kInf) - near;
  return static_cast<double>(std::fabs(static_cast<long double>(value) - reference) / static_cast<long double>(ulp));
}

TEST(Exp, WithinOneUlpOverItsRange) {
  double worst = 0.0;
  for (int i = 0; i < kSamples; ++i) {
    const double x = between(static_cast<std::uint64_t>(i), -708.3, 709.78);
    worst = std::max(worst, ulps(math::exp(x), std::exp(static_cast<long double>(x))));
    const double small = between(static_cast<std::uint64_t>(i), -2.0, 2.0);
    worst = std::max(worst, ulps(math::exp(small), std::exp(static_cast<long double>(small))));
  }
  EXPECT_LT(worst, 1.0);
  RecordProperty("worst_ulp", std::to_string(worst));
}

TEST(Exp, SubnormalResultsAreRoundedOnce) {
  double worst = 0.0;
  for (int i = 0; i < kSamples; ++i) {
    const double x = between(static_cast<std::uint64_t>(i), -745.1, -708.4);
    worst = std::max(worst, ulps(math::exp(x), std::exp(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 1.0);
}

TEST(Exp, SpecialValues) {
  EXPECT_EQ(math::exp(0.0), 1.0);
  EXPECT_EQ(math::exp(-0.0), 1.0);
  EXPECT_EQ(math::exp(kInf), kInf);
  EXPECT_EQ(math::exp(-kInf), 0.0);
  EXPECT_EQ(math::exp(710.0), kInf);
  EXPECT_EQ(math::exp(1e300), kInf);
  EXPECT_EQ(math::exp(-746.0), 0.0);
  EXPECT_EQ(math::exp(-1e300), 0.0);
  EXPECT_GT(math::exp(-745.13), 0.0);
  EXPECT_LT(math::exp(709.782712893), kInf);
  EXPECT_EQ(math::exp(5e-324), 1.0);
  EXPECT_TRUE(std::isnan(math::exp(kNan)));
}

TEST(Log, WithinOneUlpOverItsRange) {
  double worst = 0.0;
  for (int i = 0; i < kSamples; ++i) {
    const double x = std::exp2(between(static_cast<std::uint64_t>(i), -1074.0, 1023.99));
    worst = std::max(worst, ulps(math::log(x), std::log(static_cast<long double>(x))));
    const double near_one = between(static_cast<std::uint64_t>(i), 0.5, 2.0);
    worst = std::max(worst, ulps(math::log(near_one), std::log(static_cast<long double>(near_one))));
    const double nearer = 1.0 + between(static_cast<std::uint64_t>(i), -1e-6, 1e-6);
    if (nearer != 1.0) worst = std::max(worst, ulps(math::log(nearer), std::log(static_cast<long double>(nearer))));
  }
  EXPECT_LT(worst, 1.0);
}

TEST(Log, SpecialValues) {
  EXPECT_EQ(math::log(1.0), 0.0);
  EXPECT_EQ(math::log(0.0), -kInf);
  EXPECT_EQ(math::log(-0.0), -kInf);
  EXPECT_EQ(math::log(kInf), kInf);
  EXPECT_TRUE(std::isnan(math::log(-1.0)));
  EXPECT_TRUE(std::isnan(math::log(-kInf)));
  EXPECT_TRUE(std::isnan(math::log(kNan)));
  EXPECT_LT(ulps(math::log(5e-324), std::log(static_cast<long double>(5e-324))), 1.0);
  EXPECT_LT(ulps(math::log(std::numeric_limits<double>::max()),
                 std::log(static_cast<long double>(std::numeric_limits<double>::max()))),
            1.0);
}

TEST(Log1p, WithinThreeUlpFromTheSmallestToTheLargest) {
  double worst = 0.0;
  for (int i = 0; i < kSamples; ++i) {
    const double size = std::exp2(between(static_cast<std::uint64_t>(i), -1074.0, 1000.0));
    worst = std::max(worst, ulps(math::log1p(size), std::log1p(static_cast<long double>(size))));
    if (size < 1.0) worst = std::max(worst, ulps(math::log1p(-size), std::log1p(static_cast<long double>(-size))));
    const double middle = between(static_cast<std::uint64_t>(i), -0.999, 3.0);
    worst = std::max(worst, ulps(math::log1p(middle), std::log1p(static_cast<long double>(middle))));
  }
  EXPECT_LT(worst, 3.0);
  EXPECT_EQ(math::log1p(0.0), 0.0);
  EXPECT_EQ(math::log1p(-1.0), -kInf);
  EXPECT_EQ(math::log1p(kInf), kInf);
  EXPECT_TRUE(std::isnan(math::log1p(-1.5)));
  EXPECT_TRUE(std::isnan(math::log1p(kNan)));
}

// The documented error: what ln and the product are off by is multiplied by y ln x, and 2 ulp for exp itself.
TEST(Pow, WithinItsDocumentedError) {
  for (int i = 0; i < kSamples; ++i) {
    const auto k = static_cast<std::uint64_t>(i);
    const double x = std::exp2(between(2 * k, -40.0, 40.0)), y = between(2 * k + 1, -8.0, 8.0);
    const long double reference = std::pow(static_cast<long double>(x), static_cast<long double>(y));
    const double allowed = 2.0 + 2.0 * std::fabs(y * std::log(x));
    EXPECT_LT(ulps(math::pow(x, y), reference), allowed) << x << "^" << y;
  }
}

TEST(Pow, SpecialValues) {
  EXPECT_EQ(math::pow(0.0, 0.0), 1.0);
  EXPECT_EQ(math::pow(kNan, 0.0), 1.0);
  EXPECT_EQ(math::pow(1.0, kNan), 1.0);
  EXPECT_EQ(math::pow(0.0, 2.0), 0.0);
  EXPECT_EQ(math::pow(0.0, -2.0), kInf);
  EXPECT_EQ(math::pow(kInf, 0.5), kInf);
  EXPECT_EQ(math::pow(kInf, -0.5), 0.0);
  EXPECT_EQ(math::pow(0.5, kInf), 0.0);
  EXPECT_EQ(math::pow(2.0, kInf), kInf);
  EXPECT_TRUE(std::isnan(math::pow(-2.0, 3.0)));  // the domain is x >= 0
  EXPECT_TRUE(std::isnan(math::pow(kNan, 1.0)));
  EXPECT_EQ(math::sqrt(2.25), 1.5);
}

TEST(Logistic, BetweenZeroAndOne) {
  for (int i = 0; i < 10'000; ++i) {
    const double x = between(static_cast<std::uint64_t>(i), -700.0, 700.0);
    const long double reference = 1.0L / (1.0L + std::exp(-static_cast<long double>(x)));
    EXPECT_LT(ulps(math::logistic(x), reference), 3.0) << x;
  }
  EXPECT_EQ(math::logistic(0.0), 0.5);
  EXPECT_EQ(math::logistic(kInf), 1.0);
  EXPECT_EQ(math::logistic(-kInf), 0.0);
}

/// The normal quantile in long double: Newton's steps from a double that is already near.
long double reference_quantile(double p, double start) {
  const long double root2 = std::sqrt(2.0L), root2pi = 2.50662827463100050241576528481L;
  auto x = static_cast<long double>(start);
  for (int step = 0; step < 3; ++step) {
    const long double density = std::exp(-x * x / 2.0L) / root2pi;
    long double gap;  // distribution function minus p, computed where nothing cancels
    if (std::fabs(static_cast<long double>(p) - 0.5L) < 0.4L) {
      gap = std::erf(x / root2) / 2.0L - (static_cast<long double>(p) - 0.5L);
    } else if (p < 0.5) {
      gap = std::erfc(-x / root2) / 2.0L - static_cast<long double>(p);
    } else {
      gap = (1.0L - static_cast<long double>(p)) - std::erfc(x / root2) / 2.0L;
    }
    x -= gap / density;
  }
  return x;
}

double quantile_error(double p) {
  const double x = math::inverse_normal(p);
  const long double reference = reference_quantile(p, x);
  return static_cast<double>(std::fabs((static_cast<long double>(x) - reference) / reference));
}

TEST(InverseNormal, RelativeErrorBelowTenToTheMinusFifteen) {
  double body = 0.0, tails = 0.0;
  for (int i = 0; i < kSamples / 4; ++i) {
    const auto k = static_cast<std::uint64_t>(i);
    body = std::max(body, quantile_error(between(k, 0.075, 0.925)));
    tails = std::max(tails, quantile_error(std::exp2(between(k, -1020.0, -3.5))));
    tails = std::max(tails, quantile_error(1.0 - std::exp2(between(k, -52.0, -3.5))));
    body = std::max(body, quantile_error(0.5 + std::exp2(between(k, -50.0, -2.0))));
  }
  EXPECT_LT(body, 1e-15);
  EXPECT_LT(tails, 2e-15);
}

TEST(InverseNormal, KnownValuesAndSymmetry) {
  EXPECT_EQ(math::inverse_normal(0.5), 0.0);
  // Wichura (1988), table of checks of PPND16.
  EXPECT_NEAR(math::inverse_normal(0.25), -0.6744897501960817, 1e-15);
  EXPECT_NEAR(math::inverse_normal(0.001), -3.090232306167814, 4e-15);
  EXPECT_NEAR(math::inverse_normal(1e-20), -9.262340089798408, 1e-14);
  for (int i = 1; i < 1024; ++i) {
    const double p = i / 1024.0;  // 1 - p is exact
    EXPECT_EQ(math::inverse_normal(1.0 - p), -math::inverse_normal(p)) << p;
  }
}

TEST(InverseNormal, Grows) {
  double last = -kInf;
  for (int i = 1; i < 100'000; ++i) {
    const double x = math::inverse_normal(i / 100'000.0);
    EXPECT_GT(x, last) << i;
    last = x;
  }
}

}  // namespace
}  // namespace metier
