#include "models/labour/spells_at_start.hpp"

#include "models/labour/bands.hpp"
#include "models/labour/columns.hpp"
#include "models/labour/initial.hpp"
#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"
#include "sim/engine/access.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace metier::labour {

namespace {

constexpr std::size_t kMonths = 255;  ///< durations that a law tells apart
constexpr int kYoungest = 15;         ///< years: nobody worked before

/// Chances are told apart in steps of 4 %, from 1e-4 a month to 1.
constexpr std::size_t kSteps = 230;
constexpr double kLeastChance = 1e-4;
std::size_t step_of(double chance) {
  const double up = math::log(std::max(chance, kLeastChance) / kLeastChance) / math::log(1.0 / kLeastChance);
  return std::min(kSteps - 1, static_cast<std::size_t>(up * static_cast<double>(kSteps)));
}
double chance_of(std::size_t step) {
  return kLeastChance * math::pow(1.0 / kLeastChance, (static_cast<double>(step) + 0.5) / static_cast<double>(kSteps));
}

/// People without a job by step of their chance.
struct People {
  std::array<double, kSteps> unemployed{}, halo{};
};

/// Chances of the month, but for finding, which differs between people.
class Rest {
 public:
  Rest(const Params& params, double returns) : params_(params), returns_(returns) {}

  [[nodiscard]] SpellChances chances(std::size_t step, double enters) const {
    const double finds = chance_of(step);
    return {finds, params_.halo_search * finds, enters, returns_, params_.halo_entry_after};
  }

  /// Who enters the halo in a month and is still in it at its end, less who leaves it.
  [[nodiscard]] double growth_of_halo(const People& people, double enters) const {
    double growth = 0.0;
    for (std::size_t step = 0; step < kSteps; ++step) {
      if (people.unemployed[step] + people.halo[step] <= 0.0) continue;
      const SpellChances c = chances(step, enters);
      const std::vector<double> law = spell_law(c).unemployed;
      const double all = sum_of(law);
      double may_enter = 0.0;  // part of the unemployed
      for (std::size_t d = 0; d + 1 < law.size(); ++d) {
        if (static_cast<int>(d) + 1 > c.enters_after) may_enter += all > 0.0 ? law[d] / all : 0.0;
      }
      growth += people.unemployed[step] * may_enter * enters * (1.0 - c.finds_in_halo) -
                people.halo[step] * (1.0 - (1.0 - returns_) * (1.0 - c.finds_in_halo));
    }
    return growth;
  }

  /// Entry at which the halo neither grows nor shrinks: growth rises with it.
  [[nodiscard]] double solve_entry(const People& people) const {
    double low = 0.0, high = 1.0;
    if (growth_of_halo(people, low) >= 0.0) return low;  // nobody leaves it
    if (growth_of_halo(people, high) <= 0.0) return high;
    constexpr int kHalvings = 50;
    for (int k = 0; k < kHalvings; ++k) {
      const double middle = 0.5 * (low + high);
      (growth_of_halo(people, middle) < 0.0 ? low : high) = middle;
    }
    return high;
  }

 private:
  const Params& params_;
  double returns_;
};

/// First index whose cumulated weight is above u times all.
std::uint8_t draw_months(const std::vector<double>& cumulated, double u) {
  const auto found = std::upper_bound(cumulated.begin(), cumulated.end(), u * cumulated.back());
  return static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(found - cumulated.begin(), kMonths - 1));
}

}  // namespace

SpellLaw spell_law(const SpellChances& c) {
  SpellLaw law;
  law.unemployed.resize(kMonths);
  law.halo.resize(kMonths);
  double u = 1.0 - c.finds, h = 0.0;
  for (std::size_t d = 0; d < kMonths; ++d) {
    if (d > 0) {
      const double entering = static_cast<int>(d) > c.enters_after ? c.enters * u : 0.0, returning = c.returns * h;
      u = (1.0 - c.finds) * (u - entering + returning);
      h = (1.0 - c.finds_in_halo) * (h - returning + entering);
    }
    law.unemployed[d] = u;
    law.halo[d] = h;
  }
  return law;
}

void settle_spells(World& world, const Params& params, const Finding& finding, const Seeds& seeds) {
  Step start;
  start.seeds = seeds;
  const Random<RngDomain::kLabourStart> random(start);
  const auto key = world.column<Key>();
  const auto home = world.column<Home>();
  const auto occupation = world.column<OccupationOf>();
  const auto age = world.column<Age>();
  const auto status = world.column<StatusOf>();
  const auto skill = world.column<Skill>();
  const auto duration = world.column<Duration>();
  const auto hired_in = world.column<HiredIn>();

  // Chances of those without a job; both statuses together: 1 + step.
  const double kappa = params.skill_slope;
  std::vector<std::uint8_t> step(key.size(), 0);
  for_each_row(key.size(), [&](std::size_t h) {
    if (status[h] != Status::kUnemployed && status[h] != Status::kHalo) return;
    skill[h] = static_cast<float>(static_cast<double>(skill[h]) - kappa);
    const double better = math::exp(kappa * static_cast<double>(skill[h]) + 0.5 * kappa * kappa);
    step[h] = static_cast<std::uint8_t>(1 + step_of(finding.at(home[h], occupation[h]) * better));
  });
  People people;
  double unemployed = 0.0;
  for (std::size_t h = 0; h < key.size(); ++h) {
    if (step[h] == 0) continue;
    const bool searches = status[h] == Status::kUnemployed;
    unemployed += searches ? 1.0 : 0.0;
    (searches ? people.unemployed : people.halo)[step[h] - std::size_t{1}] += 1.0;
  }

  const double posts = posts_and_jobs(world, params).posts;
  const Rest rest(params, unemployed > 0.0 ? std::min(1.0, params.halo_return * posts / unemployed) : 0.0);
  const double entry = rest.solve_entry(people);
  world.column<HaloEntryAtRest>()[0] = entry;

  constexpr double kSomeEntry = 1e-6;  // a halo that nobody enters or leaves has a law all the same
  std::vector<SpellLaw> laws(kSteps);
  for (std::size_t s = 0; s < kSteps; ++s) {
    if (people.unemployed[s] + people.halo[s] <= 0.0) continue;
    laws[s] = spell_law(rest.chances(s, std::max(entry, kSomeEntry)));
    for (std::vector<double>* of : {&laws[s].unemployed, &laws[s].halo}) {
      std::partial_sum(of->begin(), of->end(), of->begin());
    }
  }
  const auto by_occupation = world.column<RelativeExit>();
  const auto by_home = world.column<RelativeExitAtHome>();
  const auto by_age = world.column<RelativeExitAtAge>();
  for_each_row(key.size(), [&](std::size_t h) {
    if (status[h] == Status::kAbsent) return;
    Draws draws = random(key[h]);
    if (step[h] > 0) {
      const SpellLaw& law = laws[step[h] - std::size_t{1}];
      duration[h] = draw_months(status[h] == Status::kUnemployed ? law.unemployed : law.halo, draws.uniform());
      return;
    }
    const double hazard =
        params.separation_rate * by_occupation[occupation[h]] * by_home[home[h]] * by_age[age_band(age[h])];
    const int longest = 12 * std::max(0, static_cast<int>(age[h]) - kYoungest);
    hired_in[h] = draw_hired_in(draws, hazard, std::min(kLongestTenure, longest));
  });
}

}  // namespace metier::labour
