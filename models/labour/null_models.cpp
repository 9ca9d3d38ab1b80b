#include "models/labour/null_models.hpp"

#include "models/labour/job_events.hpp"
#include "sim/core/error.hpp"
#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>

namespace metier::labour {

void build_two_state(World& world, std::int64_t persons) {
  world.set_rows<sites::Commune>(1);
  world.set_rows<sites::Zone>(1);
  world.set_rows<Occupation>(1);
  world.set_rows<CommuneOccupation>(1);
  world.set_rows<LabourMarket>(1);
  world.set_rows<DurationBand>(kDurationBands);
  world.set_rows<AgeBand>(kAgeBands);
  world.set_rows<Person>(static_cast<std::size_t>(persons));
  const auto key = world.column<Key>();
  const auto status = world.column<StatusOf>();
  for (std::size_t h = 0; h < key.size(); ++h) {
    key[h] = h + 1;
    status[h] = Status::kEmployed;
  }
}

void two_state_open(Out<HiresByOccupation> hires, Out<SeparationsByOccupation> separations) {
  set_zero(hires);
  set_zero(separations);
}

void two_state_separate(const Params& params, In<Key> key, InOut<StatusOf> status, InOut<Duration> duration,
                        Random<RngDomain::kLabourTwoState> random, InOut<SeparationsByOccupation> separations) {
  separations[0] += integer_sum(key.size(), [&](std::size_t h) {
    if (status[h] != Status::kEmployed) {
      duration[h] = static_cast<std::uint8_t>(std::min(255, duration[h] + 1));
      return 0;
    }
    if (!random(key[h]).bernoulli(params.separation_rate)) return 0;
    status[h] = Status::kUnemployed;
    duration[h] = 0;
    return 1;
  });
}

void two_state_match(const Params& params, In<Key> key, InOut<StatusOf> status, InOut<Duration> duration,
                     Random<RngDomain::kLabourTwoState> random, InOut<HiresByOccupation> hires) {
  hires[0] += integer_sum(key.size(), [&](std::size_t h) {
    if (status[h] != Status::kUnemployed) return 0;
    Draws draws = random(key[h], 1);
    if (!draws.bernoulli(params.finding_rate)) return 0;
    status[h] = Status::kEmployed;
    duration[h] = 0;
    return 1;
  });
}

void build_urn(World& world) { world.set_rows<LabourMarket>(1); }

void urn_match(const UrnParams& params, Random<RngDomain::kLabourUrn> random, Out<UrnMatches> matches) {
  std::vector<std::uint8_t> got(static_cast<std::size_t>(params.vacancies), 0);
  std::int64_t taken = 0;
  for (std::int64_t a = 0; a < params.applications && !got.empty(); ++a) {
    std::uint8_t& one = got[random(static_cast<std::uint64_t>(a)).below(got.size())];
    taken += one == 0 ? 1 : 0;
    one = 1;
  }
  matches[0] = taken;
}

void build_flows(World& world, const FlowTables& tables) {
  const std::size_t n = tables.employed.size();
  METIER_REQUIRE(tables.unemployed.size() == n && tables.vacancies.size() == n && tables.target.size() == n &&
                     tables.mobility.size() == n * n,
                 "tables of the flow form have one shape");
  world.set_rows<Occupation>(n);
  world.set_rows<OccupationPair>(n * n);
  const auto put = [](const std::vector<double>& from, std::span<double> to) {
    std::copy(from.begin(), from.end(), to.begin());
  };
  put(tables.employed, world.column<FlowEmployed>());
  put(tables.unemployed, world.column<FlowUnemployed>());
  put(tables.vacancies, world.column<FlowVacancies>());
  put(tables.target, world.column<FlowTarget>());
  put(tables.mobility, world.column<Mobility>());
}

void flows_step(const FlowParams& params, In<Mobility> mobility, In<FlowTarget> target, InOut<FlowEmployed> employed,
                InOut<FlowUnemployed> unemployed, InOut<FlowVacancies> vacancies, Out<FlowHires> hires,
                Out<FlowSeparations> separations) {
  const std::size_t n = employed.size();
  std::vector<double> share(n * n, 0.0), applicants(n, 0.0), leave_unemployment(n, 0.0), openings(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    double reach = 0.0;
    for (std::size_t j = 0; j < n; ++j) reach += vacancies[j] * mobility[i * n + j];
    if (reach <= 0.0) continue;
    for (std::size_t j = 0; j < n; ++j) {
      share[i * n + j] = vacancies[j] * mobility[i * n + j] / reach;
      applicants[j] += unemployed[i] * share[i * n + j];
    }
  }
  for (std::size_t j = 0; j < n; ++j) {
    hires[j] = 0.0;
    if (applicants[j] <= 0.0 || vacancies[j] <= 0.0) continue;
    const double theta = vacancies[j] / applicants[j];
    const double success = theta * (1.0 - math::exp(-1.0 / theta));
    for (std::size_t i = 0; i < n; ++i) {
      const double flow = unemployed[i] * share[i * n + j] * success;
      hires[j] += flow;
      leave_unemployment[i] += flow;
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double posts = employed[i] + vacancies[i];
    separations[i] = params.separation_rate * employed[i] +
                     (1.0 - params.separation_rate) * params.separation_adjustment * std::max(0.0, posts - target[i]);
    openings[i] = params.opening_rate * employed[i] +
                  (1.0 - params.opening_rate) * params.opening_adjustment * std::max(0.0, target[i] - posts);
  }
  for (std::size_t i = 0; i < n; ++i) {
    employed[i] += hires[i] - separations[i];
    unemployed[i] += separations[i] - leave_unemployment[i];
    vacancies[i] += openings[i] - hires[i];
  }
}

}  // namespace metier::labour
