#include "models/labour/pay.hpp"

#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

namespace metier::labour {

namespace {
AccountId economy(std::size_t group) {
  switch (group) {
    case outside::kRof: return Accounts::of(Special::kRof);
    case outside::kNwe: return Accounts::of(Special::kNwe);
    default: return Accounts::of(Special::kRow);
  }
}
Ledger::Kind kind(Flow flow) { return static_cast<Ledger::Kind>(flow); }
}  // namespace

void add_up_payees(PayeesView person, In<ZoneGroupOf> zone_group, In<sites::Population> communes,
                   Out<PayeeWages> wages) {
  set_zero(wages);
  const Payees payees(wages.size(), zone_group.size());
  for (std::size_t h = 0; h < person.status.size(); ++h) {
    if (person.status[h] != Status::kEmployed) continue;
    wages[payees.of(person.home[h], person.cell[h], person.employer[h], communes.size(), zone_group)] += person.wage[h];
  }
}

void pay_wages(const tax::Params& rates, PayrollView view, Add<Ledger> ledger, Out<households::NetWages> net_wages,
               Out<firms::WageCostCents> wage_cost, Scratch<Payroll> payroll) {
  Payroll& m = *payroll;
  const std::size_t n_firms = view.wage_bill.size(), zones = view.zone_group.size();
  const Payees payees(view.wages.size(), zones);
  const std::size_t cells = payees.cells();
  const auto workers_part = [&](std::int64_t gross) {
    return round_half_away(rates.worker_contributions * static_cast<double>(gross));
  };
  m.contributions.resize(n_firms);
  for_each_row(n_firms, [&](std::size_t i) { m.contributions[i] = workers_part(view.wage_bill[i]); });

  // Payees of establishments here.
  const auto payee = [&](std::size_t k) { return k < cells ? payees.cell(k) : payees.zone(k - cells); };
  m.gross.resize(cells + zones);
  m.keys.resize(cells + zones);
  m.kept.resize(cells + zones);
  std::int64_t earned = 0;
  for (std::size_t k = 0; k < m.gross.size(); ++k) {
    earned += view.wages[payee(k)];
    m.gross[k] = static_cast<double>(view.wages[payee(k)]);
    m.keys[k] = k;
  }
  const std::int64_t bills = integer_sum(n_firms, [&](std::size_t i) { return view.wage_bill[i]; });
  METIER_REQUIRE(bills == earned, "wage bills of establishments and wages of their staff are the same cents");
  split_counts(integer_sum(n_firms, [&](std::size_t i) { return m.contributions[i]; }), m.gross, m.keys, m.kept);
  const auto net = [&](std::size_t k) { return view.wages[payee(k)] - m.kept[k]; };

  const auto employers_part = [&](std::size_t i) {
    return round_half_away(rates.employer_contributions * static_cast<double>(view.wage_bill[i]));
  };
  for_each_row(n_firms, [&](std::size_t i) { wage_cost[i] = view.wage_bill[i] + employers_part(i); });

  const Accounts accounts(cells);
  const Ledger::One clearing = only(Special::kWages), government = only(Special::kGov);
  const auto deposit = [&](std::size_t i) { return accounts.deposit(i); };
  ledger->post_rows(n_firms, kind(Flow::kWages), deposit, clearing,
                    [&](std::size_t i) { return view.wage_bill[i] - m.contributions[i]; });
  ledger->post_rows(n_firms, kind(Flow::kWorkerContributions), deposit, government,
                    [&](std::size_t i) { return m.contributions[i]; });
  ledger->post_rows(n_firms, kind(Flow::kEmployerContributions), deposit, government, employers_part);
  for (std::size_t c = 0; c < cells; ++c) {
    std::int64_t income = net(c);
    if (income != 0) ledger->post(clearing.account, accounts.cell(c), Cents{income}, kind(Flow::kWages));
    for (std::size_t g = 0; g < Payees::kEconomies; ++g) {
      const std::int64_t gross = view.wages[payees.cell_from(c, g)], from_outside = gross - workers_part(gross);
      if (from_outside != 0) ledger->post(economy(g), accounts.cell(c), Cents{from_outside}, kind(Flow::kWages));
      income += from_outside;
    }
    net_wages[c] = income;
  }
  for (std::size_t z = 0; z < zones; ++z) {
    if (net(cells + z) == 0) continue;
    ledger->post(clearing.account, economy(view.zone_group[z]), Cents{net(cells + z)}, kind(Flow::kWages));
  }
}

}  // namespace metier::labour
