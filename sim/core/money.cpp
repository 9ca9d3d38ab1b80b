#include "sim/core/money.hpp"

#include "sim/core/error.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <memory>
#include <tuple>
#include <vector>

namespace metier {

Cents round_to_cents(double euros) {
  METIER_REQUIRE(std::isfinite(euros) && std::fabs(euros) <= 1e13, "amount of money out of range");
  return {round_half_away(euros * 100.0)};
}

namespace {

/// What a share has above its floor. Sorted: largest first, ties to the lowest key.
struct Remainder {
  double fraction;
  std::uint64_t key;
  std::size_t index;
  bool operator<(const Remainder& other) const {
    return std::tie(other.fraction, key, index) < std::tie(fraction, other.key, other.index);
  }
};

constexpr std::size_t kSplitBlock = 1 << 13;
constexpr std::size_t kBins = 1 << 10;  // of equal width, to find the smallest remainder that gets a unit
constexpr double kNoShare = -1.0;

std::size_t bin_of(double fraction) { return static_cast<std::size_t>(fraction * static_cast<double>(kBins)); }

/// What a block of rows found out.
struct BlockOfShares {
  double sum = 0.0;
  bool valid = true;
  std::int64_t given = 0, with_share = 0;
  std::array<std::uint32_t, kBins> bins{};
  std::vector<Remainder> at_the_edge;
};

/// Floors of rounded shares now and then give a unit too much: the smallest remainders give it back.
void take_back(std::int64_t excess, std::span<const double> fraction, std::span<const std::uint64_t> keys,
               std::span<std::int64_t> parts) {
  std::vector<Remainder> remainders;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (fraction[i] != kNoShare) remainders.push_back({fraction[i], keys[i], i});
  }
  std::sort(remainders.begin(), remainders.end());
  while (excess > 0) {
    for (auto it = remainders.rbegin(); excess > 0 && it != remainders.rend(); ++it) {
      if (parts[it->index] == 0) continue;
      --parts[it->index];
      --excess;
    }
  }
}

}  // namespace

void split_counts(std::int64_t total, std::span<const double> weights, std::span<const std::uint64_t> keys,
                  std::span<std::int64_t> parts) {
  METIER_REQUIRE(weights.size() == keys.size() && weights.size() == parts.size(),
                 "one key and one part for each weight");
  constexpr std::int64_t kLargest = std::int64_t{1} << 53;  // doubles count one by one up to here
  if (total < -kLargest || total > kLargest) {
    throw InputError(
        Exit::kRun,
        Problem{{},
                fmt::format("a payment of {:.3g} cents outgrows the amounts that can be split to the cent, 2^53",
                            static_cast<double>(total)),
                "prices or quantities have grown without bound: lower outside.inflation, outside.real_growth or "
                "run.months"});
  }
  const std::int64_t sign = total < 0 ? -1 : 1;
  const std::int64_t whole = sign * total;
  const std::size_t n = weights.size();
  std::vector<BlockOfShares> blocks((n + kSplitBlock - 1) / kSplitBlock);
  for_each_block(n, kSplitBlock, [&](std::size_t block, std::size_t begin, std::size_t end) {
    BlockOfShares& here = blocks[block];
    for (std::size_t i = begin; i < end; ++i) {
      here.valid &= weights[i] >= 0.0 && std::isfinite(weights[i]);
      here.sum += weights[i];
      parts[i] = 0;
    }
  });
  double sum = 0.0;
  for (const BlockOfShares& block : blocks) {
    METIER_REQUIRE(block.valid, "weights are finite and not negative");
    sum += block.sum;
  }
  if (whole == 0) return;
  METIER_REQUIRE(sum > 0.0, "a total needs somebody to go to");
  const double scale = static_cast<double>(whole) / sum;
  METIER_REQUIRE(std::isfinite(sum) && std::isfinite(scale), "the sum of weights is in the range of doubles");

  const auto fractions = std::make_unique_for_overwrite<double[]>(n);
  const std::span<double> fraction(fractions.get(), n);
  for_each_block(n, kSplitBlock, [&](std::size_t block, std::size_t begin, std::size_t end) {
    BlockOfShares& here = blocks[block];
    for (std::size_t i = begin; i < end; ++i) {
      fraction[i] = kNoShare;
      if (weights[i] <= 0.0) continue;
      const double share = weights[i] * scale;
      const double floor = std::floor(share);
      parts[i] = static_cast<std::int64_t>(floor);
      fraction[i] = share - floor;
      here.given += parts[i];
      ++here.with_share;
      ++here.bins[bin_of(fraction[i])];
    }
  });
  std::int64_t left = whole, with_share = 0;
  for (const BlockOfShares& block : blocks) {
    left -= block.given;
    with_share += block.with_share;
  }
  if (left < 0) {
    take_back(-left, fraction, keys, parts);
    left = 0;
  }
  // Units for everybody (only where many floors were rounded), then one for each of the largest remainders.
  const std::int64_t for_all = left / with_share;
  left -= for_all * with_share;
  std::size_t edge = kBins;  // the bin in which the units run out
  std::int64_t above = 0;    // remainders in higher bins
  while (edge > 0 && above < left) {
    --edge;
    std::int64_t in_bin = 0;
    for (const BlockOfShares& block : blocks) in_bin += block.bins[edge];
    if (above + in_bin >= left) break;
    above += in_bin;
  }
  for_each_block(n, kSplitBlock, [&](std::size_t block, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (fraction[i] == kNoShare) continue;
      const std::size_t bin = bin_of(fraction[i]);
      parts[i] = sign * (parts[i] + for_all + (bin > edge ? 1 : 0));
      if (bin == edge) blocks[block].at_the_edge.push_back({fraction[i], keys[i], i});
    }
  });
  std::vector<Remainder> at_the_edge;
  for (const BlockOfShares& block : blocks) {
    at_the_edge.insert(at_the_edge.end(), block.at_the_edge.begin(), block.at_the_edge.end());
  }
  const auto last = at_the_edge.begin() + (left - above);
  if (last != at_the_edge.end()) std::nth_element(at_the_edge.begin(), last, at_the_edge.end());
  for (auto it = at_the_edge.begin(); it != last; ++it) parts[it->index] += sign;
}

void split_largest_remainder(Cents total, std::span<const double> weights, std::span<const std::uint64_t> keys,
                             std::span<Cents> parts) {
  std::vector<std::int64_t> counts(parts.size());
  split_counts(total.value, weights, keys, counts);
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i].value = counts[i];
}

}  // namespace metier
