#pragma once
#include "models/labour/params.hpp"
#include "sim/core/rng.hpp"
#include "sim/core/step.hpp"
#include "sim/core/world.hpp"

#include <cstdint>

/// What the labour market needs at t = 0 besides persons, establishments and places: for whoever builds the population.
namespace metier::labour {

/// Gives the tables of the market their rows: one labour market, thirteen months of prices, bands.
void set_up_tables(World& world);

/// The state at t = 0 that the first month asks for: the minimum wage in force in the month `at` (2018-12 for a run
/// that starts in 2019-01) and the counts of people, jobs and posts. Needs persons, staff, wage bills and open posts.
void set_start(World& world, const Params& params, Month at);

/// Month in which the job of t = 0 began (0 or negative): tenures are geometric with the hazard of separation, at most
/// 40 years.   Random: one uniform of `draws`
std::int16_t draw_hired_in(Draws& draws, double monthly_hazard);

/// Open posts at t = 0: n v / (1 - v) posts for n employees, v = labour.vacancy_rate_small (1-9 employees) or _large,
/// fractions by lot; the occupation is drawn with staffing * relative exit * exp(labour.tension_slope * tension). The
/// wanted staff of t = 0 has to count these posts, or they are withdrawn in the first month.
///
/// Random    domain kLabourVacancy, month 0, keys of the establishment and of the post
void open_initial_posts(World& world, const Params& params, const Seeds& seeds);

/// Sets external_zone.visit_share so that the hires of the people of each zone replace those who leave, if an applicant
/// from outside finds a job as easily as a resident has to for employment of residents to stand still:
/// applicants of z = (sum of separation hazards of its in-commuters) / f, f = (sum of hazards of residents at work) /
/// (unemployed + labour.halo_search * halo). A zone without a number of unemployed (abroad) gets the applicants it
/// needs and share 1. Needs persons with status and occupation, and occupation.relative_exit.
void set_visit_shares(World& world, const Params& params);

}  // namespace metier::labour
