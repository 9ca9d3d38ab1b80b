#pragma once
#include "models/labour/params.hpp"
#include "models/labour/pay.hpp"
#include "sim/core/step.hpp"
#include "sim/core/world.hpp"
#include "sim/engine/schedule.hpp"

#include <cstddef>
#include <cstdint>

/// Invented labour markets for tests and benchmarks: nothing here is data about a real place.
namespace metier::test {

/// Size of an invented labour market; the defaults have the shape of a metropolis of 1.2 million inhabitants.
struct LabourSize {
  std::size_t communes = 95, outside = 13, sectors = 36, occupations = 30;
  std::size_t establishments = 79'400;  ///< of which some two fifths employ somebody
  std::size_t salaried_jobs = 479'685;
  std::size_t self_employed = 47'386;
  std::size_t in_commuters = 122'115, out_commuters = 57'730;
  std::size_t unemployed = 55'500, halo = 32'745;
  double unemployment_gap =
      0.0;  ///< share of those without a job in communes of even number who live in an odd one instead
  std::uint64_t seed = 1;

  [[nodiscard]] LabourSize scaled(double factor) const;
};

/// Parameters of a labour month; the schedule keeps a copy.
struct LabourSetting {
  labour::Params params;
  tax::Params tax;
};

/// Fills the world: places, establishments with staff, persons at work and without, open posts on top of the staff.
/// What establishments want is fixed: their staff and the posts open at t = 0.
void build_labour_world(World& world, const LabourSize& size, const labour::Params& params);

/// P7, P8, P15 and P20 of the labour domain, in the order of the month.
Schedule labour_month(const LabourSetting& setting);

/// The month number `month` (1 = January 2019).
Step labour_step(int month, std::uint64_t seed = 7);

/// Seals the schedule, counts the state at t = 0 and runs months 1 .. `months`.
void run_labour(World& world, Schedule& schedule, int months, std::uint64_t seed = 7);

}  // namespace metier::test
