#pragma once
#include "models/accounts.hpp"
#include "models/labour/columns.hpp"
#include "sim/core/parallel.hpp"
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

/// What the headcount looks at: persons one by one, establishments, and the counts of the month.
struct HeadcountView {
  In<labour::Home> home;
  In<labour::StatusOf> status;
  In<labour::Employer> employer;
  In<labour::Wage> wage;
  In<firms::CommuneOf> commune;
  In<firms::Employees> employees;
  In<firms::SelfEmployed> owners;
  In<firms::WageBill> wage_bill;
  In<labour::EmployedResidents> employed;
  In<labour::Unemployed> unemployed;
  In<labour::Halo> halo;
  In<labour::EmployeesByCommune> jobs;
  In<labour::InCommuters> in_commuters;
  In<labour::OutCommuters> out_commuters;
};

/// Jobs counted again from the persons, who come in any order of employers: a word holds the wages of a cell in cents
/// and, in its last 24 bits, the number of people. Cells: employees by establishment, owners by establishment, residents
/// who work outside by zone (these without wages). What overflows does so in what it is compared with, too: equal books
/// are never refused, and other books are told as long as a cell has fewer than 2^24 people and 2^40 cents of wages.
struct Recount {
  std::vector<std::vector<std::uint64_t>> jobs;  ///< [worker][cell], all 0 between two counts
  PrivateSums<std::int64_t> homes;               ///< [home][status], then jobs here by commune
  std::vector<std::int64_t> by_home;
};

/// People (case V19), after every month:
/// - a person works for an establishment here or an employer outside exactly when his or her status says so; residents
///   are never absent, people of the zones outside are here only as long as they work here;
/// - employees, owners and wage bill of every establishment are those of the persons who say they work there;
/// - by commune: persons = employed + unemployed + halo + training + inactive + student + retired, with the first three
///   as counted for the indicators; by external zone: in-commuters and out-commuters likewise;
/// - jobs of the establishments = employed residents - out-commuters + in-commuters.
/// Errors    BrokenPromise: the run stops and names the person, establishment or place
void check_headcount(const Step& step, HeadcountView view, Scratch<Recount> recount);

}  // namespace metier
