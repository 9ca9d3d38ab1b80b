"""./run and ./test in a copy of their files, with stand-ins for the commands that install and build; ctest is the real one."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import textwrap
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
# What the scripts may use of the system; apt-get, sudo, dpkg-query, cmake and id are stand-ins.
TOOLS = ("awk basename bash cat chmod cp ctest cut date diff dirname env flock grep head ls mkdir mktemp mv nproc printf readlink rm sed "
         "setarch sh sort tail tee touch true false tr uname wc").split()

# Every stand-in writes what it was called with to $CALLS.
STAND_INS = {
    "id": 'echo "${USER_ID:-0}"',
    "dpkg-query": """
        for package in "$@"; do
          case " ${MISSING:-} " in *" $package "*) ;; *) [ "${package#-}" != "$package" ] || echo "$package installed" ;; esac
        done
        [ -z "${MISSING:-}" ]""",
    "apt-get": 'echo "apt-get $*" >>"$CALLS"; [ "$1" = update ] && exit "${UPDATE_STATUS:-0}"; exit "${INSTALL_STATUS:-0}"',
    "sudo": 'echo "sudo" >>"$CALLS"; exec "$@"',
    "cmake": """
        echo "cmake $*" >>"$CALLS"
        if [ "$1" = --preset ]; then
          mkdir -p "build/$2" && touch "build/$2/build.ninja"
          echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >"build/$2/CMakeCache.txt"
        else
          preset=$(basename "$2")
          case " ${BROKEN:-} " in *" $preset "*) echo "x.cpp:1:1: error: broken"; exit 1 ;; esac
          echo "[0/2] Re-checking globbed directories..."
          echo "[1/4] Noting the version of the program"
          echo "${BUILD_SAYS:-ninja: no work to do.}"
          if [ "$preset" = release ]; then
            mkdir -p "$2/sim/app" && cp "$STAND_IN_METIER" "$2/sim/app/metier"
          fi
          cp "${TESTS_OF_BUILD:-/dev/null}" "$2/CTestTestfile.cmake"
          if [ -e "$HASHES/$preset" ]; then cp "$HASHES/$preset" "$2/invariance_hashes.txt"; fi
        fi""",
    "metier": 'echo "metier in $PWD:$(printf " [%s]" "$@")" >>"$CALLS"; echo result; exit "${METIER_STATUS:-0}"',
}

TESTS_OF_BUILD = """
add_test(quick "true")
set_tests_properties(quick PROPERTIES LABELS "unit;fast")
add_test(long "true")
set_tests_properties(long PROPERTIES LABELS "statistical;slow")
add_test(same "true")
set_tests_properties(same PROPERTIES LABELS "invariance;fast")
add_test(clean "true")
set_tests_properties(clean PROPERTIES LABELS "unit;sources;fast")
add_test(verbs "true")
set_tests_properties(verbs PROPERTIES LABELS "unit;command_line;fast")
add_test(night "false")
set_tests_properties(night PROPERTIES LABELS "exact;slow;nightly")
add_test(reader "sh" "-c" "echo no reader here; exit 77")
set_tests_properties(reader PROPERTIES LABELS "interop" SKIP_RETURN_CODE 77)
add_test(loader_fuzz "true")
set_tests_properties(loader_fuzz PROPERTIES LABELS "fuzz")
"""


class Scripts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name).resolve()
        self.root = self.folder / "the repository"  # a space on purpose
        (self.root / "sim" / "packaging").mkdir(parents=True)
        (self.root / ".ci").mkdir()
        for name in ("run", "test", ".ci/run", "sim/packaging/setup.sh", "sim/packaging/debian-packages.txt"):
            shutil.copy(ROOT / name, self.root / name)
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        for tool in TOOLS:
            path = shutil.which(tool)
            if path:
                (self.bin / tool).symlink_to(path)
        for name, body in STAND_INS.items():
            self.stand_in(name, body)
        self.metier = self.bin / "metier"
        (self.folder / "hashes").mkdir()
        self.calls = self.folder / "calls"
        self.calls.touch()
        self.make_tests(TESTS_OF_BUILD)

    def stand_in(self, name, body):
        (self.bin / name).write_text("#!/bin/bash\n" + textwrap.dedent(body).strip() + "\n")
        (self.bin / name).chmod(0o755)

    def make_tests(self, text):
        (self.folder / "tests.cmake").write_text(text)

    def hashes(self, **of_preset):
        for preset, text in of_preset.items():
            (self.folder / "hashes" / preset).write_text(text)

    def call(self, script, *arguments, cwd=None, **settings):
        self.calls.write_text("")
        environment = {"PATH": str(self.bin), "CALLS": str(self.calls), "STAND_IN_METIER": str(self.metier), "LC_ALL": "C",
                       "TESTS_OF_BUILD": str(self.folder / "tests.cmake"), "HASHES": str(self.folder / "hashes"), **settings}
        return subprocess.run([str(self.root / script), *arguments], cwd=cwd or self.folder, env=environment, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)

    def called(self, prefix):
        return [line for line in self.calls.read_text().splitlines() if line.startswith(prefix)]

    # ./run

    def test_run_simulates_the_baseline_from_any_folder(self):
        result = self.call("run", cwd="/")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.called("metier"), [f"metier in {self.root}: [run] [scenarios/baseline.yaml] [--out] "
                                                 "[results/baseline.h5] [--force]"])
        self.assertTrue((self.root / "results").is_dir())
        self.assertEqual(self.called("apt-get"), [])
        self.assertEqual(self.called("sudo"), [])

    def test_run_is_found_through_a_link(self):
        (self.folder / "link").symlink_to(self.root / "run")
        result = subprocess.run([str(self.folder / "link"), "--help"], cwd="/", check=False, capture_output=True, text=True,
                                env={"PATH": str(self.bin), "CALLS": str(self.calls), "STAND_IN_METIER": str(self.metier),
                                     "HASHES": str(self.folder / "hashes")})
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.called("metier"), ["metier in /: [--help]"])

    def test_run_passes_arguments_folder_and_exit_code(self):
        result = self.call("run", "check", "my file.yaml", "--set", "a=b c", METIER_STATUS="75")
        self.assertEqual(result.returncode, 75)
        self.assertEqual(self.called("metier"), [f"metier in {self.folder}: [check] [my file.yaml] [--set] [a=b c]"])
        self.assertEqual(result.stdout, "result\n", "set-up must stay off standard output")

    def test_run_configures_once_and_without_tests(self):
        self.call("run")
        self.assertEqual(self.called("cmake --preset"), ["cmake --preset release -DMETIER_TESTS=OFF"])
        self.call("run")
        self.assertEqual(self.called("cmake --preset"), [])
        self.assertEqual(len(self.called("cmake --build")), 1)

    def test_run_makes_a_build_of_another_folder_anew(self):
        self.call("run")
        (self.root / "build/release/old").touch()
        moved = self.folder / "moved"
        self.root.rename(moved)
        self.root = moved
        self.assertEqual(self.call("run").returncode, 0)
        self.assertEqual(len(self.called("cmake --preset")), 1)
        self.assertFalse((self.root / "build/release/old").exists())

    def test_run_is_quiet_when_nothing_is_to_be_built(self):
        self.call("run")
        self.assertEqual(self.call("run", "check", "s.yaml").stderr, "")
        self.assertEqual(self.call("run", BUILD_SAYS="[2/4] Building CXX object x.o").stderr, "[2/4] Building CXX object x.o\n")

    def test_run_stops_where_the_build_fails(self):
        result = self.call("run", BROKEN="release")
        self.assertEqual(result.returncode, 2)
        self.assertIn("error: broken", result.stderr)
        self.assertIn("run.log", result.stderr)
        self.assertEqual(self.called("metier"), [])

    # packages

    def test_root_installs_only_what_is_missing(self):
        result = self.call("run", MISSING="cmake libtbb-dev libgtest-dev")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.called("apt-get"), ["apt-get update -qq", "apt-get install -y --no-install-recommends cmake libtbb-dev"])
        self.assertEqual(self.called("sudo"), [])
        self.assertIn("Installing 2 missing Debian packages: cmake libtbb-dev", result.stderr)

    def test_others_install_with_sudo(self):
        result = self.call("run", MISSING="ccache", USER_ID="1000")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(len(self.called("sudo")), 2)
        self.assertEqual(self.called("apt-get")[-1], "apt-get install -y --no-install-recommends ccache")
        self.assertIn("with sudo: ccache", result.stderr)

    def test_without_root_and_sudo_it_says_what_to_run(self):
        (self.bin / "sudo").unlink()
        result = self.call("run", MISSING="ninja-build libhdf5-dev", USER_ID="1000")
        self.assertEqual(result.returncode, 2)
        self.assertIn("    apt-get update && apt-get install -y --no-install-recommends ninja-build libhdf5-dev\n", result.stderr)
        self.assertEqual(self.calls.read_text(), "")

    def test_without_root_it_works_when_nothing_is_missing(self):
        (self.bin / "sudo").unlink()
        (self.bin / "apt-get").unlink()
        self.assertEqual(self.call("run", USER_ID="1000").returncode, 0)

    def test_stale_package_lists_are_no_reason_to_stop(self):
        self.assertEqual(self.call("run", MISSING="ccache", UPDATE_STATUS="100").returncode, 0)

    def test_a_failed_installation_says_what_to_run(self):
        result = self.call("run", MISSING="ccache", INSTALL_STATUS="100", USER_ID="1000")
        self.assertEqual(result.returncode, 2)
        self.assertIn("    sudo apt-get update && sudo apt-get install -y --no-install-recommends ccache\n", result.stderr)
        self.assertEqual(self.called("cmake"), [])

    def test_other_systems_go_on_without_packages(self):
        (self.bin / "dpkg-query").unlink()
        result = self.call("run", MISSING="ccache")
        self.assertEqual(result.returncode, 0)
        self.assertIn("not a Debian system", result.stderr)

    def test_each_command_asks_for_its_groups(self):
        missing = "ccache clang-format-14 clang-tidy-14"
        for script, arguments, expected in (("run", [], "ccache"), ("test", ["fast"], "ccache clang-format-14"),
                                            ("test", ["all"], missing)):
            with self.subTest(script):
                self.call(script, *arguments, MISSING=missing)
                self.assertEqual(self.called("apt-get install"), [f"apt-get install -y --no-install-recommends {expected}"])

    def test_the_list_of_packages_is_well_formed(self):
        text = (ROOT / "sim/packaging/debian-packages.txt").read_text()
        lines = [line.split()[0] for line in text.splitlines() if line and not line.startswith("#")]
        self.assertEqual([line for line in lines if line.startswith("[")], ["[build]", "[tests]", "[all]"])
        names = [line for line in lines if not line.startswith("[")]
        self.assertEqual(len(names), len(set(names)), "a package is listed twice")
        for name in names:
            self.assertRegex(name, r"^[a-z0-9][a-z0-9+.-]+$")

    # ./test

    def test_wrong_use_of_test(self):
        for arguments in (["quick"], ["fast", "all"]):
            result = self.call("test", *arguments)
            self.assertEqual(result.returncode, 2)
            self.assertIn("usage: ./test [fast|all|nightly]", result.stderr)
            self.assertEqual(self.calls.read_text(), "")

    def test_fast(self):
        result = self.call("test", "fast")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("100% tests passed, 0 tests failed out of 4", result.stdout)
        self.assertTrue(result.stdout.endswith("\n4 passed, 0 failed\n"), result.stdout)
        self.assertEqual(self.called("cmake --preset"), ["cmake --preset release -DMETIER_TESTS=ON"])

    def test_fast_and_slow_but_not_nightly(self):
        result = self.call("test")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertTrue(result.stdout.endswith("\n5 passed, 0 failed\n"), result.stdout)

    def test_failures_are_counted_and_named(self):
        self.make_tests(TESTS_OF_BUILD + 'add_test("bad one" "false")\nadd_test(lost "no such program")\n'
                            'set_tests_properties("bad one" lost PROPERTIES LABELS "unit;fast")\n')
        result = self.call("test", "fast")
        self.assertEqual(result.returncode, 1)
        self.assertTrue(result.stdout.endswith("The following tests FAILED:\n\trelease/bad one (Failed)\n\trelease/lost (Failed)\n"
                                               "4 passed, 2 failed\n"), result.stdout)

    def test_all_runs_every_stage(self):
        self.hashes(release="m1 aa\n", debug="m1 aa\n", clang="m1 aa\n")
        result = self.call("test", "all")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        stages = re.findall(r"^(\w+) +\d+ s +(\d+) passed +(\d+) failed$", result.stdout, re.MULTILINE)
        self.assertEqual(stages, [("release", "5", "0"), ("interop", "0", "0"), ("debug", "3", "0"), ("clang", "3", "0"),
                                  ("hashes", "1", "0"), ("asan", "3", "0"), ("fuzz", "1", "0"), ("tsan", "2", "0")])
        self.assertIn("Skipped: interop/reader (no reader here)\n", result.stdout)
        self.assertTrue(result.stdout.endswith("\n18 passed, 0 failed\n"), result.stdout)
        self.assertIn("1 state hashes equal in: release debug clang", result.stderr)
        self.assertEqual([line for line in self.called("cmake --build") if line.endswith("--target tidy")], [])

    def test_nightly_adds_the_longest_tests_and_tidy(self):
        self.hashes(release="m1 aa\n", debug="m1 aa\n", clang="m1 aa\n")
        result = self.call("test", "nightly")
        stages = re.findall(r"^(\w+) +\d+ s +(\d+) passed +(\d+) failed$", result.stdout, re.MULTILINE)
        self.assertEqual([name for name, _, _ in stages][-3:], ["tsan", "nightly", "tidy"])
        self.assertEqual([line for line in self.called("cmake --build") if line.endswith("--target tidy")],
                         [f"cmake --build {self.root}/build/tidy --target tidy"])

    def test_a_broken_stage_does_not_stop_the_others(self):
        result = self.call("test", "all", BROKEN="debug tsan")
        self.assertEqual(result.returncode, 1)
        self.assertIn("x.cpp:1:1: error: broken", result.stderr)
        self.assertIn("\tdebug (Failed)\n\ttsan (Failed)\n", result.stdout)
        self.assertTrue(result.stdout.endswith("\n13 passed, 2 failed\n"), result.stdout)

    def test_hashes_of_builds_are_compared(self):
        cases = [({}, "no hashes written", 0),
                 ({"release": "m1 aa\n", "debug": "m1 aa\n"}, "hashes written by release debug, but not by clang", 1),
                 ({"release": "m1 aa\n", "debug": "m1 aa\n", "clang": "m1 bb\n"}, "state hashes of release and clang differ", 1)]
        for hashes, text, status in cases:
            with self.subTest(text):
                self.hashes(**hashes)
                result = self.call("test", "all")
                self.assertEqual(result.returncode, status)
                self.assertIn(text, result.stderr)

    def test_hashes_of_an_earlier_run_do_not_count(self):
        self.hashes(release="m1 aa\n", debug="m1 aa\n", clang="m1 aa\n")
        self.call("test", "all")
        for preset in ("release", "debug", "clang"):
            (self.folder / "hashes" / preset).unlink()
        self.assertIn("no hashes written", self.call("test", "all").stderr)

    def test_continuous_integration_runs_everything(self):
        result = self.call(".ci/run")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(len(re.findall(r" passed +\d+ failed$", result.stdout, re.MULTILINE)), 8)

    def test_the_scripts_are_clean(self):
        shellcheck = shutil.which("shellcheck")
        if shellcheck is None:
            self.skipTest("shellcheck is not installed")
        result = subprocess.run([shellcheck, "-x", "run", "test", ".ci/run", "sim/packaging/setup.sh"], cwd=ROOT, check=False,
                                stdout=subprocess.PIPE, text=True)
        self.assertEqual(result.returncode, 0, result.stdout)


if __name__ == "__main__":
    unittest.main()
