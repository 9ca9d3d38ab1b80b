#include "models/credit/guaranteed.hpp"

#include "models/credit/lending.hpp"

#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <vector>

namespace metier::credit {

void lend_guaranteed(const Step&, const Params& params, GuaranteedView v, Add<Ledger> ledger,
                     InOut<GuaranteedDrawn> drawn, InOut<GuaranteedLoan> loan) {
  const Accounts accounts(v.cells.size());
  const std::size_t firms = loan.size();
  const double share = v.sales_share[0];
  if (share <= 0.0 && integer_sum(firms, [&](std::size_t i) { return loan[i]; }) == 0) return;  // in most months
  std::vector<std::int64_t> amount(firms);  // lent (positive) or paid back (negative)
  for_each_row(firms, [&](std::size_t i) {
    amount[i] = 0;
    if (share > 0.0) {
      const std::int64_t cost = v.purchases[i] + v.wage_cost[i] + v.taxes[i];
      const std::int64_t room = round_half_away(12.0 * share * v.usual_sales[i]) - drawn[i];
      amount[i] = std::max<std::int64_t>(0, std::min(room, cost - v.balance[accounts.deposit(i)]));
      drawn[i] += amount[i];
    } else if (loan[i] > 0) {
      amount[i] = -std::min(loan[i], round_half_away(static_cast<double>(drawn[i]) / params.guaranteed_months));
    }
    loan[i] += amount[i];
    if (loan[i] == 0 && share <= 0.0) drawn[i] = 0;
  });
  post_loans(*ledger, accounts, amount);
}

}  // namespace metier::credit
