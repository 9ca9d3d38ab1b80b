#pragma once
#include "models/synthesis/final_demand.hpp"
#include "models/synthesis/pack.hpp"
#include "models/synthesis/regional_table.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace metier::synthesis {

/// Which exponent of Huff's law a category has.
inline constexpr std::array<std::string_view, 4> kDistanceClasses{"daily", "weekly", "comparison", "services"};
inline constexpr std::uint8_t kNoCategory = 0xFF;

struct GoodData {
  std::string code, label_en, label_fr;
  bool storable = false;
  bool energy = false;
  double inventory_days = 0.0;    ///< target stock of the good held as an input, days of use
  std::string production_series;  ///< monthly series that tilts outside demand; "none"
};

struct RetailCategory {
  std::string code, label_en, label_fr;
  std::uint8_t distance_class = 0;  ///< place in kDistanceClasses
  double ecommerce_weight = 0.0;    ///< share bought on line relative to the mean of shops
};

/// What the data pack says about goods, trade, shops and the money of households, checked: the input of build_economy.
struct EconomyPack {
  std::vector<GoodData> goods;
  NationalTable table;                     ///< by good, M EUR of the data year
  SquareMatrix criticality;                ///< input x user: 0, 0.5, 1
  std::vector<double> location_quotients;  ///< by good
  double employment_share = 0.0;           ///< of the country's employees
  std::size_t dwelling_good = 0;           ///< construction, which makes dwellings
  std::size_t housing_good = 0;            ///< real estate: the services of dwellings, imputed rents included

  std::vector<double> nonmarket_share, capital_years, loan_factor;  ///< by sector

  std::vector<RetailCategory> categories;
  RetailTable retail;
  std::vector<std::uint8_t> category_of_naf;  ///< by NAF sub-class; kNoCategory: not an outlet
  std::vector<double> m2_of_naf;              ///< sales area per job
  std::vector<double> zone_jobs;              ///< by external zone; 0 where the source has none

  std::vector<double> median_income;  ///< by commune, EUR/year per consumption unit
  std::vector<double> commune_households;

  double loan_to_capital = 0.0;
  std::array<double, 5> deposits_years{};  ///< deposits by quintile, years of income

  /// Household accounts of the region, EUR per inhabitant and year.
  struct HouseholdAccounts {
    double compensation = 0.0, contributions = 0.0, mixed_income = 0.0, property_received = 0.0, property_paid = 0.0;
    double benefits = 0.0, transfers_received = 0.0, transfers_paid = 0.0, income_tax = 0.0, disposable_income = 0.0;
  } households;

  /// Orders of magnitude that the result is held against, M EUR/year.
  double region_gdp = 0.0, region_investment = 0.0, value_added = 0.0, output = 0.0, labour_share = 0.0;
  double local_purchases = 0.0, exports_share = 0.0, shop_share = 0.0;
};

/// Reads and checks the files; `pack` gives sectors, goods, NAF, communes and zones. Problems of all files go to the
/// pack's list.
EconomyPack read_economy_pack(PackFiles& files, const DataPack& pack);

}  // namespace metier::synthesis
