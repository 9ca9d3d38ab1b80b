#include "models/pipeline.hpp"

#include "models/firms/expectations.hpp"
#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/firms/prices.hpp"
#include "models/firms/profits.hpp"
#include "models/households/budgets.hpp"
#include "models/invariants.hpp"
#include "models/io/delivery.hpp"
#include "models/io/orders.hpp"
#include "models/io/payments.hpp"
#include "models/io/production.hpp"
#include "models/outside/world_demand.hpp"
#include "models/retail/huff.hpp"
#include "models/tax/taxes.hpp"

namespace metier {

Schedule make_month(const ModelParams& p, Stage stage) {
  Schedule month;
  const bool people_move = stage == Stage::kRun;

  month.phase("P0", "outside world, opening of the books")
      .add("ledger.open_month", &open_month)
      .add("outside.observe_world", &outside::observe_world, p.outside);

  month.phase("P4", "expectations, prices, plans")
      .add("firms.forecast_sectors", &firms::forecast_sectors, p.firms)
      .add("firms.update_costs", &firms::update_costs, p.firms, p.tax)
      .then()
      .add("firms.expect_demand", &firms::expect_demand, p.firms)
      .then()
      .add("firms.set_prices", &firms::set_prices, p.firms)
      .add("firms.plan", &firms::plan, p.firms)
      .then()
      .add("io.average_prices", &io::average_prices)
      .then()
      .add("io.average_basket_prices", &io::average_basket_prices)
      .add("households.average_prices", &households::average_prices);

  if (people_move) {
    // labour
  }

  month.phase("P9", "final demand")
      .add("households.set_budgets", &households::set_budgets, p.households)
      .then()
      .add("retail.allocate", &retail::allocate, p.retail, p.tax)
      .add("outside.order", &outside::order, p.outside, p.io)
      .add("firms.order_investment", &firms::order_investment, p.io)
      .then()
      .add("households.order_goods", &households::order_goods, p.tax, p.io);

  month.phase("P10", "orders of inputs")
      .add("io.order_inputs", &io::order_inputs, p.io)
      .add("io.order_baskets", &io::order_baskets, p.io)
      .then()
      .add("io.collect_orders", &io::collect_orders);

  month.phase("P11", "production").add("io.produce", &io::produce, p.io);

  month.phase("P12", "rationing and deliveries")
      .add("io.ration", &io::ration, p.io)
      .then()
      .add("io.value_deliveries", &io::value_deliveries)
      .then()
      .add("io.deliver", &io::deliver)
      .add("io.add_up_sales", &io::add_up_sales)
      .then()
      .add("io.deliver_baskets", &io::deliver_baskets);

  month.phase("P15", "payments")
      .add("io.pay_suppliers", &io::pay_suppliers)
      .then()
      .add("outside.pay", &outside::pay)
      .then()
      .add("firms.pay_investment", &firms::pay_investment, p.firms)
      .then()
      .add("households.pay_consumption", &households::pay_consumption, p.tax)
      .then()
      .add("firms.pay_interest", &firms::pay_interest, p.credit)
      .then()
      .add("tax.tax_firms", &tax::tax_firms, p.tax)
      .add("tax.pay_transfers", &tax::pay_transfers, p.tax)
      .then()
      .add("firms.distribute_profits", &firms::distribute_profits, p.firms)
      .then()
      .add("tax.tax_income", &tax::tax_income, p.tax)
      .then()
      .add("households.add_up_income", &households::add_up_income)
      .add("tax.settle_government", &tax::settle_government);

  month.phase("P16", "investment in place").add("firms.install_capital", &firms::install_capital, p.firms);

  month.phase("P20", "invariants").add("ledger.check_books", &check_books);
  return month;
}

}  // namespace metier
