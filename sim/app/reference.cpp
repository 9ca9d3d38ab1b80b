#include "sim/app/reference.hpp"

#include "sim/app/scenario_input.hpp"
#include "sim/config/documents.hpp"

namespace metier::app {

namespace {
std::vector<Declaration> all_declarations() {
  ModelParams params;
  OutputParams output;
  ParamBinder binder;
  bind_all(binder, params, output);
  return binder.declarations();
}
}  // namespace

std::string schema_text() { return scenario_schema(all_declarations()); }
std::string reference_page() { return metier::reference_page(all_declarations()); }
std::string priors_text() { return priors_page(all_declarations()); }

}  // namespace metier::app
