#include "sim/app/interrupts.hpp"
#include "sim/app/run_origin.hpp"
#include "sim/app/run_session.hpp"
#include "sim/app/streams.hpp"
#include "sim/app/verbs.hpp"
#include "sim/core/parallel.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <memory>

namespace metier::app {

namespace fs = std::filesystem;

namespace {

struct RunOptions {
  std::string scenario, out;
  Changes changes;
  int checkpoint_every = 0;
  bool hash = false;
};

/// The spool of an interrupted run goes with its checkpoint: a new run of that name would make it worthless.
void refuse_lost_checkpoint(const fs::path& target, const Common& common) {
  const fs::path checkpoint = checkpoint_of(target);
  std::error_code error;
  if (common.force || !fs::exists(checkpoint, error) || !fs::exists(output::Spool::folder_of(target), error)) return;
  throw InputError(Exit::kUsage,
                   Problem{{checkpoint.string(), 0, 0},
                           "an interrupted run of this name can go on",
                           fmt::format("metier resume {}, or --force to begin again", checkpoint.string())});
}

Exit run(const RunOptions& options, const Session& session) {
  const Common& common = session.common;
  RunRequest request;
  request.started = now_text();
  const output::Overwrite overwrite = common.force ? output::Overwrite::kAllow : output::Overwrite::kRefuse;
  if (!options.out.empty()) check_run_target(options.out, overwrite);
  BoundScenario bound = load_or_throw(options.scenario, options.changes.all(), common);
  request.target = options.out.empty() ? default_target(bound.params.run.name) : fs::path(options.out);
  request.overwrite = overwrite;
  request.hash_processes = options.hash;
  request.checkpoint_every = options.checkpoint_every;
  request.quiet = common.quiet;
  request.command_line = session.command_line;
  check_run_target(request.target, overwrite);
  refuse_lost_checkpoint(request.target, common);

  const Interrupts interrupts;
  set_threads(wanted_threads(common));
  if (!common.quiet) tell("building the state at t = 0\n");
  std::unique_ptr<Model> model = build_or_throw(bound, BuildUntil::kStart);
  PopulationFacts facts = facts_of(*model);
  RunSession run(std::move(bound), std::move(model), std::move(facts), std::move(request));
  run.start();
  return run.simulate();
}

}  // namespace

void add_run(CLI::App& app, Session& session) {
  CLI::App* verb =
      add_verb(app, session, "run", "Simulate a scenario and write one HDF5 file",
               "  metier run scenarios/baseline.yaml --out results/baseline.h5\n"
               "  metier run S.yaml --scale 0.02 --months 24 --seed 7      # small, short, other random numbers\n"
               "  metier run S.yaml --set labour.separation_rate=0.012     # one value changed\n"
               "  metier run S.yaml --checkpoint-every 12                  # resumable after a power cut\n"
               "TERM, INT (Ctrl-C) and USR1 stop at the end of the month with a checkpoint, exit code 75.");
  auto options = std::make_shared<RunOptions>();
  verb->add_option("SCENARIO", options->scenario, "A scenario (YAML)")->required();
  verb->add_option("--out", options->out, "File to write (default: results/<name of the scenario>.h5)");
  add_changes(*verb, options->changes);
  verb->add_option("--checkpoint-every", options->checkpoint_every,
                   "Months between checkpoints, beside the run file (.ckpt)")
      ->check(CLI::Range(1, kMostMonths));
  verb->add_flag("--hash", options->hash,
                 "Keep a hash of every column after every process: diff names where runs part");
  verb->callback([options, &session] { session.exit = run(*options, session); });
}

}  // namespace metier::app
