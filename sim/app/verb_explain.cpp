#include "sim/app/run_origin.hpp"
#include "sim/app/scenario_input.hpp"
#include "sim/app/verbs.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <vector>

namespace metier::app {

namespace {

struct ExplainOptions {
  std::string scenario;
  Changes changes;
  bool all = false;
};

std::string with_unit(const std::string& value, const std::string& unit) {
  return unit.empty() || unit == "1" ? value : value + " " + unit;
}

/// The input-output table of the user's own: what becomes of its files.
std::string table_sentences(const BoundScenario& bound) {
  const ModelParams& p = bound.params;
  const io::TableParams& t = p.io.table;
  if (!t.table.given()) return "";
  const bool stocks = p.io.stocks == io::Stocks::kFinite;
  const bool prices = p.firms.mode == firms::Mode::kDefault && p.firms.pricing == firms::Pricing::kMarkup;
  const bool households = p.households.mode == households::Mode::kDefault;
  std::string text =
      fmt::format("Its goods are those of {}, a table of {}.\n", relative_to_root(t.table.path, bound.rules),
                  t.kind == io::TableKind::kFlows ? "flows" : "coefficients");
  text += stocks ? "Inputs are held in stocks (io.inventory_months) and limit output.\n"
                 : "Inputs are not held in stocks and never limit output.\n";
  text += prices ? "Prices follow costs.\n" : "Prices stand at 1, shocks apart.\n";
  text += households ? "Households spend their labour income of the month before (type II).\n"
                     : "Households spend nothing besides io.final_demand (type I).\n";
  if (t.location_quotients.given()) text += "What location quotients say is not bought here comes from outside.\n";
  const bool classes = stocks && p.io.mode != io::Mode::kLeontief && p.io.mode != io::Mode::kArioPsi &&
                       p.io.mode != io::Mode::kLinear && p.io.mode != io::Mode::kCes && p.io.mode != io::Mode::kNone;
  const auto unused = [&](const InputFile& file, std::string_view key, bool used, std::string_view needs) {
    if (file.given() && !used) text += fmt::format("{} is checked but not used: it takes {}.\n", key, needs);
  };
  unused(t.criticality, "io.criticality", classes, "stocks and a mode with classes of inputs, such as half_critical");
  unused(t.labour, "io.labour", households, "households.mode: default");
  unused(t.value_added, "io.value_added", prices, "firms.mode: default with firms.pricing: markup");
  return text;
}

std::string months(int n) { return count_of(static_cast<std::size_t>(n), "month", "months"); }

/// What is run, in sentences.
std::string sentences(const BoundScenario& bound) {
  const ModelParams& p = bound.params;
  std::string text = fmt::format("'{}' simulates {}, {} to {}, after {} of relaxation before t = 0.\n", p.run.name,
                                 months(p.run.months), to_text(p.run.start), to_text(p.run.start + (p.run.months - 1)),
                                 months(p.run.burn_in_months));
  if (p.space == Space::kNone) {
    text += "It has no territory: tables of the user's own, no communes, no distances.\n" + table_sentences(bound);
  } else {
    text += fmt::format("Its population is built from {} at {} times its size.\n",
                        relative_to_root(p.data.root, bound.rules), shortest(p.synthesis.scale_factor));
  }
  text += fmt::format("Random numbers: seed {}, replicate {} for the dynamics, seed {} for the population.\n",
                      p.run.seed, p.run.replicate, p.run.population_seed);
  return text;
}

/// Values of what the scenario extends; empty when it extends nothing, or several files at once.
std::vector<ResolvedValue> base_values(const BoundScenario& bound) {
  const std::vector<std::string>& files = bound.scenario.files;
  if (files.size() < 2) return {};
  Problems problems;
  BoundScenario base = load(files[files.size() - 2], {}, bound.rules, problems);
  return problems.empty() && base.scenario.files.size() + 1 == files.size() ? base.values
                                                                            : std::vector<ResolvedValue>{};
}

/// The value of a parameter, or nullptr.
const ResolvedValue* find_value(const std::vector<ResolvedValue>& values, const std::string& path) {
  const auto found = std::ranges::find(values, path, &ResolvedValue::path);
  return found == values.end() ? nullptr : &*found;
}

/// The variants chosen, by block.
std::string modes(const BoundScenario& bound) {
  std::string text;
  for (const ResolvedValue& value : bound.values) {
    if (value.path.ends_with(".mode"))
      text += fmt::format("  {:<14} {}\n", value.path.substr(0, value.path.size() - 5), value.value);
  }
  return text.empty() ? "" : "Blocks and their variants\n" + text;
}

Exit explain(const ExplainOptions& options, const Common& common) {
  const BoundScenario bound = load_or_throw(options.scenario, options.changes.all(), common);
  ModelParams params;
  OutputParams output;
  ParamBinder declared;
  bind_all(declared, params, output);
  const auto declaration_of = [&](const std::string& path) -> const Declaration* {
    const auto found = std::ranges::find(declared.declarations(), path, &Declaration::path);
    return found == declared.declarations().end() ? nullptr : &*found;
  };

  fmt::print("{}\n", sentences(bound));
  if (const std::string text = modes(bound); !text.empty()) fmt::print("{}\n", text);

  // One paragraph per place where values come from: the command line first, then the files in the order of their
  // reading.
  std::vector<std::string> sources;
  for (const ResolvedValue& value : bound.values) {
    const std::string& file = value.origin.file;
    if (!file.empty() && std::ranges::find(sources, file) == sources.end()) sources.push_back(file);
  }
  std::ranges::stable_sort(
      sources, [](const std::string& a, const std::string& b) { return a.starts_with("--") > b.starts_with("--"); });
  const auto defaults = static_cast<std::size_t>(
      std::ranges::count_if(bound.values, [](const ResolvedValue& value) { return value.origin.file.empty(); }));
  const std::vector<ResolvedValue> base = base_values(bound);
  for (const std::string& source : sources) {
    const bool from_command = source.starts_with("--");
    // Only what this scenario adds is compared with its base.
    const bool own = from_command || source == bound.scenario.files.back();
    fmt::print("{}\n", from_command ? "From the command line" : "From " + relative_to_root(source, bound.rules));
    std::vector<std::string> unchanged;
    for (const ResolvedValue& value : bound.values) {
      if (value.origin.file != source) continue;
      const Declaration* d = declaration_of(value.path);
      const ResolvedValue* before = own ? find_value(base, value.path) : nullptr;
      if (before != nullptr && before->origin.file.empty()) before = nullptr;
      const std::string usual = before != nullptr ? before->value : d != nullptr ? d->default_text : std::string();
      if (value.value == usual && !options.all) {
        unchanged.push_back(value.path);
        continue;
      }
      std::vector<std::string> notes;
      if (!from_command && value.origin.line > 0) notes.push_back(fmt::format("line {}", value.origin.line));
      if (before != nullptr)
        notes.push_back(before->value == value.value ? "as in its base" : "its base has " + before->value);
      if (d != nullptr && !d->default_text.empty()) {
        notes.push_back(d->default_text == value.value ? "as the default" : "default " + d->default_text);
      }
      fmt::print("  {} = {}{}\n", value.path, with_unit(value.value, value.unit),
                 notes.empty() ? "" : fmt::format(" ({})", fmt::join(notes, ", ")));
      if (d != nullptr && !d->doc.empty()) fmt::print("      {}\n", d->doc);
    }
    if (!unchanged.empty()) fmt::print("  named, but as they would be anyway: {}\n", fmt::join(unchanged, ", "));
    fmt::print("\n");
  }
  if (!options.all) {
    fmt::print("{} have their default; --all lists them.\n", count_of(defaults, "parameter", "parameters"));
    return Exit::kDone;
  }
  fmt::print("Defaults\n");
  for (const ResolvedValue& value : bound.values) {
    if (value.origin.file.empty()) fmt::print("  {} = {}\n", value.path, with_unit(value.value, value.unit));
  }
  return Exit::kDone;
}

}  // namespace

void add_explain(CLI::App& app, Session& session) {
  CLI::App* verb = add_verb(app, session, "explain",
                            "The resolved scenario in words: what differs from its base, where each value comes from",
                            "  metier explain S.yaml\n"
                            "  metier explain S.yaml --set scale.factor=0.1 --all");
  auto options = std::make_shared<ExplainOptions>();
  verb->add_option("SCENARIO", options->scenario, "A scenario (YAML)")->required();
  add_changes(*verb, options->changes);
  verb->add_flag("--all", options->all, "Also list what is as it would be anyway");
  verb->callback([options, &session] { session.exit = explain(*options, session.common); });
}

}  // namespace metier::app
