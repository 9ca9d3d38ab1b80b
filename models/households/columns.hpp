#pragma once
#include "models/io/columns.hpp"
#include "models/sites/columns.hpp"
#include "sim/core/column.hpp"

namespace metier::households {

/// Household accounts: row = 5 * commune + quintile of equivalised income inside the territory (0 lowest).
struct Cell {
  static constexpr TableInfo info{"cell", "one row per (commune, income quintile), quintile fastest"};
};
inline constexpr std::size_t kQuintiles = 5;

struct Households : ColumnOf<double, Cell> {
  static constexpr ColumnInfo info{"cell.households", "household", "number of households"};
};
struct Inhabitants : ColumnOf<double, Cell> {
  static constexpr ColumnInfo info{"cell.inhabitants", "person", "inhabitants of all ages"};
};
// Incomes of the month, written by settlement and labour; all in cents.
struct NetWages : ColumnOf<std::int64_t, Cell> {
  static constexpr ColumnInfo info{"cell.net_wages", "cent/month",
                                   "wages of residents after worker contributions, here and outside"};
};
struct CapitalIncome : ColumnOf<std::int64_t, Cell> {
  static constexpr ColumnInfo info{"cell.capital_income", "cent/month", "mixed income, dividends and rents received"};
};
struct Transfers : ColumnOf<std::int64_t, Cell> {
  static constexpr ColumnInfo info{"cell.transfers", "cent/month",
                                   "pensions, unemployment benefit and other transfers received"};
};
struct Taxes : ColumnOf<std::int64_t, Cell> {
  static constexpr ColumnInfo info{"cell.taxes", "cent/month", "income tax paid"};
};
struct Income : ColumnOf<std::int64_t, Cell> {
  static constexpr ColumnInfo info{"cell.income", "cent/month", "disposable income Y of the month"};
};
/// What does not follow from jobs: pensions and social transfers per month at t = 0, indexed on prices.
struct BaseTransfers : ColumnOf<double, Cell> {
  static constexpr ColumnInfo info{"cell.base_transfers", "cent/month",
                                   "pensions and transfers that do not depend on unemployment, at t = 0"};
};
/// Share of the territory's distributed profits and mixed income that goes to the cell.
struct CapitalShare : ColumnOf<double, Cell> {
  static constexpr ColumnInfo info{"cell.capital_share", "share",
                                   "share of local profit income that goes to the cell; sums to 1"};
};
struct DepositTarget : ColumnOf<double, Cell> {
  static constexpr ColumnInfo info{"cell.deposit_target", "month", "deposits at t = 0 in months of income (D*)"};
};
struct Budget : ColumnOf<std::int64_t, Cell> {
  static constexpr ColumnInfo info{"cell.budget", "cent/month", "consumption budget C including VAT"};
};
struct Budget0 : ColumnOf<double, Cell> {
  static constexpr ColumnInfo info{"cell.budget0", "cent/month", "consumption budget at t = 0 including VAT"};
};
struct Dwellings0 : ColumnOf<double, Cell> {
  static constexpr ColumnInfo info{"cell.dwellings0", "cent/month", "purchases of dwellings at t = 0"};
};
struct Spent : ColumnOf<std::int64_t, Cell> {
  static constexpr ColumnInfo info{"cell.spent", "cent/month", "consumption paid, all channels, including VAT"};
};
struct Dwellings : ColumnOf<std::int64_t, Cell> {
  static constexpr ColumnInfo info{"cell.dwellings", "cent/month", "purchases of dwellings (household investment)"};
};

struct DwellingsPaid : ColumnOf<std::int64_t, Cell> {
  static constexpr ColumnInfo info{"cell.dwellings_paid", "cent/month", "dwellings paid for, after rationing"};
};

struct SavingPlan : ColumnOf<std::int64_t, Cell> {
  static constexpr ColumnInfo info{"cell.saving_plan", "cent/month",
                                   "income that is not meant for consumption: dwellings and outside assets"};
};
struct OutsideAssets : ColumnOf<std::int64_t, Cell> {
  static constexpr ColumnInfo info{"cell.outside_assets", "cent/month", "saving placed outside the territory"};
};
struct BenefitShare : ColumnOf<double, Cell> {
  static constexpr ColumnInfo info{"cell.benefit_share", "share",
                                   "share of the commune's unemployment benefits that goes to the cell"};
};

/// Shares of household spending by good, basic prices, margins as good GZ; sums to 1.
struct SpendingShare : ColumnOf<double, io::Good> {
  static constexpr ColumnInfo info{"good.spending_share", "share",
                                   "share of the good in the spending of households (basic prices)"};
};
/// Part of the good that is bought directly, not in an outlet (rents, energy, insurance, ...).
struct DirectShare : ColumnOf<double, io::Good> {
  static constexpr ColumnInfo info{"good.direct_share", "share",
                                   "part of household purchases of the good made without an outlet"};
};
/// Of what households buy directly (not a shop's margin), the part made in the territory; the rest comes from outside.
struct LocalShare : ColumnOf<double, io::Good> {
  static constexpr ColumnInfo info{"good.household_local_share", "share",
                                   "part of the households' direct purchases made locally (RPC)"};
};

}  // namespace metier::households
