#include "models/network/describe.hpp"

#include "sim/core/math.hpp"

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/incremental_components.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace metier::network {

namespace {

std::size_t largest_class(const std::vector<std::size_t>& members) {
  return members.empty() ? 0 : *std::max_element(members.begin(), members.end());
}

/// Hill's estimate of the exponent of the tail: 1 / mean log excess over the smallest of the top 1 %.
double hill(std::vector<std::size_t> degrees) {
  const std::size_t top = degrees.size() / 100;
  if (top < 10) return 0.0;
  std::sort(degrees.begin(), degrees.end(), std::greater<>());
  double excess = 0.0;
  for (std::size_t k = 0; k < top; ++k) excess += math::log(static_cast<double>(degrees[k]) / static_cast<double>(degrees[top]));
  return excess > 0.0 ? static_cast<double>(top) / excess : 0.0;
}

}  // namespace

NetworkFacts describe(std::span<const std::uint32_t> begin, std::span<const std::uint32_t> customer) {
  NetworkFacts facts;
  facts.links = customer.size();
  const std::size_t n = begin.empty() ? 0 : begin.size() - 1;
  using Edge = std::pair<std::uint32_t, std::uint32_t>;
  std::vector<Edge> edges;
  edges.reserve(customer.size());
  std::vector<char> linked(n, 0);
  std::vector<std::size_t> degrees;
  boost::disjoint_sets_with_storage<> sets(n);
  for (std::size_t j = 0; j < n; ++j) {
    const std::size_t count = begin[j + 1] - begin[j];
    if (count == 0) continue;
    linked[j] = 1;
    degrees.push_back(count);
    facts.most_customers = std::max(facts.most_customers, count);
    for (std::size_t s = begin[j]; s < begin[j + 1]; ++s) {
      linked[customer[s]] = 1;
      edges.emplace_back(static_cast<std::uint32_t>(j), customer[s]);
      sets.union_set(j, static_cast<std::size_t>(customer[s]));
    }
  }
  std::vector<std::size_t> members(n, 0);
  for (std::size_t j = 0; j < n; ++j) {
    if (linked[j] == 0) continue;
    ++facts.connected;
    if (++members[sets.find_set(j)] == 1) ++facts.components;
  }
  facts.largest_component = largest_class(members);

  using Graph = boost::compressed_sparse_row_graph<boost::directedS>;
  const Graph graph(boost::edges_are_sorted, edges.begin(), edges.end(), n);
  std::vector<std::size_t> strong(n, 0);
  const std::size_t classes =
      boost::strong_components(graph, boost::make_iterator_property_map(strong.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::size_t> size(classes, 0);
  for (std::size_t j = 0; j < n; ++j) {
    if (linked[j] != 0) ++size[strong[j]];
  }
  facts.largest_strong = largest_class(size);
  if (!degrees.empty()) facts.mean_customers = static_cast<double>(facts.links) / static_cast<double>(degrees.size());
  facts.tail_exponent = hill(std::move(degrees));
  return facts;
}

}  // namespace metier::network
