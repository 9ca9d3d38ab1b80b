#pragma once
#include "models/accounts.hpp"
#include "models/labour/columns.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"
#include "sim/engine/ledger.hpp"

#include <cstdint>
#include <vector>

namespace metier {

/// Opens the books of the month.
void open_month(const Step& step, Add<Ledger> ledger);

/// Money: the sum of all balances is 0, clearing accounts and government are at 0, paid = received for every kind of
/// flow. Errors    BrokenPromise: the run stops, since from here on every number would be wrong
void check_books(const Step& step, In<AccountBalance> balance, In<FlowPaid> paid, In<FlowReceived> received,
                 In<LedgerKinds> kinds);

/// People and wages of an establishment counted again from the persons, side by side: persons come in any order of
/// employers.
struct Staff {
  std::int64_t wages = 0;
  std::int32_t employees = 0, owners = 0;
};
struct Recount {
  std::vector<std::vector<Staff>> of;  ///< [worker][establishment]
};

/// People: employees of every establishment and self-employed persons match the persons who say they work there.
/// Errors    BrokenPromise
void check_headcount(const Step& step, In<labour::StatusOf> status, In<labour::Employer> employer,
                     In<labour::Wage> wage, In<firms::Employees> employees, In<firms::SelfEmployed> owners,
                     In<firms::WageBill> wage_bill, Scratch<Recount> recount);

}  // namespace metier
