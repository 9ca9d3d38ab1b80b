#pragma once
#include "sim/core/error.hpp"

#include <cmath>
#include <compare>
#include <cstdint>
#include <span>
#include <type_traits>

namespace metier {

/// A volume times a price is in thousand euros; cents of one of them.
inline constexpr double kCentsPerKiloEuro = 1e5, kEuroPerKiloEuro = 1e3;

/// An amount of money: integer cents of euro.
struct Cents {
  std::int64_t value = 0;
  constexpr Cents& operator+=(Cents other) { return value += other.value, *this; }
  constexpr Cents& operator-=(Cents other) { return value -= other.value, *this; }
  friend constexpr Cents operator+(Cents a, Cents b) { return {a.value + b.value}; }
  friend constexpr Cents operator-(Cents a, Cents b) { return {a.value - b.value}; }
  friend constexpr Cents operator-(Cents a) { return {-a.value}; }
  friend constexpr auto operator<=>(Cents, Cents) = default;
};
static_assert(std::is_trivially_copyable_v<Cents>);

/// THE rounding of the program: to the nearest integer, halves away from zero. For |x| < 2^52; kernels may use it.
///
/// The cast is to a 64-bit integer; adding a half could itself round up the largest double below one half, hence the
/// comparison with the exact fraction.
inline std::int64_t round_half_away(double x) {
  const auto whole = static_cast<std::int64_t>(x);  // towards zero
  const double fraction = x - static_cast<double>(whole);
  return whole + static_cast<std::int64_t>(fraction >= 0.5) - static_cast<std::int64_t>(fraction <= -0.5);
}

/// The same for 0 <= x < 2^52, as a double: a sum of such whole numbers is exact below 2^53, in any order, and is what
/// a kernel adds up fastest.
inline double rounded_half_up(double x) {
  METIER_ASSERT(x >= 0.0 && x < 0x1p52);
  const double near = std::rint(x);                    // halves to the even neighbour
  return near + static_cast<double>(x - near == 0.5);  // the halves that went down
}

/// Cents of an amount in euros (a double is the nearest binary value of what was written: 2.675 is a little less).
/// Errors: BrokenPromise when it is not finite or above 10^13 EUR.
Cents round_to_cents(double euros);

/// Splits a total in integer parts proportional to weights: each part is the rounded-down share, what is left goes one
/// by one to the largest remainders, ties to the lowest key. The sum of parts is the total, exactly.
///
/// Each part differs from its exact share by less than 1 as long as the total is below 2^53 / (number of weights).
///
/// Shapes    weights, keys, parts: same length. Weights >= 0; a zero weight gets nothing. A negative total is split as
///           its opposite.
/// Errors    BrokenPromise if all weights are zero and the total is not, if one is negative or not finite, if their sum
///           overflows or is so small that total / sum does, if the total is above 2^53 either way
void split_counts(std::int64_t total, std::span<const double> weights, std::span<const std::uint64_t> keys,
                  std::span<std::int64_t> parts);
void split_largest_remainder(Cents total, std::span<const double> weights, std::span<const std::uint64_t> keys,
                             std::span<Cents> parts);

}  // namespace metier
