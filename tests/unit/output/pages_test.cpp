#include "output/format_page.hpp"
#include "output/sidecar.hpp"
#include "tests/unit/output/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace metier::output {
namespace {

using ::testing::HasSubstr;

TEST(FormatPage, NamesEveryDeclaration) {
  const RunLayout layout = sample::layout();
  const std::string page = format_page(layout.indicators, layout.dimensions, layout.tables);
  for (const IndicatorInfo& indicator : layout.indicators) {
    EXPECT_THAT(page, HasSubstr("| `" + indicator.name + "` |"));
    EXPECT_THAT(page, HasSubstr(indicator.meaning_fr));
  }
  EXPECT_THAT(page, HasSubstr("| `commune` | 3 | commune of the metropolis | commune de la métropole |"));
  EXPECT_THAT(page, HasSubstr("| `money` | time | EUR | stock | float64 | OC XX-03 |"));
  EXPECT_THAT(page, HasSubstr("| `vacancies` | time, sector | 1 | stock | float32 |")) << "counts have the unit 1";
  EXPECT_THAT(page, HasSubstr("### `ledger/totals`"));
  EXPECT_THAT(page, HasSubstr("| `kind` | int16 | 1 | kind of flow (entries of `kind`) |"));
  EXPECT_THAT(page, HasSubstr("kind `metier run`, version 1"));
  EXPECT_EQ(page, format_page(layout.indicators, layout.dimensions, layout.tables));
  for (std::size_t at = page.find("\n| `"); at != std::string::npos; at = page.find("\n| `", at + 1)) {
    const std::string row = page.substr(at + 1, page.find('\n', at + 1) - at - 1);
    EXPECT_EQ(row.back(), '|') << row;
  }
}

TEST(FormatPage, LeavesOutWhatIsNotDeclared) {
  const std::string page = format_page({}, {});
  EXPECT_THAT(page, ::testing::Not(HasSubstr("indicators (")));
  EXPECT_THAT(page, ::testing::Not(HasSubstr("Long tables")));
}

TEST(Sidecar, HoldsWhatMayDifferBetweenEqualRuns) {
  sample::Folder folder;
  Sidecar sidecar;
  sidecar.command_line = "metier run été.yaml --out \"a b.h5\"";
  sidecar.threads = 2;
  sidecar.wall_seconds = 12.5;
  sidecar.host = "node\xE9";  // no UTF-8
  sidecar.program_version = "0.0.1";
  sidecar.git_hash = "0123abcd";
  sidecar.scenario_path = "scenarios/baseline.yaml";
  sidecar.started = "2026-01-31T12:00:00Z";
  sidecar.file_sha256 = std::string(64, 'c');
  sidecar.process_seconds = {{"labour.match", 1.25}, {"firms.plan", 0.5}};
  write_sidecar(folder / "a b.h5", sidecar);
  EXPECT_THAT(folder.names(), ::testing::ElementsAre("a b.json"));
  const auto document = nlohmann::json::parse(sample::bytes_of(folder / "a b.json"));
  EXPECT_EQ(document["run"]["command_line"], sidecar.command_line);
  EXPECT_EQ(document["run"]["threads"], 2);
  EXPECT_EQ(document["run"]["wall_seconds"], 12.5);
  EXPECT_EQ(document["run"]["process_seconds"]["firms.plan"], 0.5);
  bool found = false;
  for (const auto& entity : document["@graph"]) {
    if (entity["@type"] != "CreateAction") continue;
    found = true;
    EXPECT_EQ(entity["result"][0]["@id"], "a b.h5");
    EXPECT_EQ(entity["object"][0]["@id"], sidecar.scenario_path);
    EXPECT_EQ(entity["startTime"], sidecar.started);
  }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace metier::output
