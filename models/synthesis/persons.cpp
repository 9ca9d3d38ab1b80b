#include "models/synthesis/persons.hpp"

#include "models/households/columns.hpp"
#include "models/labour/bands.hpp"
#include "models/labour/columns.hpp"
#include "models/labour/initial.hpp"
#include "models/sites/columns.hpp"
#include "models/synthesis/occupations.hpp"
#include "models/synthesis/rounding.hpp"
#include "sim/core/error.hpp"
#include "sim/core/math.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/core.h>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace metier::synthesis {

namespace {

using labour::Status;

/// Occupations drawn by the cumulated shares of one distribution.
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

/// The builder keeps what its steps share; each step is one method, in the order of `build`.
class Builder {
 public:
  Builder(const DataPack& pack, const PeoplePack& people, const Params& params, const labour::Params& labour,
          const SynthesisKeys& keys, World& world, InitReport& report)
      : pack_(pack),
        people_(people),
        params_(params),
        labour_(labour),
        keys_(keys),
        world_(world),
        report_(report),
        communes_(pack.communes.size()),
        zones_(communes_ + people.zones.size()),
        occupations_(people.occupations.size()) {}

  void build() {
    build_occupations(pack_, people_, params_, world_, report_);
    list_jobs();
    flows_ = build_commuting(pack_, people_, jobs_by_commune_, labour_.beta_travel, params_.scale_factor, keys_, world_,
                             report_);
    lay_out_rows();
    join_people_and_jobs();
    join_people_and_outside_jobs();
    place_unemployed();
    set_ages();
    draw_people();
    set_wages();
    set_cells();
    set_zones();
    report_people();
  }

 private:
  /// Occupations of every job, establishment by establishment, which are sorted by commune.
  void list_jobs() {
    const auto sector = world_.column<firms::SectorOf>();
    const auto commune = world_.column<firms::CommuneOf>();
    const auto employees = world_.column<firms::Employees>();
    const auto owners = world_.column<firms::SelfEmployed>();
    const auto key = world_.column<firms::Key>();
    const auto staffing = world_.column<labour::Staffing>();
    std::vector<Distribution> of_sector;
    for (std::size_t s = 0; s < pack_.sectors.size(); ++s)
      of_sector.emplace_back(staffing.subspan(s * occupations_, occupations_));
    const std::size_t firms = key.size();
    std::vector<std::size_t> begin(firms + 1, 0);
    job_begin_.assign(communes_ + 1, 0);
    jobs_by_commune_.assign(communes_, 0);
    for (std::size_t i = 1; i < firms; ++i) {
      METIER_REQUIRE(i == 1 || commune[i - 1] <= commune[i], "establishments are sorted by commune");
      const std::size_t jobs = static_cast<std::size_t>(employees[i]) + static_cast<std::size_t>(owners[i]);
      begin[i + 1] = begin[i] + jobs;
      jobs_by_commune_[commune[i]] += static_cast<std::int64_t>(jobs);
    }
    for (std::size_t c = 0; c < communes_; ++c)
      job_begin_[c + 1] = job_begin_[c] + static_cast<std::size_t>(jobs_by_commune_[c]);
    jobs_.resize(begin[firms]);
    for_each_row(firms, [&](std::size_t i) {
      if (i == 0) return;
      Draws draws = keys_.draws(RngDomain::kSynthesisOccupation, key[i]);
      const std::int32_t mine = employees[i] + owners[i];
      for (std::int32_t n = 0; n < mine; ++n) {
        const auto occupation = static_cast<std::uint8_t>(of_sector[sector[i]].draw(draws.uniform()));
        jobs_[begin[i] + static_cast<std::size_t>(n)] = {static_cast<Row>(i), occupation, n >= employees[i]};
      }
    });
  }

  /// Rows of residents by commune (with a job, then without), then the people of each zone with room for more.
  void lay_out_rows() {
    std::vector<double> unemployed(communes_);
    for (std::size_t c = 0; c < communes_; ++c) unemployed[c] = people_.communes[c].unemployed;
    unemployed_ = scaled_margins(unemployed, params_.scale_factor);
    place_begin_.assign(zones_ + 1, 0);
    for (std::size_t p = 0; p < zones_; ++p) {
      const std::int64_t room =
          p < communes_ ? flows_.employed[p] + unemployed_[p]
                        : static_cast<std::int64_t>(
                              std::ceil(params_.people.visitor_rows * static_cast<double>(flows_.employed[p])));
      place_begin_[p + 1] = place_begin_[p] + static_cast<std::size_t>(room);
    }
    world_.set_rows<labour::Person>(place_begin_[zones_]);
    world_.set_rows<labour::ExternalZone>(zones_ - communes_);
    world_.set_rows<labour::CommuneOccupation>(communes_ * occupations_);
    const auto key = world_.column<labour::Key>();
    const auto home = world_.column<labour::Home>();
    for_each_item(zones_, [&](std::size_t p) {
      const std::uint64_t place =
          key_of(p < communes_ ? pack_.communes[p].code : pack_.external_zones[p - communes_].code);
      for (std::size_t h = place_begin_[p]; h < place_begin_[p + 1]; ++h) {
        key[h] = key_of(place, std::uint64_t{0x70}, h - place_begin_[p]);
        home[h] = static_cast<std::uint8_t>(p);
      }
    });
    // First row of the people of `from` who work in `to`.
    pair_begin_.assign(zones_ * zones_, 0);
    for (std::size_t from = 0; from < zones_; ++from) {
      std::size_t row = place_begin_[from];
      for (std::size_t to = 0; to < zones_; ++to) {
        pair_begin_[from * zones_ + to] = row;
        row += static_cast<std::size_t>(flows_.at(from, to));
      }
    }
  }

  void set_job(std::size_t row, Row employer, std::uint8_t occupation, bool owner) {
    world_status_[row] = owner ? Status::kSelfEmployed : Status::kEmployed;
    world_employer_[row] = employer;
    world_occupation_[row] = occupation;
  }

  /// Rank of the living standard of each commune, 0 to 1; places outside stand in the middle.
  [[nodiscard]] std::vector<double> income_ranks() const {
    std::vector<std::size_t> order(communes_);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return people_.communes[a].living_standard < people_.communes[b].living_standard;
    });
    std::vector<double> rank(zones_, 0.5);
    for (std::size_t k = 0; k < communes_; ++k) {
      rank[order[k]] = communes_ > 1 ? static_cast<double>(k) / static_cast<double>(communes_ - 1) : 0.5;
    }
    return rank;
  }

  /// In each commune of work: owners first, out of the residents of the territory by lot; then salaried posts and the
  /// people who are left, both in the order of a lot to which the level of the post and the living standard at home
  /// add.
  void join_people_and_jobs() {
    world_status_ = world_.column<labour::StatusOf>();
    world_employer_ = world_.column<labour::Employer>();
    world_occupation_ = world_.column<labour::OccupationOf>();
    const std::vector<double> rank = income_ranks();
    const double tilt = params_.people.occupation_tilt;
    struct Lot {
      double draw;
      std::uint32_t index;
      bool operator<(const Lot& other) const {
        return draw < other.draw || (draw == other.draw && index < other.index);
      }
    };
    for_each_item(communes_, [&](std::size_t to) {
      Draws draws = keys_.draws(RngDomain::kSynthesisCommute, key_of(pack_.communes[to].code));
      std::vector<std::uint8_t> origin;  // of every person who works here
      std::vector<std::size_t> row;
      for (std::size_t from = 0; from < zones_; ++from) {
        for (std::int64_t n = 0; n < flows_.at(from, to); ++n) {
          origin.push_back(static_cast<std::uint8_t>(from));
          row.push_back(pair_begin_[from * zones_ + to] + static_cast<std::size_t>(n));
        }
      }
      const std::span<const Job> jobs(jobs_.data() + job_begin_[to], job_begin_[to + 1] - job_begin_[to]);
      METIER_REQUIRE(jobs.size() == row.size(), "as many commuters as jobs in a commune");
      std::vector<Lot> people(row.size());
      for (std::size_t k = 0; k < people.size(); ++k) {
        // Owners are taken from the front: residents of the territory stand there.
        people[k] = {draws.uniform() + (origin[k] < communes_ ? 0.0 : 2.0), static_cast<std::uint32_t>(k)};
      }
      std::sort(people.begin(), people.end());
      std::vector<Lot> posts;
      std::size_t next = 0;
      for (std::size_t j = 0; j < jobs.size(); ++j) {
        if (jobs[j].owner) {
          set_job(row[people[next++].index], jobs[j].firm, jobs[j].occupation, true);
        } else {
          const double level = people_.occupations[jobs[j].occupation].high ? 1.0 : 0.0;
          posts.push_back({draws.uniform() + tilt * level, static_cast<std::uint32_t>(j)});
        }
      }
      people.erase(people.begin(), people.begin() + static_cast<std::ptrdiff_t>(next));
      for (Lot& person : people) {
        const std::size_t from = origin[person.index];
        person.draw += (from < communes_ ? 0.0 : -2.0) + tilt * rank[from];
      }
      std::sort(people.begin(), people.end());
      std::sort(posts.begin(), posts.end());
      for (std::size_t k = 0; k < posts.size(); ++k) {
        const Job& job = jobs[posts[k].index];
        set_job(row[people[k].index], job.firm, job.occupation, false);
      }
    });
  }

  /// Residents who work in the zones: occupations as in the region.
  void join_people_and_outside_jobs() {
    std::vector<double> shares(occupations_);
    for (std::size_t o = 0; o < occupations_; ++o) shares[o] = people_.occupations[o].employed_region;
    const Distribution occupations(shares);
    const auto key = world_.column<labour::Key>();
    const auto posts = world_.column<labour::OutsidePosts>();
    for (std::size_t to = communes_; to < zones_; ++to) {
      const std::size_t z = to - communes_;
      for (std::size_t from = 0; from < communes_; ++from) {
        const std::size_t begin = pair_begin_[from * zones_ + to];
        const std::int64_t n = flows_.at(from, to);
        posts[z] += static_cast<std::int32_t>(n);
        for (std::size_t h = begin; h < begin + static_cast<std::size_t>(n); ++h) {
          Draws draws = keys_.draws(RngDomain::kSynthesisOccupation, key[h]);
          set_job(h, firms::kOutsideEmployer + static_cast<Row>(z),
                  static_cast<std::uint8_t>(occupations.draw(draws.uniform())), false);
        }
      }
    }
  }

  /// The census-unemployed: ILO unemployed with probability labour.ilo_share, else the halo. How long they have been
  /// without a job follows from their chances (labour::settle_spells).
  void place_unemployed() {
    std::vector<double> seekers(occupations_);
    for (std::size_t o = 0; o < occupations_; ++o) seekers[o] = people_.occupations[o].seekers;
    const Distribution occupations(seekers);
    const auto key = world_.column<labour::Key>();
    for_each_item(communes_, [&](std::size_t c) {
      for (std::size_t h = place_begin_[c] + static_cast<std::size_t>(flows_.employed[c]); h < place_begin_[c + 1];
           ++h) {
        Draws draws = keys_.draws(RngDomain::kSynthesisStatus, key[h]);
        world_status_[h] = draws.bernoulli(labour_.ilo_share) ? Status::kUnemployed : Status::kHalo;
        world_occupation_[h] = static_cast<std::uint8_t>(occupations.draw(draws.uniform()));
      }
    });
  }

  /// Bands of age by exact counts in each commune (its residents with and without a job), in the order of a lot.
  void set_ages() {
    const auto key = world_.column<labour::Key>();
    const auto age = world_.column<labour::Age>();
    const std::array<double, kAgeBands>& employed = people_.employed_by_age;
    for_each_item(zones_, [&](std::size_t p) {
      const auto give = [&](std::size_t begin, std::size_t end, std::array<double, kAgeBands> shares,
                            std::int64_t oldest) {
        std::vector<std::pair<double, std::size_t>> order;
        for (std::size_t h = begin; h < end; ++h) {
          order.emplace_back(keys_.draws(RngDomain::kSynthesisPerson, key_of(key[h], std::uint64_t{1})).uniform(), h);
        }
        std::sort(order.begin(), order.end());
        const double under_65 = shares[0] + shares[1] + shares[2];
        const auto rest = static_cast<double>(static_cast<std::int64_t>(order.size()) - oldest);
        std::array<double, 3> values{};
        for (std::size_t b = 0; b < 3; ++b) values[b] = under_65 > 0.0 ? rest * shares[b] / under_65 : rest / 3.0;
        const auto counts = round_to_total(values, round_half_away(rest));
        std::array<std::int64_t, kAgeBands> band_counts{counts[0], counts[1], counts[2], oldest};
        std::size_t k = 0;
        for (std::size_t b = 0; b < kAgeBands; ++b) {
          for (std::int64_t n = 0; n < band_counts[b]; ++n, ++k) {
            const double u =
                keys_.draws(RngDomain::kSynthesisPerson, key_of(key[order[k].second], std::uint64_t{2})).uniform();
            const auto years = static_cast<double>(kAgeFrom[b + 1] - kAgeFrom[b]);
            age[order[k].second] = static_cast<std::uint8_t>(kAgeFrom[b] + static_cast<int>(u * years));
          }
        }
      };
      const std::size_t begin = place_begin_[p], end = begin + static_cast<std::size_t>(flows_.employed[p]);
      const std::int64_t oldest = p < communes_ ? std::min(flows_.employed_65[p], flows_.employed[p]) : 0;
      give(begin, end, employed, oldest);
      if (p < communes_) give(end, place_begin_[p + 1], people_.unemployed_by_age, 0);
    });
  }

  /// Skill and diploma.
  void draw_people() {
    std::vector<Distribution> diplomas;
    for (const OccupationData& o : people_.occupations) diplomas.emplace_back(o.diploma);
    const auto key = world_.column<labour::Key>();
    const auto skill = world_.column<labour::Skill>();
    const auto education = world_.column<labour::Education>();
    for_each_row(key.size(), [&](std::size_t h) {
      if (world_status_[h] == Status::kAbsent) return;
      Draws draws = keys_.draws(RngDomain::kSynthesisPerson, key[h]);
      skill[h] = static_cast<float>(draws.normal());
      const std::size_t o = world_occupation_[h];
      education[h] = static_cast<std::uint8_t>(kDiplomaCode[diplomas[o].draw(draws.uniform())]);
    });
  }

  /// Minimum wage in force at the end of the year of the data [cent/month]; 0: none.
  [[nodiscard]] double minimum_wage() const {
    double cents = 0.0;
    for (const auto& level : labour_.minimum_wage_path.levels) {
      if (level.from <= Month{pack_.data_year, 12}) cents = static_cast<double>(level.cents);
    }
    return cents;
  }

  /// Gross wages: median of the occupation x spread x level of the commune of residence, not below the minimum wage.
  ///
  /// The level of a commune gives its salaried residents the mean hourly wage of the data (or of the regression on the
  /// living standard), which the floor makes a fixed point; people from outside have the mean level of the residents.
  void set_wages() {
    const auto key = world_.column<labour::Key>();
    const auto wage = world_.column<labour::Wage>();
    const auto median = world_.column<labour::MedianWage>();
    const double sd = people_.residual_sd, floor = minimum_wage();
    const double to_gross =
        100.0 * people_.hours * math::pow(1.0 + people_.wage_growth, people_.wage_years) / people_.net_to_gross;
    std::vector<double> base(key.size(), 0.0);
    for_each_row(key.size(), [&](std::size_t h) {
      if (world_status_[h] != Status::kEmployed) return;
      Draws draws = keys_.draws(RngDomain::kSynthesisWage, key[h]);
      base[h] = median[world_occupation_[h]] * math::exp(sd * draws.normal() - 0.5 * sd * sd);
    });
    std::vector<double> level(communes_, 1.0), reached(communes_, 0.0), asked(communes_, 0.0), people(communes_, 0.0);
    for_each_item(communes_, [&](std::size_t c) {
      const CommunePeople& here = people_.communes[c];
      const double hourly = here.hourly_wage > 0.0 ? here.hourly_wage
                                                   : people_.wage_intercept + people_.wage_slope * here.living_standard;
      asked[c] = to_gross * hourly;
      constexpr int kRounds = 20;
      for (int round = 0; round < kRounds; ++round) {
        double sum = 0.0, count = 0.0;
        for (std::size_t h = place_begin_[c]; h < place_begin_[c + 1]; ++h) {
          if (base[h] <= 0.0) continue;
          sum += std::max(floor, level[c] * base[h]);
          count += 1.0;
        }
        people[c] = count;
        if (count <= 0.0) break;
        reached[c] = sum / count;
        if (std::fabs(reached[c] / asked[c] - 1.0) < 1e-6) break;
        level[c] *= asked[c] / reached[c];
      }
    });
    double weighted = 0.0, residents = 0.0;
    for (std::size_t c = 0; c < communes_; ++c) {
      weighted += people[c] * level[c];
      residents += people[c];
      if (people[c] > 0.0) {
        report_.add("mean gross wage of residents by commune [EUR/month]", pack_.communes[c].code, asked[c] / 100.0,
                    reached[c] / 100.0, people[c] < 30.0 ? kInformation : 0.02, "within 2 %");
      }
    }
    const double mean = residents > 0.0 ? weighted / residents : 1.0;
    const auto home = world_.column<labour::Home>();
    for_each_row(key.size(), [&](std::size_t h) {
      if (base[h] <= 0.0) return;
      const double factor = home[h] < communes_ ? level[home[h]] : mean;
      wage[h] = static_cast<std::int32_t>(round_half_away(std::max(floor, factor * base[h])));
    });
    const auto bill = world_.column<firms::WageBill>();
    for (std::size_t h = 0; h < key.size(); ++h) {
      if (wage[h] > 0 && world_employer_[h] < firms::kOutsideEmployer) bill[world_employer_[h]] += wage[h];
    }
    set_wage_level(world_, mean);
    report_.assume(
        "anchors wages.growth_per_year", fmt::format("{}", people_.wage_growth),
        "Wages of 2014 are brought to the year of the data by one rate; hours are those of a legal full time.");
  }

  /// Household cells: quintiles of an income drawn around the person's own and the living standard of the commune.
  void set_cells() {
    const auto key = world_.column<labour::Key>();
    const auto wage = world_.column<labour::Wage>();
    const auto median = world_.column<labour::MedianWage>();
    const auto cell = world_.column<labour::Cell>();
    const auto home = world_.column<labour::Home>();
    const std::size_t residents = place_begin_[communes_];
    double mean_standard = 0.0;
    for (const CommunePeople& c : people_.communes) mean_standard += c.living_standard / static_cast<double>(communes_);
    std::vector<std::pair<double, std::uint32_t>> order(residents);
    for_each_row(key.size(), [&](std::size_t h) {
      if (h >= residents) {
        cell[h] = labour::kNoCell;
        return;
      }
      Draws draws = keys_.draws(RngDomain::kSynthesisQuintile, key[h]);
      const double usual = median[world_occupation_[h]];
      const double own = wage[h] > 0                                 ? static_cast<double>(wage[h])
                         : world_status_[h] == Status::kSelfEmployed ? usual
                                                                     : params_.people.idle_income * usual;
      const double others = people_.communes[home[h]].living_standard / mean_standard;
      order[h] = {math::log(own * others) + params_.people.income_spread * draws.normal(),
                  static_cast<std::uint32_t>(h)};
    });
    std::sort(order.begin(), order.end());
    for (std::size_t k = 0; k < residents; ++k) {
      const std::size_t h = order[k].second;
      const std::size_t quintile = std::min(households::kQuintiles * k / residents, households::kQuintiles - 1);
      cell[h] = static_cast<std::uint16_t>(households::kQuintiles * home[h] + quintile);
    }
  }

  /// The zones outside as places where people look for work here, and the labour market at t = 0.
  void set_zones() {
    const auto unemployed = world_.column<labour::ZoneUnemployed>();
    const auto group = world_.column<labour::ZoneGroupOf>();
    for (std::size_t z = 0; z < people_.zones.size(); ++z) {
      unemployed[z] = params_.scale_factor * labour_.ilo_share * people_.zones[z].unemployed;
      group[z] = pack_.external_zones[z].zone_group == "belgium" ? 1 : 0;
    }
    labour::set_up_tables(world_);
    world_.column<labour::RegisteredHalo>()[0] = people_.registered_halo;
    world_.column<labour::RegisteredEmployed>()[0] = people_.registered_employed;
  }

  void report_people() {
    const auto age = world_.column<labour::Age>();
    std::vector<std::int64_t> of_working_age(communes_, 0), looking(communes_, 0);
    std::int64_t ilo = 0, employed = 0, in_here = 0, without = 0;
    for (std::size_t c = 0; c < communes_; ++c) {
      for (std::size_t h = place_begin_[c]; h < place_begin_[c + 1]; ++h) {
        if (age[h] < 65) ++of_working_age[c];
        if (world_employer_[h] != firms::kNoFirm) {
          ++employed;
          if (world_employer_[h] < firms::kOutsideEmployer) ++in_here;
        } else {
          ++looking[c];
          ++without;
          if (world_status_[h] == Status::kUnemployed) ++ilo;
        }
      }
    }
    double active_asked = 0.0, without_asked = 0.0, active = 0.0;
    for (std::size_t c = 0; c < communes_; ++c) {
      const double asked = params_.scale_factor * people_.communes[c].active;
      active_asked += asked;
      active += static_cast<double>(of_working_age[c]);
      without_asked += params_.scale_factor * people_.communes[c].unemployed;
      report_.add("active residents of 15-64 by commune", pack_.communes[c].code, asked,
                  static_cast<double>(of_working_age[c]), std::max(0.005, 2.0 / std::max(1.0, asked)),
                  "next whole number");
      report_.add("unemployed residents (census) by commune", pack_.communes[c].code,
                  params_.scale_factor * people_.communes[c].unemployed, static_cast<double>(looking[c]),
                  std::max(0.005, 2.0 / std::max(1.0, params_.scale_factor * people_.communes[c].unemployed)),
                  "next whole number");
    }
    const double small = 3.0 / std::max(1.0, without_asked);
    report_.add("active residents of 15-64", "all", active_asked, active, std::max(0.001, small), "within 0.1 %");
    report_.add("unemployed residents (census)", "all", without_asked, static_cast<double>(without),
                std::max(0.001, small), "within 0.1 %");
    const double total = static_cast<double>(without);
    // A binomial share: five standard deviations around its mean.
    const double spread = 5.0 * std::sqrt(total * labour_.ilo_share * (1.0 - labour_.ilo_share));
    report_.add("unemployed residents (ILO)", "all", labour_.ilo_share * total, static_cast<double>(ilo),
                total > 0.0 ? spread / (labour_.ilo_share * total) : kInformation,
                "each by lot: 5 standard deviations");
    report_.add("unemployment rate (ILO)", "all", 0.108, static_cast<double>(ilo) / static_cast<double>(ilo + employed),
                kInformation, "cross-check");
    report_.assume("labour.ilo_share", fmt::format("{}", labour_.ilo_share),
                   "Census-unemployed count as unemployed in the ILO sense with this probability, else as the halo.");
    report_.assume("synthesis.occupation_tilt", fmt::format("{}", params_.people.occupation_tilt),
                   "Posts of the higher level go more often to residents of richer communes.");
    report_.assume("owners", "residents", "Self-employed owners live in the territory as far as its commuters allow.");
  }

  /// Codes of column person.education for the classes of diploma of the data: none, CAP, bac, bac + 2, bac + 3 or more.
  static constexpr std::array<int, kDiplomas> kDiplomaCode{0, 1, 3, 4, 5};

  const DataPack& pack_;
  const PeoplePack& people_;
  const Params& params_;
  const labour::Params& labour_;
  const SynthesisKeys& keys_;
  World& world_;
  InitReport& report_;
  const std::size_t communes_, zones_, occupations_;
  std::vector<Job> jobs_;               // by establishment
  std::vector<std::size_t> job_begin_;  // of each commune
  std::vector<std::int64_t> jobs_by_commune_;
  CommuterFlows flows_;
  std::vector<std::int64_t> unemployed_;  // census, by commune
  std::vector<std::size_t> place_begin_;  // first row of each place
  std::vector<std::size_t> pair_begin_;   // first row of (origin, destination)
  std::span<Status> world_status_;
  std::span<Row> world_employer_;
  std::span<std::uint8_t> world_occupation_;
};

}  // namespace

void build_persons(const DataPack& pack, const PeoplePack& people, const Params& params, const labour::Params& labour,
                   const SynthesisKeys& keys, World& world, InitReport& report) {
  Builder(pack, people, params, labour, keys, world, report).build();
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
