#pragma once
#include "models/labour/job_events.hpp"
#include "models/labour/market.hpp"
#include "models/labour/params.hpp"
#include "sim/core/step.hpp"

#include <span>
#include <vector>

/// The labour market of the month: applications (propose), screening and deferred acceptance (resolve), hires (commit),
/// in labour.rounds rounds over which the applications of a person are spread.
namespace metier::labour {

/// What the wage of a post depends on.
struct WageView {
  In<VacancyFirm> firm;
  In<VacancyOccupation> occupation;
  In<firms::SectorOf> sector;
  In<firms::CommuneOf> commune;
  In<firms::Productivity> productivity;
  In<firms::SectorProductivity> sector_productivity;
  In<SectorWage> sector_wage;
  In<MedianWage> median_wage;
  In<GoingWageSeen> going;
  In<OutsideWageSeen> outside_wage;
  In<MinimumWage> minimum_wage;
  In<Unemployed> unemployed;
  In<EmployedResidents> employed;
  In<VacanciesByOccupation> vacancies;
  In<TightnessReference> tightness_reference;
};

/// Sets the wage of every open post and clears the market's memory.
///
/// Equation  ln w = ln w0_so + ln W + b_A ln(A_i / A_s) - eps ln(u_c / u) + b_T ln(theta_o / theta_o0)  (README eq. 6)
///           outside: ln of the median of the occupation + ln Wx + ln(1 + labour.outside_wage_gap)
/// Symbols   W, Wx the going wage here and outside (`move_going_wage`, `move_outside_wage`), A_s sector.productivity;
/// u_c unemployment rate of the commune,
///           theta_o open posts per unemployed of the occupation, both of the end of last month with half a person
///           added to each count; theta_o0 the first value seen
void open_market(const Step& step, const Params& params, WageView view, In<ZoneUnemployed> zones,
                 Scratch<Market> market);

/// Propose: everybody who looks for a job sends this round's applications.
///
/// Equation  P(post in place z', occupation o' | home z, occupation o)
///             prop. V_z'o' A_oo' exp(-beta tt_zz') w_z'o'^eta, a post at random inside (z', o')         (README eq. 7)
///           Drawn exactly in two steps: o' with A_oo' M_zo', M_zo' = sum over places of the other factors, then z'
///           inside (z, o')
/// Who       application a of a person goes out in round a mod rounds, unless hired before; people from outside apply
///           to posts here only; posts outside weigh external_zone.pull more
/// Random    domain kLabourApplication, key of the person, block 1 + a: occupation, place, post, lot of screening
void apply(const Params& params, const Round& round, In<Mobility> mobility, In<sites::CarMinutes> minutes,
           In<Pull> pull, In<VacancyOccupation> occupation, Random<RngDomain::kLabourApplication> random,
           Scratch<Seekers> seekers, Scratch<Market> market);

/// Resolve: posts look at applicants and make offers, applicants hold the best; who holds what at the end is matched.
///
/// Screening at most labour.screen_max applicants a month and post, in the order of (lot, key); suitable with
///           probability min(1, p_suit A_oo'/A_oo e^(kappa skill - kappa^2/2))                         (README eq. 9)
/// Offers    deferred acceptance by the posts: to the suitable applicant of best fit = skill - chi min(dur, T)/T +
///           sigma N(0,1); an applicant holds the offer of highest eta ln w - beta tt among those above his or her
///           limits. The outcome is the only one that posts prefer among the stable ones: no order matters
///                                                                                                    (README eq. 10)
/// Ties      by lot, then key
/// Random    domain kLabourScreening, key of the person, block = application: suitable?, fit
void resolve(const Params& params, const Round& round, In<Mobility> mobility, In<sites::CarMinutes> minutes,
             In<VacancyFirm> firm, In<VacancyOccupation> occupation, In<VacancyKey> key,
             Random<RngDomain::kLabourScreening> random, Scratch<Seekers> seekers, Scratch<Market> market);

/// A_oo' / A_oo [own occupation][of the post]: how much an applicant of occupation o suits a post of o' less than one
/// of o; 0 where nobody moves.
std::vector<double> relative_mobility(std::span<const double> mobility, std::size_t occupations);

/// What a hire changes.
struct HireView {
  InOut<Key> key;
  InOut<Home> home;
  InOut<OccupationOf> occupation;
  InOut<Skill> skill;
  InOut<Education> education;
  InOut<Age> age;
  InOut<StatusOf> status;
  InOut<Employer> employer;
  InOut<Wage> wage;
  InOut<Duration> duration;
  InOut<HiredIn> hired_in;
  InOut<Cell> cell;
  InOut<HiresByDuration> hires_by_duration;
  InOut<HiresByZone> hires_by_zone;
  InOut<HiresFromUnemployment> from_unemployment;
};

/// Commit: the matched take their posts; who was at work leaves the old job, people from outside get a row of the pool.
void hire(const Step& step, In<sites::Population> communes, In<VacancyFirm> firm, In<VacancyOccupation> post_occupation,
          HireView person, JobEvents events, Scratch<Seekers> seekers, Scratch<Market> market);

}  // namespace metier::labour
