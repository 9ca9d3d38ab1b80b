#include "models/network/describe.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace metier::network {
namespace {

TEST(NetworkFacts, TwoComponentsAndOneCircle) {
  // 0 -> 1 -> 2 -> 0 is a circle, 2 -> 3 hangs on it, 4 -> 5 stands apart, 6 has no link.
  const std::vector<std::uint32_t> begin{0, 1, 2, 4, 4, 5, 5, 5};
  const std::vector<std::uint32_t> customer{1, 2, 0, 3, 5};
  const NetworkFacts facts = describe(begin, customer);
  EXPECT_EQ(facts.links, 5u);
  EXPECT_EQ(facts.connected, 6u);
  EXPECT_EQ(facts.components, 2u);
  EXPECT_EQ(facts.largest_component, 4u);
  EXPECT_EQ(facts.largest_strong, 3u);
  EXPECT_EQ(facts.most_customers, 2u);
  EXPECT_DOUBLE_EQ(facts.mean_customers, 1.25);
}

TEST(NetworkFacts, HillFindsTheExponentOfAPowerLaw) {
  // Numbers of customers at the quantiles of P(K > k) = k^-1.5, k >= 20: the top 1 % of 20,000 suppliers has 431 and
  // more.
  constexpr std::size_t kSuppliers = 20000;
  constexpr double kExponent = 1.5;
  std::vector<std::uint32_t> begin{0}, customer;
  for (std::size_t j = 0; j < kSuppliers; ++j) {
    const double tail = (static_cast<double>(j) + 0.5) / kSuppliers;
    const auto count = static_cast<std::size_t>(20.0 * std::pow(tail, -1.0 / kExponent));
    for (std::size_t k = 0; k < count; ++k) customer.push_back(static_cast<std::uint32_t>((j + 1 + k) % kSuppliers));
    begin.push_back(static_cast<std::uint32_t>(customer.size()));
  }
  // Counts are quantiles, not draws: what is left is the bias of quantiles among the 200 largest, some 2 %.
  EXPECT_NEAR(describe(begin, customer).tail_exponent, kExponent, 0.05);
}

TEST(NetworkFacts, AnEmptyNetworkHasNothing) {
  const NetworkFacts facts = describe(std::vector<std::uint32_t>{0, 0, 0}, {});
  EXPECT_EQ(facts.links, 0u);
  EXPECT_EQ(facts.connected, 0u);
  EXPECT_EQ(facts.components, 0u);
  EXPECT_EQ(facts.tail_exponent, 0.0);
}

}  // namespace
}  // namespace metier::network
