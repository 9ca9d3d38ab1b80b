#pragma once
#include "models/params.hpp"
#include "models/synthesis/economy_pack.hpp"
#include "models/synthesis/keys.hpp"
#include "models/synthesis/report.hpp"
#include "sim/core/world.hpp"

namespace metier::synthesis {

/// The economy at t = 0: goods, recipes, supply links, shops, households' money, accounts (models/synthesis/README.md,
/// part C).
///
/// Built as a steady state at prices 1: what an establishment is asked for equals what its people make. Links and
/// outlets take their part of its output first; the pools of final demand share what is left; exports are the residual
/// by good.
///
/// Needs     build_establishments, build_persons, labour::open_initial_posts
/// Random    domains kSynthesisTechnology, kSynthesisCash, kNetwork*; keys of establishments
/// Errors    none: what could not be met stands in the report
void build_economy(const DataPack& pack, const EconomyPack& economy, const ModelParams& params,
                   const SynthesisKeys& keys, World& world, InitReport& report);

}  // namespace metier::synthesis
