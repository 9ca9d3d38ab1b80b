#pragma once
#include "models/network/generate.hpp"
#include "models/synthesis/regional_table.hpp"

namespace metier {
class ParamBinder;
}

namespace metier::synthesis {

/// Assumptions about goods, trade and money at t = 0 that no data hold.
struct EconomyParams {
  // recipes and profits
  double pay_weight = 1.0;
  double input_noise_sd = 0.15;
  double coefficient_cut = 0.01;
  int basket_keep = 3;
  double sector_profit_min = 0.03;
  double unit_profit_min = 0.005;
  // stocks
  double inventory_scale = 1.0;
  double min_months = 1.5;
  // what is bought here
  Regionalise regionalise = Regionalise::kFlq;
  double flq_delta = 0.27;
  double final_local_share = 0.7;
  network::Mode network_mode = network::Mode::kFixed;
  network::GenerateParams network;
  // households
  double transfer_floor = 0.3;
};

/// Keys of section `synthesis`, `io` and `network`.
void bind_economy(ParamBinder& b, EconomyParams& p);
void bind_trade(ParamBinder& b, EconomyParams& p);
void bind_network(ParamBinder& b, EconomyParams& p);

}  // namespace metier::synthesis
