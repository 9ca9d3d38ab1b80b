#pragma once
#include "models/households/params.hpp"
#include "sim/engine/indicators.hpp"

namespace metier::households {

/// Consumption, capture of spending by local shops, income, fiscal transfer.
/// Absent where households follow no income of their own (households.mode none): consumption and capture.
void add_indicators(IndicatorSet& indicators, const Params& params);

}  // namespace metier::households
