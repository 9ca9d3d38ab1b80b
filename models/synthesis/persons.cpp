#include "models/synthesis/persons.hpp"

#include "models/labour/bands.hpp"
#include "models/labour/columns.hpp"
#include "models/labour/initial.hpp"
#include "models/synthesis/occupations.hpp"
#include "models/synthesis/persons_parts.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <vector>

namespace metier::synthesis {

using labour::Status;

namespace {

/// The zones outside as places where people look for work here, and the labour market at t = 0.
void set_zones(PeopleBuild& b) {
  const auto unemployed = b.world.column<labour::ZoneUnemployed>();
  const auto group = b.world.column<labour::ZoneGroupOf>();
  for (std::size_t z = 0; z < b.people.zones.size(); ++z) {
    unemployed[z] = b.params.scale_factor * b.labour.ilo_share * b.people.zones[z].unemployed;
    group[z] = b.pack.external_zones[z].zone_group == "belgium" ? 1 : 0;
  }
  labour::set_up_tables(b.world);
  b.world.column<labour::RegisteredHalo>()[0] = b.people.registered_halo;
  b.world.column<labour::RegisteredEmployed>()[0] = b.people.registered_employed;
}

void report_people(PeopleBuild& b) {
  const auto age = b.world.column<labour::Age>();
  std::vector<std::int64_t> of_working_age(b.communes, 0), looking(b.communes, 0);
  std::int64_t ilo = 0, employed = 0, in_here = 0, without = 0;
  for (std::size_t c = 0; c < b.communes; ++c) {
    for (std::size_t h = b.place_begin[c]; h < b.place_begin[c + 1]; ++h) {
      if (age[h] < 65) ++of_working_age[c];
      if (b.employer[h] != firms::kNoFirm) {
        ++employed;
        if (b.employer[h] < firms::kOutsideEmployer) ++in_here;
      } else {
        ++looking[c];
        ++without;
        if (b.status[h] == Status::kUnemployed) ++ilo;
      }
    }
  }
  double active_asked = 0.0, without_asked = 0.0, active = 0.0;
  for (std::size_t c = 0; c < b.communes; ++c) {
    const double asked = b.params.scale_factor * b.people.communes[c].active;
    active_asked += asked;
    active += static_cast<double>(of_working_age[c]);
    without_asked += b.params.scale_factor * b.people.communes[c].unemployed;
    b.report.add("active residents of 15-64 by commune", b.pack.communes[c].code, asked,
                 static_cast<double>(of_working_age[c]), std::max(0.005, 2.0 / std::max(1.0, asked)),
                 "next whole number");
    b.report.add("unemployed residents (census) by commune", b.pack.communes[c].code,
                 b.params.scale_factor * b.people.communes[c].unemployed, static_cast<double>(looking[c]),
                 std::max(0.005, 2.0 / std::max(1.0, b.params.scale_factor * b.people.communes[c].unemployed)),
                 "next whole number");
  }
  const double small = 3.0 / std::max(1.0, without_asked);
  b.report.add("active residents of 15-64", "all", active_asked, active, std::max(0.001, small), "within 0.1 %");
  b.report.add("unemployed residents (census)", "all", without_asked, static_cast<double>(without),
               std::max(0.001, small), "within 0.1 %");
  const double total = static_cast<double>(without);
  // A binomial share: five standard deviations around its mean.
  const double spread = 5.0 * std::sqrt(total * b.labour.ilo_share * (1.0 - b.labour.ilo_share));
  b.report.add("unemployed residents (ILO)", "all", b.labour.ilo_share * total, static_cast<double>(ilo),
               total > 0.0 ? spread / (b.labour.ilo_share * total) : kInformation,
               "each by lot: 5 standard deviations");
  b.report.add("unemployment rate (ILO)", "all", 0.108, static_cast<double>(ilo) / static_cast<double>(ilo + employed),
               kInformation, "cross-check");
  b.report.assume("labour.ilo_share", fmt::format("{}", b.labour.ilo_share),
                  "Census-unemployed count as unemployed in the ILO sense with this probability, else as the halo.");
  b.report.assume("synthesis.occupation_tilt", fmt::format("{}", b.params.people.occupation_tilt),
                  "Posts of the higher level go more often to residents of richer communes.");
  b.report.assume("owners", "residents", "Self-employed owners live in the territory as far as its commuters allow.");
}

}  // namespace

void build_persons(const DataPack& pack, const PeoplePack& people, const Params& params, const labour::Params& labour,
                   const SynthesisKeys& keys, World& world, InitReport& report) {
  build_occupations(pack, people, params, world, report);
  PeopleBuild b{pack, people, params, labour, keys, world, report};
  list_jobs(b);
  b.flows =
      build_commuting(pack, people, b.jobs_by_commune, labour.beta_travel, params.scale_factor, keys, world, report);
  lay_out_rows(b);
  join_people_and_jobs(b);
  join_people_and_outside_jobs(b);
  place_unemployed(b);
  set_ages(b);
  draw_people(b);
  set_wages(b);
  set_cells(b);
  set_zones(b);
  report_people(b);
}

void report_rest(const PeoplePack& people, const labour::Finding& finding, World& world, InitReport& report) {
  const auto status = world.column<labour::StatusOf>();
  const auto duration = world.column<labour::Duration>();
  double unemployed = 0.0, long_term = 0.0;
  for (std::size_t h = 0; h < status.size(); ++h) {
    if (status[h] != Status::kUnemployed) continue;
    unemployed += 1.0;
    if (duration[h] >= labour::kLongTerm) long_term += 1.0;
  }
  report.add("unemployed for 12 months or more (ILO)", "all", people.long_term_share * unemployed, long_term,
             kInformation, "outcome of a market at rest");
  report.add("residents whom the posts of t = 0 take in a month, over jobs lost", "all", 1.0, finding.taken,
             kInformation, "in expectation; chances are scaled to 1");
  report.assume("labour_market.halo_entry", fmt::format("{:.4f} a month", world.column<labour::HaloEntryAtRest>()[0]),
                "Solved: as many unemployed enter the halo of t = 0 as leave it.");
  const auto by_age = world.column<labour::RelativeExitAtAge>();
  report.assume("age_band.relative_exit", fmt::format("{:.3f}, {:.3f}, {:.3f}", by_age[0], by_age[1], by_age[2]),
                "Solved: at each age (under 25, 25-54, 55 or more) as many jobs are lost as seekers find one.");
}

}  // namespace metier::synthesis
