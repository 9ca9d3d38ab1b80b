#include "models/network/generate.hpp"

#include "sim/core/hash.hpp"
#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/rng.hpp"
#include "sim/core/rng_domains.hpp"

#include <algorithm>
#include <array>

namespace metier::network {

namespace {

constexpr std::size_t kMostSuppliers = 64;
constexpr std::size_t kInputBlock = 4096;

Draws draws_of(std::uint64_t seed, RngDomain domain, std::uint64_t key) {
  return {RngStream(seed, 0, static_cast<std::uint32_t>(domain)), key, 0, 0};
}

/// Suppliers by (good, commune) with running sums of their weights, and running sums over communes for every origin.
class Choice {
 public:
  Choice(const Market& m, const GenerateParams& params, std::uint64_t seed) : communes_(m.communes) {
    const std::size_t firms = m.firm_key.size(), cells = m.goods * m.communes;
    std::vector<double> weight(firms);
    for_each_row(firms, [&](std::size_t j) {
      if (m.firm_open_output[j] <= 0.0) return;
      Draws draws = draws_of(seed, RngDomain::kNetworkCapability, m.firm_key[j]);
      weight[j] = m.firm_open_output[j] * math::exp(params.capability_sd * draws.normal());
    });
    stable_bucket_by(
        firms, cells,
        [&](std::size_t j) {
          return weight[j] > 0.0 ? static_cast<std::uint32_t>(m.firm_good[j] * m.communes + m.firm_commune[j])
                                 : kNoBucket;
        },
        suppliers_);
    running_.resize(firms);
    suppliers_of_good_.assign(m.goods, 0);
    std::vector<double> total(cells, 0.0);
    for_each_row(cells, [&](std::size_t cell) {
      double sum = 0.0;
      for (std::size_t s = suppliers_.offsets[cell]; s < suppliers_.offsets[cell + 1]; ++s) {
        sum += weight[suppliers_.order[s]];
        running_[s] = sum;
      }
      total[cell] = sum;
    });
    by_origin_.resize(m.goods * m.communes * m.communes);
    for_each_item(m.goods, [&](std::size_t g) {
      suppliers_of_good_[g] = suppliers_.offsets[(g + 1) * communes_] - suppliers_.offsets[g * communes_];
      for (std::size_t from = 0; from < m.communes; ++from) {
        double sum = 0.0;
        double* running = by_origin_.data() + (g * communes_ + from) * communes_;
        for (std::size_t to = 0; to < m.communes; ++to) {
          const double reach = total[g * communes_ + to];
          if (reach > 0.0) {
            const double km =
                std::max(params.distance_min_km, static_cast<double>(m.distance_km[from * m.places + to]));
            sum += reach * math::pow(km, -params.distance_exponent);
          }
          running[to] = sum;
        }
      }
    });
  }

  [[nodiscard]] std::size_t suppliers_of(std::size_t good) const { return suppliers_of_good_[good]; }

  /// One supplier of the good for a buyer in the commune `from`: first its commune, then the establishment.
  [[nodiscard]] std::uint32_t draw(std::size_t good, std::size_t from, Draws& draws) const {
    const double* running = by_origin_.data() + (good * communes_ + from) * communes_;
    const std::size_t to = position(running, communes_, draws.uniform());
    const std::size_t cell = good * communes_ + to;
    const std::size_t first = suppliers_.offsets[cell];
    return suppliers_
        .order[first + position(running_.data() + first, suppliers_.offsets[cell + 1] - first, draws.uniform())];
  }

 private:
  /// First place whose running sum exceeds u of the whole; never one that adds nothing.
  static std::size_t position(const double* running, std::size_t n, double u) {
    const double* last = running + n;
    const double* found = std::upper_bound(running, last, u * running[n - 1]);
    if (found == last) found = std::lower_bound(running, last, running[n - 1]);
    return static_cast<std::size_t>(found - running);
  }

  std::size_t communes_;
  Buckets suppliers_;
  std::vector<std::size_t> suppliers_of_good_;
  std::vector<double> running_;    ///< inside a (good, commune)
  std::vector<double> by_origin_;  ///< good x origin x commune
};

/// Local suppliers of every input, in the order of inputs.
void draw_suppliers(const Market& m, const GenerateParams& params, std::uint64_t seed, Links& links) {
  const Choice choice(m, params, seed);
  const std::size_t inputs = m.input_firm.size();
  const std::size_t blocks = (inputs + kInputBlock - 1) / kInputBlock;
  const std::size_t most = std::min(kMostSuppliers, static_cast<std::size_t>(std::max(1, params.suppliers_max)));
  std::vector<std::vector<std::uint32_t>> drawn(blocks);
  links.begin.assign(inputs + 1, 0);
  for_each_block(inputs, kInputBlock, [&](std::size_t block, std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t>& mine = drawn[block];
    mine.reserve(2 * (end - begin));
    for (std::size_t k = begin; k < end; ++k) {
      const std::uint32_t buyer = m.input_firm[k];
      const std::size_t good = m.input_good[k];
      const bool makes_it = m.firm_good[buyer] == good && m.firm_open_output[buyer] > 0.0;
      const std::size_t others = choice.suppliers_of(good) - (makes_it ? 1 : 0);
      if (m.input_local[k] <= 0.0 || others == 0) continue;
      const std::uint64_t key = hash64(m.firm_key[buyer], good);
      Draws degree = draws_of(seed, RngDomain::kNetworkDegree, key);
      const double mean = params.links_scale * math::pow(m.firm_workers[buyer] / 10.0, params.links_size_exponent);
      const auto wanted = std::min({1 + static_cast<std::size_t>(degree.poisson(mean)), most, others});
      Draws draws = draws_of(seed, RngDomain::kNetworkSupplier, key);
      std::array<std::uint32_t, kMostSuppliers> found{};
      std::size_t count = 0;
      // Without replacement: who was drawn already is drawn again in vain. The bound matters only where one supplier
      // outweighs all others together many times over.
      for (std::size_t attempt = 0; count < wanted && attempt < 16 * wanted + 64; ++attempt) {
        const std::uint32_t supplier = choice.draw(good, m.firm_commune[buyer], draws);
        if (supplier == buyer || std::find(found.begin(), found.begin() + count, supplier) != found.begin() + count)
          continue;
        found[count++] = supplier;
      }
      std::sort(found.begin(), found.begin() + count);
      mine.insert(mine.end(), found.begin(), found.begin() + count);
      links.begin[k] = static_cast<std::uint32_t>(count);
    }
  });
  const std::size_t total = exclusive_scan(std::span<std::uint32_t>(links.begin));
  links.supplier.resize(total);
  for_each_block(inputs, kInputBlock, [&](std::size_t block, std::size_t begin, std::size_t) {
    std::copy(drawn[block].begin(), drawn[block].end(), links.supplier.begin() + links.begin[begin]);
  });
}

void index_sales(std::size_t firms, Links& links) {
  Buckets sales;
  stable_bucket_by(
      links.supplier.size(), firms, [&](std::size_t e) { return links.supplier[e]; }, sales);
  links.sale_begin = std::move(sales.offsets);
  links.sale_link = std::move(sales.order);
}

/// Flows r_k c_j that meet the inputs' local volumes and come near the suppliers' targets, then the suppliers' limits.
void set_flows(const Market& m, const GenerateParams& params, Links& links) {
  const std::size_t inputs = m.input_firm.size(), firms = m.firm_key.size();
  std::vector<std::uint32_t> input_of(links.supplier.size());
  for_each_row(inputs, [&](std::size_t k) {
    for (std::size_t e = links.begin[k]; e < links.begin[k + 1]; ++e) input_of[e] = static_cast<std::uint32_t>(k);
  });

  // Targets: local purchases of the good, in proportion to what its suppliers with a customer may sell.
  std::vector<double> bought(m.goods, 0.0), open(m.goods, 0.0);
  for (std::size_t k = 0; k < inputs; ++k) {
    if (links.begin[k + 1] > links.begin[k]) bought[m.input_good[k]] += m.input_local[k];
  }
  for (std::size_t j = 0; j < firms; ++j) {
    if (links.sale_begin[j + 1] > links.sale_begin[j]) open[m.firm_good[j]] += m.firm_open_output[j];
  }
  std::vector<double> row(inputs, 0.0), column(firms, 1.0);
  const auto fit_rows = [&] {
    for_each_row(inputs, [&](std::size_t k) {
      double sum = 0.0;
      for (std::size_t e = links.begin[k]; e < links.begin[k + 1]; ++e) sum += column[links.supplier[e]];
      row[k] = sum > 0.0 ? m.input_local[k] / sum : 0.0;
    });
  };
  const auto sold = [&](std::size_t j) {
    double sum = 0.0;
    for (std::size_t s = links.sale_begin[j]; s < links.sale_begin[j + 1]; ++s)
      sum += row[input_of[links.sale_link[s]]];
    return sum;
  };
  fit_rows();
  for (int sweep = 0; sweep < params.sweeps; ++sweep) {
    for_each_row(firms, [&](std::size_t j) {
      const double sum = sold(j);
      if (sum > 0.0) column[j] = m.firm_open_output[j] * bought[m.firm_good[j]] / open[m.firm_good[j]] / sum;
    });
    fit_rows();
  }
  for_each_row(firms, [&](std::size_t j) {
    const double flow = column[j] * sold(j);
    if (flow > m.firm_open_output[j]) column[j] *= m.firm_open_output[j] / flow;
  });
  links.flow.resize(links.supplier.size());
  for_each_row(links.flow.size(), [&](std::size_t e) { links.flow[e] = row[input_of[e]] * column[links.supplier[e]]; });
}

}  // namespace

Links generate(const Market& market, const GenerateParams& params, std::uint64_t population_seed) {
  Links links;
  draw_suppliers(market, params, population_seed, links);
  index_sales(market.firm_key.size(), links);
  set_flows(market, params, links);
  return links;
}

}  // namespace metier::network
