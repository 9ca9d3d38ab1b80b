#include "output/spool.hpp"

#include "sim/core/error.hpp"
#include "tests/unit/output/sample.hpp"

#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>
#include <sys/resource.h>
#include <sys/wait.h>

namespace metier::output {
namespace {

using ::testing::HasSubstr;

std::span<const std::byte> as_bytes(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::string content(const SpoolStream& stream) {
  std::string text(stream.length(), '\0');
  stream.read(0, std::as_writable_bytes(std::span(text.data(), text.size())));
  return text;
}

/// The error of `body`, which must be an InputError with this exit code.
template <class Body>
std::string error_of(Exit exit, Body&& body) {
  try {
    body();
  } catch (const InputError& error) {
    EXPECT_EQ(static_cast<int>(error.exit()), static_cast<int>(exit)) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return {};
}

TEST(SpoolStream, AppendsReadsAndRewinds) {
  sample::Folder folder;
  SpoolStream stream(folder / "a.raw");
  stream.append(as_bytes("first "));
  const std::uint64_t length = stream.length();
  const std::uint32_t checksum = stream.checksum();
  stream.append(as_bytes("second"));
  EXPECT_EQ(content(stream), "first second");
  EXPECT_TRUE(stream.rewind(length, checksum));
  EXPECT_EQ(content(stream), "first ");
  stream.append(as_bytes("other"));
  EXPECT_EQ(content(stream), "first other");
  EXPECT_EQ(sample::bytes_of(folder / "a.raw"), "first other") << "the file is truncated, not only overwritten";
}

TEST(SpoolStream, IsFoundAgainByItsChecksum) {
  sample::Folder folder;
  std::uint64_t length = 0;
  std::uint32_t checksum = 0;
  {
    SpoolStream stream(folder / "a.raw");
    stream.append(as_bytes("kept"));
    length = stream.length();
    checksum = stream.checksum();
    stream.append(as_bytes(" and lost"));
  }
  SpoolStream stream(folder / "a.raw");
  EXPECT_EQ(stream.length(), 0u) << "nothing counts before it is recognised";
  EXPECT_FALSE(stream.rewind(length, checksum + 1)) << "other bytes";
  EXPECT_FALSE(stream.rewind(100, checksum)) << "too short";
  EXPECT_EQ(sample::bytes_of(folder / "a.raw"), "kept and lost") << "a refusal changes nothing";
  EXPECT_TRUE(stream.rewind(length, checksum));
  EXPECT_EQ(content(stream), "kept");
}

TEST(SpoolStream, TellsAFullDisk) {
  // A limit on the size of files stands in for a full disk: writing fails half-way in the same manner.
  sample::Folder folder;
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string message = error_of(Exit::kRun, [&] {
    SpoolStream stream(folder / "a.raw");
    for (int i = 0; i < 100; ++i) stream.append(as_bytes(std::string(100, 'x')));
  });
  EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_THAT(message, HasSubstr("no room left for the results"));
  EXPECT_THAT(message, HasSubstr("a.raw"));
}

TEST(Spool, RefusesASecondOwnerAndNamesTheFirst) {
  sample::Folder folder;
  std::optional<Spool> first(folder / "run.h5");
  const std::string message = error_of(Exit::kUsage, [&] { Spool second(folder / "run.h5"); });
  EXPECT_THAT(message, HasSubstr("process " + std::to_string(getpid())));
  EXPECT_THAT(message, HasSubstr("is already writing this file"));
  Spool elsewhere(folder / "other.h5");
  first.reset();
  Spool third(folder / "run.h5");
  EXPECT_TRUE(std::filesystem::exists(third.folder()));
}

TEST(Spool, RefusesAnotherProcess) {
  sample::Folder folder;
  Spool mine(folder / "run.h5");
  const pid_t child = fork();
  if (child == 0) {
    try {
      Spool theirs(folder / "run.h5");
    } catch (const InputError& error) {
      _exit(static_cast<int>(error.exit()));
    }
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), static_cast<int>(Exit::kUsage));
}

TEST(Spool, TakesOverWhatAKilledProcessLeft) {
  sample::Folder folder;
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  if (child == 0) {
    Spool theirs(folder / "run.h5");
    theirs.stream("monthly").append(as_bytes("half a run"));
    if (write(ready[1], "x", 1) == 1) pause();
    _exit(1);
  }
  char byte = 0;
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  EXPECT_THAT(error_of(Exit::kUsage, [&] { Spool mine(folder / "run.h5"); }),
              HasSubstr("process " + std::to_string(child)));
  ASSERT_EQ(kill(child, SIGKILL), 0);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  close(ready[0]);
  close(ready[1]);

  ASSERT_TRUE(std::filesystem::exists(folder / "run.h5.part/lock")) << "a stale lock is left";
  {
    Spool mine(folder / "run.h5");
    EXPECT_EQ(sample::bytes_of(folder / "run.h5.part/monthly.raw"), "half a run") << "nothing is lost by taking over";
    mine.clear();
  }
  EXPECT_TRUE(folder.names().empty());
}

TEST(Spool, KeepsItsContentWhenGivenUp) {
  sample::Folder folder;
  { Spool(folder / "run.h5").stream("monthly").append(as_bytes("x")); }
  EXPECT_EQ(sample::bytes_of(folder / "run.h5.part/monthly.raw"), "x");
  EXPECT_FALSE(std::filesystem::exists(folder / "run.h5.part/lock"));
}

TEST(Target, IsCheckedBeforeAnythingRuns) {
  sample::Folder folder;
  check_target(folder / "run.h5", Overwrite::kRefuse);
  EXPECT_TRUE(folder.names().empty()) << "checking creates nothing";
  const auto message = [&](const std::filesystem::path& path, Overwrite overwrite) {
    return error_of(Exit::kUsage, [&] { check_target(path, overwrite); });
  };
  EXPECT_THAT(message(folder / "no/run.h5", Overwrite::kAllow), HasSubstr("does not exist"));
  EXPECT_THAT(message(folder.path(), Overwrite::kAllow), HasSubstr("this is a folder"));
  EXPECT_THAT(message(folder / "", Overwrite::kAllow), HasSubstr("no file name"));
  EXPECT_THAT(message("/dev/null", Overwrite::kAllow), HasSubstr("not an ordinary file"))
      << "never replaced by a rename";
  sample::put_bytes(folder / "old.h5", "old");
  EXPECT_THAT(message(folder / "old.h5", Overwrite::kRefuse), HasSubstr("already exists"));
  EXPECT_THAT(message(folder / "old.h5/run.h5", Overwrite::kRefuse), HasSubstr("not a folder"));
  check_target(folder / "old.h5", Overwrite::kAllow);
  sample::put_bytes(folder / "run.h5.part", "in the way");
  EXPECT_THAT(error_of(Exit::kUsage, [&] { Spool spool(folder / "run.h5"); }), HasSubstr("cannot be created"));
}

TEST(Target, MustBeInAWritableFolder) {
  sample::Folder folder;
  using std::filesystem::perms;
  std::filesystem::permissions(folder.path(),
                               perms::owner_read | perms::owner_exec | perms::others_read | perms::others_exec);
  // Root may write everywhere: it asks as somebody else, whom access(2) takes for the one who asks.
  constexpr uid_t kSomebody = 65534;
  const bool root = geteuid() == 0;
  ASSERT_EQ(root ? setreuid(kSomebody, 0) : 0, 0);
  EXPECT_THAT(error_of(Exit::kUsage, [&] { check_target(folder / "run.h5", Overwrite::kAllow); }),
              HasSubstr("cannot be written"));
  ASSERT_EQ(root ? setreuid(0, 0) : 0, 0);
  std::filesystem::permissions(folder.path(), perms::owner_all);
}

TEST(WriteWhole, LeavesNothingWhenTheDiskIsFull) {
  sample::Folder folder;
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string text(5000, 'x');
  const std::string message =
      error_of(Exit::kRun, [&] { write_whole(folder / "run.h5", folder / "part", as_bytes(text)); });
  EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_THAT(message, HasSubstr("run.h5: error: no room left"));
  EXPECT_TRUE(folder.names().empty());
  write_whole(folder / "run.h5", folder / "part", as_bytes(text));
  EXPECT_EQ(folder.names(), std::vector<std::string>{"run.h5"});
}

}  // namespace
}  // namespace metier::output
