// Parallel primitives; arguments: rows, threads. 673 000 rows are the persons of the metropolis, 1 000 000 its links.
#include "sim/core/hash.hpp"
#include "sim/core/parallel.hpp"

#include <benchmark/benchmark.h>
#include <cstdint>
#include <numeric>
#include <vector>

namespace metier {
namespace {

/// Threads of the second argument while it lives.
struct Threads {
  explicit Threads(const benchmark::State& state) { set_threads(static_cast<int>(state.range(1))); }
  ~Threads() { set_threads(1); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
};

std::vector<double> numbers(std::size_t n) {
  std::vector<double> out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<double>(mix64(i)) * 0x1p-64;
  return out;
}

void BM_ForEachRow(benchmark::State& state) {
  const Threads threads(state);
  const auto n = static_cast<std::size_t>(state.range(0));
  const std::vector<double> in = numbers(n);
  std::vector<double> out(n);
  for (auto _ : state) {
    for_each_row(n, [&](std::size_t i) { out[i] = 1.0 + 0.5 * in[i]; });
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));  // rows
}

void BM_OrderedSum(benchmark::State& state) {
  const Threads threads(state);
  const auto n = static_cast<std::size_t>(state.range(0));
  const std::vector<double> in = numbers(n);
  for (auto _ : state) benchmark::DoNotOptimize(ordered_sum(n, [&](std::size_t i) { return in[i]; }));
  state.SetItemsProcessed(state.iterations() * state.range(0));  // rows
}

void BM_IntegerSum(benchmark::State& state) {
  const Threads threads(state);
  const auto n = static_cast<std::size_t>(state.range(0));
  std::vector<std::int64_t> in(n);
  std::iota(in.begin(), in.end(), 0);
  for (auto _ : state) benchmark::DoNotOptimize(integer_sum(n, [&](std::size_t i) { return in[i]; }));
  state.SetItemsProcessed(state.iterations() * state.range(0));  // rows
}

/// Rows added up by commune (108 zones), the shape of most counts.
void BM_PrivateSums(benchmark::State& state) {
  const Threads threads(state);
  const auto n = static_cast<std::size_t>(state.range(0));
  std::vector<std::uint8_t> zone(n);
  for (std::size_t i = 0; i < n; ++i) zone[i] = static_cast<std::uint8_t>(mix64(i) % 108);
  std::vector<std::int64_t> totals(108);
  PrivateSums<std::int64_t> sums;
  for (auto _ : state) {
    sums.reset(totals.size());
    for_each_block(n, kRowBlock, [&](std::size_t, std::size_t begin, std::size_t end) {
      const auto mine = sums.mine();
      for (std::size_t i = begin; i < end; ++i) ++mine[zone[i]];
    });
    sums.add_to(std::span<std::int64_t>(totals));
    benchmark::DoNotOptimize(totals.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));  // rows
}

/// Third argument: buckets.
void BM_StableBucketBy(benchmark::State& state) {
  const Threads threads(state);
  const auto n = static_cast<std::size_t>(state.range(0));
  const auto buckets = static_cast<std::size_t>(state.range(2));
  std::vector<std::uint32_t> bucket(n);
  for (std::size_t i = 0; i < n; ++i) bucket[i] = static_cast<std::uint32_t>(mix64(i) % buckets);
  Buckets out;
  for (auto _ : state) {
    stable_bucket_by(
        n, buckets, [&](std::size_t i) { return bucket[i]; }, out);
    benchmark::DoNotOptimize(out.order.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));  // rows
}

void BM_ExclusiveScan(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const std::vector<std::uint32_t> counts(n, 3);
  std::vector<std::uint32_t> work;
  for (auto _ : state) {
    work = counts;
    benchmark::DoNotOptimize(exclusive_scan(std::span<std::uint32_t>(work)));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));  // counts
}

BENCHMARK(BM_ForEachRow)->ArgsProduct({{673'000}, {1, 2}})->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_OrderedSum)->ArgsProduct({{673'000}, {1, 2}})->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_IntegerSum)->ArgsProduct({{673'000}, {1, 2}})->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_PrivateSums)->ArgsProduct({{673'000}, {1, 2}})->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_StableBucketBy)
    ->ArgsProduct({{374'000, 1'000'000}, {1, 2}, {108, 16'000}})
    ->UseRealTime()
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_ExclusiveScan)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace metier
