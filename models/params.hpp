#pragma once
#include "models/credit/params.hpp"
#include "models/firms/params.hpp"
#include "models/households/params.hpp"
#include "models/io/params.hpp"
#include "models/labour/params.hpp"
#include "models/outside/params.hpp"
#include "models/retail/params.hpp"
#include "models/synthesis/params.hpp"
#include "models/tax/params.hpp"
#include "sim/core/text.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace metier {

class ParamBinder;

inline constexpr int kMostMonths = 2400;  ///< 200 years

/// What is run: dates and seeds.
struct RunParams {
  std::string name = "run";
  Month start{2019, 1};
  int months = 264;
  int burn_in_months = 24;
  std::uint64_t seed = 20210219;
  std::uint64_t replicate = 0;
  std::uint64_t population_seed = 20210219;
};

/// Where the state at t = 0 comes from.
struct DataParams {
  std::string root;  ///< folder of the data pack, resolved; set by bind() of the scenario or its default by the loader
};

enum class Space { kTerritory, kNone };

/// Every parameter of a run, one section per domain.
struct ModelParams {
  RunParams run;
  DataParams data;
  Space space = Space::kTerritory;
  synthesis::Params synthesis;
  firms::Params firms;
  io::Params io;
  labour::Params labour;
  households::Params households;
  retail::Params retail;
  outside::Params outside;
  tax::Params tax;
  credit::Params credit;
};

void bind(ParamBinder& b, ModelParams& params);

}  // namespace metier
