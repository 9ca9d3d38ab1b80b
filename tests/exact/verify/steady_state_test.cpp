#include "tests/exact/verify/steady_state.hpp"

#include <gtest/gtest.h>

#include <string>

namespace metier {
namespace {

using test::what_moves;

// V6 on a fiftieth of the people and establishments, whose cents come to rest sooner; steady_state_full_test.cpp runs
// it as it is shipped.
TEST(SteadyState, NothingMovesOnASmallTerritory) {
  EXPECT_EQ(what_moves({{"scale.factor=0.02", "run.burn_in_months=1200"}, 120}), "");
}

// It does not hang on one draw of the population.
TEST(SteadyState, NothingMovesInOtherPopulations) {
  for (const char* seed : {"12", "29", "31"}) {
    EXPECT_EQ(
        what_moves({{"scale.factor=0.02", "run.burn_in_months=1200", std::string("run.population_seed=") + seed}, 120}),
        "")
        << "population seed " << seed;
  }
}

// The test sees what moves: the same case with one flow left open.
TEST(SteadyState, OneOpenFlowIsSeen) {
  EXPECT_NE(what_moves({{"scale.factor=0.02", "run.burn_in_months=400", "firms.dividend_share=0.99"}, 2}), "");
}

}  // namespace
}  // namespace metier
