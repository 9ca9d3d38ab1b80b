#pragma once
#include "models/params.hpp"
#include "models/synthesis/report.hpp"
#include "sim/core/world.hpp"
#include "sim/engine/indicators.hpp"
#include "sim/engine/schedule.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace metier {

class Problems;

/// A file that the state at t = 0 or a path of the run was read from.
struct ModelFile {
  std::string path;    ///< relative to the root of the project where it lies inside, else as it was named
  std::string sha256;  ///< 64 hexadecimal digits
  std::uint64_t bytes = 0;
};

/// Everything that runs: parameters, state, month, indicators. Large, hence neither copied nor moved. Month and
/// indicators hold copies of the parameters as they were when they were made.
struct Model {
  ModelParams params;
  World world;
  Schedule month;
  IndicatorSet indicators;           ///< with dimensions; indicators of blocks in null mode are absent
  synthesis::InitReport population;  ///< margins asked and obtained, assumptions; empty without territory
  int data_year = 0;                 ///< 0: no data
  std::vector<ModelFile> files;      ///< of the data pack and of tables named by the scenario, by path

  Model() = default;
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;
};

/// What a model is built for.
enum class BuildUntil {
  kDeclared,    ///< schedule and indicators with their dimensions; no state (describe schedule, describe indicators)
  kPopulation,  ///< the state before the burn-in (describe population)
  kStart,       ///< the state at t = 0
};

/// Builds the model of a scenario.
///
/// root      what paths in provenance are relative to
/// Errors    tables that the scenario names: to `problems`, together with those of the data pack; the result is then
/// nullptr.
///           InputError (exit 4) when only the data pack is wrong.
std::unique_ptr<Model> build_model(const ModelParams& params, const std::string& root, BuildUntil until,
                                   Problems& problems);

}  // namespace metier
