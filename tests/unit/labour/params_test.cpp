#include "models/labour/params.hpp"

#include "models/labour/null_models.hpp"
#include "sim/config/binder.hpp"
#include "sim/core/error.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace metier::labour {
namespace {

/// A file that lives as long as the test.
class TextFile {
 public:
  TextFile(const std::string& name, const std::string& text)
      : path_(std::filesystem::temp_directory_path() / ("metier_labour_" + name)) {
    std::ofstream(path_) << text;
  }
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;
  ~TextFile() { std::filesystem::remove(path_); }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TEST(Parameters, EachIsDescribed) {
  Params params;
  ParamBinder binder;
  binder.section("labour", [&] { bind(binder, params); });
  EXPECT_GT(binder.declarations().size(), 40u);
  for (const Declaration& d : binder.declarations()) {
    EXPECT_TRUE(d.path.starts_with("labour.")) << d.path;
    EXPECT_GT(d.doc.size(), 10u) << d.path;
    if (d.type == Declaration::Type::kNumber) {
      EXPECT_FALSE(d.source.empty()) << d.path;
    }
    if (d.type == Declaration::Type::kNumber && d.prior[0] == d.prior[0]) {
      EXPECT_LE(d.lo, d.prior[0]) << d.path;
      EXPECT_LE(d.prior[0], std::stod(d.default_text)) << d.path;
      EXPECT_LE(std::stod(d.default_text), d.prior[1]) << d.path;
      EXPECT_LE(d.prior[1], d.hi) << d.path;
    }
  }
}

TEST(MinimumWageFile, LevelsAreSortedAndInCents) {
  const TextFile file("wage.csv",
                      "month,key,value\n2019-01,gross_eur_per_month,1521.22\n2018-01,gross_eur_per_month,1498.47\n");
  Problems problems;
  const MinimumWagePath path = read_minimum_wage(file.path(), problems);
  ASSERT_TRUE(problems.empty());
  ASSERT_EQ(path.levels.size(), 2u);
  EXPECT_EQ(path.levels[0].from, (Month{2018, 1}));
  EXPECT_EQ(path.levels[0].cents, 149'847);
  EXPECT_EQ(path.levels[1].cents, 152'122);
}

TEST(MinimumWageFile, TheOneThatIsShippedIsRead) {
  Problems problems;
  const MinimumWagePath path = read_minimum_wage(METIER_SOURCE_DIR "/scenarios/paths/minimum_wage.csv", problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_GE(path.levels.size(), 10u);
  EXPECT_TRUE(
      std::is_sorted(path.levels.begin(), path.levels.end(), [](auto& a, auto& b) { return a.cents < b.cents; }));
}

TEST(MinimumWageFile, EveryProblemIsToldWithItsPlace) {
  const TextFile file(
      "bad.csv",
      "month,key,value\n2018-13,gross_eur_per_month,1498.47\n2018-01,net,1\n2018-02,gross_eur_per_month,-3\n"
      "2018-03,gross_eur_per_month,1500\n2018-03,gross_eur_per_month,1500\n");
  Problems problems;
  read_minimum_wage(file.path(), problems);
  ASSERT_EQ(problems.size(), 4u);
  EXPECT_EQ(problems.list()[0].place.line, 2);
  EXPECT_EQ(problems.list()[0].place.column, 1);
  EXPECT_EQ(problems.list()[1].place.line, 3);
  EXPECT_EQ(problems.list()[1].place.column, 9);
  EXPECT_EQ(problems.list()[2].place.line, 4);
  EXPECT_EQ(problems.list()[3].place.line, 6);
}

TEST(FlowFiles, AreReadWithAndWithoutTarget) {
  const TextFile state("state.csv", "label,employed,unemployed,vacancies\na,10,1,2\nb,20,3,4\n");
  const TextFile wanted("wanted.csv", "label,target,employed,unemployed,vacancies\na,15,10,1,2\nb,16,20,3,4\n");
  const TextFile mobility("mobility.csv", ",a,b\na,0.7,0.3\nb,0.2,0.8\n");
  FlowParams params;
  params.mobility.path = mobility.path();
  params.state.path = state.path();
  Problems problems;
  FlowTables tables = read_flow_tables(params, problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(tables.labels, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(tables.target, (std::vector<double>{12.0, 24.0})) << "employed and vacancies";
  EXPECT_EQ(tables.mobility, (std::vector<double>{0.7, 0.3, 0.2, 0.8}));
  params.state.path = wanted.path();
  tables = read_flow_tables(params, problems);
  EXPECT_EQ(tables.target, (std::vector<double>{15.0, 16.0}));
}

TEST(FlowFiles, ProblemsAreTold) {
  Problems problems;
  read_flow_tables({}, problems);
  EXPECT_EQ(problems.size(), 2u) << "both files are missing";

  const TextFile state("state2.csv", "label,employed,unemployed,vacancies\na,10,-1,2\na,20,3,4\n");
  const TextFile mobility("mobility2.csv", ",a,c\na,0,0\nc,-1,1\n");
  FlowParams params;
  params.mobility.path = mobility.path();
  params.state.path = state.path();
  Problems more;
  read_flow_tables(params, more);
  EXPECT_EQ(more.size(), 5u) << "negative stock, label twice, other labels, row without weight, negative weight";
}

}  // namespace
}  // namespace metier::labour
