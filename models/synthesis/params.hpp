#pragma once
#include "models/synthesis/economy_params.hpp"

#include <cstdint>

namespace metier {
class ParamBinder;
}

namespace metier::synthesis {

/// Assumptions about people that no data hold.
struct PeopleParams {
  double occupation_tilt = 1.0;
  double mobility_self = 0.6;
  double same_domain = 3.0;
  double income_spread = 0.4;
  double idle_income = 0.5;
  double visitor_rows = 2.0;
};

/// Assumptions about establishments that no data hold; bound to the scenario in params.cpp, which says unit, range and
/// source.
struct Params {
  double scale_factor = 1.0;
  double a38_dirichlet = 50.0;
  double employment_margin_cv = 0.0;
  double overlap_units = 0.0;
  double owner_share = 0.25;
  double seasonal_owner_share = 0.5;
  double side_workers = 0.2;
  double jobs_factor_min = 0.25;
  double jobs_factor_max = 4.0;
  double group_jobs_tolerance = 0.03;
  double cell_jobs_tolerance = 0.25;
  int size_max = 6000;
  int survival_cohort = 2014;
  double mature_exit = 0.035;
  double mature_exit_size = 0.25;
  double mature_exit_no_employees = 0.11;
  int age_max_years = 60;
  int group_size_min = 20;
  double group_share = 0.5;
  double group_establishments = 2.0;
  double group_hq_outside_share = 0.6;
  PeopleParams people;
  EconomyParams economy;
};

void bind(ParamBinder& b, Params& p);
/// Section `scale` of the scenario: `factor`.
void bind_scale(ParamBinder& b, Params& p);

}  // namespace metier::synthesis
