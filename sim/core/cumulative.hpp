#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>

/// Draws of categories from tables of cumulative shares, many at a time.
namespace metier {

/// Shares are kept in 31 bits: an entry is the cumulative share times this, rounded down.
inline constexpr double kCumulativeOne = 0x1p31 - 1.0;
/// Entry that no word is above, so that a search ends there at the latest: what a row is filled up with.
inline constexpr std::int32_t kNeverReached = std::numeric_limits<std::int32_t>::max();
/// Rows of the tables are whole vectors.
constexpr std::size_t cumulative_width(std::size_t entries) { return (entries + 15) / 16 * 16; }

/// index[i] = first entry of row rows[i] whose cumulative share reaches the random word words[i], or the number of
/// entries below kNeverReached: a number of 31 bits and at least 1, so that what has no share is never met.
///
/// Shapes    table: rows of `width` entries, a multiple of 16; rows, words, index: n entries
/// Cost      some 2 ns for a row of 32 entries, 4 ns for one of 112; a quarter less with AVX-512
void find_reached(const std::int32_t* table, std::size_t width, const std::uint32_t* rows, const std::uint32_t* words,
                  std::size_t n, std::uint32_t* index);

}  // namespace metier
