#pragma once
#include "models/synthesis/establishments.hpp"

#include <string>

namespace metier::synthesis {

inline const std::string kRealPack = METIER_SOURCE_DIR "/scenarios/data";

/// The data pack of the repository and the establishments that are built from it.
struct Territory {
  Problems problems;
  Params params;
  DataPack pack;
  World world;
  InitReport report;

  explicit Territory(double scale, std::uint64_t seed = 20210219) {
    PackFiles files(kRealPack, problems);
    pack = read_pack(files, params.survival_cohort);
    problems.raise_if_any(Exit::kData);
    params.scale_factor = scale;
    build_establishments(pack, params, SynthesisKeys{seed}, world, report);
  }
};

}  // namespace metier::synthesis
