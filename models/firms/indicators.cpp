#include "models/firms/indicators.hpp"

#include "models/accounts.hpp"
#include "models/firms/columns.hpp"
#include "models/io/columns.hpp"
#include "models/outside/columns.hpp"
#include "models/sites/columns.hpp"
#include "sim/core/money.hpp"
#include "sim/engine/ledger.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace metier::firms {

namespace {

constexpr double kEuroPerCent = 0.01;

/// Row-major cell of an establishment.
struct ByCommuneSector {
  In<CommuneOf> commune;
  In<SectorOf> sector;
  In<SectorProductivity> sectors;  ///< for the number of sectors
  [[nodiscard]] std::size_t of(std::size_t i) const { return commune[i] * sectors.size() + sector[i]; }
};

/// add(sums[cell_of(i)], i) for every establishment in the order of rows; establishment 0 does not exist. Rows stand by
/// commune and sector: the sums of a cell stay in registers while its rows last.
template <class Sums, class CellOf, class AddTo>
void for_each_in_cell(std::size_t firms, std::span<Sums> sums, CellOf&& cell_of, AddTo&& add) {
  for (std::size_t i = 1; i < firms;) {
    const std::size_t cell = cell_of(i);
    Sums sum = sums[cell];
    do add(sum, i);
    while (++i < firms && cell_of(i) == cell);
    sums[cell] = sum;
  }
}

/// cells[cell_of(i)] = sum of value(i).
template <class CellOf, class Value>
void add_up(std::size_t firms, Cells cells, CellOf&& cell_of, Value&& value) {
  std::fill(cells.begin(), cells.end(), 0.0);
  for_each_in_cell(firms, cells, cell_of, [&](double& sum, std::size_t i) { sum += value(i); });
}

/// cells[cell_of(i)] = sum of part(i) / sum of whole(i); no value where the whole is 0.
template <class CellOf, class Part, class Whole>
void share(std::size_t firms, Cells cells, CellOf&& cell_of, Part&& part, Whole&& whole) {
  struct Sums {
    double part = 0.0, whole = 0.0;
  };
  std::vector<Sums> sums(cells.size());
  for_each_in_cell(firms, std::span(sums), cell_of, [&](Sums& sum, std::size_t i) {
    sum.part += part(i);
    sum.whole += whole(i);
  });
  for (std::size_t k = 0; k < cells.size(); ++k) {
    if (sums[k].whole > 0.0) cells[k] = sums[k].part / sums[k].whole;
  }
}
template <class Part, class Whole>
void share_by_sector(In<SectorOf> sector, Cells cells, Part&& part, Whole&& whole) {
  share(
      sector.size(), cells, [&](std::size_t i) { return std::size_t{sector[i]}; }, part, whole);
}

/// Size classes of the tables: 0, 1-9, 10-49, 50-249, 250 and more employees.
std::size_t size_class(std::int32_t employees) {
  std::size_t size = 0;  // no branch: sizes come in no order, every jump would be a guess
  for (const std::int32_t from : {1, 10, 50, 250}) size += employees >= from ? 1U : 0U;
  return size;
}

double jobs(In<Employees> employees, In<SelfEmployed> owners, std::size_t i) {
  return static_cast<double>(employees[i] + owners[i]);
}

void employment(ByCommuneSector cell, In<Employees> employees, In<SelfEmployed> owners, Cells cells) {
  add_up(
      employees.size(), cells, [&](std::size_t i) { return cell.of(i); },
      [&](std::size_t i) { return jobs(employees, owners, i); });
}
void employment_by_size(In<Employees> employees, In<SelfEmployed> owners, Cells cells) {
  add_up(
      employees.size(), cells, [&](std::size_t i) { return size_class(employees[i]); },
      [&](std::size_t i) { return jobs(employees, owners, i); });
}
void establishments(ByCommuneSector cell, In<StateOf> state, Cells cells) {
  add_up(
      state.size(), cells, [&](std::size_t i) { return cell.of(i); },
      [&](std::size_t i) { return state[i] == State::kActive ? 1.0 : 0.0; });
}
void establishments_by_size(In<StateOf> state, In<Employees> employees, Cells cells) {
  add_up(
      state.size(), cells, [&](std::size_t i) { return size_class(employees[i]); },
      [&](std::size_t i) { return state[i] == State::kActive ? 1.0 : 0.0; });
}
void employer_establishments(In<StateOf> state, In<Employees> employees, In<SectorOf> sector, Cells cells) {
  add_up(
      state.size(), cells, [&](std::size_t i) { return std::size_t{sector[i]}; },
      [&](std::size_t i) { return state[i] == State::kActive && employees[i] > 0 ? 1.0 : 0.0; });
}
void gross_output(ByCommuneSector cell, In<Output> output, In<Price> price, Cells cells) {
  add_up(
      output.size(), cells, [&](std::size_t i) { return cell.of(i); },
      [&](std::size_t i) { return output[i] * price[i] * kEuroPerKiloEuro; });
}

/// Inputs used per unit of output at 2018 prices: what an establishment holds, its basket and taxes on inputs.
double input_share(std::size_t i, In<io::InputBegin> begin, In<io::InputCount> count, In<io::Coefficient> coefficient,
                   In<io::BasketCoefficient> basket, In<OtherCost> other) {
  double sum = basket[i] + other[i];
  for (std::size_t k = begin[i]; k < begin[i] + std::size_t{count[i]}; ++k) sum += coefficient[k];
  return sum;
}
struct InputUse {
  In<InputShortfall> shortfall;  ///< called for and not there, hence not used
  In<io::InputBegin> begin;
  In<io::InputCount> count;
  In<io::Coefficient> coefficient;
  In<io::BasketCoefficient> basket;
  In<OtherCost> other;
};
void gross_value_added_real(ByCommuneSector cell, In<Output> output, InputUse use, Cells cells) {
  add_up(
      output.size(), cells, [&](std::size_t i) { return cell.of(i); },
      [&](std::size_t i) {
        const double used = input_share(i, use.begin, use.count, use.coefficient, use.basket, use.other);
        return (output[i] * (1.0 - used) + use.shortfall[i]) * kEuroPerKiloEuro;
      });
}
struct ValueAdded {
  In<SalesCents> sales;
  In<PurchasesCents> purchases;
  In<io::InputTaxCents> input_tax;
  [[nodiscard]] double of(std::size_t i) const {
    return static_cast<double>(sales[i] - purchases[i] - input_tax[i]) * kEuroPerCent;
  }
};
void gross_value_added(In<CommuneOf> commune, ValueAdded added, Cells cells) {
  add_up(
      commune.size(), cells, [&](std::size_t i) { return std::size_t{commune[i]}; },
      [&](std::size_t i) { return added.of(i); });
}
void gross_value_added_by_sector(In<SectorOf> sector, ValueAdded added, Cells cells) {
  add_up(
      sector.size(), cells, [&](std::size_t i) { return std::size_t{sector[i]}; },
      [&](std::size_t i) { return added.of(i); });
}

/// Mean price weighted by output; where nobody in a sector makes anything this month, the mean of the prices asked.
void price_level(In<SectorOf> sector, In<StateOf> state, In<Output> output, In<Price> price, Cells cells) {
  struct Sums {
    double value = 0.0, output = 0.0, asked = 0.0, active = 0.0;
  };
  std::vector<Sums> sums(cells.size());
  for_each_in_cell(
      sector.size(), std::span(sums), [&](std::size_t i) { return std::size_t{sector[i]}; },
      [&](Sums& sum, std::size_t i) {
        sum.value += output[i] * price[i];
        sum.output += output[i];
        if (state[i] != State::kActive) return;
        sum.asked += price[i];
        sum.active += 1.0;
      });
  for (std::size_t s = 0; s < cells.size(); ++s) {
    if (sums[s].output > 0.0) {
      cells[s] = sums[s].value / sums[s].output;
    } else if (sums[s].active > 0.0) {
      cells[s] = sums[s].asked / sums[s].active;
    }
  }
}
void unmet_demand_share(In<SectorOf> sector, In<Orders> orders, In<Fill> fill, Cells cells) {
  share_by_sector(
      sector, cells, [&](std::size_t i) { return orders[i] * (1.0 - fill[i]); },
      [&](std::size_t i) { return orders[i]; });
}
struct FinalDemand {
  In<OrderHousehold> household;
  In<OrderRetail> retail;
  In<OrderPublic> government;
  In<OrderInvestment> investment;
  In<OrderExport> exports;
  In<FillHousehold> fill_household;
  In<FillOther> fill_other;
  In<Price> price;
};
void unmet_final_demand(In<SectorOf> sector, FinalDemand v, Cells cells) {
  add_up(
      sector.size(), cells, [&](std::size_t i) { return std::size_t{sector[i]}; },
      [&](std::size_t i) {
        const double households = (v.household[i] + v.retail[i]) * (1.0 - v.fill_household[i]);
        const double others = (v.government[i] + v.investment[i] + v.exports[i]) * (1.0 - v.fill_other[i]);
        return (households + others) * v.price[i] * kEuroPerKiloEuro;
      });
}

/// Share of active establishments whose deposit is below zero.
struct Cash {
  In<StateOf> state;
  In<AccountBalance> balance;
  In<households::Inhabitants> cells;  ///< for the number of the households' accounts
  template <class GroupOf>
  void distress(Cells shares, GroupOf&& group_of) const {
    const Accounts accounts(cells.size());
    const auto active = [&](std::size_t i) { return state[i] == State::kActive; };
    share(
        state.size(), shares, group_of,
        [&](std::size_t i) { return active(i) && balance[accounts.deposit(i)] < 0 ? 1.0 : 0.0; },
        [&](std::size_t i) { return active(i) ? 1.0 : 0.0; });
  }
};
void cash_distress_share(In<SectorOf> sector, Cash cash, Cells cells) {
  cash.distress(cells, [&](std::size_t i) { return std::size_t{sector[i]}; });
}
void cash_distress_share_by_size(In<Employees> employees, Cash cash, Cells cells) {
  cash.distress(cells, [&](std::size_t i) { return size_class(employees[i]); });
}

void exports(In<SectorOf> sector, In<outside::ExportCents> cents, Cells cells) {
  add_up(
      sector.size(), cells, [&](std::size_t i) { return std::size_t{sector[i]}; },
      [&](std::size_t i) { return static_cast<double>(cents[i]) * kEuroPerCent; });
}
struct ImportCosts {
  In<io::ImportRofCents> rof;
  In<io::ImportNweCents> nwe;
  In<io::ImportRowCents> row;
  [[nodiscard]] double of(std::size_t i) const { return static_cast<double>(rof[i] + nwe[i] + row[i]) * kEuroPerCent; }
};
void imports(In<SectorOf> sector, ImportCosts imported, Cells cells) {
  add_up(
      sector.size(), cells, [&](std::size_t i) { return std::size_t{sector[i]}; },
      [&](std::size_t i) { return imported.of(i); });
}
/// An establishment sells to the three outside economies in proportion to their demand for its good.
void exports_by_zone_group(In<SectorOf> sector, In<GoodOf> good, In<outside::ExportCents> cents,
                           In<outside::BaseExports> base, In<outside::DemandIndex> index, Cells cells) {
  const std::size_t goods = base.size() / outside::kZoneGroups;
  std::vector<double> demand(goods, 0.0);
  for (std::size_t k = 0; k < base.size(); ++k) demand[k % goods] += base[k] * index[k];
  std::fill(cells.begin(), cells.end(), 0.0);
  for (std::size_t i = 1; i < sector.size(); ++i) {
    const std::size_t g = good[i];
    if (demand[g] <= 0.0) continue;
    for (std::size_t z = 0; z < outside::kZoneGroups; ++z) {
      const double share = base[z * goods + g] * index[z * goods + g] / demand[g];
      cells[sector[i] * outside::kZoneGroups + z] += share * static_cast<double>(cents[i]) * kEuroPerCent;
    }
  }
}
void imports_by_zone_group(In<SectorOf> sector, ImportCosts imported, Cells cells) {
  std::fill(cells.begin(), cells.end(), 0.0);
  for (std::size_t i = 1; i < sector.size(); ++i) {
    const std::size_t row = sector[i] * outside::kZoneGroups;
    cells[row + outside::kRof] += static_cast<double>(imported.rof[i]) * kEuroPerCent;
    cells[row + outside::kNwe] += static_cast<double>(imported.nwe[i]) * kEuroPerCent;
    cells[row + outside::kRow] += static_cast<double>(imported.row[i]) * kEuroPerCent;
  }
}
void local_purchase_share(In<SectorOf> sector, In<IntermediateCostCents> links, In<io::BasketCostCents> baskets,
                          ImportCosts imported, Cells cells) {
  const auto local = [&](std::size_t i) { return static_cast<double>(links[i] + baskets[i]) * kEuroPerCent; };
  share_by_sector(sector, cells, local, [&](std::size_t i) { return local(i) + imported.of(i); });
}
void local_purchase_share_by_size(In<Employees> employees, In<IntermediateCostCents> links,
                                  In<io::BasketCostCents> baskets, ImportCosts imported, Cells cells) {
  const auto local = [&](std::size_t i) { return static_cast<double>(links[i] + baskets[i]) * kEuroPerCent; };
  share(
      employees.size(), cells, [&](std::size_t i) { return size_class(employees[i]); }, local,
      [&](std::size_t i) { return local(i) + imported.of(i); });
}
/// Share of the inputs with local suppliers that have only one.
void single_supplier_share(In<SectorOf> sector, In<io::InputBegin> begin, In<io::InputCount> count,
                           In<io::LinkCount> links, Cells cells) {
  const auto inputs = [&](std::size_t i, auto&& has) {
    std::uint32_t n = 0;
    for (std::size_t k = begin[i]; k < begin[i] + std::size_t{count[i]}; ++k) n += has(links[k]) ? 1U : 0U;
    return static_cast<double>(n);
  };
  share_by_sector(
      sector, cells, [&](std::size_t i) { return inputs(i, [](std::size_t n) { return n == 1; }); },
      [&](std::size_t i) { return inputs(i, [](std::size_t n) { return n > 0; }); });
}
void investment(In<SectorOf> sector, In<InvestmentCents> cents, Cells cells) {
  add_up(
      sector.size(), cells, [&](std::size_t i) { return std::size_t{sector[i]}; },
      [&](std::size_t i) { return static_cast<double>(cents[i]) * kEuroPerCent; });
}
void inventories(In<SectorOf> sector, In<FinishedStock> finished, In<io::InputBegin> begin, In<io::InputCount> count,
                 In<io::Stock> stock, Cells cells) {
  add_up(
      sector.size(), cells, [&](std::size_t i) { return std::size_t{sector[i]}; },
      [&](std::size_t i) {
        double sum = finished[i];
        for (std::size_t k = begin[i]; k < begin[i] + std::size_t{count[i]}; ++k) sum += stock[k];
        return sum * kEuroPerKiloEuro;
      });
}
void binding_constraint_share(In<SectorOf> sector, In<BoundBy> bound, In<Output> output, Cells cells) {
  constexpr std::size_t kCauses = 5;
  std::vector<double> total(cells.size() / kCauses, 0.0);
  std::fill(cells.begin(), cells.end(), 0.0);
  for (std::size_t i = 1; i < sector.size(); ++i) {
    if (output[i] <= 0.0) continue;
    cells[sector[i] * kCauses + static_cast<std::size_t>(bound[i])] += 1.0;
    total[sector[i]] += 1.0;
  }
  for (std::size_t k = 0; k < cells.size(); ++k) {
    if (total[k / kCauses] > 0.0) cells[k] /= total[k / kCauses];
  }
}

}  // namespace

void add_indicators(IndicatorSet& set, const Params& params, const io::Params& io) {
  const bool prices_move = params.mode != Mode::kNone && params.pricing != Pricing::kFixed;
  const bool output_is_limited = io.mode != io::Mode::kNone;
  const bool stocks_run_down = io.stocks == io::Stocks::kFinite && output_is_limited;
  const std::vector<std::string> place{"commune", "sector"}, sector{"sector"}, size{"size"};
  set.add({.name = "employment",
           .code = "CO-03",
           .observatory = "OC",
           .unit = "person",
           .dims = place,
           .meaning = "jobs at the workplace, salaried and self-employed, end of month",
           .meaning_fr = "emplois au lieu de travail, salariés et non salariés, fin de mois"},
          &employment);
  set.add({.name = "employment_by_size",
           .code = "CO-03",
           .observatory = "OC",
           .unit = "person",
           .dims = size,
           .meaning = "jobs at the workplace by size of the establishment (employees)",
           .meaning_fr = "emplois au lieu de travail selon la taille de l'établissement"},
          &employment_by_size);
  set.add({.name = "establishments",
           .code = "CO-13",
           .observatory = "OC",
           .unit = "count",
           .dims = place,
           .meaning = "active establishments, with or without employees",
           .meaning_fr = "établissements actifs, avec ou sans salarié"},
          &establishments);
  set.add({.name = "establishments_by_size",
           .code = "CO-13",
           .observatory = "OC",
           .unit = "count",
           .dims = size,
           .meaning = "active establishments by number of employees",
           .meaning_fr = "établissements actifs selon le nombre de salariés"},
          &establishments_by_size);
  set.add({.name = "employer_establishments",
           .code = "CO-13",
           .observatory = "OC",
           .unit = "count",
           .dims = sector,
           .meaning = "active establishments with at least one employee",
           .meaning_fr = "établissements actifs ayant au moins un salarié"},
          &employer_establishments);
  set.add({.name = "gross_output",
           .code = "CO-02",
           .observatory = "OC",
           .unit = "EUR",
           .dims = place,
           .measure = Measure::kFlow,
           .meaning = "output at current prices (trade: the margin)",
           .meaning_fr = "production à prix courants (commerce : la marge)"},
          &gross_output);
  set.add({.name = "gross_value_added_real",
           .code = "CO-01",
           .observatory = "OC",
           .unit = "EUR",
           .dims = place,
           .measure = Measure::kFlow,
           .meaning = "gross value added, volume at 2018 prices",
           .meaning_fr = "valeur ajoutée brute, volume aux prix de 2018"},
          &gross_value_added_real);
  set.add({.name = "gross_value_added",
           .code = "CO-01n",
           .observatory = "OC",
           .unit = "EUR",
           .dims = {"commune"},
           .measure = Measure::kFlow,
           .meaning = "sales less purchases of inputs and taxes on them, current prices",
           .meaning_fr = "ventes moins achats d'intrants et taxes sur ceux-ci, prix courants"},
          &gross_value_added);
  set.add({.name = "gross_value_added_by_sector",
           .code = "CO-01n",
           .observatory = "OC",
           .unit = "EUR",
           .dims = sector,
           .measure = Measure::kFlow,
           .meaning = "sales less purchases of inputs and taxes on them, current prices, by sector",
           .meaning_fr = "ventes moins achats d'intrants et taxes sur ceux-ci, prix courants, par secteur"},
          &gross_value_added_by_sector);
  if (prices_move) {
    set.add({.name = "price_level",
             .code = "CO-04",
             .observatory = "OC",
             .unit = "1",
             .dims = sector,
             .meaning = "output price weighted by output (asked price where there is none), 2018 = 1",
             .meaning_fr = "prix de production pondéré par la production (prix demandé s'il n'y en a pas), 2018 = 1"},
            &price_level);
  }
  if (output_is_limited) {
    set.add({.name = "unmet_demand_share",
             .code = "CO-05",
             .observatory = "OC",
             .unit = "1",
             .dims = sector,
             .measure = Measure::kMean,
             .meaning = "orders not delivered over orders received",
             .meaning_fr = "commandes non livrées rapportées aux commandes reçues"},
            &unmet_demand_share);
  }
  if (output_is_limited) {
    set.add({.name = "binding_constraint_share",
             .code = "CO-06",
             .observatory = "OC",
             .unit = "1",
             .dims = {"sector", "cause"},
             .measure = Measure::kMean,
             .meaning = "share of establishments whose output was limited by each cause",
             .meaning_fr = "part des établissements dont la production est limitée par chaque cause"},
            &binding_constraint_share);
  }
  if (output_is_limited) {
    set.add(
        {.name = "unmet_final_demand",
         .code = "CO-05",
         .observatory = "OC",
         .unit = "EUR",
         .dims = sector,
         .measure = Measure::kFlow,
         .meaning = "final orders (households, government, investment, exports) not delivered, at the seller's price",
         .meaning_fr =
             "commandes finales (ménages, administrations, investissement, exportations) non livrées, au prix "
             "du vendeur"},
        &unmet_final_demand);
  }
  set.add({.name = "cash_distress_share",
           .code = "CO-08",
           .observatory = "OC",
           .unit = "1",
           .dims = sector,
           .meaning = "share of active establishments with less than no cash",
           .meaning_fr = "part des établissements actifs dont la trésorerie est négative"},
          &cash_distress_share);
  set.add({.name = "cash_distress_share_by_size",
           .code = "CO-08",
           .observatory = "OC",
           .unit = "1",
           .dims = size,
           .meaning = "share of active establishments with less than no cash, by size",
           .meaning_fr = "part des établissements actifs dont la trésorerie est négative, selon la taille"},
          &cash_distress_share_by_size);
  set.add({.name = "investment",
           .code = "CO-11",
           .observatory = "OC",
           .unit = "EUR",
           .dims = sector,
           .measure = Measure::kFlow,
           .meaning = "gross fixed capital formation of establishments",
           .meaning_fr = "formation brute de capital fixe des établissements"},
          &investment);
  set.add({.name = "exports",
           .code = "CO-12",
           .observatory = "OC",
           .unit = "EUR",
           .dims = sector,
           .measure = Measure::kFlow,
           .meaning = "sales outside the territory",
           .meaning_fr = "ventes hors du territoire"},
          &exports);
  set.add({.name = "imports",
           .code = "CO-12",
           .observatory = "OC",
           .unit = "EUR",
           .dims = sector,
           .measure = Measure::kFlow,
           .meaning = "inputs bought outside the territory, by sector of the buyer",
           .meaning_fr = "intrants achetés hors du territoire, selon le secteur de l'acheteur"},
          &imports);
  set.add({.name = "exports_by_zone_group",
           .code = "CO-12",
           .observatory = "OC",
           .unit = "EUR",
           .dims = {"sector", "zone_group"},
           .measure = Measure::kFlow,
           .meaning = "sales outside the territory by outside economy",
           .meaning_fr = "ventes hors du territoire selon l'économie extérieure"},
          &exports_by_zone_group);
  set.add(
      {.name = "imports_by_zone_group",
       .code = "CO-12",
       .observatory = "OC",
       .unit = "EUR",
       .dims = {"sector", "zone_group"},
       .measure = Measure::kFlow,
       .meaning = "inputs bought outside the territory, by sector of the buyer and outside economy",
       .meaning_fr = "intrants achetés hors du territoire, selon le secteur de l'acheteur et l'économie extérieure"},
      &imports_by_zone_group);
  if (stocks_run_down) {
    set.add({.name = "inventories",
             .code = "CO-14",
             .observatory = "OC",
             .unit = "EUR",
             .dims = sector,
             .meaning = "stocks of finished goods and of inputs, at 2018 prices",
             .meaning_fr = "stocks de produits finis et d'intrants, aux prix de 2018"},
            &inventories);
  }
  set.add({.name = "local_purchase_share",
           .code = "PX-07",
           .observatory = "OP",
           .unit = "1",
           .dims = sector,
           .measure = Measure::kMean,
           .meaning = "inputs bought from establishments of the territory over all inputs bought",
           .meaning_fr = "part des intrants achetés à des établissements du territoire"},
          &local_purchase_share);
  set.add({.name = "local_purchase_share_by_size",
           .code = "PX-07",
           .observatory = "OP",
           .unit = "1",
           .dims = size,
           .measure = Measure::kMean,
           .meaning = "inputs bought in the territory over all inputs bought, by size of the buyer",
           .meaning_fr = "part des intrants achetés sur le territoire, selon la taille de l'acheteur"},
          &local_purchase_share_by_size);
  set.add({.name = "single_supplier_share",
           .code = "RE-04",
           .observatory = "OC",
           .unit = "1",
           .dims = sector,
           .frequency = Frequency::kQuarterly,
           .meaning = "inputs with one supplier in the territory over inputs with at least one, by sector of the buyer",
           .meaning_fr = "part des intrants à fournisseur local unique parmi ceux qui ont un fournisseur local"},
          &single_supplier_share);
}

}  // namespace metier::firms
