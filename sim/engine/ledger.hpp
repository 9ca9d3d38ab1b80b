#pragma once
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"
#include "sim/engine/access.hpp"

#include <cstdint>
#include <span>
#include <vector>

/// Double-entry ledger in integer cents.
///
/// Every account has a balance; a posting moves cents from one account to another, so the sum of all balances never
/// changes (it is 0). Money an agent owns is a positive balance, what it owes a negative one. Accounts belong to groups
/// (class of agent x sector); for each (group, kind of flow) the ledger keeps what was paid and received in the month,
/// from which balances are re-derived by the tests. Nothing else may change a balance.
namespace metier {

struct Account {
  static constexpr TableInfo info{"account",
                                  "one row per account: establishments, household cells, public and outside sectors"};
};
struct AccountBalance : ColumnOf<std::int64_t, Account> {
  static constexpr ColumnInfo info{"account.balance", "cent", "money owned (positive) or owed (negative)"};
};
struct AccountGroup : ColumnOf<std::uint16_t, Account> {
  static constexpr ColumnInfo info{"account.group", "1", "class of the account x sector, for the totals of flows"};
};

struct FlowTotal {
  static constexpr TableInfo info{"flow_total", "one row per (account group, kind of flow), kinds fastest"};
};
struct FlowPaid : ColumnOf<std::int64_t, FlowTotal> {
  static constexpr ColumnInfo info{"flow_total.paid", "cent/month", "cents that left the group's accounts this month"};
};
struct FlowReceived : ColumnOf<std::int64_t, FlowTotal> {
  static constexpr ColumnInfo info{"flow_total.received", "cent/month",
                                   "cents that came to the group's accounts this month"};
};

struct LedgerLayout {
  static constexpr TableInfo info{"ledger_layout", "one row: how the totals of flows are laid out"};
};
struct LedgerGroups : ColumnOf<std::uint32_t, LedgerLayout> {
  static constexpr ColumnInfo info{"ledger_layout.groups", "1", "number of account groups"};
};
struct LedgerKinds : ColumnOf<std::uint32_t, LedgerLayout> {
  static constexpr ColumnInfo info{"ledger_layout.kinds", "1", "number of kinds of flow"};
};

/// Working memory of the ledger: private integer accumulators of the workers.
struct LedgerMemory {
  PrivateSums<std::int64_t> balances;
  PrivateSums<std::int64_t> totals;
};

/// One posting kept for replay when a run asks for `output.ledger: postings`.
struct Posting {
  std::int32_t month;
  std::uint16_t kind;
  std::uint32_t debit, credit;
  std::int64_t cents;
};

/// Receives every posting of small runs; nullptr in normal runs.
class PostingLog {
 public:
  virtual ~PostingLog() = default;
  virtual void keep(std::span<const Posting> postings) = 0;
};

/// The only way a balance changes. A sink: several processes of a sub-phase may post.
class Ledger {
 public:
  using Adds = Columns<AccountBalance, FlowPaid, FlowReceived>;
  using Kind = std::uint16_t;
  using AccountId = std::uint32_t;

  explicit Ledger(World& world);

  /// Moves cents from one account to another (negative cents move the other way).
  void post(AccountId debit, AccountId credit, Cents cents, Kind kind);

  /// Posts n amounts at once: cents(e) from debit(e) to credit(e), for e = 0 .. n - 1; zero amounts leave no trace.
  ///
  /// Exact for any number of threads: only integers are added. Cost some nanoseconds a posting.
  template <class Debit, class Credit, class Amount>
  void post_batch(std::size_t n, Kind kind, Debit&& debit, Credit&& credit, Amount&& cents) {
    open_batch();
    for_each_block(n, kBatchBlock, [&](std::size_t, std::size_t begin, std::size_t end) {
      const std::span<std::int64_t> mine = memory_->balances.mine();
      const std::span<std::int64_t> total = memory_->totals.mine();
      for (std::size_t e = begin; e < end; ++e) {
        const std::int64_t amount = cents(e);
        const AccountId from = debit(e), to = credit(e);
        mine[from] -= amount;
        mine[to] += amount;
        total[group_[from]] += amount;
        total[groups_ + group_[to]] += amount;
      }
    });
    close_batch(kind);
    if (keeping_->log != nullptr) {
      for (std::size_t e = 0; e < n; ++e) log_one(debit(e), credit(e), cents(e), kind);
      flush_log();
    }
  }

  /// The account on one side of every posting of `post_rows`.
  struct One {
    AccountId account;
  };
  /// Posts n amounts at once where at least one side is the row's own account: `debit` and `credit` are functions of
  /// the row or `One{account}`; an account given by a function belongs to one row only.
  ///
  /// Same postings as `post_batch`, at a third of its cost: own balances have one writer and need no private sums.
  template <class Debit, class Credit, class Amount>
  void post_rows(std::size_t n, Kind kind, Debit&& debit, Credit&& credit, Amount&& cents) {
    constexpr bool from_one = std::is_same_v<std::remove_cvref_t<Debit>, One>;
    constexpr bool to_one = std::is_same_v<std::remove_cvref_t<Credit>, One>;
    static_assert(!(from_one && to_one), "one account to one account is `post`");
    open_rows();
    for_each_block(n, kBatchBlock, [&](std::size_t, std::size_t begin, std::size_t end) {
      const std::span<std::int64_t> total = memory_->totals.mine();
      std::int64_t sum = 0;
      for (std::size_t e = begin; e < end; ++e) {
        const std::int64_t amount = cents(e);
        sum += amount;
        if constexpr (!from_one) {
          const AccountId from = debit(e);
          balance_[from] -= amount;
          total[group_[from]] += amount;
        }
        if constexpr (!to_one) {
          const AccountId to = credit(e);
          balance_[to] += amount;
          total[groups_ + group_[to]] += amount;
        }
      }
      if constexpr (from_one) total[groups_ + groups_] += sum;
      if constexpr (to_one) total[groups_ + groups_] += sum;
    });
    if constexpr (from_one) {
      close_rows(kind, &debit.account, nullptr);
    } else if constexpr (to_one) {
      close_rows(kind, nullptr, &credit.account);
    } else {
      close_rows(kind, nullptr, nullptr);
    }
    if (keeping_->log == nullptr) return;
    const auto account = [](auto& side, std::size_t e) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(side)>, One>) {
        return side.account;
      } else {
        return side(e);
      }
    };
    for (std::size_t e = 0; e < n; ++e) log_one(account(debit, e), account(credit, e), cents(e), kind);
    flush_log();
  }

  /// Number of kinds of flow; rows of flow_total = groups x kinds.
  [[nodiscard]] std::size_t kinds() const { return kinds_; }

  /// Sets up accounts and totals: called once by whoever builds the population.
  static void open(World& world, std::size_t accounts, std::size_t groups, std::size_t kinds);
  /// Starts to keep every posting (nullptr: stops).
  static void keep_postings(World& world, PostingLog* log);
  /// Zeroes the totals of flows; postings kept from now on carry this month.
  void open_month(int month);

 private:
  static constexpr std::size_t kBatchBlock = 1 << 13;
  struct Keeping {  // scratch: who keeps the postings of this world, if anybody
    PostingLog* log = nullptr;
    std::int32_t month = 0;
    std::vector<Posting> pending;
  };
  void open_batch();
  void close_batch(Kind kind);
  void open_rows();
  void close_rows(Kind kind, const AccountId* payer, const AccountId* payee);
  void log_one(AccountId debit, AccountId credit, std::int64_t cents, Kind kind);
  void flush_log();

  std::span<std::int64_t> balance_;
  std::span<const std::uint16_t> group_;
  std::span<std::int64_t> paid_, received_;
  std::size_t groups_ = 0, kinds_ = 0;
  LedgerMemory* memory_;
  Keeping* keeping_;
};

}  // namespace metier
