#include "models/labour/matching.hpp"
#include "models/labour/words.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <array>

namespace metier::labour {

namespace {

constexpr double kSteps = 0x1p31;            ///< cumulative shares are kept in 31 bits
constexpr std::uint32_t kEnd = 0xFFFFFFFFu;  ///< above every 31-bit number
constexpr unsigned kZoneShift = 31 - 6, kOccupationShift = 31 - 5;
static_assert(kZoneGuide == std::size_t{1} << 6 && kOccupationGuide == std::size_t{1} << 5);

/// Open posts by cell and the weight of each cell.
void weigh_cells(const Params& params, In<Pull> pull, In<VacancyOccupation> occupation, Market& m) {
  const std::size_t cells = m.zones * m.occupations;
  m.open.clear();
  m.open_begin.assign(cells + 1, 0);
  for (std::size_t v = 0; v < m.filled.size(); ++v) {
    if (m.filled[v] != 0) continue;
    m.open.push_back(static_cast<std::uint32_t>(v));
    ++m.open_begin[m.zone[v] * m.occupations + occupation[v]];
  }
  exclusive_scan(std::span(m.open_begin));  // the table of vacancies is sorted by cell
  const std::size_t width = padded(m.occupations);
  m.weight.assign(m.zones * width, 0.0);
  for_each_row(cells, [&](std::size_t cell) {
    const std::uint32_t begin = m.open_begin[cell], end = m.open_begin[cell + 1];
    if (begin == end) return;
    double sum = 0.0;
    for (std::uint32_t k = begin; k < end; ++k) {
      sum += std::max(m.minimum_wage, math::exp(m.log_wage[m.open[k]]));
    }
    const double posts = end - begin;
    const std::size_t zone = cell / m.occupations;
    const double attraction = zone < m.communes ? 1.0 : pull[zone - m.communes];
    m.weight[zone * width + cell % m.occupations] =
        posts * attraction * math::exp(params.wage_elasticity * (math::log(sum / posts) - m.mean_log_wage));
  });
}

/// First index whose step is above the lower end of each of `guides` equal intervals.
template <class StepOf>
void fill_guide(std::size_t entries, std::size_t guides, unsigned shift, StepOf&& step, std::uint8_t* guide) {
  std::size_t g = 0;
  for (std::size_t k = 0; k < entries && g < guides; ++k) {
    const std::uint64_t above = step(k);
    while (g < guides && (static_cast<std::uint64_t>(g) << shift) < above) guide[g++] = static_cast<std::uint8_t>(k);
  }
}

/// The tables of everybody who lives in one place: shares of places given the occupation, of occupations given one's
/// own.
void fill_tables(std::size_t home, const Params& params, In<Mobility> mobility, In<sites::CarMinutes> minutes,
                 Market& m) {
  const std::size_t width = padded(m.occupations);
  // People from outside work here or not at all; where the others go outside, the pull is part of the weight.
  const std::size_t places = home < m.communes ? m.zones : m.communes;
  std::vector<double> sums(m.zones * width);
  std::vector<double> total(width, 0.0);
  for (std::size_t k = 0; k < places; ++k) {
    const double easy = math::exp(-params.beta_travel * static_cast<double>(minutes[home * m.zones + k]));
    const double* weight = m.weight.data() + k * width;
    double* sum = sums.data() + k * width;
    for (std::size_t o = 0; o < width; ++o) {
      total[o] += easy * weight[o];
      sum[o] = total[o];
    }
  }
  std::vector<double> scale(width);
  for (std::size_t o = 0; o < width; ++o) scale[o] = total[o] > 0.0 ? (kSteps - 1.0) / total[o] : 0.0;
  std::uint32_t* steps =
      m.zone_steps.data() + home * m.occupations * m.zones;  // [occupation][place]: read along places
  for (std::size_t o = 0; o < m.occupations; ++o) {
    for (std::size_t k = 0; k < places; ++k) {
      steps[o * m.zones + k] = static_cast<std::uint32_t>(static_cast<std::int32_t>(sums[k * width + o] * scale[o]));
    }
    if (places > 0) steps[o * m.zones + places - 1] = kEnd;
  }
  std::uint8_t* guides = m.zone_guide.data() + home * m.occupations * kZoneGuide;
  for (std::size_t o = 0; o < m.occupations; ++o) {
    fill_guide(
        places, kZoneGuide, kZoneShift, [&](std::size_t k) { return steps[o * m.zones + k]; }, guides + o * kZoneGuide);
  }

  std::uint32_t* choice = m.occupation_steps.data() + home * m.occupations * width;
  std::uint8_t* choice_guides = m.occupation_guide.data() + home * m.occupations * kOccupationGuide;
  for (std::size_t from = 0; from < m.occupations; ++from) {
    double sum = 0.0;
    for (std::size_t to = 0; to < m.occupations; ++to) sum += mobility[from * m.occupations + to] * total[to];
    m.reach[home * m.occupations + from] = sum > 0.0 ? 1 : 0;
    const double unit = sum > 0.0 ? (kSteps - 1.0) / sum : 0.0;
    double part = 0.0;
    for (std::size_t to = 0; to < m.occupations; ++to) {
      part += mobility[from * m.occupations + to] * total[to];
      choice[from * width + to] = static_cast<std::uint32_t>(static_cast<std::int32_t>(part * unit));
    }
    choice[from * width + m.occupations - 1] = kEnd;
    fill_guide(
        m.occupations, kOccupationGuide, kOccupationShift, [&](std::size_t to) { return choice[from * width + to]; },
        choice_guides + from * kOccupationGuide);
  }
}

/// A stretch of applications on their way to a post.
struct Stretch {
  std::array<std::uint64_t, kWordChunk> key;
  std::array<std::uint32_t, kWordChunk> block, seeker;
  std::size_t size = 0;
};

}  // namespace

void apply(const Params& params, const Round& round, In<Mobility> mobility, In<sites::CarMinutes> minutes,
           In<Pull> pull, In<VacancyOccupation> occupation, Random<RngDomain::kLabourApplication> random,
           Scratch<Seekers> seekers, Scratch<Market> market) {
  Market& m = *market;
  const Seekers& people = *seekers;
  weigh_cells(params, pull, occupation, m);

  const std::size_t width = padded(m.occupations);
  m.zone_steps.resize(m.zones * m.occupations * m.zones);
  m.zone_guide.resize(m.zones * m.occupations * kZoneGuide);
  m.occupation_steps.resize(m.zones * m.occupations * width);
  m.occupation_guide.resize(m.zones * m.occupations * kOccupationGuide);
  m.reach.resize(m.zones * m.occupations);
  for_each_item(m.zones, [&](std::size_t home) { fill_tables(home, params, mobility, minutes, m); });

  // How many each person sends in this round: those numbered round, round + rounds, ...
  const auto rounds = static_cast<unsigned>(params.rounds);
  m.first_application.resize(people.size() + 1);
  for (std::size_t s = 0; s < people.size(); ++s) {
    const unsigned all = people.applications[s];
    const unsigned now = all > round.index ? (all - round.index + rounds - 1) / rounds : 0;
    m.first_application[s] = people.hired[s] != 0 ? 0 : now;
  }
  m.first_application[people.size()] = 0;
  const std::size_t count = exclusive_scan(std::span(m.first_application));
  m.application_vacancy.resize(count);
  m.applications.resize(count);

  const StepStream& stream = random.stream();
  for_each_block(people.size(), 1024, [&](std::size_t, std::size_t begin, std::size_t end) {
    Stretch stretch;
    Words words;
    std::size_t at = m.first_application[begin];
    const auto send = [&] {
      draw_words(stream, stretch.key.data(), stretch.block.data(), stretch.size, 0, words);
      for (std::size_t i = 0; i < stretch.size; ++i, ++at) {
        const std::size_t s = stretch.seeker[i];
        const std::size_t home = people.who[s].home;
        const std::size_t row = home * m.occupations + people.who[s].occupation;
        const std::uint32_t* choice = m.occupation_steps.data() + row * width;
        const std::uint32_t u0 = words.w0[i] >> 1;
        std::size_t o = m.occupation_guide[row * kOccupationGuide + (u0 >> kOccupationShift)];
        while (choice[o] <= u0) ++o;
        const std::uint32_t* steps = m.zone_steps.data() + (home * m.occupations + o) * m.zones;
        const std::uint32_t u1 = words.w1[i] >> 1;
        std::size_t k = m.zone_guide[(home * m.occupations + o) * kZoneGuide + (u1 >> kZoneShift)];
        while (steps[k] <= u1) ++k;
        const std::size_t cell = k * m.occupations + o;
        const std::uint32_t first = m.open_begin[cell];
        const std::uint64_t posts = m.reach[row] != 0 ? m.open_begin[cell + 1] - first : 0;
        const auto pick = static_cast<std::uint32_t>((words.w2[i] * posts) >> 32);
        m.application_vacancy[at] = posts > 0 ? m.open[first + pick] : kNoBucket;  // else nothing to apply to
        m.applications[at] = {static_cast<std::uint32_t>(s), words.w3[i], stretch.block[i] - 1};
      }
      stretch.size = 0;
    };
    for (std::size_t s = begin; s < end; ++s) {
      const std::uint32_t sent = m.first_application[s + 1] - m.first_application[s];
      for (std::uint32_t k = 0; k < sent; ++k) {
        stretch.key[stretch.size] = people.who[s].key;
        stretch.block[stretch.size] = 1 + round.index + rounds * k;
        stretch.seeker[stretch.size] = static_cast<std::uint32_t>(s);
        if (++stretch.size == kWordChunk) send();
      }
    }
    send();
  });
}

}  // namespace metier::labour
