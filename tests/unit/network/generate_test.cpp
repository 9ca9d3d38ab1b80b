#include "models/network/generate.hpp"

#include "sim/core/hash.hpp"
#include "sim/core/parallel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <set>
#include <vector>

namespace metier::network {
namespace {

/// An invented territory: establishments of a few goods in communes on a line, each buying some goods.
struct Town {
  std::vector<std::uint64_t> key;
  std::vector<std::uint16_t> good, input_good;
  std::vector<std::uint8_t> commune;
  std::vector<double> workers, open, local;
  std::vector<std::uint32_t> input_firm;
  std::vector<float> distance;
  std::size_t goods, communes;

  Town(std::size_t firms, std::size_t n_goods, std::size_t n_communes) : goods(n_goods), communes(n_communes) {
    for (std::size_t i = 0; i < firms; ++i) {
      key.push_back(hash64(i));
      good.push_back(static_cast<std::uint16_t>(i % goods));
      commune.push_back(static_cast<std::uint8_t>((i / goods) % communes));
      workers.push_back(1.0 + static_cast<double>(i % 40));
      open.push_back(10.0 * workers.back());
      for (std::size_t g = 0; g < goods; ++g) {
        input_firm.push_back(static_cast<std::uint32_t>(i));
        input_good.push_back(static_cast<std::uint16_t>(g));
        local.push_back(workers.back() * (0.5 + 0.1 * static_cast<double>(g)));
      }
    }
    for (std::size_t a = 0; a < communes; ++a) {
      for (std::size_t b = 0; b < communes; ++b) {
        distance.push_back(a == b ? 1.0f : 4.0f * std::fabs(static_cast<float>(a) - static_cast<float>(b)));
      }
    }
  }
  [[nodiscard]] Market market() const {
    return {key, good, commune, workers, open, input_firm, input_good, local, distance, goods, communes, communes};
  }
};

TEST(GenerateNetwork, EveryInputHasDistinctSuppliersOfItsGood) {
  const Town town(2000, 4, 6);
  const GenerateParams params;
  const Links links = generate(town.market(), params, 7);
  for (std::size_t k = 0; k < town.input_firm.size(); ++k) {
    const std::size_t count = links.begin[k + 1] - links.begin[k];
    ASSERT_GE(count, 1u);
    ASSERT_LE(count, static_cast<std::size_t>(params.suppliers_max));
    std::set<std::uint32_t> suppliers(links.supplier.begin() + links.begin[k],
                                      links.supplier.begin() + links.begin[k + 1]);
    EXPECT_EQ(suppliers.size(), count) << "input " << k;
    EXPECT_EQ(suppliers.count(town.input_firm[k]), 0u) << "its own supplier: input " << k;
    for (const std::uint32_t j : suppliers) EXPECT_EQ(town.good[j], town.input_good[k]);
  }
}

TEST(GenerateNetwork, SalesAreTheSameLinksInTheOrderOfSuppliers) {
  const Town town(500, 3, 4);
  const Links links = generate(town.market(), {}, 7);
  ASSERT_EQ(links.sale_link.size(), links.supplier.size());
  ASSERT_EQ(links.sale_begin.size(), town.key.size() + 1);
  for (std::size_t j = 0; j < town.key.size(); ++j) {
    for (std::size_t s = links.sale_begin[j]; s < links.sale_begin[j + 1]; ++s) {
      EXPECT_EQ(links.supplier[links.sale_link[s]], j);
      if (s > links.sale_begin[j]) {
        EXPECT_LT(links.sale_link[s - 1], links.sale_link[s]);
      }
    }
  }
}

TEST(GenerateNetwork, FlowsMeetInputsAndNeverExceedSuppliers) {
  const Town town(3000, 5, 8);
  const Links links = generate(town.market(), {}, 7);
  std::vector<double> sold(town.key.size(), 0.0);
  double bought = 0.0, asked = 0.0;
  for (std::size_t k = 0; k < town.input_firm.size(); ++k) {
    double flow = 0.0;
    for (std::size_t e = links.begin[k]; e < links.begin[k + 1]; ++e) {
      EXPECT_GE(links.flow[e], 0.0);
      flow += links.flow[e];
      sold[links.supplier[e]] += links.flow[e];
    }
    EXPECT_LE(flow, town.local[k] * (1.0 + 1e-12));
    bought += flow;
    asked += town.local[k];
  }
  for (std::size_t j = 0; j < sold.size(); ++j) EXPECT_LE(sold[j], town.open[j] * (1.0 + 1e-12));
  // Supply is ample (a seventh is asked for), so nearly everything is bought here.
  EXPECT_GT(bought, 0.99 * asked);
}

TEST(GenerateNetwork, SweepsBringSalesNearOutput) {
  const Town town(3000, 5, 8);
  const auto spread =
      [&](int sweeps) {  // relative standard deviation of sales over open output, suppliers with a customer
        GenerateParams params;
        params.sweeps = sweeps;
        const Links links = generate(town.market(), params, 7);
        std::vector<double> rate;
        for (std::size_t j = 0; j < town.key.size(); ++j) {
          if (links.sale_begin[j + 1] == links.sale_begin[j]) continue;
          rate.push_back(0.0);
          for (std::size_t s = links.sale_begin[j]; s < links.sale_begin[j + 1]; ++s)
            rate.back() += links.flow[links.sale_link[s]] / town.open[j];
        }
        const double mean = std::accumulate(rate.begin(), rate.end(), 0.0) / static_cast<double>(rate.size());
        double square = 0.0;
        for (const double r : rate) square += (r - mean) * (r - mean);
        return std::sqrt(square / static_cast<double>(rate.size())) / mean;
      };
  const double without = spread(0), three = spread(3), many = spread(20);
  EXPECT_LT(three, 0.6 * without);
  EXPECT_LT(many, three);
}

TEST(GenerateNetwork, NumberOfSuppliersHasTheStatedMean) {
  // 10 workers each and suppliers in plenty: k - 1 is Poisson(kappa_0), of mean and variance 1.2, cut at 11 (P < 1e-8).
  Town town(20000, 2, 1);
  std::fill(town.workers.begin(), town.workers.end(), 10.0);
  const Links links = generate(town.market(), {}, 11);
  const auto inputs = static_cast<double>(town.input_firm.size());
  const double mean = static_cast<double>(links.supplier.size()) / inputs;
  const double standard_error = std::sqrt(1.2 / inputs);
  EXPECT_NEAR(mean, 2.2, 4.9 * standard_error) << "false alarm about 1e-6";
}

TEST(GenerateNetwork, SuppliersAreChosenBySizeAndDistance) {
  // Equal suppliers in two communes 1 km and 4 km away from buyers in the first; one supplier each (kappa_0 = 0), no
  // capability: P(near) = n_1 / 1 / (n_1 / 1 + n_2 / 4) with the buyer's own absence neglected (0.1 %).
  Town town(8000, 2, 2);
  std::fill(town.open.begin(), town.open.end(), 1.0);
  GenerateParams params;
  params.links_scale = 0.0;
  params.capability_sd = 0.0;
  const Links links = generate(town.market(), params, 5);
  double near = 0.0, all = 0.0;
  for (std::size_t k = 0; k < town.input_firm.size(); ++k) {
    if (town.commune[town.input_firm[k]] != 0) continue;
    ++all;
    near += town.commune[links.supplier[links.begin[k]]] == 0 ? 1.0 : 0.0;
  }
  const double expected = 1.0 / (1.0 + 0.25);
  EXPECT_NEAR(near / all, expected, 0.001 + 4.9 * std::sqrt(expected * (1.0 - expected) / all))
      << "false alarm about 1e-6";
}

TEST(GenerateNetwork, NobodyElseMakesIt) {
  Town town(3, 3, 1);  // each good has one maker, who buys its own good too
  const Links links = generate(town.market(), {}, 7);
  for (std::size_t k = 0; k < town.input_firm.size(); ++k) {
    const bool own = town.good[town.input_firm[k]] == town.input_good[k];
    EXPECT_EQ(links.begin[k + 1] - links.begin[k], own ? 0u : 1u);
  }
}

TEST(GenerateNetwork, InputsBoughtElsewhereHaveNoLink) {
  Town town(50, 2, 1);
  town.local[4] = 0.0;
  const Links links = generate(town.market(), {}, 7);
  EXPECT_EQ(links.begin[5], links.begin[4]);
  EXPECT_GT(links.begin[4], links.begin[3]);
}

TEST(GenerateNetwork, SameNetworkForAnyNumberOfThreads) {
  const Town town(6000, 5, 8);
  set_threads(1);
  const Links one = generate(town.market(), {}, 7);
  for (const int n : {2, 3, 7}) {
    set_threads(n);
    const Links many = generate(town.market(), {}, 7);
    EXPECT_EQ(one.begin, many.begin);
    EXPECT_EQ(one.supplier, many.supplier);
    EXPECT_EQ(one.flow, many.flow);
    EXPECT_EQ(one.sale_link, many.sale_link);
  }
  set_threads(1);
  EXPECT_NE(one.supplier, generate(town.market(), {}, 8).supplier) << "another seed draws another network";
}

}  // namespace
}  // namespace metier::network
