#include "models/params.hpp"

#include "sim/config/binder.hpp"

#include <algorithm>
#include <string_view>

namespace metier {

namespace {

/// Paths of the outside world that come with the project; the word `none` in a scenario takes one away.
void name_shipped_paths(ModelParams& p) {
  const auto name = [](InputFile& file, std::string_view path) {
    if (!file.given()) file.path = path;
  };
  name(p.outside.demand_path, "scenarios/paths/outside_gdp.csv");
  name(p.outside.tilt_path, "scenarios/paths/outside_sector_tilt.csv");
  name(p.outside.emergency_path, "scenarios/paths/emergency_state.csv");
  name(p.labour.minimum_wage, "scenarios/paths/minimum_wage.csv");
}

bool names_a_file(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  };
  return !name.empty() && name.size() <= 100 && name.front() != '.' && name.front() != '-' &&
         std::all_of(name.begin(), name.end(), allowed);
}

/// The binder itself turns amounts of money into EUR: nothing after it knows of another unit.
void bind_units(ParamBinder& b) {
  enum class Money { kEuro, kKiloEuro } money = Money::kEuro;
  b.choice(
      "money", money, {{"EUR", Money::kEuro, "euros"}, {"kEUR", Money::kKiloEuro, "thousands of euros"}},
      {.doc = "Unit of the amounts of money in the scenario: of every parameter whose unit here is EUR or EUR/... "
              "Keys of CSV files that tell their unit (gross_eur_per_month) keep it; a table of your own may be in "
              "any unit, and its results are in the same."});
}

void bind_run(ParamBinder& b, RunParams& p) {
  b.field("name", p.name, {.doc = "Name of the run: results go to results/<name>.h5 unless --out says other."});
  b.check("name", names_a_file(p.name),
          "must be 1 to 100 letters, digits, '_', '-' or '.', beginning with a letter, a digit or '_'");
  b.month("start", p.start, {.doc = "First month that is simulated; time[0] is the end of the month before."});
  b.field("months", p.months, {.unit = "month", .lo = 1, .hi = kMostMonths, .doc = "Months to simulate."});
  constexpr Month kLast{2199, 12};
  b.check("months", p.start + (p.months - 1) <= kLast, "the run would end after 2199-12");
  b.field("burn_in_months", p.burn_in_months,
          {.unit = "month",
           .lo = 0,
           .hi = 12000,
           .doc = "Months before t = 0 in which prices, stocks, orders, expectations and cash relax while headcounts, "
                  "sites and links are held."});
  b.field("seed", p.seed, {.lo = 0, .doc = "Seed of all draws of the dynamics."});
  b.field("replicate", p.replicate,
          {.lo = 0, .doc = "Number of the replicate: other draws of the dynamics, the same population."});
  b.field("population_seed", p.population_seed, {.lo = 0, .doc = "Seed of the draws that make the population."});
}

/// Tables of the user's own are no part of a territory.
void check_territory(ParamBinder& b, const ModelParams& p) {
  constexpr std::string_view kOwn = "is a table of your own: it goes with space: none";
  b.section("io", [&] {
    const bool of_tables = p.io.mode == io::Mode::kArioPsi || p.io.mode == io::Mode::kPichlerDaily;
    b.check("mode", !of_tables, "ario_psi and pichler_daily run over a user's table: set space: none");
    const io::TableParams& t = p.io.table;
    b.check("table", !t.table.given(), kOwn);
    b.check("inventory_months", !t.holds_stocks(), "goes with a table of your own (space: none)");
    b.check("establishments_per_sector", t.establishments_per_sector == 1,
            "goes with a table of your own (space: none)");
    b.check("final_demand_per", t.final_demand_per == io::TableParams{}.final_demand_per,
            "goes with a table of your own (space: none)");
  });
  b.section("labour", [&] {
    b.check("persons", p.labour.persons == 0, "goes with labour.mode two_state and space: none");
    b.section("gravity", [&] { b.check("origins", !p.labour.gravity.given(), kOwn); });
  });
  b.section("retail", [&] { b.check("outlets", !p.retail.outlets.given(), kOwn); });
}

/// What needs a territory cannot be had without one.
void check_tables(ParamBinder& b, const ModelParams& p) {
  b.section("run", [&] {
    b.check("burn_in_months", p.run.burn_in_months == 0,
            "must be 0 with space: none, as in scenarios/verify/null.yaml");
  });
  b.section("scale", [&] { b.check("factor", p.synthesis.scale_factor == 1.0, "must be 1 with space: none"); });
  b.section("labour", [&] {
    b.check("mode", p.labour.mode != labour::Mode::kFull,
            "'full' needs a territory; with space: none a null model runs, as in scenarios/verify/null.yaml");
  });
  b.section("firms", [&] {
    b.check("expectation", p.firms.expectation == firms::Expectation::kAdaptive, "must be adaptive with space: none");
    b.check("pricing", p.firms.pricing != firms::Pricing::kCanvas, "canvas needs a territory");
  });
  b.section("io", [&] {
    b.check("substeps", p.io.substeps == 1, "must be 1 with space: none");
    b.check("rationing", p.io.rationing != io::Rationing::kRandom, "random needs the supply links of a territory");
    b.check("unmet", p.io.unmet == io::Unmet::kLost, "spill needs the outlets of a territory");
    b.check("fill_elasticity", p.io.fill_elasticity == 0.0, "needs the supply links of a territory");
    b.check("regionalise", p.synthesis.economy.regionalise != synthesis::Regionalise::kGravity,
            "gravity needs the distances of a territory");
  });
  b.section("network", [&] {
    b.check("mode", p.synthesis.economy.network_mode == network::Mode::kFixed, "must be fixed with space: none");
  });
  b.section("households", [&] {
    if (p.households.mode == households::Mode::kNone) return;
    b.check("mode", p.io.table.labour.given(), "'default' needs io.labour and io.consumption with space: none");
    const auto& spend = p.households.spend_income;
    b.check("spend_income", std::all_of(spend.begin(), spend.end(), [&](double share) { return share == spend[0]; }),
            "must be one number with space: none");
  });
}

/// What no single parameter can tell.
void check_together(ParamBinder& b, const ModelParams& p) {
  b.section("outside", [&] {
    const bool follows_path =
        p.outside.mode == outside::Mode::kObservedThenAr1 || p.outside.mode == outside::Mode::kPath;
    b.check("demand_path", !follows_path || p.outside.demand_path.given(),
            "is needed by the modes observed_then_ar1 and path of outside.mode");
    b.check("tilt_path", p.outside.demand_path.given() || !p.outside.tilt_path.given(),
            "says how branches differ from outside.demand_path, which is not given");
  });
  b.section("labour", [&] {
    b.check("reservation_end", p.labour.reservation_end <= p.labour.reservation_start,
            "is above labour.reservation_start: the least wage that is accepted falls with time");
    b.section("flows", [&] {
      const bool flows = p.labour.mode == labour::Mode::kFlowsDrc;
      b.check("state", !flows || p.labour.flows.state.given(), "is needed by labour.mode flows_drc");
      b.check("mobility", !flows || p.labour.flows.mobility.given(), "is needed by labour.mode flows_drc");
    });
  });
  if (p.space == Space::kTerritory) {
    check_territory(b, p);
  } else {
    check_tables(b, p);
  }
}

}  // namespace

void bind(ParamBinder& b, ModelParams& p) {
  name_shipped_paths(p);
  b.ignore("schema");
  b.ignore("extends");
  b.section("units", [&] { bind_units(b); });
  b.section("run", [&] { bind_run(b, p.run); });
  b.section("data", [&] {
    b.data_root("root", p.data.root,
                {.doc = "Folder of the data pack; paths that begin with data/ start here. Another territory or year: "
                        "files of the same layout."});
  });
  b.choice("space", p.space,
           {{"territory", Space::kTerritory, "communes, zones outside, distances, from the data pack"},
            {"none", Space::kNone, "no communes, no distances: tables of the user's own"}},
           {.doc = "Whether the economy lies in space."});
  b.section("scale", [&] { synthesis::bind_scale(b, p.synthesis); });
  b.section("synthesis", [&] { bind(b, p.synthesis); });
  b.section("io", [&] {
    bind(b, p.io);
    synthesis::bind_trade(b, p.synthesis.economy);
  });
  b.section("network", [&] { synthesis::bind_network(b, p.synthesis.economy); });
  b.section("production", [&] { io::bind_production(b, p.io); });
  b.section("firms", [&] { bind(b, p.firms); });
  b.section("labour", [&] { bind(b, p.labour); });
  b.section("households", [&] { bind(b, p.households); });
  b.section("retail", [&] { bind(b, p.retail); });
  b.section("outside", [&] { bind(b, p.outside); });
  b.section("tax", [&] { bind(b, p.tax); });
  b.section("credit", [&] { bind(b, p.credit); });
  b.section("debug", [&] {
    b.choice("offers", p.labour.keep_offers,
             {{"false", false, "not kept"}, {"true", true, "table debug/offers, every month: for small runs"}},
             {.doc = "Write every acceptable pair of the labour market: a post that finds the applicant suitable, an "
                     "applicant who would take the post (case V7d)."});
    b.check("offers", !p.labour.keep_offers || p.labour.mode == labour::Mode::kFull,
            "offers are those of labour.mode full");
  });
  check_together(b, p);
}

}  // namespace metier
