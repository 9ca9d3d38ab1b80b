#include "models/labour/pay.hpp"

#include "models/outside/columns.hpp"

#include <algorithm>
#include <numeric>

namespace metier::labour {

namespace {
constexpr std::size_t kEconomies = outside::kZoneGroups;

AccountId economy(std::size_t group) {
  switch (group) {
    case outside::kRof: return Accounts::of(Special::kRof);
    case outside::kNwe: return Accounts::of(Special::kNwe);
    default: return Accounts::of(Special::kRow);
  }
}
Ledger::Kind kind(Flow flow) { return static_cast<Ledger::Kind>(flow); }
}  // namespace

void pay_wages(const tax::Params& rates, PayrollView view, Add<Ledger> ledger, Out<households::NetWages> net_wages,
               Out<firms::WageCostCents> wage_cost, Scratch<Payroll> payroll) {
  Payroll& m = *payroll;
  const std::size_t n_firms = view.wage_bill.size();
  const std::size_t cells = net_wages.size();
  const std::size_t zones = view.zone_group.size();
  const std::size_t communes = view.communes.size();
  // Payees: [cells] from establishments here, [cells x economies] from outside, [zones] people from outside.
  const std::size_t from_outside = cells, to_zones = from_outside + cells * kEconomies;
  m.by_firm.reset(n_firms);
  m.by_place.reset(to_zones + zones);
  for_each_block(view.status.size(), 8 * kRowBlock, [&](std::size_t, std::size_t begin, std::size_t end) {
    const std::span<std::int64_t> firm = m.by_firm.mine();
    const std::span<std::int64_t> place = m.by_place.mine();
    for (std::size_t h = begin; h < end; ++h) {
      const Row next = view.employer[std::min(h + kAhead, end - 1)];
      if (next < n_firms) prefetch(firm.data() + next);
      if (view.status[h] != Status::kEmployed) continue;
      const std::int64_t contributions =
          round_half_away(rates.worker_contributions * static_cast<double>(view.wage[h]));
      const std::int64_t net = view.wage[h] - contributions;
      const Row i = view.employer[h];
      if (works_outside(i)) {
        place[from_outside + view.cell[h] * kEconomies + view.zone_group[outside_zone(i)]] += net;
        continue;
      }
      firm[i] += contributions;
      place[view.home[h] < communes ? view.cell[h] : to_zones + view.home[h] - communes] += net;
    }
  });
  m.contributions.assign(n_firms, 0);
  m.by_firm.add_to(std::span(m.contributions));
  m.paid.assign(to_zones + zones, 0);
  m.by_place.add_to(std::span(m.paid));

  const std::int64_t owed = integer_sum(n_firms, [&](std::size_t i) { return view.wage_bill[i] - m.contributions[i]; });
  const auto given =
      std::accumulate(m.paid.begin(), m.paid.begin() + static_cast<std::ptrdiff_t>(cells), std::int64_t{0}) +
      std::accumulate(m.paid.begin() + static_cast<std::ptrdiff_t>(to_zones), m.paid.end(), std::int64_t{0});
  METIER_REQUIRE(owed == given, "wage bills of establishments and wages of their staff are the same cents");

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
    std::int64_t net = m.paid[c];
    if (net != 0) ledger->post(clearing.account, accounts.cell(c), Cents{net}, kind(Flow::kWages));
    for (std::size_t g = 0; g < kEconomies; ++g) {
      const std::int64_t earned = m.paid[from_outside + c * kEconomies + g];
      if (earned != 0) ledger->post(economy(g), accounts.cell(c), Cents{earned}, kind(Flow::kWages));
      net += earned;
    }
    net_wages[c] = net;
  }
  for (std::size_t z = 0; z < zones; ++z) {
    if (m.paid[to_zones + z] == 0) continue;
    ledger->post(clearing.account, economy(view.zone_group[z]), Cents{m.paid[to_zones + z]}, kind(Flow::kWages));
  }
}

}  // namespace metier::labour
