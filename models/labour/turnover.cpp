#include "models/labour/turnover.hpp"

#include "models/labour/bands.hpp"
#include "models/labour/columns.hpp"
#include "models/labour/initial.hpp"
#include "models/labour/job_events.hpp"
#include "models/labour/matching.hpp"
#include "sim/core/error.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace metier::labour {

namespace {

constexpr int kMostRounds = 400;
constexpr double kCloseEnough = 1e-9, kAlarming = 1e-3;  ///< relative moves in a round

/// People and jobs at t = 0 by place and occupation, and the flows between them in expectation. Tables are
/// [place * occupations + occupation], communes first.
class Turnover {
 public:
  Turnover(World& world, const Params& params)
      : params_(params),
        communes_(world.rows<sites::Commune>()),
        places_(communes_ + world.rows<ExternalZone>()),
        occupations_(world.rows<Occupation>()),
        cells_(places_ * occupations_),
        by_home_(places_, 1.0),
        by_age_(kAgeBands, 1.0),
        mean_age_(cells_, 1.0),
        chance_(cells_, 0.0),
        visitors_(places_ - communes_, 0.0),
        wanted_visitors_(visitors_) {
    const auto exits = world.column<RelativeExit>();
    by_occupation_.assign(exits.begin(), exits.end());
    count(world);
    weigh(world);
  }

  void solve() {
    const double jobs = sum_of(residents_jobs_), seekers = sum_of(residents_without_);
    if (jobs <= 0.0 || seekers <= 0.0 || params_.separation_rate <= 0.0) return;  // nothing flows: every home alike
    usual_finding_ = params_.separation_rate * jobs / seekers;
    set_mean_hazard();
    posts_ = openings();
    chance_.assign(cells_, usual_finding_);
    double moved = 1.0;
    for (int round = 0; round < kMostRounds && moved >= kCloseEnough; ++round) {
      set_visitors();
      const double posts_moved = find_chances();
      moved = std::max(posts_moved, balance());
    }
    if (moved >= kAlarming) refuse(moved);
    const double lasts = params_.lasting_gaps;
    for (double& b : by_home_) b = math::pow(b, lasts);
    for (double& c : by_age_) c = math::pow(c, lasts);
    average_over_ages();
    set_mean_hazard();
    set_visitors();
    refuse_crowds();
  }

  void write(World& world, Finding& finding) const {
    std::copy(by_occupation_.begin(), by_occupation_.end(), world.column<RelativeExit>().begin());
    std::copy(by_home_.begin(), by_home_.end(), world.column<RelativeExitAtHome>().begin());
    std::copy(by_age_.begin(), by_age_.end(), world.column<RelativeExitAtAge>().begin());
    const auto unemployed = world.column<ZoneUnemployed>();
    const auto share = world.column<VisitShare>();
    const auto reserve = world.column<ZoneReserve>();
    const auto working_here = world.column<InCommuters>();
    double known = 0.0, known_applicants = 0.0;
    for (std::size_t z = 0; z < unemployed.size(); ++z) {
      if (unemployed[z] <= 0.0) continue;
      known += unemployed[z];
      known_applicants += visitors_[z];
    }
    const double usual_share = known > 0.0 ? known_applicants / known : 1.0;
    for (std::size_t z = 0; z < unemployed.size(); ++z) {
      if (unemployed[z] <= 0.0 && usual_share > 0.0) unemployed[z] = visitors_[z] / usual_share;
      share[z] = unemployed[z] > 0.0 ? visitors_[z] / unemployed[z] : 0.0;
      reserve[z] = unemployed[z] + static_cast<double>(working_here[z]);
    }
    finding.occupations = occupations_;
    finding.chance = chance_;
    finding.taken = taken_;
  }

 private:
  /// The stock of open posts is given, who wants them is not: where nearly all want the same few there may be no
  /// hazards at which they get as many as they lose.
  [[noreturn]] void refuse(double moved) const {
    const Params& p = params_;
    throw InputError(
        Exit::kScenario,
        Problem{
            {},
            fmt::format(
                "no state of rest was found for the labour market of t = 0: after {} rounds the hazards of jobs "
                "by home and age, or the posts, still move by {:.1f} % with labour.wage_elasticity {}, "
                "labour.wage_curve {}, labour.beta_travel {}, labour.ojs_prob {} and the open posts of "
                "labour.vacancy_rate_small {} and labour.vacancy_rate_large {}",
                kMostRounds, 100.0 * moved, p.wage_elasticity, p.wage_curve, p.beta_travel, p.ojs_prob,
                p.vacancy_rate_small, p.vacancy_rate_large),
            "too many people want the same few posts: lower labour.wage_elasticity, labour.wage_curve or "
            "labour.beta_travel, raise labour.ojs_prob, or set both vacancy rates to 0: as many posts are then open as "
            "the flows need"});
  }

  [[nodiscard]] std::size_t cell(std::size_t place, std::size_t o) const { return place * occupations_ + o; }
  [[nodiscard]] double& near(std::size_t from, std::size_t to) { return near_[from * places_ + to]; }

  void count(World& world) {
    const auto home = world.column<Home>();
    const auto status = world.column<StatusOf>();
    const auto occupation = world.column<OccupationOf>();
    const auto employer = world.column<Employer>();
    const auto age = world.column<Age>();
    const auto commune = world.column<firms::CommuneOf>();
    const auto idle_outside = world.column<ZoneUnemployed>();
    most_visitors_.assign(idle_outside.begin(), idle_outside.end());
    without_of_age_.assign(cells_ * kAgeBands, 0.0);
    jobs_of_age_.assign(cells_ * kAgeBands, 0.0);
    without_.assign(cells_, 0.0);
    jobs_.assign(cells_, 0.0);
    jobs_there_.assign(places_ * cells_, 0.0);
    for (std::size_t h = 0; h < home.size(); ++h) {
      const std::size_t at_home = cell(home[h], occupation[h]);
      const std::size_t of_age = at_home * kAgeBands + age_band(age[h]);
      const double looks = status[h] == Status::kUnemployed ? 1.0
                           : status[h] == Status::kHalo     ? params_.halo_search
                                                            : 0.0;
      without_[at_home] += looks;
      without_of_age_[of_age] += looks;
      if (status[h] != Status::kEmployed) continue;
      jobs_of_age_[of_age] += 1.0;
      const std::size_t work = place_of_work(employer[h], In<firms::CommuneOf>(commune), communes_);
      jobs_[at_home] += 1.0;
      if (home[h] >= communes_) most_visitors_[home[h] - communes_] += 1.0;
      jobs_there_[home[h] * cells_ + cell(work, occupation[h])] += 1.0;
    }
    const auto resident_cells = static_cast<std::ptrdiff_t>(communes_ * occupations_);
    residents_jobs_.assign(jobs_.begin(), jobs_.begin() + resident_cells);
    residents_without_.assign(without_.begin(), without_.begin() + resident_cells);
    likeness_.assign(occupations_, 0.0);
    for (std::size_t k = 0; k < residents_without_.size(); ++k) likeness_[k % occupations_] += residents_without_[k];
    const double all = sum_of(likeness_);
    for (double& share : likeness_) share = all > 0.0 ? share / all : 0.0;
    open_posts_ = expected_open_posts(world, params_);
  }

  /// exp(-beta tt) between places, the pull of one post on those who may go there, who suits where.
  void weigh(World& world) {
    const auto minutes = world.column<sites::CarMinutes>();
    const auto pull = world.column<Pull>();
    const auto median = world.column<MedianWage>();
    const auto mobility = world.column<Mobility>();
    near_.assign(places_ * places_, 0.0);
    for (std::size_t from = 0; from < places_; ++from) {
      for (std::size_t to = 0; to < places_; ++to) {
        if (from >= communes_ && to >= communes_) continue;  // people from outside apply to posts here only
        near(from, to) = math::exp(-params_.beta_travel * static_cast<double>(minutes[from * places_ + to]));
      }
    }
    const auto unemployed = world.column<Unemployed>();
    const auto employed = world.column<EmployedResidents>();
    std::vector<double> idle(communes_, 0.5), active(communes_, 0.5);
    double all_idle = 0.5, all_active = 0.5;
    for (std::size_t k = 0; k < communes_ * occupations_; ++k) {
      const auto u = static_cast<double>(unemployed[k]), e = static_cast<double>(employed[k]);
      idle[k / occupations_] += u;
      active[k / occupations_] += u + e;
      all_idle += u;
      all_active += u + e;
    }
    const double usual_wage = std::accumulate(median.begin(), median.end(), 1.0) / static_cast<double>(occupations_);
    attraction_.assign(cells_, 0.0);
    for (std::size_t k = 0; k < places_; ++k) {
      const bool here = k < communes_;
      const double level = here ? -params_.wage_curve * math::log(idle[k] / active[k] * all_active / all_idle)
                                : math::log(1.0 + params_.outside_wage_gap);
      for (std::size_t o = 0; o < occupations_; ++o) {
        const double log_wage = level + math::log(std::max(1.0, median[o]) / usual_wage);
        attraction_[cell(k, o)] = (here ? 1.0 : pull[k - communes_]) * math::exp(params_.wage_elasticity * log_wage);
      }
    }
    moves_.assign(mobility.begin(), mobility.end());
    // Skill s multiplies the probability to suit by e^(kappa s - kappa^2 / 2): 1 in the mean of N(0, 1), as at work,
    // and e^(-kappa^2) in that of N(-kappa, 1), as without a job.
    const std::vector<double> relative = relative_mobility(moves_, occupations_);
    const double less = math::exp(-params_.skill_slope * params_.skill_slope);
    suits_at_work_.resize(relative.size());
    suits_without_.resize(relative.size());
    for (std::size_t k = 0; k < relative.size(); ++k) {
      suits_at_work_[k] = std::min(1.0, params_.suitable_prob * relative[k]);
      suits_without_[k] = std::min(1.0, params_.suitable_prob * less * relative[k]);
    }
  }

  [[nodiscard]] double hazard(std::size_t home, std::size_t o) const {
    return params_.separation_rate * by_occupation_[o] * by_home_[home] * mean_age_[cell(home, o)];
  }

  /// Factors by age, mean over the jobs of each (home, occupation).
  void average_over_ages() {
    for (std::size_t k = 0; k < cells_; ++k) {
      double sum = 0.0;
      for (std::size_t a = 0; a < kAgeBands; ++a) sum += jobs_of_age_[k * kAgeBands + a] * by_age_[a];
      mean_age_[k] = jobs_[k] > 0.0 ? sum / jobs_[k] : 1.0;
    }
  }

  /// Means of zone.relative_exit and age_band.relative_exit over residents' jobs 1, mean hazard of these jobs the one
  /// of the parameters.
  void set_mean_hazard() {
    double jobs = 0.0, of_home = 0.0, of_age = 0.0, of_all = 0.0;
    for (std::size_t k = 0; k < residents_jobs_.size(); ++k) {
      jobs += residents_jobs_[k];
      of_home += residents_jobs_[k] * by_home_[k / occupations_];
      of_age += residents_jobs_[k] * mean_age_[k];
    }
    if (of_home > 0.0) {
      for (std::size_t c = 0; c < communes_; ++c) by_home_[c] *= jobs / of_home;
    }
    if (of_age > 0.0) {
      for (double& c : by_age_) c *= jobs / of_age;
      for (double& c : mean_age_) c *= jobs / of_age;
    }
    for (std::size_t k = 0; k < residents_jobs_.size(); ++k)
      of_all += residents_jobs_[k] * by_home_[k / occupations_] * mean_age_[k] * by_occupation_[k % occupations_];
    if (of_all > 0.0) {
      for (double& a : by_occupation_) a *= jobs / of_all;
    }
  }

  /// Jobs lost by place of work and occupation: posts to fill again.
  [[nodiscard]] std::vector<double> openings() const {
    std::vector<double> lost(cells_, 0.0);
    for (std::size_t home = 0; home < places_; ++home) {
      for (std::size_t k = 0; k < cells_; ++k)
        lost[k] += jobs_there_[home * cells_ + k] * hazard(home, k % occupations_);
    }
    return lost;
  }

  /// Applicants of the zones: as many as it takes to replace those who lose their job here, at most all who hold one
  /// here or are known to have none.
  void set_visitors() {
    for (std::size_t z = communes_; z < places_; ++z) {
      double lost = 0.0, finding = 0.0;
      for (std::size_t o = 0; o < occupations_; ++o) {
        lost += jobs_[cell(z, o)] * hazard(z, o);
        finding += likeness_[o] * chance_[cell(z, o)];
      }
      wanted_visitors_[z - communes_] = finding > 0.0 ? lost / std::min(1.0, finding) : 0.0;
      visitors_[z - communes_] = std::min(wanted_visitors_[z - communes_], most_visitors_[z - communes_]);
    }
  }

  /// Where travel deters so much that the few posts near the border are all that people of a zone apply to, no number
  /// of applicants replaces those who lose a job: the more they are, the less each finds.
  void refuse_crowds() const {
    Problems problems;
    for (std::size_t z = 0; z < visitors_.size(); ++z) {
      if (wanted_visitors_[z] <= most_visitors_[z]) continue;
      problems.add(
          {},
          fmt::format("no state of rest was found for the commuting of t = 0: zone outside number {} would "
                      "need {:.3g} applicants a month to keep its jobs here, but {:.3g} of its people are "
                      "known to be without one or work here, with labour.beta_travel {} and labour.separation_rate {}",
                      z + 1, wanted_visitors_[z], most_visitors_[z], params_.beta_travel, params_.separation_rate),
          "too few posts lie within reach of the zone: lower labour.beta_travel or labour.separation_rate");
    }
    problems.raise_if_any(Exit::kScenario);
  }

  /// Chances of everybody given posts and seekers, then posts given the chances that they fill. Returns by how much
  /// the posts moved, relative to all.
  double find_chances() {
    const double sent = 1.0 + params_.applications;
    std::vector<double> weight(cells_), reach(cells_, 0.0), applications(cells_, 0.0), suited(cells_, 0.0);
    for (std::size_t k = 0; k < cells_; ++k) weight[k] = posts_[k] * attraction_[k];
    for (std::size_t z = 0; z < places_; ++z) {
      for (std::size_t k = 0; k < places_; ++k) {
        for (std::size_t o = 0; o < occupations_; ++o) reach[cell(z, o)] += near(z, k) * weight[cell(k, o)];
      }
    }
    const auto all_ways = [&](std::size_t z, std::size_t from) {
      double sum = 0.0;
      for (std::size_t to = 0; to < occupations_; ++to) sum += moves_[from * occupations_ + to] * reach[cell(z, to)];
      return sum;
    };
    // Applications that leave z for occupation `to`, per unit of weight within reach.
    for (std::size_t z = 0; z < places_; ++z) {
      for (std::size_t from = 0; from < occupations_; ++from) {
        // Who comes from outside is like a resident without a job.
        const double without = z < communes_ ? without_[cell(z, from)] : visitors_[z - communes_] * likeness_[from];
        const double at_work = z < communes_ ? params_.ojs_prob * jobs_[cell(z, from)] : 0.0;
        const double ways = all_ways(z, from);
        if (without + at_work <= 0.0 || ways <= 0.0) continue;
        for (std::size_t to = 0; to < occupations_; ++to) {
          const std::size_t move = from * occupations_ + to;
          const double each = sent * moves_[move] / ways;
          applications[cell(z, to)] += each * (without + at_work);
          suited[cell(z, to)] += each * (without * suits_without_[move] + at_work * suits_at_work_[move]);
        }
      }
    }
    // What arrives at the posts of a cell, and the part of the applicants who suit that gets one.
    std::vector<double> success(cells_, 0.0), fresh = openings();
    const double lost = sum_of(fresh);
    for (std::size_t k = 0; k < places_; ++k) {
      for (std::size_t o = 0; o < occupations_; ++o) {
        double arrive = 0.0, suit = 0.0;
        for (std::size_t z = 0; z < places_; ++z) {
          arrive += near(z, k) * applications[cell(z, o)];
          suit += near(z, k) * suited[cell(z, o)];
        }
        const std::size_t here = cell(k, o);
        if (arrive <= 0.0 || suit <= 0.0 || posts_[here] <= 0.0) continue;
        const double fill = fill_probability(arrive * attraction_[here], suit / arrive, params_.screen_max);
        success[here] = fill / (suit * attraction_[here]);
        fresh[here] /= fill;
      }
    }
    for (std::size_t z = 0; z < places_; ++z) {
      std::vector<double> luck(occupations_, 0.0);
      for (std::size_t k = 0; k < places_; ++k) {
        for (std::size_t o = 0; o < occupations_; ++o) luck[o] += near(z, k) * weight[cell(k, o)] * success[cell(k, o)];
      }
      for (std::size_t from = 0; from < occupations_; ++from) {
        const double ways = all_ways(z, from);
        double sum = 0.0;
        for (std::size_t to = 0; to < occupations_; ++to) {
          const std::size_t move = from * occupations_ + to;
          sum += moves_[move] * suits_without_[move] * luck[to];
        }
        chance_[cell(z, from)] = ways > 0.0 ? sent * sum / ways : 0.0;
      }
    }
    double found = 0.0;
    for (std::size_t k = 0; k < residents_without_.size(); ++k) found += residents_without_[k] * chance_[k];
    if (found > 0.0) {
      taken_ = found / (usual_finding_ * sum_of(residents_without_));
      for (double& chance : chance_) chance /= taken_;
    }
    // On the market of a month are the posts left open at the end of the last one and those of the jobs lost since.
    // Where no stock of open posts is asked for at t = 0, they are those that the flows need.
    const double all = sum_of(fresh), on_market = open_posts_ + lost;
    const double scale = open_posts_ > 0.0 && all > 0.0 ? on_market / all : 1.0;
    double moved = 0.0;
    for (std::size_t k = 0; k < cells_; ++k) {
      fresh[k] *= scale;
      moved += std::fabs(fresh[k] - posts_[k]);
    }
    posts_ = std::move(fresh);
    return all > 0.0 ? moved / (all * scale) : 0.0;
  }

  /// Relative hazards by which jobs lost and found agree in each commune and at each age, one margin after the other.
  /// Returns the largest relative change.
  double balance() {
    const double half = 0.5 * usual_finding_;
    const std::vector<double> old_home = by_home_, old_age = by_age_;
    std::vector<double> found(communes_, half), lost(communes_, half);
    for (std::size_t k = 0; k < residents_jobs_.size(); ++k) {
      found[k / occupations_] += residents_without_[k] * chance_[k];
      lost[k / occupations_] +=
          residents_jobs_[k] * params_.separation_rate * by_occupation_[k % occupations_] * mean_age_[k];
    }
    for (std::size_t c = 0; c < communes_; ++c) by_home_[c] = found[c] / lost[c];
    std::array<double, kAgeBands> found_at{}, lost_at{};
    found_at.fill(half);
    lost_at.fill(half);
    for (std::size_t k = 0; k < residents_jobs_.size(); ++k) {
      const double rate = params_.separation_rate * by_occupation_[k % occupations_] * by_home_[k / occupations_];
      for (std::size_t a = 0; a < kAgeBands; ++a) {
        found_at[a] += without_of_age_[k * kAgeBands + a] * chance_[k];
        lost_at[a] += jobs_of_age_[k * kAgeBands + a] * rate;
      }
    }
    for (std::size_t a = 0; a < kAgeBands; ++a) by_age_[a] = found_at[a] / lost_at[a];
    average_over_ages();
    set_mean_hazard();
    double changed = 0.0;
    for (std::size_t c = 0; c < communes_; ++c) changed = std::max(changed, std::fabs(by_home_[c] / old_home[c] - 1.0));
    for (std::size_t a = 0; a < kAgeBands; ++a) changed = std::max(changed, std::fabs(by_age_[a] / old_age[a] - 1.0));
    return changed;
  }

  const Params& params_;
  const std::size_t communes_, places_, occupations_, cells_;
  std::vector<double> by_occupation_, by_home_, by_age_;
  std::vector<double> mean_age_;                            // by_age_ averaged over the jobs of each (home, occupation)
  std::vector<double> without_, jobs_;                      // by home: seekers without a job, salaried jobs
  std::vector<double> without_of_age_, jobs_of_age_;        // the same [cell * age bands + band]
  std::vector<double> residents_without_, residents_jobs_;  // their first communes * occupations entries
  std::vector<double> jobs_there_;                          // [home][place of work * occupations + occupation]
  std::vector<double> likeness_;                            // occupations of the seekers without a job, shares
  std::vector<double> near_, attraction_, moves_, suits_at_work_, suits_without_;
  std::vector<double> posts_, chance_;
  std::vector<double> visitors_, wanted_visitors_, most_visitors_;  // by zone outside
  double open_posts_ = 0.0, usual_finding_ = 0.0, taken_ = 1.0;
};

}  // namespace

double fill_probability(double applicants, double suits, int most) {
  double number = math::exp(-applicants);  // probability of n applicants
  double fewer = 0.0, fails = 1.0, filled = 0.0;
  for (int n = 0; n < most; ++n) {
    filled += number * (1.0 - fails);
    fewer += number;
    number *= applicants / static_cast<double>(n + 1);
    fails *= 1.0 - suits;
  }
  return filled + std::max(0.0, 1.0 - fewer) * (1.0 - fails);
}

double expected_open_posts(World& world, const Params& params) {
  const PostsAndJobs here = posts_and_jobs(world, params);
  double outside = 0.0;
  for (const std::int64_t n : world.column<OutCommuters>()) outside += static_cast<double>(n);
  return here.jobs > 0.0 ? here.posts * (1.0 + outside / here.jobs) : 0.0;
}

void set_pull(World& world, const Params& params) {
  const auto minutes = world.column<sites::CarMinutes>();
  const auto unemployed = world.column<Unemployed>();
  const auto employed = world.column<EmployedResidents>();
  const auto jobs = world.column<EmployeesByCommune>();
  const auto pull = world.column<Pull>();
  const std::size_t outside = pull.size(), communes = jobs.size(), zones = communes + outside;
  const std::size_t occupations = communes > 0 ? unemployed.size() / communes : 0;
  const auto easy = [&](std::size_t from, std::size_t to) {
    return math::exp(-params.beta_travel * static_cast<double>(minutes[from * zones + to]));
  };
  std::vector<double> force(communes, 0.0);
  for (std::size_t z = 0; z < communes; ++z) {
    double people = 0.0, within_reach = 0.0;
    for (std::size_t o = 0; o < occupations; ++o) {
      people += static_cast<double>(unemployed[z * occupations + o] + employed[z * occupations + o]);
    }
    for (std::size_t c = 0; c < communes; ++c) within_reach += static_cast<double>(jobs[c]) * easy(z, c);
    force[z] = within_reach > 0.0 ? people / within_reach : 0.0;
  }
  const auto applicants = [&](std::size_t place) {
    double sum = 0.0;
    for (std::size_t z = 0; z < communes; ++z) sum += force[z] * easy(z, place);
    return sum;
  };
  double mean = 0.0, all = 0.0;
  for (std::size_t c = 0; c < communes; ++c) {
    mean += static_cast<double>(jobs[c]) * applicants(c);
    all += static_cast<double>(jobs[c]);
  }
  for (std::size_t k = 0; k < outside; ++k) {
    const double found = applicants(communes + k);
    pull[k] = all > 0.0 && found > 0.0 ? mean / all / found : 1.0;
  }
}

Finding settle_turnover(World& world, const Params& params) {
  count_at_start(world);
  set_pull(world, params);
  auto at_home = world.column<RelativeExitAtHome>();
  std::fill(at_home.begin(), at_home.end(), 1.0);
  auto at_age = world.column<RelativeExitAtAge>();
  std::fill(at_age.begin(), at_age.end(), 1.0);
  Finding finding;
  Turnover turnover(world, params);
  turnover.solve();
  turnover.write(world, finding);
  return finding;
}

}  // namespace metier::labour
