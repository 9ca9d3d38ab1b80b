#pragma once
#include "sim/core/error.hpp"

#include <optional>
#include <string>

namespace metier {

/// Where paths start from (README, "Paths").
struct PathRules {
  std::string root;       ///< the repository or the install prefix: what `scenarios/` is relative to
  std::string data_root;  ///< what `data/` is relative to
  std::string working;    ///< working directory of the command line, for --set
};

enum class PathUse { kExtends, kInput, kFolder };

/// Turns a path as written into one that can be opened, or reports why not.
///
/// A relative path starts at the folder of the file that names it, `scenarios/...` at the root, `data/...` at the data
/// root; with --set it starts at the working directory. It may not climb out of its file's folder, except to somewhere
/// inside the root. Absolute paths are allowed with --set and in `extends` only. The file (kFolder: the folder) must
/// exist.
std::optional<std::string> resolve_path(const std::string& text, const Place& named_at, const PathRules& rules,
                                        PathUse use, Problems& problems);

/// The path relative to the root when it lies inside it, for provenance that does not depend on the machine.
std::string relative_to_root(const std::string& path, const PathRules& rules);

}  // namespace metier
