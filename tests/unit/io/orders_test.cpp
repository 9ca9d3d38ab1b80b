#include "tests/unit/io/small_market.hpp"

#include <gtest/gtest.h>

namespace metier::io {
namespace {

TEST(Orders, CloseTheGapOfStocksOverTheAdjustmentTime) {
  SmallMarket market(1);
  market.params.tau_inventory = 2.0;
  market.buy({{1, 0, 0.3, 2.0, 0.0, {}, 1.0}, {1, 1, 0.1, 50.0, 0.0, {}, 1.0}});
  market.at<firms::ExpectedDemand>(1) = 10.0;
  market.at<TargetMonths>(0) = 1.5;
  market.run(&order_inputs, market.params);
  EXPECT_DOUBLE_EQ(market.at<InputOrder>(0), 3.0 + (1.5 * 3.0 - 2.0) / 2.0);
  EXPECT_EQ(market.at<InputOrder>(1), 0.0) << "orders are never negative";
  market.at<Stock>(0) = 4.5;  // on target: what is used
  market.run(&order_inputs, market.params);
  EXPECT_DOUBLE_EQ(market.at<InputOrder>(0), 3.0);
}

TEST(Orders, WithInfiniteStocksAreWhatOutputUses) {
  SmallMarket market(1);
  market.buy({{1, 0, 0.3, 0.0, 0.0, {}, 1.0}});
  market.at<firms::ExpectedDemand>(1) = 10.0;
  market.run(&order_use);
  EXPECT_DOUBLE_EQ(market.at<InputOrder>(0), 3.0);
}

// Stock at a share of its target and constant demand: the gap shrinks by 1 - 1 / tau a month.
TEST(Orders, StocksConvergeWithoutSwinging) {
  SmallMarket market(1);
  market.params.tau_inventory = 4.0;
  market.buy({{1, 0, 0.5, 1.0, 0.0, {}, 1.0}});
  market.at<firms::ExpectedDemand>(1) = 10.0;
  double gap = 5.0 - 1.0;
  for (int month = 0; month < 12; ++month) {
    market.run(&order_inputs, market.params);
    market.at<Stock>(0) += market.at<InputOrder>(0) - 5.0;  // delivered, then used
    gap *= 0.75;
    EXPECT_NEAR(market.at<Stock>(0), 5.0 - gap, 1e-12);
  }
}

TEST(Orders, BookAddsLinksBasketsAndFinalDemand) {
  SmallMarket market(3);
  market.buy({{1, 0, 0.3, 0.0, 4.0, {{2, 0.25}, {3, 0.5}}, 0.25}, {2, 0, 0.3, 0.0, 2.0, {{3, 1.0}}}});
  market.at<OrderBasket>(3) = 0.5;
  market.at<firms::OrderHousehold>(3) = 1.0;
  market.at<firms::OrderRetail>(3) = 2.0;
  market.at<firms::OrderPublic>(3) = 3.0;
  market.at<firms::OrderInvestment>(3) = 4.0;
  market.at<firms::OrderExport>(3) = 5.0;
  market.collect(kWholeMonth);
  EXPECT_DOUBLE_EQ(market.at<OrderLinks>(2), 1.0);
  EXPECT_DOUBLE_EQ(market.at<OrderLinks>(3), 2.0 + 2.0);
  EXPECT_DOUBLE_EQ(market.at<firms::Orders>(3), 4.0 + 0.5 + 15.0);
  for (const SubStep& quarter : kQuarters) market.collect(quarter);
  EXPECT_DOUBLE_EQ(market.at<firms::Orders>(3), 19.5) << "the mean of four equal parts";
}

// One group of users (good 0, employers) buys 60 % good 0 and 40 % good 1, of which half and all here.
TEST(Orders, BasketsAreSplitOverProducersAndNothingIsLost) {
  SmallMarket market(4);
  market.world.set_rows<BasketGroup>(1);
  market.world.set_rows<BasketItem>(2);
  market.at<BasketMix>(0) = 0.6;
  market.at<BasketMix>(1) = 0.4;
  market.at<BasketLocal>(0) = 0.5;
  market.at<BasketLocal>(1) = 1.0;
  for (std::size_t i = 1; i <= 2; ++i) {
    market.at<BasketCoefficient>(i) = 0.1;
    market.at<firms::ExpectedDemand>(i) = 50.0;
  }
  market.at<firms::GoodOf>(3) = market.at<firms::GoodOf>(4) = 1;
  market.at<ShareBasket>(1) = 1.0;
  market.at<ShareBasket>(3) = 0.75;
  market.at<ShareBasket>(4) = 0.25;
  market.run(&weigh_producers, market.params);
  market.run(&order_baskets);
  EXPECT_DOUBLE_EQ(market.at<OrderBasket>(1), 3.0);  // 10 x .6 x .5
  EXPECT_DOUBLE_EQ(market.at<OrderBasket>(3), 3.0);  // 10 x .4 x .75
  EXPECT_DOUBLE_EQ(market.at<OrderBasket>(4), 1.0);
  market.at<firms::Price>(3) = 2.0;  // twice the price at elasticity 2: a quarter of the weight
  market.run(&weigh_producers, market.params);
  market.run(&order_baskets);
  EXPECT_NEAR(market.at<OrderBasket>(3) + market.at<OrderBasket>(4), 4.0, 1e-12);
  EXPECT_NEAR(market.at<OrderBasket>(3), 4.0 * 0.1875 / 0.4375, 1e-12);
}

// Suppliers 2 and 3 with usual shares .6 and .2; 3 leaves half unfilled for a month: u = 1/6, weight .2 x (5/6)^theta.
TEST(Suppliers, ThatDeliverMoreAreAskedForMore) {
  SmallMarket market(3);
  market.params.fill_elasticity = 1.0;
  market.buy({{1, 0, 0.3, 0.0, 1.0, {{2, 0.6}, {3, 0.2}}, 0.2}});
  market.at<firms::Fill>(2) = 1.0;
  market.at<firms::Fill>(3) = 0.5;
  const auto month = [&] {
    market.run(&remember_fills);
    market.run(&turn_to_suppliers, market.params);
    market.run(&copy_shares);
  };
  month();
  const double weights = 0.6 + 0.2 * 5.0 / 6.0;
  EXPECT_NEAR(market.at<LinkShare>(0), 0.8 * 0.6 / weights, 1e-15);
  EXPECT_NEAR(market.at<LinkShare>(0) + market.at<LinkShare>(1), 0.8, 1e-15) << "what is bought here stays here";
  EXPECT_EQ(market.at<SaleShare>(market.at<SaleBegin>(2)), market.at<LinkShare>(0));
  EXPECT_EQ(market.at<SaleShare>(market.at<SaleBegin>(3)), market.at<LinkShare>(1));
  market.at<firms::Fill>(3) = 1.0;
  for (int k = 0; k < 80; ++k) month();  // (2/3)^80 of the memory is left
  EXPECT_NEAR(market.at<LinkShare>(1), 0.2, 1e-13);
}

TEST(Suppliers, OfWhomNoneDeliversKeepTheirShares) {
  SmallMarket market(3);
  market.params.fill_elasticity = 2.0;
  market.buy({{1, 0, 0.3, 0.0, 1.0, {{2, 0.6}, {3, 0.4}}}});
  market.at<UnfilledMemory>(2) = market.at<UnfilledMemory>(3) = 1.0;
  market.run(&remember_fills);
  market.run(&turn_to_suppliers, market.params);
  EXPECT_DOUBLE_EQ(market.at<LinkShare>(0), 0.6);
  EXPECT_DOUBLE_EQ(market.at<LinkShare>(1), 0.4);
}

}  // namespace
}  // namespace metier::io
