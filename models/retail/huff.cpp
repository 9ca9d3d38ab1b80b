#include "models/retail/huff.hpp"

#include "sim/core/math.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <array>

namespace metier::retail {

void make_tables(DeterrenceTables& tables, const Params& params, std::span<const float> minutes, std::size_t communes,
                 std::size_t places) {
  const std::vector<double> gamma{params.distance_daily, params.distance_weekly, params.distance_comparison,
                                  params.distance_services};
  if (tables.gamma == gamma && !tables.tables.empty() && tables.tables[0].size() == communes * places) return;
  tables.gamma = gamma;
  tables.tables.assign(gamma.size(), std::vector<double>(communes * places));
  for (std::size_t k = 0; k < gamma.size(); ++k) {
    for_each_row(communes * places, [&](std::size_t pair) {
      tables.tables[k][pair] = math::pow(static_cast<double>(minutes[pair]), -gamma[k]);
    });
  }
}

namespace {
double relative_price(const HuffView& v, std::size_t o) {
  const std::size_t j = v.outlet_firm[o];
  return v.price[j] / v.price_level[v.good[j]];
}
double attraction(double size_exponent, double price_elasticity, double size, double quality, double relative) {
  return math::exp(size_exponent * math::log(size) + quality - price_elasticity * math::log(relative));
}
}  // namespace

double outlet_attraction(const Params& params, const HuffView& v, std::size_t o) {
  return attraction(params.size_exponent, params.price_elasticity, v.size[o], v.quality[o], relative_price(v, o));
}

double online_share(const Step& step, const Params& params, const HuffView& v, std::size_t k) {
  if (v.ecommerce[k] <= 0.0) return 0.0;
  const double years = step.burn_in ? 0.0 : static_cast<double>(step.month) / 12.0;
  return std::clamp(v.ecommerce[k] + params.ecommerce_slope * years, 0.0, 1.0);
}

namespace {
template <class Minutes>
void share_out(std::span<const double> attraction, std::span<const Minutes> minutes, double gamma,
               std::span<double> shares) {
  double total = 0.0;
  for (std::size_t z = 0; z < shares.size(); ++z) {
    shares[z] = attraction[z] > 0.0 ? attraction[z] * math::pow(static_cast<double>(minutes[z]), -gamma) : 0.0;
    total += shares[z];
  }
  if (total <= 0.0) return;
  for (double& share : shares) share /= total;
}
}  // namespace

void huff_shares(std::span<const double> attraction, std::span<const float> minutes, double gamma,
                 std::span<double> shares) {
  share_out(attraction, minutes, gamma, shares);
}

void huff_shares(std::span<const double> attraction, std::span<const double> minutes, double gamma,
                 std::span<double> shares) {
  share_out(attraction, minutes, gamma, shares);
}

void allocate(const Step& step, const Params& params, const tax::Params& tax, HuffView v,
              Scratch<DeterrenceTables> tables, Out<OutletTurnover> turnover, Out<Spending> spending,
              Out<Captured> captured, Out<CapturedAtHome> at_home, Out<CounterGoods> counter_goods,
              Out<firms::OrderRetail> order) {
  const std::size_t categories = v.category_spending.size();
  const std::size_t communes = v.budget.size() / households::kQuintiles;
  const std::size_t places = categories > 0 ? v.pole.size() / categories : 0;
  const std::size_t goods = counter_goods.size();
  make_tables(*tables, params, v.minutes.span(), communes, places);

  // Attraction of every outlet, kept in the column of turnover until the place's sum is known.
  const double by_size = params.size_exponent, by_price = params.price_elasticity;
  for_each_block(turnover.size(), kRowBlock, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::array<double, kRowBlock> relative;  // looked up first, so that the rest of the work vectorises
    for (std::size_t o = begin; o < end; ++o) relative[o - begin] = relative_price(v, o);
    for (std::size_t o = begin; o < end; ++o)
      turnover[o] = attraction(by_size, by_price, v.size[o], v.quality[o], relative[o - begin]);
  });
  std::fill(order.begin(), order.end(), 0.0);

  std::vector<double> till(categories, 0.0);
  for_each_item(categories, [&](std::size_t k) {
    std::vector<double> local(places), pull(places), inflow(places, 0.0), share(places);
    for (std::size_t z = 0; z < places; ++z) {
      const std::size_t cell = k * places + z;
      double sum = 0.0;
      for (std::size_t o = v.begin[cell]; o < v.begin[cell] + v.count[cell]; ++o) sum += turnover[o];
      local[z] = sum;
      pull[z] = sum + v.pole[cell];
    }
    const std::vector<double>& deterrence = tables->tables[v.distance_class[k]];
    const double online = online_share(step, params, v, k);
    for (std::size_t c = 0; c < communes; ++c) {
      double budget = 0.0;
      for (std::size_t q = 0; q < households::kQuintiles; ++q) {
        budget += static_cast<double>(v.budget[c * households::kQuintiles + q]);
      }
      const double spent = budget / 100.0 / (1.0 + tax.vat) * v.category_spending[k];
      double total = 0.0;
      for (std::size_t z = 0; z < places; ++z) total += share[z] = pull[z] * deterrence[c * places + z];
      const double in_shops = total > 0.0 ? spent * (1.0 - online) / total : 0.0;
      double kept = 0.0, home = 0.0;
      for (std::size_t z = 0; z < places; ++z) {
        const double flow = in_shops * share[z];
        const double here = pull[z] > 0.0 ? flow * local[z] / pull[z] : 0.0;
        inflow[z] += here;
        kept += here;
        if (z == c) home = here;
      }
      spending[c * categories + k] = spent;
      captured[c * categories + k] = kept;
      at_home[c * categories + k] = home;
    }
    for (std::size_t z = 0; z < places; ++z) {
      const std::size_t cell = k * places + z;
      const double per_pull = local[z] > 0.0 ? inflow[z] / local[z] : 0.0;
      for (std::size_t o = v.begin[cell]; o < v.begin[cell] + v.count[cell]; ++o) turnover[o] *= per_pull;
      till[k] += local[z] > 0.0 ? inflow[z] : 0.0;
    }
  });

  // An establishment has one outlet at most, so rows of `order` have one writer.
  for_each_item(categories, [&](std::size_t k) {
    const std::size_t first = v.begin[k * places], cell = k * places + places - 1;
    const std::size_t last = places > 0 ? v.begin[cell] + v.count[cell] : first;
    for (std::size_t o = first; o < last; ++o) {
      const std::size_t j = v.outlet_firm[o];
      order[j] = v.margin[k] * turnover[o] / kEuroPerKiloEuro / v.price[j];
    }
  });
  for (std::size_t g = 0; g < goods; ++g) {
    double sum = 0.0;
    for (std::size_t k = 0; k < categories; ++k) sum += till[k] * (1.0 - v.margin[k]) * v.mix[k * goods + g];
    counter_goods[g] = sum;
  }
}

}  // namespace metier::retail
