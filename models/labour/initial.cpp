#include "models/labour/initial.hpp"

#include "models/labour/columns.hpp"
#include "models/labour/counts.hpp"
#include "models/labour/pay.hpp"
#include "models/labour/wages.hpp"
#include "sim/core/math.hpp"
#include "sim/engine/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace metier::labour {

void set_up_tables(World& world) {
  world.set_rows<LabourMarket>(1);
  world.set_rows<WageHistory>(kHistoryMonths);
  world.set_rows<DurationBand>(kDurationBands);
  world.set_rows<AgeBand>(kAgeBands);
  world.set_rows<SizeBand>(kSizeBands);
  world.column<CommonProductivity>()[0] = 1.0;
  world.column<OutsidePriceBefore>()[0] = 1.0;
  set_wage_history(world, 0.0, 0.0);
}

double trend_of_wages(const Params& params, double inflation, double productivity_growth) {
  if (params.wage_catch_up == 0.0) return math::pow(1.0 + inflation, params.wage_indexation) - 1.0;
  return (1.0 + inflation) * (1.0 + productivity_growth) - 1.0;
}

void set_wage_history(World& world, double growth, double outside) {
  const auto here = world.column<GoingWageSeen>();
  const auto there = world.column<OutsideWageSeen>();
  for (std::size_t ago = 0; ago < kHistoryMonths; ++ago) {
    const double years = static_cast<double>(ago) / 12.0;
    here[history_row(-static_cast<int>(ago))] = math::pow(1.0 + growth, -years);
    there[history_row(-static_cast<int>(ago))] = math::pow(1.0 + outside, -years);
  }
}

void set_start(World& world, const Params& params, Month at) {
  const auto minimum_wage = world.column<MinimumWage>();
  for (const MinimumWagePath::Level& level : params.minimum_wage_path.levels) {
    if (level.from <= at) minimum_wage[0] = level.cents;
  }
  count_at_start(world);
  world.set_rows<Payee>(Payees::number(world.rows<households::Cell>(), world.rows<ExternalZone>()));
  Schedule wages;
  wages.phase("P20", "counts", Schedule::RunAt::kMonthsAndStart).add("labour.add_up_payees", &add_up_payees);
  wages.seal(world);
  wages.run_start(world, Step{});
}

void count_at_start(World& world) {
  Schedule counting;
  counting.phase("P20", "counts", Schedule::RunAt::kMonthsAndStart)
      .add("labour.take_census", &take_census)
      .then()
      .add("labour.count_people", &count_people)
      .add("labour.count_jobs", &count_jobs);
  counting.seal(world);
  counting.run_start(world, Step{});
}

std::int16_t draw_hired_in(Draws& draws, double monthly_hazard, int longest) {
  const double u = draws.uniform();
  if (monthly_hazard <= 0.0) return static_cast<std::int16_t>(-std::floor(u * (longest + 1)));
  if (monthly_hazard >= 1.0) return 0;
  const double stays = math::log(1.0 - monthly_hazard);
  const double beyond = math::exp(stays * (longest + 1));  // probability of a longer tenure
  const double months = std::floor(math::log(beyond + u * (1.0 - beyond)) / stays);
  return static_cast<std::int16_t>(-std::min<double>(months, longest));
}

}  // namespace metier::labour
