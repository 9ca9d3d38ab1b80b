#include "sim/engine/indicators.hpp"

#include "sim/core/error.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <limits>

namespace metier {

namespace {
/// Flows and means have no value at t = 0; the stock of a quarter or a year is that of its last month.
bool is_due(const IndicatorInfo& info, const Step& step) {
  if (info.measure != Measure::kStock) return step.month > 0;
  return step.month == 0 || step.calendar.month % months_of(info.frequency) == 0;
}
}  // namespace

void IndicatorSet::add_bound(IndicatorInfo info, BoundFunction value) {
  for (const Access& access : value.accesses) {
    METIER_REQUIRE(access.kind == AccessKind::kRead, "indicator '" + info.name + "' may only read");
  }
  const auto same = [&](const Entry& entry) { return entry.info.name == info.name; };
  METIER_REQUIRE(std::none_of(entries_.begin(), entries_.end(), same), "indicator declared twice: " + info.name);
  entries_.push_back({std::move(info), std::move(value), {}});
}

void IndicatorSet::set_dimensions(std::vector<DimensionInfo> dimensions) { dimensions_ = std::move(dimensions); }

const DimensionInfo* IndicatorSet::dimension(std::string_view name) const {
  const auto found =
      std::find_if(dimensions_.begin(), dimensions_.end(), [&](const DimensionInfo& d) { return d.name == name; });
  return found == dimensions_.end() ? nullptr : &*found;
}

std::vector<IndicatorInfo> IndicatorSet::infos() const {
  std::vector<IndicatorInfo> infos;
  for (const Entry& entry : entries_) infos.push_back(entry.info);
  return infos;
}

void IndicatorSet::seal(World& world) {
  for (Entry& entry : entries_) {
    std::size_t cells = 1;
    for (const std::string& name : entry.info.dims) {
      const DimensionInfo* found = dimension(name);
      METIER_REQUIRE(found != nullptr, "indicator '" + entry.info.name + "' has the unknown dimension '" + name + "'");
      cells *= found->codes.size();
    }
    entry.cells.assign(cells, 0.0);
    for (const Access& access : entry.value.accesses) {
      if (access.touch != nullptr) access.touch(world);
    }
  }
}

Observation IndicatorSet::observe(World& world, const Step& step) {
  Observation observation;
  observation.month = step.month;
  // Indicators only read, each fills cells of its own: any order on any thread gives the same numbers.
  for_each_item(entries_.size(), [&](std::size_t e) {
    Entry& entry = entries_[e];
    // A cell that the function leaves alone has no value: the fill value, never a stale or invented number.
    std::fill(entry.cells.begin(), entry.cells.end(), std::numeric_limits<double>::quiet_NaN());
    if (is_due(entry.info, step)) entry.value.call(world, step, entry.cells);
  });
  for (const Entry& entry : entries_) observation.values.emplace_back(entry.cells);
  return observation;
}

}  // namespace metier
