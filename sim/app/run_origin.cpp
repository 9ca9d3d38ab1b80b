#include "sim/app/run_origin.hpp"

#include "sim/app/program_info.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace metier::app {

PopulationFacts facts_of(const Model& model) {
  PopulationFacts facts;
  facts.data_year = model.data_year;
  facts.margins_met = model.population.all_met();
  for (const ModelFile& file : model.files) facts.files.push_back({file.path, file.sha256, file.bytes});
  for (const synthesis::Assumption& a : model.population.assumptions()) {
    facts.assumptions.push_back(fmt::format("{} = {}: {}", a.key, a.value, a.text));
  }
  for (const synthesis::ReportRow& row : model.population.rows()) {
    facts.margins.push_back({row.margin, row.cell, row.asked, row.obtained});
  }
  return facts;
}

std::string origin_text(const Place& origin, const PathRules& rules) {
  if (origin.file.empty()) return "default";
  if (origin.file.starts_with("--")) return origin.file;
  const std::string file = relative_to_root(origin.file, rules);
  return origin.line > 0 ? fmt::format("{}:{}", file, origin.line) : file;
}

output::Provenance provenance_of(const BoundScenario& bound, const Model& model, const PopulationFacts& facts) {
  const ProgramInfo& build = program_info();
  const RunParams& run = bound.params.run;
  output::Provenance origin;
  origin.title =
      fmt::format("metier run '{}', {} to {}", run.name, to_text(run.start), to_text(run.start + (run.months - 1)));
  origin.program_version = build.version;
  origin.git_hash = build.git_hash;
  origin.compiler = build.compiler;
  origin.compiler_flags = build.flags;
  origin.scenario_name = run.name;
  origin.scenario_text = resolved_yaml(bound.scenario);
  origin.schedule_text = model.month.describe();
  origin.data_mode = facts.data_year > 0 ? "files" : "none";
  origin.data_year = facts.data_year;
  origin.seed = run.seed;
  origin.population_seed = run.population_seed;
  origin.replicate = run.replicate;
  for (const ResolvedValue& value : bound.values) {
    origin.parameters.push_back({value.path, value.value, value.unit, origin_text(value.origin, bound.rules)});
  }
  origin.data_files = facts.files;
  origin.assumptions = facts.assumptions;
  origin.margins = facts.margins;
  const std::vector<Process>::size_type processes = model.month.processes().size();
  const auto has = [&](std::string_view name) {
    return std::ranges::any_of(model.month.processes(), [&](const Process& process) { return process.name == name; });
  };
  if (has("ledger.check_books")) {
    origin.checks.push_back(
        {"money", "passed", "every month: balances sum to zero, clearing accounts empty, paid = received"});
  }
  if (has("people.check_headcount")) {
    origin.checks.push_back(
        {"headcount", "passed", "every month: employees of establishments match the persons who work there"});
  }
  if (!facts.margins.empty()) {
    origin.checks.push_back({"population", facts.margins_met ? "passed" : "failed",
                             fmt::format("{} margins at t = 0 within their tolerance", facts.margins.size())});
  }
  origin.checks.push_back(
      {"schedule", "passed", fmt::format("{} processes, one writer per column and sub-phase", processes)});
  return origin;
}

}  // namespace metier::app
