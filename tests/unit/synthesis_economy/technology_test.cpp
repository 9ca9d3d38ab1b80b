#include "models/synthesis/technology.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace metier::synthesis {
namespace {

/// An invented economy of three goods and two sectors, with a unit "no establishment" in row 0.
struct Economy {
  std::vector<std::uint64_t> key;
  std::vector<std::uint16_t> sector;
  std::vector<std::int32_t> employees, owners;
  std::vector<float> side;
  std::vector<std::int64_t> wage_bill;
  std::vector<std::uint8_t> alone;
  std::vector<std::int32_t> posts;
  SectorTechnology sectors{{0, 2}, {12.0, 5.0}, {2.2, 4.0}, {0.6, 0.3}};
  InputCoefficients table{SquareMatrix(3), SquareMatrix(3), {0.02, 0.01, 0.03}, {0.0, 0.0, 0.0}};

  explicit Economy(std::size_t firms) {
    const std::vector<double> domestic{0.15, 0.0, 0.04, 0.02, 0.1, 0.004, 0.10, 0.2, 0.12};
    const std::vector<double> imported{0.05, 0.0, 0.02, 0.0, 0.1, 0.002, 0.08, 0.0, 0.05};
    table.domestic.cells = domestic;
    table.imported.cells = imported;
    for (std::size_t s = 0; s < 3; ++s) {
      table.value_added[s] = 1.0 - table.domestic.column_sum(s) - table.imported.column_sum(s) - table.input_tax[s];
    }
    add(0, 0, 0, 0.0f, 0, 0);
    for (std::size_t i = 1; i < firms; ++i) {
      const auto size = static_cast<std::int32_t>(i % 3 == 0 ? 0 : 1 + i % 17);
      const std::int32_t owner = size == 0 && i % 2 == 0 ? 1 : (i % 5 == 0 ? 1 : 0);
      // Monthly pay between 1,500 and 3,400 euros.
      const std::int64_t wages = size * static_cast<std::int64_t>(150000 + 10000 * (i % 20));
      add(hash64(i), static_cast<std::uint16_t>(i % 2), size, size + owner == 0 ? 0.2f : 0.0f, wages, size == 0 ? 1 : 0,
          owner);
    }
  }
  void add(std::uint64_t k, std::uint16_t s, std::int32_t size, float extra, std::int64_t wages, std::uint8_t lonely,
           std::int32_t owner = 0) {
    key.push_back(k);
    sector.push_back(s);
    employees.push_back(size);
    owners.push_back(owner);
    side.push_back(extra);
    wage_bill.push_back(wages);
    alone.push_back(lonely);
    posts.push_back(size / 8);
  }
  [[nodiscard]] Workforce firms() const { return {key, sector, employees, owners, side, wage_bill, alone, posts}; }
  [[nodiscard]] double inputs_of(const Technology& t, std::size_t i) const {
    double a = t.recipes.basket[i];
    for (std::size_t k = t.recipes.begin[i]; k < t.recipes.begin[i + 1]; ++k) a += t.recipes.coefficient[k];
    return a;
  }
};

TEST(Outputs, SectorsMakeWhatTheirPeopleMakeInTheCountry) {
  const Economy e(400);
  for (const double theta : {0.0, 0.5, 1.0}) {
    const std::vector<double> x = outputs_from_people(e.firms(), e.sectors, theta);
    for (std::size_t s = 0; s < 2; ++s) {
      double output = 0.0, people = 0.0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        if (e.sector[i] != s) continue;
        output += x[i];
        people += e.employees[i] + e.owners[i];
      }
      EXPECT_NEAR(output, e.sectors.output_per_worker[s] * people, 1e-9 * output) << "theta " << theta;
    }
  }
}

TEST(Outputs, FollowPayAsFarAsAsked) {
  Economy e(1);
  for (const std::int64_t wages : {200000, 400000})
    e.add(hash64(static_cast<std::uint64_t>(wages)), 0, 1, 0.0f, wages, 0);
  const std::vector<double> same = outputs_from_people(e.firms(), e.sectors, 0.0);
  EXPECT_DOUBLE_EQ(same[1], 12.0);
  EXPECT_DOUBLE_EQ(same[2], 12.0);
  const std::vector<double> by_pay = outputs_from_people(e.firms(), e.sectors, 1.0);
  EXPECT_NEAR(by_pay[1], 8.0, 1e-12);
  EXPECT_NEAR(by_pay[2], 16.0, 1e-12);
  EXPECT_EQ(by_pay[0], 0.0) << "row 0 makes nothing";
}

// The same pay, the second with an open post: of the 24 that two people make it makes two thirds.
TEST(Outputs, OpenPostsCountAsStaff) {
  Economy e(1);
  e.add(hash64(std::uint64_t{1}), 0, 1, 0.0f, 200000, 0);
  e.add(hash64(std::uint64_t{2}), 0, 1, 0.0f, 200000, 0);
  e.posts[2] = 1;
  for (const double theta : {0.0, 1.0}) {
    const std::vector<double> x = outputs_from_people(e.firms(), e.sectors, theta);
    EXPECT_NEAR(x[1], 8.0, 1e-12) << "theta " << theta;
    EXPECT_NEAR(x[2], 16.0, 1e-12) << "theta " << theta;
  }
}

TEST(HeldGoods, CutForEmployersLargestForTheOthers) {
  const Economy e(1);
  EXPECT_EQ(held_goods(e.table, 0, false, 0.03, 3), (std::vector<std::uint16_t>{0, 2}));
  EXPECT_EQ(held_goods(e.table, 0, false, 0.01, 3), (std::vector<std::uint16_t>{0, 1, 2}));
  EXPECT_EQ(held_goods(e.table, 2, true, 0.01, 2), (std::vector<std::uint16_t>{0, 2}));
}

TEST(Recipes, MeansAreTheTablesAndTheBasketMakesTheSumExact) {
  const Economy e(600);
  TechnologyParams params;
  params.coefficient_cut = 0.03;
  params.basket_keep = 1;
  const Technology t = settle_technology(e.firms(), e.sectors, e.table, params, SynthesisKeys{3});
  for (std::size_t kind = 0; kind < 2; ++kind) {  // employers, units without employees
    for (std::size_t s = 0; s < 2; ++s) {
      const std::size_t user = e.sectors.good[s];
      std::vector<double> used(3, 0.0);
      double output = 0.0;
      for (std::size_t i = 1; i < e.key.size(); ++i) {
        if (e.sector[i] != s || e.alone[i] != kind) continue;
        output += t.output[i];
        for (std::size_t k = t.recipes.begin[i]; k < t.recipes.begin[i + 1]; ++k) {
          used[t.recipes.good[k]] += t.output[i] * t.recipes.coefficient[k];
        }
        for (std::size_t g = 0; g < 3; ++g) {
          used[g] += t.output[i] * t.recipes.basket[i] * t.recipes.basket_mix[t.recipes.basket_group[i] * 3 + g];
        }
      }
      for (std::size_t g = 0; g < 3; ++g) {
        EXPECT_NEAR(used[g] / output, e.table.all(g, user), 1e-10)
            << "good " << g << " sector " << s << " kind " << kind;
      }
    }
  }
}

TEST(Technology, NobodyLosesMoney) {
  const Economy e(600);
  TechnologyParams params;
  params.input_noise_sd = 0.4;
  params.pay_weight = 0.7;
  const Technology t = settle_technology(e.firms(), e.sectors, e.table, params, SynthesisKeys{3});
  EXPECT_GT(t.recipes.lowered_units, 0u) << "pay is meant to need the rule";
  EXPECT_GT(t.sector_subsidy[1], 0.0) << "the second sector is meant to need a subsidy";
  EXPECT_EQ(t.sector_subsidy[0], 0.0);
  for (std::size_t i = 1; i < e.key.size(); ++i) {
    EXPECT_GE(t.profit[i], params.unit_profit_min * t.output[i] * (1.0 - 1e-9)) << "establishment " << i;
    // The same profit from its definition.
    const double wages = static_cast<double>(e.wage_bill[i]) / 1e5 * 1.3;
    const double added = t.output[i] * (1.0 - e.inputs_of(t, i) - t.other_cost[i]);
    EXPECT_NEAR(t.profit[i], added * 0.97 - wages - 0.0072 * t.capital[i] - 0.02 / 12.0 * t.loan[i],
                1e-9 * t.output[i]);
  }
  // A sector that needs a subsidy earns the least mean profit at normal output, no more; somewhat more at t = 0.
  double profit = 0.0, at_normal = 0.0, output = 0.0;
  for (std::size_t i = 1; i < e.key.size(); ++i) {
    if (e.sector[i] != 1) continue;
    const double after_inputs = t.output[i] * (1.0 - e.inputs_of(t, i) - t.other_cost[i]) * 0.97;
    const double staff = (e.firms().workers(i) + e.posts[i]) / e.firms().workers(i);
    profit += t.profit[i];
    at_normal += after_inputs - (after_inputs - t.profit[i]) * staff;
    output += t.output[i];
  }
  EXPECT_NEAR(at_normal / output, params.sector_profit_min, 1e-9);
  EXPECT_GT(profit, at_normal);
}

/// Who could not live even without the goods it holds has its basket lowered, too: only who would lose money without any
/// input does.
TEST(Technology, TheBasketIsLoweredWhereHeldGoodsAreNotEnough) {
  const Economy e(600);
  TechnologyParams params;
  params.pay_weight = 0.3;
  params.coefficient_cut = 0.15;  // half of the inputs are in the basket
  params.unit_profit_min = 0.1;
  const Technology t = settle_technology(e.firms(), e.sectors, e.table, params, SynthesisKeys{3});
  std::vector<double> usual(6, 0.0);
  for (std::size_t i = 1; i < e.key.size(); ++i)
    usual[t.recipes.basket_group[i]] = std::max(usual[t.recipes.basket_group[i]], t.recipes.basket[i]);
  int lowered = 0;
  for (std::size_t i = 1; i < e.key.size(); ++i) {
    const double without = t.profit[i] + t.output[i] * e.inputs_of(t, i) * 0.97;
    EXPECT_GE(t.profit[i], std::min(without, params.unit_profit_min * t.output[i]) - 1e-9 * t.output[i])
        << "establishment " << i;
    if (t.recipes.basket[i] >= usual[t.recipes.basket_group[i]]) continue;
    ++lowered;
    EXPECT_GT(t.recipes.lowered[i], 0.0) << "establishment " << i;
  }
  EXPECT_GT(lowered, 0) << "pay is meant to need the rule";
}

TEST(Technology, CapitalAndUtilisation) {
  const Economy e(50);
  const TechnologyParams params;
  const Technology t = settle_technology(e.firms(), e.sectors, e.table, params, SynthesisKeys{3});
  for (std::size_t i = 1; i < e.key.size(); ++i) {
    const std::size_t s = e.sector[i];
    EXPECT_NEAR(t.capital[i], e.sectors.capital_years[s] * 12.0 * e.table.value_added[e.sectors.good[s]] * t.output[i],
                1e-9 * t.capital[i]);
    EXPECT_NEAR(t.capital[i] * t.capital_output[i] * 0.80, t.output[i], 1e-12 * t.output[i]);
    EXPECT_NEAR(t.productivity[i] * (e.firms().workers(i) + e.posts[i]) * 0.95, t.output[i], 1e-12 * t.output[i]);
    EXPECT_NEAR(t.loan[i], e.sectors.loan_to_capital[s] * t.capital[i], 1e-12 * t.capital[i]);
  }
}

TEST(Recipes, NoiseMovesTheMixNotTheSum) {
  const Economy e(4000);
  TechnologyParams params;
  params.unit_profit_min = -10.0;  // nobody is lowered
  const Technology t = settle_technology(e.firms(), e.sectors, e.table, params, SynthesisKeys{3});
  double sum = 0.0, square = 0.0, n = 0.0;
  for (std::size_t i = 1; i < e.key.size(); ++i) {
    if (e.sector[i] != 0 || e.alone[i] != 0) continue;
    const std::size_t first = t.recipes.begin[i];
    const double log_ratio = std::log(t.recipes.coefficient[first] / t.recipes.coefficient[first + 1]);
    EXPECT_NEAR(e.inputs_of(t, i), e.table.domestic.column_sum(0) + e.table.imported.column_sum(0), 1e-10);
    sum += log_ratio;
    square += log_ratio * log_ratio;
    ++n;
  }
  const double sd = std::sqrt(square / n - sum / n * sum / n);
  const double expected = 0.15 * std::sqrt(2.0);  // of a quotient of two
  EXPECT_NEAR(sd, expected, 4.9 * expected / std::sqrt(2.0 * n)) << "n = " << n << ", false alarm about 1e-6";
  const Technology other = settle_technology(e.firms(), e.sectors, e.table, params, SynthesisKeys{4});
  EXPECT_NE(t.recipes.coefficient, other.recipes.coefficient);
}

}  // namespace
}  // namespace metier::synthesis
