#include "models/labour/spells.hpp"

#include "tests/support/labour/run_process.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace metier::labour {
namespace {

using test::SmallMarket;

TEST(Spells, OneMonthMoreForEverybodyWithoutAJobAndNobodyElse) {
  SmallMarket market;
  market.setting.params.halo_entry_factor = market.setting.params.halo_return = 0.0;
  const auto duration = market.column<Duration>();
  const auto status = market.column<StatusOf>();
  const std::vector<std::uint8_t> before(duration.begin(), duration.end());
  market.run(1, &age_spells, market.setting.params);
  for (std::size_t h = 0; h < before.size(); ++h) {
    const bool without = status[h] == Status::kUnemployed || status[h] == Status::kHalo;
    EXPECT_EQ(duration[h], before[h] + (without && before[h] < 255 ? 1 : 0)) << "person " << h;
  }
}

TEST(Spells, DurationStopsAt255) {
  SmallMarket market;
  const auto duration = market.column<Duration>();
  std::fill(duration.begin(), duration.end(), std::uint8_t{255});
  market.run(1, &age_spells, market.setting.params);
  for (const std::uint8_t months : duration) EXPECT_EQ(months, 255);
}

TEST(Spells, SkillFallsAfterTheWaitByTheStatedShareOfItsSize) {
  SmallMarket market;
  Params& p = market.setting.params;
  p.skill_decay = 0.25;
  p.skill_decay_after = 12;
  const auto duration = market.column<Duration>();
  const auto status = market.column<StatusOf>();
  const auto skill = market.column<Skill>();
  const std::vector<float> before(skill.begin(), skill.end());
  market.run(1, &age_spells, p);
  int fallen = 0;
  for (std::size_t h = 0; h < before.size(); ++h) {
    const bool without = status[h] == Status::kUnemployed || status[h] == Status::kHalo;
    if (without && duration[h] > 12) {
      EXPECT_FLOAT_EQ(skill[h], before[h] - 0.25f * std::abs(before[h]));
      ++fallen;
    } else {
      EXPECT_EQ(skill[h], before[h]);
    }
  }
  EXPECT_GT(fallen, 50) << "the test looked at somebody";
}

TEST(Spells, OnlyLongUnemployedEnterTheHalo) {
  SmallMarket market;
  Params& p = market.setting.params;
  market.column<HaloEntryAtRest>()[0] = 1.0;
  p.halo_entry_after = 18;
  p.halo_return = 0.0;
  const auto status = market.column<StatusOf>();
  const std::vector<Status> before(status.begin(), status.end());
  market.run(1, &age_spells, p);
  int entered = 0;
  for (std::size_t h = 0; h < before.size(); ++h) {
    const bool late = market.column<Duration>()[h] > p.halo_entry_after;
    if (before[h] == Status::kUnemployed) {
      EXPECT_EQ(status[h], late ? Status::kHalo : Status::kUnemployed);
      entered += late ? 1 : 0;
    } else {
      EXPECT_EQ(status[h], before[h]);
    }
  }
  EXPECT_GT(entered, 20);
}

TEST(Spells, NobodyReturnsFromTheHaloWhereNoPostIsOpen) {
  SmallMarket market;
  Params& p = market.setting.params;
  p.halo_entry_factor = 0.0;
  p.halo_return = 1.0;
  std::fill(market.column<VacanciesBySector>().begin(), market.column<VacanciesBySector>().end(), 0);
  market.run(1, &age_spells, p);
  const auto status = market.column<StatusOf>();
  EXPECT_EQ(std::count(status.begin(), status.end(), Status::kHalo), 200);
}

}  // namespace
}  // namespace metier::labour
