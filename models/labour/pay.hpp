#pragma once
#include "models/accounts.hpp"
#include "models/households/columns.hpp"
#include "models/labour/job_events.hpp"
#include "models/tax/params.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/ledger.hpp"

#include <vector>

namespace metier::labour {

/// Working memory of the payment of wages.
struct Payroll {
  PrivateSums<std::int64_t> by_firm, by_place;
  std::vector<std::int64_t> contributions;  ///< of the workers of each establishment
  std::vector<std::int64_t> paid;  ///< net wages by payee: cells from here, cells from each outside economy, zones
};

/// What the payment of wages looks at.
struct PayrollView {
  In<StatusOf> status;
  In<Employer> employer;
  In<Wage> wage;
  In<Home> home;
  In<Cell> cell;
  In<ZoneGroupOf> zone_group;
  In<firms::WageBill> wage_bill;
  In<sites::Population> communes;
};

/// Pays the wages of the month.
///
/// Person    contributions round_half_away(tax.worker_contributions * wage) cents, net wage = wage - contributions
/// Flows     establishment -> clearing: net wages of its staff; establishment -> government: the workers' contributions
/// and
///           round_half_away(tax.employer_contributions * wage bill) of its own; clearing -> household cells:
///           residents; clearing -> outside economies: people who live there; outside economies -> cells: residents who
///           work there
/// Closes    the clearing account gets and gives the same cents, because both sides add the same persons
void pay_wages(const tax::Params& rates, PayrollView view, Add<Ledger> ledger, Out<households::NetWages> net_wages,
               Out<firms::WageCostCents> wage_cost, Scratch<Payroll> payroll);

}  // namespace metier::labour
