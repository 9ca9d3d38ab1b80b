#pragma once
#include "models/labour/initial.hpp"
#include "models/params.hpp"
#include "models/synthesis/economy.hpp"
#include "models/synthesis/establishments.hpp"
#include "models/synthesis/persons.hpp"

namespace metier::synthesis {

/// The data pack of the repository and the population of t = 0 built from it, for tests about the economy.
struct Territory {
  Problems problems;
  ModelParams params;
  PackFiles files;
  DataPack pack;
  PeoplePack people;
  EconomyPack economy;
  SynthesisKeys keys{20210219};
  World world;
  InitReport report;

  explicit Territory(double scale)
      : files(METIER_SOURCE_DIR "/scenarios/data", problems),
        pack(read_pack(files, params.synthesis.survival_cohort)),
        people(read_people(files, pack)),
        economy(read_economy_pack(files, pack)) {
    params.synthesis.scale_factor = scale;
    params.labour.minimum_wage_path =
        labour::read_minimum_wage(METIER_SOURCE_DIR "/scenarios/paths/minimum_wage.csv", problems);
    problems.raise_if_any(Exit::kData);
  }

  void build() {
    build_establishments(pack, params.synthesis, keys, world, report);
    build_persons(pack, people, params.synthesis, params.labour, keys, world, report);
    labour::open_initial_posts(world, params.labour, Seeds{keys.population_seed, 0});
    build_economy(pack, economy, params, keys, world, report);
    labour::set_start(world, params.labour, Month{2018, 12});
  }
};

}  // namespace metier::synthesis
