#pragma once
#include "sim/config/paths.hpp"
#include "sim/config/tree.hpp"
#include "sim/core/error.hpp"

#include <string>
#include <vector>

namespace metier {

/// Version of the scenario format: `schema: 1` stands in every file.
inline constexpr int kScenarioSchema = 1;

/// A scenario, merged from all its files; every key and value remembers the file and line it comes from.
struct Scenario {
  ConfigNode tree;  ///< a map, without `schema` and `extends`
  std::vector<std::string>
      files;  ///< what was read, bases first, each once; the last one is the file that was asked for
};

/// Reads the scenario at `path` and everything that it extends.
///
/// extends   one path or a list; later ones override earlier ones, the file itself overrides all. Maps merge key by
///           key, anything else is replaced. A file that several others extend counts once, at its first place.
/// sets      changes from the command line, "key.path=value" with a value in YAML; later ones override earlier ones.
///           Their place is the file "--set".
/// Problems  of all files in one pass: YAML (see parse_yaml_file), `schema` missing or of another version, a base that
///           is missing, leads out of the allowed folders (see resolve_path) or extends itself; each with the chain of
///           files that led there. Whatever could be read is returned all the same, so that more problems can be found.
Scenario load_scenario(const std::string& path, const std::vector<std::string>& sets, const PathRules& rules,
                       Problems& problems);

/// The merged scenario as one YAML file that extends nothing. Relative paths stand as they were written.
std::string resolved_yaml(const Scenario& scenario);

}  // namespace metier
