#pragma once
#include "sim/config/input_file.hpp"

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
enum class Rationing { kProportional, kHouseholdFirst, kPriority, kRandom };
enum class Unmet { kLost, kSpill };

struct ArioParams {
  double psi = 0.8;
  double tau_inventory = 2.0;
  double alpha_max = 1.25;
  double tau_alpha = 6.0;
  double alpha_base = 1.0;
};

enum class TableKind { kCoefficients, kFlows };
enum class Period { kYear, kMonth };

/// A table of the user's own and what goes with it (`space: none`): keys of section `io`.
struct TableParams {
  InputFile table;  ///< square, rows supply, columns use
  TableKind kind = TableKind::kCoefficients;
  InputFile output;        ///< of a table of flows
  InputFile final_demand;  ///< CSV label,value[,month]
  Period final_demand_per = Period::kYear;
  InputFile initial_output;       ///< x(0), per year
  InputFile labour, consumption;  ///< closure of households
  InputFile value_added;
  InputFile criticality;
  NumberOrFile inventory_months;  ///< number 0 and no file: not given
  InputFile shocks;
  InputFile location_quotients;
  double employment_share = 1.0;  ///< E^r / E^n
  int establishments_per_sector = 1;

  [[nodiscard]] bool holds_stocks() const { return inventory_months.file.given() || inventory_months.number > 0.0; }
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
  Unmet unmet = Unmet::kLost;
  int substeps = 1;
  double tau_inventory = 2.0;  ///< months
  double fill_elasticity = 0.0;
  double alpha_max = 1.15;  ///< overtime, production.alpha_max
  double ces_sigma = 0.3;
  double price_elasticity = 2.0;  ///< of buyers between producers of one good
  ArioParams ario;
  TableParams table;
};

void bind(ParamBinder& b, Params& p);
/// Section `production` of the scenario.
void bind_production(ParamBinder& b, Params& p);

}  // namespace metier::io
