#pragma once
#include "models/accounts.hpp"
#include "models/outside/columns.hpp"
#include "models/tax/params.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"
#include "sim/engine/ledger.hpp"

namespace metier::outside {

/// Puts the measures of this month in force; none in the burn-in, after the path its last levels hold.
void observe_emergency(const Step& step, In<EmergencyPath> path, Out<ShortTimeShare> short_time_share,
                       Out<ShortTimePay> short_time_pay, Out<LoanSalesShare> loan_sales_share, Out<FundMax> fund_max,
                       Out<FundMaxEmployees> fund_max_employees, Out<FundMinLoss> fund_min_loss);

struct EmergencyView {
  In<ShortTimePay> short_time_pay;
  In<FundMax> fund_max;
  In<FundMaxEmployees> fund_max_employees;
  In<FundMinLoss> fund_min_loss;
  In<firms::ShortTime> short_time;
  In<firms::Employees> employees;
  In<firms::SelfEmployed> owners;
  In<firms::WageBill> wage_bill;
  In<firms::SalesCents> sales;
  In<households::Households> cells;
};
/// The State pays for hours not worked and helps small establishments that lost sales: government -> establishments.
///
/// Equations short-time work: pay share x mean net wage of the staff x workers' hours not worked; staff get their full
/// wage
///           from the employer, whom this pays back
///           solidarity fund: min(ceiling, loss) if employees <= limit, somebody works there and loss > share x usual
///           sales, loss = usual sales - sales; usual sales: mean of some twelve months, standing still while the fund
///           is open
///                                                                                (models/outside/README.md eq. 6, 7)
/// Source    French schemes of 2020-2021, scenarios/paths/README.md
void pay_emergency(const Step& step, const tax::Params& tax, EmergencyView view, Add<Ledger> ledger,
                   InOut<firms::UsualSales> usual_sales, Out<firms::StateAidCents> state_aid);

}  // namespace metier::outside
