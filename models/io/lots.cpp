#include "models/io/lots.hpp"

#include "sim/core/hash.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace metier::io {

namespace {

enum Pool : std::uint64_t { kBaskets = 1, kHouseholds = 2, kOthers = 3, kPools = 3 };

struct Customer {
  double lot;
  std::uint64_t key;
  double wanted;
  double* fill;
};

/// The amount of one link: written once, so that buyer and supplier cannot differ by a cent.
double lot_cents(double order, double share, double fill, double price, double length) {
  return rounded_half_up(order * share * (fill * price * (kCentsPerKiloEuro * length)));
}

}  // namespace

void ration_by_lot(const Step&, const SubStep& sub, LotView l, RationView v, Random<RngDomain::kRationing> random,
                   Out<SaleFill> sale_fill) {
  const double length = sub.length(), per_part = 1.0 / length;
  for_each_row(v.fill.size(), [&](std::size_t j) {
    const double supply = v.output[j] + v.stock[j] * per_part, d = v.orders[j];
    const double household = v.household[j] + v.retail[j];
    const std::size_t begin = l.begin[j], end = begin + l.count[j];
    double baskets = 1.0, households = 1.0, others = 1.0, left = supply - d;
    for (std::size_t s = begin; s < end; ++s) sale_fill[s] = 1.0;
    if (left < 0.0) {
      std::vector<Customer> queue;
      queue.reserve(end - begin + kPools);
      const auto join = [&](std::uint64_t key, double wanted, double* fill) {
        if (wanted > 0.0) queue.push_back({random(hash64(l.key[j], key), sub.index).uniform(), key, wanted, fill});
      };
      join(kBaskets, v.basket[j], &baskets);
      join(kHouseholds, household, &households);
      join(kOthers, d - v.links[j] - v.basket[j] - household, &others);
      for (std::size_t s = begin; s < end; ++s)
        join(l.key[l.buyer[l.input[s]]], l.order[l.input[s]] * l.share[s], &sale_fill[s]);
      std::sort(queue.begin(), queue.end(),
                [](const Customer& a, const Customer& b) { return std::tie(a.lot, a.key) < std::tie(b.lot, b.key); });
      left = supply;
      for (const Customer& customer : queue) {
        *customer.fill = std::min(1.0, left / customer.wanted);
        left = std::max(0.0, left - customer.wanted);
      }
    }
    v.fill_intermediate[j] = baskets;
    sub.average(v.fill_household[j], households);
    sub.average(v.fill_other[j], others);
    sub.average(v.fill[j], d > 0.0 ? (supply - left) / d : 1.0);
    v.stock[j] = v.storable[v.good[j]] != 0 ? left * length : 0.0;
  });
}

void spread_fills(const Step&, In<LinkBegin> begin, In<LinkCount> count, In<Supplier> supplier,
                  In<SaleBegin> sale_begin, In<SaleCount> sale_count, In<SaleInput> sale_input, In<SaleFill> sale_fill,
                  Out<LinkFill> link_fill) {
  const auto inputs = sale_input.span();
  for_each_row(begin.size(), [&](std::size_t k) {
    for (std::size_t e = begin[k]; e < begin[k] + std::size_t{count[k]}; ++e) {
      // The sales of a supplier are in the order of links, hence of inputs.
      const auto mine = inputs.subspan(sale_begin[supplier[e]], sale_count[supplier[e]]);
      const auto at = std::lower_bound(mine.begin(), mine.end(), static_cast<std::uint32_t>(k)) - mine.begin();
      link_fill[e] = sale_fill[sale_begin[supplier[e]] + static_cast<std::size_t>(at)];
    }
  });
}

void deliver_by_lot(const Step&, const SubStep& sub, In<LinkFill> link_fill, In<firms::Price> price, DeliveryView v) {
  const double length = sub.length();
  deliver_links(sub, v, [&](std::size_t e, double order) {
    const double fill = link_fill[e];
    return LinkDelivery{fill, lot_cents(order, v.link_share[e], fill, price[v.supplier[e]], length)};
  });
}

void add_up_sales_by_lot(const Step&, const SubStep& sub, In<SaleFill> sale_fill, LotView l,
                         InOut<firms::IntermediateSalesCents> sales) {
  for_each_row(sales.size(), [&](std::size_t j) {
    double sum = 0.0;  // of whole cents: exact
    for (std::size_t s = l.begin[j]; s < l.begin[j] + std::size_t{l.count[j]}; ++s)
      sum += lot_cents(l.order[l.input[s]], l.share[s], sale_fill[s], l.price[j], sub.length());
    sub.add(sales[j], static_cast<std::int64_t>(sum));
  });
}

}  // namespace metier::io
