#include "sim/engine/ledger.hpp"
#include "sim/core/error.hpp"

#include <gtest/gtest.h>
#include <numeric>

namespace metier {
namespace {

World books(std::size_t accounts, std::size_t groups, std::size_t kinds) {
  World world;
  Ledger::open(world, accounts, groups, kinds);
  auto group = world.column<AccountGroup>();
  for (std::size_t a = 0; a < accounts; ++a) group[a] = static_cast<std::uint16_t>(a % groups);
  return world;
}

std::int64_t total(World& world) {
  const auto balance = world.column<AccountBalance>();
  return std::accumulate(balance.begin(), balance.end(), std::int64_t{0});
}

TEST(Ledger, APostingMovesCentsAndKeepsTheSum) {
  World world = books(4, 2, 3);
  Ledger ledger(world);
  ledger.post(0, 3, Cents{250}, 2);
  ledger.post(3, 1, Cents{100}, 2);
  const auto balance = world.column<AccountBalance>();
  EXPECT_EQ(balance[0], -250);
  EXPECT_EQ(balance[3], 150);
  EXPECT_EQ(balance[1], 100);
  EXPECT_EQ(total(world), 0);
  EXPECT_EQ(world.column<FlowPaid>()[0 * 3 + 2], 250);  // group 0 holds accounts 0 and 2
  EXPECT_EQ(world.column<FlowPaid>()[1 * 3 + 2], 100);  // group 1 holds accounts 1 and 3
  EXPECT_EQ(world.column<FlowReceived>()[1 * 3 + 2], 350);
  EXPECT_THROW(ledger.post(0, 9, Cents{1}, 0), BrokenPromise);
}

TEST(Ledger, ABatchEqualsItsPostingsForAnyNumberOfThreads) {
  constexpr std::size_t kAccounts = 501, kPostings = 200'000;
  const auto debit = [](std::size_t e) { return static_cast<std::uint32_t>(hash64(1, e) % kAccounts); };
  const auto credit = [](std::size_t e) { return static_cast<std::uint32_t>(hash64(2, e) % kAccounts); };
  const auto cents = [](std::size_t e) { return static_cast<std::int64_t>(hash64(3, e) % 1'000'000) - 1000; };
  World one = books(kAccounts, 7, 5);
  Ledger by_one(one);
  for (std::size_t e = 0; e < kPostings; ++e) by_one.post(debit(e), credit(e), Cents{cents(e)}, 4);
  for (const int threads : {1, 2, 3, 7}) {
    set_threads(threads);
    World world = books(kAccounts, 7, 5);
    Ledger ledger(world);
    ledger.post_batch(kPostings, 4, debit, credit, cents);
    EXPECT_TRUE(std::ranges::equal(world.column<AccountBalance>(), one.column<AccountBalance>())) << threads;
    EXPECT_TRUE(std::ranges::equal(world.column<FlowPaid>(), one.column<FlowPaid>())) << threads;
    EXPECT_TRUE(std::ranges::equal(world.column<FlowReceived>(), one.column<FlowReceived>())) << threads;
    EXPECT_EQ(total(world), 0);
  }
  set_threads(1);
}

TEST(Ledger, RowsEqualTheirPostingsForAnyNumberOfThreads) {
  constexpr std::uint32_t kAccounts = 60'001, kRows = 30'000;
  const auto odd = [](std::size_t e) { return static_cast<std::uint32_t>(2 * e + 1); };
  const auto even = [](std::size_t e) { return static_cast<std::uint32_t>(2 * e + 2); };
  const auto cents = [](std::size_t e) { return static_cast<std::int64_t>(hash64(3, e) % 1'000'000) - 1000; };
  World one = books(kAccounts, 7, 5);
  Ledger by_one(one);
  for (std::size_t e = 0; e < kRows; ++e) {
    by_one.post(odd(e), 0, Cents{cents(e)}, 1);
    by_one.post(0, even(e), Cents{cents(e)}, 2);
    by_one.post(even(e), odd(e), Cents{cents(e)}, 4);
  }
  for (const int threads : {1, 2, 3, 7}) {
    set_threads(threads);
    World world = books(kAccounts, 7, 5);
    Ledger ledger(world);
    ledger.post_rows(kRows, 1, odd, Ledger::One{0}, cents);
    ledger.post_rows(kRows, 2, Ledger::One{0}, even, cents);
    ledger.post_rows(kRows, 4, even, odd, cents);
    EXPECT_TRUE(std::ranges::equal(world.column<AccountBalance>(), one.column<AccountBalance>())) << threads;
    EXPECT_TRUE(std::ranges::equal(world.column<FlowPaid>(), one.column<FlowPaid>())) << threads;
    EXPECT_TRUE(std::ranges::equal(world.column<FlowReceived>(), one.column<FlowReceived>())) << threads;
    EXPECT_EQ(total(world), 0);
  }
  set_threads(1);
}

class Keep : public PostingLog {
 public:
  void keep(std::span<const Posting> postings) override { all.insert(all.end(), postings.begin(), postings.end()); }
  std::vector<Posting> all;
};

TEST(Ledger, KeptPostingsReplayToTheBalances) {
  World world = books(20, 3, 4);
  Keep keep;
  Ledger::keep_postings(world, &keep);
  Ledger ledger(world);
  ledger.open_month(5);
  ledger.post_batch(
      1000, 1, [](std::size_t e) { return static_cast<std::uint32_t>(e % 20); },
      [](std::size_t e) { return static_cast<std::uint32_t>((7 * e + 1) % 20); },
      [](std::size_t e) { return static_cast<std::int64_t>(e % 13); });
  ledger.post(4, 5, Cents{77}, 2);
  ledger.post_rows(
      10, 3, [](std::size_t e) { return static_cast<std::uint32_t>(e + 1); }, Ledger::One{0},
      [](std::size_t e) { return static_cast<std::int64_t>(e + 1); });
  std::vector<std::int64_t> replay(20, 0);
  for (const Posting& posting : keep.all) {
    EXPECT_EQ(posting.month, 5);
    EXPECT_NE(posting.cents, 0);
    replay[posting.debit] -= posting.cents;
    replay[posting.credit] += posting.cents;
  }
  EXPECT_TRUE(std::ranges::equal(replay, world.column<AccountBalance>()));
  EXPECT_EQ(keep.all.size(), 1000 - 77 + 1 + 10);  // every 13th of 1000 amounts is 0 (77 of them)
}

TEST(Ledger, ANewMonthStartsWithEmptyTotals) {
  World world = books(4, 2, 2);
  Ledger ledger(world);
  ledger.post(0, 1, Cents{10}, 1);
  ledger.open_month(2);
  for (const std::int64_t cents : world.column<FlowPaid>()) EXPECT_EQ(cents, 0);
  EXPECT_EQ(world.column<AccountBalance>()[1], 10);
}

}  // namespace
}  // namespace metier
