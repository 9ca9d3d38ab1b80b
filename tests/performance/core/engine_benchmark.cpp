// Ledger, state hash, market and split of money at the size of a month of the metropolis; second argument: threads.
#include "sim/core/hash.hpp"
#include "sim/core/money.hpp"
#include "sim/engine/ledger.hpp"
#include "sim/engine/market.hpp"
#include "sim/engine/state_hash.hpp"

#include <benchmark/benchmark.h>
#include <cstdint>
#include <vector>

namespace metier {
namespace {

struct Threads {
  explicit Threads(const benchmark::State& state) { set_threads(static_cast<int>(state.range(1))); }
  ~Threads() { set_threads(1); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
};

/// Payments along links between 80 000 establishments in 46 groups; one item is one posting.
void BM_LedgerBatch(benchmark::State& state) {
  const Threads threads(state);
  const auto n = static_cast<std::size_t>(state.range(0));
  constexpr std::uint32_t kAccounts = 80'000;
  World world;
  Ledger::open(world, kAccounts, 46, 20);
  for (std::uint32_t a = 0; a < kAccounts; ++a) world.column<AccountGroup>()[a] = static_cast<std::uint16_t>(a % 46);
  std::vector<std::uint32_t> buyer(n), supplier(n);
  std::vector<std::int64_t> cents(n);
  for (std::size_t e = 0; e < n; ++e) {
    buyer[e] = static_cast<std::uint32_t>(e * kAccounts / n);  // links lie in the order of their buyers
    supplier[e] = static_cast<std::uint32_t>(mix64(e) % kAccounts);
    cents[e] = static_cast<std::int64_t>(mix64(e) % 100'000);
  }
  Ledger ledger(world);
  for (auto _ : state) {
    ledger.post_batch(
        n, 3, [&](std::size_t e) { return buyer[e]; }, [&](std::size_t e) { return supplier[e]; },
        [&](std::size_t e) { return cents[e]; });
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));  // postings
}

struct Thing {
  static constexpr TableInfo info{"thing", "rows that are hashed"};
};
template <int k>
struct Numbers : ColumnOf<double, Thing> {
  static constexpr const char* kNames[4] = {"thing.a", "thing.b", "thing.c", "thing.d"};
  static constexpr ColumnInfo info{kNames[k], "1", "a number"};
};

/// Four columns of doubles that change every month; the argument is the number of bytes in all.
void BM_StateHash(benchmark::State& state) {
  const Threads threads(state);
  World world;
  world.set_rows<Thing>(static_cast<std::size_t>(state.range(0)) / 32);
  const auto fill = [](std::span<double> values, std::uint64_t salt) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(hash64(i, salt));
  };
  fill(world.column<Numbers<0>>(), 0);
  fill(world.column<Numbers<1>>(), 1);
  fill(world.column<Numbers<2>>(), 2);
  fill(world.column<Numbers<3>>(), 3);
  StateHash hash({{"thing.a", "thing.b", "thing.c", "thing.d"}, {}});
  for (auto _ : state) benchmark::DoNotOptimize(hash(world));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

/// Proposers with five choices each over 16 000 targets of one place: the size of the labour market in a month.
void BM_Market(benchmark::State& state, Acceptance acceptance) {
  const Threads threads(state);
  const auto n = static_cast<std::size_t>(state.range(0));
  constexpr std::size_t kTargets = 16'000, kChoices = 5;
  std::vector<std::uint64_t> keys(n);
  for (std::size_t p = 0; p < n; ++p) keys[p] = hash64(p);
  const std::vector<std::int64_t> capacity(kTargets, 1);
  ChoiceMarket market;
  for (auto _ : state) {
    market.open(n, kChoices, kTargets);
    for_each_row(n, [&](std::size_t p) {
      std::uint64_t word = keys[p];
      for (Proposal& slot : market.choices_of(p)) {
        word = mix64(word + 1);
        slot = {.target = static_cast<std::uint32_t>(word % kTargets),
                .lot = static_cast<std::uint32_t>(word >> 32),
                .score = static_cast<double>(word >> 11),
                .amount = 1};
      }
    });
    market.resolve(keys, capacity, acceptance);
    benchmark::DoNotOptimize(market.target_of(0));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));  // proposers
  state.counters["rounds"] = market.rounds();
}

/// A total split among many weights; one item is one part.
void BM_Split(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  std::vector<double> weights(n);
  std::vector<std::uint64_t> keys(n);
  std::vector<Cents> parts(n);
  for (std::size_t i = 0; i < n; ++i) {
    weights[i] = static_cast<double>(mix64(i) >> 40);
    keys[i] = hash64(i);
  }
  for (auto _ : state) {
    split_largest_remainder(Cents{123'456'789'012}, weights, keys, parts);
    benchmark::DoNotOptimize(parts.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));  // parts
}

BENCHMARK(BM_LedgerBatch)
    ->ArgsProduct({{80'000, 1'000'000, 4'000'000}, {1, 2}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(BM_StateHash)->ArgsProduct({{85 << 20}, {1, 2}})->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Market, immediate, Acceptance::kImmediate)
    ->ArgsProduct({{83'000}, {1, 2}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Market, deferred, Acceptance::kDeferred)
    ->ArgsProduct({{83'000}, {1, 2}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Split)->Arg(95)->Arg(80'000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace metier
