#include "models/retail/user_shops.hpp"

#include "models/retail/huff.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <vector>

namespace metier::retail {

namespace {
void outlet_share(In<UserShare> share, Cells cells) { std::copy(share.begin(), share.end(), cells.begin()); }
void outlet_turnover(In<UserTurnover> turnover, Cells cells) {
  std::copy(turnover.begin(), turnover.end(), cells.begin());
}
}  // namespace

void share_outlets(const Step&, const Params& params, In<UserSize> size, In<UserQuality> quality,
                   In<UserSpending> spending, In<UserMinutes> minutes, Out<UserShare> share,
                   Out<UserTurnover> turnover) {
  const std::size_t outlets = size.size();
  std::vector<double> attraction(outlets);
  for (std::size_t j = 0; j < outlets; ++j) {
    attraction[j] = size[j] > 0.0 ? math::pow(size[j], params.size_exponent) * math::exp(quality[j]) : 0.0;
  }
  std::fill(turnover.begin(), turnover.end(), 0.0);
  for (std::size_t z = 0; z < spending.size(); ++z) {
    const std::span<double> shares = share.span().subspan(z * outlets, outlets);
    huff_shares(attraction, minutes.span().subspan(z * outlets, outlets), params.distance_daily, shares);
    for (std::size_t j = 0; j < outlets; ++j) turnover[j] += shares[j] * spending[z];
  }
}

void add_user_shop_indicators(IndicatorSet& set) {
  set.add({.name = "outlet_share",
           .code = "",
           .observatory = "OC",
           .unit = "1",
           .dims = {"zone", "outlet"},
           .measure = Measure::kMean,
           .total = true,
           .meaning = "share of the zone's spending that goes to the outlet",
           .meaning_fr = "part des dépenses de la zone faites au point de vente",
           .source = "Huff (1963)"},
          &outlet_share);
  set.add({.name = "outlet_turnover",
           .code = "",
           .observatory = "OC",
           .unit = "1",
           .dims = {"outlet"},
           .measure = Measure::kFlow,
           .total = true,
           .meaning = "spending at the outlet per month, in the unit of the zones' table",
           .meaning_fr = "dépenses au point de vente par mois, dans l'unité de la table des zones"},
          &outlet_turnover);
}

}  // namespace metier::retail
