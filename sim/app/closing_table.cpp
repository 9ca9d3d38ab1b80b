#include "sim/app/closing_table.hpp"

#include "sim/app/session.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace metier::app {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

struct Line {
  std::string_view indicator, label;
  double scale;
  std::string_view unit;
};

constexpr Line kLines[] = {
    {"establishments", "establishments", 1.0, ""},
    {"employment", "jobs in the territory", 1.0, ""},
    {"in_commuters", "in-commuters", 1.0, ""},
    {"out_commuters", "residents working outside", 1.0, ""},
    {"unemployed", "unemployed residents", 1.0, ""},
    {"vacancies", "open posts", 1.0, ""},
    {"hires", "hires per month", 1.0, ""},
    {"separations", "separations per month", 1.0, ""},
    {"gross_output", "gross output per month", 1e-6, "MEUR"},
    {"gross_value_added_real", "real value added per month", 1e-6, "MEUR"},
    {"consumption", "consumption per month", 1e-6, "MEUR"},
    {"exports", "exports per month", 1e-6, "MEUR"},
    {"imports", "imports per month", 1e-6, "MEUR"},
};

/// Sum over the cells that have a value, of the mean over `n` periods from `first`.
double sum_over(const output::RunFile& file, const output::Variable& variable, std::size_t first, std::size_t n) {
  const std::vector<double> values = file.read(variable, first, n);
  double sum = 0.0;
  bool any = false;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    any = true;
  }
  return any ? sum / static_cast<double>(n) : kNone;
}

double unemployment_rate(const output::RunFile& file, std::size_t period) {
  const output::Variable* rate = file.find(Frequency::kMonthly, "unemployment_rate_territory");
  return rate == nullptr ? kNone : file.read(*rate, period, 1)[0];
}

/// Prices of the sectors, weighted by their output at these prices in the last period.
double price_level(const output::RunFile& file, std::size_t period) {
  const output::Variable* price = file.find(Frequency::kMonthly, "price_level");
  const output::Variable* made = file.find(Frequency::kMonthly, "gross_output");
  if (price == nullptr || made == nullptr || made->periods < 2) return kNone;
  const std::vector<double> prices = file.read(*price, period, 1), weights = file.read(*made, made->periods - 1, 1);
  double sum = 0.0, weight = 0.0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const double p = prices[k % prices.size()];  // sectors are the last dimension of output
    if (std::isnan(p) || std::isnan(weights[k])) continue;
    sum += p * weights[k];
    weight += weights[k];
  }
  return weight > 0.0 ? sum / weight : kNone;
}

std::string number(double value, int decimals) {
  if (std::isnan(value)) return "-";
  std::string text = fmt::format("{:.{}f}", std::fabs(value), decimals);
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > 3; at -= 3) text.insert(at - 3, " ");
  return (value < 0.0 ? "-" : "") + text;
}

void add_line(std::string& text, std::string_view label, double first, double last, int decimals,
              std::string_view unit) {
  if (std::isnan(first) && std::isnan(last)) return;
  const std::string change = std::isnan(first) || std::isnan(last) || first == 0.0
                                 ? ""
                                 : fmt::format("{:+.1f} %", 100.0 * (last / first - 1.0));
  text += fmt::format("  {:<28}{:>14}{:>14}{:>10}{}{}\n", label, number(first, decimals), number(last, decimals),
                      change, unit.empty() ? "" : "  ", unit);
}

}  // namespace

std::string closing_table(const output::RunFile& file) {
  const auto months = static_cast<std::size_t>(file.months());
  const std::size_t window = std::min<std::size_t>(12, months);
  std::string lines;
  for (const Line& line : kLines) {
    const output::Variable* variable = file.find(Frequency::kMonthly, line.indicator);
    if (variable == nullptr) continue;
    const bool stock = variable->info.measure == Measure::kStock;
    const double first = stock ? sum_over(file, *variable, 0, 1) : sum_over(file, *variable, 1, window);
    const double last =
        stock ? sum_over(file, *variable, months, 1) : sum_over(file, *variable, months + 1 - window, window);
    const bool euros = line.scale != 1.0 && variable->info.unit == "EUR";
    const bool own_unit = line.scale != 1.0 && !euros;  // a table of the user's own
    const double scale = euros ? line.scale : 1.0;
    add_line(lines, line.label, first * scale, last * scale,
             own_unit ? 3
             : euros  ? 1
                      : 0,
             own_unit ? "unit of the table" : line.unit);
  }
  const double rate0 = unemployment_rate(file, 0), rate1 = unemployment_rate(file, months);
  if (!std::isnan(rate1)) {
    lines += fmt::format("  {:<28}{:>14}{:>14}{:>10}  %\n", "unemployment rate", number(100.0 * rate0, 1),
                         number(100.0 * rate1, 1),
                         std::isnan(rate0) ? "" : fmt::format("{:+.1f} pt", 100.0 * (rate1 - rate0)));
  }
  add_line(lines, "prices of producers", price_level(file, 0), price_level(file, months), 3, "1 = 2018");
  if (lines.empty()) return "";
  return fmt::format("  {:<28}{:>14}{:>14}{:>10}\n", count_of(static_cast<std::size_t>(months), "month", "months"),
                     file.date(Frequency::kMonthly, 0), file.date(Frequency::kMonthly, months), "change") +
         lines +
         fmt::format("  stocks at the two dates; flows: mean of the first and of the last {}\n",
                     count_of(static_cast<std::size_t>(window), "month", "months"));
}

}  // namespace metier::app
