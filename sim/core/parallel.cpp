#include "sim/core/parallel.hpp"

#include "sim/core/error.hpp"

#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <mutex>
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

/// The threads that help the caller with one piece of parallel work after the other. A month is some three hundred
/// pieces of a few microseconds to a few milliseconds with single-threaded work between them: a helper that slept would
/// come too late, so it looks out for the next piece for a while before it goes. Whether it comes, and when, changes
/// nothing but the time: the caller waits only for helpers that have come in.
class Crew {
 public:
  explicit Crew(int threads) : places_(static_cast<std::size_t>(threads)), helpers_(static_cast<std::size_t>(threads)) {
    crowded_ = static_cast<unsigned>(threads) > std::thread::hardware_concurrency();
#ifndef METIER_PARALLEL_JTHREAD
    if (threads > 1) {
      control_ = std::make_unique<oneapi::tbb::global_control>(oneapi::tbb::global_control::max_allowed_parallelism,
                                                               places_.size());
      arena_ = std::make_unique<oneapi::tbb::task_arena>(threads);
    }
#endif
  }
  ~Crew() {
    dismissed_ = true;
    for (const Helper& helper : helpers_) {
      while (helper.called) std::this_thread::yield();
    }
  }
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  [[nodiscard]] int size() const { return static_cast<int>(places_.size()); }

  void run(std::size_t blocks, void (*body)(void*, std::size_t), void* context) {
    METIER_REQUIRE(!busy_.exchange(true), "parallel work is started by one thread at a time");
    body_ = body;
    context_ = context;
    for (std::size_t p = 0; p < places_.size(); ++p) {
      places_[p].next.store(blocks * p / places_.size(), std::memory_order_relaxed);
      places_[p].end = blocks * (p + 1) / places_.size();
    }
    door_.store(((door_.load(std::memory_order_relaxed) >> kTicket) + 1) << kTicket | kOpen);
    for (std::size_t p = 1; p < std::min(blocks, places_.size()); ++p) {
      if (!helpers_[p].called) call(p);
    }
    take_blocks(0);
    door_.fetch_and(~kOpen);
    for (int looks = 0; (door_.load(std::memory_order_acquire) & kPeople) != 0; ++looks) wait(looks);
    busy_ = false;
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  }

 private:
  static constexpr std::uint64_t kPeople = 0xFFFF, kOpen = 0x10000;
  static constexpr int kTicket = 32;

  /// Blocks that a worker takes first: those next to each other, hence from the same memory every time. Who has none
  /// left takes those of others.
  struct alignas(64) Place {
    std::atomic<std::size_t> next{0};
    std::size_t end = 0;
  };
  struct Helper {
    std::atomic<bool> called{false};
#ifdef METIER_PARALLEL_JTHREAD
    std::jthread thread;
#endif
  };

  void call(std::size_t p) {
    helpers_[p].called = true;
    try {
#ifdef METIER_PARALLEL_JTHREAD
      helpers_[p].thread = std::jthread([this, p] { help(p); });
#else
      arena_->enqueue([this, p] { help(p); });
#endif
    } catch (...) {  // the system has no thread to give: who is there does the work
      helpers_[p].called = false;
    }
  }

  void help(std::size_t p) {
    this_worker = static_cast<int>(p);
    using Clock = std::chrono::steady_clock;
    constexpr auto kPatience = std::chrono::milliseconds(2);  // longer than what one thread does between two pieces
    std::uint64_t done = 0;
    auto idle_since = Clock::now();
    for (int looks = 0; !dismissed_; ++looks) {
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
    helpers_[p].called = false;
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
  void wait(int looks) const {
    constexpr int kPauses = 2000;  // some 50 microseconds
    if (crowded_ || looks > kPauses) {
      std::this_thread::yield();
    } else {
#ifdef __x86_64__
      __builtin_ia32_pause();
#endif
    }
  }

  std::vector<Place> places_;
  std::vector<Helper> helpers_;  ///< the first is the caller, who is always there
  bool crowded_ = false;
  std::atomic<bool> dismissed_{false}, busy_{false};
  /// How many helpers are inside, whether one more may come in, number of the piece of work.
  alignas(64) std::atomic<std::uint64_t> door_{0};
  alignas(64) void (*body_)(void*, std::size_t) = nullptr;
  void* context_ = nullptr;
  std::exception_ptr failure_;
  std::mutex failure_mutex_;
#ifndef METIER_PARALLEL_JTHREAD
  std::unique_ptr<oneapi::tbb::global_control> control_;
  std::unique_ptr<oneapi::tbb::task_arena> arena_;
#endif
};

std::unique_ptr<Crew> crew;

}  // namespace

void set_threads(int threads) {
  METIER_REQUIRE(threads >= 1, "at least one thread");
  crew.reset();
  crew = std::make_unique<Crew>(threads);
}

int threads() { return crew ? crew->size() : 1; }

int worker_index() { return this_worker; }

void detail::run_blocks(std::size_t blocks, void (*body)(void*, std::size_t), void* context) {
  if (threads() == 1 || inside) {
    for (std::size_t block = 0; block < blocks; ++block) body(context, block);
    return;
  }
  crew->run(blocks, body, context);
}

}  // namespace metier
