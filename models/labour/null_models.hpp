#pragma once
#include "models/labour/columns.hpp"
#include "models/labour/params.hpp"
#include "sim/core/step.hpp"
#include "sim/core/world.hpp"
#include "sim/engine/access.hpp"

#include <string>
#include <vector>

namespace metier {
class Problems;
}

/// The modes that replace the market by something whose outcome is known (case V7).
namespace metier::labour {

// ---- state of the null models
// -----------------------------------------------------------------------------------------
/// Hires of the month in the urn, people at work in the two-state chain.
struct UrnMatches : ColumnOf<std::int64_t, LabourMarket> {
  static constexpr ColumnInfo info{"labour_market.urn_matches", "person/month",
                                   "vacancies of the urn that got an application"};
};
struct FlowEmployed : ColumnOf<double, Occupation> {
  static constexpr ColumnInfo info{"occupation.flow_employed", "person", "employed in the flow form (e)"};
};
struct FlowUnemployed : ColumnOf<double, Occupation> {
  static constexpr ColumnInfo info{"occupation.flow_unemployed", "person", "unemployed in the flow form (u)"};
};
struct FlowVacancies : ColumnOf<double, Occupation> {
  static constexpr ColumnInfo info{"occupation.flow_vacancies", "count", "vacancies in the flow form (v)"};
};
struct FlowTarget : ColumnOf<double, Occupation> {
  static constexpr ColumnInfo info{"occupation.flow_target", "person", "wanted posts in the flow form (d)"};
};
struct FlowHires : ColumnOf<double, Occupation> {
  static constexpr ColumnInfo info{"occupation.flow_hires", "person/month",
                                   "hires into the occupation in the flow form"};
};
struct FlowSeparations : ColumnOf<double, Occupation> {
  static constexpr ColumnInfo info{"occupation.flow_separations", "person/month", "separations in the flow form"};
};

// ---- two_state
// ----------------------------------------------------------------------------------------------------------
/// `labour.persons` persons in one commune, all at work at t = 0; keys 1, 2, ...
void build_two_state(World& world, std::int64_t persons);

/// P7: everybody at work loses the job with probability labour.separation_rate. Random: kLabourTwoState, key
/// person.key.
void two_state_separate(const Params& params, In<Key> key, InOut<StatusOf> status, InOut<Duration> duration,
                        Random<RngDomain::kLabourTwoState> random, InOut<SeparationsByOccupation> separations);

/// P8: everybody without a job, also who lost it this month, finds one with probability labour.finding_rate: the
/// unemployment rate goes to s (1 - f) / (s (1 - f) + f). Random: as above, second uniform.
void two_state_match(const Params& params, In<Key> key, InOut<StatusOf> status, InOut<Duration> duration,
                     Random<RngDomain::kLabourTwoState> random, InOut<HiresByOccupation> hires);

/// Zeroes the flows of the month of the two-state chain.
void two_state_open(Out<HiresByOccupation> hires, Out<SeparationsByOccupation> separations);

// ---- urn_ball
// -----------------------------------------------------------------------------------------------------------
/// One fresh draw: each of A applications goes to one of V vacancies at random; matches = vacancies that got one.
/// E[matches] = V (1 - (1 - 1/V)^A).   Random: kLabourUrn, key = number of the application.
void urn_match(const UrnParams& params, Random<RngDomain::kLabourUrn> random, Out<UrnMatches> matches);
/// The one row that the urn needs.
void build_urn(World& world);

// ---- flows_drc
// -----------------------------------------------------------------------------------------------------------
/// The flow form on any table: employed, unemployed, vacancies, wanted posts by occupation; mobility row by row.
struct FlowTables {
  std::vector<std::string> labels;  ///< names of the occupations
  std::vector<double> employed, unemployed, vacancies, target, mobility;
};
/// Reads `labour.flows.state` and `labour.flows.mobility`. Problems: files that cannot be read, missing columns,
/// repeated labels, negative numbers, labels of the mobility that are not those of the state, a row of the mobility
/// without weight.
FlowTables read_flow_tables(const FlowParams& params, Problems& problems);
/// Errors    BrokenPromise when the shapes differ
void build_flows(World& world, const FlowTables& tables);

/// One month of the deterministic flows between occupations, all from the stocks at its start.
///
/// Equations w_i = delta_u e_i + (1 - delta_u) gamma_u max(0, e_i + v_i - d_i)          separations
///           n_i = delta_v e_i + (1 - delta_v) gamma_v max(0, d_i - e_i - v_i)          openings
///           q_ij = v_j A_ij / sum_l v_l A_il;  s_j = sum_i u_i q_ij;  theta_j = v_j / s_j
///           f_ij = u_i q_ij p_j,  p_j = theta_j (1 - e^(-1/theta_j))                    hires i -> j
///           e_i += sum_j f_ji - w_i;  u_i += w_i - sum_j f_ij;  v_i += n_i - sum_j f_ji
/// Source    del Rio-Chanona, Mealy, Beguerisse-Diaz, Lafond & Farmer (2021), J. R. Soc. Interface 18: 20200898
void flows_step(const FlowParams& params, In<Mobility> mobility, In<FlowTarget> target, InOut<FlowEmployed> employed,
                InOut<FlowUnemployed> unemployed, InOut<FlowVacancies> vacancies, Out<FlowHires> hires,
                Out<FlowSeparations> separations);

}  // namespace metier::labour
