#include "models/credit/capital_loans.hpp"

#include "models/credit/lending.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

namespace metier::credit {

void finance_capital(const Step&, const firms::Params& firms, CapitalLoans v, Add<Ledger> ledger,
                     Out<NetBorrowing> borrowed) {
  const Accounts accounts(v.cells.size());
  const double price = v.investment_price[0] * kCentsPerKiloEuro;
  for_each_row(borrowed.size(), [&](std::size_t i) {
    const std::int64_t owed = -v.balance[accounts.loan(i)] - v.guaranteed[i];
    borrowed[i] = round_half_away(v.share[i] * v.executed[i] * price - firms.depreciation * static_cast<double>(owed));
  });
  post_loans(*ledger, accounts, borrowed);
}

}  // namespace metier::credit
