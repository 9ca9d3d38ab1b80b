#include "models/synthesis/report.hpp"

#include <gtest/gtest.h>

namespace metier::synthesis {
namespace {

TEST(InitReport, RelativeErrorAndVerdict) {
  const ReportRow above{"jobs", "a", 200.0, 201.0, 0.005, "within 0.5 %"};
  EXPECT_DOUBLE_EQ(above.error(), 0.005);
  EXPECT_TRUE(above.met());
  const ReportRow beyond{"jobs", "a", 200.0, 198.9, 0.005, "within 0.5 %"};
  EXPECT_NEAR(beyond.error(), -0.0055, 1e-15);
  EXPECT_FALSE(beyond.met());
  const ReportRow empty{"jobs", "b", 0.0, 3.0, kExact, "exact"};
  EXPECT_DOUBLE_EQ(empty.error(), 3.0);  // 0 asked: the difference itself
  EXPECT_FALSE(empty.met());
  const ReportRow cross{"slope", "all", -1.2, 7.0, kInformation, "cross-check"};
  EXPECT_TRUE(cross.met());
}

TEST(InitReport, OneLineForEachMarginNamesTheWorstCell) {
  InitReport report;
  report.add("jobs by commune", "59005", 100.0, 100.0, 0.005, "within 0.5 %");
  report.add("population", "all", 10.0, 10.0, kExact, "exact");
  report.add("jobs by commune", "59009", 1000.0, 1004.0, 0.005, "within 0.5 %");
  report.assume("synthesis.owner_share", "0.25", "A quarter of small employers have a working owner.");
  EXPECT_TRUE(report.all_met());
  ASSERT_EQ(report.of("jobs by commune").size(), 2u);
  EXPECT_EQ(report.of("jobs by commune")[1]->cell, "59009");
  EXPECT_TRUE(report.of("nothing").empty());

  const std::string text = report.to_text();
  const std::size_t jobs = text.find("jobs by commune"), population = text.find("population");
  ASSERT_NE(jobs, std::string::npos);
  ASSERT_NE(population, std::string::npos);
  EXPECT_LT(jobs, population) << "margins stand in the order in which they came\n" << text;
  const std::string line = text.substr(jobs, text.find('\n', jobs) - jobs);
  EXPECT_NE(line.find("1100"), std::string::npos) << line;  // asked in all
  EXPECT_NE(line.find("1104"), std::string::npos) << line;  // obtained in all
  EXPECT_NE(line.find("worst: 59009"), std::string::npos) << line;
  EXPECT_EQ(text.find("NOT MET"), std::string::npos) << text;
  EXPECT_NE(text.find("synthesis.owner_share = 0.25: A quarter"), std::string::npos) << text;
}

TEST(InitReport, SmallCellsAreToldInTheirUnitNotInPercent) {
  InitReport report;
  report.add("jobs", "a", 1000.0, 1020.0, kInformation, "soft");
  report.add("jobs", "b", 2.0, 2.5, kInformation, "soft");  // half of one too many: little beside a mean of 501
  report.add("sites", "c", 1000.0, 1000.0, kInformation, "soft");
  report.add("sites", "d", 1e-9, 58.0, kInformation, "soft");  // 58 where nothing is asked are not
  const std::string text = report.to_text();
  EXPECT_NE(text.find("+2 %  soft (worst: a)"), std::string::npos) << text;
  EXPECT_NE(text.find("+58 of 1e-09  soft (worst: d)"), std::string::npos) << text;
}

TEST(InitReport, MissedMarginsAreCounted) {
  InitReport report;
  report.add("jobs by commune", "59005", 100.0, 101.0, 0.005, "within 0.5 %");
  report.add("jobs by commune", "59009", 100.0, 90.0, 0.005, "within 0.5 %");
  report.add("jobs by commune", "59011", 100.0, 100.0, 0.005, "within 0.5 %");
  EXPECT_FALSE(report.all_met());
  EXPECT_NE(report.to_text().find("2 NOT MET"), std::string::npos) << report.to_text();
  EXPECT_NE(report.to_text().find("worst: 59009"), std::string::npos) << report.to_text();
}

}  // namespace
}  // namespace metier::synthesis
