#pragma once
#include "models/synthesis/keys.hpp"
#include "models/synthesis/pack.hpp"
#include "models/synthesis/params.hpp"
#include "models/synthesis/report.hpp"
#include "models/synthesis/units.hpp"

#include <cstdint>
#include <span>

namespace metier::synthesis {

/// Gives the self-employed of each commune an establishment, exactly as many as asked (README, 6).
///
/// Employers with nobody on 31 December have one owner with probability `seasonal_owner_share`, employers of 1-9 with
/// probability `owner_share`; the others go one each to units without employees, in random order. Where these are too
/// few, the rest goes to employers of 1-9, of nobody, of 10 and more, then second owners. Sectors without self-employed
/// people have none.
///
/// Writes    units.owners
/// Random    domain kSynthesisOwner, key = establishment, one draw
void assign_owners(const DataPack& pack, const Params& params, const SynthesisKeys& keys,
                   std::span<const std::int64_t> asked, Units& units, InitReport& report);

}  // namespace metier::synthesis
