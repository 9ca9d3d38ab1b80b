"""Checks that the folders are layers and that nothing which would break determinism has crept in.

Reads the sources, not the program: `#include` lines, banned words outside comments and strings, the lists of sources in the
CMake files, the compile options of a build, the entries of the top folder. Prints `file:line: error: ...` for every problem.

    layers.py [--root FOLDER] [--compile-commands FILE]         exit code 1 when something is wrong
"""

import argparse
import fnmatch
import json
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# --- the rules -------------------------------------------------------------------------------------------------------------------

TOP_LEVEL = {
    "CMakeLists.txt", "sim", "models", "scenarios", "output", "analysis", "tests", "README.md",
    # what tools insist on finding at the root
    "CMakePresets.json", ".clang-format", ".clang-tidy", ".gitignore", ".gitattributes", ".editorconfig", ".ci", "LICENSE",
    "CITATION.cff", "codemeta.json", "run", "test",
}

# Folder or file -> what it may include of the project. The first pattern that fits decides; {own} is models/<domain>/.
# "**" is any path, "*" stays within one folder.
SIM = ["sim/core/**", "sim/engine/**", "sim/config/**"]
LAYERS = [
    ("sim/core/**", ["sim/core/**"]),
    ("sim/engine/**", ["sim/core/**", "sim/engine/**"]),
    ("sim/config/**", ["sim/core/**", "sim/config/**"]),
    ("sim/app/**", ["sim/**", "models/**", "scenarios/**", "output/**", "analysis/**"]),
    ("scenarios/**", ["sim/core/**", "sim/config/**", "scenarios/**"]),
    ("models/network/**", ["sim/core/**", "models/network/**"]),
    ("models/synthesis/**", [*SIM, "models/**"]),
    ("models/policy/**", [*SIM, "models/**"]),
    # Every domain posts to the accounts, and so they stand below the domains and know columns only.
    ("models/accounts.*", [*SIM, "models/accounts.hpp", "models/*/columns.hpp"]),
    # The other files directly in models put the domains together: pipeline, params, model, invariants, dimensions.
    ("models/*.*", [*SIM, "models/**"]),
    # Two domains talk through columns, never through calls. A parameter with an owner (a rate of tax, the mode of orders) that
    # another domain needs too is read from its owner's params.hpp: declared a second time, the two could differ. Everything else
    # of a domain stays its own, so that a researcher can replace it and the schedule sees every dependency.
    ("models/**", [*SIM, "{own}**", "models/*/columns.hpp", "models/*/params.hpp", "models/accounts.hpp", "models/network/**"]),
    ("output/**", [*SIM, "output/**"]),
    ("analysis/**", ["sim/core/**", "output/reader*.hpp", "analysis/**"]),
    ("tests/**", ["**"]),
]
# Library -> (its headers, the files that may include it, why).
LIBRARIES = {
    "oneTBB": (["tbb/**", "oneapi/**"], ["sim/core/parallel.cpp"], "use the primitives of sim/core/parallel.hpp"),
    "yaml-cpp": (["yaml-cpp/**"], ["sim/config/*.cpp"], "nothing after the loader sees YAML"),
    "HDF5": (["H5*", "hdf5*", "hdf5/**"], ["output/*.cpp", "tests/**"], "results are written and read in output"),
    "zlib": (["zlib.h"], ["output/*.cpp", "tests/**"], "results are compressed in output"),
    "Boost.Graph": (["boost/graph/**", "boost/property_map/**"], ["models/network/*"], "graphs live in models/network"),
    "Boost.Random": (["boost/random/**"], ["sim/app/study/**", "analysis/**"], "only for the points of a design"),
    "CLI11": (["CLI/**"], ["sim/app/**"], "the command line lives in sim/app"),
    "nlohmann-json": (["nlohmann/**"], ["sim/**.cpp", "scenarios/**.cpp", "output/**.cpp", "analysis/**.cpp", "tests/**.cpp"],
                      "it is slow to compile: never in a header, never in models"),
    "spdlog": (["spdlog/**"], ["sim/core/log.*"], "use sim/core/log.hpp"),
    "Random123": (["Random123/**"], ["sim/core/rng*", "tests/**"], "draw through step.draws(domain, key)"),
    "GoogleTest": (["gtest/**", "gmock/**"], ["tests/**"], "tests live in tests"),
    "Google Benchmark": (["benchmark/**"], ["tests/**"], "benchmarks live in tests/performance"),
    "fmt": (["fmt/**"], ["**"], ""),
    "POSIX": (["unistd.h", "fcntl.h", "signal.h", "poll.h", "termios.h", "dirent.h", "strings.h", "malloc.h", "sys/**"],
              ["sim/**", "output/**", "analysis/**", "tests/**"], "the models know no operating system"),
    "vector instructions": (["*intrin.h"], ["sim/core/**"], "kernels are plain loops; what they share is in sim/core"),
}

STANDARD = set("""algorithm any array atomic barrier bit bitset charconv chrono cinttypes climits cfloat cmath compare complex
concepts condition_variable coroutine cassert cctype cerrno cfenv clocale csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib
cstring ctime cuchar cwchar cwctype deque exception execution filesystem forward_list fstream functional future
initializer_list iomanip ios iosfwd iostream istream iterator latch limits list locale map memory memory_resource mutex new
numbers numeric optional ostream queue random ranges ratio regex scoped_allocator semaphore set shared_mutex source_location
span sstream stack stdexcept stop_token streambuf string string_view strstream syncstream system_error thread tuple type_traits
typeindex typeinfo unordered_map unordered_set utility valarray variant vector version""".split())

LIBM = ("exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot|"
        "erf|erfc|tgamma|lgamma")
# (files, files left out, pattern, message). The text is free of comments and strings.
BANNED = [
    (["**"], [], r"#\s*include\s*<random>|\bstd::(mt19937|minstd_rand|ranlux|knuth_b|random_device|default_random_engine|shuffle\b|"
     r"sample\b|\w+_distribution\b)|\bstd::s?rand\s*\(", "no random numbers of the standard library: use step.draws(domain, key)"),
    (["models/**", "sim/engine/**", "sim/core/**"], ["sim/core/math*"],
     rf"(?:\bstd\s*::\s*|(?<![\w:.>])::\s*|(?<![\w:.>])(?<!double )(?<!float ))(?:{LIBM})[fl]?\s*\(",
     "the result depends on the C library: use metier::math"),
    (["models/**", "sim/engine/**"], [], r"\bstd::unordered_\w+|#\s*include\s*<unordered_(map|set)>",
     "the order of unordered containers is not ours: use a sorted vector or std::map"),
    (["models/**", "sim/engine/**", "sim/core/**"], [], r"\bstd::(map|set|multimap|multiset)\s*<\s*(const\s+)?[\w:]+\s*(const\s*)?\*",
     "the order of pointers changes from run to run: use keys"),
    (["**"], [], r"\bstd::atomic(_ref)?\s*<\s*(long\s+)?(float|double)\s*>",
     "sums of atomic floats depend on arrival: use ordered_sum or integers"),
    (["models/**", "sim/engine/**"], [], r"\bstd::(transform_)?reduce\s*\(|\bstd::execution::",
     "the order of the sum is not defined: use ordered_sum"),
    (["models/**"], [], r"#\s*include\s*<(atomic|mutex|shared_mutex|thread|future|condition_variable|chrono|ctime|iostream)>",
     "no locks, clocks or console in the models"),
    (["**"], [], r"#\s*pragma\s+(GCC|clang)\s+(optimize|fp\s)|#\s*pragma\s+STDC\s+FP_CONTRACT|__attribute__\s*\(\(\s*optimize",
     "floating-point settings are set once, in sim/cmake/options.cmake"),
]

NEEDED_OPTIONS = ["-ffp-contract=off"]
BANNED_OPTIONS = ["-ffast-math", "-Ofast", "-funsafe-math-optimizations", "-fassociative-math", "-freciprocal-math",
                  "-ffinite-math-only", "-fno-signed-zeros", "-ffp-contract=fast", "-ffp-contract=on"]

TEXT = (".cpp", ".hpp", ".cmake", ".txt", ".md", ".yaml", ".yml", ".json", ".csv", ".py", ".sh", ".cff", ".R", ".html", ".geojson")
CODE = (".cpp", ".hpp", ".cmake", ".txt", ".py", ".sh", ".json", ".yaml", ".yml")
# Paths of somebody's machine. `(?<![...])` keeps addresses such as https://example.org/home/ out.
MACHINE_PATH = re.compile(r"(?<![\w./~:>}$-])/(?:home|root|work|Users|mnt|scratch)/\w|\.\./shared\b")
TEMPORARY_PATH = re.compile(r"(?<![\w./~:>}$-])/(?:tmp|var/tmp)\b")

# --- reading the repository --------------------------------------------------------------------------------------------------


def fits(path, pattern):
    """Whether the path fits the pattern; "*" stays within one folder, "**" does not."""
    expression = re.escape(pattern).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
    return re.fullmatch(expression, path) is not None


def fits_any(path, patterns):
    return any(fits(path, pattern) for pattern in patterns)


TOKEN = re.compile(r"""(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<raw>R"(?P<mark>[^()\s\\]*)\(.*?\)(?P=mark)")|"""
                   r"""(?P<text>"(?:\\.|[^"\\\n])*")|(?P<char>(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+')""", re.DOTALL)


def strip(source, strings):
    """The source without comments (and without strings if asked), with its lines where they were."""

    def blank(match):
        if match.group("comment") is not None:
            return " " + "\n" * match.group().count("\n")
        return '""' + "\n" * match.group().count("\n") if strings else match.group()

    return TOKEN.sub(blank, source)


class Repository:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        ignored = self.root / ".gitignore"
        lines = ignored.read_text().splitlines() if ignored.exists() else []
        self.ignored = [line.strip("/") for line in lines if line and not line.startswith("#")] + [".git"]
        self.files = []
        for folder, folders, files in os.walk(self.root):
            folders[:] = sorted(name for name in folders if not self.is_ignored(name))
            for name in sorted(files):
                if not self.is_ignored(name):
                    self.files.append((pathlib.Path(folder) / name).relative_to(self.root).as_posix())
        self.known = set(self.files)
        self.problems = []

    def is_ignored(self, name):
        return any(fnmatch.fnmatch(name, pattern) for pattern in self.ignored)

    def read(self, path):
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    def sources(self):
        return [path for path in self.files if path.endswith((".cpp", ".hpp"))]

    def complain(self, path, line, message):
        self.problems.append(f"{path}:{line}: error: {message}" if line else f"{path}: error: {message}")


# --- the checks ----------------------------------------------------------------------------------------------------------------


def check_top_level(repo):
    for name in sorted(os.listdir(repo.root)):
        if name not in TOP_LEVEL and not repo.is_ignored(name):
            repo.complain(name, 0, "does not belong at the top level, which is fixed")
    for name in ("sim", "models", "scenarios", "output", "analysis", "tests"):
        if (repo.root / name).is_dir() and f"{name}/README.md" not in repo.known:
            repo.complain(name, 0, "has no README.md; every top folder says its contract there")


def own_domain(path):
    parts = path.split("/")
    return "/".join(parts[:2]) + "/" if len(parts) > 2 else ""


def check_project_include(repo, path, line, included):
    if included not in repo.known:
        where = "/".join(path.split("/")[:-1] + [included])
        hint = f'; write "{where}"' if where in repo.known else ""
        repo.complain(path, line, f'"{included}" is no file of the project, seen from its root{hint}')
        return
    for pattern, allowed in LAYERS:
        if not fits(path, pattern):
            continue
        # A domain's "own" folder; files that lie directly in models have none.
        allowed = [entry.replace("{own}", own_domain(path)) for entry in allowed if "{own}" not in entry or own_domain(path)]
        if not fits_any(included, allowed):
            repo.complain(path, line, f'"{included}" is not in a layer that {pattern.replace("**", "")} may include '
                          f'({", ".join(allowed)})')
        return
    repo.complain(path, line, "the file is in none of the layers")


def check_library_include(repo, path, line, included):
    for name, (headers, files, why) in LIBRARIES.items():
        if fits_any(included, headers):
            if not fits_any(path, files):
                repo.complain(path, line, f"<{included}>: {name} may be included only in {', '.join(files)}: {why}")
            return
    if included not in STANDARD:
        repo.complain(path, line, f"<{included}> is of no library that the project uses")


def check_includes(repo):
    include = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)
    for path in repo.sources():
        text = strip(repo.read(path), strings=False)
        for match in include.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            check = check_project_include if match.group(1) == '"' else check_library_include
            check(repo, path, line, match.group(2))
        if path.endswith(".hpp") and "#pragma once" not in text:
            repo.complain(path, 1, "a header begins with #pragma once")


def check_banned_words(repo):
    for path in repo.sources():
        text = strip(repo.read(path), strings=True)
        for files, left_out, pattern, message in BANNED:
            if fits_any(path, files) and not fits_any(path, left_out):
                for match in re.finditer(pattern, text):
                    line = text.count("\n", 0, match.start()) + 1
                    repo.complain(path, line, f"{match.group().strip()}: {message}")


def check_targets(repo):
    """Every source and header is in the list of a target, every script of a test is run by one.

    A header under tests belongs to the tests that include it, and so it needs one that does instead of a place in a list; so it is
    with Python modules and the tests that import them.
    """
    lists = {}
    imported = {name for path in repo.files if path.startswith("tests/") and path.endswith(".py")
                for name in re.findall(r"^(?:import|from) (\w+)", repo.read(path), re.MULTILINE)}
    included = {name for path in repo.sources() if path.startswith("tests/")
                for name in re.findall(r'^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"', repo.read(path), re.MULTILINE)}
    for path in repo.files:
        if path.endswith("CMakeLists.txt"):
            words = re.findall(r"[\w./+-]+", re.sub(r"#[^\n]*", "", repo.read(path)))
            lists[path[:-len("CMakeLists.txt")]] = {word.lstrip("/") for word in words}
    for path in repo.files:
        script = path.startswith("tests/") and path.endswith((".py", ".sh"))
        if not script and not path.endswith((".cpp", ".hpp")):
            continue
        if path.startswith("tests/") and path.endswith(".hpp"):
            if path not in included:
                repo.complain(path, 0, "is included by no test")
            continue
        if script and path[path.rfind("/") + 1:-len(".py")] in imported:
            continue
        if path.startswith("tests/support/") and script:
            repo.complain(path, 0, "is imported by no test")
            continue
        folder = path[:path.rfind("/") + 1]
        while folder and folder not in lists:
            folder = folder[:folder[:-1].rfind("/") + 1]
        if path[len(folder):] not in lists.get(folder, set()):
            repo.complain(path, 0, f"is in no target of {folder}CMakeLists.txt" if folder else "is in no target")


def check_paths(repo):
    for path in repo.files:
        name = path.rsplit("/", 1)[-1]
        if path.startswith("tests/layers/") or not (name.endswith(TEXT) or "." not in name):
            continue
        for number, line in enumerate(repo.read(path).splitlines(), 1):
            match = MACHINE_PATH.search(line) or (TEMPORARY_PATH.search(line) if name.endswith(CODE) else None)
            if match:
                repo.complain(path, number, f"'{match.group()}' is a path of one machine")


def check_options(repo):
    """No CMake file or preset asks for fast-math."""
    for path in repo.files:
        if path.endswith((".cmake", "CMakeLists.txt", "CMakePresets.json")):
            for number, line in enumerate(repo.read(path).splitlines(), 1):
                for option in BANNED_OPTIONS:
                    if option in re.sub(r"#.*", "", line):
                        repo.complain(path, number, f"{option} changes results between compilers")


def check_compile_commands(repo, file):
    commands = json.loads(pathlib.Path(file).read_text())
    ours = [entry for entry in commands if entry["file"].endswith(".cpp") or entry["file"].endswith(".cxx")]
    if not ours:
        repo.complain(file, 0, "has no command of ours")
    for entry in ours:
        options = entry["command"].split() if "command" in entry else entry["arguments"]
        for option in NEEDED_OPTIONS:
            if option not in options:
                repo.complain(entry["file"], 0, f"is compiled without {option}")
        for option in BANNED_OPTIONS:
            if option in options:
                repo.complain(entry["file"], 0, f"is compiled with {option}")


def check_tidy(repo):
    """Every check of clang-tidy that is switched off has a reason, and every reason a check."""
    if ".clang-tidy" not in repo.known:
        return
    text = repo.read(".clang-tidy")
    off = set(re.findall(r"^  -([a-z][\w-]*)", text, re.MULTILINE))
    reasons = set(re.findall(r"^# ([a-z][\w-]*): \S", text, re.MULTILINE))
    for name in sorted(off - reasons):
        repo.complain(".clang-tidy", 0, f"{name} is switched off without a reason")
    for name in sorted(reasons - off):
        repo.complain(".clang-tidy", 0, f"{name} has a reason to be switched off, but is not")


def check(root, compile_commands=None):
    """All problems of the repository at `root`, as lines of text."""
    repo = Repository(root)
    check_top_level(repo)
    check_includes(repo)
    check_banned_words(repo)
    check_targets(repo)
    check_paths(repo)
    check_options(repo)
    check_tidy(repo)
    if compile_commands:
        check_compile_commands(repo, compile_commands)
    return repo.problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", default=ROOT)
    parser.add_argument("--compile-commands")
    arguments = parser.parse_args()
    problems = check(arguments.root, arguments.compile_commands)
    print("\n".join(problems))
    print(f"{len(problems)} problems" if problems else "the layers hold")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
