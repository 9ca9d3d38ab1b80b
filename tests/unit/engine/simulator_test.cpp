#include "sim/engine/simulator.hpp"
#include "sim/engine/checkpoint.hpp"
#include "tests/unit/engine/toy.hpp"

#include <cmath>
#include <filesystem>
#include <gtest/gtest.h>

namespace metier {
namespace {

void sum_of_places(In<toy::Sum> sum, Cells cells) { cells[0] = sum[0]; }

struct ToyRun {
  explicit ToyRun(std::size_t walkers, int months) : schedule(toy::month(params)) {
    toy::populate(world, walkers);
    indicators.add({.name = "sum_of_places", .unit = "m", .total = true, .meaning = "sum"}, &sum_of_places);
    simulator = std::make_unique<Simulator>(
        world, schedule, indicators, Simulator::Settings{.start = {2019, 1}, .months = months, .seeds = {11, 0}});
  }
  toy::Params params;
  World world;
  Schedule schedule;
  IndicatorSet indicators;
  std::unique_ptr<Simulator> simulator;
};

std::vector<std::uint64_t> hashes_of(int threads, bool observed) {
  struct Ignore : Observer {
    void observe(const Observation&) override {}
    std::vector<std::byte> save() override { return {}; }
    void restore(std::span<const std::byte>) override {}
  } observer;
  set_threads(threads);
  ToyRun run(20'000, 24);
  run.simulator->start(observed ? &observer : nullptr);
  while (!run.simulator->finished()) run.simulator->advance(observed ? &observer : nullptr);
  set_threads(1);
  return run.simulator->hashes();
}

TEST(Simulator, SameHashesForAnyNumberOfThreads) {
  const auto one = hashes_of(1, true);
  ASSERT_EQ(one.size(), 25u);
  EXPECT_NE(one[0], one[24]);
  for (const int threads : {2, 3, 7}) EXPECT_EQ(hashes_of(threads, true), one) << threads;
}

TEST(Simulator, ObservingChangesNothing) { EXPECT_EQ(hashes_of(1, true), hashes_of(1, false)); }

TEST(StateHash, SeesWhatMonthsCarryOnAndNothingElse) {
  World world;
  toy::populate(world, 1000);
  toy::month({}).seal(world);  // every column exists
  StateHash hash({.carried = {"walker.place", "walker.stopped"}, .within_month = {"total.sum"}});
  const std::uint64_t before = hash(world);
  world.column<toy::Sum>()[0] += 1.0;  // lives within a month
  EXPECT_EQ(hash(world), before);
  world.column<toy::Place>()[999] += 1.0;
  const std::uint64_t after = hash(world);
  EXPECT_NE(after, before);
  world.column<toy::Stopped>()[0] = 1;
  EXPECT_NE(hash(world), after);
  world.column<toy::Stopped>()[0] = 0;
  EXPECT_EQ(hash(world), after);
  StateHash all({});  // nothing is written: every column counts, as it is at first
  const std::uint64_t whole = all(world);
  EXPECT_NE(whole, after);
  world.column<toy::Sum>()[0] += 1.0;
  EXPECT_EQ(all(world), whole) << "remembered";
  EXPECT_NE(StateHash({})(world), whole);
}

TEST(Indicators, TheStockOfAQuarterIsLookedAtInItsLastMonthOnly) {
  World world;
  toy::populate(world, 10);
  IndicatorSet set;
  const auto add = [&](const char* name, Measure measure, Frequency frequency) {
    set.add({.name = name, .unit = "m", .measure = measure, .frequency = frequency, .total = true, .meaning = "sum"},
            &sum_of_places);
  };
  add("monthly_stock", Measure::kStock, Frequency::kMonthly);
  add("quarterly_stock", Measure::kStock, Frequency::kQuarterly);
  add("annual_stock", Measure::kStock, Frequency::kAnnual);
  add("quarterly_flow", Measure::kFlow, Frequency::kQuarterly);
  set.seal(world);
  for (int month = 0; month <= 12; ++month) {
    Step step;
    step.month = month;
    step.calendar = Month{2019, 1} + (month - 1);
    const Observation seen = set.observe(world, step);
    EXPECT_FALSE(std::isnan(seen.values[0][0])) << month;
    EXPECT_EQ(std::isnan(seen.values[1][0]), month % 3 != 0) << month;
    EXPECT_EQ(std::isnan(seen.values[2][0]), month % 12 != 0) << month;
    EXPECT_EQ(std::isnan(seen.values[3][0]), month == 0) << "a flow of a quarter is the sum of all its months";
  }
}

TEST(Simulator, ARestartGivesTheSameHashes) {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("metier-sim-" + std::to_string(getpid()) + ".ckpt")).string();
  ToyRun first(5000, 24);
  first.simulator->start(nullptr);
  for (int month = 1; month <= 12; ++month) first.simulator->advance(nullptr);
  write_checkpoint(path, {12, "", "", ""}, first.world, {});
  const auto so_far = first.simulator->hashes();
  while (!first.simulator->finished()) first.simulator->advance(nullptr);

  ToyRun second(5000, 24);
  read_checkpoint(path, second.world);
  second.simulator->resume_after(12, so_far);
  while (!second.simulator->finished()) second.simulator->advance(nullptr);
  EXPECT_EQ(second.simulator->hashes(), first.simulator->hashes());
  std::filesystem::remove(path);
}

TEST(Simulator, BurnInSharesNoRandomNumberWithTheRun) {
  ToyRun run(1000, 1), burnt(1000, 1);
  burn_in(burnt.world, burnt.schedule, 1, {2019, 1}, {11, 0});
  run.simulator->start(nullptr);
  run.simulator->advance(nullptr);
  const auto a = run.world.column<toy::Place>(), b = burnt.world.column<toy::Place>();
  int equal = 0;
  for (std::size_t i = 0; i < a.size(); ++i) equal += a[i] == b[i] ? 1 : 0;
  EXPECT_EQ(equal, 0);
}

}  // namespace
}  // namespace metier
