#include "models/model.hpp"

#include "models/dimensions.hpp"
#include "models/labour/initial.hpp"
#include "models/outside/columns.hpp"
#include "models/outside/paths.hpp"
#include "models/pipeline.hpp"
#include "models/synthesis/economy.hpp"
#include "models/synthesis/establishments.hpp"
#include "models/synthesis/persons.hpp"
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

void note_file(const InputFile& file, const std::string& root, Model& model) {
  if (!file.given()) return;
  std::error_code error;
  const auto bytes = std::filesystem::file_size(file.path, error);
  if (error) return;  // whoever reads it says so
  model.files.push_back({shown_path(file.path, root), sha256_file(file.path), bytes});
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
  if (data.empty()) {
    territory.people = synthesis::read_people(files, territory.pack);
    territory.economy = synthesis::read_economy_pack(files, territory.pack);
  }
  for (const synthesis::PackFile& file : files.used()) {
    model.files.push_back({shown_path(params.data.root + "/" + file.path, root), file.sha256, file.bytes});
  }
  std::vector<std::string> series;
  for (const synthesis::GoodData& good : territory.economy.goods) series.push_back(good.production_series);
  territory.demand =
      outside::read_demand(params.outside.demand_path, params.outside.tilt_path, params.run.start, series, tables);
  territory.emergency = outside::read_emergency(params.outside.emergency_path, params.run.start, tables);
  if (params.labour.minimum_wage.given()) {
    params.labour.minimum_wage_path = labour::read_minimum_wage(params.labour.minimum_wage.path, tables);
  }
  for (const InputFile* file : {&params.outside.demand_path, &params.outside.tilt_path, &params.outside.emergency_path,
                                &params.labour.minimum_wage}) {
    note_file(*file, root, model);
  }
  std::sort(model.files.begin(), model.files.end(),
            [](const ModelFile& a, const ModelFile& b) { return a.path < b.path; });
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
  labour::open_initial_posts(world, params.labour, population_seeds);
  synthesis::build_economy(territory.pack, territory.economy, params, keys, world, model.population);
  fill<outside::MonthGood, outside::ObservedDemand>(world, territory.demand);
  fill<outside::EmergencyMonth, outside::EmergencyPath>(world, territory.emergency);
  labour::set_start(world, params.labour, params.run.start + (-1));
  if (until == BuildUntil::kPopulation) return;
  Schedule relaxation = make_month(params, Stage::kBurnIn);
  burn_in(world, relaxation, params.run.burn_in_months, params.run.start, population_seeds);
}

}  // namespace

std::unique_ptr<Model> build_model(const ModelParams& params, const std::string& root, BuildUntil until,
                                   Problems& problems) {
  auto model = std::make_unique<Model>();
  model->params = params;
  Problems data;
  const Territory territory = read_territory(root, *model, data, problems);
  if (problems.empty()) data.raise_if_any(Exit::kData);
  for (const Problem& problem : data.list()) problems.add(problem.place, problem.message, problem.hint);
  if (!problems.empty()) return nullptr;

  model->data_year = territory.pack.data_year;
  model->indicators.set_dimensions(territory_dimensions(territory.pack, territory.people, territory.economy));
  add_indicators(model->indicators, model->params);
  model->month = make_month(model->params, Stage::kRun);
  if (until != BuildUntil::kDeclared) build_territory(territory, until, *model);
  return model;
}

}  // namespace metier
