#include "models/labour/matching.hpp"

#include "models/labour/bands.hpp"

#include <algorithm>

namespace metier::labour {

namespace {

constexpr std::size_t kSoon = 8;  ///< hires

/// What a hire will read of a person, from many columns.
void ask_for(const HireView& person, Row h) {
  prefetch(&person.home[h]);
  prefetch(&person.occupation[h]);
  prefetch(&person.age[h]);
  prefetch(&person.status[h]);
  prefetch(&person.employer[h]);
  prefetch(&person.wage[h]);
  prefetch(&person.duration[h]);
  prefetch(&person.hired_in[h]);
  prefetch(&person.cell[h]);
}

}  // namespace

void hire(const Step& step, In<sites::Population> communes, In<VacancyFirm> firm, In<VacancyOccupation> post_occupation,
          HireView person, JobEvents events, Scratch<Seekers> seekers, Scratch<Market> market) {
  Market& m = *market;
  Seekers& people = *seekers;
  const std::size_t hires = m.matches.size(), homes = communes.size();
  // Rows of the pool for people from outside, in the order of the posts.
  std::size_t free = first_outside_row(In<Home>(person.home.span()), homes);
  for (const Match& match : m.matches) {
    if (people.row[match.seeker] != kNoPerson) continue;
    while (free < person.status.size() && person.status[free] != Status::kAbsent) ++free;
    METIER_REQUIRE(free < person.status.size(), "the pool of people from outside has room for every hire");
    people.row[match.seeker] = static_cast<Row>(free++);
  }

  // Everybody is hired once and every post filled once: rows are their own.
  const std::size_t zones = kDurationBands, unemployed = zones + person.hires_by_zone.size();
  m.tally.reset(unemployed + 1);
  m.jobs.assign(2 * hires, JobChange{});
  for_each_block(hires, 256, [&](std::size_t, std::size_t begin, std::size_t end) {
    const auto tally = m.tally.mine();
    for (std::size_t k = begin; k < end; ++k) {
      prefetch(&people.row[m.matches[std::min(k + 2 * kSoon, hires - 1)].seeker]);
      ask_for(person, people.row[m.matches[std::min(k + kSoon, hires - 1)].seeker]);
      const Match& match = m.matches[k];
      const std::uint32_t s = match.seeker;
      const Profile& who = people.who[s];
      const Row h = people.row[s], employer = firm[match.vacancy];
      const Status before = person.status[h];
      if (before == Status::kAbsent) {
        person.key[h] = who.key;
        person.home[h] = who.home;
        person.skill[h] = who.skill;
        person.education[h] = person.education[people.whom_resembles(s)];
        person.age[h] = person.age[people.whom_resembles(s)];
        person.cell[h] = kNoCell;
      } else if (before == Status::kEmployed) {
        m.jobs[2 * k] = job_of(person, h, person.occupation[h], JobEvent::kEndsReplaced);
      } else if (before == Status::kUnemployed) {
        ++tally[unemployed];
      }
      if (works_here(employer)) {
        if (before != Status::kEmployed) ++tally[duration_band(who.duration)];
        if (who.home >= homes) ++tally[zones + who.home - homes];
      }
      person.occupation[h] = post_occupation[match.vacancy];
      person.status[h] = Status::kEmployed;
      person.employer[h] = employer;
      person.wage[h] = match.wage;
      person.duration[h] = 0;
      person.hired_in[h] = static_cast<std::int16_t>(step.month);
      m.jobs[2 * k + 1] = job_of(person, h, person.occupation[h], JobEvent::kBegins);
      people.hired[s] = 1;
      m.filled[match.vacancy] = 1;
    }
  });
  events.add(m.jobs);
  std::vector<std::int64_t> total(unemployed + 1, 0);
  m.tally.add_to(std::span<std::int64_t>(total));
  for (std::size_t d = 0; d < kDurationBands; ++d) person.hires_by_duration[d] += total[d];
  for (std::size_t z = 0; z < person.hires_by_zone.size(); ++z) person.hires_by_zone[z] += total[zones + z];
  person.from_unemployment[0] += total[unemployed];
}

}  // namespace metier::labour
