#pragma once
#include "models/synthesis/keys.hpp"
#include "models/synthesis/pack.hpp"
#include "models/synthesis/params.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace metier::synthesis {

/// Which sectors make up a group: shares by kind of establishment, each summing to 1 in its group.
struct SectorMix {
  /// Kinds of establishment: units without employees, employers of up to 19, employers of 20 and more.
  enum Kind : std::size_t { kZero = 0, kSmall = 1, kLarge = 2, kKinds = 3 };
  std::array<std::vector<std::size_t>, kGroups> sectors;                    ///< rows of the sectors of each group
  std::array<std::array<std::vector<double>, kKinds>, kGroups> cumulative;  ///< running sums of their shares

  /// Row of the sector at probability u in the group.
  [[nodiscard]] std::size_t sector_at(std::size_t group, Kind kind, double u) const;
  /// Share of a sector in its group; 0 outside it.
  [[nodiscard]] double share(std::size_t group, Kind kind, std::size_t sector) const;
};

/// National shares of the sectors inside each group, moved by a Dirichlet draw of concentration `a38_dirichlet`.
///
/// Equation  p ~ Dirichlet(c job_share), share'_s proportional to share_s p_s / job_share_s: one draw for
/// establishments of
///           all sizes, so that a sector that is strong here is strong in all of them; c = 0 leaves the national shares
/// Random    domain kSynthesisMix, key = sector
SectorMix draw_sector_mix(const DataPack& pack, const Params& params, const SynthesisKeys& keys);

/// A draw of the Gamma law of the given shape (> 0) and scale 1: Marsaglia, Tsang (2000), ACM Trans. Math. Softw.
/// 26(3).
double gamma_variate(double shape, Draws& draws);

/// Employment of the country by sector, persons (mean 2017-2019).
///
/// Cells that the source had to estimate are multiplied by a log-normal factor of mean 1 and coefficient of variation
/// `employment_margin_cv` (0: left as they are).
/// Random    domain kSynthesisMix, key = (sector, "employment")
std::vector<double> national_employment(const DataPack& pack, const Params& params, const SynthesisKeys& keys);

}  // namespace metier::synthesis
