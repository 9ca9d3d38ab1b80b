#include "sim/engine/checkpoint.hpp"
#include "sim/core/error.hpp"
#include "sim/engine/state_hash.hpp"
#include "tests/unit/engine/toy.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace metier {
namespace {

class CheckpointFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("metier-checkpoint-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    path_ = (folder_ / "run.ckpt").string();
    toy::populate(world_, 1000);
    for (std::size_t i = 0; i < 1000; ++i) world_.column<toy::Place>()[i] = 0.25 * static_cast<double>(i);
    world_.column<toy::Sum>()[0] = 42.0;
    write_checkpoint(path_, {12, "0.1.0", "schema: 1\n", "{}"}, world_, {std::byte{1}, std::byte{2}});
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
  std::string path_;
  World world_;
};

TEST_F(CheckpointFile, BringsEverythingBack) {
  World back;
  const Checkpoint checkpoint = read_checkpoint(path_, back);
  EXPECT_EQ(checkpoint.header.month, 12);
  EXPECT_EQ(checkpoint.header.scenario, "schema: 1\n");
  EXPECT_EQ(checkpoint.observer.size(), 2u);
  StateHash hash({});
  StateHash hash_back({});
  EXPECT_EQ(hash(world_), hash_back(back));
  EXPECT_EQ(back.column<toy::Place>()[999], 0.25 * 999);
  EXPECT_FALSE(std::filesystem::exists(path_ + ".part"));
}

TEST_F(CheckpointFile, RefusesEveryTruncationAndEveryFlippedByte) {
  std::ifstream in(path_, std::ios::binary);
  const std::string good((std::istreambuf_iterator<char>(in)), {});
  const auto refused = [&](const std::string& bytes) {
    std::ofstream(path_, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    World back;
    try {
      read_checkpoint(path_, back);
    } catch (const InputError& error) {
      return error.exit() == Exit::kData;
    }
    return false;
  };
  EXPECT_FALSE(refused(good));
  for (std::size_t size = 0; size < good.size(); size += 101) EXPECT_TRUE(refused(good.substr(0, size))) << size;
  EXPECT_TRUE(refused(good + "x"));
  // Every byte of the header and of the names, a sample of the values.
  for (std::size_t at = 0; at < good.size(); at += at < 500 ? 1 : 37) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << (at % 8)));
    EXPECT_TRUE(refused(bad)) << at;
  }
  std::string other = good;
  other[0] = 'X';
  EXPECT_TRUE(refused(other));
  EXPECT_TRUE(refused(""));
}

TEST_F(CheckpointFile, AFolderThatCannotBeWrittenIsToldBeforeAnythingIsLost) {
  try {
    write_checkpoint((folder_ / "missing" / "x.ckpt").string(), {}, world_, {});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.exit(), Exit::kRun);
  }
}

}  // namespace
}  // namespace metier
