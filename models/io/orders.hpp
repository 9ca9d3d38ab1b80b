#pragma once
#include "models/firms/columns.hpp"
#include "models/io/columns.hpp"
#include "models/io/params.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"

#include <vector>

namespace metier::io {

/// Orders of inputs from the gap of stocks.
///
/// Equation  O_gi = max(0, a_gi de_i + (n_g a_gi de_i - S_gi) / tau_inv)  (README eq. 6)
/// Symbols   de expected demand [kEUR2018/month], n_g stock wanted [month], S stock [kEUR2018], tau_inv [month]
/// Source    Pichler et al. (2022), eq. 4, at a monthly step
void order_inputs(const Step& step, const Params& params, In<InputFirm> firm, In<Coefficient> coefficient,
                  In<TargetMonths> months, In<Stock> stock, In<firms::ExpectedDemand> expected, Out<InputOrder> order);

/// Orders when stocks are infinite: what output is expected to use, O_gi = a_gi de_i.
void order_use(const Step& step, In<InputFirm> firm, In<Coefficient> coefficient, In<firms::ExpectedDemand> expected,
               Out<InputOrder> order);

/// Local part of all baskets, by good, as orders to producers.
///
/// Equation  D_g = sum_groups local_Gg mix_Gg sum_{i in G} b_i de_i;  order_j = split of D_g (pool.hpp)  (README eq. 7)
struct BasketView {
  In<BasketGroupOf> group;
  In<BasketCoefficient> coefficient;
  In<BasketMix> mix;
  In<BasketLocal> local;
  In<firms::ExpectedDemand> expected;
  In<firms::GoodOf> good;
  In<ShareBasket> share;
  In<firms::Attraction> attraction;
  In<PriceLevel> price_level;
};
void order_baskets(const Step& step, BasketView view, Out<OrderBasket> order);

/// Adds up what each establishment was asked for: links, baskets and the pools of final demand.
struct OrderBook {
  In<SaleBegin> sale_begin;
  In<SaleCount> sale_count;
  In<SaleInput> sale_input;
  In<SaleShare> sale_share;
  In<InputOrder> input_order;
  In<OrderBasket> basket;
  In<firms::OrderHousehold> household;
  In<firms::OrderRetail> retail;
  In<firms::OrderPublic> public_order;
  In<firms::OrderInvestment> investment;
  In<firms::OrderExport> exports;
};
/// What was ordered through each link, in the order of suppliers: kept for the bills of the same part of the month.
struct LinkOrders {
  std::vector<double> volume;  ///< kEUR2018/month, one per row of the table of sales
};
void collect_orders(const Step& step, const SubStep& sub, OrderBook book, Scratch<LinkOrders> link_orders,
                    Out<OrderLinks> links, Out<firms::OrdersNow> now, InOut<firms::Orders> orders);

}  // namespace metier::io
