#include "sim/app/scenario_input.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace metier::app {

namespace fs = std::filesystem;

namespace {

/// The file of a scenario that the command line names: from the working directory; a leading `scenarios/` that is not
/// there starts at the root.
std::string scenario_file(const std::string& path, const PathRules& rules) {
  std::error_code error;
  if (!path.starts_with("scenarios/") || fs::exists(fs::path(rules.working) / path, error)) return path;
  const fs::path below_root = fs::path(rules.root) / path;
  return fs::exists(below_root, error) ? below_root.string() : path;
}

/// Models name parameters and do not know where they were set: the place of the first one of the message that the user
/// set himself.
Problem located(Problem problem, const std::vector<ResolvedValue>& values) {
  if (!problem.place.file.empty()) return problem;
  std::size_t first = std::string::npos;
  for (const ResolvedValue& value : values) {
    if (value.origin.file.empty()) continue;
    const std::size_t at = find_path(problem.message, value.path);
    if (at >= first) continue;
    first = at;
    problem.place = value.origin;
  }
  return problem;
}

}  // namespace

void bind_all(ParamBinder& binder, ModelParams& params, OutputParams& output) {
  bind(binder, params);
  bind(binder, output);
}

BoundScenario bind_scenario(std::string path, Scenario scenario, const PathRules& rules, Problems& problems) {
  BoundScenario bound;
  bound.path = std::move(path);
  bound.scenario = std::move(scenario);
  bound.rules = rules;
  ParamBinder binder(bound.scenario.tree, bound.rules, problems);
  bind_all(binder, bound.params, bound.output);
  binder.finish();
  if (bound.params.data.root.empty()) bound.params.data.root = rules.data_root;
  bound.rules.data_root = bound.params.data.root;
  bound.values = binder.values();
  return bound;
}

BoundScenario load(const std::string& path, const std::vector<std::string>& changes, const PathRules& rules,
                   Problems& problems) {
  const std::size_t before = problems.size();
  Scenario scenario = load_scenario(scenario_file(path, rules), changes, rules, problems);
  // Without a tree everything that is bound would be a default: only what is wrong with the file is worth telling.
  if (problems.size() > before && scenario.tree.map.empty()) return {};
  return bind_scenario(path, std::move(scenario), rules, problems);
}

BoundScenario load_or_throw(const std::string& path, const std::vector<std::string>& changes, const Common& common) {
  Problems problems;
  BoundScenario bound = load(path, changes, path_rules(common), problems);
  problems.raise_if_any(Exit::kScenario);
  return bound;
}

Exit exit_for(const Problems& problems, const PathRules& rules) {
  const fs::path data = fs::absolute(rules.data_root).lexically_normal();
  const auto in_data = [&](const Problem& problem) {
    if (problem.place.file.empty()) return false;
    const fs::path relative = fs::absolute(problem.place.file).lexically_normal().lexically_relative(data);
    return !relative.empty() && *relative.begin() != "..";
  };
  return std::ranges::all_of(problems.list(), in_data) ? Exit::kData : Exit::kScenario;
}

std::unique_ptr<Model> build_or_throw(const BoundScenario& bound, BuildUntil until) {
  try {
    Problems problems;
    std::unique_ptr<Model> model = build_model(bound.params, bound.rules.root, until, problems);
    problems.raise_if_any(exit_for(problems, bound.rules));
    METIER_REQUIRE(model != nullptr, "a model without problems exists");
    return model;
  } catch (const InputError& error) {
    std::vector<Problem> found = error.problems();
    for (Problem& problem : found) problem = located(std::move(problem), bound.values);
    throw InputError(error.exit(), std::move(found));
  }
}

}  // namespace metier::app
