#pragma once
#include "models/firms/columns.hpp"
#include "models/io/columns.hpp"
#include "models/io/params.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"

#include <optional>
#include <span>

namespace metier::io {

/// What one establishment holds of its inputs, for a production rule.
struct InputsOf {
  std::span<const double> coefficient;  ///< a_gi
  std::span<const double> stock;        ///< S_gi [kEUR2018]
  std::span<const float> criticality;   ///< 1, 0.5, 0
};

/// The largest output that the stocks of inputs allow, before capacity and demand; infinity when none binds.
///
/// Equations (models/io/README.md eq. 4), r_g = S_g / a_g:
///   leontief           min over all g of r_g
///   strongly_critical  min over critical and important
///   half_critical      min(min over critical, (min over important + x_ref) / 2)
///   weakly_critical    min over critical
///   linear             sum S / sum a (perfect substitutes)
///   ces                (sum_g (a_g / a) r_g^rho)^(1/rho), rho = (sigma - 1) / sigma
/// Symbols   x_ref mean capacity of 12 months; sigma = params.ces_sigma
/// Source    Pichler et al. (2022), J. Econ. Dyn. Control 144
double input_limit(Mode mode, const InputsOf& inputs, double reference, double ces_sigma);

/// The input that sets the limit `input_limit` found, the first of equals; none where all set it together (`linear`,
/// `ces`).
std::optional<std::size_t> binding_input(Mode mode, const InputsOf& inputs, double reference, double limit);

struct ProductionView {
  In<firms::GoodOf> good;
  In<firms::Employees> employees;
  In<firms::SelfEmployed> owners;
  In<firms::SideWorkers> side;
  In<firms::Productivity> productivity;
  In<firms::Capital> capital;
  In<firms::CapitalOutput> capital_output;
  In<firms::Plan> plan;
  In<firms::OrdersNow> orders;
  In<Storable> storable;
  In<InputBegin> begin;
  In<InputCount> count;
  In<InputGood> input_good;
  In<Energy> energy;
  In<Coefficient> coefficient;
  In<Criticality> criticality;
  InOut<Stock> stock;
  InOut<firms::CapacityMean> capacity_mean;
  Out<firms::Capacity> capacity;
  Out<firms::OutputNow> now;
  InOut<firms::Output> output;
  Out<firms::BoundBy> bound;
  InOut<firms::InputShortfall> shortfall;
};

/// Produces: output is the least of plan (services: the order book), capacity and what stocks allow; uses inputs.
///
/// Equations x = min(Q, x_cap, x_inputs); x_cap = min(A N alpha_max, K kcap)                (README eq. 3, 5)
///           use_g = min(a_g x, S_g), S_g -= use_g: what is not there is not used, nothing is created
/// Bound     energy where the one input that sets the limit is a source of it; `linear` and `ces` have no such one
/// Parts     rates are per month; a part of length h of the month uses a_g x h, so that stocks allow x <= S / (a h)
/// Errors    none; stocks stay >= 0
void produce(const Step& step, const Params& params, const SubStep& sub, ProductionView view);

/// Null model (`io.mode: none`): output is what is ordered; neither capacity nor stocks bind, inputs come as they are
/// used.
void produce_orders(const Step& step, const SubStep& sub, In<firms::OrdersNow> orders, Out<firms::OutputNow> now,
                    InOut<firms::Output> output, Out<firms::BoundBy> bound);

/// Inputs are used as they come (`io.mode: none`, `io.stocks: infinite`): stocks stay as they are.
void use_deliveries(const Step& step, In<Delivered> delivered, InOut<Stock> stock);

}  // namespace metier::io
