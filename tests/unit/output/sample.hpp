#pragma once
#include "output/recorder.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>
#include <vector>

/// A small run with one of everything that a run file can hold. Its numbers are formulas of (indicator, month, cell),
/// so that tests compute what they expect.
namespace metier::output::sample {

inline RunLayout layout(int months = 24) {
  RunLayout result;
  result.dimensions = {
      {"commune",
       "commune of the metropolis",
       "commune de la métropole",
       {"59350", "59512", "59599"},
       {"Lille", "Roubaix", "Tourcoing"},
       {"Lille", "Roubaix", "Tourcoing (Nord)"}},
      {"sector",
       "sector of activity",
       "secteur d'activité",
       {"AZ", "C, \"heavy\""},
       {"farming", "heavy, and light"},
       {"agriculture", "industrie lourde, été comme hiver"}},
      {"kind", "kind of flow", "nature du flux", {"wages", "purchases"}, {}, {}},
  };
  const auto indicator = [&](std::string name, std::string unit, std::vector<std::string> dims, Measure measure,
                             Frequency frequency = Frequency::kMonthly, bool total = false) {
    IndicatorInfo info;
    info.name = std::move(name);
    info.code = "XX-0" + std::to_string(result.indicators.size());
    info.observatory = "OC";
    info.unit = std::move(unit);
    info.dims = std::move(dims);
    info.measure = measure;
    info.frequency = frequency;
    info.total = total;
    info.meaning = "meaning of " + info.name;
    info.meaning_fr = "définition de " + info.name;
    info.source = "by construction";
    result.indicators.push_back(std::move(info));
  };
  indicator("employment", "person", {"commune", "sector"}, Measure::kStock);
  indicator("gross_output", "EUR", {"commune", "sector"}, Measure::kFlow);
  indicator("price_level", "1", {"sector"}, Measure::kMean);
  indicator("money", "EUR", {}, Measure::kStock, Frequency::kMonthly, true);
  indicator("vacancies", "count", {"sector"}, Measure::kStock);
  indicator("park_jobs", "person", {"commune"}, Measure::kStock, Frequency::kQuarterly);
  indicator("load_factor", "1", {"sector"}, Measure::kMean, Frequency::kQuarterly);
  indicator("employment", "person", {"sector"}, Measure::kStock, Frequency::kAnnual);
  indicator("rd_spending", "EUR", {}, Measure::kFlow, Frequency::kAnnual, true);
  result.tables = {
      {"ledger/totals",
       "cents paid in a month, by kind and sector",
       {{"kind", Storage::kInt16, "1", "kind of flow", "kind"},
        {"sector", Storage::kInt32, "1", "sector that pays", "sector"},
        {"paid", Storage::kInt64, "cent", "cents paid", ""}}},
      {"panel",
       "a sample of establishments",
       {{"key", Storage::kUInt64, "1", "lasting key", ""},
        {"jobs", Storage::kInt32, "person", "jobs", ""},
        {"price", Storage::kFloat64, "1", "price", ""},
        {"cash", Storage::kFloat32, "EUR", "cash", ""}}},
      {"events", "never used here", {{"what", Storage::kInt32, "1", "what happened", ""}}},
  };
  result.hash_slots = {{"firms.plan", "firm.price"}, {"labour.match", "person.employer"}};
  result.start = {2019, 1};
  result.months = months;
  return result;
}

/// Value of a cell: no two are equal, and not all are short in binary.
inline double value(std::size_t indicator, int month, std::size_t cell) {
  return 1000.0 * static_cast<double>(indicator + 1) + month + 0.1 * static_cast<double>(cell + 1);
}

inline std::uint64_t state_hash(int month) { return 0x9E3779B97F4A7C15u * static_cast<std::uint64_t>(month + 1); }
inline std::uint64_t slot_hash(int month, std::size_t slot) { return state_hash(month) ^ (slot + 1); }
inline std::uint64_t panel_key(int row) { return 0xFFFFFFFFFFFFFFF0u + static_cast<std::uint64_t>(row); }

/// Gives the recorder all that one month delivers. `shift` is added to the value of one cell of one indicator and
/// month.
struct Shift {
  std::size_t indicator = 0, cell = 0;
  int month = -1;
  double by = 0;
  bool in_state_hash = true;  ///< false: only the column that --hash keeps after a process differs
};
inline void record_month(RunRecorder& recorder, int month, const Shift& shift = {}) {
  const RunLayout& layout = recorder.layout();
  std::vector<std::vector<double>> values;
  for (std::size_t i = 0; i < layout.indicators.size(); ++i) {
    std::vector<double> cells(cells_of(layout, layout.indicators[i]));
    for (std::size_t c = 0; c < cells.size(); ++c) cells[c] = value(i, month, c);
    if (month == shift.month && i == shift.indicator) cells[shift.cell] += shift.by;
    values.push_back(std::move(cells));
  }
  Observation observation;
  observation.month = month;
  observation.values.assign(values.begin(), values.end());
  if (month > 0) {
    const std::vector<std::int16_t> kind{0, 1};
    const std::vector<std::int32_t> sector{1, -1};
    const std::vector<std::int64_t> paid{std::int64_t{month} << 40, -month};
    recorder.append_table("ledger/totals", month, {std::span(kind), std::span(sector), std::span(paid)});
  }
  for (int row = 0; row <= month % 3; ++row) {
    const std::uint64_t key[] = {panel_key(row)};
    const std::int32_t jobs[] = {10 * month + row};
    const double price[] = {1.0 / (month + 3)};
    const float cash[] = {0.1F * static_cast<float>(row)};
    recorder.append_table("panel", month,
                          {std::span<const std::uint64_t>(key), std::span<const std::int32_t>(jobs),
                           std::span<const double>(price), std::span<const float>(cash)});
  }
  std::vector<std::uint64_t> slots;
  for (std::size_t s = 0; s < layout.hash_slots.size(); ++s) slots.push_back(slot_hash(month, s));
  if (month == shift.month) slots.back() += 1;
  recorder.record_hashes(month, state_hash(month) + (month == shift.month && shift.in_state_hash ? 1 : 0), slots);
  recorder.observe(observation);
}
inline void record(RunRecorder& recorder, int first, int last, const Shift& shift = {}) {
  for (int month = first; month <= last; ++month) record_month(recorder, month, shift);
}

inline Provenance provenance() {
  Provenance p;
  p.title = "Sample run";
  p.program_version = "0.0.1";
  p.git_hash = "0123abcd";
  p.compiler = "g++ 12.2";
  p.compiler_flags = "-O2";
  p.scenario_name = "sample";
  p.scenario_text = "run: {months: 24}\n# une remarque accentuée\n";
  p.schedule_text = "P1  firms.plan\n";
  p.data_mode = "synthetic";
  p.data_year = 2018;
  p.seed = 20210219;
  p.population_seed = 0xFFFFFFFFFFFFFFFFu;
  p.replicate = 0xFFFFFFFFFFFFFFFFu;
  p.parameters = {{"labour.separation_rate", "0.011", "1/month", "default"},
                  {"run.months", "24", "month", "sample.yaml:1:7"}};
  p.data_files = {{"scenarios/data/communes.csv", std::string(64, 'a'), 1234}};
  p.assumptions = {"scopes of the counts overlap", "coûts nuls"};
  p.checks = {{"money conserved", "passed", "0 cents"}};
  p.margins = {{"jobs by commune", "59350", 200, 201}, {"jobs by commune", "59512", 0, 0}, {"units", "all", 0, 5}};
  p.attributes = {{"comment", "a further remark"}};
  return p;
}

/// Writes the whole sample run.
inline void write(const std::filesystem::path& path, const RunLayout& run = layout(),
                  const Provenance& origin = provenance(), const Shift& shift = {}) {
  RunRecorder recorder(run, path, Overwrite::kAllow);
  record(recorder, 0, run.months, shift);
  recorder.finish(origin);
}

/// An empty folder that goes away with its content.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "metier_output_XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Names of what is in it, sorted.
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const auto& entry : std::filesystem::directory_iterator(path_))
      result.push_back(entry.path().filename().string());
    std::sort(result.begin(), result.end());
    return result;
  }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
inline void put_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace metier::output::sample
