#include "models/synthesis/pack.hpp"

#include "models/synthesis/economy_pack.hpp"
#include "models/synthesis/people_pack.hpp"
#include "sim/core/hash.hpp"
#include "tests/unit/synthesis/territory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
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
  /// Replaces the lines of a file; change: gets all of them and may add and take away.
  template <class Change>
  void change_lines(const std::string& file, Change&& change) const {
    std::vector<std::string> lines;
    std::ifstream in(path(file));
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    ASSERT_GT(lines.size(), 2u) << file;
    change(lines);
    std::ofstream out(path(file));
    for (const std::string& line : lines) out << line << "\n";
  }
  /// Takes the check-sums out of SOURCES.csv, so that source files may be changed.
  void forget_sums() const {
    std::ostringstream text;
    text << std::ifstream(path("SOURCES.csv")).rdbuf();
    std::ofstream(path("SOURCES.csv")) << std::regex_replace(text.str(), std::regex("\\b[0-9a-f]{64}\\b"), "");
  }

  /// Every problem of the pack, as it is printed, without the folder.
  [[nodiscard]] std::string problems() const {
    Problems found;
    PackFiles files(root_.string(), found);
    const DataPack pack = read_pack(files, Params{}.survival_cohort);
    if (has_lists(pack)) {
      read_people(files, pack);
      read_economy_pack(files, pack);
    }
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

/// Every table that must have one row for each combination of codes, or whose rows must at least stand once.
struct KeyedTable {
  std::string file;
  std::string what;  ///< of its key, as in messages
  bool whole;        ///< a missing row is refused
};
const std::vector<KeyedTable> kKeyedTables{
    {"establishments/comparateur_mel_2018.csv", "commune", true},
    {"establishments/derived_commune_group6_jobs_2018.csv", "commune", true},
    {"establishments/establishments_by_size_mel_2014.csv", "commune", true},
    {"establishments/derived_commune_sector_size_establishments_2018.csv",
     "commune and group of sectors and size class", false},
    {"establishments/derived_location_quotients_group6.csv", "group of sectors", true},
    {"geo/distance_matrix_mel.csv", "commune and commune", true},
    {"geo/ring_communes.csv", "zone", false},
    {"io/icio2014_FRA_sector_map.csv", "national industry", true},
    {"labour/net_hourly_wage_mel_2014.csv", "commune", false},
    {"labour/occupation_sector_matrix_seed.csv", "FAP of occupation_fap and sector", false},
    {"model/criticality.csv", "good", true},
    {"model/occupation_facts.csv", "occupation", true},
    {"model/occupation_fap.csv", "FAP of occupation_fap and occupation", false},
    {"model/retail_goods.csv", "good", true},
    {"model/retail_naf.csv", "NAF sub-class", false},
    {"model/sector_mix.csv", "sector", true},
    {"model/sector_survival.csv", "sector", true},
};

/// Problems of the file, each once, without those of other files that follow from them.
std::string about(const std::string& problems, const std::string& file) {
  std::istringstream lines(problems);
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(file + ":")) text += line + "\n";
  }
  return text;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

TEST(BadPack, MissingRowsOfAllFilesAreToldInOnePass) {
  const SpoiledPack pack;
  pack.forget_sums();
  for (const KeyedTable& table : kKeyedTables)
    if (table.whole) pack.change_lines(table.file, [](auto& lines) { lines.erase(lines.begin() + 2); });
  const std::string problems = pack.problems();
  for (const KeyedTable& table : kKeyedTables) {
    if (!table.whole) continue;
    const std::string told = about(problems, table.file);
    EXPECT_EQ(count(told, "rows are missing, there must be one for each " + table.what + ": '"), 1u)
        << table.file << "\n"
        << told;
  }
  EXPECT_TRUE(has(problems,
                  "model/criticality.csv:1:1: error: 1 of 33 rows are missing, there must be one for each good: 'BZ'"))
      << problems;
}

/// Other files are compared with the commune statistics: what is missing there is told there and nowhere else.
TEST(BadPack, AMissingOrUnreadableRowHasNoConsequencesInOtherFiles) {
  const std::string statistics = "establishments/comparateur_mel_2018.csv";
  {
    const SpoiledPack pack;
    pack.forget_sums();
    pack.change_lines(statistics, [](auto& lines) { lines.erase(lines.begin() + 1); });
    const std::string problems = pack.problems();
    EXPECT_TRUE(problems.starts_with(statistics + ":1:1: error: 1 of 95 rows are missing")) << problems;
    EXPECT_EQ(count(problems, "error: "), 1u) << problems;
  }
  struct Cell {
    std::string file, row, value;
  };
  for (const Cell& cell :
       {Cell{statistics, "\n59005,", ",7.0"},
        Cell{"establishments/derived_commune_group6_jobs_2018.csv", "\n59005,", ",40.04"},
        Cell{"establishments/derived_commune_sector_size_establishments_2018.csv", "\n59005,", ",0.637"}}) {
    const SpoiledPack pack;
    pack.forget_sums();
    pack.replace(cell.file, cell.row, cell.value, ",many");
    const std::string problems = pack.problems();
    EXPECT_TRUE(problems.starts_with(cell.file + ":2:")) << problems;
    EXPECT_EQ(count(problems, "error: "), 1u) << problems;
  }
}

TEST(BadPack, ManyMissingRowsAreCountedAndTheFirstOnesNamed) {
  const SpoiledPack pack;
  pack.forget_sums();
  pack.change_lines("geo/distance_matrix_mel.csv",
                    [](auto& lines) { lines.erase(lines.begin() + 1, lines.begin() + 8); });
  EXPECT_TRUE(has(pack.problems(),
                  "geo/distance_matrix_mel.csv:1:1: error: 7 of 9025 rows are missing, there must be one for each "
                  "commune and commune: '59005, 59005'; '59005, 59009'; '59005, 59011'; '59005, 59013'; "
                  "'59005, 59017'; ..."))
      << pack.problems();
}

TEST(BadPack, RowsThatStandTwiceAreTold) {
  const SpoiledPack pack;
  pack.forget_sums();
  for (const KeyedTable& table : kKeyedTables)
    pack.change_lines(table.file, [](auto& lines) { lines.insert(lines.begin() + 2, lines[1]); });
  for (const std::string file : {"labour/occupation_sector_margins.csv", "model/retail.csv", "model/occupations.csv",
                                 "demography/size_ccdf_mel_2014.csv", "io/icio2014_FRA_accounts_musd.csv"})
    pack.change_lines(file, [](auto& lines) { lines.insert(lines.begin() + 2, lines[1]); });
  const std::string problems = pack.problems();
  for (const KeyedTable& table : kKeyedTables) {
    EXPECT_EQ(count(about(problems, table.file), "stands twice, first on line 2"), 1u) << table.file << "\n"
                                                                                       << about(problems, table.file);
    EXPECT_TRUE(has(problems, table.file + ":3:")) << table.file << "\n" << about(problems, table.file);
  }
  for (const std::string told :
       {"labour/occupation_sector_margins.csv:3:1: error: sector 'AZ' stands twice",
        "model/retail.csv:3:1: error: retail category 'daily_food' stands twice",
        "model/occupations.csv:3:1: error: occupation 'A_high' stands twice", "demography/size_ccdf_mel_2014.csv:3:",
        "io/icio2014_FRA_accounts_musd.csv:3:1: error: national industry 'A01_02' stands twice"})
    EXPECT_TRUE(has(problems, told)) << told << "\n" << problems;
}

TEST(BadPack, UnknownCodesAreToldWithTheNearest) {
  const SpoiledPack pack;
  pack.forget_sums();
  pack.replace("model/criticality.csv", "\nAZ", "AZ", "AX");
  pack.replace("model/retail_goods.csv", "\nCA", "CA", "CAA");
  pack.replace("labour/net_hourly_wage_mel_2014.csv", "\n59005", "59005", "59006");
  pack.replace("labour/occupation_sector_margins.csv", "\nCA,", "CA", "CX");
  pack.replace("labour/occupation_sector_matrix_seed.csv", ",CA,", "CA", "CY");
  pack.replace("io/icio2014_FRA_sector_map.csv", ",CA,", "CA", "CAX");
  pack.replace("establishments/derived_location_quotients_group6.csv", "\nG,", "G", "GG");
  const std::string problems = pack.problems();
  for (const std::string told :
       {"model/criticality.csv:2:1: error: 'AX' is not a good of this pack\n    did you mean 'AZ'?",
        "'CAA' is not a good of this pack\n    did you mean 'CA'?",
        "'59006' is not a commune of this pack\n    did you mean '59005'?",
        "'CX' is not a sector of this pack\n    did you mean 'CA'?",
        "'CY' is not a sector of this pack\n    did you mean 'CA'?",
        "'CAX' is not a sector of this pack\n    did you mean 'CA'?",
        "'GG' is not a group of sectors of this pack\n    did you mean 'G'?"})
    EXPECT_EQ(count(problems, told), 1u) << told << "\n" << problems;
}

/// What the documented layout calls "none": the row may be left out.
TEST(BadPack, RowsThatMayBeMissing) {
  const SpoiledPack pack;
  pack.forget_sums();
  for (const std::string file : {"labour/net_hourly_wage_mel_2014.csv", "model/retail_naf.csv"})
    pack.change_lines(file, [](auto& lines) { lines.erase(lines.begin() + 2); });
  EXPECT_EQ(pack.problems(), "");
  pack.change_lines("labour/occupation_sector_matrix_seed.csv", [](auto& lines) {
    std::erase_if(lines, [](const std::string& line) { return line.starts_with("A0Z,"); });
  });
  pack.change_lines("model/occupation_fap.csv", [](auto& lines) {
    std::erase_if(lines, [](const std::string& line) { return line.find(",B_high,") != std::string::npos; });
  });
  const std::string problems = pack.problems();
  EXPECT_TRUE(has(problems, "occupation_sector_matrix_seed.csv:1:1: error: FAP 'A0Z' has no row")) << problems;
  EXPECT_TRUE(has(problems, "occupation_fap.csv:1:1: error: occupation 'B_high' is made of no FAP")) << problems;
}

/// The commune statistics have three readers, the lists of sectors, goods and zones two.
TEST(BadPack, AProblemIsToldOnceWhateverTheNumberOfReaders) {
  const SpoiledPack pack;
  pack.forget_sums();
  pack.replace("establishments/comparateur_mel_2018.csv", "\n59005", "59005", "59006");
  pack.change_lines("geo/ring_communes.csv", [](auto& lines) { lines.push_back(lines[1] + ",1"); });
  pack.replace("model/goods.csv", "\nBZ", ",", ",\"\"x,");
  pack.replace("geo/ring_communes.csv", "\nZE3204", "ZE3204", "ZE3206");
  const std::string problems = pack.problems();
  EXPECT_EQ(count(problems, "comparateur_mel_2018.csv:2:1: error: '59006' is not a commune"), 1u) << problems;
  EXPECT_EQ(count(problems, "ring_communes.csv:14:1: error: has 22 fields, the header has 21"), 1u) << problems;
  EXPECT_EQ(count(problems, "goods.csv:3:6: error: text stands after the closing quote"), 1u) << problems;
  EXPECT_EQ(count(problems, "'ZE3206' is not a zone"), 1u) << problems;
}

TEST(BadPack, TheInputOutputTableNamesTheIndustriesThatAreMissing) {
  const SpoiledPack pack;
  pack.forget_sums();
  pack.change_lines("io/icio2014_FRA_accounts_musd.csv", [](auto& lines) { lines.erase(lines.begin() + 1); });
  const std::string problems = pack.problems();
  for (const std::string file :
       {"io/icio2014_FRA_sector_map.csv", "io/icio2014_FRA_Z_domestic_musd.csv", "io/icio2014_FRA_Z_imported_musd.csv"})
    EXPECT_TRUE(has(problems, file + ":2:1: error: 'A01_02' is not a national industry of this pack")) << problems;
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
