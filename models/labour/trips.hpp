#pragma once
#include "sim/core/column.hpp"
#include "sim/engine/indicators.hpp"

namespace metier::labour {

/// Trips to work between places of the user's own: row = origin * destinations + destination.
struct Trip {
  static constexpr TableInfo info{"trip",
                                  "one row per (origin, destination) of the user's tables, destination fastest"};
};
struct TripFlow : ColumnOf<double, Trip> {
  static constexpr ColumnInfo info{"trip.flow", "person", "persons who live in the origin and work in the destination"};
};

/// `commuting_flow` (origin, destination).
void add_trip_indicators(IndicatorSet& set);

}  // namespace metier::labour
