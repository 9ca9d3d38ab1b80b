#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace metier::network {

/// What a supplier network looks like as a graph.
struct NetworkFacts {
  std::size_t links = 0;
  std::size_t connected = 0;          ///< establishments with at least one link
  std::size_t components = 0;         ///< weakly connected components among them
  std::size_t largest_component = 0;  ///< establishments
  std::size_t largest_strong = 0;     ///< establishments that supply each other, however indirectly
  double mean_customers = 0.0;        ///< links per supplier with a customer
  std::size_t most_customers = 0;
  double tail_exponent = 0.0;  ///< Hill's estimate on the top 1 % of numbers of customers; 0: too few
};

/// Counts on the graph whose edges go from suppliers to customers.
///
/// Shapes  begin: one entry per supplier and the end; customer: row of the buying establishment for each link, in that
/// order Random  none
NetworkFacts describe(std::span<const std::uint32_t> begin, std::span<const std::uint32_t> customer);

}  // namespace metier::network
