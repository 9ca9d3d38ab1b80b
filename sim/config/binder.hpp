#pragma once
#include "sim/config/input_file.hpp"
#include "sim/config/paths.hpp"
#include "sim/config/tree.hpp"
#include "sim/core/text.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace metier {

/// What is said of a parameter besides its name and type. `lo` and `hi` are hard bounds: outside is an error. `prior`
/// is the range of sensitivity studies, never a limit. `lever`: a policy may change it over time.
struct FieldInfo {
  std::string_view unit = "1";
  double lo = -std::numeric_limits<double>::infinity();
  double hi = std::numeric_limits<double>::infinity();
  std::array<double, 2> prior{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  bool lever = false;
  std::string_view doc = {};
  std::string_view source = {};
};

/// One word of a choice.
template <class E>
struct Choice {
  std::string_view name;
  E value;
  std::string_view meaning;
};

/// A parameter as declared: JSON Schema, reference page, priors, `metier describe` and attributes of runs come from
/// these.
struct Declaration {
  enum class Type { kNumber, kInteger, kText, kChoice, kNumbers, kMonth, kFile, kFolder, kNumberOrFile };
  std::string path;  ///< "labour.separation_rate"
  Type type = Type::kNumber;
  std::string unit, default_text, doc, source;
  double lo = 0.0, hi = 0.0;
  std::array<double, 2> prior{};
  bool lever = false;
  std::size_t length = 0;                                    ///< of kNumbers
  std::vector<std::pair<std::string, std::string>> choices;  ///< word, meaning
};

/// The value that a parameter has in a run, and where it comes from.
struct ResolvedValue {
  std::string path, value, unit;
  Place origin;  ///< file empty: the default
};

/// Where a message names the parameter of this path, and not another whose path begins or ends with it; npos: nowhere.
std::size_t find_path(std::string_view message, std::string_view path);

/// Binds typed parameters to a scenario. Every domain has one `void bind(ParamBinder&, Params&)`; the same function
/// declares (no tree) and reads (with a tree), so that there is one place where a parameter is described.
class ParamBinder {
 public:
  /// Only collects declarations and defaults.
  ParamBinder() = default;
  /// Reads `tree` into the bound parameters; what is wrong goes to `problems`.
  ParamBinder(const ConfigNode& tree, const PathRules& rules, Problems& problems)
      : tree_(&tree), rules_(rules), problems_(&problems) {}

  void field(std::string_view key, double& value, const FieldInfo& info);
  void field(std::string_view key, int& value, const FieldInfo& info);
  void field(std::string_view key, std::int64_t& value, const FieldInfo& info);
  void field(std::string_view key, std::uint64_t& value, const FieldInfo& info);
  void field(std::string_view key, std::string& value, const FieldInfo& info);

  template <class E>
  void choice(std::string_view key, E& value, std::initializer_list<Choice<E>> choices, const FieldInfo& info) {
    std::vector<std::pair<std::string, std::string>> words;
    std::size_t now = 0, k = 0;
    for (const Choice<E>& c : choices) {
      words.emplace_back(c.name, c.meaning);
      if (c.value == value) now = k;
      ++k;
    }
    value = (choices.begin() + pick(key, now, std::move(words), info))->value;
  }

  /// A row of numbers of fixed length; one number stands for all of them.
  void numbers(std::string_view key, std::span<double> values, const FieldInfo& info);
  void month(std::string_view key, Month& value, const FieldInfo& info);
  /// A file. The word `none` says that there is none; a default is named from the root.
  void path(std::string_view key, InputFile& value, const FieldInfo& info);
  /// The folder of the data pack: from here on paths that begin with `data/` start there. Without the key the value
  /// stays empty and the rules decide.
  void data_root(std::string_view key, std::string& value, const FieldInfo& info);
  void number_or_path(std::string_view key, NumberOrFile& value, const FieldInfo& info);

  template <class Body>
  void section(std::string_view name, Body&& body) {
    const std::string before = prefix_;
    const ConfigNode* outer = here_;
    const bool inside = inside_;
    enter(name);
    body();
    prefix_ = before;
    here_ = outer;
    inside_ = inside;
  }

  /// A key that somebody else reads (`schema`, `extends`, `meta`).
  void ignore(std::string_view key) { known_[prefix_].emplace_back(key); }

  /// A rule over several parameters: `message` is reported at the key if `holds` is false, unless the key or a
  /// parameter that the message names (by its path) was refused: its default says nothing about what the user wants.
  void check(std::string_view key, bool holds, std::string_view message);

  /// Reports keys that nobody declared. Call once, after all bind functions.
  void finish();

  [[nodiscard]] const std::vector<Declaration>& declarations() const { return declarations_; }
  [[nodiscard]] const std::vector<ResolvedValue>& values() const { return values_; }

 private:
  void enter(std::string_view name);
  [[nodiscard]] std::string full(std::string_view key) const {
    return prefix_.empty() ? std::string(key) : prefix_ + "." + std::string(key);
  }
  /// The node of a key, declared on the way; nullptr when it is absent or nothing is read.
  const ConfigNode* take(std::string_view key, Declaration::Type type, const FieldInfo& info, std::string default_text);
  void resolved(std::string_view key, const FieldInfo& info, std::string value, const ConfigNode* node);
  void refuse(const ConfigNode& node, std::string_view key, std::string_view wanted, const FieldInfo& info);
  template <class Number>
  void read_number(std::string_view key, Number& value, const FieldInfo& info, Declaration::Type type);
  /// The file that `text` names; problems bear the key.
  std::optional<std::string> named_path(std::string_view key, const std::string& text, const Place& place, PathUse use);
  bool number_of(const ConfigNode& node, std::string_view key, const FieldInfo& info, double& value);
  /// Whether a rule at `path` with this message is about a parameter that was refused.
  [[nodiscard]] bool is_about_refused(std::string_view path, std::string_view message) const;
  /// Where else the last part of a key is one, quoted, at most three places: "'run.months'".
  [[nodiscard]] std::string elsewhere(std::string_view key) const;
  std::size_t pick(std::string_view key, std::size_t now, std::vector<std::pair<std::string, std::string>> words,
                   const FieldInfo& info);

  const ConfigNode* tree_ = nullptr;
  std::optional<PathRules> rules_;  ///< nothing when nothing is read
  Problems* problems_ = nullptr;
  std::string prefix_;
  const ConfigNode* here_ = nullptr;
  bool inside_ = false;
  std::map<std::string, std::vector<std::string>> known_;  ///< section -> keys declared in it
  std::map<std::string, std::size_t> value_at_;
  std::vector<Declaration> declarations_;
  std::vector<ResolvedValue> values_;
  std::size_t problems_before_ = 0;   ///< when the key at hand was taken
  std::vector<std::string> refused_;  ///< paths whose value is not the one written
};

/// Whether plain YAML text would be read as something else than text: yes, no, on, off, null, numbers, ...
bool reads_as_no_text(std::string_view text);

}  // namespace metier
