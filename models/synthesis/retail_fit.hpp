#pragma once
#include <cstddef>
#include <span>
#include <vector>

/// Attraction of shopping places at t = 0, so that Huff's law gives every outlet the turnover its output calls for.
namespace metier::synthesis {

/// One retail category: who spends, how far places are, what outlets should take.
struct ShoppingMarket {
  std::size_t communes = 0, places = 0;  ///< communes are the first places
  std::span<const float> minutes;        ///< between places, destination fastest
  double gamma = 1.0;                    ///< exponent of travel time
  std::span<const double> spending;      ///< of each commune, in shops [EUR/month]
  std::span<const double> start;         ///< attraction of each place before the fit: sum of S^a; outside places too
};

/// Share of spending that Huff's law sends outside the territory with the attractions of the start.
double outside_share(const ShoppingMarket& market);

/// Attractions W that make each commune's outlets take `turnover` and the places outside the rest.
///
/// Equation  sum_c M_c W_z t_cz^-gamma / sum_k W_k t_ck^-gamma = T_z for every commune z with T_z > 0 (doubly
/// constrained gravity,
///           iterative fitting; outside places keep their proportions to each other and are one destination), then all
///           W are scaled so that the turnover-weighted mean of ln(W / start) over communes is 0
/// Symbols   M spending, T turnover of the outlets of each commune [EUR/month], sum T <= sum M
/// Returns   attraction of each place; 0 where nothing is wanted
/// Errors    broken promise when spending is left and there is no place outside, or when the fit does not reach 1e-12
std::vector<double> fit_attractions(const ShoppingMarket& market, std::span<const double> turnover);

}  // namespace metier::synthesis
