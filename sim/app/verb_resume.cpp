#include "output/reader.hpp"
#include "sim/app/interrupts.hpp"
#include "sim/app/run_session.hpp"
#include "sim/app/streams.hpp"
#include "sim/app/verbs.hpp"
#include "sim/core/parallel.hpp"
#include "sim/engine/checkpoint.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace metier::app {

namespace fs = std::filesystem;

namespace {

struct ResumeOptions {
  std::string checkpoint, with, out;
  int checkpoint_every = 0;
};

/// What the state of a checkpoint was built from: a run that branches cannot have it otherwise.
bool fixes_the_population(std::string_view path) {
  constexpr std::string_view kSections[] = {"synthesis.", "scale.", "data.", "network."};
  constexpr std::string_view kKeys[] = {"space", "run.start", "run.population_seed", "run.burn_in_months"};
  return std::ranges::any_of(kSections, [&](std::string_view s) { return path.starts_with(s); }) ||
         std::ranges::any_of(kKeys, [&](std::string_view k) { return path == k; });
}

void check_branch(const BoundScenario& before, const BoundScenario& after, int month) {
  Problems problems;
  for (const ResolvedValue& value : after.values) {
    if (!fixes_the_population(value.path)) continue;
    const auto old = std::ranges::find(before.values, value.path, &ResolvedValue::path);
    if (old == before.values.end() || old->value == value.value) continue;
    problems.add(
        value.origin.file.empty() ? Place{after.path, 0, 0} : value.origin,
        fmt::format("'{}' is {}, the checkpoint has {}", value.path, value.value, old->value),
        "the population is that of the checkpoint: give the scenario the same value, or run it from the start");
  }
  if (after.params.run.months <= month) {
    problems.add(
        {after.path, 0, 0},
        fmt::format("'run.months' is {}, the checkpoint stands at the end of month {}", after.params.run.months, month),
        "give the scenario more months");
  }
  problems.raise_if_any(Exit::kScenario);
}

/// A run with --hash keeps a hash per process and column: one row of them has the same entries in every month.
void check_hashed(const BoundScenario& before, const BoundScenario& after) {
  const auto slots = [](const BoundScenario& bound) {
    return hash_slots_of(build_or_throw(bound, BuildUntil::kDeclared)->month);
  };
  const auto old_slots = slots(before), new_slots = slots(after);
  const auto [old_slot, new_slot] =
      std::mismatch(old_slots.begin(), old_slots.end(), new_slots.begin(), new_slots.end());
  if (old_slot == old_slots.end() && new_slot == new_slots.end()) return;
  const auto text = [](auto slot, const auto& end) {
    return slot == end ? "none" : fmt::format("{} of {}", slot->column, slot->process);
  };
  throw InputError(
      Exit::kScenario,
      Problem{
          {after.path, 0, 0},
          fmt::format("the month has other processes or columns than that of the checkpoint, whose run keeps hashes "
                      "of them (--hash): the first that differs is {}, the checkpoint has {}",
                      text(new_slot, new_slots.end()), text(old_slot, old_slots.end())),
          "branch from the checkpoint of a run without --hash, or run the scenario from the start"});
}

/// Whether the run of this checkpoint has come to its end: its file has the same scenario and the same states.
bool is_complete(const CheckpointHeader& header, const RunNotes& notes) {
  std::error_code error;
  if (!fs::is_regular_file(notes.target, error)) return false;
  try {
    const output::RunFile file(notes.target);
    const std::vector<std::uint64_t> hashes = file.hashes().state;
    return file.provenance().scenario_text == header.scenario && hashes.size() >= notes.hashes.size() &&
           std::equal(notes.hashes.begin(), notes.hashes.end(), hashes.begin());
  } catch (const InputError&) {
    return false;  // whatever it is, it is not that run
  }
}

Exit resume(const ResumeOptions& options, const Session& session) {
  const Common& common = session.common;
  RunRequest request;
  request.started = now_text();
  const CheckpointHeader header = read_checkpoint_header(options.checkpoint);
  RunNotes notes = notes_from_json(header.run, options.checkpoint);

  PathRules rules_before = path_rules(common);
  rules_before.data_root = notes.data_root;
  Problems problems;
  BoundScenario bound = bind_scenario(notes.scenario_path, notes.scenario, rules_before, problems);
  problems.raise_if_any(Exit::kScenario);
  const bool branches = !options.with.empty();
  if (branches) {
    BoundScenario other = load_or_throw(options.with, {}, common);
    check_branch(bound, other, header.month);
    if (notes.hash_processes) check_hashed(bound, other);
    bound = std::move(other);
  }

  if (!options.out.empty()) {
    request.target = options.out;
  } else if (branches) {
    request.target = default_target(bound.params.run.name);
  } else {
    request.target = notes.target;
  }
  const bool same_file = fs::absolute(request.target).lexically_normal() == fs::path(notes.target);
  const bool may_replace = common.force || (notes.overwrite && same_file && !branches);
  if (!may_replace && !branches && same_file && is_complete(header, notes)) {
    if (!common.quiet) fmt::print("nothing to resume: {} is complete\n", request.target.string());
    return Exit::kDone;
  }
  request.overwrite = may_replace ? output::Overwrite::kAllow : output::Overwrite::kRefuse;
  request.hash_processes = notes.hash_processes;
  request.checkpoint_every = options.checkpoint_every > 0 ? options.checkpoint_every : notes.checkpoint_every;
  request.quiet = common.quiet;
  request.command_line = session.command_line;
  check_run_target(request.target, request.overwrite);

  const Interrupts interrupts;
  set_threads(wanted_threads(common));
  Restored restored = restore_model(bound, options.checkpoint);
  if (!common.quiet) {
    tell("going on after month {} of {}\n", header.month, bound.params.run.months);
  }
  RunSession run(std::move(bound), std::move(restored.model), notes.population, std::move(request));
  run.resume_after(restored.header, notes, restored.observer, options.checkpoint);
  if (branches) {
    run.add_attribute("branched_from_month", std::to_string(header.month));
    run.add_attribute("branched_from_scenario", header.scenario);
  }
  return run.simulate();
}

}  // namespace

void add_resume(CLI::App& app, Session& session) {
  CLI::App* verb = add_verb(
      app, session, "resume", "Go on from a checkpoint, also into another scenario",
      "  metier resume results/baseline.ckpt                 # ends with the same bytes as an undisturbed run\n"
      "  metier resume results/baseline.ckpt --with policy.yaml --out results/policy.h5");
  auto options = std::make_shared<ResumeOptions>();
  verb->add_option("CHECKPOINT", options->checkpoint, "A checkpoint (.ckpt)")->required();
  verb->add_option("--with", options->with, "Go on with this scenario: same population, other rules from now on");
  verb->add_option("--out", options->out,
                   "File to write (default: the file of the run; with --with results/<name>.h5)");
  verb->add_option("--checkpoint-every", options->checkpoint_every, "Months between checkpoints (default: as before)")
      ->check(CLI::Range(1, kMostMonths));
  verb->callback([options, &session] { session.exit = resume(*options, session); });
}

}  // namespace metier::app
