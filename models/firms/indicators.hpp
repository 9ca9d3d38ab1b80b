#pragma once
#include "sim/engine/indicators.hpp"

namespace metier::firms {

/// Output, value added, employment, establishments, prices, trade, investment of establishments.
void add_indicators(IndicatorSet& indicators);

}  // namespace metier::firms
