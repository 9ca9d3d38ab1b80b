#include "models/io/payments.hpp"

#include "models/network/pool.hpp"
#include "sim/core/math.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <array>

namespace metier::io {

void pay_suppliers(const Step&, PaymentView v, Add<Ledger> ledger, Out<firms::SalesCents> sales,
                   Out<firms::PurchasesCents> purchases, Out<InputTaxCents> input_tax) {
  const Accounts accounts(v.cells.size());
  const std::size_t firms = sales.size();
  const auto deposit = [&](std::size_t i) { return accounts.deposit(i); };
  const auto kind = [](Flow flow) { return static_cast<Ledger::Kind>(flow); };

  for_each_row(firms, [&](std::size_t i) {
    sales[i] = v.link_sales[i] + v.basket_sales[i];
    purchases[i] = v.link_cost[i] + v.basket_cost[i] + v.import_rof[i] + v.import_nwe[i] + v.import_row[i];
    input_tax[i] = round_half_away(v.other_cost[i] * v.output[i] * kCentsPerKiloEuro);
  });
  ledger->post_rows(firms, kind(Flow::kIntermediate), deposit, only(Special::kGoods),
                    [&](std::size_t i) { return v.link_cost[i] + v.basket_cost[i]; });
  ledger->post_rows(firms, kind(Flow::kIntermediate), only(Special::kGoods), deposit,
                    [&](std::size_t i) { return v.link_sales[i] + v.basket_sales[i]; });
  ledger->post_rows(firms, kind(Flow::kImports), deposit, only(Special::kRof),
                    [&](std::size_t i) { return v.import_rof[i]; });
  ledger->post_rows(firms, kind(Flow::kImports), deposit, only(Special::kNwe),
                    [&](std::size_t i) { return v.import_nwe[i]; });
  ledger->post_rows(firms, kind(Flow::kImports), deposit, only(Special::kRow),
                    [&](std::size_t i) { return v.import_row[i]; });
  ledger->post_rows(firms, kind(Flow::kInputTax), deposit, only(Special::kGov),
                    [&](std::size_t i) { return input_tax[i]; });
}

void average_prices(const Step&, In<firms::GoodOf> good, In<firms::Price> price, In<firms::Output> output,
                    InOut<PriceLevel> level) {
  const std::size_t goods = level.size(), firms = price.size();
  std::vector<double> value(goods), volume(goods);
  network::sum_by_good(
      firms, good.span(), [&](std::size_t i) { return output[i] * price[i]; }, value);
  network::sum_by_good(
      firms, good.span(), [&](std::size_t i) { return output[i]; }, volume);
  for (std::size_t g = 0; g < goods; ++g) {
    if (volume[g] > 0.0) level[g] = value[g] / volume[g];
  }
}

void weigh_producers(const Step&, const Params& params, In<firms::GoodOf> good, In<firms::Price> price,
                     In<PriceLevel> level, In<firms::Appeal> appeal, Out<firms::Attraction> attraction) {
  const double elasticity = params.price_elasticity;
  for_each_block(attraction.size(), kRowBlock, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::array<double, kRowBlock> relative;  // looked up first, so that the rest of the work vectorises
    for (std::size_t j = begin; j < end; ++j) relative[j - begin] = price[j] / level[good[j]];
    for (std::size_t j = begin; j < end; ++j) {
      const double log_relative = relative[j - begin] > 0.0 ? math::log(relative[j - begin]) : 0.0;
      attraction[j] = math::exp(static_cast<double>(appeal[j]) - elasticity * log_relative);
    }
  });
}

void average_basket_prices(const Step&, In<PriceLevel> level, In<OutsidePrice> outside, In<BasketMix> mix,
                           In<BasketLocal> local, Out<BasketPrice> price) {
  const std::size_t goods = level.size();
  for (std::size_t group = 0; group < price.size(); ++group) {
    double sum = 0.0;
    for (std::size_t g = 0; g < goods; ++g) {
      const std::size_t item = group * goods + g;
      sum += mix[item] * (local[item] * level[g] + (1.0 - local[item]) * outside[g]);
    }
    price[group] = sum;
  }
}

}  // namespace metier::io
