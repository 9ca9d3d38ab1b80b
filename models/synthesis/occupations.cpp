#include "models/synthesis/occupations.hpp"

#include "models/labour/columns.hpp"
#include "models/synthesis/gravity.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <numeric>
#include <vector>

namespace metier::synthesis {

namespace {

std::vector<double> staffing(const DataPack& pack, const PeoplePack& people, World& world) {
  const std::size_t sectors = pack.sectors.size(), occupations = people.occupations.size();
  std::vector<double> jobs(sectors, 0.0);
  const auto sector = world.column<firms::SectorOf>();
  const auto employees = world.column<firms::Employees>();
  const auto owners = world.column<firms::SelfEmployed>();
  for (std::size_t i = 1; i < sector.size(); ++i) jobs[sector[i]] += static_cast<double>(employees[i] + owners[i]);
  const double total = std::accumulate(jobs.begin(), jobs.end(), 0.0);
  double region = 0.0;
  for (const OccupationData& o : people.occupations) region += o.employed_region;
  std::vector<double> wanted(occupations);
  for (std::size_t o = 0; o < occupations; ++o) wanted[o] = total * people.occupations[o].employed_region / region;

  std::vector<double> cells = total > 0.0 ? rake_table(people.staffing, jobs, wanted, 1e-6).cells : people.staffing;
  for (std::size_t s = 0; s < sectors; ++s) {
    double* row = cells.data() + s * occupations;
    double sum = std::accumulate(row, row + occupations, 0.0);
    if (!(sum > 0.0)) {  // no jobs here, or occupations that the region does not have
      std::copy_n(people.staffing.begin() + static_cast<std::ptrdiff_t>(s * occupations), occupations, row);
      sum = std::accumulate(row, row + occupations, 0.0);
    }
    if (!(sum > 0.0)) {  // the national matrix has no such sector: the occupations of the region
      std::copy(wanted.begin(), wanted.end(), row);
      sum = std::accumulate(row, row + occupations, 0.0);
    }
    for (std::size_t o = 0; o < occupations; ++o) row[o] /= sum;
  }
  return cells;
}

double mobility_weight(const OccupationData& from, const OccupationData& to, double same_domain) {
  double distance = 0.0;
  for (std::size_t d = 0; d < kDiplomas; ++d) distance += 0.5 * std::fabs(from.diploma[d] - to.diploma[d]);
  const double wage_gap = std::fabs(math::log(from.wage_net / to.wage_net));
  return math::exp(-distance - wage_gap) * (from.domain == to.domain ? same_domain : 1.0);
}

}  // namespace

void build_occupations(const DataPack& pack, const PeoplePack& people, const Params& params, World& world,
                       InitReport& report) {
  const std::size_t sectors = pack.sectors.size(), occupations = people.occupations.size();
  world.set_rows<labour::Occupation>(occupations);
  world.set_rows<labour::OccupationPair>(occupations * occupations);
  world.set_rows<labour::SectorOccupation>(sectors * occupations);
  const auto wage = world.column<labour::MedianWage>();
  const auto exit = world.column<labour::RelativeExit>();
  const auto tension = world.column<labour::Tension>();
  for (std::size_t o = 0; o < occupations; ++o) {
    wage[o] = 100.0 * people.occupations[o].wage_net / people.net_to_gross;
    exit[o] = people.occupations[o].relative_exit;
    tension[o] = people.occupations[o].tension;
  }
  const std::vector<double> shares = staffing(pack, people, world);
  const auto staff = world.column<labour::Staffing>();
  const auto reference = world.column<labour::SectorWage>();
  for (std::size_t k = 0; k < shares.size(); ++k) {
    staff[k] = shares[k];
    reference[k] = wage[k % occupations];
  }
  const auto mobility = world.column<labour::Mobility>();
  for (std::size_t from = 0; from < occupations; ++from) {
    double others = 0.0;
    for (std::size_t to = 0; to < occupations; ++to) {
      const double weight =
          from == to ? 0.0
                     : mobility_weight(people.occupations[from], people.occupations[to], params.people.same_domain);
      mobility[from * occupations + to] = weight;
      others += weight;
    }
    const double self = others > 0.0 ? params.people.mobility_self : 1.0;
    for (std::size_t to = 0; to < occupations; ++to) {
      double& cell = mobility[from * occupations + to];
      cell = from == to ? self : cell * (1.0 - self) / others;
    }
  }
  report.assume("synthesis.mobility_self", fmt::format("{}", params.people.mobility_self),
                "Moves between occupations follow likeness of diplomas and pay; no flow data are in the pack.");
}

void set_wage_level(World& world, double level) {
  for (double& wage : world.column<labour::MedianWage>()) wage *= level;
  for (double& wage : world.column<labour::SectorWage>()) wage *= level;
}

}  // namespace metier::synthesis
