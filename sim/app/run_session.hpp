#pragma once
#include "output/recorder.hpp"
#include "sim/app/progress.hpp"
#include "sim/app/run_notes.hpp"
#include "sim/app/run_tables.hpp"
#include "sim/app/scenario_input.hpp"
#include "sim/engine/checkpoint.hpp"
#include "sim/engine/simulator.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace metier::app {

/// How a run is made, besides its scenario.
struct RunRequest {
  std::filesystem::path target;
  output::Overwrite overwrite = output::Overwrite::kRefuse;
  bool hash_processes = false;
  int checkpoint_every = 0;  ///< months; 0: only when the run is interrupted
  bool quiet = false;
  std::string command_line;
  std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();  ///< of the work, building included
  std::string started;                                                             ///< the same on the calendar
};

/// Now, in ISO 8601: "2026-01-31T12:00:00Z".
std::string now_text();

/// The file of a run that names none: `results/<name>.h5` in the working directory, whose folder is made.
/// Errors: InputError (exit 2) when it cannot be made.
std::filesystem::path default_target(const std::string& name);

/// The checkpoint of a run: "results/baseline.ckpt" for "results/baseline.h5".
std::filesystem::path checkpoint_of(const std::filesystem::path& target);

/// Checks, before anything runs, that the run file can be written, and that nobody else is writing it.
/// Errors: InputError (exit 2).
void check_run_target(const std::filesystem::path& target, output::Overwrite overwrite);

/// What each process wrote: the columns that `--hash` keeps a hash of.
std::vector<output::HashSlot> hash_slots_of(const Schedule& month);

/// Drops the indicators that the scenario does not want.
void choose_indicators(IndicatorSet& indicators, const OutputParams& params);

/// Days, dimensions, indicators and tables of a run file. `tables`: of the same model.
output::RunLayout layout_of(const Model& model, const RunTables& tables, bool hash_processes);

/// One run from its model to its file: months, checkpoints, interrupts, progress, provenance, sidecar, closing table.
class RunSession {
 public:
  /// Takes the target and its spool. Errors: InputError (exit 2) when the file cannot be written or is being written.
  RunSession(BoundScenario bound, std::unique_ptr<Model> model, PopulationFacts facts, RunRequest request);
  ~RunSession();
  RunSession(const RunSession&) = delete;
  RunSession& operator=(const RunSession&) = delete;

  /// Observes the state at t = 0.
  void start();
  /// Goes on after a checkpoint whose state the model already has. `results_of`: the file of the run that wrote it.
  void resume_after(const CheckpointHeader& header, const RunNotes& notes, std::span<const std::byte> observer,
                    const std::filesystem::path& checkpoint);
  /// Further attributes of the run file, e.g. where it branched from.
  void add_attribute(std::string name, std::string text) { attributes_.emplace_back(std::move(name), std::move(text)); }

  /// Simulates the months that are left and writes the file, or a checkpoint when interrupted.
  /// Errors: InputError, e.g. (exit 5) when the disk is full: told with the checkpoint from which the run can go on.
  Exit simulate();

 private:
  Exit simulate_months();
  /// What went wrong with a file, and what is left of the run.
  [[noreturn]] void stop(const InputError& error) const;
  void record(int month);
  void checkpoint(int month);
  void finish();

  BoundScenario bound_;
  std::unique_ptr<Model> model_;
  PopulationFacts facts_;
  RunRequest request_;
  Simulator simulator_;
  RunTables tables_;
  output::RunRecorder recorder_;
  std::vector<std::pair<std::string, std::string>> attributes_;
  std::string resumed_from_;
  int last_checkpoint_ = -1;  ///< month of the one that the run can go on from; -1: none
  std::string last_checkpoint_file_;
  double table_seconds_ = 0.0;
};

/// Reads the checkpoint into a model of `bound`, whose columns it replaces.
/// Errors: InputError (exit 4) for a damaged file.
struct Restored {
  std::unique_ptr<Model> model;
  CheckpointHeader header;
  std::vector<std::byte> observer;
};
Restored restore_model(const BoundScenario& bound, const std::filesystem::path& checkpoint);

}  // namespace metier::app
