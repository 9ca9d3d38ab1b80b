#pragma once
#include "models/accounts.hpp"
#include "models/households/columns.hpp"
#include "models/households/params.hpp"
#include "models/io/params.hpp"
#include "models/outside/columns.hpp"
#include "models/retail/columns.hpp"
#include "models/tax/params.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"
#include "sim/engine/ledger.hpp"

namespace metier::households {

/// Consumption and saving of each cell, from the income of last month.
///
/// Equations C = c_q Y + c_w (D - D*) / 12;  dwellings H = d (1 - c_q) Y;  the rest of saving goes to outside assets
/// Symbols   Y income of last month, D deposits, D* = deposit_target x Y [cent]; all at least 0     (README eq. 1, 2)
/// Rounded   to cents; C and H stay what they were while they are not more than two cents off, what that leaves goes
///           to outside assets
/// Shape     one row per cell
void set_budgets(const Step& step, const Params& params, In<Income> income, In<DepositTarget> target,
                 In<AccountBalance> balance, InOut<Budget> budget, InOut<Dwellings> dwellings, Out<SavingPlan> saving);

/// Null model (`households.mode: none`): final demand stays at its volume of t = 0, whatever people earn; orders to
/// producers and outlets are those of t = 0, the bill follows prices.
///
/// Equations C = C_0 P, H = H_0 p_H; what is left of income is placed outside  (README eq. 5)
/// Symbols   P price of the basket, p_H price of dwellings of last month
void hold_budgets(const Step& step, In<Income> income, In<Budget0> budget0, In<Dwellings0> dwellings0,
                  In<outside::ConsumerPrice> price, In<outside::DwellingPrice> dwelling_price, Out<Budget> budget,
                  Out<Dwellings> dwellings, Out<SavingPlan> saving);

/// Price of what residents buy, before VAT.
/// Equation  P = sum_g s_g (local_g p_g + (1 - local_g) p_out_g)
void average_prices(const Step& step, In<SpendingShare> share, In<LocalShare> local, In<io::PriceLevel> price,
                    In<io::OutsidePrice> outside, Out<outside::ConsumerPrice> consumer_price);

struct GoodsView {
  In<Budget> budget;
  In<SpendingShare> spending_share;
  In<DirectShare> direct_share;
  In<LocalShare> local_share;
  In<retail::CounterGoods> counter_goods;
  In<io::PriceLevel> price_level;
  In<firms::GoodOf> good;
  In<firms::ShareHousehold> share;
  In<firms::Attraction> attraction;
};
/// Orders to local producers: what is bought directly and the goods behind the counters of local outlets.
///
/// Equation  D_g = local_g (direct_g s_g sum_c C_c / (1 + vat) + counter_g) / p_g, split over producers (README eq. 3)
void order_goods(const Step& step, const tax::Params& tax, GoodsView view, Out<firms::OrderHousehold> order);

struct ConsumptionPayments {
  In<Budget> budget;
  In<SavingPlan> saving;
  In<Dwellings> dwellings;
  In<firms::OrderHousehold> order_household;
  In<firms::OrderRetail> order_retail;
  In<firms::FillHousehold> fill;
  In<firms::Price> price;
  In<SpendingShare> spending_share;
  In<DirectShare> direct_share;
  In<LocalShare> local_share;
  In<retail::CounterGoods> counter_goods;
  In<io::ImportFill> import_fill;
};
/// Pays for consumption and places savings.
///
/// Money     cells -> clearing: what they spend; clearing -> local producers and outlets: round(order fill price);
///           clearing -> government: VAT; clearing -> rest of France: what is left, the purchases made outside. What
///           local producers (`io.unmet: lost`) or suppliers outside (`good.import_fill`) could not deliver stays in
///           the deposits; outlets outside and online are never short: what they sell has no good here.
///           cells -> rest of France: outside assets, the saving that is not spent on dwellings  (README eq. 4)
void pay_consumption(const Step& step, const tax::Params& tax, ConsumptionPayments view, Add<Ledger> ledger,
                     InOut<firms::SalesCents> sales, Out<Spent> spent, Out<OutsideAssets> assets);

/// Y = net wages + capital income + transfers - taxes of the month.
void add_up_income(const Step& step, In<NetWages> wages, In<CapitalIncome> capital, In<Transfers> transfers,
                   In<Taxes> taxes, Out<Income> income);

}  // namespace metier::households
