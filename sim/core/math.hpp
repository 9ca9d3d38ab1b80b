#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

/// Elementary functions with the same bits on every compiler and optimisation level: only + - * /, comparisons and bit
/// operations, no table, no fused multiply-add, no branch in the main path, so that loops over them vectorise.
namespace metier::math {

inline double sqrt(double x) { return std::sqrt(x); }  // exact by IEEE 754 everywhere

/// e^x within 1 ulp or so (tested: relative error < 3e-16). 0 below -745.14, infinity above 709.79; NaN stays NaN.
inline double exp(double x) {
  constexpr double kLog2e = 1.4426950408889634074;
  constexpr double kLn2High = 6.93147180369123816490e-01, kLn2Low = 1.90821492927058770002e-10;
  constexpr double kRoundNumber = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to an integer
  const double bounded = x < -746.0 ? -746.0 : (x > 710.0 ? 710.0 : x);
  const double shifted = bounded * kLog2e + kRoundNumber;
  const double n = shifted - kRoundNumber;
  const double high = bounded - n * kLn2High;
  const double low = n * kLn2Low;
  const double r = high - low;
  // Rational form of e^r on [-ln2/2, ln2/2] (as in fdlibm's e_exp: Sun Microsystems, Remez coefficients).
  const double z = r * r;
  const double c =
      r -
      z * (1.66666666666666019037e-01 +
           z * (-2.77777777770155933842e-03 +
                z * (6.61375632143793436117e-05 + z * (-1.65339022054652515390e-06 + z * 4.13813679705723846039e-08))));
  const double y = 1.0 - ((low - (r * c) / (2.0 - c)) - high);
  // Scale by 2^n in two steps, so that subnormal results are rounded once.
  const auto k =
      static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(kRoundNumber));
  const std::int64_t half = k >> 1;
  const double first = std::bit_cast<double>(static_cast<std::uint64_t>(half + 1023) << 52);
  const double second = std::bit_cast<double>(static_cast<std::uint64_t>(k - half + 1023) << 52);
  const double result = y * first * second;
  return x != x ? x : result;
}

/// Natural logarithm within 1 ulp or so. -infinity at 0, NaN below 0, +infinity at +infinity.
inline double log(double x) {
  constexpr double kLn2High = 6.93147180369123816490e-01, kLn2Low = 1.90821492927058770002e-10;
  const bool tiny = x < 2.2250738585072014e-308;
  const double scaled = tiny ? x * 18014398509481984.0 : x;  // 2^54 brings subnormals into range
  const auto bits = std::bit_cast<std::uint64_t>(scaled);
  // Mantissa in [sqrt(1/2), sqrt(2)).
  const std::uint64_t offset = bits + (0x3FF0000000000000ull - 0x3FE6A09E00000000ull);
  const auto k = static_cast<std::int32_t>(offset >> 52) - 1023;  // 32 bits: AVX2 turns no others into doubles
  const double m = std::bit_cast<double>((offset & 0x000FFFFFFFFFFFFFull) + 0x3FE6A09E00000000ull);
  const double f = m - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double w = z * z;
  const double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double odd =
      z * (6.666666666666735130e-01 +
           w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const double half = 0.5 * f * f;
  const double n = static_cast<double>(k) - (tiny ? 54.0 : 0.0);
  const double result = n * kLn2High - ((half - (s * (half + even + odd) + n * kLn2Low)) - f);
  const double positive = x <= std::numeric_limits<double>::max() ? result : x;
  const double other = x == 0.0 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
  return x > 0.0 ? positive : other;
}

/// ln(1 + x) for x > -1 within 3 ulp, also where 1 + x is rounded. Source: Kahan, as in HP-15C Advanced Functions.
inline double log1p(double x) {
  const double u = 1.0 + x;
  const double ratio = x / (u - 1.0);  // undoes the rounding of u
  return u == 1.0 ? x : (x < 1e15 ? log(u) * ratio : log(u));
}

/// x^y for x >= 0 as e^(y ln x): error below 2 + 2 |y ln x| ulp. 0^0 = 1, 0^y = 0 for y > 0, infinity for y < 0.
inline double pow(double x, double y) {
  if (y == 0.0 || x == 1.0) return 1.0;
  return exp(y * log(x));
}

inline double logistic(double x) { return 1.0 / (1.0 + exp(-x)); }

/// Inverse of the standard normal distribution function for 0 < p < 1; relative error < 1e-15 in the body.
/// Source: Wichura (1988), Applied Statistics 37, algorithm AS 241 (PPND16).
double inverse_normal(double p);

}  // namespace metier::math
