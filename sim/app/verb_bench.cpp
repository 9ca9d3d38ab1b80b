#include "sim/app/run_session.hpp"
#include "sim/app/verbs.hpp"
#include "sim/core/parallel.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <memory>
#include <vector>

namespace metier::app {

namespace {

struct BenchOptions {
  std::string scenario;
  Changes changes;
};

constexpr int kWarmUp = 3;  // months: memory is taken, caches are filled

class Discard : public Observer {
 public:
  void observe(const Observation&) override {}
  std::vector<std::byte> save() override { return {}; }
  void restore(std::span<const std::byte>) override {}
};

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

struct Timed {
  std::string name;
  std::vector<double> milliseconds;  // per month
  std::int64_t before = 0;           // nanoseconds up to the month before
  void month(std::int64_t nanoseconds) {
    milliseconds.push_back(1e-6 * static_cast<double>(nanoseconds - before));
    before = nanoseconds;
  }
};

double seconds_after(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Exit bench(const BenchOptions& options, const Common& common) {
  const std::string scenario =
      options.scenario.empty() ? (find_root(common) / "scenarios" / "baseline.yaml").string() : options.scenario;
  std::vector<std::string> changes = options.changes.all();
  if (options.changes.months.empty()) changes.insert(changes.begin(), "run.months=27");
  const BoundScenario bound = load_or_throw(scenario, changes, common);
  const RunParams& run = bound.params.run;
  if (run.months <= kWarmUp) {
    throw InputError(Exit::kUsage, Problem{{},
                                           fmt::format("--months: {} months are too few", run.months),
                                           fmt::format("{} are left out of the medians", kWarmUp)});
  }
  set_threads(wanted_threads(common));
  const auto begin = std::chrono::steady_clock::now();
  const std::unique_ptr<Model> model = build_or_throw(bound, BuildUntil::kStart);
  const double build_seconds = seconds_after(begin);
  choose_indicators(model->indicators, bound.output);

  Simulator simulator(model->world, model->month, model->indicators,
                      {run.start, run.months, Seeds{run.seed, run.replicate}, false});
  Discard discard;
  simulator.start(&discard);
  model->month.reset_timings();
  std::vector<Timed> timed;
  for (const Process& process : model->month.processes()) timed.push_back({process.name, {}});
  Timed hash{"(state hash)", {}, simulator.hash_nanoseconds()},
      observe{"(observation of indicators)", {}, simulator.observe_nanoseconds()};
  std::vector<double> months;
  while (!simulator.finished()) {
    const auto month_begin = std::chrono::steady_clock::now();
    simulator.advance(&discard);
    const double milliseconds = 1e3 * seconds_after(month_begin);
    const bool warm = simulator.month() > kWarmUp;
    if (warm) months.push_back(milliseconds);
    for (std::size_t p = 0; p < timed.size(); ++p) timed[p].month(model->month.processes()[p].nanoseconds);
    hash.month(simulator.hash_nanoseconds());
    observe.month(simulator.observe_nanoseconds());
    if (warm) continue;
    for (Timed& process : timed) process.milliseconds.clear();
    hash.milliseconds.clear();
    observe.milliseconds.clear();
  }
  timed.push_back(std::move(hash));
  timed.push_back(std::move(observe));
  std::vector<std::pair<double, std::string>> lines;
  double sum = 0.0;
  for (const Timed& process : timed) {
    lines.emplace_back(median(process.milliseconds), process.name);
    sum += lines.back().first;
  }
  std::ranges::stable_sort(lines, [](const auto& a, const auto& b) { return a.first > b.first; });

  const double month = median(months);
  fmt::print("{}: {} threads, population and burn-in {:.2f} s\n", scenario, threads(), build_seconds);
  fmt::print("a month takes {:.2f} ms (median of {}; fastest {:.2f}, slowest {:.2f})\n\n", month, months.size(),
             *std::ranges::min_element(months), *std::ranges::max_element(months));
  fmt::print("{:>10} {:>7}  {}\n", "ms", "share", "process (medians)");
  for (const auto& [milliseconds, name] : lines)
    fmt::print("{:>10.3f} {:>6.1f}%  {}\n", milliseconds, 100.0 * milliseconds / sum, name);
  fmt::print("{:>10.3f} {:>6.1f}%  sum\n", sum, 100.0);
  return Exit::kDone;
}

}  // namespace

void add_bench(CLI::App& app, Session& session) {
  CLI::App* verb = add_verb(app, session, "bench", "Time whole months by process",
                            "  metier bench                                        # the baseline, 27 months\n"
                            "  metier bench S.yaml --threads 2 --months 60\n"
                            "Nothing is written; the first three months are left out.");
  auto options = std::make_shared<BenchOptions>();
  verb->add_option("SCENARIO", options->scenario, "A scenario (default: scenarios/baseline.yaml of the root)");
  add_changes(*verb, options->changes);
  verb->callback([options, &session] { session.exit = bench(*options, session.common); });
}

}  // namespace metier::app
