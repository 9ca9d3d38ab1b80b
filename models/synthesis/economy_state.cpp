#include "models/accounts.hpp"
#include "models/credit/columns.hpp"
#include "models/firms/prices.hpp"
#include "models/households/columns.hpp"
#include "models/io/columns.hpp"
#include "models/outside/columns.hpp"
#include "models/synthesis/economy_parts.hpp"
#include "sim/core/math.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"
#include "sim/engine/ledger.hpp"
#include "sim/engine/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <numeric>

namespace metier::synthesis {

namespace {

/// Mark-ups that make the price 1 at the establishment's own unit cost; where costs are above 1 the mark-up is
/// negative.
void set_markups(const Step&, const firms::Params& params, const tax::Params& tax, firms::CostView cost,
                 Out<firms::UnitCost> unit_cost, Out<firms::MarkupNormal> normal, Out<firms::Markup> markup) {
  for_each_row(markup.size(), [&](std::size_t i) {
    unit_cost[i] = i == firms::kNoFirm ? 0.0 : firms::unit_cost_of(i, cost, params, tax);
    markup[i] = normal[i] = unit_cost[i] > 0.0 ? 1.0 / unit_cost[i] - 1.0 : 0.0;
  });
}

/// Largest a with P(N(0, 1) < a) = p.
double quantile(double p) { return math::inverse_normal(p); }

}  // namespace

void settle_state(EconomyBuild& b) {
  World& world = b.world;
  const std::size_t firms = b.firms();
  const Technology& t = b.technology;
  world.set_rows<outside::Economy>(1);
  world.set_rows<outside::Emergency>(1);
  for (double& price : world.column<outside::InvestmentPrice>()) price = 1.0;
  for (double& price : world.column<outside::DwellingPrice>()) price = 1.0;
  for (double& price : world.column<outside::ConsumerPrice>()) price = 1.0;
  world.column<outside::OutsidePriceLevel>()[0] = world.column<outside::OutsideProductivity>()[0] = 1.0;
  const auto price = world.column<firms::Price>();
  const auto loan_share = world.column<credit::LoanShare>();
  std::fill(price.begin(), price.end(), 1.0);

  const auto storable = world.column<io::Storable>();
  const auto employees = world.column<firms::Employees>(), owners = world.column<firms::SelfEmployed>();
  const auto side = world.column<firms::SideWorkers>();
  const auto productivity = world.column<firms::Productivity>(), capital = world.column<firms::Capital>(),
             capital_output = world.column<firms::CapitalOutput>();
  const auto expected = world.column<firms::ExpectedDemand>(), orders = world.column<firms::Orders>(),
             output = world.column<firms::Output>(), plan = world.column<firms::Plan>(),
             stock = world.column<firms::FinishedStock>(), capacity = world.column<firms::CapacityMean>(),
             investment = world.column<firms::InvestmentPlan>(), fill = world.column<firms::Fill>();
  const auto wage_bill = world.column<firms::WageBill>();
  const auto wage_cost = world.column<firms::WageCostCents>();
  for_each_row(firms, [&](std::size_t i) {
    const double x = t.output[i];
    expected[i] = orders[i] = output[i] = plan[i] = x;
    stock[i] = storable[b.good[i]] != 0 ? b.params.firms.stock_target * x : 0.0;
    const double workers = static_cast<double>(employees[i] + owners[i]) + static_cast<double>(side[i]);
    capacity[i] = std::min(productivity[i] * workers * b.params.io.alpha_max, capital[i] * capital_output[i]);
    investment[i] = b.params.firms.depreciation * capital[i];
    fill[i] = 1.0;
    loan_share[i] = capital[i] > 0.0 ? t.loan[i] / capital[i] : 0.0;
    wage_cost[i] =
        wage_bill[i] + round_half_away(b.params.tax.employer_contributions * static_cast<double>(wage_bill[i]));
  });
  Schedule once;
  once.phase("P4", "mark-ups at t = 0").add("synthesis.set_markups", &set_markups, b.params.firms, b.params.tax);
  once.seal(world);
  Step step;
  step.burn_in = true;
  once.run_month(world, step);
}

void open_accounts(EconomyBuild& b) {
  World& world = b.world;
  const std::size_t firms = b.firms(), cells = world.rows<households::Cell>(), sectors = b.pack.sectors.size();
  const Accounts accounts(cells);
  const AccountGroups groups(sectors);
  Ledger::open(world, accounts.count(firms), groups.count(), static_cast<std::size_t>(Flow::kCount));
  const auto group = world.column<AccountGroup>();
  for (std::size_t a = 0; a < static_cast<std::size_t>(Special::kCount); ++a) group[a] = static_cast<std::uint16_t>(a);
  for (std::size_t c = 0; c < cells; ++c) group[accounts.cell(c)] = AccountGroups::households();
  const auto sector = world.column<firms::SectorOf>();
  for (std::size_t i = 0; i < firms; ++i) {
    group[accounts.deposit(i)] = groups.deposits(sector[i]);
    group[accounts.loan(i)] = groups.loans(sector[i]);
  }

  // Months of cost held as cash: normal, with the two points of its distribution that are given.
  const EconomyParams& law = b.params.synthesis.economy;
  const double below_one = quantile(law.cash_below_one_month), below_zero = quantile(law.cash_negative);
  const double sd = below_one > below_zero ? 1.0 / (below_one - below_zero) : 0.0, mean = -below_zero * sd;
  const auto key = world.column<firms::Key>();
  const auto wage_cost = world.column<firms::WageCostCents>();
  const Technology& t = b.technology;
  std::vector<std::int64_t> cash(firms, 0), loan(firms, 0);
  std::vector<std::uint8_t> short_of_cash(firms, 0), overdrawn(firms, 0);
  for_each_row(firms, [&](std::size_t i) {
    if (i == firms::kNoFirm || t.output[i] <= 0.0) return;
    double a = t.recipes.basket[i] + t.other_cost[i];
    for (std::size_t k = t.recipes.begin[i]; k < t.recipes.begin[i + 1]; ++k) a += t.recipes.coefficient[k];
    const double cost = a * t.output[i] * kCentsPerKiloEuro + static_cast<double>(wage_cost[i]);
    Draws draws = b.keys.draws(RngDomain::kSynthesisCash, key[i]);
    const double months = mean + sd * draws.normal();
    cash[i] = round_half_away(months * std::max(0.0, cost));
    loan[i] = round_half_away(t.loan[i] * kCentsPerKiloEuro);
    short_of_cash[i] = months < 1.0 ? 1 : 0;
    overdrawn[i] = months < 0.0 ? 1 : 0;
  });
  const auto income = world.column<households::Income>();
  const auto target = world.column<households::DepositTarget>();
  const Ledger::One bank = only(Special::kBank);
  const auto kOpening = static_cast<Ledger::Kind>(Flow::kOpening);
  Ledger ledger(world);
  ledger.open_month(0);
  ledger.post_rows(
      firms, kOpening, bank, [&](std::size_t i) { return accounts.deposit(i); },
      [&](std::size_t i) { return cash[i]; });
  ledger.post_rows(
      firms, kOpening, [&](std::size_t i) { return accounts.loan(i); }, bank, [&](std::size_t i) { return loan[i]; });
  ledger.post_rows(
      cells, kOpening, bank, [&](std::size_t c) { return accounts.cell(c); },
      [&](std::size_t c) { return round_half_away(target[c] * static_cast<double>(income[c])); });
  // What banks owe beyond their loans they hold in the rest of the country.
  const std::int64_t owed = -world.column<AccountBalance>()[Accounts::of(Special::kBank)];
  ledger.post(Accounts::of(Special::kRof), Accounts::of(Special::kBank), Cents{owed}, kOpening);

  double n = 0.0, poor = 0.0, negative = 0.0;
  for (std::size_t i = 1; i < firms; ++i) {
    if (t.output[i] <= 0.0) continue;
    n += 1.0;
    poor += short_of_cash[i];
    negative += overdrawn[i];
  }
  // Five standard deviations of a binomial share.
  const auto tolerance = [&](double p) { return 5.0 * std::sqrt((1.0 - p) / (p * std::max(1.0, n))); };
  b.report.add("establishments with less than a month of cost in cash", "all", law.cash_below_one_month * n, poor,
               tolerance(law.cash_below_one_month), "each by lot: 5 standard deviations");
  b.report.add("establishments with negative cash", "all", law.cash_negative * n, negative,
               tolerance(law.cash_negative), "each by lot: 5 standard deviations");
  b.report.assume("synthesis.cash_below_one_month, synthesis.cash_negative",
                  fmt::format("{}, {}", law.cash_below_one_month, law.cash_negative),
                  "Cash in months of cost is normal, the same law in every sector and size.");
}

}  // namespace metier::synthesis
