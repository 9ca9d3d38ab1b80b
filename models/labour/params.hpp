#pragma once
#include "sim/config/input_file.hpp"
#include "sim/core/text.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace metier {
class ParamBinder;
class Problems;
}  // namespace metier

namespace metier::labour {

enum class Mode { kFull, kFlowsDrc, kUrnBall, kTwoState };

/// The urn of case V7b: every application goes to one of the vacancies at random.
struct UrnParams {
  std::int64_t applications = 1000;
  std::int64_t vacancies = 800;
};

/// Rates of the flow form (mode `flows_drc`), per month.
struct FlowParams {
  double separation_rate = 0.0103;       ///< delta_u
  double opening_rate = 0.0077;          ///< delta_v
  double separation_adjustment = 0.103;  ///< gamma_u
  double opening_adjustment = 0.103;     ///< gamma_v
  InputFile state;                       ///< CSV label,employed,unemployed,vacancies[,target]
  InputFile mobility;                    ///< CSV square, rows from, columns to, labels as in `state`
};

/// Trips to work between places of the user's own (`space: none`).
struct GravityParams {
  InputFile origins, destinations;  ///< CSV label,value with equal totals
  InputFile cost;                   ///< CSV, rows origins, columns destinations, minutes
  [[nodiscard]] bool given() const { return origins.given(); }
};

/// The minimum wage by law: each level holds from its month on.
struct MinimumWagePath {
  struct Level {
    Month from;
    std::int64_t cents;  ///< gross, full time, per month
  };
  std::vector<Level> levels;  ///< months ascending; may be empty: no minimum wage
};

/// Parameters of B5 (models/labour/README.md); bound and documented in params.cpp.
struct Params {
  Mode mode = Mode::kFull;
  int rounds = 2;

  // separations and posts
  double separation_rate = 0.011;
  double lifo_share = 0.7;
  double vacancy_rate_small = 0.063;
  double vacancy_rate_large = 0.024;
  double tension_slope = 0.2;
  double lasting_gaps = 1.0;

  // search
  double applications = 4.0;
  double ojs_prob = 0.05;
  double ojs_gain = 0.05;
  double halo_search = 0.3;
  double beta_travel = 0.085;
  double wage_elasticity = 2.0;
  double reservation_start = 0.9;
  double reservation_end = 0.7;
  int long_spell = 24;

  // screening
  double suitable_prob = 0.15;
  int screen_max = 5;
  double skill_slope = 0.25;
  double duration_penalty = 0.6;
  double fit_noise = 1.0;

  // wages
  double wage_productivity = 0.3;
  double wage_curve = 0.10;
  double wage_tightness = 0.05;
  double wage_skill = 0.10;
  double wage_indexation = 0.7;
  double wage_catch_up = 1.0 / 12.0;
  double outside_wage_gap = 0.05;
  InputFile minimum_wage;  ///< not given: the path shipped with the project, named by whoever builds the model
  MinimumWagePath minimum_wage_path;  ///< what the file says; not a key: filled by read_minimum_wage

  // time without a job
  double skill_decay = 0.01;
  int skill_decay_after = 12;
  double halo_entry_factor = 1.0;
  int halo_entry_after = 0;
  double halo_return = 0.04;

  // the state at t = 0 and the null models
  double ilo_share = 0.629;
  double finding_rate = 0.09;
  std::int64_t persons = 0;
  UrnParams urn;
  FlowParams flows;
  GravityParams gravity;

  bool keep_offers = false;  ///< `debug.offers`: keep the offers of the month for the check of stability
};

void bind(ParamBinder& b, Params& p);

/// Reads a path of the minimum wage, CSV `month,key,value` with the key `gross_eur_per_month`, EUR; rows in any order.
/// Problems: what is wrong with the file, unknown keys, months twice, amounts that are not 0 to 100 000.
MinimumWagePath read_minimum_wage(const std::string& path, Problems& problems);

/// Which round of the market a process serves.
struct Round {
  unsigned index;
};
inline constexpr int kMaxRounds = 4;
inline constexpr Round kRounds[kMaxRounds] = {{0}, {1}, {2}, {3}};

}  // namespace metier::labour
