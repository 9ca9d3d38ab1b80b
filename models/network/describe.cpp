#include "models/network/describe.hpp"

#include "sim/core/math.hpp"

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace metier::network {

namespace {

using Edges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// Members of the classes of vertices that reach each other along the edges; vertices without any link count nowhere.
std::vector<std::size_t> class_sizes(const Edges& edges, const std::vector<char>& linked) {
  using Graph = boost::compressed_sparse_row_graph<boost::directedS>;
  const Graph graph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), linked.size());
  std::vector<std::size_t> number(linked.size(), 0);
  const auto numbers = boost::make_iterator_property_map(number.begin(), boost::get(boost::vertex_index, graph));
  std::vector<std::size_t> sizes(boost::strong_components(graph, numbers), 0);
  for (std::size_t j = 0; j < linked.size(); ++j) {
    if (linked[j] != 0) ++sizes[number[j]];
  }
  return sizes;
}

std::size_t largest(const std::vector<std::size_t>& sizes) {
  return sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
}

/// Hill's estimate of the exponent of the tail: 1 / mean log excess over the first below the top 1 %.
double hill(std::vector<std::size_t> degrees) {
  const std::size_t top = degrees.size() / 100;
  if (top < 10) return 0.0;
  std::sort(degrees.begin(), degrees.end(), std::greater<>());
  double excess = 0.0;
  for (std::size_t k = 0; k < top; ++k)
    excess += math::log(static_cast<double>(degrees[k]) / static_cast<double>(degrees[top]));
  return excess > 0.0 ? static_cast<double>(top) / excess : 0.0;
}

}  // namespace

NetworkFacts describe(std::span<const std::uint32_t> begin, std::span<const std::uint32_t> customer) {
  NetworkFacts facts;
  facts.links = customer.size();
  const std::size_t n = begin.empty() ? 0 : begin.size() - 1;
  Edges edges;
  edges.reserve(2 * customer.size());
  std::vector<char> linked(n, 0);
  std::vector<std::size_t> degrees;
  for (std::size_t j = 0; j < n; ++j) {
    const std::size_t count = begin[j + 1] - begin[j];
    if (count == 0) continue;
    linked[j] = 1;
    degrees.push_back(count);
    facts.most_customers = std::max(facts.most_customers, count);
    for (std::size_t s = begin[j]; s < begin[j + 1]; ++s) {
      linked[customer[s]] = 1;
      edges.emplace_back(static_cast<std::uint32_t>(j), customer[s]);
    }
  }
  facts.connected = static_cast<std::size_t>(std::count(linked.begin(), linked.end(), 1));
  facts.largest_strong = largest(class_sizes(edges, linked));
  for (std::size_t e = 0; e < facts.links; ++e) edges.emplace_back(edges[e].second, edges[e].first);
  const std::vector<std::size_t> weak = class_sizes(edges, linked);
  facts.components =
      static_cast<std::size_t>(std::count_if(weak.begin(), weak.end(), [](std::size_t size) { return size > 0; }));
  facts.largest_component = largest(weak);
  if (!degrees.empty()) facts.mean_customers = static_cast<double>(facts.links) / static_cast<double>(degrees.size());
  facts.tail_exponent = hill(std::move(degrees));
  return facts;
}

}  // namespace metier::network
