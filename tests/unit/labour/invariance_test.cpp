#include "models/labour/initial.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/vectors.hpp"
#include "tests/support/labour/run_process.hpp"

#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace metier::labour {
namespace {

/// Hash of the state after some months; everything happens: growth, dismissals, moves, people from outside.
std::uint64_t state_after(int months, int threads, const Params& params, std::uint64_t seed = 7) {
  set_threads(threads);
  test::LabourSetting setting;
  setting.params = params;
  setting.params.minimum_wage_path.levels = {{{2018, 1}, 149'847}, {{2019, 2}, 180'000}};
  World world;
  test::LabourSize size = test::small_labour();
  size.salaried_jobs = 12'000;  // several blocks of rows
  size.unemployed = 2000;
  test::build_labour_world(world, size, setting.params);
  set_start(world, setting.params, Month{2018, 12});
  for (std::size_t i = 1; i < world.rows<firms::Firm>(); ++i) {
    world.column<firms::LayoffsWanted>()[i] = i % 5 == 0 && world.column<firms::Employees>()[i] > 3 ? 1 : 0;
    world.column<firms::HiresWanted>()[i] = i % 7 == 0 ? 1 : 0;
    world.column<firms::LabourTarget>()[i] += i % 7 == 0 ? 6.0 : 0.0;
    world.column<ProductivityGrowth>()[i] = 0.02;
  }
  Schedule month = test::labour_month(setting);
  test::run_labour(world, month, months, seed);
  set_threads(1);
  return test::hash_of_state(world);
}

/// The kernels that exist twice: here the other version runs.
TEST(Invariance, TheSameStateWithAndWithoutAvx512) {
  const std::uint64_t as_it_is = state_after(6, 2, {});
  set_use_avx512(false);
  EXPECT_EQ(state_after(6, 2, {}), as_it_is);
  set_use_avx512(true);
}

TEST(Invariance, AnyNumberOfThreadsGivesTheSameState) {
  const std::uint64_t one = state_after(6, 1, {});
  for (const int threads : {2, 3, 7}) EXPECT_EQ(state_after(6, threads, {}), one) << threads << " threads";
}

TEST(Invariance, AnotherSeedGivesAnotherState) { EXPECT_NE(state_after(2, 1, {}, 7), state_after(2, 1, {}, 8)); }

TEST(Parameters, EachOneActs) {
  // halo_* and skill_* act on those long without a job; prices stand still here, so indexation has its own test.
  const std::vector<std::pair<std::string, std::function<void(Params&)>>> changes{
      {"rounds", [](Params& p) { p.rounds = 3; }},
      {"separation_rate", [](Params& p) { p.separation_rate = 0.02; }},
      {"lifo_share", [](Params& p) { p.lifo_share = 0.1; }},
      {"vacancy_rate_small", [](Params& p) { p.vacancy_rate_small = 0.1; }},
      {"vacancy_rate_large", [](Params& p) { p.vacancy_rate_large = 0.1; }},
      {"tension_slope", [](Params& p) { p.tension_slope = 1.0; }},
      {"applications", [](Params& p) { p.applications = 8.0; }},
      {"ojs_prob", [](Params& p) { p.ojs_prob = 0.1; }},
      {"ojs_gain", [](Params& p) { p.ojs_gain = 0.5; }},
      {"halo_search", [](Params& p) { p.halo_search = 0.6; }},
      {"beta_travel", [](Params& p) { p.beta_travel = 0.12; }},
      {"wage_elasticity", [](Params& p) { p.wage_elasticity = 4.0; }},
      {"reservation_start", [](Params& p) { p.reservation_start = 1.2; }},
      {"reservation_end", [](Params& p) { p.reservation_end = 1.5; }},
      {"suitable_prob", [](Params& p) { p.suitable_prob = 0.3; }},
      {"screen_max", [](Params& p) { p.screen_max = 8; }},
      {"skill_slope", [](Params& p) { p.skill_slope = 1.0; }},
      {"duration_penalty", [](Params& p) { p.duration_penalty = 5.0; }},
      {"fit_noise", [](Params& p) { p.fit_noise = 0.0; }},
      {"wage_productivity", [](Params& p) { p.wage_productivity = 0.6; }},
      {"wage_curve", [](Params& p) { p.wage_curve = 0.3; }},
      {"wage_tightness", [](Params& p) { p.wage_tightness = 0.5; }},
      {"wage_skill", [](Params& p) { p.wage_skill = 0.3; }},
      {"outside_wage_gap", [](Params& p) { p.outside_wage_gap = 0.5; }},
      {"skill_decay", [](Params& p) { p.skill_decay = 0.5; }},
      {"skill_decay_after", [](Params& p) { p.skill_decay_after = 0; }},
      {"halo_entry_factor", [](Params& p) { p.halo_entry_factor = 10.0; }},
      {"halo_entry_after", [](Params& p) { p.halo_entry_after = 24; }},
      {"halo_return", [](Params& p) { p.halo_return = 1.0; }},
  };
  const std::uint64_t base = state_after(4, 1, {});
  for (const auto& [name, change] : changes) {
    Params params;
    change(params);
    EXPECT_NE(state_after(4, 1, params), base) << "labour." << name << " changes nothing";
  }
}

}  // namespace
}  // namespace metier::labour
