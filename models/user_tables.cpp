#include "models/user_tables.hpp"

#include "sim/core/error.hpp"

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

}  // namespace

UserTables read_user_tables(const ModelParams& p, Problems& problems) {
  UserTables tables;
  const bool io = p.io.table.table.given();
  if (io) tables.io = synthesis::read_user_table(p.io, choice_of(p), problems);
  if (p.labour.mode == labour::Mode::kFlowsDrc) tables.flows = labour::read_flow_tables(p.labour.flows, problems);
  if (!io && !has_labour(p.labour)) {
    problems.add({}, "'space: none' gives nothing to run",
                 "io.table, labour.persons with labour.mode two_state, or labour.mode urn_ball or flows_drc");
  }
  return tables;
}

std::vector<const InputFile*> user_files(const ModelParams& p) {
  std::vector<const InputFile*> files = synthesis::user_table_files(p.io);
  files.insert(files.end(), {&p.labour.flows.state, &p.labour.flows.mobility});
  return files;
}

std::vector<DimensionInfo> user_dimensions(const UserTables& tables) {
  std::vector<DimensionInfo> dimensions;
  if (tables.io)
    dimensions.push_back({"sector", "Sector of the table", "Secteur de la table", tables.io->labels, {}, {}});
  if (tables.flows) dimensions.push_back({"occupation", "Occupation", "Métier", tables.flows->labels, {}, {}});
  return dimensions;
}

void build_user_tables(const ModelParams& p, const UserTables& tables, World& world) {
  if (tables.io) synthesis::build_user_table(*tables.io, p.io, world);
  if (p.labour.mode == labour::Mode::kTwoState && p.labour.persons > 0)
    labour::build_two_state(world, p.labour.persons);
  if (p.labour.mode == labour::Mode::kUrnBall) labour::build_urn(world);
  if (tables.flows) labour::build_flows(world, *tables.flows);
}

}  // namespace metier
