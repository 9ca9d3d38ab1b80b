#include "sim/config/documents.hpp"

#include "sim/core/csv.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string_view>

namespace metier {

namespace {

using Json = nlohmann::ordered_json;
using Type = Declaration::Type;

/// YAML reads `true` and `false` as no text.
Json word_of(const std::string& word) { return word == "true" || word == "false" ? Json(word == "true") : Json(word); }

/// Whole numbers without a point, as people write them.
Json number(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
  return value;
}

void add_bounds(const Declaration& d, Json& node) {
  if (std::isfinite(d.lo)) node["minimum"] = number(d.lo);
  if (std::isfinite(d.hi)) node["maximum"] = number(d.hi);
}

Json bounded_number(const Declaration& d) {
  Json node{{"type", "number"}};
  add_bounds(d, node);
  return node;
}

bool has_unit(const Declaration& d) { return !d.unit.empty() && d.unit != "1"; }

std::string description(const Declaration& d) {
  std::string text = d.doc;
  for (const auto& [word, meaning] : d.choices) text += fmt::format("\n{}: {}", word, meaning);
  if (has_unit(d)) text += fmt::format("\nUnit: {}.", d.unit);
  if (!d.source.empty()) text += fmt::format("\nSource: {}.", d.source);
  return text;
}

void add_type(const Declaration& d, Json& node) {
  switch (d.type) {
    case Type::kNumber: node.update(bounded_number(d)); return;
    case Type::kInteger:
      node["type"] = "integer";
      add_bounds(d, node);
      return;
    case Type::kText:
    case Type::kFile:
    case Type::kFolder: node["type"] = "string"; return;
    case Type::kChoice: {
      Json words = Json::array();
      for (const auto& [word, meaning] : d.choices) words.push_back(word_of(word));
      node["enum"] = words;
      return;
    }
    case Type::kNumbers:
      node["oneOf"] = Json::array(
          {bounded_number(d),
           {{"type", "array"}, {"items", bounded_number(d)}, {"minItems", d.length}, {"maxItems", d.length}}});
      return;
    case Type::kMonth:
      node["type"] = "string";
      node["pattern"] = "^(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])$";
      return;
    case Type::kNumberOrFile: node["oneOf"] = Json::array({bounded_number(d), {{"type", "string"}}}); return;
  }
}

Json default_of(const Declaration& d) {
  switch (d.type) {
    case Type::kNumber:
    case Type::kInteger:
    case Type::kNumbers: return Json::parse(d.default_text);
    case Type::kNumberOrFile: return parse_number(d.default_text) ? Json::parse(d.default_text) : Json(d.default_text);
    case Type::kChoice: return word_of(d.default_text);
    case Type::kText:
    case Type::kFile:
    case Type::kFolder:
    case Type::kMonth: return d.default_text;
  }
  return {};
}

/// "labour.urn" of "labour.urn.vacancies"; empty for a key of the top.
std::string section_of(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string::npos ? std::string() : path.substr(0, dot);
}

Json object(std::string_view meaning) {
  Json node;
  if (!meaning.empty()) node["description"] = meaning;
  node["type"] = "object";
  node["additionalProperties"] = false;
  node["properties"] = Json::object();
  return node;
}

/// A cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') {
      out += "\\|";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c == '\n' ? ' ' : c;
    }
  }
  return out;
}

std::string allowed(const Declaration& d) {
  std::string range = "any";
  const bool low = std::isfinite(d.lo), high = std::isfinite(d.hi);
  if (low && high) range = fmt::format("{} to {}", shortest(d.lo), shortest(d.hi));
  if (low && !high) range = fmt::format("{} or more", shortest(d.lo));
  if (!low && high) range = fmt::format("{} or less", shortest(d.hi));
  switch (d.type) {
    case Type::kNumber: return range;
    case Type::kInteger: return "whole, " + range;
    case Type::kText: return "text";
    case Type::kMonth: return "month, 1900-01 to 2199-12";
    case Type::kFile: return "file, or `none`";
    case Type::kFolder: return "folder";
    case Type::kNumberOrFile: return range + ", or a file";
    case Type::kNumbers: return fmt::format("{} numbers or one for all, each {}", d.length, range);
    case Type::kChoice: {
      std::string words;
      for (const auto& [word, meaning] : d.choices) words += (words.empty() ? "`" : ", `") + word + "`";
      return words;
    }
  }
  return {};
}

bool has_prior(const Declaration& d) { return std::isfinite(d.prior[0]) && std::isfinite(d.prior[1]); }

/// Sections in the order of their first parameter, the keys of the top first.
std::vector<std::string> sections_of(const std::vector<Declaration>& declarations) {
  std::vector<std::string> sections;
  for (const Declaration& d : declarations) {
    std::string section = section_of(d.path);
    if (std::find(sections.begin(), sections.end(), section) == sections.end()) sections.push_back(std::move(section));
  }
  std::stable_partition(sections.begin(), sections.end(), [](const std::string& s) { return s.empty(); });
  return sections;
}

}  // namespace

std::string scenario_schema(const std::vector<Declaration>& declarations) {
  const Json path{{"type", "string"}};
  Json root;
  root["$schema"] = "http://json-schema.org/draft-07/schema#";
  root["title"] = "Scenario of metier";
  root.update(object(""));
  root["required"] = Json::array({"schema"});
  root["properties"]["schema"] = {{"description", "Version of the format, in every file."}, {"const", 1}};
  root["properties"]["extends"] = {
      {"description", "Scenario that this one starts from, or several: later ones override earlier ones."},
      {"oneOf", Json::array({path, {{"type", "array"}, {"items", path}}})}};
  for (const Declaration& d : declarations) {
    Json* at = &root;
    std::size_t begin = 0;
    for (std::size_t dot = d.path.find('.'); dot != std::string::npos; dot = d.path.find('.', begin)) {
      Json& properties = (*at)["properties"];
      const std::string section = d.path.substr(begin, dot - begin);
      if (!properties.contains(section)) {
        properties[section] = object("");
        properties[section]["type"] = {"object", "null"};  // its keys may all be comments
      }
      at = &properties[section];
      begin = dot + 1;
    }
    Json node;
    if (const std::string text = description(d); !text.empty()) node["description"] = text;
    add_type(d, node);
    node["default"] = default_of(d);
    (*at)["properties"][d.path.substr(begin)] = std::move(node);
  }
  return root.dump(2) + "\n";
}

std::string reference_page(const std::vector<Declaration>& declarations) {
  std::string page =
      "# Parameters of a scenario\n\n"
      "Written by `metier schema --reference` from the declarations in the program; a test checks that it is current. "
      "Every key is\noptional except `schema: 1`; `metier explain S.yaml` tells which value a run has and from which "
      "line it comes.\n\n"
      "Allowed are hard limits: outside is an error. The range is that of sensitivity studies, never a limit. A lever "
      "may "
      "be moved\nover time by a policy. Paths: from the folder of the file that names them, `scenarios/` from the "
      "root, "
      "`data/` from `data.root`.\n";
  for (const std::string& section : sections_of(declarations)) {
    page += fmt::format("\n## {}\n\n| key | unit | default | allowed | range | lever | meaning | source |\n",
                        section.empty() ? "Top" : section);
    page += "|---|---|---|---|---|---|---|---|\n";
    for (const Declaration& d : declarations) {
      if (section_of(d.path) != section) continue;
      std::string meaning = d.doc;
      for (const auto& [word, what] : d.choices)
        meaning += fmt::format("{}`{}`: {}", &word == &d.choices.front().first ? " " : "; ", word, what);
      page += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n",
                          d.path.substr(section.empty() ? 0 : section.size() + 1), has_unit(d) ? cell(d.unit) : "",
                          d.default_text.empty() ? "" : "`" + cell(d.default_text) + "`", cell(allowed(d)),
                          has_prior(d) ? fmt::format("{} to {}", shortest(d.prior[0]), shortest(d.prior[1])) : "",
                          d.lever ? "yes" : "", cell(meaning), cell(d.source));
    }
  }
  return page;
}

std::string priors_page(const std::vector<Declaration>& declarations) {
  std::string page =
      "# Ranges of sensitivity studies, written by `metier schema --priors` from the declarations; a test checks that "
      "it is "
      "current.\n"
      "# Uniform between low and high; a parameter with several numbers takes one draw for each.\n"
      "schema: 1\n"
      "factors:\n";
  for (const Declaration& d : declarations) {
    if (!has_prior(d)) continue;
    page += fmt::format("  {}: {{low: {}, high: {}, default: {}, unit: \"{}\"}}\n", d.path, shortest(d.prior[0]),
                        shortest(d.prior[1]), d.default_text, d.unit);
  }
  return page;
}

}  // namespace metier
