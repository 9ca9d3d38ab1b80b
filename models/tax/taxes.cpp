#include "models/tax/taxes.hpp"

#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace metier::tax {

namespace {
constexpr Ledger::Kind kind(Flow flow) { return static_cast<Ledger::Kind>(flow); }
}  // namespace

void tax_firms(const Step&, const Params& params, FirmTaxes v, Add<Ledger> ledger, Out<firms::TaxCents> taxes,
               Out<firms::ProfitCents> profit) {
  const std::size_t firms = taxes.size();
  const Accounts accounts(v.cells.size());
  std::vector<std::int64_t> production(firms), to_mel(firms), corporate(firms);
  for_each_row(firms, [&](std::size_t i) {
    const std::int64_t added = v.sales[i] - v.purchases[i] - v.input_tax[i];
    production[i] = added > 0 ? round_half_away(static_cast<double>(added) * params.production) : 0;
    to_mel[i] = round_half_away(static_cast<double>(production[i]) * params.mel_share);
    const std::int64_t before =
        added + v.state_aid[i] - v.wage_cost[i] - production[i] - v.interest[i] - v.replacement[i];
    const bool company = v.owners[i] == 0;
    corporate[i] = company && before > 0 ? round_half_away(static_cast<double>(before) * params.corporate) : 0;
    taxes[i] = production[i] + corporate[i];
    profit[i] = before - corporate[i];
  });
  const auto deposit = [&](std::size_t i) { return accounts.deposit(i); };
  ledger->post_rows(firms, kind(Flow::kProductionTax), deposit, only(Special::kMel),
                    [&](std::size_t i) { return to_mel[i]; });
  ledger->post_rows(firms, kind(Flow::kProductionTax), deposit, only(Special::kGov),
                    [&](std::size_t i) { return production[i] - to_mel[i]; });
  ledger->post_rows(firms, kind(Flow::kCorporateTax), deposit, only(Special::kGov),
                    [&](std::size_t i) { return corporate[i]; });
}

void pay_transfers(const Step&, const Params& params, In<households::BaseTransfers> base,
                   In<households::BenefitShare> share, In<labour::Unemployed> unemployed, In<labour::MedianWage> wage,
                   In<outside::ConsumerPrice> price, Add<Ledger> ledger, Out<households::Transfers> transfers) {
  const std::size_t cells = transfers.size(), occupations = wage.size();
  const Accounts accounts(cells);
  for (std::size_t c = 0; c < cells; ++c) {
    const std::size_t commune = c / households::kQuintiles;
    double benefits = 0.0;
    for (std::size_t o = 0; o < occupations; ++o) {
      benefits += static_cast<double>(unemployed[commune * occupations + o]) * wage[o];
    }
    benefits *= params.benefit_replacement * params.benefit_covered * share[c];
    transfers[c] = round_half_away(base[c] * price[0] + benefits * price[0]);
  }
  ledger->post_rows(
      cells, kind(Flow::kTransfers), only(Special::kGov), [&](std::size_t c) { return accounts.cell(c); },
      [&](std::size_t c) { return transfers[c]; });
}

void tax_income(const Step&, const Params& params, In<households::NetWages> wages,
                In<households::CapitalIncome> capital, In<households::Transfers> transfers, Add<Ledger> ledger,
                Out<households::Taxes> taxes) {
  const std::size_t cells = taxes.size();
  const Accounts accounts(cells);
  for (std::size_t c = 0; c < cells; ++c) {
    taxes[c] = round_half_away(static_cast<double>(wages[c] + capital[c] + transfers[c]) * params.income);
  }
  ledger->post_rows(
      cells, kind(Flow::kIncomeTax), [&](std::size_t c) { return accounts.cell(c); }, only(Special::kGov),
      [&](std::size_t c) { return taxes[c]; });
}

void settle_government(const Step&, In<AccountBalance> balance, Add<Ledger> ledger,
                       Out<outside::FiscalTransfer> transfer) {
  constexpr AccountId kGov = Accounts::of(Special::kGov), kMel = Accounts::of(Special::kMel);
  // Amounts are never negative: who owes pays.
  const auto settle = [&](AccountId from, AccountId to, std::int64_t owed, Flow flow) {
    if (owed < 0) std::swap(from, to);
    ledger->post(from, to, Cents{owed < 0 ? -owed : owed}, kind(flow));
  };
  settle(kMel, kGov, balance[kMel], Flow::kPublicConsumption);
  const std::int64_t missing = -balance[kGov];
  settle(Accounts::of(Special::kRof), kGov, missing, Flow::kSettlement);
  transfer[0] = missing;
}

}  // namespace metier::tax
