#include "models/synthesis/counts.hpp"

#include "models/synthesis/rounding.hpp"
#include "sim/core/error.hpp"
#include "sim/core/parallel.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace metier::synthesis {
namespace {

using Expected = std::array<std::array<double, kClasses>, kGroups>;

std::vector<std::size_t> own_groups(std::size_t columns) {
  std::vector<std::size_t> groups(columns);
  for (std::size_t c = 0; c < columns; ++c) groups[c] = c;
  return groups;
}

/// Margins of the communes at the scale asked: whole, without bias, with whole territory totals.
struct Margins {
  std::vector<std::array<std::int64_t, kGroups>> by_group;
  std::vector<std::array<std::int64_t, kCounted>> by_size;
};
Margins margins_at_scale(const DataPack& pack, double factor, const SynthesisKeys& keys) {
  const std::size_t n = pack.communes.size();
  Margins margins;
  margins.by_group.resize(n);
  margins.by_size.resize(n);
  ExpectedTable groups(n, own_groups(kGroups));
  for (std::size_t c = 0; c < n; ++c) {
    for (std::size_t g = 0; g < kGroups; ++g) groups.at(c, g) = factor * pack.communes[c].employers_by_group[g];
  }
  Draws group_draws = keys.draws(RngDomain::kSynthesisScale, key_of("employers by group"));
  const auto whole_groups = controlled_rounding(groups, group_draws);
  // Sizes follow the commune's whole number of employers, and the territory's sizes the whole total.
  ExpectedTable sizes(n, own_groups(kCounted));
  std::vector<double> totals(n);
  std::array<double, kCounted> size_sums{};
  double total = 0.0, data_total = 0.0;
  for (std::size_t c = 0; c < n; ++c) {
    std::int64_t sum = 0;
    for (std::size_t g = 0; g < kGroups; ++g) sum += margins.by_group[c][g] = whole_groups[c * kGroups + g];
    totals[c] = static_cast<double>(sum);
    total += totals[c];
    for (std::size_t k = 0; k < kCounted; ++k) {
      sizes.at(c, k) = factor * pack.communes[c].employers_by_size[k];
      size_sums[k] += sizes.at(c, k);
      data_total += sizes.at(c, k);
    }
  }
  for (double& sum : size_sums) sum *= data_total > 0.0 ? total / data_total : 0.0;
  const auto whole_sums = round_to_total(size_sums, static_cast<std::int64_t>(total));
  for (std::size_t k = 0; k < kCounted; ++k) size_sums[k] = static_cast<double>(whole_sums[k]);
  const double gap = rake(sizes, totals, size_sums);
  METIER_REQUIRE(gap < 1e-6, "employers by size do not fit employers by group");
  Draws size_draws = keys.draws(RngDomain::kSynthesisScale, key_of("employers by size"));
  const auto whole_sizes = controlled_rounding(sizes, size_draws);
  for (std::size_t c = 0; c < n; ++c) {
    for (std::size_t k = 0; k < kCounted; ++k) margins.by_size[c][k] = whole_sizes[c * kCounted + k];
  }
  return margins;
}

/// The commune that has most employers of the group and can give one of 1-9; `commune` itself when none can.
std::size_t donor_of(const Margins& margins, std::size_t group, std::size_t commune) {
  std::size_t donor = commune;
  std::int64_t most = 1;
  for (std::size_t d = 0; d < margins.by_size.size(); ++d) {
    if (margins.by_size[d][1] > 1 && margins.by_group[d][group] > most) {
      most = margins.by_group[d][group];
      donor = d;
    }
  }
  return donor;
}

/// A commune that has salaried jobs but lost its last employer with somebody to a small scale gets one of 1-9, taken
/// from the commune that has most of the same group: the totals of the territory stay.
void keep_employers(const DataPack& pack, const JobTargets& jobs, Margins& margins) {
  for (std::size_t c = 0; c < pack.communes.size(); ++c) {
    if (jobs.salaried[c] == 0 || margins.by_size[c][1] + margins.by_size[c][2] > 0) continue;
    const auto& expected = pack.communes[c].employers_expected;
    std::size_t group = kGroups, donor = c;
    for (std::size_t g = 0; g < kGroups; ++g) {
      const std::size_t giver = donor_of(margins, g, c);
      const bool better =
          group == kGroups || std::pair(giver != c, expected[g][1]) > std::pair(donor != c, expected[group][1]);
      if (better) {
        group = g;
        donor = giver;
      }
    }
    if (donor != c) {
      --margins.by_group[donor][group];
      --margins.by_size[donor][1];
    }
    ++margins.by_group[c][group];
    ++margins.by_size[c][1];
  }
}

/// The commune's expected counts, fitted to its whole margins.
Expected fitted(const CommuneData& commune, const std::array<std::int64_t, kGroups>& by_group,
                const std::array<std::int64_t, kCounted>& by_size) {
  ExpectedTable table(kGroups, {kCountedOfClass.begin(), kCountedOfClass.end()});
  for (std::size_t g = 0; g < kGroups; ++g) {
    for (std::size_t k = 0; k < kClasses; ++k) table.at(g, k) = commune.employers_expected[g][k];
  }
  std::array<double, kGroups> rows{};
  std::array<double, kCounted> columns{};
  for (std::size_t g = 0; g < kGroups; ++g) rows[g] = static_cast<double>(by_group[g]);
  for (std::size_t k = 0; k < kCounted; ++k) columns[k] = static_cast<double>(by_size[k]);
  const double gap = rake(table, rows, columns);
  METIER_REQUIRE(gap < 1e-6, fmt::format("counts of commune {} do not fit their margins", commune.code));
  Expected expected{};
  for (std::size_t g = 0; g < kGroups; ++g) {
    for (std::size_t k = 0; k < kClasses; ++k) expected[g][k] = table.at(g, k);
  }
  return expected;
}

/// Single units change class inside 10+ (which no source counts by commune) until the territory has the expected number
/// in each (group, class) to within one half where possible. A cell stays one of the two whole numbers next to its
/// expectation.
void settle_upper_classes(const DataPack& pack, const std::vector<Expected>& expected, const SynthesisKeys& keys,
                          std::vector<CommuneCounts>& counts) {
  constexpr std::size_t kFirst = 2, kUpper = kClasses - kFirst;
  for (std::size_t g = 0; g < kGroups; ++g) {
    std::array<double, kUpper> surplus{};
    double all = 0.0, all_expected = 0.0;
    std::array<double, kUpper> sum_expected{};
    for (std::size_t c = 0; c < counts.size(); ++c) {
      for (std::size_t k = 0; k < kUpper; ++k) {
        surplus[k] += static_cast<double>(counts[c][g][kFirst + k]);
        sum_expected[k] += expected[c][g][kFirst + k];
      }
    }
    for (std::size_t k = 0; k < kUpper; ++k) {
      all += surplus[k];
      all_expected += sum_expected[k];
    }
    if (all_expected <= 0.0) continue;
    for (std::size_t k = 0; k < kUpper; ++k) surplus[k] -= sum_expected[k] * all / all_expected;
    for (;;) {
      const auto from = static_cast<std::size_t>(std::max_element(surplus.begin(), surplus.end()) - surplus.begin());
      const auto to = static_cast<std::size_t>(std::min_element(surplus.begin(), surplus.end()) - surplus.begin());
      if (surplus[from] - surplus[to] <= 1.0) break;  // a move would not bring them closer
      std::size_t chosen = counts.size();
      double best_lot = 2.0;
      for (std::size_t c = 0; c < counts.size(); ++c) {
        const double above = static_cast<double>(counts[c][g][kFirst + from]) - expected[c][g][kFirst + from];
        const double under = expected[c][g][kFirst + to] - static_cast<double>(counts[c][g][kFirst + to]);
        if (above <= 1e-6 || under <= 1e-6) continue;
        Draws draws = keys.draws(RngDomain::kSynthesisRounding, key_of(key_of(pack.communes[c].code), g, from, to));
        const double lot = draws.uniform();
        if (lot < best_lot) {
          best_lot = lot;
          chosen = c;
        }
      }
      if (chosen == counts.size()) break;
      --counts[chosen][g][kFirst + from];
      ++counts[chosen][g][kFirst + to];
      surplus[from] -= 1.0;
      surplus[to] += 1.0;
    }
  }
}

void count_units_without_employees(const DataPack& pack, const Params& params, const SynthesisKeys& keys,
                                   std::vector<CommuneCounts>& counts, InitReport& report) {
  std::vector<double> units(pack.communes.size());
  double all = 0.0;
  for (std::size_t c = 0; c < units.size(); ++c) all += units[c] = pack.communes[c].units_without_employees;
  const double kept = all > 0.0 ? std::max(0.0, 1.0 - params.overlap_units / all) : 0.0;
  const auto whole = scaled_margins(units, params.scale_factor * kept);
  ExpectedTable table(units.size(), own_groups(kGroups));
  for (std::size_t c = 0; c < units.size(); ++c) {
    for (std::size_t g = 0; g < kGroups; ++g) {
      table.at(c, g) = static_cast<double>(whole[c]) * pack.groups[g].share_without_employees;
    }
  }
  Draws draws = keys.draws(RngDomain::kSynthesisRounding, key_of("units without employees"));
  const auto rounded = controlled_rounding(table, draws);
  std::array<double, kGroups> by_group{};
  double total = 0.0;
  for (std::size_t c = 0; c < units.size(); ++c) {
    std::int64_t obtained = 0;
    for (std::size_t g = 0; g < kGroups; ++g) {
      counts[c][g][kNeverEmployer] = rounded[c * kGroups + g];
      obtained += rounded[c * kGroups + g];
      by_group[g] += static_cast<double>(rounded[c * kGroups + g]);
    }
    total += static_cast<double>(obtained);
    report.add("units without employees by commune", pack.communes[c].code, static_cast<double>(whole[c]),
               static_cast<double>(obtained), kExact, "exact");
  }
  const double asked = params.scale_factor * kept * all;
  report.add("units without employees", "all", asked, total, std::max(0.001, 0.5 / std::max(1.0, asked)),
             "within 0.1 %");
  for (std::size_t g = 0; g < kGroups; ++g) {
    report.add("units without employees by group", std::string(kGroupCodes[g]),
               total * pack.groups[g].share_without_employees, by_group[g], kInformation,
               "drawn with the shares of the reference area");
  }
}

void report_employers(const DataPack& pack, const Margins& margins, const std::vector<Expected>& expected,
                      const std::vector<CommuneCounts>& counts, double factor, InitReport& report) {
  std::array<double, kGroups> group_asked{}, group_obtained{};
  std::array<double, kCounted> size_asked{}, size_obtained{};
  Expected cell_asked{}, cell_obtained{};
  for (std::size_t c = 0; c < counts.size(); ++c) {
    std::array<double, kCounted> sizes{};
    for (std::size_t g = 0; g < kGroups; ++g) {
      double sum = 0.0;
      for (std::size_t k = 0; k < kClasses; ++k) {
        const auto count = static_cast<double>(counts[c][g][k]);
        sum += count;
        sizes[kCountedOfClass[k]] += count;
        cell_asked[g][k] += expected[c][g][k];
        cell_obtained[g][k] += count;
      }
      report.add("employers by commune and group", fmt::format("{}/{}", pack.communes[c].code, kGroupCodes[g]),
                 static_cast<double>(margins.by_group[c][g]), sum, kExact, "exact");
      group_asked[g] += factor * pack.communes[c].employers_by_group[g];
      group_obtained[g] += sum;
    }
    constexpr std::array<std::string_view, kCounted> kNames{"0", "1-9", "10+"};
    for (std::size_t k = 0; k < kCounted; ++k) {
      report.add("employers by commune and size", fmt::format("{}/{}", pack.communes[c].code, kNames[k]),
                 static_cast<double>(margins.by_size[c][k]), sizes[k], kExact, "exact");
      size_asked[k] += factor * pack.communes[c].employers_by_size[k];
      size_obtained[k] += sizes[k];
    }
  }
  double asked = 0.0, obtained = 0.0;
  for (std::size_t g = 0; g < kGroups; ++g) {
    report.add("employers by group", std::string(kGroupCodes[g]), group_asked[g], group_obtained[g],
               group_asked[g] > 0.0 ? 1.0 / group_asked[g] : kExact, "nearest whole numbers");
    asked += group_asked[g];
    obtained += group_obtained[g];
  }
  for (std::size_t k = 0; k < kCounted; ++k) {
    report.add("employers by size", std::string(k == 2 ? "10+" : kClassCodes[k]), size_asked[k], size_obtained[k],
               size_asked[k] > 0.0 ? 1.0 / size_asked[k] : kExact, "nearest whole numbers");
  }
  report.add("employers", "all", asked, obtained, std::max(0.001, 1.0 / std::max(1.0, asked)), "within 0.1 %");
  for (std::size_t g = 0; g < kGroups; ++g) {
    for (std::size_t k = 1; k < kClasses; ++k) {
      report.add("employers by group and class", fmt::format("{}/{}", kGroupCodes[g], kClassCodes[k]), cell_asked[g][k],
                 cell_obtained[g][k], kInformation, "expected counts, rounded by commune");
    }
  }
}

}  // namespace

JobTargets job_targets(const DataPack& pack, const Params& params) {
  std::vector<double> salaried, self_employed;
  for (const CommuneData& commune : pack.communes) {
    salaried.push_back(commune.salaried_jobs);
    self_employed.push_back(commune.jobs - commune.salaried_jobs);
  }
  return {scaled_margins(salaried, params.scale_factor), scaled_margins(self_employed, params.scale_factor)};
}

std::vector<CommuneCounts> count_establishments(const DataPack& pack, const Params& params, const SynthesisKeys& keys,
                                                const JobTargets& jobs, InitReport& report) {
  const std::size_t n = pack.communes.size();
  Margins margins = margins_at_scale(pack, params.scale_factor, keys);
  keep_employers(pack, jobs, margins);
  std::vector<Expected> expected(n);
  std::vector<CommuneCounts> counts(n);
  for_each_item(n, [&](std::size_t c) {
    expected[c] = fitted(pack.communes[c], margins.by_group[c], margins.by_size[c]);
    ExpectedTable table(kGroups, {kCountedOfClass.begin(), kCountedOfClass.end()});
    for (std::size_t g = 0; g < kGroups; ++g) {
      for (std::size_t k = 0; k < kClasses; ++k) table.at(g, k) = expected[c][g][k];
    }
    Draws draws = keys.draws(RngDomain::kSynthesisRounding, key_of(pack.communes[c].code));
    const auto rounded = controlled_rounding(table, draws);
    for (std::size_t g = 0; g < kGroups; ++g) {
      for (std::size_t k = 0; k < kClasses; ++k) counts[c][g][k] = rounded[g * kClasses + k];
    }
  });
  settle_upper_classes(pack, expected, keys, counts);
  report_employers(pack, margins, expected, counts, params.scale_factor, report);
  count_units_without_employees(pack, params, keys, counts, report);
  return counts;
}

}  // namespace metier::synthesis
