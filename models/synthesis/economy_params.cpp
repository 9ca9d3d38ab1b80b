#include "models/synthesis/economy_params.hpp"

#include "sim/config/binder.hpp"

namespace metier::synthesis {

void bind_economy(ParamBinder& b, EconomyParams& p) {
  b.field("pay_weight", p.pay_weight,
          {.unit = "1",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.5, 1.0},
           .doc = "How far output per worker follows pay among the establishments of a sector.",
           .source = "choice"});
  b.field("input_noise_sd", p.input_noise_sd,
          {.unit = "log",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.05, 0.3},
           .doc = "Standard deviation of the inputs of an establishment around the recipe of its good.",
           .source = "choice"});
  b.field("basket_keep", p.basket_keep,
          {.unit = "good",
           .lo = 0,
           .hi = 100,
           .prior = {1, 6},
           .doc = "Inputs that a unit without employees holds in stock; the others it buys as a mean basket.",
           .source = "choice"});
  b.field("sector_profit_min", p.sector_profit_min,
          {.unit = "share of output",
           .lo = 0.0,
           .hi = 0.5,
           .prior = {0.0, 0.06},
           .doc = "Least mean profit of a sector before corporate tax; what is missing is a subsidy on its production.",
           .source = "choice"});
  b.field("unit_profit_min", p.unit_profit_min,
          {.unit = "share of output",
           .lo = 0.0,
           .hi = 0.5,
           .prior = {0.0, 0.02},
           .doc = "Least profit of an establishment at t = 0; its inputs are lowered to that point.",
           .source = "choice"});
  b.field("transfer_floor", p.transfer_floor,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.1, 0.6},
           .doc = "Least transfers per inhabitant of a commune relative to the mean; above it they close the gap to "
                  "the living standard.",
           .source = "choice"});
}

void bind_trade(ParamBinder& b, EconomyParams& p) {
  b.choice("regionalise", p.regionalise,
           {{"flq", Regionalise::kFlq, "Flegg's location quotient"},
            {"cilq", Regionalise::kCilq, "cross-industry location quotients alone"},
            {"gravity", Regionalise::kGravity, "nearness and size of makers here and in the rest of the country"}},
           {.doc = "How the local part of domestic purchases is estimated.",
            .source = "Flegg & Tohmo (2013), Regional Studies 47(5)"});
  b.field("flq_delta", p.flq_delta,
          {.unit = "1",
           .lo = 0.0,
           .hi = 1e6,
           .prior = {0.1, 0.4},
           .doc = "Exponent of the size factor of Flegg's quotient.",
           .source = "about .25 for Finland; Flegg & Tohmo (2013)"});
  b.field("final_local_share", p.final_local_share,
          {.unit = "1",
           .lo = 0.0,
           .hi = 2.0,
           .prior = {0.4, 1.0},
           .doc = "Local part of final purchases that are not made in shops, times the location quotient (lambda_f).",
           .source = "choice"});
  b.field("coefficient_cut", p.coefficient_cut,
          {.unit = "1",
           .lo = 0.0,
           .hi = 0.5,
           .prior = {0.0, 0.02},
           .doc = "Inputs below this share of output are bought as a mean basket and not held in stock.",
           .source = "DisruptSC: io_cutoff"});
  b.field("inventory_scale", p.inventory_scale,
          {.unit = "1",
           .lo = 0.01,
           .hi = 20.0,
           .prior = {0.5, 1.0},
           .doc = "Factor on the stocks wanted of all inputs.",
           .source = "choice"});
  b.field("min_months", p.min_months,
          {.unit = "month",
           .lo = 1.0,
           .hi = 12.0,
           .prior = {1.0, 2.0},
           .doc = "Least stock wanted of an input: a month's use has to be there when the month begins.",
           .source = "choice: below 1 a monthly step would stop production"});
}

void bind_network(ParamBinder& b, EconomyParams& p) {
  network::GenerateParams& n = p.network;
  b.choice("mode", p.network_mode,
           {{"fixed", network::Mode::kFixed, "supply links drawn at t = 0, held during the run"},
            {"mean_field", network::Mode::kMeanField,
             "null model: no links and no stocks of inputs; everybody buys the mean basket of its good"}},
           {.doc = "Supplier network (B4)."});
  b.field("links_scale", n.links_scale,
          {.unit = "supplier",
           .lo = 0.0,
           .hi = 50.0,
           .prior = {0.6, 3.0},
           .doc = "Mean number of further local suppliers of a good for an establishment of ten (kappa_0).",
           .source = "choice"});
  b.field("links_size_exponent", n.links_size_exponent,
          {.unit = "1",
           .lo = 0.0,
           .hi = 2.0,
           .prior = {0.2, 0.6},
           .doc = "How the number of suppliers grows with the size of the buyer.",
           .source = "choice"});
  b.field("suppliers_max", n.suppliers_max,
          {.unit = "supplier",
           .lo = 1,
           .hi = 64,
           .prior = {8, 24},
           .doc = "Most suppliers of one good.",
           .source = "choice"});
  b.field("distance_exponent", n.distance_exponent,
          {.unit = "1",
           .lo = 0.0,
           .hi = 5.0,
           .prior = {0.5, 1.5},
           .doc = "Fall of the weight of a supplier with distance (rho).",
           .source = "gravity of trade inside a country, about 1"});
  b.field("distance_min_km", n.distance_min_km,
          {.unit = "km",
           .lo = 0.01,
           .hi = 100.0,
           .prior = {0.2, 2.0},
           .doc = "Distance below which nearness adds nothing.",
           .source = "choice"});
  b.field("capability_sd", n.capability_sd,
          {.unit = "log",
           .lo = 0.0,
           .hi = 5.0,
           .prior = {0.5, 1.5},
           .doc = "Spread of suppliers' capability to win customers (sigma_eta).",
           .source = "Bernard et al. (2022), J. Polit. Econ. 130(7)"});
  b.field("sweeps", n.sweeps,
          {.lo = 0,
           .hi = 20,
           .doc = "Sweeps of the biproportional fit of flows to the suppliers' sizes.",
           .source = "choice"});
}

}  // namespace metier::synthesis
