#pragma once
#include "models/labour/job_events.hpp"
#include "models/labour/params.hpp"
#include "models/labour/selection.hpp"
#include "models/outside/columns.hpp"
#include "sim/core/step.hpp"

#include <vector>

namespace metier::labour {

/// Rows of wage_history: the level at the end of last month, and a year before that.
inline std::size_t history_row(int month) { return static_cast<std::size_t>((month % 13 + 13) % 13); }
inline double price_last_month(In<PriceSeen> prices, const Step& step) { return prices[history_row(step.month - 1)]; }
/// The going wage here (GoingWageSeen) or in the external zones (OutsideWageSeen).
template <class Seen>
double going_wage_last_month(In<Seen> going, const Step& step) {
  return going[history_row(step.month - 1)];
}
template <class Seen>
double going_wage_a_year_before(In<Seen> going, const Step& step) {
  return going[history_row(step.month - 13)];
}

/// Keeps the level of consumer prices, which wages follow. At t = 0 the whole history is set to the level of that day.
void observe_prices(const Step& step, In<outside::ConsumerPrice> price, InOut<PriceSeen> prices,
                    InOut<PriceAtStart> price_at_start);

/// Each December: growth of productivity of each establishment over the calendar year, relative to that of all jobs,
/// and what is common to all jobs.
///
/// Equation  g_i = ln(A_i / A_i a year ago) - g,  g = mean over employees of ln(A_i / A_i a year ago);  A <- A e^g
/// Symbols   A = labour_market.productivity, 1 at t = 0  (README eq. 11)
void observe_productivity(const Step& step, In<firms::Productivity> productivity, In<firms::Employees> employees,
                          InOut<ProductivityYear> year, InOut<ProductivityGrowth> growth,
                          InOut<CommonProductivity> common);

/// Moves the going wage, which new posts, reservation wages and the yearly revision follow.
///
/// Equation  ln W <- ln W + iota ln(P / P-) + lambda (ln(P- / P0) + ln A - eps ln(u / u0) - ln W)  (README eq. 6)
/// Symbols   W relative to t = 0; P, P-, P0 consumer prices now, a month ago, at t = 0; A common productivity; u, u0
///           unemployment rate of the territory now and when first observed (half a person added to each count);
///           iota = labour.wage_indexation, lambda = labour.wage_catch_up, eps = labour.wage_curve
/// Limit     prices and productivity are passed on in full: with growth pi + a of P A, W grows by pi + a and stays
///           ((1 - iota) pi + a) / lambda (per month) behind
void move_going_wage(const Step& step, const Params& params, In<PriceSeen> prices, In<PriceAtStart> price_at_start,
                     In<CommonProductivity> common, In<Unemployed> unemployed, In<EmployedResidents> employed,
                     In<UnemploymentReference> reference, InOut<GoingWageSeen> going);

/// Moves the going wage of the external zones, which posts there, the pay of those who work there and the reservation
/// wages of applicants from there follow: the same law with the prices and the productivity of outside, at unemployment
/// as at t = 0.
///
/// Equation  ln Wx <- ln Wx + iota ln(Px / Px-) + lambda (ln Px- + ln Ax - ln Wx)  (README eq. 6)
/// Symbols   Px, Px- outside prices now and a month ago, Ax outside productivity, all relative to t = 0
void move_outside_wage(const Step& step, const Params& params, In<outside::OutsidePriceLevel> price,
                       In<outside::OutsideProductivity> productivity, InOut<OutsidePriceBefore> before,
                       InOut<OutsideWageSeen> going);

/// Sets the minimum wage: the legal path as long as it lasts, then each January prices and half the rise of the going
/// wage beyond prices since it was last set.  (README eq. 12)
/// Source    Code du travail, art. L3231-4 to L3231-8 (there: prices of the poorest fifth, wages of workers and
///           clerks), to be checked
void set_minimum_wage(const Step& step, const MinimumWagePath& path, In<PriceSeen> prices, In<GoingWageSeen> going,
                      InOut<MinimumWage> minimum_wage, InOut<MinimumWagePrice> price_then,
                      InOut<MinimumWageGoing> going_then);

/// Working memory of the yearly revision.
struct Revision {
  Selection selection;
  std::vector<std::int32_t> raise;  ///< new wage less old, per entry
};

/// Whose wages are revised.
struct RevisionView {
  In<StatusOf> status;
  In<Employer> employer;
  In<HiredIn> hired_in;
  In<Home> home;
  In<Cell> cell;
  In<OccupationOf> occupation;
};

/// Revises wages in the month of the year in which the job began, and lifts all wages to the minimum.
///
/// Equation  w <- w W / W_year_ago e^(b_A g_i), then max(w, minimum wage)  (README eq. 11)
/// Symbols   W the going wage (of the external zones for jobs there), g_i = growth of productivity over the last
///           calendar year relative to all jobs (none for jobs outside)
/// Rounded   to cents, half away from zero; wage bills and the other totals of wages follow
void revise_wages(const Step& step, const Params& params, RevisionView person, InOut<Wage> wage,
                  In<GoingWageSeen> going, In<OutsideWageSeen> outside_wage, In<ProductivityGrowth> growth,
                  In<MinimumWage> minimum_wage, WageTotals totals, Scratch<Revision> revision);

}  // namespace metier::labour
