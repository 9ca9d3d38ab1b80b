// Time of each process of the labour market in one month, full size: 673 000 persons, 79 400 establishments, 16 000
// open posts, some 83 000 seekers with 5 applications each (invented data of the shape of the metropolis).
//   labour_benchmark --benchmark_filter=labour.apply     one process; argument: number of threads; mean of 12 months
#include "models/labour/initial.hpp"
#include "sim/core/parallel.hpp"
#include "tests/support/labour/labour_world.hpp"

#include <benchmark/benchmark.h>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace metier {
namespace {

/// A market in its fourth month, built once for all benchmarks; months go on from there.
struct FullMarket {
  test::LabourSetting setting;
  World world;
  Schedule month;
  int now = 0;

  FullMarket() {
    setting.params.minimum_wage_path.levels = {{{2018, 1}, 149'847}};
    test::build_labour_world(world, test::LabourSize{}, setting.params);
    labour::set_start(world, setting.params, Month{2018, 12});
    month = test::labour_month(setting);
    test::run_labour(world, month, 3);
    now = 3;
  }
  static FullMarket& get() {
    static FullMarket market;
    return market;
  }
  /// Seconds of a process (`labour.month`: of all of them) in the k-th month timed with this number of threads. All
  /// processes are timed in the same months, so that the parts add up to the whole.
  double seconds(int workers, const std::string& process, std::size_t k) {
    std::vector<std::map<std::string, double>>& months = timed[workers];
    while (months.size() <= k) months.push_back(run());
    return months[k].at(process);
  }

 private:
  std::map<int, std::vector<std::map<std::string, double>>> timed;

  std::map<std::string, double> run() {
    using Clock = std::chrono::steady_clock;
    std::map<std::string, double> spent;
    const auto since = [](Clock::time_point t) { return std::chrono::duration<double>(Clock::now() - t).count(); };
    const auto begin = Clock::now();
    auto last = begin;
    month.run_month(world, test::labour_step(++now), [&](const Process& process) {
      spent[process.name] = since(last);
      last = Clock::now();
    });
    spent["labour.month"] = since(begin);
    return spent;
  }
};

void time_process(benchmark::State& state, const std::string& process) {
  const auto workers = static_cast<int>(state.range(0));
  set_threads(workers);
  FullMarket& market = FullMarket::get();
  std::size_t k = 0;
  for (auto _ : state) state.SetIterationTime(market.seconds(workers, process, k++));
  set_threads(1);
  state.counters["persons"] = static_cast<double>(market.world.rows<labour::Person>());
}

}  // namespace
}  // namespace metier

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  std::vector<std::string> names{"labour.month"};
  for (const metier::Process& process : metier::FullMarket::get().month.processes()) names.push_back(process.name);
  for (const std::string& name : names) {
    benchmark::RegisterBenchmark(name.c_str(), [name](benchmark::State& state) { metier::time_process(state, name); })
        ->Arg(1)
        ->Arg(2)
        ->Iterations(12)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
