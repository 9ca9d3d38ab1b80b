#pragma once
#include "output/provenance.hpp"
#include "sim/app/run_notes.hpp"
#include "sim/app/scenario_input.hpp"

#include <string>

namespace metier::app {

/// What the population was made from, as the run file says it.
PopulationFacts facts_of(const Model& model);

/// Where the value comes from: "default", "--set", or file:line relative to the root.
std::string origin_text(const Place& origin, const PathRules& rules);

/// All that says where the numbers of a run come from; nothing of the machine, the time or the threads.
output::Provenance provenance_of(const BoundScenario& bound, const Model& model, const PopulationFacts& facts);

}  // namespace metier::app
