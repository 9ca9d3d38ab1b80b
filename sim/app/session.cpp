#include "sim/app/session.hpp"

#include "sim/app/streams.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fmt/format.h>
#include <string_view>
#include <system_error>
#include <thread>

namespace metier::app {

namespace fs = std::filesystem;

namespace {

constexpr int kMostThreads = 1024;

/// A wrong SLURM_CPUS_PER_TASK is told under --quiet, too: in a batch job nobody would else see what was used.
int asked_threads(const Common& common, int processors) {
  if (common.threads > 0) return common.threads;
  if (const char* slurm = std::getenv("SLURM_CPUS_PER_TASK"); slurm != nullptr) {
    const std::string_view text = slurm;
    int threads = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), threads);
    if (error == std::errc() && stop == text.data() + text.size() && threads >= 1 && threads <= kMostThreads)
      return threads;
    tell(
        "warning: SLURM_CPUS_PER_TASK is '{}', no number of threads from 1 to {}; the number of processors is used: "
        "{}\n    give --threads to choose\n",
        printable(text), kMostThreads, processors);
  }
  return processors;
}

}  // namespace

std::vector<std::string> Changes::all() const {
  std::vector<std::string> changes = set;
  if (!seed.empty()) changes.push_back("run.seed=" + seed);
  if (!replicate.empty()) changes.push_back("run.replicate=" + replicate);
  if (!months.empty()) changes.push_back("run.months=" + months);
  if (!scale.empty()) changes.push_back("scale.factor=" + scale);
  return changes;
}

CLI::App* add_verb(CLI::App& app, Session& session, const std::string& name, const std::string& what,
                   const std::string& examples) {
  CLI::App* verb = app.add_subcommand(name, what);
  Common& common = session.common;
  verb->add_flag("-q,--quiet", common.quiet, "Print nothing but errors and what was asked for")
      ->group("Common options");
  verb->add_flag("-f,--force", common.force, "Replace files that exist")->group("Common options");
  verb->add_option("--threads", common.threads,
                   "Threads, at most 16 or four times the processors are used; results do not depend on it (default: "
                   "SLURM_CPUS_PER_TASK or all)")
      ->check(CLI::Range(1, kMostThreads))
      ->group("Common options");
  verb->add_option("--root", common.root, "Folder that holds `scenarios` (default: found from the program)")
      ->group("Common options");
  verb->footer("Examples:\n" + examples);
  return verb;
}

void add_changes(CLI::App& verb, Changes& changes) {
  verb.add_option("--set", changes.set, "Change one value: key.path=value; may be repeated")->allow_extra_args(false);
  verb.add_option("--seed", changes.seed, "Seed of the dynamics: --set run.seed=N");
  verb.add_option("--replicate", changes.replicate, "Number of the replicate: --set run.replicate=N");
  verb.add_option("--months", changes.months, "Months to simulate: --set run.months=N");
  verb.add_option("--scale", changes.scale, "Size of the population, 1 = full: --set scale.factor=X");
}

int wanted_threads(const Common& common) {
  // More threads than processors are of no use but to show that results do not depend on them, and each has tables of
  // its own: some 2.6 MB at full scale (16 bytes an establishment, 64 an open post). Both numbers are a choice.
  constexpr int kPerProcessor = 4, kAlways = 16;
  const int processors =
      std::max(1, static_cast<int>(std::thread::hardware_concurrency()));  // of this process, where the system says so
  const int asked = asked_threads(common, processors), most = std::max(kAlways, kPerProcessor * processors);
  if (asked > most && !common.quiet)
    tell("{} threads asked for, {} are used: there are {} processors\n", asked, most, processors);
  return std::min(asked, most);
}

fs::path find_root(const Common& common) {
  std::error_code error;
  // A build folder has a folder `scenarios` too: the baseline tells the right one.
  const auto has_scenarios = [&](const fs::path& folder) {
    return fs::is_regular_file(folder / "scenarios" / "baseline.yaml", error);
  };
  if (!common.root.empty()) {
    fs::path root = fs::absolute(common.root).lexically_normal();
    if (has_scenarios(root)) return root;
    throw InputError(
        Exit::kUsage,
        Problem{{},
                fmt::format("--root: the folder '{}' does not hold 'scenarios/baseline.yaml'", common.root),
                "name the folder of the repository, or <prefix>/share/metier"});
  }
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (fs::path folder = program.parent_path(); !folder.empty(); folder = folder.parent_path()) {
    if (has_scenarios(folder)) return folder;
    if (has_scenarios(folder / "share" / "metier")) return folder / "share" / "metier";
    if (folder == folder.parent_path()) break;
  }
  throw InputError(Exit::kUsage,
                   Problem{{},
                           fmt::format("'scenarios/baseline.yaml' was not found from '{}' upwards", program.string()),
                           "give --root: the folder of the repository, or <prefix>/share/metier"});
}

PathRules path_rules(const Common& common) {
  const fs::path root = find_root(common);
  std::error_code error;
  return {root.string(), (root / "scenarios" / "data").string(), fs::current_path(error).string()};
}

std::string count_of(std::size_t n, const std::string& singular, const std::string& plural) {
  return fmt::format("{} {}", n, n == 1 ? singular : plural);
}

}  // namespace metier::app
