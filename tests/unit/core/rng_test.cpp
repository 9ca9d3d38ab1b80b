#include "sim/core/rng.hpp"
#include "sim/core/error.hpp"
#include "sim/core/rng_domains.hpp"
#include "sim/core/rng_words.hpp"
#include "sim/core/step.hpp"
#include "sim/core/vectors.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <set>
#include <string>
#include <vector>

namespace metier {
namespace {

using Four = std::array<std::uint32_t, 4>;

// Known answers of philox4x32 with 10 rounds, from kat_vectors of Random123.
TEST(Philox, KnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Four{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}), (Four{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Four{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Draws, AreTheWordsOfPhiloxOfTheirCounter) {
  const RngStream stream(2019, 3, 0x1100);
  EXPECT_EQ(stream.key, mix64(2019 ^ mix64(3 * 0x9E3779B97F4A7C15ull + 0x1100)));
  const std::uint64_t key = 0x0123456789ABCDEFull;
  Draws draws(stream, key, 17, 5);
  for (std::uint32_t block = 0; block < 5; ++block) {
    const Four words =
        philox({static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32), 17 * 256 + 5, block},
               {static_cast<std::uint32_t>(stream.key), static_cast<std::uint32_t>(stream.key >> 32)});
    for (const std::uint32_t word : words) EXPECT_EQ(draws.bits32(), word) << block;
  }
}

TEST(Draws, ADoubleTakesTwoWordsOfOneBlock) {
  const RngStream stream(1, 0, 7);
  Draws draws(stream, 42, 1, 0), words(stream, 42, 1, 0);
  Four first{}, second{};
  for (std::uint32_t& word : first) word = words.bits32();
  for (std::uint32_t& word : second) word = words.bits32();
  EXPECT_EQ(draws.bits32(), first[0]);
  EXPECT_EQ(draws.bits64(), first[1] | static_cast<std::uint64_t>(first[2]) << 32);
  EXPECT_EQ(draws.bits64(), second[0] | static_cast<std::uint64_t>(second[1]) << 32);  // one word of a block is left
}

TEST(Draws, DependOnEveryPartOfTheirName) {
  const auto first = [](std::uint64_t seed, std::uint64_t replicate, std::uint32_t domain, std::uint64_t key,
                        std::uint32_t month, std::uint32_t substep) {
    return Draws(RngStream(seed, replicate, domain), key, month, substep).bits64();
  };
  const std::set<std::uint64_t> values{
      first(1, 0, 7, 42, 1, 0), first(2, 0, 7, 42, 1, 0), first(1, 1, 7, 42, 1, 0), first(1, 0, 8, 42, 1, 0),
      first(1, 0, 7, 43, 1, 0), first(1, 0, 7, 42, 2, 0), first(1, 0, 7, 42, 1, 1), first(1, 0, 7, 42ull << 32, 1, 0)};
  EXPECT_EQ(values.size(), 8u);
}

TEST(Draws, DoNotDependOnWhoElseDraws) {
  const RngStream stream(11, 2, 0x1130);
  std::vector<double> forward(1000), backward(1000);
  for (std::size_t i = 0; i < 1000; ++i) {
    Draws draws(stream, hash64(i), 3, 0);
    draws.normal();
    forward[i] = draws.uniform();
  }
  for (std::size_t i = 1000; i-- > 0;) {
    Draws draws(stream, hash64(i), 3, 0), other(stream, hash64(i + 1), 3, 0);
    draws.normal();
    other.poisson(100.0);
    backward[i] = draws.uniform();
  }
  EXPECT_EQ(forward, backward);
}

TEST(Step, BurnInAndMonthsNeverShareANumber) {
  Step month{.month = 5, .calendar = {2019, 5}, .seeds = {7, 0}, .burn_in = false};
  Step before = month;
  before.burn_in = true;
  const StepStream a = month.stream(RngDomain::kFirmPrice), b = before.stream(RngDomain::kFirmPrice);
  EXPECT_EQ(a.draws(3, 127).bits64(), Draws(a.stream(), 3, 5, 127).bits64());
  EXPECT_EQ(b.draws(3, 127).bits64(), Draws(a.stream(), 3, 5, 255).bits64());
  std::set<std::uint64_t> seen;
  for (unsigned substep = 0; substep < 128; ++substep) {
    seen.insert(a.draws(3, substep).bits64());
    seen.insert(b.draws(3, substep).bits64());
  }
  EXPECT_EQ(seen.size(), 256u);
}

TEST(Uniform, IsNeverZeroNorOne) {
  EXPECT_EQ(to_unit(0), 0x1p-54);
  EXPECT_LT(to_unit(~0ull), 1.0);
  EXPECT_EQ(to_unit(~0ull), std::nextafter(1.0, 0.0));
  EXPECT_EQ(to_unit(std::uint64_t{1} << 63), 0.5);
  EXPECT_LT(to_unit((std::uint64_t{1} << 63) - 1), 0.5);
}

TEST(Bernoulli, CertainAndImpossible) {
  Draws draws(RngStream(1, 0, 1), 1, 1, 0);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_FALSE(draws.bernoulli(0.0));
    EXPECT_FALSE(draws.bernoulli(-1.0));
    EXPECT_TRUE(draws.bernoulli(1.0));
    EXPECT_TRUE(draws.bernoulli(2.0));
  }
}

TEST(Below, StaysBelow) {
  Draws draws(RngStream(1, 0, 1), 2, 1, 0);
  for (const std::uint64_t n : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{95}, ~std::uint64_t{0}}) {
    for (int i = 0; i < 1000; ++i) EXPECT_LT(draws.below(n), n);
  }
}

TEST(Poisson, EdgesOfItsDomain) {
  Draws draws(RngStream(1, 0, 1), 3, 1, 0);
  EXPECT_EQ(draws.poisson(0.0), 0);
  EXPECT_EQ(draws.poisson(1e-300), 0);
  EXPECT_THROW(draws.poisson(-1.0), BrokenPromise);
  EXPECT_THROW(draws.poisson(std::numeric_limits<double>::quiet_NaN()), BrokenPromise);
  EXPECT_THROW(draws.poisson(1e9), BrokenPromise);
  for (int i = 0; i < 1000; ++i) {
    const auto k = static_cast<double>(draws.poisson(9.9e8));
    EXPECT_NEAR(k, 9.9e8, 8.0 * std::sqrt(9.9e8));  // false alarm 1e-12 in all
  }
}

TEST(Binomial, EdgesOfItsDomain) {
  Draws draws(RngStream(1, 0, 1), 4, 1, 0);
  EXPECT_EQ(draws.binomial(0, 0.3), 0);
  EXPECT_EQ(draws.binomial(10, 0.0), 0);
  EXPECT_EQ(draws.binomial(10, 1.0), 10);
  EXPECT_THROW(draws.binomial(-1, 0.3), BrokenPromise);
  EXPECT_THROW(draws.binomial(1, 1.1), BrokenPromise);
  EXPECT_THROW(draws.binomial(1, std::numeric_limits<double>::quiet_NaN()), BrokenPromise);
  for (int i = 0; i < 1000; ++i) {
    const std::int64_t count = draws.binomial(5, 0.7);
    EXPECT_TRUE(count >= 0 && count <= 5);
    EXPECT_EQ(draws.binomial(1'000'000, 1e-20), 0);  // far below the spacing of doubles at 1
  }
}

TEST(Geometric, EdgesOfItsDomain) {
  Draws draws(RngStream(1, 0, 1), 5, 1, 0);
  EXPECT_EQ(draws.geometric(1.0), 0);
  EXPECT_THROW(draws.geometric(0.0), BrokenPromise);
  EXPECT_THROW(draws.geometric(1.5), BrokenPromise);
  for (const double p : {1e-3, 1e-12, 1e-17, 1e-20, 1e-300, 5e-324}) {
    for (int i = 0; i < 1000; ++i) {
      const std::int64_t skipped = draws.geometric(p);
      EXPECT_GE(skipped, 0) << p;
      EXPECT_LE(skipped, std::int64_t{1} << 62) << p;
    }
  }
}

TEST(Categorical, NeverChoosesWhatHasNoWeight) {
  Draws draws(RngStream(1, 0, 1), 6, 1, 0);
  const std::vector<double> weights{0.0, 1e-3, 0.0, 5.0, 0.0};
  for (int i = 0; i < 100'000; ++i) {
    const std::size_t k = draws.categorical(weights);
    EXPECT_TRUE(k == 1 || k == 3) << k;
  }
  EXPECT_THROW(draws.categorical(std::vector<double>{0.0, 0.0}), BrokenPromise);
  EXPECT_THROW(draws.categorical(std::vector<double>{}), BrokenPromise);
}

TEST(FillUniform, IsTheFirstUniformOfEachKey) {
  const RngStream stream(5, 1, 0x1200);
  for (const std::size_t n : {0u, 1u, 7u, 8u, 9u, 1000u}) {
    std::vector<std::uint64_t> keys(n);
    std::vector<double> batch(n);
    for (std::size_t i = 0; i < n; ++i) keys[i] = hash64(n, i);
    fill_uniform(stream, keys, 200, 3, batch);
    for (std::size_t i = 0; i < n; ++i) EXPECT_EQ(batch[i], Draws(stream, keys[i], 200, 3).uniform()) << i;
  }
  std::vector<double> out(2);
  EXPECT_THROW(fill_uniform(stream, std::vector<std::uint64_t>(3), 1, 0, out), BrokenPromise);
}

TEST(FillWords, AreTheWordsOfEachKeyAndBlock) {
  const RngStream stream(5, 1, 0x1200);
  for (const std::size_t n : {0u, 1u, 7u, 8u, 9u, 16u, 32u, 41u, 1003u}) {
    std::vector<std::uint64_t> keys(n);
    std::vector<std::uint32_t> blocks(n);
    std::vector<std::vector<std::uint32_t>> words(4, std::vector<std::uint32_t>(n));
    for (std::size_t i = 0; i < n; ++i) {
      keys[i] = hash64(n, i);
      blocks[i] = static_cast<std::uint32_t>(hash64(n, i, 1u)) % (i % 3 == 0 ? 0xFFFFFFFFu : 4u);
    }
    std::uint32_t* const out[4] = {words[0].data(), words[1].data(), words[2].data(), words[3].data()};
    const auto expect = [&](std::size_t i, std::uint32_t block) {
      const Four one = philox(
          {static_cast<std::uint32_t>(keys[i]), static_cast<std::uint32_t>(keys[i] >> 32), 264 * 256 + 255, block},
          {static_cast<std::uint32_t>(stream.key), static_cast<std::uint32_t>(stream.key >> 32)});
      for (std::size_t w = 0; w < 4; ++w) EXPECT_EQ(words[w][i], one[w]) << "n " << n << " row " << i << " word " << w;
    };
    for (const bool wide : {false, true}) {
      set_use_avx512(wide);
      fill_words(stream, keys.data(), blocks.data(), n, 264, 255, out);
      for (std::size_t i = 0; i < n; ++i) expect(i, blocks[i]);
      fill_words(stream, keys.data(), nullptr, n, 264, 255, out);
      for (std::size_t i = 0; i < n; ++i) expect(i, 0);
    }
  }
}

/// Every domain of the program; a new one must be added here with the number that it keeps for ever.
constexpr std::pair<RngDomain, std::uint32_t> kDomains[] = {
    {RngDomain::kSynthesisMix, 0x0100},        {RngDomain::kSynthesisRounding, 0x0110},
    {RngDomain::kSynthesisSector, 0x0120},     {RngDomain::kSynthesisNaf, 0x0130},
    {RngDomain::kSynthesisSize, 0x0140},       {RngDomain::kSynthesisOwner, 0x0150},
    {RngDomain::kSynthesisAge, 0x0160},        {RngDomain::kSynthesisGroup, 0x0170},
    {RngDomain::kSynthesisPlace, 0x0180},      {RngDomain::kSynthesisTechnology, 0x0190},
    {RngDomain::kSynthesisCash, 0x01A0},       {RngDomain::kSynthesisAppeal, 0x01B0},
    {RngDomain::kSynthesisPerson, 0x0200},     {RngDomain::kSynthesisStatus, 0x0210},
    {RngDomain::kSynthesisOccupation, 0x0220}, {RngDomain::kSynthesisCommute, 0x0230},
    {RngDomain::kSynthesisWage, 0x0240},       {RngDomain::kSynthesisQuintile, 0x0250},
    {RngDomain::kSynthesisScale, 0x0260},      {RngDomain::kNetworkDegree, 0x0300},
    {RngDomain::kNetworkCapability, 0x0310},   {RngDomain::kNetworkSupplier, 0x0320},
    {RngDomain::kFirmPrice, 0x1000},           {RngDomain::kFirmMarkup, 0x1010},
    {RngDomain::kFirmHiring, 0x1020},          {RngDomain::kLabourSeparation, 0x1100},
    {RngDomain::kLabourLayoff, 0x1110},        {RngDomain::kLabourVacancy, 0x1120},
    {RngDomain::kLabourApplication, 0x1130},   {RngDomain::kLabourScreening, 0x1140},
    {RngDomain::kLabourWage, 0x1150},          {RngDomain::kLabourHalo, 0x1160},
    {RngDomain::kLabourOutside, 0x1170},       {RngDomain::kLabourUrn, 0x1180},
    {RngDomain::kLabourTwoState, 0x1190},      {RngDomain::kLabourStart, 0x11A0},
    {RngDomain::kRationing, 0x1200},           {RngDomain::kOutsideShock, 0x1300},
};

TEST(RngDomains, NumbersNeverMoveAndNamesDiffer) {
  std::set<std::string> names;
  for (const auto& [domain, number] : kDomains) {
    EXPECT_EQ(static_cast<std::uint32_t>(domain), number);
    EXPECT_NE(name_of(domain), "unknown") << number;
    names.emplace(name_of(domain));
  }
  EXPECT_EQ(names.size(), std::size(kDomains));
}

}  // namespace
}  // namespace metier
