#include "models/labour/seekers.hpp"

#include "models/labour/wages.hpp"
#include "models/labour/words.hpp"
#include "sim/core/error.hpp"
#include "sim/core/hash.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace metier::labour {

namespace {

/// 1 + Poisson(mean) by inversion of one 32-bit word: every step is looked at, so that nothing is guessed.
class NumberOfApplications {
 public:
  explicit NumberOfApplications(double mean) {
    double p = math::exp(-mean), sum = p;
    for (std::size_t k = 0; k < kMost && chance(sum) < std::uint64_t{1} << 32; ++k) {
      steps_.push_back(static_cast<std::uint32_t>(chance(sum)));
      p *= mean / static_cast<double>(k + 1);
      sum += p;
    }
  }
  [[nodiscard]] std::uint8_t operator()(std::uint32_t word) const {
    unsigned above = 0;
    for (const std::uint32_t step : steps_) above += bit(word >= step);
    return static_cast<std::uint8_t>(1 + above);
  }

 private:
  static constexpr std::size_t kMost = 128;  // the hard bound of the mean is 50: what lies above has no weight
  std::vector<std::uint32_t> steps_;
};

}  // namespace

void Seekers::resize(std::size_t n) {
  row.resize(n);
  who.resize(n);
  applications.resize(n);
  hired.assign(n, 0);
}

void find_seekers(const Step& step, const Params& params, SeekerView person, In<MedianWage> median_wage,
                  In<sites::CarMinutes> minutes, In<firms::CommuneOf> commune_of, In<ZoneUnemployed> zone_unemployed,
                  In<VisitShare> visit_share, In<GoingWageSeen> going, In<OutsideWageSeen> outside_wage,
                  In<MinimumWage> minimum_wage, Random<RngDomain::kLabourApplication> random,
                  Random<RngDomain::kLabourOutside> random_outside, Scratch<LooksAround> looks_around,
                  Scratch<Seekers> seekers) {
  Seekers& m = *seekers;
  const std::size_t drawn_for = looks_around->of.size();  // rows added since then are free places of the pool
  METIER_REQUIRE(looks_around->month == step.month && drawn_for <= person.key.size(),
                 "`separate` has drawn who looks around this month");
  select_rows(
      drawn_for,
      [&](std::size_t begin, std::size_t end, Picks& picks) {
        std::array<std::uint8_t, kWordChunk> looks;
        for (std::size_t chunk = begin; chunk < end; chunk += kWordChunk) {
          const std::size_t n = std::min(kWordChunk, end - chunk);
          const Status* status = person.status.data() + chunk;
          const std::uint8_t* drawn = looks_around->of.data() + chunk;
          for (std::size_t i = 0; i < n; ++i) {
            looks[i] =
                static_cast<std::uint8_t>(bit(status[i] == Status::kUnemployed) |
                                          (bit(status[i] == Status::kHalo) & (drawn[i] >> LooksAround::kInHalo)) |
                                          (bit(status[i] == Status::kEmployed) & (drawn[i] >> LooksAround::kAtWork)));
            looks[i] &= 1;
          }
          for_each_set(looks.data(), n,
                       [&](std::size_t i) { picks.add(chunk + i, bit(status[i] != Status::kEmployed)); });
        }
      },
      m.selection);  // note: 1 without a job

  // How many come from outside.
  const std::size_t residents = m.selection.size();
  const std::size_t outside = zone_unemployed.size();
  std::vector<std::size_t> first(outside + 1, residents);
  for (std::size_t z = 0; z < outside; ++z) {
    const double expected = zone_unemployed[z] * visit_share[z];
    const auto whole = static_cast<std::size_t>(expected);
    const double u = random_outside(firms::kOutsideEmployer + z).uniform();
    first[z + 1] = first[z] + whole + (u < expected - static_cast<double>(whole) ? 1 : 0);
  }
  m.resize(first[outside]);

  const double going_wage = math::log(going_wage_last_month(going, step));
  const double dearer = math::log(going_wage_last_month(outside_wage, step)) - going_wage;
  const double floor =
      minimum_wage[0] > 0 ? math::log(static_cast<double>(minimum_wage[0])) : -std::numeric_limits<double>::infinity();
  std::vector<double> log_median(median_wage.size());
  for (std::size_t o = 0; o < log_median.size(); ++o) log_median[o] = math::log(std::max(1.0, median_wage[o]));
  const auto longest = static_cast<std::size_t>(params.long_spell);
  std::vector<double> log_share(longest + 1);
  for (std::size_t d = 0; d <= longest; ++d) {
    const double done = static_cast<double>(d) / static_cast<double>(longest);
    log_share[d] = math::log(params.reservation_start + (params.reservation_end - params.reservation_start) * done);
  }
  const NumberOfApplications number(params.applications);
  const double raise = math::log(1.0 + params.ojs_gain);
  const auto zones = static_cast<std::size_t>(math::sqrt(static_cast<double>(minutes.size())) + 0.5);
  const std::size_t communes = zones - outside;

  const StepStream& stream = random.stream();
  for_each_block(residents, 8 * kWordChunk, [&](std::size_t, std::size_t begin, std::size_t end) {
    Words words;
    std::array<std::uint64_t, kWordChunk> keys;
    std::array<double, kWordChunk> wage, minutes_now, wish, least;
    std::array<std::uint8_t, kWordChunk> at_work;
    for (std::size_t chunk = begin; chunk < end; chunk += kWordChunk) {
      // What both kinds of seekers ask for is worked out for all: who is at work could not be predicted.
      const std::size_t n = std::min(kWordChunk, end - chunk);
      for (std::size_t i = 0; i < n; ++i) {
        const Row h = m.selection.rows[chunk + i];
        keys[i] = person.key[h];
        at_work[i] = m.selection.notes[chunk + i] == 0 ? 1 : 0;
        wage[i] = static_cast<double>(std::max(1, person.wage[h]));
        const std::size_t place = place_of_work(person.employer[h], commune_of, communes);
        minutes_now[i] = static_cast<double>(minutes[person.home[h] * zones + place]);
        wish[i] = log_share[std::min<std::size_t>(longest, person.duration[h])] + log_median[person.occupation[h]] +
                  going_wage + params.wage_skill * static_cast<double>(person.skill[h]);
      }
      draw_words(stream, keys.data(), nullptr, n, 0, words);
      for (std::size_t i = 0; i < n; ++i) {
        const double as_good =
            params.wage_elasticity * (math::log(wage[i]) + raise) - params.beta_travel * minutes_now[i];
        least[i] = at_work[i] != 0 ? as_good : std::max(floor, wish[i]);
      }
      for (std::size_t i = 0; i < n; ++i) {
        const std::size_t s = chunk + i;
        const Row h = m.selection.rows[s];
        m.who[s] = {keys[i],        least[i], person.skill[h], person.home[h], person.occupation[h], person.duration[h],
                    at_work[i] != 0};
        m.row[s] = h;
        m.applications[s] = number(words.w0[i]);
      }
    }
  });

  m.doubles.resize(residents);
  std::size_t doubles = 0;  // without a branch: who is at work comes in no order
  for (std::size_t s = 0; s < residents; ++s) {
    m.doubles[doubles] = static_cast<std::uint32_t>(s);
    doubles += m.selection.notes[s];
  }
  m.doubles.resize(doubles);
  if (m.doubles.empty()) {  // nobody to resemble
    m.resize(residents);
    m.likeness.clear();
    return;
  }
  m.likeness.resize(first[outside] - residents);
  for_each_block(m.likeness.size(), 1024, [&](std::size_t, std::size_t begin, std::size_t end) {
    // Whom each resembles first, so that these are on their way when they are copied.
    std::size_t z = 0;
    for (std::size_t s = residents + begin; s < residents + end; ++s) {
      while (s >= first[z + 1]) ++z;
      m.row[s] = kNoPerson;
      m.who[s].key = hash64(kApplicantKey, z, static_cast<std::uint64_t>(step.month), s - first[z]);
      m.who[s].home = static_cast<std::uint8_t>(communes + z);
      Draws draws = random_outside(m.who[s].key);
      const std::uint32_t whom = m.doubles[draws.below(m.doubles.size())];
      m.applications[s] = number(draws.bits32());
      prefetch(&m.who[whom]);
      m.likeness[s - residents] = whom;
    }
    for (std::size_t s = residents + begin; s < residents + end; ++s) {
      const std::uint32_t whom = m.likeness[s - residents];
      m.who[s].occupation = m.who[whom].occupation;
      m.who[s].skill = m.who[whom].skill;
      m.who[s].duration = m.who[whom].duration;
      m.who[s].at_work = false;
      m.who[s].least = m.who[whom].least + dearer;  // the same occupation, skill and duration
      m.likeness[s - residents] = m.row[whom];
    }
  });
}

}  // namespace metier::labour
