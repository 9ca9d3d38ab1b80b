#include "sim/core/parallel.hpp"

#include "sim/core/error.hpp"

#include <atomic>
#include <chrono>
#include <exception>
#include <fmt/format.h>
#include <latch>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#ifndef METIER_PARALLEL_JTHREAD
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>
#endif

namespace metier {

namespace {

thread_local int this_worker = 0;
thread_local bool inside = false;  ///< of parallel work: what it starts itself runs in the same thread

/// Asks the system for as many threads at once as will be needed: where it refuses, this is told before anything runs,
/// and not by the end of the program somewhere inside a library.
void try_threads(int threads) {
  std::latch done(1);
  std::vector<std::jthread> helpers;
  struct Release {  // however this ends, and before the helpers are waited for
    std::latch& latch;
    ~Release() { latch.count_down(); }
  } const release{done};
  for (int k = 1; k < threads; ++k) {
    try {
      helpers.emplace_back([&] { done.wait(); });
    } catch (const std::system_error& error) {
      throw InputError(
          Exit::kUsage,
          Problem{{},
                  fmt::format("the system gives {} of {} threads: {}", k, threads, error.code().message()),
                  "ask for fewer with --threads, or raise the limit on processes (ulimit -u) or memory (ulimit -v)"});
    }
  }
}

/// Where helpers come from.
#ifdef METIER_PARALLEL_JTHREAD
class Threads {
 public:
  explicit Threads(int threads) : of_(static_cast<std::size_t>(threads)) {}
  template <class Work>
  void start(std::size_t place, Work&& work) {
    of_[place] = std::jthread(std::forward<Work>(work));
  }

 private:
  std::vector<std::jthread> of_;
};
#else
class Threads {
 public:
  explicit Threads(int threads) {
    if (threads == 1) return;
    control_ = std::make_unique<oneapi::tbb::global_control>(oneapi::tbb::global_control::max_allowed_parallelism,
                                                             static_cast<std::size_t>(threads));
    arena_ = std::make_unique<oneapi::tbb::task_arena>(threads);
  }
  template <class Work>
  void start(std::size_t, Work&& work) {
    arena_->enqueue(std::forward<Work>(work));
  }

 private:
  std::unique_ptr<oneapi::tbb::global_control> control_;
  std::unique_ptr<oneapi::tbb::task_arena> arena_;
};
#endif

/// The threads that help the caller with one piece of parallel work after the other. A month is some three hundred
/// pieces of a few microseconds to a few milliseconds with single-threaded work between them: a helper that slept would
/// come too late, so it looks out for the next piece for a while before it goes. Whether it comes, and when, changes
/// nothing but the time: the caller waits only for helpers that have come in.
class Crew : public std::enable_shared_from_this<Crew> {
 public:
  Crew(int threads, Threads& system)
      : system_(system),
        places_(static_cast<std::size_t>(threads)),
        called_(places_.size()),
        crowded_(static_cast<unsigned>(threads) > std::thread::hardware_concurrency()) {}

  [[nodiscard]] int size() const { return static_cast<int>(places_.size()); }

  void run(std::size_t blocks, void (*body)(void*, std::size_t), void* context) {
    METIER_REQUIRE(!busy_.exchange(true), "parallel work is started by one thread at a time");
    for (std::size_t p = 1; p < std::min(blocks, places_.size()); ++p) {
      if (!called_[p]) call(p);
    }
    body_ = body;
    context_ = context;
    for (std::size_t p = 0; p < places_.size(); ++p) {
      places_[p].next.store(blocks * p / places_.size(), std::memory_order_relaxed);
      places_[p].end = blocks * (p + 1) / places_.size();
    }
    door_.store(((door_.load(std::memory_order_relaxed) >> kTicket) + 1) << kTicket | kOpen);
    take_blocks(0);
    door_.fetch_and(~kOpen);
    for (unsigned looks = 0; (door_.load(std::memory_order_acquire) & kPeople) != 0; ++looks) wait(looks);
    busy_ = false;
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  }

  /// Nobody looks out for work any more.
  void dismiss() { dismissed_ = true; }

 private:
  static constexpr std::uint64_t kPeople = 0xFFFF, kOpen = 0x10000;
  static constexpr int kTicket = 32;

  /// Blocks that a worker takes first: those next to each other, hence from the same memory every time. Who has none
  /// left takes those of others.
  struct alignas(64) Place {
    std::atomic<std::size_t> next{0};
    std::size_t end = 0;
  };

  /// A helper that the system does not give (any more) is one that does not come.
  void call(std::size_t p) {
    called_[p] = true;
    try {
      system_.start(p, [crew = shared_from_this(), p] { crew->help(p); });
    } catch (const std::exception&) {
      called_[p] = false;
    }
  }

  void help(std::size_t p) {
    this_worker = static_cast<int>(p);
    using Clock = std::chrono::steady_clock;
    constexpr auto kPatience = std::chrono::milliseconds(2);  // longer than what one thread does between two pieces
    std::uint64_t done = 0;
    auto idle_since = Clock::now();
    for (unsigned looks = 0; !dismissed_; ++looks) {
      std::uint64_t door = door_.load(std::memory_order_acquire);
      if ((door & kOpen) != 0 && door >> kTicket != done) {
        if (!door_.compare_exchange_weak(door, door + 1, std::memory_order_acq_rel)) continue;
        take_blocks(p);
        done = door >> kTicket;
        door_.fetch_sub(1, std::memory_order_release);
        idle_since = Clock::now();
        looks = 0;
      } else {
        wait(looks);
        if (looks % 64 == 63 && Clock::now() - idle_since > kPatience) break;
      }
    }
    this_worker = 0;
    called_[p] = false;
  }

  void take_blocks(std::size_t first) {
    inside = true;
    try {
      for (std::size_t k = 0; k < places_.size(); ++k) {
        Place& place = places_[(first + k) % places_.size()];
        for (std::size_t block = place.next++; block < place.end; block = place.next++) body_(context_, block);
      }
    } catch (...) {
      const std::lock_guard lock(failure_mutex_);
      if (!failure_) failure_ = std::current_exception();
      for (Place& place : places_) place.next = place.end;
    }
    inside = false;
  }

  /// A look later. Where threads share processors, those at work come first.
  void wait(unsigned looks) const {
    constexpr unsigned kPauses = 2000;  // some 50 microseconds
    if (crowded_ || looks > kPauses) {
      std::this_thread::yield();
    } else {
#ifdef __x86_64__
      __builtin_ia32_pause();
#endif
    }
  }

  Threads& system_;
  std::vector<Place> places_;  ///< the first is that of the caller, who is always there
  std::vector<std::atomic<bool>> called_;
  const bool crowded_;
  std::atomic<bool> dismissed_{false}, busy_{false};
  /// How many helpers are inside, whether one more may come in, number of the piece of work.
  alignas(64) std::atomic<std::uint64_t> door_{0};
  alignas(64) void (*body_)(void*, std::size_t) = nullptr;
  void* context_ = nullptr;
  std::exception_ptr failure_;
  std::mutex failure_mutex_;
};

struct Team {
  explicit Team(int threads) : system(threads), crew(std::make_shared<Crew>(threads, system)) {}
  ~Team() { crew->dismiss(); }
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  Threads system;
  std::shared_ptr<Crew> crew;  ///< also of its helpers: one that comes late finds that it is dismissed
};
std::unique_ptr<Team> team;

}  // namespace

void set_threads(int threads) {
  METIER_REQUIRE(threads >= 1, "at least one thread");
  team.reset();
  try_threads(threads);
  team = std::make_unique<Team>(threads);
}

int threads() { return team ? team->crew->size() : 1; }

int worker_index() { return this_worker; }

void detail::run_blocks(std::size_t blocks, void (*body)(void*, std::size_t), void* context) {
  if (threads() == 1 || inside) {
    for (std::size_t block = 0; block < blocks; ++block) body(context, block);
    return;
  }
  team->crew->run(blocks, body, context);
}

}  // namespace metier
