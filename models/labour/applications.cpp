#include "models/labour/matching.hpp"
#include "models/labour/words.hpp"
#include "sim/core/cumulative.hpp"
#include "sim/core/error.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <array>

namespace metier::labour {

namespace {

/// Posts by cell that go on looking at applicants, and the weight of each cell: of all its open posts, and of those.
void weigh_cells(const Params& params, In<Pull> pull, In<VacancyOccupation> occupation, Market& m) {
  const std::size_t cells = m.zones * m.occupations;
  m.looking.clear();
  m.looking_begin.assign(cells + 1, 0);
  m.open.assign(cells, {});
  for (std::size_t v = 0; v < m.filled.size(); ++v) {
    if (m.filled[v] != 0) continue;
    const std::size_t cell = m.zone[v] * m.occupations + occupation[v];
    ++m.open[cell].posts;
    m.open[cell].wages += m.wage[v];
    if (m.screened[v] >= params.screen_max) continue;
    m.looking.push_back(static_cast<std::uint32_t>(v));
    ++m.looking_begin[cell];
  }
  exclusive_scan(std::span(m.looking_begin));  // the table of vacancies is sorted by cell
  const std::size_t width = cumulative_width(m.occupations);
  m.weight.assign(m.zones * width, 0.0);
  m.weight_looking.assign(m.zones * width, 0.0);
  for_each_row(cells, [&](std::size_t cell) {
    const double posts = m.open[cell].posts;
    if (posts == 0.0) return;
    const std::size_t zone = cell / m.occupations;
    const double attraction = zone < m.communes ? 1.0 : pull[zone - m.communes];
    const double of_one =
        attraction * math::exp(params.wage_elasticity * (math::log(m.open[cell].wages / posts) - m.mean_log_wage));
    const std::size_t at = zone * width + cell % m.occupations;
    m.weight[at] = posts * of_one;
    m.weight_looking[at] = (m.looking_begin[cell + 1] - m.looking_begin[cell]) * of_one;
  });
}

/// The tables of everybody who lives in one place: of occupations given one's own, among all open posts; of places
/// given the occupation, among the posts that look on. An application to any other post is as good as not sent: it
/// falls beyond the last occupation.
void fill_tables(std::size_t home, const Params& params, In<Mobility> mobility, In<sites::CarMinutes> minutes,
                 Market& m) {
  const std::size_t width = cumulative_width(m.occupations);
  // People from outside work here or not at all; where the others go outside, the pull is part of the weight.
  const std::size_t places = home < m.communes ? m.zones : m.communes;
  std::vector<double> sums(m.zones * width);
  std::vector<double> total(width, 0.0), looking(width, 0.0);
  for (std::size_t k = 0; k < places; ++k) {
    const double easy = math::exp(-params.beta_travel * static_cast<double>(minutes[home * m.zones + k]));
    const double* weight = m.weight.data() + k * width;
    const double* weight_looking = m.weight_looking.data() + k * width;
    double* sum = sums.data() + k * width;
    for (std::size_t o = 0; o < width; ++o) {
      total[o] += easy * weight[o];
      looking[o] += easy * weight_looking[o];
      sum[o] = looking[o];
    }
  }
  std::vector<double> scale(width);
  for (std::size_t o = 0; o < width; ++o) scale[o] = looking[o] > 0.0 ? kCumulativeOne / looking[o] : 0.0;
  const std::size_t row_of_places = cumulative_width(m.zones);
  std::int32_t* steps = m.zone_steps.data() + home * m.occupations * row_of_places;
  for (std::size_t o = 0; o < m.occupations; ++o, steps += row_of_places) {
    for (std::size_t k = 0; k < places; ++k) steps[k] = static_cast<std::int32_t>(sums[k * width + o] * scale[o]);
    std::fill(steps + places, steps + row_of_places, kNeverReached);
  }

  std::int32_t* choice = m.occupation_steps.data() + home * m.occupations * width;
  for (std::size_t from = 0; from < m.occupations; ++from, choice += width) {
    double sum = 0.0;
    for (std::size_t to = 0; to < m.occupations; ++to) sum += mobility[from * m.occupations + to] * total[to];
    const double unit = sum > 0.0 ? kCumulativeOne / sum : 0.0;
    double part = 0.0;
    for (std::size_t to = 0; to < m.occupations; ++to) {
      part += mobility[from * m.occupations + to] * looking[to];
      choice[to] = static_cast<std::int32_t>(part * unit);
    }
    std::fill(choice + m.occupations, choice + width, kNeverReached);
  }
}

/// A stretch of applications on their way to a post, with room for what is written beyond.
struct Stretch {
  std::array<std::uint64_t, kWordChunk> key;
  std::array<std::uint32_t, kWordChunk> row, occupation, kept, place, cell;
  std::array<std::uint32_t, kWordChunk + 4> block, seeker;
  std::size_t size = 0;
};

}  // namespace

void apply(const Params& params, const Round& round, In<Mobility> mobility, In<sites::CarMinutes> minutes,
           In<Pull> pull, In<VacancyOccupation> occupation, Random<RngDomain::kLabourApplication> random,
           Scratch<Seekers> seekers, Scratch<Market> market) {
  Market& m = *market;
  const Seekers& people = *seekers;
  weigh_cells(params, pull, occupation, m);

  const std::size_t width = cumulative_width(m.occupations);
  const std::size_t row_of_places = cumulative_width(m.zones);
  m.zone_steps.resize(m.zones * m.occupations * row_of_places);
  m.occupation_steps.resize(m.zones * m.occupations * width);
  for_each_item(m.zones, [&](std::size_t home) { fill_tables(home, params, mobility, minutes, m); });

  // How many each person sends in this round: those numbered round, round + rounds, ...
  const auto rounds = static_cast<unsigned>(params.rounds);
  METIER_REQUIRE(people.size() <= Application::kMostSeekers, "so many seekers can be told apart");
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
    const Profile* const who = people.who.data();
    const std::int32_t *const occupation_steps = m.occupation_steps.data(), *const zone_steps = m.zone_steps.data();
    const std::uint32_t *const looking_begin = m.looking_begin.data(), *const looking = m.looking.data();
    const std::size_t occupations = m.occupations, zones = m.zones, communes = m.communes;
    // One step after the other for the whole stretch: what a step reads at random is on its way before the next.
    const auto send = [&] {
      const std::size_t n = stretch.size;
      for (std::size_t i = 0; i < n; ++i) {
        const Profile& sender = who[stretch.seeker[i]];
        stretch.key[i] = sender.key;
        stretch.row[i] = static_cast<std::uint32_t>(sender.home * occupations + sender.occupation);
      }
      draw_words(stream, stretch.key.data(), stretch.block.data(), n, 0, words);
      find_reached(occupation_steps, width, stretch.row.data(), words.w0.data(), n, stretch.occupation.data());
      // Those to a post that looks on, one after the other: which ones these are could not be predicted.
      std::size_t kept = 0;
      for (std::size_t i = 0; i < n; ++i) {
        const std::uint32_t o = stretch.occupation[i];
        stretch.kept[kept] = static_cast<std::uint32_t>(i);
        stretch.row[kept] = static_cast<std::uint32_t>(who[stretch.seeker[i]].home * occupations) + o;
        words.w1[kept] = words.w1[i];
        kept += bit(o < occupations);
      }
      find_reached(zone_steps, row_of_places, stretch.row.data(), words.w1.data(), kept, stretch.place.data());
      std::fill_n(stretch.cell.begin(), n, kNoBucket);
      for (std::size_t k = 0; k < kept; ++k) {
        const std::size_t i = stretch.kept[k];
        const std::uint32_t last =
            static_cast<std::uint32_t>(who[stretch.seeker[i]].home < communes ? zones : communes) - 1;
        stretch.cell[i] =
            static_cast<std::uint32_t>(std::min(stretch.place[k], last) * occupations) + stretch.occupation[i];
      }
      std::uint32_t* const post = m.application_vacancy.data() + at;
      Application* const application = m.applications.data() + at;
      for (std::size_t i = 0; i < n; ++i) {
        application[i] = Application(words.w3[i], stretch.seeker[i], stretch.block[i] - 1);
        post[i] = kNoBucket;
        if (stretch.cell[i] == kNoBucket) continue;
        const std::uint32_t first = looking_begin[stretch.cell[i]];
        const std::uint64_t posts = looking_begin[stretch.cell[i] + 1] - first;
        if (posts > 0) post[i] = looking[first + static_cast<std::uint32_t>((words.w2[i] * posts) >> 32)];
      }
      at += n;
      stretch.size = 0;
    };
    for (std::size_t s = begin; s < end; ++s) {
      const std::uint32_t sent = m.first_application[s + 1] - m.first_application[s];
      if (stretch.size + sent > kWordChunk) send();
      // Always written in fours, the surplus is written over: how many there are could not be predicted.
      for (std::uint32_t k = 0; k < sent || k == 0; k += 4) {
        for (std::uint32_t j = 0; j < 4; ++j) {
          stretch.seeker[stretch.size + k + j] = static_cast<std::uint32_t>(s);
          stretch.block[stretch.size + k + j] = 1 + round.index + rounds * (k + j);
        }
      }
      stretch.size += sent;
    }
    send();
  });
}

}  // namespace metier::labour
