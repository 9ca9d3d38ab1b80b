#include "models/labour/null_models.hpp"
#include "tests/support/labour/run_process.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace metier::labour {
namespace {

using Long = long double;

FlowTables three_occupations() {
  FlowTables t;
  t.labels = {"care", "trade", "building"};
  t.employed = {1200.0, 800.0, 500.0};
  t.unemployed = {90.0, 110.0, 40.0};
  t.vacancies = {40.0, 15.0, 30.0};
  t.target = {1260.0, 780.0, 520.0};
  t.mobility = {0.70, 0.20, 0.10, 0.15, 0.75, 0.10, 0.05, 0.25, 0.70};
  return t;
}

/// The equations of del Rio-Chanona et al. written once more, in long double and in another order of loops.
struct Reference {
  std::vector<Long> e, u, v, d, a;
  std::size_t n;
  explicit Reference(const FlowTables& t)
      : e(t.employed.begin(), t.employed.end()),
        u(t.unemployed.begin(), t.unemployed.end()),
        v(t.vacancies.begin(), t.vacancies.end()),
        d(t.target.begin(), t.target.end()),
        a(t.mobility.begin(), t.mobility.end()),
        n(t.employed.size()) {}
  void step(const FlowParams& p) {
    const Long du = p.separation_rate, dv = p.opening_rate, gu = p.separation_adjustment, gv = p.opening_adjustment;
    std::vector<Long> f(n * n, 0.0L), w(n), o(n);
    for (std::size_t j = 0; j < n; ++j) {
      Long s = 0.0L;
      std::vector<Long> q(n);
      for (std::size_t i = 0; i < n; ++i) {
        Long sum = 0.0L;
        for (std::size_t l = 0; l < n; ++l) sum += v[l] * a[i * n + l];
        q[i] = sum > 0.0L ? v[j] * a[i * n + j] / sum : 0.0L;
        s += u[i] * q[i];
      }
      if (s <= 0.0L || v[j] <= 0.0L) continue;
      const Long theta = v[j] / s;
      const Long p_j = theta * (1.0L - std::exp(-1.0L / theta));
      for (std::size_t i = 0; i < n; ++i) f[i * n + j] = u[i] * q[i] * p_j;
    }
    for (std::size_t i = 0; i < n; ++i) {
      w[i] = du * e[i] + (1.0L - du) * gu * std::max(0.0L, e[i] + v[i] - d[i]);
      o[i] = dv * e[i] + (1.0L - dv) * gv * std::max(0.0L, d[i] - e[i] - v[i]);
    }
    for (std::size_t i = 0; i < n; ++i) {
      Long in = 0.0L, out = 0.0L;
      for (std::size_t j = 0; j < n; ++j) {
        in += f[j * n + i];
        out += f[i * n + j];
      }
      e[i] += in - w[i];
      u[i] += w[i] - out;
      v[i] += o[i] - in;
    }
  }
};

void expect_equal(World& world, const Reference& reference, int month) {
  for (std::size_t i = 0; i < reference.n; ++i) {
    EXPECT_NEAR(world.column<FlowEmployed>()[i] / static_cast<double>(reference.e[i]), 1.0, 1e-12) << "month " << month;
    EXPECT_NEAR(world.column<FlowUnemployed>()[i] / static_cast<double>(reference.u[i]), 1.0, 1e-12)
        << "month " << month;
    EXPECT_NEAR(world.column<FlowVacancies>()[i] / static_cast<double>(reference.v[i]), 1.0, 1e-12)
        << "month " << month;
  }
}

TEST(Flows, AreTheEquations) {  // case V7c
  const FlowTables tables = three_occupations();
  const FlowParams params;
  World world;
  build_flows(world, tables);
  Reference reference(tables);
  for (int month = 1; month <= 24; ++month) {
    test::run_process(world, test::labour_step(month), &flows_step, params);
    reference.step(params);
    expect_equal(world, reference, month);
  }
}

TEST(Flows, ThePopulationIsConserved) {
  const FlowParams params;
  World world;
  build_flows(world, three_occupations());
  const auto people = [&] {
    double sum = 0.0;
    for (std::size_t i = 0; i < 3; ++i) sum += world.column<FlowEmployed>()[i] + world.column<FlowUnemployed>()[i];
    return sum;
  };
  for (int month = 1; month <= 240; ++month) {
    test::run_process(world, test::labour_step(month), &flows_step, params);
    EXPECT_NEAR(people() / 2740.0, 1.0, 1e-12) << "month " << month;
  }
}

TEST(Flows, OneOccupationFollowsTheAggregateEquation) {
  // One occupation: hires = v (1 - e^(-u/v)), no matter what the mobility says.
  FlowTables tables;
  tables.labels = {"all"};
  tables.employed = {1000.0};
  tables.unemployed = {100.0};
  tables.vacancies = {50.0};
  tables.target = {1050.0};
  tables.mobility = {0.3};
  World world;
  build_flows(world, tables);
  test::run_process(world, test::labour_step(1), &flows_step, FlowParams{});
  EXPECT_NEAR(world.column<FlowHires>()[0], 50.0 * (1.0 - std::exp(-2.0)), 1e-12 * 50.0);
  EXPECT_NEAR(world.column<FlowSeparations>()[0], 0.0103 * 1000.0, 1e-12 * 1000.0) << "posts are exactly those wanted";
}

TEST(Flows, WithoutVacanciesNobodyIsHired) {
  FlowTables tables = three_occupations();
  tables.vacancies = {0.0, 0.0, 0.0};
  World world;
  build_flows(world, tables);
  test::run_process(world, test::labour_step(1), &flows_step, FlowParams{});
  for (const double hires : world.column<FlowHires>()) EXPECT_EQ(hires, 0.0);
}

}  // namespace
}  // namespace metier::labour
