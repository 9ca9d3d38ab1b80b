// Parameters read from a scenario: what is accepted, what a user is told, where values come from.
#include "sim/config/binder.hpp"
#include "tests/unit/loader/scratch.hpp"

#include <array>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <ostream>
#include <string>
#include <vector>

namespace metier {
namespace {

using test::Scratch;
using testing::ElementsAre;
using testing::IsEmpty;

enum class Mode { kDefault, kNone };

struct Toy {
  double rate = 0.25;
  double free = 1.0;
  int rounds = 2;
  std::int64_t persons = 10;
  std::uint64_t seed = 7;
  std::string name = "toy";
  Mode mode = Mode::kDefault;
  std::array<double, 2> pair{0.5, 1.0};
  Month start{2019, 1};
  InputFile table;
  NumberOrFile months;
  std::string root;
};

void bind(ParamBinder& b, Toy& p) {
  b.ignore("schema");
  b.section("data", [&] { b.data_root("root", p.root, {.doc = "Folder of the data."}); });
  b.month("start", p.start, {.doc = "First month."});
  b.section("labour", [&] {
    b.field("rate", p.rate, {.unit = "1/month", .lo = 0.0, .hi = 1.0, .doc = "A probability."});
    b.field("free", p.free, {.doc = "Any number."});
    b.field("rounds", p.rounds, {.unit = "1/month", .lo = 1, .hi = 4, .doc = "Rounds."});
    b.field("persons", p.persons, {.unit = "person", .lo = 0, .doc = "Persons."});
    b.field("seed", p.seed, {.lo = 0, .doc = "Seed."});
    b.field("name", p.name, {.doc = "Name."});
    b.section("inner", [&] {
      b.choice("mode", p.mode, {{"default", Mode::kDefault, "on"}, {"none", Mode::kNone, "off"}}, {.doc = "Mode."});
      b.numbers("pair", p.pair, {.unit = "1", .lo = 0.0, .hi = 2.0, .doc = "Pair."});
    });
    b.path("table", p.table, {.doc = "Table."});
    b.number_or_path("months", p.months, {.unit = "month", .lo = 0.0, .hi = 12.0, .doc = "Months."});
    b.check("rate", p.rate <= p.free, "must not exceed labour.free");
  });
}

/// Reads `text` as user/a.yaml.
struct Reading {
  explicit Reading(const Scratch& s, const std::string& text) {
    const ConfigNode tree = parse_yaml_text(text, s.at("user/a.yaml"), problems);
    ParamBinder binder(tree, s.rules(), problems);
    bind(binder, toy);
    binder.finish();
    values = binder.values();
  }
  [[nodiscard]] const ResolvedValue& value(const std::string& path) const {
    for (const ResolvedValue& v : values) {
      if (v.path == path) return v;
    }
    throw std::out_of_range(path);
  }
  Problems problems;
  Toy toy;
  std::vector<ResolvedValue> values;
};

TEST(Binder, EverythingCanBeGiven) {
  const Scratch s;
  s.write("user/t.csv", "x\n");
  s.write("user/own/m.csv", "x\n");
  const Reading r(
      s,
      "schema: 1\ndata: {root: own}\nstart: 2020-12\nlabour:\n  rate: 5e-1\n  free: -3.25\n  rounds: 4\n  persons: "
      "12345678901\n"
      "  seed: 18446744073709551615\n  name: \"no\"\n  inner: {mode: none, pair: [0.125, 2]}\n  table: t.csv\n"
      "  months: data/m.csv\n");
  // The rule across two parameters is broken on purpose: it comes with the place of its key.
  EXPECT_THAT(s.texts(r.problems),
              ElementsAre("user/a.yaml:5:9: error: 'labour.rate' is 0.5: must not exceed labour.free"));
  EXPECT_EQ(r.toy.root, s.at("user/own"));
  EXPECT_EQ(to_text(r.toy.start), "2020-12");
  EXPECT_EQ(r.toy.rate, 0.5);
  EXPECT_EQ(r.toy.free, -3.25);
  EXPECT_EQ(r.toy.rounds, 4);
  EXPECT_EQ(r.toy.persons, 12345678901);
  EXPECT_EQ(r.toy.seed, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(r.toy.name, "no");
  EXPECT_EQ(r.toy.mode, Mode::kNone);
  EXPECT_THAT(r.toy.pair, ElementsAre(0.125, 2.0));
  EXPECT_EQ(r.toy.table.path, s.at("user/t.csv"));
  EXPECT_EQ(r.toy.months.file.path, s.at("user/own/m.csv"));
}

TEST(Binder, NothingNeedsToBeGiven) {
  const Scratch s;
  const Reading r(s, "schema: 1\nlabour:\n");
  EXPECT_THAT(s.texts(r.problems), IsEmpty());
  EXPECT_EQ(r.toy.rate, 0.25);
  EXPECT_FALSE(r.toy.table.given());
  EXPECT_EQ(r.value("labour.rate").value, "0.25");
  EXPECT_EQ(r.value("labour.rate").unit, "1/month");
  EXPECT_EQ(r.value("labour.rate").origin.file, "");
  EXPECT_EQ(r.value("labour.table").value, "none");
  EXPECT_EQ(r.value("data.root").value, "scenarios/data");
}

TEST(Binder, ValuesKnowWhereTheyComeFrom) {
  const Scratch s;
  s.write("root/scenarios/paths/t.csv", "x\n");
  const Reading r(s, "schema: 1\nlabour:\n  rate: 0.5\n  table: scenarios/paths/t.csv\n  inner:\n    pair: 1\n");
  EXPECT_THAT(s.texts(r.problems), IsEmpty());
  const Place& rate = r.value("labour.rate").origin;
  EXPECT_EQ(s.short_path(fmt::format("{}:{}:{}", rate.file, rate.line, rate.column)), "user/a.yaml:3:9");
  EXPECT_EQ(r.value("labour.table").value, "scenarios/paths/t.csv");  // the same on every machine
  EXPECT_EQ(r.value("labour.inner.pair").value, "[1, 1]");            // one number stands for all
  EXPECT_EQ(r.value("labour.inner.pair").origin.line, 6);
}

TEST(Binder, DeclaresWithoutReading) {
  ParamBinder binder;
  Toy toy;
  bind(binder, toy);
  binder.finish();
  std::vector<std::string> paths;
  for (const Declaration& d : binder.declarations()) paths.push_back(d.path + "=" + d.default_text);
  EXPECT_THAT(paths, ElementsAre("data.root=scenarios/data", "start=2019-01", "labour.rate=0.25", "labour.free=1",
                                 "labour.rounds=2", "labour.persons=10", "labour.seed=7", "labour.name=toy",
                                 "labour.inner.mode=default", "labour.inner.pair=[0.5, 1]", "labour.table=none",
                                 "labour.months=0"));
}

TEST(Binder, DefaultsOfFilesStartAtTheRoot) {
  const Scratch s;
  s.write("root/scenarios/paths/t.csv", "x\n");
  Problems problems;
  const ConfigNode tree = parse_yaml_text("schema: 1\n", s.at("user/a.yaml"), problems);
  ParamBinder binder(tree, s.rules(), problems);
  InputFile there, gone;
  there.path = "scenarios/paths/t.csv";
  gone.path = "scenarios/paths/u.csv";
  binder.path("there", there, {});
  binder.path("gone", gone, {});
  EXPECT_EQ(there.path, s.at("root/scenarios/paths/t.csv"));
  EXPECT_THAT(s.texts(problems),
              ElementsAre("user/a.yaml:1:1: error: 'gone': file 'scenarios/paths/u.csv' does not exist\n    looked for "
                          "root/scenarios/paths/u.csv"));
}

TEST(Binder, PathsOfTheCommandLineStartAtTheWorkingDirectory) {
  const Scratch s;
  s.write("user/t.csv", "x\n");
  Problems problems;
  ConfigNode tree = parse_yaml_text("schema: 1\n", s.at("root/scenarios/b.yaml"), problems);
  set_path(tree, "near", "t.csv", {"--set", 0, 0}, problems);
  set_path(tree, "whole", s.at("user/t.csv"), {"--set", 0, 0}, problems);
  ParamBinder binder(tree, s.rules(), problems);
  InputFile near, whole;
  binder.path("near", near, {});
  binder.path("whole", whole, {});
  EXPECT_THAT(s.texts(problems), IsEmpty());
  EXPECT_EQ(near.path, s.at("user/t.csv"));
  EXPECT_EQ(whole.path, s.at("user/t.csv"));
}

struct Bad {
  const char* name;
  std::string line;      ///< in section labour, from column 3 of line 3
  std::string expected;  ///< after "user/a.yaml:"
  friend void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.name; }
};

class BadValues : public testing::TestWithParam<Bad> {};

TEST_P(BadValues, SayWhereWhatAndWhatIsAllowed) {
  const Scratch s;
  const Reading r(s, "schema: 1\nlabour:\n  " + GetParam().line + "\n");
  EXPECT_THAT(s.texts(r.problems), ElementsAre("user/a.yaml:" + GetParam().expected));
  const Toy untouched;
  EXPECT_EQ(r.toy.rate, untouched.rate);
  EXPECT_EQ(r.toy.rounds, untouched.rounds);
  EXPECT_EQ(r.toy.mode, untouched.mode);
  EXPECT_EQ(r.toy.name, untouched.name);
}

const std::string kNumber = "it must be a decimal number", kInRange = kNumber + ", 0 to 1";
const std::string kOctal = "an octal number or a decimal one: a number has no leading 0";
const std::string kRate = "\n    A probability.";
const std::string kList = "\n    metier describe parameters lists all of them";

INSTANTIATE_TEST_SUITE_P(
    Binder, BadValues,
    testing::Values(
        Bad{"unknown_key", "ratte: 0.5", "3:3: error: 'labour.ratte' is not a parameter; did you mean 'rate'?"},
        Bad{"unknown_key_far", "zzzzz: 0.5", "3:3: error: 'labour.zzzzz' is not a parameter" + kList},
        Bad{"key_of_another_section", "root: own",
            "3:3: error: 'labour.root' is not a parameter; did you mean 'data.root'?"},
        Bad{"key_of_the_top", "start: 2019-01", "3:3: error: 'labour.start' is not a parameter; did you mean 'start'?"},
        Bad{"unknown_in_inner", "inner: {mod: none}",
            "3:11: error: 'labour.inner.mod' is not a parameter; did you mean 'mode'?"},
        Bad{"above", "rate: 1.2", "3:9: error: 'labour.rate' is 1.2 [1/month], allowed 0 to 1." + kRate},
        Bad{"below", "rate: -0.1", "3:9: error: 'labour.rate' is -0.1 [1/month], allowed 0 to 1." + kRate},
        Bad{"text", "rate: fast", "3:9: error: 'labour.rate' is fast, " + kInRange + kRate},
        Bad{"quoted", "rate: \"0.5\"", "3:9: error: 'labour.rate' is \"0.5\", " + kInRange + kRate},
        Bad{"list", "rate: [0.5]", "3:9: error: 'labour.rate' is a list, " + kInRange + kRate},
        Bad{"map", "rate: {a: 0.5}", "3:9: error: 'labour.rate' is a section, " + kInRange + kRate},
        Bad{"nothing", "rate:", "3:3: error: 'labour.rate' is empty, " + kInRange + kRate},
        Bad{"null", "rate: null",
            "3:9: error: 'labour.rate' is null, " + kInRange + "; YAML reads 'null' as nothing" + kRate},
        Bad{"tilde", "rate: ~", "3:9: error: 'labour.rate' is ~, " + kInRange + "; YAML reads '~' as nothing" + kRate},
        Bad{"yaml_nan", "rate: .nan",
            "3:9: error: 'labour.rate' is .nan, " + kInRange + "; YAML reads '.nan' as not a finite number" + kRate},
        Bad{"nan", "rate: nan",
            "3:9: error: 'labour.rate' is nan, " + kInRange + "; YAML reads 'nan' as not a finite number" + kRate},
        Bad{"infinite", "free: .inf",
            "3:9: error: 'labour.free' is .inf, " + kNumber +
                "; YAML reads '.inf' as not a finite number\n    Any number."},
        Bad{"too_large_for_a_double", "free: 1e999",
            "3:9: error: 'labour.free' is 1e999, " + kNumber + "\n    Any number."},
        Bad{"no", "rate: no",
            "3:9: error: 'labour.rate' is no, " + kInRange + "; YAML reads 'no' as a switch (true or false)" + kRate},
        Bad{"on", "rate: on",
            "3:9: error: 'labour.rate' is on, " + kInRange + "; YAML reads 'on' as a switch (true or false)" + kRate},
        Bad{"octal", "free: 010",
            "3:9: error: 'labour.free' is 010, " + kNumber + "; YAML reads '010' as " + kOctal + "\n    Any number."},
        Bad{"hexadecimal", "free: 0x10", "3:9: error: 'labour.free' is 0x10, " + kNumber + "\n    Any number."},
        Bad{"thousands", "free: 1_000", "3:9: error: 'labour.free' is 1_000, " + kNumber + "\n    Any number."},
        Bad{"decimal_comma", "free: 0,5",
            "3:9: error: 'labour.free' is 0,5, " + kNumber +
                "; YAML reads '0,5' as text: the decimal mark is a point\n    Any number."},
        Bad{"percent", "rate: 50 %", "3:9: error: 'labour.rate' is 50 %, " + kInRange + kRate},
        Bad{"not_whole", "rounds: 2.5",
            "3:11: error: 'labour.rounds' is 2.5, it must be a whole number, 1 to 4\n    Rounds."},
        Bad{"octal_integer", "rounds: 03",
            "3:11: error: 'labour.rounds' is 03, it must be a whole number, 1 to 4; YAML reads '03' as " + kOctal +
                "\n    Rounds."},
        Bad{"integer_above", "rounds: 5", "3:11: error: 'labour.rounds' is 5 [1/month], allowed 1 to 4.\n    Rounds."},
        Bad{"integer_zero", "rounds: 0", "3:11: error: 'labour.rounds' is 0 [1/month], allowed 1 to 4.\n    Rounds."},
        Bad{"integer_overflow", "rounds: 99999999999",
            "3:11: error: 'labour.rounds' is 99999999999, it must be a whole number, 1 to 4\n    Rounds."},
        Bad{"negative_seed", "seed: -1",
            "3:9: error: 'labour.seed' is -1, it must be a whole number, 0 to 18446744073709551615\n    Seed."},
        Bad{"negative_count", "persons: -1",
            "3:12: error: 'labour.persons' is -1 [person], allowed 0 to 9223372036854775807.\n    Persons."},
        Bad{"text_no", "name: no",
            "3:9: error: 'labour.name' is no, it must be text; put it in quotes; YAML reads 'no' as a switch (true or "
            "false)\n    Name."},
        Bad{"text_number", "name: 12", "3:9: error: 'labour.name' is 12, it must be text; put it in quotes\n    Name."},
        Bad{"text_octal", "name: 010",
            "3:9: error: 'labour.name' is 010, it must be text; put it in quotes; YAML reads '010' as " + kOctal +
                "\n    Name."},
        Bad{"text_date", "name: 2019-01-01",
            "3:9: error: 'labour.name' is 2019-01-01, it must be text; put it in quotes\n    Name."},
        Bad{"text_null", "name: null",
            "3:9: error: 'labour.name' is null, it must be text; put it in quotes; YAML reads 'null' as nothing\n    "
            "Name."},
        Bad{"choice", "inner: {mode: nine}",
            "3:17: error: 'labour.inner.mode' is nine, allowed: default, none; did you mean 'none'?\n    Mode."},
        Bad{"choice_no", "inner: {mode: no}",
            "3:17: error: 'labour.inner.mode' is no, allowed: default, none; YAML reads 'no' as a switch (true or "
            "false)\n    Mode."},
        Bad{"choice_list", "inner: {mode: [none]}",
            "3:17: error: 'labour.inner.mode' is a list, allowed: default, none\n    Mode."},
        Bad{"too_few", "inner: {pair: [1]}",
            "3:17: error: 'labour.inner.pair' is a list, it must be a number or a list of 2 numbers\n    Pair."},
        Bad{"one_of_two", "inner: {pair: [1, 3]}",
            "3:21: error: 'labour.inner.pair' is 3 [1], allowed 0 to 2.\n    Pair."},
        Bad{"null_section", "inner: null",
            "3:10: error: 'labour.inner' is null, it must be a section of 'key: value' lines"},
        Bad{"section_expected", "inner: 3",
            "3:10: error: 'labour.inner' is 3, it must be a section of 'key: value' lines"},
        Bad{"file_missing", "table: t.csv",
            "3:10: error: 'labour.table': file 't.csv' does not exist\n    looked for user/t.csv"},
        Bad{"file_empty", "table: \"\"",
            "3:10: error: 'labour.table': the path is empty\n    name a file, or leave the key out"},
        Bad{"file_null", "table: null",
            "3:10: error: 'labour.table' is null, it must be the path of a file, or none; YAML reads 'null' as "
            "nothing\n    Table."},
        Bad{"file_number", "table: 12",
            "3:10: error: 'labour.table' is 12, it must be the path of a file, or none\n    Table."},
        Bad{"file_absolute", "table: /x/t.csv",
            "3:10: error: 'labour.table': '/x/t.csv' is an absolute path\n    paths start at the folder of this file, "
            "'scenarios/' at the root, "
            "'data/' at data.root"},
        Bad{"file_escape", "table: ../t.csv",
            "3:10: error: 'labour.table': '../t.csv' leads out of the folder that it starts from\n    keep the file "
            "beside the scenario, or "
            "give it with --set"},
        Bad{"data_escape", "table: data/../../../user/t.csv",
            "3:10: error: 'labour.table': 'data/../../../user/t.csv' leads out of the folder that it starts from\n    "
            "keep the file beside the "
            "scenario, or give it with --set"},
        Bad{"number_or_file_above", "months: 13",
            "3:11: error: 'labour.months' is 13 [month], allowed 0 to 12.\n    Months."},
        Bad{"number_or_file_list", "months: [1]",
            "3:11: error: 'labour.months' is a list, it must be a number or the path of a file\n    Months."},
        Bad{"broken_rule", "free: 0", "2:1: error: 'labour.rate' is 0.25: must not exceed labour.free"}),
    [](const auto& one) { return one.param.name; });

TEST(Binder, ImpossibleMonths) {
  for (const std::string text :
       {"2019-13", "2019-00", "2019-1", "2019", "2019-02-29", "1899-12", "2200-01", "january", "2019/01", "null"}) {
    const Scratch s;
    const Reading r(s, "start: " + text + "\n");
    const std::string reading = text == "null" ? "; YAML reads 'null' as nothing" : "";
    EXPECT_THAT(s.texts(r.problems),
                ElementsAre(fmt::format("user/a.yaml:1:8: error: 'start' is {}, it must be a month of the calendar "
                                        "written 2019-01{}\n    First month.",
                                        text, reading)));
    EXPECT_EQ(to_text(r.toy.start), "2019-01");
  }
}

TEST(Binder, FolderThatIsNotThere) {
  const Scratch s;
  const Reading r(s, "data: {root: own}\n");
  EXPECT_THAT(
      s.texts(r.problems),
      ElementsAre("user/a.yaml:1:14: error: 'data.root': folder 'own' does not exist\n    looked for user/own"));
}

TEST(Binder, AllProblemsAtOnceInTheOrderOfTheFile) {
  const Scratch s;
  const Reading r(s, "lab: 1\nlabour:\n  seed: x\n  rate: 2\n  inner: {pairs: 1, mode: off}\nstart: 2019-99\n");
  EXPECT_THAT(
      s.texts(r.problems),
      ElementsAre(
          "user/a.yaml:1:1: error: 'lab' is not a parameter" + kList,
          "user/a.yaml:3:9: error: 'labour.seed' is x, it must be a whole number, 0 to 18446744073709551615\n    Seed.",
          "user/a.yaml:4:9: error: 'labour.rate' is 2 [1/month], allowed 0 to 1.\n    A probability.",
          "user/a.yaml:5:11: error: 'labour.inner.pairs' is not a parameter; did you mean 'pair'?",
          "user/a.yaml:5:27: error: 'labour.inner.mode' is off, allowed: default, none; YAML reads "
          "'off' as a switch (true or "
          "false)\n    Mode.",
          "user/a.yaml:6:8: error: 'start' is 2019-99, it must be a month of the calendar written "
          "2019-01\n    First month."));
}

TEST(Binder, AmountsOfMoneyAreReadInTheUnitOfTheScenario) {
  struct Amounts {
    double budget = 7.0, pay = 2.0, share = 0.5;
    std::array<double, 2> pair{1.0, 2.0};
  };
  const auto read = [](const std::string& unit, const std::string& amounts, Problems& problems) {
    const std::string text = "units: {money: " + unit + "}\n" + amounts;
    const ConfigNode tree = parse_yaml_text(text, "user/a.yaml", problems);
    Amounts p;
    ParamBinder b(tree, PathRules{}, problems);
    int money = 0;
    b.section("units", [&] {
      b.choice("money", money, {{"EUR", 0, "euros"}, {"kEUR", 1, "thousands of euros"}}, {.doc = "Unit of money."});
    });
    b.field("budget", p.budget, {.unit = "EUR", .lo = 0.0, .hi = 5000.0, .doc = "Budget."});
    b.field("pay", p.pay, {.unit = "EUR/month", .doc = "Pay."});
    b.field("share", p.share, {.unit = "1", .lo = 0.0, .hi = 1.0, .doc = "Share."});
    b.numbers("pair", p.pair, {.unit = "EUR", .doc = "Pair."});
    b.finish();
    return p;
  };
  Problems none;
  const Amounts in_kilo = read("kEUR", "budget: 1.5\nshare: 0.25\npair: [3, 4]\n", none);
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(in_kilo.budget, 1500.0);
  EXPECT_EQ(in_kilo.pay, 2.0);  // a default is in EUR
  EXPECT_EQ(in_kilo.share, 0.25);
  EXPECT_THAT(in_kilo.pair, ElementsAre(3000.0, 4000.0));
  EXPECT_EQ(read("EUR", "budget: 1.5\n", none).budget, 1.5);

  Problems problems;
  read("kEUR", "budget: 6\n", problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems.list()[0].message, "'budget' is 6 (6000 EUR), allowed 0 to 5000.");
  read("kEUR", "budget: six\n", problems);
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems.list()[1].message, "'budget' is six, it must be a decimal number, 0 to 5");  // in kEUR
}

TEST(Binder, AmbiguousText) {
  for (const char* text :
       {"no", "On", "NULL", "~", "", "1", "-1.5e3", "010", "0x1F", "1_000", "12:30:45", "2019-01-01", ".nan", "true"}) {
    EXPECT_TRUE(reads_as_no_text(text)) << text;
  }
  for (const char* text : {"N", "Y", "A38", "lille", "none", "v1.2", "e5", "-", "a:b"})
    EXPECT_FALSE(reads_as_no_text(text)) << text;
}

}  // namespace
}  // namespace metier
