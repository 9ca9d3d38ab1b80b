#include "sim/app/run_session.hpp"
#include "sim/app/streams.hpp"
#include "sim/app/verbs.hpp"
#include "sim/core/parallel.hpp"
#include "sim/engine/checkpoint.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace metier::app {

namespace fs = std::filesystem;

namespace {

struct VerifyOptions {
  std::string scenario;
  Changes changes;
};

/// What one run of some months left behind.
struct Trace {
  std::string name;
  std::vector<std::uint64_t> months;
  std::vector<ProcessHash> processes;
};

Simulator::Settings verify_settings(const RunParams& run) {
  return {run.start, run.months, Seeds{run.seed, run.replicate}, true};
}

constexpr int kThreads[] = {1, 2, 3, 7};

/// As many threads as verify itself asks for: there is no option to ask for fewer.
void take_threads(int threads) {
  try {
    set_threads(threads);
  } catch (const InputError& error) {
    Problem problem = error.problems().front();
    problem.hint = fmt::format("verify needs up to {}: raise the limit on processes (ulimit -u) or memory (ulimit -v)",
                               *std::ranges::max_element(kThreads));
    throw InputError(error.exit(), std::move(problem));
  }
}

Trace run_with(const BoundScenario& bound, int threads) {
  take_threads(threads);
  const std::unique_ptr<Model> model = build_or_throw(bound, BuildUntil::kStart);
  Simulator simulator(model->world, model->month, model->indicators, verify_settings(bound.params.run));
  simulator.start(nullptr);
  while (!simulator.finished()) simulator.advance(nullptr);
  return {fmt::format("{} thread{}", threads, threads == 1 ? "" : "s"), simulator.hashes(), simulator.process_hashes()};
}

/// A folder that goes away with its contents.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "metier-verify-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw InputError(Exit::kUsage, Problem{{},
                                             "no folder for a checkpoint can be made in the folder of temporary files",
                                             "set TMPDIR to a folder that can be written"});
    }
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// Half of the months with one number of threads, a checkpoint, the rest in a model that starts from it with another.
Trace run_with_restart(const BoundScenario& bound) {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "half.ckpt").string();
  const int half = bound.params.run.months / 2;
  Trace trace{fmt::format("restart after month {}", half), {}, {}};
  take_threads(2);
  {
    const std::unique_ptr<Model> model = build_or_throw(bound, BuildUntil::kStart);
    Simulator simulator(model->world, model->month, model->indicators, verify_settings(bound.params.run));
    simulator.start(nullptr);
    while (simulator.month() < half) simulator.advance(nullptr);
    write_checkpoint(file, {half, "", "", ""}, model->world, {});
    trace.months = simulator.hashes();
    trace.processes = simulator.process_hashes();
  }
  take_threads(3);
  const Restored restored = restore_model(bound, file);
  Simulator simulator(restored.model->world, restored.model->month, restored.model->indicators,
                      verify_settings(bound.params.run));
  simulator.resume_after(half, trace.months);
  while (!simulator.finished()) simulator.advance(nullptr);
  trace.months = simulator.hashes();
  trace.processes.insert(trace.processes.end(), simulator.process_hashes().begin(), simulator.process_hashes().end());
  return trace;
}

/// Month, process and column where two traces part; nothing when they are the same.
std::optional<std::string> first_difference(const Trace& a, const Trace& b, Month start) {
  const auto month_text = [&](int month) {
    return month == 0 ? std::string("t = 0") : fmt::format("month {} ({})", month, to_text(start + (month - 1)));
  };
  for (std::size_t i = 0; i < std::min(a.processes.size(), b.processes.size()); ++i) {
    const ProcessHash &p = a.processes[i], &q = b.processes[i];
    if (p.hash != q.hash || p.process != q.process || p.column != q.column) {
      if (p.month == 0) return fmt::format("the population at t = 0, column {}", p.column);
      return fmt::format("{}, process {}, column {}", month_text(p.month), p.process, p.column);
    }
  }
  for (std::size_t m = 0; m < std::min(a.months.size(), b.months.size()); ++m) {
    if (a.months[m] != b.months[m])
      return fmt::format("{}, a column that no process of the month declares", month_text(static_cast<int>(m)));
  }
  if (a.months.size() != b.months.size()) return "the number of months";
  return std::nullopt;
}

Exit verify(const VerifyOptions& options, const Common& common) {
  std::vector<std::string> changes = options.changes.all();
  if (options.changes.months.empty()) changes.insert(changes.begin(), "run.months=4");
  const BoundScenario bound = load_or_throw(options.scenario, changes, common);
  const std::string months = count_of(static_cast<std::size_t>(bound.params.run.months), "month", "months");
  std::vector<Trace> traces;
  for (const int threads : kThreads) {
    if (!common.quiet) tell("{} with {}\n", months, count_of(static_cast<std::size_t>(threads), "thread", "threads"));
    traces.push_back(run_with(bound, threads));
  }
  if (!common.quiet) tell("{} with a restart\n", months);
  traces.push_back(run_with_restart(bound));
  Exit exit = Exit::kDone;
  for (std::size_t t = 1; t < traces.size(); ++t) {
    const auto difference = first_difference(traces[0], traces[t], bound.params.run.start);
    if (difference) exit = Exit::kDifference;
    if (common.quiet) continue;
    fmt::print("{:<24} {}\n", traces[t].name,
               difference ? "differs from 1 thread: " + *difference : "same as 1 thread");
  }
  if (!common.quiet)
    fmt::print("state hash after month {}: {:016x}\n", bound.params.run.months, traces[0].months.back());
  return exit;
}

}  // namespace

void add_verify(CLI::App& app, Session& session) {
  CLI::App* verb = add_verb(app, session, "verify", "Same bits with 1, 2, 3, 7 threads and across a restart",
                            "  metier verify scenarios/baseline.yaml               # four months at full scale\n"
                            "  metier verify S.yaml --scale 0.02 --months 24\n"
                            "Exit code 1 when a run differs; the first month, process and column are named.");
  auto options = std::make_shared<VerifyOptions>();
  verb->add_option("SCENARIO", options->scenario, "A scenario (YAML)")->required();
  add_changes(*verb, options->changes);
  verb->get_option("--threads")->group("")->check([](const std::string&) {
    return std::string("verify runs with 1, 2, 3 and 7 threads by itself");
  });
  verb->callback([options, &session] { session.exit = verify(*options, session.common); });
}

}  // namespace metier::app
