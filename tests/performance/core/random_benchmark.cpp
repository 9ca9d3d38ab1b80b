// Random numbers and elementary functions; one item is one draw or one value.
#include "sim/core/cumulative.hpp"
#include "sim/core/hash.hpp"
#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "sim/core/rng_words.hpp"
#include "sim/core/short_lists.hpp"
#include "sim/core/vectors.hpp"

#include <benchmark/benchmark.h>
#include <cstdint>
#include <vector>

namespace metier {
namespace {

constexpr std::size_t kEntities = 100'000;

std::vector<std::uint64_t> keys() {
  std::vector<std::uint64_t> out(kEntities);
  for (std::size_t i = 0; i < kEntities; ++i) out[i] = hash64(i);
  return out;
}

/// draw(draws) for each entity once: one block of Philox, then the distribution.
template <class Draw>
void one_draw_each(benchmark::State& state, Draw&& draw) {
  const std::vector<std::uint64_t> key = keys();
  const RngStream stream(1, 0, 7);
  std::uint32_t month = 0;
  for (auto _ : state) {
    ++month;
    double sum = 0.0;
    for (const std::uint64_t k : key) {
      Draws draws(stream, k, month, 0);
      sum += static_cast<double>(draw(draws));
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEntities));  // draws
}

void BM_Uniform(benchmark::State& state) {
  one_draw_each(state, [](Draws& d) { return d.uniform(); });
}
void BM_FourUniformsOfTwoBlocks(benchmark::State& state) {
  one_draw_each(state, [](Draws& d) { return d.uniform() + d.uniform() + d.uniform() + d.uniform(); });
}
void BM_Normal(benchmark::State& state) {
  one_draw_each(state, [](Draws& d) { return d.normal(); });
}
void BM_Laplace(benchmark::State& state) {
  one_draw_each(state, [](Draws& d) { return d.laplace(0.1); });
}
void BM_Exponential(benchmark::State& state) {
  one_draw_each(state, [](Draws& d) { return d.exponential(); });
}
void BM_Poisson(benchmark::State& state) {
  const auto mean = static_cast<double>(state.range(0));
  one_draw_each(state, [mean](Draws& d) { return d.poisson(mean); });
}
void BM_Binomial(benchmark::State& state) {
  const std::int64_t n = state.range(0);
  one_draw_each(state, [n](Draws& d) { return d.binomial(n, 0.02); });
}
void BM_Categorical(benchmark::State& state) {
  const std::vector<double> weights(static_cast<std::size_t>(state.range(0)), 1.0);
  one_draw_each(state, [&](Draws& d) { return d.categorical(weights); });
}
void BM_Geometric(benchmark::State& state) {
  one_draw_each(state, [](Draws& d) { return d.geometric(0.012); });
}

void BM_FillUniform(benchmark::State& state) {
  const std::vector<std::uint64_t> key = keys();
  std::vector<double> out(kEntities);
  std::uint32_t month = 0;
  for (auto _ : state) {
    fill_uniform(RngStream(1, 0, 7), key, ++month, 0, out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEntities));  // draws
}

/// Argument 1: the version for AVX-512, where the machine has it.
void BM_FillWords(benchmark::State& state) {
  set_use_avx512(state.range(0) != 0);
  const std::vector<std::uint64_t> key = keys();
  std::vector<std::vector<std::uint32_t>> words(4, std::vector<std::uint32_t>(kEntities));
  std::uint32_t* const out[4] = {words[0].data(), words[1].data(), words[2].data(), words[3].data()};
  std::uint32_t month = 0;
  for (auto _ : state) {
    fill_words(RngStream(1, 0, 7), key.data(), nullptr, kEntities, ++month, 0, out);
    benchmark::DoNotOptimize(words[0].data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEntities));  // keys, four words each
}

/// Draws of one of 30 occupations or 108 places, from the tables of one home.
void BM_FindReached(benchmark::State& state) {
  set_use_avx512(state.range(0) != 0);
  const std::size_t width = cumulative_width(static_cast<std::size_t>(state.range(1)));
  constexpr std::size_t kDraws = 256, kRows = 30;
  AlignedVector<std::int32_t> table(kRows * width);
  for (std::size_t k = 0; k < table.size(); ++k)
    table[k] =
        static_cast<std::int32_t>(kCumulativeOne * static_cast<double>(k % width + 1) / static_cast<double>(width));
  std::vector<std::uint32_t> row(kDraws), word(kDraws), index(kDraws);
  for (std::size_t i = 0; i < kDraws; ++i) {
    row[i] = static_cast<std::uint32_t>(mix64(i) % kRows);
    word[i] = static_cast<std::uint32_t>(mix64(i) >> 32);
  }
  for (auto _ : state) {
    find_reached(table.data(), width, row.data(), word.data(), kDraws, index.data());
    benchmark::DoNotOptimize(index.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kDraws));  // draws
}

/// Applications of a month to some 14,000 posts that look at five each.
void BM_ShortLists(benchmark::State& state) {
  set_use_avx512(state.range(0) != 0);
  constexpr std::size_t kPosts = 14'000, kApplications = 125'000;
  std::vector<std::uint64_t> word(kApplications);
  std::vector<std::uint32_t> post(kApplications);
  for (std::size_t i = 0; i < kApplications; ++i) {
    word[i] = mix64(i);
    post[i] = static_cast<std::uint32_t>(mix64(~i) % kPosts);
  }
  ShortLists lists;
  for (auto _ : state) {
    lists.reset(kPosts, 6);
    lists.take(word.data(), post.data(), kApplications);
    benchmark::DoNotOptimize(lists.word(0, 0));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kApplications));  // words
}

/// function(x) over a vector: the shape of a kernel that the compiler may vectorise.
template <class Function>
void over_values(benchmark::State& state, double scale, Function&& function) {
  std::vector<double> x(kEntities), y(kEntities);
  for (std::size_t i = 0; i < kEntities; ++i) x[i] = scale * to_unit(mix64(i));
  for (auto _ : state) {
    for (std::size_t i = 0; i < kEntities; ++i) y[i] = function(x[i]);
    benchmark::DoNotOptimize(y.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEntities));  // values
}
void BM_Exp(benchmark::State& state) {
  over_values(state, 10.0, [](double x) { return math::exp(x); });
}
void BM_Log(benchmark::State& state) {
  over_values(state, 10.0, [](double x) { return math::log(x); });
}
void BM_Pow(benchmark::State& state) {
  over_values(state, 10.0, [](double x) { return math::pow(x, 0.7); });
}
void BM_InverseNormal(benchmark::State& state) {
  over_values(state, 1.0, [](double x) { return math::inverse_normal(x); });
}

BENCHMARK(BM_Uniform);
BENCHMARK(BM_FourUniformsOfTwoBlocks);
BENCHMARK(BM_FillUniform);
BENCHMARK(BM_FillWords)->Arg(0)->Arg(1);
BENCHMARK(BM_FindReached)->ArgsProduct({{0, 1}, {30, 108}});
BENCHMARK(BM_ShortLists)->Arg(0)->Arg(1);
BENCHMARK(BM_Normal);
BENCHMARK(BM_Laplace);
BENCHMARK(BM_Exponential);
BENCHMARK(BM_Poisson)->Arg(4)->Arg(20)->Arg(100);
BENCHMARK(BM_Binomial)->Arg(10)->Arg(500);
BENCHMARK(BM_Categorical)->Arg(8)->Arg(30);
BENCHMARK(BM_Geometric);
BENCHMARK(BM_Exp);
BENCHMARK(BM_Log);
BENCHMARK(BM_Pow);
BENCHMARK(BM_InverseNormal);

}  // namespace
}  // namespace metier
