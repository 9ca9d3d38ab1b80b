#include "sim/core/rng_domains.hpp"

namespace metier {

std::string_view name_of(RngDomain domain) {
  switch (domain) {
    case RngDomain::kSynthesisMix: return "synthesis.mix";
    case RngDomain::kSynthesisRounding: return "synthesis.rounding";
    case RngDomain::kSynthesisSector: return "synthesis.sector";
    case RngDomain::kSynthesisNaf: return "synthesis.naf";
    case RngDomain::kSynthesisSize: return "synthesis.size";
    case RngDomain::kSynthesisOwner: return "synthesis.owner";
    case RngDomain::kSynthesisAge: return "synthesis.age";
    case RngDomain::kSynthesisGroup: return "synthesis.group";
    case RngDomain::kSynthesisPlace: return "synthesis.place";
    case RngDomain::kSynthesisTechnology: return "synthesis.technology";
    case RngDomain::kSynthesisCash: return "synthesis.cash";
    case RngDomain::kSynthesisAppeal: return "synthesis.appeal";
    case RngDomain::kSynthesisPerson: return "synthesis.person";
    case RngDomain::kSynthesisStatus: return "synthesis.status";
    case RngDomain::kSynthesisOccupation: return "synthesis.occupation";
    case RngDomain::kSynthesisCommute: return "synthesis.commute";
    case RngDomain::kSynthesisWage: return "synthesis.wage";
    case RngDomain::kSynthesisQuintile: return "synthesis.quintile";
    case RngDomain::kSynthesisScale: return "synthesis.scale";
    case RngDomain::kNetworkDegree: return "network.degree";
    case RngDomain::kNetworkCapability: return "network.capability";
    case RngDomain::kNetworkSupplier: return "network.supplier";
    case RngDomain::kFirmPrice: return "firms.price";
    case RngDomain::kFirmMarkup: return "firms.markup";
    case RngDomain::kFirmHiring: return "firms.hiring";
    case RngDomain::kLabourSeparation: return "labour.separation";
    case RngDomain::kLabourLayoff: return "labour.layoff";
    case RngDomain::kLabourVacancy: return "labour.vacancy";
    case RngDomain::kLabourApplication: return "labour.application";
    case RngDomain::kLabourScreening: return "labour.screening";
    case RngDomain::kLabourWage: return "labour.wage";
    case RngDomain::kLabourHalo: return "labour.halo";
    case RngDomain::kLabourOutside: return "labour.outside";
    case RngDomain::kLabourUrn: return "labour.urn";
    case RngDomain::kLabourTwoState: return "labour.two_state";
    case RngDomain::kLabourStart: return "labour.start";
    case RngDomain::kRationing: return "io.rationing";
    case RngDomain::kOutsideShock: return "outside.shock";
  }
  return "unknown";
}

}  // namespace metier
