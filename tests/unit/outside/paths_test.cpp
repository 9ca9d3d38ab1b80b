#include "models/outside/paths.hpp"

#include "models/outside/columns.hpp"
#include "sim/core/error.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace metier::outside {
namespace {

class File {
 public:
  explicit File(const std::string& content) {
    path_ = std::filesystem::temp_directory_path() /
            ("metier_paths_" + std::to_string(++count_) + "_" +
             ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv");
    std::ofstream(path_) << content;
  }
  ~File() { std::filesystem::remove(path_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] InputFile input() const { return {path_.string(), {}}; }

 private:
  std::filesystem::path path_;
  static inline int count_ = 0;
};

// The shipped paths: 2020-04 of goods with the series C and F, scenarios/paths/README.md.
TEST(Paths, ShippedDemandIsAsDocumented) {
  Problems problems;
  const InputFile gdp{METIER_SOURCE_DIR "/scenarios/paths/outside_gdp.csv", {}};
  const InputFile tilt{METIER_SOURCE_DIR "/scenarios/paths/outside_sector_tilt.csv", {}};
  const std::vector<double> demand = read_demand(gdp, tilt, Month{2019, 1}, {"C", "F", "none"}, problems);
  ASSERT_TRUE(problems.empty());
  ASSERT_EQ(demand.size(), 49u * 3u);  // 2018-12 to 2022-12
  EXPECT_DOUBLE_EQ(demand[0], 1.0);
  const std::size_t april = 16 * 3;
  constexpr double kBase = 0.988876;
  EXPECT_NEAR(demand[april + 0] * kBase, 0.637, 0.0006);
  EXPECT_NEAR(demand[april + 1] * kBase, 0.363, 0.0006);
  EXPECT_NEAR(demand[april + 2] * kBase, 0.7188, 0.00006);
}

TEST(Paths, ALevelHoldsUntilTheNextRow) {
  Problems problems;
  const File file("month,key,value\n2019-02,solidarity_fund_max_eur,1500\n2019-04,solidarity_fund_max_eur,0\n");
  const std::vector<double> levels = read_emergency(file.input(), Month{2019, 1}, problems);
  ASSERT_TRUE(problems.empty());
  ASSERT_EQ(levels.size(), 5u * kEmergencyKeys);
  EXPECT_DOUBLE_EQ(levels[1 * kEmergencyKeys + 3], 0.0);
  EXPECT_DOUBLE_EQ(levels[2 * kEmergencyKeys + 3], 1500.0);
  EXPECT_DOUBLE_EQ(levels[3 * kEmergencyKeys + 3], 1500.0);
  EXPECT_DOUBLE_EQ(levels[4 * kEmergencyKeys + 3], 0.0);
}

TEST(Paths, EveryProblemIsToldWithItsPlace) {
  Problems problems;
  const File file(
      "month,key,value\n2019-13,solidarity_fund_max_eur,1\n2019-02,solidarity_fund_max_euro,1\n"
      "2019-02,short_time_work_pay_share,1.5\n2019-03,short_time_work_pay_share,nan\n2019-03,short_time_work_pay_share,"
      "0\n");
  static_cast<void>(read_emergency(file.input(), Month{2019, 1}, problems));
  std::string text;
  for (const Problem& problem : problems.list()) text += to_text(problem) + "\n";
  EXPECT_NE(text.find(".csv:2:1: error: '2019-13' is not a month"), std::string::npos) << text;
  EXPECT_NE(text.find("unknown measure 'solidarity_fund_max_euro'"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean 'solidarity_fund_max_eur'?"), std::string::npos) << text;
  EXPECT_NE(text.find("short_time_work_pay_share is 1.5, allowed 0 to 1"), std::string::npos) << text;
  EXPECT_NE(text.find(".csv:5:"), std::string::npos) << text;
  EXPECT_NE(text.find("has two values for one month"), std::string::npos) << text;
}

TEST(Paths, DemandNeedsItsKeys) {
  Problems problems;
  const File level("month,key,value\n2018-12,gdp,1\n2019-01,gdp,1.1\n");
  const File tilt("month,key,value\n2018-12,C,1\n");
  static_cast<void>(read_demand(level.input(), tilt.input(), Month{2019, 1}, {"C", "B"}, problems));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems.list()[0].message.find("key 'B'"), std::string::npos);
}

}  // namespace
}  // namespace metier::outside
