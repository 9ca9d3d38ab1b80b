#pragma once
#include "models/synthesis/pack.hpp"

#include <array>
#include <string>
#include <vector>

namespace metier::synthesis {

/// Bands of age of the labour force: 15-24, 25-54, 55-64, 65 and more.
inline constexpr std::size_t kAgeBands = 4;
inline constexpr std::array<int, kAgeBands + 1> kAgeFrom{15, 25, 55, 65, 75};
inline constexpr std::size_t kDiplomas = 5;

/// People and pay of one commune.
struct CommunePeople {
  double active = 0.0;           ///< active residents aged 15-64
  double unemployed = 0.0;       ///< unemployed in the sense of the census
  double living_standard = 0.0;  ///< median income per consumption unit [EUR/year]
  double hourly_wage = 0.0;      ///< mean net hourly wage of residents [EUR]; 0: not published
};

/// People of one zone outside; 0 where nothing is known, which is allowed where its commuters are given.
struct ZonePeople {
  double active = 0.0, unemployed = 0.0, jobs = 0.0;
  std::optional<double> in_commuters, out_commuters;  ///< given; otherwise by gravity
  bool mining_basin = false;
};

struct OccupationData {
  std::string code, domain, label_en, label_fr;
  bool high = false;
  double wage_net = 0.0;  ///< median, full time [EUR/month]
  double relative_exit = 1.0, tension = 0.0;
  double seekers = 0.0;  ///< thousand
  double employed_region = 0.0;
  std::array<double, kDiplomas> diploma{};
};

/// What the pack says about people: the input of build_persons.
struct PeoplePack {
  std::vector<CommunePeople> communes;
  std::vector<ZonePeople> zones;
  std::vector<OccupationData> occupations;
  std::vector<double> staffing;  ///< sector x occupation, national jobs [thousand]
  double in_share = 0.0, out_share = 0.0, mining_share = 0.0, age_65_share = 0.0;
  std::array<double, kAgeBands> employed_by_age{}, unemployed_by_age{};  ///< shares, sum to 1
  double km_inside = 0.0, km_all = 0.0;  ///< mean road distances to work, for the report
  double long_term_share = 0.0;
  double registered_halo = 0.0, registered_employed = 0.0;  ///< shares that are registered as job seekers
  double wage_intercept = 0.0, wage_slope = 0.0, wage_growth = 0.0, wage_years = 0.0, residual_sd = 0.0,
         net_to_gross = 1.0, hours = 0.0;
};

/// Reads and checks; what is wrong goes to the problems of `files`.
PeoplePack read_people(PackFiles& files, const DataPack& pack);

}  // namespace metier::synthesis
