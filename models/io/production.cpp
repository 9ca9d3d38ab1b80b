#include "models/io/production.hpp"

#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <limits>

namespace metier::io {

namespace {
constexpr double kUnlimited = std::numeric_limits<double>::infinity();

/// Least S/a over the inputs of at least this criticality and less than `below`.
double least_ratio(const InputsOf& inputs, float at_least, float below) {
  double least = kUnlimited;
  for (std::size_t k = 0; k < inputs.coefficient.size(); ++k) {
    if (inputs.criticality[k] < at_least || inputs.criticality[k] >= below || inputs.coefficient[k] <= 0.0) continue;
    least = std::min(least, inputs.stock[k] / inputs.coefficient[k]);
  }
  return least;
}

constexpr float kAll = -1.0f, kImportant = 0.5f, kCritical = 1.0f, kAbove = 2.0f;

double substitutes(const InputsOf& inputs) {
  double stock = 0.0, use = 0.0;
  for (std::size_t k = 0; k < inputs.coefficient.size(); ++k) {
    stock += inputs.stock[k];
    use += inputs.coefficient[k];
  }
  return use > 0.0 ? stock / use : kUnlimited;
}

double constant_elasticity(const InputsOf& inputs, double sigma) {
  const double rho = (sigma - 1.0) / sigma;
  double use = 0.0, sum = 0.0;
  for (std::size_t k = 0; k < inputs.coefficient.size(); ++k) use += inputs.coefficient[k];
  if (use <= 0.0) return kUnlimited;
  for (std::size_t k = 0; k < inputs.coefficient.size(); ++k) {
    if (inputs.coefficient[k] <= 0.0) continue;
    if (inputs.stock[k] <= 0.0) return 0.0;  // sigma < 1: no input can be done without
    sum += inputs.coefficient[k] / use * math::pow(inputs.stock[k] / inputs.coefficient[k], rho);
  }
  return math::pow(sum, 1.0 / rho);
}

/// Inputs of at least this criticality bind in full; none where no single input does.
std::optional<float> least_binding(Mode mode) {
  switch (mode) {
    case Mode::kLeontief:
    case Mode::kArioPsi: return kAll;
    case Mode::kStronglyCritical: return kImportant;
    case Mode::kWeaklyCritical:
    case Mode::kHalfCritical:
    case Mode::kPichlerDaily: return kCritical;
    case Mode::kLinear:
    case Mode::kCes:
    case Mode::kNone: break;
  }
  return std::nullopt;
}

/// Do important inputs bind by half, between their limit and the usual output?
bool half_binds(Mode mode) { return mode == Mode::kHalfCritical || mode == Mode::kPichlerDaily; }

double half_limit(double important, double reference) { return 0.5 * (important + reference); }
}  // namespace

double input_limit(Mode mode, const InputsOf& inputs, double reference, double ces_sigma) {
  if (const auto at_least = least_binding(mode)) {
    const double limit = least_ratio(inputs, *at_least, kAbove);
    if (!half_binds(mode)) return limit;
    const double important = least_ratio(inputs, kImportant, kCritical);
    return important == kUnlimited ? limit : std::min(limit, half_limit(important, reference));
  }
  if (mode == Mode::kLinear) return substitutes(inputs);
  return mode == Mode::kCes ? constant_elasticity(inputs, ces_sigma) : kUnlimited;
}

std::optional<std::size_t> binding_input(Mode mode, const InputsOf& inputs, double reference, double limit) {
  const auto at_least = least_binding(mode);
  for (std::size_t k = 0; at_least && k < inputs.coefficient.size(); ++k) {
    if (inputs.coefficient[k] <= 0.0) continue;
    // The limit came from the same division, whose result is the same double.
    const double ratio = inputs.stock[k] / inputs.coefficient[k];
    const bool sets = inputs.criticality[k] >= *at_least && ratio == limit;
    const bool half_sets = half_binds(mode) && inputs.criticality[k] >= kImportant &&
                           inputs.criticality[k] < kCritical && half_limit(ratio, reference) == limit;
    if (sets || half_sets) return k;
  }
  return std::nullopt;
}

void produce(const Step&, const Params& params, const SubStep& sub, ProductionView v) {
  const double length = sub.length(), per_part = 1.0 / length;
  // With infinite stocks nothing binds and nothing runs down.
  const bool finite = params.stocks == Stocks::kFinite;
  for_each_row(v.output.size(), [&](std::size_t i) {
    const std::size_t begin = v.begin[i], count = v.count[i];
    const double workers = static_cast<double>(v.employees[i] + v.owners[i]) + static_cast<double>(v.side[i]);
    const double by_labour = v.productivity[i] * workers * params.alpha_max;
    const double by_capital = v.capital[i] * v.capital_output[i];
    const double capacity = std::min(by_labour, by_capital);
    const double wanted = v.storable[v.good[i]] != 0 ? v.plan[i] : v.orders[i];

    const InputsOf inputs{v.coefficient.span().subspan(begin, count), v.stock.span().subspan(begin, count),
                          v.criticality.span().subspan(begin, count)};
    const double reference = length * v.capacity_mean[i];
    const double limit = finite ? input_limit(params.mode, inputs, reference, params.ces_sigma) : kUnlimited;
    const double by_input = per_part * limit;

    double x = wanted;
    firms::Bound bound = firms::Bound::kDemand;
    if (capacity < x) {
      x = capacity;
      bound = by_labour <= by_capital ? firms::Bound::kLabour : firms::Bound::kCapital;
    }
    if (by_input < x) {
      x = by_input;
      const auto which = binding_input(params.mode, inputs, reference, limit);
      const bool energy = which && v.energy[v.input_good[begin + *which]] != 0;
      bound = energy ? firms::Bound::kEnergy : firms::Bound::kInput;
    }

    double missing = 0.0;
    for (std::size_t k = begin; finite && k < begin + count; ++k) {
      const double need = v.coefficient[k] * x * length;
      const double use = std::min(need, v.stock[k]);
      v.stock[k] -= use;
      missing += need - use;
    }
    sub.add(v.shortfall[i], missing);
    v.capacity[i] = capacity;
    if (sub.index == 0) v.capacity_mean[i] += (capacity - v.capacity_mean[i]) / 12.0;
    v.now[i] = x;
    sub.average(v.output[i], x);
    v.bound[i] = bound;
  });
}

void produce_orders(const Step&, const SubStep& sub, In<firms::OrdersNow> orders, Out<firms::OutputNow> now,
                    InOut<firms::Output> output, Out<firms::BoundBy> bound) {
  for_each_row(output.size(), [&](std::size_t i) {
    now[i] = orders[i];
    sub.average(output[i], now[i]);
    bound[i] = firms::Bound::kDemand;
  });
}

void use_deliveries(const Step&, In<Delivered> delivered, InOut<Stock> stock) {
  for_each_row(stock.size(), [&](std::size_t k) { stock[k] -= delivered[k]; });
}

}  // namespace metier::io
