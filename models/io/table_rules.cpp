#include "models/io/table_rules.hpp"

#include "models/io/production.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <vector>

namespace metier::io {

namespace {
/// First row of a month in a path; the last month holds afterwards.
std::size_t path_row(const Step& step, std::size_t rows, std::size_t sectors) {
  const std::size_t months = rows / sectors;
  return std::min(static_cast<std::size_t>(step.month), months - 1) * sectors;
}
}  // namespace

void follow_table(const Step& step, const Params&, TableMonth v) {
  const std::size_t sectors = v.sectors.size();
  const std::size_t first = path_row(step, v.final_demand.size(), sectors);
  std::vector<double> members(sectors, 0.0);
  for (std::size_t i = 1; i < v.sector.size(); ++i) members[v.sector[i]] += 1.0;
  v.order[firms::kNoFirm] = v.loss[firms::kNoFirm] = v.other_cost[firms::kNoFirm] = 0.0;
  for (std::size_t i = 1; i < v.sector.size(); ++i) {
    const std::size_t s = v.sector[i];
    v.order[i] = v.final_demand[first + s] / members[s];
    v.loss[i] = v.capacity_loss[first + s];
    v.other_cost[i] = v.value_added[first + s];
  }
  for (std::size_t g = 0; g < v.fill.size(); ++g) v.fill[g] = v.import_fill[first + g];
}

void lift_price_shock(const Step& step, In<firms::SectorOf> sector, In<firms::SectorGood> sectors, In<PricePath> path,
                      InOut<firms::Price> price) {
  const std::size_t first = path_row({step.month - 1, step.calendar, step.seeds}, path.size(), sectors.size());
  for_each_row(price.size(), [&](std::size_t i) {
    if (i != firms::kNoFirm) price[i] /= path[first + sector[i]];
  });
}

void shock_prices(const Step& step, In<firms::SectorOf> sector, In<firms::SectorGood> sectors, In<PricePath> path,
                  InOut<firms::Price> price) {
  const std::size_t first = path_row(step, path.size(), sectors.size());
  for_each_row(price.size(), [&](std::size_t i) {
    if (i != firms::kNoFirm) price[i] *= path[first + sector[i]];
  });
}

void expect_output(const Step&, In<firms::Output> output, Out<firms::ExpectedDemand> expected) {
  for_each_row(expected.size(), [&](std::size_t i) { expected[i] = output[i]; });
}

void expect_orders(const Step&, In<firms::Orders> orders, Out<firms::ExpectedDemand> expected) {
  for_each_row(expected.size(), [&](std::size_t i) { expected[i] = orders[i]; });
}

void spend_labour_income(const Step&, const double& spend, In<firms::Output> output, In<LabourCoefficient> labour,
                         In<ConsumptionShare> share, Out<firms::OrderHousehold> order) {
  const double income = ordered_sum(output.size(), [&](std::size_t i) { return labour[i] * output[i]; });
  for_each_row(order.size(), [&](std::size_t j) { order[j] = share[j] * spend * income; });
}

void order_inputs_fixed_target(const Step&, const Params& params, In<InputFirm> firm, In<Coefficient> coefficient,
                               In<TargetMonths> months, In<Stock> stock, In<firms::Orders> orders,
                               In<InitialOutput> initial, Out<InputOrder> order) {
  for_each_row(order.size(), [&](std::size_t k) {
    const double use = coefficient[k] * orders[firm[k]];
    const double target = months[k] * coefficient[k] * initial[firm[k]];
    order[k] = std::max(0.0, use + (target - stock[k]) / params.tau_inventory);
  });
}

void produce_table(const Step&, const Params& params, const firms::Params& firms, TableProduction v) {
  const bool limited = firms.mode == firms::Mode::kDefault;
  for_each_row(v.output.size(), [&](std::size_t i) {
    const std::size_t begin = v.begin[i], count = v.count[i];
    const InputsOf inputs{v.coefficient.span().subspan(begin, count), v.stock.span().subspan(begin, count),
                          v.criticality.span().subspan(begin, count)};
    const double by_input = params.stocks == Stocks::kInfinite
                                ? input_limit(Mode::kNone, inputs, 0.0, params.ces_sigma)
                                : input_limit(params.mode, inputs, v.initial[i], params.ces_sigma);
    double x = v.orders[i];
    firms::Bound bound = firms::Bound::kDemand;
    double capacity = v.initial[i] * (1.0 - v.loss[i]);
    if (limited) {
      capacity = std::min(capacity, v.staffed[i]);
      const double gap = std::min(v.orders[i], by_input) - capacity;
      const double staffed = capacity + (gap > 0.0 ? firms.hire_speed : firms.fire_speed) * gap;
      v.staffed[i] = std::clamp(staffed, 0.0, v.initial[i]);
    }
    v.capacity[i] = capacity;
    if ((limited || v.loss[i] > 0.0) && capacity < x) {
      x = capacity;
      bound = firms::Bound::kCapital;
    }
    if (by_input < x) {
      x = by_input;
      bound = firms::Bound::kInput;
    }
    double missing = 0.0;
    if (params.stocks == Stocks::kFinite) {
      for (std::size_t k = begin; k < begin + count; ++k) {
        const double need = v.coefficient[k] * x;
        const double use = std::min(need, v.stock[k]);
        v.stock[k] -= use;
        missing += need - use;
      }
    }
    v.shortfall[i] = missing;
    v.now[i] = v.output[i] = x;
    v.bound[i] = bound;
  });
}

void order_inputs_ario(const Step&, const Params& params, In<InputFirm> firm, In<Coefficient> coefficient,
                       In<TargetMonths> months, In<Stock> stock, In<firms::Output> output, In<DesiredOutput> desired,
                       Out<InputOrder> order) {
  for_each_row(order.size(), [&](std::size_t k) {
    const std::size_t i = firm[k];
    const double gap = months[k] * coefficient[k] * desired[i] - stock[k];
    order[k] = coefficient[k] * output[i] + std::max(0.0, gap) / params.ario.tau_inventory;
  });
}

void produce_ario(const Step& step, const Params& params, ArioProduction v) {
  const ArioParams& ario = params.ario;
  for_each_row(v.output.size(), [&](std::size_t i) {
    const double d = v.orders[i];
    double& alpha = v.alpha[i];
    if (step.month > 1 && d > 0.0) {
      const double z = (d - v.output[i]) / d;
      double next = alpha + (ario.alpha_max - alpha) * z / ario.tau_alpha;
      if (z == 0.0) next += (ario.alpha_base - alpha) / ario.tau_alpha;
      alpha = std::max(next, ario.alpha_base);
    }
    v.capacity[i] = alpha * (1.0 - v.loss[i]) * v.initial[i];
    v.desired[i] = std::min(d, v.capacity[i]);
    double share = 1.0;
    firms::Bound limit = v.desired[i] < d ? firms::Bound::kCapital : firms::Bound::kDemand;
    const std::size_t begin = v.begin[i], end = begin + v.count[i];
    for (std::size_t k = begin; k < end; ++k) {
      const double needed = ario.psi * v.months[k] * v.coefficient[k] * v.desired[i];
      if (needed <= 0.0 || v.stock[k] >= share * needed) continue;
      share = v.stock[k] / needed;
      limit = firms::Bound::kInput;
    }
    const double x = v.desired[i] * share;
    double missing = 0.0;
    for (std::size_t k = begin; k < end; ++k) {
      const double need = v.coefficient[k] * x;
      const double use = std::min(need, v.stock[k]);
      v.stock[k] -= use;
      missing += need - use;
    }
    v.now[i] = v.output[i] = x;
    v.bound[i] = limit;
    v.shortfall[i] = missing;
  });
}

void deliver_volumes(const Step&, VolumeDelivery v) {
  for_each_row(v.order.size(), [&](std::size_t k) {
    double share = v.outside[k] * v.import_fill[v.good[k]];
    const std::size_t first = v.link_begin[k];
    for (std::size_t e = first; e < first + v.link_count[k]; ++e) share += v.link_share[e] * v.fill[v.supplier[e]];
    v.delivered[k] = v.order[k] * share;
    v.stock[k] += v.delivered[k];
  });
}

void count_unmet(const Step&, In<firms::OrderExport> order, In<firms::OrderHousehold> households,
                 In<firms::FillOther> fill, In<firms::FillHousehold> fill_household, Out<UnmetFinal> unmet) {
  for_each_row(unmet.size(), [&](std::size_t i) {
    unmet[i] = order[i] * (1.0 - fill[i]) + households[i] * (1.0 - fill_household[i]);
  });
}

}  // namespace metier::io
