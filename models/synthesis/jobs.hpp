#pragma once
#include "models/synthesis/pack.hpp"
#include "models/synthesis/params.hpp"
#include "models/synthesis/report.hpp"
#include "models/synthesis/units.hpp"

#include <cstdint>
#include <span>

namespace metier::synthesis {

/// Employees of every employer such that they sum to the salaried jobs of each commune, exactly (README, 4).
///
/// Equation  n_i = clamp(phi_c rho_cg psi_g l_i, low_i, high_i), whole numbers by largest remainder in each commune
/// Symbols   l latent size; phi factor of the commune, found so that the sum is met; psi factor of the group, 1 unless
/// the
///           territory's jobs of a group would be off by more than `group_jobs_tolerance`; rho factor of the cell, 1
///           unless the cell is off its estimate by more than `cell_jobs_tolerance` (soft: bounded, and phi comes after
///           it)
/// The factors act on classes 20-49 and 50+ (50+ has no upper end). Where that cannot meet the sum with phi inside
/// [jobs_factor_min, jobs_factor_max], they also act on 10-19, then on 1-9, then establishments of 10+ leave their
/// class inside 10+ (which no source counts by commune); at small scales, as a last resort, any employer leaves its
/// class.
///
/// Writes    units.employees, units.size_class (0..4, from the employees)
/// jobs      salaried jobs asked in each commune; a commune with jobs has an employer
void settle_jobs(const DataPack& pack, const Params& params, std::span<const std::int64_t> jobs, Units& units,
                 InitReport& report);

}  // namespace metier::synthesis
