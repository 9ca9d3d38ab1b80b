// Same program, scenario and seed: same bits. For any number of threads, with or without restart, with or without
// outputs, hashes of processes and kept postings.
#include "tests/invariance/engine/bazaar.hpp"
#include "sim/engine/checkpoint.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <numeric>
#include <string>
#include <unistd.h>
#include <vector>

namespace metier {
namespace {

using bazaar::kMonths;
using bazaar::Season;
using Hashes = std::vector<std::uint64_t>;

/// Keeps what it is shown, as the recorder of a run does.
class Notes : public Observer {
 public:
  void observe(const Observation& observation) override {
    for (const auto cells : observation.values) seen_.insert(seen_.end(), cells.begin(), cells.end());
  }
  std::vector<std::byte> save() override {
    const auto bytes = std::as_bytes(std::span<const double>(seen_));
    return {bytes.begin(), bytes.end()};
  }
  void restore(std::span<const std::byte> state) override {
    seen_.resize(state.size() / sizeof(double));
    std::memcpy(seen_.data(), state.data(), state.size());
  }
  [[nodiscard]] const std::vector<double>& seen() const { return seen_; }

 private:
  std::vector<double> seen_;
};

class Bazaar : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("metier-bazaar-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override {
    set_threads(1);
    std::filesystem::remove_all(folder_);
  }
  [[nodiscard]] std::string file(const std::string& name) const { return (folder_ / name).string(); }
  static std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// Hashes of all months of an undisturbed run on one thread.
  static const Hashes& reference() {
    static const Hashes hashes = [] {
      set_threads(1);
      Season run;
      run.simulator->start(nullptr);
      run.finish();
      return run.simulator->hashes();
    }();
    return hashes;
  }
  std::filesystem::path folder_;
};

TEST_F(Bazaar, IsAliveAndLosesNoCent) {
  Notes notes;
  Season run;
  run.simulator->start(&notes);
  run.finish(&notes);
  const auto balances = run.world.column<AccountBalance>();
  EXPECT_EQ(std::accumulate(balances.begin(), balances.end(), std::int64_t{0}), 0);
  EXPECT_GT(run.world.column<bazaar::Turnover>()[0], 0);
  EXPECT_EQ(run.world.column<bazaar::Turnover>()[0], run.world.column<FlowPaid>()[bazaar::kBuyers]);
  EXPECT_GT(run.world.rows<bazaar::Visitor>(), kMonths * 20u);
  std::int64_t turned_away = 0;
  for (const std::uint32_t stall : run.world.column<bazaar::BoughtAt>()) turned_away += stall == kNoTarget ? 1 : 0;
  EXPECT_GT(turned_away, 100) << "the market is tight, so that its order matters";
  for (std::size_t m = 1; m < reference().size(); ++m) EXPECT_NE(reference()[m], reference()[m - 1]) << m;
}

TEST_F(Bazaar, AnotherSeedGivesAnotherHistory) {
  Season run(12);
  run.simulator->start(nullptr);
  run.finish();
  EXPECT_EQ(run.simulator->hashes()[0], reference()[0]) << "t = 0 has no random number of the months";
  for (std::size_t m = 1; m < reference().size(); ++m) EXPECT_NE(run.simulator->hashes()[m], reference()[m]) << m;
}

TEST_F(Bazaar, AnyNumberOfThreads) {
  for (const int workers : {1, 2, 3, 7}) {
    set_threads(workers);
    Season run;
    run.simulator->start(nullptr);
    run.finish();
    EXPECT_EQ(run.simulator->hashes(), reference()) << workers << " threads";
  }
}

TEST_F(Bazaar, ThreadsMayChangeFromMonthToMonth) {
  Season run;
  run.simulator->start(nullptr);
  for (int k = 0; !run.simulator->finished(); ++k) {
    set_threads(1 + k % 7);
    run.simulator->advance(nullptr);
  }
  EXPECT_EQ(run.simulator->hashes(), reference());
}

TEST_F(Bazaar, OutputsHashesOfProcessesAndPostingsOnAndOff) {
  struct Ignore : PostingLog {
    void keep(std::span<const Posting> postings) override { count += postings.size(); }
    std::size_t count = 0;
  } log;
  for (const bool observed : {false, true}) {
    for (const bool hashed : {false, true}) {
      for (const bool kept : {false, true}) {
        set_threads(kept ? 3 : 2);
        Notes notes;
        Season run(11, hashed);
        if (kept) Ledger::keep_postings(run.world, &log);
        run.simulator->start(observed ? &notes : nullptr);
        run.finish(observed ? &notes : nullptr);
        EXPECT_EQ(run.simulator->hashes(), reference()) << observed << hashed << kept;
        EXPECT_EQ(notes.seen().empty(), !observed);
        EXPECT_EQ(run.simulator->process_hashes().empty(), !hashed);
      }
    }
  }
  EXPECT_GT(log.count, 0u);
}

TEST_F(Bazaar, HashesOfProcessesAreThoseOfOneThread) {
  std::vector<std::uint64_t> expected;
  for (const int workers : {1, 2, 7}) {
    set_threads(workers);
    Season run(11, true);
    run.simulator->start(nullptr);
    run.finish();
    std::vector<std::uint64_t> hashes;
    for (const ProcessHash& line : run.simulator->process_hashes()) hashes.push_back(line.hash);
    if (expected.empty()) expected = hashes;
    EXPECT_EQ(hashes, expected) << workers << " threads";
  }
  EXPECT_GT(expected.size(), kMonths * 8u);
}

// From a checkpoint of any month, into a new world, on another number of threads: the same hashes, observations and
// last checkpoint, byte by byte.
TEST_F(Bazaar, ARestartAtAnyMonth) {
  Notes whole;
  Season undisturbed;
  undisturbed.simulator->start(&whole);
  undisturbed.finish(&whole);
  write_checkpoint(file("end.ckpt"), {kMonths, "p", "s", "r"}, undisturbed.world, whole.save());
  const std::string end = bytes_of(file("end.ckpt"));

  for (const int stop : {0, 1, 3, 5}) {
    set_threads(1 + stop % 3);
    Notes notes;
    Season first;
    first.simulator->start(&notes);
    while (first.simulator->month() < stop) first.simulator->advance(&notes);
    write_checkpoint(file("stop.ckpt"), {stop, "p", "s", "r"}, first.world, notes.save());

    set_threads(stop % 2 == 0 ? 7 : 1);
    Season second(11, false, 5, 2);  // what the world held before does not matter: the checkpoint replaces it
    const Checkpoint checkpoint = read_checkpoint(file("stop.ckpt"), second.world);
    EXPECT_EQ(checkpoint.header.month, stop);
    Notes more;
    more.restore(checkpoint.observer);
    second.simulator->resume_after(stop, first.simulator->hashes());
    second.finish(&more);
    EXPECT_EQ(second.simulator->hashes(), reference()) << "stopped after month " << stop;
    EXPECT_EQ(more.seen(), whole.seen()) << "stopped after month " << stop;
    write_checkpoint(file("end2.ckpt"), {kMonths, "p", "s", "r"}, second.world, more.save());
    EXPECT_TRUE(bytes_of(file("end2.ckpt")) == end) << "stopped after month " << stop;
  }
}

TEST_F(Bazaar, CheckpointsOfEqualRunsAreEqualFiles) {
  std::string expected;
  for (const int workers : {1, 2, 3, 7}) {
    set_threads(workers);
    Season run;
    run.simulator->start(nullptr);
    for (int month = 1; month <= 3; ++month) run.simulator->advance(nullptr);
    write_checkpoint(file("equal.ckpt"), {3, "p", "s", "r"}, run.world, {});
    if (expected.empty()) expected = bytes_of(file("equal.ckpt"));
    EXPECT_TRUE(bytes_of(file("equal.ckpt")) == expected) << workers << " threads";
  }
  EXPECT_FALSE(expected.empty());
}

TEST_F(Bazaar, MonthsBeforeAChangeAreUntouchedByIt) {  // common random numbers: V21 for the pieces of the engine
  Season changed;
  changed.simulator->start(nullptr);
  for (int month = 1; month <= 3; ++month) changed.simulator->advance(nullptr);
  changed.schedule = bazaar::make_month({.drift = 0.06});  // a lever from month 4 on
  changed.finish();
  const Hashes& hashes = changed.simulator->hashes();
  for (std::size_t m = 0; m < hashes.size(); ++m) {
    EXPECT_EQ(hashes[m] == reference()[m], m < 4) << "month " << m;
  }
}

}  // namespace
}  // namespace metier
