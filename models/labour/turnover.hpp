#pragma once
#include "models/labour/params.hpp"
#include "sim/core/world.hpp"

#include <cstddef>
#include <numeric>
#include <vector>

namespace metier::labour {

inline double sum_of(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Chances to find a job at t = 0, as the market of the month gives them to a person in expectation.
struct Finding {
  std::size_t occupations = 0;
  std::vector<double> chance;  ///< mean of those without a job, [place * occupations + occupation], 1/month
  double taken = 1.0;  ///< residents whom the posts of t = 0 would take, over jobs lost: chances are divided by it
  [[nodiscard]] double at(std::size_t place, std::size_t occupation) const {
    return chance[place * occupations + occupation];
  }
};

/// Probability that a post fills in a month: it gets Poisson(applicants) applicants, looks at `most` of them at most,
/// and each suits with probability `suits`.
double fill_probability(double applicants, double suits, int most);

/// Posts open at t = 0: of establishments as in `open_initial_posts`, outside at the same mean rate.
double expected_open_posts(World& world, const Params& params);

/// Weight of posts outside for residents: with pull_k = (mean over local jobs of a_c) / a_k, where
/// a_k = sum_z E_z exp(-beta tt_zk) / sum_c J_c exp(-beta tt_zc) is the number of applicants that a post in k finds, a
/// post outside is filled as soon as one here, and the residents who work outside are as many as the posts there allow.
/// Symbols   E_z labour force, J_c salaried jobs at t = 0, counted before                           (README eq. 15)
void set_pull(World& world, const Params& params);

/// Settles the flows of the market at t = 0, so that the unemployment of the data is a state of rest: without it the
/// gaps between communes and between ages fade within a year or two, because people find jobs over the whole territory
/// and at any age alike.
///
/// Sets      zone.relative_exit, age_band.relative_exit; hazard of a job = labour.separation_rate *
///           occupation.relative_exit * both: for every commune and for every age
///           jobs lost = seekers * chance to find a job;  places outside have 1
/// Sets      occupation.relative_exit, ratios as in the data: mean hazard of the residents' salaried jobs =
///           labour.separation_rate. Unemployment by occupation tells nothing about it: the posts of those who leave
///           are filled again in the same occupation, so that any hazard is at rest there
/// Sets      external_zone.pull (`set_pull`), visit_share: applicants of z = jobs lost by its in-commuters / chance
/// Sets      external_zone.unemployed where the data do not tell: the share of the other zones holds there too; reserve
/// Errors    InputError (exit 3) where hazards and posts do not settle to .1 %: with a given stock of open posts
///           (labour.vacancy_rate_*) and seekers who nearly all want the same few of them there may be no state of
///           rest; or where a zone would need more applicants a month than it has people without a job or at work here
/// Chances   expected applications over cells (README eq. 7), posts in proportion to the jobs lost there over their
///           probability to fill, those open at t = 0 and those lost in the month together; applicants who suit share
///           the filled posts, with the mean probability of their skills; one scale makes jobs lost and found agree
/// Symbols   seekers = unemployed + labour.halo_search * halo; half a seeker is added to each count
/// Gaps      labour.lasting_gaps = phi: relative exits = solved factors ^ phi, mean over residents' jobs 1
/// Why rest  a person keeps her home and her age, whatever job she takes: the two margins tell the factors, as a table
///           is told by its margins up to one scale. The mean age of the jobs of (home, occupation) is that of t = 0.
/// Needs     persons with status, age, home, occupation and employer; occupation.relative_exit as in the data
/// Source    decisions 0015, 0017; Bilal (2023), QJE 138: gaps between French labour markets come from job losing
Finding settle_turnover(World& world, const Params& params);

}  // namespace metier::labour
