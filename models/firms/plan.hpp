#pragma once
#include "models/firms/columns.hpp"
#include "models/firms/params.hpp"
#include "models/io/columns.hpp"
#include "models/outside/columns.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"

namespace metier::firms {

/// Plans output, workers and capital.
///
/// Equations Q* = max(0, (1 + nu) de - s_fin) for storable goods, de for services
///           N* = max(n_self > 0 ? 0 : 1, Q* / (A u_h));  dN = gamma_H (N* - N)+ - gamma_F (N - N*)+, fractions by lot
///           K* = Q* / (kcap u*);  I = delta_K K + (K* - K)+ / tau_K                              (README eq. 8-11)
/// Symbols   N workers on the books (employees and owners); Q*, de [kEUR2018/month]; K [kEUR2018]
///           short-time work suspends a share z of layoffs: gamma_F (1 - z); hours not worked = z (N - N*)+, at most
///           the staff
/// Writes    hires_wanted: posts wanted for growth; layoffs_wanted: employees to lay off (never more than there are)
/// Random    domain kFirmHiring, key firm.key, one uniform
void plan(const Step& step, const Params& params, In<Key> key, In<GoodOf> good, In<io::Storable> storable,
          In<Employees> employees, In<SelfEmployed> owners, In<Seasonal> seasonal, In<Productivity> productivity,
          In<Capital> capital, In<CapitalOutput> capital_output, In<ExpectedDemand> expected, In<FinishedStock> stock,
          In<outside::ShortTimeShare> suspended, Random<RngDomain::kFirmHiring> random, Out<Plan> planned,
          Out<LabourTarget> target, Out<HiresWanted> hires, Out<LayoffsWanted> layoffs, Out<ShortTime> short_time,
          Out<InvestmentPlan> investment);

/// Null model (`firms.mode: none`): capital is only replaced, and the plan is the order book; nobody is hired or laid
/// off.
void replace_capital(const Step& step, const Params& params, In<Capital> capital, Out<InvestmentPlan> investment);
void plan_orders(const Step& step, In<OrdersNow> orders, Out<Plan> planned);

}  // namespace metier::firms
