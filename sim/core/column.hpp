#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace metier {

/// Dense row number inside a table; rows may move when entities enter or leave. What lasts is the entity's 64-bit key.
using Row = std::uint32_t;

/// A table is a type: `struct Person { static constexpr TableInfo info{"person", "one row per ..."}; };`
struct TableInfo {
  std::string_view name;
  std::string_view meaning;
};

/// What a column tells of itself: name "table.column", unit, meaning (one sentence).
struct ColumnInfo {
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
};

/// Base of a column type: `struct Wage : ColumnOf<CentsPerMonth, Person> { static constexpr ColumnInfo info{...}; };`
template <class T, class TableType>
struct ColumnOf {
  static_assert(std::is_trivially_copyable_v<T>, "columns are stored, hashed and saved as bytes");
  using Value = T;
  using Table = TableType;
};

template <class C>
concept Column = requires {
  typename C::Value;
  typename C::Table;
  { C::info } -> std::convertible_to<const ColumnInfo&>;
  { C::Table::info } -> std::convertible_to<const TableInfo&>;
};

/// How the bytes of a column are read: by `diff`, checkpoints and `describe columns`.
enum class ValueType : std::uint8_t { kU8, kU16, kU32, kU64, kI8, kI16, kI32, kI64, kF32, kF64, kOther };

namespace detail {
template <class T>
struct Underlying {
  using type = T;
};
template <class T>
requires requires(T t) { t.value; } &&(sizeof(T) == sizeof(decltype(T::value))) struct Underlying<T> {
  using type = std::remove_cv_t<decltype(T::value)>;
};
template <class T>
requires std::is_enum_v<T>
struct Underlying<T> {
  using type = std::underlying_type_t<T>;
};
}  // namespace detail

template <class T>
constexpr ValueType value_type_of() {
  using U = typename detail::Underlying<T>::type;
  if constexpr (std::is_floating_point_v<U>) {
    return sizeof(U) == 4 ? ValueType::kF32 : ValueType::kF64;
  } else if constexpr (std::is_integral_v<U>) {
    constexpr bool is_signed = std::is_signed_v<U>;
    if constexpr (sizeof(U) == 1) return is_signed ? ValueType::kI8 : ValueType::kU8;
    if constexpr (sizeof(U) == 2) return is_signed ? ValueType::kI16 : ValueType::kU16;
    if constexpr (sizeof(U) == 4) return is_signed ? ValueType::kI32 : ValueType::kU32;
    return is_signed ? ValueType::kI64 : ValueType::kU64;
  } else {
    return ValueType::kOther;
  }
}

std::string_view name_of(ValueType type);

}  // namespace metier
