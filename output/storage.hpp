#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace metier::output {

/// Type of the numbers of one variable, in the file and in the spool (little-endian).
enum class Storage : std::uint8_t { kInt16, kInt32, kInt64, kUInt64, kFloat32, kFloat64 };

/// Bytes of one number.
constexpr std::size_t size_of(Storage storage) {
  switch (storage) {
    case Storage::kInt16: return 2;
    case Storage::kInt32: return 4;
    case Storage::kFloat32: return 4;
    case Storage::kInt64: return 8;
    case Storage::kUInt64: return 8;
    case Storage::kFloat64: return 8;
  }
  return 0;
}

/// Name of the type as FORMAT.md prints it: "float32", "int64", ...
constexpr std::string_view name_of(Storage storage) {
  switch (storage) {
    case Storage::kInt16: return "int16";
    case Storage::kInt32: return "int32";
    case Storage::kInt64: return "int64";
    case Storage::kUInt64: return "uint64";
    case Storage::kFloat32: return "float32";
    case Storage::kFloat64: return "float64";
  }
  return "";
}

constexpr bool is_float(Storage storage) { return storage == Storage::kFloat32 || storage == Storage::kFloat64; }

/// What stands where no number was written: NaN or 0. The bytes of one number, the rest zero.
constexpr std::array<std::byte, 8> fill_of(Storage storage) {
  std::uint64_t bits = 0;
  if (storage == Storage::kFloat32) bits = std::bit_cast<std::uint32_t>(std::numeric_limits<float>::quiet_NaN());
  if (storage == Storage::kFloat64) bits = std::bit_cast<std::uint64_t>(std::numeric_limits<double>::quiet_NaN());
  return std::bit_cast<std::array<std::byte, 8>>(bits);
}

}  // namespace metier::output
