#pragma once
#include "sim/core/error.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metier {

/// A YAML document as a tree that remembers where every key and value stands.
struct ConfigNode {
  enum class Kind { kNull, kScalar, kMap, kList };
  Kind kind = Kind::kNull;
  std::string scalar;                                   ///< text as written, without quotes; of kNull: null, ~ or none
  bool quoted = false;                                  ///< written in quotes: text, whatever it looks like
  Place place;                                          ///< of the value
  Place key_place;                                      ///< of the key, for entries of a map
  std::vector<std::pair<std::string, ConfigNode>> map;  ///< in the order of the document
  std::vector<ConfigNode> list;

  // Not in the class: clang 14 would look into the pair of the map before ConfigNode is complete.
  ConfigNode();
  ConfigNode(const ConfigNode&);
  ConfigNode(ConfigNode&&) noexcept;
  ConfigNode& operator=(const ConfigNode&);
  ConfigNode& operator=(ConfigNode&&) noexcept;
  ~ConfigNode();

  [[nodiscard]] const ConfigNode* find(std::string_view key) const;
  ConfigNode* find(std::string_view key);
};

/// Parses one YAML document whose top is a map. Problems: syntax, duplicate keys, several documents, anchors, aliases
/// and tags, nesting above 64, empty file, more than 1 MB, not UTF-8.
ConfigNode parse_yaml_file(const std::string& path, Problems& problems);
ConfigNode parse_yaml_text(const std::string& text, const std::string& name, Problems& problems);

/// A node as messages name it: "abc", "\"no\"", "a section", "a list", "null", "empty".
std::string shown(const ConfigNode& node);
/// What is told of a node that stands where a section must.
std::string no_section(std::string_view path, const ConfigNode& node);

/// Maps merge key by key; anything else in `over` replaces what `base` has. A section stays one: under its name nothing
/// (or comments only) is as if it was not written, null or a value is a problem. `path`: of both nodes, for messages.
void merge(ConfigNode& base, const ConfigNode& over, Problems& problems, const std::string& path = {});

/// Sets `key.path` to a YAML value, as `--set key.path=value` does; the place of the value is `place`. The keys of a
/// section are merged; nothing and null are refused for a section that is there.
void set_path(ConfigNode& tree, const std::string& path, const std::string& value, const Place& place,
              Problems& problems);

/// The tree as YAML text: keys in the order of the tree, text quoted where YAML would read something else.
std::string to_yaml(const ConfigNode& tree);

}  // namespace metier
