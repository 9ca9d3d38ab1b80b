#pragma once
#include <cstdint>
#include <string_view>

namespace metier {

/// Purposes of random numbers. Numbers have gaps; never renumber, never reuse: a number is part of every past result.
/// 0x0100-0x0FFF population at t = 0, 0x1000 and up the months.
enum class RngDomain : std::uint32_t {
  kSynthesisMix = 0x0100,         ///< Dirichlet draw of the A38 mix inside a group
  kSynthesisRounding = 0x0110,    ///< controlled rounding of establishment counts; key = commune
  kSynthesisSector = 0x0120,      ///< A38 sector of an establishment
  kSynthesisNaf = 0x0130,         ///< NAF sub-class
  kSynthesisSize = 0x0140,        ///< size inside a class
  kSynthesisOwner = 0x0150,       ///< self-employed owners
  kSynthesisAge = 0x0160,         ///< age of an establishment
  kSynthesisGroup = 0x0170,       ///< group membership, head office outside
  kSynthesisPlace = 0x0180,       ///< point inside the commune
  kSynthesisTechnology = 0x0190,  ///< input coefficients of an establishment
  kSynthesisCash = 0x01A0,        ///< cash and loans at t = 0
  kSynthesisAppeal = 0x01B0,      ///< idiosyncratic appeal of an establishment
  kSynthesisPerson = 0x0200,      ///< age, education, skill of a person
  kSynthesisStatus = 0x0210,      ///< unemployed or halo, duration
  kSynthesisOccupation = 0x0220,  ///< occupation of a person
  kSynthesisCommute = 0x0230,     ///< who works where
  kSynthesisWage = 0x0240,        ///< residual of the wage
  kSynthesisQuintile = 0x0250,    ///< place in the income distribution
  kSynthesisScale = 0x0260,       ///< thinning or replication by scale.factor
  kNetworkDegree = 0x0300,        ///< number of suppliers of (establishment, good)
  kNetworkCapability = 0x0310,    ///< relationship capability of a supplier
  kNetworkSupplier = 0x0320,      ///< which suppliers
  kFirmPrice = 0x1000,            ///< does the establishment reset its price
  kFirmMarkup = 0x1010,           ///< step of the mark-up
  kFirmHiring = 0x1020,           ///< rounding of desired hires and layoffs
  kLabourSeparation = 0x1100,     ///< does the job end
  kLabourLayoff = 0x1110,         ///< who is laid off
  kLabourVacancy = 0x1120,        ///< occupation of a new vacancy
  kLabourApplication = 0x1130,    ///< how many and where to apply
  kLabourScreening = 0x1140,      ///< order of screening, suitability, fit
  kLabourWage = 0x1150,           ///< wage of a new job
  kLabourHalo = 0x1160,           ///< between unemployment and the halo
  kLabourOutside = 0x1170,        ///< applicants of the external zones
  kLabourUrn = 0x1180,            ///< the urn of case V7b
  kLabourTwoState = 0x1190,       ///< the two-state chain of case V7a
  kLabourStart = 0x11A0,          ///< tenures and months without a job at t = 0
  kRationing = 0x1200,            ///< order of rationing in the mode `random`
  kOutsideShock = 0x1300,         ///< shocks of outside demand
};

std::string_view name_of(RngDomain domain);

}  // namespace metier
