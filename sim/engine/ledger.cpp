#include "sim/engine/ledger.hpp"

#include "sim/core/error.hpp"

namespace metier {

Ledger::Ledger(World& world)
    : balance_(world.column<AccountBalance>()),
      group_(world.column<AccountGroup>()),
      paid_(world.column<FlowPaid>()),
      received_(world.column<FlowReceived>()),
      memory_(&world.scratch<LedgerMemory>()),
      keeping_(&world.scratch<Keeping>()) {
  if (world.rows<LedgerLayout>() == 1) {
    groups_ = world.column<LedgerGroups>()[0];
    kinds_ = world.column<LedgerKinds>()[0];
  }
}

void Ledger::open(World& world, std::size_t accounts, std::size_t groups, std::size_t kinds) {
  world.set_rows<Account>(accounts);
  world.set_rows<FlowTotal>(groups * kinds);
  world.set_rows<LedgerLayout>(1);
  world.column<LedgerGroups>()[0] = static_cast<std::uint32_t>(groups);
  world.column<LedgerKinds>()[0] = static_cast<std::uint32_t>(kinds);
}

void Ledger::keep_postings(World& world, PostingLog* log) { world.scratch<Keeping>().log = log; }

void Ledger::open_month(int month) {
  keeping_->month = month;
  for (std::int64_t& cents : paid_) cents = 0;
  for (std::int64_t& cents : received_) cents = 0;
}

void Ledger::post(AccountId debit, AccountId credit, Cents cents, Kind kind) {
  METIER_REQUIRE(debit < balance_.size() && credit < balance_.size() && kind < kinds_, "posting outside the accounts");
  balance_[debit] -= cents.value;
  balance_[credit] += cents.value;
  paid_[group_[debit] * kinds_ + kind] += cents.value;
  received_[group_[credit] * kinds_ + kind] += cents.value;
  if (keeping_->log != nullptr) {
    log_one(debit, credit, cents.value, kind);
    flush_log();
  }
}

void Ledger::open_batch() {
  memory_->balances.reset(balance_.size());
  memory_->totals.reset(2 * groups_);
}

void Ledger::close_batch(Kind kind) {
  METIER_REQUIRE(kind < kinds_, "unknown kind of flow");
  memory_->balances.add_to(balance_);
  std::vector<std::int64_t> totals(2 * groups_);
  memory_->totals.add_to(std::span<std::int64_t>(totals));
  for (std::size_t g = 0; g < groups_; ++g) {
    paid_[g * kinds_ + kind] += totals[g];
    received_[g * kinds_ + kind] += totals[groups_ + g];
  }
}

void Ledger::open_rows() { memory_->totals.reset(2 * groups_ + 1); }

void Ledger::close_rows(Kind kind, const AccountId* payer, const AccountId* payee) {
  METIER_REQUIRE(kind < kinds_, "unknown kind of flow");
  std::vector<std::int64_t> totals(2 * groups_ + 1);
  memory_->totals.add_to(std::span<std::int64_t>(totals));
  for (std::size_t g = 0; g < groups_; ++g) {
    paid_[g * kinds_ + kind] += totals[g];
    received_[g * kinds_ + kind] += totals[groups_ + g];
  }
  const std::int64_t sum = totals[2 * groups_];
  if (payer != nullptr) {
    balance_[*payer] -= sum;
    paid_[group_[*payer] * kinds_ + kind] += sum;
  }
  if (payee != nullptr) {
    balance_[*payee] += sum;
    received_[group_[*payee] * kinds_ + kind] += sum;
  }
}

void Ledger::log_one(AccountId debit, AccountId credit, std::int64_t cents, Kind kind) {
  if (cents != 0) keeping_->pending.push_back({keeping_->month, kind, debit, credit, cents});
}

void Ledger::flush_log() {
  keeping_->log->keep(keeping_->pending);
  keeping_->pending.clear();
}

}  // namespace metier
