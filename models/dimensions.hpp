#pragma once
#include "models/synthesis/economy_pack.hpp"
#include "models/synthesis/pack.hpp"
#include "models/synthesis/people_pack.hpp"
#include "sim/engine/indicator.hpp"

#include <vector>

namespace metier {

/// The labels along every dimension of the indicators of a territory: places, sectors, occupations from the data pack;
/// bands and causes of the model.
std::vector<DimensionInfo> territory_dimensions(const synthesis::DataPack& pack, const synthesis::PeoplePack& people,
                                                const synthesis::EconomyPack& economy);

}  // namespace metier
