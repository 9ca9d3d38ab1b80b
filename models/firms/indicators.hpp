#pragma once
#include "models/firms/params.hpp"
#include "models/io/params.hpp"
#include "sim/engine/indicators.hpp"

namespace metier::firms {

/// Output, value added, employment, establishments, prices, trade, investment of establishments.
/// Absent: `price_level` where prices never move (firms.mode none, pricing fixed); `unmet_demand_share` and
/// `binding_constraint_share` where nothing limits output (io.mode none); `inventories` where stocks are infinite.
void add_indicators(IndicatorSet& indicators, const Params& params, const io::Params& io);

}  // namespace metier::firms
