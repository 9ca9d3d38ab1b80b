#include "models/labour/null_models.hpp"
#include "sim/core/csv.hpp"
#include "sim/core/error.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace metier::labour {

FlowTables read_flow_tables(const FlowParams& params, Problems& problems) {
  FlowTables out;
  for (const auto& [file, key] : {std::pair(&params.state, "state"), std::pair(&params.mobility, "mobility")}) {
    if (!file->given())
      problems.add({}, fmt::format("'labour.flows.{}' is missing", key), "mode flows_drc runs over a user's table");
  }
  if (!params.state.given() || !params.mobility.given()) return out;

  const CsvTable state = read_csv(params.state.path, problems);
  const auto label = state.require("label", problems), employed = state.require("employed", problems),
             unemployed = state.require("unemployed", problems), vacancies = state.require("vacancies", problems);
  const auto target = state.find("target");
  if (!label || !employed || !unemployed || !vacancies) return out;
  if (state.rows() == 0) problems.add(state.place(), "has no occupation", "one row per occupation");
  constexpr double kMost = 1e12;
  for (std::size_t row = 0; row < state.rows(); ++row) {
    const CsvCell& name = state.at(row, *label);
    if (std::find(out.labels.begin(), out.labels.end(), name.text) != out.labels.end()) {
      problems.add(state.place(name), fmt::format("label '{}' stands here a second time", name.text));
    }
    out.labels.emplace_back(name.text);
    out.employed.push_back(state.number(row, *employed, problems, 0.0, kMost));
    out.unemployed.push_back(state.number(row, *unemployed, problems, 0.0, kMost));
    out.vacancies.push_back(state.number(row, *vacancies, problems, 0.0, kMost));
    out.target.push_back(target ? state.number(row, *target, problems, 0.0, kMost)
                                : out.employed.back() + out.vacancies.back());
  }

  const CsvMatrix mobility = read_matrix(params.mobility.path, true, problems, 0.0, kMost);
  out.mobility = mobility.values;
  if (mobility.table.columns() == 0) return out;
  if (mobility.rows != out.labels) {
    problems.add(mobility.table.place(), "the labels are not those of labour.flows.state, in its order",
                 fmt::format("labels there: {}", fmt::join(out.labels, ", ")));
  }
  for (std::size_t from = 0; from < mobility.rows.size(); ++from) {
    bool some = false, read = true;
    for (std::size_t to = 0; to < mobility.columns.size(); ++to) {
      some = some || mobility.at(from, to) > 0.0;
      read = read && parse_number(mobility.table.at(from, to + 1).text);
    }
    if (!some && read) {
      problems.add(mobility.table.place(mobility.table.at(from, 0)),
                   fmt::format("row '{}' has no weight at all", mobility.rows[from]),
                   "one entry at least must be above 0");
    }
  }
  return out;
}

}  // namespace metier::labour
