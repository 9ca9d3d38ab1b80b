#include "output/diff.hpp"
#include "output/reader.hpp"
#include "sim/app/verbs.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>

namespace metier::app {

namespace {

struct DiffOptions {
  std::string a, b;
};

Exit compare(const DiffOptions& options, const Common& common) {
  const output::RunFile a(options.a), b(options.b);
  const output::RunDifference difference = output::difference_of(a, b);
  if (!common.quiet) fmt::print("{}", output::to_text(difference, a, b));
  return difference.same_numbers() ? Exit::kDone : Exit::kDifference;
}

}  // namespace

void add_diff(CLI::App& app, Session& session) {
  CLI::App* verb =
      add_verb(app, session, "diff", "Where two runs part: first month, process, column; indicators; origin",
               "  metier diff a.h5 b.h5\n"
               "  metier run S.yaml --out a.h5 --hash    # keeps what diff needs to name process and column");
  auto options = std::make_shared<DiffOptions>();
  verb->add_option("A", options->a, "A run file")->required();
  verb->add_option("B", options->b, "Another one")->required();
  verb->callback([options, &session] { session.exit = compare(*options, session.common); });
}

}  // namespace metier::app
