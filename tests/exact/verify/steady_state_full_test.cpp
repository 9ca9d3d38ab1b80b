#include "tests/exact/verify/steady_state.hpp"

#include <gtest/gtest.h>

namespace metier {
namespace {

// V6 as shipped: every establishment and every active person, 120 months.
TEST(SteadyState, NothingMovesInTheWholeTerritory) { EXPECT_EQ(test::what_moves({{}, 120}), ""); }

}  // namespace
}  // namespace metier
