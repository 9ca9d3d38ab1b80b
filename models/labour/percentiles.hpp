#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace metier::labour {

/// Percentiles of wages that are told of every group of jobs: P10, the median, P90.
inline constexpr std::array<std::size_t, 3> kPercentiles{10, 50, 90};

/// Wages of groups of jobs at the ranks ceil(n p / 100), exact whatever the order of the jobs.
///
/// each_job  each_job(see) calls see(group, wage) once for every job, wages in cents and not negative; called twice,
///           the same jobs
/// quantiles [cent/month], row = group * kPercentiles + percentile; left as they are for a group without jobs
/// Cost      two passes over the jobs: one counts them by group and step of 2^12 cents, the other looks again at those
///           of the few steps into which a rank falls, which alone are ordered. 4 ns a job and pass, no copy of the
///           jobs.
template <class EachJob>
void wages_at_percentiles(std::size_t groups, EachJob&& each_job, std::span<double> quantiles) {
  constexpr std::size_t kSteps = 512;  // up to 20 971 EUR, what is above lies in the last one
  const auto step = [](std::size_t group, std::int32_t wage) {
    return group * kSteps + std::min<std::size_t>(static_cast<std::uint32_t>(wage) >> 12, kSteps - 1);
  };
  std::vector<std::uint32_t> jobs(groups * kSteps, 0);
  each_job([&](std::size_t group, std::int32_t wage) { ++jobs[step(group, wage)]; });

  struct Rank {
    std::size_t quantile, list, place;  // row of the result; wages to look at; place among them in ascending order
  };
  std::vector<Rank> ranks;
  std::vector<std::vector<std::int32_t>> lists(1);          // the first stays empty
  std::vector<std::uint32_t> list_of(groups * kSteps, 0U);  // 0: no rank falls into the step
  for (std::size_t group = 0; group < groups; ++group) {
    const std::span<const std::uint32_t> steps(&jobs[group * kSteps], kSteps);
    std::size_t n = 0;
    for (const std::uint32_t in_step : steps) n += in_step;
    if (n == 0) continue;
    for (std::size_t p = 0; p < kPercentiles.size(); ++p) {
      std::size_t place = (n * kPercentiles[p] + 99) / 100 - 1, s = 0;
      while (place >= steps[s]) place -= steps[s++];
      std::uint32_t& list = list_of[group * kSteps + s];
      if (list == 0) {
        list = static_cast<std::uint32_t>(lists.size());
        lists.emplace_back().reserve(steps[s]);
      }
      ranks.push_back({group * kPercentiles.size() + p, list, place});
    }
  }
  each_job([&](std::size_t group, std::int32_t wage) {
    if (const std::uint32_t list = list_of[step(group, wage)]; list != 0) lists[list].push_back(wage);
  });
  for (const Rank& rank : ranks) {
    std::vector<std::int32_t>& wages = lists[rank.list];
    const auto at = wages.begin() + static_cast<std::ptrdiff_t>(rank.place);
    std::nth_element(wages.begin(), at, wages.end());
    quantiles[rank.quantile] = static_cast<double>(*at);
  }
}

}  // namespace metier::labour
