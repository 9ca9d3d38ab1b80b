#include "models/synthesis/final_demand.hpp"

#include <algorithm>
#include <numeric>

namespace metier::synthesis {

SpendingPattern spending_pattern(const NationalTable& table, const RetailTable& retail) {
  const std::size_t goods = retail.goods, categories = retail.categories;
  SpendingPattern p{std::vector<double>(goods), std::vector<double>(categories, 0.0),
                    std::vector<double>(categories, 0.0), std::vector<double>(categories * goods, 0.0)};
  double all = 0.0;
  for (std::size_t g = 0; g < goods; ++g)
    all += p.good_share[g] = table.households_domestic[g] + table.households_imported[g];
  for (double& share : p.good_share) share /= all;
  for (std::size_t k = 0; k < categories; ++k) {
    double margin = 0.0, behind = 0.0;
    double* mix = p.mix.data() + k * goods;
    for (std::size_t g = 0; g < goods; ++g) {
      const double spent = p.good_share[g] * retail.share[g * categories + k];
      (g == retail.outlet_good[k] ? margin : behind) += spent;
      if (g != retail.outlet_good[k]) mix[g] = spent;
    }
    p.category_share[k] = margin + behind;
    if (p.category_share[k] > 0.0) p.margin[k] = margin / p.category_share[k];
    for (std::size_t g = 0; g < goods; ++g) mix[g] = behind > 0.0 ? mix[g] / behind : 0.0;
  }
  return p;
}

std::vector<double> investment_mix(const NationalTable& table, double investment, double dwellings,
                                   std::size_t dwelling_good) {
  const std::size_t goods = table.size();
  std::vector<double> mix(goods);
  double all = 0.0;
  for (std::size_t g = 0; g < goods; ++g)
    all += mix[g] = std::max(0.0, table.investment_domestic[g] + table.investment_imported[g]);
  double left = 0.0;
  for (std::size_t g = 0; g < goods; ++g) {
    mix[g] = mix[g] / all * (investment + dwellings);
    if (g == dwelling_good) mix[g] = std::max(0.0, mix[g] - dwellings);
    left += mix[g];
  }
  for (double& share : mix) share /= left;
  return mix;
}

std::vector<double> domestic_shares(std::span<const double> domestic, std::span<const double> imported) {
  std::vector<double> shares(domestic.size());
  for (std::size_t g = 0; g < shares.size(); ++g) {
    const double all = domestic[g] + imported[g];
    shares[g] = all > 0.0 ? std::clamp(domestic[g] / all, 0.0, 1.0) : 1.0;
  }
  return shares;
}

std::vector<double> exports_by_zone(const NationalTable& table, std::span<const double> output,
                                    std::span<const double> exports, double nwe_share) {
  const std::size_t goods = table.size();
  std::vector<double> zones(3 * goods, 0.0);
  for (std::size_t g = 0; g < goods; ++g) {
    const double rate = table.output[g] > 0.0 ? table.exports[g] / table.output[g] : 0.0;
    const double abroad = std::min(exports[g], rate * output[g]);
    zones[g] = exports[g] - abroad;
    zones[goods + g] = nwe_share * abroad;
    zones[2 * goods + g] = abroad - zones[goods + g];
  }
  return zones;
}

std::vector<double> pool_shares(std::span<const double> output, std::span<const double> sold,
                                std::span<const std::uint16_t> good, std::span<double> left) {
  std::vector<double> shares(output.size());
  std::fill(left.begin(), left.end(), 0.0);
  for (std::size_t j = 0; j < output.size(); ++j) left[good[j]] += shares[j] = std::max(0.0, output[j] - sold[j]);
  for (std::size_t j = 0; j < output.size(); ++j) shares[j] = left[good[j]] > 0.0 ? shares[j] / left[good[j]] : 0.0;
  return shares;
}

}  // namespace metier::synthesis
