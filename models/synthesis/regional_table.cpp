#include "models/synthesis/regional_table.hpp"

#include "sim/core/error.hpp"
#include "sim/core/math.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace metier::synthesis {

double SquareMatrix::column_sum(std::size_t column) const {
  double sum = 0.0;
  for (std::size_t row = 0; row < size; ++row) sum += at(row, column);
  return sum;
}

double SquareMatrix::row_sum(std::size_t row) const {
  double sum = 0.0;
  for (std::size_t column = 0; column < size; ++column) sum += at(row, column);
  return sum;
}

NationalTable::NationalTable(std::size_t n)
    : domestic(n),
      imported(n),
      output(n),
      value_added(n),
      input_taxes(n),
      households_domestic(n),
      households_imported(n),
      public_domestic(n),
      investment_domestic(n),
      investment_imported(n),
      exports(n) {}

NationalTable aggregate(const NationalTable& industries, std::span<const std::size_t> good_of, std::size_t goods,
                        double factor) {
  NationalTable table(goods);
  const auto add = [&](const std::vector<double>& from, std::vector<double>& to) {
    for (std::size_t i = 0; i < from.size(); ++i) to[good_of[i]] += from[i] * factor;
  };
  for (std::size_t i = 0; i < industries.size(); ++i) {
    for (std::size_t j = 0; j < industries.size(); ++j) {
      table.domestic.at(good_of[i], good_of[j]) += industries.domestic.at(i, j) * factor;
      table.imported.at(good_of[i], good_of[j]) += industries.imported.at(i, j) * factor;
    }
  }
  add(industries.output, table.output);
  add(industries.value_added, table.value_added);
  add(industries.input_taxes, table.input_taxes);
  add(industries.households_domestic, table.households_domestic);
  add(industries.households_imported, table.households_imported);
  add(industries.public_domestic, table.public_domestic);
  add(industries.investment_domestic, table.investment_domestic);
  add(industries.investment_imported, table.investment_imported);
  add(industries.exports, table.exports);
  return table;
}

InputCoefficients coefficients_of(const NationalTable& table) {
  const std::size_t n = table.size();
  InputCoefficients a{SquareMatrix(n), SquareMatrix(n), std::vector<double>(n), std::vector<double>(n)};
  for (std::size_t s = 0; s < n; ++s) {
    if (table.output[s] <= 0.0) continue;
    for (std::size_t g = 0; g < n; ++g) {
      a.domestic.at(g, s) = table.domestic.at(g, s) / table.output[s];
      a.imported.at(g, s) = table.imported.at(g, s) / table.output[s];
    }
    a.input_tax[s] = table.input_taxes[s] / table.output[s];
    a.value_added[s] = table.value_added[s] / table.output[s];
  }
  return a;
}

double flq_size_factor(double employment_share, double delta) {
  METIER_REQUIRE(employment_share >= 0.0 && employment_share <= 1.0,
                 "a territory has a share of its country's employment");
  return math::pow(math::log(1.0 + employment_share) / math::log(2.0), delta);
}

SquareMatrix local_trade_shares(std::span<const double> location_quotients, double employment_share, double delta,
                                Regionalise mode) {
  const std::size_t n = location_quotients.size();
  const double size_factor = mode == Regionalise::kFlq ? flq_size_factor(employment_share, delta) : 1.0;
  SquareMatrix t(n);
  for (std::size_t g = 0; g < n; ++g) {
    for (std::size_t s = 0; s < n; ++s) {
      const double own = location_quotients[g], user = location_quotients[s];
      // A user that does not exist here (quotient 0) finds every supplier large beside itself.
      if (g != s && user <= 0.0) {
        t.at(g, s) = own > 0.0 && size_factor > 0.0 ? 1.0 : 0.0;
      } else {
        t.at(g, s) = std::min(1.0, size_factor * (g == s ? own : own / user));
      }
    }
  }
  return t;
}

SquareMatrix gravity_trade_shares(std::span<const double> location_quotients, double employment_share, double here,
                                  double elsewhere) {
  const std::size_t n = location_quotients.size();
  SquareMatrix t(n);
  for (std::size_t g = 0; g < n; ++g) {
    const double inside = location_quotients[g] * employment_share * here;
    const double share = inside > 0.0 ? inside / (inside + elsewhere) : 0.0;
    for (std::size_t s = 0; s < n; ++s) t.at(g, s) = share;
  }
  return t;
}

RegionalCoefficients regionalise(const InputCoefficients& national, const SquareMatrix& local_shares,
                                 double nwe_share) {
  const std::size_t n = national.size();
  RegionalCoefficients r{SquareMatrix(n), SquareMatrix(n), SquareMatrix(n), SquareMatrix(n)};
  for (std::size_t k = 0; k < n * n; ++k) {
    const double domestic = national.domestic.cells[k], imported = national.imported.cells[k];
    r.local.cells[k] = local_shares.cells[k] * domestic;
    r.rest_of_country.cells[k] = domestic - r.local.cells[k];
    r.nwe.cells[k] = nwe_share * imported;
    r.row.cells[k] = imported - r.nwe.cells[k];
  }
  return r;
}

std::vector<double> local_final_shares(std::span<const double> location_quotients, double factor) {
  std::vector<double> shares(location_quotients.begin(), location_quotients.end());
  for (double& share : shares) share = std::min(1.0, share * factor);
  return shares;
}

std::vector<double> solve(SquareMatrix left, std::vector<double> right) {
  const std::size_t n = left.size;
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t r = k + 1; r < n; ++r) {
      if (std::fabs(left.at(r, k)) > std::fabs(left.at(pivot, k))) pivot = r;
    }
    METIER_REQUIRE(std::fabs(left.at(pivot, k)) > 1e-14, "the system of equations is singular");
    if (pivot != k) {
      for (std::size_t c = k; c < n; ++c) std::swap(left.at(k, c), left.at(pivot, c));
      std::swap(right[k], right[pivot]);
    }
    for (std::size_t r = k + 1; r < n; ++r) {
      const double factor = left.at(r, k) / left.at(k, k);
      if (factor == 0.0) continue;
      for (std::size_t c = k; c < n; ++c) left.at(r, c) -= factor * left.at(k, c);
      right[r] -= factor * right[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t c = k + 1; c < n; ++c) right[k] -= left.at(k, c) * right[c];
    right[k] /= left.at(k, k);
  }
  return right;
}

std::vector<double> type_one_multipliers(const SquareMatrix& coefficients) {
  // m' = i' (I - A)^-1, that is (I - A)' m = i: one solution instead of an inverse.
  const std::size_t n = coefficients.size;
  SquareMatrix left(n);
  for (std::size_t r = 0; r < n; ++r) {
    for (std::size_t c = 0; c < n; ++c) left.at(r, c) = (r == c ? 1.0 : 0.0) - coefficients.at(c, r);
  }
  return solve(std::move(left), std::vector<double>(n, 1.0));
}

double spectral_radius(const SquareMatrix& matrix) {
  // |A^(2^p)|^(1 / 2^p) -> rho (Gelfand); the logarithm of the scale is carried along.
  constexpr int kSquarings = 40;
  SquareMatrix power = matrix;
  double log_scale = 0.0;
  double exponent = 1.0;
  for (int p = 0; p < kSquarings; ++p) {
    double norm = 0.0;
    for (const double cell : power.cells) norm = std::max(norm, std::fabs(cell));
    if (norm == 0.0) return 0.0;
    for (double& cell : power.cells) cell /= norm;
    log_scale += math::log(norm) / exponent;
    SquareMatrix square(matrix.size);
    for (std::size_t r = 0; r < matrix.size; ++r) {
      for (std::size_t k = 0; k < matrix.size; ++k) {
        const double left = power.at(r, k);
        if (left == 0.0) continue;
        for (std::size_t c = 0; c < matrix.size; ++c) square.at(r, c) += left * power.at(k, c);
      }
    }
    power = std::move(square);
    exponent *= 2.0;
  }
  return math::exp(log_scale);
}

LocalBalance balance_rows(const LocalUses& uses) {
  const std::size_t n = uses.supply.size();
  LocalBalance balance{std::vector<double>(n, 1.0), std::vector<double>(n, 0.0)};
  for (std::size_t g = 0; g < n; ++g) {
    const double left = uses.supply[g] - uses.fixed[g];
    if (uses.flexible[g] > 0.0 && uses.flexible[g] > left) balance.kept[g] = std::max(0.0, left / uses.flexible[g]);
    balance.exports[g] = std::max(0.0, left - balance.kept[g] * uses.flexible[g]);
  }
  return balance;
}

}  // namespace metier::synthesis
