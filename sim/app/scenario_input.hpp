#pragma once
#include "models/model.hpp"
#include "models/params.hpp"
#include "scenarios/loader/loader.hpp"
#include "sim/app/output_params.hpp"
#include "sim/app/session.hpp"
#include "sim/config/binder.hpp"

#include <memory>
#include <string>
#include <vector>

namespace metier::app {

/// A scenario, read and bound.
struct BoundScenario {
  std::string path;  ///< as given on the command line
  Scenario scenario;
  PathRules rules;
  ModelParams params;
  OutputParams output;
  std::vector<ResolvedValue> values;  ///< every parameter with its origin
};

/// Declares, or reads, every parameter there is.
void bind_all(ParamBinder& binder, ModelParams& params, OutputParams& output);

/// Binds a scenario that was loaded. What is wrong goes to `problems`.
BoundScenario bind_scenario(std::string path, Scenario scenario, const PathRules& rules, Problems& problems);

/// Loads and binds `path` with changes from the command line. What is wrong goes to `problems`.
BoundScenario load(const std::string& path, const std::vector<std::string>& changes, const PathRules& rules,
                   Problems& problems);

/// The same. Errors: InputError (exit 3) with all problems.
BoundScenario load_or_throw(const std::string& path, const std::vector<std::string>& changes, const Common& common);

/// Builds the model as far as `until`. Errors: InputError with all problems, at the place of the first parameter they
/// name where they have no other; exit 4 when all lie in the data pack, else 3.
std::unique_ptr<Model> build_or_throw(const BoundScenario& bound, BuildUntil until);

/// Exit code for problems with files: 4 when all of them lie in the data pack, else 3.
Exit exit_for(const Problems& problems, const PathRules& rules);

}  // namespace metier::app
