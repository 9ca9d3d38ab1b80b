#include "sim/app/reference.hpp"
#include "sim/app/verbs.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>

namespace metier::app {

namespace {
struct SchemaOptions {
  bool reference = false, priors = false;
};
}  // namespace

void add_schema(CLI::App& app, Session& session) {
  CLI::App* verb =
      add_verb(app, session, "schema", "JSON Schema of scenarios, for editors; the reference page of all parameters",
               "  metier schema > scenario.schema.json\n"
               "  metier schema --reference > REFERENCE.md");
  auto options = std::make_shared<SchemaOptions>();
  auto* reference = verb->add_flag("--reference", options->reference, "The page scenarios/REFERENCE.md instead");
  verb->add_flag("--priors", options->priors, "Ranges of sensitivity studies, scenarios/priors.yaml, instead")
      ->excludes(reference);
  verb->callback([options] {
    fmt::print("{}", options->reference ? reference_page() : options->priors ? priors_text() : schema_text());
  });
}

}  // namespace metier::app
