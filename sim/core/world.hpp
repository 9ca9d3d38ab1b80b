#pragma once
#include "sim/core/column.hpp"

#include <atomic>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

namespace metier {

/// Bytes of one column: 64-byte aligned, zeroed, in huge pages when large.
class ColumnStore {
 public:
  ColumnStore(const ColumnInfo& column, const TableInfo& table, ValueType type, std::size_t value_size);
  ColumnStore(ColumnStore&&) noexcept = default;
  ColumnStore& operator=(ColumnStore&&) noexcept = default;

  [[nodiscard]] const ColumnInfo& info() const { return info_; }
  [[nodiscard]] const TableInfo& table() const { return table_; }
  [[nodiscard]] ValueType type() const { return type_; }
  [[nodiscard]] std::size_t value_size() const { return value_size_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::span<std::byte> bytes() { return {data_.get(), rows_ * value_size_}; }
  [[nodiscard]] std::span<const std::byte> bytes() const { return {data_.get(), rows_ * value_size_}; }
  /// Keeps the first rows; new rows are zero.
  void resize(std::size_t rows);

 private:
  struct Free {
    void operator()(std::byte* p) const;
  };
  ColumnInfo info_;
  TableInfo table_;
  ValueType type_;
  std::size_t value_size_;
  std::size_t rows_ = 0;
  std::size_t capacity_ = 0;  ///< bytes
  std::unique_ptr<std::byte[], Free> data_;
};

namespace detail {
inline std::size_t column_types = 0;
/// Number of a type of column inside this program, in no particular order: for look-up only, never for results.
template <Column C>
inline const std::size_t column_number = column_types++;
}  // namespace detail

/// The whole state of a simulation: tables of typed columns, and nothing else.
///
/// A column exists from the first time somebody names it (a process by its signature, or the code that builds the
/// population). What is not a column is not state: it is neither hashed nor saved.
class World {
 public:
  /// The values of column C, one per row of its table.
  template <Column C>
  std::span<typename C::Value> column() {
    // Indicators ask in parallel: who comes second writes the same address again.
    const std::atomic_ref<ColumnStore*> known(named_[detail::column_number<C>]);
    ColumnStore* store = known.load(std::memory_order_acquire);
    if (store == nullptr) {
      store = &store_of(C::info, C::Table::info, value_type_of<typename C::Value>(), sizeof(typename C::Value));
      known.store(store, std::memory_order_release);
    }
    return {reinterpret_cast<typename C::Value*>(store->bytes().data()), store->rows()};
  }

  template <class Table>
  [[nodiscard]] std::size_t rows() const {
    return rows_of(Table::info.name);
  }
  /// Gives every present and future column of the table this many rows; new rows are zero.
  template <class Table>
  void set_rows(std::size_t rows) {
    set_rows_of(Table::info, rows);
  }

  /// All columns in the order of their names: the canonical order of hashes, checkpoints and listings.
  [[nodiscard]] const std::map<std::string, ColumnStore, std::less<>>& columns() const { return columns_; }
  [[nodiscard]] std::map<std::string, ColumnStore, std::less<>>& columns() { return columns_; }
  [[nodiscard]] const std::map<std::string, std::size_t, std::less<>>& tables() const { return tables_; }
  [[nodiscard]] std::size_t rows_of(std::string_view table) const;
  void set_rows_of(const TableInfo& table, std::size_t rows);
  void set_rows_of(std::string_view table, std::size_t rows);

  /// A column read from a checkpoint, which may be one that no process names; its text is kept by the world.
  ColumnStore& restore(const std::string& column, const std::string& unit, const std::string& meaning,
                       const std::string& table, ValueType type, std::size_t value_size);

  /// Memory of one phase, kept between months to spare allocation; neither hashed nor saved.
  template <class T>
  T& scratch() {
    const std::type_info& type = typeid(T);
    auto& slot = scratch_[type.name()];
    if (!slot) slot = std::make_shared<T>();
    return *static_cast<T*>(slot.get());
  }

 private:
  ColumnStore& store_of(const ColumnInfo& column, const TableInfo& table, ValueType type, std::size_t value_size);

  std::map<std::string, ColumnStore, std::less<>> columns_;
  std::map<std::string, std::size_t, std::less<>> tables_;
  /// By detail::column_number: every process asks for its columns every month.
  std::vector<ColumnStore*> named_ = std::vector<ColumnStore*>(detail::column_types, nullptr);
  std::map<std::string_view, std::shared_ptr<void>> scratch_;
  std::deque<std::string> texts_;  ///< names of columns that came from a checkpoint
};

}  // namespace metier
