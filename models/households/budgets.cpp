#include "models/households/budgets.hpp"

#include "models/network/pool.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace metier::households {

namespace {

double total_cents(std::span<const std::int64_t> cells) {
  std::int64_t sum = 0;
  for (const std::int64_t cents : cells) sum += cents;
  return static_cast<double>(sum);
}

/// A plan in cents stays what it was as long as what is wanted is no more than two cents away from it. Plans set
/// volumes, which are no whole numbers; what these cost is rounded again, for each establishment. Were every cent of
/// income passed on, a cent could come back as the opposite of what it was: paid out, spent, a purchase rounded up, a
/// cent less to pay out, for ever. With the band the circle is open, and an economy at rest is at rest to the cent.
std::int64_t held(std::int64_t before, double wanted) {
  constexpr double kBand = 2.0;  // cents: more than the .5 of a rounding and the one that comes back
  return std::fabs(wanted - static_cast<double>(before)) <= kBand ? before : round_half_away(wanted);
}

/// Budgets in basic prices [kEUR].
double basic_value(std::span<const std::int64_t> budget, const tax::Params& tax) {
  return total_cents(budget) / kCentsPerKiloEuro / (1.0 + tax.vat);
}

/// What is spent on good g in basic prices, directly and behind local counters [kEUR].
template <class View>
double spending_on(std::size_t g, double basic, const View& v) {
  return v.direct_share[g] * v.spending_share[g] * basic + v.counter_goods[g] / 1e3;
}

}  // namespace

void set_budgets(const Step&, const Params& params, In<Income> income, In<DepositTarget> target,
                 In<AccountBalance> balance, InOut<Budget> budget, InOut<Dwellings> dwellings, Out<SavingPlan> saving) {
  const Accounts accounts(income.size());
  for_each_row(budget.size(), [&](std::size_t c) {
    const auto y = static_cast<double>(std::max<std::int64_t>(0, income[c]));
    const std::int64_t deposits = balance[accounts.cell(c)];
    const double from_income = params.spend_income[c % kQuintiles] * y;
    const double gap = static_cast<double>(deposits) - target[c] * y;
    const std::int64_t from_wealth = round_half_away(params.spend_wealth / 12.0 * gap);
    const std::int64_t wanted = held(budget[c], from_income + static_cast<double>(from_wealth));
    // Nobody spends what is not there: deposits plus the income that is on its way.
    budget[c] = std::clamp<std::int64_t>(wanted, 0, std::max<std::int64_t>(0, deposits + income[c]));
    saving[c] = std::max<std::int64_t>(0, std::max<std::int64_t>(0, income[c]) - (wanted - from_wealth));
    dwellings[c] =
        std::max<std::int64_t>(0, held(dwellings[c], params.dwelling_share * static_cast<double>(saving[c])));
  });
}

void hold_budgets(const Step&, In<Income> income, In<Budget0> budget0, In<Dwellings0> dwellings0,
                  In<outside::ConsumerPrice> price, In<outside::DwellingPrice> dwelling_price, Out<Budget> budget,
                  Out<Dwellings> dwellings, Out<SavingPlan> saving) {
  for (std::size_t c = 0; c < budget.size(); ++c) {
    budget[c] = round_half_away(budget0[c] * price[0]);
    dwellings[c] = round_half_away(dwellings0[c] * dwelling_price[0]);
    saving[c] = std::max(dwellings[c], income[c] - budget[c]);
  }
}

void average_prices(const Step&, In<SpendingShare> share, In<LocalShare> local, In<io::PriceLevel> price,
                    In<io::OutsidePrice> outside, Out<outside::ConsumerPrice> consumer_price) {
  double sum = 0.0;
  for (std::size_t g = 0; g < share.size(); ++g)
    sum += share[g] * (local[g] * price[g] + (1.0 - local[g]) * outside[g]);
  consumer_price[0] = sum;
}

void order_goods(const Step&, const tax::Params& tax, GoodsView v, Out<firms::OrderHousehold> order) {
  const std::size_t goods = v.price_level.size();
  const double basic = basic_value(v.budget.span(), tax);
  std::vector<double> demand(goods);
  for (std::size_t g = 0; g < goods; ++g) {
    demand[g] = v.local_share[g] * spending_on(g, basic, v) / v.price_level[g];
  }
  network::split_over_producers(
      demand, v.good.span(), [&](std::size_t j) { return v.share[j] * v.attraction[j]; }, order.span());
}

void pay_consumption(const Step&, const tax::Params& tax, ConsumptionPayments v, Add<Ledger> ledger,
                     InOut<firms::SalesCents> sales, Out<Spent> spent, Out<OutsideAssets> assets) {
  const std::size_t cells = spent.size(), firms = sales.size();
  const Accounts accounts(cells);
  std::vector<std::int64_t> paid(firms), asked(firms);
  for_each_row(firms, [&](std::size_t j) {
    const double value = (v.order_household[j] + v.order_retail[j]) * v.price[j] * kCentsPerKiloEuro;
    asked[j] = round_half_away(value);
    paid[j] = v.fill[j] < 1.0 ? round_half_away(value * v.fill[j]) : asked[j];
    sales[j] += paid[j];
  });
  const std::int64_t local = integer_sum(firms, [&](std::size_t j) { return paid[j]; });
  double missing_outside = 0.0;  // of what is bought outside
  const double basic = basic_value(v.budget.span(), tax);
  for (std::size_t g = 0; g < v.import_fill.size(); ++g)
    missing_outside += (1.0 - v.local_share[g]) * spending_on(g, basic, v) * (1.0 - v.import_fill[g]);
  const std::int64_t unmet = integer_sum(firms, [&](std::size_t j) { return asked[j] - paid[j]; }) +
                             round_half_away(missing_outside * kCentsPerKiloEuro);
  const auto wanted = static_cast<std::int64_t>(total_cents(v.budget.span()));
  const std::int64_t not_spent = std::min(wanted, round_half_away(static_cast<double>(unmet) * (1.0 + tax.vat)));
  const std::int64_t total = wanted - not_spent;
  const std::int64_t vat = round_half_away(static_cast<double>(total) * tax.vat / (1.0 + tax.vat));
  const std::int64_t outside = total - vat - local;

  std::vector<double> weight(cells);
  std::vector<std::uint64_t> key(cells);
  for (std::size_t c = 0; c < cells; ++c) {
    weight[c] = static_cast<double>(v.budget[c]);
    key[c] = c;
  }
  std::fill(spent.begin(), spent.end(), 0);
  if (total > 0) split_counts(total, weight, key, spent.span());
  // Saving that was meant for dwellings and found no builder stays in the deposits.
  for (std::size_t c = 0; c < cells; ++c) assets[c] = v.saving[c] - v.dwellings[c];

  const auto cell = [&](std::size_t c) { return accounts.cell(c); };
  const Ledger::One clearing = only(Special::kConsumption);
  const auto kConsumption = static_cast<Ledger::Kind>(Flow::kConsumption);
  ledger->post_rows(cells, kConsumption, cell, clearing, [&](std::size_t c) { return spent[c]; });
  ledger->post_rows(
      firms, kConsumption, clearing, [&](std::size_t j) { return accounts.deposit(j); },
      [&](std::size_t j) { return paid[j]; });
  ledger->post(Accounts::of(Special::kConsumption), Accounts::of(Special::kGov), Cents{vat},
               static_cast<Ledger::Kind>(Flow::kVat));
  ledger->post(Accounts::of(Special::kConsumption), Accounts::of(Special::kRof), Cents{outside}, kConsumption);
  ledger->post_rows(cells, static_cast<Ledger::Kind>(Flow::kOutsideAssets), cell, only(Special::kRof),
                    [&](std::size_t c) { return assets[c]; });
}

void add_up_income(const Step&, In<NetWages> wages, In<CapitalIncome> capital, In<Transfers> transfers, In<Taxes> taxes,
                   Out<Income> income) {
  for (std::size_t c = 0; c < income.size(); ++c) income[c] = wages[c] + capital[c] + transfers[c] - taxes[c];
}

}  // namespace metier::households
