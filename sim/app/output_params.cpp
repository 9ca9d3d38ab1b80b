#include "sim/app/output_params.hpp"

namespace metier::app {

void bind(ParamBinder& b, OutputParams& p) {
  b.section("output", [&] {
    b.choice("monthly", p.monthly,
             {{"core", MonthlyOutput::kCore, "the indicators of every month"},
              {"none", MonthlyOutput::kNone, "no monthly indicator"}},
             {.doc = "Which monthly indicators are written."});
    b.choice("quarterly", p.quarterly,
             {{"all", PeriodOutput::kAll, "the indicators of every quarter"},
              {"none", PeriodOutput::kNone, "no quarterly indicator"}},
             {.doc = "Which quarterly indicators are written."});
    b.choice("annual", p.annual,
             {{"all", PeriodOutput::kAll, "the indicators of every year"},
              {"none", PeriodOutput::kNone, "no annual indicator"}},
             {.doc = "Which annual indicators are written."});
    b.choice("distributions", p.distributions,
             {{"all", PeriodOutput::kAll, "quantiles at the end of every year"}, {"none", PeriodOutput::kNone, "none"}},
             {.doc = "Quantiles of wages, sizes, prices and months without a job over people and establishments."});
    b.field(
        "panel_share", p.panel_share,
        {.unit = "share",
         .lo = 0.0,
         .hi = 1.0,
         .doc =
             "Share of establishments (every quarter) and persons (every year) that are written one by one; 0: none."});
    b.choice("ledger", p.ledger,
             {{"none", LedgerOutput::kNone, "nothing"},
              {"full", LedgerOutput::kFull, "monthly totals by account class, kind of flow and sector, and balances"},
              {"postings", LedgerOutput::kPostings, "the same and every single posting: for small runs"}},
             {.doc = "What is kept of the ledger of money."});
  });
}

}  // namespace metier::app
