#include "models/synthesis/establishments.hpp"

#include "models/firms/columns.hpp"
#include "models/synthesis/age_law.hpp"
#include "models/synthesis/counts.hpp"
#include "models/synthesis/jobs.hpp"
#include "models/synthesis/mix.hpp"
#include "models/synthesis/owners.hpp"
#include "models/synthesis/size_law.hpp"
#include "models/synthesis/space.hpp"
#include "models/synthesis/units.hpp"
#include "sim/core/error.hpp"
#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <tuple>
#include <vector>

namespace metier::synthesis {
namespace {

SectorMix::Kind kind_of(std::size_t size_class) {
  return size_class == kNeverEmployer ? SectorMix::kZero : size_class >= 3 ? SectorMix::kLarge : SectorMix::kSmall;
}

/// One unit per count, with its sector; not yet sorted by sector.
Units place_units(const DataPack& pack, const std::vector<CommuneCounts>& counts, const SectorMix& mix,
                  const SynthesisKeys& keys) {
  Units units;
  units.begin.assign(counts.size() + 1, 0);
  for (std::size_t c = 0; c < counts.size(); ++c) {
    std::int64_t sum = 0;
    for (const auto& group : counts[c]) sum = std::accumulate(group.begin(), group.end(), sum);
    units.begin[c + 1] = units.begin[c] + static_cast<std::uint32_t>(sum);
  }
  units.resize(units.begin.back());
  for_each_item(counts.size(), [&](std::size_t c) {
    const std::uint64_t commune_key = key_of(pack.communes[c].code);
    std::size_t i = units.begin[c];
    for (std::size_t g = 0; g < kGroups; ++g) {
      for (std::size_t k = 0; k <= kClasses; ++k) {
        for (std::int64_t number = 0; number < counts[c][g][k]; ++number, ++i) {
          units.commune[i] = static_cast<std::uint8_t>(c);
          units.group[i] = static_cast<std::uint8_t>(g);
          units.size_class[i] = static_cast<std::uint8_t>(k);
          Draws draws = keys.draws(RngDomain::kSynthesisSector, key_of(commune_key, g, k, number));
          units.sector[i] = static_cast<std::uint16_t>(mix.sector_at(g, kind_of(k), draws.uniform()));
        }
      }
    }
  });
  return units;
}

/// A sector that the draws have left without any employer, though the country has it here, takes over one employer of
/// the same group from the sector that has most: the economy then has every good. At full scale this concerns sectors
/// with an employer or two. The employer is one of the smallest class, drawn by lot: a large one would multiply, in a
/// small population, the output of sectors that make much with few people, as refineries do.
void fill_empty_sectors(const DataPack& pack, const SectorMix& mix, const SynthesisKeys& keys, Units& units) {
  std::vector<std::int64_t> employers(pack.sectors.size());
  const auto employs = [&](std::size_t i) { return units.size_class[i] >= 1 && units.size_class[i] < kClasses; };
  for (std::size_t i = 0; i < units.size(); ++i) employers[units.sector[i]] += employs(i) ? 1 : 0;
  for (std::size_t s = 0; s < pack.sectors.size(); ++s) {
    const std::size_t g = pack.sectors[s].group;
    if (employers[s] > 0 || pack.sectors[s].job_share <= 0.0) continue;
    std::size_t most = mix.sectors[g].front();
    for (const std::size_t other : mix.sectors[g]) {
      if (employers[other] > employers[most]) most = other;
    }
    if (employers[most] < 2) continue;
    std::vector<std::size_t> smallest;
    for (std::size_t i = 0; i < units.size(); ++i) {
      if (units.sector[i] != most || !employs(i)) continue;
      if (!smallest.empty() && units.size_class[i] > units.size_class[smallest[0]]) continue;
      if (!smallest.empty() && units.size_class[i] < units.size_class[smallest[0]]) smallest.clear();
      smallest.push_back(i);
    }
    Draws draws = keys.draws(RngDomain::kSynthesisSector, key_of(pack.sectors[s].code));
    units.sector[smallest[draws.below(smallest.size())]] = static_cast<std::uint16_t>(s);
    --employers[most];
    ++employers[s];
  }
}

/// Sorts the units of each commune by group, sector and class and gives them their lasting keys.
void sort_and_name(const DataPack& pack, Units& units) {
  for_each_item(units.communes(), [&](std::size_t c) {
    const std::size_t begin = units.begin[c], end = units.begin[c + 1];
    std::vector<std::tuple<std::uint8_t, std::uint16_t, std::uint8_t>> order;
    for (std::size_t i = begin; i < end; ++i) order.emplace_back(units.group[i], units.sector[i], units.size_class[i]);
    std::sort(order.begin(), order.end());
    const std::uint64_t commune_key = key_of(pack.communes[c].code);
    std::uint64_t number = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const std::size_t k = i - begin;
      number = k > 0 && order[k] == order[k - 1] ? number + 1 : 0;
      std::tie(units.group[i], units.sector[i], units.size_class[i]) = order[k];
      units.key[i] = key_of(commune_key, key_of(pack.sectors[units.sector[i]].code), units.size_class[i], number);
    }
  });
}

void draw_sizes(const DataPack& pack, const Params& params, const SynthesisKeys& keys, Units& units) {
  std::array<std::array<std::optional<SizeLaw>, kClasses>, kGroups> laws;
  for_each_item(kGroups, [&](std::size_t g) {
    for (std::size_t k = 1; k < kClasses; ++k) {
      laws[g][k].emplace(kClassLow[k], k == 4 ? params.size_max : kClassHigh[k], pack.groups[g].mean_jobs[k]);
    }
  });
  for_each_row(units.size(), [&](std::size_t i) {
    const std::size_t k = units.size_class[i];
    if (k == 0 || k == kNeverEmployer) {
      units.latent[i] = 0.0;
      return;
    }
    Draws draws = keys.draws(RngDomain::kSynthesisSize, units.key[i]);
    units.latent[i] = laws[units.group[i]][k]->quantile(draws.uniform());
  });
}

/// Puts the units of each commune back in order where their class has changed with their jobs.
std::vector<std::uint32_t> final_order(const Units& units) {
  std::vector<std::uint32_t> order(units.size());
  std::iota(order.begin(), order.end(), 0u);
  for_each_item(units.communes(), [&](std::size_t c) {
    std::stable_sort(order.begin() + units.begin[c], order.begin() + units.begin[c + 1],
                     [&](std::uint32_t a, std::uint32_t b) {
                       return std::tie(units.group[a], units.sector[a], units.size_class[a]) <
                              std::tie(units.group[b], units.sector[b], units.size_class[b]);
                     });
  });
  return order;
}

/// Membership of groups of establishments: number of the group (0 none) and whether its head office is outside.
struct GroupMembers {
  std::vector<std::uint32_t> group;
  std::vector<std::uint8_t> outside;
};

/// Establishments of `group_size_min` and more belong to a group with probability `group_share`; sisters are of one
/// sector and groups have 1 + geometric many here, `group_establishments` on average.
GroupMembers draw_groups(const DataPack& pack, const Params& params, const SynthesisKeys& keys, const Units& units) {
  struct Member {
    std::uint16_t sector;
    double lot;
    std::uint32_t unit;
  };
  std::vector<Member> members;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units.employees[i] < params.group_size_min) continue;
    Draws draws = keys.draws(RngDomain::kSynthesisGroup, units.key[i]);
    if (draws.uniform() >= params.group_share) continue;
    members.push_back({units.sector[i], draws.uniform(), static_cast<std::uint32_t>(i)});
  }
  std::sort(members.begin(), members.end(), [&](const Member& a, const Member& b) {
    return std::tie(a.sector, a.lot, units.key[a.unit]) < std::tie(b.sector, b.lot, units.key[b.unit]);
  });
  GroupMembers result{std::vector<std::uint32_t>(units.size()), std::vector<std::uint8_t>(units.size())};
  const double another = 1.0 - 1.0 / params.group_establishments;
  std::uint32_t number = 0;
  for (std::size_t m = 0; m < members.size();) {
    ++number;
    Draws draws = keys.draws(RngDomain::kSynthesisGroup,
                             key_of(key_of(pack.sectors[members[m].sector].code), units.key[members[m].unit]));
    const bool outside = draws.uniform() < params.group_hq_outside_share;
    const std::uint16_t sector = members[m].sector;
    do {
      result.group[members[m].unit] = number;
      result.outside[members[m].unit] = outside ? 1 : 0;
      ++m;
    } while (m < members.size() && members[m].sector == sector && draws.uniform() < another);
  }
  return result;
}

/// Weights of the NAF sub-classes of each sector, as running sums.
struct NafTable {
  std::vector<std::vector<std::uint16_t>> rows;
  std::vector<std::vector<double>> cumulative;
  explicit NafTable(const DataPack& pack) : rows(pack.sectors.size()), cumulative(pack.sectors.size()) {
    for (std::size_t n = 0; n < pack.naf.size(); ++n) {
      auto& sums = cumulative[pack.naf[n].sector];
      rows[pack.naf[n].sector].push_back(static_cast<std::uint16_t>(n));
      sums.push_back((sums.empty() ? 0.0 : sums.back()) + pack.naf[n].weight);
    }
  }
  [[nodiscard]] std::uint16_t at(std::size_t sector, double u) const {
    const auto& sums = cumulative[sector];
    const auto found = std::upper_bound(sums.begin(), sums.end() - 1, u * sums.back());
    return rows[sector][static_cast<std::size_t>(found - sums.begin())];
  }
};

/// A point inside a disc of radius 1, uniform.
std::pair<double, double> in_disc(Draws& draws) {
  for (;;) {
    const double x = 2.0 * draws.uniform() - 1.0, y = 2.0 * draws.uniform() - 1.0;
    if (x * x + y * y <= 1.0) return {x, y};
  }
}

void write_sectors(const DataPack& pack, World& world) {
  world.set_rows<firms::Sector>(pack.sectors.size());
  auto good = world.column<firms::SectorGood>();
  for (std::size_t s = 0; s < pack.sectors.size(); ++s) good[s] = static_cast<std::uint16_t>(pack.sectors[s].good);
}

void write_firms(const DataPack& pack, const Params& params, const SynthesisKeys& keys, const Units& units,
                 World& world) {
  const std::vector<std::uint32_t> order = final_order(units);
  const GroupMembers groups = draw_groups(pack, params, keys, units);
  const NafTable naf_table(pack);
  std::vector<AgeLaw> ages;
  for (const SectorData& sector : pack.sectors)
    ages.emplace_back(pack.survival, sector.survival_5y, 12 * params.age_max_years);
  std::vector<double> radius_m;
  for (const CommuneData& commune : pack.communes)
    radius_m.push_back(1000.0 * std::sqrt(commune.area_km2 / 3.14159265358979323846));

  world.set_rows<firms::Firm>(units.size() + 1);
  auto key = world.column<firms::Key>();
  auto sector = world.column<firms::SectorOf>();
  auto good = world.column<firms::GoodOf>();
  auto commune = world.column<firms::CommuneOf>();
  auto naf = world.column<firms::Naf>();
  auto x = world.column<firms::X>();
  auto y = world.column<firms::Y>();
  auto group = world.column<firms::Group>();
  auto hq_outside = world.column<firms::HqOutside>();
  auto birth_month = world.column<firms::BirthMonth>();
  auto state = world.column<firms::StateOf>();
  auto seasonal = world.column<firms::Seasonal>();
  auto size_class = world.column<firms::SizeClass>();
  auto employees = world.column<firms::Employees>();
  auto self_employed = world.column<firms::SelfEmployed>();
  auto side_workers = world.column<firms::SideWorkers>();
  state[0] = firms::State::kClosed;
  size_class[0] = kNeverEmployer;
  for_each_row(units.size(), [&](std::size_t k) {
    const std::size_t i = order[k], row = k + 1, s = units.sector[i], c = units.commune[i];
    key[row] = units.key[i];
    sector[row] = static_cast<std::uint16_t>(s);
    good[row] = static_cast<std::uint16_t>(pack.sectors[s].good);
    commune[row] = units.commune[i];
    employees[row] = units.employees[i];
    self_employed[row] = units.owners[i];
    side_workers[row] = units.employees[i] + units.owners[i] == 0 ? static_cast<float>(params.side_workers) : 0.0f;
    size_class[row] = units.size_class[i];
    seasonal[row] = units.size_class[i] == 0 ? 1 : 0;
    state[row] = firms::State::kActive;
    group[row] = groups.group[i];
    hq_outside[row] = groups.outside[i] != 0 ? 1.0f : 0.0f;

    Draws naf_draws = keys.draws(RngDomain::kSynthesisNaf, units.key[i]);
    naf[row] = naf_table.at(s, naf_draws.uniform());
    const double mature =
        units.size_class[i] == kNeverEmployer
            ? params.mature_exit_no_employees
            : params.mature_exit * math::pow(std::max(units.employees[i], 1), -params.mature_exit_size);
    Draws age_draws = keys.draws(RngDomain::kSynthesisAge, units.key[i]);
    birth_month[row] = static_cast<std::int16_t>(-ages[s].quantile(age_draws.uniform(), mature));
    Draws place_draws = keys.draws(RngDomain::kSynthesisPlace, units.key[i]);
    const auto [dx, dy] = in_disc(place_draws);
    x[row] = static_cast<float>(pack.communes[c].x + radius_m[c] * dx);
    y[row] = static_cast<float>(pack.communes[c].y + radius_m[c] * dy);
  });
}

void report_sectors(const DataPack& pack, const SectorMix& mix, const std::vector<CommuneCounts>& counts,
                    const Units& units, InitReport& report) {
  std::vector<double> asked(pack.sectors.size()), obtained(pack.sectors.size());
  for (const CommuneCounts& commune : counts) {
    for (std::size_t g = 0; g < kGroups; ++g) {
      for (std::size_t k = 0; k <= kClasses; ++k) {
        for (const std::size_t s : mix.sectors[g])
          asked[s] += static_cast<double>(commune[g][k]) * mix.share(g, kind_of(k), s);
      }
    }
  }
  for (std::size_t i = 0; i < units.size(); ++i) obtained[units.sector[i]] += 1.0;
  for (std::size_t s = 0; s < asked.size(); ++s) {
    report.add("establishments by sector", pack.sectors[s].code, asked[s], obtained[s], kInformation,
               "drawn with the sector mix");
  }
}

void report_totals(const DataPack& pack, const Params& params, const Units& units, InitReport& report) {
  std::vector<double> jobs(pack.communes.size());
  for (std::size_t i = 0; i < units.size(); ++i) jobs[units.commune[i]] += units.employees[i] + units.owners[i];
  double asked_all = 0.0, obtained_all = 0.0;
  for (std::size_t c = 0; c < jobs.size(); ++c) {
    const double asked = params.scale_factor * pack.communes[c].jobs;
    // Salaried and other jobs are rounded apart: up to two persons away, one each.
    report.add("jobs by commune", pack.communes[c].code, asked, jobs[c], std::max(0.005, 2.0 / std::max(1.0, asked)),
               "within 0.5 % or two persons");
    asked_all += asked;
    obtained_all += jobs[c];
  }
  report.add("jobs", "all", asked_all, obtained_all, std::max(0.001, 1.0 / std::max(1.0, asked_all)), "within 0.1 %");
}

void state_assumptions(const DataPack& pack, const Params& params, const SynthesisKeys& keys, InitReport& report) {
  report.assume("data.year", fmt::format("{}", pack.data_year), "year of the population");
  report.assume("run.population_seed", fmt::format("{}", keys.population_seed),
                "every draw of the population depends on it");
  if (params.scale_factor != 1.0) {
    report.assume("scale.factor", fmt::format("{:.6g}", params.scale_factor),
                  fmt::format("one establishment, person or euro stands for {:.6g}", 1.0 / params.scale_factor));
  }
  report.assume("synthesis.overlap_units", fmt::format("{:.6g}", params.overlap_units),
                "units without employees that the other source counts as employers: two scopes, two years");
  report.assume(
      "synthesis.a38_dirichlet", fmt::format("{:.6g}", params.a38_dirichlet),
      "the territory has the national mix of sectors inside a group, moved by a Dirichlet draw of this concentration");
  report.assume("synthesis.employment_margin_cv", fmt::format("{:.6g}", params.employment_margin_cv),
                "error of the national employment of sectors that the source estimates");
  report.assume("synthesis.owner_share", fmt::format("{:.6g}", params.owner_share),
                "share of employers of 1-9 with a self-employed owner");
  report.assume("synthesis.seasonal_owner_share", fmt::format("{:.6g}", params.seasonal_owner_share),
                "share of employers with nobody on 31 December that have a self-employed owner");
  report.assume("synthesis.group_share", fmt::format("{:.6g}", params.group_share),
                "share of larger establishments that belong to a group, sisters in one sector");
  report.assume("establishments", "points", "uniform in the disc of the commune's area around its centroid");
  report.assume("establishments", "NAF", "national profile inside a sector");
}

}  // namespace

void check_size_max(const DataPack& pack, const Params& params, Problems& problems) {
  constexpr std::size_t kOpenClass = kClasses - 1;
  std::size_t largest = 0;
  for (std::size_t g = 1; g < kGroups; ++g) {
    if (pack.groups[g].mean_jobs[kOpenClass] > pack.groups[largest].mean_jobs[kOpenClass]) largest = g;
  }
  const double mean = pack.groups[largest].mean_jobs[kOpenClass];
  if (params.size_max > mean) return;
  problems.add({},
               fmt::format("'synthesis.size_max' is {}, but establishments of group {} in class {} have {:.1f} jobs on "
                           "average in the data pack",
                           params.size_max, kGroupCodes[largest], kClassCodes[kOpenClass], mean),
               fmt::format("at least {:.0f} with this pack", std::floor(mean) + 1.0));
}

void build_establishments(const DataPack& pack, const Params& params, const SynthesisKeys& keys, World& world,
                          InitReport& report) {
  build_space(pack, params, world, report);
  write_sectors(pack, world);
  const JobTargets jobs = job_targets(pack, params);
  const std::vector<CommuneCounts> counts = count_establishments(pack, params, keys, jobs, report);
  const SectorMix mix = draw_sector_mix(pack, params, keys);
  Units units = place_units(pack, counts, mix, keys);
  fill_empty_sectors(pack, mix, keys, units);
  sort_and_name(pack, units);
  draw_sizes(pack, params, keys, units);
  settle_jobs(pack, params, jobs.salaried, units, report);
  assign_owners(pack, params, keys, jobs.self_employed, units, report);
  write_firms(pack, params, keys, units, world);
  report_totals(pack, params, units, report);
  report_sectors(pack, mix, counts, units, report);
  state_assumptions(pack, params, keys, report);
}

}  // namespace metier::synthesis
