#include "sim/app/run_session.hpp"

#include "output/sidecar.hpp"
#include "sim/app/closing_table.hpp"
#include "sim/app/interrupts.hpp"
#include "sim/app/program_info.hpp"
#include "sim/app/run_origin.hpp"
#include "sim/app/streams.hpp"
#include "sim/core/parallel.hpp"

#include <array>
#include <ctime>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <utility>

namespace metier::app {

namespace fs = std::filesystem;

namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

std::string system_text() {
  struct utsname names {};
  return uname(&names) == 0 ? fmt::format("{} {} {}", names.sysname, names.release, names.machine) : "unknown";
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Simulator::Settings settings_of(const RunParams& run, bool hash_processes) {
  return {run.start, run.months, Seeds{run.seed, run.replicate}, hash_processes};
}

}  // namespace

std::string now_text() {
  const std::time_t now = std::time(nullptr);
  struct tm parts {};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

fs::path default_target(const std::string& name) {
  const fs::path folder = "results";
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    throw InputError(Exit::kUsage, Problem{{},
                                           fmt::format("the folder '{}' cannot be created in the working directory: {}",
                                                       folder.string(), error.message()),
                                           "choose another place with --out"});
  }
  return folder / (name + ".h5");
}

fs::path checkpoint_of(const fs::path& target) {
  fs::path path = target;
  return path.replace_extension(".ckpt");
}

void check_run_target(const fs::path& target, output::Overwrite overwrite) {
  if (target == checkpoint_of(target) || target == output::sidecar_of(target)) {
    throw InputError(Exit::kUsage, Problem{{target.string(), 0, 0},
                                           "'.ckpt' and '.json' are the endings of what stands beside a run file",
                                           "choose another ending with --out, e.g. .h5"});
  }
  output::check_target(target, overwrite);
  const output::Spool probe(target);  // made and given back
}

std::vector<output::HashSlot> hash_slots_of(const Schedule& month) {
  std::vector<output::HashSlot> slots;
  for (const Process& process : month.processes()) {
    for (const Access& access : process.function.accesses) {
      if (is_hashed(access.kind)) slots.push_back({process.name, std::string(access.name)});
    }
  }
  return slots;
}

void choose_indicators(IndicatorSet& indicators, const OutputParams& params) {
  indicators.filter([&](const IndicatorInfo& info) {
    switch (info.frequency) {
      case Frequency::kMonthly: return params.monthly == MonthlyOutput::kCore;
      case Frequency::kQuarterly: return params.quarterly == PeriodOutput::kAll;
      case Frequency::kAnnual: return params.annual == PeriodOutput::kAll;
    }
    return true;
  });
}

output::RunLayout layout_of(const Model& model, const RunTables& tables, bool hash_processes) {
  output::RunLayout layout;
  layout.indicators = model.indicators.infos();
  layout.dimensions = model.indicators.dimensions();
  for (const DimensionInfo& dimension : tables.dimensions()) layout.dimensions.push_back(dimension);
  layout.tables = tables.tables();
  if (hash_processes) layout.hash_slots = hash_slots_of(model.month);
  layout.start = model.params.run.start;
  layout.months = model.params.run.months;
  layout.all_double = model.params.space == Space::kNone;
  return layout;
}

RunSession::RunSession(BoundScenario bound, std::unique_ptr<Model> model, PopulationFacts facts, RunRequest request)
    : bound_(std::move(bound)),
      model_(std::move(model)),
      facts_(std::move(facts)),
      request_(std::move(request)),
      simulator_(model_->world, model_->month,
                 (choose_indicators(model_->indicators, bound_.output), model_->indicators),
                 settings_of(model_->params.run, request_.hash_processes)),
      tables_(*model_, bound_.output),
      recorder_(layout_of(*model_, tables_, request_.hash_processes), request_.target, request_.overwrite) {
  tables_.keep_postings(recorder_);
}

RunSession::~RunSession() = default;

void RunSession::start() {
  simulator_.start(&recorder_);
  record(0);
}

void RunSession::resume_after(const CheckpointHeader& header, const RunNotes& notes,
                              std::span<const std::byte> observer, const fs::path& checkpoint) {
  if (fs::absolute(request_.target).lexically_normal() != fs::path(notes.target)) recorder_.continue_from(notes.target);
  recorder_.restore(observer);
  simulator_.resume_after(header.month, notes.hashes);
  attributes_ = notes.attributes;
  resumed_from_ = last_checkpoint_file_ = checkpoint.string();
  if (bound_.path != notes.scenario_path) last_checkpoint_file_ += fmt::format(" --with {}", bound_.path);
  last_checkpoint_ = header.month;
}

void RunSession::record(int month) {
  std::vector<std::uint64_t> details;
  const std::size_t slots = recorder_.layout().hash_slots.size();
  const auto& hashes = simulator_.process_hashes();
  METIER_REQUIRE(hashes.size() >= slots, "one hash per slot and month");
  for (std::size_t s = hashes.size() - slots; s < hashes.size(); ++s) details.push_back(hashes[s].hash);
  recorder_.record_hashes(month, simulator_.hashes().back(), details);
  const auto begin = std::chrono::steady_clock::now();
  tables_.append(recorder_, month);
  table_seconds_ += seconds_since(begin);
}

void RunSession::checkpoint(int month) {
  RunNotes notes;
  notes.target = fs::absolute(request_.target).lexically_normal().string();
  notes.overwrite = request_.overwrite == output::Overwrite::kAllow;
  notes.scenario_path = bound_.path;
  notes.scenario = bound_.scenario;
  notes.root = bound_.rules.root;
  notes.data_root = bound_.rules.data_root;
  notes.hash_processes = request_.hash_processes;
  notes.checkpoint_every = request_.checkpoint_every;
  notes.hashes = simulator_.hashes();
  notes.population = facts_;
  notes.attributes = attributes_;
  const std::vector<std::byte> observer = recorder_.save();
  const std::string file = checkpoint_of(request_.target).string();
  try {
    write_checkpoint(file, {month, std::string(program_info().version), resolved_yaml(bound_.scenario), to_json(notes)},
                     model_->world, observer);
  } catch (const InputError& error) {
    stop(error);
  }
  recorder_.keep();
  last_checkpoint_ = month;
  last_checkpoint_file_ = file;
}

void RunSession::stop(const InputError& error) const {
  std::vector<Problem> problems = error.problems();
  problems.back().hint += last_checkpoint_ < 0
                              ? "; no checkpoint was written: run it again from the start"
                              : fmt::format("; the last checkpoint is that of month {}: metier resume {}",
                                            last_checkpoint_, last_checkpoint_file_);
  throw InputError(error.exit(), std::move(problems));
}

Exit RunSession::simulate() {
  try {
    return simulate_months();
  } catch (const output::WriteError& error) {
    stop(error);
  }
}

Exit RunSession::simulate_months() {
  const RunParams& run = model_->params.run;
  Progress progress(Progress::style_of_terminal(request_.quiet), simulator_.month(), run.months, run.start);
  const fs::path file = checkpoint_of(request_.target);
  while (!simulator_.finished()) {
    if (Interrupts::asked()) {
      checkpoint(simulator_.month());
      progress.close();
      if (!request_.quiet) {
        tell("interrupted after month {} of {}; go on with: metier resume {}\n", simulator_.month(), run.months,
             file.string());
      }
      return Exit::kInterrupted;
    }
    simulator_.advance(&recorder_);
    const int month = simulator_.month();
    record(month);
    progress.month_done(month);
    if (request_.checkpoint_every > 0 && month % request_.checkpoint_every == 0 && month < run.months)
      checkpoint(month);
  }
  progress.close();
  finish();
  return Exit::kDone;
}

void RunSession::finish() {
  output::Provenance origin = provenance_of(bound_, *model_, facts_);
  origin.attributes.insert(origin.attributes.end(), attributes_.begin(), attributes_.end());
  const auto begin = std::chrono::steady_clock::now();
  recorder_.finish(origin);
  const double file_seconds = seconds_since(begin);

  output::Sidecar sidecar;
  std::error_code error;
  sidecar.command_line = request_.command_line;
  sidecar.working_folder = fs::current_path(error).string();
  sidecar.host = host_name();
  sidecar.system = system_text();
  sidecar.threads = threads();
  sidecar.started = request_.started;
  sidecar.ended = now_text();
  sidecar.wall_seconds = seconds_since(request_.begin);
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  sidecar.cpu_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-union-access): the C library keeps it in a union with its padding
  sidecar.peak_memory_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  sidecar.resumed_from = resumed_from_;
  sidecar.program_version = program_info().version;
  sidecar.git_hash = program_info().git_hash;
  sidecar.scenario_path = bound_.path;
  for (const Process& process : model_->month.processes()) {
    sidecar.process_seconds.emplace_back(process.name, 1e-9 * static_cast<double>(process.nanoseconds));
  }
  sidecar.process_seconds.emplace_back("state_hash", 1e-9 * static_cast<double>(simulator_.hash_nanoseconds()));
  sidecar.process_seconds.emplace_back("observation", 1e-9 * static_cast<double>(simulator_.observe_nanoseconds()));
  sidecar.process_seconds.emplace_back("tables", table_seconds_);
  sidecar.process_seconds.emplace_back("run_file", file_seconds);
  output::write_sidecar(request_.target, sidecar);
  if (request_.quiet) return;

  fmt::print("{}", closing_table(output::RunFile(request_.target)));
  fmt::print("wrote {} ({:.1f} MB) in {}; state hash {:016x}\n", request_.target.string(),
             1e-6 * static_cast<double>(fs::file_size(request_.target, error)), duration_text(sidecar.wall_seconds),
             simulator_.hashes().back());
}

Restored restore_model(const BoundScenario& bound, const fs::path& checkpoint) {
  Restored restored;
  restored.model = build_or_throw(bound, BuildUntil::kDeclared);
  Checkpoint read = read_checkpoint(checkpoint.string(), restored.model->world);
  restored.header = std::move(read.header);
  restored.observer = std::move(read.observer);
  return restored;
}

}  // namespace metier::app
