#include "sim/core/world.hpp"

#include "sim/core/error.hpp"

#include <cstdlib>
#include <cstring>
#include <new>
#include <sys/mman.h>

namespace metier {

std::string_view name_of(ValueType type) {
  switch (type) {
    case ValueType::kU8: return "u8";
    case ValueType::kU16: return "u16";
    case ValueType::kU32: return "u32";
    case ValueType::kU64: return "u64";
    case ValueType::kI8: return "i8";
    case ValueType::kI16: return "i16";
    case ValueType::kI32: return "i32";
    case ValueType::kI64: return "i64";
    case ValueType::kF32: return "f32";
    case ValueType::kF64: return "f64";
    case ValueType::kOther: break;
  }
  return "bytes";
}

namespace {
constexpr std::size_t kHugePage = std::size_t{2} << 20;
}

ColumnStore::ColumnStore(const ColumnInfo& column, const TableInfo& table, ValueType type, std::size_t value_size)
    : info_(column), table_(table), type_(type), value_size_(value_size) {}

void ColumnStore::Free::operator()(std::byte* p) const { std::free(p); }

void ColumnStore::resize(std::size_t rows) {
  const std::size_t used = rows_ * value_size_;
  const std::size_t wanted = rows * value_size_;
  if (wanted > capacity_) {
    const std::size_t alignment = wanted >= kHugePage ? kHugePage : 64;
    const std::size_t grown = capacity_ == 0 ? wanted : wanted + wanted / 4;
    const std::size_t bytes = (grown + alignment - 1) / alignment * alignment;
    void* memory = nullptr;
    if (posix_memalign(&memory, alignment, bytes) != 0) throw std::bad_alloc();
    if (alignment == kHugePage) madvise(memory, bytes, MADV_HUGEPAGE);
    auto* fresh = static_cast<std::byte*>(memory);
    if (used > 0) std::memcpy(fresh, data_.get(), used);
    data_.reset(fresh);
    capacity_ = bytes;
  }
  if (wanted > used) std::memset(data_.get() + used, 0, wanted - used);
  rows_ = rows;
}

std::size_t World::rows_of(std::string_view table) const {
  const auto found = tables_.find(table);
  return found == tables_.end() ? 0 : found->second;
}

void World::set_rows_of(const TableInfo& table, std::size_t rows) { set_rows_of(table.name, rows); }

void World::set_rows_of(std::string_view table, std::size_t rows) {
  tables_.insert_or_assign(std::string(table), rows);
  for (auto& [name, store] : columns_) {
    if (store.table().name == table) store.resize(rows);
  }
}

ColumnStore& World::restore(const std::string& column, const std::string& unit, const std::string& meaning,
                            const std::string& table, ValueType type, std::size_t value_size) {
  const auto keep = [&](const std::string& text) -> std::string_view { return texts_.emplace_back(text); };
  const ColumnInfo info{keep(column), keep(unit), keep(meaning)};
  return store_of(info, TableInfo{keep(table), {}}, type, value_size);
}

ColumnStore& World::store_of(const ColumnInfo& column, const TableInfo& table, ValueType type, std::size_t value_size) {
  const auto found = columns_.find(column.name);
  if (found != columns_.end()) {
    METIER_REQUIRE(found->second.type() == type && found->second.value_size() == value_size &&
                       found->second.table().name == table.name,
                   "two columns share the name " + std::string(column.name));
    return found->second;
  }
  tables_.try_emplace(std::string(table.name), 0);
  ColumnStore store(column, table, type, value_size);
  store.resize(rows_of(table.name));
  return columns_.emplace(std::string(column.name), std::move(store)).first->second;
}

}  // namespace metier
