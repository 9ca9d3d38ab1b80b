#include "models/synthesis/report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace metier::synthesis {
namespace {

/// Differences of this relative size are rounding of the sums, not of the population.
constexpr double kRounding = 1e-9;

/// A relative error says nothing of a cell much smaller than the others of its margin: 3 asked of a mean of 800, 5
/// obtained. Below this share of the mean cell the difference itself is told.
constexpr double kSmallCell = 0.1;

/// Mean size of what the cells of a margin ask.
double mean_cell(const std::vector<const ReportRow*>& rows) {
  double sum = 0.0;
  for (const ReportRow* row : rows) sum += std::fabs(row->asked);
  return sum / static_cast<double>(rows.size());
}

/// Difference over what is asked, or over a tenth of the mean cell where less is asked: what cells are compared by.
double weight(const ReportRow& row, double mean) {
  const double scale = std::max(std::fabs(row.asked), kSmallCell * mean);
  return scale > 0.0 ? std::fabs(row.obtained - row.asked) / scale : std::fabs(row.obtained);
}

/// The error in percent, or the difference itself for a small cell.
std::string error_text(const ReportRow& row, double mean) {
  if (std::fabs(row.obtained - row.asked) <= kRounding * std::fabs(row.asked)) return "0";
  if (row.asked == 0.0 || std::fabs(row.asked) < kSmallCell * mean)
    return fmt::format("{:+.4g} of {:.3g}", row.obtained - row.asked, row.asked);
  const double percent = 100.0 * row.error();
  return std::fabs(percent) < 5e-5 ? std::string("0") : fmt::format("{:+.3g} %", percent);
}

}  // namespace

double ReportRow::error() const {
  const double difference = obtained - asked;
  return asked == 0.0 ? difference : difference / std::fabs(asked);
}

bool ReportRow::met() const { return std::fabs(error()) <= tolerance + kRounding; }

void InitReport::add(std::string margin, std::string cell, double asked, double obtained, double tolerance,
                     std::string rule) {
  rows_.push_back({std::move(margin), std::move(cell), asked, obtained, tolerance, std::move(rule)});
}

void InitReport::assume(std::string key, std::string value, std::string text) {
  assumptions_.push_back({std::move(key), std::move(value), std::move(text)});
}

std::vector<const ReportRow*> InitReport::of(const std::string& margin) const {
  std::vector<const ReportRow*> found;
  for (const ReportRow& row : rows_) {
    if (row.margin == margin) found.push_back(&row);
  }
  return found;
}

bool InitReport::all_met() const {
  return std::all_of(rows_.begin(), rows_.end(), [](const ReportRow& row) { return row.met(); });
}

std::string InitReport::to_text() const {
  std::vector<std::string> margins;
  std::size_t width = 6;
  for (const ReportRow& row : rows_) {
    if (std::find(margins.begin(), margins.end(), row.margin) == margins.end()) {
      margins.push_back(row.margin);
      width = std::max(width, row.margin.size());
    }
  }
  std::string text = fmt::format("{:<{}}  {:>5}  {:>12}  {:>12}  {:>12}  {}\n", "margin", width, "cells", "asked",
                                 "obtained", "worst", "rule");
  for (const std::string& margin : margins) {
    const auto rows = of(margin);
    const double mean = mean_cell(rows);
    const ReportRow* worst = rows.front();
    double asked = 0.0, obtained = 0.0;
    std::size_t missed = 0;
    for (const ReportRow* row : rows) {
      asked += row->asked;
      obtained += row->obtained;
      missed += row->met() ? 0u : 1u;
      if (weight(*row, mean) > weight(*worst, mean)) worst = row;
    }
    text += fmt::format("{:<{}}  {:>5}  {:>12.9g}  {:>12.9g}  {:>12}  {}", margin, width, rows.size(), asked, obtained,
                        error_text(*worst, mean), rows.front()->rule);
    if (rows.size() > 1 && weight(*worst, mean) > kRounding) text += fmt::format(" (worst: {})", worst->cell);
    if (missed > 0) text += fmt::format("; {} NOT MET", missed);
    text += '\n';
  }
  if (!assumptions_.empty()) text += "\nassumptions\n";
  for (const Assumption& a : assumptions_) text += fmt::format("  {} = {}: {}\n", a.key, a.value, a.text);
  return text;
}

}  // namespace metier::synthesis
