#include "sim/engine/state_hash.hpp"

#include "sim/core/hash.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>

namespace metier {

std::uint64_t column_hash(const ColumnStore& store) {
  constexpr std::size_t kBlock = std::size_t{1} << 18;  // bytes; part of the definition of the hash
  const auto bytes = store.bytes();
  std::vector<std::uint64_t> parts((bytes.size() + kBlock - 1) / kBlock + 1);
  for_each_block(bytes.size(), kBlock, [&](std::size_t block, std::size_t begin, std::size_t end) {
    parts[block] = hash_bytes(bytes.data() + begin, end - begin);
  });
  parts.back() = store.rows();
  return hash_bytes(parts.data(), parts.size() * sizeof(std::uint64_t));
}

StateHash::StateHash(std::vector<std::string> changing) : changing_(std::move(changing)) {
  std::sort(changing_.begin(), changing_.end());
}

std::uint64_t StateHash::operator()(const World& world) {
  std::vector<std::uint64_t> parts;
  parts.reserve(2 * world.columns().size());
  for (const auto& [name, store] : world.columns()) {
    parts.push_back(hash_bytes(name.data(), name.size()));
    if (std::binary_search(changing_.begin(), changing_.end(), name)) {
      parts.push_back(column_hash(store));
      continue;
    }
    auto known = constant_.find(name);
    if (known == constant_.end()) known = constant_.emplace(name, column_hash(store)).first;
    parts.push_back(known->second);
  }
  return hash_bytes(parts.data(), parts.size() * sizeof(std::uint64_t));
}

}  // namespace metier
