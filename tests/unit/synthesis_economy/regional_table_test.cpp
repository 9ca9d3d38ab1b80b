#include "models/synthesis/regional_table.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace metier::synthesis {
namespace {

SquareMatrix matrix(std::size_t n, std::vector<double> cells) {
  SquareMatrix m(n);
  m.cells = std::move(cells);
  return m;
}

// The table of case V1, with its published multipliers and spectral radius.
const SquareMatrix kThree = matrix(3, {.10, .20, .05, .15, .25, .10, .05, .10, .20});

TEST(RegionalTable, MultipliersOfTheThreeSectorTable) {
  const std::array<double, 3> expected{1.52470822, 1.95182518, 1.58927241};
  const std::vector<double> m = type_one_multipliers(kThree);
  for (std::size_t s = 0; s < 3; ++s) EXPECT_NEAR(m[s], expected[s], 5e-9);
}

TEST(RegionalTable, SpectralRadius) {
  EXPECT_NEAR(spectral_radius(kThree), .42005846, 5e-9);
  EXPECT_EQ(spectral_radius(SquareMatrix(4)), 0.0);
  EXPECT_NEAR(spectral_radius(matrix(2, {0.0, 0.5, 0.5, 0.0})), 0.5, 1e-12) << "two eigenvalues of the same modulus";
}

TEST(RegionalTable, AggregationKeepsFlowsAndAppliesTheFactor) {
  NationalTable industries(3);
  industries.domestic = matrix(3, {1, 2, 3, 4, 5, 6, 7, 8, 9});
  industries.output = {100, 200, 300};
  industries.input_taxes = {1, 2, 3};
  const std::vector<std::size_t> good_of{0, 1, 0};
  const NationalTable goods = aggregate(industries, good_of, 2, 0.5);
  EXPECT_EQ(goods.domestic.cells, (std::vector<double>{10, 5, 5, 2.5}));  // (1+3+7+9, 2+8, 4+6, 5) / 2
  EXPECT_EQ(goods.output, (std::vector<double>{200, 100}));
  EXPECT_EQ(goods.input_taxes, (std::vector<double>{2, 1}));
}

TEST(RegionalTable, CoefficientsOfAnEmptyColumnAreZero) {
  NationalTable table(2);
  table.domestic = matrix(2, {10, 5, 20, 5});
  table.imported = matrix(2, {10, 5, 0, 0});
  table.output = {100, 0};
  table.value_added = {60, 0};
  const InputCoefficients a = coefficients_of(table);
  EXPECT_DOUBLE_EQ(a.all(0, 0), 0.2);
  EXPECT_DOUBLE_EQ(a.domestic.at(1, 0), 0.2);
  EXPECT_DOUBLE_EQ(a.value_added[0], 0.6);
  EXPECT_EQ(a.all(0, 1), 0.0);
}

TEST(FlegQuotient, SizeFactor) {
  // model description, case V16: lambda*(.02037; .15, .27, .40) = .588, .385, .243
  EXPECT_NEAR(flq_size_factor(0.02037, .15), .588, 5e-4);
  EXPECT_NEAR(flq_size_factor(0.02037, .27), .385, 5e-4);
  EXPECT_NEAR(flq_size_factor(0.02037, .40), .243, 5e-4);
  EXPECT_NEAR(flq_size_factor(1.0, .27), 1.0, 1e-15);
}

TEST(FlegQuotient, NoLocalPurchaseAsDeltaGrows) {
  const std::vector<double> lq{0.3, 1.0, 2.5};
  for (const double t : local_trade_shares(lq, 0.02037, 1000.0, Regionalise::kFlq).cells) EXPECT_EQ(t, 0.0);
}

TEST(FlegQuotient, TheWholeCountryBuysEverythingAtHome) {
  const std::vector<double> lq(3, 1.0);
  InputCoefficients national{kThree, SquareMatrix(3), std::vector<double>(3), std::vector<double>(3)};
  const RegionalCoefficients r = regionalise(national, local_trade_shares(lq, 1.0, .27, Regionalise::kFlq), .35);
  for (std::size_t k = 0; k < 9; ++k) {
    EXPECT_NEAR(r.local.cells[k], kThree.cells[k], 1e-15);
    EXPECT_NEAR(r.rest_of_country.cells[k], 0.0, 1e-15);
  }
}

TEST(FlegQuotient, CrossIndustryQuotients) {
  const std::vector<double> lq{0.5, 1.0, 2.0, 0.0};
  const SquareMatrix t = local_trade_shares(lq, 0.1, .27, Regionalise::kCilq);
  EXPECT_EQ(t.at(0, 0), 0.5) << "its own quotient on the diagonal";
  EXPECT_EQ(t.at(0, 1), 0.5);
  EXPECT_EQ(t.at(1, 0), 1.0) << "at most everything";
  EXPECT_EQ(t.at(0, 2), 0.25);
  EXPECT_EQ(t.at(3, 0), 0.0) << "what is not made here is not bought here";
  EXPECT_EQ(t.at(0, 3), 1.0);
  const SquareMatrix f = local_trade_shares(lq, 0.1, .27, Regionalise::kFlq);
  EXPECT_NEAR(f.at(0, 2), 0.25 * flq_size_factor(0.1, .27), 1e-15);
}

TEST(RegionalTable, OriginsAddUp) {
  InputCoefficients national{kThree, matrix(3, {.01, .02, .03, .04, .05, .06, .07, .08, .09}), std::vector<double>(3),
                             std::vector<double>(3)};
  const std::vector<double> lq{0.5, 1.0, 2.0};
  const RegionalCoefficients r = regionalise(national, local_trade_shares(lq, 0.02, .27, Regionalise::kFlq), .35);
  for (std::size_t k = 0; k < 9; ++k) {
    EXPECT_NEAR(r.local.cells[k] + r.rest_of_country.cells[k], national.domestic.cells[k], 1e-16);
    EXPECT_NEAR(r.nwe.cells[k] + r.row.cells[k], national.imported.cells[k], 1e-16);
    EXPECT_NEAR(r.nwe.cells[k], .35 * national.imported.cells[k], 1e-16);
  }
}

TEST(RegionalTable, FinalShares) {
  const std::vector<double> lq{0.5, 1.0, 2.0};
  EXPECT_EQ(local_final_shares(lq, 0.7), (std::vector<double>{0.35, 0.7, 1.0}));
}

TEST(RegionalTable, BalanceLowersLocalSharesInsteadOfNegativeExports) {
  const LocalUses uses{{100, 100, 100, 100}, {20, 20, 120, 0}, {50, 160, 10, 0}};
  const LocalBalance balance = balance_rows(uses);
  EXPECT_EQ(balance.kept, (std::vector<double>{1.0, 0.5, 0.0, 1.0}));
  EXPECT_EQ(balance.exports, (std::vector<double>{30, 0, 0, 100}));
}

}  // namespace
}  // namespace metier::synthesis
