#pragma once
#include "models/synthesis/pack.hpp"
#include "models/synthesis/params.hpp"
#include "models/synthesis/people_pack.hpp"
#include "models/synthesis/report.hpp"
#include "sim/core/world.hpp"

namespace metier::synthesis {

/// Occupations and what joins them: staffing of sectors, mobility, wages, exits, tension.
///
/// Staffing  national jobs by (sector, occupation), raked (RAS) to the jobs of the territory by sector and to the
/// occupations
///           of the region; a sector without jobs here keeps its national shares
/// Mobility  A_oo = self; A_oo' proportional to exp(-d_oo' - |ln w_o / w_o'|), times `same_domain` inside a domain, d
/// half the
///           sum of absolute differences of the shares of diplomas
/// Fills     tables occupation, occupation_pair, sector_occupation; wages before the level of the territory is known
///           (`set_wage_level`)
/// Needs     table firm with employees and owners
void build_occupations(const DataPack& pack, const PeoplePack& people, const Params& params, World& world,
                       InitReport& report);

/// Multiplies reference wages by the level of the territory: mean of wage / national median of the occupation.
void set_wage_level(World& world, double level);

}  // namespace metier::synthesis
