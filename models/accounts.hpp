#pragma once
#include "models/firms/columns.hpp"
#include "models/households/columns.hpp"
#include "sim/core/world.hpp"
#include "sim/engine/ledger.hpp"

#include <array>
#include <cstdint>
#include <string_view>

/// Numbering of the accounts, their classes and the kinds of flow: the rows and columns of the matrices of money.
namespace metier {

using AccountId = std::uint32_t;

/// Accounts of which there is one. Clearing accounts stand between buyers and sellers of one market; they are 0 at the
/// end of every month.
enum class Special : AccountId {
  kBank = 0,     ///< net worth of the banks
  kGov,          ///< State, social security, Region, Department, communes: settled with the outside every month
  kMel,          ///< the metropolitan authority
  kRof,          ///< rest of France
  kNwe,          ///< North-West Europe
  kRow,          ///< rest of the world
  kGoods,        ///< clearing: intermediate goods
  kWages,        ///< clearing: wages
  kConsumption,  ///< clearing: purchases of households
  kInvestment,   ///< clearing: capital goods and dwellings
  kProfits,      ///< clearing: distributed profits and mixed income
  kCount = 16,   ///< room for later accounts; never renumber
};

/// Specials, then household cells, then deposit and loan of each establishment.
struct Accounts {
  std::uint32_t cells = 0;
  explicit Accounts(std::size_t cell_rows) : cells(static_cast<std::uint32_t>(cell_rows)) {}
  static constexpr AccountId of(Special special) { return static_cast<AccountId>(special); }
  [[nodiscard]] AccountId cell(std::size_t row) const { return of(Special::kCount) + static_cast<AccountId>(row); }
  [[nodiscard]] AccountId deposit(std::size_t firm) const { return cell(cells) + 2 * static_cast<AccountId>(firm); }
  [[nodiscard]] AccountId loan(std::size_t firm) const { return deposit(firm) + 1; }
  [[nodiscard]] std::size_t count(std::size_t firms) const { return deposit(firms); }
};

/// Groups of accounts for the totals of flows: each special, all household cells, then establishments by sector
/// (deposit and loan apart).
struct AccountGroups {
  std::uint32_t sectors = 0;
  explicit AccountGroups(std::size_t sector_rows) : sectors(static_cast<std::uint32_t>(sector_rows)) {}
  static constexpr std::uint16_t of(Special special) { return static_cast<std::uint16_t>(special); }
  static constexpr std::uint16_t households() { return static_cast<std::uint16_t>(Special::kCount); }
  [[nodiscard]] std::uint16_t deposits(std::size_t sector) const {
    return static_cast<std::uint16_t>(households() + 1 + sector);
  }
  [[nodiscard]] std::uint16_t loans(std::size_t sector) const {
    return static_cast<std::uint16_t>(households() + 1 + sectors + sector);
  }
  [[nodiscard]] std::size_t count() const { return households() + 1u + 2u * sectors; }
};

/// Kinds of flow: the rows of the transaction matrix. Never renumber.
enum class Flow : std::uint16_t {
  kOpening = 0,  ///< balances at t = 0
  kWages = 1,    ///< net wages
  kWorkerContributions = 2,
  kEmployerContributions = 3,
  kIncomeTax = 4,
  kConsumption = 5,  ///< purchases of households, before VAT
  kVat = 6,
  kIntermediate = 7,  ///< between local establishments
  kImports = 8,       ///< intermediate goods from outside
  kExports = 9,
  kPublicConsumption = 10,
  kInvestment = 11,     ///< capital goods
  kDwellings = 12,      ///< household investment
  kOutsideAssets = 13,  ///< saving of households placed outside
  kInputTax = 14,       ///< taxes less subsidies on inputs
  kProductionTax = 15,
  kCorporateTax = 16,
  kInterest = 17,
  kDividends = 18,
  kMixedIncome = 19,
  kTransfers = 20,  ///< pensions, benefits
  kLoan = 21,       ///< new loans
  kRepayment = 22,
  kSettlement = 23,      ///< monthly settlement of government with the outside
  kShortTimeWork = 24,   ///< pay of hours not worked, by the State
  kSolidarityFund = 25,  ///< emergency grants of the State
  kCount = 32,
};

/// The account of which there is one, as a side of Ledger::post_rows.
constexpr Ledger::One only(Special special) { return {Accounts::of(special)}; }

std::string_view name_of(Special special);
std::string_view name_of(Flow flow);

}  // namespace metier
