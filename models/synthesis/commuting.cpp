#include "models/synthesis/commuting.hpp"

#include "models/sites/columns.hpp"
#include "models/synthesis/gravity.hpp"
#include "models/synthesis/rounding.hpp"
#include "sim/core/math.hpp"
#include "sim/core/money.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <numeric>
#include <optional>
#include <string>

namespace metier::synthesis {

namespace {

/// Splits `total` over the zones of one kind in proportion to their weights.
void share_out(double total, const std::vector<double>& weights, std::span<double> out) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (sum <= 0.0) return;
  for (std::size_t z = 0; z < weights.size(); ++z) {
    if (weights[z] > 0.0) out[z] = total * weights[z] / sum;
  }
}

/// People of the zones: given numbers first, then what is left of `total`; the mining basin has its own share.
std::vector<double> zone_totals(const PeoplePack& people, std::optional<double> ZonePeople::*given,
                                const std::vector<double>& mass, double total, double factor, double mining_share) {
  const std::size_t zones = people.zones.size();
  std::vector<double> result(zones, 0.0), basin(zones, 0.0), others(zones, 0.0);
  double left = total;
  for (std::size_t z = 0; z < zones; ++z) {
    if (people.zones[z].*given) {
      result[z] = factor * *(people.zones[z].*given);
      left -= result[z];
    } else if (people.zones[z].mining_basin && mining_share > 0.0) {
      basin[z] = mass[z];
    } else {
      others[z] = mass[z];
    }
  }
  const double in_basin =
      std::accumulate(basin.begin(), basin.end(), 0.0) > 0.0 ? std::min(mining_share * total, left) : 0.0;
  share_out(in_basin, basin, result);
  share_out(std::max(0.0, left - in_basin), others, result);
  // Where given numbers leave nothing to share, or nobody to share it, all are scaled to the total.
  const double sum = std::accumulate(result.begin(), result.end(), 0.0);
  for (double& value : result) value *= sum > 0.0 ? total / sum : 0.0;
  return result;
}

std::string name_of_place(const DataPack& pack, std::size_t place) {
  return place < pack.communes.size() ? pack.communes[place].code
                                      : pack.external_zones[place - pack.communes.size()].code;
}

}  // namespace

CommutingMargins commuting_margins(const DataPack& pack, const PeoplePack& people, std::span<const std::int64_t> jobs,
                                   std::span<const float> minutes, double beta, double factor) {
  const std::size_t communes = pack.communes.size(), outside = people.zones.size(), zones = communes + outside;
  CommutingMargins margins;
  margins.origins.assign(zones, 0.0);
  margins.destinations.assign(zones, 0.0);
  double total_jobs = 0.0;
  for (std::size_t c = 0; c < communes; ++c) {
    margins.destinations[c] = static_cast<double>(jobs[c]);
    total_jobs += margins.destinations[c];
  }
  const double in = outside > 0 ? static_cast<double>(round_half_away(total_jobs * people.in_share)) : 0.0;
  const double here = total_jobs - in;
  const double employed = static_cast<double>(round_half_away(here / (1.0 - (outside > 0 ? people.out_share : 0.0))));
  double census = 0.0;
  for (const CommunePeople& c : people.communes) census += c.active - c.unemployed;
  for (std::size_t c = 0; c < communes; ++c) {
    margins.origins[c] = employed * (people.communes[c].active - people.communes[c].unemployed) / census;
  }
  std::vector<double> in_mass(outside, 0.0), out_mass(outside, 0.0);
  for (std::size_t z = 0; z < outside; ++z) {
    double offered = 0.0, people_near = 0.0;
    for (std::size_t c = 0; c < communes; ++c) {
      offered += margins.destinations[c] * math::exp(-beta * static_cast<double>(minutes[(communes + z) * zones + c]));
      people_near += margins.origins[c] * math::exp(-beta * static_cast<double>(minutes[c * zones + communes + z]));
    }
    in_mass[z] = std::max(0.0, people.zones[z].active - people.zones[z].unemployed) * offered;
    out_mass[z] = people.zones[z].jobs * people_near;
  }
  const auto ins = zone_totals(people, &ZonePeople::in_commuters, in_mass, in, factor, people.mining_share);
  const auto outs = zone_totals(people, &ZonePeople::out_commuters, out_mass, employed - here, factor, 0.0);
  std::copy(ins.begin(), ins.end(), margins.origins.begin() + static_cast<std::ptrdiff_t>(communes));
  std::copy(outs.begin(), outs.end(), margins.destinations.begin() + static_cast<std::ptrdiff_t>(communes));
  return margins;
}

CommuterFlows build_commuting(const DataPack& pack, const PeoplePack& people, std::span<const std::int64_t> jobs,
                              double beta, double factor, const SynthesisKeys& keys, World& world, InitReport& report) {
  const std::size_t communes = pack.communes.size(), zones = communes + people.zones.size();
  const auto minutes = world.column<sites::CarMinutes>();
  const auto road_km = world.column<sites::DistanceKm>();
  const CommutingMargins margins = commuting_margins(pack, people, jobs, minutes, beta, factor);
  // Communes and zones apart, so that both keep their totals.
  const auto whole = [&](std::span<const double> values) {
    std::vector<double> result;
    for (const auto part : {values.first(communes), values.subspan(communes)}) {
      const double sum = std::accumulate(part.begin(), part.end(), 0.0);
      for (const std::int64_t n : round_to_total(part, round_half_away(sum))) result.push_back(static_cast<double>(n));
    }
    return result;
  };
  const std::vector<double> origins = whole(margins.origins), destinations = whole(margins.destinations);

  std::vector<unsigned char> allowed(zones * zones, 1);
  for (std::size_t from = communes; from < zones; ++from) {
    std::fill_n(allowed.begin() + static_cast<std::ptrdiff_t>(from * zones + communes), zones - communes,
                std::uint8_t{0});
  }
  const std::vector<double> cost(minutes.begin(), minutes.end());
  const GravityFlows fitted = gravity(origins, destinations, cost, allowed, beta);

  std::vector<std::size_t> own_group(zones);
  std::iota(own_group.begin(), own_group.end(), std::size_t{0});
  ExpectedTable table(zones, own_group);
  table.cells = fitted.flows;
  Draws draws = keys.draws(RngDomain::kSynthesisCommute, key_of("flows"));
  CommuterFlows flows;
  flows.communes = communes;
  flows.zones = zones;
  flows.persons = controlled_rounding(table, draws);

  flows.employed.assign(zones, 0);
  double km = 0.0, inside_km = 0.0;
  std::int64_t travellers = 0, inside = 0, in = 0, out = 0;
  std::vector<std::int64_t> arrivals(zones, 0);
  for (std::size_t from = 0; from < zones; ++from) {
    for (std::size_t to = 0; to < zones; ++to) {
      const std::int64_t n = flows.at(from, to);
      flows.employed[from] += n;
      arrivals[to] += n;
      const double length = static_cast<double>(n) * static_cast<double>(road_km[from * zones + to]);
      if (from < communes) {
        travellers += n;
        km += length;
        if (to < communes) {
          inside += n;
          inside_km += length;
        } else {
          out += n;
        }
      } else {
        in += n;
      }
    }
  }
  std::vector<double> younger(communes);
  for (std::size_t c = 0; c < communes; ++c) younger[c] = people.communes[c].active - people.communes[c].unemployed;
  const auto under_65 = scaled_margins(younger, factor);
  flows.employed_65.assign(communes, 0);
  for (std::size_t c = 0; c < communes; ++c) {
    flows.employed_65[c] = std::max<std::int64_t>(0, flows.employed[c] - under_65[c]);
    report.add("jobs by commune, as destinations", name_of_place(pack, c), static_cast<double>(jobs[c]),
               static_cast<double>(arrivals[c]), kExact, "exact");
    report.add("employed residents by commune", name_of_place(pack, c), margins.origins[c],
               static_cast<double>(flows.employed[c]), std::max(0.001, 1.0 / std::max(1.0, margins.origins[c])),
               "next whole number");
  }
  for (std::size_t z = communes; z < zones; ++z) {
    report.add("in-commuters by zone", name_of_place(pack, z), margins.origins[z],
               static_cast<double>(flows.employed[z]), std::max(0.001, 1.0 / std::max(1.0, margins.origins[z])),
               "next whole number");
    report.add("residents working in the zone", name_of_place(pack, z), margins.destinations[z],
               static_cast<double>(arrivals[z]), std::max(0.001, 1.0 / std::max(1.0, margins.destinations[z])),
               "next whole number");
  }
  report.add("in-commuters", "all", people.in_share * static_cast<double>(inside + in), static_cast<double>(in),
             std::max(0.001, 1.0 / static_cast<double>(std::max<std::int64_t>(in, 1))), "within 0.1 %");
  report.add("residents working outside", "all", people.out_share * static_cast<double>(travellers),
             static_cast<double>(out), std::max(0.001, 1.0 / static_cast<double>(std::max<std::int64_t>(out, 1))),
             "within 0.1 %");
  report.add("mean road distance to jobs inside the territory [km]", "all", people.km_inside,
             inside > 0 ? inside_km / static_cast<double>(inside) : 0.0, kInformation, "cross-check, to be verified");
  report.add("mean road distance of employed residents [km]", "all", people.km_all,
             travellers > 0 ? km / static_cast<double>(travellers) : 0.0, kInformation, "cross-check, to be verified");
  report.assume("labour.beta_travel", fmt::format("{} 1/min", beta),
                "The matrix of commuters is a gravity model; no origin-destination data are in the pack.");
  return flows;
}

}  // namespace metier::synthesis
