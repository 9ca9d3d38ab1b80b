#include "models/labour/wage_indicators.hpp"

#include "models/firms/columns.hpp"
#include "models/labour/columns.hpp"
#include "models/labour/job_events.hpp"
#include "models/labour/percentiles.hpp"
#include "sim/engine/access.hpp"

#include <string>

namespace metier::labour {

namespace {

constexpr double kEuroPerCentOfWage = 0.01;

/// Wages over heads, EUR.
template <class Wages, class Heads>
void mean_pay(In<Wages> wages, In<Heads> heads, Cells cells) {
  for (std::size_t k = 0; k < cells.size(); ++k) {
    if (heads[k] > 0) cells[k] = kEuroPerCentOfWage * static_cast<double>(wages[k]) / static_cast<double>(heads[k]);
  }
}
void mean_wage_index(In<WagesBySector> wages, In<EmployeesBySector> heads, In<MeanWageAtStart> start, Cells cells) {
  for (std::size_t s = 0; s < cells.size(); ++s) {
    if (heads[s] > 0 && start[s] > 0.0)
      cells[s] = static_cast<double>(wages[s]) / static_cast<double>(heads[s]) / start[s];
  }
}
/// The salaried jobs of the territory, with who holds them.
struct SalariedJobs {
  In<StatusOf> status;
  In<Employer> employer;
  In<Wage> wage;
  /// P10, median and P90 in EUR of the wages of each group.
  template <class GroupOf>
  void quantiles(Cells cells, GroupOf&& group_of) const {
    const auto each_job = [&](auto&& see) {
      for (std::size_t h = 0; h < status.size(); ++h) {
        if (status[h] == Status::kEmployed && works_here(employer[h])) see(std::size_t{group_of(h)}, wage[h]);
      }
    };
    wages_at_percentiles(cells.size() / kPercentiles.size(), each_job, cells);
    for (double& cell : cells) cell *= kEuroPerCentOfWage;
  }
};
void wage_quantile(SalariedJobs jobs, In<firms::SectorOf> sector, Cells cells) {
  jobs.quantiles(cells, [&](std::size_t h) { return sector[jobs.employer[h]]; });
}
void wage_quantile_by_occupation(SalariedJobs jobs, In<OccupationOf> occupation, Cells cells) {
  jobs.quantiles(cells, [&](std::size_t h) { return occupation[h]; });
}
void wage_quantile_by_commune(SalariedJobs jobs, In<firms::CommuneOf> commune, Cells cells) {
  jobs.quantiles(cells, [&](std::size_t h) { return commune[jobs.employer[h]]; });
}
void minimum_wage(In<MinimumWage> wage, Cells cells) { cells[0] = kEuroPerCentOfWage * static_cast<double>(wage[0]); }

}  // namespace

void add_wage_indicators(IndicatorSet& set) {
  set.add({.name = "mean_wage",
           .code = "EM-12",
           .observatory = "OE",
           .unit = "EUR",
           .dims = {"sector"},
           .meaning = "mean gross monthly wage of the salaried jobs here",
           .meaning_fr = "salaire brut mensuel moyen des emplois salariés du territoire"},
          &mean_pay<WagesBySector, EmployeesBySector>);
  set.add({.name = "mean_wage_by_occupation",
           .code = "EM-12",
           .observatory = "OE",
           .unit = "EUR",
           .dims = {"occupation"},
           .meaning = "mean gross monthly wage by occupation",
           .meaning_fr = "salaire brut mensuel moyen selon le métier"},
          &mean_pay<WagesByOccupation, EmployeesByOccupation>);
  set.add({.name = "mean_wage_by_commune",
           .code = "EM-12",
           .observatory = "OE",
           .unit = "EUR",
           .dims = {"commune"},
           .meaning = "mean gross monthly wage by commune of the workplace",
           .meaning_fr = "salaire brut mensuel moyen selon la commune du lieu de travail"},
          &mean_pay<WagesByCommune, EmployeesByCommune>);
  const std::string ranks = "wage of rank ceil(n p / 100), p = 10, 50, 90";
  set.add({.name = "wage_quantile",
           .code = "EM-12",
           .observatory = "OE",
           .unit = "EUR",
           .dims = {"sector", "quantile"},
           .frequency = Frequency::kAnnual,
           .meaning = "first decile, median and ninth decile of the gross monthly wages of the salaried jobs here",
           .meaning_fr = "premier décile, médiane et neuvième décile du salaire brut mensuel des emplois salariés du "
                         "territoire",
           .source = ranks},
          &wage_quantile);
  set.add({.name = "wage_quantile_by_occupation",
           .code = "EM-12",
           .observatory = "OE",
           .unit = "EUR",
           .dims = {"occupation", "quantile"},
           .frequency = Frequency::kAnnual,
           .meaning = "first decile, median and ninth decile of gross monthly wages by occupation",
           .meaning_fr = "premier décile, médiane et neuvième décile du salaire brut mensuel selon le métier",
           .source = ranks},
          &wage_quantile_by_occupation);
  set.add({.name = "wage_quantile_by_commune",
           .code = "EM-12",
           .observatory = "OE",
           .unit = "EUR",
           .dims = {"commune", "quantile"},
           .frequency = Frequency::kAnnual,
           .meaning = "first decile, median and ninth decile of gross monthly wages by commune of the workplace",
           .meaning_fr = "premier décile, médiane et neuvième décile du salaire brut mensuel selon la commune du lieu "
                         "de travail",
           .source = ranks},
          &wage_quantile_by_commune);
  set.add({.name = "mean_wage_index",
           .code = "CO-04",
           .observatory = "OC",
           .unit = "1",
           .dims = {"sector"},
           .meaning = "mean gross wage relative to t = 0",
           .meaning_fr = "salaire brut moyen, base 1 à t = 0"},
          &mean_wage_index);
  set.add({.name = "minimum_wage",
           .code = "",
           .observatory = "OE",
           .unit = "EUR",
           .dims = {},
           .meaning = "gross full-time minimum wage in force",
           .meaning_fr = "salaire minimum brut à temps plein en vigueur",
           .source = "legal path, then prices"},
          &minimum_wage);
}

}  // namespace metier::labour
