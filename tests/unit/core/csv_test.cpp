#include "sim/core/csv.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>
#include <vector>

namespace metier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> texts(const Problems& problems) {
  std::vector<std::string> out;
  for (const Problem& problem : problems.list()) out.push_back(to_text(problem));
  return out;
}
/// The problems of a text, each as it is printed.
std::vector<std::string> problems_of(const std::string& content) {
  Problems problems;
  parse_csv(content, "t.csv", problems);
  return texts(problems);
}
CsvTable good(const std::string& content) {
  Problems problems;
  CsvTable table = parse_csv(content, "t.csv", problems);
  EXPECT_TRUE(problems.empty()) << content << "\n" << (problems.empty() ? "" : texts(problems)[0]);
  return table;
}

TEST(Csv, ReadsRowsAndKnowsWhereTheyStand) {
  const CsvTable table = good("commune,jobs\nLille,12\nRoubaix,3.5\n");
  ASSERT_EQ(table.rows(), 2u);
  ASSERT_EQ(table.columns(), 2u);
  EXPECT_EQ(table.text(1, 0), "Roubaix");
  EXPECT_EQ(table.at(1, 1).line, 3);
  EXPECT_EQ(table.at(1, 1).column, 9);
  Problems problems;
  EXPECT_EQ(table.number(1, 1, problems), 3.5);
  EXPECT_EQ(table.find("jobs"), 1u);
  EXPECT_FALSE(table.find("Jobs"));
  EXPECT_TRUE(problems.empty());
}

TEST(Csv, LineEndsByteOrderMarkAndLastLine) {
  constexpr const char* with_mark =
      "\xEF\xBB\xBF"
      "a,b\n1,2\n3,4";
  for (const char* content :
       {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", with_mark, "a,b\n1,2\n\n3,4\n\n", "a,b\r\n1,2\n3,4"}) {
    const CsvTable table = good(content);
    EXPECT_EQ(table.header()[0].text, "a");
    EXPECT_EQ(table.header()[1].text, "b");
    ASSERT_EQ(table.rows(), 2u) << content;
    EXPECT_EQ(table.text(1, 1), "4");
  }
  EXPECT_EQ(good("a,b\n1,\n").text(0, 1), "");
  EXPECT_EQ(good("a,b\n1,").text(0, 1), "");
  EXPECT_EQ(good("a,b\n").rows(), 0u);
}

TEST(Csv, QuotesHoldCommasQuotesAndLines) {
  const CsvTable table =
      good("name,note\r\n\"Lille, centre\",\"says \"\"non\"\"\"\r\n\"two\nlines\",x\r\n\"\",\"y\"\r\n");
  ASSERT_EQ(table.rows(), 3u);
  EXPECT_EQ(table.text(0, 0), "Lille, centre");
  EXPECT_EQ(table.text(0, 1), "says \"non\"");
  EXPECT_EQ(table.text(1, 0), "two\nlines");
  EXPECT_EQ(table.at(1, 1).line, 4) << "after the line end inside the quotes";
  EXPECT_EQ(table.text(2, 0), "");
  EXPECT_EQ(table.at(2, 1).line, 5);
}

TEST(Csv, CellsOutliveTheReader) {
  CsvTable copy;
  {
    const CsvTable table = good("name\n\"a very long quoted field that is not kept inside a short string\"\nplain\n");
    copy = table;
  }
  EXPECT_EQ(copy.text(0, 0), "a very long quoted field that is not kept inside a short string");
  EXPECT_EQ(copy.text(1, 0), "plain");
}

TEST(Csv, ColumnsCountCharacters) {
  Problems problems;
  const CsvTable table = parse_csv("commune,jobs\nHéné,x\n", "t.csv", problems);
  table.number(0, 1, problems);
  EXPECT_THAT(texts(problems), ElementsAre("t.csv:2:6: error: 'x' in column 'jobs' is not a number\n"
                                           "    write a number with a point as decimal mark"));
}

TEST(Csv, WhatIsWrongWithAFileIsToldWithItsPlace) {
  EXPECT_THAT(problems_of(""), ElementsAre("t.csv:1:1: error: is empty\n    the first line must name the columns"));
  EXPECT_THAT(problems_of(" \n\r\n"), ElementsAre(HasSubstr("t.csv:1:1: error: is empty")));
  EXPECT_THAT(problems_of("a,b\n1,caf\xE9\n"),
              ElementsAre("t.csv:2:6: error: is not UTF-8 text\n    save the file as UTF-8"));
  EXPECT_THAT(problems_of("é,b\n1,2\n\xE2\x82"), ElementsAre(HasSubstr("t.csv:3:1: error: is not UTF-8")));
  EXPECT_THAT(problems_of("a,b\n1\n1,2,3\n"),
              ElementsAre("t.csv:2:1: error: has 1 fields, the header has 2\n    quote fields that contain a comma",
                          "t.csv:3:1: error: has 3 fields, the header has 2\n    quote fields that contain a comma"));
  EXPECT_THAT(problems_of("a,b,a\n"), ElementsAre("t.csv:1:5: error: column 'a' stands twice"));
  EXPECT_THAT(problems_of("a,,c\n"), ElementsAre("t.csv:1:3: error: a column has no name"));
  EXPECT_THAT(problems_of("a,b\n1,\"x\n3,4\n"),
              ElementsAre("t.csv:2:3: error: a quoted field is not closed before the end of the file\n"
                          "    close it with a quote"));
  EXPECT_THAT(problems_of("a,b\n\"1\"2,3\n"),
              ElementsAre("t.csv:2:4: error: text stands after the closing quote of a field\n"
                          "    double the quotes that belong to the text"));
}

TEST(Csv, OtherSeparatorsAreToldOnceAndNothingElse) {
  const std::string mend = "\n    export it as CSV with commas between the fields and a point as decimal mark";
  const std::string semicolons = "error: is separated by semicolons, it must be by commas" + mend;
  EXPECT_THAT(problems_of("a;b\n1;2,5\n3\n"), ElementsAre("t.csv:1:2: " + semicolons));
  EXPECT_THAT(problems_of("\xEF\xBB\xBF\"été, 1\";\"b\"\r\n1;2\r\n"), ElementsAre("t.csv:1:9: " + semicolons));
  EXPECT_THAT(problems_of("a\tb\tc"),
              ElementsAre("t.csv:1:2: error: is separated by tabs, it must be by commas" + mend));
  EXPECT_THAT(problems_of("a,\"b;c;d\"\n1,2\n"), IsEmpty());
  EXPECT_THAT(problems_of("a,b;c\n1,2;3\n"), IsEmpty());
}

TEST(Csv, AllProblemsOfAFileComeOut) {
  Problems problems;
  const CsvTable table = parse_csv("a,a\n1\nx,nan\n2,3\n", "t.csv", problems);
  ASSERT_EQ(table.rows(), 2u) << "what can be used is kept";
  table.number(0, 0, problems);
  table.number(0, 1, problems);
  EXPECT_EQ(problems.size(), 4u);
}

TEST(Csv, NumbersAreWholeFieldsInTheirRange) {
  for (const char* text : {"1", "-2.5", "+3", "1e3", "0.1", ".5", "5.", "-0"}) EXPECT_TRUE(parse_number(text)) << text;
  constexpr const char* wide_space =  // no-break space between digits
      "1\xC2\xA0"
      "000";
  for (const char* text : {"",    " 1",  "1 ",  "1,5", "1_000", "0x10", "nan", "NaN",   "inf", "-inf",    "1e999",
                           "--1", "+-1", "-+1", "+",   "-",     ".",    "e5",  "1.2.3", "12a", wide_space}) {
    EXPECT_FALSE(parse_number(text)) << text;
  }
  EXPECT_EQ(parse_number("1e-3"), 0.001);
  EXPECT_EQ(parse_number("+3"), 3.0);
  Problems problems;
  const CsvTable table = parse_csv("v\n-1\n2\n12\n", "t.csv", problems);
  for (std::size_t row = 0; row < 3; ++row) table.number(row, 0, problems, 0.0);
  EXPECT_THAT(texts(problems), ElementsAre("t.csv:2:1: error: 'v' is -1, allowed 0 or more"));
  for (std::size_t row = 0; row < 3; ++row) table.number(row, 0, problems, -1e300, 10.0);
  for (std::size_t row = 0; row < 3; ++row) table.number(row, 0, problems, 0.0, 10.0);
  EXPECT_THAT(texts(problems), ElementsAre(HasSubstr("allowed 0 or more"),  //
                                           "t.csv:4:1: error: 'v' is 12, allowed 10 or less",
                                           "t.csv:2:1: error: 'v' is -1, allowed 0 to 10",
                                           "t.csv:4:1: error: 'v' is 12, allowed 0 to 10"));
}

TEST(Csv, EmptyCellsMayBeAllowed) {
  Problems problems;
  const CsvTable table = parse_csv("k,v\n1,\n2,NA\n3,4\n5,x\n", "t.csv", problems);
  EXPECT_EQ(table.optional_number(0, 1, problems), std::nullopt);
  EXPECT_EQ(table.optional_number(1, 1, problems), std::nullopt);
  EXPECT_EQ(table.optional_number(2, 1, problems), 4.0);
  EXPECT_TRUE(problems.empty());
  table.optional_number(3, 1, problems);
  table.number(0, 1, problems);
  EXPECT_EQ(problems.size(), 2u);
}

TEST(Csv, AMissingColumnIsNamedWithItsNearest) {
  Problems problems;
  const CsvTable table = parse_csv("commune,valeur\nx,1\n", "t.csv", problems);
  EXPECT_EQ(table.require("commune", problems), 0u);
  EXPECT_FALSE(table.require("comune", problems));
  EXPECT_FALSE(table.require("zzz", problems));
  EXPECT_THAT(texts(problems), ElementsAre("t.csv:1:1: error: column 'comune' is missing\n    did you mean 'commune'?",
                                           "t.csv:1:1: error: column 'zzz' is missing"));
}

class CsvFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("metier-csv-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    path_ = (folder_ / "t.csv").string();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& content) const { std::ofstream(path_, std::ios::binary) << content; }
  /// Problems with the name of the folder taken away.
  [[nodiscard]] std::vector<std::string> told() const {
    std::vector<std::string> out = texts(problems_);
    for (std::string& text : out) {
      if (text.starts_with(folder_.string() + "/")) text.erase(0, folder_.string().size() + 1);
    }
    return out;
  }
  std::filesystem::path folder_;
  std::string path_;
  Problems problems_;
};

TEST_F(CsvFile, WhatCannotBeReadIsTold) {
  read_csv((folder_ / "missing.csv").string(), problems_);
  read_csv((folder_ / ".").string(), problems_);
  EXPECT_THAT(told(), ElementsAre("missing.csv: error: cannot be read: No such file or directory\n    check the path",
                                  ".: error: is not a file\n    check the path"));
}

TEST_F(CsvFile, AFileOfMoreThan100MegabytesIsRefusedUnread) {
  write("a\n");
  std::filesystem::resize_file(path_, 100'000'001);  // a hole: takes no room on the disk
  read_csv(path_, problems_);
  EXPECT_THAT(told(),
              ElementsAre("t.csv: error: has 100000001 bytes, allowed up to 100000000\n    is this the right file?"));
}

TEST_F(CsvFile, AMatrixHasItsLabels) {
  write(",A,B\nA,0.1,0.2\nB,0,0.4\n");
  const CsvMatrix matrix = read_matrix(path_, true, problems_);
  EXPECT_TRUE(problems_.empty());
  EXPECT_EQ(matrix.rows, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(matrix.columns, matrix.rows);
  EXPECT_EQ(matrix.at(0, 1), 0.2);
  EXPECT_EQ(matrix.at(1, 0), 0.0);
}

TEST_F(CsvFile, AMatrixWhoseRowsAndColumnsDoNotMatchIsRefused) {
  write(",A,B,C\nB,1,2,3\nA,4,5,6\n");
  read_matrix(path_, true, problems_);
  const char* order = "\n    rows and columns must have the same labels in the same order";
  EXPECT_THAT(told(), ElementsAre(std::string("t.csv:2:1: error: row 1 is 'B', the column in its place is 'A'") + order,
                                  "t.csv:1:1: error: has 2 rows and 3 columns of numbers, it must be square"));
}

TEST_F(CsvFile, AMatrixMayBeRectangularWithDifferentLabels) {
  write("x,A,B\nr,1,-2\n");
  EXPECT_EQ(read_matrix(path_, false, problems_).values, (std::vector<double>{1, -2}));
  EXPECT_TRUE(problems_.empty());
}

TEST_F(CsvFile, NegativeNumbersAreRefusedWhereTheyAreForbidden) {
  write(",A,B\nA,1,-2\nA,x,3\n");
  read_matrix(path_, false, problems_, 0.0);
  EXPECT_THAT(told(),
              ElementsAre("t.csv:2:5: error: 'B' is -2, allowed 0 or more", "t.csv:3:1: error: row 'A' stands twice",
                          HasSubstr("t.csv:3:3: error: 'x' in column 'A' is not a number")));
}

TEST_F(CsvFile, AVectorIsPutInTheOrderOfItsLabels) {
  write("value,label\n2,B\n1,A\n");
  EXPECT_EQ(read_vector(path_, {"A", "B"}, problems_), (std::vector<double>{1, 2}));
  EXPECT_TRUE(problems_.empty());
}

TEST_F(CsvFile, WhatIsWrongWithAVector) {
  write("label,value\nalpha,1\nalpha,2\nbata,3\ngamma,-4\n");
  read_vector(path_, {"alpha", "beta", "gamma", "delta"}, problems_, 0.0);
  EXPECT_THAT(told(), ElementsAre("t.csv:3:1: error: 'alpha' stands twice",
                                  "t.csv:4:1: error: 'bata' is not a label of the table\n    did you mean 'beta'?",
                                  "t.csv:5:7: error: 'value' is -4, allowed 0 or more",
                                  "t.csv:1:1: error: 'beta' is missing", "t.csv:1:1: error: 'delta' is missing"));
}

TEST_F(CsvFile, AVectorWithoutRowsIsNotAllZero) {
  write("label,value\n");
  read_vector(path_, {"A", "B"}, problems_);
  EXPECT_THAT(told(), ElementsAre("t.csv:1:1: error: has no rows, it needs one for each of 2 labels"));
}

TEST_F(CsvFile, AVectorWithoutItsColumns) {
  write("labels,x\nA,1\n");
  read_vector(path_, {"A"}, problems_);
  EXPECT_THAT(told(), ElementsAre("t.csv:1:1: error: column 'label' is missing\n    did you mean 'labels'?",
                                  "t.csv:1:1: error: column 'value' is missing"));
}

}  // namespace
}  // namespace metier
