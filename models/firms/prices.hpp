#pragma once
#include "models/firms/columns.hpp"
#include "models/firms/expectations.hpp"
#include "models/firms/params.hpp"
#include "models/io/columns.hpp"
#include "models/outside/columns.hpp"
#include "models/outside/params.hpp"
#include "models/tax/params.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"

namespace metier::firms {

/// What the cost of one unit is made of.
struct CostView {
  In<GoodOf> good;
  In<Employees> employees;
  In<SelfEmployed> owners;
  In<SideWorkers> side;
  In<WageBill> wage_bill;
  In<Productivity> productivity;
  In<Capital> capital;
  In<Price> price;
  In<io::InputBegin> input_begin;
  In<io::InputCount> input_count;
  In<io::InputGood> input_good;
  In<io::Coefficient> coefficient;
  In<io::ShareRof> share_rof;
  In<io::ShareNwe> share_nwe;
  In<io::ShareRow> share_row;
  In<io::LinkBegin> link_begin;
  In<io::LinkCount> link_count;
  In<io::Supplier> supplier;
  In<io::LinkShare> link_share;
  In<io::BasketGroupOf> basket_group;
  In<io::BasketCoefficient> basket;
  In<io::BasketPrice> basket_price;
  In<io::OutsidePrice> outside_price;
  In<OtherCost> other_cost;
  In<outside::InvestmentPrice> investment_price;
};

/// Cost of one unit at normal output, at the prices its suppliers ask now.
///
/// Equation  uc = (W (1 + tau) + delta_K K p_K) / Qn + sum_g a_gi p_g + a_basket p_basket + o,   Qn = A N u_h
/// Symbols   W wage bill [kEUR/month], tau employer contributions, delta_K K p_K wear of capital [kEUR/month],
///           a_gi input coefficients, o other cost per unit (taxes on inputs)              (README eq. 4)
/// Used by update_costs and, at t = 0, to set the mark-ups that make the price 1.
double unit_cost_of(std::size_t firm, const CostView& cost, const Params& params, const tax::Params& tax);

/// Recomputes the unit cost of the establishments that reset their price this month. Who needs people and has nobody
/// keeps the last one: without wages a unit would seem to cost next to nothing, and the whole world would order there.
/// Random    domain kFirmPrice, key firm.key: the same uniform as set_prices, so that both agree on who resets
void update_costs(const Step& step, const Params& params, const tax::Params& tax, CostView cost, In<Key> key,
                  In<io::Storable> storable, Random<RngDomain::kFirmPrice> random, InOut<UnitCost> unit_cost);

/// With probability phi an establishment moves its mark-up and resets its price.
///
/// Equations p = (1 + mu) uc (1 + pi)^a;  ln(1 + mu) <- ln(1 + mu) + kappa (ln(1 + mu*) - ln(1 + mu)) +- |xi|,
///           + when sales press on supply, else -;  xi ~ N(0, sigma_mu^2)
/// Symbols   mu* mark-up of t = 0; kappa = markup_return; pi outside.inflation, 0 where the world stands still (in the
///           burn-in and with outside.mode constant);
///           a = (1 - phi) / (12 phi) mean age of a price [years]: what is set now stands on average so long (decision
///           0012)
///           Sales press when finished stock < nu de (storable) or orders > de (services, which hold no stock)
///           (README eq. 5, 6; the rule for services is ours: with no stock the storable rule would only ever rise)
/// Random    domain kFirmPrice, key firm.key: one uniform (reset), one normal (step)
/// Modes     fixed: the price never moves
///           canvas: the price is (1 + mu) uc; where it is the price that answers the gap of demand (below),
///           1 + mu <- (1 + mu)(1 + gap)                                                          (README eq. 7)
/// Bounds    one reset moves a price by `price_move_max` at most
void set_prices(const Step& step, const Params& params, const outside::Params& outside, In<Key> key, In<GoodOf> good,
                In<io::Storable> storable, In<Orders> orders, In<ExpectedDemand> expected, In<FinishedStock> stock,
                In<UnitCost> unit_cost, In<MarkupNormal> normal, In<io::PriceLevel> price_level,
                Random<RngDomain::kFirmPrice> random, InOut<Markup> markup, InOut<Price> price);

/// CANVAS rule for quantities (`firms.pricing: canvas`), in place of `expect_demand`.
///
/// Equations gap = clip(d / q - 1, +-price_move_max),  q = de + s_fin - nu de (storable), de (services)
///           gap >= 0 and p >= p_g, or gap < 0 and p < p_g: the quantity answers, de <- de (1 + gap);
///           else the price does, at the next reset; then de <- de (1 + gamma_s) as in expect_demand (README eq. 7)
/// Symbols   d orders of last month, p_g mean price of the good's producers
/// Random    none
/// Source    Hommes et al. (2022), CANVAS; the cap from BeforeIT (uncapped moves reach 200 %)
void answer_by_quantity(const Step& step, const Params& params, In<SectorOf> sector, In<GoodOf> good,
                        In<io::Storable> storable, In<Orders> orders, In<FinishedStock> stock, In<Price> price,
                        In<io::PriceLevel> price_level, In<Outlook> outlook, InOut<ExpectedDemand> expected);

}  // namespace metier::firms
