#include "models/user_tables.hpp"

#include "models/synthesis/gravity.hpp"
#include "sim/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace metier {

namespace {

/// Whether the scenario gives the null models of labour something to do.
bool has_labour(const labour::Params& p) {
  switch (p.mode) {
    case labour::Mode::kTwoState: return p.persons > 0;
    case labour::Mode::kUrnBall:
    case labour::Mode::kFlowsDrc: return true;
    case labour::Mode::kFull: break;
  }
  return false;
}

/// What the input-output table depends on besides its files.
synthesis::UserTableChoice choice_of(const ModelParams& p) {
  const bool spend = p.households.mode == households::Mode::kDefault && p.io.table.labour.given();
  return {spend ? p.households.spend_income[0] : 0.0, p.synthesis.economy.flq_delta, p.synthesis.economy.regionalise,
          p.run.months};
}

/// Largest relative error of a sum of a row or a column; infinite where somebody goes nowhere.
double margin_error(const labour::TripTables& trips, const std::vector<double>& flows) {
  const std::size_t width = trips.jobs.size();
  std::vector<double> out(trips.homes.size(), 0.0), in(width, 0.0);
  for (std::size_t k = 0; k < flows.size(); ++k) {
    out[k / width] += flows[k];
    in[k % width] += flows[k];
  }
  double error = 0.0;
  const auto compare = [&](const std::vector<double>& wanted, const std::vector<double>& got) {
    for (std::size_t k = 0; k < wanted.size(); ++k) {
      const double gap = std::fabs(got[k] - wanted[k]);
      error = std::max(error, wanted[k] > 0.0 ? gap / wanted[k] : gap);
    }
  };
  compare(trips.homes, out);
  compare(trips.jobs, in);
  return std::isfinite(error) ? error : std::numeric_limits<double>::infinity();
}

/// Doubly constrained gravity over the user's places.
std::vector<double> fit_trips(const labour::TripTables& trips, const labour::Params& p, Problems& problems) {
  constexpr double kAim = 1e-13, kEnough = 1e-9;
  const std::size_t width = trips.jobs.size();
  // Minutes from the cheapest destination of an origin on: its balancing factor takes up the rest, and far places do
  // not vanish in the exponential.
  std::vector<double> minutes = trips.minutes;
  for (auto row = minutes.begin(); row != minutes.end(); row += static_cast<std::ptrdiff_t>(width)) {
    const auto end = row + static_cast<std::ptrdiff_t>(width);
    const double least = *std::min_element(row, end);
    std::for_each(row, end, [&](double& t) { t -= least; });
  }
  const std::vector<unsigned char> allowed(minutes.size(), 1);
  synthesis::GravityFlows fitted = synthesis::gravity(trips.homes, trips.jobs, minutes, allowed, p.beta_travel, kAim);
  const double error = margin_error(trips, fitted.flows);
  if (error > kEnough) {
    problems.add({p.gravity.cost.path, 1, 1},
                 fmt::format("no flows meet both margins: a sum is off by {:.2g} of its size after {} rounds", error,
                             fitted.rounds),
                 "the costs times labour.beta_travel differ by too much");
  }
  return fitted.flows;
}

}  // namespace

UserTables read_user_tables(const ModelParams& p, Problems& problems) {
  UserTables tables;
  const bool io = p.io.table.table.given();
  if (io) tables.io = synthesis::read_user_table(p.io, choice_of(p), problems);
  if (p.labour.mode == labour::Mode::kFlowsDrc) tables.flows = labour::read_flow_tables(p.labour.flows, problems);
  if (p.retail.outlets.given() && p.retail.zones.given()) tables.shops = retail::read_user_shops(p.retail, problems);
  if (p.labour.gravity.given()) {
    const std::size_t before = problems.size();
    tables.trips = labour::read_trip_tables(p.labour.gravity, problems);
    if (problems.size() == before) tables.trip_flows = fit_trips(*tables.trips, p.labour, problems);
  }
  if (!io && !has_labour(p.labour) && !tables.shops && !tables.trips) {
    problems.add({}, "'space: none' gives nothing to run",
                 "io.table; labour.persons with labour.mode two_state; labour.mode urn_ball or flows_drc; "
                 "labour.gravity; retail.outlets with retail.zones");
  }
  return tables;
}

std::vector<const InputFile*> user_files(const ModelParams& p) {
  std::vector<const InputFile*> files = synthesis::user_table_files(p.io);
  files.insert(files.end(),
               {&p.labour.flows.state, &p.labour.flows.mobility, &p.labour.gravity.origins,
                &p.labour.gravity.destinations, &p.labour.gravity.cost, &p.retail.outlets, &p.retail.zones});
  return files;
}

std::vector<DimensionInfo> user_dimensions(const UserTables& tables) {
  std::vector<DimensionInfo> dimensions;
  if (tables.io)
    dimensions.push_back({"sector", "Sector of the table", "Secteur de la table", tables.io->labels, {}, {}});
  if (tables.flows) dimensions.push_back({"occupation", "Occupation", "Métier", tables.flows->labels, {}, {}});
  if (tables.trips) {
    dimensions.push_back({"origin", "Place of residence", "Lieu de résidence", tables.trips->origins, {}, {}});
    dimensions.push_back({"destination", "Place of work", "Lieu de travail", tables.trips->destinations, {}, {}});
  }
  if (tables.shops) {
    dimensions.push_back({"zone", "Zone of the shoppers", "Zone des acheteurs", tables.shops->zones, {}, {}});
    dimensions.push_back({"outlet", "Outlet", "Point de vente", tables.shops->outlets, {}, {}});
  }
  return dimensions;
}

void build_user_tables(const ModelParams& p, const UserTables& tables, World& world) {
  if (tables.io) synthesis::build_user_table(*tables.io, p.io, world);
  if (p.labour.mode == labour::Mode::kTwoState && p.labour.persons > 0)
    labour::build_two_state(world, p.labour.persons);
  if (p.labour.mode == labour::Mode::kUrnBall) labour::build_urn(world);
  if (tables.flows) labour::build_flows(world, *tables.flows);
  if (tables.trips) labour::build_trips(world, tables.trip_flows);
  if (tables.shops) retail::build_user_shops(world, *tables.shops);
}

}  // namespace metier
