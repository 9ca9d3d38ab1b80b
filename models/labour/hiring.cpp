#include "models/labour/matching.hpp"

#include "models/labour/bands.hpp"

#include <algorithm>

namespace metier::labour {

namespace {

constexpr std::size_t kSoon = 8;  ///< hires

/// What a hire will read of a person, from many columns.
void ask_for(const HireView& person, Row h) {
  if (h == kNoPerson) return;
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
  std::size_t free = first_outside_row(In<Home>(person.home.span()), communes.size());
  const std::size_t hires = m.matches.size();
  for (std::size_t k = 0; k < hires; ++k) {
    const Match& match = m.matches[k];
    prefetch(&people.row[m.matches[std::min(k + 2 * kSoon, hires - 1)].seeker]);
    ask_for(person, people.row[m.matches[std::min(k + kSoon, hires - 1)].seeker]);
    const std::uint32_t s = match.seeker;
    const Row employer = firm[match.vacancy];
    const std::size_t occupation = post_occupation[match.vacancy];
    Row h = people.row[s];
    if (h == kNoPerson) {
      while (free < person.status.size() && person.status[free] != Status::kAbsent) ++free;
      METIER_REQUIRE(free < person.status.size(), "the pool of people from outside has room for every hire");
      h = static_cast<Row>(free);
      person.key[h] = people.who[s].key;
      person.home[h] = people.who[s].home;
      person.skill[h] = people.who[s].skill;
      person.education[h] = people.education[s];
      person.age[h] = people.age[s];
      person.cell[h] = kNoCell;
    } else if (person.status[h] == Status::kEmployed) {
      events.ends(worker(person, h), person.employer[h], person.wage[h], person.occupation[h], Leaves::kReplaced);
    } else if (person.status[h] == Status::kUnemployed) {
      ++person.from_unemployment[0];
    }
    events.begins(worker(person, h), employer, match.wage, occupation);
    if (works_here(employer)) {
      if (person.status[h] != Status::kEmployed) {
        ++person.hires_by_duration[duration_band(people.who[s].duration)];
      }
      if (people.who[s].home >= communes.size()) ++person.hires_by_zone[people.who[s].home - communes.size()];
    }
    person.occupation[h] = static_cast<std::uint8_t>(occupation);
    person.status[h] = Status::kEmployed;
    person.employer[h] = employer;
    person.wage[h] = match.wage;
    person.duration[h] = 0;
    person.hired_in[h] = static_cast<std::int16_t>(step.month);
    people.row[s] = h;
    people.hired[s] = 1;
    m.filled[match.vacancy] = 1;
  }
}

}  // namespace metier::labour
