#include "models/outside/emergency.hpp"

#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace metier::outside {

void observe_emergency(const Step& step, In<EmergencyPath> path, Out<ShortTimeShare> short_time_share,
                       Out<ShortTimePay> short_time_pay, Out<LoanSalesShare> loan_sales_share, Out<FundMax> fund_max,
                       Out<FundMaxEmployees> fund_max_employees, Out<FundMinLoss> fund_min_loss) {
  std::array<double, kEmergencyKeys> level{};
  const std::size_t months = path.size() / kEmergencyKeys;
  if (months > 0 && !step.burn_in) {
    const std::size_t row = std::min(static_cast<std::size_t>(step.month), months - 1) * kEmergencyKeys;
    for (std::size_t k = 0; k < kEmergencyKeys; ++k) level[k] = path[row + k];
  }
  short_time_share[0] = level[0];
  short_time_pay[0] = level[1];
  loan_sales_share[0] = level[2];
  fund_max[0] = level[3];
  fund_max_employees[0] = level[4];
  fund_min_loss[0] = level[5];
}

void pay_emergency(const Step& step, const tax::Params& tax, EmergencyView v, Add<Ledger> ledger,
                   InOut<firms::UsualSales> usual_sales, Out<firms::StateAidCents> state_aid) {
  constexpr double kMemory = 12.0;  // months
  const Accounts accounts(v.cells.size());
  const std::size_t firms = state_aid.size();
  const double net = v.short_time_pay[0] * (1.0 - tax.worker_contributions);
  const double ceiling = 100.0 * v.fund_max[0];
  const bool first = step.month == 1;
  std::vector<std::int64_t> fund(ceiling > 0.0 ? firms : 0);
  for_each_row(firms, [&](std::size_t i) {
    const auto sales = static_cast<double>(v.sales[i]);
    if (first && usual_sales[i] == 0.0) usual_sales[i] = sales;
    if (ceiling > 0.0) {
      const double loss = usual_sales[i] - sales;
      const bool somebody = v.employees[i] + v.owners[i] > 0;
      if (somebody && static_cast<double>(v.employees[i]) <= v.fund_max_employees[0] &&
          loss > v.fund_min_loss[0] * usual_sales[i]) {
        fund[i] = round_half_away(std::min(ceiling, loss));
      }
    } else {
      usual_sales[i] += (sales - usual_sales[i]) / kMemory;
    }
    const double mean_wage =
        v.employees[i] > 0 ? static_cast<double>(v.wage_bill[i]) / static_cast<double>(v.employees[i]) : 0.0;
    state_aid[i] = round_half_away(net * mean_wage * std::min(v.short_time[i], static_cast<double>(v.employees[i])));
  });
  const auto deposit = [&](std::size_t i) { return accounts.deposit(i); };
  if (net > 0.0) {
    ledger->post_rows(firms, static_cast<Ledger::Kind>(Flow::kShortTimeWork), only(Special::kGov), deposit,
                      [&](std::size_t i) { return state_aid[i]; });
  }
  if (ceiling <= 0.0) return;
  ledger->post_rows(firms, static_cast<Ledger::Kind>(Flow::kSolidarityFund), only(Special::kGov), deposit,
                    [&](std::size_t i) { return fund[i]; });
  for_each_row(firms, [&](std::size_t i) { state_aid[i] += fund[i]; });
}

}  // namespace metier::outside
