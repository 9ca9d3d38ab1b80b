// The parameters of the program itself: the baseline of the repository, shipped paths, rules across sections.
#include "models/params.hpp"
#include "scenarios/loader/loader.hpp"
#include "sim/app/output_params.hpp"
#include "sim/config/binder.hpp"
#include "tests/unit/loader/scratch.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace metier {
namespace {

using test::Scratch;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kRoot = METIER_SOURCE_DIR;
const PathRules kRules{kRoot, kRoot + "/scenarios/data", kRoot};

struct Bound {
  explicit Bound(const std::string& path, const std::vector<std::string>& sets = {}) {
    const Scenario scenario = load_scenario(path, sets, kRules, problems);
    ParamBinder binder(scenario.tree, kRules, problems);
    bind(binder, params);
    bind(binder, output);
    binder.finish();
    values = binder.values();
  }
  Problems problems;
  ModelParams params;
  app::OutputParams output;
  std::vector<ResolvedValue> values;
};

TEST(Baseline, IsValidAndSaysWhatTheDefaultsSay) {
  const Scratch s;
  const Bound baseline(kRoot + "/scenarios/baseline.yaml");
  EXPECT_THAT(s.texts(baseline.problems), IsEmpty());
  EXPECT_EQ(baseline.params.run.name, "baseline");
  EXPECT_EQ(baseline.params.run.months, 264);
  EXPECT_EQ(baseline.params.data.root, kRoot + "/scenarios/data");
  EXPECT_EQ(baseline.params.labour.minimum_wage.path, kRoot + "/scenarios/paths/minimum_wage.csv");
  // A scenario that says nothing runs the same economy under another name, with a draw of the sector mix (decision
  // 0008).
  const Bound nothing(s.write("user/a.yaml", "schema: 1\n"));
  EXPECT_THAT(s.texts(nothing.problems), IsEmpty());
  ASSERT_EQ(nothing.values.size(), baseline.values.size());
  for (std::size_t k = 0; k < nothing.values.size(); ++k) {
    EXPECT_EQ(nothing.values[k].path, baseline.values[k].path);
    if (nothing.values[k].path == "run.name" || nothing.values[k].path == "synthesis.a38_dirichlet") continue;
    EXPECT_EQ(nothing.values[k].value, baseline.values[k].value) << nothing.values[k].path;
  }
}

TEST(Baseline, TheWordNoneTakesAPathAway) {
  const Scratch s;
  const Bound bound(
      s.write("user/a.yaml", "schema: 1\nextends: scenarios/baseline.yaml\noutside: {emergency_path: none}\n"));
  EXPECT_THAT(s.texts(bound.problems), IsEmpty());
  EXPECT_FALSE(bound.params.outside.emergency_path.given());
  EXPECT_TRUE(bound.params.outside.demand_path.given());
}

/// Problems of a scenario that has these lines after `schema: 1`.
std::vector<std::string> told(const std::string& lines) {
  const Scratch s;
  const Bound bound(s.write("user/a.yaml", "schema: 1\n" + lines + "\n"));
  return s.texts(bound.problems);
}

TEST(ScenarioRules, Months) {
  const std::string hint = "\n    Months to simulate.";
  EXPECT_THAT(told("run: {months: 0}"),
              ElementsAre("user/a.yaml:2:15: error: 'run.months' is 0 [month], allowed 1 to 2400." + hint));
  EXPECT_THAT(told("run: {months: -12}"),
              ElementsAre("user/a.yaml:2:15: error: 'run.months' is -12 [month], allowed 1 to 2400." + hint));
  EXPECT_THAT(told("run: {start: 2199-06, months: 8}"),
              ElementsAre("user/a.yaml:2:31: error: 'run.months' is 8: the run would end after 2199-12"));
  EXPECT_THAT(told("run: {start: 2199-06, months: 7}"), IsEmpty());
}

TEST(ScenarioRules, NameOfTheRunIsAFileName) {
  const std::string rule =
      ": must be 1 to 100 letters, digits, '_', '-' or '.', beginning with a letter, a digit or '_'";
  const std::pair<std::string, std::string> names[] = {{"../a", "../a"},
                                                       {"a/b", "a/b"},
                                                       {"a b", "a b"},
                                                       {R"("")", "empty"},
                                                       {".a", ".a"},
                                                       {R"("-a")", "-a"},
                                                       {"caf\xc3\xa9", "caf\xc3\xa9"},
                                                       {R"("a\e[31m\n")", R"(a\x1B[31m\x0A)"}};
  for (const auto& [written, shown] : names) {
    EXPECT_THAT(told(fmt::format("run: {{name: {}}}", written)),
                ElementsAre(fmt::format("user/a.yaml:2:13: error: 'run.name' is {}{}", shown, rule)))
        << written;
  }
  EXPECT_THAT(told("run: {name: a_B-2.x}"), IsEmpty());
}

TEST(ScenarioRules, PathsThatModesNeed) {
  EXPECT_THAT(
      told("outside: {demand_path: none, tilt_path: none}"),
      ElementsAre("user/a.yaml:2:24: error: 'outside.demand_path' is none: is needed by the modes observed_then_ar1 "
                  "and path of outside.mode"));
  EXPECT_THAT(told("outside: {mode: ar1, demand_path: none}"),
              ElementsAre("user/a.yaml:2:1: error: 'outside.tilt_path' is scenarios/paths/outside_sector_tilt.csv: "
                          "says how branches differ from "
                          "outside.demand_path, which is not given"));
  EXPECT_THAT(told("outside: {mode: ar1, demand_path: none, tilt_path: none}"), IsEmpty());
  EXPECT_THAT(
      told("labour: {mode: flows_drc}"),
      ElementsAre("user/a.yaml:2:1: error: 'labour.flows.state' is none: is needed by labour.mode flows_drc",
                  "user/a.yaml:2:1: error: 'labour.flows.mobility' is none: is needed by labour.mode flows_drc"));
}

TEST(ScenarioRules, AcrossParameters) {
  EXPECT_THAT(
      told("labour: {reservation_end: 0.95}"),
      ElementsAre("user/a.yaml:2:27: error: 'labour.reservation_end' is 0.95: is above labour.reservation_start: the "
                  "least wage that is accepted "
                  "falls with time"));
  EXPECT_THAT(told("io: {mode: ario_psi}"), ElementsAre("user/a.yaml:2:12: error: 'io.mode' is ario_psi: ario_psi and "
                                                        "pichler_daily run over a user's table: set space: none"));
}

TEST(ScenarioRules, UnknownKeysHaveTheNearestName) {
  EXPECT_THAT(
      told("labuor: {}\nlabour: {seperation_rate: 0.01}\noutput: {panel: 0.1}\nshema: 1"),
      ElementsAre(
          "user/a.yaml:2:1: error: 'labuor' is not a parameter; did you mean 'labour'?",
          "user/a.yaml:3:10: error: 'labour.seperation_rate' is not a parameter; did you mean 'separation_rate'?",
          "user/a.yaml:4:10: error: 'output.panel' is not a parameter\n    metier describe parameters lists all of "
          "them",
          "user/a.yaml:5:1: error: 'shema' is not a parameter; did you mean 'schema'?"));
}

TEST(ScenarioRules, ChangesOfTheCommandLineAreCheckedToo) {
  const Scratch s;
  const Bound bound(s.write("user/a.yaml", "schema: 1\n"),
                    {"run.months=zero", "labour.separation_rate=2", "run.mnths=3"});
  EXPECT_THAT(s.texts(bound.problems),
              testing::UnorderedElementsAre(
                  "--set: error: 'run.months' is zero, it must be a whole number, 1 to 2400\n    Months to simulate.",
                  "--set: error: 'labour.separation_rate' is 2 [1/month], allowed 0 to 1.\n    Probability that a job "
                  "ends in a month "
                  "(delta_u), times the relative rates of its occupation and of the home and age of who holds it.",
                  "--set: error: 'run.mnths' is not a parameter; did you mean 'months'?"));
}

TEST(ScenarioRules, DataOfAnotherTerritory) {
  const Scratch s;
  std::filesystem::create_directories(s.at("user/pack"));
  s.write("user/pack/wage.csv", "month,key,value\n");
  const Bound bound(s.write("user/a.yaml", "schema: 1\ndata: {root: pack}\nlabour: {minimum_wage: data/wage.csv}\n"));
  EXPECT_THAT(s.texts(bound.problems), IsEmpty());
  EXPECT_EQ(bound.params.data.root, s.at("user/pack"));
  EXPECT_EQ(bound.params.labour.minimum_wage.path, s.at("user/pack/wage.csv"));
}

}  // namespace
}  // namespace metier
