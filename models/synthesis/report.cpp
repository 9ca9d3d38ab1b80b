#include "models/synthesis/report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace metier::synthesis {
namespace {

/// Differences of this relative size are rounding of the sums, not of the population.
constexpr double kRounding = 1e-9;

/// The error in percent, or the difference itself where 0 is asked.
std::string error_text(const ReportRow& row) {
  if (row.asked == 0.0) return row.obtained == 0.0 ? std::string("0") : fmt::format("{:+.5g} of 0", row.obtained);
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
    const ReportRow* worst = rows.front();
    double asked = 0.0, obtained = 0.0;
    std::size_t missed = 0;
    for (const ReportRow* row : rows) {
      asked += row->asked;
      obtained += row->obtained;
      missed += row->met() ? 0u : 1u;
      if (std::fabs(row->error()) > std::fabs(worst->error())) worst = row;
    }
    text += fmt::format("{:<{}}  {:>5}  {:>12.9g}  {:>12.9g}  {:>12}  {}", margin, width, rows.size(), asked, obtained,
                        error_text(*worst), rows.front()->rule);
    if (rows.size() > 1 && std::fabs(worst->error()) > kRounding) text += fmt::format(" (worst: {})", worst->cell);
    if (missed > 0) text += fmt::format("; {} NOT MET", missed);
    text += '\n';
  }
  if (!assumptions_.empty()) text += "\nassumptions\n";
  for (const Assumption& a : assumptions_) text += fmt::format("  {} = {}: {}\n", a.key, a.value, a.text);
  return text;
}

}  // namespace metier::synthesis
