#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

namespace metier {

/// Finaliser of splitmix64: a bijection that spreads every bit (Steele, Lea & Flood 2014).
constexpr std::uint64_t mix64(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

/// Joins words into one key, order mattering.
template <class... Word>
constexpr std::uint64_t hash64(std::uint64_t first, Word... rest) {
  std::uint64_t h = mix64(first + 0x9E3779B97F4A7C15ull);
  ((h = mix64(h ^ (static_cast<std::uint64_t>(rest) + 0x9E3779B97F4A7C15ull + (h << 6) + (h >> 2)))), ...);
  return h;
}

/// 64-bit hash of bytes: four lanes of 64 x 64 -> 128 bit products over 64-byte stripes. Not for secrets. The
/// definition never changes: it is part of every state hash that was written. Little-endian machines only.
std::uint64_t hash_bytes(const void* data, std::size_t size);

/// SHA-256 of a file or of bytes, 64 hexadecimal digits (FIPS 180-4). Errors: InputError (exit 4) if it cannot be read.
std::string sha256_file(const std::string& path);
std::string sha256(const void* data, std::size_t size);

}  // namespace metier
