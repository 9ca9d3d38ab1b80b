#include "tests/unit/io/small_market.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace metier::io {
namespace {

/// Supplier 1 can sell 10 and is asked for 20: 8 by establishments, 4 by households, 8 by others.
struct Short : SmallMarket {
  Short() : SmallMarket(2) {
    buy({{2, 0, 0.3, 0.0, 8.0, {{1, 1.0}}}});
    at<Storable>(0) = 1;
    at<firms::OutputNow>(1) = 7.0;
    at<firms::FinishedStock>(1) = 3.0;
    at<firms::OrderHousehold>(1) = 1.0;
    at<firms::OrderRetail>(1) = 3.0;
    at<firms::OrderExport>(1) = 8.0;
    collect(kWholeMonth);
  }
  void expect(Rationing rationing, double establishments, double households, double others) {
    params.rationing = rationing;
    run(&ration, params, kWholeMonth);
    EXPECT_DOUBLE_EQ(at<firms::FillIntermediate>(1), establishments);
    EXPECT_DOUBLE_EQ(at<firms::FillHousehold>(1), households);
    EXPECT_DOUBLE_EQ(at<firms::FillOther>(1), others);
    EXPECT_DOUBLE_EQ(at<firms::Fill>(1), 0.5);
    EXPECT_NEAR(8.0 * establishments + 4.0 * households + 8.0 * others, 10.0, 1e-12) << "all that there is, no more";
    EXPECT_DOUBLE_EQ(at<firms::FinishedStock>(1), 0.0);
    at<firms::FinishedStock>(1) = 3.0;
  }
};

TEST(Rationing, VariantsServeTheSameTotalToOthers) {
  Short market;
  market.expect(Rationing::kProportional, 0.5, 0.5, 0.5);
  market.expect(Rationing::kHouseholdFirst, 6.0 / 16.0, 1.0, 6.0 / 16.0);
  market.expect(Rationing::kPriority, 1.0, 2.0 / 12.0, 2.0 / 12.0);
}

TEST(Rationing, WhatIsLeftIsStockForGoodsAndGoneForServices) {
  Short market;
  market.at<firms::OutputNow>(1) = 25.0;
  market.run(&ration, market.params, kWholeMonth);
  EXPECT_DOUBLE_EQ(market.at<firms::Fill>(1), 1.0);
  EXPECT_DOUBLE_EQ(market.at<firms::FinishedStock>(1), 8.0);
  market.at<Storable>(0) = 0;
  market.run(&ration, market.params, kWholeMonth);
  EXPECT_DOUBLE_EQ(market.at<firms::FinishedStock>(1), 0.0);
  EXPECT_DOUBLE_EQ(market.at<firms::Fill>(2), 1.0) << "nobody asked: nothing was missed";
}

// Two inputs of one buyer, one of another; supplier 1 at half fill and price 1.3, supplier 2 full at .9.
struct Deliveries : SmallMarket {
  Deliveries() : SmallMarket(4) {
    buy({{3, 0, 0.3, 1.0, 7.77, {{1, 0.25}, {2, 0.35}}, 0.4},
         {3, 1, 0.2, 0.0, 3.33, {{2, 1.0}}},
         {4, 0, 0.1, 2.0, 1.11, {{1, 0.9}}, 0.1}});
    at<firms::Price>(1) = 1.3;
    at<firms::Price>(2) = 0.9;
    at<OutsidePrice>(0) = 1.1;
    collect(kWholeMonth);
    at<firms::OutputNow>(1) = 0.5 * at<firms::Orders>(1);
    at<firms::OutputNow>(2) = at<firms::Orders>(2);
  }
};

TEST(Deliveries, ReachStocksAndAreOwedToTheCentOnBothSides) {
  Deliveries market;
  market.deliver_all(kWholeMonth);
  EXPECT_NEAR(market.at<Delivered>(0), 7.77 * (0.25 * 0.5 + 0.35 + 0.4), 1e-12);
  EXPECT_NEAR(market.at<Stock>(0), 1.0 + market.at<Delivered>(0), 1e-12);
  EXPECT_NEAR(market.at<Stock>(2), 2.0 + 1.11 * (0.9 * 0.5 + 0.1), 1e-12);
  const std::int64_t by_first = std::llround(7.77 * 0.25 * 0.5 * 1.3e5), by_second = std::llround(7.77 * 0.35 * 0.9e5);
  EXPECT_EQ(market.at<firms::IntermediateCostCents>(3), by_first + by_second + std::llround(3.33 * 0.9e5));
  EXPECT_EQ(market.at<firms::IntermediateSalesCents>(1), by_first + std::llround(1.11 * 0.9 * 0.5 * 1.3e5));
  EXPECT_EQ(market.sum<firms::IntermediateCostCents>(), market.sum<firms::IntermediateSalesCents>());
  EXPECT_EQ(market.at<ImportRofCents>(3), std::llround(7.77 * 0.4 * 1.1e5));
}

TEST(Deliveries, OfFourPartsAddUp) {
  Deliveries whole, parts;
  whole.deliver_all(kWholeMonth);
  for (const SubStep& quarter : kQuarters) {
    parts.collect(quarter);
    parts.deliver_all(quarter);
  }
  for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(parts.at<Delivered>(k), whole.at<Delivered>(k), 1e-12) << k;
  EXPECT_EQ(parts.sum<firms::IntermediateCostCents>(), parts.sum<firms::IntermediateSalesCents>());
  EXPECT_NEAR(static_cast<double>(parts.sum<firms::IntermediateCostCents>()),
              static_cast<double>(whole.sum<firms::IntermediateCostCents>()), 10.0)
      << "one rounding for each link and part";
}

TEST(Deliveries, FromOutsideAreRationedWhereTheScenarioSaysSo) {
  Deliveries market;
  market.at<ImportFill>(0) = 0.25;
  market.deliver_all(kWholeMonth);
  EXPECT_NEAR(market.at<Delivered>(0), 7.77 * (0.25 * 0.5 + 0.35 + 0.4 * 0.25), 1e-12);
  EXPECT_EQ(market.at<ImportRofCents>(3), std::llround(7.77 * 0.4 * 0.25 * 1.1e5));
}

/// One supplier that can serve half of 200 buyers of 1 each, households who ask for 40 and exports of 60.
struct Lots : SmallMarket {
  static constexpr std::size_t kBuyers = 200;
  Lots() : SmallMarket(kBuyers + 1) {
    std::vector<Purchase> purchases;
    for (std::size_t i = 0; i < kBuyers; ++i) purchases.push_back({i + 2, 0, 0.3, 0.0, 1.0, {{1, 1.0}}});
    buy(purchases);
    params.rationing = Rationing::kRandom;
    at<firms::OrderHousehold>(1) = 40.0;
    at<firms::OrderExport>(1) = 60.0;
    at<firms::OutputNow>(1) = 150.0;
    collect(kWholeMonth);
  }
};

TEST(RationingByLot, ServesInFullUntilNothingIsLeft) {
  Lots market;
  market.deliver_all(kWholeMonth);
  double served = 40.0 * market.at<firms::FillHousehold>(1) + 60.0 * market.at<firms::FillOther>(1);
  std::size_t partly = 0;
  for (const double fill : {market.at<firms::FillHousehold>(1), market.at<firms::FillOther>(1)})
    partly += fill > 0.0 && fill < 1.0 ? 1u : 0u;
  for (std::size_t s = 0; s < Lots::kBuyers; ++s) {
    served += market.at<SaleFill>(s);
    partly += market.at<SaleFill>(s) > 0.0 && market.at<SaleFill>(s) < 1.0 ? 1u : 0u;
    EXPECT_EQ(market.at<SaleFill>(s), market.at<LinkFill>(s)) << "one supplier: both orders are the same";
  }
  EXPECT_NEAR(served, 150.0, 1e-9);
  EXPECT_LE(partly, 1u);
  EXPECT_DOUBLE_EQ(market.at<firms::Fill>(1), 0.5);
  EXPECT_EQ(market.sum<firms::IntermediateCostCents>(), market.sum<firms::IntermediateSalesCents>());
}

// Every buyer is served every other month: over 400 months the share served has s.d. below sqrt(.25 / 400) = .025 (the
// pools of 40 and 60 make fills of a month alike; their own variance is that of 400 lots); 4.9 of them.
TEST(RationingByLot, IsFairOverTheMonths) {
  Lots market;
  double first = 0.0, last = 0.0;
  for (market.month = 1; market.month <= 400; ++market.month) {
    market.run(&ration_by_lot, kWholeMonth);
    first += market.at<SaleFill>(0);
    last += market.at<SaleFill>(Lots::kBuyers - 1);
  }
  EXPECT_NEAR(first / 400.0, 0.5, 4.9 * 0.025);
  EXPECT_NEAR(last / 400.0, 0.5, 4.9 * 0.025);
}

TEST(RationingByLot, WithoutShortageIsDeliveryInFull) {
  Deliveries by_lot, plain;
  by_lot.params.rationing = Rationing::kRandom;
  for (Deliveries* market : {&by_lot, &plain}) {
    market->at<firms::OutputNow>(1) = market->at<firms::Orders>(1);
    market->deliver_all(kWholeMonth);
  }
  for (std::size_t k = 0; k < 3; ++k) EXPECT_DOUBLE_EQ(by_lot.at<Delivered>(k), plain.at<Delivered>(k));
  EXPECT_EQ(by_lot.sum<firms::IntermediateCostCents>(), plain.sum<firms::IntermediateCostCents>());
  EXPECT_EQ(by_lot.sum<firms::IntermediateSalesCents>(), by_lot.sum<firms::IntermediateCostCents>());
}

// A basket of goods 0 (here) and 1 (half abroad); producers are owed what they deliver, buyers split the same cents.
TEST(Baskets, AreOwedToTheCentOnBothSides) {
  SmallMarket market(3);
  market.world.set_rows<BasketGroup>(1);
  market.world.set_rows<BasketItem>(2);
  market.at<BasketMix>(0) = 0.7;
  market.at<BasketMix>(1) = 0.3;
  market.at<BasketLocal>(0) = 1.0;
  market.at<BasketNwe>(1) = 0.5;
  market.at<BasketRof>(1) = 0.25;
  market.at<BasketCoefficient>(1) = market.at<BasketCoefficient>(2) = 0.1;
  market.at<firms::ExpectedDemand>(1) = 3.3;
  market.at<firms::ExpectedDemand>(2) = 7.7;
  market.at<ShareBasket>(3) = 1.0;
  market.run(&weigh_producers, market.params);
  market.run(&order_baskets);
  market.at<firms::FillIntermediate>(3) = 0.6;
  market.at<firms::Price>(3) = 1.1;
  market.run(&value_deliveries, kWholeMonth);
  market.run(&deliver_baskets, kWholeMonth);
  EXPECT_EQ(market.at<BasketSalesCents>(3), std::llround(1.1 * 0.7 * 0.6 * 1.1e5));
  EXPECT_EQ(market.sum<BasketCostCents>(), market.sum<BasketSalesCents>());
  EXPECT_EQ(market.at<ImportNweCents>(1), std::llround(0.33 * 0.3 * 0.5e5));
  EXPECT_EQ(market.at<ImportRowCents>(1), std::llround(0.33 * 0.3 * 0.25e5));
  market.at<BasketCoefficient>(1) = market.at<BasketCoefficient>(2) = 0.0;  // nobody buys, nothing is sold
  market.at<OrderBasket>(3) = 0.0;
  market.run(&deliver_baskets, kWholeMonth);
  EXPECT_EQ(market.sum<BasketCostCents>(), 0);
}

TEST(Payments, PassThroughClearingAndTaxInputs) {
  SmallMarket market(2);
  market.at<firms::IntermediateCostCents>(1) = 700;
  market.at<firms::IntermediateSalesCents>(2) = 700;
  market.at<BasketCostCents>(2) = 30;
  market.at<BasketSalesCents>(1) = 30;
  market.at<ImportRofCents>(1) = 5;
  market.at<ImportNweCents>(1) = 6;
  market.at<ImportRowCents>(1) = 7;
  market.at<firms::OtherCost>(1) = 0.05;
  market.at<firms::Output>(1) = 0.002;  // 10 cents
  market.run(&pay_suppliers);
  const auto balance = market.world.column<AccountBalance>();
  const Accounts accounts(1);
  EXPECT_EQ(balance[Accounts::of(Special::kGoods)], 0);
  EXPECT_EQ(balance[Accounts::of(Special::kGov)], 10);
  EXPECT_EQ(balance[accounts.deposit(1)], 30 - 700 - 18 - 10);
  EXPECT_EQ(balance[accounts.deposit(2)], 700 - 30);
  EXPECT_EQ(market.at<firms::PurchasesCents>(1), 718);
  EXPECT_EQ(market.at<firms::SalesCents>(2), 700);
  EXPECT_EQ(market.sum<AccountBalance>(), 0);
}

TEST(Prices, OfGoodsAreMeansByOutput) {
  SmallMarket market(3);
  market.at<firms::Price>(1) = 1.2;
  market.at<firms::Output>(1) = 1.0;
  market.at<firms::Price>(2) = 0.9;
  market.at<firms::Output>(2) = 2.0;
  market.at<firms::GoodOf>(3) = 1;
  market.at<PriceLevel>(1) = 1.7;
  market.run(&average_prices);
  EXPECT_DOUBLE_EQ(market.at<PriceLevel>(0), 1.0);
  EXPECT_DOUBLE_EQ(market.at<PriceLevel>(1), 1.7) << "kept where nothing was made";
  market.world.set_rows<BasketGroup>(1);
  market.world.set_rows<BasketItem>(2);
  market.at<BasketMix>(0) = 0.4;
  market.at<BasketMix>(1) = 0.6;
  market.at<BasketLocal>(1) = 0.5;
  market.at<OutsidePrice>(0) = 2.0;
  market.run(&average_basket_prices);
  EXPECT_DOUBLE_EQ(market.at<BasketPrice>(0), 0.4 * 2.0 + 0.6 * (0.5 * 1.7 + 0.5 * 1.0));
}

}  // namespace
}  // namespace metier::io
