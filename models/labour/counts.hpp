#pragma once
#include "models/labour/job_events.hpp"
#include "models/labour/params.hpp"
#include "sim/core/parallel.hpp"

#include <vector>

namespace metier::labour {

/// What the census of people at work looks at and where it goes.
struct Census {
  In<Home> home;
  In<OccupationOf> occupation;
  In<Age> age;
  In<StatusOf> status;
  In<Employer> employer;
  In<Wage> wage;
  Out<EmployedNow> employed;
  Out<EmployedByAge> employed_by_age;
  Out<EmployeesByOccupation> employees_by_occupation;
  Out<WagesByOccupation> wages_by_occupation;
  Out<InCommuters> in_commuters;
  Out<OutCommuters> out_commuters;
  Out<SalariedResidents> salaried;
};

/// Counts everybody at work, at t = 0: from then on `JobEvents` keeps these counts.
void take_census(Census census);

/// What the counts of people look at and where they go.
struct PeopleCounts {
  In<Home> home;
  In<OccupationOf> occupation;
  In<Age> age;
  In<StatusOf> status;
  In<Duration> duration;
  In<EmployedNow> employed_now;
  Out<EmployedResidents> employed;
  Out<Unemployed> unemployed;
  Out<Halo> halo;
  Out<LongTermUnemployed> long_term;
  Out<UnemployedByDuration> unemployed_by_duration;
  Out<UnemployedByAge> unemployed_by_age;
};
/// Working memory: private integers of the workers.
struct HeadCount {
  PrivateSums<std::int64_t> sums;
  std::vector<std::int64_t> totals;
};

/// Counts the residents without a job at the end of the month by commune and occupation, duration and age, and makes
/// the number of those with one known.
void count_people(PeopleCounts counts, Scratch<HeadCount> memory);

/// What the counts of jobs and posts look at and where they go.
struct JobCounts {
  In<firms::SectorOf> sector;
  In<firms::CommuneOf> commune;
  In<firms::Employees> employees;
  In<firms::WageBill> wage_bill;
  In<VacancyFirm> post_firm;
  In<VacancyOccupation> post_occupation;
  Out<EmployeesBySector> employees_by_sector;
  Out<WagesBySector> wages_by_sector;
  InOut<MeanWageAtStart> mean_wage0;
  Out<EmployeesByCommune> employees_by_commune;
  Out<WagesByCommune> wages_by_commune;
  Out<EmployeesBySize> employees_by_size;
  Out<VacanciesBySector> vacancies_by_sector;
  Out<VacanciesByOccupation> vacancies_by_occupation;
  Out<VacanciesByCommune> vacancies_by_commune;
  Out<VacanciesBySize> vacancies_by_size;
};

/// Counts salaried jobs, wages and open posts of the territory's establishments.
void count_jobs(JobCounts counts);

/// a / b with half a person added to each count, so that small places have a rate too.
inline double smoothed_ratio(double a, double b) { return (a + 0.5) / (b + 0.5); }
/// Unemployed over labour force of the whole territory, smoothed likewise.
double territory_unemployment(In<Unemployed> unemployed, In<EmployedResidents> employed);

/// Who is left to look for a job in the external zones: those who took one here are gone, those who lost it are back.
/// Equation  unemployed_z = reserve_z - in-commuters_z, at least 0                                     (README eq. 16)
void count_zones(In<ZoneReserve> reserve, In<InCommuters> in_commuters, Out<ZoneUnemployed> unemployed);

/// Keeps open posts per unemployed of each occupation and the unemployment rate when first seen: the references of
/// wages.
void observe_tightness(In<Unemployed> unemployed, In<EmployedResidents> employed, In<VacanciesByOccupation> vacancies,
                       InOut<TightnessReference> reference, InOut<UnemploymentReference> rate);

}  // namespace metier::labour
