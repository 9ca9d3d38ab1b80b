#include "models/io/delivery.hpp"

#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>

namespace metier::io {

namespace {

double served(double orders, double& left) {
  if (orders <= 0.0) return 1.0;
  const double share = std::min(1.0, left / orders);
  left -= share * orders;
  return share;
}

/// The amount of one link: written once, so that buyer and supplier cannot differ by a cent.
std::int64_t link_cents(double order, double share, double unit_value) {
  return round_half_away(order * share * unit_value);
}

}  // namespace

void ration(const Step&, const Params& params, RationView v) {
  for_each_row(v.fill.size(), [&](std::size_t j) {
    const double supply = v.output[j] + v.stock[j];
    const double d = v.orders[j];
    const double intermediate = v.links[j] + v.basket[j];
    const double household = v.household[j] + v.retail[j];
    const double other = std::max(0.0, d - intermediate - household);
    double left = supply;
    switch (params.rationing) {
      case Rationing::kProportional: {
        const double share = served(d, left);
        v.fill_intermediate[j] = v.fill_household[j] = v.fill_other[j] = share;
        break;
      }
      case Rationing::kHouseholdFirst: {
        v.fill_household[j] = served(household, left);
        const double share = served(intermediate + other, left);
        v.fill_intermediate[j] = v.fill_other[j] = share;
        break;
      }
      case Rationing::kPriority: {
        v.fill_intermediate[j] = served(intermediate, left);
        const double share = served(household + other, left);
        v.fill_household[j] = v.fill_other[j] = share;
        break;
      }
    }
    v.fill[j] = d > 0.0 ? (supply - left) / d : 1.0;
    v.stock[j] = v.storable[v.good[j]] != 0 ? std::max(0.0, left) : 0.0;
  });
}

void value_deliveries(const Step&, In<firms::FillIntermediate> fill, In<firms::Price> price, Out<UnitValue> value) {
  constexpr double kCentsPerKiloEuro = 1e5;
  for_each_row(value.size(), [&](std::size_t j) { value[j] = fill[j] * price[j] * kCentsPerKiloEuro; });
}

void deliver(const Step&, DeliveryView v) {
  for_each_row(v.cost.size(), [&](std::size_t i) {
    std::int64_t owed = 0;
    const std::size_t begin = v.begin[i];
    for (std::size_t k = begin; k < begin + v.count[i]; ++k) {
      const double order = v.order[k];
      double share = (v.share_rof[k] + v.share_nwe[k] + v.share_row[k]) * v.import_fill[v.good[k]];
      const std::size_t first = v.link_begin[k];
      for (std::size_t e = first; e < first + v.link_count[k]; ++e) {
        const std::size_t j = v.supplier[e];
        share += v.link_share[e] * v.fill[j];
        owed += link_cents(order, v.link_share[e], v.value[j]);
      }
      v.delivered[k] = order * share;
      v.stock[k] += order * share;
    }
    v.cost[i] = owed;
  });
}

void add_up_sales(const Step&, In<SaleBegin> begin, In<SaleCount> count, In<SaleInput> input, In<SaleShare> share,
                  In<InputOrder> order, In<UnitValue> value, Out<firms::IntermediateSalesCents> sales) {
  for_each_row(sales.size(), [&](std::size_t j) {
    std::int64_t sum = 0;
    for (std::size_t e = begin[j]; e < begin[j] + count[j]; ++e) sum += link_cents(order[input[e]], share[e], value[j]);
    sales[j] = sum;
  });
}

}  // namespace metier::io
