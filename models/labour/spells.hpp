#pragma once
#include "models/labour/columns.hpp"
#include "models/labour/params.hpp"
#include "models/labour/selection.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"

namespace metier::labour {

struct Spells {
  Selection selection;
};

/// A month more without a job: durations, skills, and flows between unemployment and the halo.
///
/// Equations dur <- dur + 1;  skill <- skill - d_s |skill| once dur > labour.skill_decay_after         (README eq. 13)
///           unemployed -> halo with probability labour.halo_entry_factor * labour_market.halo_entry once
///           dur > labour.halo_entry_after;
///           halo -> unemployed with probability min(1, labour.halo_return * open posts / unemployed)  (README eq. 14)
/// Order     before the separations of the month: who loses a job this month has duration 0 at its end
/// Random    domain kLabourHalo, key person.key, first word
void age_spells(const Params& params, In<Key> key, InOut<StatusOf> status, InOut<Duration> duration, InOut<Skill> skill,
                In<HaloEntryAtRest> halo_entry, In<VacanciesBySector> vacancies, In<Unemployed> unemployed,
                Random<RngDomain::kLabourHalo> random, Scratch<Spells> spells);

}  // namespace metier::labour
