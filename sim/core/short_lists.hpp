#pragma once
#include "sim/core/vectors.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace metier {

/// The smallest words of each of many lists, in order, while words arrive in any order: whom a post looks at first.
class ShortLists {
 public:
  /// What the end of a list that has room holds.
  static constexpr std::uint64_t kNone = ~std::uint64_t{0};

  /// Empties `lists` lists, each of which keeps the `most` smallest words.
  void reset(std::size_t lists, std::size_t most);

  /// Takes words[i] into list lists[i], for every i < n; into none where that is kNoBucket.
  /// Cost      some 3 ns a word where six are kept, 2 ns with AVX-512
  void take(const std::uint64_t* words, const std::uint32_t* lists, std::size_t n);

  /// Takes what the lists [begin, end) of `other` hold into those here. Both have been reset alike.
  void join(const ShortLists& other, std::size_t begin, std::size_t end);

  /// The word with k smaller ones before it; kNone: the list holds no more.
  [[nodiscard]] std::uint64_t word(std::size_t list, std::size_t k) const {
    return static_cast<std::uint64_t>(lines_[list * vectors_ + (k + 1) / kLanes].word[(k + 1) % kLanes]) ^ kSign;
  }

 private:
  /// Words are kept as signed numbers of the same order: those are what AVX2 compares.
  static constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
  static constexpr std::size_t kLanes = 8;
  struct alignas(kCacheLine) Vector {
    std::array<std::int64_t, kLanes> word;
  };
  /// Words that go to no list stand in these further ones, in turn: a list is slow to read again just after it was
  /// written.
  static constexpr std::size_t kNobodys = 8;

  void put_in_place(std::int64_t fresh, std::int64_t* line) const;
  [[nodiscard]] std::size_t list_of(const std::uint32_t* lists, std::size_t i) const;
  void join_avx512(const ShortLists& other, std::size_t begin, std::size_t end);
  void take_avx512(const std::uint64_t* words, const std::uint32_t* lists, std::size_t n);

  std::size_t lists_ = 0, vectors_ = 0;  ///< lists, vectors of each
  /// One list after the other; word 0 of each is less than all others.
  std::vector<Vector> lines_;
};

}  // namespace metier
