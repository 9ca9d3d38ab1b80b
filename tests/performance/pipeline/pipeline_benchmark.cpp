// Time of each process in a month of scenarios/baseline.yaml, of all of them (`month`) and of the observation of
// indicators: all blocks, the real population.
//   pipeline_benchmark                                  full scale: 546 000 residents, 79 400 establishments, 1 M links
//   pipeline_benchmark 0.1 --benchmark_filter='io\.'    a tenth of it, some processes
// Argument of a benchmark: threads. Time: mean of 12 months. `ns_per_row`: per row of the label's table, the longest
// one of which the process reads or writes a column.
#include "sim/app/scenario_input.hpp"
#include "sim/core/parallel.hpp"
#include "sim/engine/simulator.hpp"

#include <benchmark/benchmark.h>
#include <chrono>
#include <cstdio>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace metier {
namespace {

constexpr int kMonths = 12, kWarmUp = 3;  // memory is taken, caches are filled
constexpr const char *kWhole = "month", *kObservation = "observation";

/// The baseline after its first months, built once for all benchmarks; months go on from there.
class Baseline {
 public:
  explicit Baseline(const std::string& scale)
      : model_(build(scale)), simulator_(model_->world, model_->month, model_->indicators, settings()) {
    simulator_.start(nullptr);
    while (now_ < kWarmUp) run();
  }
  [[nodiscard]] const std::deque<Process>& processes() const { return model_->month.processes(); }

  /// Seconds of a process, or of the whole month, in the k-th month timed with this number of threads. All processes
  /// are timed in the same months, so that the parts add up to the whole.
  double seconds(int workers, const std::string& process, std::size_t k) {
    std::vector<std::map<std::string, double>>& months = timed_[workers];
    while (months.size() <= k) months.push_back(run());
    return months[k].at(process);
  }
  /// Postings and random numbers are not counted: their tables are not what a process goes through.
  [[nodiscard]] const ColumnStore* longest_column(const Process& process) const {
    const ColumnStore* longest = nullptr;
    for (const Access& access : process.function.accesses) {
      if (access.kind != AccessKind::kRead && access.kind != AccessKind::kWrite) continue;
      const ColumnStore& column = model_->world.columns().find(access.name)->second;
      if (longest == nullptr || column.rows() > longest->rows()) longest = &column;
    }
    return longest;
  }

 private:
  static std::unique_ptr<Model> build(const std::string& scale) {
    app::Common common;
    common.root = METIER_SOURCE_DIR;
    const app::BoundScenario bound =
        app::load_or_throw(common.root + "/scenarios/baseline.yaml", {"scale.factor=" + scale}, common);
    return app::build_or_throw(bound, BuildUntil::kStart);
  }
  [[nodiscard]] Simulator::Settings settings() const {
    const RunParams& run = model_->params.run;
    return {run.start, run.months, Seeds{run.seed, run.replicate}, false};
  }
  std::map<std::string, double> run() {
    using Clock = std::chrono::steady_clock;
    std::map<std::string, double> spent;
    const auto since = [](Clock::time_point t) { return std::chrono::duration<double>(Clock::now() - t).count(); };
    const auto begin = Clock::now();
    auto last = begin;
    model_->month.run_month(model_->world, simulator_.step_of(++now_), [&](const Process& process) {
      spent[process.name] = since(last);
      last = Clock::now();
    });
    spent[kWhole] = since(begin);
    last = Clock::now();
    model_->indicators.observe(model_->world, simulator_.step_of(now_));  // one month of the twelve is a December
    spent[kObservation] = since(last);
    return spent;
  }

  std::unique_ptr<Model> model_;
  Simulator simulator_;
  int now_ = 0;
  std::map<int, std::vector<std::map<std::string, double>>> timed_;
};

void time_process(benchmark::State& state, Baseline& baseline, const std::string& name, const ColumnStore* rows) {
  const auto workers = static_cast<int>(state.range(0));
  set_threads(workers);
  std::size_t k = 0;
  double seconds = 0.0;
  for (auto _ : state) {
    const double month = baseline.seconds(workers, name, k++);
    state.SetIterationTime(month);
    seconds += month;
  }
  set_threads(1);
  if (rows == nullptr || rows->rows() == 0) return;
  state.SetLabel(std::string(rows->table().name));
  state.counters["rows"] = static_cast<double>(rows->rows());
  state.counters["ns_per_row"] = 1e9 * seconds / static_cast<double>(k * rows->rows());
}

void add(Baseline& baseline, const std::string& name, const ColumnStore* rows) {
  benchmark::RegisterBenchmark(
      name.c_str(), [&baseline, name, rows](benchmark::State& state) { time_process(state, baseline, name, rows); })
      ->Arg(1)
      ->Arg(2)
      ->Iterations(kMonths)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace
}  // namespace metier

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc > 2) return std::fprintf(stderr, "pipeline_benchmark [SCALE]\n"), 1;
  try {
    metier::set_threads(2);
    metier::Baseline baseline(argc > 1 ? argv[1] : "1");
    for (const char* name : {metier::kWhole, metier::kObservation}) metier::add(baseline, name, nullptr);
    for (const metier::Process& process : baseline.processes())
      metier::add(baseline, process.name, baseline.longest_column(process));
    benchmark::RunSpecifiedBenchmarks();
  } catch (const metier::InputError& error) {
    return std::fprintf(stderr, "%s\n", error.what()), 1;
  }
  return 0;
}
