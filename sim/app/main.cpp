#include "sim/app/program_info.hpp"
#include "sim/app/streams.hpp"
#include "sim/app/verbs.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fmt/format.h>
#include <malloc.h>
#include <new>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

namespace {

using metier::Exit;
using metier::app::tell;

/// Lays the heap out in huge pages: a month reads rows of large tables in no order, and the processor remembers where
/// only so many pages are. Takes address space, not memory; where there is not enough of that, all stays as it was.
void use_huge_pages() {
  constexpr std::size_t kHugePage = std::size_t{2} << 20;
  constexpr int kHeap = 512 << 20;      // bytes: twice what the full scale needs
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the most it takes: smaller pieces come from the heap
  mallopt(M_TRIM_THRESHOLD, kHeap);
  mallopt(M_TOP_PAD, kHeap);
  const auto end_of_heap = [] { return static_cast<char*>(sbrk(0)); };
  const auto past_a_page = [](const char* p) { return reinterpret_cast<std::uintptr_t>(p) % kHugePage; };
  char* const begin = end_of_heap() - past_a_page(end_of_heap()) + kHugePage;
  void* volatile grown = std::malloc(kHugePage);  // the heap grows now; volatile, or nothing would happen
  std::free(grown);
  mallopt(M_TOP_PAD, 128 << 10);  // as it was
  char* const end = end_of_heap() - past_a_page(end_of_heap());
  if (begin < end) madvise(begin, static_cast<std::size_t>(end - begin), MADV_HUGEPAGE);
}

int code_of(Exit exit) { return static_cast<int>(exit); }

/// Ends with the number of problems, and whether something ran.
void print_problems(const metier::InputError& error) {
  const bool ran = error.exit() == Exit::kRun;
  const std::size_t found = error.problems().size();
  std::string count = metier::app::count_of(found, "problem", "problems");
  if (found >= metier::Problems::kMost) count += " or more";
  if (found > metier::InputError::kMostTold)
    count += fmt::format(", the first {} are shown", metier::InputError::kMostTold);
  tell("{}\n{}; {}\n", error.what(), count, ran ? "stopped." : "nothing was run.");
}

int usage(const std::string& message, const std::string& verb) {
  tell("error: {}\n    see: metier {}--help\n", message, verb.empty() ? "" : verb + " ");
  return code_of(Exit::kUsage);
}

/// What can be said of the arguments better than the parser does; empty when it shall speak.
std::string complaint(const CLI::App& app, const std::vector<std::string>& arguments) {
  // Most often a variable of a shell script that is not set.
  for (std::size_t k = 0; k < arguments.size(); ++k) {
    if (arguments[k].empty()) return fmt::format("argument {} is empty", k + 1);
  }
  std::vector<std::string> verbs;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    verbs.push_back(verb->get_name());
  if (arguments.empty()) return fmt::format("a verb is needed: {}", fmt::join(verbs, ", "));
  if (arguments[0].starts_with('-')) return "";
  if (std::ranges::find(verbs, arguments[0]) == verbs.end()) {
    const std::string near = metier::nearest_name(arguments[0], verbs);
    return fmt::format(
        "'{}' is not a verb; {}", arguments[0],
        near.empty() ? fmt::format("allowed: {}", fmt::join(verbs, ", ")) : fmt::format("did you mean '{}'?", near));
  }
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_subcommand(arguments[0])->get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  for (const std::string& argument : arguments) {
    const std::string name = argument.substr(0, argument.find('='));
    if (!name.starts_with("--") || name == "--" || std::ranges::find(names, name) != names.end()) continue;
    const std::string near = metier::nearest_name(name, names);
    return fmt::format("'{}' is not an option of {}{}", name, arguments[0],
                       near.empty() ? "" : fmt::format("; did you mean '{}'?", near));
  }
  return "";
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
  const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  if (std::ranges::find(arguments, "") != arguments.end()) return usage(complaint(app, arguments), "");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
      app.exit(error);  // --help, --version
      return code_of(Exit::kDone);
    }
    const auto verbs = app.get_subcommands();
    const std::string better = complaint(app, arguments);
    return usage(better.empty() ? error.what() : better, verbs.empty() ? "" : verbs[0]->get_name());
  }
  return code_of(session.exit);
}

/// What could not be printed (a full disk behind a redirection) must not pass for done.
int unprinted(std::string_view why) {
  tell("error: the output could not be written: {}\n", why);
  return code_of(Exit::kRun);
}

/// The exit code; what went wrong is told, but for a lack of memory.
int run_and_tell(int argc, char** argv) {
  try {
    const int code = run(argc, argv);
    return std::fflush(stdout) != 0 || std::ferror(stdout) != 0 ? unprinted(std::strerror(errno)) : code;
  } catch (const metier::InputError& error) {
    print_problems(error);
    return code_of(error.exit());
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    if (std::ferror(stdout) != 0) return unprinted(error.what());
    tell("error: {}\n", error.what());
    return code_of(Exit::kRun);
  }
}

}  // namespace

int main(int argc, char** argv) {
  metier::app::open_standard_streams();
  use_huge_pages();
  std::signal(SIGXFSZ,
              SIG_IGN);  // a limit on the size of files is told like a full disk, with a message and exit code 5
  try {
    return run_and_tell(argc, argv);
  } catch (const std::bad_alloc&) {
    tell("error: the memory of this machine does not suffice\n    try a smaller --scale\n");
    return code_of(Exit::kRun);
  }
}
