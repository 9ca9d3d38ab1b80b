#include "output/reader.hpp"

#include "output/writer.hpp"
#include "sim/core/error.hpp"
#include "tests/unit/output/sample.hpp"

#include <cmath>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>

namespace metier::output {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string opening_error(const std::filesystem::path& path) {
  try {
    const RunFile file(path);
  } catch (const InputError& error) {
    EXPECT_EQ(static_cast<int>(error.exit()), static_cast<int>(Exit::kData)) << error.what();
    EXPECT_FALSE(error.problems().at(0).hint.empty()) << "an error says what to do";
    return error.what();
  }
  ADD_FAILURE() << path << " opened";
  return {};
}

/// Opens the file and reads everything in it.
void read_all(const std::filesystem::path& path) {
  const RunFile file(path);
  for (const Variable& variable : file.variables()) static_cast<void>(file.read(variable));
  for (const StoredTable& table : file.tables()) {
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      static_cast<void>(file.read_numbers(table, c, 0, table.rows));
  }
  static_cast<void>(file.hashes());
  static_cast<void>(file.provenance());
}

TEST(RunFile, TellsWhatWasDeclared) {
  sample::Folder folder;
  sample::write(folder / "a.h5");
  const RunFile file(folder / "a.h5");
  const RunLayout declared = sample::layout();
  EXPECT_EQ(file.months(), 24);
  EXPECT_EQ(file.attribute("Conventions"), "CF-1.10");
  EXPECT_EQ(file.attribute("start"), "2019-01");
  EXPECT_EQ(file.attribute("comment"), "a further remark");
  EXPECT_EQ(file.attribute("absent"), "");

  ASSERT_EQ(file.dimensions().size(), declared.dimensions.size());
  for (std::size_t d = 0; d < declared.dimensions.size(); ++d) {
    EXPECT_EQ(file.dimensions()[d].name, declared.dimensions[d].name);
    EXPECT_EQ(file.dimensions()[d].codes, declared.dimensions[d].codes);
    EXPECT_EQ(file.dimensions()[d].long_name_fr, declared.dimensions[d].long_name_fr);
    EXPECT_EQ(file.dimensions()[d].labels_en, labels_en(declared.dimensions[d]));
    EXPECT_EQ(file.dimensions()[d].labels_fr, labels_fr(declared.dimensions[d]));
  }
  ASSERT_EQ(file.variables().size(), declared.indicators.size());
  for (std::size_t i = 0; i < declared.indicators.size(); ++i) {
    const IndicatorInfo &found = file.variables()[i].info, &expected = declared.indicators[i];
    EXPECT_EQ(found.name, expected.name);
    EXPECT_EQ(found.frequency, expected.frequency);
    EXPECT_EQ(found.measure, expected.measure) << expected.name;
    EXPECT_EQ(found.dims, expected.dims);
    EXPECT_EQ(found.total, expected.total);
    EXPECT_EQ(found.unit, expected.unit == "count" ? "1" : expected.unit);
    EXPECT_EQ(found.meaning, expected.meaning);
    EXPECT_EQ(found.meaning_fr, expected.meaning_fr);
    EXPECT_EQ(found.code, expected.code);
    EXPECT_EQ(found.observatory, expected.observatory);
    EXPECT_EQ(found.source, expected.source);
  }
  EXPECT_EQ(file.find("employment")->info.frequency, Frequency::kMonthly) << "the finest frequency of a name";
  EXPECT_EQ(file.find("annual/employment")->info.frequency, Frequency::kAnnual);
  EXPECT_EQ(file.find("annual/money"), nullptr);
}

TEST(RunFile, ReadsPartsOfAVariable) {
  sample::Folder folder;
  sample::write(folder / "a.h5");
  const RunFile file(folder / "a.h5");
  const Variable& variable = *file.find("employment");
  const std::vector<double> all = file.read(variable), part = file.read(variable, 11, 3);
  ASSERT_EQ(part.size(), 18u);
  EXPECT_TRUE(std::equal(part.begin(), part.end(), all.begin() + 11 * 6));
  EXPECT_TRUE(file.read(variable, 25, 0).empty());
}

TEST(RunFile, ReadsTables) {
  sample::Folder folder;
  sample::write(folder / "a.h5");
  const RunFile file(folder / "a.h5");
  ASSERT_EQ(file.tables().size(), 2u) << "a table without rows is left out";
  const StoredTable& ledger = *file.find_table("ledger/totals");
  EXPECT_EQ(ledger.rows, 48u);
  ASSERT_EQ(ledger.columns.size(), 4u);
  EXPECT_EQ(ledger.columns[0].name, "month");
  EXPECT_EQ(ledger.columns[1].dimension, "kind");
  EXPECT_EQ(ledger.columns[3].unit, "cent");
  EXPECT_THAT(file.read_integers(ledger, 0, 2, 3), ElementsAre(2, 2, 3));
  EXPECT_THAT(file.read_integers(ledger, 2, 0, 2), ElementsAre(1, -1));
  EXPECT_THAT(file.read_integers(ledger, 3, 2, 2), ElementsAre(std::int64_t{2} << 40, -2));
  const StoredTable& panel = *file.find_table("panel");
  EXPECT_EQ(static_cast<std::uint64_t>(file.read_integers(panel, 1, 0, 1)[0]), sample::panel_key(0));
  EXPECT_EQ(file.read_numbers(panel, 3, 0, 1)[0], 1.0 / 3);
  EXPECT_EQ(file.find_table("events"), nullptr);
}

TEST(RunFile, ReadsHashesAndProvenance) {
  sample::Folder folder;
  sample::write(folder / "a.h5");
  const RunFile file(folder / "a.h5");
  const HashRecord hashes = file.hashes();
  ASSERT_EQ(hashes.state.size(), 25u);
  ASSERT_EQ(hashes.slots.size(), 2u);
  EXPECT_EQ(hashes.slots[1].process, "labour.match");
  EXPECT_EQ(hashes.slots[1].column, "person.employer");
  for (int month = 0; month <= 24; ++month) {
    EXPECT_EQ(hashes.state[static_cast<std::size_t>(month)], sample::state_hash(month));
    EXPECT_EQ(hashes.details[static_cast<std::size_t>(month) * 2 + 1], sample::slot_hash(month, 1));
  }
  const Provenance found = file.provenance(), expected = sample::provenance();
  EXPECT_EQ(found.title, expected.title);
  EXPECT_EQ(found.institution, expected.institution);
  EXPECT_EQ(found.program_version, expected.program_version);
  EXPECT_EQ(found.git_hash, expected.git_hash);
  EXPECT_EQ(found.compiler, expected.compiler);
  EXPECT_EQ(found.compiler_flags, expected.compiler_flags);
  EXPECT_EQ(found.scenario_name, expected.scenario_name);
  EXPECT_EQ(found.scenario_text, expected.scenario_text);
  EXPECT_EQ(found.schedule_text, expected.schedule_text);
  EXPECT_EQ(found.data_mode, expected.data_mode);
  EXPECT_EQ(found.data_year, expected.data_year);
  EXPECT_EQ(found.seed, expected.seed);
  EXPECT_EQ(found.population_seed, expected.population_seed) << "all 64 bits";
  EXPECT_EQ(found.replicate, expected.replicate);
  ASSERT_EQ(found.parameters.size(), 2u);
  EXPECT_EQ(found.parameters[1].path, "run.months");
  EXPECT_EQ(found.parameters[0].value, "0.011");
  EXPECT_EQ(found.parameters[0].unit, "1/month");
  EXPECT_EQ(found.parameters[1].origin, "sample.yaml:1:7");
  ASSERT_EQ(found.data_files.size(), 1u);
  EXPECT_EQ(found.data_files[0].path, expected.data_files[0].path);
  EXPECT_EQ(found.data_files[0].sha256, expected.data_files[0].sha256);
  EXPECT_EQ(found.data_files[0].bytes, 1234u);
  EXPECT_EQ(found.assumptions, expected.assumptions);
  ASSERT_EQ(found.checks.size(), 1u);
  EXPECT_EQ(found.checks[0].result, "passed");
  ASSERT_EQ(found.margins.size(), 3u);
  EXPECT_EQ(found.margins[0].cell, "59350");
  EXPECT_EQ(found.margins[0].obtained, 201);
  EXPECT_EQ(file.attribute("assumptions"), "scopes of the counts overlap\ncoûts nuls");
}

TEST(RunFile, AcceptsARunWithoutExtras) {
  sample::Folder folder;
  RunLayout layout;
  layout.months = 1;
  IndicatorInfo info;
  info.name = "unemployment_rate";
  layout.indicators = {info};
  {
    RunRecorder recorder(layout, folder / "a.h5", Overwrite::kRefuse);
    for (int month = 0; month <= 1; ++month) {
      const double value[] = {0.1};
      recorder.observe({month, {value}});
    }
    recorder.finish({});
  }
  const RunFile file(folder / "a.h5");
  EXPECT_TRUE(file.hashes().state.empty());
  EXPECT_TRUE(file.provenance().parameters.empty());
  EXPECT_EQ(file.find("unemployment_rate")->info.unit, "1");
  EXPECT_EQ(file.read(*file.find("unemployment_rate")).size(), 2u);
}

TEST(Margins, HaveARelativeError) {
  EXPECT_DOUBLE_EQ(relative_error({"", "", 200, 201}), 0.005);
  EXPECT_DOUBLE_EQ(relative_error({"", "", -200, -201}), -0.005);
  EXPECT_EQ(relative_error({"", "", 0, 0}), 0);
  EXPECT_TRUE(std::isnan(relative_error({"", "", 0, 5})));
}

// --- what is not a run file ----------------------------------------------------------------------------------------

TEST(RunFile, RefusesWhatIsNoRunFile) {
  sample::Folder folder;
  EXPECT_THAT(opening_error(folder / "absent.h5"), HasSubstr("no such file"));
  EXPECT_THAT(opening_error(folder.path()), HasSubstr("folder"));
  sample::put_bytes(folder / "empty.h5", "");
  EXPECT_THAT(opening_error(folder / "empty.h5"), HasSubstr("empty"));
  sample::put_bytes(folder / "text.h5", "run: {months: 12}\n");
  EXPECT_THAT(opening_error(folder / "text.h5"), HasSubstr("not an HDF5 file"));
}

void write_foreign(const std::filesystem::path& path, std::string_view kind, std::int32_t version) {
  h5::MemoryFile file;
  h5::put(file.id(), "format_kind", kind);
  if (version > 0) h5::put(file.id(), "format_version", version);
  const h5::FileImage image = file.close();
  sample::put_bytes(path, std::string(reinterpret_cast<const char*>(image.bytes().data()), image.bytes().size()));
}

TEST(RunFile, RefusesOtherKindsAndVersions) {
  sample::Folder folder;
  write_foreign(folder / "a.h5", "", 0);
  EXPECT_THAT(opening_error(folder / "a.h5"), HasSubstr("not a run of metier"));
  write_foreign(folder / "b.h5", "metier sweep", 1);
  EXPECT_THAT(opening_error(folder / "b.h5"), HasSubstr("'metier sweep'"));
  write_foreign(folder / "c.h5", kRunFile.kind, kRunFile.version + 1);
  EXPECT_THAT(opening_error(folder / "c.h5"), HasSubstr("newer version of metier"));
  write_foreign(folder / "d.h5", kRunFile.kind, 0);
  EXPECT_THAT(opening_error(folder / "d.h5"), HasSubstr("no format version"));
  write_foreign(folder / "e.h5", kRunFile.kind, kRunFile.version);
  EXPECT_THAT(opening_error(folder / "e.h5"), HasSubstr("does not end as metier wrote it"));
}

TEST(RunFile, SaysWhatToDoAboutLocks) {
  sample::Folder folder;
  sample::write(folder / "a.h5");
  const int file = open((folder / "a.h5").c_str(), O_RDWR);
  ASSERT_EQ(flock(file, LOCK_EX), 0);
  EXPECT_THAT(opening_error(folder / "a.h5"), HasSubstr("HDF5_USE_FILE_LOCKING=FALSE"));
  close(file);
  read_all(folder / "a.h5");
}

// --- damage --------------------------------------------------------------------------------------------------------

TEST(RunFile, RefusesATruncatedFile) {
  sample::Folder folder;
  sample::write(folder / "a.h5");
  const std::string bytes = sample::bytes_of(folder / "a.h5");
  for (std::size_t length = 1; length < bytes.size(); length += length < 200 ? 13 : 997) {
    sample::put_bytes(folder / "b.h5", bytes.substr(0, length));
    opening_error(folder / "b.h5");
  }
  for (std::size_t lost = 1; lost < sizeof(EndMark); ++lost) {
    sample::put_bytes(folder / "b.h5", bytes.substr(0, bytes.size() - lost));
    opening_error(folder / "b.h5");
  }
  sample::put_bytes(folder / "b.h5", bytes.substr(0, bytes.size() / 2));
  EXPECT_THAT(opening_error(folder / "b.h5"), HasSubstr("truncated"));
  sample::put_bytes(folder / "b.h5", bytes + "x");
  EXPECT_THAT(opening_error(folder / "b.h5"), HasSubstr("does not end as metier wrote it"));
}

TEST(RunFile, DetectsEveryChangedByte) {
  sample::Folder folder;
  sample::write(folder / "a.h5");
  std::string bytes = sample::bytes_of(folder / "a.h5");
  const std::size_t content = bytes.size() - sizeof(EndMark);
  for (std::size_t place = 0; place < content; place += 211) {
    bytes[place] = static_cast<char>(bytes[place] ^ 0x10);
    sample::put_bytes(folder / "b.h5", bytes);
    opening_error(folder / "b.h5");
    bytes[place] = static_cast<char>(bytes[place] ^ 0x10);
  }
  sample::put_bytes(folder / "b.h5", bytes);
  read_all(folder / "b.h5");
}

TEST(RunFile, RefusesACopyWithoutEndMark) {
  // The HDF5 library may crash on damaged texts of variable length: what has no check-sum is not given to it.
  sample::Folder folder;
  sample::write(folder / "a.h5");
  std::string bytes = sample::bytes_of(folder / "a.h5");
  bytes.resize(bytes.size() - sizeof(EndMark));
  sample::put_bytes(folder / "b.h5", bytes);
  EXPECT_THAT(opening_error(folder / "b.h5"), HasSubstr("take the original file"));
}

}  // namespace
}  // namespace metier::output
