#include "models/labour/separation.hpp"

#include "models/labour/bands.hpp"
#include "models/labour/words.hpp"
#include "sim/core/hash.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace metier::labour {

namespace {

// Plain arithmetic over a stretch. What is written may not overlap what is read, or the loops would not vectorise.
void plausible(const std::uint32_t* __restrict words, const Status* __restrict status, std::size_t n, Below below,
               std::uint8_t* __restrict out) {
  for (std::size_t i = 0; i < n; ++i)
    out[i] = static_cast<std::uint8_t>(below(words[i]) & bit(status[i] == Status::kEmployed));
}
void draw_looks(const std::uint32_t* __restrict words, std::size_t n, Below at_work, Below halo,
                std::uint8_t* __restrict out) {
  for (std::size_t i = 0; i < n; ++i)
    out[i] =
        static_cast<std::uint8_t>(at_work(words[i]) << LooksAround::kAtWork | halo(words[i]) << LooksAround::kInHalo);
}

/// What the end of a job changes in the person's own row. Parallel: a row writes only itself.
void leave(const PersonJob& person, std::size_t h, std::size_t first_outside) {
  person.status[h] = h < first_outside ? Status::kUnemployed : Status::kAbsent;
  person.employer[h] = firms::kNoFirm;
  person.wage[h] = 0;
  person.duration[h] = 0;
}

}  // namespace

void open_month(MonthFlows flows) {
  set_zero(flows.hires_by_sector);
  set_zero(flows.hires_by_commune);
  set_zero(flows.hires_by_occupation);
  set_zero(flows.hires_by_duration);
  set_zero(flows.hires_by_zone);
  set_zero(flows.separations_by_sector);
  set_zero(flows.separations_by_commune);
  set_zero(flows.separations_by_occupation);
  set_zero(flows.hires_from_unemployment);
  set_zero(flows.jobs_lost);
  flows.unemployed_before[0] = std::accumulate(flows.unemployed.begin(), flows.unemployed.end(), std::int64_t{0});
  flows.salaried_before[0] = flows.salaried[0];
}

void separate(const Params& params, PersonJob person, In<OccupationOf> occupation, In<RelativeExit> relative_exit,
              In<RelativeExitAtHome> at_home, In<RelativeExitAtAge> at_age, In<sites::Population> communes,
              Random<RngDomain::kLabourSeparation> random, JobEvents events, InOut<JobsLostByResidents> jobs_lost,
              Scratch<Leavers> leavers, Scratch<LooksAround> looks_around) {
  const std::size_t occupations = relative_exit.size();
  const std::size_t bands = at_age.size(), of_home = bands * occupations;
  std::vector<std::uint64_t> threshold(at_home.size() * of_home);  // [home][age][occupation]
  std::uint64_t highest = 0;
  for (std::size_t k = 0; k < threshold.size(); ++k) {
    threshold[k] = chance(params.separation_rate * relative_exit[k % occupations] * at_age[k / occupations % bands] *
                          at_home[k / of_home]);
    highest = std::max(highest, threshold[k]);
  }
  const Below likely(highest), at_work(chance(params.ojs_prob)), halo(chance(params.halo_search));
  std::vector<std::uint8_t>& looks = looks_around->of;
  looks.resize(person.key.size());
  looks_around->month = static_cast<std::int32_t>(random.stream().month());
  const StepStream& stream = random.stream();
  select_rows(
      person.key.size(),
      [&](std::size_t begin, std::size_t end, Picks& picks) {
        Words words;
        for (std::size_t chunk = begin; chunk < end; chunk += kWordChunk) {
          const std::size_t n = std::min(kWordChunk, end - chunk);
          draw_words(stream, person.key.data() + chunk, nullptr, n, 0, words);
          // Two passes: the first is plain arithmetic, the second sees the few who may be concerned.
          std::array<std::uint8_t, kWordChunk> maybe;
          plausible(words.w0.data(), person.status.data() + chunk, n, likely, maybe.data());
          draw_looks(words.w1.data(), n, at_work, halo, looks.data() + chunk);
          for_each_set(maybe.data(), n, [&](std::size_t i) {
            const std::size_t h = chunk + i;
            if (words.w0[i] <
                threshold[person.home[h] * of_home + age_band(person.age[h]) * occupations + occupation[h]])
              picks.add(h);
          });
        }
      },
      leavers->selection);

  const std::size_t first_outside = first_outside_row(person.home, communes.size());
  const std::vector<Row>& rows = leavers->selection.rows;
  leavers->jobs.resize(rows.size());
  for_each_block(rows.size(), 256, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      leavers->jobs[k] = job_of(person, rows[k], occupation[rows[k]], JobEvent::kEndsReplaced);
      leave(person, rows[k], first_outside);
    }
  });
  events.add(leavers->jobs);
  jobs_lost[0] += std::lower_bound(rows.begin(), rows.end(), first_outside) - rows.begin();
}

void lay_off(const Params& params, PersonJob person, In<OccupationOf> occupation, In<HiredIn> hired_in,
             In<firms::Key> firm_key, In<firms::LayoffsWanted> wanted, In<sites::Population> communes,
             Random<RngDomain::kLabourLayoff> random, JobEvents events, InOut<JobsLostByResidents> jobs_lost,
             Scratch<Leavers> leavers, Scratch<LaidOff> laid_off) {
  LaidOff& m = *laid_off;
  const std::size_t n_firms = wanted.size();
  m.number.resize(n_firms, 0);
  m.place.resize(n_firms, 0);
  for (const JobChange& job : leavers->jobs) {
    if (works_here(job.employer) && wanted[job.employer] > 0) --m.number[job.employer];
  }
  m.firms.clear();
  m.lays_off.assign(n_firms / 64 + 1, 0);
  for (std::size_t i = 0; i < n_firms; ++i) {
    if (wanted[i] <= 0) continue;
    m.number[i] = std::min(m.number[i] + wanted[i], events.employees[i]);
    if (m.number[i] > 0) {
      m.lays_off[i / 64] |= std::uint64_t{1} << (i % 64);
      m.place[i] = static_cast<std::uint32_t>(m.firms.size());
      m.firms.push_back(static_cast<Row>(i));
    } else {
      m.number[i] = 0;
    }
  }
  if (m.firms.empty()) return;

  // Who works there: one look at every employer, then the short list by establishment.
  select_rows(
      person.key.size(),
      [&](std::size_t begin, std::size_t end, Picks& picks) {
        std::array<std::uint8_t, kWordChunk> maybe;
        for (std::size_t chunk = begin; chunk < end; chunk += kWordChunk) {
          const std::size_t n = std::min(kWordChunk, end - chunk);
          for (std::size_t i = 0; i < n; ++i) {
            const std::size_t firm = std::min<std::size_t>(person.employer[chunk + i], n_firms);  // beyond: never set
            maybe[i] = static_cast<std::uint8_t>((m.lays_off[firm / 64] >> (firm % 64)) & 1);
          }
          for_each_set(maybe.data(), n, [&](std::size_t i) {
            const std::size_t h = chunk + i;
            if (person.status[h] == Status::kEmployed) picks.add(h, m.place[person.employer[h]]);
          });
        }
      },
      m.selection);
  stable_bucket_by(
      m.selection.size(), m.firms.size(), [&](std::size_t k) { return m.selection.notes[k]; }, m.staff);
  m.goes.assign(m.selection.size(), 0);
  for_each_block(m.firms.size(), 64, [&](std::size_t, std::size_t begin, std::size_t end) {
    struct Colleague {
      std::int16_t hired;
      std::uint32_t lot;
      std::uint64_t key;
      std::uint32_t entry;
    };
    std::vector<Colleague> staff;
    for (std::size_t f = begin; f < end; ++f) {
      const Row i = m.firms[f];
      staff.clear();
      for (const std::uint32_t entry : m.staff.of(f)) {
        const Row h = m.selection.rows[entry];
        staff.push_back({hired_in[h], random(person.key[h]).bits32(), person.key[h], entry});
      }
      std::sort(staff.begin(), staff.end(), [](const Colleague& a, const Colleague& b) {  // last in first
        return std::tie(b.hired, a.lot, a.key) < std::tie(a.hired, b.lot, b.key);
      });
      Draws draws = random(firm_key[i], 1);
      for (std::int32_t k = 0; k < m.number[i] && !staff.empty(); ++k) {
        const bool last_in = draws.uniform() < params.lifo_share;
        const std::size_t who = last_in ? 0 : draws.below(staff.size());
        m.goes[staff[who].entry] = 1;
        staff.erase(staff.begin() + static_cast<std::ptrdiff_t>(who));
      }
    }
  });
  const std::size_t first_outside = first_outside_row(person.home, communes.size());
  m.jobs.clear();
  for (std::size_t k = 0; k < m.selection.size(); ++k) {
    if (m.goes[k] == 0) continue;
    const Row h = m.selection.rows[k];
    m.jobs.push_back(job_of(person, h, occupation[h], JobEvent::kEndsPostGone));
    if (h < first_outside) ++jobs_lost[0];
    leave(person, h, first_outside);
  }
  events.add(m.jobs);
  for (const Row i : m.firms) m.number[i] = 0;
}

}  // namespace metier::labour
