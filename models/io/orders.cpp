#include "models/io/orders.hpp"

#include "models/network/pool.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <vector>

namespace metier::io {

void order_inputs(const Step&, const Params& params, In<InputFirm> firm, In<Coefficient> coefficient,
                  In<TargetMonths> months, In<Stock> stock, In<firms::ExpectedDemand> expected, Out<InputOrder> order) {
  const double speed = 1.0 / params.tau_inventory;
  for_each_row(order.size(), [&](std::size_t k) {
    const double use = coefficient[k] * expected[firm[k]];
    order[k] = std::max(0.0, use + (months[k] * use - stock[k]) * speed);
  });
}

void order_use(const Step&, In<InputFirm> firm, In<Coefficient> coefficient, In<firms::ExpectedDemand> expected,
               Out<InputOrder> order) {
  for_each_row(order.size(), [&](std::size_t k) { order[k] = coefficient[k] * expected[firm[k]]; });
}

void order_baskets(const Step&, BasketView v, Out<OrderBasket> order) {
  const std::size_t goods = v.price_level.size();
  const std::size_t groups = goods > 0 ? v.mix.size() / goods : 0;
  std::vector<double> volume(groups), demand(goods, 0.0);
  network::sum_by_good(
      order.size(), v.group.span(), [&](std::size_t i) { return v.coefficient[i] * v.expected[i]; }, volume);
  for (std::size_t group = 0; group < groups; ++group) {
    for (std::size_t g = 0; g < goods; ++g) {
      demand[g] += volume[group] * v.mix[group * goods + g] * v.local[group * goods + g];
    }
  }
  network::split_over_producers(
      demand, v.good.span(), [&](std::size_t j) { return v.share[j] * v.attraction[j]; }, order.span());
}

void collect_orders(const Step&, const SubStep& sub, OrderBook b, Scratch<LinkOrders> link_orders,
                    Out<OrderLinks> links, Out<firms::OrdersNow> now, InOut<firms::Orders> orders) {
  link_orders->volume.resize(b.sale_input.size());
  double* ordered = link_orders->volume.data();
  for_each_row(orders.size(), [&](std::size_t j) {
    double sum = 0.0;
    const std::size_t begin = b.sale_begin[j];
    for (std::size_t e = begin; e < begin + b.sale_count[j]; ++e) {
      if (e + kAhead < b.sale_input.size()) prefetch(b.input_order.data() + b.sale_input[e + kAhead]);
      ordered[e] = b.input_order[b.sale_input[e]] * b.sale_share[e];
      sum += ordered[e];
    }
    links[j] = sum;
    now[j] = sum + b.basket[j] + b.household[j] + b.retail[j] + b.public_order[j] + b.investment[j] + b.exports[j];
    sub.average(orders[j], now[j]);
  });
}

}  // namespace metier::io
