#pragma once
#include "models/accounts.hpp"
#include "models/io/columns.hpp"
#include "models/io/params.hpp"
#include "models/outside/columns.hpp"
#include "models/outside/params.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"
#include "sim/engine/ledger.hpp"

namespace metier::outside {

/// Moves the demand and the prices of the three outside economies to this month.
///
/// Equations month observed:   index_zg = observed_g(t), deviation_zg = ln(index_zg / trend(t))
///           afterwards:       deviation <- alpha deviation + sigma (sqrt(c) e_common + sqrt(1 - c) e_zg), index =
///           trend e^deviation trend(t) = (1 + growth)^(t/12);  outside price = (1 + inflation)^(t/12)
///           outside productivity = (1 + productivity_growth)^(whole years since t = 0), seen each December as here
///           (models/outside/README.md eq. 1-3)
/// Symbols   alpha = persistence [1/month], sigma = shock_sd [1/month], c = common_share of the variance
/// Random    domain kOutsideShock; key 0 the common shock, key 1 + row of zone_good its own; one normal each
/// Modes     observed_then_ar1; ar1 (nothing observed); path (the imposed path, held after its end); constant
/// Source    estimates on France 2000-2019, models/outside/README.md
void observe_world(const Step& step, const Params& params, In<ObservedDemand> observed,
                   Random<RngDomain::kOutsideShock> random, InOut<DemandDeviation> deviation, Out<DemandIndex> index,
                   Out<io::OutsidePrice> price, Out<io::ImportFill> import_fill, Out<OutsidePriceLevel> level,
                   Out<OutsideProductivity> productivity);

struct OutsideOrders {
  In<BaseExports> base_exports;
  In<DemandIndex> index;
  In<io::OutsidePrice> outside_price;
  In<BasePublic> base_public;
  In<io::PriceLevel> price_level;
  In<firms::GoodOf> good;
  In<firms::Appeal> appeal;
  In<firms::Attraction> attraction;
  In<firms::ShareExport> share_export;
  In<firms::SharePublic> share_public;
};
/// Orders of the outside economies and of government to local producers.
///
/// Equations D_g = sum_z exports0_zg index_zg (p_g / p_out_g)^-eta, split over producers by share, appeal and price;
///           public consumption: real growth of the trend, no response to prices of one producer        (README eq. 4,
///           5)
void order(const Step& step, const Params& params, OutsideOrders view, Out<firms::OrderExport> exports,
           Out<firms::OrderPublic> public_order);

struct OutsidePayments {
  In<firms::OrderExport> exports;
  In<firms::OrderPublic> public_order;
  In<firms::FillOther> fill;
  In<firms::Price> price;
  In<firms::GoodOf> good;
  In<BaseExports> base_exports;
  In<DemandIndex> index;
  In<households::Households> cells;
};
/// Pays for exports and public consumption: outside economies and government -> producers, one integer each.
/// The payment of an establishment's exports is split over the three economies by their shares in the demand for its
/// good.
void pay(const Step& step, OutsidePayments view, Add<Ledger> ledger, InOut<firms::SalesCents> sales,
         Out<ExportCents> export_cents, Out<PublicCents> public_cents);

}  // namespace metier::outside
