#pragma once
#include "sim/core/hash.hpp"
#include "sim/core/math.hpp"
#include "sim/engine/ledger.hpp"
#include "sim/engine/market.hpp"
#include "sim/engine/schedule.hpp"
#include "sim/engine/simulator.hpp"

#include <memory>
#include <string>
#include <vector>

/// A small economy that uses every piece of the engine at once: buyers look for stalls of limited room in a market,
/// pay through the ledger, change their taste at random, new visitors arrive every month.
namespace metier::bazaar {

struct Buyer {
  static constexpr TableInfo info{"buyer", "one row per buyer"};
};
struct Stall {
  static constexpr TableInfo info{"stall", "one row per stall"};
};
struct Visitor {
  static constexpr TableInfo info{"visitor", "one row per visitor; grows every month"};
};
struct Summary {
  static constexpr TableInfo info{"summary", "one row"};
};
struct BuyerKey : ColumnOf<std::uint64_t, Buyer> {
  static constexpr ColumnInfo info{"buyer.key", "1", "lasting key"};
};
struct Taste : ColumnOf<double, Buyer> {
  static constexpr ColumnInfo info{"buyer.taste", "1", "what the buyer would pay, relative to the mean"};
};
struct BoughtAt : ColumnOf<std::uint32_t, Buyer> {
  static constexpr ColumnInfo info{"buyer.bought_at", "1", "row of the stall, kNoTarget for none"};
};
struct StallKey : ColumnOf<std::uint64_t, Stall> {
  static constexpr ColumnInfo info{"stall.key", "1", "lasting key"};
};
struct Room : ColumnOf<std::int64_t, Stall> {
  static constexpr ColumnInfo info{"stall.room", "count/month", "buyers that can be served in a month"};
};
struct Served : ColumnOf<std::int64_t, Stall> {
  static constexpr ColumnInfo info{"stall.served", "count/month", "buyers served this month"};
};
struct Arrived : ColumnOf<std::int32_t, Visitor> {
  static constexpr ColumnInfo info{"visitor.arrived", "month", "month of arrival"};
};
struct MeanTaste : ColumnOf<double, Summary> {
  static constexpr ColumnInfo info{"summary.mean_taste", "1", "mean of the tastes"};
};
struct Turnover : ColumnOf<std::int64_t, Summary> {
  static constexpr ColumnInfo info{"summary.turnover", "cent/month", "cents received by the stalls"};
};

struct Params {
  double drift = 0.05;  ///< standard deviation of the monthly change of ln taste
  std::size_t choices = 3;
};

inline constexpr int kMonths = 6;
inline constexpr Ledger::Kind kPurchase = 0;
inline constexpr std::uint16_t kBuyers = 0, kStalls = 1;

inline void open_month(const Step& step, Add<Ledger> ledger) { ledger->open_month(step.month); }

inline void propose(const Step&, const Params& params, In<BuyerKey> key, In<Taste> taste, In<StallKey> stalls,
                    Random<RngDomain::kRationing> random, Scratch<ChoiceMarket> market) {
  market->open(key.size(), params.choices, stalls.size());
  for_each_row(key.size(), [&](std::size_t b) {
    Draws draws = random(key[b]);
    for (Proposal& slot : market->choices_of(b)) {
      const auto stall = static_cast<std::uint32_t>(draws.below(stalls.size()));
      // Tastes are rounded so that ties are common and lots matter.
      slot = {.target = stall,
              .lot = hashed_lot(random.stream(), key[b], stalls[stall]),
              .score = static_cast<double>(round_half_away(4.0 * taste[b])),
              .amount = 1};
    }
  });
}
inline void resolve(const Step&, In<BuyerKey> key, In<Room> room, Scratch<ChoiceMarket> market) {
  market->resolve(key.span(), room.span(), Acceptance::kDeferred);
}
inline void commit_buyers(const Step&, Scratch<ChoiceMarket> market, Out<BoughtAt> bought_at) {
  for_each_row(bought_at.size(), [&](std::size_t b) { bought_at[b] = market->target_of(b); });
}
inline void commit_stalls(const Step&, Scratch<ChoiceMarket> market, Out<Served> served) {
  for_each_row(served.size(),
               [&](std::size_t s) { served[s] = static_cast<std::int64_t>(market->accepted(s).size()); });
}
inline void pay(const Step&, In<BoughtAt> bought_at, In<Taste> taste, Add<Ledger> ledger) {
  const auto buyers = static_cast<std::uint32_t>(bought_at.size());
  ledger->post_batch(
      buyers, kPurchase, [&](std::size_t b) { return static_cast<std::uint32_t>(b); },
      [&](std::size_t b) { return bought_at[b] == kNoTarget ? static_cast<std::uint32_t>(b) : buyers + bought_at[b]; },
      [&](std::size_t b) { return bought_at[b] == kNoTarget ? 0 : round_to_cents(10.0 * taste[b]).value; });
}
inline void change_taste(const Step&, const Params& params, In<BuyerKey> key, Random<RngDomain::kFirmPrice> random,
                         InOut<Taste> taste) {
  for_each_row(key.size(), [&](std::size_t b) { taste[b] *= math::exp(params.drift * random(key[b]).normal()); });
}
inline void arrive(const Step& step, Random<RngDomain::kOutsideShock> random, Structure<Visitor> visitors,
                   InOut<Arrived>) {
  const std::size_t before = visitors.rows();
  visitors.set_rows(before + static_cast<std::size_t>(random(1).poisson(40.0)));
  const auto arrived = visitors.column<Arrived>();
  for (std::size_t v = before; v < arrived.size(); ++v) arrived[v] = step.month;
}
struct SummaryView {
  In<Taste> taste;
  In<FlowReceived> received;
  Out<MeanTaste> mean_taste;
  Out<Turnover> turnover;
};
inline void sum_up(const Step&, SummaryView view) {
  const std::size_t n = view.taste.size();
  view.mean_taste[0] = ordered_sum(n, [&](std::size_t b) { return view.taste[b]; }) / static_cast<double>(n);
  view.turnover[0] = view.received[kStalls];
}

inline void mean_taste(In<MeanTaste> mean, Cells cells) { cells[0] = mean[0]; }
inline void total_served(In<Served> served, Cells cells) {
  cells[0] = static_cast<double>(integer_sum(served.size(), [&](std::size_t s) { return served[s]; }));
}

inline Schedule make_month(const Params& params) {
  Schedule month;
  month.phase("P0", "open").add("bazaar.open_month", &open_month);
  month.phase("P1", "market")
      .add("bazaar.propose", &propose, params)
      .then()
      .add("bazaar.resolve", &resolve)
      .then()
      .add("bazaar.commit_buyers", &commit_buyers)
      .add("bazaar.commit_stalls", &commit_stalls);
  month.phase("P2", "money").add("bazaar.pay", &pay);
  month.phase("P3", "change").add("bazaar.change_taste", &change_taste, params).add("bazaar.arrive", &arrive);
  month.phase("P4", "count", Schedule::RunAt::kMonthsAndStart).add("bazaar.sum_up", &sum_up);
  return month;
}

/// A bazaar with its schedule, ready to run; buyers fill more than one block of every primitive.
struct Season {
  explicit Season(std::uint64_t seed = 11, bool hash_processes = false, std::size_t buyers = 35'000,
                  std::size_t stalls = 2'000, int months = kMonths) {
    indicators.add({.name = "mean_taste", .unit = "1", .total = true, .meaning = "mean of the tastes"}, &mean_taste);
    indicators.add({.name = "served", .unit = "count", .total = true, .meaning = "buyers served"}, &total_served);
    populate(buyers, stalls);
    simulator = std::make_unique<Simulator>(
        world, schedule, indicators,
        Simulator::Settings{
            .start = {2019, 1}, .months = months, .seeds = {seed, 0}, .hash_processes = hash_processes});
  }
  void populate(std::size_t buyers, std::size_t stalls) {
    world.set_rows<Buyer>(buyers);
    world.set_rows<Stall>(stalls);
    world.set_rows<Visitor>(3);
    world.set_rows<Summary>(1);
    for (std::size_t b = 0; b < buyers; ++b) {
      world.column<BuyerKey>()[b] = hash64(1, b);
      world.column<Taste>()[b] = 1.0;
    }
    for (std::size_t s = 0; s < stalls; ++s) {
      world.column<StallKey>()[s] = hash64(2, s);
      world.column<Room>()[s] = static_cast<std::int64_t>(hash64(3, s) % 30);
    }
    Ledger::open(world, buyers + stalls, 2, 1);
    for (std::size_t a = buyers; a < buyers + stalls; ++a) world.column<AccountGroup>()[a] = kStalls;
  }
  void finish(Observer* observer = nullptr) const {
    while (!simulator->finished()) simulator->advance(observer);
  }

  World world;
  Schedule schedule = make_month(Params{});
  IndicatorSet indicators;
  std::unique_ptr<Simulator> simulator;
};

}  // namespace metier::bazaar
