#pragma once
#include "models/synthesis/establishments.hpp"
#include "models/synthesis/people_pack.hpp"

namespace metier::synthesis {

/// The data pack of the repository and a population of establishments, for tests about people.
struct Territory {
  Problems problems;
  PackFiles files;
  Params params;
  DataPack pack;
  PeoplePack people;
  SynthesisKeys keys{20210219};
  World world;
  InitReport report;

  explicit Territory(double scale)
      : files(METIER_SOURCE_DIR "/scenarios/data", problems),
        pack(read_pack(files, params.survival_cohort)),
        people(read_people(files, pack)) {
    params.scale_factor = scale;
    problems.raise_if_any(Exit::kData);
    build_establishments(pack, params, keys, world, report);
  }
};

}  // namespace metier::synthesis
