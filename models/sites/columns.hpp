#pragma once
#include "sim/core/column.hpp"

namespace metier::sites {

/// The communes of the territory, in the order of the data file. A run with `space: none` has one row.
struct Commune {
  static constexpr TableInfo info{"commune", "one row per commune of the territory"};
};
/// Communes first (same rows as Commune), then the external zones: where people live and work.
struct Zone {
  static constexpr TableInfo info{"zone", "one row per place: communes, then external zones"};
};
/// Pairs of places, destination fastest: row = from * zones + to.
struct ZonePair {
  static constexpr TableInfo info{"zone_pair", "one row per ordered pair of places, destination fastest"};
};

struct X : ColumnOf<float, Zone> {
  static constexpr ColumnInfo info{"zone.x", "m", "easting of the centre, Lambert-93"};
};
struct Y : ColumnOf<float, Zone> {
  static constexpr ColumnInfo info{"zone.y", "m", "northing of the centre, Lambert-93"};
};
struct AreaKm2 : ColumnOf<float, Commune> {
  static constexpr ColumnInfo info{"commune.area", "km2", "area of the commune"};
};
struct Population : ColumnOf<std::int32_t, Commune> {
  static constexpr ColumnInfo info{"commune.population", "person", "inhabitants of all ages"};
};
/// Employment zone of the commune (ze2020 as a number), for aggregation.
struct EmploymentZone : ColumnOf<std::uint32_t, Commune> {
  static constexpr ColumnInfo info{"commune.employment_zone", "1", "code of the employment zone 2020"};
};
struct DistanceKm : ColumnOf<float, ZonePair> {
  static constexpr ColumnInfo info{"zone_pair.distance", "km", "road distance, detour factor applied"};
};
struct CarMinutes : ColumnOf<float, ZonePair> {
  static constexpr ColumnInfo info{"zone_pair.car_minutes", "min", "travel time by car"};
};

}  // namespace metier::sites
