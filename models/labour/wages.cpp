#include "models/labour/wages.hpp"

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
  prices[price_row(step.month)] = level;
}

void observe_productivity(const Step& step, In<firms::Productivity> productivity, InOut<ProductivityYear> year,
                          InOut<ProductivityGrowth> growth) {
  const bool december = step.calendar.month == 12 && step.month > 0;
  for_each_row(productivity.size(), [&](std::size_t i) {
    if (productivity[i] <= 0.0) return;
    if (year[i] <= 0.0) {  // first seen: nothing to compare with
      year[i] = productivity[i];
    } else if (december) {
      growth[i] = math::log(productivity[i] / year[i]);
      year[i] = productivity[i];
    }
  });
}

void set_minimum_wage(const Step& step, const MinimumWagePath& path, In<PriceSeen> prices,
                      InOut<MinimumWage> minimum_wage, InOut<MinimumWagePrice> price_then) {
  if (path.levels.empty()) return;
  const double price = price_last_month(prices, step);
  if (price_then[0] <= 0.0) price_then[0] = price;
  const MinimumWagePath::Level* level = nullptr;
  for (const auto& l : path.levels) {
    if (l.from <= step.calendar) level = &l;
  }
  if (level == nullptr) return;
  const bool path_is_over = level == &path.levels.back() && step.calendar > level->from;
  const bool known = minimum_wage[0] > 0;
  if (path_is_over && known) {
    if (step.calendar.month != 1) return;
    minimum_wage[0] = round_half_away(static_cast<double>(minimum_wage[0]) * (price / price_then[0]));
    price_then[0] = price;
  } else if (minimum_wage[0] != level->cents) {
    minimum_wage[0] = level->cents;
    price_then[0] = price;
  }
}

void revise_wages(const Step& step, const Params& params, In<StatusOf> status, In<Employer> employer,
                  In<HiredIn> hired_in, InOut<Wage> wage, In<PriceSeen> prices, In<ProductivityGrowth> growth,
                  In<MinimumWage> minimum_wage, InOut<firms::WageBill> wage_bill, Scratch<Revision> revision) {
  const auto least = static_cast<std::int32_t>(minimum_wage[0]);
  // hired_in = month modulo 12, written without negative remainders so that the loop is plain arithmetic
  constexpr int kYears = 12 * 2000;
  const auto birthday = static_cast<std::uint32_t>((step.month + kYears) % 12);
  select_rows(
      status.size(),
      [&](std::size_t begin, std::size_t end, Picks& picks) {
        std::array<std::uint8_t, kWordChunk> due, any;  // anniversary; that or a wage below the minimum
        for (std::size_t chunk = begin; chunk < end; chunk += kWordChunk) {
          const std::size_t n = std::min(kWordChunk, end - chunk);
          for (std::size_t i = 0; i < n; ++i) {
            const std::int32_t hired = hired_in[chunk + i];
            const unsigned anniversary =
                bit(static_cast<std::uint32_t>(hired + kYears) % 12 == birthday) & bit(hired != step.month);
            const unsigned employed = bit(status[chunk + i] == Status::kEmployed);
            due[i] = static_cast<std::uint8_t>(anniversary);
            any[i] = static_cast<std::uint8_t>(employed & (anniversary | bit(wage[chunk + i] < least)));
          }
          for_each_set(any.data(), n, [&](std::size_t i) { picks.add(chunk + i, due[i]); });
        }
      },
      revision->selection);

  const Selection& chosen = revision->selection;
  const double now = price_last_month(prices, step), then = price_a_year_before(prices, step);
  const double indexed = now == then ? 0.0 : params.wage_indexation * math::log(now / then);
  revision->raise.resize(chosen.size());
  for_each_row(chosen.size(), [&](std::size_t k) {
    const Row h = chosen.rows[k];
    std::int64_t fresh = wage[h];
    if (chosen.notes[k] == 1) {
      const double pass_through = works_here(employer[h]) ? params.wage_productivity * growth[employer[h]] : 0.0;
      fresh = round_half_away(static_cast<double>(wage[h]) * math::exp(indexed + pass_through));
    }
    const auto revised = std::max(least, static_cast<std::int32_t>(fresh));
    revision->raise[k] = revised - wage[h];
    wage[h] = revised;
  });
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    const Row i = employer[chosen.rows[k]];
    if (works_here(i)) wage_bill[i] += revision->raise[k];
  }
}

}  // namespace metier::labour
