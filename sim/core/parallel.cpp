#include "sim/core/parallel.hpp"

#include "sim/core/error.hpp"

#ifdef METIER_PARALLEL_JTHREAD
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#else
#include <memory>
#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>
#endif

namespace metier {

namespace {
int thread_count = 1;
}

int threads() { return thread_count; }

#ifdef METIER_PARALLEL_JTHREAD

namespace {
thread_local int this_worker = 0;
thread_local bool inside = false;
}  // namespace

void set_threads(int threads) {
  METIER_REQUIRE(threads >= 1, "at least one thread");
  thread_count = threads;
}

int worker_index() { return this_worker; }

void detail::run_blocks(std::size_t blocks, void (*body)(void*, std::size_t), void* context) {
  if (thread_count == 1 || inside) {
    for (std::size_t block = 0; block < blocks; ++block) body(context, block);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  auto work = [&](int worker) {
    this_worker = worker;
    inside = true;
    try {
      for (std::size_t block = next++; block < blocks; block = next++) body(context, block);
    } catch (...) {
      const std::lock_guard lock(failure_mutex);
      if (!failure) failure = std::current_exception();
      next = blocks;
    }
    inside = false;
    this_worker = 0;
  };
  {
    std::vector<std::jthread> helpers;
    for (int worker = 1; worker < thread_count; ++worker) helpers.emplace_back(work, worker);
    work(0);
  }
  if (failure) std::rethrow_exception(failure);
}

#else

namespace {
// More workers than cores are allowed on purpose: the tests of invariance ask for 7.
std::unique_ptr<oneapi::tbb::global_control> control;
std::unique_ptr<oneapi::tbb::task_arena> arena;
}  // namespace

void set_threads(int threads) {
  METIER_REQUIRE(threads >= 1, "at least one thread");
  thread_count = threads;
  arena.reset();
  control = std::make_unique<oneapi::tbb::global_control>(oneapi::tbb::global_control::max_allowed_parallelism,
                                                          static_cast<std::size_t>(threads));
  if (threads > 1) arena = std::make_unique<oneapi::tbb::task_arena>(threads);
}

int worker_index() {
  if (thread_count == 1) return 0;
  const int index = oneapi::tbb::this_task_arena::current_thread_index();
  return index < 0 || index >= thread_count ? 0 : index;
}

void detail::run_blocks(std::size_t blocks, void (*body)(void*, std::size_t), void* context) {
  if (thread_count == 1) {
    for (std::size_t block = 0; block < blocks; ++block) body(context, block);
    return;
  }
  arena->execute([&] {
    oneapi::tbb::parallel_for(
        oneapi::tbb::blocked_range<std::size_t>(0, blocks, 1),
        [&](const oneapi::tbb::blocked_range<std::size_t>& range) {
          for (std::size_t block = range.begin(); block != range.end(); ++block) body(context, block);
        },
        oneapi::tbb::simple_partitioner());
  });
}

#endif

}  // namespace metier
