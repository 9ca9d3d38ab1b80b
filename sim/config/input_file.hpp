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

/// A number, or a file that holds numbers.
struct NumberOrFile {
  double number = 0.0;
  InputFile file;
};

}  // namespace metier
