#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

/// Parallel primitives whose results do not depend on the number of threads: work is cut in fixed blocks, blocks write
/// only their own rows, sums are joined in the order of blocks or are integers. parallel.cpp alone knows the backend.
namespace metier {

/// Number of worker threads for everything that follows; 1 runs in the caller. Call outside parallel work.
void set_threads(int threads);
int threads();

/// 0 .. threads() - 1 inside parallel work: the slot of private accumulators. Never let a result depend on it.
int worker_index();

namespace detail {
/// Calls body(context, block) for block = 0 .. blocks - 1, in any order, on any thread.
void run_blocks(std::size_t blocks, void (*body)(void*, std::size_t), void* context);
}  // namespace detail

/// How far ahead of a loop that reads at known but scattered addresses they are asked for.
inline constexpr std::size_t kAhead = 24;
/// Asks for the cache line of an address that will be read soon; changes nothing else.
inline void prefetch(const void* address) { __builtin_prefetch(address); }

inline constexpr std::size_t kRowBlock = 2048;  ///< part of the definition of ordered_sum: never change per machine

/// body(block, begin, end) over [0, n) cut in blocks of `block_rows`.
template <class Body>
void for_each_block(std::size_t n, std::size_t block_rows, Body&& body) {
  if (n == 0) return;
  const std::size_t blocks = (n + block_rows - 1) / block_rows;
  auto call = [&](std::size_t block) { body(block, block * block_rows, std::min(n, (block + 1) * block_rows)); };
  if (blocks == 1) {
    call(0);
    return;
  }
  detail::run_blocks(
      blocks, [](void* context, std::size_t block) { (*static_cast<decltype(call)*>(context))(block); }, &call);
}

/// body(i) for every row i; a row writes only what is its own.
template <class Body>
void for_each_row(std::size_t n, Body&& body) {
  for_each_block(n, kRowBlock, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) body(i);
  });
}

/// body(k) for k = 0 .. n - 1 where each is a large piece of work (a zone, a column).
template <class Body>
void for_each_item(std::size_t n, Body&& body) {
  for_each_block(n, 1, [&](std::size_t k, std::size_t, std::size_t) { body(k); });
}

/// Calls each of a few functions that write nothing in common.
template <class... Work>
void side_by_side(Work&&... work) {
  for_each_item(sizeof...(work), [&](std::size_t k) {
    std::size_t number = 0;
    ((number++ == k ? work() : void()), ...);
  });
}

/// Sum of value(i) in doubles: inside a block in the order of rows, then over blocks in order.
template <class Value>
double ordered_sum(std::size_t n, Value&& value) {
  std::vector<double> partial((n + kRowBlock - 1) / kRowBlock);
  for_each_block(n, kRowBlock, [&](std::size_t block, std::size_t begin, std::size_t end) {
    double sum = 0.0;
    for (std::size_t i = begin; i < end; ++i) sum += value(i);
    partial[block] = sum;
  });
  double sum = 0.0;
  for (const double part : partial) sum += part;
  return sum;
}

/// Sum of integers: exact in any order.
template <class Value>
std::int64_t integer_sum(std::size_t n, Value&& value) {
  std::vector<std::int64_t> partial((n + kRowBlock - 1) / kRowBlock);
  for_each_block(n, kRowBlock, [&](std::size_t block, std::size_t begin, std::size_t end) {
    std::int64_t sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += static_cast<std::int64_t>(value(i));
    partial[block] = sum;
  });
  std::int64_t sum = 0;
  for (const std::int64_t part : partial) sum += part;
  return sum;
}

/// Integer accumulators of one slot per worker, added up by `add_to`: order cannot matter.
template <class Int>
class PrivateSums {
  static_assert(std::is_integral_v<Int>);

 public:
  /// Zeroes `size` accumulators for each worker; memory is kept between calls.
  void reset(std::size_t size) {
    size_ = size;
    slots_.resize(static_cast<std::size_t>(threads()));
    for_each_item(slots_.size(), [&](std::size_t s) { slots_[s].assign(size, Int{0}); });
  }
  /// The accumulators of the calling worker.
  std::span<Int> mine() { return slots_[static_cast<std::size_t>(worker_index())]; }
  /// out[k] += total of accumulator k.
  template <class Out>
  void add_to(std::span<Out> out) {
    for_each_block(size_, kRowBlock, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (const auto& slot : slots_) {
        for (std::size_t k = begin; k < end; ++k) out[k] = static_cast<Out>(out[k] + static_cast<Out>(slot[k]));
      }
    });
  }

 private:
  std::size_t size_ = 0;
  std::vector<std::vector<Int>> slots_;
};

/// offsets[k] becomes the sum of the counts before k; returns the total. In place.
template <class Int>
Int exclusive_scan(std::span<Int> counts) {
  Int total{0};
  for (Int& count : counts) {
    const Int here = count;
    count = total;
    total = static_cast<Int>(total + here);
  }
  return total;
}

/// The bucket of rows that a counting sort leaves out.
inline constexpr std::uint32_t kNoBucket = 0xFFFFFFFFu;
struct Buckets {
  std::vector<std::uint32_t> offsets;
  std::vector<std::uint32_t> order;
  std::vector<std::uint32_t> counts;  ///< working memory: blocks x buckets
  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t bucket) const {
    return {order.data() + offsets[bucket], offsets[bucket + 1] - offsets[bucket]};
  }
};

/// Counting sort that hands out places: put(place, i) for every i < n with bucket(i) != kNoBucket, places of a bucket
/// consecutive and in the order of i. For rows that are read bucket by bucket it is cheaper to put what will be read
/// than an index to it.
///
/// offsets: becomes buckets + 1 entries. counts: working memory.
template <class BucketOf, class Put>
void stable_bucket_put(std::size_t n, std::size_t buckets, BucketOf&& bucket, Put&& put,
                       std::vector<std::uint32_t>& offsets, std::vector<std::uint32_t>& counts) {
  // A block per thread, since each has a table of counts; a stable order does not depend on the blocks.
  const auto workers = static_cast<std::size_t>(std::clamp(threads(), 1, 16));
  const std::size_t block_rows = std::max<std::size_t>(1 << 14, (n + workers - 1) / workers);
  const std::size_t blocks = n == 0 ? 0 : (n + block_rows - 1) / block_rows;
  offsets.assign(buckets + 1, 0);
  counts.assign(blocks * buckets, 0);
  for_each_block(n, block_rows, [&](std::size_t block, std::size_t begin, std::size_t end) {
    std::uint32_t* count = counts.data() + block * buckets;
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t b = bucket(i);
      if (b != kNoBucket) ++count[b];
    }
  });
  std::uint32_t position = 0;
  for (std::size_t b = 0; b < buckets; ++b) {
    offsets[b] = position;
    for (std::size_t block = 0; block < blocks; ++block) {
      std::uint32_t& count = counts[block * buckets + b];
      const std::uint32_t here = count;
      count = position;
      position += here;
    }
  }
  offsets[buckets] = position;
  for_each_block(n, block_rows, [&](std::size_t block, std::size_t begin, std::size_t end) {
    std::uint32_t* next = counts.data() + block * buckets;
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t b = bucket(i);
      if (b != kNoBucket) put(next[b]++, i);
    }
  });
}

/// Groups 0 .. n - 1 by bucket(i) < buckets, keeping their order inside a bucket (counting sort).
///
/// offsets: buckets + 1 entries, order: n entries (indices i); where rows are left out (kNoBucket), `order` is filled
/// up to offsets[buckets] only.
template <class BucketOf>
void stable_bucket_by(std::size_t n, std::size_t buckets, BucketOf&& bucket, Buckets& out) {
  out.order.resize(n);
  stable_bucket_put(
      n, buckets, bucket, [&](std::uint32_t place, std::size_t i) { out.order[place] = static_cast<std::uint32_t>(i); },
      out.offsets, out.counts);
}

}  // namespace metier
