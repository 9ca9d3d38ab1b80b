#pragma once
#include "models/params.hpp"
#include "sim/engine/indicators.hpp"
#include "sim/engine/schedule.hpp"

namespace metier {

/// Which processes a month has.
enum class Stage {
  kRun,     ///< the whole month
  kBurnIn,  ///< before t = 0: prices, stocks, orders, expectations and money move; people, links and sites stand still
};

/// The month: one line per process, phase by phase. It keeps copies of what it takes from `params`.
Schedule make_month(const ModelParams& params, Stage stage);

/// Every indicator of the domains that are not in their null mode.
void add_indicators(IndicatorSet& indicators, const ModelParams& params);

}  // namespace metier
