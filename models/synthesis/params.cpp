#include "models/synthesis/params.hpp"

#include "sim/config/binder.hpp"

namespace metier::synthesis {

namespace {

void bind_people(ParamBinder& b, PeopleParams& p) {
  b.field("occupation_tilt", p.occupation_tilt,
          {.unit = "1",
           .lo = 0.0,
           .hi = 100.0,
           .prior = {0.0, 3.0},
           .doc = "How much more often posts of the higher level go to residents of communes with a higher median "
                  "living standard: weight "
                  "of the rank (0 to 1) against a uniform lot; 0: not at all.",
           .source = "choice"});
  b.field("mobility_self", p.mobility_self,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.4, 0.8},
           .doc = "Share of applications that stay in the occupation.",
           .source = "choice"});
  b.field("same_domain", p.same_domain,
          {.unit = "1",
           .lo = 0.0,
           .hi = 100.0,
           .prior = {1.0, 6.0},
           .doc = "Factor on moves to another level of the same professional domain.",
           .source = "choice"});
  b.field("income_spread", p.income_spread,
          {.unit = "log",
           .lo = 0.0,
           .hi = 3.0,
           .prior = {0.2, 0.7},
           .doc = "Standard deviation of household income around the person's own (other earners, children), for the "
                  "income quintile.",
           .source = "choice"});
  b.field(
      "idle_income", p.idle_income,
      {.unit = "share",
       .lo = 0.01,
       .hi = 1.0,
       .prior = {0.3, 0.7},
       .doc =
           "Income of people without a job relative to the median wage of their occupation, for the income quintile.",
       .source = "choice"});
  b.field("visitor_rows", p.visitor_rows,
          {.unit = "1",
           .lo = 1.0,
           .hi = 10.0,
           .doc = "Rows for people of the zones outside, as a multiple of the in-commuters of t = 0: how many can come "
                  "at the most.",
           .source = "memory of the program, no assumption about people"});
}

}  // namespace

void bind(ParamBinder& b, Params& p) {
  b.field("a38_dirichlet", p.a38_dirichlet,
          {.unit = "1",
           .lo = 0.0,
           .hi = 1e9,
           .prior = {20.0, 500.0},
           .doc = "Concentration of the Dirichlet draw, by population seed, of the sector mix inside industry, market "
                  "services and public "
                  "services; 0 keeps the national mix.",
           .source = "choice: no local source gives the mix"});
  b.field("employment_margin_cv", p.employment_margin_cv,
          {.unit = "1",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.0, 0.15},
           .doc = "Coefficient of variation, by population seed, of the national employment of sectors that the source "
                  "estimates.",
           .source = "choice: estimated cells carry about 15 %"});
  b.field("overlap_units", p.overlap_units,
          {.unit = "establishment",
           .lo = 0.0,
           .hi = 1e7,
           .prior = {0.0, 5000.0},
           .doc = "Units without employees of the one source that the other counts as employers, taken off the former "
                  "at full scale.",
           .source = "two scopes and two years; choice"});
  b.field("owner_share", p.owner_share,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.1, 0.5},
           .doc = "Probability that an employer of 1-9 has a self-employed owner.",
           .source = "choice"});
  b.field("seasonal_owner_share", p.seasonal_owner_share,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.2, 0.8},
           .doc = "Probability that an employer with nobody on 31 December has a self-employed owner.",
           .source = "choice"});
  b.field("side_workers", p.side_workers,
          {.unit = "worker",
           .lo = 0.0,
           .hi = 10.0,
           .prior = {0.05, 0.5},
           .doc = "Worker-equivalents of a unit with neither employee nor self-employed owner (a secondary activity).",
           .source = "choice"});
  b.field("jobs_factor_min", p.jobs_factor_min,
          {.unit = "1",
           .lo = 1e-3,
           .hi = 1.0,
           .prior = {0.2, 0.5},
           .doc = "Smallest factor on the sizes of a commune before smaller classes move too.",
           .source = "choice"});
  b.field("jobs_factor_max", p.jobs_factor_max,
          {.unit = "1",
           .lo = 1.0,
           .hi = 1e3,
           .prior = {2.0, 5.0},
           .doc = "Largest factor on the sizes of a commune before smaller classes move too.",
           .source = "choice"});
  b.field("group_jobs_tolerance", p.group_jobs_tolerance,
          {.unit = "1",
           .lo = 1e-3,
           .hi = 1.0,
           .prior = {0.01, 0.07},
           .doc = "Relative error allowed on the territory's salaried jobs by group of sectors.",
           .source = "two estimates of the groups differ by about 7 %"});
  b.field("cell_jobs_tolerance", p.cell_jobs_tolerance,
          {.unit = "1",
           .lo = 0.01,
           .hi = 100.0,
           .prior = {0.15, 0.5},
           .doc = "Relative error from which the jobs of a (commune, group) are pulled towards their estimate.",
           .source = "error of the estimate, about 25 %"});
  b.field("size_max", p.size_max,
          {.unit = "person",
           .lo = 51,
           .hi = 1'000'000,
           .prior = {3000, 12000},
           .doc = "Largest size of the law of class 50+; the reconciliation of jobs may go above.",
           .source = "choice"});
  b.field("survival_cohort", p.survival_cohort,
          {.unit = "year",
           .lo = 1900,
           .hi = 2199,
           .prior = {2010, 2018},
           .doc = "Cohort of new firms whose five-year survival gives the ages of establishments.",
           .source = "INSEE, SINE survey; the cohort 2018 bears the aid of 2020-2021"});
  b.field("mature_exit", p.mature_exit,
          {.unit = "1/year",
           .lo = 0.0,
           .hi = 0.9,
           .prior = {0.02, 0.06},
           .doc = "Hazard of an employer after its fifth year at one employee, for the ages at t = 0.",
           .source = "choice"});
  b.field("mature_exit_size", p.mature_exit_size,
          {.unit = "1",
           .lo = 0.0,
           .hi = 2.0,
           .prior = {0.1, 0.4},
           .doc = "The hazard falls with employees to this power.",
           .source = "choice"});
  b.field("mature_exit_no_employees", p.mature_exit_no_employees,
          {.unit = "1/year",
           .lo = 0.0,
           .hi = 0.9,
           .prior = {0.07, 0.15},
           .doc = "Hazard after the fifth year of units without employees, for the ages at t = 0.",
           .source = "balance of creations and exits at a growth of 1 % a year"});
  b.field("age_max_years", p.age_max_years,
          {.unit = "year",
           .lo = 6,
           .hi = 200,
           .prior = {40, 100},
           .doc = "Oldest establishment at t = 0.",
           .source = "choice"});
  b.field("group_size_min", p.group_size_min,
          {.unit = "person",
           .lo = 1,
           .hi = 1'000'000,
           .prior = {10, 50},
           .doc = "Size from which an establishment may belong to a group.",
           .source = "choice"});
  b.field("group_share", p.group_share,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.3, 0.7},
           .doc = "Probability that an establishment of that size belongs to a group.",
           .source = "choice"});
  b.field("group_establishments", p.group_establishments,
          {.unit = "establishment",
           .lo = 1.0,
           .hi = 1000.0,
           .prior = {1.0, 5.0},
           .doc = "Mean number of establishments that a group has here; they are of one sector.",
           .source = "choice"});
  b.field("group_hq_outside_share", p.group_hq_outside_share,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.4, 0.8},
           .doc = "Probability that the head office of a group lies outside the territory: its profits leave.",
           .source = "choice"});
  bind_people(b, p.people);
  bind_economy(b, p.economy);
}

void bind_scale(ParamBinder& b, Params& p) {
  b.field("factor", p.scale_factor,
          {.unit = "1",
           .lo = 0.01,
           .hi = 10.0,
           .doc = "Size of the population relative to the territory: establishments and persons are thinned or "
                  "replicated, rates and "
                  "shares stay.",
           .source = "1 for results; less for tests"});
}

}  // namespace metier::synthesis
