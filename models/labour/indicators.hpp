#pragma once
#include "models/labour/params.hpp"
#include "sim/engine/indicators.hpp"

namespace metier::labour {

/// The indicators of the labour observatory (OE) that the mode feeds; a null mode adds only what it computes.
/// Dimensions: commune, sector, occupation, zone (external), duration, age (age_band), size, quantile; two_state and
/// urn_ball have none.
void add_indicators(IndicatorSet& set, const Params& params);

}  // namespace metier::labour
