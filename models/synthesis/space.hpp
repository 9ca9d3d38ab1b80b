#pragma once
#include "models/synthesis/pack.hpp"
#include "models/synthesis/params.hpp"
#include "models/synthesis/report.hpp"
#include "sim/core/world.hpp"

namespace metier::synthesis {

/// Travel time by car over a road distance.
///
/// Equation  tt = max(minimum, base + near min(d, limit) + far max(d - limit, 0))
/// Symbols   d road distance [km], tt [min]; rule: anchors `travel.*` of the data pack
double car_minutes(const TravelRule& rule, double road_km);

/// Communes, external zones, distances and travel times: tables commune, zone and zone_pair.
///
/// Between communes distances come from the pack (diagonal: mean distance inside), to an external zone from the
/// coordinates of its jobs or the distance that the pack gives; road distance = detour x straight line. A zone without
/// coordinates stands at the centre of the population. Population is scaled (largest remainder).
void build_space(const DataPack& pack, const Params& params, World& world, InitReport& report);

}  // namespace metier::synthesis
