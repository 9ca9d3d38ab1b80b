#include "output/writer.hpp"

#include "output/filters.hpp"
#include "output/time_axis.hpp"
#include "sim/core/error.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <limits>
#include <set>
#include <zlib.h>

namespace metier::output {

double relative_error(const MarginRecord& margin) {
  const double gap = margin.obtained - margin.asked;
  if (margin.asked != 0) return gap / std::fabs(margin.asked);
  return gap == 0 ? 0.0 : std::numeric_limits<double>::quiet_NaN();
}

namespace {

constexpr std::uint64_t kRowsPerChunk = 1 << 15;      // of long tables
constexpr std::size_t kChunksAtOnce = 4;              // of each column of a table: rows held in memory
constexpr std::size_t kLongestAttribute = 32 * 1024;  // an attribute must fit into a header message of 64 kB

std::string_view cell_method(Measure measure) {
  switch (measure) {
    case Measure::kStock: return "time: point";
    case Measure::kFlow: return "time: sum";
    case Measure::kMean: return "time: mean";
  }
  return "";
}

std::string hexadecimal(std::uint64_t number) { return fmt::format("{:016x}", number); }

/// CRC-32, blocks side by side.
std::uint32_t checksum_of(std::span<const std::byte> bytes) {
  constexpr std::size_t kBlock = std::size_t{1} << 20;
  std::vector<uLong> checksums(bytes.size() / kBlock + 1);
  for_each_block(bytes.size(), kBlock, [&](std::size_t block, std::size_t begin, std::size_t end) {
    checksums[block] = crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data() + begin), end - begin);
  });
  uLong whole = crc32_z(0, nullptr, 0);
  for (std::size_t block = 0; block * kBlock < bytes.size(); ++block) {
    const std::size_t length = std::min(kBlock, bytes.size() - block * kBlock);
    whole = crc32_combine(whole, checksums[block], static_cast<z_off_t>(length));
  }
  return static_cast<std::uint32_t>(whole);
}

/// Writes one file from top to bottom.
class RunImage {
 public:
  RunImage(const RunLayout& layout, const RunContent& content, const Provenance& provenance)
      : layout_(layout),
        content_(content),
        provenance_(provenance),
        axis_(layout.start),
        threads_(static_cast<std::size_t>(threads())) {}

  h5::FileImage build() {
    put_global_attributes();
    for (const Frequency frequency : kFrequencies) write_indicators(frequency);
    for (std::size_t i = 0; i < layout_.tables.size(); ++i) write_table(i);
    write_hashes();
    write_init_report();
    write_provenance();
    h5::attach_scales(file_.id(), attachments_);
    return file_.close(sizeof(EndMark));
  }

 private:
  void put_global_attributes() {
    const h5::Id root = file_.id();
    const Provenance& p = provenance_;
    const std::string program = fmt::format("metier {} (git {})", p.program_version, p.git_hash);
    h5::put(root, "Conventions", "CF-1.10");
    h5::put(root, "title", p.title);
    h5::put(root, "institution", p.institution);
    h5::put(root, "source", program + ", simulation of the economy of a metropolis, establishment by establishment");
    h5::put(root, "history",
            fmt::format("{}: run of the scenario {}, seed {}, replicate {}, {} months", program, p.scenario_name,
                        p.seed, p.replicate, layout_.months));
    h5::put(root, "references", p.references);
    h5::put(root, "format_kind", kRunFile.kind);
    h5::put(root, "format_version", std::int32_t{kRunFile.version});
    h5::put(root, "scenario", p.scenario_name);
    h5::put(root, "start", to_text(layout_.start));
    h5::put(root, "months", std::int32_t{layout_.months});
    h5::put(root, "seed", p.seed);
    h5::put(root, "population_seed", p.population_seed);
    h5::put(root, "replicate", p.replicate);
    h5::put(root, "data_mode", p.data_mode);
    if (p.data_year != 0) h5::put(root, "data_year", std::int32_t{p.data_year});
    std::string assumptions;
    for (const std::string& line : p.assumptions) assumptions += (assumptions.empty() ? "" : "\n") + line;
    h5::put(root, "assumptions",
            assumptions.size() <= kLongestAttribute ? assumptions : "see the variable provenance/assumption");
    for (const auto& [name, text] : p.attributes) {
      METIER_REQUIRE(text.size() <= kLongestAttribute, "global attribute " + name);
      h5::put(root, name, text);
    }
  }

  // --- dimensions --------------------------------------------------------------------------------------------------

  void attach(const std::string& group, const std::string& variable, std::span<const std::string> dimensions) {
    h5::Attachment attachment{path(group, variable), {}};
    for (const std::string& dimension : dimensions) attachment.scales.push_back(path(group, dimension));
    attachments_.push_back(std::move(attachment));
  }
  static std::string path(const std::string& group, const std::string& name) {
    return group.empty() ? "/" + name : "/" + group + "/" + name;
  }

  void write_time(h5::Id group, std::span<const std::int32_t> days, std::string_view meaning) {
    const std::uint64_t extent[] = {days.size()}, zero[] = {0};
    const h5::Handle time = h5::create_numbers(group, "time", Storage::kInt32, {{days.size()}, {}});
    h5::write_block(time.id(), Storage::kInt32, zero, extent, days.data());
    h5::make_scale(time.id(), "time", next_dimension_++);
    h5::put(time.id(), "units", axis_.units());
    h5::put(time.id(), "calendar", "standard");
    h5::put(time.id(), "axis", "T");
    h5::put(time.id(), "standard_name", "time");
    h5::put(time.id(), "long_name", meaning);
  }

  /// Coordinate variable of texts: a dimension of its own name.
  void write_text_dimension(h5::Id group, const std::string& name, std::span<const std::string> texts,
                            std::string_view meaning, std::string_view meaning_fr = {}) {
    const h5::Handle scale = h5::create_texts(group, name, texts);
    h5::make_scale(scale.id(), name, next_dimension_++);
    h5::put(scale.id(), "long_name", meaning);
    h5::put(scale.id(), "long_name_fr", meaning_fr);
  }
  void write_text_variable(h5::Id group, const std::string& group_path, const std::string& name,
                           const std::string& dimension, std::span<const std::string> texts, std::string_view meaning) {
    const h5::Handle variable = h5::create_texts(group, name, texts);
    h5::put(variable.id(), "long_name", meaning);
    attach(group_path, name, {&dimension, 1});
  }

  void write_dimension(h5::Id group, const std::string& group_path, const DimensionInfo& dimension) {
    write_text_dimension(group, dimension.name, dimension.codes, dimension.long_name, dimension.long_name_fr);
    write_text_variable(group, group_path, dimension.name + "_label_en", dimension.name, labels_en(dimension),
                        dimension.long_name + ", label in English");
    write_text_variable(group, group_path, dimension.name + "_label_fr", dimension.name, labels_fr(dimension),
                        dimension.long_name + ", label in French");
  }

  // --- indicators --------------------------------------------------------------------------------------------------

  void write_indicators(Frequency frequency) {
    const auto& days = content_.days[static_cast<std::size_t>(frequency)];
    if (days.empty()) return;
    const std::string group_path = group_of(frequency);
    const bool root = group_path.empty();
    std::set<std::string> used;  // other groups repeat the dimensions that they use, so that each opens by itself
    for (const IndicatorInfo& indicator : layout_.indicators) {
      if (indicator.frequency == frequency) used.insert(indicator.dims.begin(), indicator.dims.end());
    }
    const h5::Handle created = root ? h5::Handle{} : h5::create_group(file_.id(), group_path);
    const h5::Id group = root ? file_.id() : created.id();
    write_time(group, days,
               frequency == Frequency::kMonthly     ? "last day of the month; the first entry is the state at t = 0"
               : frequency == Frequency::kQuarterly ? "last day of the quarter"
                                                    : "last day of the year");
    for (const DimensionInfo& dimension : layout_.dimensions) {
      if (root || used.contains(dimension.name)) write_dimension(group, group_path, dimension);
    }
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < layout_.indicators.size(); ++i) {
      if (layout_.indicators[i].frequency == frequency) chosen.push_back(i);
    }
    const std::size_t chunks = chunks_of(days.size(), kChunkMonths);
    std::vector<PackedChunk> packed(chosen.size() * chunks);
    for_each_item(packed.size(), [&](std::size_t k) {
      packed[k] = pack_periods(chosen[k / chunks], k % chunks * kChunkMonths, days.size());
    });
    for (std::size_t k = 0; k < chosen.size(); ++k) {
      write_indicator(group, group_path, chosen[k], days.size(), std::span(packed).subspan(k * chunks, chunks));
    }
  }

  static std::size_t chunks_of(std::uint64_t length, std::uint64_t per_chunk) {
    return static_cast<std::size_t>((length + per_chunk - 1) / per_chunk);
  }

  /// The chunk of an indicator that begins with this period. Any thread.
  PackedChunk pack_periods(std::size_t index, std::size_t first, std::size_t periods) {
    const IndicatorInfo& info = layout_.indicators[index];
    const Storage storage = storage_of(layout_, info);
    const std::size_t period_bytes = cells_of(layout_, info) * size_of(storage);
    const std::size_t count = std::min<std::size_t>(kChunkMonths, periods - first);
    Thread& mine = threads_[static_cast<std::size_t>(worker_index())];
    mine.numbers.resize(count * period_bytes);
    content_.values(index, first, count, mine.numbers);
    return mine.packer.pack(storage, mine.numbers, std::min<std::size_t>(kChunkMonths, periods) * period_bytes);
  }

  void write_indicator(h5::Id group, const std::string& group_path, std::size_t index, std::size_t periods,
                       std::span<const PackedChunk> chunks) {
    const IndicatorInfo& info = layout_.indicators[index];
    h5::Shape shape{{periods}, {std::min<std::uint64_t>(kChunkMonths, periods)}};
    std::vector<std::string> dimensions{"time"};
    std::string coordinates;
    for (const std::string& name : info.dims) {
      const std::size_t length = dimension_of(layout_, name).codes.size();
      shape.extent.push_back(length);
      shape.chunk.push_back(length);
      dimensions.push_back(name);
      coordinates += fmt::format("{}{}_label_en {}_label_fr", coordinates.empty() ? "" : " ", name, name);
    }
    const h5::Handle variable = h5::create_numbers(group, info.name, storage_of(layout_, info), shape);
    h5::put(variable.id(), "units", file_unit(info.unit));
    h5::put(variable.id(), "long_name", info.meaning);
    h5::put(variable.id(), "long_name_fr", info.meaning_fr);
    h5::put(variable.id(), "cell_methods", cell_method(info.measure));
    h5::put(variable.id(), "coordinates", coordinates);
    h5::put(variable.id(), "observatory", info.observatory);
    h5::put(variable.id(), "observatory_code", info.code);
    h5::put(variable.id(), "source", info.source);
    attach(group_path, info.name, dimensions);

    write_chunks(variable.id(), shape, chunks);
  }

  /// Chunks of a variable that is cut along its first axis.
  static void write_chunks(h5::Id variable, const h5::Shape& shape, std::span<const PackedChunk> chunks) {
    std::vector<std::uint64_t> offset(shape.extent.size(), 0);
    for (const PackedChunk& chunk : chunks) {
      h5::write_chunk(variable, offset, chunk);
      offset[0] += shape.chunk[0];
    }
  }

  // --- other tables ------------------------------------------------------------------------------------------------

  void write_table(std::size_t index) {
    const OutputTable& table = layout_.tables[index];
    const std::uint64_t rows = content_.rows[index];
    if (rows == 0) return;
    for (std::size_t slash = table.name.find('/'); slash != std::string::npos;
         slash = table.name.find('/', slash + 1)) {
      const std::string parent = table.name.substr(0, slash);
      if (groups_.insert(parent).second) static_cast<void>(h5::create_group(file_.id(), parent));
    }
    const h5::Handle group = h5::create_group(file_.id(), table.name);
    h5::put(group.id(), "format_kind", "table");
    h5::put(group.id(), "long_name", table.meaning);
    h5::create_bare_dimension(group.id(), "row", rows, next_dimension_++);

    std::vector<TableColumn> columns{{"month", Storage::kInt32, "1", "month of the run; 0 is the state at t = 0", ""}};
    columns.insert(columns.end(), table.columns.begin(), table.columns.end());
    const std::string row_dimension[] = {"row"};
    const h5::Shape shape{{rows}, {std::min(rows, kRowsPerChunk)}};
    const std::vector<PackedChunk> packed = pack_table(index, columns);
    const std::size_t chunks = packed.size() / columns.size();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const TableColumn& column = columns[c];
      const h5::Handle variable = h5::create_numbers(group.id(), column.name, column.storage, shape);
      h5::put(variable.id(), "units", file_unit(column.unit));
      h5::put(variable.id(), "long_name", column.meaning);
      if (!column.dimension.empty()) {
        h5::put(variable.id(), "entries_of", column.dimension);
        h5::put(variable.id(), "comment",
                fmt::format("entry of the dimension {} of the root group, counted from 0; -1: none", column.dimension));
      }
      attach(table.name, column.name, row_dimension);
      write_chunks(variable.id(), shape, std::span(packed).subspan(c * chunks, chunks));
    }
  }

  /// All chunks of a table, column by column.
  std::vector<PackedChunk> pack_table(std::size_t index, std::span<const TableColumn> columns) {
    const std::uint64_t rows = content_.rows[index], chunk_rows = std::min(rows, kRowsPerChunk);
    const std::size_t row_size = row_bytes(layout_.tables[index]), chunks = chunks_of(rows, kRowsPerChunk);
    std::vector<std::size_t> places;  // of the columns in a row
    std::size_t end = 0;
    for (const TableColumn& column : columns) {
      places.push_back(end);
      end += size_of(column.storage);
    }
    std::vector<PackedChunk> packed(columns.size() * chunks);
    std::vector<std::byte> records;
    for (std::size_t first = 0; first < chunks; first += kChunksAtOnce) {
      const std::size_t count = std::min(kChunksAtOnce, chunks - first);
      const std::size_t held = std::min(rows - first * kRowsPerChunk, count * kRowsPerChunk);
      records.resize(held * row_size);
      content_.records(index, first * kRowsPerChunk, held, records);
      for_each_item(columns.size() * count, [&](std::size_t k) {
        const std::size_t c = k / count, chunk = k % count, size = size_of(columns[c].storage);
        const std::size_t begin = chunk * kRowsPerChunk, n = std::min<std::size_t>(kRowsPerChunk, held - begin);
        Thread& mine = threads_[static_cast<std::size_t>(worker_index())];
        mine.numbers.resize(n * size);
        for (std::size_t row = 0; row < n; ++row) {
          std::memcpy(&mine.numbers[row * size], &records[(begin + row) * row_size + places[c]], size);
        }
        packed[c * chunks + first + chunk] = mine.packer.pack(columns[c].storage, mine.numbers, chunk_rows * size);
      });
    }
    return packed;
  }

  void write_hashes() {
    if (content_.hashes.empty()) return;
    const std::size_t slots = layout_.hash_slots.size(), months = content_.hashes.size() / (1 + slots);
    METIER_REQUIRE(content_.hashes.size() == months * (1 + slots), "hashes of a run");
    const h5::Handle group = h5::create_group(file_.id(), "hashes");
    h5::put(group.id(), "long_name", "fingerprints of the state, for finding where two runs part");
    write_time(group.id(), content_.days[0], "last day of the month; the first entry is the state at t = 0");
    std::vector<std::string> state;
    for (std::size_t month = 0; month < months; ++month)
      state.push_back(hexadecimal(content_.hashes[month * (1 + slots)]));
    write_text_variable(group.id(), "hashes", "state_hash", "time", state,
                        "hash at the end of the month of all columns that months carry on, 16 hexadecimal digits");
    if (slots == 0) return;
    std::vector<std::string> processes, columns;
    for (const HashSlot& slot : layout_.hash_slots) {
      processes.push_back(slot.process);
      columns.push_back(slot.column);
    }
    h5::create_bare_dimension(group.id(), "slot", slots, next_dimension_++);
    write_text_variable(group.id(), "hashes", "slot_process", "slot", processes,
                        "process, in the order of the schedule");
    write_text_variable(group.id(), "hashes", "slot_column", "slot", columns, "column that the process wrote");
    std::vector<std::uint64_t> details;
    for (std::size_t month = 0; month < months; ++month) {
      const auto first = content_.hashes.begin() + static_cast<std::ptrdiff_t>(month * (1 + slots) + 1);
      details.insert(details.end(), first, first + static_cast<std::ptrdiff_t>(slots));
    }
    const std::uint64_t offset[] = {0, 0}, extent[] = {months, slots};
    const h5::Handle variable =
        h5::create_numbers(group.id(), "column_hash", Storage::kUInt64,
                           {{months, slots}, {std::min<std::uint64_t>(kChunkMonths, months), slots}});
    h5::write_block(variable.id(), Storage::kUInt64, offset, extent, details.data());
    h5::put(variable.id(), "units", "1");
    h5::put(variable.id(), "long_name", "hash of the column right after the process wrote it; 0 where it did not run");
    const std::string dimensions[] = {"time", "slot"};
    attach("hashes", "column_hash", dimensions);
  }

  void write_init_report() {
    const auto& margins = provenance_.margins;
    if (margins.empty()) return;
    const h5::Handle group = h5::create_group(file_.id(), "init_report");
    h5::put(group.id(), "long_name", "margins of the population at t = 0: asked, obtained, relative error");
    h5::create_bare_dimension(group.id(), "row", margins.size(), next_dimension_++);
    std::vector<std::string> names, cells;
    std::vector<double> asked, obtained, errors;
    for (const MarginRecord& margin : margins) {
      names.push_back(margin.margin);
      cells.push_back(margin.cell);
      asked.push_back(margin.asked);
      obtained.push_back(margin.obtained);
      errors.push_back(relative_error(margin));
    }
    write_text_variable(group.id(), "init_report", "margin", "row", names, "name of the margin");
    write_text_variable(group.id(), "init_report", "cell", "row", cells, "cell of the margin");
    const auto numbers = [&](const std::string& name, std::string_view meaning, const std::vector<double>& values) {
      const std::uint64_t offset[] = {0}, extent[] = {values.size()};
      const h5::Handle variable = h5::create_numbers(group.id(), name, Storage::kFloat64, {{values.size()}, {}});
      h5::write_block(variable.id(), Storage::kFloat64, offset, extent, values.data());
      h5::put(variable.id(), "units", "1");
      h5::put(variable.id(), "long_name", meaning);
      const std::string dimension[] = {"row"};
      attach("init_report", name, dimension);
    };
    numbers("asked", "value asked for by the data", asked);
    numbers("obtained", "value in the population", obtained);
    numbers("relative_error", "(obtained - asked) / |asked|", errors);
  }

  void write_provenance() {
    const Provenance& p = provenance_;
    const h5::Handle group = h5::create_group(file_.id(), "provenance");
    h5::put(group.id(), "long_name", "where the numbers come from");
    h5::put(group.id(), "program_version", p.program_version);
    h5::put(group.id(), "git_hash", p.git_hash);
    h5::put(group.id(), "compiler", p.compiler);
    h5::put(group.id(), "compiler_flags", p.compiler_flags);
    const auto text = [&](const std::string& name, const std::string& value, std::string_view meaning) {
      h5::put(h5::create_text(group.id(), name, value).id(), "long_name", meaning);
    };
    text("scenario", p.scenario_text, "the scenario as resolved: merged, with every value");
    text("schedule", p.schedule_text, "the month: phases and processes");
    const auto list = [&](const std::string& name, std::string_view meaning, const auto& records, auto&& key) {
      std::vector<std::string> texts;
      texts.reserve(std::size(records));
      for (const auto& record : records) texts.push_back(key(record));
      if (!texts.empty()) write_text_dimension(group.id(), name, texts, meaning);
    };
    const auto column = [&](const std::string& name, const std::string& dimension, std::string_view meaning,
                            const auto& records, auto&& value) {
      std::vector<std::string> texts;
      texts.reserve(std::size(records));
      for (const auto& record : records) texts.emplace_back(value(record));
      if (!texts.empty()) write_text_variable(group.id(), "provenance", name, dimension, texts, meaning);
    };
    using Parameter = const ParameterRecord&;
    list("parameter", "path of the parameter", p.parameters, [](Parameter r) { return r.path; });
    column("parameter_value", "parameter", "value", p.parameters, [](Parameter r) { return r.value; });
    column("parameter_unit", "parameter", "unit", p.parameters, [](Parameter r) { return r.unit; });
    column("parameter_origin", "parameter", "where the value comes from", p.parameters,
           [](Parameter r) { return r.origin; });
    using DataFile = const DataFileRecord&;
    list("data_file", "input file", p.data_files, [](DataFile r) { return r.path; });
    column("data_file_sha256", "data_file", "SHA-256 of the file", p.data_files, [](DataFile r) { return r.sha256; });
    column("data_file_bytes", "data_file", "size of the file, byte", p.data_files,
           [](DataFile r) { return std::to_string(r.bytes); });
    list("assumption", "assumption made where the data are silent", p.assumptions,
         [](const std::string& r) { return r; });
    using Check = const CheckRecord&;
    list("check", "check made during the run", p.checks, [](Check r) { return r.name; });
    column("check_result", "check", "result", p.checks, [](Check r) { return r.result; });
    column("check_detail", "check", "detail", p.checks, [](Check r) { return r.detail; });
    list("unit", "unit of the variables", kUnits, [](const UnitMeaning& r) { return std::string(r.unit); });
    column("unit_meaning", "unit", "meaning", kUnits, [](const UnitMeaning& r) { return r.meaning; });
  }

  const RunLayout& layout_;
  const RunContent& content_;
  const Provenance& provenance_;
  TimeAxis axis_;
  h5::MemoryFile file_;
  std::int32_t next_dimension_ = 0;
  std::vector<h5::Attachment> attachments_;
  std::set<std::string> groups_;
  struct Thread {
    ChunkPacker packer;
    std::vector<std::byte> numbers;  ///< of the chunk at work
  };
  std::vector<Thread> threads_;
};

}  // namespace

h5::FileImage run_image(const RunLayout& layout, const RunContent& content, const Provenance& provenance) {
  h5::FileImage image;
  try {
    image = RunImage(layout, content, provenance).build();
  } catch (const h5::Error& error) {
    throw BrokenPromise(fmt::format("HDF5 refused to build the run file: {}. Please report it.", error.what()));
  }
  const auto file = image.bytes().first(image.bytes().size() - sizeof(EndMark));
  EndMark mark;
  mark.length = file.size();
  mark.checksum = checksum_of(file);
  std::memcpy(file.data() + file.size(), &mark, sizeof mark);
  return image;
}

}  // namespace metier::output
