#pragma once
#include "models/io/params.hpp"
#include "sim/engine/indicators.hpp"

namespace metier::io {

/// Indicators of a run over the user's own table, by sector, in the table's unit per month: `gross_output`,
/// `gross_value_added`, `unmet_final_demand`, `price_level`; `inventories` where stocks are held,
/// `overproduction_factor` in mode `ario_psi`.
void add_table_indicators(IndicatorSet& set, const Params& params);

}  // namespace metier::io
