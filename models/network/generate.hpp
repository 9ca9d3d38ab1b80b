#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// The supplier network at t = 0: who buys what from whom inside the territory (models/network/README.md).
namespace metier::network {

enum class Mode { kFixed, kMeanField };

/// Parameters of the generation of supply links; bound in params.cpp.
struct GenerateParams {
  double links_scale = 1.2;  ///< kappa_0
  double links_size_exponent = 0.35;
  int suppliers_max = 12;
  double distance_exponent = 1.0;  ///< rho
  double distance_min_km = 0.5;
  double capability_sd = 1.0;  ///< sigma_eta
  int sweeps = 3;              ///< at most some twenty: where targets cannot be met, factors grow without end
};

/// What generation looks at. One entry per establishment, then one per (establishment, good it buys), sorted by
/// establishment.
struct Market {
  std::span<const std::uint64_t> firm_key;
  std::span<const std::uint16_t> firm_good;
  std::span<const std::uint8_t> firm_commune;
  std::span<const double> firm_workers;      ///< N_i
  std::span<const double> firm_open_output;  ///< output that may be sold through links [kEUR2018/month], >= 0
  std::span<const std::uint32_t> input_firm;
  std::span<const std::uint16_t> input_good;
  std::span<const double> input_local;  ///< volume to be bought from local suppliers [kEUR2018/month], >= 0
  std::span<const float> distance_km;   ///< between places, destination fastest; communes are the first places
  std::size_t goods = 0, communes = 0, places = 0;
};

/// Links sorted by input, suppliers ascending inside an input; and the same links sorted by supplier.
struct Links {
  std::vector<std::uint32_t> begin;       ///< first link of each input; inputs + 1 entries
  std::vector<std::uint32_t> supplier;    ///< row of the establishment
  std::vector<double> flow;               ///< volume bought through the link [kEUR2018/month]
  std::vector<std::uint32_t> sale_begin;  ///< first sale of each establishment; establishments + 1 entries
  std::vector<std::uint32_t> sale_link;   ///< row of the link, in the order of suppliers
};

/// Draws suppliers and sets what each sells to each.
///
/// Equations k = 1 + Poisson(kappa_0 (N_i / 10)^a) local suppliers, at most suppliers_max, for every input that is
/// bought here;
///           supplier j of the good drawn without replacement, P(j) proportional to o_j e^{sigma eta_j} d_ij^-rho, d >=
///           distance_min; flow_e = r_k c_j, `sweeps` times: columns to T_j = o_j L_g / sum of o (over suppliers with a
///           customer), then rows to the input's local volume; at last every supplier's flows are cut to its open
///           output: what is cut is missing in the input's flows and is bought elsewhere (README eq. 2-5)
/// Symbols   o_j open output, eta_j ~ N(0, 1) capability, d_ij road distance between communes [km], L_g local purchases
/// of g Shape     an establishment is never its own supplier; an input whose good nobody else makes has no link Random
/// domains kNetworkCapability (key = establishment), kNetworkDegree and kNetworkSupplier (key = establishment, good);
///           replicate 0, month 0: the network depends on the population seed alone
/// Source    size x distance: gravity; capability: Bernard et al. (2022), J. Polit. Econ. 130(7) (abstract); number of
/// suppliers by
///           size: choice of the model
Links generate(const Market& market, const GenerateParams& params, std::uint64_t population_seed);

}  // namespace metier::network
