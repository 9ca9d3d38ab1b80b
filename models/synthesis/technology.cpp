#include "models/synthesis/technology.hpp"

#include "sim/core/math.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace metier::synthesis {

namespace {

constexpr double kMonthsPerYear = 12.0;
constexpr int kMostTechnologyRounds = 200;
constexpr double kSettled = 1e-13;

/// Costs of the month besides inputs and taxes: labour, wear of capital, interest [kEUR].
double own_cost(const Workforce& firms, const TechnologyParams& params, std::size_t i, double capital, double loan) {
  const double wages =
      static_cast<double>(firms.wage_bill[i]) / kCentsPerKiloEuro * (1.0 + params.employer_contributions);
  return wages + params.depreciation * capital + params.interest / kMonthsPerYear * loan;
}

}  // namespace

std::vector<double> outputs_from_people(const Workforce& firms, const SectorTechnology& sectors, double pay_weight) {
  const std::size_t n = firms.size(), kinds = sectors.size();
  std::vector<double> wages(kinds, 0.0), employees(kinds, 0.0), people(kinds, 0.0), pay(kinds, 0.0), staff(kinds, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t s = firms.sector[i];
    wages[s] += static_cast<double>(firms.wage_bill[i]);
    employees[s] += static_cast<double>(firms.employees[i]);
    people[s] += static_cast<double>(firms.employees[i] + firms.owners[i]);
    staff[s] += firms.staff(i);
  }
  // People without a wage count as if they earned the mean of the sector, open posts as if they were filled at the
  // establishment's own pay.
  const auto pay_of = [&](std::size_t i) {
    const double workers = firms.workers(i);
    if (workers <= 0.0) return 0.0;
    const std::size_t s = firms.sector[i];
    const double mean = employees[s] > 0.0 ? wages[s] / employees[s] : 1.0;
    const double unpaid = workers - static_cast<double>(firms.employees[i]);
    const double paid = employees[s] > 0.0 ? static_cast<double>(firms.wage_bill[i]) : 0.0;
    return (paid + mean * unpaid) * (firms.staff(i) / workers);
  };
  for (std::size_t i = 0; i < n; ++i) pay[firms.sector[i]] += pay_of(i);
  std::vector<double> output(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t s = firms.sector[i];
    if (staff[s] <= 0.0) continue;
    const double by_pay = pay[s] > 0.0 ? pay_of(i) / pay[s] * staff[s] : firms.staff(i);
    output[i] = sectors.output_per_worker[s] * people[s] / staff[s] *
                ((1.0 - pay_weight) * firms.staff(i) + pay_weight * by_pay);
  }
  return output;
}

std::vector<std::uint16_t> held_goods(const InputCoefficients& table, std::size_t user, bool never_employer, double cut,
                                      int keep) {
  std::vector<std::uint16_t> held;
  for (std::size_t g = 0; g < table.size(); ++g) {
    const double a = table.all(g, user);
    if (a > (never_employer ? 0.0 : cut)) held.push_back(static_cast<std::uint16_t>(g));
  }
  if (never_employer && held.size() > static_cast<std::size_t>(keep)) {
    std::stable_sort(held.begin(), held.end(),
                     [&](std::uint16_t a, std::uint16_t b) { return table.all(a, user) > table.all(b, user); });
    held.resize(static_cast<std::size_t>(keep));
    std::sort(held.begin(), held.end());
  }
  return held;
}

Recipes draw_recipes(const Workforce& firms, std::span<const std::size_t> good_of_sector,
                     std::span<const double> output, const InputCoefficients& table, std::span<const double> ceiling,
                     const TechnologyParams& params, const SynthesisKeys& keys) {
  const std::size_t n = firms.size(), goods = table.size(), groups = 2 * goods;
  Recipes recipes;
  recipes.begin.assign(n + 1, 0);
  recipes.basket_group.assign(n, 0);
  recipes.basket.assign(n, 0.0);
  recipes.basket_mix.assign(groups * goods, 0.0);

  // What each kind of user holds, and the basket of the rest.
  std::vector<std::vector<std::uint16_t>> held(groups);
  std::vector<double> rest(groups, 0.0);
  for (std::size_t group = 0; group < groups; ++group) {
    const std::size_t user = group / 2;
    held[group] = held_goods(table, user, group % 2 == 1, params.coefficient_cut, params.basket_keep);
    double* mix = recipes.basket_mix.data() + group * goods;
    for (std::size_t g = 0; g < goods; ++g) {
      const bool in_stock = std::binary_search(held[group].begin(), held[group].end(), static_cast<std::uint16_t>(g));
      if (!in_stock) rest[group] += mix[g] = std::max(0.0, table.all(g, user));
    }
    for (std::size_t g = 0; g < goods; ++g) mix[g] = rest[group] > 0.0 ? mix[g] / rest[group] : 0.0;
  }
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t group = 2 * good_of_sector[firms.sector[i]] + (firms.never_employer[i] != 0 ? 1 : 0);
    recipes.basket_group[i] = static_cast<std::uint16_t>(group);
    if (output[i] <= 0.0) continue;
    recipes.basket[i] = rest[group];
    recipes.begin[i] = static_cast<std::uint32_t>(held[group].size());
  }
  const std::size_t inputs = exclusive_scan(std::span<std::uint32_t>(recipes.begin));
  recipes.good.resize(inputs);
  recipes.coefficient.resize(inputs);
  for_each_row(n, [&](std::size_t i) {
    const std::size_t group = recipes.basket_group[i], first = recipes.begin[i], count = recipes.begin[i + 1] - first;
    if (count == 0) return;
    Draws draws = keys.draws(RngDomain::kSynthesisTechnology, firms.key[i]);
    for (std::size_t k = 0; k < count; ++k) {
      recipes.good[first + k] = held[group][k];
      recipes.coefficient[first + k] =
          table.all(held[group][k], group / 2) * math::exp(params.input_noise_sd * draws.normal());
    }
  });

  std::vector<double> sold(groups, 0.0);
  for (std::size_t i = 0; i < n; ++i) sold[recipes.basket_group[i]] += output[i];
  std::vector<double> usual_inputs(groups, 0.0);
  for (std::size_t group = 0; group < groups; ++group) {
    for (const std::uint16_t g : held[group]) usual_inputs[group] += table.all(g, group / 2);
  }
  // Inputs per output of each establishment: those of its kind, or what its ceiling leaves; the others of the kind then
  // share what is missing. The basket is lowered last, and nobody takes it over.
  std::vector<double> room(n, 0.0), level = usual_inputs;
  for (std::size_t i = 0; i < n; ++i) {
    const double most = std::max(0.0, ceiling[i]);
    recipes.basket[i] = std::min(recipes.basket[i], most);
    room[i] = most - recipes.basket[i];
  }
  for (int round = 0; round < kMostTechnologyRounds; ++round) {
    std::vector<double> kept(groups, 0.0), free(groups, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t group = recipes.basket_group[i];
      if (room[i] < level[group]) {
        kept[group] += output[i] * room[i];
      } else {
        free[group] += output[i];
      }
    }
    double moved = 0.0;
    for (std::size_t group = 0; group < groups; ++group) {
      if (free[group] <= 0.0) continue;  // nobody is left to take over: the kind uses less than the table says
      const double next = (usual_inputs[group] * sold[group] - kept[group]) / free[group];
      moved = std::max(moved, std::fabs(next - level[group]));
      level[group] = next;
    }
    if (moved < kSettled) break;
  }
  // Where all are at their ceiling, the kind uses less of every good than the table says.
  std::vector<double> used_share(groups, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t group = recipes.basket_group[i];
    const double usual = usual_inputs[group] * sold[group];
    if (usual > 0.0) used_share[group] += output[i] * std::min(level[group], room[i]) / usual;
  }
  // f (one per group and good) and h (one per establishment), in turn.
  std::vector<double> f(groups * goods, 1.0), h(n, 1.0), used(groups * goods);
  for (int round = 0; round < kMostTechnologyRounds; ++round) {
    std::fill(used.begin(), used.end(), 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t row = recipes.basket_group[i] * goods;
      for (std::size_t k = recipes.begin[i]; k < recipes.begin[i + 1]; ++k) {
        used[row + recipes.good[k]] += output[i] * h[i] * recipes.coefficient[k];
      }
    }
    double moved = 0.0;
    for (std::size_t group = 0; group < groups; ++group) {
      for (const std::uint16_t g : held[group]) {
        double& factor = f[group * goods + g];
        const double wanted = used[group * goods + g] > 0.0
                                  ? used_share[group] * table.all(g, group / 2) * sold[group] / used[group * goods + g]
                                  : 1.0;
        moved = std::max(moved, std::fabs(wanted - factor));
        factor = wanted;
      }
    }
    for_each_row(n, [&](std::size_t i) {
      const double* factor = f.data() + recipes.basket_group[i] * goods;
      double sum = 0.0;
      for (std::size_t k = recipes.begin[i]; k < recipes.begin[i + 1]; ++k)
        sum += factor[recipes.good[k]] * recipes.coefficient[k];
      h[i] = sum > 0.0 ? std::min(level[recipes.basket_group[i]], room[i]) / sum : 1.0;
    });
    if (moved < kSettled) break;
  }
  recipes.lowered.assign(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    const double* factor = f.data() + recipes.basket_group[i] * goods;
    double sum = 0.0;
    for (std::size_t k = recipes.begin[i]; k < recipes.begin[i + 1]; ++k)
      sum += recipes.coefficient[k] *= factor[recipes.good[k]] * h[i];
    const std::size_t group = recipes.basket_group[i];
    const double less_basket = rest[group] - recipes.basket[i];
    if (output[i] <= 0.0 || (room[i] >= usual_inputs[group] && less_basket <= 0.0)) continue;
    recipes.lowered[i] = output[i] * (usual_inputs[group] - sum + less_basket);
    ++recipes.lowered_units;
  }
  return recipes;
}

Technology settle_technology(const Workforce& firms, const SectorTechnology& sectors, const InputCoefficients& table,
                             const TechnologyParams& params, const SynthesisKeys& keys) {
  const std::size_t n = firms.size(), kinds = sectors.size();
  Technology t;
  t.output = outputs_from_people(firms, sectors, params.pay_weight);
  t.productivity.assign(n, 0.0);
  t.capital.assign(n, 0.0);
  t.capital_output.assign(n, 0.0);
  t.loan.assign(n, 0.0);
  t.other_cost.assign(n, 0.0);
  t.profit.assign(n, 0.0);
  t.sector_subsidy.assign(kinds, 0.0);

  std::vector<double> inputs(kinds), cost(kinds, 0.0), sold(kinds, 0.0), own(n, 0.0), normal(n, 0.0);
  for (std::size_t s = 0; s < kinds; ++s) {
    const std::size_t g = sectors.good[s];
    inputs[s] = table.domestic.column_sum(g) + table.imported.column_sum(g);
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double x = t.output[i];
    if (x <= 0.0) continue;
    const std::size_t s = firms.sector[i];
    const double workers = firms.workers(i), wanted = firms.staff(i);
    t.productivity[i] = x / (wanted * params.labour_use);
    normal[i] = x * workers / wanted;
    t.capital[i] = sectors.capital_years[s] * kMonthsPerYear * table.value_added[sectors.good[s]] * x;
    if (t.capital[i] > 0.0) t.capital_output[i] = x / (t.capital[i] * params.capital_use);
    t.loan[i] = sectors.loan_to_capital[s] * t.capital[i];
    own[i] = own_cost(firms, params, i, t.capital[i], t.loan[i]);
    cost[s] += own[i] / normal[i] * x;
    sold[s] += x;
  }

  // Profit per output: (1 - a - o) (1 - tau_K) - own cost. What is missing in the mean is the sector's subsidy.
  const double after_tax = 1.0 - params.production_tax;
  for (std::size_t s = 0; s < kinds; ++s) {
    if (sold[s] <= 0.0) continue;
    const double profit = (1.0 - inputs[s] - table.input_tax[sectors.good[s]]) * after_tax - cost[s] / sold[s];
    t.sector_subsidy[s] = std::max(0.0, (params.sector_profit_min - profit) / after_tax);
  }
  std::vector<double> ceiling(n, std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < n; ++i) {
    const double x = t.output[i];
    const std::size_t s = firms.sector[i];
    t.other_cost[i] = table.input_tax[sectors.good[s]] - t.sector_subsidy[s];
    if (x <= 0.0) continue;
    ceiling[i] = 1.0 - t.other_cost[i] - (own[i] / normal[i] + params.unit_profit_min) / after_tax;
  }
  t.recipes = draw_recipes(firms, sectors.good, t.output, table, ceiling, params, keys);
  for (std::size_t i = 0; i < n; ++i) {
    const double x = t.output[i];
    if (x <= 0.0) continue;
    double a = t.recipes.basket[i];
    for (std::size_t k = t.recipes.begin[i]; k < t.recipes.begin[i + 1]; ++k) a += t.recipes.coefficient[k];
    t.profit[i] = x * (1.0 - a - t.other_cost[i]) * after_tax - own[i];
  }
  return t;
}

}  // namespace metier::synthesis
