#include "models/credit/params.hpp"

#include "sim/config/binder.hpp"

namespace metier::credit {

void bind(ParamBinder& b, Params& p) {
  b.field("rate", p.rate,
          {.unit = "1/year",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.01, 0.04},
           .lever = true,
           .doc = "Interest on bank loans, which are rolled over.",
           .source = "spread of 2 % over a policy rate of 0 in 2018, to be checked"});
  b.field("guaranteed_months", p.guaranteed_months,
          {.unit = "month",
           .lo = 1.0,
           .hi = 600.0,
           .prior = {24, 72},
           .doc = "Months over which loans guaranteed by the State are paid back once the measure has ended.",
           .source = "French scheme of 2020: up to four years after the first, to be checked"});
}

}  // namespace metier::credit
