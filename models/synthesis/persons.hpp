#pragma once
#include "models/labour/params.hpp"
#include "models/labour/turnover.hpp"
#include "models/synthesis/commuting.hpp"
#include "models/synthesis/keys.hpp"
#include "models/synthesis/people_pack.hpp"
#include "models/synthesis/report.hpp"
#include "sim/core/world.hpp"

namespace metier::synthesis {

/// The labour force at t = 0, person by person: tables person, occupation, occupation_pair, sector_occupation,
/// external_zone, commune_occupation and vacancy, and the wage bills of establishments (models/synthesis/README.md,
/// part B).
///
/// Jobs are handed out establishment by establishment: occupations by the staffing of the sector, people by the matrix
/// of commuters, so that jobs, employed residents, unemployed and commuters meet their margins by commune and zone.
/// Owners live in the territory as far as its commuters allow. Wages give every commune the mean hourly wage of its
/// residents.
///
/// Needs     build_establishments: places, sectors, establishments with employees and owners
/// Random    domains kSynthesisPerson to kSynthesisQuintile, keys of persons, establishments and communes
/// Errors    none: what could not be met stands in the report
void build_persons(const DataPack& pack, const PeoplePack& people, const Params& params, const labour::Params& labour,
                   const SynthesisKeys& keys, World& world, InitReport& report);

/// Adds what `labour::settle_turnover` and `settle_spells` solved to the report: long-term unemployed beside what the
/// data say, people whom the posts of t = 0 take beside those who lose a job, entry into the halo, hazards by age.
void report_rest(const PeoplePack& people, const labour::Finding& finding, World& world, InitReport& report);

}  // namespace metier::synthesis
