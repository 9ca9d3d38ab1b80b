#pragma once
#include "models/labour/columns.hpp"
#include "models/labour/job_events.hpp"
#include "models/labour/offers.hpp"
#include "models/labour/selection.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/short_lists.hpp"
#include "sim/core/vectors.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace metier::labour {

inline constexpr Row kNoPerson = 0xFFFFFFFFu;

/// What a key is hashed with, so that a post and a person never share one.
inline constexpr std::uint64_t kApplicantKey = 1, kPostKey = 2;

/// What a post looks at in an applicant, and what the applicant asks of a post: read in any order, hence together.
struct Profile {
  std::uint64_t key;
  double least;  ///< at work: accepts only a utility of this or more; without a job: only this ln of a wage or more
  float skill;
  std::uint8_t home, occupation, duration;
  bool at_work;

  [[nodiscard]] bool accepts(double log_wage, double utility) const { return (at_work ? utility : log_wage) >= least; }
};
static_assert(sizeof(Profile) == 24, "many are read at random: they are kept small");
/// The lot that decides in which order the post looks, who applied, and the number of the application among the
/// seeker's, in one word: its order is that of the lots, ties by seeker.
class Application {
 public:
  static constexpr std::uint64_t kMostSeekers = 1 << 24;
  Application() = default;  // nobody: after everybody else
  explicit Application(std::uint64_t word) : word_(word) {}
  Application(std::uint32_t lot, std::uint32_t seeker, std::uint32_t number)
      : word_(static_cast<std::uint64_t>(lot) << 32 | seeker << 8 | number) {}

  [[nodiscard]] std::uint32_t lot() const { return static_cast<std::uint32_t>(word_ >> 32); }
  [[nodiscard]] std::uint32_t seeker() const { return static_cast<std::uint32_t>(word_) >> 8; }
  [[nodiscard]] std::uint32_t number() const { return static_cast<std::uint32_t>(word_) & 0xFF; }
  [[nodiscard]] std::uint64_t word() const { return word_; }
  [[nodiscard]] bool somebody() const { return word_ != ~std::uint64_t{0}; }
  bool operator<(const Application& other) const { return word_ < other.word_; }

 private:
  std::uint64_t word_ = ~std::uint64_t{0};
};

/// Everybody who looks for a job this month: residents without one, people at work who look around, applicants of the
/// external zones (row kNoPerson until one is hired).
struct Seekers {
  std::vector<Row> row;
  std::vector<Profile> who;
  std::vector<std::uint8_t> applications;  ///< sent over all rounds of the month
  std::vector<std::uint8_t> hired;         ///< 1 once a post is accepted
  Selection selection;
  std::vector<std::uint32_t> doubles;  ///< seekers without a job: the likeness of external applicants

  std::vector<Row> likeness;  ///< of each external applicant: whom she resembles. They come last

  [[nodiscard]] std::size_t size() const { return row.size(); }
  [[nodiscard]] Row whom_resembles(std::size_t s) const { return likeness[s - (size() - likeness.size())]; }
  void resize(std::size_t n);
};

/// One applicant whom a vacancy found suitable and who would accept it.
struct Candidate {
  std::uint32_t seeker;
  std::uint32_t lot;
  double fit;       ///< ranks applicants for the vacancy
  double utility;   ///< ranks offers for the applicant
  double log_wage;  ///< ln of the wage offered, cent/month
};

/// A post and the person who takes it.
struct Match {
  std::uint32_t vacancy;
  std::uint32_t seeker;
  std::int32_t wage;
};

/// Open posts of the month and the tables that lead applicants to them. Posts are rows of the table of vacancies, which
/// is sorted by cell = zone * occupations + occupation.
struct Market {
  std::size_t zones = 0, communes = 0, occupations = 0;
  double mean_log_wage = 0.0;
  double minimum_wage = 0.0;  ///< cent/month

  // posts
  std::vector<std::uint8_t> zone;      ///< place of the post
  std::vector<double> log_wage;        ///< ln of the posted wage at skill 0, before the floor
  std::vector<double> wage;            ///< cent/month at skill 0, at least the minimum wage
  std::vector<std::uint8_t> screened;  ///< applicants looked at this month
  std::vector<std::uint8_t> filled;

  // tables, rebuilt every round
  struct OpenPosts {
    double posts = 0.0, wages = 0.0;  ///< number, sum of posted wages (cent/month)
  };
  std::vector<OpenPosts> open;                   ///< by cell
  std::vector<std::uint32_t> looking;            ///< rows of open posts that still look at applicants, by cell
  std::vector<std::uint32_t> looking_begin;      ///< cells + 1
  std::vector<double> weight;                    ///< [zone][occupation]: open posts * (mean wage)^eta * pull
  std::vector<double> weight_looking;            ///< the part of `looking`
  AlignedVector<std::int32_t> zone_steps;        ///< [home][occupation][zone]: cumulative shares of `looking`
  AlignedVector<std::int32_t> occupation_steps;  ///< [home][from][to]: of all open posts, up to the share of `looking`

  // applications of the round
  std::vector<std::uint32_t> first_application;    ///< of each seeker; seekers + 1
  std::vector<std::uint32_t> application_vacancy;  ///< kNoBucket: to no post that looks on
  std::vector<Application> applications;           ///< in the order of seekers
  std::vector<ShortLists> short_lists;             ///< the first in line of every post among what a thread has seen

  // candidates of each vacancy, best first: screen_max slots each
  std::vector<Candidate> candidates;
  std::vector<std::uint8_t> candidate_count;

  // deferred acceptance
  struct Held {
    std::uint32_t vacancy = kNoBucket, place = 0;  ///< place: which candidate slot of the vacancy
  };
  std::vector<Held> holder;         ///< per seeker: the offer that is held
  std::vector<std::uint8_t> next;   ///< per vacancy: next candidate to ask
  Selection matched;                ///< vacancies that found somebody; note: in which slot
  std::vector<Match> matches;       ///< of the round, by vacancy
  std::vector<JobChange> jobs;      ///< of the round: the old job, if any, and the new one of each match
  PrivateSums<std::int64_t> tally;  ///< hires by duration without a job, by zone outside, from unemployment
  std::vector<Offer> offers;        ///< of the month, when `debug.offers` asks for them
};

}  // namespace metier::labour
