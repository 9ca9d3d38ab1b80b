#include "models/io/delivery.hpp"

#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <memory>
#include <vector>

namespace metier::io {

namespace {

double served(double orders, double& left) {
  if (orders <= 0.0) return 1.0;
  const double share = std::min(1.0, left / orders);
  left -= share * orders;
  return share;
}

/// The amount of one link: written once, so that buyer and supplier cannot differ by a cent.
double link_cents(double ordered, double unit_value) { return rounded_half_up(ordered * unit_value); }

}  // namespace

void ration(const Step&, const Params& params, const SubStep& sub, RationView v) {
  const double length = sub.length(), per_part = 1.0 / length;
  for_each_row(v.fill.size(), [&](std::size_t j) {
    const double supply = v.output[j] + v.stock[j] * per_part;  // a monthly rate, as the orders
    const double d = v.orders[j];
    const double intermediate = v.links[j] + v.basket[j];
    const double household = v.household[j] + v.retail[j];
    const double other = std::max(0.0, d - intermediate - household);
    double left = supply, to_households = 1.0, to_others = 1.0;
    switch (params.rationing) {
      case Rationing::kProportional: {
        const double share = served(d, left);
        v.fill_intermediate[j] = to_households = to_others = share;
        break;
      }
      case Rationing::kHouseholdFirst: {
        to_households = served(household, left);
        to_others = served(intermediate + other, left);
        v.fill_intermediate[j] = to_others;
        break;
      }
      case Rationing::kPriority: {
        v.fill_intermediate[j] = served(intermediate, left);
        to_households = to_others = served(household + other, left);
        break;
      }
      case Rationing::kRandom: break;  // ration_by_lot
    }
    sub.average(v.fill_household[j], to_households);
    sub.average(v.fill_other[j], to_others);
    sub.average(v.fill[j], d > 0.0 ? (supply - left) / d : 1.0);
    v.stock[j] = v.storable[v.good[j]] != 0 ? std::max(0.0, left) * length : 0.0;
  });
}

void value_deliveries(const Step&, const SubStep& sub, In<firms::FillIntermediate> fill, In<firms::Price> price,
                      Out<UnitValue> value, Scratch<SupplierTerms> terms) {
  terms->of.resize(value.size());
  for_each_row(value.size(), [&](std::size_t j) {
    value[j] = fill[j] * price[j] * (kCentsPerKiloEuro * sub.length());
    terms->of[j] = {fill[j], value[j]};
  });
}

void deliver(const Step&, const SubStep& sub, DeliveryView v, Scratch<SupplierTerms> terms) {
  const SupplierTerms::Terms* supplier = terms->of.data();
  deliver_links(sub, v, [&](std::size_t e, double order) {
    if (e + kAhead < v.supplier.size()) prefetch(supplier + v.supplier[e + kAhead]);
    const auto [fill, unit_value] = supplier[v.supplier[e]];
    return LinkDelivery{fill, link_cents(order * v.link_share[e], unit_value)};
  });
}

void deliver_baskets(const Step&, const SubStep& sub, BasketDelivery v) {
  const std::size_t goods = v.price_level.size();
  const std::size_t groups = goods > 0 ? v.mix.size() / goods : 0;
  // Value of one unit of a group's basket: local part at mean local prices, outside parts at outside prices.
  std::vector<double> local(groups, 0.0), rof(groups, 0.0), nwe(groups, 0.0), row(groups, 0.0);
  for (std::size_t group = 0; group < groups; ++group) {
    for (std::size_t g = 0; g < goods; ++g) {
      const std::size_t item = group * goods + g;
      local[group] += v.mix[item] * v.local[item] * v.price_level[g];
      const double outside = v.mix[item] * v.import_fill[g] * v.outside_price[g] * (kCentsPerKiloEuro * sub.length());
      rof[group] += outside * v.rof[item];
      nwe[group] += outside * v.nwe[item];
      row[group] += outside * (1.0 - v.local[item] - v.rof[item] - v.nwe[item]);
    }
  }
  const std::size_t firms = v.cost.size();
  const auto weight = std::make_unique_for_overwrite<double[]>(firms);
  const auto cost = std::make_unique_for_overwrite<std::int64_t[]>(firms);
  const std::int64_t total = integer_sum(firms, [&](std::size_t i) {
    const double volume = v.coefficient[i] * v.expected[i];
    const std::size_t group = v.group[i];
    weight[i] = volume * local[group];
    v.import_rof[i] += round_half_away(volume * rof[group]);
    v.import_nwe[i] += round_half_away(volume * nwe[group]);
    v.import_row[i] += round_half_away(volume * row[group]);
    const std::int64_t sold = round_half_away(v.order[i] * v.value[i]);
    sub.add(v.sales[i], sold);
    return sold;
  });
  split_counts(total, {weight.get(), firms}, v.key.span(), {cost.get(), firms});
  for_each_row(firms, [&](std::size_t i) { sub.add(v.cost[i], cost[i]); });
}

void add_up_sales(const Step&, const SubStep& sub, In<SaleBegin> begin, In<SaleCount> count, In<UnitValue> value,
                  Scratch<LinkOrders> link_orders, InOut<firms::IntermediateSalesCents> sales) {
  const double* ordered = link_orders->volume.data();
  for_each_row(sales.size(), [&](std::size_t j) {
    double sum = 0.0;  // of whole cents: exact
    for (std::size_t e = begin[j]; e < begin[j] + count[j]; ++e) sum += link_cents(ordered[e], value[j]);
    sub.add(sales[j], static_cast<std::int64_t>(sum));
  });
}

}  // namespace metier::io
