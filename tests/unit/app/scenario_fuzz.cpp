// Any bytes as a scenario and as changes of the command line: loader and binder tell what is wrong, and never crash. Up
// to the first NUL the input is the scenario, every further part is a change ("key.path=value").
#include "sim/app/scenario_input.hpp"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using metier::Problem;
using metier::Problems;

void require(bool holds) {
  if (!holds) std::abort();
}

/// The folder of the scenario of this process.
const std::filesystem::path& folder() {
  static const std::filesystem::path made = [] {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("metier-fuzz-" + std::to_string(getpid()));
    std::filesystem::create_directories(path);
    std::atexit([] { std::filesystem::remove_all(folder()); });
    return path;
  }();
  return made;
}

void check_texts(const Problems& problems) {
  for (const Problem& problem : problems.list()) {
    const std::string text = metier::to_text(problem);
    require(text.find("error: ") != std::string::npos && text.size() < 10'000);
    require(problem.place.line >= 0 && problem.place.column >= 0);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::string> parts(1);
  for (std::size_t k = 0; k < size; ++k) {
    if (data[k] == 0) {
      parts.emplace_back();
    } else {
      parts.back() += static_cast<char>(data[k]);
    }
  }
  const std::string path = (folder() / "a.yaml").string();
  std::ofstream(path, std::ios::binary) << parts[0];
  const std::vector<std::string> changes(parts.begin() + 1, parts.end());
  const std::string root = METIER_SOURCE_DIR;
  const metier::PathRules rules{root, root + "/scenarios/data", folder().string()};

  Problems problems;
  const metier::app::BoundScenario bound = metier::app::load(path, changes, rules, problems);
  check_texts(problems);
  if (!problems.empty()) return 0;

  // What is written into checkpoints and run files reads back as itself.
  const std::string resolved = resolved_yaml(bound.scenario);
  Problems none;
  metier::Scenario again;
  again.tree = metier::parse_yaml_text(resolved, path, none);
  require(none.empty());
  std::erase_if(again.tree.map, [](const auto& entry) { return entry.first == "schema"; });
  require(resolved_yaml(again) == resolved);
  return 0;
}
