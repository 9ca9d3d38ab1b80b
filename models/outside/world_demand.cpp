#include "models/outside/world_demand.hpp"

#include "models/network/pool.hpp"
#include "sim/core/math.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <memory>
#include <vector>

namespace metier::outside {

void observe_world(const Step& step, const Params& params, In<ObservedDemand> observed,
                   Random<RngDomain::kOutsideShock> random, InOut<DemandDeviation> deviation, Out<DemandIndex> index,
                   Out<io::OutsidePrice> price, Out<io::ImportFill> import_fill, Out<OutsidePriceLevel> level,
                   Out<OutsideProductivity> productivity) {
  const std::size_t goods = price.size();
  std::fill(import_fill.begin(), import_fill.end(), 1.0);
  if (params.mode == Mode::kConstant || step.burn_in) {
    std::fill(index.begin(), index.end(), 1.0);
    std::fill(price.begin(), price.end(), 1.0);
    level[0] = productivity[0] = 1.0;
    return;
  }
  const double years = static_cast<double>(step.month) / 12.0;
  const double trend = math::pow(1.0 + params.real_growth, years);
  level[0] = math::pow(1.0 + params.inflation, years);
  std::fill(price.begin(), price.end(), level[0]);
  const int before_january =
      ((step.calendar.month - step.month) % 12 + 12) % 12;  // months of the year before the first
  const int decembers = (step.month + before_january) / 12;
  productivity[0] = math::pow(1.0 + params.productivity_growth, static_cast<double>(decembers));

  const std::size_t observed_months = goods > 0 ? observed.size() / goods : 0;
  const auto month = static_cast<std::size_t>(step.month);
  const bool imposed = params.mode == Mode::kPath && observed_months > 0;
  const bool seen =
      params.mode == Mode::kObservedThenAr1 && month < observed_months && step.calendar <= params.observed_until;
  if (imposed || seen) {
    const std::size_t row = std::min(month, observed_months - 1);
    for (std::size_t cell = 0; cell < index.size(); ++cell) {
      index[cell] = observed[row * goods + cell % goods];
      deviation[cell] = math::log(index[cell] / trend);
    }
    return;
  }
  const double common = math::sqrt(params.common_share) * random(0).normal();
  const double own = math::sqrt(1.0 - params.common_share);
  for (std::size_t cell = 0; cell < index.size(); ++cell) {
    const double shock = common + own * random(1 + cell).normal();
    deviation[cell] = params.persistence * deviation[cell] + params.shock_sd * shock;
    index[cell] = trend * math::exp(deviation[cell]);
  }
}

void order(const Step& step, const Params& params, OutsideOrders v, Out<firms::OrderExport> exports,
           Out<firms::OrderPublic> public_order) {
  const std::size_t goods = v.price_level.size();
  const bool still = params.mode == Mode::kConstant || step.burn_in;
  const double trend = still ? 1.0 : math::pow(1.0 + params.real_growth, static_cast<double>(step.month) / 12.0);
  std::vector<double> demand(goods, 0.0), government(goods);
  for (std::size_t g = 0; g < goods; ++g) {
    for (std::size_t z = 0; z < kZoneGroups; ++z) demand[g] += v.base_exports[z * goods + g] * v.index[z * goods + g];
    const double relative = v.price_level[g] / v.outside_price[g];
    if (relative != 1.0) demand[g] *= math::pow(relative, -params.price_elasticity);
    government[g] = v.base_public[g] * trend;
  }
  network::split_over_producers(
      demand, v.good.span(), [&](std::size_t j) { return v.share_export[j] * v.attraction[j]; }, exports.span());
  network::split_over_producers(
      government, v.good.span(),
      [&](std::size_t j) {
        return v.appeal[j] == 0.0f ? v.share_public[j]
                                   : v.share_public[j] * math::exp(static_cast<double>(v.appeal[j]));
      },
      public_order.span());
}

void pay(const Step&, OutsidePayments v, Add<Ledger> ledger, InOut<firms::SalesCents> sales,
         Out<ExportCents> export_cents, Out<PublicCents> public_cents) {
  const Accounts accounts(v.cells.size());
  const std::size_t firms = sales.size();
  const std::size_t goods = v.base_exports.size() / kZoneGroups;
  std::vector<double> share_rof(goods, 0.0), share_nwe(goods, 0.0);
  for (std::size_t g = 0; g < goods; ++g) {
    double parts[kZoneGroups], total = 0.0;
    for (std::size_t z = 0; z < kZoneGroups; ++z)
      total += parts[z] = v.base_exports[z * goods + g] * v.index[z * goods + g];
    share_rof[g] = total > 0.0 ? parts[kRof] / total : 1.0;
    share_nwe[g] = total > 0.0 ? parts[kNwe] / total : 0.0;
  }
  const auto rof = std::make_unique_for_overwrite<std::int64_t[]>(firms);
  const auto nwe = std::make_unique_for_overwrite<std::int64_t[]>(firms);
  for_each_row(firms, [&](std::size_t j) {
    const double value = v.fill[j] * v.price[j] * kCentsPerKiloEuro;
    const std::int64_t exported = round_half_away(v.exports[j] * value);
    const std::size_t good = v.good[j];
    rof[j] = round_half_away(static_cast<double>(exported) * share_rof[good]);
    nwe[j] = std::min(round_half_away(static_cast<double>(exported) * share_nwe[good]), exported - rof[j]);
    export_cents[j] = exported;
    public_cents[j] = round_half_away(v.public_order[j] * value);
    sales[j] += exported + public_cents[j];
  });
  const auto deposit = [&](std::size_t j) { return accounts.deposit(j); };
  const auto kExports = static_cast<Ledger::Kind>(Flow::kExports);
  ledger->post_rows(firms, kExports, only(Special::kRof), deposit, [&](std::size_t j) { return rof[j]; });
  ledger->post_rows(firms, kExports, only(Special::kNwe), deposit, [&](std::size_t j) { return nwe[j]; });
  ledger->post_rows(firms, kExports, only(Special::kRow), deposit,
                    [&](std::size_t j) { return export_cents[j] - rof[j] - nwe[j]; });
  ledger->post_rows(firms, static_cast<Ledger::Kind>(Flow::kPublicConsumption), only(Special::kGov), deposit,
                    [&](std::size_t j) { return public_cents[j]; });
}

}  // namespace metier::outside
