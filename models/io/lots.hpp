#pragma once
#include "models/io/delivery.hpp"

/// Rationing in random order (`io.rationing: random`): whom a short supplier serves is drawn every month, so that fills
/// differ from link to link. The other variants give all customers of a class one fill (delivery.hpp).
namespace metier::io {

struct SaleFill : ColumnOf<double, Sale> {
  static constexpr ColumnInfo info{"sale.fill", "share", "share of the order that was delivered (rationing by lot)"};
};
struct LinkFill : ColumnOf<double, Link> {
  static constexpr ColumnInfo info{"link.fill", "share", "same as sale.fill, in the order of links"};
};

struct LotView {
  In<firms::Key> key;
  In<firms::Price> price;
  In<SaleBegin> begin;
  In<SaleCount> count;
  In<SaleInput> input;
  In<SaleShare> share;
  In<InputFirm> buyer;
  In<InputOrder> order;
};

/// A supplier that is short serves its customers one after another, in full, in an order drawn by lot, until nothing is
/// left; the one in whose turn it runs out gets the rest.
///
/// Customers every link; the pool of baskets; households; public, investment and export orders together
/// Random    domain kRationing, key = hash of the keys of supplier and buyer (1, 2, 3 for the pools): one uniform;
///           ties to the lower key of the buyer
/// Writes    as `ration`; `firm.fill_intermediate` is the fill of the baskets alone                    (README eq. 8)
void ration_by_lot(const Step& step, const SubStep& sub, LotView lots, RationView view,
                   Random<RngDomain::kRationing> random, Out<SaleFill> sale_fill);

/// Copies the fills from the order of suppliers to the order of links.
void spread_fills(const Step& step, In<LinkBegin> begin, In<LinkCount> count, In<Supplier> supplier,
                  In<SaleBegin> sale_begin, In<SaleCount> sale_count, In<SaleInput> sale_input, In<SaleFill> sale_fill,
                  Out<LinkFill> link_fill);

/// As `deliver` and `add_up_sales`, with the fill of each link in place of the supplier's.
void deliver_by_lot(const Step& step, const SubStep& sub, In<LinkFill> link_fill, In<firms::Price> price,
                    DeliveryView view);
void add_up_sales_by_lot(const Step& step, const SubStep& sub, In<SaleFill> sale_fill, LotView lots,
                         InOut<firms::IntermediateSalesCents> sales);

}  // namespace metier::io
