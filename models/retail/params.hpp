#pragma once
#include "sim/config/input_file.hpp"

namespace metier {
class ParamBinder;
}

namespace metier::retail {

/// Parameters of the retail part of B15 (models/retail/README.md); bound in params.cpp.
struct Params {
  double size_exponent = 0.9;
  double distance_daily = 2.2;
  double distance_weekly = 1.7;
  double distance_comparison = 1.2;
  double distance_services = 1.6;
  double ecommerce_share = 0.09;
  double ecommerce_slope = 0.007;
  double price_elasticity = 2.0;
  InputFile outlets, zones;  ///< of the user's own, with `space: none`
};

void bind(ParamBinder& b, Params& p);

}  // namespace metier::retail
