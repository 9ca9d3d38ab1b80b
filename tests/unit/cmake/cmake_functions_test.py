"""The functions of sim/cmake/targets.cmake in small projects that are really configured and compiled.

    cmake_functions_test.py <cmake> <C++ compiler>
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
CMAKE, COMPILER = sys.argv[1:3]

PROJECT = f"""
cmake_minimum_required(VERSION 3.25)
project(small LANGUAGES CXX)
include({ROOT}/sim/cmake/options.cmake)
include({ROOT}/sim/cmake/targets.cmake)
metier_add_subfolders(EXCEPT left_out)
"""
LIBRARY = {
    "CMakeLists.txt": PROJECT,
    "lib/CMakeLists.txt": "metier_add_library(metier_lib SOURCES a.cpp b.cpp HEADERS a.hpp)\n",
    "lib/a.hpp": "#pragma once\n#include <vector>\nstd::vector<int> a();\n",
    "lib/a.cpp": '#include "lib/a.hpp"\nnamespace { int two() { return 2; } }\nstd::vector<int> a() { return {two()}; }\n',
    "lib/b.cpp": '#include "lib/a.hpp"\nint b();\nint b() { return a()[0]; }\n',
    "left_out/CMakeLists.txt": 'message(FATAL_ERROR "not to be read")\n',
}


class CMakeFunctions(unittest.TestCase):
    def make(self, files, *options):
        """Configures and builds; returns the build folder, whether it went well, and what was said."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        build = root / "build"
        said = ""
        for command in ([CMAKE, "-S", root, "-B", build, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={COMPILER}", *options],
                        [CMAKE, "--build", build]):
            result = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            said += result.stdout
            if result.returncode != 0:
                return build, False, said
        return build, True, said

    def test_a_library_compiles_with_the_floating_point_settings(self):
        build, good, said = self.make(LIBRARY)
        self.assertTrue(good, said)
        commands = (build / "compile_commands.json").read_text()
        self.assertEqual(commands.count("-ffp-contract=off"), 2)
        self.assertEqual(commands.count("-Wshadow"), 2)

    def test_unity_joins_the_sources_of_a_library(self):
        build, good, said = self.make(LIBRARY, "-DMETIER_UNITY=ON")
        self.assertTrue(good, said)
        commands = (build / "compile_commands.json").read_text()
        self.assertEqual(commands.count('"file"'), 1)
        self.assertIn("-ffp-contract=off", commands)
        separate = {**LIBRARY, "lib/CMakeLists.txt": "metier_add_library(metier_lib SEPARATE SOURCES a.cpp b.cpp HEADERS a.hpp)\n"}
        build, good, said = self.make(separate, "-DMETIER_UNITY=ON")
        self.assertTrue(good, said)
        self.assertEqual((build / "compile_commands.json").read_text().count('"file"'), 2)

    def test_a_header_that_does_not_compile_alone_is_refused(self):
        build, good, said = self.make(LIBRARY, "-DMETIER_HEADER_CHECK=ON")
        self.assertTrue(good, said)
        incomplete = {**LIBRARY, "lib/a.hpp": "#pragma once\nstd::vector<int> a();\n",
                      "lib/a.cpp": "#include <vector>\n" + LIBRARY["lib/a.cpp"], "lib/b.cpp": "#include <vector>\n" + LIBRARY["lib/b.cpp"]}
        build, good, said = self.make(incomplete)
        self.assertTrue(good, said)
        build, good, said = self.make(incomplete, "-DMETIER_HEADER_CHECK=ON")
        self.assertFalse(good)
        self.assertIn("lib_a_hpp.cpp", said)

    def test_a_warning_is_an_error(self):
        careless = {**LIBRARY, "lib/b.cpp": "int b(long x);\nint b(long x) { return x; }\n"}
        _, good, said = self.make(careless)
        self.assertFalse(good)
        self.assertIn("conversion", said)

    def test_wrong_options_are_refused(self):
        _, good, said = self.make(LIBRARY, "-DMETIER_PARALLEL=openmp")
        self.assertFalse(good)
        self.assertIn("METIER_PARALLEL is 'openmp', allowed: tbb, jthread", said)
        if "clang" not in COMPILER:
            _, good, said = self.make(LIBRARY, "-DMETIER_FUZZ=ON")
            self.assertFalse(good)
            self.assertIn("METIER_FUZZ needs clang++", said)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
