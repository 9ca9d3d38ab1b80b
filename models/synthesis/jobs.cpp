#include "models/synthesis/jobs.hpp"

#include "models/synthesis/rounding.hpp"
#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace metier::synthesis {
namespace {

/// How far a commune must go to meet its jobs. From one level to the next more may move.
enum Level : int {
  kUpper = 0,      ///< sizes of 20 and more, inside their class
  kFromTen,        ///< also 10-19
  kFromOne,        ///< also 1-9
  kInsideTenPlus,  ///< establishments of 10+ may leave their class, not 10+
  kAnySize,        ///< every employer with somebody may have any size from 1
  kLast,           ///< every employer may have any size from 0
};
constexpr std::array<int, kLast + 1> kLowestClass{3, 2, 1, 1, 1, 0};
constexpr double kNoLimit = 1e9;

struct Bounds {
  double low, high;
};
Bounds bounds_of(std::uint8_t size_class, Level level) {
  if (level == kLast) return {0.0, kNoLimit};
  if (size_class == 0) return {0.0, 0.0};
  if (level == kAnySize) return {1.0, kNoLimit};
  if (level == kInsideTenPlus && size_class >= 2) return {10.0, kNoLimit};
  return {static_cast<double>(kClassLow[size_class]),
          size_class == 4 ? kNoLimit : static_cast<double>(kClassHigh[size_class])};
}

/// The employers of one commune and the state of their reconciliation.
struct CommuneJobs {
  std::vector<std::uint32_t> employers;  ///< rows of units
  double asked = 0.0;
  double factor = 1.0;
  Level level = kUpper;
  std::array<double, kGroups> cell_factor{};
  std::array<double, kGroups> moved{};  ///< jobs in units whose size may move, by group
  std::array<double, kGroups> fixed{};
};

/// A unit whose size may move: size = clamp(factor of the commune x weight, low, high).
struct Moving {
  double weight, low, high;
  [[nodiscard]] double at(double factor) const { return std::clamp(factor * weight, low, high); }
};
double sum_at(const std::vector<Moving>& moving, double factor) {
  double sum = 0.0;
  for (const Moving& m : moving) sum += m.at(factor);
  return sum;
}

class Reconciliation {
 public:
  Reconciliation(const DataPack& pack, const Params& params, std::span<const std::int64_t> jobs, Units& units)
      : params_(params), units_(units), communes_(pack.communes.size()) {
    double asked_all = 0.0, data_all = 0.0;
    for (std::size_t c = 0; c < communes_.size(); ++c) {
      for (std::uint32_t i = units.begin[c]; i < units.begin[c + 1]; ++i) {
        if (units.size_class[i] != kNeverEmployer) communes_[c].employers.push_back(i);
      }
      communes_[c].asked = static_cast<double>(jobs[c]);
      communes_[c].cell_factor.fill(1.0);
      asked_all += communes_[c].asked;
      for (const double estimate : pack.communes[c].jobs_by_group) data_all += estimate;
    }
    // The estimates by group are brought to the jobs asked, so that both can be met.
    const double ratio = data_all > 0.0 ? asked_all / data_all : 0.0;
    cell_asked_.resize(communes_.size());
    for (std::size_t c = 0; c < communes_.size(); ++c) {
      for (std::size_t g = 0; g < kGroups; ++g) {
        cell_asked_[c][g] = ratio * pack.communes[c].jobs_by_group[g];
        group_asked_[g] += cell_asked_[c][g];
      }
    }
    group_factor_.fill(1.0);
    group_lowest_.fill(kLowestClass[kUpper]);
  }

  void solve() {
    constexpr int kSweeps = 60, kCellSweeps = 4, kWidenAfter = 15;
    for (int sweep = 0;; ++sweep) {
      for_each_item(communes_.size(), [&](std::size_t c) { solve_commune(communes_[c]); });
      if (sweep == kSweeps) break;  // the factors of groups did not settle: the report shows by how much
      if (sweep < kCellSweeps) move_cells();
      const bool settled = move_groups(sweep > 0 && sweep % kWidenAfter == 0);
      if (settled && sweep >= kCellSweeps) break;
    }
    for_each_item(communes_.size(), [&](std::size_t c) { round(communes_[c]); });
  }

  [[nodiscard]] const std::vector<CommuneJobs>& communes() const { return communes_; }
  [[nodiscard]] const std::vector<std::array<double, kGroups>>& cells_asked() const { return cell_asked_; }
  [[nodiscard]] const std::array<double, kGroups>& groups_asked() const { return group_asked_; }

 private:
  [[nodiscard]] bool movable(std::size_t i, Level level) const {
    const std::uint8_t size_class = units_.size_class[i];
    if (size_class == 0) return level == kLast;
    return size_class >= std::min(kLowestClass[static_cast<std::size_t>(level)], group_lowest_[units_.group[i]]);
  }
  [[nodiscard]] Moving moving_of(std::size_t i, const CommuneJobs& commune, Level level) const {
    const Bounds bounds = bounds_of(units_.size_class[i], level);
    const std::size_t g = units_.group[i];
    const double latent = std::max(units_.latent[i], 0.5);  // employers of class 0 have no latent size
    return {commune.cell_factor[g] * group_factor_[g] * latent, bounds.low, bounds.high};
  }

  void solve_commune(CommuneJobs& commune) {
    std::vector<Moving> moving;
    for (int level = kUpper; level <= kLast; ++level) {
      commune.level = static_cast<Level>(level);
      moving.clear();
      double wanted = commune.asked;
      for (const std::uint32_t i : commune.employers) {
        if (movable(i, commune.level)) {
          moving.push_back(moving_of(i, commune, commune.level));
        } else {
          wanted -= units_.latent[i];
        }
      }
      const bool free = level >= kInsideTenPlus;
      double left = free ? 0.0 : params_.jobs_factor_min, right = free ? kNoLimit : params_.jobs_factor_max;
      if (sum_at(moving, left) > wanted || sum_at(moving, right) < wanted) continue;
      left = std::max(left, 1e-12);
      while (right - left > 1e-14 * right) {
        // Over orders of magnitude the middle is that of the logarithms.
        const double middle = right > 4.0 * left ? std::sqrt(left * right) : 0.5 * (left + right);
        if (middle <= left || middle >= right) break;
        (sum_at(moving, middle) < wanted ? left : right) = middle;
      }
      commune.factor = right;
      break;
    }
    commune.moved.fill(0.0);
    commune.fixed.fill(0.0);
    for (const std::uint32_t i : commune.employers) {
      if (movable(i, commune.level)) {
        commune.moved[units_.group[i]] += moving_of(i, commune, commune.level).at(commune.factor);
      } else {
        commune.fixed[units_.group[i]] += units_.latent[i];
      }
    }
  }

  /// Cells that are far from their estimate move towards it; small cells are left to chance.
  void move_cells() {
    constexpr double kSmallestCell = 50.0;  // jobs
    for (std::size_t c = 0; c < communes_.size(); ++c) {
      CommuneJobs& commune = communes_[c];
      for (std::size_t g = 0; g < kGroups; ++g) {
        if (cell_asked_[c][g] < kSmallestCell || commune.moved[g] <= 0.0) continue;
        const double jobs = commune.moved[g] + commune.fixed[g];
        const double goal = std::clamp(jobs, (1.0 - params_.cell_jobs_tolerance) * cell_asked_[c][g],
                                       (1.0 + params_.cell_jobs_tolerance) * cell_asked_[c][g]);
        if (goal == jobs) continue;
        const double step = (goal - commune.fixed[g]) / commune.moved[g];
        commune.cell_factor[g] = std::clamp(commune.cell_factor[g] * std::clamp(step, 0.5, 2.0),
                                            params_.jobs_factor_min, params_.jobs_factor_max);
      }
    }
  }

  /// Moves the factors of groups towards the territory's jobs by group; true when all are near enough.
  bool move_groups(bool widen) {
    bool settled = true;
    for (std::size_t g = 0; g < kGroups; ++g) {
      double moved = 0.0, fixed = 0.0;
      for (const CommuneJobs& commune : communes_) {
        moved += commune.moved[g];
        fixed += commune.fixed[g];
      }
      // A little inside the tolerance: rounding to whole persons comes after.
      if (std::fabs(moved + fixed - group_asked_[g]) <= 0.9 * params_.group_jobs_tolerance * group_asked_[g]) continue;
      if (moved + fixed <= 0.0) continue;  // no employer in the group
      settled = false;
      if (widen && group_lowest_[g] > 1) --group_lowest_[g];
      if (moved <= 0.0) continue;
      group_factor_[g] =
          std::clamp(group_factor_[g] * std::clamp((group_asked_[g] - fixed) / moved, 0.5, 2.0), 0.01, 100.0);
    }
    return settled;
  }

  void round(const CommuneJobs& commune) {
    std::vector<std::uint32_t> rows;
    std::vector<double> sizes;
    double wanted = commune.asked;
    for (const std::uint32_t i : commune.employers) {
      if (movable(i, commune.level)) {
        rows.push_back(i);
        sizes.push_back(moving_of(i, commune, commune.level).at(commune.factor));
      } else {
        units_.employees[i] = static_cast<std::int32_t>(units_.latent[i]);
        wanted -= units_.latent[i];
      }
    }
    const auto whole = round_to_total(sizes, static_cast<std::int64_t>(wanted));
    for (std::size_t k = 0; k < rows.size(); ++k) units_.employees[rows[k]] = static_cast<std::int32_t>(whole[k]);
    for (const std::uint32_t i : commune.employers) {
      std::uint8_t size_class = 0;
      while (size_class < 4 && units_.employees[i] >= kClassLow[size_class + 1u]) ++size_class;
      units_.size_class[i] = size_class;
    }
  }

  const Params& params_;
  Units& units_;
  std::vector<CommuneJobs> communes_;
  std::vector<std::array<double, kGroups>> cell_asked_;
  std::array<double, kGroups> group_asked_{};
  std::array<double, kGroups> group_factor_{};
  std::array<int, kGroups> group_lowest_{};
};

/// Least squares slope of ln(establishments of at least n employees) on ln(n), over sizes that somebody has.
double ccdf_slope(const std::vector<std::pair<int, double>>& points) {
  double n = 0.0, sx = 0.0, sy = 0.0, sxx = 0.0, sxy = 0.0;
  for (const auto& [size, count] : points) {
    if (count <= 0.0) continue;
    const double x = math::log(size), y = math::log(count);
    n += 1.0;
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
  }
  const double spread = n * sxx - sx * sx;
  return spread > 0.0 ? (n * sxy - sx * sy) / spread : 0.0;
}

void report_jobs(const DataPack& pack, const Params& params, const Reconciliation& solved, const Units& units,
                 const std::vector<std::uint8_t>& class_before, InitReport& report) {
  const std::size_t n = pack.communes.size();
  std::vector<std::array<double, kGroups>> cells(n);
  std::array<double, kGroups> groups{};
  double obtained_all = 0.0, data_all = 0.0;
  std::array<double, 2> moved{};  // units that left their class: inside 10+, beyond
  for (std::size_t c = 0; c < n; ++c) {
    double obtained = 0.0;
    for (std::uint32_t i = units.begin[c]; i < units.begin[c + 1]; ++i) {
      cells[c][units.group[i]] += units.employees[i];
      obtained += units.employees[i];
      if (units.size_class[i] != class_before[i])
        moved[std::min(units.size_class[i], class_before[i]) >= 2 ? 0 : 1] += 1.0;
    }
    report.add("salaried jobs by commune", pack.communes[c].code, solved.communes()[c].asked, obtained, kExact,
               "exact");
    obtained_all += obtained;
    data_all += params.scale_factor * pack.communes[c].salaried_jobs;
    for (std::size_t g = 0; g < kGroups; ++g) groups[g] += cells[c][g];
  }
  report.add("salaried jobs", "all", data_all, obtained_all, std::max(0.001, 0.5 / std::max(1.0, data_all)),
             "within 0.1 %");
  for (std::size_t g = 0; g < kGroups; ++g) {
    report.add("salaried jobs by group", std::string(kGroupCodes[g]), solved.groups_asked()[g], groups[g],
               std::max(params.group_jobs_tolerance, 2.0 / std::max(1.0, solved.groups_asked()[g])),
               fmt::format("within {:.3g} % or two persons", 100.0 * params.group_jobs_tolerance));
  }
  double near = 0.0;
  for (std::size_t c = 0; c < n; ++c) {
    for (std::size_t g = 0; g < kGroups; ++g) {
      const double estimate = solved.cells_asked()[c][g];
      if (std::fabs(cells[c][g] - estimate) <= params.cell_jobs_tolerance * estimate) near += cells[c][g];
      report.add("salaried jobs by commune and group", fmt::format("{}/{}", pack.communes[c].code, kGroupCodes[g]),
                 solved.cells_asked()[c][g], cells[c][g], kInformation,
                 fmt::format("soft: {:.3g} %", 100.0 * params.cell_jobs_tolerance));
    }
  }
  report.add("share of salaried jobs in cells near their estimate", "all", 1.0,
             obtained_all > 0.0 ? near / obtained_all : 0.0, kInformation, "soft");
  for (std::size_t g = 0; g < kGroups; ++g) {
    const double share = obtained_all > 0.0 ? groups[g] / obtained_all : 0.0;
    const double quotient = pack.groups[g].france_share > 0.0 ? share / pack.groups[g].france_share : 0.0;
    report.add("location quotient by group", std::string(kGroupCodes[g]), pack.groups[g].location_quotient, quotient,
               kInformation, "cross-check");
  }
  std::vector<std::pair<int, double>> counted;
  std::vector<std::pair<int, double>> data;
  for (const auto& [size, count] : pack.size_ccdf) {
    if (size < 10 || size > 500) continue;
    data.emplace_back(size, count);
    double found = 0.0;
    for (std::size_t i = 0; i < units.size(); ++i) found += units.employees[i] >= size ? 1.0 : 0.0;
    counted.emplace_back(size, found);
  }
  report.add("slope of the size distribution, 10 to 500 employees", "all", ccdf_slope(data), ccdf_slope(counted),
             kInformation, "cross-check");
  report.add("employers moved to another class by the jobs of their commune", "inside 10+", 0.0, moved[0], kInformation,
             "should be few");
  report.add("employers moved to another class by the jobs of their commune", "across 0, 1-9, 10+", 0.0, moved[1],
             kInformation, "should be few");
}

}  // namespace

void settle_jobs(const DataPack& pack, const Params& params, std::span<const std::int64_t> jobs, Units& units,
                 InitReport& report) {
  const std::vector<std::uint8_t> class_before = units.size_class;
  Reconciliation reconciliation(pack, params, jobs, units);
  reconciliation.solve();
  report_jobs(pack, params, reconciliation, units, class_before, report);
}

}  // namespace metier::synthesis
