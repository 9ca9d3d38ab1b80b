#include "models/firms/investment.hpp"

#include "models/network/pool.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <memory>
#include <vector>

namespace metier::firms {

namespace {

double price_of(std::span<const double> mix, const InvestmentOrders& v) {
  double price = 0.0;
  for (std::size_t g = 0; g < mix.size(); ++g) {
    price += mix[g] * (v.local[g] * v.price_level[g] + (1.0 - v.local[g]) * v.outside_price[g]);
  }
  return price;
}
}  // namespace

void order_investment(const Step&, InvestmentOrders v, Out<outside::InvestmentDemand> demand,
                      Out<outside::InvestmentPrice> investment_price, Out<outside::DwellingPrice> dwelling_price,
                      Out<OrderInvestment> order) {
  const std::size_t goods = demand.size();
  investment_price[0] = price_of(v.mix.span(), v);
  dwelling_price[0] = price_of(v.dwelling_mix.span(), v);
  const double plans = ordered_sum(order.size(), [&](std::size_t i) { return v.plan[i]; });
  const auto dwellings =
      static_cast<double>(integer_sum(v.dwellings.size(), [&](std::size_t c) { return v.dwellings[c]; }));
  const double houses = dwelling_price[0] > 0.0 ? dwellings / kCentsPerKiloEuro / dwelling_price[0] : 0.0;
  std::vector<double> local(goods);
  for (std::size_t g = 0; g < goods; ++g) {
    demand[g] = v.mix[g] * plans + v.dwelling_mix[g] * houses;
    local[g] = v.local[g] * demand[g];
  }
  network::split_over_producers(
      local, v.good.span(), [&](std::size_t j) { return v.share[j] * v.attraction[j]; }, order.span());
}

void pay_investment(const Step&, const Params& params, InvestmentPayments v, Add<Ledger> ledger,
                    InOut<SalesCents> sales, Out<Investment> executed, Out<InvestmentCents> cost,
                    Out<Replacement> replacement, Out<households::DwellingsPaid> dwellings_paid) {
  const std::size_t firms = cost.size(), cells = v.dwellings.size(), goods = v.demand.size();
  const Accounts accounts(cells);

  // What was delivered: local producers, then the outside part.
  const auto earned = std::make_unique_for_overwrite<std::int64_t[]>(firms);
  const std::int64_t earned_here = integer_sum(firms, [&](std::size_t j) {
    earned[j] = round_half_away(v.order[j] * v.fill[j] * v.price[j] * kCentsPerKiloEuro);
    sales[j] += earned[j];
    return earned[j];
  });
  double outside = 0.0;
  for (std::size_t g = 0; g < goods; ++g) {
    outside += v.demand[g] * (1.0 - v.local[g]) * v.import_fill[g] * v.outside_price[g];
  }
  const std::int64_t imported = round_half_away(outside * kCentsPerKiloEuro);
  const std::int64_t total = earned_here + imported;

  // Volume delivered of each mix, to scale the plans: goods that fell short are missing in proportion to the mix.
  std::vector<double> ordered(goods), delivered(goods);
  network::sum_by_good(
      firms, v.good.span(), [&](std::size_t j) { return v.order[j]; }, ordered);
  network::sum_by_good(
      firms, v.good.span(), [&](std::size_t j) { return v.order[j] * v.fill[j]; }, delivered);
  double share = 0.0;
  for (std::size_t g = 0; g < goods; ++g) {
    const double local_fill = ordered[g] > 0.0 ? delivered[g] / ordered[g] : 1.0;
    const double missing_outside = (1.0 - v.local[g]) * (1.0 - v.import_fill[g]);
    share += v.mix[g] * (v.local[g] * local_fill + 1.0 - v.local[g] - missing_outside);
  }

  // The bill is split by what each buyer wanted to spend: establishments first, then cells.
  const std::size_t buyers = firms + cells;
  const auto weight = std::make_unique_for_overwrite<double[]>(buyers);
  const auto key = std::make_unique_for_overwrite<std::uint64_t[]>(buyers);
  const auto bill = std::make_unique_for_overwrite<std::int64_t[]>(buyers);
  for_each_row(firms, [&](std::size_t i) {
    weight[i] = v.plan[i] * v.investment_price[0] * kCentsPerKiloEuro;
    key[i] = v.key[i];
    executed[i] = v.plan[i] * share;
  });
  for (std::size_t c = 0; c < cells; ++c) {
    weight[firms + c] = static_cast<double>(v.dwellings[c]);
    key[firms + c] = c;
  }
  split_counts(total, {weight.get(), buyers}, {key.get(), buyers}, {bill.get(), buyers});
  for_each_row(firms, [&](std::size_t i) {
    cost[i] = bill[i];
    const double worn = params.depreciation * v.capital[i];
    replacement[i] = worn < v.plan[i] ? round_half_away(static_cast<double>(cost[i]) * (worn / v.plan[i])) : cost[i];
  });
  for (std::size_t c = 0; c < cells; ++c) dwellings_paid[c] = bill[firms + c];

  const auto deposit = [&](std::size_t i) { return accounts.deposit(i); };
  const Ledger::One clearing = only(Special::kInvestment);
  const auto kInvestment = static_cast<Ledger::Kind>(Flow::kInvestment);
  ledger->post_rows(firms, kInvestment, deposit, clearing, [&](std::size_t i) { return cost[i]; });
  ledger->post_rows(
      cells, static_cast<Ledger::Kind>(Flow::kDwellings), [&](std::size_t c) { return accounts.cell(c); }, clearing,
      [&](std::size_t c) { return dwellings_paid[c]; });
  ledger->post_rows(firms, kInvestment, clearing, deposit, [&](std::size_t j) { return earned[j]; });
  ledger->post(Accounts::of(Special::kInvestment), Accounts::of(Special::kRof), Cents{imported}, kInvestment);
}

void install_capital(const Step&, const Params& params, In<Investment> executed, InOut<Capital> capital) {
  for_each_row(capital.size(), [&](std::size_t i) { capital[i] += executed[i] - params.depreciation * capital[i]; });
}

}  // namespace metier::firms
