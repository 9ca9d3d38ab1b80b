#include "models/model.hpp"

#include "models/dimensions.hpp"
#include "models/labour/initial.hpp"
#include "models/labour/spells_at_start.hpp"
#include "models/labour/turnover.hpp"
#include "models/outside/columns.hpp"
#include "models/outside/paths.hpp"
#include "models/pipeline.hpp"
#include "models/synthesis/economy.hpp"
#include "models/synthesis/establishments.hpp"
#include "models/synthesis/persons.hpp"
#include "models/user_tables.hpp"
#include "sim/core/error.hpp"
#include "sim/core/hash.hpp"
#include "sim/engine/simulator.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace metier {

namespace {

std::string shown_path(const std::string& path, const std::string& root) {
  std::error_code error;
  const auto relative = std::filesystem::proximate(path, root, error);
  if (error || relative.empty() || *relative.begin() == "..") return path;
  return relative.generic_string();
}

/// Keeps the files that were given, all of them by path.
void note_files(const std::vector<const InputFile*>& files, const std::string& root, Model& model) {
  for (const InputFile* file : files) {
    std::error_code error;
    if (!file->given()) continue;
    const auto bytes = std::filesystem::file_size(file->path, error);
    if (error) continue;  // whoever reads it says so
    model.files.push_back({shown_path(file->path, root), sha256_file(file->path), bytes});
  }
  std::sort(model.files.begin(), model.files.end(),
            [](const ModelFile& a, const ModelFile& b) { return a.path < b.path; });
}

/// Everything that is read before anything is built.
struct Territory {
  synthesis::DataPack pack;
  synthesis::PeoplePack people;
  synthesis::EconomyPack economy;
  std::vector<double> demand, emergency;
};

Territory read_territory(const std::string& root, Model& model, Problems& data, Problems& tables) {
  Territory territory;
  ModelParams& params = model.params;
  synthesis::PackFiles files(params.data.root, data);
  territory.pack = synthesis::read_pack(files, params.synthesis.survival_cohort);
  if (synthesis::has_lists(territory.pack)) {
    territory.people = synthesis::read_people(files, territory.pack);
    territory.economy = synthesis::read_economy_pack(files, territory.pack);
  }
  for (const synthesis::PackFile& file : files.used()) {
    model.files.push_back({shown_path(params.data.root + "/" + file.path, root), file.sha256, file.bytes});
  }
  if (data.empty()) {
    synthesis::check_size_max(territory.pack, params.synthesis, tables);
    // the paths of demand are asked for the goods of the pack
    std::vector<std::string> series;
    for (const synthesis::GoodData& good : territory.economy.goods) series.push_back(good.production_series);
    territory.demand =
        outside::read_demand(params.outside.demand_path, params.outside.tilt_path, params.run.start, series, tables);
  }
  territory.emergency = outside::read_emergency(params.outside.emergency_path, params.run.start, tables);
  if (params.labour.minimum_wage.given()) {
    params.labour.minimum_wage_path = labour::read_minimum_wage(params.labour.minimum_wage.path, tables);
  }
  note_files({&params.outside.demand_path, &params.outside.tilt_path, &params.outside.emergency_path,
              &params.labour.minimum_wage},
             root, model);
  return territory;
}

template <class Table, class C>
void fill(World& world, const std::vector<double>& values) {
  world.set_rows<Table>(values.size());
  std::copy(values.begin(), values.end(), world.column<C>().begin());
}

void build_territory(const Territory& territory, BuildUntil until, Model& model) {
  const ModelParams& params = model.params;
  const synthesis::SynthesisKeys keys{params.run.population_seed};
  const Seeds population_seeds{params.run.population_seed, 0};
  World& world = model.world;
  synthesis::build_establishments(territory.pack, params.synthesis, keys, world, model.population);
  synthesis::build_persons(territory.pack, territory.people, params.synthesis, params.labour, keys, world,
                           model.population);
  const bool still = params.outside.mode == outside::Mode::kConstant;
  const double inflation = still ? 0.0 : params.outside.inflation;
  labour::set_wage_history(
      world, labour::trend_of_wages(params.labour, inflation, params.firms.productivity_growth),
      labour::trend_of_wages(params.labour, inflation, still ? 0.0 : params.outside.productivity_growth));
  const labour::Finding finding = labour::settle_turnover(world, params.labour);
  labour::settle_spells(world, params.labour, finding, population_seeds);
  synthesis::report_rest(territory.people, finding, world, model.population);
  labour::open_initial_posts(world, params.labour, population_seeds);
  synthesis::build_economy(territory.pack, territory.economy, params, keys, world, model.population);
  fill<outside::MonthGood, outside::ObservedDemand>(world, territory.demand);
  fill<outside::EmergencyMonth, outside::EmergencyPath>(world, territory.emergency);
  labour::set_start(world, params.labour, params.run.start + (-1));
  if (until == BuildUntil::kPopulation) return;
  Schedule relaxation = make_month(params, Stage::kBurnIn);
  burn_in(world, relaxation, params.run.burn_in_months, params.run.start, population_seeds);
}

bool declare_territory(Model& model, Territory& territory, const std::string& root, Problems& problems) {
  Problems data;
  territory = read_territory(root, model, data, problems);
  if (problems.empty()) data.raise_if_any(Exit::kData);
  for (const Problem& problem : data.list()) problems.add(problem.place, problem.message, problem.hint);
  if (!problems.empty()) return false;
  model.data_year = territory.pack.data_year;
  model.indicators.set_dimensions(territory_dimensions(territory.pack, territory.people, territory.economy));
  return true;
}

}  // namespace

std::unique_ptr<Model> build_model(const ModelParams& params, const std::string& root, BuildUntil until,
                                   Problems& problems) {
  auto model = std::make_unique<Model>();
  model->params = params;
  Territory territory;
  UserTables tables;
  if (params.space == Space::kTerritory) {
    if (!declare_territory(*model, territory, root, problems)) return nullptr;
  } else {
    tables = read_user_tables(params, problems);
    note_files(user_files(params), root, *model);
    if (!problems.empty()) return nullptr;
    model->indicators.set_dimensions(user_dimensions(tables));
  }
  add_indicators(model->indicators, model->params);
  model->month = make_month(model->params, Stage::kRun);
  if (until == BuildUntil::kDeclared) return model;
  if (params.space == Space::kTerritory) {
    build_territory(territory, until, *model);
  } else {
    build_user_tables(model->params, tables, model->world);
  }
  return model;
}

}  // namespace metier
