#include "output/recorder.hpp"

#include "output/reader.hpp"
#include "sim/core/error.hpp"
#include "sim/core/hash.hpp"
#include "sim/core/parallel.hpp"
#include "tests/unit/output/sample.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>
#include <optional>
#include <sys/resource.h>
#include <utility>
#include <vector>

namespace metier::output {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

template <class Body>
std::string recorder_error(Exit exit, Body&& body) {
  try {
    body();
  } catch (const InputError& error) {
    EXPECT_EQ(static_cast<int>(error.exit()), static_cast<int>(exit)) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return {};
}

TEST(RunRecorder, EqualRunsGiveEqualBytes) {
  sample::Folder folder;
  sample::write(folder / "a.h5");
  mallopt(M_PERTURB, 0x5A);  // memory that nobody set must not reach the file
  sample::write(folder / "b.h5");
  mallopt(M_PERTURB, 0xA5);
  sample::write(folder / "c.h5");
  mallopt(M_PERTURB, 0);
  set_threads(3);
  sample::write(folder / "d.h5");
  set_threads(1);
  const std::string bytes = sample::bytes_of(folder / "a.h5");
  EXPECT_GT(bytes.size(), 10000u);
  EXPECT_EQ(bytes, sample::bytes_of(folder / "b.h5"));
  EXPECT_EQ(bytes, sample::bytes_of(folder / "c.h5"));
  EXPECT_EQ(bytes, sample::bytes_of(folder / "d.h5")) << "chunks packed by three threads";
  EXPECT_THAT(folder.names(), ElementsAre("a.h5", "b.h5", "c.h5", "d.h5")) << "spools are removed";
}

TEST(RunRecorder, NothingHasTheFinalNameBeforeTheEnd) {
  sample::Folder folder;
  RunRecorder recorder(sample::layout(), folder / "a.h5", Overwrite::kRefuse);
  sample::record(recorder, 0, 24);
  EXPECT_THAT(folder.names(), ElementsAre("a.h5.part"));
  recorder.finish(sample::provenance());
  EXPECT_THAT(folder.names(), ElementsAre("a.h5"));
}

TEST(RunRecorder, JoinsMonthsByMeasure) {
  sample::Folder folder;
  sample::write(folder / "a.h5");
  const RunFile file(folder / "a.h5");
  const auto read = [&](const char* name) { return file.read(*file.find(name)); };
  const auto as_stored = [](double x) { return static_cast<double>(static_cast<float>(x)); };

  EXPECT_EQ(file.days(Frequency::kMonthly).size(), 25u);
  EXPECT_THAT(file.days(Frequency::kQuarterly), ElementsAre(0, 90, 181, 273, 365, 456, 547, 639, 731));
  EXPECT_THAT(file.days(Frequency::kAnnual), ElementsAre(0, 365, 731));
  EXPECT_EQ(file.date(Frequency::kMonthly, 0), "2018-12-31");
  EXPECT_EQ(file.date(Frequency::kMonthly, 2), "2019-02-28");
  EXPECT_EQ(file.date(Frequency::kMonthly, 14), "2020-02-29");
  EXPECT_EQ(file.date(Frequency::kAnnual, 2), "2020-12-31");

  const std::vector<double> employment = read("employment"), output = read("gross_output"), price = read("price_level");
  for (std::size_t month = 0; month <= 24; ++month) {
    const int m = static_cast<int>(month);
    for (std::size_t cell = 0; cell < 6; ++cell) {
      EXPECT_EQ(employment[month * 6 + cell], as_stored(sample::value(0, m, cell)));
      if (month == 0) continue;
      EXPECT_EQ(output[month * 6 + cell], as_stored(sample::value(1, m, cell)));
    }
  }
  for (std::size_t cell = 0; cell < 6; ++cell) EXPECT_TRUE(std::isnan(output[cell])) << "a flow has no value at t = 0";
  EXPECT_TRUE(std::isnan(price[0]) && std::isnan(price[1])) << "nor has a mean";
  EXPECT_EQ(read("money")[7], sample::value(3, 7, 0)) << "totals are double";

  const std::vector<double> stock = read("park_jobs"), mean = read("load_factor"), last = read("annual/employment"),
                            flow = read("rd_spending");
  EXPECT_EQ(stock[0], as_stored(sample::value(5, 0, 0))) << "the state at t = 0";
  EXPECT_EQ(stock[2 * 3 + 1], as_stored(sample::value(5, 6, 1))) << "end of the second quarter";
  EXPECT_TRUE(std::isnan(mean[0]));
  EXPECT_EQ(mean[2 * 2 + 1], as_stored((sample::value(6, 4, 1) + sample::value(6, 5, 1) + sample::value(6, 6, 1)) / 3));
  EXPECT_EQ(last[1 * 2 + 1], as_stored(sample::value(7, 12, 1)));
  double sum = 0;
  for (int month = 13; month <= 24; ++month) sum += sample::value(8, month, 0);
  EXPECT_EQ(flow[2], sum);
  EXPECT_TRUE(std::isnan(flow[0]));
}

/// Chunks of 32,768 rows are packed many at a time on all threads; every row comes back in its place.
TEST(RunRecorder, LongTablesComeBackRowByRow) {
  constexpr std::size_t kRows = 300'000;
  const int before = threads();
  set_threads(2);
  const sample::Folder folder;
  RunRecorder recorder(sample::layout(), folder / "run.h5", Overwrite::kRefuse);
  std::vector<std::uint64_t> key(kRows);
  std::vector<std::int32_t> jobs(kRows);
  std::vector<double> price(kRows);
  std::vector<float> cash(kRows);
  for (std::size_t row = 0; row < kRows; ++row) {
    key[row] = hash64(row);
    jobs[row] = static_cast<std::int32_t>(row);
    price[row] = 1.0 / static_cast<double>(row + 1);
    cash[row] = static_cast<float>(row % 1000);
  }
  for (int month = 0; month <= 24; ++month) {
    sample::record_month(recorder, month);
    if (month == 1)
      recorder.append_table("panel", month,
                            {std::span(std::as_const(key)), std::span(std::as_const(jobs)),
                             std::span(std::as_const(price)), std::span(std::as_const(cash))});
  }
  recorder.finish(sample::provenance());
  set_threads(before);

  const RunFile file(folder / "run.h5");
  const auto panel = std::find_if(file.tables().begin(), file.tables().end(),
                                  [](const StoredTable& table) { return table.name == "panel"; });
  ASSERT_NE(panel, file.tables().end());
  const std::uint64_t first = 1 + 2;  // rows of the months 0 and 1 in the sample
  const std::vector<std::int64_t> keys = file.read_integers(*panel, 1, first, kRows);
  const std::vector<std::int64_t> people = file.read_integers(*panel, 2, first, kRows);
  const std::vector<double> prices = file.read_numbers(*panel, 3, first, kRows);
  const std::vector<double> money = file.read_numbers(*panel, 4, first, kRows);
  for (std::size_t row = 0; row < kRows; ++row) {
    ASSERT_EQ(static_cast<std::uint64_t>(keys[row]), key[row]) << row;
    ASSERT_EQ(people[row], jobs[row]) << row;
    ASSERT_EQ(prices[row], price[row]) << row;
    ASSERT_EQ(money[row], static_cast<double>(cash[row])) << row;
  }
}

TEST(RunRecorder, LeavesOutPeriodsThatAreNotWhole) {
  sample::Folder folder;
  RunLayout layout = sample::layout(13);
  layout.start = {2019, 2};
  sample::write(folder / "a.h5", layout);
  const RunFile file(folder / "a.h5");
  EXPECT_EQ(file.date(Frequency::kMonthly, 0), "2019-01-31");
  const auto& quarters = file.days(Frequency::kQuarterly);
  ASSERT_EQ(quarters.size(), 3u);  // from April 2019 to December 2019; the run ends with February 2020
  EXPECT_EQ(file.date(Frequency::kQuarterly, 0), "2019-06-30");
  EXPECT_EQ(file.date(Frequency::kQuarterly, 2), "2019-12-31");
  const double mean = (sample::value(6, 3, 0) + sample::value(6, 4, 0) + sample::value(6, 5, 0)) / 3;
  EXPECT_EQ(file.read(*file.find("load_factor"))[0], static_cast<double>(static_cast<float>(mean)));
  EXPECT_TRUE(file.days(Frequency::kAnnual).empty()) << "no whole year, no group";
  EXPECT_EQ(file.find(Frequency::kAnnual, "rd_spending"), nullptr);
}

TEST(RunRecorder, MeansSkipMonthsWithoutValueAndFlowsDoNot) {
  sample::Folder folder;
  RunLayout layout;
  layout.months = 12;
  const auto indicator = [](const char* name, Measure measure) {
    IndicatorInfo info;
    info.name = name;
    info.measure = measure;
    info.frequency = Frequency::kAnnual;
    info.total = true;
    return info;
  };
  layout.indicators = {indicator("share", Measure::kMean), indicator("sum", Measure::kFlow)};
  RunRecorder recorder(layout, folder / "a.h5", Overwrite::kRefuse);
  for (int month = 0; month <= 12; ++month) {
    const double value[] = {month % 2 == 0 ? std::nan("") : month};
    recorder.observe({month, {value, value}});
  }
  recorder.finish({});
  const RunFile file(folder / "a.h5");
  EXPECT_EQ(file.read(*file.find("share"))[1], 6.0) << "mean of 1, 3, ..., 11";
  EXPECT_TRUE(std::isnan(file.read(*file.find("sum"))[1]));
}

TEST(RunRecorder, StoresDoubleEverywhereWhenAsked) {
  sample::Folder folder;
  RunLayout layout = sample::layout(3);
  layout.all_double = true;
  sample::write(folder / "a.h5", layout);
  const RunFile file(folder / "a.h5");
  for (const Variable& variable : file.variables())
    EXPECT_EQ(variable.storage, Storage::kFloat64) << variable.info.name;
  EXPECT_EQ(file.read(*file.find("employment"))[6 + 2], sample::value(0, 1, 2));
}

// --- checkpoints ---------------------------------------------------------------------------------------------------

class Resumed : public ::testing::TestWithParam<int> {
 protected:
  Resumed() { sample::write(folder_ / "straight.h5"); }
  /// A run with a checkpoint at the end of `month` that goes on for `more` months and is then interrupted.
  std::vector<std::byte> interrupted(const std::string& name, int month, int more) {
    RunRecorder recorder(sample::layout(), folder_ / name, Overwrite::kAllow);
    sample::record(recorder, 0, month);
    std::vector<std::byte> state = recorder.save();
    recorder.keep();
    // What comes after the checkpoint differs: it must not be seen again.
    sample::record(recorder, month + 1, month + more, {0, 0, month + 1, 5.0});
    return state;
  }
  void go_on(const std::string& name, int month, std::span<const std::byte> state, const std::string& source = {}) {
    RunRecorder recorder(sample::layout(), folder_ / name, Overwrite::kAllow);
    if (!source.empty()) recorder.continue_from(folder_ / source);
    recorder.restore(state);
    EXPECT_EQ(recorder.month(), month);
    sample::record(recorder, month + 1, 24);
    recorder.finish(sample::provenance());
  }
  [[nodiscard]] bool equals_straight(const std::string& name) const {
    return sample::bytes_of(folder_ / name) == sample::bytes_of(folder_ / "straight.h5");
  }
  sample::Folder folder_;
};

TEST_P(Resumed, GivesTheBytesOfAnUndisturbedRun) {
  const int month = GetParam();
  const auto state = interrupted("a.h5", month, 0);
  EXPECT_TRUE(std::filesystem::exists(folder_ / "a.h5.part")) << "the checkpoint needs the spool";
  go_on("a.h5", month, state);
  EXPECT_TRUE(equals_straight("a.h5"));
  EXPECT_THAT(folder_.names(), ElementsAre("a.h5", "straight.h5"));
}
INSTANTIATE_TEST_SUITE_P(Months, Resumed, ::testing::Values(0, 1, 5, 12, 23, 24));

TEST_F(Resumed, ForgetsWhatCameAfterTheCheckpoint) {
  const auto state = interrupted("a.h5", 10, 7);
  go_on("a.h5", 10, state);
  EXPECT_TRUE(equals_straight("a.h5"));
}

TEST_F(Resumed, CanBeRepeatedAfterTheRunHasEnded) {
  const auto state = interrupted("a.h5", 13, 0);
  go_on("a.h5", 13, state);
  go_on("a.h5", 13, state);  // the spool is gone: the finished file gives the months up to the checkpoint
  EXPECT_TRUE(equals_straight("a.h5"));
}

TEST_F(Resumed, BranchesFromTheSpoolOfAnotherTarget) {
  const auto state = interrupted("a.h5", 13, 4);
  go_on("b.h5", 13, state, "a.h5");
  EXPECT_TRUE(equals_straight("b.h5"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "a.h5.part")) << "the source stays as it is";
  go_on("a.h5", 13, state);
  EXPECT_TRUE(equals_straight("a.h5"));
}

TEST_F(Resumed, BranchesFromTheFinishedFileOfAnotherTarget) {
  const auto state = interrupted("a.h5", 13, 0);
  go_on("a.h5", 13, state);
  go_on("b.h5", 13, state, "a.h5");
  EXPECT_TRUE(equals_straight("b.h5"));
}

TEST_F(Resumed, RefusesTheSpoolOfAnotherRun) {
  const auto state = interrupted("a.h5", 13, 0);
  {
    RunRecorder other(sample::layout(), folder_ / "a.h5", Overwrite::kAllow);
    sample::record(other, 0, 20, {0, 0, 5, 1.0});
    static_cast<void>(other.save());
    other.keep();
  }
  const std::string message = recorder_error(Exit::kData, [&] { go_on("a.h5", 13, state); });
  EXPECT_THAT(message, HasSubstr("neither in the folder"));
}

TEST_F(Resumed, LeavesNothingWhenTheResultsAreGone) {
  const auto state = interrupted("a.h5", 13, 0);
  std::filesystem::remove_all(folder_ / "a.h5.part");
  for (const std::string source : {"", "a.h5", "nowhere.h5"}) {  // in its own place, and as a branch
    const std::string target = source.empty() ? "a.h5" : "b.h5";
    const std::string message = recorder_error(Exit::kData, [&] { go_on(target, 13, state, source); });
    EXPECT_THAT(message, HasSubstr("neither in the folder"));
    EXPECT_THAT(folder_.names(), ElementsAre("straight.h5")) << source;
  }
}

TEST_F(Resumed, ABranchThatFailsLeavesTheSourceAlone) {
  const auto state = interrupted("a.h5", 13, 0);
  const std::filesystem::path stream = folder_ / "a.h5.part/monthly.raw";
  const std::string half = sample::bytes_of(stream).substr(0, 100);
  sample::put_bytes(stream, half);
  recorder_error(Exit::kData, [&] { go_on("b.h5", 13, state, "a.h5"); });
  EXPECT_THAT(folder_.names(), ElementsAre("a.h5.part", "straight.h5"));
  EXPECT_EQ(sample::bytes_of(stream), half);
  {
    sample::write(folder_ / "b.h5");
    std::filesystem::remove_all(folder_ / "a.h5.part");
    sample::put_bytes(folder_ / "a.h5", "no run file");
  }
  recorder_error(Exit::kData, [&] { go_on("b.h5", 13, state, "a.h5"); });
  recorder_error(Exit::kData, [&] { go_on("a.h5", 13, state); });
  EXPECT_THAT(folder_.names(), ElementsAre("a.h5", "b.h5", "straight.h5"));
}

TEST_F(Resumed, RefusesARunWithOtherOutputs) {
  const auto state = interrupted("a.h5", 13, 0);
  RunLayout layout = sample::layout();
  layout.indicators.pop_back();
  RunRecorder recorder(layout, folder_ / "a.h5", Overwrite::kAllow);
  EXPECT_THAT(recorder_error(Exit::kData, [&] { recorder.restore(state); }), HasSubstr("other outputs"));
}

TEST_F(Resumed, RefusesADamagedState) {
  const auto state = interrupted("a.h5", 13, 0);
  for (std::size_t length = 0; length < state.size(); length += 7) {
    RunRecorder recorder(sample::layout(), folder_ / "a.h5", Overwrite::kAllow);
    recorder_error(Exit::kData, [&] { recorder.restore(std::span(state).first(length)); });
  }
  auto longer = state;
  longer.push_back(std::byte{0});
  RunRecorder recorder(sample::layout(), folder_ / "a.h5", Overwrite::kAllow);
  EXPECT_THAT(recorder_error(Exit::kData, [&] { recorder.restore(longer); }), HasSubstr("damaged"));
}

TEST_F(Resumed, MayGoOnForMoreMonths) {
  const auto state = interrupted("a.h5", 24, 0);
  RunRecorder recorder(sample::layout(36), folder_ / "a.h5", Overwrite::kAllow);
  recorder.restore(state);
  sample::record(recorder, 25, 36);
  recorder.finish(sample::provenance());
  sample::write(folder_ / "long.h5", sample::layout(36));
  EXPECT_EQ(sample::bytes_of(folder_ / "a.h5"), sample::bytes_of(folder_ / "long.h5"));
}

// --- accidents -----------------------------------------------------------------------------------------------------

TEST(RunRecorder, LeavesNothingWithoutACheckpoint) {
  sample::Folder folder;
  {
    RunRecorder recorder(sample::layout(), folder / "a.h5", Overwrite::kRefuse);
    sample::record(recorder, 0, 5);
  }
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(RunRecorder, ReplacesWhatAKilledRunLeft) {
  sample::Folder folder;
  std::filesystem::create_directory(folder / "a.h5.part");
  sample::put_bytes(folder / "a.h5.part/monthly.raw", std::string(5000, 'x'));
  sample::put_bytes(folder / "a.h5.part/run.h5", "half a file");
  sample::put_bytes(folder / "a.h5.part/lock", "process 999999999 on nowhere\n");
  sample::write(folder / "a.h5");
  sample::write(folder / "b.h5");
  EXPECT_EQ(sample::bytes_of(folder / "a.h5"), sample::bytes_of(folder / "b.h5"));
  EXPECT_THAT(folder.names(), ElementsAre("a.h5", "b.h5"));
}

TEST(RunRecorder, KeepsTheSpoolOfAnInterruptedRunUntilTheNewOneBegins) {
  sample::Folder folder;
  {
    RunRecorder recorder(sample::layout(), folder / "a.h5", Overwrite::kRefuse);
    sample::record(recorder, 0, 5);
    static_cast<void>(recorder.save());
    recorder.keep();
  }
  { RunRecorder fails_before_month_0(sample::layout(), folder / "a.h5", Overwrite::kRefuse); }
  EXPECT_GT(std::filesystem::file_size(folder / "a.h5.part/monthly.raw"), 0u);
}

TEST(RunRecorder, LeavesNothingWhenNoCheckpointCameOfWhatWasSaved) {
  sample::Folder folder;
  {
    RunRecorder recorder(sample::layout(), folder / "a.h5", Overwrite::kRefuse);
    sample::record(recorder, 0, 5);
    static_cast<void>(recorder.save());
  }
  EXPECT_THAT(folder.names(), ElementsAre());
}

TEST(RunRecorder, RefusesTwoRunsWithOneTarget) {
  sample::Folder folder;
  RunRecorder recorder(sample::layout(), folder / "a.h5", Overwrite::kAllow);
  EXPECT_THAT(recorder_error(Exit::kUsage, [&] { RunRecorder(sample::layout(), folder / "a.h5", Overwrite::kAllow); }),
              HasSubstr("already writing"));
}

TEST(RunRecorder, RefusesAnExistingFileUnlessForced) {
  sample::Folder folder;
  sample::put_bytes(folder / "a.h5", "precious");
  EXPECT_THAT(recorder_error(Exit::kUsage, [&] { RunRecorder(sample::layout(), folder / "a.h5", Overwrite::kRefuse); }),
              HasSubstr("--force"));
  {
    RunRecorder recorder(sample::layout(), folder / "a.h5", Overwrite::kAllow);
    sample::record(recorder, 0, 24);
    EXPECT_EQ(sample::bytes_of(folder / "a.h5"), "precious") << "the old file stays until the new one is complete";
    recorder.finish(sample::provenance());
  }
  EXPECT_EQ(RunFile(folder / "a.h5").months(), 24);
}

TEST(RunRecorder, NeverReplacesAFileThatAppearedMeanwhile) {
  sample::Folder folder;
  {
    RunRecorder recorder(sample::layout(), folder / "a.h5", Overwrite::kRefuse);
    sample::record(recorder, 0, 24);
    sample::put_bytes(folder / "a.h5", "precious");
    EXPECT_THAT(recorder_error(Exit::kRun, [&] { recorder.finish(sample::provenance()); }), HasSubstr("finished.h5"));
  }
  EXPECT_EQ(sample::bytes_of(folder / "a.h5"), "precious");
  EXPECT_EQ(RunFile(folder / "a.h5.part/finished.h5").months(), 24);
}

TEST(RunRecorder, TellsADiskThatFillsAtTheEnd) {
  sample::Folder folder;
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  std::vector<std::byte> state;
  {
    RunRecorder recorder(sample::layout(), folder / "a.h5", Overwrite::kRefuse);
    sample::record(recorder, 0, 24);
    state = recorder.save();
    recorder.keep();
    const rlimit small{8000, before.rlim_max};  // the streams are shorter, the file is longer
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    EXPECT_THAT(recorder_error(Exit::kRun, [&] { recorder.finish(sample::provenance()); }), HasSubstr("no room left"));
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  }
  std::signal(SIGXFSZ, old_handler);
  EXPECT_THAT(folder.names(), ElementsAre("a.h5.part")) << "nothing has the final name";
  RunRecorder recorder(sample::layout(), folder / "a.h5", Overwrite::kRefuse);
  recorder.restore(state);
  recorder.finish(sample::provenance());
  EXPECT_EQ(RunFile(folder / "a.h5").months(), 24) << "with room again, the checkpoint is enough";
}

TEST(RunLayout, RefusesLabelsThatAreNoUtf8) {
  sample::Folder folder;
  RunLayout layout = sample::layout();
  layout.dimensions[1].codes[1] = "\xE9nergie";
  const std::string message =
      recorder_error(Exit::kScenario, [&] { RunRecorder(layout, folder / "a.h5", Overwrite::kRefuse); });
  EXPECT_THAT(message, HasSubstr("label 2 of the dimension 'sector'"));
}

TEST(RunLayout, RefusesDeclarationsThatCannotBeWritten) {
  const auto broken = [](auto&& change) {
    RunLayout layout = sample::layout();
    change(layout);
    EXPECT_THROW(check_layout(layout), BrokenPromise);
  };
  check_layout(sample::layout());
  broken([](RunLayout& l) { l.indicators[0].name = "2nd"; });
  broken([](RunLayout& l) { l.indicators[0].dims = {"street"}; });
  broken([](RunLayout& l) { l.indicators[0].dims = {"sector", "sector"}; });
  broken([](RunLayout& l) { l.indicators[1].name = "employment"; });
  broken([](RunLayout& l) { l.indicators[1].name = "commune_label_fr"; });
  broken([](RunLayout& l) { l.indicators[1].name = "panel"; });
  broken([](RunLayout& l) { l.dimensions[0].labels_fr.pop_back(); });
  broken([](RunLayout& l) { l.tables[0].name = "provenance/x"; });
  broken([](RunLayout& l) { l.tables[0].name = "panel/x"; });
  broken([](RunLayout& l) { l.tables[0].columns[0].name = "month"; });
  broken([](RunLayout& l) { l.tables[1].columns[2].dimension = "kind"; });
  broken([](RunLayout& l) { l.months = 0; });
}

TEST(RunRecorder, InsistsOnWholeMonthsInTheirOrder) {
  sample::Folder folder;
  RunRecorder recorder(sample::layout(), folder / "a.h5", Overwrite::kRefuse);
  sample::record_month(recorder, 0);
  EXPECT_THROW(sample::record_month(recorder, 2), BrokenPromise);
  EXPECT_THROW(recorder.observe({1, {}}), BrokenPromise);
  const std::int32_t wrong[] = {1};
  EXPECT_THROW(
      recorder.append_table("events", 1, {std::span<const std::int32_t>(wrong), std::span<const std::int32_t>(wrong)}),
      BrokenPromise);
  EXPECT_THROW(recorder.append_table("absent", 1, {std::span<const std::int32_t>(wrong)}), BrokenPromise);
  const double wrong_type[] = {1};
  EXPECT_THROW(recorder.append_table("events", 1, {std::span<const double>(wrong_type)}), BrokenPromise);
  EXPECT_THROW(recorder.finish({}), BrokenPromise);
}

}  // namespace
}  // namespace metier::output
