#include "output/diff.hpp"

#include "tests/unit/output/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace metier::output {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Diff : public ::testing::Test {
 protected:
  Diff() { sample::write(folder_ / "a.h5"); }
  RunDifference against_a() { return difference_of(RunFile(folder_ / "a.h5"), RunFile(folder_ / "b.h5")); }
  std::string text(const RunDifference& difference) {
    return to_text(difference, RunFile(folder_ / "a.h5"), RunFile(folder_ / "b.h5"));
  }
  sample::Folder folder_;
};

TEST_F(Diff, SaysThatEqualRunsAreIdentical) {
  sample::write(folder_ / "b.h5");
  const RunDifference found = against_a();
  EXPECT_TRUE(found.identical());
  EXPECT_TRUE(found.hashes_compared);
  EXPECT_THAT(text(found), HasSubstr("The two runs are identical."));
}

TEST_F(Diff, NamesFirstMonthProcessColumnAndCell) {
  sample::write(folder_ / "b.h5", sample::layout(), sample::provenance(), {1, 3, 17, 0.5});
  const RunDifference found = against_a();
  ASSERT_TRUE(found.state.has_value());
  EXPECT_EQ(found.state->month, 17);
  EXPECT_EQ(found.state->date, "2020-05-31");
  EXPECT_EQ(found.state->process, "labour.match");
  EXPECT_EQ(found.state->column, "person.employer");
  ASSERT_EQ(found.variables.size(), 1u);
  EXPECT_EQ(found.variables[0].name, "gross_output");
  EXPECT_EQ(found.variables[0].date, "2020-05-31");
  EXPECT_EQ(found.variables[0].cell, "commune=59512, sector=C, \"heavy\"");
  EXPECT_EQ(found.variables[0].cells, 1u);
  EXPECT_FLOAT_EQ(static_cast<float>(found.variables[0].b - found.variables[0].a), 0.5F);
  EXPECT_FALSE(found.same_numbers());
  EXPECT_TRUE(found.origin.empty());
  EXPECT_THAT(text(found), HasSubstr("the same up to month 16 and part in month 17 (2020-05-31)"));
  EXPECT_THAT(text(found), HasSubstr("column 'person.employer' after the process 'labour.match'"));
}

TEST_F(Diff, NamesAColumnThatTheStateHashLeavesOut) {
  sample::write(folder_ / "b.h5", sample::layout(), sample::provenance(), {1, 3, 17, 0.5, false});
  const RunDifference found = against_a();
  ASSERT_TRUE(found.state.has_value());
  EXPECT_EQ(found.state->month, 17);
  EXPECT_EQ(found.state->process, "labour.match");
  EXPECT_EQ(found.state->column, "person.employer");
}

TEST_F(Diff, FindsADifferenceInQuartersAndYears) {
  sample::write(folder_ / "b.h5", sample::layout(), sample::provenance(), {8, 0, 17, 0.5});
  const RunDifference found = against_a();
  ASSERT_EQ(found.variables.size(), 1u);
  EXPECT_EQ(found.variables[0].name, "annual/rd_spending");
  EXPECT_EQ(found.variables[0].date, "2020-12-31");
  EXPECT_EQ(found.variables[0].cell, "");
}

TEST_F(Diff, FindsTheFirstRowOfATable) {
  RunRecorder recorder(sample::layout(), folder_ / "b.h5", Overwrite::kAllow);
  for (int month = 0; month <= 24; ++month) {
    sample::record_month(recorder, month);
    if (month != 20) continue;
    const std::uint64_t key[] = {7};
    const std::int32_t jobs[] = {1};
    const double price[] = {1};
    const float cash[] = {1};
    recorder.append_table("panel", month,
                          {std::span<const std::uint64_t>(key), std::span<const std::int32_t>(jobs),
                           std::span<const double>(price), std::span<const float>(cash)});
  }
  recorder.finish(sample::provenance());
  const RunDifference found = against_a();
  EXPECT_FALSE(found.state.has_value());
  ASSERT_EQ(found.tables.size(), 1u);
  EXPECT_EQ(found.tables[0].name, "panel");
  EXPECT_EQ(found.tables[0].date, "2020-08-31") << "the extra row is the first that differs";
  EXPECT_EQ(found.tables[0].row, 42u);
  EXPECT_EQ(found.tables[0].column, "month");
  EXPECT_THAT(text(found), Not(HasSubstr("identical")));
}

TEST_F(Diff, ComparesTheOriginOfTheNumbers) {
  Provenance origin = sample::provenance();
  origin.parameters[0].value = "0.012";
  origin.parameters.push_back({"labour.rounds", "2", "", "default"});
  origin.git_hash = "89abcdef";
  origin.data_files[0].sha256 = std::string(64, 'b');
  origin.assumptions.pop_back();
  sample::write(folder_ / "b.h5", sample::layout(), origin);
  const RunDifference found = against_a();
  EXPECT_TRUE(found.same_numbers());
  EXPECT_FALSE(found.identical());
  std::vector<std::string> what;
  for (const OriginDifference& difference : found.origin) what.push_back(difference.what);
  EXPECT_THAT(what, ::testing::ElementsAre("git hash", "parameter labour.separation_rate", "parameter labour.rounds",
                                           "data file scenarios/data/communes.csv", "assumption: coûts nuls"));
  EXPECT_THAT(text(found), HasSubstr("parameter labour.separation_rate: A 0.011 1/month, B 0.012 1/month"));
  EXPECT_THAT(text(found), HasSubstr("All numbers are the same."));
}

TEST_F(Diff, ComparesTheMonthsThatBothHave) {
  sample::write(folder_ / "b.h5", sample::layout(30));
  const RunDifference found = against_a();
  EXPECT_FALSE(found.state.has_value());
  EXPECT_THAT(found.variables, IsEmpty());
  EXPECT_THAT(found.tables, IsEmpty()) << "rows of later months are no difference";
  ASSERT_EQ(found.shape.size(), 1u);
  EXPECT_THAT(found.shape[0], HasSubstr("24 months"));
}

TEST_F(Diff, NamesWhatOnlyOneRunHas) {
  RunLayout layout = sample::layout();
  layout.indicators.back().name = "rd_income";
  layout.dimensions[0].codes[2] = "59600";
  sample::write(folder_ / "b.h5", layout);
  const RunDifference found = against_a();
  EXPECT_THAT(found.shape, ::testing::ElementsAre("the entries of the dimension 'commune' differ",
                                                  "only the first run has the indicator 'annual/rd_spending'",
                                                  "only the second run has the indicator 'annual/rd_income'"));
}

}  // namespace
}  // namespace metier::output
