#include "models/firms/productivity.hpp"

#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"

namespace metier::firms {

void grow_productivity(const Step&, const Params& params, InOut<Productivity> productivity,
                       InOut<SectorProductivity> sector_productivity) {
  const double factor = math::pow(1.0 + params.productivity_growth, 1.0 / 12.0);
  if (factor == 1.0) return;
  for_each_row(productivity.size(), [&](std::size_t i) { productivity[i] *= factor; });
  for (std::size_t s = 0; s < sector_productivity.size(); ++s) sector_productivity[s] *= factor;
}

}  // namespace metier::firms
