#include "tests/support/labour/labour_world.hpp"

#include "models/accounts.hpp"
#include "models/households/columns.hpp"
#include "models/labour/columns.hpp"
#include "models/labour/counts.hpp"
#include "models/labour/initial.hpp"
#include "models/labour/matching.hpp"
#include "models/labour/seekers.hpp"
#include "models/labour/separation.hpp"
#include "models/labour/spells.hpp"
#include "models/labour/turnover.hpp"
#include "models/labour/vacancies.hpp"
#include "models/labour/wages.hpp"
#include "models/outside/columns.hpp"
#include "sim/core/hash.hpp"
#include "sim/core/math.hpp"
#include "sim/engine/ledger.hpp"
#include "sim/engine/state_hash.hpp"
#include "tests/support/labour/run_process.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

namespace metier::test {

namespace {

/// Draws of the generator: one stream, one key per thing drawn for.
struct Lots {
  std::uint64_t seed;
  [[nodiscard]] Draws of(std::uint64_t what, std::uint64_t which) const {
    return {RngStream(seed, 0, 0xFFFF), hash64(what, which), 0, 0};
  }
};

std::size_t pick(const std::vector<double>& cumulative, double u) {
  const auto at = std::upper_bound(cumulative.begin(), cumulative.end(), u * cumulative.back());
  return std::min(static_cast<std::size_t>(at - cumulative.begin()), cumulative.size() - 1);
}
std::vector<double> cumulated(std::vector<double> weights) {
  std::partial_sum(weights.begin(), weights.end(), weights.begin());
  return weights;
}

void build_places(World& world, const LabourSize& size, const Lots& lots) {
  const std::size_t zones = size.communes + size.outside;
  world.set_rows<sites::Commune>(size.communes);
  world.set_rows<sites::Zone>(zones);
  world.set_rows<sites::ZonePair>(zones * zones);
  world.set_rows<labour::ExternalZone>(size.outside);
  const auto x = world.column<sites::X>();
  const auto y = world.column<sites::Y>();
  for (std::size_t z = 0; z < zones; ++z) {
    Draws draws = lots.of(1, z);
    const double angle = 6.283185307179586 * draws.uniform();
    const bool inside = z < size.communes;
    const double radius = inside ? 17e3 * std::sqrt(draws.uniform()) : 28e3 + 30e3 * draws.uniform();
    x[z] = static_cast<float>(radius * std::cos(angle));
    y[z] = static_cast<float>(radius * std::sin(angle));
  }
  const auto minutes = world.column<sites::CarMinutes>();
  for (std::size_t a = 0; a < zones; ++a) {
    for (std::size_t b = 0; b < zones; ++b) {
      const double km = a == b ? 2.0 : 1.3e-3 * std::hypot(x[a] - x[b], y[a] - y[b]);
      const double time = 6.0 + 1.9 * std::min(km, 10.0) + 0.9 * std::max(km - 10.0, 0.0);
      minutes[a * zones + b] = static_cast<float>(std::max(4.0, time));
    }
  }
  for (std::size_t z = 0; z < size.outside; ++z) world.column<labour::ZoneGroupOf>()[z] = z % 7 == 6 ? 1 : 0;
}

void build_occupations(World& world, const LabourSize& size, const Lots& lots) {
  const std::size_t n = size.occupations;
  world.set_rows<labour::Occupation>(n);
  world.set_rows<labour::OccupationPair>(n * n);
  world.set_rows<labour::SectorOccupation>(size.sectors * n);
  world.set_rows<labour::CommuneOccupation>(size.communes * n);
  world.set_rows<firms::Sector>(size.sectors);
  const auto median = world.column<labour::MedianWage>();
  const auto exits = world.column<labour::RelativeExit>();
  const auto tension = world.column<labour::Tension>();
  for (std::size_t o = 0; o < n; ++o) {
    Draws draws = lots.of(2, o);
    median[o] = 190'000.0 * std::exp(0.35 * draws.normal() + 0.25);
    exits[o] = 0.5 + draws.uniform();
    tension[o] = draws.normal();
  }
  const auto mobility = world.column<labour::Mobility>();
  for (std::size_t o = 0; o < n; ++o) {
    std::vector<double> weights(n);
    for (std::size_t p = 0; p < n; ++p) weights[p] = o == p ? 0.0 : std::exp(-4.0 * lots.of(3, o * n + p).uniform());
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t p = 0; p < n; ++p) mobility[o * n + p] = o == p ? (n > 1 ? 0.6 : 1.0) : 0.4 * weights[p] / sum;
  }
  const auto staffing = world.column<labour::Staffing>();
  const auto wage = world.column<labour::SectorWage>();
  for (std::size_t s = 0; s < size.sectors; ++s) {
    std::vector<double> weights(n);
    for (std::size_t o = 0; o < n; ++o) weights[o] = std::exp(1.5 * lots.of(4, s * n + o).normal());
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    const double level = std::exp(0.1 * lots.of(5, s).normal());
    for (std::size_t o = 0; o < n; ++o) {
      staffing[s * n + o] = weights[o] / sum;
      wage[s * n + o] = median[o] * level;
    }
    world.column<firms::SectorProductivity>()[s] = 8.0;
  }
}

/// Sizes 1, 2, ... with P(size >= n) falling like 1/n, adjusted to the wanted number of jobs.
void build_establishments(World& world, const LabourSize& size, const Lots& lots, const std::vector<double>& places) {
  const std::size_t n = size.establishments;
  world.set_rows<firms::Firm>(n);
  const auto employees = world.column<firms::Employees>();
  const std::size_t employers = n * 2 / 5;
  std::int64_t jobs = 0;
  for (std::size_t i = 0; i < n; ++i) {
    Draws draws = lots.of(6, i);
    world.column<firms::Key>()[i] = hash64(6, size.seed, i);
    world.column<firms::SectorOf>()[i] = static_cast<std::uint16_t>(draws.below(size.sectors));
    world.column<firms::CommuneOf>()[i] = static_cast<std::uint8_t>(pick(places, draws.uniform()));
    world.column<firms::Productivity>()[i] = 8.0 * std::exp(0.2 * draws.normal());
    if (i == 0 || i > employers) continue;
    employees[i] = static_cast<std::int32_t>(std::min(3000.0, std::pow(1.0 - draws.uniform(), -1.0 / 1.1)));
    jobs += employees[i];
  }
  const auto target = static_cast<std::int64_t>(size.salaried_jobs);
  for (std::size_t k = 0; jobs != target && employers > 0; ++k) {  // spread what is missing or too much
    const std::size_t i = 1 + lots.of(7, k).below(employers);
    const std::int64_t by = jobs < target ? std::min<std::int64_t>(target - jobs, 1 + employees[i] / 4)
                                          : -std::min<std::int64_t>(jobs - target, std::max(0, employees[i] - 1));
    employees[i] = static_cast<std::int32_t>(employees[i] + by);
    jobs += by;
  }
}

}  // namespace

LabourSize LabourSize::scaled(double factor) const {
  LabourSize out = *this;
  const auto shrink = [&](std::size_t& n) {
    n = static_cast<std::size_t>(std::llround(static_cast<double>(n) * factor));
  };
  for (std::size_t* n : {&out.establishments, &out.salaried_jobs, &out.self_employed, &out.in_commuters,
                         &out.out_commuters, &out.unemployed, &out.halo}) {
    shrink(*n);
  }
  return out;
}

void build_labour_world(World& world, const LabourSize& size, const labour::Params& params) {
  const Lots lots{size.seed};
  labour::set_up_tables(world);
  world.set_rows<outside::Economy>(1);
  world.column<outside::ConsumerPrice>()[0] = 1.0;
  world.column<outside::OutsidePriceLevel>()[0] = world.column<outside::OutsideProductivity>()[0] = 1.0;
  world.set_rows<households::Cell>(size.communes * households::kQuintiles);
  build_places(world, size, lots);
  build_occupations(world, size, lots);

  std::vector<double> weights(size.communes);
  for (std::size_t c = 0; c < size.communes; ++c) weights[c] = 1.0 / std::pow(static_cast<double>(c) + 2.0, 0.9);
  const std::vector<double> places = cumulated(weights);
  build_establishments(world, size, lots, places);

  const std::size_t zones = size.communes + size.outside, occupations = size.occupations;
  const auto minutes = world.column<sites::CarMinutes>();
  const auto employees = world.column<firms::Employees>();
  const auto owners = world.column<firms::SelfEmployed>();
  const auto sector = world.column<firms::SectorOf>();
  const auto commune = world.column<firms::CommuneOf>();
  const auto wage_bill = world.column<firms::WageBill>();

  // Free jobs by commune.
  std::vector<std::vector<Row>> free(size.communes);
  std::vector<double> jobs(size.communes, 0.0);
  for (std::size_t i = 1; i < size.establishments; ++i) {
    for (std::int32_t k = 0; k < employees[i]; ++k) free[commune[i]].push_back(static_cast<Row>(i));
  }
  for (std::size_t c = 0; c < size.communes; ++c) {
    for (std::size_t k = free[c].size(); k > 1; --k)
      std::swap(free[c][k - 1], free[c][lots.of(8, c * 1'000'000 + k).below(k)]);
    jobs[c] = static_cast<double>(free[c].size());
  }
  std::vector<std::vector<double>> staffing(size.sectors), to_work(zones);
  for (std::size_t s = 0; s < size.sectors; ++s) {
    const auto row = world.column<labour::Staffing>().subspan(s * occupations, occupations);
    staffing[s] = cumulated(std::vector<double>(row.begin(), row.end()));
  }
  for (std::size_t z = 0; z < zones; ++z) {
    std::vector<double> pull(size.communes);
    for (std::size_t c = 0; c < size.communes; ++c) {
      pull[c] = (jobs[c] + 1e-9) * std::exp(-params.beta_travel * static_cast<double>(minutes[z * zones + c]));
    }
    to_work[z] = cumulated(pull);
  }
  const auto take_job = [&](std::size_t home, Draws& draws) {
    for (int attempt = 0; attempt < 50; ++attempt) {
      const std::size_t c = pick(to_work[home], draws.uniform());
      if (free[c].empty()) continue;
      const Row i = free[c].back();
      free[c].pop_back();
      return i;
    }
    for (auto& list : free) {
      if (list.empty()) continue;
      const Row i = list.back();
      list.pop_back();
      return i;
    }
    return firms::kNoFirm;
  };

  // Persons: residents by commune, each with one of the statuses at random, then people from outside.
  const std::size_t local = size.salaried_jobs - size.in_commuters;
  const std::size_t residents = local + size.out_commuters + size.self_employed + size.unemployed + size.halo;
  std::vector<std::uint8_t> homes(residents);
  for (std::size_t h = 0; h < residents; ++h)
    homes[h] = static_cast<std::uint8_t>(pick(places, lots.of(9, h).uniform()));
  std::sort(homes.begin(), homes.end());
  std::vector<std::uint8_t> roles;  // 0 works here, 1 outside, 2 own business, 3 unemployed, 4 halo
  const std::size_t counts[] = {local, size.out_commuters, size.self_employed, size.unemployed, size.halo};
  for (std::uint8_t role = 0; role < 5; ++role) roles.insert(roles.end(), counts[role], role);
  for (std::size_t k = roles.size(); k > 1; --k) std::swap(roles[k - 1], roles[lots.of(10, k).below(k)]);

  for (std::size_t h = 0; h < residents && size.unemployment_gap > 0.0; ++h) {
    Draws draws = lots.of(12, h);
    if (homes[h] % 2 != 0 || roles[h] < 3 || draws.uniform() >= size.unemployment_gap) continue;
    std::size_t other = h;
    while (homes[other] % 2 == 0 || roles[other] >= 3) other = draws.below(residents);
    std::swap(roles[h], roles[other]);
  }

  world.set_rows<labour::Person>(residents + size.in_commuters);
  const auto key = world.column<labour::Key>();
  const auto home = world.column<labour::Home>();
  const auto occupation = world.column<labour::OccupationOf>();
  const auto skill = world.column<labour::Skill>();
  const auto status = world.column<labour::StatusOf>();
  const auto employer = world.column<labour::Employer>();
  const auto wage = world.column<labour::Wage>();
  const auto duration = world.column<labour::Duration>();
  const auto hired_in = world.column<labour::HiredIn>();
  const auto cell = world.column<labour::Cell>();
  const auto median = world.column<labour::MedianWage>();
  const std::vector<double> flat = cumulated(std::vector<double>(occupations, 1.0));
  for (std::size_t h = 0; h < residents + size.in_commuters; ++h) {
    Draws draws = lots.of(11, h);
    const bool resident = h < residents;
    key[h] = hash64(11, size.seed, h);
    skill[h] = static_cast<float>(draws.normal());
    world.column<labour::Age>()[h] = static_cast<std::uint8_t>(16 + draws.below(49));
    home[h] = resident ? homes[h]
                       : static_cast<std::uint8_t>(size.communes + draws.below(std::max<std::size_t>(1, size.outside)));
    cell[h] = resident
                  ? static_cast<std::uint16_t>(home[h] * households::kQuintiles + draws.below(households::kQuintiles))
                  : labour::kNoCell;
    const std::uint8_t role = resident ? roles[h] : 0;
    occupation[h] = static_cast<std::uint8_t>(pick(flat, draws.uniform()));
    if (role == 0) {
      const Row i = take_job(home[h], draws);
      employer[h] = i;
      status[h] = labour::Status::kEmployed;
      occupation[h] = static_cast<std::uint8_t>(pick(staffing[sector[i]], draws.uniform()));
    } else if (role == 1) {
      employer[h] = firms::kOutsideEmployer + static_cast<Row>(draws.below(size.outside));
      status[h] = labour::Status::kEmployed;
    } else if (role == 2) {
      const auto i = static_cast<Row>(1 + draws.below(size.establishments - 1));
      employer[h] = i;
      status[h] = labour::Status::kSelfEmployed;
      ++owners[i];
    } else {
      status[h] = role == 3 ? labour::Status::kUnemployed : labour::Status::kHalo;
      const bool longer = draws.uniform() < (role == 3 ? 0.44 : 0.8);
      duration[h] = static_cast<std::uint8_t>(
          std::min<std::int64_t>(250, (longer ? 12 : 0) + draws.geometric(longer ? 0.04 : 0.15)));
    }
    if (status[h] == labour::Status::kEmployed) {
      const double level =
          median[occupation[h]] * std::exp(params.wage_skill * static_cast<double>(skill[h]) + 0.2 * draws.normal());
      wage[h] = std::max(149'847, static_cast<std::int32_t>(level));
      hired_in[h] = labour::draw_hired_in(draws, params.separation_rate);
      if (role == 0) wage_bill[employer[h]] += wage[h];
    }
  }
  for (std::size_t z = 0; z < size.outside; ++z) world.column<labour::ZoneUnemployed>()[z] = 12'000.0;
  for (std::size_t h = 0; h < residents; ++h) {
    if (employer[h] >= firms::kOutsideEmployer)
      ++world.column<labour::OutsidePosts>()[employer[h] - firms::kOutsideEmployer];
  }
  labour::settle_turnover(world, params);
  world.column<labour::HaloEntryAtRest>()[0] = 0.045;  // durations here are drawn freely: no state of rest
  labour::open_initial_posts(world, params, Seeds{size.seed, 0});

  const auto target = world.column<firms::LabourTarget>();
  for (std::size_t i = 0; i < size.establishments; ++i) target[i] = static_cast<double>(employees[i] + owners[i]);
  for (const Row i : world.column<labour::VacancyFirm>()) {
    if (i < firms::kOutsideEmployer) target[i] += 1.0;
  }

  const Accounts accounts(size.communes * households::kQuintiles);
  const AccountGroups groups(size.sectors);
  Ledger::open(world, accounts.count(size.establishments), groups.count(), static_cast<std::size_t>(Flow::kCount));
  const auto group = world.column<AccountGroup>();
  for (std::size_t a = 0; a < static_cast<std::size_t>(Special::kCount); ++a) group[a] = static_cast<std::uint16_t>(a);
  for (std::size_t c = 0; c < world.rows<households::Cell>(); ++c)
    group[accounts.cell(c)] = AccountGroups::households();
  for (std::size_t i = 0; i < size.establishments; ++i) {
    group[accounts.deposit(i)] = groups.deposits(sector[i]);
    group[accounts.loan(i)] = groups.loans(sector[i]);
  }
}

Schedule labour_month(const LabourSetting& setting) {
  const labour::Params& p = setting.params;
  Schedule month;
  month.phase("P7", "separations and posts")
      .add("labour.open_month", &labour::open_month)
      .add("labour.set_minimum_wage", &labour::set_minimum_wage, p.minimum_wage_path)
      .add("labour.age_spells", &labour::age_spells, p)
      .add("labour.move_outside_posts", &labour::move_outside_posts)
      .then()
      .add("labour.separate", &labour::separate, p)
      .then()
      .add("labour.lay_off", &labour::lay_off, p)
      .then()
      .add("labour.post_vacancies", &labour::post_vacancies)
      .then()
      .add("labour.reserve_pool", &labour::reserve_pool);

  auto market = month.phase("P8", "labour market");
  market.add("labour.open_market", &labour::open_market, p).add("labour.find_seekers", &labour::find_seekers, p);
  for (int r = 0; r < p.rounds; ++r) {
    const labour::Round& round = labour::kRounds[r];
    const std::string number = "_" + std::to_string(r + 1);
    market.then()
        .add("labour.apply" + number, &labour::apply, p, round)
        .then()
        .add("labour.resolve" + number, &labour::resolve, p, round)
        .then()
        .add("labour.hire" + number, &labour::hire);
  }
  market.then()
      .add("labour.close_vacancies", &labour::close_vacancies)
      .add("labour.revise_wages", &labour::revise_wages, p);

  month.phase("P15", "payments").add("labour.pay_wages", &labour::pay_wages, setting.tax);

  month.phase("P20", "counts", Schedule::RunAt::kMonthsAndStart)
      .add("labour.observe_prices", &labour::observe_prices)
      .add("labour.observe_productivity", &labour::observe_productivity)
      .add("labour.count_people", &labour::count_people)
      .add("labour.count_jobs", &labour::count_jobs)
      .then()
      .add("labour.count_zones", &labour::count_zones)
      .add("labour.observe_tightness", &labour::observe_tightness)
      .then()
      .add("labour.move_going_wage", &labour::move_going_wage, p)
      .add("labour.move_outside_wage", &labour::move_outside_wage, p);
  return month;
}

Step labour_step(int month, std::uint64_t seed) {
  Step step;
  step.month = month;
  step.calendar = Month{2018, 12} + month;
  step.seeds = {seed, 0};
  return step;
}

void run_labour(World& world, Schedule& schedule, int months, std::uint64_t seed) {
  schedule.seal(world);
  schedule.run_start(world, labour_step(0, seed));
  for (int m = 1; m <= months; ++m) schedule.run_month(world, labour_step(m, seed));
}

std::uint64_t hash_of_state(World& world) {
  std::uint64_t hash = 0;
  for (const auto& [name, store] : world.columns()) hash = hash64(hash, column_hash(store));
  return hash;
}

LabourSize small_labour() {
  LabourSize size;
  size.communes = 12;
  size.outside = 3;
  size.sectors = 6;
  size.occupations = 5;
  size.establishments = 500;
  size.salaried_jobs = 3000;
  size.self_employed = 300;
  size.in_commuters = 700;
  size.out_commuters = 360;
  size.unemployed = 350;
  size.halo = 200;
  return size;
}

SmallMarket::SmallMarket(const LabourSize& size, const labour::Params& params) {
  setting.params = params;
  build_labour_world(world, size, setting.params);
  labour::set_start(world, setting.params, Month{2018, 12});
  Schedule counting;
  counting.phase("P20", "counts", Schedule::RunAt::kMonthsAndStart)
      .add("labour.observe_prices", &labour::observe_prices);
  counting.seal(world);
  counting.run_start(world, labour_step(0));
}

}  // namespace metier::test
