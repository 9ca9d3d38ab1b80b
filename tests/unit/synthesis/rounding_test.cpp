#include "models/synthesis/rounding.hpp"

#include "models/synthesis/keys.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace metier::synthesis {
namespace {

const SynthesisKeys kKeys{7};
Draws draws_of(std::uint64_t key) { return kKeys.draws(RngDomain::kSynthesisRounding, key); }

bool next_to(std::int64_t whole, double value) {
  return whole == static_cast<std::int64_t>(std::floor(value + 1e-7)) ||
         whole == static_cast<std::int64_t>(std::ceil(value - 1e-7));
}

// 3 rows, 4 columns in 2 groups ({0}, {1, 2, 3}); whole row sums and group sums, fractional columns.
ExpectedTable small_table() {
  ExpectedTable table(3, {0, 1, 1, 1});
  table.cells = {0.25, 0.5, 0.125, 0.125,  //
                 1.5,  0.2, 0.8,   0.5,    //
                 0.25, 1.3, 0.45,  1.0};
  return table;
}

TEST(ControlledRounding, KeepsEverySumNextToItsExpectation) {
  const ExpectedTable table = small_table();
  for (std::uint64_t key = 0; key < 2000; ++key) {
    Draws draws = draws_of(key);
    const auto whole = controlled_rounding(table, draws);
    for (std::size_t k = 0; k < whole.size(); ++k) ASSERT_TRUE(next_to(whole[k], table.cells[k])) << "cell " << k;
    for (std::size_t r = 0; r < 3; ++r) {
      ASSERT_EQ(std::accumulate(whole.begin() + static_cast<std::ptrdiff_t>(4 * r),
                                whole.begin() + static_cast<std::ptrdiff_t>(4 * r + 4), std::int64_t{0}),
                r == 0 ? 1 : 3);
    }
    for (std::size_t c = 0; c < 4; ++c) {
      double expected = 0.0;
      std::int64_t sum = 0;
      for (std::size_t r = 0; r < 3; ++r) {
        expected += table.at(r, c);
        sum += whole[4 * r + c];
      }
      ASSERT_TRUE(next_to(sum, expected)) << "column " << c;
    }
    ASSERT_EQ(whole[0] + whole[4] + whole[8], 2);  // the first group is whole
  }
}

TEST(ControlledRounding, IsUnbiased) {
  const ExpectedTable table = small_table();
  constexpr int kTimes = 200'000;
  std::vector<std::int64_t> sum(table.cells.size());
  for (int time = 0; time < kTimes; ++time) {
    Draws draws = draws_of(static_cast<std::uint64_t>(time));
    const auto whole = controlled_rounding(table, draws);
    for (std::size_t k = 0; k < whole.size(); ++k) sum[k] += whole[k];
  }
  for (std::size_t k = 0; k < sum.size(); ++k) {
    const double fraction = table.cells[k] - std::floor(table.cells[k]);
    const double standard_error = std::sqrt(fraction * (1.0 - fraction) / kTimes);
    EXPECT_NEAR(static_cast<double>(sum[k]) / kTimes, table.cells[k],
                5.3 * standard_error + 1e-12)  // false alarm about 1e-6 for the 12 cells
        << "cell " << k << " of " << kTimes << " roundings";
  }
}

TEST(ControlledRounding, WholeTablesStay) {
  ExpectedTable table(2, {0, 0});
  table.cells = {3, 0, 1, 7};
  Draws draws = draws_of(1);
  EXPECT_EQ(controlled_rounding(table, draws), (std::vector<std::int64_t>{3, 0, 1, 7}));
}

TEST(ControlledRounding, FractionalMarginsAreRoundedToo) {
  ExpectedTable table(2, {0, 1});
  table.cells = {0.3, 0.3, 0.3, 0.3};  // rows and columns .6, total 1.2
  for (std::uint64_t key = 0; key < 500; ++key) {
    Draws draws = draws_of(key);
    const auto whole = controlled_rounding(table, draws);
    const std::int64_t total = std::accumulate(whole.begin(), whole.end(), std::int64_t{0});
    ASSERT_TRUE(total == 1 || total == 2);
    for (const auto& [a, b] : {std::pair{0, 1}, std::pair{2, 3}, std::pair{0, 2}, std::pair{1, 3}}) {
      ASSERT_LE(whole[static_cast<std::size_t>(a)] + whole[static_cast<std::size_t>(b)], 1);
    }
  }
}

TEST(Rake, MeetsBothMargins) {
  ExpectedTable table(2, {0, 1, 1});
  table.cells = {1, 2, 3, 4, 5, 6};
  const std::vector<double> rows{10, 5}, groups{6, 9};
  EXPECT_LT(rake(table, rows, groups), 1e-11);
  EXPECT_NEAR(table.row_sum(0), 10, 1e-9);
  EXPECT_NEAR(table.row_sum(1), 5, 1e-9);
  EXPECT_NEAR(table.group_sum(0), 6, 1e-9);
  EXPECT_NEAR(table.group_sum(1), 9, 1e-9);
  // Odds ratios stay: (x11 x23) / (x13 x21) = (1 * 6) / (3 * 4).
  EXPECT_NEAR(table.at(0, 0) * table.at(1, 2) / (table.at(0, 2) * table.at(1, 0)), 0.5, 1e-9);
}

TEST(Rake, ZerosThatForbidASolutionAreFilled) {
  ExpectedTable table(2, {0, 1});
  table.cells = {0, 1, 0, 1};  // nobody in the first column, but two are wanted there
  const std::vector<double> rows{2, 1}, groups{2, 1};
  EXPECT_LT(rake(table, rows, groups), 1e-9);
  EXPECT_NEAR(table.group_sum(0), 2, 1e-9);
}

TEST(LargestRemainder, WholeNumbersNextToTheirValue) {
  const std::vector<double> values{1.5, 2.25, 0.25, 0.0, 4.0};
  EXPECT_EQ(round_to_total(values, 8), (std::vector<std::int64_t>{2, 2, 0, 0, 4}));
  EXPECT_EQ(round_to_total(std::vector<double>{0.5, 0.5}, 1), (std::vector<std::int64_t>{1, 0}));  // ties to the lowest
  EXPECT_TRUE(round_to_total(std::vector<double>{}, 0).empty());
}

TEST(LargestRemainder, ScaledMarginsKeepTheTotal) {
  const std::vector<double> values{10, 20, 35, 5};
  EXPECT_EQ(scaled_margins(values, 1.0), (std::vector<std::int64_t>{10, 20, 35, 5}));
  for (const double factor : {0.01, 0.1, 0.37, 2.0, 10.0}) {
    const auto whole = scaled_margins(values, factor);
    EXPECT_EQ(std::accumulate(whole.begin(), whole.end(), std::int64_t{0}), std::llround(70 * factor)) << factor;
    for (std::size_t k = 0; k < values.size(); ++k)
      EXPECT_NEAR(static_cast<double>(whole[k]), factor * values[k], 1.0) << factor;
  }
}

}  // namespace
}  // namespace metier::synthesis
