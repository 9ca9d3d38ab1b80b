#pragma once
#include "models/labour/job_events.hpp"
#include "models/labour/market.hpp"
#include "models/labour/params.hpp"
#include "models/outside/columns.hpp"
#include "sim/core/step.hpp"

#include <vector>

namespace metier::labour {

/// Working memory of the posting of vacancies.
struct Posting {
  struct Post {
    Row firm;
    std::uint8_t occupation, age;
    std::uint8_t zone;
    std::uint64_t key;
  };
  std::vector<std::int32_t> open;                          ///< per establishment
  std::vector<std::int32_t> change;                        ///< per establishment: posts to open (+) or withdraw (-)
  std::vector<std::int32_t> outside_open, outside_change;  ///< per external zone
  Selection growing;                                       ///< establishments that open posts; note: how many
  std::vector<Post> posts;
  std::vector<Row> shrinking;  ///< open posts of establishments that withdraw some
  std::vector<std::uint8_t> withdrawn;
  Buckets by_cell;
  std::vector<double> mix;  ///< cumulative weights of occupations, per sector; last row: outside
};

/// What posting looks at.
struct PostingView {
  In<firms::Key> key;
  In<firms::SectorOf> sector;
  In<firms::CommuneOf> commune;
  In<firms::Employees> employees;
  In<firms::SelfEmployed> owners;
  In<firms::LabourTarget> target;
  In<firms::HiresWanted> wanted;
  In<Staffing> staffing;
  In<RelativeExit> relative_exit;
  In<EmployedResidents> employed;
  In<OutsidePosts> outside_posts;
  In<OutCommuters> out_commuters;
  In<sites::Population> communes;
  In<StatusOf> people;
};

/// Moves the posts of the external zones with the demand of their economy.
///
/// Equation  posts_z = posts_z(0) D_z / A, D_z = mean over goods of demand relative to t = 0, weights the exports of
///           t = 0 to it; A = outside productivity (economy.outside_productivity)
///           (README eq. 4). Rounded half away from zero
void move_outside_posts(In<OutsidePostsAtStart> at_start, In<ZoneGroupOf> group, In<outside::BaseExports> base,
                        In<outside::DemandIndex> demand, In<outside::OutsideProductivity> productivity,
                        Out<OutsidePosts> posts);

/// Opens, keeps and withdraws posts, and sorts the table of vacancies by (place, occupation).
///
/// Number    open' = max(0, min(open + replacements due + firm.hires_wanted, need)), need = whole part of
///           (firm.labour_target - workers on the books + 1/2); no limit where there is no target      (README eq. 3)
///           outside: as many open posts as external_zone.posts has nobody for                         (README eq. 4)
/// Withdrawn the posts opened last go first; ties by key
/// Occupation of a new post: drawn with weights staffing * relative exit rate, so that the staffing of a sector is kept
///           by replacements; outside, with the occupations of the residents at work
/// Random    domain kLabourVacancy, key of the new post = hash(firm key or zone, month, number), one uniform
void post_vacancies(const Step& step, PostingView view, InOut<ReplacementsDue> due,
                    Random<RngDomain::kLabourVacancy> random, Scratch<Posting> posting, Structure<Vacancy> table);

/// Gives the pool of people from outside room for everybody who may be hired this month.
void reserve_pool(In<sites::Population> communes, In<ZoneUnemployed> unemployed, In<VisitShare> visit_share,
                  In<VacancyFirm> posts, Structure<Person> persons);

/// Takes the filled posts out of the table; the others grow a month older.
void close_vacancies(Scratch<Market> market, Structure<Vacancy> table);

}  // namespace metier::labour
