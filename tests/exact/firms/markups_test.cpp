#include "models/firms/prices.hpp"
#include "sim/core/world.hpp"
#include "sim/engine/schedule.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace metier::firms {
namespace {

/// Services that reset every month; unit cost 1, normal mark-ups of -10 %, 20 % and 100 %.
struct Scene {
  World world;
  Params params;
  outside::Params outside;
  static constexpr double kNormal[] = {0.0, -0.1, 0.2, 1.0};
  explicit Scene(double start = 0.0) {
    world.set_rows<Firm>(4);
    world.set_rows<io::Good>(1);
    params.price_reset = {1.0, 1.0};
    params.price_move_max = 10.0;
    outside.inflation = 0.0;
    for (std::size_t i = 1; i < 4; ++i) {
      world.column<Key>()[i] = 40 + i;
      world.column<MarkupNormal>()[i] = kNormal[i];
      world.column<Markup>()[i] = (1.0 + kNormal[i]) * std::exp(start) - 1.0;
      world.column<UnitCost>()[i] = 1.0;
      world.column<Price>()[i] = 1.0 + world.column<Markup>()[i];
      world.column<ExpectedDemand>()[i] = 1.0;
    }
  }
  void months(int count, bool pressed) {
    Schedule schedule;
    schedule.phase("P4", "prices").add("firms.set_prices", &set_prices, params, outside);
    schedule.seal(world);
    for (std::size_t i = 1; i < 4; ++i) world.column<Orders>()[i] = pressed ? 1.1 : 0.9;
    for (int k = 0; k < count; ++k) {
      Step step;
      step.month = ++month;
      step.burn_in = burn_in;
      schedule.run_month(world, step);
    }
  }
  /// ln((1 + mu) / (1 + mu*))
  double above_normal(std::size_t i) { return std::log((1.0 + world.column<Markup>()[i]) / (1.0 + kNormal[i])); }
  int month = 0;
  bool burn_in = false;
};

// Without steps a deviation d shrinks to d (1 - kappa)^n, whatever the size and sign of the normal mark-up.
TEST(Markups, ReturnToNormalGeometrically) {
  Scene scene(0.3);
  scene.params.markup_step = 0.0;
  scene.params.markup_return = 0.1;
  scene.months(7, true);
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_NEAR(scene.above_normal(i), 0.3 * std::pow(0.9, 7), 1e-12);
    EXPECT_NEAR(scene.world.column<Price>()[i], 1.0 + scene.world.column<Markup>()[i], 1e-12);
  }
}

TEST(Markups, AtNormalWithoutStepsPricesStandStillToTheLastBit) {
  Scene scene;
  scene.params.markup_step = 0.0;
  scene.months(120, true);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(scene.world.column<Price>()[i], 1.0 + Scene::kNormal[i]);
}

// Pressed for ever: the deviation is an AR(1) with steps |xi|, mean sigma sqrt(2 / pi) / kappa, variance sigma^2 (1 -
// 2 / pi) / (1 - (1 - kappa)^2); over n months its mean has the standard error sigma sqrt((1 - 2 / pi) / n) / kappa.
// The same for all mark-ups; before, a mark-up of 1 would have grown without end and one of -.1 have fallen.
TEST(Markups, EndAtTheSameBoundAboveNormalWhateverTheirSize) {
  constexpr double kSigma = 0.005, kKappa = 0.1, kTwoOverPi = 0.6366197723675814;
  constexpr int kMonths = 4000;
  Scene scene;
  scene.params.markup_step = kSigma;
  scene.params.markup_return = kKappa;
  scene.months(200, true);
  double sum[4] = {};
  for (int k = 0; k < kMonths; ++k) {
    scene.months(1, true);
    for (std::size_t i = 1; i < 4; ++i) sum[i] += scene.above_normal(i);
  }
  const double error = kSigma * std::sqrt((1.0 - kTwoOverPi) / kMonths) / kKappa;
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_NEAR(sum[i] / kMonths, kSigma * std::sqrt(kTwoOverPi) / kKappa, 4.9 * error) << "false alarm about 1e-6";
  }
}

// A price that is reset with probability .1 a month is nine months old on average: 2 % a year are 1.5 %.
TEST(Markups, AskForTheRiseOfCostsOverTheMeanAgeOfAPrice) {
  Scene scene;
  scene.params.markup_step = 0.0;
  scene.params.price_reset = {0.1, 0.1};
  scene.outside.inflation = 0.02;
  scene.months(400, true);  // everybody has reset: (1 - .1)^400 < 1e-18
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_NEAR(scene.world.column<Price>()[i], (1.0 + Scene::kNormal[i]) * std::pow(1.02, 0.75), 1e-12);
  }
}

// Where the world outside stands still there is nothing to ask for in advance.
TEST(Markups, AskForNothingInAStillWorldAndInTheBurnIn) {
  Scene still, burning;
  for (Scene* scene : {&still, &burning}) {
    scene->params.markup_step = 0.0;
    scene->params.price_reset = {0.1, 0.1};
    scene->outside.inflation = 0.02;
  }
  still.outside.mode = outside::Mode::kConstant;
  burning.burn_in = true;
  for (Scene* scene : {&still, &burning}) {
    scene->months(60, true);
    for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(scene->world.column<Price>()[i], 1.0 + Scene::kNormal[i]);
  }
}

}  // namespace
}  // namespace metier::firms
