#include "sim/core/money.hpp"

#include "sim/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

namespace metier {

Cents round_to_cents(double euros) {
  METIER_REQUIRE(std::isfinite(euros) && std::fabs(euros) <= 1e13, "amount of money out of range");
  return {round_half_away(euros * 100.0)};
}

void split_counts(std::int64_t total, std::span<const double> weights, std::span<const std::uint64_t> keys,
                  std::span<std::int64_t> parts) {
  METIER_REQUIRE(weights.size() == keys.size() && weights.size() == parts.size(),
                 "one key and one part for each weight");
  constexpr std::int64_t kLargest = std::int64_t{1} << 53;  // doubles count one by one up to here
  METIER_REQUIRE(total >= -kLargest && total <= kLargest, "a total of at most 2^53 can be split");
  const std::int64_t sign = total < 0 ? -1 : 1;
  const std::int64_t whole = sign * total;
  double sum = 0.0;
  for (const double weight : weights) {
    METIER_REQUIRE(weight >= 0.0 && std::isfinite(weight), "weights are finite and not negative");
    sum += weight;
  }
  std::fill(parts.begin(), parts.end(), 0);
  if (whole == 0) return;
  METIER_REQUIRE(sum > 0.0, "a total needs somebody to go to");
  const double scale = static_cast<double>(whole) / sum;
  METIER_REQUIRE(std::isfinite(sum) && std::isfinite(scale), "the sum of weights is in the range of doubles");

  struct Remainder {
    double fraction;
    std::uint64_t key;
    std::size_t index;
    bool operator<(const Remainder& other) const {
      return std::tie(other.fraction, key, index) < std::tie(fraction, other.key, other.index);
    }
  };
  std::vector<Remainder> remainders;
  remainders.reserve(parts.size());
  std::int64_t given = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (weights[i] <= 0.0) continue;
    const double share = weights[i] * scale;
    const double floor = std::floor(share);
    parts[i] = static_cast<std::int64_t>(floor);
    given += parts[i];
    remainders.push_back({share - floor, keys[i], i});
  }
  std::int64_t left = whole - given;
  // Shares are rounded doubles: now and then their floors give a cent too much, which the smallest remainders give
  // back.
  if (left < 0) {
    std::sort(remainders.begin(), remainders.end());
    while (left < 0) {
      for (auto it = remainders.rbegin(); left < 0 && it != remainders.rend(); ++it) {
        if (parts[it->index] == 0) continue;
        --parts[it->index];
        ++left;
      }
    }
  }
  while (left > 0) {
    const auto count = std::min<std::int64_t>(left, static_cast<std::int64_t>(remainders.size()));
    const auto middle = remainders.begin() + count;
    if (middle != remainders.end()) std::nth_element(remainders.begin(), middle, remainders.end());
    for (auto it = remainders.begin(); it != middle; ++it) ++parts[it->index];
    left -= count;
  }
  if (sign < 0) {
    for (std::int64_t& part : parts) part = -part;
  }
}

void split_largest_remainder(Cents total, std::span<const double> weights, std::span<const std::uint64_t> keys,
                             std::span<Cents> parts) {
  std::vector<std::int64_t> counts(parts.size());
  split_counts(total.value, weights, keys, counts);
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i].value = counts[i];
}

}  // namespace metier
