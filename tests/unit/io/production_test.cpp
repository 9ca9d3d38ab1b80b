#include "tests/unit/io/small_market.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace metier::io {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Stocks allow 5 of a critical, 2 of an important, 30 of a non-critical input.
struct Inputs {
  std::array<double, 3> coefficient{0.2, 0.1, 0.3}, stock{1.0, 0.2, 9.0};
  std::array<float, 3> criticality{1.0f, 0.5f, 0.0f};
  [[nodiscard]] double limit(Mode mode, double reference = 0.0, double sigma = 0.5) const {
    return input_limit(mode, {coefficient, stock, criticality}, reference, sigma);
  }
};

TEST(InputLimit, OfEveryMode) {
  const Inputs inputs;
  EXPECT_DOUBLE_EQ(inputs.limit(Mode::kLeontief), 2.0);
  EXPECT_DOUBLE_EQ(inputs.limit(Mode::kStronglyCritical), 2.0);
  EXPECT_DOUBLE_EQ(inputs.limit(Mode::kHalfCritical, 4.0), 3.0);  // (2 + 4) / 2
  EXPECT_DOUBLE_EQ(inputs.limit(Mode::kHalfCritical, 10.0), 5.0);
  EXPECT_DOUBLE_EQ(inputs.limit(Mode::kWeaklyCritical), 5.0);
  EXPECT_DOUBLE_EQ(inputs.limit(Mode::kLinear), 17.0);  // 10.2 / .6
  EXPECT_EQ(inputs.limit(Mode::kNone), kInfinity);
  // sigma .5: rho = -1, a weighted harmonic mean: 1 / (2/6 / 5 + 1/6 / 2 + 3/6 / 30) = 6
  EXPECT_NEAR(inputs.limit(Mode::kCes, 0.0, 0.5), 6.0, 1e-12);
}

TEST(InputLimit, ElasticityGoesFromLeontiefTowardsGeometricMean) {
  const Inputs inputs;
  double before = 0.0;
  for (const double sigma : {0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99}) {
    const double limit = inputs.limit(Mode::kCes, 0.0, sigma);
    EXPECT_GT(limit, before) << sigma;
    before = limit;
  }
  // sigma -> 0: the least ratio, off by (1/6)^(1/rho), rho = -49
  EXPECT_NEAR(inputs.limit(Mode::kCes, 0.0, 0.02), 2.0 * std::pow(1.0 / 6.0, -1.0 / 49.0), 1e-6);
  // sigma -> 1: the geometric mean with weights a / sum a
  EXPECT_NEAR(before, std::pow(5.0, 1.0 / 3.0) * std::pow(2.0, 1.0 / 6.0) * std::pow(30.0, 0.5), 0.1);
}

TEST(InputLimit, NothingHeldNothingBinds) {
  for (const Mode mode : {Mode::kHalfCritical, Mode::kLeontief, Mode::kStronglyCritical, Mode::kWeaklyCritical,
                          Mode::kLinear, Mode::kCes, Mode::kNone}) {
    EXPECT_EQ(input_limit(mode, {}, 1.0, 0.3), kInfinity);
  }
}

TEST(InputLimit, MoreStockNeverLowersOutputAndStricterModesNeverRaiseIt) {
  const RngStream stream(5, 0, 0xFFF0);
  for (std::uint64_t draw = 0; draw < 2000; ++draw) {
    Draws draws(stream, draw, 0, 0);
    Inputs inputs;
    for (std::size_t k = 0; k < 3; ++k) {
      inputs.coefficient[k] = 0.01 + draws.uniform();
      inputs.stock[k] = draws.uniform();
      inputs.criticality[k] = 0.5f * std::floor(3.0f * static_cast<float>(draws.uniform()));
    }
    const double reference = draws.uniform();
    EXPECT_LE(inputs.limit(Mode::kLeontief), inputs.limit(Mode::kStronglyCritical));
    EXPECT_LE(inputs.limit(Mode::kStronglyCritical), inputs.limit(Mode::kWeaklyCritical));
    EXPECT_LE(inputs.limit(Mode::kHalfCritical, reference), inputs.limit(Mode::kWeaklyCritical));
    EXPECT_LE(inputs.limit(Mode::kLeontief), inputs.limit(Mode::kCes) * (1.0 + 1e-12));
    EXPECT_LE(inputs.limit(Mode::kCes), inputs.limit(Mode::kLinear) * (1.0 + 1e-12));
    for (const Mode mode : {Mode::kHalfCritical, Mode::kLeontief, Mode::kStronglyCritical, Mode::kWeaklyCritical,
                            Mode::kLinear, Mode::kCes}) {
      Inputs more = inputs;
      more.stock[draw % 3] += draws.uniform();
      EXPECT_LE(inputs.limit(mode, reference), more.limit(mode, reference));
    }
  }
}

/// One establishment with four workers of 2 each (overtime 1.25: 10) and capital for 9; two inputs of .2 and .1.
struct Workshop : SmallMarket {
  Workshop() : SmallMarket(1) {
    buy({{1, 0, 0.2, 100.0, 0.0, {}, 1.0}, {1, 1, 0.1, 100.0, 0.0, {}, 1.0}});
    params.alpha_max = 1.25;
    at<Storable>(0) = 1;
    at<firms::Employees>(1) = 3;
    at<firms::SelfEmployed>(1) = 1;
    at<firms::Productivity>(1) = 2.0;
    at<firms::Capital>(1) = 90.0;
    at<firms::CapitalOutput>(1) = 0.1;
    at<firms::Plan>(1) = 50.0;
  }
  void make(const SubStep& sub = kWholeMonth) { run(&produce, params, sub); }
  double output() { return at<firms::Output>(1); }
  firms::Bound bound() { return at<firms::BoundBy>(1); }
};

TEST(Production, IsBoundByPlanLabourCapitalOrInputs) {
  Workshop shop;
  shop.make();
  EXPECT_DOUBLE_EQ(shop.output(), 9.0);
  EXPECT_EQ(shop.bound(), firms::Bound::kCapital);
  shop.at<firms::Capital>(1) = 900.0;
  shop.make();
  EXPECT_DOUBLE_EQ(shop.output(), 10.0);
  EXPECT_EQ(shop.bound(), firms::Bound::kLabour);
  shop.at<Stock>(1) = 0.8;  // 8 of the second input
  shop.make();
  EXPECT_DOUBLE_EQ(shop.output(), 8.0);
  EXPECT_EQ(shop.bound(), firms::Bound::kInput);
  EXPECT_DOUBLE_EQ(shop.at<Stock>(1), 0.0);
  shop.at<Stock>(1) = 10.0;
  shop.at<firms::Plan>(1) = 3.0;
  shop.make();
  EXPECT_DOUBLE_EQ(shop.output(), 3.0);
  EXPECT_EQ(shop.bound(), firms::Bound::kDemand);
}

TEST(Production, TellsALackOfEnergyFromThatOfOtherInputs) {
  Workshop shop;
  shop.at<Energy>(1) = 1;
  shop.at<Stock>(1) = 0.8;  // 8 of the second input, a source of energy
  shop.make();
  EXPECT_DOUBLE_EQ(shop.output(), 8.0);
  EXPECT_EQ(shop.bound(), firms::Bound::kEnergy);
  shop.at<Stock>(0) = 0.2;  // 1 of the first, which is none
  shop.at<Stock>(1) = 10.0;
  shop.make();
  EXPECT_EQ(shop.bound(), firms::Bound::kInput);
}

TEST(Production, TheBindingInputIsTheOneThatSetsTheLimit) {
  const std::vector<double> coefficient{0.1, 0.2, 0.0, 0.4}, stock{1.0, 1.0, 0.0, 0.4};  // ratios 10, 5, -, 1
  const std::vector<float> criticality{1.0f, 0.5f, 1.0f, 0.0f};
  const InputsOf inputs{coefficient, stock, criticality};
  const auto which = [&](Mode mode, double reference) {
    return binding_input(mode, inputs, reference, input_limit(mode, inputs, reference, 0.5));
  };
  EXPECT_EQ(which(Mode::kLeontief, 9.0), 3u);
  EXPECT_EQ(which(Mode::kStronglyCritical, 9.0), 1u);
  EXPECT_EQ(which(Mode::kWeaklyCritical, 9.0), 0u);
  EXPECT_EQ(which(Mode::kHalfCritical, 9.0), 1u);   // (5 + 9) / 2 = 7 < 10
  EXPECT_EQ(which(Mode::kHalfCritical, 19.0), 0u);  // (5 + 19) / 2 = 12 > 10
  EXPECT_EQ(which(Mode::kLinear, 9.0), std::nullopt);
  EXPECT_EQ(which(Mode::kCes, 9.0), std::nullopt);
}

TEST(Production, ServicesFollowTheOrderBookNotThePlan) {
  Workshop shop;
  shop.at<Storable>(0) = 0;
  shop.at<firms::OrdersNow>(1) = 4.0;
  shop.make();
  EXPECT_DOUBLE_EQ(shop.output(), 4.0);
}

TEST(Production, WhatIsNotThereIsNotUsed) {
  Workshop shop;
  shop.at<Criticality>(1) = 0.0f;  // never binds
  shop.at<Stock>(0) = 3.0;
  shop.at<Stock>(1) = 0.5;
  shop.at<firms::Plan>(1) = 8.0;
  shop.make();
  EXPECT_DOUBLE_EQ(shop.output(), 8.0);
  EXPECT_DOUBLE_EQ(shop.at<Stock>(0), 3.0 - 1.6);
  EXPECT_DOUBLE_EQ(shop.at<Stock>(1), 0.0);
  EXPECT_NEAR(shop.at<firms::InputShortfall>(1), 0.3, 1e-15);  // .8 called for, .5 there
}

TEST(Production, FourPartsUseWhatAMonthUses) {
  Workshop whole, parts;
  whole.at<firms::Plan>(1) = parts.at<firms::Plan>(1) = 6.0;
  whole.make();
  for (const SubStep& quarter : kQuarters) parts.make(quarter);
  EXPECT_NEAR(parts.output(), whole.output(), 1e-12);
  EXPECT_NEAR(parts.at<Stock>(0), whole.at<Stock>(0), 1e-12);
  // A stock of .6 at .1 a unit: 6 over the month; a part of a quarter may draw on all of it.
  parts.at<Stock>(1) = 0.3;
  parts.at<firms::Plan>(1) = 8.0;
  double made = 0.0;
  for (const SubStep& quarter : kQuarters) {
    parts.make(quarter);
    made += parts.at<firms::OutputNow>(1) / 4.0;
    EXPECT_GE(parts.at<Stock>(1), 0.0);
  }
  EXPECT_NEAR(made, 3.0, 1e-12) << "0.3 in stock at 0.1 a unit";
}

TEST(Production, ReferenceCapacityIsARunningMeanOfAYear) {
  Workshop shop;
  shop.at<firms::CapacityMean>(1) = 21.0;
  shop.make();
  EXPECT_DOUBLE_EQ(shop.at<firms::CapacityMean>(1), 20.0);  // 21 + (9 - 21) / 12
}

TEST(Production, NullModelsBindNothingAndLeaveStocksAlone) {
  Workshop shop;
  shop.params.stocks = Stocks::kInfinite;
  shop.at<Stock>(0) = shop.at<Stock>(1) = 0.25;
  shop.make();
  EXPECT_DOUBLE_EQ(shop.output(), 9.0);
  EXPECT_DOUBLE_EQ(shop.at<Stock>(0), 0.25);
  shop.at<firms::OrdersNow>(1) = 77.0;
  shop.run(&produce_orders, kWholeMonth);
  EXPECT_DOUBLE_EQ(shop.output(), 77.0);
  shop.at<Stock>(0) += 2.0;
  shop.at<Delivered>(0) = 2.0;
  shop.run(&use_deliveries);
  EXPECT_DOUBLE_EQ(shop.at<Stock>(0), 0.25);
}

}  // namespace
}  // namespace metier::io
