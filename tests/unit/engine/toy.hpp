#pragma once
#include "sim/core/parallel.hpp"
#include "sim/engine/schedule.hpp"

/// A toy economy of walkers for the tests of the engine: each moves at random, sometimes stops, and a sum is kept.
namespace metier::toy {

struct Walker {
  static constexpr TableInfo info{"walker", "one row per walker"};
};
struct Total {
  static constexpr TableInfo info{"total", "one row"};
};
struct Key : ColumnOf<std::uint64_t, Walker> {
  static constexpr ColumnInfo info{"walker.key", "1", "lasting key"};
};
struct Place : ColumnOf<double, Walker> {
  static constexpr ColumnInfo info{"walker.place", "m", "where it is"};
};
struct Stopped : ColumnOf<std::uint8_t, Walker> {
  static constexpr ColumnInfo info{"walker.stopped", "1", "1 once it stopped"};
};
struct Sum : ColumnOf<double, Total> {
  static constexpr ColumnInfo info{"total.sum", "m", "sum of places"};
};

struct Params {
  double spread = 1.0;
  double stop = 0.1;
};

inline void walk(const Step&, const Params& params, In<Key> key, In<Stopped> stopped,
                 Random<RngDomain::kOutsideShock> random, InOut<Place> place) {
  for_each_row(place.size(), [&](std::size_t i) {
    if (stopped[i] == 0) place[i] += params.spread * random(key[i]).normal();
  });
}
inline void stop(const Step&, const Params& params, In<Key> key, Random<RngDomain::kLabourSeparation> random,
                 InOut<Stopped> stopped) {
  for_each_row(stopped.size(), [&](std::size_t i) {
    if (stopped[i] == 0 && random(key[i]).bernoulli(params.stop)) stopped[i] = 1;
  });
}
struct SumView {
  In<Place> place;
  Out<Sum> sum;
};
inline void add_up(const Step&, SumView view) {
  view.sum[0] = ordered_sum(view.place.size(), [&](std::size_t i) { return view.place[i]; });
}

inline Schedule month(const Params& params) {
  Schedule schedule;
  schedule.phase("P1", "walk").add("toy.walk", &walk, params).then().add("toy.stop", &stop, params);
  schedule.phase("P2", "sums", Schedule::RunAt::kMonthsAndStart).add("toy.add_up", &add_up);
  return schedule;
}

inline void populate(World& world, std::size_t walkers) {
  world.set_rows<Walker>(walkers);
  world.set_rows<Total>(1);
  auto key = world.column<Key>();
  for (std::size_t i = 0; i < walkers; ++i) key[i] = hash64(7, i);
}

}  // namespace metier::toy
