#include "models/synthesis/economy.hpp"

#include "models/io/columns.hpp"
#include "models/labour/columns.hpp"
#include "models/outside/columns.hpp"
#include "models/synthesis/economy_parts.hpp"
#include "models/synthesis/mix.hpp"
#include "models/synthesis/units.hpp"
#include "models/tax/columns.hpp"
#include "sim/core/math.hpp"
#include "sim/core/money.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <limits>
#include <numeric>

namespace metier::synthesis {

namespace {

constexpr double kThousand = 1000.0, kMonths = 12.0;
/// Bands of the cross-checks, relative.
constexpr double kMagnitude = 0.15, kLabourBand = 0.15, kInvestmentBand = 0.30;

/// People on the books of the producers of a good.
double good_people(const EconomyBuild& b, std::size_t good) {
  const auto sector = b.world.column<firms::SectorOf>();
  const auto employees = b.world.column<firms::Employees>(), owners = b.world.column<firms::SelfEmployed>();
  double people = 0.0;
  for (std::size_t i = 1; i < sector.size(); ++i) {
    if (b.pack.sectors[sector[i]].good == good) people += static_cast<double>(employees[i] + owners[i]);
  }
  return people;
}

/// What residents pay for their dwellings, imputed rents of owners included, by the accounts of the region
/// [kEUR2018/month]: disposable income x part spent x share of the good in spending.
double residents_rents(const EconomyBuild& b) {
  const auto population = b.world.column<sites::Population>();
  const double people = std::accumulate(population.begin(), population.end(), 0.0);
  const auto& spend = b.params.households.spend_income;
  const double spent = std::accumulate(spend.begin(), spend.end(), 0.0) / static_cast<double>(spend.size());
  const std::vector<double> share = spending_pattern(b.economy.table, b.economy.retail).good_share;
  return people * b.economy.households.disposable_income * spent / (1.0 + b.params.tax.vat) *
         share[b.economy.housing_good] / (kThousand * kMonths);
}

/// Output per worker of each good's producers in the country [kEUR2018/worker/month].
std::vector<double> national_productivity(const EconomyBuild& b) {
  std::vector<double> people(b.goods(), 0.0), productivity(b.goods(), 0.0);
  const std::vector<double> employment = national_employment(b.pack, b.params.synthesis, b.keys);
  for (std::size_t s = 0; s < employment.size(); ++s) people[b.pack.sectors[s].good] += employment[s];
  for (std::size_t g = 0; g < b.goods(); ++g) {
    // Tables are in million euros a year.
    if (people[g] > 0.0) productivity[g] = kThousand * b.economy.table.output[g] / (kMonths * people[g]);
  }
  // Dwellings are where their residents live: the output of their good is what residents pay for housing, and only the
  // rest of it follows jobs (decision 0014).
  const std::size_t housing = b.economy.housing_good;
  const double jobs = good_people(b, housing);
  if (people[housing] > 0.0 && jobs > 0.0) {
    const double rents = b.economy.table.households_domestic[housing];
    productivity[housing] *= 1.0 - rents / b.economy.table.output[housing];
    productivity[housing] += residents_rents(b) / jobs;
  }
  return productivity;
}

TechnologyParams technology_params(const ModelParams& p) {
  const EconomyParams& e = p.synthesis.economy;
  TechnologyParams t;
  t.pay_weight = e.pay_weight;
  t.input_noise_sd = e.input_noise_sd;
  t.coefficient_cut = e.coefficient_cut;
  t.basket_keep = e.basket_keep;
  if (e.network_mode == network::Mode::kMeanField) {  // nothing is held, everything is in the basket
    t.coefficient_cut = std::numeric_limits<double>::infinity();
    t.basket_keep = 0;
  }
  t.sector_profit_min = e.sector_profit_min;
  t.unit_profit_min = e.unit_profit_min;
  t.labour_use = p.firms.labour_use;
  t.capital_use = p.firms.capital_use;
  t.depreciation = p.firms.depreciation;
  t.employer_contributions = p.tax.employer_contributions;
  t.production_tax = p.tax.production;
  t.interest = p.credit.rate;
  return t;
}

}  // namespace

void build_technology(EconomyBuild& b) {
  World& world = b.world;
  const std::size_t goods = b.goods(), firms = b.firms(), sectors = b.pack.sectors.size();
  world.set_rows<io::Good>(goods);
  const auto storable = world.column<io::Storable>(), energy = world.column<io::Energy>();
  const auto price = world.column<io::PriceLevel>(), outside_price = world.column<io::OutsidePrice>(),
             import_fill = world.column<io::ImportFill>();
  for (std::size_t g = 0; g < goods; ++g) {
    storable[g] = b.economy.goods[g].storable ? 1 : 0;
    energy[g] = b.economy.goods[g].energy ? 1 : 0;
    price[g] = outside_price[g] = import_fill[g] = 1.0;
  }
  b.coefficients = coefficients_of(b.economy.table);

  SectorTechnology kinds;
  const std::vector<double> productivity = national_productivity(b);
  const auto nonmarket = world.column<tax::NonMarketShare>(), input_tax = world.column<tax::InputTaxRate>();
  for (std::size_t s = 0; s < sectors; ++s) {
    const std::size_t g = b.pack.sectors[s].good;
    kinds.good.push_back(g);
    kinds.output_per_worker.push_back(productivity[g]);
    kinds.capital_years.push_back(b.economy.capital_years[s]);
    kinds.loan_to_capital.push_back(b.economy.loan_to_capital * b.economy.loan_factor[s]);
    nonmarket[s] = b.economy.nonmarket_share[s];
    input_tax[s] = b.coefficients.input_tax[g];
  }

  const auto key = world.column<firms::Key>();
  const auto sector = world.column<firms::SectorOf>();
  const auto employees = world.column<firms::Employees>(), owners = world.column<firms::SelfEmployed>();
  const auto side = world.column<firms::SideWorkers>();
  const auto bill = world.column<firms::WageBill>();
  const auto size_class = world.column<firms::SizeClass>();
  std::vector<std::uint8_t> alone(firms, 0);
  for (std::size_t i = 1; i < firms; ++i) alone[i] = size_class[i] == kNeverEmployer ? 1 : 0;
  std::vector<std::int32_t> posts(firms, 0);
  for (const Row firm : world.column<labour::VacancyFirm>()) {
    if (firm < firms::kOutsideEmployer) ++posts[firm];
  }
  const Workforce workforce{key, sector, employees, owners, side, bill, alone, posts};
  b.technology = settle_technology(workforce, kinds, b.coefficients, technology_params(b.params), b.keys);

  const Technology& t = b.technology;
  const auto copy = [&](const std::vector<double>& from, std::span<double> to) {
    std::copy(from.begin(), from.end(), to.begin());
  };
  copy(t.productivity, world.column<firms::Productivity>());
  copy(t.capital, world.column<firms::Capital>());
  copy(t.capital_output, world.column<firms::CapitalOutput>());
  copy(t.other_cost, world.column<firms::OtherCost>());
  const auto good = world.column<firms::GoodOf>();
  b.good.assign(good.begin(), good.end());
  b.good_output.assign(goods, 0.0);
  std::vector<double> made(sectors, 0.0), jobs(sectors, 0.0), log_productivity(sectors, 0.0);
  for (std::size_t i = 1; i < firms; ++i) {
    b.good_output[b.good[i]] += t.output[i];
    made[sector[i]] += t.output[i];
    if (employees[i] > 0 && t.productivity[i] > 0.0) {
      jobs[sector[i]] += employees[i];
      log_productivity[sector[i]] += employees[i] * math::log(t.productivity[i]);
    }
    b.investment += b.params.firms.depreciation * t.capital[i];
  }
  const auto mean = world.column<firms::SectorProductivity>();
  for (std::size_t s = 0; s < sectors; ++s) mean[s] = jobs[s] > 0.0 ? math::exp(log_productivity[s] / jobs[s]) : 0.0;

  std::vector<double> lowered(sectors, 0.0), used(sectors, 0.0);
  for (std::size_t i = 1; i < firms; ++i) {
    lowered[sector[i]] += t.recipes.lowered[i];
    used[sector[i]] +=
        t.output[i] * (b.coefficients.domestic.column_sum(b.good[i]) + b.coefficients.imported.column_sum(b.good[i]));
  }
  double output = 0.0, added = 0.0, subsidy = 0.0, labour = 0.0;
  for (std::size_t i = 1; i < firms; ++i)
    labour += static_cast<double>(bill[i]) / kCentsPerKiloEuro * (1.0 + b.params.tax.employer_contributions);
  for (std::size_t g = 0; g < goods; ++g) {
    output += b.good_output[g];
    added += b.coefficients.value_added[g] * b.good_output[g];
  }
  for (std::size_t s = 0; s < sectors; ++s) subsidy += t.sector_subsidy[s] * made[s];
  const double scale = b.params.synthesis.scale_factor, per_year = kMonths / kThousand;
  b.report.add("output [MEUR/year]", "all", scale * b.economy.output, output * per_year, kMagnitude,
               "order of magnitude, 15 %");
  b.report.add("value added [MEUR/year]", "all", scale * b.economy.value_added, added * per_year, kMagnitude,
               "order of magnitude, 15 %");
  b.report.add("labour cost over value added", "all", b.economy.labour_share, labour / added, kLabourBand,
               "cross-check: accounts, 15 %");
  b.report.add("investment [MEUR/year]", "all", added * per_year * b.economy.region_investment / b.economy.region_gdp,
               b.investment * per_year, kInvestmentBand, "cross-check: rate of the region, 30 %");
  for (std::size_t s = 0; s < sectors; ++s) {
    const std::string& code = b.pack.sectors[s].code;
    if (t.sector_subsidy[s] > 0.0)
      b.report.add("subsidy on production, of output", code, 0.0, t.sector_subsidy[s], kInformation,
                   "so that a sector earns its least profit: what the table lacks here");
    if (lowered[s] > 0.0)
      b.report.add("inputs lowered, of inputs", code, 0.0, lowered[s] / used[s], kInformation,
                   "so that nobody loses money; the others of the kind use the more as far as they can");
  }
  b.report.assume("synthesis.sector_profit_min", fmt::format("{}", b.params.synthesis.economy.sector_profit_min),
                  fmt::format("Sectors that would lose money get a subsidy on production, {:.0f} MEUR a year in all.",
                              subsidy * per_year));
  b.report.assume(
      "synthesis.unit_profit_min", fmt::format("{}", b.params.synthesis.economy.unit_profit_min),
      fmt::format("{} of {} establishments use fewer inputs than the recipe of their good, {:.1f} MEUR a year, so that "
                  "they do not lose money.",
                  t.recipes.lowered_units, firms - 1, std::accumulate(lowered.begin(), lowered.end(), 0.0) * per_year));
}

void build_economy(const DataPack& pack, const EconomyPack& economy, const ModelParams& params,
                   const SynthesisKeys& keys, World& world, InitReport& report) {
  EconomyBuild b{pack, economy, params, keys, world, report};
  b.good.resize(world.rows<firms::Firm>());
  build_technology(b);
  build_households(b);
  build_shops(b);
  build_trade(b);
  settle_state(b);
  open_accounts(b);
}

}  // namespace metier::synthesis
