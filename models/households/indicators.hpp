#pragma once
#include "sim/engine/indicators.hpp"

namespace metier::households {

/// Consumption, capture of spending by local shops, fiscal transfer.
void add_indicators(IndicatorSet& indicators);

}  // namespace metier::households
