#pragma once
#include "models/synthesis/keys.hpp"
#include "models/synthesis/pack.hpp"
#include "models/synthesis/params.hpp"
#include "models/synthesis/people_pack.hpp"
#include "models/synthesis/report.hpp"
#include "sim/core/world.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace metier::synthesis {

/// Who works where, in whole persons: origins and destinations are the places of table zone, communes first.
struct CommuterFlows {
  std::size_t communes = 0, zones = 0;    ///< zones: all places
  std::vector<std::int64_t> persons;      ///< zones x zones, destination fastest
  std::vector<std::int64_t> employed;     ///< residents with a job, by place; of an external zone: its in-commuters
  std::vector<std::int64_t> employed_65;  ///< of them 65 and older, by commune
  [[nodiscard]] std::int64_t at(std::size_t from, std::size_t to) const { return persons[from * zones + to]; }
};

/// People and jobs by place before they are joined.
struct CommutingMargins {
  std::vector<double> origins, destinations;  ///< by place, equal totals
};

/// The margins of the matrix: jobs of the communes are those of the establishments; in_share of them are held by people
/// from outside, out_share of the residents with a job work outside. Zones without given numbers share what is left by
/// gravity: in proportion to employed residents (jobs) times what the communes offer at their distance; those of the
/// mining basin together give mining_share of the in-commuters.
CommutingMargins commuting_margins(const DataPack& pack, const PeoplePack& people, std::span<const std::int64_t> jobs,
                                   std::span<const float> minutes, double beta, double factor);

/// Doubly constrained gravity e^(-beta t), no flow between two external zones, made whole by controlled rounding.
///
/// jobs      by commune, salaried and not
/// Random    domain kSynthesisCommute, key of "flows"
/// Source    Wilson (1967), Transportation Research 1; Cox (1987) for the rounding
CommuterFlows build_commuting(const DataPack& pack, const PeoplePack& people, std::span<const std::int64_t> jobs,
                              double beta, double factor, const SynthesisKeys& keys, World& world, InitReport& report);

}  // namespace metier::synthesis
