#pragma once
#include "sim/config/paths.hpp"
#include "sim/core/error.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the library of the command line
class App;
}

namespace metier::app {

/// What every verb understands.
struct Common {
  bool quiet = false;  ///< nothing on the terminal but errors and what was asked for
  bool force = false;  ///< replace files that exist
  int threads = 0;     ///< 0: SLURM_CPUS_PER_TASK, else the processors of the machine
  std::string root;    ///< folder that holds `scenarios`; empty: found from the executable
};

/// One call of the program: the options that all verbs share, and the answer to the caller.
struct Session {
  Common common;
  Exit exit = Exit::kDone;
  std::string command_line;
};

/// Changes to a scenario from the command line: --set and its shorthands.
struct Changes {
  std::vector<std::string> set;  ///< "key.path=value"
  std::string seed, replicate, months, scale;
  /// All of them as "key.path=value", shorthands last.
  [[nodiscard]] std::vector<std::string> all() const;
};

/// Adds a verb with the options that all verbs share. `examples`: lines that its --help ends with.
CLI::App* add_verb(CLI::App& app, Session& session, const std::string& name, const std::string& what,
                   const std::string& examples);
/// Adds --set, --seed, --replicate, --months, --scale.
void add_changes(CLI::App& verb, Changes& changes);

/// Threads to use: --threads, else SLURM_CPUS_PER_TASK, else the processors that this process may use; at most 16 or
/// four times these processors, told on stderr.
int wanted_threads(const Common& common);

/// The folder that holds `scenarios`: --root, else the repository or `<prefix>/share/metier`, found from the executable
/// upwards, never from the working directory. Errors: InputError (exit 2) when there is none.
std::filesystem::path find_root(const Common& common);

/// Where the paths of a scenario start from. The data root is `scenarios/data` of the root unless the scenario says
/// other.
PathRules path_rules(const Common& common);

/// "1 problem" or "3 problems".
std::string count_of(std::size_t n, const std::string& singular, const std::string& plural);

}  // namespace metier::app
