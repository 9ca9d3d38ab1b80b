#include "models/labour/vacancies.hpp"

#include "models/labour/initial.hpp"
#include "sim/core/error.hpp"
#include "sim/core/hash.hpp"
#include "sim/core/math.hpp"
#include "sim/core/money.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <span>
#include <tuple>

namespace metier::labour {

namespace {

/// Cumulative weights, one row of `occupations` entries after the other.
void add_row(std::vector<double>& cumulative, std::span<const double> weights) {
  double sum = 0.0;
  for (const double w : weights) cumulative.push_back(sum += w);
  if (sum > 0.0) return;
  // Nobody to imitate: every occupation alike.
  for (std::size_t o = 0; o < weights.size(); ++o) {
    cumulative[cumulative.size() - weights.size() + o] = static_cast<double>(o + 1);
  }
}

/// Posts outside have the occupations of the residents at work.
void add_outside_mix(Posting& m, In<EmployedResidents> employed, In<RelativeExit> relative_exit) {
  std::vector<double> weights(relative_exit.size(), 0.0);
  for (std::size_t c = 0; c < employed.size(); ++c) weights[c % weights.size()] += static_cast<double>(employed[c]);
  for (std::size_t o = 0; o < weights.size(); ++o) weights[o] *= relative_exit[o];
  add_row(m.mix, weights);
}

std::uint8_t draw_occupation(std::span<const double> cumulative, double u) {
  const double at = u * cumulative.back();
  std::size_t o = 0;
  while (o + 1 < cumulative.size() && cumulative[o] <= at) ++o;
  return static_cast<std::uint8_t>(o);
}

/// Posts of one employer are counted up to here: far above what `refuse_runaway` lets pass in all.
constexpr std::int32_t kMostPosts = std::numeric_limits<std::int32_t>::max();

/// Every post is a row: those of an economy that runs away would fill the memory.
void refuse_runaway(std::int64_t posts, std::size_t people) {
  constexpr std::int64_t kMostPerPerson = 4;  // a guess: the baseline has some 3 for every hundred people
  if (posts <= kMostPerPerson * static_cast<std::int64_t>(people)) return;
  throw InputError(
      Exit::kRun,
      Problem{
          {},
          fmt::format("there are {} open posts, more than {} for each of {} places for people: the economy runs away",
                      posts, kMostPerPerson, people),
          "labour is asked for without bound where demand or prices grow so (outside.real_growth, "
          "outside.inflation, outside.shock_sd), productivity falls (firms.productivity_growth), investment answers "
          "at once (firms.invest_lag) or costs are out of proportion (credit.rate, tax.production, "
          "firms.markup_step): bring those that are far from the baseline nearer to it"});
}

/// Writes the posts into the table, sorted by cell = zone * occupations + occupation, in their present order inside it.
void write_sorted(Posting& m, std::size_t zones, std::size_t occupations, const Structure<Vacancy>& table) {
  stable_bucket_by(
      m.posts.size(), zones * occupations,
      [&](std::size_t v) { return static_cast<std::uint32_t>(m.posts[v].zone * occupations + m.posts[v].occupation); },
      m.by_cell);
  table.set_rows(m.posts.size());
  const auto firm = table.column<VacancyFirm>();
  const auto occupation = table.column<VacancyOccupation>();
  const auto age = table.column<VacancyAge>();
  const auto key = table.column<VacancyKey>();
  for_each_row(m.posts.size(), [&](std::size_t v) {
    const Posting::Post& post = m.posts[m.by_cell.order[v]];
    firm[v] = post.firm;
    occupation[v] = post.occupation;
    age[v] = post.age;
    key[v] = post.key;
  });
}

}  // namespace

void move_outside_posts(In<OutsidePostsAtStart> at_start, In<ZoneGroupOf> group, In<outside::BaseExports> base,
                        In<outside::DemandIndex> demand, In<outside::OutsideProductivity> productivity,
                        Out<OutsidePosts> posts) {
  const std::size_t goods = base.size() / outside::kZoneGroups;
  for (std::size_t z = 0; z < posts.size(); ++z) {
    double now = 0.0, before = 0.0;
    for (std::size_t g = group[z] * goods; g < (group[z] + std::size_t{1}) * goods; ++g) {
      now += base[g] * demand[g];
      before += base[g];
    }
    const double index = before > 0.0 ? now / before : 1.0;
    posts[z] =
        static_cast<std::int32_t>(round_half_away(std::min(at_start[z] * index / productivity[0], double{kMostPosts})));
  }
}

void post_vacancies(const Step& step, PostingView view, InOut<ReplacementsDue> due,
                    Random<RngDomain::kLabourVacancy> random, Scratch<Posting> posting, Structure<Vacancy> table) {
  Posting& m = *posting;
  const std::size_t n_firms = view.key.size();
  const std::size_t communes = view.communes.size();
  const std::size_t outside = view.outside_posts.size();
  const std::size_t occupations = view.relative_exit.size();
  const auto month = static_cast<std::uint64_t>(step.month);

  const auto old_firm = table.column<VacancyFirm>();
  const auto old_occupation = table.column<VacancyOccupation>();
  const auto old_age = table.column<VacancyAge>();
  const auto old_key = table.column<VacancyKey>();

  m.open.assign(n_firms, 0);
  m.outside_open.assign(outside, 0);
  for (const Row i : old_firm) {
    if (works_outside(i)) {
      ++m.outside_open[outside_zone(i)];
    } else {
      ++m.open[i];
    }
  }
  m.change.resize(n_firms);
  select_rows(
      n_firms,
      [&](std::size_t begin, std::size_t end, Picks& picks) {
        for (std::size_t i = begin; i < end; ++i) {
          std::int64_t wanted = std::int64_t{m.open[i]} + due[i] + view.wanted[i];
          if (view.target[i] > 0.0) {
            const double need = view.target[i] - static_cast<double>(view.employees[i] + view.owners[i]) + 0.5;
            wanted = std::min(wanted, static_cast<std::int64_t>(std::clamp(need, 0.0, double{kMostPosts})));
          }
          m.change[i] = static_cast<std::int32_t>(std::clamp<std::int64_t>(wanted, 0, kMostPosts) - m.open[i]);
          due[i] = 0;
          if (m.change[i] > 0) picks.add(i, static_cast<std::uint32_t>(m.change[i]));
        }
      },
      m.growing);

  m.outside_change.resize(outside);
  for (std::size_t z = 0; z < outside; ++z) {
    const auto wanted = view.outside_posts[z] - static_cast<std::int32_t>(view.out_commuters[z]);
    m.outside_change[z] = std::max(0, wanted) - m.outside_open[z];
  }
  const auto change_of = [&](Row i) -> std::int32_t& {
    return works_outside(i) ? m.outside_change[outside_zone(i)] : m.change[i];
  };

  // Withdrawn: the youngest posts of establishments and zones that have too many.
  m.shrinking.clear();
  for (std::size_t v = 0; v < old_firm.size(); ++v) {
    if (change_of(old_firm[v]) < 0) m.shrinking.push_back(static_cast<Row>(v));
  }
  std::sort(m.shrinking.begin(), m.shrinking.end(), [&](Row a, Row b) {
    return std::tie(old_firm[a], old_age[a], old_key[a]) < std::tie(old_firm[b], old_age[b], old_key[b]);
  });
  m.withdrawn.assign(old_firm.size(), 0);
  for (const Row v : m.shrinking) {
    if (change_of(old_firm[v]) == 0) continue;
    ++change_of(old_firm[v]);
    m.withdrawn[v] = 1;
  }

  m.mix.clear();
  std::vector<double> weights(occupations);
  for (std::size_t s = 0; s * occupations < view.staffing.size(); ++s) {
    for (std::size_t o = 0; o < occupations; ++o) {
      weights[o] = view.staffing[s * occupations + o] * view.relative_exit[o];
    }
    add_row(m.mix, weights);
  }
  add_outside_mix(m, view.employed, view.relative_exit);
  const auto mix_of = [&](std::size_t row) { return std::span(m.mix).subspan(row * occupations, occupations); };
  const std::size_t outside_mix = m.mix.size() / occupations - 1;

  m.posts.clear();
  for (std::size_t v = 0; v < old_firm.size(); ++v) {
    if (m.withdrawn[v] != 0) continue;
    const Row i = old_firm[v];
    const std::size_t zone = place_of_work(i, view.commune, communes);
    m.posts.push_back({i, old_occupation[v], old_age[v], static_cast<std::uint8_t>(zone), old_key[v]});
  }
  const std::size_t kept = m.posts.size();
  std::int64_t fresh = integer_sum(m.growing.size(), [&](std::size_t f) { return m.growing.notes[f]; });
  for (const std::int32_t change : m.outside_change) fresh += std::max(0, change);
  refuse_runaway(static_cast<std::int64_t>(kept) + fresh, view.people.size());
  m.posts.resize(kept + exclusive_scan(std::span(m.growing.notes)));  // notes: now the first of its posts
  for_each_row(m.growing.size(), [&](std::size_t f) {
    const Row i = m.growing.rows[f];
    Posting::Post* post = m.posts.data() + kept + m.growing.notes[f];
    for (std::uint32_t k = 0; static_cast<std::int32_t>(k) < m.change[i]; ++k) {
      const std::uint64_t key = hash64(kPostKey, view.key[i], month, k);
      const std::uint8_t occupation = draw_occupation(mix_of(view.sector[i]), random(key).uniform());
      *post++ = {i, occupation, 0, view.commune[i], key};
    }
  });
  for (std::size_t z = 0; z < outside; ++z) {
    for (std::uint32_t k = 0; static_cast<std::int32_t>(k) < m.outside_change[z]; ++k) {
      const std::uint64_t key = hash64(kPostKey, firms::kOutsideEmployer + z, month, k);
      const std::uint8_t occupation = draw_occupation(mix_of(outside_mix), random(key).uniform());
      m.posts.push_back(
          {firms::kOutsideEmployer + static_cast<Row>(z), occupation, 0, static_cast<std::uint8_t>(communes + z), key});
    }
  }
  write_sorted(m, communes + outside, occupations, table);
}

void reserve_pool(In<sites::Population> communes, In<ZoneUnemployed> unemployed, In<VisitShare> visit_share,
                  In<VacancyFirm> posts, Structure<Person> persons) {
  double applicants = 0.0;
  for (std::size_t z = 0; z < unemployed.size(); ++z) applicants += unemployed[z] * visit_share[z] + 1.0;
  std::size_t most = posts.size();
  if (applicants < static_cast<double>(most)) most = static_cast<std::size_t>(applicants);

  const std::size_t rows = persons.rows();
  const auto status = persons.column<StatusOf>();
  std::size_t free = 0;
  const std::size_t first = first_outside_row(In<Home>(persons.column<Home>()), communes.size());
  for (std::size_t h = first; h < rows; ++h) free += status[h] == Status::kAbsent ? 1u : 0u;
  if (free >= most) return;
  persons.set_rows(rows + (most - free));
  const auto home = persons.column<Home>();
  const auto cell = persons.column<Cell>();
  for (std::size_t h = rows; h < persons.rows(); ++h) {
    home[h] = static_cast<std::uint8_t>(communes.size());
    cell[h] = kNoCell;
  }
}

void close_vacancies(Scratch<Market> market, Structure<Vacancy> table) {
  const auto firm = table.column<VacancyFirm>();
  const auto occupation = table.column<VacancyOccupation>();
  const auto age = table.column<VacancyAge>();
  const auto key = table.column<VacancyKey>();
  METIER_REQUIRE(market->filled.size() == firm.size(), "the market of this month is about these posts");
  std::size_t kept = 0;
  for (std::size_t v = 0; v < firm.size(); ++v) {
    if (market->filled[v] != 0) continue;
    firm[kept] = firm[v];
    occupation[kept] = occupation[v];
    age[kept] = static_cast<std::uint8_t>(std::min(255, age[v] + 1));
    key[kept] = key[v];
    ++kept;
  }
  table.set_rows(kept);
}

double expected_posts(std::int32_t employees, const Params& params) {
  if (employees <= 0) return 0.0;
  const double rate = employees < 10 ? params.vacancy_rate_small : params.vacancy_rate_large;
  return employees * rate / (1.0 - rate);
}

PostsAndJobs posts_and_jobs(World& world, const Params& params) {
  PostsAndJobs all;
  for (const std::int32_t n : world.column<firms::Employees>()) {
    all.posts += expected_posts(n, params);
    all.jobs += static_cast<double>(n);
  }
  return all;
}

void open_initial_posts(World& world, const Params& params, const Seeds& seeds) {
  Step step;
  step.seeds = seeds;
  const Random<RngDomain::kLabourVacancy> random(step);
  const auto key = world.column<firms::Key>();
  const auto sector = world.column<firms::SectorOf>();
  const auto commune = world.column<firms::CommuneOf>();
  const auto employees = world.column<firms::Employees>();
  const auto staffing = world.column<Staffing>();
  const auto relative_exit = world.column<RelativeExit>();
  const auto tension = world.column<Tension>();
  const std::size_t occupations = relative_exit.size();
  Posting m;
  std::vector<double> weights(occupations);
  for (std::size_t s = 0; s * occupations < staffing.size(); ++s) {
    for (std::size_t o = 0; o < occupations; ++o) {
      weights[o] = staffing[s * occupations + o] * relative_exit[o] * math::exp(params.tension_slope * tension[o]);
    }
    add_row(m.mix, weights);
  }
  const auto by_lot = [&](std::uint64_t lot, double expected) {
    const auto whole = static_cast<std::int32_t>(expected);
    return whole + (random(lot).uniform() < expected - whole ? 1 : 0);
  };
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (employees[i] <= 0) continue;
    const std::int32_t posts = by_lot(key[i], expected_posts(employees[i], params));
    const auto mix = std::span<const double>(m.mix).subspan(sector[i] * occupations, occupations);
    for (std::uint32_t k = 0; static_cast<std::int32_t>(k) < posts; ++k) {
      const std::uint64_t post = hash64(kPostKey, key[i], 0u, k);
      m.posts.push_back({static_cast<Row>(i), draw_occupation(mix, random(post).uniform()), 0, commune[i], post});
    }
  }
  const PostsAndJobs here = posts_and_jobs(world, params);
  const auto filled = world.column<OutCommuters>();
  const auto outside_posts = world.column<OutsidePosts>();
  const auto at_start = world.column<OutsidePostsAtStart>();
  const std::size_t communes = world.rows<sites::Commune>();
  add_outside_mix(m, In<EmployedResidents>(world.column<EmployedResidents>()),
                  In<RelativeExit>(world.column<RelativeExit>()));
  const auto mix = std::span<const double>(m.mix).last(occupations);
  for (std::size_t z = 0; z < filled.size(); ++z) {
    const Row zone = firms::kOutsideEmployer + static_cast<Row>(z);
    const std::int32_t posts =
        by_lot(zone, here.jobs > 0.0 ? static_cast<double>(filled[z]) * here.posts / here.jobs : 0.0);
    for (std::uint32_t k = 0; static_cast<std::int32_t>(k) < posts; ++k) {
      const std::uint64_t post = hash64(kPostKey, zone, 0u, k);
      m.posts.push_back(
          {zone, draw_occupation(mix, random(post).uniform()), 0, static_cast<std::uint8_t>(communes + z), post});
    }
    outside_posts[z] = at_start[z] = static_cast<std::int32_t>(filled[z]) + posts;
  }
  write_sorted(m, world.rows<sites::Zone>(), occupations, Structure<Vacancy>(world));
}

}  // namespace metier::labour
