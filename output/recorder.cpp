#include "output/recorder.hpp"

#include "output/reader.hpp"
#include "output/writer.hpp"
#include "sim/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <limits>
#include <zlib.h>

namespace metier::output {

namespace fs = std::filesystem;

namespace {

constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();
constexpr char kStateMagic[8] = {'M', 'E', 'T', 'R', 'E', 'C', '0', '1'};

[[noreturn]] void refuse_state(const fs::path& target, std::string message, std::string hint) {
  throw InputError(Exit::kData, Problem{{target.string(), 0, 0}, std::move(message), std::move(hint)});
}

/// Numbers and texts one after the other, as bytes.
class StateWriter {
 public:
  template <class T>
  void value(const T& value) {
    const auto* first = reinterpret_cast<const std::byte*>(&value);
    bytes_.insert(bytes_.end(), first, first + sizeof value);
  }
  void numbers(std::span<const double> numbers) {
    value(static_cast<std::uint64_t>(numbers.size()));
    for (const double number : numbers) value(number);
  }
  void text(std::string_view text) {
    value(static_cast<std::uint64_t>(text.size()));
    for (const char c : text) value(c);
  }
  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

class StateReader {
 public:
  StateReader(std::span<const std::byte> bytes, const fs::path& target) : bytes_(bytes), target_(target) {}
  template <class T>
  T value() {
    T result{};
    std::memcpy(&result, take(sizeof result).data(), sizeof result);
    return result;
  }
  void numbers(std::span<double> into) {
    if (value<std::uint64_t>() != into.size()) fail();
    const auto bytes = take(into.size_bytes());
    if (!bytes.empty()) std::memcpy(into.data(), bytes.data(), bytes.size());
  }
  std::string text() {
    const auto bytes = take(value<std::uint64_t>());
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  void end() {
    if (!bytes_.empty()) fail();
  }
  [[noreturn]] void fail() const {
    refuse_state(target_, "the checkpoint's part about the results is damaged",
                 "resume from another checkpoint or run again");
  }

 private:
  std::span<const std::byte> take(std::uint64_t size) {
    if (size > bytes_.size()) fail();
    const auto taken = bytes_.first(static_cast<std::size_t>(size));
    bytes_ = bytes_.subspan(taken.size());
    return taken;
  }
  std::span<const std::byte> bytes_;
  const fs::path& target_;
};

std::uint32_t fingerprint(const RunLayout& layout) {
  const std::string text = fingerprint_text(layout);
  return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const unsigned char*>(text.data()), text.size()));
}

std::string table_stream(const OutputTable& table) { return "table." + table.name; }

void put_number(std::byte* place, Storage storage, double number) {
  if (storage == Storage::kFloat64) {
    std::memcpy(place, &number, sizeof number);
  } else {
    const auto narrow = static_cast<float>(number);
    std::memcpy(place, &narrow, sizeof narrow);
  }
}

Storage storage_of(const ColumnValues& values) {
  constexpr Storage kOfAlternative[] = {Storage::kInt16,  Storage::kInt32,   Storage::kInt64,
                                        Storage::kUInt64, Storage::kFloat32, Storage::kFloat64};
  return kOfAlternative[values.index()];
}

}  // namespace

RunRecorder::RunRecorder(RunLayout layout, fs::path target, Overwrite overwrite)
    : layout_(std::move(layout)), target_(std::move(target)), overwrite_(overwrite), axis_(layout_.start) {
  check_layout(layout_);
  check_target(target_, overwrite_);
  for (const IndicatorInfo& indicator : layout_.indicators) {
    Place place;
    place.storage = output::storage_of(layout_, indicator);
    place.cells = cells_of(layout_, indicator);
    place.bytes = place.cells * size_of(place.storage);
    std::size_t& record = record_bytes_[static_cast<std::size_t>(indicator.frequency)];
    place.offset = record;
    record += place.bytes;
    places_.push_back(place);
    const std::size_t joined = indicator.frequency == Frequency::kMonthly ? 0 : place.cells;
    joined_.push_back({std::vector<double>(joined, 0.0), std::vector<double>(joined, 0.0)});
  }
  for (std::size_t f = 0; f < 3; ++f) record_[f].resize(record_bytes_[f]);
  spool_.emplace(target_);
}

RunRecorder::~RunRecorder() {
  if (spool_ && begun_ && !worth_keeping_) spool_->clear();
}

std::string RunRecorder::stream_of(Frequency frequency) {
  return frequency == Frequency::kMonthly ? "monthly" : group_of(frequency);
}

std::vector<std::string> RunRecorder::stream_names() const {
  std::vector<std::string> names;
  for (const Frequency frequency : kFrequencies) {
    if (is_used(frequency)) names.push_back(stream_of(frequency));
  }
  names.emplace_back("hashes");
  for (const OutputTable& table : layout_.tables) names.push_back(table_stream(table));
  return names;
}

std::size_t RunRecorder::table_index(std::string_view name) const {
  const auto found = std::ranges::find(layout_.tables, name, &OutputTable::name);
  METIER_REQUIRE(found != layout_.tables.end(), "unknown table " + std::string(name));
  return static_cast<std::size_t>(found - layout_.tables.begin());
}

void RunRecorder::begin() {
  if (begun_) return;
  spool_->clear();  // whatever a run that was killed has left
  begun_ = true;
}

void RunRecorder::store(std::size_t indicator, std::span<const double> values, int month) {
  const IndicatorInfo& info = layout_.indicators[indicator];
  const Place& place = places_[indicator];
  std::byte* into = record_[static_cast<std::size_t>(info.frequency)].data() + place.offset;
  const std::size_t size = size_of(place.storage);
  const bool no_value = month == 0 && info.measure != Measure::kStock;
  for (std::size_t c = 0; c < place.cells; ++c)
    put_number(into + c * size, place.storage, no_value ? kNoValue : values[c]);
}

void RunRecorder::join(std::size_t indicator, std::span<const double> values, bool first) {
  Joined& joined = joined_[indicator];
  if (first) {
    std::ranges::fill(joined.value, 0.0);
    std::ranges::fill(joined.months, 0.0);
  }
  switch (layout_.indicators[indicator].measure) {
    case Measure::kStock: std::ranges::copy(values, joined.value.begin()); break;
    case Measure::kFlow:  // a month without a value leaves the period without one
      for (std::size_t c = 0; c < values.size(); ++c) joined.value[c] += values[c];
      break;
    case Measure::kMean:  // over the months that have a value
      for (std::size_t c = 0; c < values.size(); ++c) {
        if (std::isnan(values[c])) continue;
        joined.value[c] += values[c];
        joined.months[c] += 1.0;
      }
      break;
  }
}

void RunRecorder::observe(const Observation& observation) {
  METIER_REQUIRE(observation.month == month_ + 1 && observation.month <= layout_.months, "months come in their order");
  METIER_REQUIRE(observation.values.size() == layout_.indicators.size(), "every indicator has a value every month");
  begin();
  const int month = observation.month;
  for (std::size_t i = 0; i < layout_.indicators.size(); ++i) {
    const IndicatorInfo& info = layout_.indicators[i];
    const std::span<const double> values = observation.values[i];
    METIER_REQUIRE(values.size() == places_[i].cells, "cells of " + info.name);
    if (info.frequency == Frequency::kMonthly || month == 0) {
      store(i, values, month);
      continue;
    }
    join(i, values, axis_.ends_period(info.frequency, month - 1));
    if (!axis_.completes_period(info.frequency, month)) continue;
    Joined& joined = joined_[i];
    if (info.measure == Measure::kMean) {
      for (std::size_t c = 0; c < joined.value.size(); ++c) {
        joined.value[c] = joined.months[c] > 0 ? joined.value[c] / joined.months[c] : kNoValue;
      }
    }
    store(i, joined.value, month);
  }
  for (const Frequency frequency : kFrequencies) {
    if (!is_used(frequency) || !axis_.completes_period(frequency, month)) continue;
    spool_->stream(stream_of(frequency)).append(record_[static_cast<std::size_t>(frequency)]);
  }
  month_ = month;
}

void RunRecorder::append_table(std::string_view table, int month, std::span<const ColumnValues> columns) {
  begin();
  const OutputTable& declared = layout_.tables[table_index(table)];
  METIER_REQUIRE(columns.size() == declared.columns.size(), "columns of " + declared.name);
  const auto rows_of = [](const ColumnValues& column) {
    return std::visit([](const auto& values) { return values.size(); }, column);
  };
  const std::size_t rows = rows_of(columns[0]), row_size = row_bytes(declared);
  std::vector<std::byte> bytes(rows * row_size);
  const auto month_number = static_cast<std::int32_t>(month);
  for (std::size_t row = 0; row < rows; ++row) std::memcpy(&bytes[row * row_size], &month_number, sizeof month_number);
  std::size_t offset = sizeof month_number;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const TableColumn& column = declared.columns[c];
    METIER_REQUIRE(storage_of(columns[c]) == column.storage && rows_of(columns[c]) == rows,
                   declared.name + ": " + column.name);
    std::visit(
        [&](const auto& values) {
          for (std::size_t row = 0; row < rows; ++row) {
            std::memcpy(&bytes[row * row_size + offset], &values[row], sizeof values[row]);
          }
        },
        columns[c]);
    offset += size_of(column.storage);
  }
  spool_->stream(table_stream(declared)).append(bytes);
}

void RunRecorder::record_hashes(int month, std::uint64_t state, std::span<const std::uint64_t> slots) {
  begin();
  SpoolStream& stream = spool_->stream("hashes");
  METIER_REQUIRE(stream.length() == static_cast<std::size_t>(month) * hash_bytes_per_month(),
                 "hashes come month by month");
  METIER_REQUIRE(slots.size() == layout_.hash_slots.size(), "one hash per slot");
  std::vector<std::uint64_t> record{state};
  record.insert(record.end(), slots.begin(), slots.end());
  stream.append(std::as_bytes(std::span(record)));
}

// --- checkpoints ---------------------------------------------------------------------------------------------------

std::vector<std::byte> RunRecorder::save() {
  begin();
  StateWriter state;
  state.value(kStateMagic);
  state.value(fingerprint(layout_));
  state.value(static_cast<std::int32_t>(month_));
  const std::vector<std::string> names = stream_names();
  state.value(static_cast<std::uint64_t>(names.size()));
  for (const std::string& name : names) {
    SpoolStream& stream = spool_->stream(name);
    stream.sync();
    state.text(name);
    state.value(stream.length());
    state.value(stream.checksum());
  }
  for (const Joined& joined : joined_) {
    state.numbers(joined.value);
    state.numbers(joined.months);
  }
  return state.take();
}

void RunRecorder::restore(std::span<const std::byte> bytes) {
  METIER_REQUIRE(!begun_, "a recorder restores before it records");
  StateReader state(bytes, target_);
  for (const char c : kStateMagic) {
    if (state.value<char>() != c) state.fail();
  }
  if (state.value<std::uint32_t>() != fingerprint(layout_)) {
    refuse_state(
        target_,
        "the checkpoint belongs to a run with other outputs (indicators, dimensions, tables, hashes by process "
        "or start)",
        "resume with the scenario of the checkpoint, or with one that writes the same outputs");
  }
  const auto month = state.value<std::int32_t>();
  if (month < -1 || month > layout_.months) {
    refuse_state(target_, fmt::format("the checkpoint is at month {}, the run ends at month {}", month, layout_.months),
                 "give the run more months");
  }
  const std::vector<std::string> names = stream_names();
  if (state.value<std::uint64_t>() != names.size()) state.fail();
  std::vector<StreamState> streams;
  for (const std::string& name : names) {
    streams.push_back({state.text(), state.value<std::uint64_t>(), state.value<std::uint32_t>()});
    if (streams.back().name != name) state.fail();
  }
  for (Joined& joined : joined_) {
    state.numbers(joined.value);
    state.numbers(joined.months);
  }
  state.end();

  const auto rewound = [&] {
    return std::ranges::all_of(
        streams, [&](const StreamState& s) { return spool_->stream(s.name).rewind(s.length, s.checksum); });
  };
  const fs::path source = source_.empty() ? target_ : source_;
  const bool branch =
      !source_.empty() && fs::absolute(source_).lexically_normal() != fs::absolute(target_).lexically_normal();
  // Whatever happens now, the checkpoint may still need what is in its own place; a branch has copies only.
  worth_keeping_ = !branch;
  begun_ = true;
  bool found = !branch && rewound();
  if (!found) {
    std::error_code error;
    if (branch) found = take_from_spool(Spool::folder_of(source), streams) && rewound();
    if (!found && fs::is_regular_file(source, error)) {
      take_from_run_file(source, streams);
      found = rewound();
    }
  }
  if (!found) {
    refuse_state(target_,
                 fmt::format("the results up to the checkpoint are neither in the folder '{}' nor in the file '{}'",
                             Spool::folder_of(source).string(), source.string()),
                 "they were removed, or replaced by another run of the same name; run again from the start");
  }
  month_ = month;
}

bool RunRecorder::take_from_spool(const fs::path& folder, const std::vector<StreamState>& streams) {
  for (const StreamState& state : streams) {
    SpoolStream& stream = spool_->stream(state.name);
    METIER_REQUIRE(stream.rewind(0, 0), "an empty beginning is always there");
    std::ifstream source(Spool::file_of(folder, state.name), std::ios::binary);
    std::vector<char> block(std::size_t{1} << 20);
    while (stream.length() < state.length && source) {
      const std::uint64_t left = state.length - stream.length();
      source.read(block.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(block.size(), left)));
      stream.append(std::as_bytes(std::span(block.data(), static_cast<std::size_t>(source.gcount()))));
    }
    if (stream.length() != state.length) return false;
  }
  return true;
}

void RunRecorder::take_from_run_file(const fs::path& path, const std::vector<StreamState>& streams) {
  const RunFile file(path);
  const auto length_of = [&](const std::string& name) {
    return std::ranges::find(streams, name, &StreamState::name)->length;
  };
  for (const StreamState& state : streams)
    METIER_REQUIRE(spool_->stream(state.name).rewind(0, 0), "an empty beginning");
  for (const Frequency frequency : kFrequencies) {
    const std::size_t record = record_bytes_[static_cast<std::size_t>(frequency)];
    if (record == 0) continue;
    const std::size_t periods = static_cast<std::size_t>(length_of(stream_of(frequency)) / record);
    std::vector<std::byte> records(periods * record), values;
    for (std::size_t i = 0; i < layout_.indicators.size(); ++i) {
      const IndicatorInfo& info = layout_.indicators[i];
      if (info.frequency != frequency) continue;
      const Variable* variable = file.find(frequency, info.name);
      const Place& place = places_[i];
      if (variable == nullptr || variable->cells != place.cells || variable->storage != place.storage ||
          variable->periods < periods) {
        return;  // another run: the check-sums of the streams will say so
      }
      values.resize(periods * place.bytes);
      file.read_stored(*variable, 0, periods, values);
      for (std::size_t p = 0; p < periods; ++p) {
        std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(p * place.bytes), place.bytes,
                    records.begin() + static_cast<std::ptrdiff_t>(p * record + place.offset));
      }
    }
    spool_->stream(stream_of(frequency)).append(records);
  }
  const HashRecord hashes = file.hashes();
  const std::size_t slots = layout_.hash_slots.size();
  const std::size_t months = static_cast<std::size_t>(length_of("hashes") / hash_bytes_per_month());
  if (hashes.state.size() < months || hashes.slots.size() != slots) return;
  for (std::size_t month = 0; month < months; ++month) {
    std::vector<std::uint64_t> record{hashes.state[month]};
    record.insert(record.end(), hashes.details.begin() + static_cast<std::ptrdiff_t>(month * slots),
                  hashes.details.begin() + static_cast<std::ptrdiff_t>((month + 1) * slots));
    spool_->stream("hashes").append(std::as_bytes(std::span(record)));
  }
  for (const OutputTable& table : layout_.tables) {
    const std::size_t row_size = row_bytes(table);
    const std::size_t rows = static_cast<std::size_t>(length_of(table_stream(table)) / row_size);
    if (rows == 0) continue;
    const StoredTable* stored = file.find_table(table.name);
    if (stored == nullptr || stored->rows < rows || stored->columns.size() != table.columns.size() + 1) return;
    std::vector<std::byte> records(rows * row_size), values;
    std::size_t offset = 0;
    for (std::size_t c = 0; c < stored->columns.size(); ++c) {
      const std::size_t size = size_of(stored->columns[c].storage);
      if (c > 0 && stored->columns[c].storage != table.columns[c - 1].storage) return;
      values.resize(rows * size);
      file.read_stored(*stored, c, 0, rows, values);
      for (std::size_t row = 0; row < rows; ++row)
        std::memcpy(&records[row * row_size + offset], &values[row * size], size);
      offset += size;
    }
    spool_->stream(table_stream(table)).append(records);
  }
}

// --- the file ------------------------------------------------------------------------------------------------------

void RunRecorder::finish(const Provenance& provenance) {
  METIER_REQUIRE(month_ == layout_.months, "a run file holds all months");
  RunContent content;
  std::array<const SpoolStream*, std::size(kFrequencies)> streams{};
  for (const Frequency frequency : kFrequencies) {
    if (is_used(frequency)) streams[static_cast<std::size_t>(frequency)] = &spool_->stream(stream_of(frequency));
    if (frequency == Frequency::kMonthly || is_used(frequency)) {
      content.days[static_cast<std::size_t>(frequency)] = axis_.days_up_to(frequency, month_);
    }
  }
  content.values = [&](std::size_t indicator, std::size_t first, std::size_t n, std::span<std::byte> into) {
    const Frequency frequency = layout_.indicators[indicator].frequency;
    const SpoolStream& stream = *streams[static_cast<std::size_t>(frequency)];
    const Place& place = places_[indicator];
    const std::size_t record = record_bytes_[static_cast<std::size_t>(frequency)];
    for (std::size_t p = 0; p < n; ++p) {
      stream.read((first + p) * record + place.offset, into.subspan(p * place.bytes, place.bytes));
    }
  };
  for (const OutputTable& table : layout_.tables) {
    content.rows.push_back(spool_->stream(table_stream(table)).length() / row_bytes(table));
  }
  content.records = [&](std::size_t table, std::uint64_t first, std::size_t, std::span<std::byte> into) {
    const OutputTable& declared = layout_.tables[table];
    spool_->stream(table_stream(declared)).read(first * row_bytes(declared), into);
  };
  const SpoolStream& hashes = spool_->stream("hashes");
  METIER_REQUIRE(
      hashes.length() == 0 || hashes.length() == (static_cast<std::size_t>(month_) + 1) * hash_bytes_per_month(),
      "hashes of all months, or of none");
  content.hashes.resize(hashes.length() / sizeof(std::uint64_t));
  hashes.read(0, std::as_writable_bytes(std::span(content.hashes)));

  const h5::FileImage image = run_image(layout_, content, provenance);
  const fs::path part = spool_->folder() / "run.h5";
  std::error_code error;
  if (overwrite_ == Overwrite::kRefuse && fs::exists(fs::symlink_status(target_, error))) {
    const fs::path kept = spool_->folder() / "finished.h5";
    write_whole(kept, part, image.bytes());
    worth_keeping_ = true;
    throw InputError(Exit::kRun, Problem{{target_.string(), 0, 0},
                                         "a file of this name has appeared during the run",
                                         fmt::format("the results are in '{}': move that file", kept.string())});
  }
  write_whole(target_, part, image.bytes());
  spool_->clear();
  spool_.reset();
}

}  // namespace metier::output
