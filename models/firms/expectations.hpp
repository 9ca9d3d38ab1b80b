#pragma once
#include "models/firms/columns.hpp"
#include "models/firms/params.hpp"
#include "models/io/columns.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"

namespace metier::firms {

/// Log sales of a sector and the running estimate of their AR(1) growth.
struct LogSales : ColumnOf<double, Sector> {
  static constexpr ColumnInfo info{"sector.log_sales", "1",
                                   "log of the orders of the sector's establishments last month"};
};
struct SalesGrowth : ColumnOf<double, Sector> {
  static constexpr ColumnInfo info{"sector.sales_growth", "1/month", "growth of log sales last month"};
};
struct GrowthProduct : ColumnOf<double, Sector> {
  static constexpr ColumnInfo info{"sector.growth_product", "1",
                                   "discounted sum of growth times growth a month before"};
};
struct GrowthSquare : ColumnOf<double, Sector> {
  static constexpr ColumnInfo info{"sector.growth_square", "1", "discounted sum of squared growth"};
};
struct Outlook : ColumnOf<double, Sector> {
  static constexpr ColumnInfo info{"sector.outlook", "1/month", "forecast growth of the sector's sales this month"};
};

/// Forecasts each sector's sales by an AR(1) on its own log growth, re-estimated every month (expectation `outlook`).
///
/// Equation  gamma_t = rho_t g_{t-1}, rho = sum d^k g g_{-1} / sum d^k g_{-1}^2 clipped to [0, 0.9]  (README eq. 2)
/// Symbols   g growth of the log orders of the sector, d outlook_memory
/// Random    none
/// Source    Poledna et al. (2023), European Economic Review 151: firms forecast by AR(1) on their own history
void forecast_sectors(const Step& step, const Params& params, In<SectorOf> sector, In<Orders> orders,
                      InOut<LogSales> log_sales, InOut<SalesGrowth> growth, InOut<GrowthProduct> product,
                      InOut<GrowthSquare> square, Out<Outlook> outlook);

/// Adapts expected demand to the orders of last month.
///
/// Equation  de <- (de + lambda (d - de)) (1 + gamma_s)      (README eq. 1; gamma = 0 unless expectation is `outlook`)
/// Symbols   lambda = params.adapt_demand [1/month]; d = orders of last month [kEUR2018/month]
/// Random    none
void expect_demand(const Step& step, const Params& params, In<SectorOf> sector, In<Orders> orders, In<Outlook> outlook,
                   InOut<ExpectedDemand> expected);

}  // namespace metier::firms
