#include "models/labour/counts.hpp"

#include "models/labour/bands.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <array>
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

void count_people(const Step& step, PeopleCounts counts, Scratch<HeadCount> memory) {
  const std::size_t cells = counts.unemployed.size();
  const std::size_t communes = counts.long_term.size();
  const std::size_t occupations = counts.wages_by_occupation.size();
  const std::size_t zones = counts.in_commuters.size();
  // One row of integers: where each table begins in it.
  const std::size_t unemployed = 0, halo = unemployed + cells, employed = halo + cells, long_term = employed + cells;
  const std::size_t durations = long_term + communes, ages_u = durations + kDurationBands, ages_e = ages_u + kAgeBands;
  const std::size_t jobs = ages_e + kAgeBands, wages = jobs + occupations;
  const std::size_t in = wages + occupations, out = in + zones, salaried = out + zones, size = salaried + 1;
  memory->sums.reset(size);
  for_each_block(counts.status.size(), 8 * kRowBlock, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::int64_t* const sum = memory->sums.mine().data();
    std::array<std::int64_t, 256>
        by_age{};  // employed residents; nine persons in ten are, so that they get no branches
    std::int64_t salaried_here = 0;
    for (std::size_t h = begin; h < end; ++h) {
      const Status status = counts.status[h];
      if (status == Status::kAbsent) continue;
      const std::size_t home = counts.home[h], o = counts.occupation[h];
      const std::size_t cell = home * occupations + o;
      const bool resident = home < communes;
      if (status == Status::kEmployed || status == Status::kSelfEmployed) {
        const Row employer = counts.employer[h];
        const bool salary = status == Status::kEmployed, outside = works_outside(employer);
        if (outside) ++sum[out + outside_zone(employer)];
        sum[jobs + o] += salary && !outside ? 1 : 0;
        sum[wages + o] += salary && !outside ? counts.wage[h] : 0;
        ++sum[resident ? employed + cell : in + home - communes];
        by_age[counts.age[h]] += resident ? 1 : 0;
        salaried_here += salary && resident ? 1 : 0;
      } else if (status == Status::kUnemployed) {
        ++sum[unemployed + cell];
        ++sum[ages_u + age_band(counts.age[h])];
        ++sum[durations + duration_band(counts.duration[h])];
        sum[long_term + home] += counts.duration[h] >= kLongTerm ? 1 : 0;
      } else if (status == Status::kHalo) {
        ++sum[halo + cell];
      }
    }
    for (unsigned age = 0; age < by_age.size(); ++age) sum[ages_e + age_band(age)] += by_age[age];
    sum[salaried] += salaried_here;
  });
  std::vector<std::int64_t>& totals = memory->totals;
  totals.assign(size, 0);
  memory->sums.add_to(std::span<std::int64_t>(totals));
  std::size_t at = 0;
  take_next(totals, at, counts.unemployed);
  take_next(totals, at, counts.halo);
  take_next(totals, at, counts.employed);
  take_next(totals, at, counts.long_term);
  take_next(totals, at, counts.unemployed_by_duration);
  take_next(totals, at, counts.unemployed_by_age);
  take_next(totals, at, counts.employed_by_age);
  take_next(totals, at, counts.employees_by_occupation);
  take_next(totals, at, counts.wages_by_occupation);
  take_next(totals, at, counts.in_commuters);
  for (std::size_t z = 0; z < zones; ++z, ++at) {
    METIER_REQUIRE(step.month == 0 || counts.out_commuters[z] == totals[at],
                   "residents who work outside, kept by events, are those that persons say");
    counts.out_commuters[z] = totals[at];
  }
  take_next(totals, at, counts.salaried);
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
  for (std::size_t i = 0; i < counts.employees.size(); ++i) {
    const std::int32_t n = counts.employees[i];
    if (n == 0) continue;
    counts.employees_by_sector[counts.sector[i]] += n;
    counts.wages_by_sector[counts.sector[i]] += counts.wage_bill[i];
    counts.employees_by_commune[counts.commune[i]] += n;
    counts.wages_by_commune[counts.commune[i]] += counts.wage_bill[i];
    counts.employees_by_size[size_band(n)] += n;
  }
  for (std::size_t v = 0; v < counts.post_firm.size(); ++v) {
    const Row i = counts.post_firm[v];
    if (works_outside(i)) continue;
    ++counts.vacancies_by_sector[counts.sector[i]];
    ++counts.vacancies_by_occupation[counts.post_occupation[v]];
    ++counts.vacancies_by_commune[counts.commune[i]];
    ++counts.vacancies_by_size[size_band(counts.employees[i])];
  }
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

void count_zones(In<ZoneReserve> reserve, In<InCommuters> in_commuters, InOut<ZoneUnemployed> unemployed) {
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
