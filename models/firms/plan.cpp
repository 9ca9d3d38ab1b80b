#include "models/firms/plan.hpp"

#include "sim/core/parallel.hpp"

#include <algorithm>

namespace metier::firms {

void plan(const Step&, const Params& params, In<Key> key, In<GoodOf> good, In<io::Storable> storable,
          In<Employees> employees, In<SelfEmployed> owners, In<Seasonal> seasonal, In<Productivity> productivity,
          In<Capital> capital, In<CapitalOutput> capital_output, In<ExpectedDemand> expected, In<FinishedStock> stock,
          In<outside::ShortTimeShare> suspended, Random<RngDomain::kFirmHiring> random, Out<Plan> planned,
          Out<LabourTarget> target, Out<HiresWanted> hires, Out<LayoffsWanted> layoffs, Out<ShortTime> short_time,
          Out<InvestmentPlan> investment) {
  const double growth = 1.0 + params.stock_target;
  for_each_row(planned.size(), [&](std::size_t i) {
    const bool goods = storable[good[i]] != 0;
    const double q = goods ? std::max(0.0, growth * expected[i] - stock[i]) : expected[i];
    planned[i] = q;
    target[i] = 0.0;
    hires[i] = 0;
    layoffs[i] = 0;
    short_time[i] = 0.0;
    investment[i] = 0.0;
    if (i == kNoFirm) return;

    const double per_worker = productivity[i] * params.labour_use;
    const double wanted_capital = capital_output[i] > 0.0 ? q / (capital_output[i] * params.capital_use) : 0.0;
    investment[i] = params.depreciation * capital[i] + std::max(0.0, wanted_capital - capital[i]) / params.invest_lag;

    // A unit with nobody on its books is a side activity that never hires, unless it is a seasonal employer.
    if (per_worker <= 0.0 || (employees[i] == 0 && owners[i] == 0 && seasonal[i] == 0)) return;
    const double least = owners[i] > 0 ? 0.0 : 1.0;
    const double wanted = std::max(least, q / per_worker);
    target[i] = wanted;
    const double workers = static_cast<double>(employees[i] + owners[i]);
    const double gap = wanted - workers;
    // A gap of less than half a worker is met by overtime or slack, not by a hire or a dismissal.
    if (gap > -0.5 && gap < 0.5) return;
    if (gap < 0.0) short_time[i] = suspended[0] * std::min(-gap, static_cast<double>(employees[i]));
    constexpr double kMost = 1e9;  // people: a plan that runs away still is a number; the labour market refuses it
    const double move =
        std::min(kMost, gap > 0.0 ? params.hire_speed * gap : -params.fire_speed * (1.0 - suspended[0]) * gap);
    const auto whole = static_cast<std::int32_t>(move);
    Draws draws = random(key[i]);
    const std::int32_t people = whole + (draws.uniform() < move - static_cast<double>(whole) ? 1 : 0);
    if (gap > 0.0) {
      hires[i] = people;
    } else {
      layoffs[i] = std::min(people, employees[i]);
    }
  });
}

void replace_capital(const Step&, const Params& params, In<Capital> capital, Out<InvestmentPlan> investment) {
  for_each_row(investment.size(), [&](std::size_t i) { investment[i] = params.depreciation * capital[i]; });
}

void plan_orders(const Step&, In<OrdersNow> orders, Out<Plan> planned) {
  for_each_row(planned.size(), [&](std::size_t i) { planned[i] = orders[i]; });
}

}  // namespace metier::firms
