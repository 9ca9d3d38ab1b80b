#pragma once
#include "sim/app/session.hpp"

/// One function per verb, each in its own file: adds the verb with its options and says what it does.
namespace metier::app {

void add_run(CLI::App& app, Session& session);
void add_resume(CLI::App& app, Session& session);
void add_check(CLI::App& app, Session& session);
void add_explain(CLI::App& app, Session& session);
void add_schema(CLI::App& app, Session& session);
void add_describe(CLI::App& app, Session& session);
void add_verify(CLI::App& app, Session& session);
void add_diff(CLI::App& app, Session& session);
void add_export(CLI::App& app, Session& session);
void add_init(CLI::App& app, Session& session);
void add_bench(CLI::App& app, Session& session);

}  // namespace metier::app
