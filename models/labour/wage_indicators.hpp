#pragma once
#include "sim/engine/indicators.hpp"

namespace metier::labour {

/// What jobs pay: means, quantiles, index and minimum wage. Dimensions: commune, sector, occupation, quantile.
void add_wage_indicators(IndicatorSet& set);

}  // namespace metier::labour
