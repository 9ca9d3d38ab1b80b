#pragma once
#include "models/firms/columns.hpp"
#include "models/sites/columns.hpp"
#include "sim/core/column.hpp"

namespace metier::labour {

/// The labour force, person by person: residents of the communes first, sorted by commune, then the pool of people of
/// the external zones who work in the territory. A row of that pool without a job has status kAbsent and may be reused.
struct Person {
  static constexpr TableInfo info{"person",
                                  "one row per person of the labour force: residents by commune, then in-commuters"};
};
/// Open posts, sorted by the month's market; rows come and go.
struct Vacancy {
  static constexpr TableInfo info{"vacancy", "one row per open post"};
};
struct Occupation {
  static constexpr TableInfo info{"occupation", "one row per occupation group (FAP domain x level)"};
};
/// row = from * occupations + to
struct OccupationPair {
  static constexpr TableInfo info{"occupation_pair", "one row per ordered pair of occupations, `to` fastest"};
};
/// row = sector * occupations + occupation
struct SectorOccupation {
  static constexpr TableInfo info{"sector_occupation", "one row per (sector, occupation), occupation fastest"};
};
/// External zones (13): row = zone - communes. Posts there belong to employer firms::kOutsideEmployer + row.
struct ExternalZone {
  static constexpr TableInfo info{"external_zone", "one row per zone outside the territory"};
};
/// row = commune * occupations + occupation
struct CommuneOccupation {
  static constexpr TableInfo info{"commune_occupation", "one row per (commune, occupation), occupation fastest"};
};
/// Who gets wages, in the order of `Payees`.
struct Payee {
  static constexpr TableInfo info{"payee",
                                  "one row per payee of wages: household cells paid by establishments here; cells paid "
                                  "by each outside economy (economy fastest); people of each external zone"};
};

/// The labour market as a whole: one row.
struct LabourMarket {
  static constexpr TableInfo info{"labour_market", "one row: what holds for the whole labour market"};
};
/// Price and wage levels of the last months: row = month modulo 13, so that the level of a year ago is still there.
struct WageHistory {
  static constexpr TableInfo info{
      "wage_history", "thirteen rows: consumer prices and going wages of the last months, row = month modulo 13"};
};
inline constexpr std::size_t kHistoryMonths = 13;
/// Bands of the tables by duration without a job, by age and by size of the establishment.
struct DurationBand {
  static constexpr TableInfo info{"duration_band", "months without a job: 0-2, 3-5, 6-11, 12-23, 24 or more"};
};
inline constexpr std::size_t kDurationBands = 5;
struct AgeBand {
  static constexpr TableInfo info{"age_band", "age in years: under 25, 25-54, 55 or more"};
};
inline constexpr std::size_t kAgeBands = 3;
struct SizeBand {
  static constexpr TableInfo info{"size_band", "employees of the establishment: 0, 1-9, 10-49, 50-249, 250 or more"};
};
inline constexpr std::size_t kSizeBands = 5;

/// Home of no household cell: people who live outside the territory.
inline constexpr std::uint16_t kNoCell = 0xFFFF;

enum class Status : std::uint8_t {
  kAbsent = 0,    ///< row of the pool of in-commuters that is not in use
  kEmployed = 1,  ///< salaried, in the territory or outside
  kSelfEmployed = 2,
  kUnemployed = 3,  ///< ILO sense
  kHalo = 4,        ///< available, not searching actively
  kTraining = 5,
  kInactive = 6,
  kStudent = 7,
  kRetired = 8,
};

// ---- persons ------------------------------------------------------------------------------------------------------
struct Key : ColumnOf<std::uint64_t, Person> {
  static constexpr ColumnInfo info{"person.key", "1", "lasting key, the same in every scenario"};
};
struct Home : ColumnOf<std::uint8_t, Person> {
  static constexpr ColumnInfo info{"person.home", "1", "row of the place of residence (table zone)"};
};
struct OccupationOf : ColumnOf<std::uint8_t, Person> {
  static constexpr ColumnInfo info{"person.occupation", "1", "row of the occupation"};
};
struct Skill : ColumnOf<float, Person> {
  static constexpr ColumnInfo info{"person.skill", "s.d.",
                                   "skill, normal with s.d. 1 at t = 0; mean 0 at work, -labour.skill_slope without"};
};
struct Education : ColumnOf<std::uint8_t, Person> {
  static constexpr ColumnInfo info{"person.education", "1", "diploma, 0 none to 5 (bac + 3 or more)"};
};
struct Age : ColumnOf<std::uint8_t, Person> {
  static constexpr ColumnInfo info{"person.age", "year", "age in completed years"};
};
struct StatusOf : ColumnOf<Status, Person> {
  static constexpr ColumnInfo info{
      "person.status", "1",
      "0 absent, 1 employed, 2 self-employed, 3 unemployed, 4 halo, 5 training, 6 inactive, 7 student, 8 retired"};
};
struct Employer : ColumnOf<Row, Person> {
  static constexpr ColumnInfo info{"person.employer", "1",
                                   "row of the establishment; 0 none; 0xFFFFFF00 + external zone outside"};
};
struct Wage : ColumnOf<std::int32_t, Person> {
  static constexpr ColumnInfo info{"person.wage", "cent/month", "gross wage of the main job; 0 without a salaried job"};
};
struct Duration : ColumnOf<std::uint8_t, Person> {
  static constexpr ColumnInfo info{"person.duration", "month", "months without a job, up to 255"};
};
/// Tells tenure (who came last) and the month of the yearly review of the wage.
struct HiredIn : ColumnOf<std::int16_t, Person> {
  static constexpr ColumnInfo info{"person.hired_in", "month",
                                   "month in which the present job began; 0 and below: before the first month"};
};
struct Cell : ColumnOf<std::uint16_t, Person> {
  static constexpr ColumnInfo info{"person.cell", "1", "household cell: 5 * commune + income quintile; 0xFFFF outside"};
};

// ---- posts ----------------------------------------------------------------------------------------------------------
struct VacancyFirm : ColumnOf<Row, Vacancy> {
  static constexpr ColumnInfo info{"vacancy.firm", "1", "row of the establishment"};
};
struct VacancyOccupation : ColumnOf<std::uint8_t, Vacancy> {
  static constexpr ColumnInfo info{"vacancy.occupation", "1", "row of the occupation"};
};
struct VacancyAge : ColumnOf<std::uint8_t, Vacancy> {
  static constexpr ColumnInfo info{"vacancy.age", "month", "months open"};
};
struct VacancyKey : ColumnOf<std::uint64_t, Vacancy> {
  static constexpr ColumnInfo info{"vacancy.key", "1", "hash of the establishment's key, month and number"};
};

// ---- establishments, as employers
// --------------------------------------------------------------------------------------
struct ReplacementsDue : ColumnOf<std::int32_t, firms::Firm> {
  static constexpr ColumnInfo info{"firm.replacements_due", "person",
                                   "posts left by people who went, not yet advertised again"};
};
struct ProductivityYear : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.productivity_year", "kEUR2018/worker/month",
                                   "productivity at the last turn of the year; 0: not seen yet"};
};
struct ProductivityGrowth : ColumnOf<double, firms::Firm> {
  static constexpr ColumnInfo info{"firm.productivity_growth", "1",
                                   "log growth of productivity over the last calendar year"};
};

// ---- wages in general
// ----------------------------------------------------------------------------------------------------
struct PriceSeen : ColumnOf<double, WageHistory> {
  static constexpr ColumnInfo info{"wage_history.price", "1", "consumer prices at the end of the month"};
};
struct GoingWageSeen : ColumnOf<double, WageHistory> {
  static constexpr ColumnInfo info{"wage_history.going_wage", "1",
                                   "going wage at the end of the month, relative to t = 0"};
};
struct OutsideWageSeen : ColumnOf<double, WageHistory> {
  static constexpr ColumnInfo info{"wage_history.outside_wage", "1",
                                   "going wage of the external zones at the end of the month, relative to t = 0"};
};
struct CommonProductivity : ColumnOf<double, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.productivity", "1",
                                   "growth since t = 0 of the productivity of jobs, mean of logs over employees, as an "
                                   "index; moves in December"};
};
struct OutsidePriceBefore : ColumnOf<double, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.outside_price_before", "1",
                                   "outside prices at the end of the month before, relative to t = 0"};
};
struct UnemploymentReference : ColumnOf<double, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.unemployment_reference", "1",
                                   "unemployment rate of the territory (ILO) when first observed; 0: not yet"};
};
struct PriceAtStart : ColumnOf<double, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.price_at_start", "1",
                                   "consumer prices at t = 0, to which reference wages belong"};
};
struct MinimumWage : ColumnOf<std::int64_t, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.minimum_wage", "cent/month", "gross full-time minimum wage (SMIC)"};
};
struct MinimumWagePrice : ColumnOf<double, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.minimum_wage_price", "1",
                                   "consumer prices when the minimum wage was last set; 0: before the first month"};
};
struct MinimumWageGoing : ColumnOf<double, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.minimum_wage_going", "1",
                                   "going wage when the minimum wage was last set; 0: before the first month"};
};
struct HaloEntryAtRest : ColumnOf<double, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.halo_entry", "1/month",
                                   "probability to leave unemployment for the halo that keeps the halo of t = 0 as it "
                                   "is"};
};
struct RegisteredHalo : ColumnOf<double, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.registered_halo", "share", "share of the halo that is registered"};
};
struct RegisteredEmployed : ColumnOf<double, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.registered_employed", "share",
                                   "share of the employed that is registered (reduced activity)"};
};

// ---- market structure
// -------------------------------------------------------------------------------------------------
struct MedianWage : ColumnOf<double, Occupation> {
  static constexpr ColumnInfo info{"occupation.wage0", "cent/month", "median gross full-time wage at t = 0"};
};
struct RelativeExit : ColumnOf<double, Occupation> {
  static constexpr ColumnInfo info{"occupation.relative_exit", "1", "exit rate relative to the mean of all jobs"};
};
/// The same by place of residence and by age: the hazard of a job is separation_rate times all three.
struct RelativeExitAtHome : ColumnOf<double, sites::Zone> {
  static constexpr ColumnInfo info{"zone.relative_exit", "1",
                                   "exit rate of the people who live there relative to that of their occupations"};
};
struct RelativeExitAtAge : ColumnOf<double, AgeBand> {
  static constexpr ColumnInfo info{"age_band.relative_exit", "1",
                                   "exit rate of the people of that age relative to that of their occupations"};
};
struct Tension : ColumnOf<double, Occupation> {
  static constexpr ColumnInfo info{"occupation.tension", "s.d.", "tension index of the Nord, 2019"};
};
struct Mobility : ColumnOf<double, OccupationPair> {
  static constexpr ColumnInfo info{"occupation_pair.mobility", "1",
                                   "A: weight of applications from one occupation to another; rows sum to 1"};
};
struct Staffing : ColumnOf<double, SectorOccupation> {
  static constexpr ColumnInfo info{"sector_occupation.staffing", "share",
                                   "share of the occupation in the jobs of the sector; rows sum to 1"};
};
struct SectorWage : ColumnOf<double, SectorOccupation> {
  static constexpr ColumnInfo info{"sector_occupation.wage", "cent/month",
                                   "reference gross wage w0 of (sector, occupation) at t = 0"};
};
struct TightnessReference : ColumnOf<double, Occupation> {
  static constexpr ColumnInfo info{"occupation.tightness_reference", "1",
                                   "open posts per unemployed when first observed; 0: not yet"};
};
/// People of the zone who may apply here, and those who live in the territory and work there.
struct ZoneUnemployed : ColumnOf<double, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.unemployed", "person",
                                   "ILO unemployed of the zone who may look for a job here (ilo_share applied)"};
};
struct ZoneReserve : ColumnOf<double, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.reserve", "person",
                                   "ILO unemployed of the zone and its people who work here, together; set at t = 0"};
};
struct VisitShare : ColumnOf<double, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.visit_share", "1/month",
                                   "share of them that applies here in a month; keeps the in-commuting share of t = 0"};
};
struct ZoneGroupOf : ColumnOf<std::uint8_t, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.group", "1",
                                   "outside economy that pays its wages: 0 rest of France, 1 North-West Europe"};
};
struct Pull : ColumnOf<double, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.pull", "1",
                                   "weight of its posts for residents, set so that a post there finds as many "
                                   "applicants as a local one; 0: not yet"};
};
struct OutsidePosts : ColumnOf<std::int32_t, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.posts", "person",
                                   "posts of the zone for residents of the territory, filled or open"};
};
struct OutsidePostsAtStart : ColumnOf<std::int32_t, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.posts0", "person", "the same at t = 0"};
};

// ---- flows of the month, counts of its end, and stocks that the jobs that begin and end keep (`JobEvents`)
// -----------------------------------------------------
struct HiresBySector : ColumnOf<std::int64_t, firms::Sector> {
  static constexpr ColumnInfo info{"sector.hires", "person/month", "hires, by sector of the employer"};
};
struct SeparationsBySector : ColumnOf<std::int64_t, firms::Sector> {
  static constexpr ColumnInfo info{"sector.separations", "person/month", "jobs ended, by sector of the employer"};
};
struct VacanciesBySector : ColumnOf<std::int64_t, firms::Sector> {
  static constexpr ColumnInfo info{"sector.vacancies", "count", "open posts at the end of the month"};
};
struct HiresByCommune : ColumnOf<std::int64_t, sites::Commune> {
  static constexpr ColumnInfo info{"commune.hires", "person/month", "hires, by commune of the employer"};
};
struct SeparationsByCommune : ColumnOf<std::int64_t, sites::Commune> {
  static constexpr ColumnInfo info{"commune.separations", "person/month", "jobs ended, by commune of the employer"};
};
struct HiresByOccupation : ColumnOf<std::int64_t, Occupation> {
  static constexpr ColumnInfo info{"occupation.hires", "person/month", "hires, by occupation of the post"};
};
struct SeparationsByOccupation : ColumnOf<std::int64_t, Occupation> {
  static constexpr ColumnInfo info{"occupation.separations", "person/month", "jobs ended, by occupation"};
};
struct HiresByDuration : ColumnOf<std::int64_t, DurationBand> {
  static constexpr ColumnInfo info{"duration_band.hires", "person/month",
                                   "hires of people without a job, by months without"};
};
struct HiresByZone : ColumnOf<std::int64_t, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.hires", "person/month", "hires here of people who live in the zone"};
};
struct VacanciesByOccupation : ColumnOf<std::int64_t, Occupation> {
  static constexpr ColumnInfo info{"occupation.vacancies", "count", "open posts at the end of the month"};
};
struct VacanciesByCommune : ColumnOf<std::int64_t, sites::Commune> {
  static constexpr ColumnInfo info{"commune.vacancies", "count", "open posts at the end of the month"};
};
struct VacanciesBySize : ColumnOf<std::int64_t, SizeBand> {
  static constexpr ColumnInfo info{"size_band.vacancies", "count", "open posts at the end of the month"};
};
struct EmployeesBySize : ColumnOf<std::int64_t, SizeBand> {
  static constexpr ColumnInfo info{"size_band.employees", "person", "salaried jobs here"};
};
struct EmployeesBySector : ColumnOf<std::int64_t, firms::Sector> {
  static constexpr ColumnInfo info{"sector.employees", "person", "salaried jobs here"};
};
struct WagesBySector : ColumnOf<std::int64_t, firms::Sector> {
  static constexpr ColumnInfo info{"sector.wages", "cent/month", "gross wages of the salaried jobs here"};
};
struct MeanWageAtStart : ColumnOf<double, firms::Sector> {
  static constexpr ColumnInfo info{"sector.mean_wage0", "cent/month", "mean gross wage at t = 0; 0: not yet"};
};
struct EmployeesByCommune : ColumnOf<std::int64_t, sites::Commune> {
  static constexpr ColumnInfo info{"commune.employees", "person", "salaried jobs in the commune"};
};
struct WagesByCommune : ColumnOf<std::int64_t, sites::Commune> {
  static constexpr ColumnInfo info{"commune.wages", "cent/month", "gross wages of the salaried jobs in the commune"};
};
struct EmployeesByOccupation : ColumnOf<std::int64_t, Occupation> {
  static constexpr ColumnInfo info{"occupation.employees", "person", "salaried jobs here, whoever holds them"};
};
struct WagesByOccupation : ColumnOf<std::int64_t, Occupation> {
  static constexpr ColumnInfo info{"occupation.wages", "cent/month", "gross wages of the salaried jobs here"};
};
struct HiresFromUnemployment : ColumnOf<std::int64_t, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.hires_from_unemployment", "person/month",
                                   "unemployed residents (ILO) hired, here or outside"};
};
struct JobsLostByResidents : ColumnOf<std::int64_t, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.jobs_lost", "person/month",
                                   "residents whose job ended and who became unemployed"};
};
struct UnemployedBefore : ColumnOf<std::int64_t, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.unemployed_before", "person",
                                   "unemployed residents (ILO) at the end of the month before"};
};
struct SalariedBefore : ColumnOf<std::int64_t, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.salaried_before", "person",
                                   "residents with a salaried job at the end of the month before"};
};
struct SalariedResidents : ColumnOf<std::int64_t, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.salaried", "person",
                                   "residents with a salaried job, here or outside"};
};
struct LongTermUnemployed : ColumnOf<std::int64_t, sites::Commune> {
  static constexpr ColumnInfo info{"commune.long_term_unemployed", "person",
                                   "ILO unemployed residents without a job for 12 months or more"};
};
struct UnemployedByDuration : ColumnOf<std::int64_t, DurationBand> {
  static constexpr ColumnInfo info{"duration_band.unemployed", "person", "ILO unemployed residents"};
};
struct UnemployedByAge : ColumnOf<std::int64_t, AgeBand> {
  static constexpr ColumnInfo info{"age_band.unemployed", "person", "ILO unemployed residents"};
};
struct EmployedByAge : ColumnOf<std::int64_t, AgeBand> {
  static constexpr ColumnInfo info{"age_band.employed", "person", "residents with a job"};
};
struct Unemployed : ColumnOf<std::int64_t, CommuneOccupation> {
  static constexpr ColumnInfo info{"commune_occupation.unemployed", "person", "ILO unemployed residents"};
};
struct Halo : ColumnOf<std::int64_t, CommuneOccupation> {
  static constexpr ColumnInfo info{"commune_occupation.halo", "person", "residents available but not searching"};
};
struct EmployedResidents : ColumnOf<std::int64_t, CommuneOccupation> {
  static constexpr ColumnInfo info{"commune_occupation.employed", "person",
                                   "residents with a job, here or outside, salaried or not"};
};
struct EmployedNow : ColumnOf<std::int64_t, CommuneOccupation> {
  static constexpr ColumnInfo info{"commune_occupation.employed_now", "person",
                                   "commune_occupation.employed within the month, kept by the jobs that begin and end"};
};
struct PayeeWages : ColumnOf<std::int64_t, Payee> {
  static constexpr ColumnInfo info{"payee.wages", "cent/month",
                                   "gross wages of its people, kept by the jobs that begin and end and by revisions"};
};
struct InCommuters : ColumnOf<std::int64_t, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.in_commuters", "person",
                                   "people of the zone who work in the territory"};
};
struct OutCommuters : ColumnOf<std::int64_t, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.out_commuters", "person",
                                   "residents of the territory who work in the zone"};
};

}  // namespace metier::labour
