#include "output/export_csv.hpp"
#include "output/reader.hpp"
#include "output/spool.hpp"
#include "output/time_axis.hpp"
#include "sim/app/streams.hpp"
#include "sim/app/verbs.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <memory>
#include <span>
#include <sstream>
#include <string_view>

namespace metier::app {

namespace {

struct ExportOptions {
  std::string file, to = "csv", indicator, table, out;
  bool panel = false;
};

/// What the file holds, one name per line: what --indicator and --table take.
std::string contents(const output::RunFile& file) {
  std::string text;
  for (const output::Variable& variable : file.variables()) {
    std::string dims;
    for (const std::string& dim : variable.info.dims) dims += " " + dim;
    text +=
        fmt::format("--indicator {:<40} [{}] time{}\n", output::RunFile::path_of(variable), variable.info.unit, dims);
  }
  for (const output::StoredTable& table : file.tables())
    text += fmt::format("--table {}  ({} rows)\n", table.name, table.rows);
  if (!file.hashes().state.empty()) text += fmt::format("--table {}\n", output::kHashesTable);
  text += fmt::format("--table {}\n", output::kParametersTable);
  return text;
}

void write_csv(const output::RunFile& file, const ExportOptions& options, std::ostream& out) {
  if (options.panel) {
    output::export_table_csv(file, "panel/establishments", out);
  } else if (options.table == output::kHashesTable) {
    output::export_hashes_csv(file, out);
  } else if (options.table == output::kParametersTable) {
    output::export_parameters_csv(file, out);
  } else if (!options.table.empty()) {
    output::export_table_csv(file, options.table, out);
  } else {
    output::export_csv(file, options.indicator, out);
  }
}

/// What is wrong with a format, or nothing.
std::string format_problem(const std::string& format) {
  if (format == "csv") return "";
  if (format == "geojson") return "maps (geojson) are not written by this version; allowed: csv";
  return fmt::format("'{}' is not a format; allowed: csv", format);
}

Exit export_file(const ExportOptions& options, const Common& common) {
  if (!options.out.empty()) {
    output::check_target(options.out, common.force ? output::Overwrite::kAllow : output::Overwrite::kRefuse);
  }
  const output::RunFile file(options.file);
  if (!options.panel && options.table.empty() && options.indicator.empty()) {
    fmt::print("{}", contents(file));
    return Exit::kDone;
  }
  if (options.out.empty()) {
    write_csv(file, options, std::cout);
    std::cout.flush();
    return Exit::kDone;
  }
  std::ostringstream text;
  write_csv(file, options, text);
  const std::string csv = text.str();
  output::write_whole(options.out, options.out + ".part", std::as_bytes(std::span(csv.data(), csv.size())));
  if (!common.quiet) tell("wrote {}\n", options.out);
  return Exit::kDone;
}

}  // namespace

void add_export(CLI::App& app, Session& session) {
  CLI::App* verb = add_verb(app, session, "export", "An indicator or a table of a run as CSV, long form, 17 digits",
                            "  metier export run.h5                                   # what there is to export\n"
                            "  metier export run.h5 --to csv --indicator employment > employment.csv\n"
                            "  metier export run.h5 --indicator annual/wage_quantile --out wages.csv\n"
                            "  metier export run.h5 --panel\n"
                            "  metier export run.h5 --table hashes                    # of the state, month by month\n"
                            "  metier export run.h5 --table parameters                # with value, unit and origin");
  auto options = std::make_shared<ExportOptions>();
  verb->add_option("FILE", options->file, "A run file")->required();
  verb->add_option("--to", options->to, "Format: csv")->check(format_problem, "")->capture_default_str();
  auto* indicator = verb->add_option("--indicator", options->indicator, "Name, or quarterly/NAME, annual/NAME");
  auto* table = verb->add_option("--table", options->table,
                                 "A long table: ledger/totals, panel/persons, ..., hashes or parameters");
  auto* panel = verb->add_flag("--panel", options->panel, "The sampled establishments: --table panel/establishments");
  indicator->excludes(table)->excludes(panel);
  table->excludes(panel);
  verb->add_option("--out", options->out, "File to write (default: standard output)");
  verb->callback([options, &session] { session.exit = export_file(*options, session.common); });
}

}  // namespace metier::app
