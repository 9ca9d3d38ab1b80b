#pragma once
#include "sim/core/step.hpp"
#include "sim/engine/indicators.hpp"
#include "sim/engine/schedule.hpp"
#include "sim/engine/state_hash.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace metier {

/// Which accesses --hash looks at.
constexpr bool is_hashed(AccessKind kind) { return kind == AccessKind::kWrite || kind == AccessKind::kAdd; }

/// Hash of one column right after the process that wrote it (`--hash`); month 0: as it is at t = 0.
struct ProcessHash {
  int month;
  std::string process;
  std::string column;
  std::uint64_t hash;
};

/// Takes a world through its months: schedule, observation, state hash.
class Simulator {
 public:
  struct Settings {
    Month start;  ///< calendar month of month 1
    int months = 0;
    Seeds seeds;
    bool hash_processes = false;  ///< keep a hash of every written column after every process
  };

  Simulator(World& world, Schedule& schedule, IndicatorSet& indicators, Settings settings);

  /// Counts and observes the state at t = 0. Not called for a resumed run.
  void start(Observer* observer);
  /// Goes on after a checkpoint taken at the end of `month`, with the hashes up to then.
  void resume_after(int month, std::vector<std::uint64_t> hashes);
  /// Simulates the next month and observes it.
  void advance(Observer* observer);

  [[nodiscard]] int month() const { return month_; }
  [[nodiscard]] bool finished() const { return month_ >= settings_.months; }
  /// State hash at the end of each month; entry 0 is t = 0.
  [[nodiscard]] const std::vector<std::uint64_t>& hashes() const { return hashes_; }
  [[nodiscard]] const std::vector<ProcessHash>& process_hashes() const { return process_hashes_; }
  [[nodiscard]] Step step_of(int month) const;
  /// Wall time of state hashing and observation, ns, for `metier bench`.
  [[nodiscard]] std::int64_t hash_nanoseconds() const { return hash_ns_; }
  [[nodiscard]] std::int64_t observe_nanoseconds() const { return observe_ns_; }

 private:
  void hash_written(const Process& process);
  void observe(Observer* observer);

  World& world_;
  Schedule& schedule_;
  IndicatorSet& indicators_;
  Settings settings_;
  StateHash state_hash_;
  int month_ = 0;
  std::vector<std::uint64_t> hashes_;
  std::vector<ProcessHash> process_hashes_;
  std::int64_t hash_ns_ = 0, observe_ns_ = 0;
};

/// Months of relaxation before t = 0 with their own random numbers; nothing is observed.
void burn_in(World& world, Schedule& schedule, int months, Month start, Seeds population_seeds);

}  // namespace metier
