// What a checkpoint says of a run comes back as it was, from another working directory too; damage is told.
#include "sim/app/run_notes.hpp"
#include "sim/app/progress.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace metier::app {
namespace {

RunNotes notes() {
  RunNotes n;
  n.target = "/results/été \"1\".h5";
  n.overwrite = true;
  n.scenario_path = "s.yaml";
  Problems problems;
  n.scenario.tree = parse_yaml_text("run: {name: \"no\", months: 12}\nlist: [1, x]\nempty:\n", "s.yaml", problems);
  EXPECT_TRUE(problems.empty());
  n.scenario.files = {"base.yaml", "s.yaml"};
  n.root = "/root of all";
  n.data_root = "/data";
  n.hash_processes = true;
  n.checkpoint_every = 6;
  n.hashes = {0, 1, 0xFFFFFFFFFFFFFFFFull, 0x0123456789ABCDEFull};
  n.population.data_year = 2018;
  n.population.margins_met = false;
  n.population.files = {{"scenarios/data/a.csv", std::string(64, 'a'), 123456789012ull}};
  n.population.assumptions = {"x = 1: because"};
  n.population.margins = {{"jobs", "59350", 0.1 + 0.2, -1e-300},
                          {"jobs", "all", 1.0, std::numeric_limits<double>::quiet_NaN()}};
  n.attributes = {{"branched_from_month", "3"}};
  return n;
}

TEST(RunNotes, ComeBackAsTheyWere) {
  const RunNotes before = notes();
  const RunNotes after = notes_from_json(to_json(before), "a.ckpt");
  EXPECT_EQ(after.target, before.target);
  EXPECT_EQ(after.overwrite, before.overwrite);
  EXPECT_EQ(after.scenario_path, before.scenario_path);
  EXPECT_EQ(after.scenario.files, before.scenario.files);
  EXPECT_EQ(after.root, before.root);
  EXPECT_EQ(after.data_root, before.data_root);
  EXPECT_EQ(after.hash_processes, before.hash_processes);
  EXPECT_EQ(after.checkpoint_every, before.checkpoint_every);
  EXPECT_EQ(after.hashes, before.hashes);
  EXPECT_EQ(after.attributes, before.attributes);
  EXPECT_EQ(after.population.data_year, 2018);
  EXPECT_FALSE(after.population.margins_met);
  ASSERT_EQ(after.population.files.size(), 1u);
  EXPECT_EQ(after.population.files[0].bytes, 123456789012ull);
  EXPECT_EQ(after.population.assumptions, before.population.assumptions);
  ASSERT_EQ(after.population.margins.size(), 2u);
  EXPECT_EQ(after.population.margins[0].asked, 0.1 + 0.2);  // to the last bit
  EXPECT_EQ(after.population.margins[0].obtained, -1e-300);
  EXPECT_TRUE(std::isnan(after.population.margins[1].obtained));
  EXPECT_EQ(resolved_yaml(after.scenario), resolved_yaml(before.scenario));
}

TEST(RunNotes, PlacesKeepTheirMeaningInAnotherFolder) {
  const RunNotes after = notes_from_json(to_json(notes()), "a.ckpt");
  const ConfigNode* months = after.scenario.tree.find("run")->find("months");
  ASSERT_NE(months, nullptr);
  EXPECT_EQ(months->place.line, 1);
  EXPECT_TRUE(months->place.file.starts_with("/")) << months->place.file;
  EXPECT_TRUE(months->place.file.ends_with("/s.yaml")) << months->place.file;
  EXPECT_TRUE(after.scenario.tree.find("run")->find("name")->quoted);
}

TEST(RunNotes, DamageIsToldWithTheFile) {
  const std::string good = to_json(notes());
  for (const std::string& bad : {std::string(), std::string("{}"), good.substr(0, good.size() / 2),
                                 std::string("[1,2]"), good.substr(0, 12) + "9" + good.substr(12)}) {
    try {
      notes_from_json(bad, "a.ckpt");
      ADD_FAILURE() << "accepted: " << bad.substr(0, 40);
    } catch (const InputError& error) {
      EXPECT_EQ(error.exit(), Exit::kData);
      EXPECT_EQ(error.problems().at(0).place.file, "a.ckpt");
    }
  }
}

TEST(Progress, DurationsReadWell) {
  EXPECT_EQ(duration_text(0.04), "0.0 s");
  EXPECT_EQ(duration_text(9.94), "9.9 s");
  EXPECT_EQ(duration_text(42.4), "42 s");
  EXPECT_EQ(duration_text(200.0), "3 min 20 s");
  EXPECT_EQ(duration_text(7500.0), "2 h 05 min");
}

}  // namespace
}  // namespace metier::app
