#include "models/retail/params.hpp"

#include "sim/config/binder.hpp"

namespace metier::retail {

void bind(ParamBinder& b, Params& p) {
  b.field("size_exponent", p.size_exponent,
          {.unit = "1",
           .lo = 0.0,
           .hi = 3.0,
           .prior = {0.6, 1.1},
           .doc = "Exponent of sales area in attraction (a).",
           .source = "Huff tradition"});
  const auto distance = [&](const char* key, double& value, const char* doc, double low, double high) {
    b.field(key, value,
            {.unit = "1", .lo = 0.0, .hi = 6.0, .prior = {low, high}, .doc = doc, .source = "usual range 1-3"});
  };
  distance("distance_daily", p.distance_daily, "Exponent of travel time for daily purchases.", 1.7, 2.7);
  distance("distance_weekly", p.distance_weekly, "Exponent of travel time for weekly purchases.", 1.2, 2.2);
  distance("distance_comparison", p.distance_comparison, "Exponent of travel time for comparison goods.", 0.7, 1.7);
  distance("distance_services", p.distance_services, "Exponent of travel time for services.", 1.1, 2.1);
  b.field("ecommerce_share", p.ecommerce_share,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.06, 0.14},
           .lever = true,
           .doc = "Part of retail spending that goes online at t = 0.",
           .source = "to be checked"});
  b.field("ecommerce_slope", p.ecommerce_slope,
          {.unit = "1/year",
           .lo = -0.1,
           .hi = 0.1,
           .prior = {0.0, 0.015},
           .lever = true,
           .doc = "Rise of the online part of each category.",
           .source = "to be checked"});
  b.field("price_elasticity", p.price_elasticity,
          {.unit = "1",
           .lo = 0.0,
           .hi = 20.0,
           .prior = {1, 4},
           .lever = true,
           .doc = "How strongly shoppers prefer the cheaper outlet.",
           .source = "choice, as between producers"});
  b.path("outlets", p.outlets,
         {.doc = "Outlets of your own, with `space: none`: CSV label,size[,quality]; distances act as for daily "
                 "purchases."});
  b.path("zones", p.zones,
         {.doc = "Zones of your own: CSV label,spending, then one column per outlet with the minutes to it."});
  b.check("outlets", p.outlets.given() == p.zones.given(), "goes with retail.zones: give both or none");
}

}  // namespace metier::retail
