#pragma once
#include "sim/core/column.hpp"

namespace metier::firms {

/// Establishments, the unit of behaviour. Row 0 is "no establishment": it never produces, hires or pays.
struct Firm {
  static constexpr TableInfo info{"firm", "one row per establishment; row 0 is `no establishment`"};
};
inline constexpr Row kNoFirm = 0;
/// Employers outside the territory: kOutsideEmployer + external zone (0, 1, ...). Never a row of the table.
inline constexpr Row kOutsideEmployer = 0xFFFFFF00u;

/// The sectors carried by establishments (36 of A38, or the labels of the user's own table).
struct Sector {
  static constexpr TableInfo info{"sector", "one row per sector carried by establishments"};
};

enum class State : std::uint8_t { kActive = 0, kDormant = 1, kInsolvent = 2, kClosed = 3 };

/// What limited output this month.
enum class Bound : std::uint8_t { kDemand = 0, kLabour = 1, kCapital = 2, kInput = 3, kEnergy = 4 };

// ---- who and where (set at t = 0) ------------------------------------------------------------------------------
struct Key : ColumnOf<std::uint64_t, Firm> {
  static constexpr ColumnInfo info{"firm.key", "1", "lasting key, the same in every scenario"};
};
struct SectorOf : ColumnOf<std::uint16_t, Firm> {
  static constexpr ColumnInfo info{"firm.sector", "1", "row of the sector"};
};
struct GoodOf : ColumnOf<std::uint16_t, Firm> {
  static constexpr ColumnInfo info{"firm.good", "1", "row of the good that the establishment makes"};
};
struct CommuneOf : ColumnOf<std::uint8_t, Firm> {
  static constexpr ColumnInfo info{"firm.commune", "1", "row of the commune"};
};
struct Naf : ColumnOf<std::uint16_t, Firm> {
  static constexpr ColumnInfo info{"firm.naf", "1", "row of the NAF sub-class in data/model/naf.csv"};
};
struct X : ColumnOf<float, Firm> {
  static constexpr ColumnInfo info{"firm.x", "m", "easting, Lambert-93"};
};
struct Y : ColumnOf<float, Firm> {
  static constexpr ColumnInfo info{"firm.y", "m", "northing, Lambert-93"};
};
struct Group : ColumnOf<std::uint32_t, Firm> {
  static constexpr ColumnInfo info{"firm.group", "1", "0, or the number of the group of sister establishments"};
};
struct HqOutside : ColumnOf<float, Firm> {
  static constexpr ColumnInfo info{"firm.hq_outside", "share", "share of distributed profit that leaves the territory"};
};
struct BirthMonth : ColumnOf<std::int16_t, Firm> {
  static constexpr ColumnInfo info{"firm.birth_month", "month", "month of birth; month 1 is the first simulated month"};
};
struct StateOf : ColumnOf<State, Firm> {
  static constexpr ColumnInfo info{"firm.state", "1", "0 active, 1 dormant, 2 insolvent, 3 closed"};
};
struct Seasonal : ColumnOf<std::uint8_t, Firm> {
  static constexpr ColumnInfo info{"firm.seasonal", "1", "1: employer with nobody on 31 December"};
};
struct SizeClass : ColumnOf<std::uint8_t, Firm> {
  static constexpr ColumnInfo info{"firm.size_class0", "1",
                                   "size class at t = 0: 0, 1-9, 10-19, 20-49, 50+ as 0..4; 5: never an employer"};
};

// ---- people (kept up to date by labour's events) ----------------------------------------------------------------
struct Employees : ColumnOf<std::int32_t, Firm> {
  static constexpr ColumnInfo info{"firm.employees", "person", "salaried persons"};
};
struct SelfEmployed : ColumnOf<std::int32_t, Firm> {
  static constexpr ColumnInfo info{"firm.self_employed", "person", "working owners"};
};
struct WageBill : ColumnOf<std::int64_t, Firm> {
  static constexpr ColumnInfo info{"firm.wage_bill", "cent/month",
                                   "gross wages of all employees, before employer contributions"};
};
/// Capacity of labour in workers: employees + owners, or 0.2 for a unit with neither (a secondary activity).
struct SideWorkers : ColumnOf<float, Firm> {
  static constexpr ColumnInfo info{"firm.side_workers", "worker",
                                   "worker-equivalents of a unit with nobody on its books; else 0"};
};

// ---- technology -------------------------------------------------------------------------------------------------
struct Productivity : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.productivity", "kEUR2018/worker/month",
                                   "output of one worker at full use (A)"};
};
struct Capital : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.capital", "kEUR2018", "physical capital (K)"};
};
struct CapitalOutput : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.capital_output", "1/month", "output per unit of capital at full use (kcap)"};
};
struct Appeal : ColumnOf<float, Firm> {
  static constexpr ColumnInfo info{"firm.appeal", "1", "log of the idiosyncratic share of demand; 0 = neutral"};
};
struct Attraction : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.attraction", "1",
                                   "weight among the producers of its good besides its share: e^appeal (p / p_g)^-eps"};
};

// ---- plan (P4) --------------------------------------------------------------------------------------------------
struct ExpectedDemand : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.expected_demand", "kEUR2018/month", "expected orders (de)"};
};
struct Plan : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.plan", "kEUR2018/month", "planned output (Q*)"};
};
struct UnitCost : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.unit_cost", "kEUR/kEUR2018", "cost of one unit at normal output"};
};
struct OtherCost : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{
      "firm.other_cost", "kEUR/kEUR2018",
      "cost per unit besides labour, inputs and capital: input taxes, or the value added of a user's table"};
};
struct Markup : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.markup", "1", "mark-up over unit cost (mu)"};
};
struct MarkupNormal : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.markup_normal", "1", "mark-up at which the price was 1 at t = 0 (mu*)"};
};
struct Price : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.price", "1", "price of output, 1 = 2018"};
};
struct LabourTarget : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.labour_target", "worker", "wanted workers (N*)"};
};
struct HiresWanted : ColumnOf<std::int32_t, Firm> {
  static constexpr ColumnInfo info{"firm.hires_wanted", "person/month", "posts to open for growth this month"};
};
struct LayoffsWanted : ColumnOf<std::int32_t, Firm> {
  static constexpr ColumnInfo info{"firm.layoffs_wanted", "person/month", "employees to lay off this month"};
};
struct ShortTime : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.short_time", "worker",
                                   "hours not worked by staff on short-time work, in workers"};
};
struct UsualSales : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.usual_sales", "cent/month",
                                   "mean sales of the last months without a solidarity fund"};
};
struct StateAidCents : ColumnOf<std::int64_t, Firm> {
  static constexpr ColumnInfo info{"firm.state_aid", "cent/month", "short-time work and solidarity fund received"};
};
struct InvestmentPlan : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.investment_plan", "kEUR2018/month", "wanted gross investment (I)"};
};

// ---- the month in goods (P9-P12, written by io) -----------------------------------------------------------------
struct OrderHousehold : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.order_household", "kEUR2018/month",
                                   "orders of households to producers (not through shops)"};
};
struct OrderRetail : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.order_retail", "kEUR2018/month",
                                   "orders of households to outlets: trade margin or service"};
};
struct OrderPublic : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.order_public", "kEUR2018/month", "public consumption ordered"};
};
struct OrderInvestment : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.order_investment", "kEUR2018/month",
                                   "capital goods and dwellings ordered by local buyers"};
};
struct OrderExport : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.order_export", "kEUR2018/month", "orders from outside the territory"};
};
struct Orders : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.orders", "kEUR2018/month",
                                   "all orders received this month (d): intermediate and final"};
};
struct OrdersNow : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.orders_now", "kEUR2018/month",
                                   "orders of this part of the month, at a monthly rate"};
};
struct OutputNow : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.output_now", "kEUR2018/month",
                                   "output in this part of the month, at a monthly rate"};
};
struct Output : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.output", "kEUR2018/month", "output (x)"};
};
struct InputShortfall : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.input_shortfall", "kEUR2018/month",
                                   "inputs that output called for and stocks did not hold"};
};
struct Capacity : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.capacity", "kEUR2018/month", "what labour and capital allow this month"};
};
struct CapacityMean : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.capacity_mean", "kEUR2018/month", "mean capacity of some 12 months (x_ref)"};
};
struct FinishedStock : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.finished_stock", "kEUR2018", "stock of finished goods"};
};
struct Fill : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.fill", "share", "share of all orders of the month that was delivered"};
};
struct FillIntermediate : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.fill_intermediate", "share",
                                   "share of the orders of establishments that was delivered"};
};
struct FillHousehold : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.fill_household", "share",
                                   "share of the orders of households that was delivered"};
};
struct FillOther : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.fill_other", "share",
                                   "share of public, investment and export orders that was delivered"};
};
struct BoundBy : ColumnOf<Bound, Firm> {
  static constexpr ColumnInfo info{"firm.bound_by", "1",
                                   "what limited output: 0 demand, 1 labour, 2 capital, 3 input, 4 energy"};
};

// ---- shares of the pools of final demand (within the good; set at t = 0) -------------------------------------------
struct ShareHousehold : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.share_household", "share",
                                   "share of the households' direct purchases of its good"};
};
struct SharePublic : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.share_public", "share", "share of public consumption of its good"};
};
struct ShareInvestment : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.share_investment", "share", "share of local investment demand for its good"};
};
struct ShareExport : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.share_export", "share", "share of outside demand for its good"};
};

// ---- money of the month (written by tax/settlement; balances live in the ledger) -----------------------------------
struct SalesCents : ColumnOf<std::int64_t, Firm> {
  static constexpr ColumnInfo info{"firm.sales", "cent/month", "all sales delivered this month"};
};
struct PurchasesCents : ColumnOf<std::int64_t, Firm> {
  static constexpr ColumnInfo info{"firm.purchases", "cent/month", "all intermediate purchases delivered this month"};
};
struct IntermediateSalesCents : ColumnOf<std::int64_t, Firm> {
  static constexpr ColumnInfo info{"firm.intermediate_sales", "cent/month",
                                   "sales to local establishments through links"};
};
struct IntermediateCostCents : ColumnOf<std::int64_t, Firm> {
  static constexpr ColumnInfo info{"firm.intermediate_cost", "cent/month",
                                   "purchases from local establishments through links"};
};
struct InvestmentCents : ColumnOf<std::int64_t, Firm> {
  static constexpr ColumnInfo info{"firm.investment_cost", "cent/month", "paid for capital goods"};
};
struct Replacement : ColumnOf<std::int64_t, Firm> {
  static constexpr ColumnInfo info{"firm.replacement", "cent/month",
                                   "part of the investment bill that replaces worn capital"};
};
struct ProfitCents : ColumnOf<std::int64_t, Firm> {
  static constexpr ColumnInfo info{"firm.profit", "cent/month",
                                   "net profit of the month after taxes, interest and replacement"};
};
struct WageCostCents : ColumnOf<std::int64_t, Firm> {
  static constexpr ColumnInfo info{"firm.wage_cost", "cent/month", "gross wages and employer contributions paid"};
};
struct TaxCents : ColumnOf<std::int64_t, Firm> {
  static constexpr ColumnInfo info{"firm.taxes", "cent/month", "production tax and corporate tax paid"};
};
struct InterestCents : ColumnOf<std::int64_t, Firm> {
  static constexpr ColumnInfo info{"firm.interest", "cent/month", "interest paid on bank loans"};
};
struct DistributedCents : ColumnOf<std::int64_t, Firm> {
  static constexpr ColumnInfo info{"firm.distributed", "cent/month", "profit distributed: dividends or mixed income"};
};
struct ProfitMean : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.profit_mean", "cent/month",
                                   "mean profit of some 12 months that need not stay in the establishment"};
};
struct Investment : ColumnOf<double, Firm> {
  static constexpr ColumnInfo info{"firm.investment", "kEUR2018/month", "gross investment executed this month"};
};

// ---- sectors ----------------------------------------------------------------------------------------------------
struct SectorGood : ColumnOf<std::uint16_t, Sector> {
  static constexpr ColumnInfo info{"sector.good", "1", "row of the good that the sector makes"};
};
struct SectorProductivity : ColumnOf<double, Sector> {
  static constexpr ColumnInfo info{
      "sector.productivity", "kEUR2018/worker/month",
      "geometric mean of firm.productivity over the employees of t = 0, moved by the trend"};
};

}  // namespace metier::firms
