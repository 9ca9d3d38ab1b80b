#pragma once
#include "models/accounts.hpp"
#include "models/firms/columns.hpp"
#include "models/io/columns.hpp"
#include "models/io/params.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"
#include "sim/engine/ledger.hpp"

namespace metier::io {

struct PaymentView {
  In<firms::IntermediateCostCents> link_cost;
  In<firms::IntermediateSalesCents> link_sales;
  In<BasketCostCents> basket_cost;
  In<BasketSalesCents> basket_sales;
  In<ImportRofCents> import_rof;
  In<ImportNweCents> import_nwe;
  In<ImportRowCents> import_row;
  In<firms::OtherCost> other_cost;
  In<firms::Output> output;
  In<households::Households> cells;  ///< only for the number of household accounts
};

/// Pays for what was delivered between establishments and from outside, and taxes on inputs.
///
/// Money     buyers -> clearing (kGoods) -> sellers: the clearing account is back at 0; buyers -> outside: imports;
///           buyers -> government: other_cost x output, the taxes less subsidies on inputs             (README eq. 10)
/// Writes    firm.sales and firm.purchases: their intermediate parts, to which final sales are added later
void pay_suppliers(const Step& step, PaymentView view, Add<Ledger> ledger, Out<firms::SalesCents> sales,
                   Out<firms::PurchasesCents> purchases, Out<InputTaxCents> input_tax);

/// Mean price of each good's local producers, weighted by output; kept when nothing was made.
void average_prices(const Step& step, In<firms::GoodOf> good, In<firms::Price> price, In<firms::Output> output,
                    InOut<PriceLevel> level);

/// How strongly producers of one good attract orders at their present prices, besides their shares of each pool.
///
/// Equation  a_j = e^{appeal_j} (p_j / p_g)^{-eps}, eps = io.price_elasticity          (models/network/README.md eq. 1)
void weigh_producers(const Step& step, const Params& params, In<firms::GoodOf> good, In<firms::Price> price,
                     In<PriceLevel> level, In<firms::Appeal> appeal, Out<firms::Attraction> attraction);

/// Price of each basket: local part at mean local prices, the rest at outside prices.
void average_basket_prices(const Step& step, In<PriceLevel> level, In<OutsidePrice> outside, In<BasketMix> mix,
                           In<BasketLocal> local, Out<BasketPrice> price);

}  // namespace metier::io
