#pragma once
#include "models/accounts.hpp"
#include "models/credit/columns.hpp"
#include "models/credit/params.hpp"
#include "models/outside/columns.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"
#include "sim/engine/ledger.hpp"

namespace metier::credit {

struct GuaranteedView {
  In<outside::LoanSalesShare> sales_share;
  In<firms::UsualSales> usual_sales;
  In<firms::PurchasesCents> purchases;
  In<firms::WageCostCents> wage_cost;
  In<firms::TaxCents> taxes;
  In<households::Households> cells;
  In<AccountBalance> balance;
};
/// Loans guaranteed by the State while the measure lasts, and their repayment afterwards.
///
/// Equations an establishment with less cash than a month of its cost draws min(12 share usual sales - drawn, cost -
/// cash);
///           when the measure has ended it pays back drawn / months a month, whatever its cash (models/credit/README.md
///           eq. 2)
/// Symbols   cost = purchases + wage cost + taxes of last month; months = credit.guaranteed_months
/// Source    French scheme of 2020-2021 (prêt garanti par l'État), scenarios/paths/README.md
void lend_guaranteed(const Step& step, const Params& params, GuaranteedView view, Add<Ledger> ledger,
                     InOut<GuaranteedDrawn> drawn, InOut<GuaranteedLoan> loan);

}  // namespace metier::credit
