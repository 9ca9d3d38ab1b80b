#pragma once
#include "output/layout.hpp"
#include "output/provenance.hpp"
#include "output/spool.hpp"
#include "output/time_axis.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace metier::output {

/// Records a run: spools what each month delivers into the folder `<target>.part`, and writes the run file at the end.
///
/// In each month: `append_table`, `record_hashes` and `observe` in any order, each month once and in turn from 0
/// (tables: any number of times). Quarterly and annual indicators are delivered every month and joined by their measure
/// here; periods of the calendar that the run covers only in part are left out. An indicator that is a flow or a mean
/// has no value at month 0.
///
/// A recorder that goes away without `finish` leaves its spool when a checkpoint relies on it, else nothing.
class RunRecorder : public Observer {
 public:
  /// Checks the target and takes its spool folder; nothing is written before the first month.
  /// Errors: InputError (exit 2) as `check_target` and `Spool`; (exit 3) for labels that are no UTF-8.
  RunRecorder(RunLayout layout, std::filesystem::path target, Overwrite overwrite);
  ~RunRecorder() override;
  RunRecorder(const RunRecorder&) = delete;
  RunRecorder& operator=(const RunRecorder&) = delete;

  /// Errors: InputError (exit 5), e.g. when the disk is full.
  void observe(const Observation& observation) override;
  /// Adds rows of a month to a table; one entry of `columns` per declared column, all of the same length.
  void append_table(std::string_view table, int month, std::span<const ColumnValues> columns);
  void append_table(std::string_view table, int month, std::initializer_list<ColumnValues> columns) {
    append_table(table, month, std::span<const ColumnValues>(columns.begin(), columns.size()));
  }
  /// State hash at the end of a month, and one hash per slot of the layout.
  void record_hashes(int month, std::uint64_t state, std::span<const std::uint64_t> slots = {});

  /// State for a checkpoint; what was spooled so far is flushed to the disk first.
  std::vector<std::byte> save() override;
  /// The state that was saved has become a checkpoint: the spool stays when the run ends before its time.
  void keep() { worth_keeping_ = true; }
  /// Goes back to the spool as it was at `save`. Errors: InputError (exit 4) when the state is damaged, belongs to a
  /// run with other outputs, or when the results up to there are found nowhere.
  void restore(std::span<const std::byte> state) override;
  /// Before `restore`: the target of the run that wrote the checkpoint, when it is another one (branching). Its spool
  /// or its finished file gives the results up to the checkpoint.
  void continue_from(std::filesystem::path source) { source_ = std::move(source); }

  /// Writes the run file under its final name and removes the spool. All months must have been recorded.
  /// Errors: InputError (exit 5), e.g. when the disk is full; nothing is then left under the final name.
  void finish(const Provenance& provenance);

  [[nodiscard]] const RunLayout& layout() const { return layout_; }
  [[nodiscard]] const std::filesystem::path& target() const { return target_; }
  /// The month observed last; -1 before month 0.
  [[nodiscard]] int month() const { return month_; }

 private:
  struct Place {  // of an indicator inside the records of its frequency
    std::size_t offset = 0, cells = 0, bytes = 0;
    Storage storage = Storage::kFloat32;
  };
  struct Joined {  // months of the running quarter or year
    std::vector<double> value;
    std::vector<double> months;  // with a value, for means
  };
  struct StreamState {
    std::string name;
    std::uint64_t length = 0;
    std::uint32_t checksum = 0;
  };

  void begin();
  void join(std::size_t indicator, std::span<const double> values, bool first);
  void store(std::size_t indicator, std::span<const double> values, int month);
  [[nodiscard]] bool is_used(Frequency frequency) const {
    return record_bytes_[static_cast<std::size_t>(frequency)] > 0;
  }
  [[nodiscard]] std::vector<std::string> stream_names() const;
  [[nodiscard]] static std::string stream_of(Frequency frequency);
  [[nodiscard]] std::size_t table_index(std::string_view name) const;
  [[nodiscard]] bool take_from_spool(const std::filesystem::path& folder, const std::vector<StreamState>& streams);
  void take_from_run_file(const std::filesystem::path& file, const std::vector<StreamState>& streams);
  [[nodiscard]] std::size_t hash_bytes_per_month() const {
    return (1 + layout_.hash_slots.size()) * sizeof(std::uint64_t);
  }

  RunLayout layout_;
  std::filesystem::path target_;
  std::filesystem::path source_;
  Overwrite overwrite_;
  TimeAxis axis_;
  std::optional<Spool> spool_;
  std::vector<Place> places_;                  // per indicator
  std::array<std::size_t, 3> record_bytes_{};  // per frequency
  std::vector<Joined> joined_;                 // per indicator; empty for monthly ones
  std::array<std::vector<std::byte>, 3> record_;
  int month_ = -1;
  bool begun_ = false;
  bool worth_keeping_ = false;  ///< a checkpoint relies on the spool
};

}  // namespace metier::output
