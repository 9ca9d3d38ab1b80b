"""layers.py refuses what it should and accepts what it should: each case is a small repository of its own."""

import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import layers  # noqa: E402

GOOD = {
    "CMakeLists.txt": "project(p)\n",
    ".gitignore": "/build*/\n/results/\n",
    **{f"{name}/README.md": "contract\n" for name in ("sim", "models", "scenarios", "output", "analysis", "tests")},
    "sim/core/CMakeLists.txt": "metier_add_library(metier_core HEADERS id.hpp math.hpp SOURCES math.cpp parallel.cpp rng.cpp)\n",
    "sim/core/id.hpp": "#pragma once\n#include <vector>\n",
    "sim/core/math.hpp": "#pragma once\nnamespace metier::math { double exp(double x); }\n",
    "sim/core/math.cpp": '#include "sim/core/math.hpp"\n#include <cmath>\n',
    "sim/core/parallel.cpp": "#include <oneapi/tbb/task_arena.h>\n",
    "sim/core/rng.cpp": "#include <Random123/philox.h>\n",
    "sim/engine/CMakeLists.txt": "metier_add_library(metier_engine HEADERS schedule.hpp)\n",
    "sim/engine/schedule.hpp": '#pragma once\n#include "sim/core/id.hpp"\n',
    "models/CMakeLists.txt": "metier_add_library(metier_models SOURCES pipeline.cpp HEADERS pipeline.hpp params.hpp accounts.hpp)\n",
    "models/accounts.hpp": '#pragma once\n#include "models/firms/columns.hpp"\n',
    "models/params.hpp": '#pragma once\n#include "models/firms/params.hpp"\n',
    "models/pipeline.hpp": '#pragma once\n#include "models/params.hpp"\n',
    "models/pipeline.cpp": '#include "models/pipeline.hpp"\n\n#include "models/labour/match.hpp"\n',
    "models/firms/CMakeLists.txt": "metier_add_library(metier_firms HEADERS columns.hpp params.hpp plan.hpp)\n",
    "models/firms/params.hpp": "#pragma once\n",
    "models/firms/columns.hpp": '#pragma once\n#include "sim/core/id.hpp"\n',
    "models/firms/plan.hpp": "#pragma once\n",
    "models/labour/CMakeLists.txt": "metier_add_library(metier_labour SOURCES match.cpp HEADERS match.hpp columns.hpp)\n",
    "models/labour/columns.hpp": "#pragma once\n",
    "models/labour/match.hpp": '#pragma once\n#include "models/accounts.hpp"\n#include "models/firms/columns.hpp"\n'
                               '#include "models/firms/params.hpp"\n',
    "models/synthesis/CMakeLists.txt": "metier_add_library(metier_synthesis SOURCES economy.cpp)\n",
    "models/synthesis/economy.cpp": '#include "models/firms/plan.hpp"\n#include "models/params.hpp"\n',
    "models/labour/match.cpp": '#include "models/labour/match.hpp"\n'
                               "// std::exp(x) and #include <random> in a comment, and in a string:\n"
                               'const char* text = "std::pow(2, 3) std::unordered_map<int, int>";\n'
                               "double f(double x) { return math::exp(x) + std::sqrt(x) + 1'000'000; }\n",
    "output/CMakeLists.txt": "metier_add_library(metier_output SOURCES writer.cpp HEADERS reader.hpp writer.hpp)\n",
    "output/reader.hpp": "#pragma once\n",
    "output/writer.hpp": "#pragma once\n",
    "output/writer.cpp": '#include "output/writer.hpp"\n\n#include <H5Cpp.h>\n',
    "analysis/CMakeLists.txt": "metier_add_library(metier_analysis SOURCES compare.cpp)\n",
    "analysis/compare.cpp": '#include "output/reader.hpp"\n#include "sim/core/id.hpp"\n',
    "tests/CMakeLists.txt": "metier_add_test(NAME a SOURCES a_test.cpp)\n",
    "tests/a_test.cpp": '#include "models/labour/match.hpp"\n#include "tests/support/world.hpp"\n#include <gtest/gtest.h>\n',
    "tests/support/world.hpp": "#pragma once\n",
    "build/release/junk.cpp": "#include <random>\n",
    "results/x.h5": "",
}

B_TEST = {"tests/CMakeLists.txt": "metier_add_test(NAME a SOURCES a_test.cpp b_test.cpp)\n"}

# name: (files that change the good repository, what the complaint says)
BAD = {
    "core includes engine": ({"sim/core/id.hpp": '#pragma once\n#include "sim/engine/schedule.hpp"\n'},
                             'sim/core/id.hpp:2: error: "sim/engine/schedule.hpp" is not in a layer'),
    "engine includes models": ({"sim/engine/schedule.hpp": '#pragma once\n#include "models/firms/columns.hpp"\n'}, "not in a layer"),
    "a domain includes a process of another": (
        {"models/labour/match.hpp": '#pragma once\n#include "models/firms/plan.hpp"\n'}, "not in a layer that models/"),
    "a domain includes the pipeline": (
        {"models/labour/match.hpp": '#pragma once\n#include "models/pipeline.hpp"\n'}, "not in a layer that models/"),
    "a domain includes the parameters of all": (
        {"models/labour/match.hpp": '#pragma once\n#include "models/params.hpp"\n'}, "not in a layer that models/"),
    "the accounts include the parameters of a domain": (
        {"models/accounts.hpp": '#pragma once\n#include "models/firms/params.hpp"\n'}, "not in a layer that models/accounts.*"),
    "the pipeline includes the output": (
        {"models/pipeline.cpp": '#include "output/writer.hpp"\n'}, "not in a layer that models/*.*"),
    "a domain includes the output": ({"models/labour/match.hpp": '#pragma once\n#include "output/writer.hpp"\n'}, "not in a layer"),
    "a domain includes the analysis": (
        {"models/labour/match.hpp": '#pragma once\n#include "analysis/c.hpp"\n', "analysis/c.hpp": "#pragma once\n",
         "analysis/CMakeLists.txt": "HEADERS c.hpp SOURCES compare.cpp"}, "not in a layer"),
    "the network includes a domain": (
        {"models/network/g.cpp": '#include "models/firms/columns.hpp"\n', "models/network/CMakeLists.txt": "SOURCES g.cpp"},
        "not in a layer that models/network/"),
    "the output includes the models": ({"output/writer.hpp": '#pragma once\n#include "models/firms/columns.hpp"\n'}, "not in a layer"),
    "the analysis includes the writer": ({"analysis/compare.cpp": '#include "output/writer.hpp"\n'}, "not in a layer that analysis/"),
    "the analysis includes the models": ({"analysis/compare.cpp": '#include "models/firms/columns.hpp"\n'}, "not in a layer"),
    "the loader includes the models": (
        {"scenarios/loader/l.cpp": '#include "models/firms/columns.hpp"\n', "scenarios/loader/CMakeLists.txt": "SOURCES l.cpp"},
        "not in a layer that scenarios/"),
    "a path from the own folder": ({"models/labour/match.cpp": '#include "match.hpp"\n'}, 'write "models/labour/match.hpp"'),
    "a path upwards": ({"models/labour/match.cpp": '#include "../firms/plan.hpp"\n'}, "is no file of the project"),
    "a project header in angle brackets": ({"models/labour/match.cpp": "#include <models/firms/plan.hpp>\n"}, "of no library"),
    "TBB elsewhere": ({"models/labour/match.cpp": "#include <tbb/parallel_for.h>\n"}, "oneTBB may be included only in"),
    "TBB elsewhere in sim/core": ({"sim/core/rng.cpp": "#include <oneapi/tbb.h>\n"}, "oneTBB may be included only in"),
    "TBB in a test": ({"tests/b_test.cpp": "#include <oneapi/tbb.h>\n", **B_TEST}, "oneTBB may be included only in"),
    "yaml-cpp elsewhere": ({"models/labour/match.cpp": "  #  include <yaml-cpp/yaml.h>\n"}, "yaml-cpp may be included only in"),
    "yaml-cpp in a header": (
        {"sim/config/b.hpp": "#pragma once\n#include <yaml-cpp/yaml.h>\n", "sim/config/CMakeLists.txt": "HEADERS b.hpp"}, "yaml-cpp may"),
    "HDF5 in the analysis": ({"analysis/compare.cpp": "#include <hdf5.h>\n"}, "HDF5 may be included only in"),
    "HDF5 in a header": ({"output/reader.hpp": "#pragma once\n#include <H5Cpp.h>\n"}, "HDF5 may be included only in"),
    "Boost.Graph in a domain": ({"models/labour/match.cpp": "#include <boost/graph/adjacency_list.hpp>\n"}, "Boost.Graph may"),
    "another part of Boost": ({"models/labour/match.cpp": "#include <boost/container/flat_map.hpp>\n"}, "of no library"),
    "CLI11 outside the program": ({"output/writer.cpp": "#include <CLI/CLI.hpp>\n"}, "CLI11 may be included only in"),
    "JSON in a header": ({"output/writer.hpp": "#pragma once\n#include <nlohmann/json.hpp>\n"}, "nlohmann-json may"),
    "JSON in the models": ({"models/labour/match.cpp": "#include <nlohmann/json.hpp>\n"}, "nlohmann-json may"),
    "Random123 in a domain": ({"models/labour/match.cpp": "#include <Random123/philox.h>\n"}, "Random123 may"),
    "system calls in the models": ({"models/labour/match.cpp": "#include <unistd.h>\n"}, "POSIX may"),
    "vector instructions in the models": ({"models/labour/match.cpp": "#include <immintrin.h>\n"}, "vector instructions may"),
    "an unknown library": ({"sim/core/math.cpp": "#include <Eigen/Dense>\n"}, "of no library"),
    "no #pragma once": ({"models/firms/plan.hpp": "struct Plan {};\n"}, "begins with #pragma once"),
    "<random>": ({"tests/b_test.cpp": "#include <random>\n", **B_TEST}, "no random numbers of the standard library"),
    "a standard engine": ({"sim/core/rng.cpp": "std::mt19937_64 engine;\n"}, "no random numbers of the standard library"),
    "std::shuffle": ({"models/labour/match.cpp": "std::shuffle(a, b, c);\n"}, "no random numbers of the standard library"),
    "std::rand": ({"models/labour/match.cpp": "int a = std::rand();\n"}, "no random numbers of the standard library"),
    "std::exp": ({"models/labour/match.cpp": "double f(double x) { return std::exp(x); }\n"}, "match.cpp:1: error: std::exp("),
    "std::pow on a later line": ({"models/labour/match.cpp": "/* a\n b */\n\ndouble y = std :: pow (x, 2.0);\n"}, "match.cpp:4: error"),
    "exp without a namespace": ({"models/labour/match.cpp": "double y = exp(x);\n"}, "use metier::math"),
    "::logf": ({"models/labour/match.cpp": "double y = 2 * ::logf(x);\n"}, "use metier::math"),
    "std::log in the engine": ({"sim/engine/schedule.hpp": "#pragma once\ndouble y = std::log(x);\n"}, "use metier::math"),
    "an unordered map": ({"models/labour/match.cpp": "std::unordered_map<int, int> a;\n"}, "order of unordered containers"),
    "an unordered set in the engine": ({"sim/engine/schedule.hpp": "#pragma once\n#include <unordered_set>\n"}, "order of unordered"),
    "a map by pointer": ({"models/labour/match.cpp": "std::map<const Firm*, int> a;\n"}, "order of pointers"),
    "an atomic double": ({"tests/b_test.cpp": "std::atomic<double> a;\n", **B_TEST}, "atomic floats"),
    "std::reduce": ({"models/labour/match.cpp": "auto a = std::reduce(b, c);\n"}, "use ordered_sum"),
    "a lock in the models": ({"models/labour/match.cpp": "#include <mutex>\n"}, "no locks, clocks"),
    "an optimisation pragma": ({"models/labour/match.cpp": '#pragma GCC optimize("O1")\n'}, "set once"),
    "a source in no target": ({"models/labour/lost.cpp": "\n"}, "models/labour/lost.cpp: error: is in no target of models/labour/"),
    "a source that is only a comment of CMake": (
        {"models/firms/CMakeLists.txt": "HEADERS columns.hpp params.hpp # plan.hpp\n"}, "models/firms/plan.hpp: error: is in no target"),
    "a header of the tests that nobody includes": ({"tests/support/lost.hpp": "#pragma once\n"}, "lost.hpp: error: is included by no test"),
    "a module of the tests that nobody imports": ({"tests/support/lost.py": "\n"}, "lost.py: error: is imported by no test"),
    "a test that nobody runs": ({"tests/interop/read.py": "\n"}, "tests/interop/read.py: error: is in no target"),
    "a new entry at the top": ({"notes.md": "\n"}, "notes.md: error: does not belong at the top level"),
    "a new folder at the top": ({"tools/a.txt": "\n"}, "tools: error: does not belong at the top level"),
    "a top folder without contract": ({"models/README.md": None}, "models: error: has no README.md"),
    "fast-math in CMake": ({"sim/core/CMakeLists.txt": "HEADERS id.hpp math.hpp SOURCES math.cpp parallel.cpp rng.cpp -ffast-math\n"},
                           "-ffast-math changes results"),
    "a check switched off without a reason": (
        {".clang-tidy": "# a-b: why\nChecks: >-\n  -*,\n  -a-b,\n  -c-d\n"}, "c-d is switched off without a reason"),
    "a reason without a check": ({".clang-tidy": "# a-b: why\nChecks: >-\n  -*,\n  c-d\n"}, "a-b has a reason"),
    "somebody's home": ({"sim/README.md": "see /home/ada/metier\n"}, "is a path of one machine"),
    "a temporary folder in code": ({"tests/b_test.cpp": 'const char* out = "/tmp/x.h5";\n', **B_TEST}, "'/tmp' is a path of one machine"),
    "a neighbouring folder": ({"models/README.md": "see ../shared/design\n"}, "is a path of one machine"),
}


def make(folder, changes):
    for path, text in {**GOOD, **changes}.items():
        if text is not None:
            file = pathlib.Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)


class Layers(unittest.TestCase):
    def test_good_repository_is_accepted(self):
        with tempfile.TemporaryDirectory() as folder:
            make(folder, {})
            self.assertEqual(layers.check(folder), [])

    def test_addresses_are_no_paths_of_a_machine(self):
        with tempfile.TemporaryDirectory() as folder:
            make(folder, {"sim/README.md": "https://example.org/home/x, models/work/y, <prefix>/root/z, $HOME/work/a\n"})
            self.assertEqual(layers.check(folder), [])

    def test_bad_repositories_are_refused(self):
        for name, (changes, complaint) in BAD.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                make(folder, changes)
                problems = layers.check(folder)
                self.assertTrue(any(complaint in problem for problem in problems), f"wanted '{complaint}' in {problems}")
                self.assertEqual(len(problems), 1, problems)

    def test_compile_options(self):
        cases = {
            "c++ -O3 -ffp-contract=off -c a.cpp": [],
            "c++ -O3 -c a.cpp": ["a.cpp: error: is compiled without -ffp-contract=off"],
            "c++ -ffp-contract=off -Ofast -c a.cpp": ["a.cpp: error: is compiled with -Ofast"],
        }
        for command, expected in cases.items():
            with self.subTest(command), tempfile.TemporaryDirectory() as folder:
                make(folder, {})
                file = pathlib.Path(folder) / "build" / "compile_commands.json"
                file.write_text(json.dumps([{"file": "a.cpp", "command": command}]))
                self.assertEqual(layers.check(folder, file), expected)

    def test_a_build_without_commands_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            make(folder, {})
            file = pathlib.Path(folder) / "build" / "compile_commands.json"
            file.write_text("[]")
            self.assertEqual(len(layers.check(folder, file)), 1)


if __name__ == "__main__":
    unittest.main()
