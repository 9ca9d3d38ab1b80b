#pragma once
#include "models/accounts.hpp"
#include "models/households/columns.hpp"
#include "models/labour/job_events.hpp"
#include "models/tax/params.hpp"
#include "sim/engine/ledger.hpp"

#include <vector>

namespace metier::labour {

/// Who earns what from whom.
struct PayeesView {
  In<StatusOf> status;
  In<Employer> employer;
  In<Wage> wage;
  In<Home> home;
  In<Cell> cell;
};

/// Adds up gross wages by payee from the persons, at t = 0: from then on `WageTotals` keeps them.
void add_up_payees(PayeesView person, In<ZoneGroupOf> zone_group, In<sites::Population> communes,
                   Out<PayeeWages> wages);

/// Working memory of the payment of wages.
struct Payroll {
  std::vector<std::int64_t> contributions;  ///< of the staff of each establishment
  std::vector<double> gross;                ///< of payees who are paid by establishments here: cells, then zones
  std::vector<std::uint64_t> keys;
  std::vector<std::int64_t> kept;  ///< their contributions
};

/// What the payment of wages looks at.
struct PayrollView {
  In<firms::WageBill> wage_bill;
  In<PayeeWages> wages;
  In<ZoneGroupOf> zone_group;
};

/// Pays the wages of the month.
///
/// Establishment   keeps the workers' contributions round_half_away(tax.worker_contributions * wage bill) and pays
///           round_half_away(tax.employer_contributions * wage bill) of its own on top
/// Payees    the contributions that establishments keep are split over cells and external zones in proportion to
///           gross wages (largest remainder); on wages from each outside economy a cell bears
///           round_half_away(rate * gross)
/// Flows     establishment -> clearing: net wages of its staff; establishment -> government: both contributions;
///           clearing -> household cells: residents; clearing -> outside economies: people who live there; outside
///           economies -> cells: residents who work there
/// Closes    the clearing account gets and gives the same cents
/// Errors    BrokenPromise if wage bills and gross wages of payees are not the same cents
void pay_wages(const tax::Params& rates, PayrollView view, Add<Ledger> ledger, Out<households::NetWages> net_wages,
               Out<firms::WageCostCents> wage_cost, Scratch<Payroll> payroll);

}  // namespace metier::labour
