#pragma once
#include "models/accounts.hpp"
#include "models/credit/columns.hpp"
#include "models/credit/params.hpp"
#include "models/firms/columns.hpp"
#include "models/firms/params.hpp"
#include "models/households/columns.hpp"
#include "models/tax/columns.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"
#include "sim/engine/ledger.hpp"

namespace metier::firms {

/// Interest on bank loans and on overdrafts: balance x rate / 12, rounded; establishments -> bank.  (README eq. 15)
void pay_interest(const Step& step, const credit::Params& credit, In<AccountBalance> balance,
                  In<households::Households> cells, Add<Ledger> ledger, Out<InterestCents> interest);

struct ProfitView {
  In<ProfitCents> profit;
  In<InvestmentCents> investment;
  In<Replacement> replacement;
  In<credit::NetBorrowing> borrowed;
  In<PurchasesCents> purchases;
  In<WageCostCents> wage_cost;
  In<TaxCents> taxes;
  In<InterestCents> interest;
  In<SelfEmployed> owners;
  In<SectorOf> sector;
  In<HqOutside> hq_outside;
  In<tax::NonMarketShare> nonmarket;
  In<households::CapitalShare> capital_share;
  In<AccountBalance> balance;
};

/// Distributes profits: to households, to head offices outside, to government for the non-market part of a sector.
///
/// Equations m <- m + (profit - own funds in new capital - m) / 12;  own funds = investment - replacement - borrowed
///           distributed = share max(0, m) + payout max(0, cash - months cost), never more than the cash that is there
///           (README eq. 16)
///           households get theirs by cell.capital_share (largest remainder), together with what banks earned
/// Symbols   cost = purchases + wage cost + taxes of the month; kind mixed income for a unit with a working owner
void distribute_profits(const Step& step, const Params& params, ProfitView view, Add<Ledger> ledger,
                        InOut<ProfitMean> mean, Out<DistributedCents> distributed,
                        Out<households::CapitalIncome> capital_income);

}  // namespace metier::firms
