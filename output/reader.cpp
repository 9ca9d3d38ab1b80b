#include "output/reader.hpp"

#include "output/time_axis.hpp"
#include "output/writer.hpp"
#include "sim/core/error.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <new>
#include <zlib.h>

namespace metier::output {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kRunAgain = "run the scenario again, or take another copy of the file";
constexpr std::string_view kTooMuch = "it announces more numbers than memory holds";
constexpr char kSignature[8] = {'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};

// What a file announces is bounded before memory is asked for it.
constexpr std::uint64_t kMostPeriods = 1'000'000, kMostCells = std::uint64_t{1} << 32;

Measure measure_of(const std::string& cell_methods) {
  if (cell_methods == "time: sum") return Measure::kFlow;
  if (cell_methods == "time: mean") return Measure::kMean;
  return Measure::kStock;
}

/// Day of "days since 2018-12-31".
bool parse_origin(const std::string& units, std::chrono::sys_days& day) {
  constexpr std::string_view kPrefix = "days since ";
  if (!units.starts_with(kPrefix)) return false;
  int year = 0;
  unsigned month = 0, date = 0;
  if (std::sscanf(units.c_str() + kPrefix.size(), "%4d-%2u-%2u", &year, &month, &date) != 3) return false;
  const std::chrono::year_month_day parsed{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{date}};
  if (!parsed.ok()) return false;
  day = parsed;
  return true;
}

std::string iso_date(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04d}-{:02d}-{:02d}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

bool parse_hexadecimal(const std::string& text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

void RunFile::refuse(const std::string& message, const std::string& hint) const {
  throw InputError(Exit::kData, Problem{{path_.string(), 0, 0}, message, hint});
}

void RunFile::damaged(const std::string& what) const { refuse("the file is damaged: " + what, std::string(kRunAgain)); }

template <class Body>
auto RunFile::guarded(Body&& body) const {
  try {
    return body();
  } catch (const h5::Error& error) {
    damaged(error.what());
  } catch (const std::bad_alloc&) {
    damaged(std::string(kTooMuch));
  } catch (const std::length_error&) {
    damaged(std::string(kTooMuch));
  }
}

RunFile::RunFile(fs::path path) : path_(std::move(path)) {
  check_bytes();
  open();
  guarded([&] { load(); });
}

/// Before HDF5 sees the file: is it one, and are its bytes those that were written?
void RunFile::check_bytes() {
  std::error_code error;
  const fs::file_status status = fs::status(path_, error);
  if (!fs::exists(status)) refuse("there is no such file", "check the path");
  if (fs::is_directory(status)) refuse("this is a folder, not a run file", "name one file in it");
  std::ifstream file(path_, std::ios::binary);
  if (!file) refuse("the file cannot be read: " + std::generic_category().message(errno), "check its permissions");
  char signature[sizeof kSignature] = {};
  file.read(signature, sizeof signature);
  if (file.gcount() == 0) refuse("the file is empty", std::string(kRunAgain));
  if (std::memcmp(signature, kSignature, sizeof signature) != 0) {
    refuse("this is not an HDF5 file", "a run file is what `metier run --out` writes");
  }
  const std::uint64_t size = fs::file_size(path_, error);
  EndMark mark;
  const EndMark expected;
  if (error || size < sizeof mark) return;
  file.clear();
  file.seekg(static_cast<std::streamoff>(size - sizeof mark));
  file.read(reinterpret_cast<char*>(&mark), sizeof mark);
  if (!file || std::memcmp(mark.magic, expected.magic, sizeof mark.magic) != 0) return;
  marked_ = true;
  if (mark.length != size - sizeof mark) damaged("bytes were lost or added");
  std::vector<char> block(std::size_t{1} << 20);
  file.seekg(0);
  std::uint32_t checksum = 0;
  for (std::uint64_t left = mark.length; left > 0;) {
    file.read(block.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(left, block.size())));
    if (file.gcount() <= 0) damaged("it cannot be read to its end");
    const auto count = static_cast<std::size_t>(file.gcount());
    checksum =
        static_cast<std::uint32_t>(crc32_z(checksum, reinterpret_cast<const unsigned char*>(block.data()), count));
    left -= count;
  }
  if (checksum != mark.checksum) damaged("its bytes are not those that were written (check-sum)");
}

void RunFile::open() {
  try {
    file_ = h5::open_file(path_);
  } catch (const h5::Error& error) {
    const std::string_view why = error.what();
    if (why.find("unable to lock") != std::string_view::npos) {
      refuse("the file cannot be opened because the file system refuses to lock it",
             "another program may be writing it; on network file systems set HDF5_USE_FILE_LOCKING=FALSE in the "
             "environment");
    }
    if (why.find("truncated") != std::string_view::npos) {
      refuse("the file is truncated: its end is missing", "copy it again, or run the scenario again");
    }
    damaged(error.what());
  } catch (const std::bad_alloc&) {
    damaged(std::string(kTooMuch));
  }
  guarded([&] {
    const h5::Id root = file_.id();
    const std::string kind = h5::text_attribute(root, "format_kind");
    const std::int64_t version = h5::integer_attribute(root, "format_version", 0);
    if (kind != kRunFile.kind) {
      refuse(kind.empty() ? "this is an HDF5 file, but not a run of metier"
                          : fmt::format("this file is a '{}', not a '{}'", kind, kRunFile.kind),
             "a run file is what `metier run --out` writes");
    }
    if (version > kRunFile.version) {
      refuse(fmt::format("the file has format version {}, this program reads versions up to {}", version,
                         kRunFile.version),
             "use a newer version of metier");
    }
    if (version < 1) damaged("it has no format version");
    // The HDF5 library may crash on bytes that are not what was written (texts of variable length), so they are not
    // read.
    if (!marked_) {
      refuse("the file does not end as metier wrote it, so that damage could not be told",
             "take the original file: a copy that another program wrote anew lacks the check-sum");
    }
  });
}

std::vector<std::string> RunFile::texts(h5::Id group, const std::string& name) const {
  if (!h5::exists(group, name)) return {};
  return h5::read_texts(h5::open_object(group, name).id());
}

void RunFile::load() {
  const h5::Id root = file_.id();
  for (const h5::Child& child : h5::children(root)) {
    if (child.kind != h5::Kind::kDataset || child.name == "time") continue;
    const h5::Handle dataset = h5::open_object(root, child.name);
    if (h5::text_attribute(dataset.id(), "CLASS") != "DIMENSION_SCALE" || !h5::holds_texts(dataset.id())) continue;
    DimensionInfo dimension;
    dimension.name = child.name;
    dimension.long_name = h5::text_attribute(dataset.id(), "long_name");
    dimension.long_name_fr = h5::text_attribute(dataset.id(), "long_name_fr");
    dimension.codes = h5::read_texts(dataset.id());
    dimension.labels_en = texts(root, child.name + "_label_en");
    dimension.labels_fr = texts(root, child.name + "_label_fr");
    for (const auto* labels : {&dimension.labels_en, &dimension.labels_fr}) {
      if (!labels->empty() && labels->size() != dimension.codes.size()) damaged("labels of " + child.name);
    }
    dimensions_.push_back(std::move(dimension));
  }
  load_group(Frequency::kMonthly, root);
  if (days(Frequency::kMonthly).empty()) damaged("it has no time axis");
  for (const Frequency frequency : {Frequency::kQuarterly, Frequency::kAnnual}) {
    if (h5::exists(root, group_of(frequency))) load_group(frequency, h5::open_object(root, group_of(frequency)).id());
  }
  for (const h5::Child& child : h5::children(root)) {
    if (child.kind == h5::Kind::kGroup) load_tables(h5::open_object(root, child.name).id(), child.name);
  }
}

void RunFile::load_group(Frequency frequency, h5::Id group) {
  if (!h5::exists(group, "time")) return;
  const h5::Handle time = h5::open_object(group, "time");
  const auto extent = h5::extent_of(time.id());
  if (extent.size() != 1 || extent[0] > kMostPeriods || !parse_origin(h5::text_attribute(time.id(), "units"), origin_))
    damaged("time axis");
  auto& days = days_[static_cast<std::size_t>(frequency)];
  days.resize(extent[0]);
  const std::uint64_t zero[] = {0};
  h5::read_block(time.id(), Storage::kInt32, zero, extent, days.data());
  for (const h5::Child& child : h5::children(group)) {
    if (child.kind != h5::Kind::kDataset) continue;
    const h5::Handle dataset = h5::open_object(group, child.name);
    std::vector<std::string> dims = h5::scales_of(dataset.id());
    if (dims.empty() || dims[0] != "time" || h5::holds_texts(dataset.id())) continue;
    Variable variable;
    variable.storage = h5::storage_of(dataset.id());
    variable.periods = days.size();
    IndicatorInfo& info = variable.info;
    info.name = child.name;
    info.frequency = frequency;
    info.measure = measure_of(h5::text_attribute(dataset.id(), "cell_methods"));
    info.total = variable.storage == Storage::kFloat64;
    info.unit = h5::text_attribute(dataset.id(), "units");
    info.meaning = h5::text_attribute(dataset.id(), "long_name");
    info.meaning_fr = h5::text_attribute(dataset.id(), "long_name_fr");
    info.observatory = h5::text_attribute(dataset.id(), "observatory");
    info.code = h5::text_attribute(dataset.id(), "observatory_code");
    info.source = h5::text_attribute(dataset.id(), "source");
    info.dims.assign(dims.begin() + 1, dims.end());
    const auto extents = h5::extent_of(dataset.id());
    bool fits = extents[0] == days.size();
    for (std::size_t axis = 1; axis < extents.size(); ++axis) {
      const DimensionInfo* known = dimension(dims[axis]);
      fits = fits && known != nullptr && known->codes.size() == extents[axis];
      fits = fits && (extents[axis] == 0 || variable.cells <= kMostCells / extents[axis]);
      if (!fits) break;
      variable.extents.push_back(extents[axis]);
      variable.cells *= extents[axis];
    }
    if (!fits) damaged("shape of " + child.name);
    variables_.push_back(std::move(variable));
  }
}

void RunFile::load_tables(h5::Id group, const std::string& path) {
  const std::vector<h5::Child> members = h5::children(group);
  if (h5::text_attribute(group, "format_kind") == "table") {
    StoredTable table;
    table.name = path;
    table.meaning = h5::text_attribute(group, "long_name");
    bool first = true;
    for (const h5::Child& child : members) {
      if (child.name == "row" || child.kind != h5::Kind::kDataset) continue;
      const h5::Handle dataset = h5::open_object(group, child.name);
      const auto extent = h5::extent_of(dataset.id());
      if (extent.size() != 1 || (!first && extent[0] != table.rows)) damaged("shape of " + path + "/" + child.name);
      table.rows = extent[0];
      first = false;
      table.columns.push_back({child.name, h5::storage_of(dataset.id()), h5::text_attribute(dataset.id(), "units"),
                               h5::text_attribute(dataset.id(), "long_name"),
                               h5::text_attribute(dataset.id(), "entries_of")});
      const TableColumn& column = table.columns.back();
      if (!column.dimension.empty() && dimension(column.dimension) == nullptr)
        damaged("entries of " + path + "/" + child.name);
    }
    if (table.columns.empty() || table.columns[0].name != "month") damaged("columns of " + path);
    tables_.push_back(std::move(table));
    return;
  }
  for (const h5::Child& child : members) {
    if (child.kind == h5::Kind::kGroup) load_tables(h5::open_object(group, child.name).id(), path + "/" + child.name);
  }
}

std::string RunFile::attribute(const std::string& name) const {
  return guarded([&] { return h5::text_attribute(file_.id(), name); });
}

const DimensionInfo* RunFile::dimension(std::string_view name) const {
  const auto found = std::ranges::find(dimensions_, name, &DimensionInfo::name);
  return found == dimensions_.end() ? nullptr : &*found;
}

const Variable* RunFile::find(Frequency frequency, std::string_view name) const {
  for (const Variable& variable : variables_) {
    if (variable.info.frequency == frequency && variable.info.name == name) return &variable;
  }
  return nullptr;
}

const Variable* RunFile::find(std::string_view name) const {
  for (const Variable& variable : variables_) {  // the finest frequency comes first
    if (variable.info.name == name || path_of(variable) == name) return &variable;
  }
  return nullptr;
}

std::string RunFile::path_of(const Variable& variable) {
  const std::string group = group_of(variable.info.frequency);
  return group.empty() ? variable.info.name : group + "/" + variable.info.name;
}

std::string RunFile::date(Frequency frequency, std::size_t period) const {
  return iso_date(origin_ + std::chrono::days{days(frequency).at(period)});
}

namespace {
void read_periods(h5::Id file, const std::string& path, const Variable& variable, Storage memory, std::size_t first,
                  std::size_t n, void* into) {
  std::vector<std::uint64_t> offset(1 + variable.extents.size(), 0), count{n};
  offset[0] = first;
  count.insert(count.end(), variable.extents.begin(), variable.extents.end());
  h5::read_block(h5::open_object(file, path).id(), memory, offset, count, into);
}
}  // namespace

std::vector<double> RunFile::read(const Variable& variable, std::size_t first, std::size_t n) const {
  METIER_REQUIRE(first + n <= variable.periods, "periods of " + variable.info.name);
  return guarded([&] {
    std::vector<double> values(n * variable.cells);
    read_periods(file_.id(), path_of(variable), variable, Storage::kFloat64, first, n, values.data());
    return values;
  });
}

void RunFile::read_stored(const Variable& variable, std::size_t first, std::size_t n, std::span<std::byte> into) const {
  METIER_REQUIRE(first + n <= variable.periods && into.size() == n * variable.cells * size_of(variable.storage),
                 "periods of " + variable.info.name);
  guarded([&] { read_periods(file_.id(), path_of(variable), variable, variable.storage, first, n, into.data()); });
}

const StoredTable* RunFile::find_table(std::string_view name) const {
  const auto found = std::ranges::find(tables_, name, &StoredTable::name);
  return found == tables_.end() ? nullptr : &*found;
}

namespace {
void read_rows(h5::Id file, const StoredTable& table, std::size_t column, Storage memory, std::uint64_t first,
               std::uint64_t n, void* into) {
  METIER_REQUIRE(first + n <= table.rows && column < table.columns.size(), "rows of " + table.name);
  const std::uint64_t offset[] = {first}, count[] = {n};
  h5::read_block(h5::open_object(file, table.name + "/" + table.columns[column].name).id(), memory, offset, count,
                 into);
}
}  // namespace

std::vector<double> RunFile::read_numbers(const StoredTable& table, std::size_t column, std::uint64_t first,
                                          std::uint64_t n) const {
  return guarded([&] {
    std::vector<double> values(n);
    read_rows(file_.id(), table, column, Storage::kFloat64, first, n, values.data());
    return values;
  });
}

std::vector<std::int64_t> RunFile::read_integers(const StoredTable& table, std::size_t column, std::uint64_t first,
                                                 std::uint64_t n) const {
  METIER_REQUIRE(!is_float(table.columns.at(column).storage), "integers of " + table.name);
  return guarded([&] {
    std::vector<std::int64_t> values(n);
    const Storage memory = table.columns[column].storage == Storage::kUInt64 ? Storage::kUInt64 : Storage::kInt64;
    read_rows(file_.id(), table, column, memory, first, n, values.data());
    return values;
  });
}

void RunFile::read_stored(const StoredTable& table, std::size_t column, std::uint64_t first, std::uint64_t n,
                          std::span<std::byte> into) const {
  METIER_REQUIRE(into.size() == n * size_of(table.columns.at(column).storage), "rows of " + table.name);
  guarded([&] { read_rows(file_.id(), table, column, table.columns[column].storage, first, n, into.data()); });
}

HashRecord RunFile::hashes() const {
  return guarded([&] {
    HashRecord record;
    if (!h5::exists(file_.id(), "hashes")) return record;
    const h5::Handle group = h5::open_object(file_.id(), "hashes");
    for (const std::string& text : texts(group.id(), "state_hash")) {
      record.state.emplace_back();
      if (!parse_hexadecimal(text, record.state.back())) damaged("state hash '" + text + "'");
    }
    const std::vector<std::string> processes = texts(group.id(), "slot_process"),
                                   columns = texts(group.id(), "slot_column");
    if (processes.size() != columns.size() || record.state.size() != days_[0].size())
      damaged("shape of the state hashes");
    for (std::size_t s = 0; s < processes.size(); ++s) record.slots.push_back({processes[s], columns[s]});
    if (record.slots.empty()) return record;
    const h5::Handle dataset = h5::open_object(group.id(), "column_hash");
    const std::vector<std::uint64_t> zero{0, 0}, extent{record.state.size(), record.slots.size()};
    if (h5::extent_of(dataset.id()) != extent) damaged("shape of the hashes of columns");
    record.details.resize(extent[0] * extent[1]);
    h5::read_block(dataset.id(), Storage::kUInt64, zero, extent, record.details.data());
    return record;
  });
}

Provenance RunFile::provenance() const {
  return guarded([&] {
    Provenance p;
    const h5::Id root = file_.id();
    p.title = h5::text_attribute(root, "title");
    p.institution = h5::text_attribute(root, "institution");
    p.references = h5::text_attribute(root, "references");
    p.scenario_name = h5::text_attribute(root, "scenario");
    p.data_mode = h5::text_attribute(root, "data_mode");
    p.data_year = static_cast<int>(h5::integer_attribute(root, "data_year", 0));
    p.seed = static_cast<std::uint64_t>(h5::integer_attribute(root, "seed", 0));
    p.population_seed = static_cast<std::uint64_t>(h5::integer_attribute(root, "population_seed", 0));
    p.replicate = static_cast<std::uint64_t>(h5::integer_attribute(root, "replicate", 0));

    if (!h5::exists(root, "provenance")) damaged("it does not say where its numbers come from");
    const h5::Handle group = h5::open_object(root, "provenance");
    p.program_version = h5::text_attribute(group.id(), "program_version");
    p.git_hash = h5::text_attribute(group.id(), "git_hash");
    p.compiler = h5::text_attribute(group.id(), "compiler");
    p.compiler_flags = h5::text_attribute(group.id(), "compiler_flags");
    const auto one = [&](const std::string& name) {
      const std::vector<std::string> found = texts(group.id(), name);
      return found.empty() ? std::string{} : found[0];
    };
    p.scenario_text = one("scenario");
    p.schedule_text = one("schedule");
    const auto columns = [&](std::initializer_list<const char*> names) {
      std::vector<std::vector<std::string>> result;
      for (const char* name : names) result.push_back(texts(group.id(), name));
      for (const auto& column : result) {
        if (column.size() != result[0].size()) damaged("shape of provenance/" + std::string(*names.begin()));
      }
      return result;
    };
    const auto parameters = columns({"parameter", "parameter_value", "parameter_unit", "parameter_origin"});
    for (std::size_t i = 0; i < parameters[0].size(); ++i) {
      p.parameters.push_back({parameters[0][i], parameters[1][i], parameters[2][i], parameters[3][i]});
    }
    const auto files = columns({"data_file", "data_file_sha256", "data_file_bytes"});
    for (std::size_t i = 0; i < files[0].size(); ++i) {
      std::uint64_t bytes = 0;
      std::from_chars(files[2][i].data(), files[2][i].data() + files[2][i].size(), bytes);
      p.data_files.push_back({files[0][i], files[1][i], bytes});
    }
    p.assumptions = texts(group.id(), "assumption");
    const auto checks = columns({"check", "check_result", "check_detail"});
    for (std::size_t i = 0; i < checks[0].size(); ++i) p.checks.push_back({checks[0][i], checks[1][i], checks[2][i]});

    if (h5::exists(root, "init_report")) {
      const h5::Handle report = h5::open_object(root, "init_report");
      const std::vector<std::string> margins = texts(report.id(), "margin"), cells = texts(report.id(), "cell");
      std::vector<double> asked(margins.size()), obtained(margins.size());
      const std::vector<std::uint64_t> zero{0}, extent{margins.size()};
      for (const auto& [name, values] : {std::pair{"asked", &asked}, std::pair{"obtained", &obtained}}) {
        const h5::Handle dataset = h5::open_object(report.id(), name);
        if (h5::extent_of(dataset.id()) != extent || cells.size() != margins.size()) damaged("shape of init_report");
        h5::read_block(dataset.id(), Storage::kFloat64, zero, extent, values->data());
      }
      for (std::size_t i = 0; i < margins.size(); ++i)
        p.margins.push_back({margins[i], cells[i], asked[i], obtained[i]});
    }
    return p;
  });
}

}  // namespace metier::output
