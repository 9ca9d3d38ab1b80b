#pragma once
#include "sim/core/error.hpp"

#include <string>

namespace metier {

/// A file that a scenario names: resolved path, and where it was named. Empty path: not given.
struct InputFile {
  std::string path;
  Place place{};
  [[nodiscard]] bool given() const { return !path.empty(); }
};

}  // namespace metier
