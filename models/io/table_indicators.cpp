#include "models/io/table_indicators.hpp"

#include "models/firms/columns.hpp"
#include "models/io/table_rules.hpp"

#include <algorithm>
#include <vector>

namespace metier::io {

namespace {

/// Sums over the establishments of each sector, in the order of rows.
template <class Value>
void by_sector(In<firms::SectorOf> sector, Cells cells, Value&& value) {
  std::fill(cells.begin(), cells.end(), 0.0);
  for (std::size_t i = firms::kNoFirm + 1; i < sector.size(); ++i) cells[sector[i]] += value(i);
}

void gross_output(In<firms::SectorOf> sector, In<firms::Output> output, Cells cells) {
  by_sector(sector, cells, [&](std::size_t i) { return output[i]; });
}

void gross_value_added(In<firms::SectorOf> sector, In<firms::Output> output, In<firms::InputShortfall> shortfall,
                       In<InputBegin> begin, In<InputCount> count, In<Coefficient> coefficient, Cells cells) {
  by_sector(sector, cells, [&](std::size_t i) {
    double inputs = 0.0;
    for (std::size_t k = begin[i]; k < begin[i] + std::size_t{count[i]}; ++k) inputs += coefficient[k];
    return output[i] * (1.0 - inputs) + shortfall[i];
  });
}

void unmet_final_demand(In<firms::SectorOf> sector, In<UnmetFinal> unmet, Cells cells) {
  by_sector(sector, cells, [&](std::size_t i) { return unmet[i]; });
}

/// Mean over the establishments of each sector, which are identical.
template <class C>
void mean_by_sector(In<firms::SectorOf> sector, In<C> column, Cells cells) {
  std::vector<double> members(cells.size(), 0.0);
  for (std::size_t i = firms::kNoFirm + 1; i < sector.size(); ++i) members[sector[i]] += 1.0;
  by_sector(sector, cells, [&](std::size_t i) { return column[i]; });
  for (std::size_t s = 0; s < cells.size(); ++s) cells[s] /= members[s];
}

void inventories(In<firms::SectorOf> sector, In<InputBegin> begin, In<InputCount> count, In<Stock> stock, Cells cells) {
  by_sector(sector, cells, [&](std::size_t i) {
    double held = 0.0;
    for (std::size_t k = begin[i]; k < begin[i] + std::size_t{count[i]}; ++k) held += stock[k];
    return held;
  });
}

}  // namespace

void add_table_indicators(IndicatorSet& set, const Params& params) {
  const std::vector<std::string> sector{"sector"};
  set.add({.name = "gross_output",
           .code = "CO-02",
           .observatory = "OC",
           .unit = "1",
           .dims = sector,
           .measure = Measure::kFlow,
           .total = true,
           .meaning = "output per month at the prices of t = 0, in the unit of the table",
           .meaning_fr = "production par mois aux prix de t = 0, dans l'unité de la table"},
          &gross_output);
  set.add({.name = "gross_value_added",
           .code = "CO-01",
           .observatory = "OC",
           .unit = "1",
           .dims = sector,
           .measure = Measure::kFlow,
           .total = true,
           .meaning = "output less the inputs used, per month at the prices of t = 0, in the unit of the table",
           .meaning_fr = "production moins intrants utilisés, par mois aux prix de t = 0, dans l'unité de la table"},
          &gross_value_added);
  set.add({.name = "unmet_final_demand",
           .code = "CO-05",
           .observatory = "OC",
           .unit = "1",
           .dims = sector,
           .measure = Measure::kFlow,
           .total = true,
           .meaning = "final demand that was not delivered, per month, in the unit of the table",
           .meaning_fr = "demande finale non livrée, par mois, dans l'unité de la table"},
          &unmet_final_demand);
  set.add({.name = "price_level",
           .code = "CO-04",
           .observatory = "OC",
           .unit = "1",
           .dims = sector,
           .total = true,
           .meaning = "price of output, 1 at t = 0",
           .meaning_fr = "prix de production, 1 à t = 0"},
          &mean_by_sector<firms::Price>);
  if (params.stocks == Stocks::kFinite) {
    set.add({.name = "inventories",
             .code = "CO-14",
             .observatory = "OC",
             .unit = "1",
             .dims = sector,
             .total = true,
             .meaning = "stocks of inputs that the sector holds, end of month, in the unit of the table",
             .meaning_fr = "stocks d'intrants détenus par le secteur, fin de mois, dans l'unité de la table"},
            &inventories);
  }
  if (params.mode == Mode::kArioPsi) {
    set.add({.name = "overproduction_factor",
             .code = "",
             .observatory = "OC",
             .unit = "1",
             .dims = sector,
             .total = true,
             .meaning = "overproduction factor alpha used in the month",
             .meaning_fr = "facteur de surproduction alpha du mois",
             .source = "Hallegatte (2013), Risk Analysis 34"},
            &mean_by_sector<Overproduction>);
  }
}

}  // namespace metier::io
