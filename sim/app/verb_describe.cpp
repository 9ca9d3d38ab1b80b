#include "output/format_page.hpp"
#include "sim/app/run_session.hpp"
#include "sim/app/verbs.hpp"
#include "sim/core/parallel.hpp"

#include <CLI/CLI.hpp>
#include <cmath>
#include <fmt/format.h>
#include <memory>
#include <string_view>

namespace metier::app {

namespace {

struct DescribeOptions {
  std::string what, scenario;
  Changes changes;
};

std::string range_text(const Declaration& d) {
  if (d.type == Declaration::Type::kChoice) {
    std::string words;
    for (const auto& [word, meaning] : d.choices) words += (words.empty() ? "" : " | ") + word;
    return words;
  }
  const bool low = std::isfinite(d.lo), high = std::isfinite(d.hi);
  if (low && high) return fmt::format("{} to {}", shortest(d.lo), shortest(d.hi));
  if (low) return fmt::format("{} or more", shortest(d.lo));
  return high ? fmt::format("{} or less", shortest(d.hi)) : "";
}

/// Name, default, unit, range, meaning, source; of levers only, if asked.
std::string parameters_text(bool levers_only) {
  ModelParams params;
  OutputParams output;
  ParamBinder binder;
  bind_all(binder, params, output);
  std::string text;
  for (const Declaration& d : binder.declarations()) {
    if (levers_only && !d.lever) continue;
    text += d.path;
    if (!d.default_text.empty()) text += " = " + d.default_text;
    if (d.unit != "1" && !d.unit.empty()) text += fmt::format(" [{}]", d.unit);
    if (const std::string range = range_text(d); !range.empty()) text += "  allowed: " + range;
    if (d.lever && !levers_only) text += "  (lever)";
    text += "\n";
    if (!d.doc.empty()) text += fmt::format("    {}\n", d.doc);
    for (const auto& [word, meaning] : d.choices) text += fmt::format("    {}: {}\n", word, meaning);
    if (std::isfinite(d.prior[0]))
      text += fmt::format("    range of sensitivity studies: {} to {}\n", shortest(d.prior[0]), shortest(d.prior[1]));
    if (!d.source.empty()) text += fmt::format("    source: {}\n", d.source);
  }
  if (text.empty()) text = "no parameter is a lever\n";
  return text;
}

std::string columns_text(const World& world) {
  std::string text, table;
  for (const auto& [name, store] : world.columns()) {
    if (store.table().name != table) {
      table = store.table().name;
      text += fmt::format("{}{}: {}\n", text.empty() ? "" : "\n", table, store.table().meaning);
    }
    text +=
        fmt::format("  {:<34} {:<4} {:<24} {}\n", name, name_of(store.type()), store.info().unit, store.info().meaning);
  }
  return text;
}

std::string_view word_of(Measure measure) {
  switch (measure) {
    case Measure::kStock: return "stock";
    case Measure::kFlow: return "flow";
    case Measure::kMean: return "mean";
  }
  return "";
}

std::string_view word_of(Frequency frequency) {
  switch (frequency) {
    case Frequency::kMonthly: return "monthly";
    case Frequency::kQuarterly: return "quarterly";
    case Frequency::kAnnual: return "annual";
  }
  return "";
}

std::string indicators_text(const IndicatorSet& indicators) {
  std::string text;
  for (const IndicatorInfo& info : indicators.infos()) {
    std::string dims = "time";
    for (const std::string& dim : info.dims) dims += ", " + dim;
    text += fmt::format("{} [{}] ({})  {} {}{}\n    {}\n", info.name, info.unit, dims, word_of(info.frequency),
                        word_of(info.measure), info.code.empty() ? "" : "  " + info.code, info.meaning);
    if (!info.source.empty()) text += fmt::format("    source: {}\n", info.source);
  }
  text += "\ndimensions\n";
  for (const DimensionInfo& dimension : indicators.dimensions()) {
    text += fmt::format("  {:<16} {:>5}  {}\n", dimension.name, dimension.codes.size(), dimension.long_name);
  }
  return text;
}

Exit describe(const DescribeOptions& options, const Common& common) {
  if (options.what == "parameters" || options.what == "levers") {
    fmt::print("{}", parameters_text(options.what == "levers"));
    return Exit::kDone;
  }
  const std::string scenario =
      options.scenario.empty() ? (find_root(common) / "scenarios" / "baseline.yaml").string() : options.scenario;
  const BoundScenario bound = load_or_throw(scenario, options.changes.all(), common);
  set_threads(wanted_threads(common));
  const bool population = options.what == "population";
  const std::unique_ptr<Model> model =
      build_or_throw(bound, population ? BuildUntil::kPopulation : BuildUntil::kDeclared);
  if (population) {
    fmt::print("{}", model->population.to_text());
    return Exit::kDone;
  }
  model->month.seal(model->world);
  model->indicators.seal(model->world);
  if (options.what == "schedule") fmt::print("{}", model->month.describe());
  if (options.what == "columns") fmt::print("{}", columns_text(model->world));
  if (options.what == "indicators") fmt::print("{}", indicators_text(model->indicators));
  if (options.what == "format") {
    const RunTables tables(*model, bound.output);
    const output::RunLayout layout = layout_of(*model, tables, false);
    fmt::print("{}", output::format_page(layout.indicators, layout.dimensions, layout.tables));
  }
  return Exit::kDone;
}

}  // namespace

void add_describe(CLI::App& app, Session& session) {
  CLI::App* verb =
      add_verb(app, session, "describe", "Reference tables of what the program declares",
               "  metier describe parameters          # name, default, unit, range, meaning, source\n"
               "  metier describe schedule            # the month: phase, process, reads, writes, random numbers\n"
               "  metier describe population S.yaml   # margins asked and obtained at t = 0, assumptions\n"
               "  metier describe format              # the page output/FORMAT.md");
  auto options = std::make_shared<DescribeOptions>();
  verb->add_option("WHAT", options->what, "parameters, columns, indicators, levers, schedule, population or format")
      ->required()
      ->check(CLI::IsMember({"parameters", "columns", "indicators", "levers", "schedule", "population", "format"}));
  verb->add_option("SCENARIO", options->scenario, "A scenario (default: scenarios/baseline.yaml of the root)");
  add_changes(*verb, options->changes);
  verb->callback([options, &session] { session.exit = describe(*options, session.common); });
}

}  // namespace metier::app
