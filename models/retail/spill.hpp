#pragma once
#include "models/io/params.hpp"
#include "models/retail/huff.hpp"

namespace metier::retail {

struct SpillView {
  HuffView huff;
  In<Spending> spending;
  In<firms::Employees> employees;
  In<firms::SelfEmployed> owners;
  In<firms::SideWorkers> side;
  In<firms::Productivity> productivity;
  In<firms::Capital> capital;
  In<firms::CapitalOutput> capital_output;
  In<io::OrderLinks> links;
  In<io::OrderBasket> basket;
  In<firms::OrderHousehold> household;
};

/// What outlets cannot make for shoppers is asked for once more at outlets that can (`io.unmet: spill`).
///
/// Equations an outlet whose orders d exceed x_cap = min(A N alpha_max, K kcap) turns away the share of its shoppers
///           that rationing would leave unserved; those of commune c go, by the same law of Huff, to outlets of the
///           category with d < x_cap and to the poles outside:  P_cj ~ A_j tt^-gamma over these alone.
///           What is more than these can make is lost.                                               (README eq. 2)
/// Limits    nobody short: nothing moves; nobody has room and there is no pole: everything stays where it was asked for
/// Goods     the goods behind the counter stay those of the first choice: ordered before, and of the same category
/// Part      runs once a month, before the production of the first part
void spill(const Step& step, const Params& params, const io::Params& io, const io::SubStep& sub, SpillView view,
           Scratch<DeterrenceTables> tables, InOut<OutletTurnover> turnover, InOut<Captured> captured,
           InOut<CapturedAtHome> at_home, InOut<firms::OrderRetail> order, InOut<firms::OrdersNow> now,
           InOut<firms::Orders> orders);

}  // namespace metier::retail
