#include "models/households/columns.hpp"
#include "models/labour/bands.hpp"
#include "models/synthesis/occupations.hpp"
#include "models/synthesis/persons_parts.hpp"
#include "models/synthesis/rounding.hpp"
#include "sim/core/math.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/core.h>
#include <utility>

namespace metier::synthesis {

using labour::Status;

namespace {

/// Codes of column person.education for the classes of diploma of the data: none, CAP, bac, bac + 2, bac + 3 or more.
constexpr std::array<int, kDiplomas> kDiplomaCode{0, 1, 3, 4, 5};

/// Minimum wage in force at the end of the year of the data [cent/month]; 0: none.
double minimum_wage(const PeopleBuild& b) {
  double cents = 0.0;
  for (const auto& level : b.labour.minimum_wage_path.levels) {
    if (level.from <= Month{b.pack.data_year, 12}) cents = static_cast<double>(level.cents);
  }
  return cents;
}

}  // namespace

/// Bands of age by exact counts in each commune (its residents with and without a job), in the order of a lot.
void set_ages(PeopleBuild& b) {
  const auto key = b.world.column<labour::Key>();
  const auto age = b.world.column<labour::Age>();
  const std::array<double, kAgeBands>& employed = b.people.employed_by_age;
  for_each_item(b.zones, [&](std::size_t p) {
    const auto give = [&](std::size_t begin, std::size_t end, std::array<double, kAgeBands> shares,
                          std::int64_t oldest) {
      std::vector<std::pair<double, std::size_t>> order;
      for (std::size_t h = begin; h < end; ++h) {
        order.emplace_back(b.keys.draws(RngDomain::kSynthesisPerson, key_of(key[h], std::uint64_t{1})).uniform(), h);
      }
      std::sort(order.begin(), order.end());
      const double under_65 = shares[0] + shares[1] + shares[2];
      const auto rest = static_cast<double>(static_cast<std::int64_t>(order.size()) - oldest);
      std::array<double, 3> values{};
      for (std::size_t a = 0; a < 3; ++a) values[a] = under_65 > 0.0 ? rest * shares[a] / under_65 : rest / 3.0;
      const auto counts = round_to_total(values, round_half_away(rest));
      std::array<std::int64_t, kAgeBands> band_counts{counts[0], counts[1], counts[2], oldest};
      std::size_t k = 0;
      for (std::size_t a = 0; a < kAgeBands; ++a) {
        for (std::int64_t n = 0; n < band_counts[a]; ++n, ++k) {
          const double u =
              b.keys.draws(RngDomain::kSynthesisPerson, key_of(key[order[k].second], std::uint64_t{2})).uniform();
          const auto years = static_cast<double>(kAgeFrom[a + 1] - kAgeFrom[a]);
          age[order[k].second] = static_cast<std::uint8_t>(kAgeFrom[a] + static_cast<int>(u * years));
        }
      }
    };
    const std::size_t begin = b.place_begin[p], end = begin + static_cast<std::size_t>(b.flows.employed[p]);
    const std::int64_t oldest = p < b.communes ? std::min(b.flows.employed_65[p], b.flows.employed[p]) : 0;
    give(begin, end, employed, oldest);
    if (p < b.communes) give(end, b.place_begin[p + 1], b.people.unemployed_by_age, 0);
  });
}

/// Skill and diploma.
void draw_people(PeopleBuild& b) {
  std::vector<Distribution> diplomas;
  for (const OccupationData& o : b.people.occupations) diplomas.emplace_back(o.diploma);
  const auto key = b.world.column<labour::Key>();
  const auto skill = b.world.column<labour::Skill>();
  const auto education = b.world.column<labour::Education>();
  for_each_row(key.size(), [&](std::size_t h) {
    if (b.status[h] == Status::kAbsent) return;
    Draws draws = b.keys.draws(RngDomain::kSynthesisPerson, key[h]);
    skill[h] = static_cast<float>(draws.normal());
    const std::size_t o = b.occupation[h];
    education[h] = static_cast<std::uint8_t>(kDiplomaCode[diplomas[o].draw(draws.uniform())]);
  });
}

/// Gross wages: median of the occupation x spread x level of the commune of residence, not below the minimum wage.
///
/// The level of a commune gives its salaried residents the mean hourly wage of the data (or of the regression on the
/// living standard), which the floor makes a fixed point; people from outside have the mean level of the residents.
void set_wages(PeopleBuild& b) {
  const auto key = b.world.column<labour::Key>();
  const auto wage = b.world.column<labour::Wage>();
  const auto median = b.world.column<labour::MedianWage>();
  const double sd = b.people.residual_sd, floor = minimum_wage(b);
  const double to_gross =
      100.0 * b.people.hours * math::pow(1.0 + b.people.wage_growth, b.people.wage_years) / b.people.net_to_gross;
  std::vector<double> base(key.size(), 0.0);
  for_each_row(key.size(), [&](std::size_t h) {
    if (b.status[h] != Status::kEmployed) return;
    Draws draws = b.keys.draws(RngDomain::kSynthesisWage, key[h]);
    base[h] = median[b.occupation[h]] * math::exp(sd * draws.normal() - 0.5 * sd * sd);
  });
  std::vector<double> level(b.communes, 1.0), reached(b.communes, 0.0), asked(b.communes, 0.0), people(b.communes, 0.0);
  for_each_item(b.communes, [&](std::size_t c) {
    const CommunePeople& here = b.people.communes[c];
    const double hourly = here.hourly_wage > 0.0 ? here.hourly_wage
                                                 : b.people.wage_intercept + b.people.wage_slope * here.living_standard;
    asked[c] = to_gross * hourly;
    constexpr int kRounds = 20;
    for (int round = 0; round < kRounds; ++round) {
      double sum = 0.0, count = 0.0;
      for (std::size_t h = b.place_begin[c]; h < b.place_begin[c + 1]; ++h) {
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
  for (std::size_t c = 0; c < b.communes; ++c) {
    weighted += people[c] * level[c];
    residents += people[c];
    if (people[c] > 0.0) {
      b.report.add("mean gross wage of residents by commune [EUR/month]", b.pack.communes[c].code, asked[c] / 100.0,
                   reached[c] / 100.0, people[c] < 30.0 ? kInformation : 0.02, "within 2 %");
    }
  }
  const double mean = residents > 0.0 ? weighted / residents : 1.0;
  const auto home = b.world.column<labour::Home>();
  for_each_row(key.size(), [&](std::size_t h) {
    if (base[h] <= 0.0) return;
    const double factor = home[h] < b.communes ? level[home[h]] : mean;
    wage[h] = static_cast<std::int32_t>(round_half_away(std::max(floor, factor * base[h])));
  });
  const auto bill = b.world.column<firms::WageBill>();
  for (std::size_t h = 0; h < key.size(); ++h) {
    if (wage[h] > 0 && b.employer[h] < firms::kOutsideEmployer) bill[b.employer[h]] += wage[h];
  }
  set_wage_level(b.world, mean);
  b.report.assume(
      "anchors wages.growth_per_year", fmt::format("{}", b.people.wage_growth),
      "Wages of 2014 are brought to the year of the data by one rate; hours are those of a legal full time.");
}

/// Household cells: quintiles of an income drawn around the person's own and the living standard of the commune.
void set_cells(PeopleBuild& b) {
  const auto key = b.world.column<labour::Key>();
  const auto wage = b.world.column<labour::Wage>();
  const auto median = b.world.column<labour::MedianWage>();
  const auto cell = b.world.column<labour::Cell>();
  const auto home = b.world.column<labour::Home>();
  const std::size_t residents = b.place_begin[b.communes];
  double mean_standard = 0.0;
  for (const CommunePeople& c : b.people.communes) mean_standard += c.living_standard / static_cast<double>(b.communes);
  std::vector<std::pair<double, std::uint32_t>> order(residents);
  for_each_row(key.size(), [&](std::size_t h) {
    if (h >= residents) {
      cell[h] = labour::kNoCell;
      return;
    }
    Draws draws = b.keys.draws(RngDomain::kSynthesisQuintile, key[h]);
    const double usual = median[b.occupation[h]];
    const double own = wage[h] > 0                            ? static_cast<double>(wage[h])
                       : b.status[h] == Status::kSelfEmployed ? usual
                                                              : b.params.people.idle_income * usual;
    const double others = b.people.communes[home[h]].living_standard / mean_standard;
    order[h] = {math::log(own * others) + b.params.people.income_spread * draws.normal(),
                static_cast<std::uint32_t>(h)};
  });
  std::sort(order.begin(), order.end());
  for (std::size_t k = 0; k < residents; ++k) {
    const std::size_t h = order[k].second;
    const std::size_t quintile = std::min(households::kQuintiles * k / residents, households::kQuintiles - 1);
    cell[h] = static_cast<std::uint16_t>(households::kQuintiles * home[h] + quintile);
  }
}

}  // namespace metier::synthesis
