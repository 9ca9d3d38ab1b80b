#pragma once
#include "models/synthesis/regional_table.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Who buys what the territory makes, besides establishments: households, government, investors, the outside world.
namespace metier::synthesis {

/// Where households buy each good, and what a category of shops is made of.
struct RetailTable {
  std::size_t goods = 0, categories = 0;
  std::vector<double> share;   ///< good x category: part of household purchases of the good made in the category
  std::vector<double> direct;  ///< by good: part made without an outlet; share and direct of a good sum to 1
  std::vector<std::size_t> outlet_good;  ///< by category: the good that its outlets make
};

/// How households spend a euro, before VAT, at basic prices.
struct SpendingPattern {
  std::vector<double> good_share;      ///< by good; margins are the good of trade; sums to 1
  std::vector<double> category_share;  ///< part of all spending that passes through the category
  std::vector<double> margin;          ///< part of it that is output of the outlet
  std::vector<double> mix;  ///< category x good: composition of the goods behind the counter, rows sum to 1 or 0
};
/// Equations H_g = domestic + imported household purchases; category_k = sum_g H_g share_gk / H;
///           margin_k = H_o share_ok / sum_g H_g share_gk, o the outlet's good: 1 for services
SpendingPattern spending_pattern(const NationalTable& table, const RetailTable& retail);

/// Composition of investment, dwellings taken out of it.
///
/// Equation  mix_g = max(0, c_g (I + H) - H [g is the dwelling good]) / sum,  c_g national composition (domestic and
/// imported) Symbols   I investment of establishments, H dwellings bought by households [any one unit]
std::vector<double> investment_mix(const NationalTable& table, double investment, double dwellings,
                                   std::size_t dwelling_good);

/// Part of domestic origin of what is bought: domestic / (domestic + imported), 1 where nothing is bought.
std::vector<double> domestic_shares(std::span<const double> domestic, std::span<const double> imported);

/// Exports by outside economy: abroad as the country exports its output, never more than the territory's exports; the
/// rest goes to the rest of the country.
///
/// Returns  outside economy x good: rest of the country, North-West Europe, rest of the world
std::vector<double> exports_by_zone(const NationalTable& table, std::span<const double> output,
                                    std::span<const double> exports, double nwe_share);

/// Each establishment's part of the pools of final demand for its good: what its links and outlets leave of its output.
///
/// Equation  share_j = r_j / sum of r over the good's producers, r_j = max(0, x_j - sold_j)
/// Returns   share by establishment; `left` gets the sum of r by good
std::vector<double> pool_shares(std::span<const double> output, std::span<const double> sold,
                                std::span<const std::uint16_t> good, std::span<double> left);

}  // namespace metier::synthesis
