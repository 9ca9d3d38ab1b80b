#include "sim/config/tree.hpp"

#include "sim/core/text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <sstream>
#include <sys/stat.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace metier {

namespace {

constexpr std::size_t kLargest = 1'000'000;  // tables belong in CSV files
constexpr std::size_t kDeepest = 64;

/// Builds the tree from the events of the parser, so that aliases are seen before they are expanded.
class Builder : public YAML::EventHandler {
 public:
  Builder(std::string file, std::string_view text, Problems& problems)
      : file_(std::move(file)), text_(text), problems_(problems) {}

  ConfigNode root;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    ConfigNode node;
    node.scalar = null_at(mark);
    put(std::move(node), mark);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    problems_.add(place(mark), "aliases (*name) are not supported",
                  "repeat the values, or put them in a file and use 'extends'");
    put(ConfigNode{}, mark);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    ConfigNode node;
    node.kind = ConfigNode::Kind::kScalar;
    node.scalar = value;
    node.quoted = tag == "!";
    put(std::move(node), mark);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    open(ConfigNode::Kind::kList, mark);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    open(ConfigNode::Kind::kMap, mark);
  }
  void OnMapEnd() override { close(); }

 private:
  /// A map or list that is being filled, and the key that waits for its value.
  struct Open {
    ConfigNode node;
    bool has_key = false, key_is_wrong = false;
    std::string key;
    Place key_place;
    std::map<std::string, int> lines;  ///< of the keys so far
  };

  [[nodiscard]] Place place(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }
  /// The word for nothing that stands at a mark; empty where nothing is written, and the mark is of what follows.
  [[nodiscard]] std::string null_at(const YAML::Mark& mark) const {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // the parser does not count it
    const std::size_t at =
        static_cast<std::size_t>(mark.pos) + (text_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
    const std::string_view rest = at < text_.size() ? text_.substr(at) : std::string_view{};
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
      if (!rest.starts_with(word)) continue;
      if (rest.size() == word.size() ||
          std::string_view(" \t\r\n,]}").find(rest[word.size()]) != std::string_view::npos)
        return std::string(word);
    }
    return "";
  }
  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0)
      problems_.add(place(mark), "anchors (&name) are not supported", "put shared values in a file and use 'extends'");
  }
  /// The parser calls plain text "?" and quoted text "!"; anything else was written.
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!")
      problems_.add(place(mark), "tags (!name) are not supported", "leave the tag out; text goes in quotes");
  }
  void open(ConfigNode::Kind kind, const YAML::Mark& mark) {
    if (open_.size() >= kDeepest) {
      throw YAML::ParserException(mark, fmt::format("nested more than {} levels deep", kDeepest));
    }
    Open next;
    next.node.kind = kind;
    next.node.place = place(mark);
    open_.push_back(std::move(next));
  }
  void close() {
    ConfigNode node = std::move(open_.back().node);
    open_.pop_back();
    const Place where = node.place;
    attach(std::move(node), where);
  }
  void put(ConfigNode node, const YAML::Mark& mark) {
    node.place = place(mark);
    const Place where = node.place;
    attach(std::move(node), where);
  }
  void attach(ConfigNode node, const Place& where) {
    if (open_.empty()) {
      root = std::move(node);
      return;
    }
    Open& top = open_.back();
    if (top.node.kind == ConfigNode::Kind::kList) {
      top.node.list.push_back(std::move(node));
      return;
    }
    if (!top.has_key) {
      top.key_is_wrong = node.kind != ConfigNode::Kind::kScalar;
      if (top.key_is_wrong) problems_.add(where, "a key must be plain text");
      top.has_key = true;
      top.key = node.scalar;
      top.key_place = where;
      return;
    }
    top.has_key = false;
    if (top.key_is_wrong) return;
    if (const auto [before, fresh] = top.lines.try_emplace(top.key, top.key_place.line); !fresh) {
      problems_.add(top.key_place, fmt::format("key '{}' stands twice, first on line {}", top.key, before->second),
                    "keep one of them");
      return;
    }
    node.key_place = top.key_place;
    // A value that is not there has the place of what follows: the key says more.
    if (node.kind == ConfigNode::Kind::kNull && where.line != top.key_place.line) node.place = top.key_place;
    top.node.map.emplace_back(top.key, std::move(node));
  }

  std::string file_;
  std::string_view text_;
  Problems& problems_;
  std::vector<Open> open_;
};

/// What to do about a line (from 1) that YAML cannot read: tabs are told, the eye does not see them.
std::string syntax_hint(std::string_view text, int line) {
  std::size_t begin = 0;
  for (int at = 1; at <= line && begin < text.size(); ++at) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::size_t indent = text.substr(begin, end - begin).find_first_not_of(' ');
    if (at >= line - 1 && indent != std::string_view::npos && text[begin + indent] == '\t')
      return fmt::format("line {} is indented with a tab: use spaces", at);
    begin = end + 1;
  }
  return "check indentation, colons and quotes on this line and the one above";
}

/// The first byte that is not UTF-8 text.
Place bad_byte(std::string_view text, const std::string& name) {
  Place place{name, 1, 1};
  for (std::size_t at = 0; at < text.size(); ++place.column) {
    std::size_t length = 1;
    while (length <= 4 && !is_utf8(text.substr(at, length))) ++length;
    if (length > 4) return place;
    if (text[at] == '\n') {
      ++place.line;
      place.column = 0;
    }
    at += length;
  }
  return place;
}

ConfigNode parse(const std::string& text, const std::string& name, bool map_wanted, Problems& problems) {
  if (!is_utf8(text)) {
    problems.add(bad_byte(text, name), "is not UTF-8 text", "save the file as UTF-8");
    return {};
  }
  const std::size_t before = problems.size();
  Builder builder(name, text, problems);
  try {
    // The mark of the end makes the parser see quotes that are never closed.
    std::istringstream in(text + (text.ends_with('\n') ? "...\n" : "\n...\n"));
    YAML::Parser parser(in);
    if (!parser.HandleNextDocument(builder) || builder.root.kind == ConfigNode::Kind::kNull) {
      if (map_wanted && problems.size() == before)
        problems.add({name, 1, 1}, "is empty", "a scenario begins with 'schema: 1'");
      return std::move(builder.root);
    }
    Problems ignored;
    Builder second(name, text, ignored);
    if (parser.HandleNextDocument(second)) {
      problems.add(second.root.place, "a second document ('---') is not supported", "put it in a file of its own");
    }
  } catch (const YAML::Exception& error) {
    const bool open = error.msg == YAML::ErrorMsg::DOC_IN_SCALAR || error.msg == YAML::ErrorMsg::EOF_IN_SCALAR;
    problems.add({name, error.mark.line + 1, error.mark.column + 1},
                 "YAML syntax: " + (open ? "quotes are opened and not closed before here" : error.msg),
                 syntax_hint(text, error.mark.line + 1));
    return {};
  }
  if (map_wanted && builder.root.kind != ConfigNode::Kind::kMap) {
    problems.add(builder.root.place, "must be a list of 'key: value' lines");
    return {};
  }
  return std::move(builder.root);
}

bool reads_as_other(const std::string& text) {
  static const std::vector<std::string> kWords{
      "",   "~",  "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "yes", "Yes", "YES",
      "no", "No", "NO",   "on",   "On",   "ON",   "off",  "Off",  "OFF",   "y",     "Y",     "n",   "N"};
  return std::find(kWords.begin(), kWords.end(), text) != kWords.end();
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string scalar_text(const ConfigNode& node) {
  const std::string& s = node.scalar;
  const bool plain = !s.empty() && s.find_first_of(":#{}[],&*!|>'\"%@`\n\t\\") == std::string::npos &&
                     s.front() != ' ' && s.back() != ' ' && s.front() != '-' && s.front() != '?';
  const bool number = !s.empty() && s.find_first_not_of("0123456789.+-eE") == std::string::npos;
  if (node.quoted || reads_as_other(s)) return quoted(s);
  return plain || number ? s : quoted(s);
}

void write(const ConfigNode& node, int indent, std::string& out) {
  const std::string pad(static_cast<std::size_t>(indent), ' ');
  switch (node.kind) {
    case ConfigNode::Kind::kNull: out += (node.scalar.empty() ? "" : " ") + node.scalar + "\n"; return;
    case ConfigNode::Kind::kScalar: out += " " + scalar_text(node) + "\n"; return;
    case ConfigNode::Kind::kList:
      if (node.list.empty()) {
        out += " []\n";
        return;
      }
      out += "\n";
      for (const ConfigNode& item : node.list) {
        out += pad + "-";
        if (item.kind == ConfigNode::Kind::kMap && !item.map.empty()) {
          std::string inner;
          write(item, indent + 2, inner);
          // The first key goes on the line of the dash.
          out += " " + inner.substr(1 + static_cast<std::size_t>(indent) + 2);
        } else {
          write(item, indent + 2, out);
        }
      }
      return;
    case ConfigNode::Kind::kMap:
      if (node.map.empty()) {
        out += " {}\n";
        return;
      }
      out += "\n";
      for (const auto& [key, value] : node.map) {
        ConfigNode name;
        name.kind = ConfigNode::Kind::kScalar;
        name.scalar = key;
        out += pad + scalar_text(name) + ":";
        write(value, indent + 2, out);
      }
      return;
  }
}

}  // namespace

ConfigNode::ConfigNode() = default;
ConfigNode::ConfigNode(const ConfigNode&) = default;
ConfigNode::ConfigNode(ConfigNode&&) noexcept = default;
ConfigNode& ConfigNode::operator=(const ConfigNode&) = default;
ConfigNode& ConfigNode::operator=(ConfigNode&&) noexcept = default;
ConfigNode::~ConfigNode() = default;

const ConfigNode* ConfigNode::find(std::string_view key) const {
  for (const auto& [name, node] : map) {
    if (name == key) return &node;
  }
  return nullptr;
}
ConfigNode* ConfigNode::find(std::string_view key) {
  for (auto& [name, node] : map) {
    if (name == key) return &node;
  }
  return nullptr;
}

ConfigNode parse_yaml_text(const std::string& text, const std::string& name, Problems& problems) {
  return parse(text, name, true, problems);
}

ConfigNode parse_yaml_file(const std::string& path, Problems& problems) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) {
    problems.add({path, 0, 0}, fmt::format("cannot be read: {}", std::strerror(errno)), "check the path");
    return {};
  }
  if (!S_ISREG(info.st_mode)) {
    problems.add({path, 0, 0}, "is not a file", "name a .yaml file");
    return {};
  }
  if (static_cast<std::size_t>(info.st_size) > kLargest) {
    problems.add({path, 0, 0}, fmt::format("has {} bytes, allowed up to {}", info.st_size, kLargest),
                 "is this the right file? Tables belong in CSV files");
    return {};
  }
  std::ifstream in(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), {});
  if (!in.good() && !in.eof()) {
    problems.add({path, 0, 0}, "cannot be read", "check the permissions");
    return {};
  }
  return parse(text, path, true, problems);
}

std::string shown(const ConfigNode& node) {
  switch (node.kind) {
    case ConfigNode::Kind::kNull: return node.scalar.empty() ? "empty" : node.scalar;
    case ConfigNode::Kind::kMap: return "a section";
    case ConfigNode::Kind::kList: return "a list";
    case ConfigNode::Kind::kScalar: break;
  }
  return node.quoted ? "\"" + node.scalar + "\"" : node.scalar;
}

std::string no_section(std::string_view path, const ConfigNode& node) {
  return fmt::format("'{}' is {}, it must be a section of 'key: value' lines", path, shown(node));
}

void merge(ConfigNode& base, const ConfigNode& over, Problems& problems, const std::string& path) {
  if (base.kind != ConfigNode::Kind::kMap) {
    base = over;
    return;
  }
  if (over.kind != ConfigNode::Kind::kMap) {
    if (over.kind != ConfigNode::Kind::kNull || !over.scalar.empty()) problems.add(over.place, no_section(path, over));
    return;
  }
  base.place = over.place;
  for (const auto& [key, value] : over.map) {
    if (ConfigNode* mine = base.find(key)) {
      const bool section = mine->kind == ConfigNode::Kind::kMap;
      merge(*mine, value, problems, path.empty() ? key : fmt::format("{}.{}", path, key));
      if (!section || value.kind == ConfigNode::Kind::kMap) mine->key_place = value.key_place;
    } else {
      base.map.emplace_back(key, value);
    }
  }
}

void set_path(ConfigNode& tree, const std::string& path, const std::string& value, const Place& place,
              Problems& problems) {
  Problems own;
  ConfigNode node = parse(value, place.file, false, own);
  if (!own.empty()) {
    problems.add(place, fmt::format("'{}={}': {}", path, value, own.list().front().message),
                 "put the value in quotes, inside those of the shell: --set 'key=\"text\"'");
    return;
  }
  struct Mark {
    static void all(ConfigNode& n, const Place& where) {
      n.place = n.key_place = where;
      for (auto& [key, child] : n.map) all(child, where);
      for (ConfigNode& child : n.list) all(child, where);
    }
  };
  Mark::all(node, place);
  ConfigNode* at = &tree;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t dot = path.find('.', begin);
    const std::string key = path.substr(begin, dot - begin);
    if (key.empty()) {
      problems.add(place, fmt::format("'{}' is not a key path", path), "write --set section.key=value");
      return;
    }
    if (at->kind != ConfigNode::Kind::kMap) {
      *at = ConfigNode{};
      at->kind = ConfigNode::Kind::kMap;
      at->place = at->key_place = place;
    }
    ConfigNode* next = at->find(key);
    if (next == nullptr) {
      ConfigNode fresh;
      fresh.place = fresh.key_place = place;
      at->map.emplace_back(key, std::move(fresh));
      next = &at->map.back().second;
    }
    if (dot == std::string::npos) {
      if (next->kind == ConfigNode::Kind::kMap && node.kind == ConfigNode::Kind::kNull) {
        problems.add(place, no_section(path, node), "set its keys: --set section.key=value");
      } else {
        merge(*next, node, problems, path);
      }
      return;
    }
    at = next;
    begin = dot + 1;
  }
}

std::string to_yaml(const ConfigNode& tree) {
  std::string out;
  write(tree, 0, out);
  return out.starts_with("\n") ? out.substr(1) : out;
}

}  // namespace metier
