#pragma once
#include "models/firms/columns.hpp"
#include "models/io/columns.hpp"
#include "models/io/orders.hpp"
#include "models/io/params.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace metier::io {

struct RationView {
  In<firms::GoodOf> good;
  In<Storable> storable;
  In<firms::OutputNow> output;
  In<firms::OrdersNow> orders;
  In<OrderLinks> links;
  In<OrderBasket> basket;
  In<firms::OrderHousehold> household;
  In<firms::OrderRetail> retail;
  InOut<firms::FinishedStock> stock;
  InOut<firms::Fill> fill;
  Out<firms::FillIntermediate> fill_intermediate;
  InOut<firms::FillHousehold> fill_household;
  InOut<firms::FillOther> fill_other;
};

/// Each supplier serves its orders from output and finished stock.
///
/// Equation  fill = min(1, (x + s_fin) / d), the same for all (`proportional`); `household_first` serves households in
///           full before the others, `priority` establishments before final demand          (README eq. 8)
///           s_fin <- s_fin + x - delivered for storable goods; a service leaves nothing behind
/// Parts     fills of households and others are means over the parts of the month: what they pay for; that of
/// establishments
///           is of the part, since their orders change from part to part
void ration(const Step& step, const Params& params, const SubStep& sub, RationView view);

struct DeliveryView {
  In<InputBegin> begin;
  In<InputCount> count;
  In<InputGood> good;
  In<InputOrder> order;
  In<ShareRof> share_rof;
  In<ShareNwe> share_nwe;
  In<ShareRow> share_row;
  In<LinkBegin> link_begin;
  In<LinkCount> link_count;
  In<Supplier> supplier;
  In<LinkShare> link_share;
  In<ImportFill> import_fill;
  In<OutsidePrice> outside_price;
  InOut<Stock> stock;
  InOut<Delivered> delivered;
  InOut<firms::IntermediateCostCents> cost;
  InOut<ImportRofCents> import_rof;
  InOut<ImportNweCents> import_nwe;
  InOut<ImportRowCents> import_row;
};

/// What buyers look up of a supplier, side by side: share of orders that is served, cents per kEUR2018 ordered.
struct SupplierTerms {
  struct Terms {
    double fill, unit_value;
  };
  std::vector<Terms> of;  ///< one per establishment
};

/// What a unit ordered through a link costs after rationing: fill * price, in cents per kEUR2018 ordered, times the
/// length of the part of the month.
void value_deliveries(const Step& step, const SubStep& sub, In<firms::FillIntermediate> fill, In<firms::Price> price,
                      Out<UnitValue> value, Scratch<SupplierTerms> terms);

/// What `deliver` and `deliver_by_lot` have in common: link(e, order) tells which share of its part of the input's
/// order link e serves, and the cents owed for it.
struct LinkDelivery {
  double fill;
  double cents;  ///< a whole number
};
template <class LinkOf>
void deliver_links(const SubStep& sub, const DeliveryView& v, LinkOf&& link) {
  const double length = sub.length();
  for_each_row(v.cost.size(), [&](std::size_t i) {
    double owed = 0.0;  // whole cents: exact
    double rof = 0.0, nwe = 0.0, row = 0.0;
    const std::size_t begin = v.begin[i];
    for (std::size_t k = begin; k < begin + v.count[i]; ++k) {
      const double order = v.order[k];
      const std::size_t good = v.good[k];
      const double fill = v.import_fill[good];
      double share = (v.share_rof[k] + v.share_nwe[k] + v.share_row[k]) * fill;
      const double bought = order * fill * v.outside_price[good] * (kCentsPerKiloEuro * length);
      rof += bought * v.share_rof[k];
      nwe += bought * v.share_nwe[k];
      row += bought * v.share_row[k];
      const std::size_t first = v.link_begin[k];
      for (std::size_t e = first; e < first + v.link_count[k]; ++e) {
        const LinkDelivery served = link(e, order);
        share += v.link_share[e] * served.fill;
        owed += served.cents;
      }
      const double volume = order * share * length;
      sub.add(v.delivered[k], volume);
      v.stock[k] += volume;
    }
    sub.add(v.cost[i], static_cast<std::int64_t>(owed));
    sub.add(v.import_rof[i], round_half_away(rof));
    sub.add(v.import_nwe[i], round_half_away(nwe));
    sub.add(v.import_row[i], round_half_away(row));
  });
}

/// Deliveries reach the stocks of the buyers; what each buyer owes its suppliers, here and outside, is added up in
/// cents.
///
/// Equation  delivered_k = O_k (sum_e share_e fill_e + (1 - sum_e share_e) import_fill_g);  S += delivered
///           cents_e = round(O_k share_e fill_j p_j 1e5), the same integer for buyer and supplier      (README eq. 9)
void deliver(const Step& step, const SubStep& sub, DeliveryView view, Scratch<SupplierTerms> terms);

struct BasketDelivery {
  In<BasketGroupOf> group;
  In<BasketCoefficient> coefficient;
  In<BasketMix> mix;
  In<BasketLocal> local;
  In<BasketRof> rof;
  In<BasketNwe> nwe;
  In<firms::ExpectedDemand> expected;
  In<PriceLevel> price_level;
  In<OutsidePrice> outside_price;
  In<ImportFill> import_fill;
  In<OrderBasket> order;
  In<UnitValue> value;
  In<firms::Key> key;
  InOut<BasketSalesCents> sales;
  InOut<BasketCostCents> cost;
  InOut<ImportRofCents> import_rof;
  InOut<ImportNweCents> import_nwe;
  InOut<ImportRowCents> import_row;
};
/// Baskets: producers are owed round(order fill price); the total is split over the buyers by the value of what they
/// asked for (largest remainder, ties to the lowest key); the outside part is bought at outside prices.
void deliver_baskets(const Step& step, const SubStep& sub, BasketDelivery view);

/// What each supplier is owed through its links: the same integers, in the order of suppliers.
void add_up_sales(const Step& step, const SubStep& sub, In<SaleBegin> begin, In<SaleCount> count, In<UnitValue> value,
                  Scratch<LinkOrders> link_orders, InOut<firms::IntermediateSalesCents> sales);

}  // namespace metier::io
