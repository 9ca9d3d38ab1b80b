#pragma once
#include "models/labour/job_events.hpp"
#include "models/labour/params.hpp"
#include "models/labour/selection.hpp"
#include "models/outside/columns.hpp"
#include "sim/core/step.hpp"

#include <vector>

namespace metier::labour {

/// Rows of wage_history: the level at the end of last month, and a year before that.
inline std::size_t price_row(int month) { return static_cast<std::size_t>((month % 13 + 13) % 13); }
inline double price_last_month(In<PriceSeen> prices, const Step& step) { return prices[price_row(step.month - 1)]; }
inline double price_a_year_before(In<PriceSeen> prices, const Step& step) { return prices[price_row(step.month - 13)]; }

/// Keeps the level of consumer prices, on which wages are indexed. At t = 0 the whole history is set to the level of
/// that day.                                                                                                   (README
/// eq. 12)
void observe_prices(const Step& step, In<outside::ConsumerPrice> price, InOut<PriceSeen> prices,
                    InOut<PriceAtStart> price_at_start);

/// Keeps the growth of productivity of each establishment over the last calendar year (updated every December).
void observe_productivity(const Step& step, In<firms::Productivity> productivity, InOut<ProductivityYear> year,
                          InOut<ProductivityGrowth> growth);

/// Sets the minimum wage: the legal path as long as it lasts, then each January the prices of the year before.
void set_minimum_wage(const Step& step, const MinimumWagePath& path, In<PriceSeen> prices,
                      InOut<MinimumWage> minimum_wage, InOut<MinimumWagePrice> price_then);

/// Working memory of the yearly revision.
struct Revision {
  Selection selection;
  std::vector<std::int32_t> raise;  ///< new wage less old, per entry
};

/// Revises wages in the month of the year in which the job began, and lifts all wages to the minimum.
///
/// Equation  w <- w (P / P_year_ago)^iota_w * e^(b_A g_i), g_i = growth of productivity over the last calendar year
/// (none
///           for jobs outside); then max(w, minimum wage)                                                  (README eq.
///           11)
/// Rounded   to cents, half away from zero; firm.wage_bill follows
void revise_wages(const Step& step, const Params& params, In<StatusOf> status, In<Employer> employer,
                  In<HiredIn> hired_in, InOut<Wage> wage, In<PriceSeen> prices, In<ProductivityGrowth> growth,
                  In<MinimumWage> minimum_wage, InOut<firms::WageBill> wage_bill, Scratch<Revision> revision);

}  // namespace metier::labour
