#pragma once
#include "models/io/delivery.hpp"
#include "models/io/lots.hpp"
#include "models/io/orders.hpp"
#include "models/io/payments.hpp"
#include "models/io/production.hpp"
#include "models/io/suppliers.hpp"
#include "tests/support/books.hpp"
#include "tests/support/run_process.hpp"

#include <initializer_list>
#include <numeric>
#include <vector>

namespace metier::io {

/// A market written by hand: establishments 1, 2, ...; inputs and their links are added in the order of buyers.
struct SmallMarket {
  World world;
  Params params;
  SubStep whole{};

  explicit SmallMarket(std::size_t firms, std::size_t goods = 2) {
    open_books(world, firms);
    world.set_rows<Good>(goods);
    for (std::size_t g = 0; g < goods; ++g) {
      world.column<PriceLevel>()[g] = world.column<OutsidePrice>()[g] = world.column<ImportFill>()[g] = 1.0;
    }
    for (std::size_t i = 1; i <= firms; ++i) {
      world.column<firms::Key>()[i] = 900 + i;
      world.column<firms::Price>()[i] = 1.0;
    }
  }
  template <class C>
  auto& at(std::size_t i) {
    return world.column<C>()[i];
  }

  struct Line {
    std::size_t supplier;
    double share;
  };
  struct Purchase {
    std::size_t buyer, good;
    double coefficient, stock, order;
    std::vector<Line> links;  ///< suppliers ascending
    double outside = 0.0;     ///< share of the rest of France
  };
  /// Purchases in the order of buyers; sets links and sales of the whole market.
  void buy(const std::vector<Purchase>& purchases) {
    std::size_t links = 0;
    for (const Purchase& p : purchases) links += p.links.size();
    world.set_rows<Input>(purchases.size());
    world.set_rows<Link>(links);
    world.set_rows<Sale>(links);
    std::size_t e = 0;
    for (std::size_t k = 0; k < purchases.size(); ++k) {
      const Purchase& p = purchases[k];
      if (at<InputCount>(p.buyer)++ == 0) at<InputBegin>(p.buyer) = static_cast<std::uint32_t>(k);
      at<InputFirm>(k) = static_cast<std::uint32_t>(p.buyer);
      at<InputGood>(k) = static_cast<std::uint16_t>(p.good);
      at<Coefficient>(k) = p.coefficient;
      at<Stock>(k) = p.stock;
      at<InputOrder>(k) = p.order;
      at<ShareRof>(k) = p.outside;
      at<Criticality>(k) = 1.0f;
      at<TargetMonths>(k) = 1.0;
      at<LinkBegin>(k) = static_cast<std::uint32_t>(e);
      at<LinkCount>(k) = static_cast<std::uint16_t>(p.links.size());
      for (const Line& line : p.links) {
        at<Supplier>(e) = static_cast<std::uint32_t>(line.supplier);
        at<LinkShare>(e++) = line.share;
      }
    }
    std::uint32_t next = 0;
    for (std::size_t j = 0; j < world.rows<firms::Firm>(); ++j) {
      at<SaleBegin>(j) = next;
      for (std::size_t k = 0; k < purchases.size(); ++k) {
        for (const Line& line : purchases[k].links) {
          if (line.supplier != j) continue;
          at<SaleInput>(next) = static_cast<std::uint32_t>(k);
          at<SaleShare>(next++) = line.share;
        }
      }
      at<SaleCount>(j) = next - at<SaleBegin>(j);
    }
  }
  template <class... A, class... P>
  void run(void (*process)(A...), const P&... parameters) {
    test::run_process(world, test::month_step(month), process, parameters...);
  }
  void collect(const SubStep& sub) { run(&collect_orders, sub); }
  /// Rationing, deliveries and what both sides owe, in the variant of `params`.
  void deliver_all(const SubStep& sub) {
    if (params.rationing == Rationing::kRandom) {
      run(&ration_by_lot, sub);
      run(&value_deliveries, sub);
      run(&spread_fills);
      run(&deliver_by_lot, sub);
      run(&add_up_sales_by_lot, sub);
    } else {
      run(&ration, params, sub);
      run(&value_deliveries, sub);
      run(&deliver, sub);
      run(&add_up_sales, sub);
    }
  }
  template <class C>
  auto sum() {
    const auto values = world.column<C>();
    return std::accumulate(values.begin(), values.end(), typename C::Value{});
  }
  int month = 1;
};

}  // namespace metier::io
