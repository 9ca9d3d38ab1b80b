#include "models/io/suppliers.hpp"

#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>

namespace metier::io {

void remember_fills(const Step&, In<firms::Fill> fill, InOut<UnfilledMemory> memory) {
  constexpr double kMonths = 3.0;
  for_each_row(memory.size(), [&](std::size_t j) {
    if (j != firms::kNoFirm) memory[j] += (1.0 - fill[j] - memory[j]) / kMonths;
  });
}

void turn_to_suppliers(const Step&, const Params& params, In<LinkBegin> begin, In<LinkCount> count,
                       In<Supplier> supplier, In<UnfilledMemory> memory, InOut<UsualShare> usual,
                       InOut<LinkShare> share) {
  for_each_row(begin.size(), [&](std::size_t k) {
    const std::size_t first = begin[k], end = first + count[k];
    double whole = 0.0, weights = 0.0;
    for (std::size_t e = first; e < end; ++e) {
      if (usual[e] == 0.0) usual[e] = share[e];  // the first month of the run keeps what was drawn at t = 0
      whole += usual[e];
      share[e] = usual[e] * math::pow(std::clamp(1.0 - memory[supplier[e]], 0.0, 1.0), params.fill_elasticity);
      weights += share[e];
    }
    for (std::size_t e = first; e < end; ++e) share[e] = weights > 0.0 ? share[e] * (whole / weights) : usual[e];
  });
}

void copy_shares(const Step&, In<SaleBegin> sale_begin, In<SaleCount> sale_count, In<SaleInput> sale_input,
                 In<LinkBegin> begin, In<LinkCount> count, In<Supplier> supplier, In<LinkShare> share,
                 Out<SaleShare> sale_share) {
  for_each_row(sale_begin.size(), [&](std::size_t j) {
    for (std::size_t s = sale_begin[j]; s < sale_begin[j] + std::size_t{sale_count[j]}; ++s) {
      const std::size_t first = begin[sale_input[s]];
      const auto links = supplier.span().subspan(first, count[sale_input[s]]);  // ascending
      const auto at = std::lower_bound(links.begin(), links.end(), static_cast<std::uint32_t>(j)) - links.begin();
      sale_share[s] = share[first + static_cast<std::size_t>(at)];
    }
  });
}

}  // namespace metier::io
