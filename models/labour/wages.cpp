#include "models/labour/wages.hpp"

#include "models/labour/counts.hpp"
#include "models/labour/words.hpp"

#include "sim/core/error.hpp"
#include "sim/core/math.hpp"
#include "sim/core/money.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <array>

namespace metier::labour {

void observe_prices(const Step& step, In<outside::ConsumerPrice> price, InOut<PriceSeen> prices,
                    InOut<PriceAtStart> price_at_start) {
  const double level = price[0];
  METIER_REQUIRE(level > 0.0, "the population comes with a price of consumption");
  if (price_at_start[0] == 0.0) {
    price_at_start[0] = level;
    std::fill(prices.begin(), prices.end(), level);
  }
  prices[history_row(step.month)] = level;
}

void observe_productivity(const Step& step, In<firms::Productivity> productivity, In<firms::Employees> employees,
                          InOut<ProductivityYear> year, InOut<ProductivityGrowth> growth,
                          InOut<CommonProductivity> common) {
  const std::size_t n = productivity.size();
  if (step.calendar.month == 12 && step.month > 0) {
    for_each_row(n, [&](std::size_t i) {
      growth[i] = productivity[i] > 0.0 && year[i] > 0.0 ? math::log(productivity[i] / year[i]) : 0.0;
    });
    const double jobs = ordered_sum(n, [&](std::size_t i) { return static_cast<double>(employees[i]); });
    const double sum = ordered_sum(n, [&](std::size_t i) { return static_cast<double>(employees[i]) * growth[i]; });
    const double mean = jobs > 0.0 ? sum / jobs : 0.0;
    common[0] *= math::exp(mean);
    for_each_row(n, [&](std::size_t i) {
      if (productivity[i] > 0.0 && year[i] > 0.0) growth[i] -= mean;  // who is new has nothing to compare with
      year[i] = productivity[i];
    });
  } else {
    for_each_row(n, [&](std::size_t i) {
      if (year[i] <= 0.0) year[i] = productivity[i];
    });
  }
}

namespace {

/// ln of a going wage that follows prices (a month ago `before`, `now`), part at once, the rest as it closes its gap.
double follow(const Params& params, double last, double before, double now, double wanted) {
  return last + params.wage_indexation * math::log(now / before) + params.wage_catch_up * (wanted - last);
}

}  // namespace

void move_going_wage(const Step& step, const Params& params, In<PriceSeen> prices, In<PriceAtStart> price_at_start,
                     In<CommonProductivity> common, In<Unemployed> unemployed, In<EmployedResidents> employed,
                     In<UnemploymentReference> reference, InOut<GoingWageSeen> going) {
  if (step.month == 0) return;  // the wages of the data
  const double before = price_last_month(prices, step);
  const double slack =
      reference[0] > 0.0 ? math::log(territory_unemployment(unemployed, employed) / reference[0]) : 0.0;
  const double wanted = math::log(before / price_at_start[0] * common[0]) - params.wage_curve * slack;
  const double last = math::log(going[history_row(step.month - 1)]);
  going[history_row(step.month)] = math::exp(follow(params, last, before, prices[history_row(step.month)], wanted));
}

void move_outside_wage(const Step& step, const Params& params, In<outside::OutsidePriceLevel> price,
                       In<outside::OutsideProductivity> productivity, InOut<OutsidePriceBefore> before,
                       InOut<OutsideWageSeen> going) {
  if (step.month == 0) return;  // the wages of the data
  const double last = math::log(going[history_row(step.month - 1)]), wanted = math::log(before[0] * productivity[0]);
  going[history_row(step.month)] = math::exp(follow(params, last, before[0], price[0], wanted));
  before[0] = price[0];
}

void set_minimum_wage(const Step& step, const MinimumWagePath& path, In<PriceSeen> prices, In<GoingWageSeen> going,
                      InOut<MinimumWage> minimum_wage, InOut<MinimumWagePrice> price_then,
                      InOut<MinimumWageGoing> going_then) {
  if (path.levels.empty()) return;
  const double price = price_last_month(prices, step), wage = going_wage_last_month(going, step);
  const auto set = [&](std::int64_t cents) {
    minimum_wage[0] = cents;
    price_then[0] = price;
    going_then[0] = wage;
  };
  if (price_then[0] <= 0.0) set(minimum_wage[0]);
  const MinimumWagePath::Level* level = nullptr;
  for (const auto& l : path.levels) {
    if (l.from <= step.calendar) level = &l;
  }
  if (level == nullptr) return;
  const bool path_is_over = level == &path.levels.back() && step.calendar > level->from;
  const bool known = minimum_wage[0] > 0;
  if (path_is_over && known) {
    if (step.calendar.month != 1) return;
    const double dearer = price / price_then[0], richer = wage / going_then[0] / dearer;
    const double factor = std::max(1.0, dearer * (richer > 1.0 ? math::sqrt(richer) : 1.0));  // it never falls
    set(round_half_away(static_cast<double>(minimum_wage[0]) * factor));
  } else if (minimum_wage[0] != level->cents) {
    set(level->cents);
  }
}

void revise_wages(const Step& step, const Params& params, RevisionView person, InOut<Wage> wage,
                  In<GoingWageSeen> going, In<OutsideWageSeen> outside_wage, In<ProductivityGrowth> growth,
                  In<MinimumWage> minimum_wage, WageTotals totals, Scratch<Revision> revision) {
  const auto least = static_cast<std::int32_t>(minimum_wage[0]);
  // hired_in = month modulo 12, written without negative remainders so that the loop is plain arithmetic
  constexpr int kYears = 12 * 2000;
  const auto birthday = static_cast<std::uint32_t>((step.month + kYears) % 12);
  select_rows(
      wage.size(),
      [&](std::size_t begin, std::size_t end, Picks& picks) {
        std::array<std::uint8_t, kWordChunk> due, any;  // anniversary; that or a wage below the minimum
        for (std::size_t chunk = begin; chunk < end; chunk += kWordChunk) {
          const std::size_t n = std::min(kWordChunk, end - chunk);
          for (std::size_t i = 0; i < n; ++i) {
            const std::int32_t hired = person.hired_in[chunk + i];
            const unsigned anniversary =
                bit(static_cast<std::uint32_t>(hired + kYears) % 12 == birthday) & bit(hired != step.month);
            const unsigned employed = bit(person.status[chunk + i] == Status::kEmployed);
            due[i] = static_cast<std::uint8_t>(anniversary);
            any[i] = static_cast<std::uint8_t>(employed & (anniversary | bit(wage[chunk + i] < least)));
          }
          for_each_set(any.data(), n, [&](std::size_t i) { picks.add(chunk + i, due[i]); });
        }
      },
      revision->selection);

  const Selection& chosen = revision->selection;
  const auto risen = [&](auto seen) {
    const double now = going_wage_last_month(seen, step), then = going_wage_a_year_before(seen, step);
    return now == then ? 0.0 : math::log(now / then);
  };
  const double indexed = risen(going), indexed_outside = risen(outside_wage);
  revision->raise.resize(chosen.size());
  for_each_row(chosen.size(), [&](std::size_t k) {
    const Row h = chosen.rows[k];
    std::int64_t fresh = wage[h];
    if (chosen.notes[k] == 1) {
      const double rise = works_here(person.employer[h])
                              ? indexed + params.wage_productivity * growth[person.employer[h]]
                              : indexed_outside;
      fresh = round_half_away(static_cast<double>(wage[h]) * math::exp(rise));
    }
    const auto revised = std::max(least, static_cast<std::int32_t>(fresh));
    revision->raise[k] = revised - wage[h];
    wage[h] = revised;
  });
  const Payees payees = totals.payees();
  const auto for_each_raise = [&](auto&& add) {
    for (std::size_t k = 0; k < chosen.size(); ++k) {
      if (revision->raise[k] != 0) add(chosen.rows[k], person.employer[chosen.rows[k]], revision->raise[k]);
    }
  };
  side_by_side(
      [&] {
        for_each_raise([&](Row h, Row employer, std::int32_t raise) {
          totals.add_to_payee(payees, person.home[h], person.cell[h], employer, raise);
        });
      },
      [&] {
        for_each_raise([&](Row h, Row employer, std::int32_t raise) {
          if (works_here(employer)) totals.add_to_firm(employer, person.occupation[h], raise);
        });
      });
}

}  // namespace metier::labour
