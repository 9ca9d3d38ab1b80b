#pragma once
#include "sim/core/parallel.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace metier::network {

/// Sums a value of establishments by good: fixed blocks, then blocks in order.
template <class Value>
void sum_by_good(std::size_t firms, std::span<const std::uint16_t> good, Value&& value, std::span<double> out) {
  const std::size_t goods = out.size();
  const std::size_t blocks = (firms + kRowBlock - 1) / kRowBlock;
  std::vector<double> partial(blocks * goods, 0.0);
  for_each_block(firms, kRowBlock, [&](std::size_t block, std::size_t begin, std::size_t end) {
    double* sums = partial.data() + block * goods;
    for (std::size_t i = begin; i < end; ++i) sums[good[i]] += value(i);
  });
  for (std::size_t g = 0; g < goods; ++g) {
    double sum = 0.0;
    for (std::size_t block = 0; block < blocks; ++block) sum += partial[block * goods + g];
    out[g] = sum;
  }
}

/// Splits the demand of a pool over the local producers of each good.
///
/// Equation  order_j = D_g w_j / sum_k w_k                                          (models/network/README.md eq. 1)
/// Shapes    demand: one value per good [kEUR2018/month]; weight(j) >= 0, order: one per establishment
/// A good with demand but no producer keeps its demand: the caller must have sent it outside (share 0 of everything).
template <class Weight>
void split_over_producers(std::span<const double> demand, std::span<const std::uint16_t> good, Weight&& weight,
                          std::span<double> order) {
  const std::size_t firms = order.size();
  std::vector<double> factor(demand.size());
  sum_by_good(firms, good, weight, factor);
  for (std::size_t g = 0; g < demand.size(); ++g) factor[g] = factor[g] > 0.0 ? demand[g] / factor[g] : 0.0;
  for_each_row(firms, [&](std::size_t j) { order[j] = weight(j) * factor[good[j]]; });
}

}  // namespace metier::network
