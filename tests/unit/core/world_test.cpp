#include "sim/core/world.hpp"
#include "sim/core/error.hpp"
#include "sim/core/money.hpp"

#include <cstdint>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace metier {
namespace {

struct House {
  static constexpr TableInfo info{"house", "one row per house"};
};
struct Street {
  static constexpr TableInfo info{"street", "one row per street"};
};
struct Rent : ColumnOf<Cents, House> {
  static constexpr ColumnInfo info{"house.rent", "cent/month", "rent"};
};
struct Height : ColumnOf<double, House> {
  static constexpr ColumnInfo info{"house.height", "m", "height"};
};
struct Length : ColumnOf<float, Street> {
  static constexpr ColumnInfo info{"street.length", "m", "length"};
};
struct OtherRent : ColumnOf<double, House> {
  static constexpr ColumnInfo info{"house.rent", "EUR/month", "another type under the same name"};
};
struct RentOfStreet : ColumnOf<Cents, Street> {
  static constexpr ColumnInfo info{"house.rent", "cent/month", "another table under the same name"};
};
enum class Colour : std::uint8_t { kRed, kBlue };
struct Point {
  float x, y;
};

static_assert(Column<Rent> && Column<Length> && !Column<House> && !Column<Cents>);

TEST(ValueTypes, SeeThroughStrongTypesAndEnums) {
  EXPECT_EQ(value_type_of<Cents>(), ValueType::kI64);
  EXPECT_EQ(value_type_of<Colour>(), ValueType::kU8);
  EXPECT_EQ(value_type_of<Point>(), ValueType::kOther);
  EXPECT_EQ(value_type_of<bool>(), ValueType::kU8);
  EXPECT_EQ(value_type_of<std::int8_t>(), ValueType::kI8);
  EXPECT_EQ(value_type_of<std::uint16_t>(), ValueType::kU16);
  EXPECT_EQ(value_type_of<std::int16_t>(), ValueType::kI16);
  EXPECT_EQ(value_type_of<std::uint32_t>(), ValueType::kU32);
  EXPECT_EQ(value_type_of<std::int32_t>(), ValueType::kI32);
  EXPECT_EQ(value_type_of<std::uint64_t>(), ValueType::kU64);
  EXPECT_EQ(value_type_of<float>(), ValueType::kF32);
  EXPECT_EQ(value_type_of<double>(), ValueType::kF64);
  EXPECT_EQ(name_of(ValueType::kI64), "i64");
  EXPECT_EQ(name_of(ValueType::kF32), "f32");
  EXPECT_EQ(name_of(ValueType::kOther), "bytes");
}

TEST(World, AColumnExistsFromTheFirstTimeItIsNamed) {
  World world;
  EXPECT_EQ(world.rows<House>(), 0u);
  world.set_rows<House>(3);
  EXPECT_TRUE(world.columns().empty());
  const auto rent = world.column<Rent>();
  ASSERT_EQ(rent.size(), 3u);
  for (const Cents cents : rent) EXPECT_EQ(cents, Cents{0});
  EXPECT_EQ(world.columns().size(), 1u);
  EXPECT_EQ(world.columns().begin()->second.info().unit, "cent/month");
  EXPECT_TRUE(world.column<Length>().empty());
}

TEST(World, RowsKeepTheirValuesAndNewOnesAreZero) {
  World world;
  world.set_rows<House>(5);
  for (std::size_t i = 0; i < 5; ++i) world.column<Height>()[i] = 1.0 + static_cast<double>(i);
  world.set_rows<House>(100'000);
  EXPECT_EQ(world.column<Height>()[4], 5.0);
  EXPECT_EQ(world.column<Height>()[5], 0.0);
  EXPECT_EQ(world.column<Height>()[99'999], 0.0);
  world.column<Height>()[3] = 7.0;
  world.set_rows<House>(3);
  world.set_rows<House>(4);
  EXPECT_EQ(world.column<Height>()[2], 3.0);
  EXPECT_EQ(world.column<Height>()[3], 0.0) << "a row that left does not come back with its value";
  EXPECT_EQ(world.column<Rent>().size(), 4u) << "a column named later has the rows of its table";
}

TEST(World, MemoryOfAColumnIsAligned) {
  World world;
  for (const std::size_t rows : {std::size_t{1}, std::size_t{100}, std::size_t{400'000}}) {
    world.set_rows<House>(rows);
    const auto address = reinterpret_cast<std::uintptr_t>(world.column<Height>().data());
    EXPECT_EQ(address % 64, 0u) << rows;
    EXPECT_TRUE(rows * sizeof(double) < (2u << 20) || address % (2u << 20) == 0) << "large columns lie in huge pages";
  }
}

TEST(World, ColumnsStandInTheOrderOfTheirNames) {
  World world;
  world.column<Length>();
  world.column<Rent>();
  world.column<Height>();
  std::vector<std::string> names;
  for (const auto& [name, store] : world.columns()) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"house.height", "house.rent", "street.length"}));
}

TEST(World, TwoColumnsMayNotShareAName) {
  World world;
  world.column<Rent>();
  EXPECT_THROW(world.column<OtherRent>(), BrokenPromise);
  EXPECT_THROW(world.column<RentOfStreet>(), BrokenPromise);
}

TEST(World, AColumnThatNobodyNamesYetCanComeBack) {
  World world;
  {
    std::string name = "house.rent", unit = "cent/month", meaning = "rent", table = "house";
    world.set_rows_of(table, 2);
    ColumnStore& store = world.restore(name, unit, meaning, table, ValueType::kI64, 8);
    ASSERT_EQ(store.rows(), 2u);
    store.bytes()[8] = std::byte{9};
    name = unit = meaning = table = "overwritten: the world keeps its own texts";
  }
  EXPECT_EQ(world.columns().begin()->second.info().meaning, "rent");
  EXPECT_EQ(world.column<Rent>()[1], Cents{9});
  EXPECT_EQ(world.rows<House>(), 2u);
}

TEST(World, ScratchMemoryIsKeptByType) {
  World world;
  world.scratch<std::vector<int>>().push_back(4);
  world.scratch<std::vector<double>>();
  EXPECT_EQ(world.scratch<std::vector<int>>(), (std::vector<int>{4}));
  EXPECT_TRUE(world.scratch<std::vector<double>>().empty());
  EXPECT_TRUE(world.columns().empty()) << "scratch memory is no state";
}

}  // namespace
}  // namespace metier
