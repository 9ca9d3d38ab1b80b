#pragma once
#include "models/firms/columns.hpp"
#include "models/firms/params.hpp"
#include "models/io/columns.hpp"
#include "models/io/params.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"

/// Rules of runs over a user's own table (`space: none`): final demand and shocks by month from CSV, production limited
/// by given capacities, the step of ARIO-Psi, the closure of households by labour coefficients. Everything else
/// (orders, links, rationing, prices) is the same code as in the territory. Verified by the cases of scenarios/verify.
namespace metier::io {

/// Paths of a user's table: row = month * sectors + sector; month 0 is the state before the first month. After the last
/// month of the path its values hold.
struct TablePath {
  static constexpr TableInfo info{"table_path", "one row per (month, sector of the user's table)"};
};
struct FinalDemandPath : ColumnOf<double, TablePath> {
  static constexpr ColumnInfo info{"table_path.final_demand", "1/month", "final demand for the sector, shocks applied"};
};
struct CapacityLossPath : ColumnOf<double, TablePath> {
  static constexpr ColumnInfo info{"table_path.capacity_loss", "share", "share of capacity lost"};
};
struct ValueAddedPath : ColumnOf<double, TablePath> {
  static constexpr ColumnInfo info{"table_path.value_added", "1", "value added per unit of output"};
};
struct PricePath : ColumnOf<double, TablePath> {
  static constexpr ColumnInfo info{"table_path.price", "1", "factor on the price of the sector"};
};
struct ImportFillPath : ColumnOf<double, TablePath> {
  static constexpr ColumnInfo info{"table_path.import_fill", "share",
                                   "share of orders placed outside that is delivered"};
};

struct InitialOutput : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.initial_output", "1/month",
                                   "output x0 of the user's table, per establishment"};
};
struct DesiredOutput : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.desired_output", "1/month",
                                   "output that demand and capacity allow, before inputs"};
};
struct Overproduction : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.overproduction", "1", "overproduction factor alpha of ARIO"};
};
struct CapacityLoss : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.capacity_loss", "share", "share of capacity lost this month"};
};
struct StaffedOutput : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.staffed_output", "1/month", "output that the staff on the books can make"};
};
struct LabourCoefficient : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.labour_coefficient", "1", "labour income per unit of output"};
};
struct ConsumptionShare : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.consumption_share", "share",
                                   "share of spent labour income that goes to the establishment"};
};
struct UnmetFinal : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.unmet_final", "1/month", "final demand that was not delivered"};
};

struct TableMonth {
  In<firms::SectorOf> sector;
  In<firms::SectorGood> sectors;  ///< for their number
  In<FinalDemandPath> final_demand;
  In<CapacityLossPath> capacity_loss;
  In<ValueAddedPath> value_added;
  In<ImportFillPath> import_fill;
  Out<firms::OrderExport> order;
  Out<CapacityLoss> loss;
  Out<firms::OtherCost> other_cost;
  Out<ImportFill> fill;
};
/// Final demand, losses of capacity, value added and imports of this month, from the paths; the establishments of a
/// sector share its final demand evenly.
void follow_table(const Step& step, const Params& params, TableMonth view);

/// Takes the shock of kind `price` of last month off the prices, so that it acts in its month only.
void lift_price_shock(const Step& step, In<firms::SectorOf> sector, In<firms::SectorGood> sectors, In<PricePath> path,
                      InOut<firms::Price> price);

/// A shock of kind `price` multiplies the price of the month.
void shock_prices(const Step& step, In<firms::SectorOf> sector, In<firms::SectorGood> sectors, In<PricePath> path,
                  InOut<firms::Price> price);

/// Expected demand is what was made last month: the orders of a Leontief round are A x(t - 1).
void expect_output(const Step& step, In<firms::Output> output, Out<firms::ExpectedDemand> expected);

/// Expected demand is what was ordered last month: the null model of firms, where stocks are held.
void expect_orders(const Step& step, In<firms::Orders> orders, Out<firms::ExpectedDemand> expected);

/// Households spend the labour income of last month (type II).
/// Equation  order_j = c_j s sum_i w_i x_i(t - 1), s the share of income that is spent
void spend_labour_income(const Step& step, const double& spend, In<firms::Output> output, In<LabourCoefficient> labour,
                         In<ConsumptionShare> share, Out<firms::OrderHousehold> order);

/// Orders towards the stock of t = 0 (mode `pichler_daily`).
/// Equation  O_gi = max(0, a_gi d_i + (n_g a_gi x0_i - S_gi) / tau)          Source  Pichler et al. (2022), eq. 4
void order_inputs_fixed_target(const Step& step, const Params& params, In<InputFirm> firm, In<Coefficient> coefficient,
                               In<TargetMonths> months, In<Stock> stock, In<firms::Orders> orders,
                               In<InitialOutput> initial, Out<InputOrder> order);

struct TableProduction {
  In<firms::Orders> orders;
  In<InitialOutput> initial;
  In<CapacityLoss> loss;
  In<InputBegin> begin;
  In<InputCount> count;
  In<Coefficient> coefficient;
  In<Criticality> criticality;
  InOut<Stock> stock;
  InOut<StaffedOutput> staffed;
  Out<firms::Capacity> capacity;
  Out<firms::OutputNow> now;
  Out<firms::Output> output;
  Out<firms::BoundBy> bound;
  Out<firms::InputShortfall> shortfall;
};
/// Production of all modes but ARIO-Psi, at the step of the publication.
///
/// Equations x = min(d, cap, limit of inputs with x_ref = x0); use_g = min(a_g x, S_g)
///           null model of firms: cap = x0 (1 - loss) in a month with a loss, else none
///           firms.mode default:  cap = min(l, x0 (1 - loss)); then l <- cap + gamma (min(d, limit of inputs) - cap),
///           gamma = firms.hire_speed upwards, firms.fire_speed downwards, 0 <= l <= x0
/// Symbols   l output that the staff can make, x0 at t = 0
/// Source    Pichler et al. (2022), J. Econ. Dyn. Control 144, eq. 7-9 (hiring and firing), to be checked
void produce_table(const Step& step, const Params& params, const firms::Params& firms, TableProduction view);

/// Orders of ARIO-Psi, placed on what was made last month.
/// Equation  O = A x + max(0, n A x_o - S) / tau, x_o desired output                         Source  BoARIO, order type
/// noalt
void order_inputs_ario(const Step& step, const Params& params, In<InputFirm> firm, In<Coefficient> coefficient,
                       In<TargetMonths> months, In<Stock> stock, In<firms::Output> output, In<DesiredOutput> desired,
                       Out<InputOrder> order);

struct ArioProduction {
  In<firms::Orders> orders;
  In<InitialOutput> initial;
  In<CapacityLoss> loss;
  In<InputBegin> begin;
  In<InputCount> count;
  In<Coefficient> coefficient;
  In<TargetMonths> months;
  InOut<Stock> stock;
  InOut<Overproduction> alpha;
  InOut<firms::Output> output;
  Out<firms::OutputNow> now;
  Out<DesiredOutput> desired;
  Out<firms::Capacity> capacity;
  Out<firms::BoundBy> bound;
  Out<firms::InputShortfall> shortfall;
};
/// Production of ARIO-Psi.
///
/// Equations z = (d - x(t-1)) / d, not clipped; alpha += (alpha_max - alpha) z / tau_a + (1 - alpha) [z = 0] / tau_a,
/// at least
///           1, from the second month on; x_o = min(d, alpha (1 - loss) x0); x = x_o min_g(1, S_g / (psi n_g a_g x_o))
/// Source    Hallegatte (2013), Risk Analysis 34; BoARIO (commit ecd475f), whose order of operations is kept
void produce_ario(const Step& step, const Params& params, ArioProduction view);

struct VolumeDelivery {
  In<InputGood> good;
  In<InputOrder> order;
  In<ShareRof> outside;
  In<LinkBegin> link_begin;
  In<LinkCount> link_count;
  In<Supplier> supplier;
  In<LinkShare> link_share;
  In<firms::FillIntermediate> fill;
  In<ImportFill> import_fill;
  InOut<Stock> stock;
  Out<Delivered> delivered;
};
/// Deliveries reach the stocks, in the unit of the user's table: no money moves in a world without accounts.
///
/// Equation  delivered_k = O_k (sum_e share_e fill_e + share_outside import_fill_g);  S += delivered
void deliver_volumes(const Step& step, VolumeDelivery view);

/// Final demand that was ordered and not delivered.
void count_unmet(const Step& step, In<firms::OrderExport> order, In<firms::OrderHousehold> households,
                 In<firms::FillOther> fill, In<firms::FillHousehold> fill_household, Out<UnmetFinal> unmet);

}  // namespace metier::io
