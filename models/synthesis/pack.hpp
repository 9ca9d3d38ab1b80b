#pragma once
#include "models/synthesis/pack_files.hpp"
#include "models/synthesis/units.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace metier::synthesis {

/// What the files may say of a place: median income per consumption unit [EUR/year]; residents or jobs of a zone
/// outside; distance to another place [km]; coordinates [m].
inline constexpr double kLeastIncome = 1.0, kMostIncome = 1e6, kMostPeople = 1e9, kNearest = 1e-3, kFarthest = 2e4,
                        kMostX = 1e7, kMostY = 1e8;

struct CommuneData {
  std::string code, name;
  double x = 0.0, y = 0.0;  ///< m, Lambert-93
  double area_km2 = 0.0;
  std::uint32_t employment_zone = 0;
  double population = 0.0;
  double jobs = 0.0;  ///< at the workplace, salaried and not
  double salaried_jobs = 0.0;
  double units_without_employees = 0.0;
  std::array<double, kGroups> employers_by_group{};
  std::array<double, kCounted> employers_by_size{};  ///< 0, 1-9, 10+
  std::array<std::array<double, kClasses>, kGroups> employers_expected{};
  std::array<double, kGroups> jobs_by_group{};  ///< estimate of salaried jobs
};

struct ExternalZoneData {
  std::string code, label_en, label_fr;
  std::string zone_group;             ///< ring, belgium, rest
  double x = 0.0, y = 0.0;            ///< m; unused when `distance_km` is given
  std::optional<double> distance_km;  ///< straight line to every commune
};

struct SectorData {
  std::string code, label_en, label_fr;
  std::size_t group = 0;
  std::size_t good = 0;
  bool self_employed = true;                                      ///< establishments may have a self-employed owner
  double share_zero = 0.0, share_small = 0.0, share_large = 0.0;  ///< of the group: no employees, up to 19, from 20
  double job_share = 0.0;                                         ///< of the group's jobs, national
  double national_thousands = 0.0;                                ///< employment of the country
  bool national_estimated = false;
  double survival_5y = 0.0;  ///< of the cohort asked for
};

struct GroupData {
  std::array<double, kClasses> mean_jobs{};  ///< employees per establishment; class 0: 0
  double share_without_employees = 0.0;      ///< of all units without employees
  double france_share = 0.0;                 ///< share of the group in the employees of the country
  double location_quotient = 0.0;
};

struct NafData {
  std::string code;
  std::size_t sector = 0;
  double weight = 0.0;
};

/// How travel times follow from distances.
struct TravelRule {
  double detour = 0.0, base_minutes = 0.0, near_minutes = 0.0, far_minutes = 0.0, near_limit_km = 0.0,
         minimum_minutes = 0.0;
};

/// What the data pack says about places, sectors and establishments, checked: the input of build_establishments.
struct DataPack {
  int data_year = 0;
  std::vector<CommuneData> communes;
  std::vector<ExternalZoneData> external_zones;
  std::vector<double> distance_km;  ///< straight line, communes x communes; diagonal: mean distance inside
  std::vector<std::string> goods;   ///< codes
  std::vector<SectorData> sectors;
  std::array<GroupData, kGroups> groups{};
  std::vector<NafData> naf;
  std::array<double, 5> survival{};               ///< baseline survival at 1 .. 5 years
  std::vector<std::pair<int, double>> size_ccdf;  ///< (size, establishments of at least that size)
  TravelRule travel;
};

/// The lists of codes that the other files of the pack refer to.
CodeList communes_of(const DataPack& pack);
CodeList zones_of(const DataPack& pack);
CodeList sectors_of(const DataPack& pack);
CodeList goods_of(const DataPack& pack);

/// Whether the lists that the files of people and economy are about could be read: without them every row of these files
/// would be complained of.
bool has_lists(const DataPack& pack);

/// The sector of a row of a source, whose codes are A38: households as employers (TZ) count with other services (SZ);
/// of parts that make one good ("MA+MB+MC") the first names it. Any other code that is no sector is a problem.
std::optional<std::size_t> sector_of_source(const CodeList& sectors, const PackTable& table, std::size_t row,
                                            PackColumn column);
/// Codes of sources about jobs that the model has no sector for: bodies outside the territory (UZ), unknown (ZZ).
bool is_left_out(const CodeList& sectors, const std::string& code);

/// Reads and checks the files of the pack; what is wrong goes to the problems of `files`, and the pack is then not
/// usable.
///
/// survival_cohort: which cohort of new firms gives the survival of a sector (params.survival_cohort)
DataPack read_pack(PackFiles& files, int survival_cohort);

}  // namespace metier::synthesis
