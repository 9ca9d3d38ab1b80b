#include "output/export_csv.hpp"

#include "sim/core/error.hpp"
#include "tests/unit/output/sample.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

namespace metier::output {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Export : public ::testing::Test {
 protected:
  Export() {
    sample::write(folder_ / "a.h5");
    file_.emplace(folder_ / "a.h5");
  }
  std::string indicator(std::string_view name) {
    std::ostringstream out;
    export_csv(*file_, name, out);
    return out.str();
  }
  sample::Folder folder_;
  std::optional<RunFile> file_;
};

TEST_F(Export, WritesTheLongForm) {
  EXPECT_THAT(indicator("gross_output"), StartsWith("time,commune,sector,gross_output\n"
                                                    "2018-12-31,59350,AZ,\n"
                                                    "2018-12-31,59350,\"C, \"\"heavy\"\"\",\n"
                                                    "2018-12-31,59512,AZ,\n"));
  EXPECT_THAT(indicator("gross_output"), HasSubstr("\n2019-01-31,59350,AZ,2001.0999755859375\n"));
  EXPECT_THAT(indicator("money"),
              StartsWith("time,money\n2018-12-31,4000.0999999999999\n2019-01-31,4001.0999999999999\n"));
  EXPECT_THAT(indicator("annual/employment"), StartsWith("time,sector,employment\n2018-12-31,AZ,"));
  EXPECT_THAT(indicator("park_jobs"), StartsWith("time,commune,park_jobs\n"))
      << "without its group when no month has it";
}

TEST_F(Export, HasOneRowPerCell) {
  const std::string text = indicator("employment");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 25 * 6);
}

TEST_F(Export, GivesTheSameNumberBack) {
  RunLayout layout;
  layout.months = 40;
  IndicatorInfo info;
  info.name = "x";
  info.total = true;
  layout.indicators = {info};
  std::vector<double> values;
  {
    RunRecorder recorder(layout, folder_ / "b.h5", Overwrite::kRefuse);
    double x = 1e-300;
    for (int month = 0; month <= 40; ++month) {
      x *= month % 2 == 0 ? 3.0e14 / 7 : -1.0 / 3;
      values.push_back(x);
      recorder.observe({month, {std::span(&x, 1)}});
    }
    recorder.finish({});
  }
  std::ostringstream out;
  export_csv(RunFile(folder_ / "b.h5"), "x", out);
  std::istringstream lines(out.str());
  std::string line;
  std::getline(lines, line);
  for (const double value : values) {
    ASSERT_TRUE(std::getline(lines, line));
    EXPECT_EQ(std::strtod(line.c_str() + line.find(',') + 1, nullptr), value) << line;
  }
}

TEST_F(Export, RefusesAnUnknownIndicatorWithTheNearest) {
  std::ostringstream out;
  try {
    export_csv(*file_, "employement", out);
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_EQ(static_cast<int>(error.exit()), static_cast<int>(Exit::kUsage));
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'employment' or 'annual/employment'?"));
  }
  EXPECT_EQ(out.str(), "") << "nothing is written before the error";
}

TEST_F(Export, WritesTables) {
  std::ostringstream ledger, panel;
  export_table_csv(*file_, "ledger/totals", ledger);
  EXPECT_THAT(ledger.str(), StartsWith("time,kind,sector,paid\n"
                                       "2019-01-31,wages,\"C, \"\"heavy\"\"\",1099511627776\n"
                                       "2019-01-31,purchases,,-1\n"));
  export_table_csv(*file_, "panel", panel);
  EXPECT_THAT(panel.str(), StartsWith("time,key,jobs,price,cash\n"
                                      "2018-12-31,18446744073709551600,0,0.33333333333333331,0\n"));
  std::ostringstream none;
  EXPECT_THROW(export_table_csv(*file_, "events", none), InputError);
}

TEST_F(Export, WritesHashesOfMonthsAndOfWhatProcessesWrote) {
  std::ostringstream out;
  export_hashes_csv(*file_, out);
  const std::string text = out.str();
  EXPECT_THAT(text, StartsWith("time,process,column,hash\n2018-12-31,firms.plan,firm.price,"));
  EXPECT_THAT(text, HasSubstr(fmt::format("\n2019-01-31,labour.match,person.employer,{:016x}\n2019-01-31,,,{:016x}\n",
                                          sample::slot_hash(1, 1), sample::state_hash(1))));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 25 * 3);
}

TEST_F(Export, WritesParametersWithUnitAndOrigin) {
  std::ostringstream out;
  export_parameters_csv(*file_, out);
  EXPECT_THAT(out.str(), StartsWith("parameter,value,unit,origin\nlabour.separation_rate,0.011,1/month,default\n"));
}

TEST_F(Export, TellsWhenNobodyTakesTheText) {
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  try {
    export_csv(*file_, "employment", out);
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_EQ(static_cast<int>(error.exit()), static_cast<int>(Exit::kRun));
  }
}

TEST(CsvField, IsQuotedOnlyWhereNeeded) {
  EXPECT_EQ(csv_field("Lille"), "Lille");
  EXPECT_EQ(csv_field("Villeneuve d'Ascq"), "Villeneuve d'Ascq");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("say \"a\""), "\"say \"\"a\"\"\"");
  EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_field(""), "");
}

}  // namespace
}  // namespace metier::output
