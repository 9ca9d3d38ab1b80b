#pragma once
#include "models/firms/columns.hpp"
#include "sim/core/column.hpp"

namespace metier::tax {

struct InputTaxRate : ColumnOf<double, firms::Sector> {
  static constexpr ColumnInfo info{"sector.input_tax_rate", "1",
                                   "taxes less subsidies on inputs per unit of output at 2018 prices"};
};
struct NonMarketShare : ColumnOf<double, firms::Sector> {
  static constexpr ColumnInfo info{"sector.nonmarket_share", "share",
                                   "share of the sector that is non-market: its surplus goes back to government"};
};

}  // namespace metier::tax
