#include "models/labour/matching.hpp"
#include "models/labour/words.hpp"
#include "sim/core/math.hpp"
#include "sim/core/money.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace metier::labour {

namespace {

bool post_prefers(const Candidate& a, const Candidate& b, const Seekers& people) {
  return std::tie(b.fit, a.lot, people.who[a.seeker].key) < std::tie(a.fit, b.lot, people.who[b.seeker].key);
}

/// Takes an application into the `most` of smallest (lot, key) of its post, each person once.
void stand_in_line(const Application& fresh, const Seekers& people, std::size_t most, Application* line,
                   std::uint8_t& count) {
  const auto before = [&](const Application& a, const Application& b) {
    return a.lot < b.lot || (a.lot == b.lot && people.who[a.seeker].key < people.who[b.seeker].key);
  };
  if (count == most && !before(fresh, line[most - 1])) return;
  std::size_t gap = 0;  // the place that the newcomer frees: that of her earlier application, or the last one
  while (gap < count && line[gap].seeker != fresh.seeker) ++gap;
  if (gap < count) {
    if (!before(fresh, line[gap])) return;
  } else if (count < most) {
    ++count;
  } else {
    gap = most - 1;
  }
  for (; gap > 0 && before(fresh, line[gap - 1]); --gap) line[gap] = line[gap - 1];
  line[gap] = fresh;
}

/// The first in line of every post. Applications of one seeker lie in one block, hence in the lists of one thread;
/// which thread that is does not matter, since the lists are joined by (lot, key).
void make_short_lists(const Seekers& people, std::size_t posts, std::size_t most, Market& m) {
  m.short_lists.resize(static_cast<std::size_t>(threads()));
  for_each_item(m.short_lists.size(), [&](std::size_t worker) {
    m.short_lists[worker].line.resize(posts * most);
    m.short_lists[worker].count.assign(posts, 0);
  });
  for_each_block(people.size(), 1024, [&](std::size_t, std::size_t begin, std::size_t end) {
    ShortLists& mine = m.short_lists[static_cast<std::size_t>(worker_index())];
    const std::uint32_t* const post = m.application_vacancy.data();
    const std::size_t stop = m.first_application[end];
    for (std::size_t a = m.first_application[begin]; a < stop; ++a) {
      const std::uint32_t next = post[std::min(a + kAhead, stop - 1)];
      if (next != kNoBucket) prefetch(mine.line.data() + next * most);
      const std::uint32_t v = post[a];
      if (v != kNoBucket) stand_in_line(m.applications[a], people, most, mine.line.data() + v * most, mine.count[v]);
    }
  });
}

/// The `most` first in line over all threads.
void join_short_lists(const Market& m, const Seekers& people, std::size_t v, std::size_t most,
                      std::vector<Application>& line) {
  line.clear();
  for (const ShortLists& lists : m.short_lists) {
    const auto first = lists.line.begin() + static_cast<std::ptrdiff_t>(v * m.slots);
    line.insert(line.end(), first, first + lists.count[v]);
  }
  std::sort(line.begin(), line.end(), [&](const Application& a, const Application& b) {
    return std::tie(a.lot, people.who[a.seeker].key) < std::tie(b.lot, people.who[b.seeker].key);
  });
  if (line.size() > most) line.resize(most);
}

}  // namespace

void resolve(const Params& params, const Round& round, In<Mobility> mobility, In<sites::CarMinutes> minutes,
             In<VacancyFirm> firm, In<VacancyOccupation> occupation, In<VacancyKey> key,
             Random<RngDomain::kLabourScreening> random, Scratch<Seekers> seekers, Scratch<Market> market) {
  Market& m = *market;
  const Seekers& people = *seekers;
  const std::size_t posts = firm.size();
  const auto most = static_cast<std::size_t>(params.screen_max);
  m.slots = most;
  m.candidates.resize(posts * most);
  m.candidate_count.assign(posts, 0);
  make_short_lists(people, posts, most, m);

  const double log_floor = m.minimum_wage > 0.0 ? math::log(m.minimum_wage) : -1e300;
  const StepStream& stream = random.stream();
  for_each_block(posts, 128, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::vector<Application> line;
    std::vector<std::uint32_t> post_of;
    std::vector<Application> seen;
    for (std::size_t v = begin; v < end; ++v) {
      if (m.filled[v] != 0 || m.screened[v] >= most) continue;
      join_short_lists(m, people, v, most - m.screened[v], line);
      const std::size_t n = line.size();
      m.screened[v] = static_cast<std::uint8_t>(m.screened[v] + n);
      post_of.insert(post_of.end(), n, static_cast<std::uint32_t>(v));
      seen.insert(seen.end(), line.begin(), line.end());
      for (const Application& first : line) prefetch(&people.who[first.seeker]);
    }
    Words words;
    std::array<std::uint64_t, kWordChunk> keys;
    std::array<std::uint32_t, kWordChunk> blocks;
    for (std::size_t chunk = 0; chunk < seen.size(); chunk += kWordChunk) {
      const std::size_t n = std::min(kWordChunk, seen.size() - chunk);
      for (std::size_t i = 0; i < n; ++i) {
        const Application& applicant = seen[chunk + i];
        keys[i] = people.who[applicant.seeker].key;
        blocks[i] = applicant.number;
      }
      draw_words(stream, keys.data(), blocks.data(), n, 0, words);
      for (std::size_t i = 0; i < n; ++i) {
        const Application& applicant = seen[chunk + i];
        const std::size_t v = post_of[chunk + i], s = applicant.seeker;
        const std::size_t own = people.who[s].occupation;
        const double same = mobility[own * m.occupations + own];
        const double other = mobility[own * m.occupations + occupation[v]];
        const double near = same > 0.0 ? other / same : (other > 0.0 ? 1.0 : 0.0);
        const double skill = people.who[s].skill;
        const double slope = params.skill_slope;
        const double suitable = params.suitable_prob * near * math::exp(slope * skill - 0.5 * slope * slope);
        if (!(words.w0[i] < chance(suitable))) continue;

        const double log_wage = std::max(log_floor, m.log_wage[v] + params.wage_skill * skill);
        const double travel =
            params.beta_travel * static_cast<double>(minutes[people.who[s].home * m.zones + m.zone[v]]);
        const double utility = params.wage_elasticity * log_wage - travel;
        if (!people.who[s].accepts(log_wage, utility)) continue;
        const double noise = math::inverse_normal(to_unit(words.w1[i] | static_cast<std::uint64_t>(words.w2[i]) << 32));
        const double months = std::min<double>(params.long_spell, people.who[s].duration);
        const double fit = skill - params.duration_penalty * months / params.long_spell + params.fit_noise * noise;

        Candidate* list = m.candidates.data() + v * most;
        std::size_t place = m.candidate_count[v]++;
        const Candidate fresh{static_cast<std::uint32_t>(s), applicant.lot, fit, utility, log_wage};
        for (; place > 0 && post_prefers(fresh, list[place - 1], people); --place) list[place] = list[place - 1];
        list[place] = fresh;
      }
    }
  });

  // Deferred acceptance, the posts asking. Few pairs are left: one thread, and the outcome depends on no order.
  m.holder.assign(people.size(), kNoBucket);
  m.held.resize(people.size());
  m.next.assign(posts, 0);
  const auto candidate = [&](std::size_t v, std::size_t place) -> const Candidate& {
    return m.candidates[v * most + place];
  };
  for (std::size_t first = 0; first < posts; ++first) {
    std::size_t v = first;
    while (m.next[v] < m.candidate_count[v]) {
      const std::uint8_t place = m.next[v]++;
      const Candidate& offer = candidate(v, place);
      const std::uint32_t rival = m.holder[offer.seeker];
      if (rival != kNoBucket) {
        const Candidate& held = candidate(rival, m.held[offer.seeker]);
        const std::uint64_t mine = key[v], theirs = key[rival];
        const bool better = std::tie(held.utility, offer.lot, mine) < std::tie(offer.utility, held.lot, theirs);
        if (!better) continue;
      }
      m.holder[offer.seeker] = static_cast<std::uint32_t>(v);
      m.held[offer.seeker] = place;
      if (rival == kNoBucket) break;
      v = rival;  // who lost a candidate asks the next
    }
  }
  m.matches.clear();
  for (std::size_t v = 0; v < posts; ++v) {
    if (m.next[v] == 0) continue;
    const Candidate& last = candidate(v, m.next[v] - std::size_t{1});
    if (m.holder[last.seeker] != v) continue;
    const auto wage = static_cast<std::int32_t>(round_half_away(math::exp(last.log_wage)));
    m.matches.push_back(
        {static_cast<std::uint32_t>(v), last.seeker, std::max(wage, static_cast<std::int32_t>(m.minimum_wage))});
  }
  if (!params.keep_offers) return;
  for (std::size_t v = 0; v < posts; ++v) {
    for (std::size_t place = 0; place < m.candidate_count[v]; ++place) {
      const Candidate& c = candidate(v, place);
      m.offers.push_back({key[v], people.who[c.seeker].key, static_cast<std::int32_t>(stream.month()),
                          static_cast<std::int32_t>(round.index), c.fit, c.utility, c.lot,
                          m.holder[c.seeker] == v ? 1u : 0u});
    }
  }
}

}  // namespace metier::labour
