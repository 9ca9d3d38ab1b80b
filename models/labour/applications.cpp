#include "models/labour/matching.hpp"
#include "models/labour/words.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <array>

namespace metier::labour {

namespace {

constexpr double kSteps = 0x1p31;  ///< cumulative shares are kept in 31 bits
constexpr std::int32_t kNever = 0x7FFFFFFF;

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
  const std::size_t row_of_places = padded(m.zones);
  std::int32_t* steps = m.zone_steps.data() + home * m.occupations * row_of_places;
  for (std::size_t o = 0; o < m.occupations; ++o, steps += row_of_places) {
    for (std::size_t k = 0; k < places; ++k) steps[k] = static_cast<std::int32_t>(sums[k * width + o] * scale[o]);
    std::fill(steps + places, steps + row_of_places, kNever);
  }

  std::int32_t* choice = m.occupation_steps.data() + home * m.occupations * width;
  for (std::size_t from = 0; from < m.occupations; ++from, choice += width) {
    double sum = 0.0;
    for (std::size_t to = 0; to < m.occupations; ++to) sum += mobility[from * m.occupations + to] * total[to];
    m.reach[home * m.occupations + from] = sum > 0.0 ? 1 : 0;
    const double unit = sum > 0.0 ? (kSteps - 1.0) / sum : 0.0;
    double part = 0.0;
    for (std::size_t to = 0; to < m.occupations; ++to) {
      part += mobility[from * m.occupations + to] * total[to];
      choice[to] = static_cast<std::int32_t>(part * unit);
    }
    std::fill(choice + m.occupations, choice + width, kNever);
  }
}

/// First index whose cumulative share is above u, the last one at most. All shares are looked at: eight at a time that
/// is quicker than a search, whose branches nobody could predict.
std::size_t above(const std::int32_t* steps, std::size_t padded_entries, std::size_t entries, std::int32_t u) {
  std::int32_t below = 0;
  for (std::size_t k = 0; k < padded_entries; ++k) below += steps[k] <= u ? 1 : 0;
  return std::min(static_cast<std::size_t>(below), entries - 1);
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
  const std::size_t row_of_places = padded(m.zones);
  m.zone_steps.resize(m.zones * m.occupations * row_of_places);
  m.occupation_steps.resize(m.zones * m.occupations * width);
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
        const std::size_t o = above(m.occupation_steps.data() + row * width, width, m.occupations,
                                    static_cast<std::int32_t>(words.w0[i] >> 1));
        const std::size_t places = home < m.communes ? m.zones : m.communes;
        const std::size_t k = above(m.zone_steps.data() + (home * m.occupations + o) * row_of_places, row_of_places,
                                    places, static_cast<std::int32_t>(words.w1[i] >> 1));
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
