#include "models/pipeline.hpp"

#include "models/credit/capital_loans.hpp"
#include "models/credit/guaranteed.hpp"
#include "models/firms/expectations.hpp"
#include "models/firms/indicators.hpp"
#include "models/firms/investment.hpp"
#include "models/firms/plan.hpp"
#include "models/firms/prices.hpp"
#include "models/firms/productivity.hpp"
#include "models/firms/profits.hpp"
#include "models/households/budgets.hpp"
#include "models/households/indicators.hpp"
#include "models/invariants.hpp"
#include "models/io/delivery.hpp"
#include "models/io/lots.hpp"
#include "models/io/orders.hpp"
#include "models/io/payments.hpp"
#include "models/io/production.hpp"
#include "models/io/suppliers.hpp"
#include "models/io/table_indicators.hpp"
#include "models/io/table_rules.hpp"
#include "models/labour/counts.hpp"
#include "models/labour/indicators.hpp"
#include "models/labour/matching.hpp"
#include "models/labour/null_models.hpp"
#include "models/labour/pay.hpp"
#include "models/labour/seekers.hpp"
#include "models/labour/separation.hpp"
#include "models/labour/spells.hpp"
#include "models/labour/trips.hpp"
#include "models/labour/vacancies.hpp"
#include "models/labour/wages.hpp"
#include "models/outside/emergency.hpp"
#include "models/outside/world_demand.hpp"
#include "models/retail/huff.hpp"
#include "models/retail/spill.hpp"
#include "models/retail/user_shops.hpp"
#include "models/tax/taxes.hpp"

namespace metier {

namespace {

void add_labour_market(Schedule& month, const labour::Params& p) {
  month.phase("P7", "separations and open posts")
      .add("labour.open_month", &labour::open_month)
      .add("labour.set_minimum_wage", &labour::set_minimum_wage, p.minimum_wage_path)
      .add("labour.age_spells", &labour::age_spells, p)
      .add("labour.move_outside_posts", &labour::move_outside_posts)
      .then()
      .add("labour.separate", &labour::separate, p)
      .then()
      .add("labour.lay_off", &labour::lay_off, p)
      .then()
      .add("labour.post_vacancies", &labour::post_vacancies)
      .then()
      .add("labour.reserve_pool", &labour::reserve_pool);

  auto market = month.phase("P8", "labour market and wages");
  market.add("labour.open_market", &labour::open_market, p).add("labour.find_seekers", &labour::find_seekers, p);
  for (int r = 0; r < p.rounds; ++r) {
    const labour::Round& round = labour::kRounds[r];
    const std::string number = "_" + std::to_string(r + 1);
    market.then()
        .add("labour.apply" + number, &labour::apply, p, round)
        .then()
        .add("labour.resolve" + number, &labour::resolve, p, round)
        .then()
        .add("labour.hire" + number, &labour::hire);
  }
  market.then()
      .add("labour.close_vacancies", &labour::close_vacancies)
      .add("labour.revise_wages", &labour::revise_wages, p);
}

/// Without places the null models of the labour market run by themselves; in a territory they mean that people stay
/// put.
void add_labour_null_model(Schedule& month, const labour::Params& p) {
  switch (p.mode) {
    case labour::Mode::kTwoState:
      if (p.persons == 0) return;
      month.phase("P7", "separations")
          .add("labour.two_state_open", &labour::two_state_open)
          .then()
          .add("labour.two_state_separate", &labour::two_state_separate, p);
      month.phase("P8", "labour market").add("labour.two_state_match", &labour::two_state_match, p);
      month.phase("P20", "counts", Schedule::RunAt::kMonthsAndStart)
          .add("labour.take_census", &labour::take_census)
          .then()
          .add("labour.count_people", &labour::count_people);
      return;
    case labour::Mode::kUrnBall:
      month.phase("P8", "labour market").add("labour.urn_match", &labour::urn_match, p.urn);
      return;
    case labour::Mode::kFlowsDrc:
      month.phase("P8", "labour market").add("labour.flows_step", &labour::flows_step, p.flows);
      return;
    case labour::Mode::kFull: return;
  }
}

/// Orders, production and deliveries of one part of the month.
void add_goods_market(Schedule& month, const ModelParams& p, const io::SubStep& sub, const std::string& part) {
  const bool stocks_bind = p.io.stocks == io::Stocks::kFinite && p.io.mode != io::Mode::kNone;
  auto orders = month.phase("P10" + part, "orders of inputs");
  if (stocks_bind) {
    orders.add("io.order_inputs" + part, &io::order_inputs, p.io);
  } else {
    orders.add("io.order_use" + part, &io::order_use);
  }
  orders.add("io.order_baskets" + part, &io::order_baskets)
      .then()
      .add("io.collect_orders" + part, &io::collect_orders, sub);
  if (p.io.unmet == io::Unmet::kSpill && p.households.mode != households::Mode::kNone && sub.index == 0)
    orders.then().add("retail.spill", &retail::spill, p.retail, p.io, sub);
  if (p.firms.mode == firms::Mode::kNone) orders.then().add("firms.plan_orders" + part, &firms::plan_orders);

  auto production = month.phase("P11" + part, "production");
  if (p.io.mode == io::Mode::kNone) {
    production.add("io.produce_orders" + part, &io::produce_orders, sub);
  } else {
    production.add("io.produce" + part, &io::produce, p.io, sub);
  }

  auto deliveries = month.phase("P12" + part, "rationing and deliveries");
  if (p.io.rationing == io::Rationing::kRandom) {
    deliveries.add("io.ration_by_lot" + part, &io::ration_by_lot, sub)
        .then()
        .add("io.value_deliveries" + part, &io::value_deliveries, sub)
        .add("io.spread_fills" + part, &io::spread_fills)
        .then()
        .add("io.deliver_by_lot" + part, &io::deliver_by_lot, sub)
        .add("io.add_up_sales_by_lot" + part, &io::add_up_sales_by_lot, sub);
  } else {
    deliveries.add("io.ration" + part, &io::ration, p.io, sub)
        .then()
        .add("io.value_deliveries" + part, &io::value_deliveries, sub)
        .then()
        .add("io.deliver" + part, &io::deliver, sub)
        .add("io.add_up_sales" + part, &io::add_up_sales, sub);
  }
  deliveries.then().add("io.deliver_baskets" + part, &io::deliver_baskets, sub);
  if (!stocks_bind && sub.index + 1 == sub.count) deliveries.add("io.use_deliveries", &io::use_deliveries);
}

/// The month of an input-output table of the user's own.
void add_table_economy(Schedule& month, const ModelParams& p) {
  const bool stocks = p.io.stocks == io::Stocks::kFinite;
  const bool prices = p.firms.mode == firms::Mode::kDefault;  // else output follows orders, price 1
  month.phase("P0", "paths and shocks of the table").add("io.follow_table", &io::follow_table, p.io);

  auto plans = month.phase("P4", "prices");
  if (prices) plans.add("firms.update_costs", &firms::update_costs, p.firms, p.tax).then();
  plans.add("io.lift_price_shock", &io::lift_price_shock).then();
  outside::Params still_world;  // prices around a table of the user's own have no trend
  still_world.mode = outside::Mode::kConstant;
  if (prices) plans.add("firms.set_prices", &firms::set_prices, p.firms, still_world).then();
  plans.add("io.shock_prices", &io::shock_prices);

  if (p.households.mode == households::Mode::kDefault) {
    month.phase("P9", "final demand")
        .add("io.spend_labour_income", &io::spend_labour_income, p.households.spend_income[0]);
  }

  auto orders = month.phase("P10", "orders of inputs");
  if (!stocks) {
    orders.add("io.expect_output", &io::expect_output).then().add("io.order_use", &io::order_use);
  } else if (p.io.mode == io::Mode::kArioPsi) {
    orders.add("io.order_inputs_ario", &io::order_inputs_ario, p.io);
  } else if (p.io.mode == io::Mode::kPichlerDaily) {
    orders.add("io.order_inputs_fixed_target", &io::order_inputs_fixed_target, p.io);
  } else {
    if (prices) {
      orders.add("firms.expect_demand", &firms::expect_demand, p.firms);
    } else {
      orders.add("io.expect_orders", &io::expect_orders);
    }
    orders.then().add("io.order_inputs", &io::order_inputs, p.io);
  }
  orders.then().add("io.collect_orders", &io::collect_orders, io::kWholeMonth);

  auto production = month.phase("P11", "production");
  if (p.io.mode == io::Mode::kArioPsi) {
    production.add("io.produce_ario", &io::produce_ario, p.io);
  } else {
    production.add("io.produce_table", &io::produce_table, p.io, p.firms);
  }

  auto deliveries = month.phase("P12", "rationing and deliveries");
  deliveries.add("io.ration", &io::ration, p.io, io::kWholeMonth).then();
  if (stocks) deliveries.add("io.deliver_volumes", &io::deliver_volumes);
  deliveries.add("io.count_unmet", &io::count_unmet);
}

/// The month of tables of the user's own: only what they feed.
Schedule month_of_tables(const ModelParams& p) {
  Schedule month;
  if (p.io.table.table.given()) add_table_economy(month, p);
  add_labour_null_model(month, p.labour);
  if (p.retail.outlets.given())
    month.phase("P9.shops", "shoppers choose outlets").add("retail.share_outlets", &retail::share_outlets, p.retail);
  return month;
}

Schedule month_of_territory(const ModelParams& p, Stage stage) {
  Schedule month;
  const bool people_move = stage == Stage::kRun;
  const bool labour_market = people_move && p.labour.mode == labour::Mode::kFull;

  month.phase("P0", "outside world, opening of the books")
      .add("ledger.open_month", &open_month)
      .add("outside.observe_world", &outside::observe_world, p.outside)
      .add("outside.observe_emergency", &outside::observe_emergency);

  auto plans = month.phase("P4", "expectations, prices, plans");
  plans.add("firms.forecast_sectors", &firms::forecast_sectors, p.firms)
      .add("firms.update_costs", &firms::update_costs, p.firms, p.tax)
      .then();
  if (p.firms.mode != firms::Mode::kNone && p.firms.pricing == firms::Pricing::kCanvas) {
    plans.add("firms.answer_by_quantity", &firms::answer_by_quantity, p.firms).then();
  } else {
    plans.add("firms.expect_demand", &firms::expect_demand, p.firms).then();
  }
  if (p.firms.mode != firms::Mode::kNone) {
    plans.add("firms.set_prices", &firms::set_prices, p.firms, p.outside)
        .add("firms.plan", &firms::plan, p.firms)
        .then();
  } else {
    plans.add("firms.replace_capital", &firms::replace_capital, p.firms).then();
  }
  plans.add("io.average_prices", &io::average_prices)
      .then()
      .add("io.weigh_producers", &io::weigh_producers, p.io)
      .add("io.average_basket_prices", &io::average_basket_prices)
      .add("households.average_prices", &households::average_prices);

  if (people_move) month.phase("P6", "credit").add("credit.lend_guaranteed", &credit::lend_guaranteed, p.credit);

  if (labour_market) add_labour_market(month, p.labour);

  const bool households_spend = p.households.mode != households::Mode::kNone;
  auto demand = month.phase("P9", "final demand");
  if (households_spend) {
    demand.add("households.set_budgets", &households::set_budgets, p.households)
        .then()
        .add("retail.allocate", &retail::allocate, p.retail, p.tax);
  } else {
    demand.add("households.hold_budgets", &households::hold_budgets).then();
  }
  demand.add("outside.order", &outside::order, p.outside).add("firms.order_investment", &firms::order_investment);
  if (households_spend) demand.then().add("households.order_goods", &households::order_goods, p.tax);

  if (p.io.substeps == 1) {
    add_goods_market(month, p, io::kWholeMonth, "");
  } else {
    for (const io::SubStep& quarter : io::kQuarters)
      add_goods_market(month, p, quarter, "." + std::to_string(quarter.index + 1));
  }

  month.phase("P15", "payments")
      .add("labour.pay_wages", &labour::pay_wages, p.tax)
      .then()
      .add("io.pay_suppliers", &io::pay_suppliers)
      .then()
      .add("outside.pay", &outside::pay)
      .then()
      .add("firms.pay_investment", &firms::pay_investment, p.firms)
      .then()
      .add("households.pay_consumption", &households::pay_consumption, p.tax)
      .then()
      .add("outside.pay_emergency", &outside::pay_emergency, p.tax)
      .then()
      .add("firms.pay_interest", &firms::pay_interest, p.credit)
      .then()
      .add("credit.finance_capital", &credit::finance_capital, p.firms)
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

  auto growth = month.phase("P16", "investment in place, productivity");
  growth.add("firms.install_capital", &firms::install_capital, p.firms);
  if (people_move) growth.add("firms.grow_productivity", &firms::grow_productivity, p.firms);

  if (p.io.fill_elasticity > 0.0) {
    month.phase("P17", "supply links")
        .add("io.remember_fills", &io::remember_fills)
        .then()
        .add("io.turn_to_suppliers", &io::turn_to_suppliers, p.io)
        .then()
        .add("io.copy_shares", &io::copy_shares);
  }

  auto counts = month.phase("P20", "counts and invariants", Schedule::RunAt::kMonthsAndStart);
  if (people_move) {
    counts.add("labour.count_people", &labour::count_people)
        .add("labour.observe_prices", &labour::observe_prices)
        .add("labour.observe_productivity", &labour::observe_productivity)
        .add("labour.count_jobs", &labour::count_jobs)
        .then()
        .add("people.check_headcount", &check_headcount);
  }
  if (labour_market) {
    counts.then()
        .add("labour.count_zones", &labour::count_zones)
        .add("labour.observe_tightness", &labour::observe_tightness)
        .then()
        .add("labour.move_going_wage", &labour::move_going_wage, p.labour)
        .add("labour.move_outside_wage", &labour::move_outside_wage, p.labour)
        .then();
  }
  counts.add("ledger.check_books", &check_books);
  return month;
}

}  // namespace

Schedule make_month(const ModelParams& params, Stage stage) {
  return params.space == Space::kTerritory ? month_of_territory(params, stage) : month_of_tables(params);
}

void add_indicators(IndicatorSet& indicators, const ModelParams& p) {
  if (p.space == Space::kTerritory) {
    firms::add_indicators(indicators, p.firms, p.io);
    households::add_indicators(indicators, p.households);
  } else if (p.io.table.table.given()) {
    io::add_table_indicators(indicators, p.io);
  }
  if (p.space == Space::kNone && p.retail.outlets.given()) retail::add_user_shop_indicators(indicators);
  if (p.space == Space::kNone && p.labour.gravity.given()) labour::add_trip_indicators(indicators);
  labour::add_indicators(indicators, p.labour);
}

}  // namespace metier
