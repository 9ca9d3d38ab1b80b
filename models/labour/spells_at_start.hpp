#pragma once
#include "models/labour/params.hpp"
#include "models/labour/turnover.hpp"
#include "sim/core/step.hpp"
#include "sim/core/world.hpp"

#include <vector>

namespace metier::labour {

/// What happens in a month to a person without a job in a market at rest [1/month].
struct SpellChances {
  double finds = 0.0;          ///< a job, when unemployed
  double finds_in_halo = 0.0;  ///< a job, out of the halo
  double enters = 0.0;         ///< leaves for the halo, once she has been without for more than `enters_after` months
  double returns = 0.0;        ///< comes back from it
  int enters_after = 0;
};
/// Expected unemployed and halo by months without a job (0 to 254) for one job lost a month.
///
/// Equations u_0 = 1 - f, h_0 = 0;  u_d = (1 - f) ((1 - e_d) u_{d-1} + r h_{d-1}),
///           h_d = (1 - f_halo) ((1 - r) h_{d-1} + e_d u_{d-1}),  e_d = e for d > enters_after, else 0
/// Order     of the month: durations and halo, separations, market; counted at its end              (README eq. 18)
struct SpellLaw {
  std::vector<double> unemployed, halo;
};
SpellLaw spell_law(const SpellChances& chances);

/// Draws what has lasted since before t = 0 from the state of rest that the chances of `settle_turnover` imply.
///
/// Sets      labour_market.halo_entry: as many enter the halo of the data as leave it for a job or for search; 1 where
///           even that is too little, 0 where nobody leaves
/// Sets      person.duration of those without a job: by `spell_law` of her status and her chance f, that of her home
///           and occupation times e^(kappa skill + kappa^2 / 2), kappa = labour.skill_slope
/// Sets      person.skill of those without a job: less kappa. At rest those of skill s are there in proportion to
///           1 / f ~ e^(-kappa s), which shifts a normal law by -kappa
/// Sets      person.hired_in of those with a job: tenures are geometric with the hazard of the job, since she was 15 at
///           most
/// Random    domain kLabourStart, key person.key, one uniform
/// Needs     persons as for settle_turnover, before anything has been counted of durations
void settle_spells(World& world, const Params& params, const Finding& finding, const Seeds& seeds);

}  // namespace metier::labour
