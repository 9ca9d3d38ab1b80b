#include "models/households/columns.hpp"
#include "models/io/columns.hpp"
#include "models/network/describe.hpp"
#include "models/network/generate.hpp"
#include "models/outside/columns.hpp"
#include "models/synthesis/economy_parts.hpp"
#include "models/synthesis/final_demand.hpp"
#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <limits>
#include <numeric>

namespace metier::synthesis {

namespace {

/// Relative band of orders of magnitude.
constexpr double kTradeBand = 0.25;

/// Shares of origin of each input good in the purchases of each user good.
struct Origins {
  SquareMatrix local, nwe, row;
};

Origins origins_of(const EconomyBuild& b, const RegionalCoefficients& regional) {
  const std::size_t goods = b.goods();
  Origins shares{SquareMatrix(goods), SquareMatrix(goods), SquareMatrix(goods)};
  for (std::size_t g = 0; g < goods; ++g) {
    for (std::size_t user = 0; user < goods; ++user) {
      const double all = b.coefficients.all(g, user);
      if (all <= 0.0) continue;
      shares.local.at(g, user) = regional.local.at(g, user) / all;
      shares.nwe.at(g, user) = regional.nwe.at(g, user) / all;
      shares.row.at(g, user) = regional.row.at(g, user) / all;
    }
  }
  return shares;
}

/// How near the makers of the territory and those of the rest of the country are to its buyers [km^-rho], by jobs.
struct Nearness {
  double here = 0.0, elsewhere = 0.0;
};
Nearness nearness(const EconomyBuild& b) {
  const network::GenerateParams& params = b.params.synthesis.economy.network;
  const std::size_t communes = b.pack.communes.size(), zones = b.pack.external_zones.size(), places = communes + zones;
  const auto distance = b.world.column<sites::DistanceKm>();
  double jobs = 0.0, national = 0.0;
  for (const CommuneData& commune : b.pack.communes) jobs += commune.jobs;
  for (const SectorData& sector : b.pack.sectors) national += 1000.0 * sector.national_thousands;
  // What the named zones leave of the country is in the zone `rest`; zones abroad sell no domestic goods.
  std::vector<double> weight(places, 0.0);
  double rest = 1.0 - b.economy.employment_share;
  for (std::size_t c = 0; c < communes; ++c) weight[c] = b.pack.communes[c].jobs / jobs;
  for (std::size_t z = 0; z < zones; ++z) {
    if (b.pack.external_zones[z].zone_group != "ring") continue;
    weight[communes + z] = b.economy.zone_jobs[z] / national;
    rest -= weight[communes + z];
  }
  std::size_t rests = 0;
  for (const ExternalZoneData& zone : b.pack.external_zones) rests += zone.zone_group == "rest" ? 1u : 0u;
  for (std::size_t z = 0; z < zones; ++z) {
    if (b.pack.external_zones[z].zone_group == "rest")
      weight[communes + z] = std::max(0.0, rest) / static_cast<double>(rests);
  }
  Nearness near;
  for (std::size_t from = 0; from < communes; ++from) {
    for (std::size_t to = 0; to < places; ++to) {
      if (weight[to] <= 0.0) continue;
      const double km = std::max(params.distance_min_km, static_cast<double>(distance[from * places + to]));
      (to < communes ? near.here : near.elsewhere) +=
          weight[from] * weight[to] * math::pow(km, -params.distance_exponent);
    }
  }
  return near;
}

SquareMatrix local_shares_of(const EconomyBuild& b) {
  const EconomyParams& params = b.params.synthesis.economy;
  if (params.regionalise != Regionalise::kGravity) {
    return local_trade_shares(b.economy.location_quotients, b.economy.employment_share, params.flq_delta,
                              params.regionalise);
  }
  const Nearness near = nearness(b);
  return gravity_trade_shares(b.economy.location_quotients, b.economy.employment_share, near.here, near.elsewhere);
}

void write_inputs(EconomyBuild& b) {
  World& world = b.world;
  const Recipes& recipes = b.technology.recipes;
  const EconomyParams& params = b.params.synthesis.economy;
  constexpr double kDaysPerMonth = 365.25 / 12.0;
  world.set_rows<io::Input>(recipes.good.size());
  const auto begin = world.column<io::InputBegin>();
  const auto count = world.column<io::InputCount>();
  const auto firm = world.column<io::InputFirm>();
  const auto good = world.column<io::InputGood>();
  const auto coefficient = world.column<io::Coefficient>(), months = world.column<io::TargetMonths>(),
             stock = world.column<io::Stock>();
  const auto criticality = world.column<io::Criticality>();
  for_each_row(b.firms(), [&](std::size_t i) {
    begin[i] = recipes.begin[i];
    count[i] = static_cast<std::uint16_t>(recipes.begin[i + 1] - recipes.begin[i]);
    for (std::size_t k = recipes.begin[i]; k < recipes.begin[i + 1]; ++k) {
      const std::size_t g = recipes.good[k];
      firm[k] = static_cast<std::uint32_t>(i);
      good[k] = recipes.good[k];
      coefficient[k] = recipes.coefficient[k];
      criticality[k] = static_cast<float>(b.economy.criticality.at(g, b.good[i]));
      months[k] =
          params.inventory_scale * std::max(params.min_months, b.economy.goods[g].inventory_days / kDaysPerMonth);
      stock[k] = months[k] * coefficient[k] * b.technology.output[i];
    }
  });
}

void write_baskets(EconomyBuild& b, const Origins& origins, std::span<const double> kept) {
  World& world = b.world;
  const Recipes& recipes = b.technology.recipes;
  const std::size_t goods = b.goods(), groups = 2 * goods;
  world.set_rows<io::BasketGroup>(groups);
  world.set_rows<io::BasketItem>(groups * goods);
  const auto group_of = world.column<io::BasketGroupOf>();
  const auto volume = world.column<io::BasketCoefficient>();
  std::copy(recipes.basket_group.begin(), recipes.basket_group.end(), group_of.begin());
  std::copy(recipes.basket.begin(), recipes.basket.end(), volume.begin());
  const auto mix = world.column<io::BasketMix>(), local = world.column<io::BasketLocal>(),
             rof = world.column<io::BasketRof>(), nwe = world.column<io::BasketNwe>();
  for (std::size_t group = 0; group < groups; ++group) {
    for (std::size_t g = 0; g < goods; ++g) {
      const std::size_t item = group * goods + g, user = group / 2;
      mix[item] = recipes.basket_mix[item];
      local[item] = origins.local.at(g, user) * kept[g];
      nwe[item] = origins.nwe.at(g, user);
      rof[item] = std::max(0.0, 1.0 - local[item] - nwe[item] - origins.row.at(g, user));
    }
  }
  const auto price = world.column<io::BasketPrice>();
  std::fill(price.begin(), price.end(), 1.0);
}

}  // namespace

void build_trade(EconomyBuild& b) {
  World& world = b.world;
  const std::size_t goods = b.goods(), firms = b.firms();
  const Technology& t = b.technology;
  const EconomyParams& params = b.params.synthesis.economy;
  const RegionalCoefficients regional = regionalise(b.coefficients, local_shares_of(b), b.params.outside.nwe_share);
  const Origins origins = origins_of(b, regional);
  write_inputs(b);

  // ---- what final demand wants of each good, and its local part
  // --------------------------------------------------------
  const NationalTable& table = b.economy.table;
  const std::vector<double> rpc = local_final_shares(b.economy.location_quotients, params.final_local_share);
  const std::vector<double> household_home = domestic_shares(table.households_domestic, table.households_imported);
  const std::vector<double> investment_home = domestic_shares(table.investment_domestic, table.investment_imported);
  const std::vector<double> mix = investment_mix(table, b.investment, b.dwellings, b.economy.dwelling_good);
  const auto spending_share = world.column<households::SpendingShare>(),
             direct = world.column<households::DirectShare>();
  const auto household_local = world.column<households::LocalShare>();
  const auto investment_local = world.column<outside::InvestmentLocal>(),
             investment_mix_of = world.column<outside::InvestmentMix>(),
             dwelling_mix = world.column<outside::DwellingMix>(), base_public = world.column<outside::BasePublic>();
  const auto sector = world.column<firms::SectorOf>();
  std::vector<double> household(goods), investment(goods), retail(goods, 0.0), government(goods, 0.0),
      fixed(firms, 0.0);
  for (std::size_t i = 1; i < firms; ++i) {
    const double by_state = b.economy.nonmarket_share[sector[i]] * (t.output[i] - b.retail[i]);
    fixed[i] = by_state + b.retail[i];
    government[b.good[i]] += by_state;
    retail[b.good[i]] += b.retail[i];
  }
  // Who lives here pays rents here: no part of housing comes from elsewhere in the country.
  std::vector<double> household_rpc = rpc;
  household_rpc[b.economy.housing_good] = 1.0;
  for (std::size_t g = 0; g < goods; ++g) {
    household[g] = household_rpc[g] * household_home[g] * (direct[g] * spending_share[g] * b.spending + b.counter[g]);
    dwelling_mix[g] = g == b.economy.dwelling_good ? 1.0 : 0.0;
    investment_mix_of[g] = mix[g];
    investment[g] = rpc[g] * investment_home[g] * (mix[g] * b.investment + dwelling_mix[g] * b.dwellings);
    base_public[g] = government[g];
  }

  // ---- intermediate demand
  // -----------------------------------------------------------------------------------------------
  const Recipes& recipes = t.recipes;
  std::vector<double> by_links(goods, 0.0), by_baskets(goods, 0.0), group_volume(2 * goods, 0.0);
  for (std::size_t i = 1; i < firms; ++i) {
    group_volume[recipes.basket_group[i]] += recipes.basket[i] * t.output[i];
    for (std::size_t k = recipes.begin[i]; k < recipes.begin[i + 1]; ++k) {
      by_links[recipes.good[k]] += recipes.coefficient[k] * t.output[i] * origins.local.at(recipes.good[k], b.good[i]);
    }
  }
  for (std::size_t group = 0; group < 2 * goods; ++group) {
    for (std::size_t g = 0; g < goods; ++g) {
      by_baskets[g] += group_volume[group] * recipes.basket_mix[group * goods + g] * origins.local.at(g, group / 2);
    }
  }
  LocalUses uses{b.good_output, std::vector<double>(goods), std::vector<double>(goods)};
  for (std::size_t g = 0; g < goods; ++g) {
    uses.fixed[g] = std::min(uses.supply[g], government[g] + retail[g]);
    uses.flexible[g] = by_links[g] + by_baskets[g] + household[g] + investment[g];
  }
  const LocalBalance balance = balance_rows(uses);
  for (std::size_t g = 0; g < goods; ++g) {
    household_local[g] = household_rpc[g] * household_home[g] * balance.kept[g];
    investment_local[g] = rpc[g] * investment_home[g] * balance.kept[g];
    if (balance.kept[g] < 1.0) {
      b.report.add("local share kept after balancing", b.pack.goods[g], 1.0, balance.kept[g], kInformation,
                   "too little is made here: bought in the rest of the country");
    }
  }
  write_baskets(b, origins, balance.kept);

  // ---- supply links
  // -------------------------------------------------------------------------------------------------------
  const auto input_firm = world.column<io::InputFirm>();
  const auto input_good = world.column<io::InputGood>();
  const std::size_t inputs = input_firm.size();
  std::vector<double> open(firms, 0.0), workers(firms, 0.0), volume(inputs), wanted(inputs);
  const auto employees = world.column<firms::Employees>(), owners = world.column<firms::SelfEmployed>();
  const auto side = world.column<firms::SideWorkers>();
  for (std::size_t i = 1; i < firms; ++i) {
    open[i] = std::max(0.0, t.output[i] - fixed[i]);
    workers[i] = static_cast<double>(employees[i] + owners[i]) + static_cast<double>(side[i]);
  }
  for_each_row(inputs, [&](std::size_t k) {
    volume[k] = recipes.coefficient[k] * t.output[input_firm[k]];
    wanted[k] = volume[k] * origins.local.at(input_good[k], b.good[input_firm[k]]) * balance.kept[input_good[k]];
  });
  network::Market market;
  market.firm_key = world.column<firms::Key>();
  market.firm_good = b.good;
  market.firm_commune = world.column<firms::CommuneOf>();
  market.firm_workers = workers;
  market.firm_open_output = open;
  market.input_firm = input_firm;
  market.input_good = input_good;
  market.input_local = wanted;
  market.distance_km = world.column<sites::DistanceKm>();
  market.goods = goods;
  market.communes = b.pack.communes.size();
  market.places = world.rows<sites::Zone>();
  const network::Links links = network::generate(market, params.network, b.keys.population_seed);

  world.set_rows<io::Link>(links.supplier.size());
  world.set_rows<io::Sale>(links.supplier.size());
  const auto link_begin = world.column<io::LinkBegin>();
  const auto link_count = world.column<io::LinkCount>();
  const auto supplier = world.column<io::Supplier>();
  const auto link_share = world.column<io::LinkShare>(), sale_share = world.column<io::SaleShare>();
  const auto rof = world.column<io::ShareRof>(), nwe = world.column<io::ShareNwe>(), row = world.column<io::ShareRow>();
  std::vector<std::uint32_t> input_of(links.supplier.size());
  std::vector<double> bought(inputs, 0.0);
  for_each_row(inputs, [&](std::size_t k) {
    const std::size_t user = b.good[input_firm[k]], g = input_good[k];
    link_begin[k] = links.begin[k];
    link_count[k] = static_cast<std::uint16_t>(links.begin[k + 1] - links.begin[k]);
    double local = 0.0;
    for (std::size_t e = links.begin[k]; e < links.begin[k + 1]; ++e) {
      input_of[e] = static_cast<std::uint32_t>(k);
      supplier[e] = links.supplier[e];
      link_share[e] = volume[k] > 0.0 ? links.flow[e] / volume[k] : 0.0;
      local += link_share[e];
      bought[k] += links.flow[e];
    }
    nwe[k] = origins.nwe.at(g, user);
    row[k] = origins.row.at(g, user);
    rof[k] = std::max(0.0, 1.0 - local - nwe[k] - row[k]);
  });
  const auto sale_begin = world.column<io::SaleBegin>(), sale_count = world.column<io::SaleCount>();
  const auto sale_input = world.column<io::SaleInput>();
  std::vector<double> sold(firms, 0.0), linked(goods, 0.0);
  for_each_row(firms, [&](std::size_t j) {
    sale_begin[j] = links.sale_begin[j];
    sale_count[j] = links.sale_begin[j + 1] - links.sale_begin[j];
    double sum = 0.0;
    for (std::size_t s = links.sale_begin[j]; s < links.sale_begin[j + 1]; ++s) {
      const std::size_t e = links.sale_link[s];
      sale_input[s] = input_of[e];
      sale_share[s] = link_share[e];
      sum += volume[input_of[e]] * link_share[e];
    }
    sold[j] = sum + fixed[j];
  });

  // ---- pools of final demand: what links, outlets and the State leave
  // ------------------------------------------------------
  std::vector<double> left(goods);
  const std::vector<double> share = pool_shares(t.output, sold, b.good, left);
  std::vector<double> exports(goods);
  double missing = 0.0;
  for (std::size_t g = 0; g < goods; ++g) {
    const double pools =
        by_baskets[g] * balance.kept[g] + household[g] * balance.kept[g] + investment[g] * balance.kept[g];
    exports[g] = left[g] - pools;
    if (exports[g] < 0.0) {
      // Links were cut to the suppliers' open output good by good, so that this is rounding.
      missing += -exports[g];
      exports[g] = 0.0;
    }
  }
  const auto share_basket = world.column<io::ShareBasket>();
  const auto share_household = world.column<firms::ShareHousehold>(), share_public = world.column<firms::SharePublic>(),
             share_investment = world.column<firms::ShareInvestment>(),
             share_export = world.column<firms::ShareExport>();
  const auto order_household = world.column<firms::OrderHousehold>(), order_retail = world.column<firms::OrderRetail>();
  for (std::size_t i = 1; i < firms; ++i) {
    order_household[i] = household[b.good[i]] * balance.kept[b.good[i]] * share[i];
    order_retail[i] = b.retail[i];
    share_basket[i] = share_household[i] = share_investment[i] = share_export[i] = share[i];
    const double by_state = fixed[i] - b.retail[i];
    share_public[i] = government[b.good[i]] > 0.0 ? by_state / government[b.good[i]] : 0.0;
  }
  const std::vector<double> zones = exports_by_zone(table, b.good_output, exports, b.params.outside.nwe_share);
  world.set_rows<outside::ZoneGroup>(outside::kZoneGroups);
  world.set_rows<outside::ZoneGood>(outside::kZoneGroups * goods);
  const auto base_exports = world.column<outside::BaseExports>(), index = world.column<outside::DemandIndex>();
  std::copy(zones.begin(), zones.end(), base_exports.begin());
  std::fill(index.begin(), index.end(), 1.0);

  // ---- report
  // -------------------------------------------------------------------------------------------------------------
  double links_wanted = 0.0, links_got = 0.0, used = 0.0, all_exports = 0.0, all_output = 0.0, all_baskets = 0.0;
  for (std::size_t k = 0; k < inputs; ++k) {
    links_wanted += wanted[k];
    links_got += bought[k];
    used += volume[k];
  }
  for (std::size_t g = 0; g < goods; ++g) {
    all_exports += exports[g];
    all_output += b.good_output[g];
    all_baskets += by_baskets[g] * balance.kept[g];
  }
  for (const double v : group_volume) used += v;
  b.report.add("local intermediate purchases through links [MEUR/year]", "all", links_wanted * 0.012, links_got * 0.012,
               kInformation, "what suppliers cannot make is bought in the rest of the country");
  b.report.add("share of intermediate purchases made locally", "all", b.economy.local_purchases,
               (links_got + all_baskets) / used, kTradeBand, "order of magnitude, 25 %");
  b.report.add("exports over output", "all", b.economy.exports_share, all_exports / all_output, kTradeBand,
               "residual; order of magnitude, 25 %");
  b.report.add("final demand that finds no output [MEUR/year]", "all", 0.0, missing * 0.012, kInformation, "rounding");
  b.report.assume("io.flq_delta", fmt::format("{}", params.flq_delta),
                  "Local purchases by location quotients: no survey table of the territory.");
  b.report.assume("io.final_local_share", fmt::format("{}", params.final_local_share),
                  "Local part of final purchases that are not made in shops.");
  std::vector<std::uint32_t> customer(links.sale_link.size());
  for (std::size_t s = 0; s < customer.size(); ++s) customer[s] = input_firm[sale_input[s]];
  const network::NetworkFacts facts = network::describe(links.sale_begin, customer);
  b.report.assume(
      "network", fmt::format("{} links", facts.links),
      fmt::format("{} establishments trade, {} of them in the largest component ({} supply each other, however "
                  "indirectly); {:.3g} customers per supplier, at most {}; Hill exponent of the top 1 % {:.3g}.",
                  facts.connected, facts.largest_component, facts.largest_strong, facts.mean_customers,
                  facts.most_customers, facts.tail_exponent));
  b.report.assume("network", "gravity",
                  "Supply links are drawn by size, capability and distance; no data on links are in the pack.");
}

}  // namespace metier::synthesis
