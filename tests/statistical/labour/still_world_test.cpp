#include "models/labour/initial.hpp"
#include "tests/support/labour/run_process.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

/// A world in which nothing changes: establishments want the staff and the open posts of t = 0 for ever. Unemployment
/// differs between communes at t = 0, and goes on to do so.
namespace metier::labour {
namespace {

/// Unemployed and labour force of the communes of even number (few without a job) and of odd number (many).
struct Halves {
  double unemployed[2] = {0.0, 0.0}, active[2] = {0.0, 0.0};
  [[nodiscard]] double rate(int half) const { return unemployed[half] / active[half]; }
  [[nodiscard]] double gap() const { return std::log(rate(1) / rate(0)); }
};
Halves halves_of(World& world, std::size_t occupations) {
  Halves h;
  const auto unemployed = world.column<Unemployed>();
  const auto employed = world.column<EmployedResidents>();
  for (std::size_t k = 0; k < unemployed.size(); ++k) {
    const std::size_t half = k / occupations % 2;
    h.unemployed[half] += static_cast<double>(unemployed[k]);
    h.active[half] += static_cast<double>(unemployed[k] + employed[k]);
  }
  return h;
}

struct StillWorld {
  test::LabourSetting setting;
  World world;
  test::LabourSize size;
  Schedule month;
  int done = 0;
  explicit StillWorld(double lasting_gaps) {
    size = test::LabourSize{}.scaled(0.1);
    size.communes = 20;
    size.occupations = 10;
    size.unemployment_gap = 0.5;
    setting.params.lasting_gaps = lasting_gaps;
    test::build_labour_world(world, size, setting.params);
    set_start(world, setting.params, Month{2018, 12});
    month = test::labour_month(setting);
    test::run_labour(world, month, 0);
  }
  Halves after(int months) {
    for (++done; done <= months; ++done) month.run_month(world, test::labour_step(done));
    --done;
    return halves_of(world, size.occupations);
  }
};

// Standard error of the gap: about 5 500 unemployed, a third of them in the better half, drawn anew each year: .03. The
// band of .15 is five of them.
constexpr double kBand = 0.15;

TEST(StillWorld, GapsBetweenCommunesLast) {
  StillWorld still(1.0);
  const double start = still.after(0).gap();
  ASSERT_GT(start, 0.6) << "the invented communes differ";
  EXPECT_NEAR(still.after(12).gap(), start, kBand) << "after a year";
  EXPECT_NEAR(still.after(120).gap(), start, kBand) << "after ten";
}

TEST(StillWorld, WithOneHazardForAllTheyFade) {
  StillWorld still(0.0);
  const double start = still.after(0).gap();
  EXPECT_LT(std::fabs(still.after(120).gap()), 0.5 * start);
}

TEST(StillWorld, InCommutingStaysWhereItWas) {
  StillWorld still(1.0);
  const double start = 12'212.0;
  ASSERT_EQ(test::total<InCommuters>(still.world), 12'212);
  still.after(60);
  // Five years of hires and leavings of some 1 % a month; 6 % covers chance (1 %) and what expectation leaves out.
  EXPECT_NEAR(static_cast<double>(test::total<InCommuters>(still.world)), start, 0.06 * start);
}

}  // namespace
}  // namespace metier::labour
