#include "sim/app/run_notes.hpp"

#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <limits>
#include <new>
#include <nlohmann/json.hpp>

namespace metier::app {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;

/// Places keep their meaning when the run goes on from another working directory.
Json json_of(const Place& place) {
  const bool is_path = !place.file.empty() && !place.file.starts_with("--");
  const std::string file = is_path ? std::filesystem::absolute(place.file).lexically_normal().string() : place.file;
  return Json::array({file, place.line, place.column});
}

Place place_of(const Json& json) {
  return {json.at(0).get<std::string>(), json.at(1).get<int>(), json.at(2).get<int>()};
}

Json json_of(const ConfigNode& node) {
  Json json = {
      {"kind", static_cast<int>(node.kind)}, {"place", json_of(node.place)}, {"key_place", json_of(node.key_place)}};
  if (node.kind == ConfigNode::Kind::kScalar) {
    json["scalar"] = node.scalar;
    json["quoted"] = node.quoted;
  }
  if (node.kind == ConfigNode::Kind::kMap) {
    Json entries = Json::array();
    for (const auto& [key, value] : node.map) entries.push_back(Json::array({key, json_of(value)}));
    json["map"] = std::move(entries);
  }
  if (node.kind == ConfigNode::Kind::kList) {
    Json entries = Json::array();
    for (const ConfigNode& value : node.list) entries.push_back(json_of(value));
    json["list"] = std::move(entries);
  }
  return json;
}

ConfigNode node_of(const Json& json) {
  ConfigNode node;
  node.kind = static_cast<ConfigNode::Kind>(json.at("kind").get<int>());
  node.place = place_of(json.at("place"));
  node.key_place = place_of(json.at("key_place"));
  if (node.kind == ConfigNode::Kind::kScalar) {
    node.scalar = json.at("scalar").get<std::string>();
    node.quoted = json.at("quoted").get<bool>();
  }
  if (node.kind == ConfigNode::Kind::kMap) {
    for (const Json& entry : json.at("map"))
      node.map.emplace_back(entry.at(0).get<std::string>(), node_of(entry.at(1)));
  }
  if (node.kind == ConfigNode::Kind::kList) {
    for (const Json& entry : json.at("list")) node.list.push_back(node_of(entry));
  }
  return node;
}

/// JSON has no NaN and no infinity: null is NaN.
double number_of(const Json& json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

Json json_of(const PopulationFacts& facts) {
  Json files = Json::array(), margins = Json::array();
  for (const auto& file : facts.files) files.push_back(Json::array({file.path, file.sha256, file.bytes}));
  for (const auto& margin : facts.margins) {
    margins.push_back(Json::array({margin.margin, margin.cell, margin.asked, margin.obtained}));
  }
  return {{"data_year", facts.data_year},
          {"files", files},
          {"assumptions", facts.assumptions},
          {"margins", margins},
          {"margins_met", facts.margins_met}};
}

PopulationFacts facts_of(const Json& json) {
  PopulationFacts facts;
  facts.data_year = json.at("data_year").get<int>();
  facts.margins_met = json.at("margins_met").get<bool>();
  for (const Json& file : json.at("files")) {
    facts.files.push_back(
        {file.at(0).get<std::string>(), file.at(1).get<std::string>(), file.at(2).get<std::uint64_t>()});
  }
  facts.assumptions = json.at("assumptions").get<std::vector<std::string>>();
  for (const Json& margin : json.at("margins")) {
    facts.margins.push_back({margin.at(0).get<std::string>(), margin.at(1).get<std::string>(), number_of(margin.at(2)),
                             number_of(margin.at(3))});
  }
  return facts;
}

}  // namespace

std::string to_json(const RunNotes& notes) {
  Json hashes = Json::array();
  for (const std::uint64_t hash : notes.hashes) hashes.push_back(fmt::format("{:016x}", hash));
  Json attributes = Json::array();
  for (const auto& [name, text] : notes.attributes) attributes.push_back(Json::array({name, text}));
  const Json json = {{"version", kVersion},
                     {"target", notes.target},
                     {"overwrite", notes.overwrite},
                     {"scenario_path", notes.scenario_path},
                     {"tree", json_of(notes.scenario.tree)},
                     {"scenario_files", notes.scenario.files},
                     {"root", notes.root},
                     {"data_root", notes.data_root},
                     {"hash_processes", notes.hash_processes},
                     {"checkpoint_every", notes.checkpoint_every},
                     {"hashes", hashes},
                     {"population", json_of(notes.population)},
                     {"attributes", attributes}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

RunNotes notes_from_json(const std::string& text, const std::string& path) {
  try {
    const Json json = Json::parse(text);
    if (json.at("version").get<int>() != kVersion) {
      throw InputError(Exit::kData, Problem{{path, 0, 0},
                                            "the checkpoint was written by another version of the program",
                                            "resume with the version that wrote it, or run again"});
    }
    RunNotes notes;
    notes.target = json.at("target").get<std::string>();
    notes.overwrite = json.at("overwrite").get<bool>();
    notes.scenario_path = json.at("scenario_path").get<std::string>();
    notes.scenario.tree = node_of(json.at("tree"));
    notes.scenario.files = json.at("scenario_files").get<std::vector<std::string>>();
    notes.root = json.at("root").get<std::string>();
    notes.data_root = json.at("data_root").get<std::string>();
    notes.hash_processes = json.at("hash_processes").get<bool>();
    notes.checkpoint_every = json.at("checkpoint_every").get<int>();
    for (const Json& hash : json.at("hashes"))
      notes.hashes.push_back(std::stoull(hash.get<std::string>(), nullptr, 16));
    notes.population = facts_of(json.at("population"));
    for (const Json& entry : json.at("attributes")) {
      notes.attributes.emplace_back(entry.at(0).get<std::string>(), entry.at(1).get<std::string>());
    }
    return notes;
  } catch (const InputError&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {  // of the JSON library, or a number that is none
    throw InputError(Exit::kData, Problem{{path, 0, 0},
                                          fmt::format("the checkpoint's notes are damaged: {}", error.what()),
                                          "resume from another checkpoint, or run again from the start"});
  }
}

}  // namespace metier::app
