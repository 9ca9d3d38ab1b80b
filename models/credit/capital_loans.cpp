#include "models/credit/capital_loans.hpp"

#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>

namespace metier::credit {

void finance_capital(const Step&, const firms::Params& firms, CapitalLoans v, Add<Ledger> ledger,
                     Out<NetBorrowing> borrowed) {
  const Accounts accounts(v.cells.size());
  const double price = v.investment_price[0] * kCentsPerKiloEuro;
  for_each_row(borrowed.size(), [&](std::size_t i) {
    const std::int64_t owed = -v.balance[accounts.loan(i)] - v.guaranteed[i];
    borrowed[i] = round_half_away(v.share[i] * v.executed[i] * price - firms.depreciation * static_cast<double>(owed));
  });
  const auto deposit = [&](std::size_t i) { return accounts.deposit(i); };
  const auto debt = [&](std::size_t i) { return accounts.loan(i); };
  ledger->post_batch(borrowed.size(), static_cast<Ledger::Kind>(Flow::kLoan), debt, deposit,
                     [&](std::size_t i) { return std::max<std::int64_t>(0, borrowed[i]); });
  ledger->post_batch(borrowed.size(), static_cast<Ledger::Kind>(Flow::kRepayment), deposit, debt,
                     [&](std::size_t i) { return std::max<std::int64_t>(0, -borrowed[i]); });
}

}  // namespace metier::credit
