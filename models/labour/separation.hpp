#pragma once
#include "models/labour/job_events.hpp"
#include "models/labour/params.hpp"
#include "models/labour/selection.hpp"
#include "sim/core/step.hpp"

namespace metier::labour {

/// The job of a person, as far as it can end or begin.
struct PersonJob {
  In<Key> key;
  In<Home> home;
  In<Cell> cell;
  In<Age> age;
  InOut<StatusOf> status;
  InOut<Employer> employer;
  InOut<Wage> wage;
  InOut<Duration> duration;
};

/// Whose job ends by itself this month.
struct Leavers {
  Selection selection;
  std::vector<JobChange> jobs;  ///< of the selected: what they left
};
/// Whether each person would look for a job this month, if at work or in the halo: bits. One block of random words a
/// person serves this and the end of jobs, hence `separate` draws it for `find_seekers` of the same month.
struct LooksAround {
  static constexpr unsigned kAtWork = 0, kInHalo = 1;
  std::vector<std::uint8_t> of;
  std::int32_t month = -1;  ///< of the draws
};
struct LaidOff {
  std::vector<std::int32_t> number;     ///< per establishment: people to lay off; kept at zero between months
  std::vector<Row> firms;               ///< establishments that lay off
  std::vector<std::uint64_t> lays_off;  ///< the same, a bit per establishment
  std::vector<std::uint32_t> place;     ///< per establishment: its place in that list
  Selection selection;                  ///< their employees
  Buckets staff;                        ///< the same by establishment
  std::vector<std::uint8_t> goes;       ///< per entry of the selection: 1 if laid off
  std::vector<JobChange> jobs;          ///< of those laid off
};

/// Zeroes the flows of the month and keeps the stocks that its rates refer to.
struct MonthFlows {
  Out<HiresBySector> hires_by_sector;
  Out<HiresByCommune> hires_by_commune;
  Out<HiresByOccupation> hires_by_occupation;
  Out<HiresByDuration> hires_by_duration;
  Out<HiresByZone> hires_by_zone;
  Out<SeparationsBySector> separations_by_sector;
  Out<SeparationsByCommune> separations_by_commune;
  Out<SeparationsByOccupation> separations_by_occupation;
  Out<HiresFromUnemployment> hires_from_unemployment;
  Out<JobsLostByResidents> jobs_lost;
  In<Unemployed> unemployed;
  In<SalariedResidents> salaried;
  Out<UnemployedBefore> unemployed_before;
  Out<SalariedBefore> salaried_before;
};
void open_month(MonthFlows flows);

/// Ends jobs at random: quits, ends of contract, retirements that are not told apart.
///
/// Equation  P(job of h ends in month t) = min(1, delta_u rel_o rel_z rel_a), independent over h, t  (README eq. 1)
/// Symbols   delta_u = labour.separation_rate [1/month]; rel_o = occupation.relative_exit of the person's occupation,
///           rel_z = zone.relative_exit of his or her home, rel_a = age_band.relative_exit
/// Who       salaried persons, here or outside. Residents become unemployed, people from outside free their row.
/// Effect    the establishment owes itself a replacement; its staff and wage bill follow
/// Random    domain kLabourSeparation, key person.key, first block: word 0 ends the job, word 1 tells whether the
///           person looks around this month (probabilities labour.ojs_prob at work, labour.halo_search in the halo)
/// Source    France about 1 % a month; .0103 = .016 per 6.75 weeks (del Rio-Chanona et al. 2021)
void separate(const Params& params, PersonJob person, In<OccupationOf> occupation, In<RelativeExit> relative_exit,
              In<RelativeExitAtHome> at_home, In<RelativeExitAtAge> at_age, In<sites::Population> communes,
              Random<RngDomain::kLabourSeparation> random, JobEvents events, InOut<JobsLostByResidents> jobs_lost,
              Scratch<Leavers> leavers, Scratch<LooksAround> looks_around);

/// Dismisses the people whom establishments no longer want.
///
/// Number    max(0, firm.layoffs_wanted - those who left by themselves this month); posts are not filled again
/// Who       the last hired with probability labour.lifo_share, else anyone on the staff  (README eq. 2)
/// Random    domain kLabourLayoff, key firm.key: one uniform per dismissal for the rule, one for the person; ties of
///           tenure by a lot drawn with key person.key
void lay_off(const Params& params, PersonJob person, In<OccupationOf> occupation, In<HiredIn> hired_in,
             In<firms::Key> firm_key, In<firms::LayoffsWanted> wanted, In<sites::Population> communes,
             Random<RngDomain::kLabourLayoff> random, JobEvents events, InOut<JobsLostByResidents> jobs_lost,
             Scratch<Leavers> leavers, Scratch<LaidOff> laid_off);

}  // namespace metier::labour
