#pragma once
#include "sim/config/binder.hpp"

namespace metier::app {

enum class MonthlyOutput { kCore, kNone };
enum class PeriodOutput { kAll, kNone };
enum class LedgerOutput { kNone, kFull, kPostings };

/// What a run writes besides its origin and the state hashes. Nothing here touches the simulation.
struct OutputParams {
  MonthlyOutput monthly = MonthlyOutput::kCore;
  PeriodOutput quarterly = PeriodOutput::kAll;
  PeriodOutput annual = PeriodOutput::kAll;
  double panel_share = 0.02;
  LedgerOutput ledger = LedgerOutput::kFull;
  PeriodOutput distributions = PeriodOutput::kAll;
};

void bind(ParamBinder& b, OutputParams& p);

}  // namespace metier::app
