#pragma once
#include "models/synthesis/keys.hpp"
#include "models/synthesis/pack.hpp"
#include "models/synthesis/params.hpp"
#include "models/synthesis/report.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace metier::synthesis {

/// Establishments of a commune: group x (five classes of employers, then units without employees).
using CommuneCounts = std::array<std::array<std::int64_t, kClasses + 1>, kGroups>;

/// Persons that work in a commune, whole numbers.
struct JobTargets {
  std::vector<std::int64_t> salaried;
  std::vector<std::int64_t> self_employed;
};

/// Whole numbers of establishments by commune, group and class (models/synthesis/README.md, 2).
///
/// Unbiased controlled rounding of the expected counts of each commune meets its counts by group and by size {0, 1-9,
/// 10+} exactly; single units then change class inside 10+ until the territory's counts by (group, class) are those
/// expected. With a scale factor the margins themselves are rounded first, without bias and with fixed territory
/// totals; a commune that has jobs keeps at least one employer. Random  domains kSynthesisRounding, kSynthesisScale;
/// key = commune
std::vector<CommuneCounts> count_establishments(const DataPack& pack, const Params& params, const SynthesisKeys& keys,
                                                const JobTargets& jobs, InitReport& report);

/// Salaried and self-employed jobs by commune: census figures x scale, whole numbers by largest remainder.
JobTargets job_targets(const DataPack& pack, const Params& params);

}  // namespace metier::synthesis
