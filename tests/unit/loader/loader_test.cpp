// Reading scenarios: order of merging, origin of values, --set, and what a user is told about files that do not fit.
#include "scenarios/loader/loader.hpp"
#include "tests/unit/loader/scratch.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ostream>
#include <string>
#include <vector>

namespace metier {
namespace {

using test::Scratch;
using testing::ElementsAre;
using testing::IsEmpty;

const ConfigNode& at(const Scenario& scenario, const std::string& path) {
  const ConfigNode* node = &scenario.tree;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t dot = path.find('.', begin);
    node = node->find(path.substr(begin, dot - begin));
    if (node == nullptr) throw std::out_of_range(path);
    if (dot == std::string::npos) return *node;
    begin = dot + 1;
  }
}

std::string origin(const Scratch& scratch, const ConfigNode& node) {
  return scratch.short_path(fmt::format("{}:{}:{}", node.place.file, node.place.line, node.place.column));
}

std::vector<std::string> short_files(const Scratch& scratch, const Scenario& scenario) {
  std::vector<std::string> out;
  for (const std::string& file : scenario.files) out.push_back(scratch.short_path(file));
  return out;
}

TEST(Loader, OneFile) {
  const Scratch s;
  Problems problems;
  const std::string path = s.write("user/a.yaml", "schema: 1\nrun:\n  months: 12\nspace: none\n");
  const Scenario scenario = load_scenario(path, {}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems), IsEmpty());
  EXPECT_THAT(short_files(s, scenario), ElementsAre("user/a.yaml"));
  EXPECT_EQ(at(scenario, "run.months").scalar, "12");
  EXPECT_EQ(origin(s, at(scenario, "run.months")), "user/a.yaml:3:11");
  EXPECT_EQ(scenario.tree.find("schema"), nullptr);
  EXPECT_EQ(resolved_yaml(scenario), "schema: 1\nrun:\n  months: 12\nspace: none\n");
}

TEST(Loader, NothingButSchema) {
  const Scratch s;
  Problems problems;
  const Scenario scenario = load_scenario(s.write("user/a.yaml", "schema: 1\n"), {}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems), IsEmpty());
  EXPECT_EQ(resolved_yaml(scenario), "schema: 1\n");
}

TEST(Loader, MapsMergeKeyByKeyAndTheRestIsReplaced) {
  const Scratch s;
  Problems problems;
  s.write("root/scenarios/base.yaml",
          "schema: 1\nrun: {name: base, months: 264}\nlist: [1, 2, 3]\nlabour: {a: 1, b: 2}\n");
  const std::string path =
      s.write("user/a.yaml",
              "schema: 1\nextends: scenarios/base.yaml\nrun:\n  months: 12\nlist: [4]\nlabour:\n  b: 3\n  c: 4\n");
  const Scenario scenario = load_scenario(path, {}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems), IsEmpty());
  EXPECT_THAT(short_files(s, scenario), ElementsAre("root/scenarios/base.yaml", "user/a.yaml"));
  EXPECT_EQ(resolved_yaml(scenario),
            "schema: 1\nrun:\n  name: base\n  months: 12\nlist:\n  - 4\nlabour:\n  a: 1\n  b: 3\n  c: 4\n");
  EXPECT_EQ(origin(s, at(scenario, "run.name")), "root/scenarios/base.yaml:2:13");
  EXPECT_EQ(origin(s, at(scenario, "run.months")), "user/a.yaml:4:11");
  EXPECT_EQ(origin(s, at(scenario, "labour.a")), "root/scenarios/base.yaml:4:13");
  EXPECT_EQ(origin(s, at(scenario, "labour.c")), "user/a.yaml:8:6");
}

TEST(Loader, LaterBasesOverrideEarlierOnes) {
  const Scratch s;
  Problems problems;
  s.write("user/one.yaml", "schema: 1\nx: {a: 1, b: 1, c: 1}\n");
  s.write("user/two.yaml", "schema: 1\nx: {b: 2, c: 2}\n");
  const std::string path = s.write("user/a.yaml", "schema: 1\nextends: [one.yaml, two.yaml]\nx: {c: 3}\n");
  const Scenario scenario = load_scenario(path, {}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems), IsEmpty());
  EXPECT_THAT(short_files(s, scenario), ElementsAre("user/one.yaml", "user/two.yaml", "user/a.yaml"));
  EXPECT_EQ(resolved_yaml(scenario), "schema: 1\nx:\n  a: 1\n  b: 2\n  c: 3\n");
}

TEST(Loader, AFileThatSeveralExtendCountsOnce) {  // else two.yaml would bring the base back over one.yaml
  const Scratch s;
  Problems problems;
  s.write("user/base.yaml", "schema: 1\nx: {a: 0, b: 0}\n");
  s.write("user/one.yaml", "schema: 1\nextends: base.yaml\nx: {a: 1}\n");
  s.write("user/two.yaml", "schema: 1\nextends: base.yaml\nx: {b: 2}\n");
  const std::string path = s.write("user/a.yaml", "schema: 1\nextends: [one.yaml, two.yaml]\n");
  const Scenario scenario = load_scenario(path, {}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems), IsEmpty());
  EXPECT_THAT(short_files(s, scenario), ElementsAre("user/base.yaml", "user/one.yaml", "user/two.yaml", "user/a.yaml"));
  EXPECT_EQ(resolved_yaml(scenario), "schema: 1\nx:\n  a: 1\n  b: 2\n");
}

TEST(Loader, BasesMayLieUnderAnAbsolutePath) {
  const Scratch s;
  Problems problems;
  const std::string base = s.write("elsewhere/base.yaml", "schema: 1\nx: 1\n");
  const std::string path = s.write("user/a.yaml", "schema: 1\nextends: " + base + "\n");
  const Scenario scenario = load_scenario(path, {}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems), IsEmpty());
  EXPECT_EQ(at(scenario, "x").scalar, "1");
}

TEST(Loader, SetOverridesAndLaterOnesWin) {
  const Scratch s;
  Problems problems;
  const std::string path = s.write("user/a.yaml", "schema: 1\nrun: {months: 264, name: a}\n");
  const Scenario scenario = load_scenario(
      path, {"run.months=12", "io.mode=leontief", "run.months=24", "x.w=[1, 2]", "z=\"no\""}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems), IsEmpty());
  EXPECT_EQ(resolved_yaml(scenario),
            "schema: 1\nrun:\n  months: 24\n  name: a\nio:\n  mode: leontief\nx:\n  w:\n    - 1\n    - 2\nz: \"no\"\n");
  EXPECT_EQ(at(scenario, "run.months").place.file, "--set");
  EXPECT_EQ(origin(s, at(scenario, "run.name")), "user/a.yaml:2:26");
}

TEST(Loader, ChangesThatAreNone) {
  const Scratch s;
  Problems problems;
  const std::string path = s.write("user/a.yaml", "schema: 1\n");
  load_scenario(path, {"months", "=3", "a..b=1", "extends=b.yaml", "schema=2", "a.b=[1"}, s.rules(), problems);
  EXPECT_THAT(
      s.texts(problems),
      ElementsAre(
          "--set: error: 'months' is not a change\n    write --set section.key=value",
          "--set: error: '' is not a key path\n    write --set section.key=value",
          "--set: error: 'a..b' is not a key path\n    write --set section.key=value",
          "--set: error: 'extends' cannot be set\n    it belongs in a file",
          "--set: error: 'schema' cannot be set\n    it belongs in a file",
          "--set: error: 'a.b=[1': YAML syntax: end of sequence flow not found\n    put the value in quotes, inside "
          "those of the shell: --set 'key=\"text\"'"));
}

TEST(Loader, ResolvedScenarioReadsBackAsItself) {
  const Scratch s;
  Problems problems;
  const std::string text =
      "schema: 1\na: \"no\"\nb: 'N'\nc: \"12\"\nd: [x, {e: 1, f: [2, 3]}, []]\ng: {}\nh: \"a: b # c\"\ni: "
      "\"line\\nbreak\"\nj: -3\nk: ~\n";
  const Scenario one = load_scenario(s.write("user/a.yaml", text), {}, s.rules(), problems);
  const Scenario two = load_scenario(s.write("user/b.yaml", resolved_yaml(one)), {}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems), IsEmpty());
  EXPECT_EQ(resolved_yaml(one), resolved_yaml(two));
  EXPECT_EQ(at(two, "i").scalar, "line\nbreak");
  EXPECT_TRUE(at(two, "a").quoted);
  EXPECT_TRUE(at(two, "c").quoted);
}

struct BadFile {
  const char* name;
  std::string text;
  std::string expected;
  friend void PrintTo(const BadFile& file, std::ostream* out) { *out << file.name; }
};

class BadFiles : public testing::TestWithParam<BadFile> {};

TEST_P(BadFiles, SayWhereAndWhy) {
  const Scratch s;
  Problems problems;
  load_scenario(s.write("user/a.yaml", GetParam().text), {}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems), ElementsAre(GetParam().expected));
}

const std::string kYamlHint = "\n    check indentation, colons and quotes on this line and the one above";
const std::string kTagged = ": error: tags (!name) are not supported\n    leave the tag out; text goes in quotes";
const std::string kSchemaHint = "\n    a scenario begins with 'schema: 1'";

INSTANTIATE_TEST_SUITE_P(
    Loader, BadFiles,
    testing::Values(
        BadFile{"empty", "", "user/a.yaml:1:1: error: is empty" + kSchemaHint},
        BadFile{"comments_only", "# nothing\n\n", "user/a.yaml:1:1: error: is empty" + kSchemaHint},
        BadFile{"list", "- 1\n- 2\n", "user/a.yaml:1:1: error: must be a list of 'key: value' lines"},
        BadFile{"text", "hello\n", "user/a.yaml:1:1: error: must be a list of 'key: value' lines"},
        BadFile{"no_schema", "run: {months: 12}\n", "user/a.yaml:1:1: error: 'schema' is missing" + kSchemaHint},
        BadFile{"other_schema", "schema: 2\n", "user/a.yaml:1:9: error: 'schema' is 2, allowed: 1" + kSchemaHint},
        BadFile{"quoted_schema", "schema: \"1\"\n",
                "user/a.yaml:1:9: error: 'schema' is \"1\", allowed: 1" + kSchemaHint},
        BadFile{"schema_list", "schema: [1]\n", "user/a.yaml:1:9: error: 'schema' is a list, allowed: 1" + kSchemaHint},
        BadFile{"open_bracket", "schema: 1\nrun: [1, 2\n",
                "user/a.yaml:3:1: error: YAML syntax: end of sequence flow not found" + kYamlHint},
        BadFile{"open_quote", "schema: 1\nrun: \"a\n",
                "user/a.yaml:3:1: error: YAML syntax: quotes are opened and not closed before here" + kYamlHint},
        BadFile{
            "tab", "schema: 1\nrun:\n\tmonths: 12\n",
            "user/a.yaml:3:8: error: YAML syntax: illegal map value\n    line 3 is indented with a tab: use spaces"},
        BadFile{
            "tab_above", "schema: 1\nrun:\n \tmonths:\n  a: 1\n",
            "user/a.yaml:3:9: error: YAML syntax: illegal map value\n    line 3 is indented with a tab: use spaces"},
        BadFile{"indentation", "schema: 1\nrun:\n  a: 1\n b: 2\n",
                "user/a.yaml:4:2: error: YAML syntax: end of map not found" + kYamlHint},
        BadFile{"not_utf8", "schema: 1\nrun: {name: caf\xe9}\n",
                "user/a.yaml:2:16: error: is not UTF-8 text\n    save the file as UTF-8"},
        BadFile{"duplicate_key", "schema: 1\nrun:\n  months: 12\n  name: a\n  months: 13\n",
                "user/a.yaml:5:3: error: key 'months' stands twice, first on line 3\n    keep one of them"},
        BadFile{"duplicate_section", "schema: 1\nrun: {months: 12}\nrun: {name: a}\n",
                "user/a.yaml:3:1: error: key 'run' stands twice, first on line 2\n    keep one of them"},
        BadFile{"two_documents", "schema: 1\n---\nschema: 1\n",
                "user/a.yaml:3:1: error: a second document ('---') is not supported\n    put it in a file of its own"},
        BadFile{"anchor", "schema: 1\na: &x 1\n",
                "user/a.yaml:2:4: error: anchors (&name) are not supported\n    put shared values in a file and use "
                "'extends'"},
        BadFile{"alias", "schema: 1\na: *x\n",
                "user/a.yaml:2:4: error: YAML syntax: the referenced anchor is not defined" + kYamlHint},
        BadFile{"tag", "schema: 1\nrun: {months: !!str 12}\n", "user/a.yaml:2:15" + kTagged},
        BadFile{"tag_of_a_section", "schema: 1\nrun: !own {months: 12}\n", "user/a.yaml:2:6" + kTagged},
        BadFile{"list_as_key", "schema: 1\n? [a, b]\n: 1\n", "user/a.yaml:2:3: error: a key must be plain text"},
        BadFile{"deep", "schema: 1\na: " + std::string(100, '[') + std::string(100, ']') + "\n",
                "user/a.yaml:2:67: error: YAML syntax: nested more than 64 levels deep" + kYamlHint},
        BadFile{"large", std::string(1'000'001, '#'),
                "user/a.yaml: error: has 1000001 bytes, allowed up to 1000000\n    is this the right file? Tables "
                "belong in CSV files"},
        BadFile{
            "extends_section", "schema: 1\nextends: {a: b.yaml}\n",
            "user/a.yaml:2:10: error: 'extends' is a section, it must be the path of a scenario, or a list of them"},
        BadFile{"extends_empty_text", "schema: 1\nextends: \"\"\n",
                "user/a.yaml:2:10: error: the path is empty\n    name a file, or leave the key out"},
        BadFile{"extends_nested_list", "schema: 1\nextends: [[b.yaml]]\n",
                "user/a.yaml:2:11: error: 'extends' is a list, it must be the path of a scenario, or a list of them"},
        BadFile{
            "escape", "schema: 1\nextends: ../other/b.yaml\n",
            "user/a.yaml:2:10: error: '../other/b.yaml' leads out of the folder that it starts from\n    keep the file "
            "beside the scenario, or give its absolute path"},
        BadFile{"escape_through_the_root", "schema: 1\nextends: scenarios/../../user/b.yaml\n",
                "user/a.yaml:2:10: error: 'scenarios/../../user/b.yaml' leads out of the folder that it starts from\n  "
                "  keep the file beside the scenario, or give its absolute path"},
        BadFile{"missing_base", "schema: 1\nextends: b.yaml\n",
                "user/a.yaml:2:10: error: file 'b.yaml' does not exist\n    looked for user/b.yaml"},
        BadFile{"folder_as_base", "schema: 1\nextends: scenarios/data\n",
                "user/a.yaml:2:10: error: file 'scenarios/data' does not exist\n    looked for root/scenarios/data"},
        BadFile{"itself", "schema: 1\nextends: a.yaml\n",
                "user/a.yaml:2:10: error: 'extends' goes round in a loop: user/a.yaml -> user/a.yaml\n    let one of "
                "them stand alone"}),
    [](const auto& one) { return one.param.name; });

TEST(Loader, AnEmptySectionIsAsIfItWasNotWritten) {  // its keys are comments, as `metier init` writes them
  const Scratch s;
  Problems problems;
  s.write("user/base.yaml", "schema: 1\nx: {a: 1, in: {b: 2}}\nsub: {c: 3}\n");
  s.write("user/middle.yaml", "schema: 1\nextends: base.yaml\nx:\n  # a: 5\nsub: {d: 4}\n");
  const std::string path = s.write("user/a.yaml", "schema: 1\nextends: middle.yaml\nx:\n  in:\n  # b: 5\nsub:\nz:\n");
  const Scenario scenario = load_scenario(path, {}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems), IsEmpty());
  EXPECT_EQ(resolved_yaml(scenario), "schema: 1\nx:\n  a: 1\n  in:\n    b: 2\nsub:\n  c: 3\n  d: 4\nz:\n");
  EXPECT_EQ(origin(s, at(scenario, "x.in.b")), "user/base.yaml:2:19");
  EXPECT_EQ(at(scenario, "sub").key_place.file, s.at("user/middle.yaml"));
  const Scenario again = load_scenario(s.write("user/b.yaml", resolved_yaml(scenario)), {}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems), IsEmpty());
  EXPECT_EQ(resolved_yaml(again), resolved_yaml(scenario));
}

TEST(Loader, ASectionIsReplacedByNothingElse) {
  const Scratch s;
  Problems problems;
  s.write("user/base.yaml", "schema: 1\nx: {a: 1, b: 2}\n");
  s.write("user/null.yaml", "schema: 1\nextends: base.yaml\nx: null\n");
  s.write("user/value.yaml", "schema: 1\nextends: base.yaml\nx: ~\n");
  const std::string path = s.write("user/a.yaml", "schema: 1\nextends: [null.yaml, value.yaml]\nx: {a: 3}\n");
  const Scenario scenario =
      load_scenario(path, {"x=", "x=null", "x=3", "x=[1]", "x={b: 4}", "x.c=null"}, s.rules(), problems);
  const std::string wanted = ", it must be a section of 'key: value' lines",
                    hint = "\n    set its keys: --set section.key=value";
  EXPECT_THAT(
      s.texts(problems),
      ElementsAre("--set: error: 'x' is empty" + wanted + hint, "--set: error: 'x' is null" + wanted + hint,
                  "--set: error: 'x' is 3" + wanted, "--set: error: 'x' is a list" + wanted,
                  "user/null.yaml:3:4: error: 'x' is null" + wanted, "user/value.yaml:3:4: error: 'x' is ~" + wanted));
  EXPECT_EQ(resolved_yaml(scenario), "schema: 1\nx:\n  a: 3\n  b: 4\n  c: null\n");
}

TEST(Loader, SeveralProblemsOfOneFile) {
  const Scratch s;
  Problems problems;
  load_scenario(s.write("user/a.yaml", "run: {a: 1, a: 2}\nextends: [b.yaml, c.yaml]\n"), {"x"}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems),
              ElementsAre("--set: error: 'x' is not a change\n    write --set section.key=value",
                          "user/a.yaml:1:1: error: 'schema' is missing" + kSchemaHint,
                          "user/a.yaml:1:13: error: key 'a' stands twice, first on line 1\n    keep one of them",
                          "user/a.yaml:2:11: error: file 'b.yaml' does not exist\n    looked for user/b.yaml",
                          "user/a.yaml:2:19: error: file 'c.yaml' does not exist\n    looked for user/c.yaml"));
}

TEST(Loader, ProblemsOfAllFilesWithTheChainThatLedThere) {
  const Scratch s;
  Problems problems;
  s.write("user/base.yaml", "x: {a: 1\n");
  s.write("user/middle.yaml", "schema: 1\nextends: [base.yaml, gone.yaml]\ny: 1\ny: 2\n");
  const Scenario scenario =
      load_scenario(s.write("user/a.yaml", "schema: 3\nextends: middle.yaml\nz: 1\n"), {}, s.rules(), problems);
  EXPECT_THAT(
      s.texts(problems),
      ElementsAre(
          "user/a.yaml:1:9: error: 'schema' is 3, allowed: 1" + kSchemaHint,
          "user/base.yaml:2:1: error: YAML syntax: end of map flow not found" + kYamlHint +
              "; read through user/a.yaml -> user/middle.yaml -> user/base.yaml",
          "user/middle.yaml:2:22: error: file 'gone.yaml' does not exist\n    looked for user/gone.yaml; read through "
          "user/a.yaml -> user/middle.yaml",
          "user/middle.yaml:4:1: error: key 'y' stands twice, first on line 3\n    keep one of them; read through "
          "user/a.yaml -> user/middle.yaml"));
  EXPECT_EQ(at(scenario, "z").scalar, "1");  // what could be read is there, for the problems of its values
  EXPECT_EQ(at(scenario, "y").scalar, "1");
}

TEST(Loader, LoopOfThree) {
  const Scratch s;
  Problems problems;
  s.write("user/b.yaml", "schema: 1\nextends: c.yaml\n");
  s.write("user/c.yaml", "schema: 1\nextends: a.yaml\n");
  load_scenario(s.write("user/a.yaml", "schema: 1\nextends: b.yaml\n"), {}, s.rules(), problems);
  EXPECT_THAT(
      s.texts(problems),
      ElementsAre(
          "user/c.yaml:2:10: error: 'extends' goes round in a loop: user/a.yaml -> user/b.yaml -> user/c.yaml -> "
          "user/a.yaml\n    let one of them stand alone; read through user/a.yaml -> user/b.yaml -> user/c.yaml"));
}

TEST(Loader, LoopThroughALink) {  // the same file under another name
  const Scratch s;
  Problems problems;
  const std::string path = s.write("user/a.yaml", "schema: 1\nextends: b.yaml\n");
  std::filesystem::create_symlink("a.yaml", s.at("user/b.yaml"));
  load_scenario(path, {}, s.rules(), problems);
  EXPECT_THAT(
      s.texts(problems),
      ElementsAre("user/a.yaml:2:10: error: 'extends' goes round in a loop: user/a.yaml -> user/a.yaml\n    let "
                  "one of them stand alone"));
}

TEST(Loader, LongChain) {
  const Scratch s;
  Problems problems;
  for (int k = 1; k < 40; ++k)
    s.write(fmt::format("user/{}.yaml", k), fmt::format("schema: 1\nextends: {}.yaml\n", k - 1));
  s.write("user/0.yaml", "schema: 1\n");
  load_scenario(s.at("user/39.yaml"), {}, s.rules(), problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems.list()[0].message, "'extends' leads through more than 32 files");
  EXPECT_EQ(problems.list()[0].place.file, s.at("user/8.yaml"));
}

TEST(Loader, FileThatIsNotThere) {
  const Scratch s;
  Problems problems;
  load_scenario(s.at("user/a.yaml"), {}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems),
              ElementsAre("user/a.yaml: error: cannot be read: No such file or directory\n    check the path"));
}

TEST(Loader, FolderInsteadOfAFile) {
  const Scratch s;
  Problems problems;
  load_scenario(s.at("user"), {}, s.rules(), problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(to_text(problems.list()[0]), s.at("user") + ": error: is not a file\n    name a .yaml file");
}

TEST(Loader, HundredMegabytesAreRefusedUnread) {
  const Scratch s;
  Problems problems;
  const std::string path = s.write("user/a.yaml", "schema: 1\n");
  std::filesystem::resize_file(path, 100'000'000);  // a hole: takes no room
  load_scenario(path, {}, s.rules(), problems);
  EXPECT_THAT(s.texts(problems),
              ElementsAre("user/a.yaml: error: has 100000000 bytes, allowed up to 1000000\n    is this the right file? "
                          "Tables belong in CSV files"));
}

}  // namespace
}  // namespace metier
