#include "models/synthesis/economy_pack.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>

namespace metier::synthesis {

namespace {

constexpr std::string_view kDwellingGood = "FZ", kHousingGood = "LZ";

void read_goods(PackFiles& files, const DataPack& pack, EconomyPack& out) {
  const CodeList codes = goods_of(pack);
  out.goods.resize(codes.size());
  const PackTable table = files.model("goods");
  const auto code = table.column("code"), en = table.column("label_en"), fr = table.column("label_fr"),
             storable = table.column("storable"), energy = table.column("energy"),
             days = table.column("inventory_days"), series = table.column("production_series");
  for (const auto& [row, g] : keyed_rows(table, {{codes, code}})) {
    out.goods[g] = {codes.code(g),
                    table.text(row, en),
                    table.text(row, fr),
                    table.whole(row, storable, 0, 1) != 0.0,
                    table.whole(row, energy, 0, 1) != 0.0,
                    table.number(row, days, 0, 3650),
                    table.text(row, series)};
  }
  const auto dwelling = codes.find(kDwellingGood);
  if (!dwelling)
    table.complain(fmt::format("good '{}' (construction, which makes dwellings) is missing", kDwellingGood));
  out.dwelling_good = dwelling.value_or(0);
  const auto housing = codes.find(kHousingGood);
  if (!housing) table.complain(fmt::format("good '{}' (real estate: rents of dwellings) is missing", kHousingGood));
  out.housing_good = housing.value_or(0);
}

/// Row of the good of each industry of the table; the first good where a problem was found, so that the sums that
/// follow stay inside the table.
std::vector<std::size_t> goods_of_industries(PackFiles& files, const DataPack& pack, const CodeList& industries) {
  const CodeList sectors = sectors_of(pack);
  const PackTable map = files.source("io_sector_map");
  const auto industry = map.column("industry"), a38 = map.column("a38");
  std::vector<std::size_t> good_of(industries.size(), 0);
  for (const auto& [row, i] : keyed_rows(map, {{industries, industry}})) {
    if (const auto sector = sector_of_source(sectors, map, row, a38)) good_of[i] = pack.sectors[*sector].good;
  }
  return good_of;
}

SquareMatrix read_flows(PackFiles& files, std::string_view role, const CodeList& industries) {
  SquareMatrix flows(industries.size());
  const std::string path = files.source_path(role);
  if (path.empty()) return flows;
  const CsvMatrix matrix = read_matrix(path, true, files.problems());
  const PackTable table(matrix.table, files.problems());
  if (table.csv().columns() == 0) return flows;
  if (keyed_rows(table, {{industries, PackColumn(0)}}).size() < industries.size() ||
      matrix.rows.size() != industries.size() || matrix.columns.size() != industries.size()) {
    return flows;  // told
  }
  for (std::size_t k = 0; k < industries.size(); ++k) {
    if (matrix.rows[k] == industries.code(k)) continue;
    table.complain(k, PackColumn(0), "the industries are not in the order of the accounts");
    return flows;
  }
  for (std::size_t k = 0; k < matrix.values.size(); ++k) {
    if (matrix.values[k] < 0.0) {
      const std::size_t row = k / industries.size(), column = k % industries.size();
      files.problems().add(matrix.place(row, column),
                           fmt::format("the flow from '{}' to '{}' is {}, flows are not negative", industries.code(row),
                                       industries.code(column), matrix.values[k]));
    }
  }
  flows.cells = matrix.values;
  return flows;
}

void read_table(PackFiles& files, const DataPack& pack, EconomyPack& out) {
  const PackTable accounts = files.source("io_accounts").or_nothing();
  const auto industry = accounts.column("industry");
  const CodeList industries = unique_codes(accounts, industry, "national industry");
  if (accounts.csv().columns() > 0 && accounts.rows() == 0) accounts.complain("has no industry");
  const std::size_t n = industries.size();
  NationalTable table(n);
  constexpr double kMost = 1e12;  // millions
  const auto add = [&](std::string_view name, std::vector<double>& to, double least = 0.0) {
    const auto column = accounts.column(name);
    for (std::size_t row = 0; row < n; ++row) to[row] += accounts.number(row, column, least, kMost);
  };
  add("output", table.output);
  add("value_added", table.value_added);
  add("taxes_less_subsidies_on_inputs", table.input_taxes, -kMost);  // subsidies may be more
  add("fd_dom_hfce", table.households_domestic);
  add("fd_imp_hfce", table.households_imported);
  add("fd_dom_ggfc", table.public_domestic);
  add("fd_dom_npish", table.public_domestic);
  add("fd_dom_gfcf", table.investment_domestic);
  add("fd_imp_gfcf", table.investment_imported);
  add("exports_intermediate", table.exports);
  add("exports_final", table.exports);
  table.domestic = read_flows(files, "io_domestic", industries);
  table.imported = read_flows(files, "io_imported", industries);
  const std::vector<std::size_t> good_of = goods_of_industries(files, pack, industries);
  const double factor = files.anchor("accounts.currency_eur_per_usd", 1e-6) *
                        files.anchor("accounts.growth_2014_2017", 0.1, 10) *
                        files.anchor("accounts.growth_2017_2018", 0.1, 10);
  out.table = aggregate(table, good_of, pack.goods.size(), factor);
  const CodeList goods = goods_of(pack);
  for (std::size_t g = 0; g < out.table.size(); ++g) {
    if (n > 0 && factor > 0.0 && !goods.repeats(g) && out.table.output[g] <= 0.0)
      accounts.complain(fmt::format("good '{}' has no output in the country", pack.goods[g]));
    const double inputs = out.table.domestic.column_sum(g) + out.table.imported.column_sum(g);
    if (inputs >= out.table.output[g] && out.table.output[g] > 0.0) {
      accounts.complain(fmt::format(
          "the inputs of good '{}' are worth {:.4g}, its output {:.4g}: coefficients must sum to less than 1",
          pack.goods[g], inputs, out.table.output[g]));
    }
  }
}

void read_sectors(PackFiles& files, const DataPack& pack, EconomyPack& out) {
  const CodeList sectors = sectors_of(pack);
  out.nonmarket_share.assign(sectors.size(), 0.0);
  out.capital_years.assign(sectors.size(), 0.0);
  out.loan_factor.assign(sectors.size(), 0.0);
  const PackTable table = files.model("sectors");
  const auto code = table.column("code"), nonmarket = table.column("nonmarket_share"),
             capital = table.column("capital_per_value_added"), loan = table.column("loan_factor");
  for (const auto& [row, s] : keyed_rows(table, {{sectors, code}})) {
    out.nonmarket_share[s] = table.number(row, nonmarket, 0, 1);
    out.capital_years[s] = table.number(row, capital, 0.01, 100);
    out.loan_factor[s] = table.number(row, loan, 0, 10);
  }
  // The quotient of a good is that of the group of its sectors.
  out.location_quotients.assign(pack.goods.size(), 0.0);
  for (const SectorData& sector : pack.sectors)
    out.location_quotients[sector.good] = pack.groups[sector.group].location_quotient;
}

void read_criticality(PackFiles& files, const DataPack& pack, EconomyPack& out) {
  const CodeList goods = goods_of(pack);
  out.criticality = SquareMatrix(goods.size());
  const PackTable table = files.model("criticality");
  const auto input = table.column("input");
  std::vector<PackColumn> users;
  for (const std::string& good : pack.goods) users.push_back(table.column(good));
  for (const auto& [row, g] : keyed_rows(table, {{goods, input}})) {
    for (std::size_t s = 0; s < goods.size(); ++s) {
      const double value = table.number(row, users[s]);  // allowed are three values only
      if (value != 0.0 && value != 0.5 && value != 1.0)
        table.complain(row, users[s], fmt::format("criticality is {}, allowed 0, 0.5, 1", value));
      out.criticality.at(g, s) = value;
    }
  }
}

void read_retail(PackFiles& files, const DataPack& pack, EconomyPack& out) {
  const CodeList goods = goods_of(pack);
  const PackTable categories = files.model("retail").or_nothing();
  const auto code = categories.column("code"), en = categories.column("label_en"), fr = categories.column("label_fr"),
             distance = categories.column("distance_class"), outlet = categories.column("outlet_good"),
             online = categories.column("ecommerce_weight");
  out.retail.goods = goods.size();
  const CodeList names = unique_codes(categories, code, "retail category");
  if (categories.csv().columns() > 0 && categories.rows() == 0) categories.complain("has no retail category");
  for (std::size_t row = 0; row < categories.rows(); ++row) {
    RetailCategory category{categories.text(row, code), categories.text(row, en), categories.text(row, fr), 0,
                            categories.number(row, online, 0, 100)};
    const std::string name = categories.text(row, distance);
    const auto found = std::find(kDistanceClasses.begin(), kDistanceClasses.end(), name);
    if (found == kDistanceClasses.end()) {
      categories.complain(row, distance, fmt::format("'{}' is not a distance class", name),
                          "one of daily, weekly, comparison, services");
    } else {
      category.distance_class = static_cast<std::uint8_t>(found - kDistanceClasses.begin());
    }
    out.categories.push_back(std::move(category));
    out.retail.outlet_good.push_back(goods.row_of(categories, row, outlet).value_or(0));
  }
  const std::size_t k = out.categories.size();
  out.retail.categories = k;
  out.retail.share.assign(goods.size() * k, 0.0);
  out.retail.direct.assign(goods.size(), 0.0);
  const PackTable where = files.model("retail_goods");
  const auto good = where.column("good"), direct = where.column("direct");
  std::vector<PackColumn> columns;
  for (const RetailCategory& category : out.categories) columns.push_back(where.column(category.code));
  for (const auto& [row, g] : keyed_rows(where, {{goods, good}})) {
    double sum = out.retail.direct[g] = where.number(row, direct, 0, 1);
    for (std::size_t c = 0; c < k; ++c) {
      if (!names.repeats(c)) sum += out.retail.share[g * k + c] = where.number(row, columns[c], 0, 1);
    }
    if (k > 0 && std::fabs(sum - 1.0) > 1e-6)
      where.complain(row, good, fmt::format("the shares of good '{}' sum to {:.6g}, not to 1", goods.code(g), sum));
    for (std::size_t c = 0; c < k && sum > 0.0; ++c) out.retail.share[g * k + c] /= sum;
    if (sum > 0.0) out.retail.direct[g] /= sum;
  }

  // A sub-class without a row is no outlet.
  std::vector<std::string> naf_codes;
  for (const NafData& naf : pack.naf) naf_codes.push_back(naf.code);
  const CodeList nafs("NAF sub-class", naf_codes);
  out.category_of_naf.assign(pack.naf.size(), kNoCategory);
  out.m2_of_naf.assign(pack.naf.size(), 0.0);
  const PackTable outlets = files.model("retail_naf");
  const auto naf = outlets.column("naf"), category = outlets.column("category"), m2 = outlets.column("m2_per_job");
  for (const auto& [row, n] : keyed_rows(outlets, {{nafs, naf}}, Absent::kMeansNone)) {
    const auto c = names.row_of(outlets, row, category);
    if (!c) continue;
    if (pack.sectors[pack.naf[n].sector].good != out.retail.outlet_good[*c]) {
      outlets.complain(row, naf,
                       fmt::format("NAF '{}' makes good '{}', but outlets of '{}' make '{}'", nafs.code(n),
                                   pack.goods[pack.sectors[pack.naf[n].sector].good], names.code(*c),
                                   pack.goods[out.retail.outlet_good[*c]]));
      continue;
    }
    out.category_of_naf[n] = static_cast<std::uint8_t>(*c);
    out.m2_of_naf[n] = outlets.number(row, m2, 0.01, 1e5);
  }
}

void read_places(PackFiles& files, const DataPack& pack, EconomyPack& out) {
  const CodeList communes = communes_of(pack), zones = zones_of(pack);
  out.median_income.assign(communes.size(), 0.0);
  out.commune_households.assign(communes.size(), 0.0);
  const PackTable facts = files.source("commune_statistics");
  const auto insee = facts.column("insee"), median = facts.column("MED19"), households = facts.column("P18_MEN");
  for (const auto& [row, c] : keyed_rows(facts, {{communes, insee}})) {
    out.median_income[c] = facts.number(row, median, kLeastIncome, kMostIncome);
    out.commune_households[c] = facts.number(row, households, 1, 1e9);
  }

  out.zone_jobs.assign(zones.size(), 0.0);
  const PackTable ring = files.source("external_zones");
  const auto zone = ring.column("zone_id"), jobs = ring.column("jobs_2018");
  for (const auto& [row, z] : keyed_rows(ring, {{zones, zone}}, Absent::kMeansNone))
    out.zone_jobs[z] = ring.optional_number(row, jobs, 0, kMostPeople).value_or(0.0);
}

void read_anchors(PackFiles& files, const DataPack& pack, EconomyPack& out) {
  const double salaried =
      std::accumulate(pack.communes.begin(), pack.communes.end(), 0.0,
                      [](double sum, const CommuneData& commune) { return sum + commune.salaried_jobs; });
  const double country = 1000.0 * files.anchor("employment.france_thousands", 1e-3);
  out.employment_share = country > 0.0 ? std::min(1.0, salaried / country) : 0.0;
  out.loan_to_capital = files.anchor("accounts.loan_to_capital", 0, 10);
  for (std::size_t q = 0; q < out.deposits_years.size(); ++q) {
    out.deposits_years[q] = files.anchor(fmt::format("money.deposits_quintile_{}", q + 1), 0, 100);
  }
  auto& h = out.households;
  h.compensation = files.anchor("households.compensation_d1", 0);
  h.contributions = files.anchor("households.contributions_d61", 0);
  h.mixed_income = files.anchor("households.mixed_income_b2a3n", 0);
  h.property_received = files.anchor("households.property_received_d4", 0);
  h.property_paid = files.anchor("households.property_paid_d4", 0);
  h.benefits = files.anchor("households.benefits_d62", 0);
  h.transfers_received = files.anchor("households.transfers_received_d7", 0);
  h.transfers_paid = files.anchor("households.transfers_paid_d7", 0);
  h.income_tax = files.anchor("households.income_tax_d5", 0);
  h.disposable_income = files.anchor("households.disposable_income_b6n", 0);
  out.region_gdp = files.anchor("calibration.gdp_fre1", 0);
  out.region_investment = files.anchor("calibration.gfcf_fre1_total", 0);
  out.value_added = files.anchor("calibration.value_added_mel", 0);
  out.output = files.anchor("calibration.output_mel", 0);
  out.labour_share = files.anchor("accounts.labour_share", 0.01, 1);
  out.local_purchases = files.anchor("calibration.local_purchases", 0.01, 1);
  out.exports_share = files.anchor("calibration.exports_share", 0.01, 1);
  out.shop_share = files.anchor("calibration.shop_share", 0.01, 1);
}

}  // namespace

EconomyPack read_economy_pack(PackFiles& files, const DataPack& pack) {
  EconomyPack out;
  read_goods(files, pack, out);
  read_table(files, pack, out);
  read_sectors(files, pack, out);
  read_criticality(files, pack, out);
  read_retail(files, pack, out);
  read_places(files, pack, out);
  read_anchors(files, pack, out);
  return out;
}

}  // namespace metier::synthesis
