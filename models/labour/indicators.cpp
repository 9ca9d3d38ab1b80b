#include "models/labour/indicators.hpp"

#include "models/firms/columns.hpp"
#include "models/labour/columns.hpp"
#include "models/labour/job_events.hpp"
#include "models/labour/null_models.hpp"
#include "models/labour/wage_indicators.hpp"
#include "models/sites/columns.hpp"
#include "sim/engine/access.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

namespace metier::labour {

namespace {

/// The column as it is.
template <class C>
void values(In<C> column, Cells cells) {
  for (std::size_t k = 0; k < cells.size(); ++k) cells[k] = static_cast<double>(column[k]);
}
/// A / B; no value where B is 0.
template <class A, class B>
void ratio(In<A> a, In<B> b, Cells cells) {
  for (std::size_t k = 0; k < cells.size(); ++k) {
    if (b[k] > 0) cells[k] = static_cast<double>(a[k]) / static_cast<double>(b[k]);
  }
}
/// A / (A + B); no value where the sum is 0.
template <class A, class B>
void share(In<A> a, In<B> b, Cells cells) {
  for (std::size_t k = 0; k < cells.size(); ++k) {
    if (a[k] + b[k] > 0) cells[k] = static_cast<double>(a[k]) / static_cast<double>(a[k] + b[k]);
  }
}
/// Open posts over open and filled ones; no value where nobody works.
template <class Posts, class Heads>
void vacancy_rate(In<Posts> posts, In<Heads> heads, Cells cells) {
  for (std::size_t k = 0; k < cells.size(); ++k) {
    if (heads[k] > 0) cells[k] = static_cast<double>(posts[k]) / static_cast<double>(posts[k] + heads[k]);
  }
}

/// Sums over the table commune x occupation, by either.
template <class C>
std::vector<double> by_commune(In<C> table, std::size_t communes) {
  std::vector<double> sums(communes, 0.0);
  const std::size_t occupations = communes > 0 ? table.size() / communes : 0;
  for (std::size_t k = 0; k < table.size(); ++k) sums[k / occupations] += static_cast<double>(table[k]);
  return sums;
}
template <class C>
std::vector<double> by_occupation(In<C> table, std::size_t occupations) {
  std::vector<double> sums(occupations, 0.0);
  for (std::size_t k = 0; k < table.size(); ++k) sums[k % occupations] += static_cast<double>(table[k]);
  return sums;
}
void divide(const std::vector<double>& part, const std::vector<double>& rest, Cells cells) {
  for (std::size_t k = 0; k < cells.size(); ++k) {
    if (part[k] + rest[k] > 0.0) cells[k] = part[k] / (part[k] + rest[k]);
  }
}

void unemployment_rate(In<Unemployed> u, In<EmployedResidents> e, Cells cells) {
  divide(by_commune(u, cells.size()), by_commune(e, cells.size()), cells);
}
void labour_force(In<Unemployed> u, In<EmployedResidents> e, Cells cells) {
  const std::vector<double> people = by_commune(u, cells.size()), work = by_commune(e, cells.size());
  for (std::size_t c = 0; c < cells.size(); ++c) cells[c] = people[c] + work[c];
}
void unemployment_rate_territory(In<Unemployed> u, In<EmployedResidents> e, Cells cells) {
  const auto people = static_cast<double>(std::accumulate(u.begin(), u.end(), std::int64_t{0}));
  const auto work = static_cast<double>(std::accumulate(e.begin(), e.end(), std::int64_t{0}));
  if (people + work > 0.0) cells[0] = people / (people + work);
}
void unemployment_rate_by_occupation(In<Unemployed> u, In<EmployedResidents> e, Cells cells) {
  divide(by_occupation(u, cells.size()), by_occupation(e, cells.size()), cells);
}
void unemployment_rate_census(In<Unemployed> u, In<Halo> halo, In<EmployedResidents> e, Cells cells) {
  std::vector<double> without = by_commune(u, cells.size());
  const std::vector<double> in_halo = by_commune(halo, cells.size());
  for (std::size_t c = 0; c < without.size(); ++c) without[c] += in_halo[c];
  divide(without, by_commune(e, cells.size()), cells);
}
/// The proxy of registrations of section 3.4 of the model: U + a halo + b employed.
void jobseekers_registered(In<Unemployed> u, In<Halo> halo, In<EmployedResidents> e, In<RegisteredHalo> of_halo,
                           In<RegisteredEmployed> of_employed, Cells cells) {
  const auto all = by_commune(u, cells.size()), away = by_commune(halo, cells.size()),
             work = by_commune(e, cells.size());
  for (std::size_t c = 0; c < cells.size(); ++c) cells[c] = all[c] + of_halo[0] * away[c] + of_employed[0] * work[c];
}
void long_term_unemployment_share(In<LongTermUnemployed> long_term, In<Unemployed> u, Cells cells) {
  const std::vector<double> all = by_commune(u, cells.size());
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (all[c] > 0.0) cells[c] = static_cast<double>(long_term[c]) / all[c];
  }
}
void tightness(In<VacanciesByOccupation> v, In<Unemployed> u, Cells cells) {
  const std::vector<double> people = by_occupation(u, cells.size());
  for (std::size_t o = 0; o < cells.size(); ++o) {
    if (people[o] > 0.0) cells[o] = static_cast<double>(v[o]) / people[o];
  }
}
void tightness_by_commune(In<VacanciesByCommune> v, In<Unemployed> u, Cells cells) {
  const std::vector<double> people = by_commune(u, cells.size());
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (people[c] > 0.0) cells[c] = static_cast<double>(v[c]) / people[c];
  }
}
/// Half the sum over occupations of |u_o / u - v_o / v|.
void mismatch_index(In<Unemployed> u, In<VacanciesByOccupation> v, Cells cells) {
  const std::vector<double> people = by_occupation(u, v.size());
  const double all_people = std::accumulate(people.begin(), people.end(), 0.0);
  const auto all_posts = static_cast<double>(std::accumulate(v.begin(), v.end(), std::int64_t{0}));
  if (all_people <= 0.0 || all_posts <= 0.0) return;
  double sum = 0.0;
  for (std::size_t o = 0; o < v.size(); ++o) {
    sum += std::abs(people[o] / all_people - static_cast<double>(v[o]) / all_posts);
  }
  cells[0] = 0.5 * sum;
}
/// Mean age of the posts that are open.
void vacancy_duration(In<VacancyOccupation> occupation, In<VacancyAge> age, Cells cells) {
  std::vector<double> posts(cells.size(), 0.0), months(cells.size(), 0.0);
  for (std::size_t v = 0; v < occupation.size(); ++v) {
    posts[occupation[v]] += 1.0;
    months[occupation[v]] += static_cast<double>(age[v]);
  }
  for (std::size_t o = 0; o < cells.size(); ++o) {
    if (posts[o] > 0.0) cells[o] = months[o] / posts[o];
  }
}

/// Residents at work or unemployed, and the unemployed, by commune.
struct LabourForce {
  std::vector<double> unemployed, active;
  LabourForce(In<Unemployed> u, In<EmployedResidents> e, std::size_t communes)
      : unemployed(by_commune(u, communes)), active(by_commune(e, communes)) {
    for (std::size_t c = 0; c < communes; ++c) active[c] += unemployed[c];
  }
};
/// Gini coefficient of the unemployment rates of communes, weighted by their labour force:
/// sum_ij w_i w_j |r_i - r_j| / (2 mean).
void gini_commune_unemployment(In<Unemployed> u, In<EmployedResidents> e, In<VacanciesByCommune> communes,
                               Cells cells) {
  const LabourForce force(u, e, communes.size());
  const double all = std::accumulate(force.active.begin(), force.active.end(), 0.0);
  const double without = std::accumulate(force.unemployed.begin(), force.unemployed.end(), 0.0);
  if (all <= 0.0 || without <= 0.0) return;
  double sum = 0.0;
  for (std::size_t i = 0; i < communes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j)
      sum += std::abs(force.unemployed[i] * force.active[j] - force.unemployed[j] * force.active[i]);
  }
  cells[0] = sum / (all * without);
}
/// Jobs per active resident in the fifth of the communes (by number) that has most, over the fifth that has fewest.
void jobs_per_active_ratio(In<Unemployed> u, In<EmployedResidents> e, In<VacanciesByCommune> communes,
                           In<firms::Employees> employees, In<firms::SelfEmployed> owners, In<firms::CommuneOf> place,
                           Cells cells) {
  const LabourForce force(u, e, communes.size());
  std::vector<double> jobs(communes.size(), 0.0);
  for (std::size_t i = 1; i < employees.size(); ++i) jobs[place[i]] += static_cast<double>(employees[i] + owners[i]);
  std::vector<std::size_t> order;
  for (std::size_t c = 0; c < communes.size(); ++c) {
    if (force.active[c] > 0.0) order.push_back(c);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double x = jobs[a] / force.active[a], y = jobs[b] / force.active[b];
    return x != y ? x < y : a < b;
  });
  const std::size_t fifth = order.size() / 5;
  double low_jobs = 0.0, low_active = 0.0, high_jobs = 0.0, high_active = 0.0;
  for (std::size_t k = 0; k < fifth; ++k) {
    low_jobs += jobs[order[k]];
    low_active += force.active[order[k]];
    high_jobs += jobs[order[order.size() - 1 - k]];
    high_active += force.active[order[order.size() - 1 - k]];
  }
  if (low_jobs > 0.0) cells[0] = (high_jobs / high_active) / (low_jobs / low_active);
}
/// Mean time between home and work over the residents at work, who stand by commune in the first rows.
void commute_minutes(In<Home> home, In<Employer> employer, In<firms::CommuneOf> commune, In<sites::X> places,
                     In<sites::CarMinutes> minutes, Cells cells) {
  const std::size_t communes = cells.size();
  std::vector<double> sum(communes, 0.0), people(communes, 0.0);
  const std::size_t residents = first_outside_row(home, communes);
  for (std::size_t h = 0; h < residents; ++h) {
    const Row job = employer[h];
    if (job == firms::kNoFirm) continue;
    const std::size_t to = place_of_work(job, commune, communes);
    sum[home[h]] += static_cast<double>(minutes[home[h] * places.size() + to]);
    people[home[h]] += 1.0;
  }
  for (std::size_t c = 0; c < communes; ++c) {
    if (people[c] > 0.0) cells[c] = sum[c] / people[c];
  }
}

/// The two-state chain: one rate for all.
void unemployment_rate_of_all(In<Unemployed> u, In<EmployedResidents> e, Cells cells) { share(u, e, cells); }

}  // namespace

void add_indicators(IndicatorSet& set, const Params& params) {
  const std::vector<std::string> nothing, commune{"commune"}, occupation{"occupation"}, sector{"sector"}, zone{"zone"},
      size{"size"}, age{"age"}, duration{"duration"};
  const std::string ilo = "ILO sense; models/labour/README.md, section 4";

  switch (params.mode) {
    case Mode::kTwoState:
      if (params.persons == 0) return;
      set.add({.name = "unemployment_rate",
               .code = "EM-01u",
               .observatory = "OE",
               .unit = "1",
               .dims = nothing,
               .total = true,
               .meaning = "unemployed over all persons of the two-state chain, end of month",
               .meaning_fr = "chômeurs rapportés aux personnes de la chaîne à deux états, fin de mois"},
              &unemployment_rate_of_all);
      set.add({.name = "hires",
               .code = "EM-03",
               .observatory = "OE",
               .unit = "person",
               .dims = nothing,
               .measure = Measure::kFlow,
               .total = true,
               .meaning = "persons of the two-state chain who found a job",
               .meaning_fr = "personnes de la chaîne à deux états ayant trouvé un emploi"},
              &values<HiresByOccupation>);
      set.add({.name = "separations",
               .code = "EM-03",
               .observatory = "OE",
               .unit = "person",
               .dims = nothing,
               .measure = Measure::kFlow,
               .total = true,
               .meaning = "persons of the two-state chain who lost their job",
               .meaning_fr = "personnes de la chaîne à deux états ayant perdu leur emploi"},
              &values<SeparationsByOccupation>);
      return;
    case Mode::kUrnBall:
      set.add({.name = "hires",
               .code = "EM-03",
               .observatory = "OE",
               .unit = "person",
               .dims = nothing,
               .measure = Measure::kFlow,
               .total = true,
               .meaning = "vacancies of the urn that got an application, one fresh draw a month",
               .meaning_fr = "postes de l'urne ayant reçu une candidature, un tirage par mois"},
              &values<UrnMatches>);
      return;
    case Mode::kFlowsDrc:
      set.add({.name = "employment",
               .code = "CO-03",
               .observatory = "OC",
               .unit = "person",
               .dims = occupation,
               .total = true,
               .meaning = "employed, flow form between occupations",
               .meaning_fr = "emploi, flux entre métiers"},
              &values<FlowEmployed>);
      set.add({.name = "unemployed",
               .code = "EM-01",
               .observatory = "OE",
               .unit = "person",
               .dims = occupation,
               .total = true,
               .meaning = "unemployed, flow form between occupations",
               .meaning_fr = "chômeurs, flux entre métiers"},
              &values<FlowUnemployed>);
      set.add({.name = "vacancies",
               .code = "EM-04",
               .observatory = "OE",
               .unit = "count",
               .dims = occupation,
               .total = true,
               .meaning = "open posts, flow form between occupations",
               .meaning_fr = "postes à pourvoir, flux entre métiers"},
              &values<FlowVacancies>);
      set.add({.name = "hires",
               .code = "EM-03",
               .observatory = "OE",
               .unit = "person",
               .dims = occupation,
               .measure = Measure::kFlow,
               .total = true,
               .meaning = "hires into the occupation, flow form between occupations",
               .meaning_fr = "embauches dans le métier, flux entre métiers"},
              &values<FlowHires>);
      set.add({.name = "separations",
               .code = "EM-03",
               .observatory = "OE",
               .unit = "person",
               .dims = occupation,
               .measure = Measure::kFlow,
               .total = true,
               .meaning = "jobs ended, flow form between occupations",
               .meaning_fr = "fins d'emploi, flux entre métiers"},
              &values<FlowSeparations>);
      return;
    case Mode::kFull: break;
  }

  set.add({.name = "unemployed",
           .code = "EM-01",
           .observatory = "OE",
           .unit = "person",
           .dims = {"commune", "occupation"},
           .meaning = "unemployed residents (ILO sense), end of month",
           .meaning_fr = "résidents au chômage au sens du BIT, fin de mois",
           .source = ilo},
          &values<Unemployed>);
  set.add({.name = "unemployed_by_age",
           .code = "EM-01",
           .observatory = "OE",
           .unit = "person",
           .dims = age,
           .meaning = "unemployed residents (ILO sense) by age",
           .meaning_fr = "résidents au chômage au sens du BIT selon l'âge",
           .source = ilo},
          &values<UnemployedByAge>);
  set.add({.name = "unemployed_by_duration",
           .code = "EM-01",
           .observatory = "OE",
           .unit = "person",
           .dims = duration,
           .meaning = "unemployed residents (ILO sense) by months without a job",
           .meaning_fr = "résidents au chômage au sens du BIT selon l'ancienneté",
           .source = ilo},
          &values<UnemployedByDuration>);
  set.add({.name = "unemployment_rate",
           .code = "EM-01u",
           .observatory = "OE",
           .unit = "1",
           .dims = commune,
           .meaning = "unemployed over labour force (ILO sense), residents, end of month",
           .meaning_fr = "taux de chômage au sens du BIT des résidents, fin de mois",
           .source = ilo},
          &unemployment_rate);
  set.add({.name = "unemployment_rate_territory",
           .code = "EM-01u",
           .observatory = "OE",
           .unit = "1",
           .dims = nothing,
           .total = true,
           .meaning = "unemployed over labour force (ILO sense), residents of the whole territory, end of month",
           .meaning_fr = "taux de chômage au sens du BIT des résidents de l'ensemble du territoire, fin de mois",
           .source = ilo},
          &unemployment_rate_territory);
  set.add({.name = "labour_force",
           .code = "EM-01",
           .observatory = "OE",
           .unit = "person",
           .dims = commune,
           .meaning = "residents at work, here or outside, and unemployed (ILO sense), end of month",
           .meaning_fr = "actifs résidents, en emploi ou au chômage au sens du BIT, fin de mois",
           .source = ilo},
          &labour_force);
  set.add({.name = "unemployment_rate_by_occupation",
           .code = "EM-01u",
           .observatory = "OE",
           .unit = "1",
           .dims = occupation,
           .meaning = "unemployed over labour force (ILO sense) by occupation, last one for the unemployed",
           .meaning_fr = "taux de chômage au sens du BIT par métier (dernier métier des chômeurs)",
           .source = ilo},
          &unemployment_rate_by_occupation);
  set.add({.name = "unemployment_rate_by_age",
           .code = "EM-01u",
           .observatory = "OE",
           .unit = "1",
           .dims = age,
           .meaning = "unemployed over labour force (ILO sense) by age",
           .meaning_fr = "taux de chômage au sens du BIT selon l'âge",
           .source = ilo},
          &share<UnemployedByAge, EmployedByAge>);
  set.add({.name = "unemployment_rate_census",
           .code = "EM-01c",
           .observatory = "OE",
           .unit = "1",
           .dims = commune,
           .meaning = "unemployed and halo over active residents: the census sense",
           .meaning_fr = "chômeurs et halo rapportés aux actifs : sens du recensement",
           .source = "models/labour/README.md, section 4"},
          &unemployment_rate_census);
  set.add({.name = "jobseekers_registered",
           .code = "EM-01r",
           .observatory = "OE",
           .unit = "person",
           .dims = commune,
           .meaning = "proxy of registered job seekers: unemployed, a share of the halo, a share of the employed",
           .meaning_fr = "approximation des inscrits à Pôle emploi : chômeurs, une part du halo, une part des emplois",
           .source = "shares: scenarios/data/model/anchors.csv, unemployment.registered_*"},
          &jobseekers_registered);
  set.add({.name = "long_term_unemployment_share",
           .code = "EM-02",
           .observatory = "OE",
           .unit = "1",
           .dims = commune,
           .meaning = "share of the unemployed without a job for 12 months or more",
           .meaning_fr = "part des chômeurs sans emploi depuis 12 mois ou plus",
           .source = ilo},
          &long_term_unemployment_share);

  set.add({.name = "hires",
           .code = "EM-03",
           .observatory = "OE",
           .unit = "person",
           .dims = sector,
           .measure = Measure::kFlow,
           .meaning = "salaried jobs begun in the territory, from a job or not",
           .meaning_fr = "embauches dans le territoire, y compris depuis un autre emploi"},
          &values<HiresBySector>);
  set.add({.name = "hires_by_commune",
           .code = "EM-03",
           .observatory = "OE",
           .unit = "person",
           .dims = commune,
           .measure = Measure::kFlow,
           .meaning = "salaried jobs begun, by commune of the workplace",
           .meaning_fr = "embauches selon la commune du lieu de travail"},
          &values<HiresByCommune>);
  set.add({.name = "hires_by_occupation",
           .code = "EM-03",
           .observatory = "OE",
           .unit = "person",
           .dims = occupation,
           .measure = Measure::kFlow,
           .meaning = "salaried jobs begun, by occupation of the post",
           .meaning_fr = "embauches selon le métier du poste"},
          &values<HiresByOccupation>);
  set.add({.name = "hires_by_duration",
           .code = "EM-03",
           .observatory = "OE",
           .unit = "person",
           .dims = duration,
           .measure = Measure::kFlow,
           .meaning = "hires of people without a job, by months without",
           .meaning_fr = "embauches de personnes sans emploi selon l'ancienneté"},
          &values<HiresByDuration>);
  set.add({.name = "hires_by_zone",
           .code = "EM-03",
           .observatory = "OE",
           .unit = "person",
           .dims = zone,
           .measure = Measure::kFlow,
           .meaning = "hires in the territory of people who live in an external zone",
           .meaning_fr = "embauches dans le territoire de personnes résidant dans une zone extérieure"},
          &values<HiresByZone>);
  set.add({.name = "separations",
           .code = "EM-03",
           .observatory = "OE",
           .unit = "person",
           .dims = sector,
           .measure = Measure::kFlow,
           .meaning = "salaried jobs ended in the territory: separations, dismissals, moves to another job",
           .meaning_fr = "fins d'emploi salarié dans le territoire, changements d'emploi compris"},
          &values<SeparationsBySector>);
  set.add({.name = "separations_by_commune",
           .code = "EM-03",
           .observatory = "OE",
           .unit = "person",
           .dims = commune,
           .measure = Measure::kFlow,
           .meaning = "salaried jobs ended, by commune of the workplace",
           .meaning_fr = "fins d'emploi selon la commune du lieu de travail"},
          &values<SeparationsByCommune>);
  set.add({.name = "separations_by_occupation",
           .code = "EM-03",
           .observatory = "OE",
           .unit = "person",
           .dims = occupation,
           .measure = Measure::kFlow,
           .meaning = "salaried jobs ended, by occupation",
           .meaning_fr = "fins d'emploi selon le métier"},
          &values<SeparationsByOccupation>);
  set.add({.name = "job_finding_rate",
           .code = "EM-03",
           .observatory = "OE",
           .unit = "1",
           .dims = nothing,
           .measure = Measure::kMean,
           .meaning = "unemployed residents hired in the month over those at the end of the month before",
           .meaning_fr = "résidents au chômage embauchés rapportés aux chômeurs de la fin du mois précédent"},
          &ratio<HiresFromUnemployment, UnemployedBefore>);
  set.add({.name = "separation_rate",
           .code = "EM-03",
           .observatory = "OE",
           .unit = "1",
           .dims = nothing,
           .measure = Measure::kMean,
           .meaning = "residents who lost a salaried job over those who had one at the end of the month before",
           .meaning_fr = "résidents ayant perdu un emploi salarié rapportés à ceux qui en avaient un"},
          &ratio<JobsLostByResidents, SalariedBefore>);

  set.add({.name = "vacancies",
           .code = "EM-04",
           .observatory = "OE",
           .unit = "count",
           .dims = sector,
           .meaning = "open posts, end of month",
           .meaning_fr = "postes à pourvoir, fin de mois"},
          &values<VacanciesBySector>);
  set.add({.name = "vacancies_by_occupation",
           .code = "EM-04",
           .observatory = "OE",
           .unit = "count",
           .dims = occupation,
           .meaning = "open posts by occupation",
           .meaning_fr = "postes à pourvoir selon le métier"},
          &values<VacanciesByOccupation>);
  set.add({.name = "vacancies_by_size",
           .code = "EM-04",
           .observatory = "OE",
           .unit = "count",
           .dims = size,
           .meaning = "open posts by size of the establishment",
           .meaning_fr = "postes à pourvoir selon la taille de l'établissement"},
          &values<VacanciesBySize>);
  set.add({.name = "vacancy_rate",
           .code = "EM-04",
           .observatory = "OE",
           .unit = "1",
           .dims = sector,
           .meaning = "open posts over open and filled salaried posts",
           .meaning_fr = "postes à pourvoir rapportés aux postes salariés, pourvus ou non"},
          &vacancy_rate<VacanciesBySector, EmployeesBySector>);
  set.add({.name = "vacancy_rate_by_occupation",
           .code = "EM-04",
           .observatory = "OE",
           .unit = "1",
           .dims = occupation,
           .meaning = "open posts over open and filled salaried posts, by occupation",
           .meaning_fr = "taux de postes à pourvoir selon le métier"},
          &vacancy_rate<VacanciesByOccupation, EmployeesByOccupation>);
  set.add({.name = "vacancy_rate_by_size",
           .code = "EM-04",
           .observatory = "OE",
           .unit = "1",
           .dims = size,
           .meaning = "open posts over open and filled salaried posts, by size",
           .meaning_fr = "taux de postes à pourvoir selon la taille"},
          &vacancy_rate<VacanciesBySize, EmployeesBySize>);
  set.add({.name = "labour_market_tightness",
           .code = "EM-04t",
           .observatory = "OE",
           .unit = "1",
           .dims = occupation,
           .meaning = "open posts per unemployed resident (ILO sense)",
           .meaning_fr = "postes à pourvoir par chômeur résident (BIT)"},
          &tightness);
  set.add({.name = "labour_market_tightness_by_commune",
           .code = "EM-04t",
           .observatory = "OE",
           .unit = "1",
           .dims = commune,
           .meaning = "open posts of the commune per unemployed resident",
           .meaning_fr = "postes à pourvoir de la commune par chômeur résident"},
          &tightness_by_commune);
  set.add({.name = "mismatch_index",
           .code = "EM-07",
           .observatory = "OE",
           .unit = "1",
           .dims = nothing,
           .meaning = "half the sum over occupations of |share of the unemployed - share of open posts|",
           .meaning_fr = "demi-somme sur les métiers des écarts entre parts des chômeurs et des postes à pourvoir"},
          &mismatch_index);

  set.add({.name = "vacancy_duration",
           .code = "EM-05",
           .observatory = "OE",
           .unit = "month",
           .dims = occupation,
           .frequency = Frequency::kQuarterly,
           .meaning = "months that the posts open at the end of the quarter have been open, mean",
           .meaning_fr = "ancienneté moyenne en mois des postes à pourvoir en fin de trimestre"},
          &vacancy_duration);
  set.add({.name = "gini_commune_unemployment",
           .code = "IG-02",
           .observatory = "OE",
           .unit = "1",
           .dims = nothing,
           .frequency = Frequency::kAnnual,
           .meaning = "Gini coefficient of the unemployment rates (ILO) of communes, weighted by labour force",
           .meaning_fr = "coefficient de Gini des taux de chômage (BIT) des communes, pondérés par les actifs"},
          &gini_commune_unemployment);
  set.add({.name = "jobs_per_active_ratio_q5_q1",
           .code = "IG-03",
           .observatory = "OE",
           .unit = "1",
           .dims = nothing,
           .frequency = Frequency::kAnnual,
           .meaning = "jobs per active resident: fifth of the communes with most over fifth with fewest",
           .meaning_fr = "emplois par actif : cinquième des communes le mieux doté sur cinquième le moins bien doté"},
          &jobs_per_active_ratio);

  set.add({.name = "in_commuters",
           .code = "EM-11",
           .observatory = "OE",
           .unit = "person",
           .dims = zone,
           .meaning = "people of the external zone who work in the territory",
           .meaning_fr = "actifs de la zone extérieure travaillant dans le territoire"},
          &values<InCommuters>);
  set.add({.name = "out_commuters",
           .code = "EM-11",
           .observatory = "OE",
           .unit = "person",
           .dims = zone,
           .meaning = "residents who work in the external zone",
           .meaning_fr = "résidents travaillant dans la zone extérieure"},
          &values<OutCommuters>);
  set.add({.name = "commute_minutes",
           .code = "EM-11",
           .observatory = "OE",
           .unit = "min",
           .dims = commune,
           .frequency = Frequency::kAnnual,
           .meaning = "mean minutes by car from home to work of residents at work, here or in an external zone, by "
                      "commune of residence",
           .meaning_fr = "durée moyenne en minutes du trajet domicile-travail en voiture des résidents en emploi, ici "
                         "ou dans une zone extérieure, selon la commune de résidence",
           .source = "minutes by road distance between centres; the rest of France at its stated distance"},
          &commute_minutes);
  add_wage_indicators(set);
}

}  // namespace metier::labour
