#pragma once
#include "models/firms/columns.hpp"
#include "sim/core/column.hpp"

namespace metier::io {

/// The goods of the input-output table (33, or the labels of the user's own table).
struct Good {
  static constexpr TableInfo info{"good", "one row per good of the input-output table"};
};
/// Inputs of establishments: the rows of firm i are InputBegin[i] .. InputBegin[i] + InputCount[i] - 1, goods
/// ascending.
struct Input {
  static constexpr TableInfo info{"input", "one row per (establishment, good it holds in stock)"};
};
/// Supply links, sorted by input row: those of input k are LinkBegin[k] .. LinkBegin[k] + LinkCount[k] - 1.
struct Link {
  static constexpr TableInfo info{"link", "one row per (input, local supplier)"};
};
/// The same links sorted by supplier (ties by link row): those of supplier j are SaleBegin[j] .. + SaleCount[j] - 1.
struct Sale {
  static constexpr TableInfo info{"sale", "one row per supply link, in the order of suppliers"};
};

// ---- goods ------------------------------------------------------------------------------------------------------
struct Storable : ColumnOf<std::uint8_t, Good> {
  static constexpr ColumnInfo info{"good.storable", "1", "1: made for stock; 0: a service, made when asked for"};
};
struct Energy : ColumnOf<std::uint8_t, Good> {
  static constexpr ColumnInfo info{"good.energy", "1", "1: a source of energy for those who use it"};
};
struct PriceLevel : ColumnOf<double, Good> {
  static constexpr ColumnInfo info{"good.price", "1", "mean price of local producers, weighted by output; 1 = 2018"};
};
struct OutsidePrice : ColumnOf<double, Good> {
  static constexpr ColumnInfo info{"good.outside_price", "1", "price of the same good bought outside; 1 = 2018"};
};

// ---- inputs of establishments -------------------------------------------------------------------------------------
struct InputBegin : ColumnOf<std::uint32_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.input_begin", "1", "first row of the establishment in the table of inputs"};
};
struct InputCount : ColumnOf<std::uint16_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.input_count", "1", "number of inputs held in stock"};
};
struct InputFirm : ColumnOf<std::uint32_t, Input> {
  static constexpr ColumnInfo info{"input.firm", "1", "row of the user"};
};
struct InputGood : ColumnOf<std::uint16_t, Input> {
  static constexpr ColumnInfo info{"input.good", "1", "row of the good used"};
};
struct Coefficient : ColumnOf<double, Input> {
  static constexpr ColumnInfo info{"input.coefficient", "1",
                                   "volume of the good per unit of output, all origins (a_gi)"};
};
struct Criticality : ColumnOf<float, Input> {
  static constexpr ColumnInfo info{"input.criticality", "1", "1 critical, 0.5 important, 0 never binds"};
};
struct TargetMonths : ColumnOf<double, Input> {
  static constexpr ColumnInfo info{"input.target_months", "month", "stock wanted, in months of use (n_g)"};
};
struct Stock : ColumnOf<double, Input> {
  static constexpr ColumnInfo info{"input.stock", "kEUR2018", "stock of the input"};
};
struct InputOrder : ColumnOf<double, Input> {
  static constexpr ColumnInfo info{"input.order", "kEUR2018/month", "volume ordered this month, all origins"};
};
struct Delivered : ColumnOf<double, Input> {
  static constexpr ColumnInfo info{"input.delivered", "kEUR2018/month", "volume delivered this month, all origins"};
};
struct ImportFill : ColumnOf<double, Good> {
  static constexpr ColumnInfo info{
      "good.import_fill", "share",
      "share of the orders placed outside that is delivered; 1, no rationing, in a territory"};
};
/// Shares of the order by origin: links (sum of LinkShare) + rest of France + NWE + rest of the world = 1.
struct ShareRof : ColumnOf<double, Input> {
  static constexpr ColumnInfo info{"input.share_rof", "share", "share bought in the rest of France"};
};
struct ShareNwe : ColumnOf<double, Input> {
  static constexpr ColumnInfo info{"input.share_nwe", "share", "share bought in North-West Europe"};
};
struct ShareRow : ColumnOf<double, Input> {
  static constexpr ColumnInfo info{"input.share_row", "share", "share bought in the rest of the world"};
};
struct LinkBegin : ColumnOf<std::uint32_t, Input> {
  static constexpr ColumnInfo info{"input.link_begin", "1", "first supply link of the input"};
};
struct LinkCount : ColumnOf<std::uint16_t, Input> {
  static constexpr ColumnInfo info{"input.link_count", "1", "number of local suppliers"};
};

// ---- the basket: what an establishment buys but does not hold -----------------------------------------------------
/// Goods whose coefficient is below `io.coefficient_cut` (and most goods of units without employees) are bought as a
/// mean basket, so that the sum of coefficients is exact. Baskets never bind and are not stored.
/// One group per (good of the user, employer or not): row = 2 * good + (0 employer, 1 unit without employees).
struct BasketGroup {
  static constexpr TableInfo info{"basket_group",
                                  "one row per (good of the user, employer 0 / unit without employees 1)"};
};
/// row = group * goods + good
struct BasketItem {
  static constexpr TableInfo info{"basket_item", "one row per (basket group, good)"};
};
struct BasketGroupOf : ColumnOf<std::uint16_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.basket_group", "1", "row of the basket group, fixed at t = 0"};
};
struct BasketCoefficient : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.basket_coefficient", "1", "volume of the mean basket per unit of output"};
};
struct BasketMix : ColumnOf<double, BasketItem> {
  static constexpr ColumnInfo info{"basket_item.mix", "share",
                                   "share of the good in the basket; sums to 1 in each group"};
};
struct BasketLocal : ColumnOf<double, BasketItem> {
  static constexpr ColumnInfo info{"basket_item.local", "share", "share of the good bought from local producers"};
};
struct BasketRof : ColumnOf<double, BasketItem> {
  static constexpr ColumnInfo info{"basket_item.rof", "share", "share bought in the rest of France"};
};
struct BasketNwe : ColumnOf<double, BasketItem> {
  static constexpr ColumnInfo info{"basket_item.nwe", "share",
                                   "share bought in North-West Europe; the rest of the world takes what is left"};
};
struct BasketPrice : ColumnOf<double, BasketGroup> {
  static constexpr ColumnInfo info{"basket_group.price", "1", "price of the group's basket, all origins; 1 = 2018"};
};
struct ShareBasket : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.share_basket", "share", "share of the local part of all baskets for its good"};
};
struct OrderBasket : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.order_basket", "kEUR2018/month", "orders received through baskets"};
};

struct OrderLinks : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.order_links", "kEUR2018/month", "orders received through supply links"};
};

// ---- links --------------------------------------------------------------------------------------------------------
struct Supplier : ColumnOf<std::uint32_t, Link> {
  static constexpr ColumnInfo info{"link.supplier", "1", "row of the supplying establishment"};
};
struct LinkShare : ColumnOf<double, Link> {
  static constexpr ColumnInfo info{"link.share", "share",
                                   "share of the buyer's order of the good that goes to this supplier"};
};
struct ImportRofCents : ColumnOf<std::int64_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.import_rof", "cent/month", "intermediate goods bought in the rest of France"};
};
struct ImportNweCents : ColumnOf<std::int64_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.import_nwe", "cent/month", "intermediate goods bought in North-West Europe"};
};
struct ImportRowCents : ColumnOf<std::int64_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.import_row", "cent/month",
                                   "intermediate goods bought in the rest of the world"};
};
struct BasketSalesCents : ColumnOf<std::int64_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.basket_sales", "cent/month", "sales to local establishments through baskets"};
};
struct BasketCostCents : ColumnOf<std::int64_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.basket_cost", "cent/month",
                                   "purchases from local establishments through baskets"};
};
struct InputTaxCents : ColumnOf<std::int64_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.input_tax", "cent/month", "taxes less subsidies on inputs paid"};
};
struct UnitValue : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.unit_value", "cent/kEUR2018",
                                   "cents owed per unit ordered through a link: fill x price"};
};
struct SaleBegin : ColumnOf<std::uint32_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.sale_begin", "1", "first row of the supplier in the table of sales"};
};
struct SaleCount : ColumnOf<std::uint32_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.sale_count", "1", "number of customers' inputs served"};
};
struct SaleInput : ColumnOf<std::uint32_t, Sale> {
  static constexpr ColumnInfo info{"sale.input", "1", "row of the customer's input"};
};
struct SaleShare : ColumnOf<double, Sale> {
  static constexpr ColumnInfo info{"sale.share", "share", "same as link.share, in the order of suppliers"};
};

}  // namespace metier::io
