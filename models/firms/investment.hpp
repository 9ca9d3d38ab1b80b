#pragma once
#include "models/accounts.hpp"
#include "models/firms/columns.hpp"
#include "models/firms/params.hpp"
#include "models/households/columns.hpp"
#include "models/io/columns.hpp"
#include "models/io/params.hpp"
#include "models/outside/columns.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"
#include "sim/engine/ledger.hpp"

namespace metier::firms {

/// What buyers of capital goods and dwellings look at.
struct InvestmentOrders {
  In<InvestmentPlan> plan;
  In<households::Dwellings> dwellings;
  In<outside::InvestmentMix> mix;
  In<outside::DwellingMix> dwelling_mix;
  In<outside::InvestmentLocal> local;
  In<io::PriceLevel> price_level;
  In<io::OutsidePrice> outside_price;
  In<GoodOf> good;
  In<ShareInvestment> share;
  In<Attraction> attraction;
};

/// Turns investment plans and dwellings into orders to local producers; the rest is bought outside.
///
/// Equations D_g = mix_g sum_i I_i + dwelling_mix_g H / p_H;  local part split over producers     (README eq. 12)
///           p_K = sum_g mix_g (local_g p_g + (1 - local_g) p_out_g), the same with the dwelling mix for p_H
/// Symbols   I_i plans [kEUR2018/month], H dwellings of all cells [kEUR/month]
void order_investment(const Step& step, InvestmentOrders view, Out<outside::InvestmentDemand> demand,
                      Out<outside::InvestmentPrice> investment_price, Out<outside::DwellingPrice> dwelling_price,
                      Out<OrderInvestment> order);

struct InvestmentPayments {
  In<Key> key;
  In<InvestmentPlan> plan;
  In<Capital> capital;
  In<households::Dwellings> dwellings;
  In<outside::InvestmentMix> mix;
  In<outside::DwellingMix> dwelling_mix;
  In<outside::InvestmentLocal> local;
  In<outside::InvestmentDemand> demand;
  In<outside::InvestmentPrice> investment_price;
  In<io::OutsidePrice> outside_price;
  In<io::ImportFill> import_fill;
  In<GoodOf> good;
  In<Price> price;
  In<OrderInvestment> order;
  In<FillOther> fill;
};

/// Pays for the capital goods and dwellings that were delivered.
///
/// Producers are owed round(order fill price); the outside part that is delivered (`good.import_fill`) is paid to the
/// rest of France; the whole is split over establishments and household cells by what they wanted to spend (largest
/// remainder). Suppliers that are short, here or outside, leave a part of the plans unfilled: `firm.investment` is plan
/// x share delivered.                                                                                 (README eq. 13)
void pay_investment(const Step& step, const Params& params, InvestmentPayments view, Add<Ledger> ledger,
                    InOut<SalesCents> sales, Out<Investment> executed, Out<InvestmentCents> cost,
                    Out<Replacement> replacement, Out<households::DwellingsPaid> dwellings_paid);

/// K <- (1 - delta_K) K + I.                                                                         (README eq. 14)
void install_capital(const Step& step, const Params& params, In<Investment> executed, InOut<Capital> capital);

}  // namespace metier::firms
