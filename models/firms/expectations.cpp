#include "models/firms/expectations.hpp"

#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <vector>

namespace metier::firms {

void forecast_sectors(const Step& step, const Params& params, In<SectorOf> sector, In<Orders> orders,
                      InOut<LogSales> log_sales, InOut<SalesGrowth> growth, InOut<GrowthProduct> product,
                      InOut<GrowthSquare> square, Out<Outlook> outlook) {
  if (params.expectation == Expectation::kAdaptive) {
    std::fill(outlook.begin(), outlook.end(), 0.0);
    return;
  }
  const double keep = params.outlook_memory;
  const std::size_t sectors = log_sales.size();
  const std::size_t blocks = (sector.size() + kRowBlock - 1) / kRowBlock;
  std::vector<double> partial(blocks * sectors, 0.0);
  for_each_block(sector.size(), kRowBlock, [&](std::size_t block, std::size_t begin, std::size_t end) {
    double* sums = partial.data() + block * sectors;
    for (std::size_t i = begin; i < end; ++i) sums[sector[i]] += orders[i];
  });
  for (std::size_t s = 0; s < sectors; ++s) {
    double sales = 0.0;
    for (std::size_t block = 0; block < blocks; ++block) sales += partial[block * sectors + s];
    outlook[s] = 0.0;
    if (sales <= 0.0) continue;
    const double level = math::log(sales);
    const double before = growth[s];
    const bool known = step.month > 1 || log_sales[s] != 0.0;  // the first month has no growth yet
    const double now = known && log_sales[s] != 0.0 ? level - log_sales[s] : 0.0;
    product[s] = keep * product[s] + now * before;
    square[s] = keep * square[s] + before * before;
    const double rho = square[s] > 0.0 ? std::clamp(product[s] / square[s], 0.0, 0.9) : 0.0;
    outlook[s] = rho * now;
    growth[s] = now;
    log_sales[s] = level;
  }
}

void expect_demand(const Step&, const Params& params, In<SectorOf> sector, In<Orders> orders, In<Outlook> outlook,
                   InOut<ExpectedDemand> expected) {
  const double lambda = params.adapt_demand;
  for_each_row(expected.size(), [&](std::size_t i) {
    const double adapted = expected[i] + lambda * (orders[i] - expected[i]);
    expected[i] = adapted * (1.0 + outlook[sector[i]]);
  });
}

}  // namespace metier::firms
