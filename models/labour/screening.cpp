#include "models/labour/matching.hpp"
#include "models/labour/words.hpp"
#include "sim/core/math.hpp"
#include "sim/core/money.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace metier::labour {

namespace {

bool post_prefers(const Candidate& a, const Candidate& b, const Seekers& people) {
  return std::tie(b.fit, a.lot, people.who[a.seeker].key) < std::tie(a.fit, b.lot, people.who[b.seeker].key);
}

/// Leaves each person one application to a post, that with the smallest lot, in the rows [begin, end).
void drop_repeats(const std::vector<Application>& sent, std::size_t begin, std::size_t end, std::uint32_t* post) {
  constexpr std::size_t kNear = 3;
  const auto same = [&](std::size_t a, std::size_t b) { return sent[a].seeker() == sent[b].seeker(); };
  const auto check = [&](std::size_t a) {
    for (std::size_t b = a; b > begin && same(a, b - 1); --b) {
      if (post[b - 1] == post[a]) post[sent[a] < sent[b - 1] ? b - 1 : a] = kNoBucket;
    }
  };
  for (std::size_t a = begin; a < std::min(end, begin + kNear + 1); ++a) check(a);
  for (std::size_t a = begin + kNear + 1; a < end; ++a) {
    const unsigned repeat = bit(post[a] == post[a - 1]) | bit(post[a] == post[a - 2]) | bit(post[a] == post[a - 3]);
    if (((repeat & bit(post[a] != kNoBucket)) | bit(same(a, a - kNear - 1))) != 0) check(a);  // hardly ever
  }
}

/// The first in line of every post, among the applications that each thread sees: which thread that is does not matter,
/// since the lists are joined. One more than the post looks at, so that equal lots at the end are seen.
void make_short_lists(const Seekers& people, std::size_t posts, std::size_t most, Market& m) {
  m.short_lists.resize(static_cast<std::size_t>(threads()));
  for_each_item(m.short_lists.size(), [&](std::size_t worker) { m.short_lists[worker].reset(posts, most + 1); });
  for_each_block(people.size(), 1024, [&](std::size_t, std::size_t begin, std::size_t end) {
    const std::size_t first = m.first_application[begin], stop = m.first_application[end];
    drop_repeats(m.applications, first, stop, m.application_vacancy.data());
    static_assert(sizeof(Application) == sizeof(std::uint64_t));
    m.short_lists[static_cast<std::size_t>(worker_index())].take(
        reinterpret_cast<const std::uint64_t*>(m.applications.data() + first), m.application_vacancy.data() + first,
        stop - first);
  });
}

/// Adds the `most` first in line of a post to `line`; equal lots, of which the list keeps one more, by key (three of them
/// at the end, 2^-64, by row).
void read_short_list(const ShortLists& lists, const Seekers& people, std::size_t v, std::size_t most,
                     std::vector<Application>& line) {
  const std::size_t begin = line.size();
  const auto key = [&](const Application& a) { return people.who[a.seeker()].key; };
  for (std::size_t n = 0; n <= most; ++n) {
    const Application next(lists.word(v, n));
    if (!next.somebody()) break;
    line.push_back(next);
    for (std::size_t k = line.size() - 1; k > begin && line[k].lot() == line[k - 1].lot(); --k) {
      if (key(line[k]) < key(line[k - 1])) std::swap(line[k], line[k - 1]);
    }
  }
  if (line.size() - begin > most) line.resize(begin + most);
}

}  // namespace

std::vector<double> relative_mobility(std::span<const double> mobility, std::size_t occupations) {
  std::vector<double> near(mobility.size());
  for (std::size_t own = 0; own < occupations; ++own) {
    const double same = mobility[own * occupations + own];
    for (std::size_t to = 0; to < occupations; ++to) {
      const double other = mobility[own * occupations + to];
      near[own * occupations + to] = same > 0.0 ? other / same : (other > 0.0 ? 1.0 : 0.0);
    }
  }
  return near;
}

void resolve(const Params& params, const Round& round, In<Mobility> mobility, In<sites::CarMinutes> minutes,
             In<VacancyFirm> firm, In<VacancyOccupation> occupation, In<VacancyKey> key,
             Random<RngDomain::kLabourScreening> random, Scratch<Seekers> seekers, Scratch<Market> market) {
  Market& m = *market;
  const Seekers& people = *seekers;
  const std::size_t posts = firm.size();
  const auto most = static_cast<std::size_t>(params.screen_max);
  m.candidates.resize(posts * most);
  m.candidate_count.assign(posts, 0);
  make_short_lists(people, posts, most, m);

  const double log_floor = m.minimum_wage > 0.0 ? math::log(m.minimum_wage) : -1e300;
  const std::vector<double> nearness = relative_mobility(mobility.span(), m.occupations);
  const StepStream& stream = random.stream();
  for_each_block(posts, 128, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> post_of;
    std::vector<Application> seen;
    ShortLists& lists = m.short_lists.front();
    for (std::size_t t = 1; t < m.short_lists.size(); ++t) lists.join(m.short_lists[t], begin, end);
    for (std::size_t v = begin; v < end; ++v) {
      if (m.filled[v] != 0 || m.screened[v] >= most) continue;
      const std::size_t before = seen.size();
      read_short_list(lists, people, v, most - m.screened[v], seen);
      m.screened[v] = static_cast<std::uint8_t>(m.screened[v] + seen.size() - before);
      post_of.resize(seen.size(), static_cast<std::uint32_t>(v));
      for (std::size_t k = before; k < seen.size(); ++k) prefetch(&people.who[seen[k].seeker()]);
    }
    Words words;
    std::array<std::uint64_t, kWordChunk> keys;
    std::array<std::uint32_t, kWordChunk> blocks;
    std::array<double, kWordChunk> near, skills, suitable;
    std::array<std::uint8_t, kWordChunk> suits;
    for (std::size_t chunk = 0; chunk < seen.size(); chunk += kWordChunk) {
      const std::size_t n = std::min(kWordChunk, seen.size() - chunk);
      for (std::size_t i = 0; i < n; ++i) {
        const Application& applicant = seen[chunk + i];
        keys[i] = people.who[applicant.seeker()].key;
        blocks[i] = applicant.number();
      }
      draw_words(stream, keys.data(), blocks.data(), n, 0, words);
      for (std::size_t i = 0; i < n; ++i) {
        const Profile& applicant = people.who[seen[chunk + i].seeker()];
        near[i] = nearness[applicant.occupation * m.occupations + occupation[post_of[chunk + i]]];
        skills[i] = static_cast<double>(applicant.skill);
      }
      const double slope = params.skill_slope;
      for (std::size_t i = 0; i < n; ++i)
        suitable[i] = params.suitable_prob * near[i] * math::exp(slope * skills[i] - 0.5 * slope * slope);
      for (std::size_t i = 0; i < n; ++i) suits[i] = static_cast<std::uint8_t>(bit(words.w0[i] < chance(suitable[i])));
      for_each_set(suits.data(), n, [&](std::size_t i) {
        const Application& applicant = seen[chunk + i];
        const std::size_t v = post_of[chunk + i], s = applicant.seeker();
        const double skill = skills[i];
        const double log_wage = std::max(log_floor, m.log_wage[v] + params.wage_skill * skill);
        const double travel =
            params.beta_travel * static_cast<double>(minutes[people.who[s].home * m.zones + m.zone[v]]);
        const double utility = params.wage_elasticity * log_wage - travel;
        if (!people.who[s].accepts(log_wage, utility)) return;
        const double noise = math::inverse_normal(to_unit(words.w1[i] | static_cast<std::uint64_t>(words.w2[i]) << 32));
        const double months = std::min<double>(params.long_spell, people.who[s].duration);
        const double fit = skill - params.duration_penalty * months / params.long_spell + params.fit_noise * noise;

        Candidate* list = m.candidates.data() + v * most;
        std::size_t place = m.candidate_count[v]++;
        const Candidate fresh{static_cast<std::uint32_t>(s), applicant.lot(), fit, utility, log_wage};
        for (; place > 0 && post_prefers(fresh, list[place - 1], people); --place) list[place] = list[place - 1];
        list[place] = fresh;
      });
    }
  });

  // Deferred acceptance, the posts asking. Few pairs are left: one thread, and the outcome depends on no order.
  m.holder.assign(people.size(), Market::Held{});
  m.next.assign(posts, 0);
  const auto candidate = [&](std::size_t v, std::size_t place) -> const Candidate& {
    return m.candidates[v * most + place];
  };
  const auto prefers = [&](const Market::Held& offer, const Market::Held& held) {
    const Candidate &mine = candidate(offer.vacancy, offer.place), &theirs = candidate(held.vacancy, held.place);
    const std::uint64_t my_key = key[offer.vacancy], their_key = key[held.vacancy];
    return std::tie(theirs.utility, mine.lot, my_key) < std::tie(mine.utility, theirs.lot, their_key);
  };
  for (std::size_t first = 0; first < posts; ++first) {
    std::size_t v = first;
    while (m.next[v] < m.candidate_count[v]) {
      const Market::Held offer{static_cast<std::uint32_t>(v), m.next[v]++};
      Market::Held& holder = m.holder[candidate(v, offer.place).seeker];
      if (holder.vacancy != kNoBucket && !prefers(offer, holder)) continue;
      const Market::Held rival = std::exchange(holder, offer);
      if (rival.vacancy == kNoBucket) break;
      v = rival.vacancy;  // who lost a candidate asks the next
    }
  }
  select_rows(
      posts,
      [&](std::size_t begin, std::size_t end, Picks& picks) {
        for (std::size_t v = begin; v < end; ++v) {
          if (m.next[v] == 0) continue;
          const std::size_t place = m.next[v] - std::size_t{1};
          if (m.holder[candidate(v, place).seeker].vacancy == v) picks.add(v, static_cast<std::uint32_t>(place));
        }
      },
      m.matched);
  m.matches.resize(m.matched.size());
  for_each_block(m.matches.size(), 1024, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      const Row v = m.matched.rows[k];
      const Candidate& last = candidate(v, m.matched.notes[k]);
      const auto wage = static_cast<std::int32_t>(round_half_away(math::exp(last.log_wage)));
      m.matches[k] = {v, last.seeker, std::max(wage, static_cast<std::int32_t>(m.minimum_wage))};
    }
  });
  if (!params.keep_offers) return;
  for (std::size_t v = 0; v < posts; ++v) {
    for (std::size_t place = 0; place < m.candidate_count[v]; ++place) {
      const Candidate& c = candidate(v, place);
      m.offers.push_back({key[v], people.who[c.seeker].key, static_cast<std::int32_t>(stream.month()),
                          static_cast<std::int32_t>(round.index), c.fit, c.utility, c.lot,
                          m.holder[c.seeker].vacancy == v ? 1u : 0u});
    }
  }
}

}  // namespace metier::labour
