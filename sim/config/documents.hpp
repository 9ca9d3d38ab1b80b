#pragma once
#include "sim/config/binder.hpp"

#include <string>
#include <vector>

namespace metier {

/// JSON Schema (draft-07, what editors with a YAML language server read) of a scenario: sections, types, hard bounds,
/// words, defaults, meanings; unknown keys are refused. Ends with a line break.
std::string scenario_schema(const std::vector<Declaration>& declarations);

/// The page scenarios/REFERENCE.md: one table per section with unit, default, allowed values, range of sensitivity
/// studies, whether a policy may move it, meaning, source.
std::string reference_page(const std::vector<Declaration>& declarations);

/// scenarios/priors.yaml: low, high, default and unit of every parameter that declares a range for sensitivity studies.
std::string priors_page(const std::vector<Declaration>& declarations);

}  // namespace metier
