#include "models/synthesis/retail_fit.hpp"

#include "sim/core/error.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace metier::synthesis {

namespace {

constexpr int kMostFitRounds = 20000;
constexpr double kTolerance = 1e-13;

std::vector<double> deterrence_of(const ShoppingMarket& m) {
  std::vector<double> deterrence(m.communes * m.places);
  for (std::size_t pair = 0; pair < deterrence.size(); ++pair) {
    deterrence[pair] = math::pow(static_cast<double>(m.minutes[pair]), -m.gamma);
  }
  return deterrence;
}

/// What each place takes in with the given attractions.
void inflows(const ShoppingMarket& m, std::span<const double> deterrence, std::span<const double> attraction,
             std::span<double> inflow) {
  std::fill(inflow.begin(), inflow.end(), 0.0);
  for (std::size_t c = 0; c < m.communes; ++c) {
    if (m.spending[c] <= 0.0) continue;
    const double* reach = deterrence.data() + c * m.places;
    double total = 0.0;
    for (std::size_t z = 0; z < m.places; ++z) total += attraction[z] * reach[z];
    if (total <= 0.0) continue;
    const double per_pull = m.spending[c] / total;
    for (std::size_t z = 0; z < m.places; ++z) inflow[z] += per_pull * attraction[z] * reach[z];
  }
}

double sum(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

double outside_share(const ShoppingMarket& m) {
  std::vector<double> inflow(m.places);
  inflows(m, deterrence_of(m), m.start, inflow);
  const double all = sum(inflow);
  return all > 0.0 ? sum(std::span<const double>(inflow).subspan(m.communes)) / all : 0.0;
}

std::vector<double> fit_attractions(const ShoppingMarket& m, std::span<const double> turnover) {
  const std::vector<double> deterrence = deterrence_of(m);
  std::vector<double> attraction(m.start.begin(), m.start.end()), inflow(m.places);
  for (std::size_t z = 0; z < m.communes; ++z) {
    if (turnover[z] <= 0.0) attraction[z] = 0.0;
  }
  const double spending = sum(m.spending), kept = sum(turnover);
  const double left = spending - kept;
  METIER_REQUIRE(left > -1e-9 * spending, "outlets are to take more than is spent");
  const bool poles = sum(std::span<const double>(attraction).subspan(m.communes)) > 0.0;
  METIER_REQUIRE(poles || left <= 1e-9 * spending, "spending is left and there is no place outside to take it");
  const bool reached = kept <= 0.0 || [&] {
    for (int round = 0; round < kMostFitRounds; ++round) {
      inflows(m, deterrence, attraction, inflow);
      const double outside = sum(std::span<const double>(inflow).subspan(m.communes));
      double error = 0.0;
      for (std::size_t z = 0; z < m.communes; ++z) {
        if (turnover[z] <= 0.0) continue;
        const double factor = turnover[z] / inflow[z];
        error = std::max(error, std::fabs(factor - 1.0));
        attraction[z] *= factor;
      }
      if (outside > 0.0) {
        const double factor = std::max(0.0, left) / outside;
        for (std::size_t z = m.communes; z < m.places; ++z) attraction[z] *= factor;
      }
      if (error < kTolerance) return true;
    }
    return false;
  }();
  METIER_REQUIRE(reached, "attractions of outlets do not settle");

  double level = 0.0;
  for (std::size_t z = 0; z < m.communes; ++z) {
    if (turnover[z] > 0.0) level += turnover[z] / kept * math::log(attraction[z] / m.start[z]);
  }
  const double scale = math::exp(-level);
  for (double& w : attraction) w *= scale;
  return attraction;
}

}  // namespace metier::synthesis
