#include "models/labour/initial.hpp"

#include "models/labour/columns.hpp"
#include "models/labour/counts.hpp"
#include "models/labour/job_events.hpp"
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
}

void set_start(World& world, const Params& params, Month at) {
  const auto minimum_wage = world.column<MinimumWage>();
  for (const MinimumWagePath::Level& level : params.minimum_wage_path.levels) {
    if (level.from <= at) minimum_wage[0] = level.cents;
  }
  Schedule counting;
  counting.phase("P20", "counts", Schedule::RunAt::kMonthsAndStart)
      .add("labour.count_people", &count_people)
      .add("labour.count_jobs", &count_jobs);
  counting.seal(world);
  Step step;
  step.calendar = at;
  counting.run_start(world, step);
}

std::int16_t draw_hired_in(Draws& draws, double monthly_hazard) {
  constexpr double kLongest = 480.0;
  const double u = draws.uniform();
  if (monthly_hazard <= 0.0) return static_cast<std::int16_t>(-std::floor(u * kLongest));
  if (monthly_hazard >= 1.0) return 0;
  const double months = std::floor(math::log(u) / math::log(1.0 - monthly_hazard));
  return static_cast<std::int16_t>(-std::min(months, kLongest));
}

void set_visit_shares(World& world, const Params& params) {
  const auto home = world.column<Home>();
  const auto status = world.column<StatusOf>();
  const auto occupation = world.column<OccupationOf>();
  const auto relative_exit = world.column<RelativeExit>();
  const auto unemployed = world.column<ZoneUnemployed>();
  const auto share = world.column<VisitShare>();
  const std::size_t communes = world.rows<sites::Commune>();
  std::vector<double> leavers(share.size(), 0.0);
  double residents_leaving = 0.0, residents_looking = 0.0;
  for (std::size_t h = 0; h < home.size(); ++h) {
    if (status[h] == Status::kEmployed) {
      const double hazard = std::min(1.0, params.separation_rate * relative_exit[occupation[h]]);
      (home[h] < communes ? residents_leaving : leavers[home[h] - communes]) += hazard;
    } else if (status[h] == Status::kUnemployed) {
      residents_looking += 1.0;
    } else if (status[h] == Status::kHalo) {
      residents_looking += params.halo_search;
    }
  }
  if (residents_looking <= 0.0 || residents_leaving <= 0.0) return;
  const double finding = std::min(1.0, residents_leaving / residents_looking);
  for (std::size_t z = 0; z < share.size(); ++z) {
    const double applicants = leavers[z] / finding;
    if (unemployed[z] <= 0.0) unemployed[z] = applicants;
    share[z] = unemployed[z] > 0.0 ? applicants / unemployed[z] : 0.0;
  }
}

}  // namespace metier::labour
