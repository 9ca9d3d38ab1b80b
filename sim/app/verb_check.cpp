#include "sim/app/scenario_input.hpp"
#include "sim/app/verbs.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <vector>

namespace metier::app {

namespace {

struct CheckOptions {
  std::vector<std::string> scenarios;
  Changes changes;
};

/// Everything that can be known without building the population, of all files, in one pass.
Exit check(const CheckOptions& options, const Common& common) {
  const PathRules rules = path_rules(common);
  Problems all;
  bool scenario_problem = false, valid = true;
  const auto take = [&](const std::vector<Problem>& list, Exit exit) {
    valid &= list.empty();
    scenario_problem |= exit == Exit::kScenario && !list.empty();
    for (const Problem& problem : list) all.add(problem.place, problem.message, problem.hint);
  };
  for (const std::string& path : options.scenarios) {
    valid = true;
    try {
      Problems problems;
      const BoundScenario bound = load(path, options.changes.all(), rules, problems);
      take(problems.list(), Exit::kScenario);
      if (problems.empty()) build_or_throw(bound, BuildUntil::kDeclared);
    } catch (const InputError& error) {
      take(error.problems(), error.exit());
    }
    if (valid && !common.quiet) fmt::print("{}: valid\n", path);
  }
  std::fflush(stdout);
  all.raise_if_any(scenario_problem ? Exit::kScenario : Exit::kData);
  return Exit::kDone;
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
  CLI::App* verb = add_verb(app, session, "check", "Validate scenarios and the files they name: all problems at once",
                            "  metier check scenarios/baseline.yaml\n"
                            "  metier check scenarios/*.yaml --quiet && echo all valid");
  auto options = std::make_shared<CheckOptions>();
  verb->add_option("SCENARIO", options->scenarios, "Scenarios (YAML)")->required();
  add_changes(*verb, options->changes);
  verb->callback([options, &session] { session.exit = check(*options, session.common); });
}

}  // namespace metier::app
