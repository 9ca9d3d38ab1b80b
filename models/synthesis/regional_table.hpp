#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

/// From a national input-output table to the purchases a territory makes inside itself: coefficients, location
/// quotients, shares of local origin, balance. Pure functions over dense arrays (models/synthesis/README.md, part C).
namespace metier::synthesis {

/// Square matrix of `size` rows and columns, row after row; rows supply, columns use.
struct SquareMatrix {
  std::size_t size = 0;
  std::vector<double> cells;

  SquareMatrix() = default;
  explicit SquareMatrix(std::size_t n, double value = 0.0) : size(n), cells(n * n, value) {}
  double& at(std::size_t row, std::size_t column) { return cells[row * size + column]; }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const { return cells[row * size + column]; }
  [[nodiscard]] double column_sum(std::size_t column) const;
  [[nodiscard]] double row_sum(std::size_t row) const;
};

/// A national table with its accounts: flows per year in one money unit, one entry per industry or good.
struct NationalTable {
  SquareMatrix domestic, imported;  ///< intermediate flows, rows supply
  std::vector<double> output, value_added;
  std::vector<double> input_taxes;  ///< taxes less subsidies on inputs
  std::vector<double> households_domestic, households_imported;
  std::vector<double> public_domestic;  ///< government and non-profit bodies, domestic part
  std::vector<double> investment_domestic, investment_imported;
  std::vector<double> exports;

  NationalTable() = default;
  explicit NationalTable(std::size_t n);
  [[nodiscard]] std::size_t size() const { return output.size(); }
};

/// Adds up rows and columns and multiplies every flow by `factor` (currency and year).
///
/// good_of: row of the good for each industry, 0 .. goods - 1
NationalTable aggregate(const NationalTable& industries, std::span<const std::size_t> good_of, std::size_t goods,
                        double factor);

/// Inputs per unit of output: a^d, a^m, taxes; column s is the recipe of user s. A good without output has no inputs.
struct InputCoefficients {
  SquareMatrix domestic, imported;
  std::vector<double> input_tax, value_added;

  [[nodiscard]] std::size_t size() const { return domestic.size; }
  /// Inputs of all origins, a = a^d + a^m.
  [[nodiscard]] double all(std::size_t good, std::size_t user) const {
    return domestic.at(good, user) + imported.at(good, user);
  }
};
InputCoefficients coefficients_of(const NationalTable& table);

/// How the local part of domestic purchases is estimated: Flegg's quotient, or cross-industry quotients alone.
enum class Regionalise { kFlq, kCilq, kGravity };

/// Size factor of Flegg's location quotient.
///
/// Equation  lambda* = [log2(1 + r)]^delta,  r = E^r / E^n
/// Source    Flegg & Webber (1997), Regional Studies 31(8)
double flq_size_factor(double employment_share, double delta);

/// Share of domestic purchases of good g by user s that is made locally.
///
/// Equations CILQ_gs = LQ_g / LQ_s (g != s), LQ_g on the diagonal;  t_gs = min(1, lambda* CILQ_gs)  (lambda* = 1: CILQ
/// alone) Source    Flegg & Tohmo (2013), Regional Studies 47(5); CILQ: Miller & Blair (2009), Input-Output Analysis,
/// ch. 8
SquareMatrix local_trade_shares(std::span<const double> location_quotients, double employment_share, double delta,
                                Regionalise mode);

/// The same by gravity: one share per good, whoever the user is (mode `gravity`).
///
/// Equation  t_g = LQ_g r here / (LQ_g r here + elsewhere)
/// Symbols   r = E^r / E^n, so that LQ_g r is the territory's share of the country's makers of g; here: mean over
/// buyers
///           and sellers of d^-rho inside the territory [km^-rho]; elsewhere: sum over the other parts of the country
///           of (their share of jobs) d^-rho, each with the national mix of goods
/// Source    Leontief & Strout (1963); gravity beside location quotients: Riddington, Gibson & Anderson (2006),
/// Regional
///           Studies 40(9) (abstract)
SquareMatrix gravity_trade_shares(std::span<const double> location_quotients, double employment_share, double here,
                                  double elsewhere);

/// Inputs per unit of output by origin; local + rest_of_country + nwe + row = a.
struct RegionalCoefficients {
  SquareMatrix local, rest_of_country, nwe, row;
};

/// Equations a^L = t a^d, a^F = (1 - t) a^d; a^m split between North-West Europe (nwe_share) and the rest of the world.
RegionalCoefficients regionalise(const InputCoefficients& national, const SquareMatrix& local_shares, double nwe_share);

/// Local share of final purchases of domestic goods: RPC_g = min(1, LQ_g factor).
std::vector<double> local_final_shares(std::span<const double> location_quotients, double factor);

/// Solves `left` x = `right` by elimination with row pivots.
///
/// Errors  broken promise when `left` is singular
std::vector<double> solve(SquareMatrix left, std::vector<double> right);

/// Type I output multipliers: column sums of (I - A)^-1.
///
/// Errors  broken promise when I - A is singular
std::vector<double> type_one_multipliers(const SquareMatrix& coefficients);

/// Largest eigenvalue (in modulus) of a non-negative matrix, by squaring; relative error below 1e-10.
double spectral_radius(const SquareMatrix& matrix);

/// What is bought of each local product: `fixed` is met first, `flexible` may be bought elsewhere.
struct LocalUses {
  std::vector<double> supply, fixed, flexible;
};
struct LocalBalance {
  std::vector<double> kept;     ///< factor on the flexible local purchases of each good: 1 unless too little is made
  std::vector<double> exports;  ///< what is left of supply
};
/// Row balance of the regional table: supply = fixed + kept x flexible + exports, with exports >= 0.
///
/// Exports are what is left; where that would be negative, local shares of the row are lowered by `kept` and the
/// difference is bought in the rest of the country, so that the columns (recipes) keep their sums. One pass solves this
/// RAS, because only rows that fail are bound and every column is free to change its origin.
LocalBalance balance_rows(const LocalUses& uses);

}  // namespace metier::synthesis
