#pragma once
#include "models/firms/columns.hpp"
#include "models/firms/params.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"

namespace metier::firms {

/// Raises output per worker by the trend that no block explains.
///
/// Equation  A <- A (1 + g)^(1/12); reference productivity of sectors alike
/// Symbols   g = firms.productivity_growth [1/year]; A [kEUR2018/worker/month]
void grow_productivity(const Step& step, const Params& params, InOut<Productivity> productivity,
                       InOut<SectorProductivity> sector_productivity);

}  // namespace metier::firms
