#include "models/synthesis/space.hpp"

#include "models/sites/columns.hpp"
#include "models/synthesis/rounding.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace metier::synthesis {
namespace {

struct Point {
  double x, y;  // m
};

double straight_km(Point a, Point b) {
  const double dx = a.x - b.x, dy = a.y - b.y;
  return std::sqrt(dx * dx + dy * dy) / 1000.0;
}

}  // namespace

double car_minutes(const TravelRule& rule, double road_km) {
  const double near = std::min(road_km, rule.near_limit_km);
  return std::max(rule.minimum_minutes,
                  rule.base_minutes + rule.near_minutes * near + rule.far_minutes * (road_km - near));
}

void build_space(const DataPack& pack, const Params& params, World& world, InitReport& report) {
  const std::size_t communes = pack.communes.size(), zones = communes + pack.external_zones.size();
  world.set_rows<sites::Commune>(communes);
  world.set_rows<sites::Zone>(zones);
  world.set_rows<sites::ZonePair>(zones * zones);

  std::vector<double> population(communes);
  Point centre{0.0, 0.0};
  double inhabitants = 0.0;
  for (std::size_t c = 0; c < communes; ++c) {
    population[c] = pack.communes[c].population;
    inhabitants += population[c];
    centre.x += population[c] * pack.communes[c].x;
    centre.y += population[c] * pack.communes[c].y;
  }
  centre.x /= inhabitants;
  centre.y /= inhabitants;
  const auto whole = scaled_margins(population, params.scale_factor);
  auto area = world.column<sites::AreaKm2>();
  auto people = world.column<sites::Population>();
  auto employment_zone = world.column<sites::EmploymentZone>();
  double scaled = 0.0;
  for (std::size_t c = 0; c < communes; ++c) {
    area[c] = static_cast<float>(pack.communes[c].area_km2);
    people[c] = static_cast<std::int32_t>(whole[c]);
    employment_zone[c] = pack.communes[c].employment_zone;
    scaled += static_cast<double>(whole[c]);
  }
  report.add("population", "all", params.scale_factor * inhabitants, scaled, std::max(0.001, 0.5 / inhabitants),
             "within 0.1 %");

  std::vector<Point> place(zones, centre);
  auto x = world.column<sites::X>();
  auto y = world.column<sites::Y>();
  for (std::size_t z = 0; z < zones; ++z) {
    if (z < communes) {
      place[z] = {pack.communes[z].x, pack.communes[z].y};
    } else if (const ExternalZoneData& zone = pack.external_zones[z - communes]; !zone.distance_km) {
      place[z] = {zone.x, zone.y};
    }
    x[z] = static_cast<float>(place[z].x);
    y[z] = static_cast<float>(place[z].y);
  }
  auto distance = world.column<sites::DistanceKm>();
  auto minutes = world.column<sites::CarMinutes>();
  const auto given = [&](std::size_t z) -> const std::optional<double>* {
    return z < communes || !pack.external_zones[z - communes].distance_km
               ? nullptr
               : &pack.external_zones[z - communes].distance_km;
  };
  for_each_item(zones, [&](std::size_t from) {
    for (std::size_t to = 0; to < zones; ++to) {
      double straight = straight_km(place[from], place[to]);
      if (from < communes && to < communes) {
        straight = pack.distance_km[from * communes + to];
      } else if (from != to) {
        double stated = 0.0;
        if (const auto* km = given(from)) stated = std::max(stated, **km);
        if (const auto* km = given(to)) stated = std::max(stated, **km);
        if (stated > 0.0) straight = stated;
      }
      const double road = pack.travel.detour * straight;
      distance[from * zones + to] = static_cast<float>(road);
      minutes[from * zones + to] = static_cast<float>(car_minutes(pack.travel, road));
    }
  });
}

}  // namespace metier::synthesis
