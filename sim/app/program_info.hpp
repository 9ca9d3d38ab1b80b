#pragma once
#include <string_view>

/// What this program was built from and with; written into every run.
namespace metier::app {

struct ProgramInfo {
  std::string_view version;  ///< "0.1.0"
  std::string_view
      git_hash;  ///< of the sources, "-dirty" behind it when they were changed; "unknown" outside a repository
  std::string_view compiler;  ///< "GNU 12.2.0"
  std::string_view flags;     ///< of the compiler, as far as they may touch results
};

const ProgramInfo& program_info();

}  // namespace metier::app
