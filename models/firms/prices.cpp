#include "models/firms/prices.hpp"

#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <cmath>

namespace metier::firms {

namespace {

bool resets(Draws& draws, const Params& params, bool storable) {
  return draws.uniform() < params.price_reset[storable ? 1 : 0];
}

/// CANVAS rule: both the gap of demand and the own price relative to the market decide; moves are capped.
double canvas_price(double price, double level, double demand, double supply, double cap) {
  const double gap = supply > 0.0 ? std::clamp(demand / supply - 1.0, -cap, cap) : 0.0;
  const bool short_supply = demand >= supply;
  const bool cheap = price < level;
  return short_supply == cheap ? price * (1.0 + gap) : price;
}

}  // namespace

double unit_cost_of(std::size_t i, const CostView& cost, const Params& params, const tax::Params& tax) {
  const double workers = static_cast<double>(cost.employees[i] + cost.owners[i]) + static_cast<double>(cost.side[i]);
  const double normal = cost.productivity[i] * workers * params.labour_use;
  double uc = cost.other_cost[i];
  if (normal > 0.0) {
    const double wages =
        static_cast<double>(cost.wage_bill[i]) / kCentsPerKiloEuro * (1.0 + tax.employer_contributions);
    uc += (wages + params.depreciation * cost.capital[i] * cost.investment_price[0]) / normal;
  }
  const std::size_t begin = cost.input_begin[i];
  for (std::size_t k = begin; k < begin + cost.input_count[i]; ++k) {
    const std::size_t good = cost.input_good[k];
    double price = (cost.share_rof[k] + cost.share_nwe[k] + cost.share_row[k]) * cost.outside_price[good];
    const std::size_t first = cost.link_begin[k];
    for (std::size_t e = first; e < first + cost.link_count[k]; ++e)
      price += cost.link_share[e] * cost.price[cost.supplier[e]];
    uc += cost.coefficient[k] * price;
  }
  if (cost.basket[i] > 0.0) uc += cost.basket[i] * cost.basket_price[cost.basket_group[i]];
  return uc;
}

void update_costs(const Step&, const Params& params, const tax::Params& tax, CostView cost, In<Key> key,
                  In<io::Storable> storable, Random<RngDomain::kFirmPrice> random, InOut<UnitCost> unit_cost) {
  if (params.pricing == Pricing::kFixed) return;
  for_each_row(unit_cost.size(), [&](std::size_t i) {
    if (i == kNoFirm) return;
    Draws draws = random(key[i]);
    if (resets(draws, params, storable[cost.good[i]] != 0)) unit_cost[i] = unit_cost_of(i, cost, params, tax);
  });
}

void set_prices(const Step&, const Params& params, In<Key> key, In<GoodOf> good, In<io::Storable> storable,
                In<Orders> orders, In<ExpectedDemand> expected, In<FinishedStock> stock, In<UnitCost> unit_cost,
                In<io::PriceLevel> price_level, Random<RngDomain::kFirmPrice> random, InOut<Markup> markup,
                InOut<Price> price) {
  if (params.pricing == Pricing::kFixed) return;
  for_each_row(price.size(), [&](std::size_t i) {
    if (i == kNoFirm) return;
    const bool goods = storable[good[i]] != 0;
    Draws draws = random(key[i]);
    if (!resets(draws, params, goods)) return;
    if (params.pricing == Pricing::kCanvas) {
      const double supply = goods ? expected[i] + stock[i] : expected[i];
      price[i] = canvas_price(price[i], price_level[good[i]], orders[i], supply, params.price_move_max);
      return;
    }
    const double step = std::fabs(draws.normal()) * params.markup_step;
    const bool pressed = goods ? stock[i] < params.stock_target * expected[i] : orders[i] > expected[i];
    markup[i] *= pressed ? 1.0 + step : 1.0 - std::min(step, 1.0);
    const double wanted = (1.0 + markup[i]) * unit_cost[i];
    price[i] = std::clamp(wanted, price[i] * (1.0 - params.price_move_max), price[i] * (1.0 + params.price_move_max));
  });
}

}  // namespace metier::firms
