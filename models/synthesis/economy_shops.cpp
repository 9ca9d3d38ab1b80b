#include "models/households/columns.hpp"
#include "models/retail/columns.hpp"
#include "models/synthesis/economy_parts.hpp"
#include "models/synthesis/final_demand.hpp"
#include "models/synthesis/retail_fit.hpp"
#include "sim/core/math.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <numeric>

namespace metier::synthesis {

namespace {

/// One outlet while shops are being set up.
struct Outlet {
  std::uint8_t category, commune;
  std::uint32_t firm;
};

std::vector<Outlet> list_outlets(const EconomyBuild& b) {
  const auto naf = b.world.column<firms::Naf>();
  const auto commune = b.world.column<firms::CommuneOf>();
  std::vector<Outlet> outlets;
  for (std::size_t i = 1; i < b.firms(); ++i) {
    const std::uint8_t category = b.economy.category_of_naf[naf[i]];
    if (category != kNoCategory && b.technology.output[i] > 0.0) {
      outlets.push_back({category, commune[i], static_cast<std::uint32_t>(i)});
    }
  }
  std::stable_sort(outlets.begin(), outlets.end(), [](const Outlet& x, const Outlet& y) {
    return x.category < y.category || (x.category == y.category && x.commune < y.commune);
  });
  return outlets;
}

double distance_exponent(const retail::Params& p, std::uint8_t distance_class) {
  const std::array<double, 4> gamma{p.distance_daily, p.distance_weekly, p.distance_comparison, p.distance_services};
  return gamma[distance_class];
}

}  // namespace

void build_shops(EconomyBuild& b) {
  World& world = b.world;
  const std::size_t communes = b.pack.communes.size(), places = communes + b.pack.external_zones.size();
  const std::size_t categories = b.economy.categories.size(), goods = b.goods();
  const retail::Params& params = b.params.retail;
  const SpendingPattern pattern = spending_pattern(b.economy.table, b.economy.retail);

  world.set_rows<retail::Category>(categories);
  world.set_rows<retail::CategoryZone>(categories * places);
  world.set_rows<retail::CategoryGood>(categories * goods);
  world.set_rows<retail::CommuneCategory>(communes * categories);
  const auto spending_share = world.column<households::SpendingShare>(),
             direct = world.column<households::DirectShare>();
  for (std::size_t g = 0; g < goods; ++g) {
    spending_share[g] = pattern.good_share[g];
    direct[g] = b.economy.retail.direct[g];
  }
  const auto category_spending = world.column<retail::CategorySpending>(), margin = world.column<retail::MarginShare>(),
             online = world.column<retail::EcommerceShare>();
  const auto distance_class = world.column<retail::DistanceClass>();
  const auto mix = world.column<retail::CategoryMix>();
  for (std::size_t k = 0; k < categories; ++k) {
    category_spending[k] = pattern.category_share[k];
    margin[k] = pattern.margin[k];
    online[k] = std::clamp(params.ecommerce_share * b.economy.categories[k].ecommerce_weight, 0.0, 1.0);
    distance_class[k] = b.economy.categories[k].distance_class;
  }
  std::copy(pattern.mix.begin(), pattern.mix.end(), mix.begin());

  const std::vector<Outlet> outlets = list_outlets(b);
  world.set_rows<retail::Outlet>(outlets.size());
  const auto firm = world.column<retail::OutletFirm>();
  const auto category = world.column<retail::OutletCategory>();
  const auto zone = world.column<retail::OutletZone>();
  const auto size = world.column<retail::OutletSize>(), quality = world.column<retail::OutletQuality>();
  const auto begin = world.column<retail::OutletBegin>(), count = world.column<retail::OutletCount>();
  const auto pole = world.column<retail::PoleAttraction>();
  const auto naf = world.column<firms::Naf>();
  const auto sector = world.column<firms::SectorOf>();
  const auto employees = world.column<firms::Employees>(), owners = world.column<firms::SelfEmployed>();
  const auto side = world.column<firms::SideWorkers>();
  for (std::size_t o = 0; o < outlets.size(); ++o) {
    const std::size_t i = outlets[o].firm;
    firm[o] = static_cast<Row>(i);
    category[o] = outlets[o].category;
    zone[o] = outlets[o].commune;
    const double workers = static_cast<double>(employees[i] + owners[i]) + static_cast<double>(side[i]);
    size[o] = workers * b.economy.m2_of_naf[naf[i]];
    ++count[outlets[o].category * places + outlets[o].commune];
  }
  std::uint32_t next = 0;
  for (std::size_t cell = 0; cell < begin.size(); ++cell) {
    begin[cell] = next;
    next += count[cell];
  }

  // What residents of each commune spend, all categories together, before VAT [EUR/month].
  const auto income = world.column<households::Income>();
  std::vector<double> basic(communes, 0.0);
  for (std::size_t c = 0; c < income.size(); ++c) {
    const std::size_t q = c % households::kQuintiles;
    basic[c / households::kQuintiles] +=
        b.params.households.spend_income[q] * static_cast<double>(income[c]) / 100.0 / (1.0 + b.params.tax.vat);
  }
  const auto minutes = world.column<sites::CarMinutes>();
  b.retail.assign(b.firms(), 0.0);
  b.counter.assign(goods, 0.0);
  std::vector<double> turnover(outlets.size(), 0.0), kept(categories, 0.0), spent(categories, 0.0),
      wish(categories, 0.0);
  const double all_jobs = std::accumulate(b.pack.communes.begin(), b.pack.communes.end(), 0.0,
                                          [](double sum, const CommuneData& c) { return sum + c.jobs; });
  for_each_item(categories, [&](std::size_t k) {
    ShoppingMarket market;
    market.communes = communes;
    market.places = places;
    market.minutes = minutes;
    market.gamma = distance_exponent(params, b.economy.categories[k].distance_class);
    std::vector<double> money(communes), start(places, 0.0), wanted(communes, 0.0);
    for (std::size_t c = 0; c < communes; ++c) money[c] = basic[c] * category_spending[k] * (1.0 - online[k]);
    const double all_money = std::accumulate(money.begin(), money.end(), 0.0);
    for (std::size_t c = 0; c < communes; ++c) {
      for (std::size_t o = begin[k * places + c]; o < begin[k * places + c] + count[k * places + c]; ++o) {
        start[c] += math::pow(size[o], params.size_exponent);
        const double turnover0 = b.technology.output[firm[o]] * kEuroPerKiloEuro / margin[k];
        wanted[c] += turnover0;
        wish[k] += turnover0 * (1.0 - b.economy.nonmarket_share[sector[firm[o]]]);  // the State buys the rest
      }
    }
    const double inside = std::accumulate(start.begin(), start.end(), 0.0);
    for (std::size_t z = communes; z < places; ++z) start[z] = inside * b.economy.zone_jobs[z - communes] / all_jobs;
    market.spending = money;
    market.start = start;
    const bool poles = std::accumulate(start.begin() + static_cast<std::ptrdiff_t>(communes), start.end(), 0.0) > 0.0;
    const double room = all_money * (1.0 - outside_share(market));
    const double all_wanted = std::accumulate(wanted.begin(), wanted.end(), 0.0);
    spent[k] = all_money;
    if (all_wanted <= 0.0 || all_money <= 0.0) return;
    // Without places outside, outlets have to take all that is spent.
    const double factor = poles ? std::min(1.0, room / all_wanted) : all_money / all_wanted;
    for (double& w : wanted) w *= factor;
    const std::vector<double> attraction = fit_attractions(market, wanted);
    for (std::size_t c = 0; c < communes; ++c) {
      const std::size_t cell = k * places + c;
      for (std::size_t o = begin[cell]; o < begin[cell] + count[cell]; ++o) {
        turnover[o] = b.technology.output[firm[o]] * kEuroPerKiloEuro / margin[k] * factor;
        quality[o] = math::log(attraction[c] * turnover[o] / wanted[c]) - params.size_exponent * math::log(size[o]);
        b.retail[firm[o]] = margin[k] * turnover[o] / kEuroPerKiloEuro;
      }
    }
    for (std::size_t z = communes; z < places; ++z) pole[k * places + z] = attraction[z];
    kept[k] = all_wanted * factor;
  });
  const auto outlet_turnover = world.column<retail::OutletTurnover>();
  std::copy(turnover.begin(), turnover.end(), outlet_turnover.begin());
  double all_kept = 0.0, all_spent = 0.0;
  for (std::size_t k = 0; k < categories; ++k) {
    for (std::size_t g = 0; g < goods; ++g) {
      b.counter[g] += kept[k] * (1.0 - margin[k]) * mix[k * goods + g] / kEuroPerKiloEuro;
    }
    b.report.add("turnover of outlets with residents [MEUR/year]", b.economy.categories[k].code, wish[k] * 12e-6,
                 kept[k] * 12e-6, kInformation,
                 "asked: all that their people make for a market; at most what spending leaves here");
    all_kept += kept[k];
    all_spent += spent[k];
  }
  b.report.add("share of spending in shops that stays here", "all", b.economy.shop_share,
               all_spent > 0.0 ? all_kept / all_spent : 0.0, kInformation, "order of magnitude");
  b.report.assume("retail", "quality",
                  "Outlets attract what the output of their people calls for; places outside by their jobs.");
}

}  // namespace metier::synthesis
