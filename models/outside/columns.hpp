#pragma once
#include "models/io/columns.hpp"
#include "sim/core/column.hpp"

namespace metier::outside {

/// Scalars of the whole economy.
struct Economy {
  static constexpr TableInfo info{"economy", "one row: scalars of the whole territory"};
};
struct InvestmentPrice : ColumnOf<double, Economy> {
  static constexpr ColumnInfo info{"economy.investment_price", "1", "price of the investment mix, 1 = 2018"};
};
struct DwellingPrice : ColumnOf<double, Economy> {
  static constexpr ColumnInfo info{"economy.dwelling_price", "1", "price of the dwelling mix, 1 = 2018"};
};
struct FiscalTransfer : ColumnOf<std::int64_t, Economy> {
  static constexpr ColumnInfo info{"economy.fiscal_transfer", "cent/month",
                                   "paid by the national budget to close the accounts of government here"};
};
struct ConsumerPrice : ColumnOf<double, Economy> {
  static constexpr ColumnInfo info{"economy.consumer_price", "1",
                                   "price of the households' basket before VAT, 1 = 2018"};
};

struct OutsidePriceLevel : ColumnOf<double, Economy> {
  static constexpr ColumnInfo info{"economy.outside_price", "1",
                                   "outside prices, mean over goods, which wages outside follow; 1 = 2018"};
};
struct OutsideProductivity : ColumnOf<double, Economy> {
  static constexpr ColumnInfo info{"economy.outside_productivity", "1",
                                   "productivity of jobs outside, 1 = 2018; moves in the last month of a year"};
};

/// The three outside economies: 0 rest of France, 1 North-West Europe, 2 rest of the world.
struct ZoneGroup {
  static constexpr TableInfo info{"zone_group", "rest of France, North-West Europe, rest of the world"};
};
inline constexpr std::size_t kRof = 0, kNwe = 1, kRow = 2, kZoneGroups = 3;
/// row = zone_group * goods + good
struct ZoneGood {
  static constexpr TableInfo info{"zone_good", "one row per (outside economy, good), good fastest"};
};

struct BaseExports : ColumnOf<double, ZoneGood> {
  static constexpr ColumnInfo info{"zone_good.exports0", "kEUR2018/month",
                                   "demand of the outside economy for local goods at t = 0"};
};
struct DemandIndex : ColumnOf<double, ZoneGood> {
  static constexpr ColumnInfo info{"zone_good.demand_index", "1", "outside demand relative to t = 0"};
};
/// Log deviation of the AR(1) part, its own state.
struct DemandDeviation : ColumnOf<double, ZoneGood> {
  static constexpr ColumnInfo info{"zone_good.demand_deviation", "1", "log deviation of outside demand from its trend"};
};
/// Observed outside demand: row = month * goods + good, month 0 = the state at t = 0; rows end with the observations.
struct MonthGood {
  static constexpr TableInfo info{"month_good", "one row per (month of the path, good), good fastest"};
};
struct ObservedDemand : ColumnOf<double, MonthGood> {
  static constexpr ColumnInfo info{"month_good.observed_demand", "1",
                                   "outside demand for the good relative to t = 0, as observed or as imposed"};
};

/// Emergency measures of the State, outside data of every scenario.
struct Emergency {
  static constexpr TableInfo info{"emergency", "one row: measures of the State in force this month"};
};
struct ShortTimeShare : ColumnOf<double, Emergency> {
  static constexpr ColumnInfo info{"emergency.short_time_share", "share",
                                   "part of the intended layoffs that short-time work suspends"};
};
struct ShortTimePay : ColumnOf<double, Emergency> {
  static constexpr ColumnInfo info{"emergency.short_time_pay", "share",
                                   "part of the net wage of the hours not worked that the State pays"};
};
struct LoanSalesShare : ColumnOf<double, Emergency> {
  static constexpr ColumnInfo info{"emergency.loan_sales_share", "share",
                                   "ceiling of a guaranteed loan relative to yearly sales"};
};
struct FundMax : ColumnOf<double, Emergency> {
  static constexpr ColumnInfo info{"emergency.fund_max", "EUR/month",
                                   "ceiling of the solidarity fund for one establishment; 0: closed"};
};
struct FundMaxEmployees : ColumnOf<double, Emergency> {
  static constexpr ColumnInfo info{"emergency.fund_max_employees", "person",
                                   "largest establishment that the fund helps"};
};
struct FundMinLoss : ColumnOf<double, Emergency> {
  static constexpr ColumnInfo info{"emergency.fund_min_loss", "share", "smallest loss of sales that the fund helps"};
};
/// The same by month: row = month * kEmergencyKeys + key, month 0 = t = 0; keys in the order of the columns above.
struct EmergencyMonth {
  static constexpr TableInfo info{"emergency_month", "one row per (month, measure of the State), measure fastest"};
};
inline constexpr std::size_t kEmergencyKeys = 6;
struct EmergencyPath : ColumnOf<double, EmergencyMonth> {
  static constexpr ColumnInfo info{"emergency_month.level", "as the measure", "level of the measure in the month"};
};

/// Public consumption of local output at t = 0 (schools, hospitals, administration).
struct BasePublic : ColumnOf<double, io::Good> {
  static constexpr ColumnInfo info{"good.public0", "kEUR2018/month", "public consumption of local output at t = 0"};
};
/// Part of local investment demand that goes to local producers, and its composition.
struct InvestmentMix : ColumnOf<double, io::Good> {
  static constexpr ColumnInfo info{"good.investment_mix", "share", "composition of investment by good; sums to 1"};
};
struct DwellingMix : ColumnOf<double, io::Good> {
  static constexpr ColumnInfo info{"good.dwelling_mix", "share",
                                   "composition of dwellings bought by households; sums to 1"};
};
struct InvestmentDemand : ColumnOf<double, io::Good> {
  static constexpr ColumnInfo info{"good.investment_demand", "kEUR2018/month",
                                   "investment ordered this month, all origins"};
};
struct InvestmentLocal : ColumnOf<double, io::Good> {
  static constexpr ColumnInfo info{"good.investment_local", "share", "part of it made locally"};
};

struct ExportCents : ColumnOf<std::int64_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.exports", "cent/month", "sales outside the territory"};
};
struct PublicCents : ColumnOf<std::int64_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.public_sales", "cent/month", "sales to government"};
};

}  // namespace metier::outside
