#pragma once
#include "models/params.hpp"
#include "models/synthesis/economy_pack.hpp"
#include "models/synthesis/keys.hpp"
#include "models/synthesis/report.hpp"
#include "models/synthesis/technology.hpp"
#include "sim/core/world.hpp"

#include <vector>

/// The parts of build_economy, in the order in which they run; each fills its own columns of the world.
namespace metier::synthesis {

/// What every part looks at, and what one part leaves for the next.
struct EconomyBuild {
  const DataPack& pack;
  const EconomyPack& economy;
  const ModelParams& params;
  const SynthesisKeys& keys;
  World& world;
  InitReport& report;

  InputCoefficients coefficients{};
  Technology technology{};
  std::vector<std::uint16_t> good{};  ///< of each establishment
  std::vector<double> good_output{};  ///< kEUR2018/month
  std::vector<double> local_final{};  ///< RPC of what is bought of each good, all origins
  double spending = 0.0;              ///< of all cells before VAT [kEUR/month]
  double dwellings = 0.0;             ///< kEUR/month
  double investment = 0.0;            ///< of establishments [kEUR2018/month]
  std::vector<double> retail{};       ///< sold by each outlet to households [kEUR2018/month]
  std::vector<double> counter{};      ///< goods sold over local counters, by good [kEUR2018/month]

  [[nodiscard]] std::size_t goods() const { return pack.goods.size(); }
  [[nodiscard]] std::size_t firms() const { return good.size(); }
};

/// Tables good and sector; technology of every establishment.
void build_technology(EconomyBuild& b);
/// Incomes, budgets, deposits wanted: table cell.
void build_households(EconomyBuild& b);
/// Outlets, categories and their attractions at which Huff's law gives outlets their turnover.
void build_shops(EconomyBuild& b);
/// Supply links, baskets, pools of final demand, exports.
void build_trade(EconomyBuild& b);
/// Prices, expectations, stocks and what the last month would have left behind.
void settle_state(EconomyBuild& b);
/// Accounts and opening balances.
void open_accounts(EconomyBuild& b);

}  // namespace metier::synthesis
