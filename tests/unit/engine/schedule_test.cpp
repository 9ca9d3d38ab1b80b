#include "sim/engine/schedule.hpp"
#include "sim/core/error.hpp"
#include "tests/unit/engine/toy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <utility>

namespace metier {
namespace {

using ::testing::HasSubstr;

struct Other : ColumnOf<float, toy::Walker> {
  static constexpr ColumnInfo info{"walker.place", "m", "the same name, another type"};
};

void write_place(const Step&, InOut<toy::Place>) {}
void write_place_too(const Step&, Out<toy::Place>) {}
void read_place(const Step&, In<toy::Place>) {}
void grow(const Step&, Structure<toy::Walker>) {}

std::string refusal(Schedule& schedule) {
  World world;
  try {
    schedule.seal(world);
  } catch (const BrokenPromise& refused) {
    return refused.what();
  }
  return "accepted";
}

TEST(Schedule, ListsReadsWritesAndRandomDomainsFromTheSignatures) {
  const toy::Params params;
  const std::string text = toy::month(params).describe();
  EXPECT_THAT(
      text,
      HasSubstr("P1.0  toy.walk\n        reads   walker.key walker.stopped walker.place\n        writes  walker.place\n"
                "        random  outside.shock\n"));
  EXPECT_THAT(text, HasSubstr("P1.1  toy.stop"));
  EXPECT_THAT(text, HasSubstr("P2.0  toy.add_up\n        reads   walker.place\n        writes  total.sum\n"));
}

TEST(Schedule, RefusesTwoWritersOfAColumnNamingBoth) {
  Schedule schedule;
  schedule.phase("P1", "x").add("a.first", &write_place).add("b.second", &write_place_too);
  EXPECT_THAT(refusal(schedule), HasSubstr("in phase P1 'a.first' and 'b.second' both write on 'walker.place'"));
}

TEST(Schedule, RefusesAReaderBesideAWriter) {
  Schedule schedule;
  schedule.phase("P1", "x").add("a.writes", &write_place).add("b.reads", &read_place);
  EXPECT_THAT(refusal(schedule), HasSubstr("'a.writes' writes while 'b.reads' reads on 'walker.place'"));
}

TEST(Schedule, RefusesAnybodyBesideAProcessThatChangesRows) {
  Schedule schedule;
  schedule.phase("P1", "x").add("a.grows", &grow).add("b.reads", &read_place);
  EXPECT_THAT(refusal(schedule), HasSubstr("'a.grows' changes the rows of the table while 'b.reads' touches it"));
}

TEST(Schedule, AcceptsThemInSubPhases) {
  Schedule schedule;
  schedule.phase("P1", "x")
      .add("a.writes", &write_place)
      .then()
      .add("b.reads", &read_place)
      .then()
      .add("c.grows", &grow);
  EXPECT_EQ(refusal(schedule), "accepted");
}

TEST(Schedule, RefusesTheSameProcessOrPhaseTwice) {
  Schedule schedule;
  schedule.phase("P1", "x").add("a.writes", &write_place);
  EXPECT_THROW(schedule.phase("P1", "again"), BrokenPromise);
  EXPECT_THROW(schedule.phase("P2", "y").add("a.writes", &read_place), BrokenPromise);
}

TEST(Schedule, TellsWhatMonthsCarryFromWhatLivesWithinOne) {
  const auto carried = [](Schedule schedule) {
    World world;
    schedule.seal(world);
    const Schedule::Written written = schedule.written_columns(world);
    EXPECT_EQ(written.carried.size() + written.within_month.size(), 1u);
    return !written.carried.empty();
  };
  Schedule overwrites, changes, reads_before, reads_after, grows_before;
  overwrites.phase("P1", "x").add("a.writes", &write_place_too);
  EXPECT_FALSE(carried(std::move(overwrites)));
  changes.phase("P1", "x").add("a.changes", &write_place);
  EXPECT_TRUE(carried(std::move(changes)));
  reads_before.phase("P1", "x").add("a.reads", &read_place).then().add("b.writes", &write_place_too);
  EXPECT_TRUE(carried(std::move(reads_before)));
  reads_after.phase("P1", "x").add("a.writes", &write_place_too).then().add("b.changes", &write_place);
  EXPECT_FALSE(carried(std::move(reads_after)));
  grows_before.phase("P1", "x").add("a.grows", &grow).then().add("b.writes", &write_place_too);
  EXPECT_TRUE(carried(std::move(grows_before)));
}

TEST(Schedule, OnlyCountingPhasesRunAtTheStart) {
  World world;
  toy::populate(world, 10);
  Schedule schedule = toy::month(toy::Params{});
  schedule.seal(world);
  world.column<toy::Place>()[3] = 2.5;
  schedule.run_start(world, Step{});
  EXPECT_EQ(world.column<toy::Sum>()[0], 2.5);
  EXPECT_EQ(world.column<toy::Place>()[3], 2.5);
}

TEST(Schedule, KeepsParametersAsTheyWereBound) {
  World world;
  toy::populate(world, 10);
  toy::Params params{.spread = 0.0, .stop = 1.0};
  Schedule schedule = toy::month(params);
  params = {.spread = 100.0, .stop = 0.0};
  schedule.seal(world);
  schedule.run_month(world, Step{});
  for (const double place : world.column<toy::Place>()) EXPECT_EQ(place, 0.0);
  for (const std::uint8_t stopped : world.column<toy::Stopped>()) EXPECT_EQ(stopped, 1);
}

TEST(World, RefusesTwoColumnsOfOneName) {
  World world;
  world.column<toy::Place>();
  EXPECT_THROW(world.column<Other>(), BrokenPromise);
}

}  // namespace
}  // namespace metier
