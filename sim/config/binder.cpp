#include "sim/config/binder.hpp"

#include "sim/core/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace metier {

namespace {

/// Where a key that the scenario lacks would stand: the innermost section of its path that is there.
Place innermost_place(const ConfigNode& tree, std::string_view path) {
  const ConfigNode* node = &tree;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t dot = std::min(path.find('.', begin), path.size());
    const ConfigNode* inner = node->find(path.substr(begin, dot - begin));
    if (inner == nullptr) break;
    node = inner;
    begin = dot + 1;
  }
  return node == &tree ? tree.place : node->key_place;
}

std::string range_text(double lo, double hi) {
  if (std::isinf(lo) && std::isinf(hi)) return "any number";
  if (std::isinf(hi)) return fmt::format("{} or more", shortest(lo));
  if (std::isinf(lo)) return fmt::format("up to {}", shortest(hi));
  return fmt::format("{} to {}", shortest(lo), shortest(hi));
}
std::string range_text(const FieldInfo& info) { return range_text(info.lo, info.hi); }

/// The same for whole numbers, which end where their type does.
template <class Number>
std::string whole_range_text(const FieldInfo& info) {
  using Limits = std::numeric_limits<Number>;
  const auto bound = [](double value, Number otherwise) {
    return std::isinf(value) ? fmt::format("{}", otherwise) : shortest(value);
  };
  return fmt::format("{} to {}", bound(info.lo, Limits::min()), bound(info.hi, Limits::max()));
}

/// What a YAML reader would make of plain text that is no number of ours: named in the message.
std::string_view reading_of(std::string_view text) {
  const auto is = [&](std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view w) {
      return w.size() == text.size() &&
             std::equal(w.begin(), w.end(), text.begin(), [](char a, char b) { return a == (b | ' ') || a == b; });
    });
  };
  if (is({"yes", "no", "on", "off", "true", "false"})) return "a switch (true or false)";
  if (is({"null", "~"}) || text.empty()) return "nothing";
  if (is({".nan", "nan", ".inf", "inf", "-.inf", "+.inf", "-inf"})) return "not a finite number";
  return {};
}

/// Decimal numbers only: digits, a point, an exponent. 010 (octal), 0x10, 1_000, nan and inf are refused.
bool is_decimal(std::string_view text) {
  std::size_t at = 0;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  const std::size_t first = at;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  const std::size_t whole = at - first;
  if (whole > 1 && text[first] == '0') return false;
  std::size_t fraction = 0;
  if (at < text.size() && text[at] == '.') {
    ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at, ++fraction;
  }
  if (whole + fraction == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t digits = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == digits) return false;
  }
  return at == text.size();
}

/// What a YAML reader makes of a node, where that is not what its letters suggest; empty else.
std::string other_reading(const ConfigNode& node) {
  if (node.kind == ConfigNode::Kind::kNull) return node.scalar.empty() ? "" : "nothing";
  if (node.kind != ConfigNode::Kind::kScalar || node.quoted) return "";
  const std::string& text = node.scalar;
  if (const std::string_view word = reading_of(text); !word.empty()) return std::string(word);
  const std::size_t first = text.find_first_not_of("+-") == 1 ? 1 : 0;  // after a sign
  const std::string_view digits = std::string_view(text).substr(first);
  if (digits.size() > 1 && digits.find_first_not_of("0123456789,") == std::string_view::npos) {
    if (std::count(digits.begin(), digits.end(), ',') == 1) return "text: the decimal mark is a point";
    if (digits[0] == '0' && digits.find(',') == std::string_view::npos)
      return "an octal number or a decimal one: a number has no leading 0";
  }
  return "";
}

}  // namespace

bool reads_as_no_text(std::string_view text) {
  if (!reading_of(text).empty() || is_decimal(text)) return true;
  if (text.empty()) return true;
  // 010, 0x1F, 0o7, 1_000, 12:30:45 and dates are numbers or times to one YAML reader or another.
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'o')) {
    return std::all_of(text.begin() + 2, text.end(),
                       [&](char c) { return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); });
  }
  return std::any_of(text.begin(), text.end(), digit) && std::all_of(text.begin(), text.end(), [&](char c) {
           return digit(c) || c == '_' || c == ':' || c == '-' || c == '.';
         });
}

void ParamBinder::enter(std::string_view name) {
  known_[prefix_].emplace_back(name);
  const ConfigNode* outer = inside_ ? here_ : tree_;
  inside_ = true;
  here_ = nullptr;
  const std::string path = full(name);
  prefix_ = path;
  const bool first = known_.try_emplace(path).second;
  if (outer == nullptr) return;
  const ConfigNode* node = outer->find(name);
  if (node == nullptr) return;
  if (node->kind != ConfigNode::Kind::kMap) {
    // In a file a section may be empty: its keys are comments. On the command line that is a slip.
    const bool left_empty =
        node->kind == ConfigNode::Kind::kNull && node->scalar.empty() && node->place.file != kCommandLine;
    if (first && !left_empty) problems_->add(node->place, no_section(path, *node));
    return;
  }
  here_ = node;
}

const ConfigNode* ParamBinder::take(std::string_view key, Declaration::Type type, const FieldInfo& info,
                                    std::string default_text) {
  known_[prefix_].emplace_back(key);
  Declaration declaration;
  declaration.path = full(key);
  declaration.type = type;
  declaration.unit = info.unit;
  declaration.default_text = std::move(default_text);
  declaration.doc = info.doc;
  declaration.source = info.source;
  declaration.lo = info.lo;
  declaration.hi = info.hi;
  declaration.prior = info.prior;
  declaration.lever = info.lever;
  declarations_.push_back(std::move(declaration));
  problems_before_ = problems_ == nullptr ? 0 : problems_->size();
  const ConfigNode* at = inside_ ? here_ : tree_;
  return at == nullptr ? nullptr : at->find(key);
}

void ParamBinder::resolved(std::string_view key, const FieldInfo& info, std::string value, const ConfigNode* node) {
  if (problems_ != nullptr && problems_->size() > problems_before_) refused_.push_back(full(key));
  value_at_[full(key)] = values_.size();
  values_.push_back({full(key), std::move(value), std::string(info.unit), node == nullptr ? Place{} : node->place});
}

void ParamBinder::refuse(const ConfigNode& node, std::string_view key, std::string_view wanted, const FieldInfo& info) {
  std::string message = fmt::format("'{}' is {}, it must be {}", full(key), shown(node), wanted);
  const std::string other = other_reading(node);
  if (!other.empty()) message += fmt::format("; YAML reads '{}' as {}", node.scalar, other);
  problems_->add(node.place, message, std::string(info.doc));
}

bool ParamBinder::number_of(const ConfigNode& node, std::string_view key, const FieldInfo& info, double& value) {
  // Amounts of money are in the unit that the scenario says; `units.money` is bound before them.
  const auto unit = value_at_.find("units.money");
  const bool scaled = unit != value_at_.end() && values_[unit->second].value == "kEUR" && info.unit.starts_with("EUR");
  constexpr double kEurosPerKiloEuro = 1000.0;
  const auto number = node.kind == ConfigNode::Kind::kScalar && !node.quoted && is_decimal(node.scalar)
                          ? parse_number(node.scalar)
                          : std::nullopt;
  if (!number) {
    const double per = scaled ? kEurosPerKiloEuro : 1.0;
    const bool bounded = !std::isinf(info.lo) || !std::isinf(info.hi);
    refuse(node, key,
           bounded ? "a decimal number, " + range_text(info.lo / per, info.hi / per) : std::string("a decimal number"),
           info);
    return false;
  }
  const double amount = scaled ? *number * kEurosPerKiloEuro : *number;
  if (amount < info.lo || amount > info.hi) {
    const std::string given = scaled ? fmt::format("{} ({} {})", node.scalar, shortest(amount), info.unit)
                                     : fmt::format("{} [{}]", node.scalar, info.unit);
    problems_->add(node.place, fmt::format("'{}' is {}, allowed {}.", full(key), given, range_text(info)),
                   std::string(info.doc));
    return false;
  }
  value = amount;
  return true;
}

void ParamBinder::field(std::string_view key, double& value, const FieldInfo& info) {
  const ConfigNode* node = take(key, Declaration::Type::kNumber, info, shortest(value));
  if (node != nullptr) number_of(*node, key, info, value);
  resolved(key, info, shortest(value), node);
}

template <class Number>
void ParamBinder::read_number(std::string_view key, Number& value, const FieldInfo& info, Declaration::Type type) {
  const ConfigNode* node = take(key, type, info, fmt::format("{}", value));
  if (node != nullptr) {
    Number number{};
    const char* begin = node->scalar.data();
    const char* end = begin + node->scalar.size();
    const bool plain = node->kind == ConfigNode::Kind::kScalar && !node->quoted && is_decimal(node->scalar);
    const auto [stop, error] = plain ? std::from_chars(begin + (*begin == '+' ? 1 : 0), end, number)
                                     : std::from_chars_result{begin, std::errc::invalid_argument};
    if (error != std::errc() || stop != end) {
      refuse(*node, key, fmt::format("a whole number, {}", whole_range_text<Number>(info)), info);
    } else if (static_cast<double>(number) < info.lo || static_cast<double>(number) > info.hi) {
      problems_->add(node->place,
                     fmt::format("'{}' is {} [{}], allowed {}.", full(key), node->scalar, info.unit,
                                 whole_range_text<Number>(info)),
                     std::string(info.doc));
    } else {
      value = number;
    }
  }
  resolved(key, info, fmt::format("{}", value), node);
}
void ParamBinder::field(std::string_view key, int& value, const FieldInfo& info) {
  read_number(key, value, info, Declaration::Type::kInteger);
}
void ParamBinder::field(std::string_view key, std::int64_t& value, const FieldInfo& info) {
  read_number(key, value, info, Declaration::Type::kInteger);
}
void ParamBinder::field(std::string_view key, std::uint64_t& value, const FieldInfo& info) {
  read_number(key, value, info, Declaration::Type::kInteger);
}

void ParamBinder::field(std::string_view key, std::string& value, const FieldInfo& info) {
  const ConfigNode* node = take(key, Declaration::Type::kText, info, value);
  if (node != nullptr) {
    if (node->kind != ConfigNode::Kind::kScalar || (!node->quoted && reads_as_no_text(node->scalar))) {
      refuse(*node, key, "text; put it in quotes", info);
    } else {
      value = node->scalar;
    }
  }
  resolved(key, info, value, node);
}

std::size_t ParamBinder::pick(std::string_view key, std::size_t now,
                              std::vector<std::pair<std::string, std::string>> words, const FieldInfo& info) {
  const ConfigNode* node = take(key, Declaration::Type::kChoice, info, words[now].first);
  declarations_.back().choices = words;
  if (node != nullptr) {
    const auto found =
        node->kind == ConfigNode::Kind::kScalar
            ? std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.first == node->scalar; })
            : words.end();
    if (found == words.end()) {
      std::string all;
      std::vector<std::string> names;
      for (const auto& [word, meaning] : words) {
        all += (all.empty() ? "" : ", ") + word;
        names.push_back(word);
      }
      const bool scalar = node->kind == ConfigNode::Kind::kScalar;
      const std::string other = other_reading(*node);
      const std::string near = scalar && other.empty() ? nearest_name(node->scalar, names) : "";
      std::string message = fmt::format("'{}' is {}, allowed: {}", full(key), shown(*node), all);
      if (!near.empty()) message += fmt::format("; did you mean '{}'?", near);
      if (!other.empty()) message += fmt::format("; YAML reads '{}' as {}", node->scalar, other);
      problems_->add(node->place, message, std::string(info.doc));
    } else {
      now = static_cast<std::size_t>(found - words.begin());
    }
  }
  resolved(key, info, words[now].first, node);
  return now;
}

void ParamBinder::numbers(std::string_view key, std::span<double> values, const FieldInfo& info) {
  const auto text = [&] {
    std::string all;
    for (const double v : values) all += (all.empty() ? "" : ", ") + shortest(v);
    return "[" + all + "]";
  };
  const ConfigNode* node = take(key, Declaration::Type::kNumbers, info, text());
  declarations_.back().length = values.size();
  if (node != nullptr) {
    if (node->kind == ConfigNode::Kind::kScalar) {
      double value = 0.0;
      if (number_of(*node, key, info, value)) std::fill(values.begin(), values.end(), value);
    } else if (node->kind == ConfigNode::Kind::kList && node->list.size() == values.size()) {
      for (std::size_t k = 0; k < values.size(); ++k) number_of(node->list[k], key, info, values[k]);
    } else {
      refuse(*node, key, fmt::format("a number or a list of {} numbers", values.size()), info);
    }
  }
  resolved(key, info, text(), node);
}

void ParamBinder::month(std::string_view key, Month& value, const FieldInfo& info) {
  const ConfigNode* node = take(key, Declaration::Type::kMonth, info, to_text(value));
  if (node != nullptr) {
    const auto month = node->kind == ConfigNode::Kind::kScalar ? parse_month(node->scalar) : std::nullopt;
    if (month) {
      value = *month;
    } else {
      refuse(*node, key, "a month of the calendar written 2019-01", info);
    }
  }
  resolved(key, info, to_text(value), node);
}

std::optional<std::string> ParamBinder::named_path(std::string_view key, const std::string& text, const Place& place,
                                                   PathUse use) {
  Problems own;
  auto found = resolve_path(text, place, *rules_, use, own);
  for (const Problem& p : own.list()) {
    problems_->add(p.place, fmt::format("'{}': {}", full(key), p.message), p.hint);
  }
  return found;
}

void ParamBinder::path(std::string_view key, InputFile& value, const FieldInfo& info) {
  const ConfigNode* node = take(key, Declaration::Type::kFile, info, value.given() ? value.path : "none");
  if (node != nullptr) {
    const bool scalar = node->kind == ConfigNode::Kind::kScalar;
    if (!scalar || (!node->quoted && reads_as_no_text(node->scalar))) {
      refuse(*node, key, "the path of a file, or none", info);
    } else if (!node->quoted && node->scalar == "none") {
      value = {"", node->place};
    } else if (auto found = named_path(key, node->scalar, node->place, PathUse::kInput)) {
      value = {*found, node->place};
    }
  } else if (rules_ && value.given()) {
    if (auto found = named_path(key, value.path, tree_->place, PathUse::kInput)) value = {*found, tree_->place};
  }
  resolved(key, info, !value.given() ? "none" : rules_ ? relative_to_root(value.path, *rules_) : value.path, node);
}

void ParamBinder::data_root(std::string_view key, std::string& value, const FieldInfo& info) {
  const ConfigNode* node = take(key, Declaration::Type::kFolder, info, "scenarios/data");
  if (node != nullptr) {
    if (node->kind != ConfigNode::Kind::kScalar || (!node->quoted && reads_as_no_text(node->scalar))) {
      refuse(*node, key, "the path of a folder", info);
    } else if (auto found = named_path(key, node->scalar, node->place, PathUse::kFolder)) {
      value = *found;
      rules_->data_root = value;
    }
  }
  resolved(key, info, value.empty() ? "scenarios/data" : relative_to_root(value, *rules_), node);
}

void ParamBinder::number_or_path(std::string_view key, NumberOrFile& value, const FieldInfo& info) {
  const ConfigNode* node =
      take(key, Declaration::Type::kNumberOrFile, info, value.file.given() ? value.file.path : shortest(value.number));
  if (node != nullptr) {
    const bool plain = node->kind == ConfigNode::Kind::kScalar && !node->quoted;
    if (plain && is_decimal(node->scalar)) {
      if (number_of(*node, key, info, value.number)) value.file = {"", node->place};
    } else if (node->kind != ConfigNode::Kind::kScalar || (plain && reads_as_no_text(node->scalar))) {
      refuse(*node, key, "a number or the path of a file", info);
    } else if (auto found = named_path(key, node->scalar, node->place, PathUse::kInput)) {
      value.file = {*found, node->place};
    }
  }
  resolved(key, info,
           value.file.given() && rules_ ? relative_to_root(value.file.path, *rules_) : shortest(value.number), node);
}

std::size_t find_path(std::string_view message, std::string_view path) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; };
  for (std::size_t at = message.find(path); at != std::string_view::npos; at = message.find(path, at + 1)) {
    const std::size_t end = at + path.size();
    const bool whole_begin = at == 0 || !letter(message[at - 1]);
    // A full stop may end the sentence.
    if (whole_begin && (end == message.size() || !letter(message[end]) || message[end] == '.')) return at;
  }
  return std::string_view::npos;
}

bool ParamBinder::is_about_refused(std::string_view path, std::string_view message) const {
  return std::any_of(refused_.begin(), refused_.end(), [&](const std::string& refused) {
    return refused == path || find_path(message, refused) != std::string_view::npos;
  });
}

void ParamBinder::check(std::string_view key, bool holds, std::string_view message) {
  if (holds || problems_ == nullptr || is_about_refused(full(key), message)) return;
  const auto at = value_at_.find(full(key));
  Place place;
  std::string name = fmt::format("'{}'", full(key));
  if (at != value_at_.end()) {
    const std::string& value = values_[at->second].value;
    place = values_[at->second].origin;
    name += " is " + (value.empty() ? "empty" : value);
  }
  // A default that does not fit what the scenario says elsewhere.
  if (place.file.empty()) place = innermost_place(*tree_, full(key));
  problems_->add(place, fmt::format("{}: {}", name, message));
}

std::string ParamBinder::elsewhere(std::string_view key) const {
  std::string found;
  std::size_t places = 0;
  for (const auto& [section, keys] : known_) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) continue;
    ++places;
    found += fmt::format("{}'{}{}{}'", found.empty() ? "" : " or ", section, section.empty() ? "" : ".", key);
  }
  return places <= 3 ? found : "";
}

void ParamBinder::finish() {
  if (problems_ == nullptr || tree_ == nullptr) return;
  for (const auto& [section, keys] : known_) {
    const ConfigNode* node = tree_;
    for (std::size_t begin = 0; node != nullptr && begin < section.size();) {
      const std::size_t dot = std::min(section.find('.', begin), section.size());
      node = node->find(std::string_view(section).substr(begin, dot - begin));
      begin = dot + 1;
    }
    if (node == nullptr || node->kind != ConfigNode::Kind::kMap) continue;
    for (const auto& [key, value] : node->map) {
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      const std::string path = section.empty() ? key : fmt::format("{}.{}", section, key);
      const std::string near = nearest_name(key, keys);
      std::string message = fmt::format("'{}' is not a parameter", path), hint;
      if (const std::string other = near.empty() ? elsewhere(key) : fmt::format("'{}'", near); !other.empty()) {
        message += fmt::format("; did you mean {}?", other);
      } else {
        hint = "metier describe parameters lists all of them";
      }
      problems_->add(value.key_place, message, hint);
    }
  }
}

}  // namespace metier
