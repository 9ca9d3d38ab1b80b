#include "models/labour/seekers.hpp"

#include "models/labour/wages.hpp"
#include "models/labour/words.hpp"
#include "sim/core/hash.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace metier::labour {

namespace {

/// 1 + Poisson(mean) by inversion of one 32-bit word.
class NumberOfApplications {
 public:
  explicit NumberOfApplications(double mean) {
    double p = math::exp(-mean), sum = p;
    for (std::size_t k = 0; k < steps_.size(); ++k) {
      steps_[k] = chance(sum);
      p *= mean / static_cast<double>(k + 1);
      sum += p;
    }
  }
  [[nodiscard]] std::uint8_t operator()(std::uint32_t word) const {
    std::size_t k = 0;
    while (k < steps_.size() && word >= steps_[k]) ++k;
    return static_cast<std::uint8_t>(1 + k);
  }

 private:
  std::array<std::uint64_t, 128> steps_{};  // the hard bound of the mean is 50: what lies above 128 has no weight
};

/// word < t, as a comparison of 32-bit words that vectorises (t may be 2^32).
struct Below {
  explicit Below(double p) : any(chance(p) > 0), last(static_cast<std::uint32_t>(chance(p) - 1)) {}
  bool any;
  std::uint32_t last;
};

}  // namespace

void Seekers::resize(std::size_t n) {
  row.resize(n);
  who.resize(n);
  age.resize(n);
  education.resize(n);
  applications.resize(n);
  hired.assign(n, 0);
}

void find_seekers(const Step& step, const Params& params, SeekerView person, In<MedianWage> median_wage,
                  In<sites::CarMinutes> minutes, In<firms::CommuneOf> commune_of, In<ZoneUnemployed> zone_unemployed,
                  In<VisitShare> visit_share, In<GoingWageSeen> going, In<OutsideWageSeen> outside_wage,
                  In<MinimumWage> minimum_wage, Random<RngDomain::kLabourApplication> random,
                  Random<RngDomain::kLabourOutside> random_outside, Scratch<Seekers> seekers) {
  Seekers& m = *seekers;
  const Below halo(params.halo_search), at_work(params.ojs_prob);
  const StepStream& stream = random.stream();
  select_rows(
      person.key.size(),
      [&](std::size_t begin, std::size_t end, Picks& picks) {
        Words words;
        std::array<std::uint8_t, kWordChunk> looks;
        for (std::size_t chunk = begin; chunk < end; chunk += kWordChunk) {
          const std::size_t n = std::min(kWordChunk, end - chunk);
          draw_words(stream, person.key.data() + chunk, nullptr, n, 0, words);
          const Status* status = person.status.data() + chunk;
          for (std::size_t i = 0; i < n; ++i) {
            looks[i] = static_cast<std::uint8_t>(
                bit(status[i] == Status::kUnemployed) |
                (bit(status[i] == Status::kHalo) & bit(halo.any) & bit(words.w0[i] <= halo.last)) |
                (bit(status[i] == Status::kEmployed) & bit(at_work.any) & bit(words.w0[i] <= at_work.last)));
          }
          for_each_set(looks.data(), n, [&](std::size_t i) { picks.add(chunk + i, words.w1[i]); });
        }
      },
      m.selection);

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
  const auto reservation = [&](std::size_t occupation, double skill, std::size_t duration) {
    const double wish =
        log_share[std::min(longest, duration)] + log_median[occupation] + going_wage + params.wage_skill * skill;
    return std::max(floor, wish);
  };
  const NumberOfApplications number(params.applications);
  const double raise = math::log(1.0 + params.ojs_gain);
  const auto zones = static_cast<std::size_t>(math::sqrt(static_cast<double>(minutes.size())) + 0.5);
  const std::size_t communes = zones - outside;

  for_each_row(residents, [&](std::size_t s) {
    const Row h = m.selection.rows[s];
    m.row[s] = h;
    m.who[s].key = person.key[h];
    m.who[s].home = person.home[h];
    m.who[s].occupation = person.occupation[h];
    m.who[s].skill = person.skill[h];
    m.who[s].duration = person.duration[h];
    m.age[s] = person.age[h];
    m.education[s] = person.education[h];
    m.applications[s] = number(m.selection.notes[s]);
    m.who[s].at_work = person.status[h] == Status::kEmployed;
    if (m.who[s].at_work) {
      const Row i = person.employer[h];
      const std::size_t place = works_outside(i) ? communes + outside_zone(i) : commune_of[i];
      const double wage = math::log(static_cast<double>(std::max(1, person.wage[h])));
      m.who[s].least = params.wage_elasticity * (wage + raise) -
                       params.beta_travel * static_cast<double>(minutes[person.home[h] * zones + place]);
    } else {
      m.who[s].least = reservation(m.who[s].occupation, m.who[s].skill, m.who[s].duration);
    }
  });

  m.doubles.clear();
  for (std::size_t s = 0; s < residents; ++s) {
    if (!m.who[s].at_work) m.doubles.push_back(static_cast<std::uint32_t>(s));
  }
  if (m.doubles.empty()) {  // nobody to resemble
    m.resize(residents);
    return;
  }
  for_each_block(first[outside] - residents, 1024, [&](std::size_t, std::size_t begin, std::size_t end) {
    // Whom each resembles first, so that these are on their way when they are copied.
    std::vector<std::uint32_t> like(end - begin);
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
      like[s - residents - begin] = whom;
    }
    for (std::size_t s = residents + begin; s < residents + end; ++s) {
      const std::uint32_t whom = like[s - residents - begin];
      m.who[s].occupation = m.who[whom].occupation;
      m.who[s].skill = m.who[whom].skill;
      m.who[s].duration = m.who[whom].duration;
      m.who[s].at_work = false;
      m.who[s].least = m.who[whom].least + dearer;  // the same occupation, skill and duration
      m.age[s] = m.age[whom];
      m.education[s] = m.education[whom];
    }
  });
}

}  // namespace metier::labour
