#pragma once
#include "models/labour/params.hpp"
#include "sim/core/column.hpp"
#include "sim/core/world.hpp"
#include "sim/engine/indicators.hpp"

#include <string>
#include <vector>

namespace metier {
class Problems;
}

namespace metier::labour {

/// Trips to work between places of the user's own: row = origin * destinations + destination.
struct Trip {
  static constexpr TableInfo info{"trip",
                                  "one row per (origin, destination) of the user's tables, destination fastest"};
};
struct TripFlow : ColumnOf<double, Trip> {
  static constexpr ColumnInfo info{"trip.flow", "person", "persons who live in the origin and work in the destination"};
};

/// What the three files say.
struct TripTables {
  std::vector<std::string> origins, destinations;  ///< labels
  std::vector<double> homes, jobs;                 ///< persons by origin and destination; equal totals
  std::vector<double> minutes;                     ///< origins x destinations
};
/// Reads `labour.gravity`: origins and destinations (CSV label,value), cost (first column origins, header destinations,
/// both in the order of their files). Problems: what is wrong with the files, labels that do not match, negative
/// numbers, totals that differ by more than 1e-9 of their size or are 0.
TripTables read_trip_tables(const GravityParams& params, Problems& problems);
/// `flows`: origins x destinations.
void build_trips(World& world, const std::vector<double>& flows);

/// `commuting_flow` (origin, destination).
void add_trip_indicators(IndicatorSet& set);

}  // namespace metier::labour
