#include "scenarios/loader/loader.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <utility>

namespace metier {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongestChain = 32;
constexpr std::string_view kSchemaHint = "a scenario begins with 'schema: 1'";

/// The same file has the same name, however it was reached.
std::string identity_of(const std::string& path) {
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(path, error);
  return error ? path : whole.string();
}

void erase(ConfigNode& tree, std::string_view key) {
  std::erase_if(tree.map, [&](const auto& entry) { return entry.first == key; });
}

/// Follows `extends` from file to file.
class Loader {
 public:
  Loader(const PathRules& rules, Problems& problems) : rules_(rules), problems_(problems) {}

  Scenario scenario;

  void read(const std::string& path) {
    const std::string identity = identity_of(path);
    if (std::find(done_.begin(), done_.end(), identity) != done_.end()) return;
    chain_.push_back({path, identity});
    Problems own;
    ConfigNode tree = parse_yaml_file(path, own);
    const bool readable = tree.kind == ConfigNode::Kind::kMap;
    if (readable) {
      check_schema(tree, path, own);
      read_bases(tree, own);
      erase(tree, "schema");
      erase(tree, "extends");
    }
    for (const Problem& problem : own.list()) problems_.add(problem.place, problem.message, with_chain(problem.hint));
    chain_.pop_back();
    done_.push_back(identity);
    scenario.files.push_back(path);
    if (readable) merge(scenario.tree, tree, problems_);
  }

 private:
  struct Link {
    std::string path, identity;
  };

  static void check_schema(const ConfigNode& tree, const std::string& path, Problems& own) {
    const ConfigNode* schema = tree.find("schema");
    if (schema == nullptr) {
      own.add({path, 1, 1}, "'schema' is missing", std::string(kSchemaHint));
      return;
    }
    if (schema->kind != ConfigNode::Kind::kScalar || schema->quoted ||
        schema->scalar != std::to_string(kScenarioSchema)) {
      own.add(schema->place, fmt::format("'schema' is {}, allowed: {}", shown(*schema), kScenarioSchema),
              std::string(kSchemaHint));
    }
  }

  void read_bases(const ConfigNode& tree, Problems& own) {
    const ConfigNode* extends = tree.find("extends");
    if (extends == nullptr) return;
    const bool several = extends->kind == ConfigNode::Kind::kList;
    const std::size_t count = several ? extends->list.size() : 1;
    for (std::size_t k = 0; k < count; ++k) {
      const ConfigNode& base = several ? extends->list[k] : *extends;
      if (base.kind != ConfigNode::Kind::kScalar) {
        own.add(base.place,
                fmt::format("'extends' is {}, it must be the path of a scenario, or a list of them", shown(base)));
        continue;
      }
      const auto path = resolve_path(base.scalar, base.place, rules_, PathUse::kExtends, own);
      if (path) follow(*path, base.place, own);
    }
  }

  void follow(const std::string& path, const Place& named_at, Problems& own) {
    const std::string identity = identity_of(path);
    const auto before =
        std::find_if(chain_.begin(), chain_.end(), [&](const Link& link) { return link.identity == identity; });
    if (before != chain_.end()) {
      std::string loop;
      for (auto link = before; link != chain_.end(); ++link) loop += link->path + " -> ";
      own.add(named_at, "'extends' goes round in a loop: " + loop + before->path, "let one of them stand alone");
      return;
    }
    if (chain_.size() >= kLongestChain) {
      own.add(named_at, fmt::format("'extends' leads through more than {} files", kLongestChain),
              "extend fewer files in a row");
      return;
    }
    read(path);
  }

  /// The hint, and how the file was reached when the user did not name it.
  [[nodiscard]] std::string with_chain(const std::string& hint) const {
    if (chain_.size() < 2) return hint;
    std::string chain;
    for (const Link& link : chain_) chain += (chain.empty() ? "" : " -> ") + link.path;
    return fmt::format("{}{}read through {}", hint, hint.empty() ? "" : "; ", chain);
  }

  const PathRules& rules_;
  Problems& problems_;
  std::vector<Link> chain_;        ///< from the file that was asked for to the one being read
  std::vector<std::string> done_;  ///< identities
};

void apply(const std::string& change, ConfigNode& tree, Problems& problems) {
  const Place place{std::string(kCommandLine), 0, 0};
  const std::size_t equals = change.find('=');
  if (equals == std::string::npos) {
    problems.add(place, fmt::format("'{}' is not a change", change), "write --set section.key=value");
    return;
  }
  const std::string key = change.substr(0, equals);
  const std::string_view top = std::string_view(key).substr(0, key.find('.'));
  if (top == "schema" || top == "extends") {
    problems.add(place, fmt::format("'{}' cannot be set", top), "it belongs in a file");
    return;
  }
  set_path(tree, key, change.substr(equals + 1), place, problems);
}

}  // namespace

Scenario load_scenario(const std::string& path, const std::vector<std::string>& sets, const PathRules& rules,
                       Problems& problems) {
  Loader loader(rules, problems);
  loader.scenario.tree.kind = ConfigNode::Kind::kMap;
  loader.scenario.tree.place = {path, 1, 1};
  loader.read(path);
  for (const std::string& change : sets) apply(change, loader.scenario.tree, problems);
  return std::move(loader.scenario);
}

std::string resolved_yaml(const Scenario& scenario) {
  const std::string head = fmt::format("schema: {}\n", kScenarioSchema);
  return scenario.tree.map.empty() ? head : head + to_yaml(scenario.tree);
}

}  // namespace metier
