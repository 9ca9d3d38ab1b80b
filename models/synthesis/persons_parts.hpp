#pragma once
#include "models/labour/columns.hpp"
#include "models/labour/params.hpp"
#include "models/synthesis/commuting.hpp"
#include "models/synthesis/keys.hpp"
#include "models/synthesis/params.hpp"
#include "models/synthesis/people_pack.hpp"
#include "models/synthesis/report.hpp"
#include "sim/core/world.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

/// The parts of build_persons, in the order in which they run; each fills its own columns of the world.
namespace metier::synthesis {

/// Draws from the cumulated weights of one distribution.
class Distribution {
 public:
  explicit Distribution(std::span<const double> weights) : cumulated_(weights.size()) {
    double sum = 0.0;
    for (std::size_t k = 0; k < weights.size(); ++k) cumulated_[k] = sum += weights[k];
  }
  [[nodiscard]] std::size_t draw(double uniform) const {
    const double at = uniform * cumulated_.back();
    const auto found = std::upper_bound(cumulated_.begin(), cumulated_.end(), at);
    return std::min(static_cast<std::size_t>(found - cumulated_.begin()), cumulated_.size() - 1);
  }

 private:
  std::vector<double> cumulated_;
};

/// One job of an establishment before somebody has it.
struct Job {
  Row firm;
  std::uint8_t occupation;
  bool owner;
};

/// What every part looks at, and what one part leaves for the next.
struct PeopleBuild {
  const DataPack& pack;
  const PeoplePack& people;
  const Params& params;
  const labour::Params& labour;
  const SynthesisKeys& keys;
  World& world;
  InitReport& report;

  const std::size_t communes = pack.communes.size(), zones = communes + people.zones.size(),
                    occupations = people.occupations.size();
  std::vector<Job> jobs{};               ///< by establishment
  std::vector<std::size_t> job_begin{};  ///< of each commune
  std::vector<std::int64_t> jobs_by_commune{};
  CommuterFlows flows{};
  std::vector<std::int64_t> unemployed{};  ///< census, by commune
  std::vector<std::size_t> place_begin{};  ///< first row of each place
  std::vector<std::size_t> pair_begin{};   ///< first row of (origin, destination)
  std::span<labour::Status> status{};      ///< of each person, from lay_out_rows on; employer and occupation alike
  std::span<Row> employer{};
  std::span<std::uint8_t> occupation{};
};

// persons_jobs.cpp: who works where

/// Every job of the territory with its occupation.
void list_jobs(PeopleBuild& b);
/// Rows, keys and homes of persons; needs the flows of commuters.
void lay_out_rows(PeopleBuild& b);
/// Who has which job here.
void join_people_and_jobs(PeopleBuild& b);
/// Residents who work in the zones.
void join_people_and_outside_jobs(PeopleBuild& b);
/// Residents without a job.
void place_unemployed(PeopleBuild& b);

// persons_traits.cpp: what people are and earn

void set_ages(PeopleBuild& b);
/// Skill and diploma.
void draw_people(PeopleBuild& b);
/// Wages of persons, wage bills of establishments.
void set_wages(PeopleBuild& b);
/// Household cells, by quintile of income.
void set_cells(PeopleBuild& b);

}  // namespace metier::synthesis
