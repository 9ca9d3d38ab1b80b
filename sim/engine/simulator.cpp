#include "sim/engine/simulator.hpp"

#include "sim/core/error.hpp"

#include <chrono>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

namespace metier {

namespace {
class Stopwatch {
 public:
  explicit Stopwatch(std::int64_t& total) : total_(total), begin_(std::chrono::steady_clock::now()) {}
  ~Stopwatch() {
    total_ += std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - begin_).count();
  }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  std::int64_t& total_;
  std::chrono::steady_clock::time_point begin_;
};

/// Runs a month; what makes it stop is told with its name. What is wrong with a file (a full disk) says where itself.
template <class Run>
void run_named(const std::string& month, Run&& run) {
  try {
    run();
  } catch (const InputError& error) {
    if (!error.problems().front().place.file.empty()) throw;
    std::vector<Problem> problems = error.problems();
    for (Problem& problem : problems) problem.message = fmt::format("{}: {}", month, problem.message);
    throw InputError(error.exit(), std::move(problems));
  }
}
}  // namespace

Simulator::Simulator(World& world, Schedule& schedule, IndicatorSet& indicators, Settings settings)
    : world_(world),
      schedule_(schedule),
      indicators_(indicators),
      settings_(settings),
      state_hash_(((void)schedule.seal(world), indicators.seal(world), schedule.written_columns(world))) {}

Step Simulator::step_of(int month) const {
  Step step;
  step.month = month;
  step.calendar = settings_.start + (month - 1);
  step.seeds = settings_.seeds;
  return step;
}

void Simulator::start(Observer* observer) {
  METIER_REQUIRE(hashes_.empty(), "a run starts once");
  schedule_.run_start(world_, step_of(0));
  if (settings_.hash_processes) {  // none of the month has run: the columns as they are
    for (const Process& process : schedule_.processes()) hash_written(process);
  }
  observe(observer);
}

void Simulator::resume_after(int month, std::vector<std::uint64_t> hashes) {
  METIER_REQUIRE(hashes_.empty() && hashes.size() == static_cast<std::size_t>(month) + 1, "one hash per month so far");
  month_ = month;
  hashes_ = std::move(hashes);
}

void Simulator::advance(Observer* observer) {
  METIER_REQUIRE(!hashes_.empty() && !finished(), "start first; stop at the last month");
  ++month_;
  Schedule::AfterProcess after;
  if (settings_.hash_processes) {
    after = [&](const Process& process) { hash_written(process); };
  }
  const Step step = step_of(month_);
  run_named(fmt::format("month {} ({})", month_, to_text(step.calendar)),
            [&] { schedule_.run_month(world_, step, after); });
  observe(observer);
}

void Simulator::hash_written(const Process& process) {
  for (const Access& access : process.function.accesses) {
    if (!is_hashed(access.kind)) continue;
    const ColumnStore& store = world_.columns().find(access.name)->second;
    process_hashes_.push_back({month_, process.name, std::string(access.name), column_hash(store)});
  }
}

void Simulator::observe(Observer* observer) {
  {
    const Stopwatch watch(hash_ns_);
    hashes_.push_back(state_hash_(world_));
  }
  if (observer == nullptr) return;
  const Stopwatch watch(observe_ns_);
  observer->observe(indicators_.observe(world_, step_of(month_)));
}

void burn_in(World& world, Schedule& schedule, int months, Month start, Seeds population_seeds) {
  schedule.seal(world);
  for (int month = 1; month <= months; ++month) {
    Step step;
    step.month = month;
    step.calendar = start + (month - 1 - months);
    step.seeds = population_seeds;
    step.burn_in = true;
    run_named(fmt::format("month {} of the burn-in", month), [&] { schedule.run_month(world, step); });
  }
  schedule.reset_timings();
}

}  // namespace metier
