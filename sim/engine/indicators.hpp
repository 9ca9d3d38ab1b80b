#pragma once
#include "sim/engine/indicator.hpp"
#include "sim/engine/schedule.hpp"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace metier {

/// The indicators of a run: declarations with the functions that fill their cells from the state, reading only.
class IndicatorSet {
 public:
  /// `value` takes accesses that only read, and `Cells` as its last parameter.
  template <class... A, class... P>
  void add(IndicatorInfo info, void (*value)(A...), P&&... parameters) {
    add_bound(std::move(info), bind_function(value, std::forward<P>(parameters)...));
  }

  /// Dimensions of the run; an indicator whose dimension is unknown is an error in the program.
  void set_dimensions(std::vector<DimensionInfo> dimensions);
  [[nodiscard]] const std::vector<DimensionInfo>& dimensions() const { return dimensions_; }
  [[nodiscard]] const DimensionInfo* dimension(std::string_view name) const;

  /// Drops the indicators that `keep` refuses.
  template <class Keep>
  void filter(Keep&& keep) {
    std::erase_if(entries_, [&](const Entry& entry) { return !keep(entry.info); });
  }

  [[nodiscard]] std::vector<IndicatorInfo> infos() const;
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

  /// Makes every column exist that some indicator reads.
  void seal(World& world);
  /// Fills the cells of all indicators; the result points into buffers of this object until the next call.
  Observation observe(World& world, const Step& step);

 private:
  struct Entry {
    IndicatorInfo info;
    BoundFunction value;
    std::vector<double> cells;
  };
  void add_bound(IndicatorInfo info, BoundFunction value);

  std::deque<Entry> entries_;
  std::vector<DimensionInfo> dimensions_;
};

}  // namespace metier
