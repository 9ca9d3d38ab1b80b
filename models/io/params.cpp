#include "models/io/params.hpp"

#include "sim/config/binder.hpp"

#include <string_view>
#include <utility>

namespace metier::io {

namespace {

void bind_ario(ParamBinder& b, ArioParams& p) {
  constexpr std::string_view kSource = "Hallegatte (2013), Risk Analysis 34; BoARIO";
  b.field("psi", p.psi,
          {.unit = "1",
           .lo = 0.0,
           .hi = 1.0,
           .doc = "Part of the stock wanted below which a stock limits output; mode `ario_psi` only.",
           .source = kSource});
  b.field("tau_inventory", p.tau_inventory,
          {.unit = "month", .lo = 0.01, .hi = 1200.0, .doc = "Time to make up a gap of stocks.", .source = kSource});
  b.field("alpha_max", p.alpha_max,
          {.unit = "1", .lo = 1.0, .hi = 10.0, .doc = "Largest overproduction factor.", .source = kSource});
  b.field("tau_alpha", p.tau_alpha,
          {.unit = "month", .lo = 0.01, .hi = 1200.0, .doc = "Time to reach it and to return.", .source = kSource});
  b.field("alpha_base", p.alpha_base,
          {.unit = "1", .lo = 0.01, .hi = 10.0, .doc = "Overproduction factor at rest.", .source = kSource});
  b.check("alpha_base", p.alpha_base <= p.alpha_max, "is above io.ario.alpha_max");
  // A statement, no switch: every good of a table has one sector that makes it, and nobody else to turn to.
  enum class OrderType { kUnchanged } order_type = OrderType::kUnchanged;
  b.choice(
      "order_type", order_type,
      {{"unchanged", OrderType::kUnchanged, "shares of suppliers are fixed: `noalt` of BoARIO"}},
      {.doc = "How orders are split over suppliers. A table has one sector per good, so nothing else can be chosen; "
              "between the establishments of a territory `io.fill_elasticity` moves orders.",
       .source = kSource});
}

void bind_table(ParamBinder& b, TableParams& p) {
  b.path("table", p.table,
         {.doc = "A table of your own, with `space: none`. Square CSV: header row and first column bear the labels, in "
                 "one order; rows supply, columns use; 2 to 500 labels."});
  b.choice("table_kind", p.kind,
           {{"coefficients", TableKind::kCoefficients, "input per unit of output"},
            {"flows", TableKind::kFlows, "values, divided by `io.output`"}},
           {.doc = "What the cells of `io.table` are."});
  b.path("output", p.output, {.doc = "CSV label,value: output of a table of flows, in its unit and period."});
  b.path("final_demand", p.final_demand,
         {.doc = "CSV label,value[,month]: final demand; with a month it holds from that month until the next one "
                 "listed."});
  b.choice("final_demand_per", p.final_demand_per,
           {{"year", Period::kYear, "a twelfth of it each month"}, {"month", Period::kMonth, "as it is each month"}},
           {.doc = "Period of the values of `io.final_demand`."});
  b.path("initial_output", p.initial_output,
         {.doc = "CSV label,value: output per year at t = 0; default: the solution for the first final demand."});
  b.path("labour", p.labour, {.doc = "CSV label,value: labour income per unit of output, which households spend."});
  b.path("consumption", p.consumption, {.doc = "CSV label,value: what a unit of spent labour income buys."});
  b.path("value_added", p.value_added,
         {.doc = "CSV label,value: value added per unit of output, in prices; default: what the inputs leave of 1."});
  b.path("criticality", p.criticality,
         {.doc = "CSV of the shape of `io.table`, values 0, 0.5 and 1; default: every input is critical."});
  b.number_or_path("inventory_months", p.inventory_months,
                   {.unit = "month",
                    .lo = 0.0,
                    .hi = 1200.0,
                    .doc = "Stocks of inputs wanted and held at t = 0, in months of use: a number, CSV label,value by "
                           "input, or CSV matrix with rows = input, columns = user. 0: none are held."});
  b.path(
      "shocks", p.shocks,
      {.doc = "CSV month,label,kind,value; kinds: capacity (share lost), final_demand, price, value_added (factors), "
              "import_fill (share delivered). A row holds in its month only; month 1 is the first."});
  b.path("location_quotients", p.location_quotients,
         {.doc = "CSV label,value: location quotients LQ; coefficients of the table are then regionalised as "
                 "`io.regionalise` says, the rest is bought outside."});
  b.field("employment_share", p.employment_share,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .doc = "Jobs of the region over jobs of the country, with `io.location_quotients`.",
           .source = "Flegg & Webber (1997)"});
  b.field("establishments_per_sector", p.establishments_per_sector,
          {.unit = "count",
           .lo = 1,
           .hi = 10000,
           .doc = "Identical establishments of each sector of your table, each supplied by all of a sector."});
}

/// What one key of a user's table asks of the others.
void check_table(ParamBinder& b, const Params& p) {
  const TableParams& t = p.table;
  const bool table = t.table.given();
  b.check("final_demand", !table || t.final_demand.given(), "is needed with io.table");
  b.check("output", t.kind != TableKind::kFlows || t.output.given(), "is needed by a table of flows");
  b.check("output", t.kind == TableKind::kFlows || !t.output.given(), "goes with io.table_kind: flows");
  b.check("consumption", t.labour.given() == t.consumption.given(), "goes with io.labour: give both or none");
  b.check("inventory_months", !table || t.holds_stocks() || (p.mode != Mode::kArioPsi && p.mode != Mode::kPichlerDaily),
          "is needed by the modes ario_psi and pichler_daily");
  for (const auto& [key, file] : {std::pair<std::string_view, const InputFile*>{"output", &t.output},
                                  {"final_demand", &t.final_demand},
                                  {"initial_output", &t.initial_output},
                                  {"labour", &t.labour},
                                  {"value_added", &t.value_added},
                                  {"criticality", &t.criticality},
                                  {"shocks", &t.shocks},
                                  {"location_quotients", &t.location_quotients}}) {
    b.check(key, table || !file->given(), "goes with io.table, which is not given");
  }
}

}  // namespace

void bind(ParamBinder& b, Params& p) {
  b.choice(
      "mode", p.mode,
      {{"half_critical", Mode::kHalfCritical, "critical inputs bind in full, important ones by half"},
       {"leontief", Mode::kLeontief, "every input binds"},
       {"strongly_critical", Mode::kStronglyCritical, "critical and important inputs bind in full"},
       {"weakly_critical", Mode::kWeaklyCritical, "critical inputs bind in full, others never"},
       {"linear", Mode::kLinear, "inputs replace each other one for one"},
       {"ces", Mode::kCes, "constant elasticity of substitution"},
       {"ario_psi", Mode::kArioPsi, "ARIO with the psi rule; runs over a user's table only"},
       {"pichler_daily", Mode::kPichlerDaily, "half-critical with fixed stock targets; runs over a user's table only"},
       {"none", Mode::kNone, "null model: inputs never bind"}},
      {.doc = "How output meets the lack of inputs (B2).",
       .source = "Pichler et al. (2022), J. Econ. Dyn. Control 144"});
  b.choice("stocks", p.stocks,
           {{"finite", Stocks::kFinite, "inputs are held in stocks that run down"},
            {"infinite", Stocks::kInfinite, "null model: inputs are always there"}},
           {.doc = "Stocks of inputs (B3). With a table of your own they are finite where `io.inventory_months` is "
                   "given, else infinite."});
  b.choice("rationing", p.rationing,
           {{"proportional", Rationing::kProportional, "every order is cut by the same share"},
            {"household_first", Rationing::kHouseholdFirst, "households are served before all others"},
            {"priority", Rationing::kPriority, "establishments are served before final demand"},
            {"random", Rationing::kRandom, "customers are served one after another in an order drawn every month"}},
           {.doc = "Who is served when a supplier is short (B3).", .source = "ARIO; Inoue & Todo (2019)"});
  b.choice("unmet", p.unmet,
           {{"lost", Unmet::kLost, "what an outlet cannot sell is not bought"},
            {"spill", Unmet::kSpill, "it is asked for once more, at outlets of the same category that have room"}},
           {.doc = "What shoppers do when an outlet cannot serve them (B3).", .source = "choice"});
  b.field("fill_elasticity", p.fill_elasticity,
          {.unit = "1",
           .lo = 0.0,
           .hi = 10.0,
           .prior = {0.0, 1.0},
           .doc = "How strongly orders move to the suppliers that delivered more (theta); 0: shares are fixed.",
           .source = "BoARIO, order_type alt; DisruptSC"});
  b.field("substeps", p.substeps,
          {.unit = "1/month",
           .lo = 1,
           .hi = 4,
           .doc = "Rounds of orders, production and deliveries in a month, 1 or 4: with 1 a stock of less than a month "
                  "acts like one of a month.",
           .source = "choice"});
  b.check("substeps", p.substeps == 1 || p.substeps == 4, "allowed: 1 or 4");
  b.field("tau_inventory", p.tau_inventory,
          {.unit = "month",
           .lo = 0.1,
           .hi = 120.0,
           .prior = {1, 4},
           .lever = true,
           .doc = "Time over which a gap of stocks is made up.",
           .source = "5 days (Pichler) to 60 days (BoARIO); 2 months avoids the bullwhip at a monthly step"});
  b.field("ces_sigma", p.ces_sigma,
          {.unit = "1",
           .lo = 0.01,
           .hi = 0.99,
           .prior = {0.1, 0.5},
           .doc = "Elasticity of substitution of mode `ces`.",
           .source = "choice"});
  b.field("price_elasticity", p.price_elasticity,
          {.unit = "1",
           .lo = 0.0,
           .hi = 20.0,
           .prior = {1, 6},
           .lever = true,
           .doc = "How strongly buyers prefer the cheaper of several producers of one good.",
           .source = "Poledna et al. (2023): weights exp(-2 p)"});
  b.section("ario", [&] { bind_ario(b, p.ario); });
  bind_table(b, p.table);
  check_table(b, p);
  if (p.table.table.given()) p.stocks = p.table.holds_stocks() ? Stocks::kFinite : Stocks::kInfinite;
}

void bind_production(ParamBinder& b, Params& p) {
  b.field("alpha_max", p.alpha_max,
          {.unit = "1",
           .lo = 1.0,
           .hi = 3.0,
           .prior = {1.0, 1.25},
           .lever = true,
           .doc = "Overtime: most output per worker relative to full use.",
           .source = "ARIO 1.25; BeforeIT 1.5"});
}

}  // namespace metier::io
