#pragma once
#include "sim/core/column.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace metier::labour {

/// Rows picked out of a table, ascending, with one 32-bit note each; memory is kept between months.
struct Selection {
  std::vector<Row> rows;
  std::vector<std::uint32_t> notes;
  // working memory: the picks of each block at the start of its own stretch
  std::vector<Row> block_rows;
  std::vector<std::uint32_t> block_notes;
  std::vector<std::size_t> block_counts;

  [[nodiscard]] std::size_t size() const { return rows.size(); }
};

/// What a block picks into: room for every row of the block.
class Picks {
 public:
  Picks(Row* rows, std::uint32_t* notes) : rows_(rows), notes_(notes) {}
  void add(std::size_t row, std::uint32_t note = 0) {
    rows_[count_] = static_cast<Row>(row);
    notes_[count_] = note;
    ++count_;
  }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  Row* rows_;
  std::uint32_t* notes_;
  std::size_t count_ = 0;
};

/// pick(begin, end, picks) looks at the rows [begin, end) of one block and adds those it wants, ascending. The result
/// does not depend on the number of threads: blocks are joined in their order.
template <class Pick>
void select_rows(std::size_t n, Pick&& pick, Selection& out) {
  constexpr std::size_t kBlock = 4 * kRowBlock;
  const std::size_t blocks = (n + kBlock - 1) / kBlock;
  out.block_rows.resize(n);
  out.block_notes.resize(n);
  out.block_counts.assign(blocks + 1, 0);
  for_each_block(n, kBlock, [&](std::size_t block, std::size_t begin, std::size_t end) {
    Picks picks(out.block_rows.data() + begin, out.block_notes.data() + begin);
    pick(begin, end, picks);
    out.block_counts[block] = picks.count();
  });
  const std::size_t total = exclusive_scan(std::span<std::size_t>(out.block_counts));
  out.rows.resize(total);
  out.notes.resize(total);
  for_each_item(blocks, [&](std::size_t block) {
    const auto from = static_cast<std::ptrdiff_t>(block * kBlock);
    const std::size_t at = out.block_counts[block];
    const auto count = static_cast<std::ptrdiff_t>(out.block_counts[block + 1] - at);
    const auto to = static_cast<std::ptrdiff_t>(at);
    std::copy_n(out.block_rows.begin() + from, count, out.rows.begin() + to);
    std::copy_n(out.block_notes.begin() + from, count, out.notes.begin() + to);
  });
}

}  // namespace metier::labour
