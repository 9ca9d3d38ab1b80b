#include "models/households/params.hpp"

#include "sim/config/binder.hpp"

namespace metier::households {

void bind(ParamBinder& b, Params& p) {
  b.choice("mode", p.mode,
           {{"default", Mode::kDefault, "consumption follows the income and deposits of residents"},
            {"none", Mode::kNone, "null model: final demand of residents as at t = 0, or the user's"}},
           {.doc = "Households (B15)."});
  b.numbers("spend_income", p.spend_income,
            {.unit = "share",
             .lo = 0.0,
             .hi = 1.0,
             .prior = {0.65, 1.0},
             .doc = "Part of income that is consumed, by income quintile from the lowest; one number for all.",
             .source = "mean .85, saving 15 %, to be checked; Austria .91, Italy .96 (BeforeIT)"});
  b.field("spend_wealth", p.spend_wealth,
          {.unit = "1/year",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.01, 0.06},
           .lever = true,
           .doc = "Part of deposits above their target that is consumed in a year (c_w).",
           .source = "to be checked"});
  b.field("dwelling_share", p.dwelling_share,
          {.unit = "share of saving",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.3, 0.7},
           .doc = "Part of saving that buys dwellings.",
           .source = "choice"});
}

}  // namespace metier::households
