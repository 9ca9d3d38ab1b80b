#include "models/labour/null_models.hpp"
#include "tests/support/labour/run_process.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace metier::labour {
namespace {

using test::labour_step;
using test::run_process;

/// The two-state chain of case V7a after so many months; unemployment rates of all months.
std::vector<double> unemployment(const Params& params, std::int64_t persons, int months) {
  World world;
  build_two_state(world, persons);
  std::vector<double> rates;
  for (int month = 1; month <= months; ++month) {
    run_process(world, labour_step(month), &two_state_open);
    run_process(world, labour_step(month), &two_state_separate, params);
    run_process(world, labour_step(month), &two_state_match, params);
    std::int64_t without = 0;
    for (const Status status : world.column<StatusOf>()) without += status == Status::kUnemployed ? 1 : 0;
    rates.push_back(static_cast<double>(without) / static_cast<double>(persons));
  }
  return rates;
}

TEST(TwoStates, TheRateIsThatOfSeparationBeforeMatching) {  // s (1 - f) / (s (1 - f) + f) = .099099
  Params params;
  params.separation_rate = 0.015;
  params.finding_rate = 0.12;
  constexpr std::int64_t n = 50'000;
  const std::vector<double> rates = unemployment(params, n, 160);
  const double closed = 0.015 * 0.88 / (0.015 * 0.88 + 0.12);
  EXPECT_NEAR(closed, 0.099099, 5e-7);
  // Months 61 to 160: the state of a person has autocorrelation r = (1 - s)(1 - f) = .867 from month to month, so the
  // mean of 100 months is worth 100 (1 - r) / (1 + r) = 7.1 independent ones.
  double mean = 0.0;
  for (int month = 60; month < 160; ++month) mean += rates[static_cast<std::size_t>(month)] / 100.0;
  const double standard_error = std::sqrt(closed * (1.0 - closed) / static_cast<double>(n) / 7.1);
  EXPECT_NEAR(mean, closed, 4.9 * standard_error) << "false alarm about 1e-6";
  EXPECT_GT(std::abs(mean - 0.015 / 0.135), 20 * standard_error) << "not the rate of simultaneous flows, .111111";
}

TEST(TwoStates, TheWayThereIsTheRecursion) {
  Params params;
  params.separation_rate = 0.015;
  params.finding_rate = 0.12;
  constexpr std::int64_t n = 50'000;
  const std::vector<double> rates = unemployment(params, n, 40);
  double u = 0.0;
  for (std::size_t month = 0; month < rates.size(); ++month) {
    u = (u + 0.015 * (1.0 - u)) * (1.0 - 0.12);
    const double standard_error = std::sqrt(u * (1.0 - u) / static_cast<double>(n));
    EXPECT_NEAR(rates[month], u, 5.2 * standard_error)
        << "month " << month + 1 << ", false alarm below 1e-5 for all 40";
  }
}

TEST(TwoStates, CertainFlowsAreExact) {
  Params params;
  params.separation_rate = 1.0;
  params.finding_rate = 0.0;
  EXPECT_EQ(unemployment(params, 1000, 1).back(), 1.0);
  params.finding_rate = 1.0;
  EXPECT_EQ(unemployment(params, 1000, 3).back(), 0.0);
  params.separation_rate = 0.0;
  params.finding_rate = 0.0;
  EXPECT_EQ(unemployment(params, 1000, 3).back(), 0.0);
}

TEST(TwoStates, FlowsAddUp) {
  Params params;
  World world;
  build_two_state(world, 10'000);
  std::int64_t without = 0;
  for (int month = 1; month <= 12; ++month) {
    run_process(world, labour_step(month), &two_state_open);
    run_process(world, labour_step(month), &two_state_separate, params);
    run_process(world, labour_step(month), &two_state_match, params);
    without += test::total<SeparationsByOccupation>(world) - test::total<HiresByOccupation>(world);
    std::int64_t counted = 0;
    for (const Status status : world.column<StatusOf>()) counted += status == Status::kUnemployed ? 1 : 0;
    EXPECT_EQ(counted, without) << "month " << month;
  }
}

}  // namespace
}  // namespace metier::labour
