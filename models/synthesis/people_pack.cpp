#include "models/synthesis/people_pack.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <map>

namespace metier::synthesis {

namespace {

std::vector<std::string> commune_codes(const DataPack& pack) {
  std::vector<std::string> codes;
  for (const CommuneData& c : pack.communes) codes.push_back(c.code);
  return codes;
}

void read_communes(PackFiles& files, const DataPack& pack, PeoplePack& people) {
  people.communes.resize(pack.communes.size());
  const CodeList codes("commune", commune_codes(pack));
  const PackTable table = files.source("commune_statistics");
  const auto code = table.column("insee"), active = table.column("P18_ACT1564"), idle = table.column("P18_CHOM1564"),
             income = table.column("MED19");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto c = codes.row_of(table, row, code);
    if (!c) continue;
    CommunePeople& commune = people.communes[*c];
    commune.active = table.number(row, active, 0, 1e7);
    commune.unemployed = table.number(row, idle, 0, 1e7);
    commune.living_standard = table.number(row, income, 1, 1e6);
    if (commune.unemployed > commune.active) table.complain(row, idle, "more unemployed than active residents");
  }
  const PackTable wages = files.source("wages_by_commune");
  const auto place = wages.column("insee"), all = wages.column("all");
  for (std::size_t row = 0; row < wages.rows(); ++row) {
    if (const auto c = codes.row_of(wages, row, place))
      people.communes[*c].hourly_wage = wages.number(row, all, 1, 1000);
  }
}

void read_zones(PackFiles& files, const DataPack& pack, PeoplePack& people) {
  people.zones.resize(pack.external_zones.size());
  std::vector<std::string> names;
  for (const ExternalZoneData& zone : pack.external_zones) names.push_back(zone.code);
  const CodeList codes("zone", names);
  const PackTable table = files.source("external_zones");
  const auto code = table.column("zone_id"), active = table.column("active_15_64_2018"),
             idle = table.column("unemployed_15_64_2018"), jobs = table.column("jobs_2018");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto z = codes.row_of(table, row, code);
    if (!z) continue;
    people.zones[*z].active = table.optional_number(row, active).value_or(0.0);
    people.zones[*z].unemployed = table.optional_number(row, idle).value_or(0.0);
    people.zones[*z].jobs = table.optional_number(row, jobs).value_or(0.0);
  }
  const PackTable model = files.model("zones");
  const auto zone = model.column("zone"), mining = model.column("mining_basin"), in = model.column("in_commuters"),
             out = model.column("out_commuters");
  for (std::size_t row = 0; row < model.rows(); ++row) {
    const auto z = codes.row_of(model, row, zone);
    if (!z) continue;
    people.zones[*z].mining_basin = model.number(row, mining, 0, 1) > 0.0;
    people.zones[*z].in_commuters = model.optional_number(row, in);
    people.zones[*z].out_commuters = model.optional_number(row, out);
  }
}

void read_occupations(PackFiles& files, const DataPack& pack, PeoplePack& people) {
  std::vector<std::string> names;
  {
    const PackTable table = files.model("occupations");
    const auto code = table.column("code"), domain = table.column("domain"), level = table.column("level"),
               en = table.column("label_en"), fr = table.column("label_fr");
    for (std::size_t row = 0; row < table.rows(); ++row) {
      OccupationData o;
      o.code = table.text(row, code);
      o.domain = table.text(row, domain);
      o.high = table.text(row, level) == "high";
      o.label_en = table.text(row, en);
      o.label_fr = table.text(row, fr);
      names.push_back(o.code);
      people.occupations.push_back(std::move(o));
    }
    if (people.occupations.size() > 255) table.complain("has more than 255 occupations");
    if (people.occupations.empty()) {
      table.complain("has no occupation");
      return;  // else every row of what follows would be complained of
    }
  }
  const CodeList codes("occupation", names);
  {
    const PackTable table = files.model("occupation_facts");
    const auto code = table.column("code"), wage = table.column("median_wage_eur"),
               exit = table.column("exit_relative"), tension = table.column("tension_index"),
               seekers = table.column("jobseekers_thousands"), region = table.column("employed_region");
    const std::array<PackColumn, kDiplomas> diploma{table.column("edu_none"), table.column("edu_cap"),
                                                    table.column("edu_bac"), table.column("edu_bac2"),
                                                    table.column("edu_bac3")};
    std::vector<bool> given(names.size(), false);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const auto k = codes.row_of(table, row, code);
      if (!k) continue;
      given[*k] = true;
      OccupationData& o = people.occupations[*k];
      o.wage_net = table.number(row, wage, 1, 1e5);
      o.relative_exit = table.number(row, exit, 0, 100);
      o.tension = table.number(row, tension, -10, 10);
      o.seekers = table.number(row, seekers, 0, 1e6);
      o.employed_region = table.number(row, region, 0, 1e8);
      for (std::size_t d = 0; d < kDiplomas; ++d) o.diploma[d] = table.number(row, diploma[d], 0, 1);
    }
    for (std::size_t k = 0; k < given.size() && code; ++k) {
      if (!given[k]) table.complain(fmt::format("occupation '{}' is missing", names[k]));
    }
  }
  // Fine occupations of the national matrix, joined into the groups of the model.
  std::map<std::string, std::vector<std::pair<std::size_t, double>>, std::less<>> groups;
  {
    const PackTable table = files.model("occupation_fap");
    const auto fap = table.column("fap"), occupation = table.column("occupation"), weight = table.column("weight");
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (const auto o = codes.row_of(table, row, occupation))
        groups[table.text(row, fap)].emplace_back(*o, table.number(row, weight, 0, 1));
    }
  }
  const std::size_t occupations = names.size();
  people.staffing.assign(pack.sectors.size() * occupations, 0.0);
  std::map<std::string, std::size_t, std::less<>> sectors;
  for (std::size_t s = 0; s < pack.sectors.size(); ++s) sectors[pack.sectors[s].code] = s;
  const PackTable table = files.source("occupations_by_sector");
  const auto fap = table.column("fap"), a38 = table.column("a38"), jobs = table.column("employed_thousands");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::string code = table.text(row, a38);
    if (code == "TZ") code = "SZ";
    const auto sector = sectors.find(code);
    const auto group = groups.find(table.text(row, fap));
    if (group == groups.end()) {
      table.complain(row, fap, fmt::format("'{}' is in no group of occupation_fap", table.text(row, fap)));
      continue;
    }
    if (sector == sectors.end()) continue;  // sectors that the model leaves out (UZ, ZZ)
    for (const auto& [o, weight] : group->second) {
      people.staffing[sector->second * occupations + o] += weight * table.number(row, jobs, 0, 1e6);
    }
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
