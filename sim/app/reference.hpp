#pragma once
#include <string>

namespace metier::app {

/// JSON Schema (draft-07) of scenarios, from the declarations of all parameters.
std::string schema_text();
/// The page scenarios/REFERENCE.md.
std::string reference_page();
/// The page scenarios/priors.yaml: ranges of sensitivity studies.
std::string priors_text();

}  // namespace metier::app
