#include "models/synthesis/pack.hpp"

#include "sim/core/hash.hpp"
#include "tests/unit/synthesis/territory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace metier::synthesis {
namespace {

namespace fs = std::filesystem;

/// A copy of the real pack that a test may spoil.
class SpoiledPack {
 public:
  SpoiledPack() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(testing::TempDir()) / (std::string("metier_pack_") + info->name());
    fs::remove_all(root_);
    fs::copy(kRealPack, root_, fs::copy_options::recursive);
  }
  ~SpoiledPack() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  SpoiledPack(const SpoiledPack&) = delete;
  SpoiledPack& operator=(const SpoiledPack&) = delete;

  [[nodiscard]] std::string path(const std::string& file) const { return (root_ / file).string(); }
  /// Replaces the first `from` after the first `after`, which must both be there.
  void replace(const std::string& file, const std::string& after, const std::string& from,
               const std::string& to) const {
    std::ostringstream text;
    text << std::ifstream(path(file)).rdbuf();
    std::string all = text.str();
    const std::size_t start = all.find(after);
    ASSERT_NE(start, std::string::npos) << file << " has no " << after;
    const std::size_t place = all.find(from, start);
    ASSERT_NE(place, std::string::npos) << file << " has no " << from;
    std::ofstream(path(file)) << all.replace(place, from.size(), to);
  }
  void remove(const std::string& file) const { fs::remove(root_ / file); }

  /// Every problem of the pack, as it is printed, without the folder.
  [[nodiscard]] std::string problems() const {
    Problems found;
    PackFiles files(root_.string(), found);
    read_pack(files, Params{}.survival_cohort);
    std::string text;
    for (const Problem& problem : found.list()) text += to_text(problem) + "\n";
    const std::string folder = root_.string() + "/";
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder))
      text.erase(at, folder.size());
    return text;
  }

 private:
  fs::path root_;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(DataPack, HoldsTheMetropolis) {
  Problems problems;
  PackFiles files(kRealPack, problems);
  const DataPack pack = read_pack(files, Params{}.survival_cohort);
  ASSERT_TRUE(problems.empty()) << to_text(problems.list().front());
  EXPECT_EQ(pack.data_year, 2018);
  EXPECT_EQ(pack.communes.size(), 95u);
  EXPECT_EQ(pack.external_zones.size(), 13u);
  EXPECT_EQ(pack.sectors.size(), 36u);
  EXPECT_EQ(pack.goods.size(), 33u);
  double jobs = 0.0, salaried = 0.0, employers = 0.0, without = 0.0;
  for (const CommuneData& commune : pack.communes) {
    jobs += commune.jobs;
    salaried += commune.salaried_jobs;
    without += commune.units_without_employees;
    for (const double n : commune.employers_by_group) employers += n;
  }
  EXPECT_NEAR(jobs, 527'071.0, 0.5);      // census 2018, at the workplace
  EXPECT_NEAR(salaried, 479'685.0, 0.5);  // the same, salaried
  EXPECT_NEAR(employers, 32'252.0, 0.5);  // FLORES 2018
  EXPECT_NEAR(without, 47'165.0, 0.5);    // SIRENE 2014
}

TEST(DataPack, NamesTheFilesItReadWithTheirHash) {
  Problems problems;
  PackFiles files(kRealPack, problems);
  read_pack(files, Params{}.survival_cohort);
  const std::vector<PackFile> used = files.used();
  ASSERT_FALSE(used.empty());
  EXPECT_TRUE(std::is_sorted(used.begin(), used.end(), [](const auto& a, const auto& b) { return a.path < b.path; }));
  for (const PackFile& file : used) {
    EXPECT_EQ(file.sha256.size(), 64u) << file.path;
    EXPECT_EQ(file.bytes, fs::file_size(fs::path(kRealPack) / file.path)) << file.path;
  }
  const auto communes =
      std::find_if(used.begin(), used.end(), [](const PackFile& file) { return file.path == "geo/communes_mel.csv"; });
  EXPECT_NE(communes, used.end());
}

TEST(BadPack, ACopyOfTheRealPackIsFine) {
  const SpoiledPack pack;
  EXPECT_EQ(pack.problems(), "");
}

TEST(BadPack, EveryProblemHasItsPlaceAndAllComeInOnePass) {
  const SpoiledPack pack;
  pack.replace("model/sectors.csv", "BZ,Mining", "BE,DE,BZ", "BX,DE,BZ");
  pack.replace("model/zones.csv", "ZE3204", "ring", "rings");
  pack.replace("model/sector_mix.csv", "BZ,BE", "0.01533", "many");
  pack.replace("model/naf.csv", "01.13Z,01", "AZ", "AY");
  const std::string problems = pack.problems();
  EXPECT_TRUE(has(problems, "model/sectors.csv:3:")) << problems;
  EXPECT_TRUE(has(problems, "'BX'")) << problems;
  EXPECT_TRUE(has(problems, "model/zones.csv:3:20: error: 'rings' is not a zone group")) << problems;
  EXPECT_TRUE(has(problems, "model/sector_mix.csv:3:7: error:")) << problems;
  EXPECT_TRUE(has(problems, "'many'")) << problems;
  EXPECT_TRUE(has(problems, "model/naf.csv:3:11: error: 'AY' is not a sector of this pack")) << problems;
}

TEST(BadPack, DamagedSourceFile) {
  const SpoiledPack pack;
  pack.replace("geo/communes_mel.csv", "Allennes", "5.55", "5.56");
  const std::string problems = pack.problems();
  EXPECT_TRUE(has(problems, "geo/communes_mel.csv: error: is not the file described in SOURCES.csv:")) << problems;
}

TEST(BadPack, ReplacedSourceFileIsTakenWithoutASum) {
  const SpoiledPack pack;
  pack.replace("geo/communes_mel.csv", "Allennes", "5.55", "5.56");
  const std::string sum = sha256_file(kRealPack + "/geo/communes_mel.csv");
  pack.replace("SOURCES.csv", "communes,", sum, "");
  EXPECT_EQ(pack.problems(), "");
}

TEST(BadPack, MissingFilesColumnsAndKeys) {
  const SpoiledPack pack;
  pack.remove("geo/distance_matrix_mel.csv");
  pack.replace("SOURCES.csv", "\nsurvival,", "survival", "survivals");
  pack.replace("model/anchors.csv", "data.year", "data.year", "data.yaer");
  pack.replace("model/naf.csv", "naf,", "weight", "wait");
  const std::string problems = pack.problems();
  EXPECT_TRUE(has(problems, "geo/distance_matrix_mel.csv: error:")) << problems;
  EXPECT_TRUE(has(problems, "no file has the role 'survival'")) << problems;
  EXPECT_TRUE(has(problems, "is it 'survivals'?")) << problems;
  EXPECT_TRUE(has(problems, "key 'data.year' is missing")) << problems;
  EXPECT_TRUE(has(problems, "model/naf.csv:1:")) << problems;
  EXPECT_TRUE(has(problems, "weight")) << problems;
}

TEST(BadPack, FilesOutsideThePackAreRefused) {
  const SpoiledPack pack;
  pack.replace("SOURCES.csv", "\ncommunes,", "geo/communes_mel.csv", "../geo/communes_mel.csv");
  EXPECT_TRUE(has(pack.problems(), "leaves the data pack")) << pack.problems();
}

TEST(BadPack, NegativeAndInfiniteNumbers) {
  const SpoiledPack pack;
  pack.replace("model/naf.csv", "01.11Z", ",30", ",-30");
  pack.replace("model/zones.csv", "REST", "120", "inf");
  const std::string problems = pack.problems();
  EXPECT_TRUE(has(problems, "model/naf.csv:2:")) << problems;
  EXPECT_TRUE(has(problems, "-30")) << problems;
  EXPECT_TRUE(has(problems, "model/zones.csv:14:")) << problems;
}

TEST(BadPack, NoPackAtAll) {
  Problems problems;
  PackFiles files(kRealPack + "/nowhere", problems);
  read_pack(files, Params{}.survival_cohort);
  ASSERT_FALSE(problems.empty());
  EXPECT_TRUE(has(to_text(problems.list().front()), "nowhere/SOURCES.csv")) << to_text(problems.list().front());
  try {
    problems.raise_if_any(Exit::kData);
    FAIL() << "a pack that is not there was accepted";
  } catch (const InputError& error) {
    EXPECT_EQ(static_cast<int>(error.exit()), 4);
  }
}

}  // namespace
}  // namespace metier::synthesis
