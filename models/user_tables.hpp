#pragma once
#include "models/labour/null_models.hpp"
#include "models/labour/trips.hpp"
#include "models/params.hpp"
#include "models/retail/user_shops.hpp"
#include "models/synthesis/user_table.hpp"
#include "sim/core/world.hpp"
#include "sim/engine/indicator.hpp"

#include <optional>
#include <vector>

namespace metier {

class Problems;

/// The tables of a run without territory (`space: none`), one member per kind; nothing where none was given.
struct UserTables {
  std::optional<synthesis::UserTable> io;   ///< io.table
  std::optional<labour::FlowTables> flows;  ///< labour.mode flows_drc
  std::optional<labour::TripTables> trips;  ///< labour.gravity
  std::vector<double> trip_flows;           ///< origins x destinations, fitted to both margins
  std::optional<retail::UserShops> shops;   ///< retail.outlets, retail.zones
};

/// Reads and checks every table that the scenario names. What is wrong goes to `problems`, all of it in one pass; so
/// does a scenario that names none.
UserTables read_user_tables(const ModelParams& params, Problems& problems);

/// The files that were named.
std::vector<const InputFile*> user_files(const ModelParams& params);

/// The labels along the dimensions of the indicators.
std::vector<DimensionInfo> user_dimensions(const UserTables& tables);

/// The state at t = 0.
void build_user_tables(const ModelParams& params, const UserTables& tables, World& world);

}  // namespace metier
