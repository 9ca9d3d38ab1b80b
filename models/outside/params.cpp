#include "models/outside/params.hpp"

#include "sim/config/binder.hpp"

namespace metier::outside {

void bind(ParamBinder& b, Params& p) {
  b.choice("mode", p.mode,
           {{"observed_then_ar1", Mode::kObservedThenAr1, "French demand as observed, then trend and AR(1) shocks"},
            {"ar1", Mode::kAr1, "trend and AR(1) shocks from the first month"},
            {"path", Mode::kPath, "the imposed path, its last value held"},
            {"constant", Mode::kConstant, "null model: outside demand and prices of 2018"}},
           {.doc = "Demand of the outside economies (B17)."});
  b.month("observed_until", p.observed_until, {.doc = "Last month of observed outside demand."});
  b.path("demand_path", p.demand_path,
         {.doc = "Level of outside demand, CSV month,key,value with the key `gdp`; the mean of 2018-10 to 2018-12 is "
                 "the base."});
  b.path(
      "tilt_path", p.tilt_path,
      {.doc = "Demand by branch relative to the level, CSV month,key,value; keys as production_series of goods.csv."});
  b.path("emergency_path", p.emergency_path,
         {.doc = "Emergency measures of the State, CSV month,key,value; a level holds until the next row of its key. "
                 "Not given: none."});
  b.field("persistence", p.persistence,
          {.unit = "1/month",
           .lo = 0.0,
           .hi = 0.9999,
           .prior = {0.97, 0.995},
           .doc = "AR(1) coefficient of the log deviation from trend (alpha).",
           .source = "French GDP 2000-2019: .93-.97 a quarter"});
  b.field("shock_sd", p.shock_sd,
          {.unit = "1/month",
           .lo = 0.0,
           .hi = 0.5,
           .prior = {0.006, 0.02},
           .doc = "Standard deviation of a monthly shock (sigma).",
           .source = "BeforeIT exports: .02-.028 a quarter"});
  b.field("common_share", p.common_share,
          {.unit = "share of variance",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.2, 0.8},
           .doc = "Part of the variance of shocks that is common to all goods and economies.",
           .source = "choice"});
  b.field("real_growth", p.real_growth,
          {.unit = "1/year",
           .lo = -0.2,
           .hi = 0.2,
           .prior = {0.0, 0.02},
           .lever = true,
           .doc = "Trend of outside demand.",
           .source = "French GDP 2000-2019: 1.14 % a year"});
  b.field("inflation", p.inflation,
          {.unit = "1/year",
           .lo = -0.1,
           .hi = 0.5,
           .prior = {0.01, 0.03},
           .lever = true,
           .doc = "Rise of outside prices.",
           .source = "choice"});
  b.field("productivity_growth", p.productivity_growth,
          {.unit = "1/year",
           .lo = -0.2,
           .hi = 0.2,
           .prior = {0.0, 0.012},
           .lever = true,
           .doc = "Growth of output per worker outside: of wages there, and against the posts that demand there opens.",
           .source = "choice: as firms.productivity_growth here"});
  b.field("price_elasticity", p.price_elasticity,
          {.unit = "1",
           .lo = 0.0,
           .hi = 20.0,
           .prior = {0.5, 3.0},
           .lever = true,
           .doc = "Response of outside demand to the price of local goods relative to outside prices.",
           .source = "choice"});
  b.field("nwe_share", p.nwe_share,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.25, 0.45},
           .doc = "Part of foreign trade that is with North-West Europe.",
           .source = "choice"});
}

}  // namespace metier::outside
