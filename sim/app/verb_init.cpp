#include "output/spool.hpp"
#include "sim/app/reference.hpp"
#include "sim/app/verbs.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <span>
#include <string_view>
#include <system_error>

namespace metier::app {

namespace fs = std::filesystem;

namespace {

struct InitOptions {
  std::string folder;
};

constexpr std::string_view kScenario = R"(# yaml-language-server: $schema=metier.schema.json
# A scenario of metier. It takes everything from the baseline and says what is different; every key is optional.
# `metier describe parameters` lists all keys with unit, range and meaning; `metier explain` tells what this file changes.
schema: 1
extends: scenarios/baseline.yaml      # from the root of metier; a file beside this one works too

run:
  name: mine                          # the results go to results/mine.h5 unless --out says other
  months: 60                          # from run.start, 2019-01
  # seed: 7                           # other random numbers, same population
  # replicate: 1                      # the same, numbered: for intervals over replicates
  # population_seed: 7                # another population

scale:
  factor: 0.1                         # a tenth of the establishments and people: quick to try; 1 for results

# labour:
#   separation_rate: 0.012            # monthly probability that a job ends

# output:
#   panel_share: 0.02                 # share of establishments and persons written one by one
#   ledger: full                      # none | full | postings
)";

void write_text(const fs::path& path, std::string_view text) {
  output::write_whole(path, path.string() + ".part", std::as_bytes(std::span(text.data(), text.size())));
}

Exit init(const InitOptions& options, const Common& common) {
  const fs::path folder = options.folder;
  const std::array<fs::path, 2> files{folder / "scenario.yaml", folder / "metier.schema.json"};
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    throw InputError(Exit::kUsage, Problem{{folder.string(), 0, 0},
                                           fmt::format("the folder cannot be made: {}", error.message()),
                                           "choose another place"});
  }
  const output::Overwrite overwrite = common.force ? output::Overwrite::kAllow : output::Overwrite::kRefuse;
  for (const fs::path& file : files) output::check_target(file, overwrite, "another folder");
  write_text(files[0], kScenario);
  write_text(files[1], schema_text());
  if (common.quiet) return Exit::kDone;
  const std::string scenario = files[0].string();
  fmt::print("wrote {} and {}\n\nNext:\n  edit {}\n  metier check {}\n  metier explain {}\n  metier run {}\n", scenario,
             files[1].string(), scenario, scenario, scenario, scenario);
  return Exit::kDone;
}

}  // namespace

void add_init(CLI::App& app, Session& session) {
  CLI::App* verb = add_verb(app, session, "init", "A commented scenario to start from",
                            "  metier init mine && metier check mine/scenario.yaml");
  auto options = std::make_shared<InitOptions>();
  verb->add_option("DIR", options->folder, "Folder to write to; made if it does not exist")->required();
  verb->callback([options, &session] { session.exit = init(*options, session.common); });
}

}  // namespace metier::app
