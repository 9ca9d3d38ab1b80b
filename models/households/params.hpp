#pragma once
#include <array>

namespace metier {
class ParamBinder;
}

namespace metier::households {

enum class Mode { kDefault, kNone };

/// Parameters of the households' part of B15 (models/households/README.md); bound in params.cpp.
struct Params {
  Mode mode = Mode::kDefault;
  std::array<double, 5> spend_income{0.98, 0.93, 0.88, 0.82, 0.70};
  double spend_wealth = 0.03;
  double dwelling_share = 0.5;
};

void bind(ParamBinder& b, Params& p);

}  // namespace metier::households
