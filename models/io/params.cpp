#include "models/io/params.hpp"

#include "sim/config/binder.hpp"

namespace metier::io {

void bind(ParamBinder& b, Params& p) {
  b.choice(
      "mode", p.mode,
      {{"half_critical", Mode::kHalfCritical, "critical inputs bind in full, important ones by half"},
       {"leontief", Mode::kLeontief, "every input binds"},
       {"strongly_critical", Mode::kStronglyCritical, "critical and important inputs bind in full"},
       {"weakly_critical", Mode::kWeaklyCritical, "critical inputs bind in full, others never"},
       {"linear", Mode::kLinear, "inputs replace each other one for one"},
       {"ces", Mode::kCes, "constant elasticity of substitution"},
       {"ario_psi", Mode::kArioPsi, "ARIO with the psi rule; runs over a user's table only"},
       {"pichler_daily", Mode::kPichlerDaily, "half-critical with fixed stock targets; runs over a user's table only"},
       {"none", Mode::kNone, "null model: inputs never bind"}},
      {.doc = "How output meets the lack of inputs (B2).",
       .source = "Pichler et al. (2022), J. Econ. Dyn. Control 144"});
  b.choice("stocks", p.stocks,
           {{"finite", Stocks::kFinite, "inputs are held in stocks that run down"},
            {"infinite", Stocks::kInfinite, "null model: inputs are always there"}},
           {.doc = "Stocks of inputs (B3)."});
  b.choice("rationing", p.rationing,
           {{"proportional", Rationing::kProportional, "every order is cut by the same share"},
            {"household_first", Rationing::kHouseholdFirst, "households are served before all others"},
            {"priority", Rationing::kPriority, "establishments are served before final demand"}},
           {.doc = "Who is served when a supplier is short (B3).", .source = "ARIO; Inoue & Todo (2019)"});
  b.field("substeps", p.substeps,
          {.unit = "1/month",
           .lo = 1,
           .hi = 4,
           .doc = "Rounds of orders, production and deliveries in a month, 1 or 4: with 1 a stock of less than a month "
                  "acts like one of a month.",
           .source = "choice"});
  b.check("substeps", p.substeps == 1 || p.substeps == 4, "allowed: 1 or 4");
  b.field("tau_inventory", p.tau_inventory,
          {.unit = "month",
           .lo = 0.1,
           .hi = 120.0,
           .prior = {1, 4},
           .lever = true,
           .doc = "Time over which a gap of stocks is made up.",
           .source = "5 days (Pichler) to 60 days (BoARIO); 2 months avoids the bullwhip at a monthly step"});
  b.field("ces_sigma", p.ces_sigma,
          {.unit = "1",
           .lo = 0.01,
           .hi = 0.99,
           .prior = {0.1, 0.5},
           .doc = "Elasticity of substitution of mode `ces`.",
           .source = "choice"});
  b.field("price_elasticity", p.price_elasticity,
          {.unit = "1",
           .lo = 0.0,
           .hi = 20.0,
           .prior = {1, 6},
           .lever = true,
           .doc = "How strongly buyers prefer the cheaper of several producers of one good.",
           .source = "Poledna et al. (2023): weights exp(-2 p)"});
}

void bind_production(ParamBinder& b, Params& p) {
  b.field("alpha_max", p.alpha_max,
          {.unit = "1",
           .lo = 1.0,
           .hi = 3.0,
           .prior = {1.0, 1.25},
           .lever = true,
           .doc = "Overtime: most output per worker relative to full use.",
           .source = "ARIO 1.25; BeforeIT 1.5"});
}

}  // namespace metier::io
