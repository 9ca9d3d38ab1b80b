#pragma once
#include <array>

namespace metier {
class ParamBinder;
}

namespace metier::firms {

enum class Mode { kDefault, kNone };
enum class Expectation { kAdaptive, kOutlook };
enum class Pricing { kMarkup, kCanvas, kFixed };

/// Parameters of B1 (models/firms/README.md); bound in params.cpp.
struct Params {
  Mode mode = Mode::kDefault;
  Expectation expectation = Expectation::kAdaptive;
  Pricing pricing = Pricing::kMarkup;
  double adapt_demand = 0.25;
  double outlook_memory = 0.98;
  double stock_target = 0.10;
  std::array<double, 2> price_reset{0.10, 0.25};  ///< services, storable goods
  double markup_step = 0.005;
  double markup_return = 0.1;
  double price_move_max = 0.30;
  double hire_speed = 0.35;
  double fire_speed = 0.25;
  double labour_use = 0.95;
  double capital_use = 0.80;
  double depreciation = 0.0072;
  double invest_lag = 24.0;
  double productivity_growth = 0.006;
  double dividend_share = 0.75;
  double cash_months_kept = 6.0;
  double excess_payout = 1.0 / 12.0;
};

void bind(ParamBinder& b, Params& p);

}  // namespace metier::firms
