#include "sim/engine/state_hash.hpp"

#include "sim/core/hash.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

namespace metier {

namespace {

constexpr std::size_t kBlock = std::size_t{1} << 18;  // bytes; part of the definition of the hash

std::size_t blocks_of(const ColumnStore& store) { return (store.bytes().size() + kBlock - 1) / kBlock; }

std::uint64_t block_hash(const ColumnStore& store, std::size_t block) {
  const auto bytes = store.bytes().subspan(block * kBlock);
  return hash_bytes(bytes.data(), std::min(bytes.size(), kBlock));
}

/// Hashes of some columns, each of its blocks and its number of rows. The blocks of all columns are one piece of
/// parallel work: a column alone has too few to keep every thread busy.
std::vector<std::uint64_t> column_hashes(std::span<const ColumnStore* const> columns) {
  struct Block {
    const ColumnStore* store;
    std::size_t number;
  };
  std::vector<Block> blocks;
  for (const ColumnStore* store : columns) {
    for (std::size_t number = 0; number < blocks_of(*store); ++number) blocks.push_back({store, number});
  }
  std::vector<std::uint64_t> parts(blocks.size());
  for_each_item(blocks.size(), [&](std::size_t b) { parts[b] = block_hash(*blocks[b].store, blocks[b].number); });
  std::vector<std::uint64_t> hashes, of_column;
  auto part = parts.cbegin();
  for (const ColumnStore* store : columns) {
    const auto end = part + static_cast<std::ptrdiff_t>(blocks_of(*store));
    of_column.assign(part, end);
    of_column.push_back(store->rows());
    hashes.push_back(hash_bytes(of_column.data(), of_column.size() * sizeof(std::uint64_t)));
    part = end;
  }
  return hashes;
}

}  // namespace

std::uint64_t column_hash(const ColumnStore& store) {
  const ColumnStore* column = &store;
  return column_hashes({&column, 1})[0];
}

StateHash::StateHash(Schedule::Written written) : written_(std::move(written)) {}

std::uint64_t StateHash::operator()(const World& world) {
  const auto holds = [](const std::vector<std::string>& names, const std::string& name) {
    return std::binary_search(names.begin(), names.end(), name);
  };
  const auto changes = [&](const std::string& name) { return holds(written_.carried, name); };
  std::vector<const ColumnStore*> due;
  for (const auto& [name, store] : world.columns()) {
    if (holds(written_.within_month, name)) continue;
    if (changes(name) || !constant_.contains(name)) due.push_back(&store);
  }
  const std::vector<std::uint64_t> hashes = column_hashes(due);
  auto hash = hashes.begin();
  std::vector<std::uint64_t> parts;
  parts.reserve(2 * world.columns().size());
  for (const auto& [name, store] : world.columns()) {
    if (holds(written_.within_month, name)) continue;
    parts.push_back(hash_bytes(name.data(), name.size()));
    if (changes(name)) {
      parts.push_back(*hash++);
      continue;
    }
    const auto [known, unknown] = constant_.try_emplace(name, 0);
    if (unknown) known->second = *hash++;
    parts.push_back(known->second);
  }
  return hash_bytes(parts.data(), parts.size() * sizeof(std::uint64_t));
}

}  // namespace metier
