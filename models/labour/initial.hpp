#pragma once
#include "models/labour/params.hpp"
#include "sim/core/rng.hpp"
#include "sim/core/step.hpp"
#include "sim/core/world.hpp"

#include <cstdint>

/// What the labour market needs at t = 0 besides persons, establishments and places: for whoever builds the population.
namespace metier::labour {

/// Gives the tables of the market their rows: one labour market, thirteen months of prices and wages, bands.
void set_up_tables(World& world);

/// Growth of a going wage in the long run [1/year], where prices and productivity grow by these rates [1/year].
///
/// Equation  w = (1 + pi)(1 + a) - 1 where labour.wage_catch_up > 0, since the gap that it closes settles, some
///           1 / labour.wage_catch_up months on; else w = (1 + pi)^iota - 1, iota = labour.wage_indexation  (README
///           eq. 6)
double trend_of_wages(const Params& params, double inflation, double productivity_growth);

/// The going wages of the year before t = 0, which the first yearly revisions look back at: they rose by `growth` here
/// and `outside` in the external zones [1/year], a choice: the trends of the run, so that its first year has no jump of
/// wages of its own making.
void set_wage_history(World& world, double growth, double outside);

/// The state at t = 0 that the first month asks for: the minimum wage in force in the month `at` (2018-12 for a run
/// that starts in 2019-01), the counts of people, jobs and posts, and wages by payee. Needs persons, staff, wage bills,
/// open posts and household cells.
void set_start(World& world, const Params& params, Month at);

/// Counts people, jobs and posts as they are before the first month. Needs persons, staff and wage bills.
void count_at_start(World& world);

inline constexpr int kLongestTenure = 480;  ///< months

/// Month in which the job of t = 0 began (0 or negative): tenures are geometric with the hazard of separation, cut off
/// beyond `longest` months. Cut off, not capped: who is capped would share a month of hire with many others, and so the
/// month of the yearly revision of wages.   Random: one uniform of `draws`
std::int16_t draw_hired_in(Draws& draws, double monthly_hazard, int longest = kLongestTenure);

/// Posts that an establishment of n employees has open at t = 0 in the mean: n v / (1 - v), v =
/// labour.vacancy_rate_small (1-9 employees) or _large.
double expected_posts(std::int32_t employees, const Params& params);
/// Their sum over the establishments here, and their employees: outside, posts are as many per job.
struct PostsAndJobs {
  double posts = 0.0, jobs = 0.0;
};
PostsAndJobs posts_and_jobs(World& world, const Params& params);

/// Open posts at t = 0, fractions of `expected_posts` by lot; the occupation is drawn with staffing * relative exit *
/// exp(labour.tension_slope * tension). The wanted staff of t = 0 has to count these posts, or they are withdrawn in
/// the first month. Outside, each zone has as many open posts per resident who works there as establishments here have
/// per employee; external_zone.posts counts filled and open ones.
///
/// Needs     external_zone.out_commuters (`settle_turnover` counts them)
/// Random    domain kLabourVacancy, month 0, keys of the establishment or zone and of the post
void open_initial_posts(World& world, const Params& params, const Seeds& seeds);

}  // namespace metier::labour
