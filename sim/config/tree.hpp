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
  std::string scalar;                                   ///< text as written, without quotes
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

/// Maps merge key by key; anything else in `over` replaces what `base` has.
void merge(ConfigNode& base, const ConfigNode& over);

/// Sets `key.path` to a YAML value, as `--set key.path=value` does; the place of the value is `place`.
void set_path(ConfigNode& tree, const std::string& path, const std::string& value, const Place& place,
              Problems& problems);

/// The tree as YAML text: keys in the order of the tree, text quoted where YAML would read something else.
std::string to_yaml(const ConfigNode& tree);

}  // namespace metier
