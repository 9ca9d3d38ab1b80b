#include "models/synthesis/mix.hpp"

#include "sim/core/error.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <cmath>

namespace metier::synthesis {
namespace {

double national_share(const SectorData& sector, SectorMix::Kind kind) {
  switch (kind) {
    case SectorMix::kZero: return sector.share_zero;
    case SectorMix::kSmall: return sector.share_small;
    default: return sector.share_large;
  }
}

}  // namespace

std::size_t SectorMix::sector_at(std::size_t group, Kind kind, double u) const {
  const auto& sums = cumulative[group][kind];
  const auto found = std::upper_bound(sums.begin(), sums.end() - 1, u);
  return sectors[group][static_cast<std::size_t>(found - sums.begin())];
}

double SectorMix::share(std::size_t group, Kind kind, std::size_t sector) const {
  const auto& rows = sectors[group];
  const auto found = std::find(rows.begin(), rows.end(), sector);
  if (found == rows.end()) return 0.0;
  const auto k = static_cast<std::size_t>(found - rows.begin());
  return cumulative[group][kind][k] - (k > 0 ? cumulative[group][kind][k - 1] : 0.0);
}

double gamma_variate(double shape, Draws& draws) {
  METIER_REQUIRE(shape > 0.0, "the shape of a Gamma law is positive");
  if (shape < 1.0) {
    const double boost = math::pow(draws.uniform(), 1.0 / shape);
    return gamma_variate(shape + 1.0, draws) * boost;
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double x = draws.normal();
    const double root = 1.0 + c * x;
    if (root <= 0.0) continue;
    const double v = root * root * root;
    const double u = draws.uniform();
    if (math::log(u) < 0.5 * x * x + d - d * v + d * math::log(v)) return d * v;
  }
}

SectorMix draw_sector_mix(const DataPack& pack, const Params& params, const SynthesisKeys& keys) {
  std::vector<double> relative(pack.sectors.size(), 1.0);
  if (params.a38_dirichlet > 0.0) {
    std::array<double, kGroups> sum{};
    for (std::size_t s = 0; s < relative.size(); ++s) {
      const SectorData& sector = pack.sectors[s];
      if (sector.job_share <= 0.0) continue;
      Draws draws = keys.draws(RngDomain::kSynthesisMix, key_of(sector.code));
      const double gamma = gamma_variate(params.a38_dirichlet * sector.job_share, draws);
      relative[s] = gamma / sector.job_share;
      sum[sector.group] += gamma;
    }
    for (std::size_t s = 0; s < relative.size(); ++s) {
      if (pack.sectors[s].job_share > 0.0) relative[s] /= sum[pack.sectors[s].group];
    }
  }
  SectorMix mix;
  for (std::size_t s = 0; s < pack.sectors.size(); ++s) mix.sectors[pack.sectors[s].group].push_back(s);
  for (std::size_t g = 0; g < kGroups; ++g) {
    for (std::size_t kind = 0; kind < SectorMix::kKinds; ++kind) {
      auto& sums = mix.cumulative[g][kind];
      double sum = 0.0;
      for (const std::size_t s : mix.sectors[g]) {
        sum += national_share(pack.sectors[s], static_cast<SectorMix::Kind>(kind)) * relative[s];
        sums.push_back(sum);
      }
      for (double& value : sums) value /= sum;
    }
  }
  return mix;
}

std::vector<double> national_employment(const DataPack& pack, const Params& params, const SynthesisKeys& keys) {
  std::vector<double> persons(pack.sectors.size());
  const double variance = math::log(1.0 + params.employment_margin_cv * params.employment_margin_cv);
  for (std::size_t s = 0; s < persons.size(); ++s) {
    const SectorData& sector = pack.sectors[s];
    persons[s] = 1000.0 * sector.national_thousands;
    if (!sector.national_estimated || params.employment_margin_cv <= 0.0) continue;
    Draws draws = keys.draws(RngDomain::kSynthesisMix, key_of(key_of(sector.code), key_of("employment")));
    persons[s] *= math::exp(std::sqrt(variance) * draws.normal() - 0.5 * variance);
  }
  return persons;
}

}  // namespace metier::synthesis
