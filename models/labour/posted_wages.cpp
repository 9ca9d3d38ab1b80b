#include "models/labour/counts.hpp"
#include "models/labour/matching.hpp"
#include "models/labour/wages.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <numeric>

namespace metier::labour {

void open_market(const Step& step, const Params& params, WageView view, In<ZoneUnemployed> zones,
                 Scratch<Market> market) {
  Market& m = *market;
  const std::size_t occupations = view.median_wage.size();
  const std::size_t communes = view.unemployed.size() / occupations;
  const std::size_t posts = view.firm.size();
  m.communes = communes;
  m.zones = communes + zones.size();
  m.occupations = occupations;
  m.minimum_wage = static_cast<double>(view.minimum_wage[0]);
  m.zone.resize(posts);
  m.log_wage.resize(posts);
  m.wage.resize(posts);
  m.screened.assign(posts, 0);
  m.filled.assign(posts, 0);
  m.offers.clear();

  // Terms of places and occupations.
  std::vector<double> commune_term(communes), occupation_term(occupations);
  std::vector<double> by_occupation(occupations, 0.0);
  double unemployed = 0.0, employed = 0.0;
  for (std::size_t c = 0; c < communes; ++c) {
    double u = 0.0, e = 0.0;
    for (std::size_t o = 0; o < occupations; ++o) {
      u += static_cast<double>(view.unemployed[c * occupations + o]);
      e += static_cast<double>(view.employed[c * occupations + o]);
      by_occupation[o] += static_cast<double>(view.unemployed[c * occupations + o]);
    }
    commune_term[c] = smoothed_ratio(u, u + e);
    unemployed += u;
    employed += e;
  }
  const double overall = smoothed_ratio(unemployed, unemployed + employed);
  for (double& term : commune_term) term = -params.wage_curve * math::log(term / overall);
  for (std::size_t o = 0; o < occupations; ++o) {
    const double reference = view.tightness_reference[o];
    const double tightness = smoothed_ratio(static_cast<double>(view.vacancies[o]), by_occupation[o]);
    occupation_term[o] = reference > 0.0 ? params.wage_tightness * math::log(tightness / reference) : 0.0;
  }
  const double going = math::log(going_wage_last_month(view.going, step));
  const double outside =
      math::log(going_wage_last_month(view.outside_wage, step)) + math::log(1.0 + params.outside_wage_gap);

  for_each_row(posts, [&](std::size_t v) {
    const Row i = view.firm[v];
    const std::size_t o = view.occupation[v];
    const double median = math::log(std::max(1.0, view.median_wage[o]));
    if (works_outside(i)) {
      m.zone[v] = static_cast<std::uint8_t>(communes + outside_zone(i));
      m.log_wage[v] = median + outside;
      return;
    }
    m.zone[v] = view.commune[i];
    const std::size_t s = view.sector[i];
    const double reference = view.sector_wage[s * occupations + o];
    double ln =
        (reference > 0.0 ? math::log(reference) : median) + going + commune_term[view.commune[i]] + occupation_term[o];
    if (view.productivity[i] > 0.0 && view.sector_productivity[s] > 0.0) {
      ln += params.wage_productivity * math::log(view.productivity[i] / view.sector_productivity[s]);
    }
    m.log_wage[v] = ln;
  });
  for_each_row(posts, [&](std::size_t v) { m.wage[v] = std::max(m.minimum_wage, math::exp(m.log_wage[v])); });
  const double sum = ordered_sum(posts, [&](std::size_t v) { return m.log_wage[v]; });
  m.mean_log_wage = posts > 0 ? sum / static_cast<double>(posts) : 0.0;
}

}  // namespace metier::labour
