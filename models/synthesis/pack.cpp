#include "models/synthesis/pack.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <map>
#include <string_view>

namespace metier::synthesis {
namespace {

/// Counts in files are rounded to three decimals: sums may be off by this many units, or this share.
constexpr double kCountSlack = 0.05, kCountShare = 1e-3;
bool near(double a, double b) { return std::fabs(a - b) <= kCountSlack + kCountShare * std::fabs(b); }

std::vector<std::string> names(const auto& views) { return {views.begin(), views.end()}; }

CodeList codes_of(std::string what, const auto& rows) {
  std::vector<std::string> codes;
  codes.reserve(rows.size());
  for (const auto& row : rows) codes.push_back(row.code);
  return {std::move(what), std::move(codes)};
}

/// Reads the parts of the pack one after the other; each function adds what it finds wrong to the problems of the
/// files.
class PackReader {
 public:
  PackReader(PackFiles& files, int survival_cohort) : files_(files), survival_cohort_(survival_cohort) {}

  DataPack read() {
    pack_.data_year = static_cast<int>(files_.anchor("data.year", 1900, 2199));
    read_travel_rule();
    read_communes();
    read_statistics();
    read_distances();
    read_external_zones();
    read_expected_employers();
    read_jobs_by_group();
    read_units_without_employees();
    read_group_sizes();
    read_location_quotients();
    read_sectors();
    read_sector_mix();
    read_national_employment();
    read_survival();
    read_naf();
    read_size_distribution();
    return std::move(pack_);
  }

 private:
  /// Problems told so far. What is compared with figures that could not be read is not told: the cause has been.
  [[nodiscard]] std::size_t told() const { return files_.problems().size(); }
  /// Without the year, which was told, no column of the commune statistics has a name: nothing is held against them.
  [[nodiscard]] bool has_year() const { return pack_.data_year > 0; }

  void read_travel_rule() {
    pack_.travel = {
        files_.anchor("space.detour_factor", 1.0, 5.0),         files_.anchor("travel.base_minutes", 0.0, 60.0),
        files_.anchor("travel.near_minutes_per_km", 0.0, 20.0), files_.anchor("travel.far_minutes_per_km", 0.0, 20.0),
        files_.anchor("travel.near_limit_km", 0.0, 1000.0),     files_.anchor("travel.minimum_minutes", 0.0, 60.0)};
  }

  void read_communes() {
    const PackTable table = files_.source("communes").or_nothing();
    const auto code = table.column("insee"), name = table.column("name"), x = table.column("x_l93"),
               y = table.column("y_l93"), area = table.column("area_km2_insee"), zone = table.column("ze2020");
    communes_ = unique_codes(table, code, "commune");
    for (std::size_t row = 0; row < table.rows(); ++row) {
      CommuneData commune;
      commune.code = table.text(row, code);
      commune.name = table.text(row, name);
      commune.x = table.number(row, x, -kMostX, kMostX);
      commune.y = table.number(row, y, -kMostX, kMostY);
      commune.area_km2 = table.number(row, area, 1e-3, 1e5);
      commune.employment_zone = static_cast<std::uint32_t>(table.whole(row, zone, 0, 4e9));
      pack_.communes.push_back(std::move(commune));
    }
    if (table.csv().columns() > 0 && table.rows() == 0) table.complain("has no commune");
  }

  /// Calls body(row, commune) for the rows of a table with one row per commune.
  template <class Body>
  void for_each_commune(const PackTable& table, Body&& body) {
    for (const auto& [row, c] : keyed_rows(table, {{communes_, table.column("insee")}})) body(row, c);
  }

  /// The statistical office's names of columns change with the year; a table of aliases says what they hold.
  void read_statistics() {
    counted_.assign(communes_.size(), false);
    const std::size_t before = told();
    const PackTable aliases = files_.source("commune_statistics_columns");
    const auto original = aliases.column("insee_name"), alias = aliases.column("alias");
    std::map<std::string, std::string> name_of;
    for (std::size_t row = 0; row < aliases.rows(); ++row) {
      const std::string name = aliases.text(row, alias);
      if (!name_of.emplace(name, aliases.text(row, original)).second && alias)
        aliases.complain(row, alias, fmt::format("alias '{}' stands twice", name));
    }
    const PackTable table = files_.source("commune_statistics");
    const auto column = [&](std::string_view stem) -> PackColumn {
      const std::string wanted = fmt::format("{}_{}", stem, pack_.data_year);
      const auto found = name_of.find(wanted);
      if (found != name_of.end()) return table.column(found->second);
      if (original && alias && has_year())
        aliases.complain(fmt::format("alias '{}' is missing", wanted), "it names a column of the commune statistics");
      return std::nullopt;
    };
    const auto population = column("population"), jobs = column("jobs"), salaried = column("salaried_jobs"),
               all = column("establishments"), small = column("establishments_1_9"),
               large = column("establishments_10_plus"), services = column("establishments_gu");
    const std::array<PackColumn, kGroups> groups{column("establishments_az"),
                                                 column("establishments_be"),
                                                 column("establishments_fz"),
                                                 column("establishments_gz"),
                                                 std::nullopt,
                                                 column("establishments_oq")};
    const bool columns_known = has_year() && told() == before;
    for_each_commune(table, [&](std::size_t row, std::size_t c) {
      CommuneData& commune = pack_.communes[c];
      const std::size_t before_row = told();
      commune.population = table.number(row, population, 1.0, 1e9);
      commune.jobs = table.number(row, jobs, 0.0, 1e9);
      commune.salaried_jobs = table.number(row, salaried, 0.0, 1e9);
      double sum = 0.0;
      for (std::size_t g = 0; g < kGroups; ++g) {
        double count = groups[g] ? table.number(row, groups[g], 0.0, 1e9) : 0.0;
        // Trade is counted inside "trade, transport, services".
        if (kGroupCodes[g] == "HU") count = table.number(row, services, 0.0, 1e9) - commune.employers_by_group[g - 1];
        commune.employers_by_group[g] = count;
        sum += count;
        if (count < 0.0)
          table.complain(row, services, "trade alone has more establishments than trade, transport and services");
      }
      const double total = table.number(row, all, 0.0, 1e9);
      commune.employers_by_size[1] = table.number(row, small, 0.0, 1e9);
      commune.employers_by_size[2] = table.number(row, large, 0.0, 1e9);
      commune.employers_by_size[0] = total - commune.employers_by_size[1] - commune.employers_by_size[2];
      if (all && services && std::fabs(sum - total) > 1e-6) {
        table.complain(row, all,
                       fmt::format("the groups of sectors have {} establishments, the commune {}", sum, total));
      }
      if (small && large && commune.employers_by_size[0] < 0.0) {
        table.complain(row, all,
                       fmt::format("{} establishments in all, but {} with employees", total,
                                   total - commune.employers_by_size[0]));
      }
      if (jobs && commune.salaried_jobs > commune.jobs) {
        table.complain(row, salaried,
                       fmt::format("{} salaried jobs among {} jobs", commune.salaried_jobs, commune.jobs));
      }
      if (small && large && commune.salaried_jobs >= 0.5 &&
          commune.employers_by_size[1] + commune.employers_by_size[2] <= 0.0) {
        table.complain(row, salaried, "salaried jobs, but no establishment with employees");
      }
      counted_[c] = columns_known && told() == before_row;
    });
  }

  void read_distances() {
    const std::size_t n = communes_.size();
    const PackTable table = files_.source("distances");
    const auto from = table.column("insee_from"), to = table.column("insee_to"), km = table.column("dist_km");
    pack_.distance_km.assign(n * n, 0.0);
    for (const auto& [row, pair] : keyed_rows(table, {{communes_, from}, {communes_, to}}))
      // within a commune the mean distance, which may be unknown: 0
      pack_.distance_km[pair] = table.number(row, km, pair / n == pair % n ? 0.0 : kNearest, kFarthest);
  }

  void read_external_zones() {
    const PackTable table = files_.model("zones").or_nothing();
    const auto code = table.column("zone"), label_en = table.column("label_en"), label_fr = table.column("label_fr"),
               group = table.column("zone_group"), distance = table.column("distance_km");
    const CodeList zones = unique_codes(table, code, "zone");
    if (table.csv().columns() > 0 && table.rows() == 0) table.complain("has no zone");
    const CodeList groups("zone group", {"ring", "belgium", "rest"});
    for (std::size_t row = 0; row < table.rows(); ++row) {
      static_cast<void>(groups.row_of(table, row, group));  // tells an unknown one
      pack_.external_zones.push_back({table.text(row, code), table.text(row, label_en), table.text(row, label_fr),
                                      table.text(row, group), 0.0, 0.0,
                                      table.optional_number(row, distance, kNearest, kFarthest)});
    }
    const PackTable places = files_.source("external_zones");
    const auto zone = places.column("zone_id"), x = places.column("x_l93"), y = places.column("y_l93"),
               jobs_x = places.column("jobs_x_l93"), jobs_y = places.column("jobs_y_l93");
    std::vector<bool> placed(zones.size(), false);
    for (const auto& [row, z] : keyed_rows(places, {{zones, zone}}, Absent::kMeansNone)) {
      // The place of the jobs where it is known, else that of the people.
      const auto work_x = places.optional_number(row, jobs_x, -kMostX, kMostX),
                 work_y = places.optional_number(row, jobs_y, -kMostX, kMostY);
      pack_.external_zones[z].x = work_x ? *work_x : places.number(row, x, -kMostX, kMostX);
      pack_.external_zones[z].y = work_y ? *work_y : places.number(row, y, -kMostX, kMostY);
      placed[z] = true;
    }
    for (std::size_t z = 0; z < zones.size(); ++z) {
      if (!placed[z] && !zones.repeats(z) && !pack_.external_zones[z].distance_km && zone && code) {
        table.complain(
            z, code,
            fmt::format("zone '{}' has neither a distance_km nor a place in the external zones", zones.code(z)));
      }
    }
    if (communes_.size() + zones.size() > 255) {
      table.complain(fmt::format("{} communes and {} zones, allowed are 255 places", communes_.size(), zones.size()),
                     "join small communes");
    }
  }

  /// A combination without a row expects no establishment; sums must be those of the commune statistics all the same.
  void read_expected_employers() {
    const PackTable table = files_.source("employers_expected");
    const auto code = table.column("insee"), group = table.column("group6"), size = table.column("size_class"),
               count = table.column("establishments_est");
    std::vector<bool> comparable = counted_;  // communes whose figures could be read in both files
    for (const auto& [row, key] :
         keyed_rows(table, {{communes_, code}, {groups_, group}, {classes_, size}}, Absent::kMeansNone)) {
      const std::size_t c = key / kClasses / kGroups, before = told();
      pack_.communes[c].employers_expected[key / kClasses % kGroups][key % kClasses] =
          table.number(row, count, 0.0, 1e9);
      if (told() != before) comparable[c] = false;
    }
    if (!code || !group || !size || !count) return;
    for (std::size_t c = 0; c < communes_.size(); ++c) {
      if (!comparable[c]) continue;
      const CommuneData& commune = pack_.communes[c];
      std::array<double, kCounted> sizes{};
      for (std::size_t g = 0; g < kGroups; ++g) {
        double sum = 0.0;
        for (std::size_t k = 0; k < kClasses; ++k) {
          sum += commune.employers_expected[g][k];
          sizes[kCountedOfClass[k]] += commune.employers_expected[g][k];
        }
        if (!near(sum, commune.employers_by_group[g])) {
          table.complain(
              fmt::format("commune '{}' has {:.6g} establishments in group {}, {:.6g} in the commune statistics",
                          commune.code, sum, kGroupCodes[g], commune.employers_by_group[g]));
        }
      }
      for (std::size_t k = 0; k < kCounted; ++k) {
        if (near(sizes[k], commune.employers_by_size[k])) continue;
        table.complain(
            fmt::format("commune '{}' has {:.6g} establishments of size {}, {:.6g} in the commune statistics",
                        commune.code, sizes[k], k == 2 ? "10+" : kClassCodes[k], commune.employers_by_size[k]));
      }
    }
  }

  void read_jobs_by_group() {
    const PackTable table = files_.source("jobs_by_group");
    std::array<PackColumn, kGroups> columns;
    for (std::size_t g = 0; g < kGroups; ++g) columns[g] = table.column(kGroupCodes[g]);
    for_each_commune(table, [&](std::size_t row, std::size_t c) {
      double sum = 0.0;
      const std::size_t before = told();
      for (std::size_t g = 0; g < kGroups; ++g)
        sum += pack_.communes[c].jobs_by_group[g] = table.number(row, columns[g], 0.0, 1e9);
      const double salaried = pack_.communes[c].salaried_jobs;
      if (counted_[c] && told() == before && std::fabs(sum - salaried) > 0.5 + 0.01 * salaried) {
        table.complain(row, columns[0],
                       fmt::format("the groups of commune '{}' have {:.6g} jobs, {:.6g} salaried jobs are counted",
                                   communes_.code(c), sum, salaried));
      }
    });
  }

  void read_units_without_employees() {
    const PackTable table = files_.source("establishments_by_size");
    const auto units = table.column("size_0_or_nd");
    for_each_commune(table, [&](std::size_t row, std::size_t c) {
      pack_.communes[c].units_without_employees = table.number(row, units, 0.0, 1e9);
    });
  }

  /// Establishments and jobs of a reference area (the first one in the file) by group and class.
  void read_group_sizes() {
    const PackTable table = files_.source("establishments_and_jobs_by_size");
    const auto area = table.column("area"), variable = table.column("variable"), sector = table.column("sector"),
               size = table.column("size_class"), value = table.column("value");
    if (!area || !variable || !sector || !size || !value) return;
    std::map<std::string, double> cells;
    for (std::size_t row = 0; row < table.rows() && table.text(row, area) == table.text(0, area); ++row) {
      const std::string key =
          fmt::format("{}, {}, {}", table.text(row, variable), table.text(row, sector), table.text(row, size));
      if (!cells.emplace(key, table.number(row, value, 0.0, 1e12)).second)
        table.complain(row, variable, fmt::format("'{}' stands twice", key));
    }
    const auto cell = [&](std::string_view what, std::string_view group, std::string_view size_class) {
      const auto found = cells.find(fmt::format("{}, {}, {}", what, group, size_class));
      if (found != cells.end()) return found->second;
      table.complain(fmt::format("'{}, {}, {}' is missing in the first area", what, group, size_class));
      return 1.0;
    };
    constexpr std::string_view kTrade = "of_which_commerce_auto_repair";
    constexpr std::array<std::string_view, kGroups> kSectors{
        "Agriculture", "Industry", "Construction", kTrade, "Commerce_transport_services", "Public_admin_educ_health"};
    const auto of_group = [&](std::string_view what, std::size_t g, std::string_view size_class) {
      const double all = cell(what, kSectors[g], size_class);
      return kGroupCodes[g] == "HU" ? all - cell(what, kTrade, size_class) : all;
    };
    double units = 0.0;
    for (std::size_t g = 0; g < kGroups; ++g) {
      GroupData& group = pack_.groups[g];
      units += group.share_without_employees = of_group("establishments", g, "0");
      for (std::size_t k = 1; k < kClasses; ++k) {
        double jobs = 0.0;
        for (const std::string_view part :
             k == 4 ? std::vector<std::string_view>{"50-99", "100+"} : std::vector{kClassCodes[k]}) {
          jobs += of_group("salaried_jobs", g, part);
        }
        const double establishments = of_group("establishments", g, kClassCodes[k]);
        group.mean_jobs[k] = establishments > 0.0 ? jobs / establishments : 0.0;
        if (group.mean_jobs[k] <= kClassLow[k] || group.mean_jobs[k] >= kClassHigh[k]) {
          table.complain(fmt::format("group {} has {:.6g} jobs per establishment in class {}, outside the class",
                                     kGroupCodes[g], group.mean_jobs[k], kClassCodes[k]));
          group.mean_jobs[k] = kClassLow[k] + 1.0;
        }
      }
    }
    for (GroupData& group : pack_.groups) group.share_without_employees /= std::max(units, 1.0);
  }

  void read_location_quotients() {
    const PackTable table = files_.source("location_quotients");
    const auto code = table.column("group6"), share = table.column("france_share"),
               quotient = table.column("location_quotient");
    for (const auto& [row, g] : keyed_rows(table, {{groups_, code}})) {
      pack_.groups[g].france_share = table.number(row, share, 0.0, 1.0);
      pack_.groups[g].location_quotient = table.number(row, quotient, 0.0, 1e3);
    }
  }

  void read_sectors() {
    const PackTable goods = files_.model("goods").or_nothing();
    const CodeList good_codes = unique_codes(goods, goods.column("code"), "good");
    for (std::size_t g = 0; g < good_codes.size(); ++g) pack_.goods.push_back(good_codes.code(g));
    if (goods.csv().columns() > 0 && goods.rows() == 0) goods.complain("has no good");
    const PackTable table = files_.model("sectors").or_nothing();
    const auto code = table.column("code"), label_en = table.column("label_en"), label_fr = table.column("label_fr"),
               group = table.column("group6"), good = table.column("good"), owners = table.column("self_employed");
    sectors_ = unique_codes(table, code, "sector");
    if (table.csv().columns() > 0 && table.rows() == 0) table.complain("has no sector");
    for (std::size_t row = 0; row < table.rows(); ++row) {
      SectorData sector;
      sector.code = table.text(row, code);
      sector.label_en = table.text(row, label_en);
      sector.label_fr = table.text(row, label_fr);
      sector.group = groups_.row_of(table, row, group).value_or(0);
      sector.good = good_codes.row_of(table, row, good).value_or(0);
      sector.self_employed = table.whole(row, owners, 0.0, 1.0) != 0.0;
      pack_.sectors.push_back(std::move(sector));
    }
    std::array<bool, kGroups> present{};
    for (const SectorData& sector : pack_.sectors) present[sector.group] = true;
    for (std::size_t g = 0; g < kGroups; ++g) {
      if (!present[g] && table.rows() > 0) table.complain(fmt::format("group {} has no sector", kGroupCodes[g]));
    }
  }

  void read_sector_mix() {
    const PackTable table = files_.model("sector_mix");
    const auto code = table.column("sector"), zero = table.column("share_zero"), small = table.column("share_small"),
               large = table.column("share_large"), jobs = table.column("job_share");
    std::array<std::array<double, 4>, kGroups> sums{};
    for (const auto& [row, s] : keyed_rows(table, {{sectors_, code}})) {
      SectorData& sector = pack_.sectors[s];
      sector.share_zero = table.number(row, zero, 0.0, 1.0);
      sector.share_small = table.number(row, small, 0.0, 1.0);
      sector.share_large = table.number(row, large, 0.0, 1.0);
      sector.job_share = table.number(row, jobs, 0.0, 1.0);
      const std::array<double, 4> shares{sector.share_zero, sector.share_small, sector.share_large, sector.job_share};
      for (std::size_t k = 0; k < 4; ++k) sums[sector.group][k] += shares[k];
    }
    if (!code || !zero || !small || !large || !jobs || sectors_.size() == 0 || !table.csv().whole()) return;
    constexpr std::array<std::string_view, 4> kColumns{"share_zero", "share_small", "share_large", "job_share"};
    for (std::size_t g = 0; g < kGroups; ++g) {
      for (std::size_t k = 0; k < 4; ++k) {
        if (std::fabs(sums[g][k] - 1.0) > 0.002) {
          table.complain(
              fmt::format("the {} of group {} sum to {:.6g}, not to 1", kColumns[k], kGroupCodes[g], sums[g][k]));
        }
      }
    }
  }

  void read_national_employment() {
    const PackTable table = files_.source("national_employment");
    const auto code = table.column("a38"), target = table.column("target_thousands"), basis = table.column("basis");
    static_cast<void>(unique_codes(table, code, "sector"));
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (is_left_out(sectors_, table.text(row, code))) continue;
      const auto s = sector_of_source(sectors_, table, row, code);
      if (!s) continue;
      pack_.sectors[*s].national_thousands += table.number(row, target, 0.0, 1e7);
      if (table.text(row, basis) == "estimated") pack_.sectors[*s].national_estimated = true;
    }
    if (!code || !target || !table.csv().whole()) return;
    for (std::size_t s = 0; s < pack_.sectors.size(); ++s) {
      if (pack_.sectors[s].national_thousands <= 0.0 && !sectors_.repeats(s))
        table.complain(fmt::format("sector '{}' has no employment", sectors_.code(s)));
    }
  }

  void read_survival() {
    for (std::size_t k = 0; k < pack_.survival.size(); ++k) {
      pack_.survival[k] = files_.anchor(fmt::format("demography.survival_year_{}", k + 1), 0.01, 0.999);
    }
    const PackTable source = files_.source("survival");
    const auto indicator = source.column("indicator"), branch = source.column("sector"),
               size = source.column("size_at_birth"), cohort = source.column("cohort"), value = source.column("value");
    std::vector<std::string> branches;
    std::vector<double> shares;
    for (std::size_t row = 0; row < source.rows(); ++row) {
      if (source.text(row, indicator) != "5-year survival" || source.text(row, size) != "all" ||
          source.text(row, cohort) != std::to_string(survival_cohort_)) {
        continue;
      }
      branches.push_back(source.text(row, branch));
      if (std::find(branches.begin(), branches.end() - 1, branches.back()) != branches.end() - 1)
        source.complain(row, branch,
                        fmt::format("'{}' stands twice in the cohort {}", branches.back(), survival_cohort_));
      shares.push_back(source.number(row, value, 1.0, 99.9) / 100.0);
    }
    if (branches.empty() && indicator && size && cohort) {
      source.complain(fmt::format("has no 5-year survival of the cohort {}", survival_cohort_),
                      "see synthesis.survival_cohort");
      return;
    }
    const CodeList branch_codes("branch of the survival file", std::move(branches));
    const PackTable map = files_.model("sector_survival");
    const auto sector = map.column("sector"), name = map.column("branch");
    for (const auto& [row, s] : keyed_rows(map, {{sectors_, sector}})) {
      if (const auto b = branch_codes.row_of(map, row, name)) pack_.sectors[s].survival_5y = shares[*b];
    }
  }

  void read_naf() {
    const PackTable table = files_.model("naf").or_nothing();
    const auto code = table.column("naf"), sector = table.column("sector"), weight = table.column("weight");
    static_cast<void>(unique_codes(table, code, "NAF sub-class"));
    std::vector<double> sums(sectors_.size());
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const auto s = sectors_.row_of(table, row, sector);
      const double w = table.number(row, weight, 0.0, 1e9);
      pack_.naf.push_back({table.text(row, code), s.value_or(0), s ? w : 0.0});
      if (s) sums[*s] += w;
    }
    if (table.rows() > 65535) table.complain("more than 65535 sub-classes");
    for (std::size_t s = 0; s < sums.size(); ++s) {
      if (sums[s] <= 0.0 && sector && weight && !sectors_.repeats(s))
        table.complain(fmt::format("sector '{}' has no sub-class with a weight", sectors_.code(s)));
    }
  }

  void read_size_distribution() {
    const PackTable table = files_.source("size_distribution");
    const auto size = table.column("size_at_least"), count = table.column("count");
    static_cast<void>(unique_codes(table, size, "size"));
    for (std::size_t row = 0; row < table.rows(); ++row) {
      pack_.size_ccdf.emplace_back(static_cast<int>(table.whole(row, size, 1, 1e6)), table.number(row, count, 0, 1e9));
    }
  }

  PackFiles& files_;
  int survival_cohort_;
  DataPack pack_;
  CodeList communes_{"commune", {}};
  std::vector<bool> counted_;  ///< communes whose row of the commune statistics could be read
  CodeList sectors_{"sector", {}};
  CodeList groups_{"group of sectors", names(kGroupCodes)};
  CodeList classes_{"size class", names(kClassCodes)};
};

}  // namespace

std::optional<std::size_t> sector_of_source(const CodeList& sectors, const PackTable& table, std::size_t row,
                                            PackColumn column) {
  std::string code = table.text(row, column);
  code = code.substr(0, code.find('+'));
  if (code == "TZ" && !sectors.find(code)) code = "SZ";
  return sectors.row_of(table, row, column, code);
}

bool is_left_out(const CodeList& sectors, const std::string& code) {
  return (code == "UZ" || code == "ZZ") && !sectors.find(code);
}

CodeList communes_of(const DataPack& pack) { return codes_of("commune", pack.communes); }
CodeList zones_of(const DataPack& pack) { return codes_of("zone", pack.external_zones); }
CodeList sectors_of(const DataPack& pack) { return codes_of("sector", pack.sectors); }
CodeList goods_of(const DataPack& pack) { return {"good", pack.goods}; }

bool has_lists(const DataPack& pack) {
  return !pack.communes.empty() && !pack.sectors.empty() && !pack.goods.empty() && !pack.external_zones.empty();
}

DataPack read_pack(PackFiles& files, int survival_cohort) { return PackReader(files, survival_cohort).read(); }

}  // namespace metier::synthesis
