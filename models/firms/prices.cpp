#include "models/firms/prices.hpp"

#include "sim/core/math.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace metier::firms {

namespace {

/// body(rows) with the establishments of a block that reset their price this month: the first uniform of the key
/// decides.
template <class Body>
void for_resets(const Params& params, std::span<const std::uint64_t> key, In<GoodOf> good, In<io::Storable> storable,
                const StepStream& stream, Body&& body) {
  for_each_block(key.size(), kRowBlock, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::array<double, kRowBlock> uniform;
    std::array<std::uint32_t, kRowBlock> rows;
    std::size_t count = 0;
    fill_uniform(stream.stream(), key.subspan(begin, end - begin), stream.month(), stream.substep(0),
                 std::span(uniform).first(end - begin));
    for (std::size_t i = std::max<std::size_t>(begin, kNoFirm + 1); i < end; ++i) {
      rows[count] = static_cast<std::uint32_t>(i);
      count += std::size_t{uniform[i - begin] < params.price_reset[storable[good[i]] != 0 ? 1 : 0]};
    }
    body(std::span<const std::uint32_t>(rows).first(count));
  });
}

/// What the gap of demand is met by under the CANVAS rule.
enum class Answer : std::uint8_t { kPrice, kQuantity };
Answer canvas_answer(double gap, double price, double level) {
  return (gap >= 0.0) == (price < level) ? Answer::kPrice : Answer::kQuantity;
}
double canvas_gap(double demand, double supply, double cap) {
  return supply > 0.0 ? std::clamp(demand / supply - 1.0, -cap, cap) : 0.0;
}

double moved_price(double price, double wanted, double most) {
  return std::clamp(wanted, price * (1.0 - most), price * (1.0 + most));
}

double workers_of(std::size_t i, const CostView& cost) {
  return static_cast<double>(cost.employees[i] + cost.owners[i]) + static_cast<double>(cost.side[i]);
}

/// Those who reset are few and scattered: what they need is asked for in two steps, some establishments ahead.
void prefetch_inputs(std::size_t i, const CostView& cost) {
  if (cost.input_count[i] == 0) return;
  const std::size_t k = cost.input_begin[i];
  for (const auto* column :
       {cost.coefficient.data(), cost.share_rof.data(), cost.share_nwe.data(), cost.share_row.data()}) {
    prefetch(column + k);
    prefetch(column + k + 8);
  }
  prefetch(cost.input_good.data() + k);
  prefetch(cost.link_begin.data() + k);
  prefetch(cost.link_count.data() + k);
}
void prefetch_links(std::size_t i, const CostView& cost) {
  if (cost.input_count[i] == 0) return;
  const std::size_t e = cost.link_begin[cost.input_begin[i]];
  prefetch(cost.supplier.data() + e);
  prefetch(cost.link_share.data() + e);
  prefetch(cost.link_share.data() + e + 8);
}

/// Rise of costs over the mean age of a price.
double rise_of_costs(double per_year, double reset) {
  return reset > 0.0 ? math::pow(1.0 + per_year, (1.0 - reset) / (12.0 * reset)) : 1.0;
}

}  // namespace

double unit_cost_of(std::size_t i, const CostView& cost, const Params& params, const tax::Params& tax) {
  const double normal = cost.productivity[i] * workers_of(i, cost) * params.labour_use;
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
  for_resets(params, key.span(), cost.good, storable, random.stream(), [&](std::span<const std::uint32_t> rows) {
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (r + 4 < rows.size()) prefetch_inputs(rows[r + 4], cost);
      if (r + 2 < rows.size()) prefetch_links(rows[r + 2], cost);
      const std::size_t i = rows[r];
      const bool works_alone = cost.productivity[i] <= 0.0;  // the makers of a table of the user's own need nobody
      if (works_alone || workers_of(i, cost) > 0.0) unit_cost[i] = unit_cost_of(i, cost, params, tax);
    }
  });
}

void set_prices(const Step& step, const Params& params, const outside::Params& outside, In<Key> key, In<GoodOf> good,
                In<io::Storable> storable, In<Orders> orders, In<ExpectedDemand> expected, In<FinishedStock> stock,
                In<UnitCost> unit_cost, In<MarkupNormal> normal, In<io::PriceLevel> price_level,
                Random<RngDomain::kFirmPrice> random, InOut<Markup> markup, InOut<Price> price) {
  if (params.pricing == Pricing::kFixed) return;
  const double trend = step.burn_in || outside.mode == outside::Mode::kConstant ? 0.0 : outside.inflation;
  const std::array<double, 2> ahead{rise_of_costs(trend, params.price_reset[0]),
                                    rise_of_costs(trend, params.price_reset[1])};
  const auto reset = [&](std::size_t i) {
    const bool goods = storable[good[i]] != 0;
    if (params.pricing == Pricing::kCanvas) {
      // Costs are passed on in full; the mark-up moves where the price, not the quantity, answers the gap.
      const double supply = expected[i] + (goods ? stock[i] - params.stock_target * expected[i] : 0.0);
      const double gap = canvas_gap(orders[i], supply, params.price_move_max);
      if (canvas_answer(gap, price[i], price_level[good[i]]) == Answer::kPrice)
        markup[i] = (1.0 + markup[i]) * (1.0 + gap) - 1.0;
      price[i] = moved_price(price[i], (1.0 + markup[i]) * unit_cost[i], params.price_move_max);
      return;
    }
    Draws draws = random(key[i]);
    draws.uniform();  // that of the reset
    const double move = std::fabs(draws.normal()) * params.markup_step;
    const bool pressed = goods ? stock[i] < params.stock_target * expected[i] : orders[i] > expected[i];
    const double back = math::pow((1.0 + normal[i]) / (1.0 + markup[i]), params.markup_return);
    markup[i] = (1.0 + markup[i]) * back * math::exp(pressed ? move : -move) - 1.0;
    const double wanted = (1.0 + markup[i]) * unit_cost[i] * ahead[goods ? 1 : 0];
    price[i] = moved_price(price[i], wanted, params.price_move_max);
  };
  for_resets(params, key.span(), good, storable, random.stream(), [&](std::span<const std::uint32_t> rows) {
    for (const std::uint32_t i : rows) reset(i);
  });
}

void answer_by_quantity(const Step&, const Params& params, In<SectorOf> sector, In<GoodOf> good,
                        In<io::Storable> storable, In<Orders> orders, In<FinishedStock> stock, In<Price> price,
                        In<io::PriceLevel> price_level, In<Outlook> outlook, InOut<ExpectedDemand> expected) {
  for_each_row(expected.size(), [&](std::size_t i) {
    if (i == kNoFirm) return;
    const bool goods = storable[good[i]] != 0;
    const double supply = expected[i] + (goods ? stock[i] - params.stock_target * expected[i] : 0.0);
    if (expected[i] <= 0.0 || supply <= 0.0) {
      expected[i] = orders[i];  // nothing to compare with: the order book is all it knows
      return;
    }
    const double gap = canvas_gap(orders[i], supply, params.price_move_max);
    if (canvas_answer(gap, price[i], price_level[good[i]]) == Answer::kQuantity) expected[i] *= 1.0 + gap;
    expected[i] *= 1.0 + outlook[sector[i]];
  });
}

}  // namespace metier::firms
