#include "sim/core/hash.hpp"
#include "sim/core/error.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <unistd.h>
#include <vector>

namespace metier {
namespace {

std::string sha256_of(const std::string& text) { return sha256(text.data(), text.size()); }

// Known answers of FIPS 180-4 (examples of NIST: one block, two blocks, one million letters; the empty message).
TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(sha256_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_of("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                      "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(sha256_of(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, AFileHasTheHashOfItsBytes) {
  const auto path = std::filesystem::temp_directory_path() / ("metier-sha-" + std::to_string(getpid()));
  for (const std::size_t size : {std::size_t{0}, std::size_t{55}, std::size_t{56}, std::size_t{64}, std::size_t{65'536},
                                 std::size_t{65'537}, std::size_t{200'001}}) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(mix64(i));
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(size));
    EXPECT_EQ(sha256_file(path.string()), sha256_of(bytes)) << size;
  }
  std::filesystem::remove(path);
  try {
    sha256_file(path.string());
    FAIL() << "the file is gone";
  } catch (const InputError& error) {
    EXPECT_EQ(error.exit(), Exit::kData);
    EXPECT_EQ(error.problems()[0].place.file, path.string());
  }
}

// splitmix64 from state 0 adds the golden ratio before each finaliser; its first outputs are published with the
// reference code (Vigna, splitmix64.c).
TEST(Mix64, KnownAnswersOfSplitmix64) {
  constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ull;
  EXPECT_EQ(mix64(golden), 0xE220A8397B1DCDAFull);
  EXPECT_EQ(mix64(2 * golden), 0x6E789E6AA1B965F4ull);
  EXPECT_EQ(mix64(3 * golden), 0x06C45D188009454Full);
  EXPECT_EQ(mix64(0), 0u);
}

/// The inverse of x ^ (x >> shift).
std::uint64_t unshift(std::uint64_t y, int shift) {
  std::uint64_t x = y;
  for (int known = shift; known < 64; known += shift) x = y ^ (x >> shift);
  return x;
}
/// The inverse of an odd number modulo 2^64, by Newton's iteration (each step doubles the right bits).
std::uint64_t inverse(std::uint64_t odd) {
  std::uint64_t x = odd;
  for (int step = 0; step < 6; ++step) x *= 2 - odd * x;
  return x;
}

TEST(Mix64, IsABijection) {
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const std::uint64_t x = i * 0xD1342543DE82EF95ull;
    std::uint64_t y = unshift(mix64(x), 31);
    y = unshift(y * inverse(0x94D049BB133111EBull), 27);
    y = unshift(y * inverse(0xBF58476D1CE4E5B9ull), 30);
    EXPECT_EQ(y, x);
  }
}

// Each of 64 x 64 (input bit, output bit) pairs: share of flips against 1/2 over n inputs, standard error 1/(2 sqrt n).
// False alarm: 4096 pairs at 6.2 standard errors, below 4096 * 5.7e-10 = 2.3e-6.
TEST(Mix64, AFlippedBitFlipsEveryOutputBitHalfTheTime) {
  constexpr int n = 1 << 15;
  std::vector<std::array<int, 64>> flips(64);
  for (std::uint64_t i = 0; i < n; ++i) {
    const std::uint64_t x = i * 0x9E3779B97F4A7C15ull + 12'345;
    for (unsigned in = 0; in < 64; ++in) {
      const std::uint64_t changed = mix64(x) ^ mix64(x ^ (std::uint64_t{1} << in));
      for (unsigned out = 0; out < 64; ++out) flips[in][out] += static_cast<int>((changed >> out) & 1u);
    }
  }
  const double bound = 6.2 * 0.5 / std::sqrt(static_cast<double>(n));
  for (std::size_t in = 0; in < 64; ++in) {
    for (std::size_t out = 0; out < 64; ++out) {
      EXPECT_NEAR(static_cast<double>(flips[in][out]) / n, 0.5, bound) << "input bit " << in << ", output bit " << out;
    }
  }
}

TEST(Hash64, OrderAndNumberOfWordsMatter) {
  EXPECT_NE(hash64(1, 2u), hash64(2, 1u));
  EXPECT_NE(hash64(1, 2u, 0u), hash64(1, 2u));
  EXPECT_NE(hash64(0), hash64(0, 0u));
  std::set<std::uint64_t> seen;
  for (std::uint64_t commune = 0; commune < 100; ++commune) {
    for (std::uint64_t sector = 0; sector < 38; ++sector) {
      for (std::uint64_t month = 0; month < 24; ++month) seen.insert(hash64(commune, sector, month));
    }
  }
  EXPECT_EQ(seen.size(), 100u * 38u * 24u);
}

TEST(HashBytes, EveryBitAndTheLengthCount) {
  for (const std::size_t size : {1u, 7u, 8u, 63u, 64u, 65u, 200u}) {
    std::vector<unsigned char> bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<unsigned char>(mix64(i + 1));
    std::set<std::uint64_t> seen{hash_bytes(bytes.data(), size)};
    for (std::size_t bit = 0; bit < 8 * size; ++bit) {
      bytes[bit / 8] = static_cast<unsigned char>(bytes[bit / 8] ^ (1u << (bit % 8)));
      seen.insert(hash_bytes(bytes.data(), size));
      bytes[bit / 8] = static_cast<unsigned char>(bytes[bit / 8] ^ (1u << (bit % 8)));
    }
    EXPECT_EQ(seen.size(), 8 * size + 1) << size;
  }
  const std::vector<unsigned char> zeros(300);  // zeros of every length differ
  std::set<std::uint64_t> seen;
  for (std::size_t size = 0; size <= zeros.size(); ++size) seen.insert(hash_bytes(zeros.data(), size));
  EXPECT_EQ(seen.size(), zeros.size() + 1);
}

TEST(HashBytes, ExchangingWordsIsSeen) {
  std::vector<std::uint64_t> words(64);
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = mix64(i + 1);
  std::set<std::uint64_t> seen{hash_bytes(words.data(), 8 * words.size())};
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      std::swap(words[i], words[j]);
      seen.insert(hash_bytes(words.data(), 8 * words.size()));
      std::swap(words[i], words[j]);
    }
  }
  EXPECT_EQ(seen.size(), 1 + 64u * 63u / 2u);
}

// The definition is part of every state hash that was ever written: these values, computed apart from the program in
// whole numbers of any size, may not move.
TEST(HashBytes, TheDefinitionStays) {
  std::array<unsigned char, 150> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(i);
  EXPECT_EQ(hash_bytes(bytes.data(), 0), 0x9D4C25E33A625667ull);
  EXPECT_EQ(hash_bytes(bytes.data(), 64), 0x6953C23175BD2EF6ull);
  EXPECT_EQ(hash_bytes(bytes.data(), 150), 0x2AF8350BA56BF6E5ull);
}

}  // namespace
}  // namespace metier
