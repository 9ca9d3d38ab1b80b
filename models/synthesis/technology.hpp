#pragma once
#include "models/synthesis/keys.hpp"
#include "models/synthesis/regional_table.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// What every establishment makes and how: output, recipe, capital (models/synthesis/README.md, part C).
namespace metier::synthesis {

/// The establishments as employers, one entry per row of the table `firm`; row 0 has nobody.
struct Workforce {
  std::span<const std::uint64_t> key;
  std::span<const std::uint16_t> sector;
  std::span<const std::int32_t> employees, owners;
  std::span<const float> side;                   ///< worker-equivalents of units with nobody on their books
  std::span<const std::int64_t> wage_bill;       ///< cent/month
  std::span<const std::uint8_t> never_employer;  ///< 1: a unit without employees, which buys through a basket
  std::span<const std::int32_t> posts;           ///< open posts, part of the staff that output calls for

  [[nodiscard]] std::size_t size() const { return key.size(); }
  [[nodiscard]] double workers(std::size_t i) const {
    return static_cast<double>(employees[i] + owners[i]) + static_cast<double>(side[i]);
  }
  /// Workers and open posts: the staff that output calls for.
  [[nodiscard]] double staff(std::size_t i) const { return workers(i) + static_cast<double>(posts[i]); }
};

/// One entry per sector.
struct SectorTechnology {
  std::vector<std::size_t> good;
  std::vector<double> output_per_worker;  ///< A_s [kEUR2018/worker/month], of the people on the books
  std::vector<double> capital_years;      ///< capital over annual value added
  std::vector<double> loan_to_capital;

  [[nodiscard]] std::size_t size() const { return good.size(); }
};

/// Assumptions of technology, and the rates that enter costs.
struct TechnologyParams {
  double pay_weight = 1.0;  ///< theta: how far output per worker follows pay inside a sector
  double input_noise_sd = 0.15;
  double coefficient_cut = 0.01;
  int basket_keep = 3;              ///< inputs that a unit without employees holds in stock
  double sector_profit_min = 0.03;  ///< of output, before corporate tax, mean of a sector
  double unit_profit_min = 0.005;   ///< the same, of each establishment
  double labour_use = 0.95, capital_use = 0.80;
  double depreciation = 0.0072;  ///< 1/month
  double employer_contributions = 0.30, production_tax = 0.03;
  double interest = 0.02;  ///< 1/year, on loans
};

/// Output of every establishment from its people.
///
/// Equation  x_i = m_s A_s (N_i + V_i) ((1 - theta) + theta pay_i / pay_s);  pay_i = (wage bill + mean sector wage x
///           people without a wage) / N_i, pay_s its mean; m_s such that the outputs of sector s sum to A_s times the
///           people on its books
/// Symbols   N_i workers incl. side_workers, V_i open posts (output calls for them, so that at normal output labour
///           costs the same share everywhere); theta = pay_weight: establishments that pay more make more per head
std::vector<double> outputs_from_people(const Workforce& firms, const SectorTechnology& sectors, double pay_weight);

/// Goods that a user holds in stock; the others make its basket.
///
/// Employers hold the goods with a coefficient above the cut, units without employees those with the largest
/// coefficients. Goods ascending.
std::vector<std::uint16_t> held_goods(const InputCoefficients& table, std::size_t user, bool never_employer, double cut,
                                      int keep);

/// Inputs by establishment and the baskets, all origins together.
struct Recipes {
  std::vector<std::uint32_t> begin;         ///< first input of each establishment, and the end
  std::vector<std::uint16_t> good;          ///< of each input, ascending inside an establishment
  std::vector<double> coefficient;          ///< a_gi
  std::vector<std::uint16_t> basket_group;  ///< 2 x good of the user + (1: unit without employees)
  std::vector<double> basket;               ///< volume of the basket per unit of output; less than usual where the
                                            ///< ceiling of inputs is below it
  std::vector<double> basket_mix;           ///< group x good; a group's row sums to 1, or to 0 where nothing is left
  std::size_t lowered_units = 0;            ///< establishments whose inputs were lowered so that they do not lose money
  std::vector<double> lowered;  ///< by how much [kEUR2018/month], made up for by the others of their kind that can
};

/// Recipes with a mix of their own whose mean, weighted by output, is the table's, good by good.
///
/// Equation  a_gi = a_gs e^(eps) f_g h_i, eps ~ N(0, input_noise_sd^2) for the goods held, f_g such that sum_i x_i a_gi
///           = a_gs sum_i x_i over the user's employers (and over its units without employees), h_i such that the
///           inputs of i sum to those of its kind, at most to ceiling_i less its basket, which is itself at most
///           ceiling_i; f and h are found together by iteration. Who
///           uses more of one good uses less of another: noise that moved the sum, too, would be of the size of the
///           profits and make one establishment in five lose money (decision 0013)
/// Random    domain kSynthesisTechnology, key = establishment, one normal per good held, goods ascending
Recipes draw_recipes(const Workforce& firms, std::span<const std::size_t> good_of_sector,
                     std::span<const double> output, const InputCoefficients& table, std::span<const double> ceiling,
                     const TechnologyParams& params, const SynthesisKeys& keys);

/// Everything about an establishment that does not depend on who it trades with.
struct Technology {
  std::vector<double> output;          ///< x [kEUR2018/month]
  std::vector<double> productivity;    ///< output of one worker at full use
  std::vector<double> capital;         ///< kEUR2018
  std::vector<double> capital_output;  ///< 1/month
  std::vector<double> loan;            ///< kEUR
  std::vector<double> other_cost;      ///< taxes on inputs less subsidies on production, per unit of output
  std::vector<double> profit;          ///< before corporate tax [kEUR/month] at prices 1
  Recipes recipes;
  std::vector<double> sector_subsidy;  ///< per unit of output
};

/// Puts output, capital, loans and recipes together so that at prices 1 nobody loses money.
///
/// Equations K = capital_years 12 v_g x (v_g value added per output); kcap = x / (K capital_use);
///           A = x / ((N + V) labour_use), V open posts: staff wanted at t = 0 is staff and posts
///           profit = (x (1 - a - o)) (1 - tau_K) - W (1 + tau) - delta K - r L / 12
/// Profit is held against its floors at normal output, x N / (N + V), at which prices are set: so mark-ups are
/// positive, too. A sector whose mean profit would be below sector_profit_min of its output gets a subsidy on
/// production, the same rate for all its units (o = tax on inputs - subsidy): national accounts hold such subsidies,
/// the table does not. An establishment below unit_profit_min has its inputs lowered to that point; the others of its
/// kind take them over (draw_recipes).
Technology settle_technology(const Workforce& firms, const SectorTechnology& sectors, const InputCoefficients& table,
                             const TechnologyParams& params, const SynthesisKeys& keys);

}  // namespace metier::synthesis
