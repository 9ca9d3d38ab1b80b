#include "sim/core/text.hpp"

#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <vector>

namespace metier {
namespace {

TEST(Month, ReadsYearAndMonth) {
  EXPECT_EQ(parse_month("2019-01"), (Month{2019, 1}));
  EXPECT_EQ(parse_month("2040-12"), (Month{2040, 12}));
  EXPECT_EQ(parse_month("1900-01"), (Month{1900, 1}));
  EXPECT_EQ(parse_month("2199-12"), (Month{2199, 12}));
  EXPECT_EQ(to_text(Month{2019, 1}), "2019-01");
}

TEST(Month, WhatIsNoMonthIsNothing) {
  for (const char* text : {"",         "2019",    "2019-1",     "2019-00", "2019-13", "2019-99",       "1899-12",
                           "2200-01",  "2019/01", "2019-01-01", "19-01",   "+019-01", "2019--1",       " 2019-01",
                           "2019-01 ", "2019-1a", "201a-01",    "janvier", "0000-00", "2019-0\xC2\xB2"}) {
    EXPECT_FALSE(parse_month(text)) << text;
  }
  EXPECT_FALSE(parse_month(std::string_view("2019-01\0", 8)));
}

TEST(Month, CountsAcrossYears) {
  EXPECT_EQ((Month{2019, 1} + 263), (Month{2040, 12}));
  EXPECT_EQ((Month{2019, 1} - 1), (Month{2018, 12}));
  EXPECT_EQ((Month{2040, 12} - Month{2019, 1}), 263);
  EXPECT_LT((Month{2019, 12}), (Month{2020, 1}));
  for (int index = -30; index < 30; ++index) {
    const Month month = Month::from_index(index);
    EXPECT_EQ(month.index(), index);
    EXPECT_TRUE(month.month >= 1 && month.month <= 12) << index;
  }
}

TEST(Month, EndsOnItsLastDayAlsoInLeapYears) {
  EXPECT_EQ(end_of_month({2018, 12}), "2018-12-31");
  EXPECT_EQ(end_of_month({2019, 2}), "2019-02-28");
  EXPECT_EQ(end_of_month({2020, 2}), "2020-02-29");
  EXPECT_EQ(end_of_month({2000, 2}), "2000-02-29");
  EXPECT_EQ(end_of_month({2100, 2}), "2100-02-28");
  EXPECT_EQ(end_of_month({2019, 4}), "2019-04-30");
}

TEST(Month, DaysBetweenEnds) {
  EXPECT_EQ(days_between_ends({2018, 12}, {2019, 1}), 31);
  EXPECT_EQ(days_between_ends({2018, 12}, {2018, 12}), 0);
  EXPECT_EQ(days_between_ends({2019, 1}, {2018, 12}), -31);
  EXPECT_EQ(days_between_ends({2018, 12}, {2040, 12}), 22 * 365 + 6);  // 2020, 24, 28, 32, 36, 40
  int days = 0;
  for (int k = 1; k <= 264; ++k) {
    const int next = days_between_ends({2018, 12}, Month{2018, 12} + k);
    EXPECT_TRUE(next - days >= 28 && next - days <= 31) << k;
    days = next;
  }
}

TEST(Numbers, ReadBackAsTheSameDouble) {
  for (const double value : {0.0, 1.0, -1.0, 0.1, 1.0 / 3.0, 1e-300, 5e-324, 1.7976931348623157e308, 123456789.125}) {
    EXPECT_EQ(std::strtod(shortest(value).c_str(), nullptr), value);
    EXPECT_EQ(std::strtod(digits17(value).c_str(), nullptr), value);
  }
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(42.0), "42");
  EXPECT_EQ(digits17(0.1), "0.10000000000000001");
}

TEST(Utf8, WhatIsText) {
  for (const char* text :
       {"", "plain", "Lille, métropole européenne", "\xE2\x82\xAC", "\xF0\x9F\x9A\x8B", "\x7F", "\xC2\x80", "\xDF\xBF",
        "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
}

TEST(Utf8, WhatIsNot) {
  const std::vector<std::string> wrong{"\x80",  // a continuation alone
                                       "\xC3",
                                       "a\xE2\x82",  // cut short
                                       "\xC0\x80",
                                       "\xC1\xBF",  // too long for their character
                                       "\xE0\x9F\xBF",
                                       "\xF0\x8F\xBF\xBF",  //
                                       "\xED\xA0\x80",
                                       "\xED\xBF\xBF",  // halves of pairs of UTF-16
                                       "\xF4\x90\x80\x80",
                                       "\xF5\x80\x80\x80",
                                       "\xFF",  // beyond the last character
                                       "\xC3(",
                                       "\xE2(\xA1",
                                       "\xE2\x82(",
                                       "caf\xE9"};
  for (const std::string& text : wrong) EXPECT_FALSE(is_utf8(text)) << text;
}

}  // namespace
}  // namespace metier
