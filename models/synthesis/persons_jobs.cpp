#include "models/synthesis/persons_parts.hpp"
#include "models/synthesis/rounding.hpp"
#include "sim/core/error.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace metier::synthesis {

using labour::Status;

namespace {

void set_job(PeopleBuild& b, std::size_t row, Row employer, std::uint8_t occupation, bool owner) {
  b.status[row] = owner ? Status::kSelfEmployed : Status::kEmployed;
  b.employer[row] = employer;
  b.occupation[row] = occupation;
}

/// Rank of the living standard of each commune, 0 to 1; places outside stand in the middle.
std::vector<double> income_ranks(const PeopleBuild& b) {
  std::vector<std::size_t> order(b.communes);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return b.people.communes[left].living_standard < b.people.communes[right].living_standard;
  });
  std::vector<double> rank(b.zones, 0.5);
  for (std::size_t k = 0; k < b.communes; ++k) {
    rank[order[k]] = b.communes > 1 ? static_cast<double>(k) / static_cast<double>(b.communes - 1) : 0.5;
  }
  return rank;
}

}  // namespace

/// Occupations of every job, establishment by establishment, which are sorted by commune.
void list_jobs(PeopleBuild& b) {
  const auto sector = b.world.column<firms::SectorOf>();
  const auto commune = b.world.column<firms::CommuneOf>();
  const auto employees = b.world.column<firms::Employees>();
  const auto owners = b.world.column<firms::SelfEmployed>();
  const auto key = b.world.column<firms::Key>();
  const auto staffing = b.world.column<labour::Staffing>();
  std::vector<Distribution> of_sector;
  for (std::size_t s = 0; s < b.pack.sectors.size(); ++s)
    of_sector.emplace_back(staffing.subspan(s * b.occupations, b.occupations));
  const std::size_t firms = key.size();
  std::vector<std::size_t> begin(firms + 1, 0);
  b.job_begin.assign(b.communes + 1, 0);
  b.jobs_by_commune.assign(b.communes, 0);
  for (std::size_t i = 1; i < firms; ++i) {
    METIER_REQUIRE(i == 1 || commune[i - 1] <= commune[i], "establishments are sorted by commune");
    const std::size_t jobs = static_cast<std::size_t>(employees[i]) + static_cast<std::size_t>(owners[i]);
    begin[i + 1] = begin[i] + jobs;
    b.jobs_by_commune[commune[i]] += static_cast<std::int64_t>(jobs);
  }
  for (std::size_t c = 0; c < b.communes; ++c)
    b.job_begin[c + 1] = b.job_begin[c] + static_cast<std::size_t>(b.jobs_by_commune[c]);
  b.jobs.resize(begin[firms]);
  for_each_row(firms, [&](std::size_t i) {
    if (i == 0) return;
    Draws draws = b.keys.draws(RngDomain::kSynthesisOccupation, key[i]);
    const std::int32_t mine = employees[i] + owners[i];
    for (std::int32_t n = 0; n < mine; ++n) {
      const auto occupation = static_cast<std::uint8_t>(of_sector[sector[i]].draw(draws.uniform()));
      b.jobs[begin[i] + static_cast<std::size_t>(n)] = {static_cast<Row>(i), occupation, n >= employees[i]};
    }
  });
}

/// Rows of residents by commune (with a job, then without), then the people of each zone with room for more.
void lay_out_rows(PeopleBuild& b) {
  std::vector<double> unemployed(b.communes);
  for (std::size_t c = 0; c < b.communes; ++c) unemployed[c] = b.people.communes[c].unemployed;
  b.unemployed = scaled_margins(unemployed, b.params.scale_factor);
  b.place_begin.assign(b.zones + 1, 0);
  for (std::size_t p = 0; p < b.zones; ++p) {
    const std::int64_t room =
        p < b.communes ? b.flows.employed[p] + b.unemployed[p]
                       : static_cast<std::int64_t>(
                             std::ceil(b.params.people.visitor_rows * static_cast<double>(b.flows.employed[p])));
    b.place_begin[p + 1] = b.place_begin[p] + static_cast<std::size_t>(room);
  }
  b.world.set_rows<labour::Person>(b.place_begin[b.zones]);
  b.world.set_rows<labour::ExternalZone>(b.zones - b.communes);
  b.world.set_rows<labour::CommuneOccupation>(b.communes * b.occupations);
  b.status = b.world.column<labour::StatusOf>();
  b.employer = b.world.column<labour::Employer>();
  b.occupation = b.world.column<labour::OccupationOf>();
  const auto key = b.world.column<labour::Key>();
  const auto home = b.world.column<labour::Home>();
  for_each_item(b.zones, [&](std::size_t p) {
    const std::uint64_t place =
        key_of(p < b.communes ? b.pack.communes[p].code : b.pack.external_zones[p - b.communes].code);
    for (std::size_t h = b.place_begin[p]; h < b.place_begin[p + 1]; ++h) {
      key[h] = key_of(place, std::uint64_t{0x70}, h - b.place_begin[p]);
      home[h] = static_cast<std::uint8_t>(p);
    }
  });
  // First row of the people of `from` who work in `to`.
  b.pair_begin.assign(b.zones * b.zones, 0);
  for (std::size_t from = 0; from < b.zones; ++from) {
    std::size_t row = b.place_begin[from];
    for (std::size_t to = 0; to < b.zones; ++to) {
      b.pair_begin[from * b.zones + to] = row;
      row += static_cast<std::size_t>(b.flows.at(from, to));
    }
  }
}

/// In each commune of work: owners first, out of the residents of the territory by lot; then salaried posts and the
/// people who are left, both in the order of a lot to which the level of the post and the living standard at home
/// add.
void join_people_and_jobs(PeopleBuild& b) {
  const std::vector<double> rank = income_ranks(b);
  const double tilt = b.params.people.occupation_tilt;
  struct Lot {
    double draw;
    std::uint32_t index;
    bool operator<(const Lot& other) const { return draw < other.draw || (draw == other.draw && index < other.index); }
  };
  for_each_item(b.communes, [&](std::size_t to) {
    Draws draws = b.keys.draws(RngDomain::kSynthesisCommute, key_of(b.pack.communes[to].code));
    std::vector<std::uint8_t> origin;  // of every person who works here
    std::vector<std::size_t> row;
    for (std::size_t from = 0; from < b.zones; ++from) {
      for (std::int64_t n = 0; n < b.flows.at(from, to); ++n) {
        origin.push_back(static_cast<std::uint8_t>(from));
        row.push_back(b.pair_begin[from * b.zones + to] + static_cast<std::size_t>(n));
      }
    }
    const std::span<const Job> jobs(b.jobs.data() + b.job_begin[to], b.job_begin[to + 1] - b.job_begin[to]);
    METIER_REQUIRE(jobs.size() == row.size(), "as many commuters as jobs in a commune");
    std::vector<Lot> people(row.size());
    for (std::size_t k = 0; k < people.size(); ++k) {
      // Owners are taken from the front: residents of the territory stand there.
      people[k] = {draws.uniform() + (origin[k] < b.communes ? 0.0 : 2.0), static_cast<std::uint32_t>(k)};
    }
    std::sort(people.begin(), people.end());
    std::vector<Lot> posts;
    std::size_t next = 0;
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      if (jobs[j].owner) {
        set_job(b, row[people[next++].index], jobs[j].firm, jobs[j].occupation, true);
      } else {
        const double level = b.people.occupations[jobs[j].occupation].high ? 1.0 : 0.0;
        posts.push_back({draws.uniform() + tilt * level, static_cast<std::uint32_t>(j)});
      }
    }
    people.erase(people.begin(), people.begin() + static_cast<std::ptrdiff_t>(next));
    for (Lot& person : people) {
      const std::size_t from = origin[person.index];
      person.draw += (from < b.communes ? 0.0 : -2.0) + tilt * rank[from];
    }
    std::sort(people.begin(), people.end());
    std::sort(posts.begin(), posts.end());
    for (std::size_t k = 0; k < posts.size(); ++k) {
      const Job& job = jobs[posts[k].index];
      set_job(b, row[people[k].index], job.firm, job.occupation, false);
    }
  });
}

/// Residents who work in the zones: occupations as in the region.
void join_people_and_outside_jobs(PeopleBuild& b) {
  std::vector<double> shares(b.occupations);
  for (std::size_t o = 0; o < b.occupations; ++o) shares[o] = b.people.occupations[o].employed_region;
  const Distribution occupations(shares);
  const auto key = b.world.column<labour::Key>();
  const auto posts = b.world.column<labour::OutsidePosts>();
  for (std::size_t to = b.communes; to < b.zones; ++to) {
    const std::size_t z = to - b.communes;
    for (std::size_t from = 0; from < b.communes; ++from) {
      const std::size_t begin = b.pair_begin[from * b.zones + to];
      const std::int64_t n = b.flows.at(from, to);
      posts[z] += static_cast<std::int32_t>(n);
      for (std::size_t h = begin; h < begin + static_cast<std::size_t>(n); ++h) {
        Draws draws = b.keys.draws(RngDomain::kSynthesisOccupation, key[h]);
        set_job(b, h, firms::kOutsideEmployer + static_cast<Row>(z),
                static_cast<std::uint8_t>(occupations.draw(draws.uniform())), false);
      }
    }
  }
}

/// The census-unemployed: ILO unemployed with probability labour.ilo_share, else the halo. How long they have been
/// without a job follows from their chances (labour::settle_spells).
void place_unemployed(PeopleBuild& b) {
  std::vector<double> seekers(b.occupations);
  for (std::size_t o = 0; o < b.occupations; ++o) seekers[o] = b.people.occupations[o].seekers;
  const Distribution occupations(seekers);
  const auto key = b.world.column<labour::Key>();
  for_each_item(b.communes, [&](std::size_t c) {
    for (std::size_t h = b.place_begin[c] + static_cast<std::size_t>(b.flows.employed[c]); h < b.place_begin[c + 1];
         ++h) {
      Draws draws = b.keys.draws(RngDomain::kSynthesisStatus, key[h]);
      b.status[h] = draws.bernoulli(b.labour.ilo_share) ? Status::kUnemployed : Status::kHalo;
      b.occupation[h] = static_cast<std::uint8_t>(occupations.draw(draws.uniform()));
    }
  });
}

}  // namespace metier::synthesis
