#pragma once
#include "sim/core/error.hpp"

#include <string>

namespace metier {
class ParamBinder;
}

namespace metier::io {

/// How output meets the lack of inputs (model description, B2).
enum class Mode {
  kHalfCritical,
  kLeontief,
  kStronglyCritical,
  kWeaklyCritical,
  kLinear,
  kCes,
  kArioPsi,
  kPichlerDaily,
  kNone
};
enum class Stocks { kFinite, kInfinite };
enum class Rationing { kProportional, kHouseholdFirst, kPriority };

struct ArioParams {
  double psi = 0.8;
  double tau_inventory = 2.0;
  double alpha_max = 1.25;
  double tau_alpha = 6.0;
  double alpha_base = 1.0;
};

/// Which part of the month the goods market is in: the month is cut in `io.substeps` equal parts.
struct SubStep {
  unsigned index = 0, count = 1;
  [[nodiscard]] double length() const { return 1.0 / count; }  ///< month
  /// Adds a rate of this part of the month to the month's mean.
  void average(double& mean, double rate) const { mean = (index == 0 ? 0.0 : mean) + rate * length(); }
  /// Adds an amount of this part of the month to the month's sum.
  template <class Sum>
  void add(Sum& sum, Sum amount) const {
    sum = (index == 0 ? Sum{0} : sum) + amount;
  }
};
inline constexpr SubStep kWholeMonth{};
inline constexpr SubStep kQuarters[4] = {{0, 4}, {1, 4}, {2, 4}, {3, 4}};

/// Parameters of B2 and B3 (models/io/README.md); bound in params.cpp.
struct Params {
  Mode mode = Mode::kHalfCritical;
  Stocks stocks = Stocks::kFinite;
  Rationing rationing = Rationing::kProportional;
  int substeps = 1;
  double tau_inventory = 2.0;  ///< months
  double inventory_scale = 1.0;
  double alpha_max = 1.15;  ///< overtime, production.alpha_max
  double ces_sigma = 0.3;
  double price_elasticity = 2.0;  ///< of buyers between producers of one good
  ArioParams ario;
};

void bind(ParamBinder& b, Params& p);
/// Section `production` of the scenario.
void bind_production(ParamBinder& b, Params& p);

}  // namespace metier::io
