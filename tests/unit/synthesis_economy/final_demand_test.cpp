#include "models/synthesis/final_demand.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace metier::synthesis {
namespace {

/// Goods: food, trade, restaurants; categories: shops, restaurants.
NationalTable three_goods() {
  NationalTable table(3);
  table.households_domestic = {40, 30, 15};
  table.households_imported = {10, 0, 5};
  return table;
}
RetailTable two_categories() { return {3, 2, {0.9, 0.0, 1.0, 0.0, 0.0, 0.8}, {0.1, 0.0, 0.2}, {1, 2}}; }

TEST(SpendingPattern, MarginsAreTheShopsOutputAndGoodsPassThrough) {
  const SpendingPattern p = spending_pattern(three_goods(), two_categories());
  EXPECT_EQ(p.good_share, (std::vector<double>{0.5, 0.3, 0.2}));
  EXPECT_NEAR(p.category_share[0], 0.45 + 0.3, 1e-15);
  EXPECT_NEAR(p.margin[0], 0.3 / 0.75, 1e-15);
  EXPECT_NEAR(p.category_share[1], 0.16, 1e-15);
  EXPECT_EQ(p.margin[1], 1.0) << "a restaurant's till is its own output";
  EXPECT_EQ(p.mix, (std::vector<double>{1, 0, 0, 0, 0, 0}));
  // Every euro goes somewhere: margins, goods behind the counter, direct purchases.
  double all = 0.0;
  for (std::size_t k = 0; k < 2; ++k) all += p.category_share[k];
  const RetailTable retail = two_categories();
  for (std::size_t g = 0; g < 3; ++g) all += p.good_share[g] * retail.direct[g];
  EXPECT_NEAR(all, 1.0, 1e-15);
}

TEST(InvestmentMix, DwellingsAreTakenOutOfConstruction) {
  NationalTable table(3);
  table.investment_domestic = {40, 20, 20};
  table.investment_imported = {0, 20, 0};
  // Establishments 80, households 20, of 100: composition 40, 40, 20; construction keeps 20 of 40.
  EXPECT_EQ(investment_mix(table, 80.0, 20.0, 0), (std::vector<double>{0.25, 0.5, 0.25}));
  // More dwellings than construction in the composition: none is left, the others share.
  const std::vector<double> mix = investment_mix(table, 20.0, 80.0, 0);
  EXPECT_EQ(mix[0], 0.0);
  EXPECT_NEAR(mix[1] + mix[2], 1.0, 1e-15);
  EXPECT_NEAR(mix[1] / mix[2], 2.0, 1e-12);
}

TEST(DomesticShares, OneWhereNothingIsBought) {
  EXPECT_EQ(domestic_shares(std::vector<double>{3, 0}, std::vector<double>{1, 0}), (std::vector<double>{0.75, 1.0}));
}

TEST(ExportsByZone, AbroadAsTheCountryThenTheRestOfTheCountry) {
  NationalTable table(2);
  table.output = {100, 100};
  table.exports = {20, 90};
  const std::vector<double> zones = exports_by_zone(table, std::vector<double>{10, 10}, std::vector<double>{5, 5}, 0.4);
  EXPECT_DOUBLE_EQ(zones[0], 3.0);
  EXPECT_DOUBLE_EQ(zones[2], 0.8);
  EXPECT_DOUBLE_EQ(zones[4], 1.2);
  EXPECT_DOUBLE_EQ(zones[1], 0.0) << "no more abroad than there is";
  EXPECT_DOUBLE_EQ(zones[3] + zones[5], 5.0);
}

TEST(PoolShares, WhatIsLeftOfOutput) {
  const std::vector<double> output{10, 20, 5, 0}, sold{4, 8, 5, 0};
  const std::vector<std::uint16_t> good{0, 0, 1, 1};
  std::vector<double> left(2);
  const std::vector<double> shares = pool_shares(output, sold, good, left);
  EXPECT_EQ(left, (std::vector<double>{18, 0}));
  EXPECT_DOUBLE_EQ(shares[0], 6.0 / 18.0);
  EXPECT_DOUBLE_EQ(shares[1], 12.0 / 18.0);
  EXPECT_EQ(shares[2], 0.0);
}

}  // namespace
}  // namespace metier::synthesis
