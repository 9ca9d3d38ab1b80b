#pragma once
#include "models/labour/job_events.hpp"
#include "models/labour/market.hpp"
#include "models/labour/params.hpp"
#include "models/labour/separation.hpp"
#include "sim/core/step.hpp"

namespace metier::labour {

/// What is known of persons when they look for a job.
struct SeekerView {
  In<Key> key;
  In<Home> home;
  In<OccupationOf> occupation;
  In<Skill> skill;
  In<Education> education;
  In<Age> age;
  In<StatusOf> status;
  In<Employer> employer;
  In<Wage> wage;
  In<Duration> duration;
};

/// Makes the list of everybody who looks for a job this month.
///
/// Who       the unemployed; the halo with probability labour.halo_search; salaried persons with probability
///           labour.ojs_prob; of each external zone z external_zone.unemployed * visit_share applicants, fractions by
///           lot
/// How many  a_h = 1 + Poisson(labour.applications) applications over the rounds of the month  (README eq. 5)
/// Accepts   without a job: wage >= max(minimum wage, rho(dur) * median wage of the occupation * e^(b_skill skill) *
///           going wage), rho falling from labour.reservation_start to _end over labour.long_spell months;
///           at work: eta ln w - beta tt above that of the present job with a wage higher by labour.ojs_gain
///                                                                                                     (README eq. 8)
/// Outside   applicants of the zones resemble residents without a job: each copies one, drawn at random, with the going
///           wage of the zones in what she accepts
/// Random    who looks around though at work or in the halo is drawn by `separate`;
///           domain kLabourApplication, key person.key, block 0, word 0: how many;
///           domain kLabourOutside, key hash(zone, month, number); numbers of applicants with key = row of the zone
void find_seekers(const Step& step, const Params& params, SeekerView person, In<MedianWage> median_wage,
                  In<sites::CarMinutes> minutes, In<firms::CommuneOf> commune_of, In<ZoneUnemployed> zone_unemployed,
                  In<VisitShare> visit_share, In<GoingWageSeen> going, In<OutsideWageSeen> outside_wage,
                  In<MinimumWage> minimum_wage, Random<RngDomain::kLabourApplication> random,
                  Random<RngDomain::kLabourOutside> random_outside, Scratch<LooksAround> looks_around,
                  Scratch<Seekers> seekers);

}  // namespace metier::labour
