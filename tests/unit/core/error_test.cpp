#include "sim/core/error.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace metier {
namespace {

TEST(Problem, SaysWhereWhatAndHowToMend) {
  EXPECT_EQ(to_text(Problem{{"a.yaml", 17, 18}, "is 1.2, allowed 0 to 1", "write a share"}),
            "a.yaml:17:18: error: is 1.2, allowed 0 to 1\n    write a share");
  EXPECT_EQ(to_text(Problem{{"a.yaml", 17, 0}, "is wrong", ""}), "a.yaml:17:1: error: is wrong");
  EXPECT_EQ(to_text(Problem{{"a.yaml", 0, 0}, "is wrong", ""}), "a.yaml: error: is wrong");
  EXPECT_EQ(to_text(Problem{{}, "is wrong", ""}), "error: is wrong");
}

TEST(Problem, ShowsWhatATerminalMaySee) {
  EXPECT_EQ(to_text(Problem{{"a\n.yaml", 1, 1}, "is \x1b[31m\t\x7f", "caf\xc3\xa9"}),
            "a\\x0A.yaml:1:1: error: is \\x1B[31m\\x09\\x7F\n    caf\xc3\xa9");
  std::string letters;
  for (int k = 0; k < 3000; ++k) letters += "\xc3\xa9";  // two bytes each: the cut falls between letters
  const std::string text = to_text(Problem{{}, "x" + letters, ""});
  EXPECT_LT(text.size(), 900u);
  EXPECT_EQ(text.substr(0, 10), "error: x\xc3\xa9");
  EXPECT_NE(text.find("\xc3\xa9 [... 5202 bytes ...] \xc3\xa9"), std::string::npos) << text;
}

TEST(Problems, AreAsManyAsAReaderCanUse) {
  Problems problems;
  for (std::size_t k = 0; k < Problems::kMost + 5; ++k) problems.add({"a.csv", static_cast<int>(k) + 1, 1}, "is wrong");
  EXPECT_EQ(problems.size(), Problems::kMost);
  try {
    problems.raise_if_any(Exit::kScenario);
    FAIL() << "there are problems";
  } catch (const InputError& error) {
    const std::string text = error.what();
    EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1, InputError::kMostTold);
    EXPECT_EQ(error.problems().size(), Problems::kMost);
  }
}

TEST(Problems, ComeOutTogetherInTheOrderOfTheFiles) {
  Problems problems;
  problems.raise_if_any(Exit::kScenario);  // nothing to raise
  problems.add({"b.yaml", 1, 1}, "fifth");
  problems.add({"a.yaml", 10, 1}, "third");
  problems.add({"a.yaml", 2, 7}, "second");
  problems.add({"a.yaml", 2, 3}, "first");
  problems.add({"a.yaml", 10, 1}, "fourth");
  EXPECT_EQ(problems.size(), 5u);
  try {
    problems.raise_if_any(Exit::kScenario);
    FAIL() << "there are problems";
  } catch (const InputError& error) {
    EXPECT_EQ(error.exit(), Exit::kScenario);
    ASSERT_EQ(error.problems().size(), 5u);
    const char* expected[] = {"first", "second", "third", "fourth", "fifth"};
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(error.problems()[i].message, expected[i]);
    EXPECT_NE(std::string(error.what()).find("a.yaml:2:3: error: first\na.yaml:2:7: error: second\n"),
              std::string::npos);
  }
}

TEST(NearestName, IsFoundWithinAThirdOfTheLetters) {
  const std::vector<std::string> names{"separation_rate", "finding_rate", "mode", "N"};
  EXPECT_EQ(nearest_name("seperation_rate", names), "separation_rate");
  EXPECT_EQ(nearest_name("separation", names), "");  // five letters of ten
  EXPECT_EQ(nearest_name("modes", names), "mode");
  EXPECT_EQ(nearest_name("mdoe", names), "");  // an exchange counts twice, one letter of four is allowed
  EXPECT_EQ(nearest_name("M", names), "N");
  EXPECT_EQ(nearest_name("xyzzy", names), "");
  EXPECT_EQ(nearest_name("mode", {}), "");
}

TEST(Require, TellsConditionPlaceAndReason) {
  EXPECT_NO_THROW(METIER_REQUIRE(1 + 1 == 2, "arithmetic"));
  try {
    METIER_REQUIRE(1 + 1 == 3, "arithmetic");
    FAIL() << "the promise is broken";
  } catch (const BrokenPromise& broken) {
    const std::string text = broken.what();
    EXPECT_NE(text.find("error_test.cpp:"), std::string::npos) << text;
    EXPECT_NE(text.find("1 + 1 == 3 (arithmetic)"), std::string::npos) << text;
  }
}

TEST(ExitCodes, AreThoseOfTheManual) {
  EXPECT_EQ(static_cast<int>(Exit::kDone), 0);
  EXPECT_EQ(static_cast<int>(Exit::kDifference), 1);
  EXPECT_EQ(static_cast<int>(Exit::kUsage), 2);
  EXPECT_EQ(static_cast<int>(Exit::kScenario), 3);
  EXPECT_EQ(static_cast<int>(Exit::kData), 4);
  EXPECT_EQ(static_cast<int>(Exit::kRun), 5);
  EXPECT_EQ(static_cast<int>(Exit::kInterrupted), 75);
}

}  // namespace
}  // namespace metier
