#pragma once
#include "models/retail/columns.hpp"
#include "models/retail/params.hpp"
#include "models/tax/params.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"

#include <span>
#include <vector>

namespace metier::retail {

/// Huff's law for one origin: shares of destinations by attraction and travel time; they sum to 1 (0 if nothing
/// attracts).
///
/// Equation  P_z = W_z t_z^-gamma / sum_k W_k t_k^-gamma       Source  Huff (1963), Land Economics 39(1)
void huff_shares(std::span<const double> attraction, std::span<const float> minutes, double gamma,
                 std::span<double> shares);
void huff_shares(std::span<const double> attraction, std::span<const double> minutes, double gamma,
                 std::span<double> shares);

/// t^-gamma of every pair of places for the four distance classes; made once per run from constants.
struct DeterrenceTables {
  std::vector<double> gamma;                ///< exponents the tables were made for
  std::vector<std::vector<double>> tables;  ///< per class: origin commune x place
};

struct HuffView {
  In<households::Budget> budget;
  In<CategorySpending> category_spending;
  In<MarginShare> margin;
  In<CategoryMix> mix;
  In<EcommerceShare> ecommerce;
  In<DistanceClass> distance_class;
  In<OutletBegin> begin;
  In<OutletCount> count;
  In<OutletFirm> outlet_firm;
  In<OutletSize> size;
  In<OutletQuality> quality;
  In<PoleAttraction> pole;
  In<sites::CarMinutes> minutes;
  In<firms::Price> price;
  In<firms::GoodOf> good;
  In<io::PriceLevel> price_level;
};

/// The tables for the exponents of now; made anew only when these have changed.
void make_tables(DeterrenceTables& tables, const Params& params, std::span<const float> minutes, std::size_t communes,
                 std::size_t places);

/// Attraction of an outlet: S^a e^q (p / p_g)^-eps.
double outlet_attraction(const Params& params, const HuffView& view, std::size_t outlet);

/// Part of a category that is bought online this month: e_k + slope years, 0 where nothing was at t = 0, at most 1.
double online_share(const Step& step, const Params& params, const HuffView& view, std::size_t category);

/// Spends the budgets of the communes over outlets, poles outside and e-commerce.
///
/// Equations spending_ck = s_k sum_q budget_cq / (1 + vat); e-commerce takes e_k(t) = e_k + slope years (at most 1)
///           P_cj proportional to S_j^a e^{q_j} (p_j / p_g)^-eps tt_c,z(j)^-gamma_k          (models/retail/README.md
///           eq. 1) turnover_j = sum_c P_cj spending_ck; output ordered = margin_k turnover_j / p_j; the rest of the
///           till goes to the goods behind the counter, by the category's mix
/// Cost      commune x place x category, and one pass over outlets
/// Modes     with households.mode `none` the process is not in the schedule
void allocate(const Step& step, const Params& params, const tax::Params& tax, HuffView view,
              Scratch<DeterrenceTables> tables, Out<OutletTurnover> turnover, Out<Spending> spending,
              Out<Captured> captured, Out<CapturedAtHome> at_home, Out<CounterGoods> counter_goods,
              Out<firms::OrderRetail> order);

}  // namespace metier::retail
