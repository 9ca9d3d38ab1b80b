#pragma once
#include "models/retail/params.hpp"
#include "sim/core/column.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"
#include "sim/engine/indicators.hpp"

#include <string>
#include <vector>

namespace metier {
class Problems;
class World;
}  // namespace metier

/// Huff's law over outlets and zones of the user's own (`retail.outlets`, `retail.zones`, with `space: none`).
namespace metier::retail {

struct UserOutlet {
  static constexpr TableInfo info{"user_outlet", "one row per outlet of the user's table"};
};
struct UserZone {
  static constexpr TableInfo info{"user_zone", "one row per zone of the user's table"};
};
/// row = zone * outlets + outlet
struct UserTrip {
  static constexpr TableInfo info{"user_trip", "one row per (zone, outlet) of the user's tables, outlet fastest"};
};

struct UserSize : ColumnOf<double, UserOutlet> {
  static constexpr ColumnInfo info{"user_outlet.size", "1", "size of the outlet (S), in the user's unit"};
};
struct UserQuality : ColumnOf<double, UserOutlet> {
  static constexpr ColumnInfo info{"user_outlet.quality", "utils", "quality term of the outlet (q)"};
};
struct UserTurnover : ColumnOf<double, UserOutlet> {
  static constexpr ColumnInfo info{"user_outlet.turnover", "1/month", "spending at the outlet, in the user's unit"};
};
struct UserSpending : ColumnOf<double, UserZone> {
  static constexpr ColumnInfo info{"user_zone.spending", "1/month", "spending of the zone, in the user's unit"};
};
struct UserMinutes : ColumnOf<double, UserTrip> {
  static constexpr ColumnInfo info{"user_trip.minutes", "min", "travel time from the zone to the outlet"};
};
struct UserShare : ColumnOf<double, UserTrip> {
  static constexpr ColumnInfo info{"user_trip.share", "share", "share of the zone's spending that goes to the outlet"};
};

/// What the two files say.
struct UserShops {
  std::vector<std::string> outlets, zones;  ///< labels
  std::vector<double> size, quality;        ///< by outlet
  std::vector<double> spending;             ///< by zone
  std::vector<double> minutes;              ///< zones x outlets
};
/// Reads `retail.outlets` (CSV label,size[,quality]) and `retail.zones` (CSV label,spending, one column of minutes per
/// outlet). Problems: what is wrong with the files, columns that do not match the outlets, labels that are empty or
/// stand twice, sizes and minutes that are not above 0, negative spending.
UserShops read_user_shops(const Params& params, Problems& problems);
void build_user_shops(World& world, const UserShops& shops);

/// Spends what every zone has over the outlets.
///
/// Equation  P_zj = S_j^a e^{q_j} t_zj^-gamma / sum_k S_k^a e^{q_k} t_zk^-gamma;  turnover_j = sum_z P_zj spending_z
/// Symbols   a = retail.size_exponent, gamma = retail.distance_daily
/// Source    Huff (1963), Land Economics 39(1)
void share_outlets(const Step& step, const Params& params, In<UserSize> size, In<UserQuality> quality,
                   In<UserSpending> spending, In<UserMinutes> minutes, Out<UserShare> share,
                   Out<UserTurnover> turnover);

/// `outlet_share` (zone, outlet) and `outlet_turnover` (outlet).
void add_user_shop_indicators(IndicatorSet& set);

}  // namespace metier::retail
