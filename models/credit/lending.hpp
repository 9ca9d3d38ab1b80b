#pragma once
#include "models/accounts.hpp"
#include "sim/engine/access.hpp"
#include "sim/engine/ledger.hpp"

#include <algorithm>
#include <cstdint>

namespace metier::credit {

/// Posts what establishments borrow (change > 0) and pay back (change < 0) this month.
/// Shape     change[i], cents, one entry per row of firm
template <class Changes>
void post_loans(Ledger& ledger, const Accounts& accounts, const Changes& change) {
  const auto deposit = [&](std::size_t i) { return accounts.deposit(i); };
  const auto debt = [&](std::size_t i) { return accounts.loan(i); };
  ledger.post_rows(change.size(), static_cast<Ledger::Kind>(Flow::kLoan), debt, deposit,
                   [&](std::size_t i) { return std::max<std::int64_t>(0, change[i]); });
  ledger.post_rows(change.size(), static_cast<Ledger::Kind>(Flow::kRepayment), deposit, debt,
                   [&](std::size_t i) { return std::max<std::int64_t>(0, -change[i]); });
}

}  // namespace metier::credit
