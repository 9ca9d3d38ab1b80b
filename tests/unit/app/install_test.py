"""`cmake --install` into a fresh prefix: the program finds its scenarios there, the man page and the completion come along.

    install_test.py BUILD_FOLDER
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD = sys.argv.pop(1)


class Install(unittest.TestCase):
    def setUp(self):
        self.prefix = pathlib.Path(tempfile.mkdtemp(prefix="metier-install-"))
        self.addCleanup(shutil.rmtree, self.prefix)
        result = subprocess.run(["cmake", "--install", BUILD, "--prefix", self.prefix], capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_the_program_runs_from_there(self):
        work = self.prefix / "work"
        work.mkdir()
        program = self.prefix / "bin" / "metier"
        scenario = self.prefix / "share" / "metier" / "scenarios" / "baseline.yaml"
        result = subprocess.run([program, "run", scenario, "--scale", "0.02", "--months", "1"], cwd=work, capture_output=True, text=True,
                                check=False, timeout=120)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertTrue((work / "results" / "baseline.h5").is_file())
        installed = subprocess.run([program, "init", "mine"], cwd=work, check=True, capture_output=True, text=True)
        self.assertIn("metier check mine/scenario.yaml", installed.stdout)
        subprocess.run([program, "check", "mine/scenario.yaml"], cwd=work, check=True, capture_output=True)

    def test_manual_and_completion(self):
        page = self.prefix / "share" / "man" / "man1" / "metier.1"
        self.assertNotIn("@", page.read_text())
        self.assertTrue((self.prefix / "share" / "bash-completion" / "completions" / "metier").is_file())
        if shutil.which("groff"):
            result = subprocess.run(["groff", "-t", "-man", "-Tascii", "-ww", page], capture_output=True, text=True, check=True)
            self.assertEqual(result.stderr, "")
            self.assertIn("safe to resume", result.stdout)

    def test_sources_stay_behind(self):
        self.assertEqual(list(self.prefix.rglob("*.cpp")) + list(self.prefix.rglob("CMakeLists.txt")), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
