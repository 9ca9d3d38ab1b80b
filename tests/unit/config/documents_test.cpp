// What is generated from the declarations: the files in scenarios are current, and the schema says what the binder
// does.
#include "sim/config/documents.hpp"
#include "models/params.hpp"
#include "sim/app/output_params.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace metier {
namespace {

std::vector<Declaration> all_declarations() {
  ModelParams params;
  app::OutputParams output;
  ParamBinder binder;
  bind(binder, params);
  bind(binder, output);
  return binder.declarations();
}

/// With METIER_UPDATE_REFERENCE=1 the file is written anew, else it must be what would be written.
void expect_current(const std::string& file, const std::string& text) {
  const std::string path = std::string(METIER_SOURCE_DIR) + "/scenarios/" + file;
  if (const char* update = std::getenv("METIER_UPDATE_REFERENCE"); update != nullptr && *update == '1') {
    std::ofstream(path, std::ios::binary) << text;
  }
  std::ifstream in(path, std::ios::binary);
  const std::string there((std::istreambuf_iterator<char>(in)), {});
  EXPECT_TRUE(there == text)
      << "scenarios/" << file
      << " is not what the declarations say; METIER_UPDATE_REFERENCE=1 config_documents_test writes it";
}

TEST(Documents, SchemaInTheRepositoryIsCurrent) { expect_current("schema.json", scenario_schema(all_declarations())); }
TEST(Documents, ReferencePageInTheRepositoryIsCurrent) {
  expect_current("REFERENCE.md", reference_page(all_declarations()));
}
TEST(Documents, PriorsInTheRepositoryAreCurrent) { expect_current("priors.yaml", priors_page(all_declarations())); }

TEST(Documents, EveryParameterSaysWhatItIs) {
  std::set<std::string> seen;
  for (const Declaration& d : all_declarations()) {
    EXPECT_FALSE(d.doc.empty()) << d.path;
    EXPECT_TRUE(seen.insert(d.path).second) << d.path << " is declared twice";
    for (const auto& [word, meaning] : d.choices) EXPECT_FALSE(meaning.empty()) << d.path << ": " << word;
    if (d.prior[0] == d.prior[0]) {
      EXPECT_LE(d.lo, d.prior[0]) << d.path;
      EXPECT_LT(d.prior[0], d.prior[1]) << d.path;
      EXPECT_LE(d.prior[1], d.hi) << d.path;
    }
  }
}

enum class Colour { kRed, kBlue };

/// One parameter of every type.
std::vector<Declaration> every_type() {
  ParamBinder b;
  double rate = 0.25;
  int count = 3;
  std::string name = "a|b";
  Colour colour = Colour::kBlue;
  std::array<double, 2> pair{0.5, 1.0};
  Month start{2019, 1};
  InputFile file;
  std::string folder;
  NumberOrFile either;
  either.number = 2.0;
  b.section("toy", [&] {
    b.field("rate", rate,
            {.unit = "1/month",
             .lo = 0.0,
             .hi = 1.0,
             .prior = {0.1, 0.5},
             .lever = true,
             .doc = "How often.",
             .source = "choice"});
    b.field("count", count, {.lo = 1, .doc = "How many."});
    b.field("name", name, {.doc = "Which."});
    b.section("inner", [&] {
      b.choice("colour", colour, {{"red", Colour::kRed, "as blood"}, {"blue", Colour::kBlue, "as the sky"}},
               {.doc = "Look."});
      b.numbers("pair", pair, {.hi = 2.0, .prior = {0.2, 0.9}, .doc = "Two."});
    });
  });
  b.month("start", start, {.doc = "When."});
  b.path("file", file, {.doc = "Table."});
  b.data_root("folder", folder, {.doc = "Where."});
  b.number_or_path("either", either, {.unit = "month", .lo = 0.0, .doc = "Both."});
  return b.declarations();
}

TEST(Documents, SchemaOfEveryType) {
  const auto schema = nlohmann::json::parse(scenario_schema(every_type()));
  const auto expected = nlohmann::json::parse(R"({
    "$schema": "http://json-schema.org/draft-07/schema#", "title": "Scenario of metier", "type": "object",
    "additionalProperties": false, "required": ["schema"],
    "properties": {
      "schema": {"description": "Version of the format, in every file.", "const": 1},
      "extends": {"description": "Scenario that this one starts from, or several: later ones override earlier ones.",
                  "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
      "toy": {"type": ["object", "null"], "additionalProperties": false, "properties": {
        "rate": {"description": "How often.\nUnit: 1/month.\nSource: choice.", "type": "number", "minimum": 0, "maximum": 1, "default": 0.25},
        "count": {"description": "How many.", "type": "integer", "minimum": 1, "default": 3},
        "name": {"description": "Which.", "type": "string", "default": "a|b"},
        "inner": {"type": ["object", "null"], "additionalProperties": false, "properties": {
          "colour": {"description": "Look.\nred: as blood\nblue: as the sky", "enum": ["red", "blue"], "default": "blue"},
          "pair": {"description": "Two.", "oneOf": [{"type": "number", "maximum": 2},
                   {"type": "array", "items": {"type": "number", "maximum": 2}, "minItems": 2, "maxItems": 2}], "default": [0.5, 1]}}}}},
      "start": {"description": "When.", "type": "string", "pattern": "^(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])$", "default": "2019-01"},
      "file": {"description": "Table.", "type": "string", "default": "none"},
      "folder": {"description": "Where.", "type": "string", "default": "scenarios/data"},
      "either": {"description": "Both.\nUnit: month.", "oneOf": [{"type": "number", "minimum": 0}, {"type": "string"}], "default": 2}}})");
  EXPECT_EQ(schema, expected) << schema.dump(2);
}

TEST(Documents, ReferencePageOfEveryType) {
  const std::string page = reference_page(every_type());
  const std::string head =
      "| key | unit | default | allowed | range | lever | meaning | source |\n|---|---|---|---|---|---|---|---|\n";
  EXPECT_NE(
      page.find("\n## Top\n\n" + head +
                "| start |  | `2019-01` | month, 1900-01 to 2199-12 |  |  | When. |  |\n"
                "| file |  | `none` | file, or `none` |  |  | Table. |  |\n"
                "| folder |  | `scenarios/data` | folder |  |  | Where. |  |\n"
                "| either | month | `2` | 0 or more, or a file |  |  | Both. |  |\n"
                "\n## toy\n\n" +
                head +
                "| rate | 1/month | `0.25` | 0 to 1 | 0.1 to 0.5 | yes | How often. | choice |\n"
                "| count |  | `3` | whole, 1 or more |  |  | How many. |  |\n"
                "| name |  | `a\\|b` | text |  |  | Which. |  |\n"
                "\n## toy.inner\n\n" +
                head +
                "| colour |  | `blue` | `red`, `blue` |  |  | Look. `red`: as blood; `blue`: as the sky |  |\n"
                "| pair |  | `[0.5, 1]` | 2 numbers or one for all, each 2 or less | 0.2 to 0.9 |  | Two. |  |\n"),
      std::string::npos)
      << page;
}

TEST(Documents, PriorsOfEveryType) {
  const std::string page = priors_page(every_type());
  EXPECT_NE(page.find("factors:\n"
                      "  toy.rate: {low: 0.1, high: 0.5, default: 0.25, unit: \"1/month\"}\n"
                      "  toy.inner.pair: {low: 0.2, high: 0.9, default: [0.5, 1], unit: \"1\"}\n"),
            std::string::npos)
      << page;
  EXPECT_EQ(page.find("count"), std::string::npos);
}

}  // namespace
}  // namespace metier
