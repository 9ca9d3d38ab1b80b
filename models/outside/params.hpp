#pragma once
#include "sim/config/input_file.hpp"
#include "sim/core/text.hpp"

namespace metier {
class ParamBinder;
}

namespace metier::outside {

enum class Mode { kObservedThenAr1, kAr1, kPath, kConstant };

/// Parameters of B17 (models/outside/README.md); bound in params.cpp.
struct Params {
  Mode mode = Mode::kObservedThenAr1;
  Month observed_until{2022, 12};
  double persistence = 0.985;
  double shock_sd = 0.012;
  double common_share = 0.5;
  double real_growth = 0.011;
  double inflation = 0.02;
  double productivity_growth = 0.006;
  double price_elasticity = 1.5;
  double nwe_share = 0.35;
  InputFile demand_path;
  InputFile tilt_path;
  InputFile emergency_path;
};

void bind(ParamBinder& b, Params& p);

}  // namespace metier::outside
