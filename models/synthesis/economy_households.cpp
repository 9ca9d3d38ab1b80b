#include "models/households/columns.hpp"
#include "models/labour/columns.hpp"
#include "models/outside/columns.hpp"
#include "models/synthesis/economy_parts.hpp"
#include "sim/core/math.hpp"
#include "sim/core/money.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <numeric>

namespace metier::synthesis {

namespace {

using households::kQuintiles;
constexpr double kMonthsOfYear = 12.0, kCents = 100.0;
/// Relative band of the cross-check of incomes, and how many sampling errors of the drawn establishments are allowed
/// besides.
constexpr double kIncomeBand = 0.1, kSamplingErrors = 2.0;

/// People of the labour force by cell, at t = 0.
struct CellPeople {
  std::vector<double> all, self_employed, unemployed;
};

CellPeople count_cells(World& world, std::size_t cells) {
  CellPeople count{std::vector<double>(cells, 0.0), std::vector<double>(cells, 0.0), std::vector<double>(cells, 0.0)};
  const auto cell = world.column<labour::Cell>();
  const auto status = world.column<labour::StatusOf>();
  for (std::size_t h = 0; h < cell.size(); ++h) {
    if (cell[h] == labour::kNoCell) continue;
    count.all[cell[h]] += 1.0;
    if (status[h] == labour::Status::kSelfEmployed) count.self_employed[cell[h]] += 1.0;
    if (status[h] == labour::Status::kUnemployed) count.unemployed[cell[h]] += 1.0;
  }
  return count;
}

/// Wages after the workers' contributions, as they are paid each month.
void net_wages(const EconomyBuild& b, std::span<std::int64_t> wages) {
  const auto cell = b.world.column<labour::Cell>();
  const auto wage = b.world.column<labour::Wage>();
  for (std::size_t h = 0; h < cell.size(); ++h) {
    if (cell[h] != labour::kNoCell) wages[cell[h]] += wage[h];
  }
  for (std::int64_t& w : wages) w -= round_half_away(b.params.tax.worker_contributions * static_cast<double>(w));
}

/// Profits that reach households each month, in cents, and the part that is mixed income. sampling_error: standard
/// error of `all` as the ratio to given numbers of people at work, establishments drawn independently in each group of
/// sectors (Cochran 1977, Sampling Techniques, eq. 6.4, and separate ratios by strata): how much of it is the luck of
/// which establishments these are.
struct ProfitIncome {
  double all = 0.0, mixed = 0.0, sampling_error = 0.0;
};
ProfitIncome profit_income(const EconomyBuild& b) {
  const auto owners = b.world.column<firms::SelfEmployed>();
  const auto sector = b.world.column<firms::SectorOf>();
  const auto hq_outside = b.world.column<firms::HqOutside>();
  const auto employees = b.world.column<firms::Employees>();
  ProfitIncome income;
  struct Moments {
    double income = 0.0, people = 0.0, squares = 0.0, products = 0.0, squared_people = 0.0;
  };
  std::array<Moments, kGroups> groups{};
  for (std::size_t i = 1; i < b.firms(); ++i) {
    const double before = b.technology.profit[i] * kCentsPerKiloEuro;
    const bool company = owners[i] == 0;
    const double net = company && before > 0.0 ? before * (1.0 - b.params.tax.corporate) : before;
    const double paid = b.params.firms.dividend_share * std::max(0.0, net) *
                        (1.0 - b.economy.nonmarket_share[sector[i]]) * (1.0 - static_cast<double>(hq_outside[i]));
    const double interest = b.technology.loan[i] * b.params.credit.rate / kMonthsOfYear * kCentsPerKiloEuro;
    income.all += paid + interest;
    if (!company) income.mixed += paid;
    const auto here = static_cast<double>(employees[i] + owners[i]);
    Moments& m = groups[b.pack.sectors[sector[i]].group];
    m.income += paid + interest;
    m.people += here;
    m.squares += (paid + interest) * (paid + interest);
    m.products += (paid + interest) * here;
    m.squared_people += here * here;
  }
  double variance = 0.0;
  for (const Moments& m : groups) {
    const double each = m.people > 0.0 ? m.income / m.people : 0.0;
    variance += std::max(0.0, m.squares - 2.0 * each * m.products + each * each * m.squared_people);
  }
  income.sampling_error = math::sqrt(variance);
  return income;
}

}  // namespace

void build_households(EconomyBuild& b) {
  World& world = b.world;
  const std::size_t communes = b.pack.communes.size(), cells = communes * kQuintiles;
  const double scale = b.params.synthesis.scale_factor;
  world.set_rows<households::Cell>(cells);
  const CellPeople people = count_cells(world, cells);
  const auto homes = world.column<households::Households>(), inhabitants = world.column<households::Inhabitants>();
  const auto population = world.column<sites::Population>();
  const auto benefit_share = world.column<households::BenefitShare>();
  double all_inhabitants = 0.0;
  for (std::size_t c = 0; c < communes; ++c) {
    const std::size_t first = c * kQuintiles;
    double active = 0.0, idle = 0.0;
    for (std::size_t q = 0; q < kQuintiles; ++q) {
      active += people.all[first + q];
      idle += people.unemployed[first + q];
    }
    for (std::size_t q = 0; q < kQuintiles; ++q) {
      // Somebody lives in every cell, even where the labour force of the commune has nobody of that quintile.
      const double share = (people.all[first + q] + 0.01) / (active + 0.01 * kQuintiles);
      inhabitants[first + q] = share * static_cast<double>(population[c]);
      homes[first + q] = share * scale * b.economy.commune_households[c];
      benefit_share[first + q] = idle > 0.0 ? people.unemployed[first + q] / idle : 1.0 / kQuintiles;
    }
    all_inhabitants += static_cast<double>(population[c]);
  }

  const auto wages = world.column<households::NetWages>();
  std::fill(wages.begin(), wages.end(), 0);
  net_wages(b, wages);

  // Mixed income goes where its owners live, the rest of profits where deposits are.
  const ProfitIncome profits = profit_income(b);
  const auto capital_share = world.column<households::CapitalShare>();
  std::vector<double> wealth(cells);
  double all_wealth = 0.0, all_owners = 0.0;
  for (std::size_t c = 0; c < cells; ++c) {
    wealth[c] = inhabitants[c] * b.economy.deposits_years[c % kQuintiles] * b.economy.median_income[c / kQuintiles];
    all_wealth += wealth[c];
    all_owners += people.self_employed[c];
  }
  const double mixed = profits.all > 0.0 && all_owners > 0.0 ? profits.mixed / profits.all : 0.0;
  for (std::size_t c = 0; c < cells; ++c) {
    capital_share[c] = (1.0 - mixed) * wealth[c] / all_wealth;
    if (mixed > 0.0) capital_share[c] += mixed * people.self_employed[c] / all_owners;
  }

  // Unemployment benefit, by the rule of tax.pay_transfers.
  const std::size_t occupations = world.rows<labour::Occupation>();
  const auto home = world.column<labour::Home>();
  const auto status = world.column<labour::StatusOf>();
  const auto occupation = world.column<labour::OccupationOf>();
  const auto median = world.column<labour::MedianWage>();
  std::vector<double> benefits(communes, 0.0);
  const auto unemployed = world.column<labour::Unemployed>();
  std::fill(unemployed.begin(), unemployed.end(), 0);
  for (std::size_t h = 0; h < home.size(); ++h) {
    if (home[h] >= communes || status[h] != labour::Status::kUnemployed) continue;
    ++unemployed[home[h] * occupations + occupation[h]];
    benefits[home[h]] += b.params.tax.benefit_replacement * b.params.tax.benefit_covered * median[occupation[h]];
  }
  const double all_benefits = std::accumulate(benefits.begin(), benefits.end(), 0.0);

  // Other transfers: their total is that of the accounts; a commune gets what brings its income in line with its living
  // standard, at least a floor per inhabitant.
  const EconomyPack::HouseholdAccounts& accounts = b.economy.households;
  const double per_head =
      kCents / kMonthsOfYear * (accounts.benefits + accounts.transfers_received - accounts.transfers_paid);
  const double all_transfers = std::max(0.0, per_head * all_inhabitants - all_benefits);
  const double mean_transfer = all_inhabitants > 0.0 ? all_transfers / all_inhabitants : 0.0;
  double all_before = 0.0, all_standard = 0.0;
  std::vector<double> before(communes, 0.0), standard(communes, 0.0), heads(communes, 0.0), wanted(communes);
  for (std::size_t c = 0; c < cells; ++c) {
    const std::size_t commune = c / kQuintiles;
    before[commune] += static_cast<double>(wages[c]) + capital_share[c] * profits.all;
    heads[commune] += inhabitants[c];
  }
  for (std::size_t c = 0; c < communes; ++c) {
    before[c] += benefits[c];
    standard[c] = heads[c] * b.economy.median_income[c];
    all_before += before[c];
    all_standard += standard[c];
  }
  double sum = 0.0;
  for (std::size_t c = 0; c < communes; ++c) {
    const double income = (all_before + all_transfers) * standard[c] / all_standard;
    wanted[c] = std::max(b.params.synthesis.economy.transfer_floor * mean_transfer * heads[c], income - before[c]);
    sum += wanted[c];
  }
  const auto base = world.column<households::BaseTransfers>();
  for (std::size_t c = 0; c < cells; ++c) {
    const std::size_t commune = c / kQuintiles;
    base[c] = sum > 0.0 && heads[commune] > 0.0
                  ? all_transfers * wanted[commune] / sum * inhabitants[c] / heads[commune]
                  : 0.0;
  }

  const auto capital = world.column<households::CapitalIncome>(), transfers = world.column<households::Transfers>(),
             taxes = world.column<households::Taxes>(), income = world.column<households::Income>();
  const auto target = world.column<households::DepositTarget>(), budget0 = world.column<households::Budget0>(),
             dwellings0 = world.column<households::Dwellings0>();
  double budgets = 0.0, disposable = 0.0, dwellings = 0.0;
  for (std::size_t c = 0; c < cells; ++c) {
    const std::size_t q = c % kQuintiles;
    capital[c] = round_half_away(capital_share[c] * profits.all);
    transfers[c] = round_half_away(base[c] + benefits[c / kQuintiles] * benefit_share[c]);
    taxes[c] = round_half_away(static_cast<double>(wages[c] + capital[c] + transfers[c]) * b.params.tax.income);
    income[c] = wages[c] + capital[c] + transfers[c] - taxes[c];
    target[c] = kMonthsOfYear * b.economy.deposits_years[q];
    const std::int64_t budget = round_half_away(b.params.households.spend_income[q] * static_cast<double>(income[c]));
    budgets += static_cast<double>(budget);
    disposable += static_cast<double>(income[c]);
    budget0[c] = static_cast<double>(budget);
    dwellings0[c] = b.params.households.dwelling_share * static_cast<double>(income[c] - budget);
    dwellings += dwellings0[c];
  }
  b.spending = budgets / kCentsPerKiloEuro / (1.0 + b.params.tax.vat);
  b.dwellings = dwellings / kCentsPerKiloEuro;
  if (all_inhabitants > 0.0) {
    const double per_inhabitant = kMonthsOfYear / kCents / all_inhabitants;
    const double luck =
        profits.sampling_error * (1.0 - b.params.tax.income) * per_inhabitant / accounts.disposable_income;
    b.report.add(
        "disposable income [EUR/inhabitant/year]", "all", accounts.disposable_income, disposable * per_inhabitant,
        kIncomeBand + kSamplingErrors * luck,
        fmt::format("cross-check: accounts of the region, 10 % and {:g} sampling errors of profits, {:.2g} % each",
                    kSamplingErrors, 100.0 * luck));
  }
  b.report.assume(
      "anchors households.*", "transfers",
      "Transfers per inhabitant are those of the region; communes get them by living standard, cells by inhabitants.");
  b.report.assume("cell.capital_share", "deposits, owners",
                  "Mixed income goes to cells by their self-employed, other profits by their deposits.");
}

}  // namespace metier::synthesis
