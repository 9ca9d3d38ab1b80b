#include "models/synthesis/people_pack.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <set>

namespace metier::synthesis {

namespace {

/// Weights in files are rounded to six decimals.
constexpr double kWeightSlack = 1e-4;

/// Codes of a column in which each may stand many times.
CodeList distinct_codes(const PackTable& table, PackColumn column, std::string what) {
  std::set<std::string> seen;
  for (std::size_t row = 0; row < table.rows(); ++row) seen.insert(table.text(row, column));
  return {std::move(what), {seen.begin(), seen.end()}};
}

void read_communes(PackFiles& files, const DataPack& pack, PeoplePack& people) {
  people.communes.resize(pack.communes.size());
  const CodeList codes = communes_of(pack);
  const PackTable table = files.source("commune_statistics");
  const auto code = table.column("insee"), active = table.column("P18_ACT1564"), idle = table.column("P18_CHOM1564"),
             income = table.column("MED19");
  for (const auto& [row, c] : keyed_rows(table, {{codes, code}})) {
    CommunePeople& commune = people.communes[c];
    commune.active = table.number(row, active, 0, 1e7);
    commune.unemployed = table.number(row, idle, 0, 1e7);
    commune.living_standard = table.number(row, income, kLeastIncome, kMostIncome);
    if (commune.unemployed > commune.active) table.complain(row, idle, "more unemployed than active residents");
  }
  // Published for communes of some size only; the others have the wage that the regression on incomes gives.
  const PackTable wages = files.source("wages_by_commune");
  const auto place = wages.column("insee"), all = wages.column("all");
  if (wages.csv().columns() > 0 && wages.rows() == 0) wages.complain("has no commune");
  for (const auto& [row, c] : keyed_rows(wages, {{codes, place}}, Absent::kMeansNone))
    people.communes[c].hourly_wage = wages.number(row, all, 1, 1000);
}

void read_zones(PackFiles& files, const DataPack& pack, PeoplePack& people) {
  people.zones.resize(pack.external_zones.size());
  const CodeList codes = zones_of(pack);
  const PackTable model = files.model("zones");
  const auto zone = model.column("zone"), mining = model.column("mining_basin"), in = model.column("in_commuters"),
             out = model.column("out_commuters");
  std::vector<bool> told(codes.size(), true);  // commuters are given
  for (const auto& [row, z] : keyed_rows(model, {{codes, zone}})) {
    people.zones[z].mining_basin = model.whole(row, mining, 0, 1) > 0.0;
    people.zones[z].in_commuters = model.optional_number(row, in, 0, kMostPeople);
    people.zones[z].out_commuters = model.optional_number(row, out, 0, kMostPeople);
    told[z] = people.zones[z].in_commuters && people.zones[z].out_commuters;
  }
  // Where commuters are not given they follow from residents and jobs, which must then be known.
  const PackTable table = files.source("external_zones");
  const auto code = table.column("zone_id"), active = table.column("active_15_64_2018"),
             idle = table.column("unemployed_15_64_2018"), jobs = table.column("jobs_2018");
  for (const auto& [row, z] : keyed_rows(table, {{codes, code}}, Absent::kMeansNone)) {
    const auto people_of = [&, at = row](PackColumn column, double least, bool needed) {
      return needed ? table.number(at, column, least, kMostPeople)
                    : table.optional_number(at, column, least, kMostPeople).value_or(0.0);
    };
    people.zones[z].active = people_of(active, 1, !people.zones[z].in_commuters);
    people.zones[z].unemployed = people_of(idle, 0, !people.zones[z].in_commuters);
    people.zones[z].jobs = people_of(jobs, 0, !people.zones[z].out_commuters);
    if (people.zones[z].active > 0.0 && people.zones[z].unemployed > people.zones[z].active)
      table.complain(row, idle, "more unemployed than active residents");
    told[z] = true;
  }
  for (std::size_t z = 0; z < codes.size() && code && zone; ++z) {
    if (told[z] || codes.repeats(z)) continue;
    model.complain(fmt::format("zone '{}' has neither in_commuters and out_commuters nor a row in the external zones",
                               codes.code(z)));
  }
}

void read_occupations(PackFiles& files, const DataPack& pack, PeoplePack& people) {
  CodeList codes("occupation", {});
  {
    const PackTable table = files.model("occupations").or_nothing();
    const CodeList levels("level", {"high", "other"});
    const auto code = table.column("code"), domain = table.column("domain"), level = table.column("level"),
               en = table.column("label_en"), fr = table.column("label_fr");
    for (std::size_t row = 0; row < table.rows(); ++row) {
      OccupationData o;
      o.code = table.text(row, code);
      o.domain = table.text(row, domain);
      o.high = levels.row_of(table, row, level) == 0u;
      o.label_en = table.text(row, en);
      o.label_fr = table.text(row, fr);
      people.occupations.push_back(std::move(o));
    }
    codes = unique_codes(table, code, "occupation");
    if (people.occupations.size() > 255) table.complain("has more than 255 occupations");
    if (people.occupations.empty()) {
      if (table.csv().columns() > 0) table.complain("has no occupation");
      return;  // else every row of what follows would be complained of
    }
  }
  {
    const PackTable table = files.model("occupation_facts");
    const auto code = table.column("code"), wage = table.column("median_wage_eur"),
               exit = table.column("exit_relative"), tension = table.column("tension_index"),
               seekers = table.column("jobseekers_thousands"), region = table.column("employed_region");
    const std::array<PackColumn, kDiplomas> diploma{table.column("edu_none"), table.column("edu_cap"),
                                                    table.column("edu_bac"), table.column("edu_bac2"),
                                                    table.column("edu_bac3")};
    for (const auto& [row, k] : keyed_rows(table, {{codes, code}})) {
      OccupationData& o = people.occupations[k];
      o.wage_net = table.number(row, wage, 1, 1e5);
      o.relative_exit = table.number(row, exit, 0, 100);
      o.tension = table.number(row, tension, -10, 10);
      o.seekers = table.number(row, seekers, 0, 1e6);
      o.employed_region = table.number(row, region, 0, 1e8);
      for (std::size_t d = 0; d < kDiplomas; ++d) o.diploma[d] = table.number(row, diploma[d], 0, 1);
    }
  }
  // Fine occupations of the national matrix, joined into the groups of the model.
  // A combination without a row is not joined.
  const PackTable joins = files.model("occupation_fap").or_nothing();
  const CodeList fine = distinct_codes(joins, joins.column("fap"), "FAP of occupation_fap");
  std::vector<std::vector<std::pair<std::size_t, double>>> groups(fine.size());
  {
    const auto fap = joins.column("fap"), occupation = joins.column("occupation"), weight = joins.column("weight");
    std::vector<double> sums(fine.size());
    std::vector<bool> reached(codes.size(), false);
    for (const auto& [row, key] : keyed_rows(joins, {{fine, fap}, {codes, occupation}}, Absent::kMeansNone)) {
      const std::size_t f = key / codes.size(), o = key % codes.size();
      groups[f].emplace_back(o, joins.number(row, weight, 0, 1));
      sums[f] += groups[f].back().second;
      reached[o] = true;
    }
    if (!fap || !occupation || !weight) return;
    for (std::size_t f = 0; f < fine.size(); ++f) {
      if (std::fabs(sums[f] - 1.0) > kWeightSlack)
        joins.complain(fmt::format("the weights of FAP '{}' sum to {:.6g}, not to 1", fine.code(f), sums[f]));
    }
    for (std::size_t o = 0; o < codes.size(); ++o) {
      if (!reached[o] && !codes.repeats(o))
        joins.complain(fmt::format("occupation '{}' is made of no FAP", codes.code(o)));
    }
  }
  // A cell without a row has no jobs; a FAP or a sector without any row is an error of the file.
  people.staffing.assign(pack.sectors.size() * codes.size(), 0.0);
  const CodeList sectors = sectors_of(pack);
  const PackTable table = files.source("occupations_by_sector");
  const auto fap = table.column("fap"), a38 = table.column("a38"), jobs = table.column("employed_thousands");
  if (!fap || !a38 || !jobs) return;
  const CodeList branches = distinct_codes(table, a38, "sector");
  std::vector<bool> has_fap(fine.size(), false), has_sector(sectors.size(), false);
  for (const auto& [row, key] : keyed_rows(table, {{fine, fap}, {branches, a38}}, Absent::kMeansNone)) {
    const std::size_t f = key / branches.size();
    has_fap[f] = true;
    if (is_left_out(sectors, table.text(row, a38))) continue;
    const auto s = sector_of_source(sectors, table, row, a38);
    if (!s) continue;
    has_sector[*s] = true;
    for (const auto& [o, weight] : groups[f])
      people.staffing[*s * codes.size() + o] += weight * table.number(row, jobs, 0, 1e6);
  }
  for (std::size_t f = 0; f < fine.size(); ++f) {
    if (!has_fap[f]) table.complain(fmt::format("FAP '{}' has no row", fine.code(f)));
  }
  for (std::size_t s = 0; s < sectors.size(); ++s) {
    if (!has_sector[s] && !sectors.repeats(s)) table.complain(fmt::format("sector '{}' has no row", sectors.code(s)));
  }
}

void read_figures(PackFiles& files, PeoplePack& people) {
  people.in_share = files.anchor("commuting.in_share", 0, 0.99);
  people.out_share = files.anchor("commuting.out_share", 0, 0.99);
  people.mining_share = files.anchor("commuting.mining_basin_share", 0, 1);
  people.age_65_share = files.anchor("residents.employed_65_share", 0, 1);
  const std::array<std::string, 3> bands{"15_24", "25_54", "55_64"};
  double employed = 0.0, idle = 0.0;
  for (std::size_t b = 0; b < 3; ++b) {
    const double active = files.anchor("residents.active_" + bands[b], 0, 1e9);
    people.employed_by_age[b] = files.anchor("residents.employed_" + bands[b], 0, 1e9);
    people.unemployed_by_age[b] = std::max(0.0, active - people.employed_by_age[b]);
    employed += people.employed_by_age[b];
    idle += people.unemployed_by_age[b];
  }
  for (std::size_t b = 0; b < 3; ++b) {
    if (employed > 0.0) people.employed_by_age[b] /= employed * (1.0 + people.age_65_share);
    if (idle > 0.0) people.unemployed_by_age[b] /= idle;
  }
  people.employed_by_age[3] = people.age_65_share / (1.0 + people.age_65_share);
  people.km_inside = files.anchor("commuting.mean_km_inside", 0.1, 1000);
  people.km_all = files.anchor("commuting.mean_km_all", 0.1, 1000);
  people.long_term_share = files.anchor("unemployment.long_term_share", 0.1, 0.65);
  people.registered_halo = files.anchor("unemployment.registered_halo_share", 0, 1);
  people.registered_employed = files.anchor("unemployment.registered_employed_share", 0, 1);
  people.wage_intercept = files.anchor("wages.regression_intercept_eur", -100, 100);
  people.wage_slope = files.anchor("wages.regression_slope", -1, 1);
  people.wage_growth = files.anchor("wages.growth_per_year", -0.5, 0.5);
  people.wage_years = 4.0;
  people.residual_sd = files.anchor("wages.residual_sd", 0, 2);
  people.net_to_gross = files.anchor("wages.net_to_gross", 0.1, 1);
  people.hours = files.anchor("wages.hours_per_month", 1, 400);
}

}  // namespace

PeoplePack read_people(PackFiles& files, const DataPack& pack) {
  PeoplePack people;
  read_communes(files, pack, people);
  read_zones(files, pack, people);
  read_occupations(files, pack, people);
  read_figures(files, people);
  return people;
}

}  // namespace metier::synthesis
