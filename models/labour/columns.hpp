#pragma once
#include "models/firms/columns.hpp"
#include "models/sites/columns.hpp"
#include "sim/core/column.hpp"

namespace metier::labour {

/// The labour force, person by person: residents of the communes first, sorted by commune, then the pool of people of
/// the external zones who work in the territory. A row of that pool without a job has status kAbsent and may be reused.
struct Person {
  static constexpr TableInfo info{"person", "one row per person of the labour force: residents by commune, then in-commuters"};
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
/// External zones (13): row = zone - communes.
struct ExternalZone {
  static constexpr TableInfo info{"external_zone", "one row per zone outside the territory"};
};
/// row = commune * occupations + occupation
struct CommuneOccupation {
  static constexpr TableInfo info{"commune_occupation", "one row per (commune, occupation), occupation fastest"};
};

enum class Status : std::uint8_t {
  kAbsent = 0,      ///< row of the pool of in-commuters that is not in use
  kEmployed = 1,    ///< salaried, in the territory or outside
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
  static constexpr ColumnInfo info{"person.skill", "s.d.", "skill, standard normal at t = 0"};
};
struct Education : ColumnOf<std::uint8_t, Person> {
  static constexpr ColumnInfo info{"person.education", "1", "diploma, 0 none to 5 (bac + 3 or more)"};
};
struct Age : ColumnOf<std::uint8_t, Person> {
  static constexpr ColumnInfo info{"person.age", "year", "age in completed years"};
};
struct StatusOf : ColumnOf<Status, Person> {
  static constexpr ColumnInfo info{"person.status", "1", "0 absent, 1 employed, 2 self-employed, 3 unemployed, 4 halo, 5 training, 6 inactive, 7 student, 8 retired"};
};
struct Employer : ColumnOf<Row, Person> {
  static constexpr ColumnInfo info{"person.employer", "1", "row of the establishment; 0 none; 0xFFFFFF00 + external zone outside"};
};
struct Wage : ColumnOf<std::int32_t, Person> {
  static constexpr ColumnInfo info{"person.wage", "cent/month", "gross wage of the main job; 0 without a salaried job"};
};
struct Duration : ColumnOf<std::uint8_t, Person> {
  static constexpr ColumnInfo info{"person.duration", "month", "months without a job, up to 255"};
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

// ---- market structure -------------------------------------------------------------------------------------------------
struct MedianWage : ColumnOf<double, Occupation> {
  static constexpr ColumnInfo info{"occupation.wage0", "cent/month", "median gross full-time wage at t = 0"};
};
struct RelativeExit : ColumnOf<double, Occupation> {
  static constexpr ColumnInfo info{"occupation.relative_exit", "1", "exit rate relative to the mean of all jobs"};
};
struct Tension : ColumnOf<double, Occupation> {
  static constexpr ColumnInfo info{"occupation.tension", "s.d.", "tension index of the Nord, 2019"};
};
struct Mobility : ColumnOf<double, OccupationPair> {
  static constexpr ColumnInfo info{"occupation_pair.mobility", "1", "A: weight of applications from one occupation to another; rows sum to 1"};
};
struct Staffing : ColumnOf<double, SectorOccupation> {
  static constexpr ColumnInfo info{"sector_occupation.staffing", "share", "share of the occupation in the jobs of the sector; rows sum to 1"};
};
struct SectorWage : ColumnOf<double, SectorOccupation> {
  static constexpr ColumnInfo info{"sector_occupation.wage", "cent/month", "reference gross wage w0 of (sector, occupation) at t = 0"};
};
/// People of the zone who may apply here, and those who live in the territory and work there.
struct ZoneUnemployed : ColumnOf<double, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.unemployed", "person", "ILO unemployed of the zone who may look for a job here (ilo_share applied)"};
};
struct VisitShare : ColumnOf<double, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.visit_share", "1/month", "share of them that applies here in a month; keeps the in-commuting share of t = 0"};
};
struct OutsidePosts : ColumnOf<std::int32_t, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.posts", "person", "residents of the territory employed in the zone at t = 0: the posts that stay open to them"};
};

// ---- flows of the month and counts (zeroed and filled each month) -----------------------------------------------------
struct HiresBySector : ColumnOf<std::int64_t, firms::Sector> {
  static constexpr ColumnInfo info{"sector.hires", "person/month", "hires, by sector of the employer"};
};
struct SeparationsBySector : ColumnOf<std::int64_t, firms::Sector> {
  static constexpr ColumnInfo info{"sector.separations", "person/month", "jobs ended, by sector of the employer"};
};
struct VacanciesBySector : ColumnOf<std::int64_t, firms::Sector> {
  static constexpr ColumnInfo info{"sector.vacancies", "count", "open posts at the end of the month"};
};
struct Unemployed : ColumnOf<std::int64_t, CommuneOccupation> {
  static constexpr ColumnInfo info{"commune_occupation.unemployed", "person", "ILO unemployed residents"};
};
struct Halo : ColumnOf<std::int64_t, CommuneOccupation> {
  static constexpr ColumnInfo info{"commune_occupation.halo", "person", "residents available but not searching"};
};
struct EmployedResidents : ColumnOf<std::int64_t, CommuneOccupation> {
  static constexpr ColumnInfo info{"commune_occupation.employed", "person", "residents with a job, here or outside, salaried or not"};
};
struct InCommuters : ColumnOf<std::int64_t, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.in_commuters", "person", "people of the zone who work in the territory"};
};
struct OutCommuters : ColumnOf<std::int64_t, ExternalZone> {
  static constexpr ColumnInfo info{"external_zone.out_commuters", "person", "residents of the territory who work in the zone"};
};

}  // namespace metier::labour
