#include "models/synthesis/retail_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace metier::synthesis {
namespace {

/// Three communes and one place outside.
struct Shops {
  std::vector<float> minutes{4, 12, 20, 30, 12, 4, 9, 25, 20, 9, 4, 18, 30, 25, 18, 4};
  std::vector<double> spending{100, 300, 200};
  std::vector<double> start{50, 80, 20, 40};
  [[nodiscard]] ShoppingMarket market() const { return {3, 4, minutes, 1.7, spending, start}; }
};

/// What each place takes in, written out as in Huff's law.
std::vector<double> taken(const ShoppingMarket& m, const std::vector<double>& attraction) {
  std::vector<double> inflow(m.places, 0.0);
  for (std::size_t c = 0; c < m.communes; ++c) {
    double total = 0.0;
    for (std::size_t z = 0; z < m.places; ++z)
      total += attraction[z] * std::pow(static_cast<double>(m.minutes[c * m.places + z]), -m.gamma);
    for (std::size_t z = 0; z < m.places; ++z) {
      inflow[z] +=
          m.spending[c] * attraction[z] * std::pow(static_cast<double>(m.minutes[c * m.places + z]), -m.gamma) / total;
    }
  }
  return inflow;
}

TEST(RetailFit, OutletsTakeWhatTheyShould) {
  const Shops shops;
  const std::vector<double> turnover{150, 120, 230};
  const std::vector<double> attraction = fit_attractions(shops.market(), turnover);
  const std::vector<double> inflow = taken(shops.market(), attraction);
  for (std::size_t z = 0; z < 3; ++z) EXPECT_NEAR(inflow[z], turnover[z], 1e-12 * turnover[z]);
  EXPECT_NEAR(inflow[3], 100.0, 1e-9) << "the place outside takes the rest";
  double level = 0.0;
  for (std::size_t z = 0; z < 3; ++z) level += turnover[z] * std::log(attraction[z] / shops.start[z]);
  EXPECT_NEAR(level, 0.0, 1e-9) << "the mean of log changes is 0";
}

TEST(RetailFit, NothingMovesWhenTheStartIsRight) {
  const Shops shops;
  std::vector<double> turnover = taken(shops.market(), shops.start);
  turnover.resize(3);
  const std::vector<double> attraction = fit_attractions(shops.market(), turnover);
  for (std::size_t z = 0; z < 4; ++z) EXPECT_NEAR(attraction[z], shops.start[z], 1e-9 * shops.start[z]);
}

TEST(RetailFit, ACommuneWithoutOutletsTakesNothing) {
  Shops shops;
  shops.start[2] = 0.0;
  const std::vector<double> attraction = fit_attractions(shops.market(), std::vector<double>{250, 250, 0});
  EXPECT_EQ(attraction[2], 0.0);
  const std::vector<double> inflow = taken(shops.market(), attraction);
  EXPECT_NEAR(inflow[0], 250.0, 1e-9);
}

TEST(RetailFit, ShareOutsideFollowsHuff) {
  const Shops shops;
  const std::vector<double> inflow = taken(shops.market(), shops.start);
  EXPECT_NEAR(outside_share(shops.market()), inflow[3] / 600.0, 1e-14);
  Shops closed;
  closed.start[3] = 0.0;
  EXPECT_EQ(outside_share(closed.market()), 0.0);
}

}  // namespace
}  // namespace metier::synthesis
