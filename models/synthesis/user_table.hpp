#pragma once
#include "models/synthesis/regional_table.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace metier {
class Problems;
class World;
struct InputFile;
}  // namespace metier
namespace metier::io {
struct Params;
}

namespace metier::synthesis {

struct EconomyParams;

/// An input-output table of the user's own with all that goes with it: the values of the CSV files of section `io`, put
/// in the order of the table's labels and turned into months. Flows are in the unit of the table.
struct UserTable {
  std::vector<std::string> labels;
  SquareMatrix inputs;                      ///< a, of all origins, per unit of output
  SquareMatrix local;                       ///< share of each that is bought from the sectors of the table, 0 to 1
  std::vector<double> initial_output;       ///< x(0) per month
  std::vector<double> labour, consumption;  ///< w, c of the closure of households; 0 without
  SquareMatrix criticality;
  SquareMatrix stock_months;  ///< stocks wanted, in months of use; 0 where none are held
  std::size_t months = 0;     ///< of the paths below: row = month * sectors + sector, month 0 is neutral
  std::vector<double> final_demand, capacity_loss, value_added, price, import_fill;

  [[nodiscard]] std::size_t size() const { return labels.size(); }
};

/// What the table depends on besides its files.
struct UserTableChoice {
  double spend_income = 0.0;  ///< share of labour income that households spend; 0: no closure
  double flq_delta = 0.0;
  Regionalise regionalise = Regionalise::kFlq;
  int months = 0;  ///< to simulate
};

/// Reads and checks the files of section `io`.
///
/// Equations a = Z / x (table of flows), a^L = t a with location quotients (local_trade_shares), else a^L = a;
///           x(0) = (I - a^L - s c w')^-1 f(1) unless it is given
/// Problems  all of all files in one pass, with file:line:column: shape, size (2 to 500), labels, negative numbers,
///           columns that sum to 1 or more, months, kinds of shocks, rows that say the same twice, ranges
UserTable read_user_table(const io::Params& params, const UserTableChoice& choice, Problems& problems);

/// The files that section `io` names.
std::vector<const InputFile*> user_table_files(const io::Params& params);

/// One establishment per sector, or `io.establishments_per_sector` identical ones, each supplied by all of a sector in
/// equal parts; stocks on target, prices 1, orders and output at x(0).
void build_user_table(const UserTable& table, const io::Params& params, World& world);

}  // namespace metier::synthesis
