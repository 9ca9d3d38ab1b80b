#pragma once
#include "models/synthesis/keys.hpp"
#include "models/synthesis/pack.hpp"
#include "models/synthesis/params.hpp"
#include "models/synthesis/report.hpp"
#include "sim/core/error.hpp"
#include "sim/core/world.hpp"

namespace metier::synthesis {

/// Places, sectors and every establishment at t = 0: tables commune, zone, zone_pair, sector and firm
/// (models/synthesis/README.md, part A).
///
/// Row 0 of `firm` is "no establishment"; the others are sorted by commune, group, sector, size class, key. Keys depend
/// on the code of the commune, the sector, the class and a number, and on no seed or scenario.
///
/// Random    domains kSynthesisMix to kSynthesisPlace and kSynthesisScale
/// Errors    none: the pack was checked when it was read (`check_size_max` too); what could not be met stands in the
///           report
void build_establishments(const DataPack& pack, const Params& params, const SynthesisKeys& keys, World& world,
                          InitReport& report);

/// The largest size must leave room for the mean of the class that has no upper end.
void check_size_max(const DataPack& pack, const Params& params, Problems& problems);

}  // namespace metier::synthesis
