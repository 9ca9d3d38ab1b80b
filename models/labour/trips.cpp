#include "models/labour/trips.hpp"

#include <algorithm>

namespace metier::labour {

namespace {
void commuting_flow(In<TripFlow> flow, Cells cells) { std::copy(flow.begin(), flow.end(), cells.begin()); }
}  // namespace

void add_trip_indicators(IndicatorSet& set) {
  set.add({.name = "commuting_flow",
           .code = "EM-11",
           .observatory = "OE",
           .unit = "person",
           .dims = {"origin", "destination"},
           .total = true,
           .meaning = "persons who live in the origin and work in the destination",
           .meaning_fr = "actifs résidant à l'origine et travaillant à la destination",
           .source = "doubly constrained gravity, Wilson (1967)"},
          &commuting_flow);
}

}  // namespace metier::labour
