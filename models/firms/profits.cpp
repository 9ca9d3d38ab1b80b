#include "models/firms/profits.hpp"

#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <memory>
#include <vector>

namespace metier::firms {

namespace {
constexpr Ledger::Kind kind(Flow flow) { return static_cast<Ledger::Kind>(flow); }
}  // namespace

void pay_interest(const Step&, const credit::Params& credit, In<AccountBalance> balance,
                  In<households::Households> cells, Add<Ledger> ledger, Out<InterestCents> interest) {
  const Accounts accounts(cells.size());
  for_each_row(interest.size(), [&](std::size_t i) {
    const std::int64_t owed = std::max<std::int64_t>(0, -balance[accounts.deposit(i)]) - balance[accounts.loan(i)];
    interest[i] = round_half_away(static_cast<double>(owed) * credit.rate / 12.0);
  });
  ledger->post_rows(
      interest.size(), kind(Flow::kInterest), [&](std::size_t i) { return accounts.deposit(i); }, only(Special::kBank),
      [&](std::size_t i) { return interest[i]; });
}

void distribute_profits(const Step&, const Params& params, ProfitView v, Add<Ledger> ledger, InOut<ProfitMean> mean,
                        Out<DistributedCents> distributed, Out<households::CapitalIncome> capital_income) {
  const std::size_t firms = distributed.size(), cells = capital_income.size();
  const Accounts accounts(cells);
  const auto to_outside = std::make_unique_for_overwrite<std::int64_t[]>(firms);
  const auto to_gov = std::make_unique_for_overwrite<std::int64_t[]>(firms);
  for_each_row(firms, [&](std::size_t i) {
    // What is left when own funds have paid their part of new capital.
    const auto profit = static_cast<double>(v.profit[i] - (v.investment[i] - v.replacement[i] - v.borrowed[i]));
    mean[i] =
        mean[i] == 0.0 ? profit : mean[i] + (profit - mean[i]) / 12.0;  // the first month stands for those before it
    const std::int64_t cash = v.balance[accounts.deposit(i)];
    const auto cost = static_cast<double>(v.purchases[i] + v.wage_cost[i] + v.taxes[i]);
    const double excess = std::max(0.0, static_cast<double>(cash) - params.cash_months_kept * cost);
    const double wanted = params.dividend_share * std::max(0.0, mean[i]) + params.excess_payout * excess;
    const std::int64_t paid = std::clamp<std::int64_t>(round_half_away(wanted), 0, std::max<std::int64_t>(0, cash));
    distributed[i] = paid;
    to_gov[i] = round_half_away(static_cast<double>(paid) * v.nonmarket[v.sector[i]]);
    to_outside[i] = round_half_away(static_cast<double>(paid - to_gov[i]) * static_cast<double>(v.hq_outside[i]));
  });
  const auto deposit = [&](std::size_t i) { return accounts.deposit(i); };
  const auto local = [&](std::size_t i) { return distributed[i] - to_gov[i] - to_outside[i]; };
  ledger->post_rows(firms, kind(Flow::kDividends), deposit, only(Special::kRof),
                    [&](std::size_t i) { return to_outside[i]; });
  ledger->post_rows(firms, kind(Flow::kDividends), deposit, only(Special::kGov),
                    [&](std::size_t i) { return to_gov[i]; });
  ledger->post_rows(firms, kind(Flow::kDividends), deposit, only(Special::kProfits),
                    [&](std::size_t i) { return v.owners[i] > 0 ? 0 : local(i); });
  ledger->post_rows(firms, kind(Flow::kMixedIncome), deposit, only(Special::kProfits),
                    [&](std::size_t i) { return v.owners[i] > 0 ? local(i) : 0; });

  std::vector<std::uint64_t> key(cells);
  for (std::size_t c = 0; c < cells; ++c) key[c] = c;
  // Banks keep no profit of their own in this null model of credit: interest goes on to the owners of capital.
  const std::int64_t interest = integer_sum(firms, [&](std::size_t i) { return v.interest[i]; });
  ledger->post(Accounts::of(Special::kBank), Accounts::of(Special::kProfits), Cents{interest}, kind(Flow::kDividends));
  const std::int64_t total = integer_sum(firms, local) + interest;
  std::fill(capital_income.begin(), capital_income.end(), 0);
  if (total > 0) split_counts(total, v.capital_share.span(), key, capital_income.span());
  ledger->post_rows(
      cells, kind(Flow::kDividends), only(Special::kProfits), [&](std::size_t c) { return accounts.cell(c); },
      [&](std::size_t c) { return capital_income[c]; });
}

}  // namespace metier::firms
