#include "sim/app/program_info.hpp"
#include "sim/app/verbs.hpp"

#include <CLI/CLI.hpp>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fmt/format.h>
#include <new>

namespace {

using metier::Exit;

int code_of(Exit exit) { return static_cast<int>(exit); }

/// Ends with the number of problems, and whether something ran.
void print_problems(const metier::InputError& error) {
  const bool ran = error.exit() == Exit::kRun;
  fmt::print(stderr, "{}\n{}; {}\n", error.what(),
             metier::app::count_of(error.problems().size(), "problem", "problems"),
             ran ? "stopped." : "nothing was run.");
}

int run(int argc, char** argv) {
  metier::app::Session session;
  for (int i = 0; i < argc; ++i) session.command_line += fmt::format("{}{}", i == 0 ? "" : " ", argv[i]);

  CLI::App app(
      "Simulates the economy of a metropolis, establishment by establishment and worker by worker, month by month.");
  app.name("metier");
  app.set_version_flag("--version", fmt::format("metier {} (git {})", metier::app::program_info().version,
                                                metier::app::program_info().git_hash));
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done, 1 a comparison found a difference, 2 usage or output, 3 invalid scenario,\n"
      "4 missing or damaged data, checkpoint or HDF5, 5 the run failed, 75 interrupted and safe to resume.\n"
      "`metier VERB --help` tells the options of a verb, with examples.");
  metier::app::add_run(app, session);
  metier::app::add_resume(app, session);
  metier::app::add_check(app, session);
  metier::app::add_explain(app, session);
  metier::app::add_schema(app, session);
  metier::app::add_describe(app, session);
  metier::app::add_verify(app, session);
  metier::app::add_diff(app, session);
  metier::app::add_export(app, session);
  metier::app::add_init(app, session);
  metier::app::add_bench(app, session);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
      app.exit(error);  // --help, --version
      return code_of(Exit::kDone);
    }
    const auto verbs = app.get_subcommands();
    fmt::print(stderr, "error: {}\n    see: metier {}--help\n", error.what(),
               verbs.empty() ? "" : verbs[0]->get_name() + " ");
    return code_of(Exit::kUsage);
  }
  return code_of(session.exit);
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGXFSZ,
              SIG_IGN);  // a limit on the size of files is told like a full disk, with a message and exit code 5
  int code = code_of(Exit::kRun);
  try {
    code = run(argc, argv);
  } catch (const metier::InputError& error) {
    print_problems(error);
    return code_of(error.exit());
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "error: the memory of this machine does not suffice\n    try a smaller --scale\n");
    return code_of(Exit::kRun);
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return code_of(Exit::kRun);
  }
  // What could not be printed (a full disk behind a redirection) must not pass for done.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    fmt::print(stderr, "error: the output could not be written: {}\n", std::strerror(errno));
    return code_of(Exit::kRun);
  }
  return code;
}
