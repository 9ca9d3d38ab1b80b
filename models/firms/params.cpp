#include "models/firms/params.hpp"

#include "sim/config/binder.hpp"

namespace metier::firms {

void bind(ParamBinder& b, Params& p) {
  b.choice("mode", p.mode,
           {{"default", Mode::kDefault, "expectations, plans and prices of every establishment"},
            {"none", Mode::kNone, "null model: output is what is ordered, price 1, nobody hired or laid off"}},
           {.doc = "Behaviour of establishments (B1)."});
  b.choice(
      "expectation", p.expectation,
      {{"adaptive", Expectation::kAdaptive, "expected demand moves towards the orders of last month"},
       {"outlook", Expectation::kOutlook, "the same, times the sector's AR(1) forecast of its own sales"}},
      {.doc = "How establishments expect demand.", .source = "Poledna et al. (2023), European Economic Review 151"});
  b.choice("pricing", p.pricing,
           {{"markup", Pricing::kMarkup, "mark-up over the establishment's own unit cost"},
            {"canvas", Pricing::kCanvas, "gap of demand and relative price decide whether price or output moves"},
            {"fixed", Pricing::kFixed, "prices never move (input-output cases)"}},
           {.doc = "How prices are set."});
  b.field("adapt_demand", p.adapt_demand,
          {.unit = "1/month",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.1, 0.6},
           .lever = true,
           .doc = "Part of the gap between orders and expectation that is closed in a month (lambda_d).",
           .source = "Caiani et al. (2016), quarterly, to be checked; choice"});
  b.field("outlook_memory", p.outlook_memory,
          {.unit = "1",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.95, 0.99},
           .doc = "Weight that a month keeps from one month to the next in the sector's AR(1) estimate (expectation: "
                  "outlook): forgetting factor of recursive least squares, a memory of some four years.",
           .source = "Ljung & Soderstrom (1983), Theory and Practice of Recursive Identification: .95 to .99; choice"});
  b.field("stock_target", p.stock_target,
          {.unit = "share of sales",
           .lo = 0.0,
           .hi = 2.0,
           .prior = {0.0, 0.25},
           .lever = true,
           .doc = "Finished stock wanted by makers of storable goods (nu).",
           .source = "Caiani et al. (2016), to be checked"});
  b.numbers("price_reset", p.price_reset,
            {.unit = "1/month",
             .lo = 0.0,
             .hi = 1.0,
             .prior = {0.05, 0.4},
             .doc = "Probability that an establishment resets its price in a month: services, storable goods; one "
                    "number for both.",
             .source = "French micro evidence on consumer and producer prices, to be checked"});
  b.field(
      "markup_step", p.markup_step,
      {.unit = "1",
       .lo = 0.0,
       .hi = 1.0,
       .prior = {0.001, 0.015},
       .lever = true,
       .doc = "Standard deviation of a step of ln(1 + mark-up) at a reset of the price (sigma_mu).",
       .source = "Caiani et al. (2016): .0094 a quarter relative to a mark-up of .32, that is .0023 of the price, at "
                 "two quarters between resets; to be checked"});
  b.field("markup_return", p.markup_return,
          {.unit = "1",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.03, 0.3},
           .doc = "Part of the way back to its normal mark-up that an establishment goes at a reset of the price.",
           .source = "choice: half of a deviation is gone after seven resets"});
  b.field("price_move_max", p.price_move_max,
          {.unit = "1",
           .lo = 0.0,
           .hi = 1e6,
           .prior = {0.1, 0.5},
           .doc = "Largest move of a price at one reset, relative to it; with 1 or more nothing keeps it from falling.",
           .source = "choice: uncapped moves can reach 200 %"});
  b.field("hire_speed", p.hire_speed,
          {.unit = "1/month",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.1, 0.9},
           .lever = true,
           .doc = "Part of the missing workers an establishment tries to hire in a month (gamma_H).",
           .source = "Pichler et al. (2022): 1/30 a day in a shock episode; lower in normal times, choice"});
  b.field("fire_speed", p.fire_speed,
          {.unit = "1/month",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.1, 0.9},
           .lever = true,
           .doc = "Part of the surplus workers an establishment lays off in a month (gamma_F).",
           .source = "Pichler et al. (2022): 2/30 a day in a shock episode; lower in normal times, choice"});
  b.field("labour_use", p.labour_use,
          {.unit = "share",
           .lo = 0.1,
           .hi = 1.0,
           .prior = {0.7, 0.95},
           .doc = "Normal use of labour (u_h).",
           .source = "choice after capacity utilisation surveys"});
  b.field("capital_use", p.capital_use,
          {.unit = "share",
           .lo = 0.1,
           .hi = 1.0,
           .prior = {0.7, 0.95},
           .doc = "Normal use of capital (u*).",
           .source = "DisruptSC: utilisation 0.8"});
  b.field("depreciation", p.depreciation,
          {.unit = "1/month",
           .lo = 0.0,
           .hi = 0.2,
           .prior = {0.005, 0.012},
           .doc = "Wear of capital (delta_K).",
           .source = "BeforeIT Austria 0.029 a quarter; France 8-9 % a year, to be checked"});
  b.field("invest_lag", p.invest_lag,
          {.unit = "month",
           .lo = 1.0,
           .hi = 1200.0,
           .prior = {12, 60},
           .lever = true,
           .doc = "Time over which a lack of capital is made up (tau_K).",
           .source = "choice"});
  b.field("productivity_growth", p.productivity_growth,
          {.unit = "1/year",
           .lo = -0.2,
           .hi = 0.2,
           .prior = {0.0, 0.012},
           .lever = true,
           .doc = "Growth of output per worker that no block of the model explains, in every establishment alike.",
           .source = "with demand growing by 1.1 % a year: jobs + .5 % a year (observed + 2.6 % from 2013 to 2018)"});
  b.field("dividend_share", p.dividend_share,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.5, 1.0},
           .lever = true,
           .doc = "Part of the mean positive net profit that is distributed.",
           .source = "BeforeIT: Austria .79, Italy 1.04"});
  b.field("cash_months_kept", p.cash_months_kept,
          {.unit = "month",
           .lo = 0.0,
           .hi = 120.0,
           .prior = {3, 12},
           .doc = "Months of cost kept in cash before the excess is paid out.",
           .source = "choice"});
  b.field(
      "excess_payout", p.excess_payout,
      {.unit = "1/month",
       .lo = 0.0,
       .hi = 1.0,
       .prior = {0.0, 0.2},
       .doc = "Part of the cash above that which is paid out in a month; without it money gathers in establishments.",
       .source = "choice"});
}

}  // namespace metier::firms
