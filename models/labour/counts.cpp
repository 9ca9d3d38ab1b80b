#include "models/labour/counts.hpp"

#include "models/labour/bands.hpp"
#include "models/labour/words.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <numeric>

namespace metier::labour {

namespace {

/// Copies the next stretch of totals into a column.
template <class C>
void take_next(const std::vector<std::int64_t>& totals, std::size_t& at, Out<C> column) {
  std::copy_n(totals.begin() + static_cast<std::ptrdiff_t>(at), column.size(), column.begin());
  at += column.size();
}

}  // namespace

void take_census(Census census) {
  set_zero(census.employed);
  set_zero(census.employed_by_age);
  set_zero(census.employees_by_occupation);
  set_zero(census.wages_by_occupation);
  set_zero(census.in_commuters);
  set_zero(census.out_commuters);
  set_zero(census.salaried);
  const std::size_t occupations = census.employees_by_occupation.size();
  const std::size_t communes = occupations > 0 ? census.employed.size() / occupations : 0;
  for (std::size_t h = 0; h < census.status.size(); ++h) {
    const bool salary = census.status[h] == Status::kEmployed;
    if (!salary && census.status[h] != Status::kSelfEmployed) continue;
    const std::size_t home = census.home[h], o = census.occupation[h];
    if (home < communes) {
      ++census.employed[home * occupations + o];
      ++census.employed_by_age[age_band(census.age[h])];
      census.salaried[0] += salary ? 1 : 0;
    } else {
      ++census.in_commuters[home - communes];
    }
    if (works_outside(census.employer[h])) {
      ++census.out_commuters[outside_zone(census.employer[h])];
    } else if (salary) {
      ++census.employees_by_occupation[o];
      census.wages_by_occupation[o] += census.wage[h];
    }
  }
}

void count_people(PeopleCounts counts, Scratch<HeadCount> memory) {
  std::copy(counts.employed_now.begin(), counts.employed_now.end(), counts.employed.begin());

  const std::size_t cells = counts.unemployed.size(), communes = counts.long_term.size();
  const std::size_t occupations = communes > 0 ? cells / communes : 0;
  // One row of integers: where each table begins in it.
  const std::size_t halo = cells, long_term = halo + cells, durations = long_term + communes;
  const std::size_t ages = durations + kDurationBands, size = ages + kAgeBands;
  memory->sums.reset(size);
  for_each_block(counts.status.size(), 8 * kRowBlock, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::int64_t* const sum = memory->sums.mine().data();
    for_each_jobless(counts.status.data(), begin, end, [&](std::size_t h) {
      const std::size_t home = counts.home[h], cell = home * occupations + counts.occupation[h];
      if (counts.status[h] == Status::kHalo) {
        ++sum[halo + cell];
        return;
      }
      ++sum[cell];
      ++sum[ages + age_band(counts.age[h])];
      ++sum[durations + duration_band(counts.duration[h])];
      sum[long_term + home] += counts.duration[h] >= kLongTerm ? 1 : 0;
    });
  });
  std::vector<std::int64_t>& totals = memory->totals;
  totals.assign(size, 0);
  memory->sums.add_to(std::span<std::int64_t>(totals));
  std::size_t at = 0;
  take_next(totals, at, counts.unemployed);
  take_next(totals, at, counts.halo);
  take_next(totals, at, counts.long_term);
  take_next(totals, at, counts.unemployed_by_duration);
  take_next(totals, at, counts.unemployed_by_age);
}

void count_jobs(JobCounts counts) {
  set_zero(counts.employees_by_sector);
  set_zero(counts.wages_by_sector);
  set_zero(counts.employees_by_commune);
  set_zero(counts.wages_by_commune);
  set_zero(counts.employees_by_size);
  set_zero(counts.vacancies_by_sector);
  set_zero(counts.vacancies_by_occupation);
  set_zero(counts.vacancies_by_commune);
  set_zero(counts.vacancies_by_size);
  const auto jobs_by_sector = [&] {
    for (std::size_t i = 0; i < counts.employees.size(); ++i) {
      counts.employees_by_sector[counts.sector[i]] += counts.employees[i];
      counts.wages_by_sector[counts.sector[i]] += counts.wage_bill[i];
    }
  };
  const auto jobs_by_place_and_size = [&] {
    for (std::size_t i = 0; i < counts.employees.size(); ++i) {
      const std::int32_t n = counts.employees[i];
      if (n == 0) continue;
      counts.employees_by_commune[counts.commune[i]] += n;
      counts.wages_by_commune[counts.commune[i]] += counts.wage_bill[i];
      counts.employees_by_size[size_band(n)] += n;
    }
  };
  const auto posts = [&] {
    for (std::size_t v = 0; v < counts.post_firm.size(); ++v) {
      const Row i = counts.post_firm[v];
      if (works_outside(i)) continue;
      ++counts.vacancies_by_sector[counts.sector[i]];
      ++counts.vacancies_by_occupation[counts.post_occupation[v]];
      ++counts.vacancies_by_commune[counts.commune[i]];
      ++counts.vacancies_by_size[size_band(counts.employees[i])];
    }
  };
  side_by_side(jobs_by_place_and_size, jobs_by_sector, posts);
  for (std::size_t s = 0; s < counts.mean_wage0.size(); ++s) {
    if (counts.mean_wage0[s] > 0.0 || counts.employees_by_sector[s] == 0) continue;
    counts.mean_wage0[s] =
        static_cast<double>(counts.wages_by_sector[s]) / static_cast<double>(counts.employees_by_sector[s]);
  }
}

double territory_unemployment(In<Unemployed> unemployed, In<EmployedResidents> employed) {
  const auto people = static_cast<double>(std::accumulate(unemployed.begin(), unemployed.end(), std::int64_t{0}));
  const auto work = static_cast<double>(std::accumulate(employed.begin(), employed.end(), std::int64_t{0}));
  return smoothed_ratio(people, people + work);
}

void count_zones(In<ZoneReserve> reserve, In<InCommuters> in_commuters, Out<ZoneUnemployed> unemployed) {
  for (std::size_t z = 0; z < unemployed.size(); ++z)
    unemployed[z] = std::max(0.0, reserve[z] - static_cast<double>(in_commuters[z]));
}

void observe_tightness(In<Unemployed> unemployed, In<EmployedResidents> employed, In<VacanciesByOccupation> vacancies,
                       InOut<TightnessReference> reference, InOut<UnemploymentReference> rate) {
  if (rate[0] <= 0.0) rate[0] = territory_unemployment(unemployed, employed);
  const std::size_t occupations = vacancies.size();
  if (std::accumulate(vacancies.begin(), vacancies.end(), std::int64_t{0}) == 0) return;
  for (std::size_t o = 0; o < occupations; ++o) {
    if (reference[o] > 0.0) continue;
    std::int64_t people = 0;
    for (std::size_t c = o; c < unemployed.size(); c += occupations) people += unemployed[c];
    reference[o] = smoothed_ratio(static_cast<double>(vacancies[o]), static_cast<double>(people));
  }
}

}  // namespace metier::labour
