"""The territory, through the program: same bits for any number of threads, after a restart, with and without outputs; for every
compiler and build, by the file of hashes that this test leaves in the build folder and `./test all` compares.

    territory_test.py PROGRAM BUILD_FOLDER [unittest arguments]
"""

import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import run_files  # noqa: E402

metier = run_files.Program(sys.argv[1])
BUILD = pathlib.Path(sys.argv[2])
MONTHS = 18  # beyond the first crisis measures of March 2020, so that every process of the month has worked
SMALL = ["--scale", "0.02", "--months", MONTHS]
OUTPUTS_OFF = [word for key in ("monthly=none", "quarterly=none", "annual=none", "distributions=none", "ledger=none", "panel_share=0")
               for word in ("--set", "output." + key)]


class InFolder(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="metier-invariance-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def same_bytes(self, a, b):
        if (self.folder / a).read_bytes() != (self.folder / b).read_bytes():
            difference = subprocess.run([metier.path, "diff", a, b], cwd=self.folder, capture_output=True, text=True, check=False)
            self.fail(f"{a} and {b} have not the same bytes\n{difference.stdout}{difference.stderr}")

    def hashes(self, name):
        return [row["hash"] for row in metier.table(self.folder / name, "hashes") if not row["process"]]


class SmallScale(InFolder):
    scratch = None

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="metier-invariance-")
        cls.reference = metier.run(pathlib.Path(cls.scratch.name) / "one.h5", *SMALL, "--threads", 1)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def setUp(self):
        super().setUp()
        (self.folder / "one.h5").symlink_to(self.reference)

    def test_1_2_3_7_threads_give_the_same_bytes(self):
        for threads in (2, 3, 7):
            metier.run(self.folder / f"{threads}.h5", *SMALL, "--threads", threads)
            self.same_bytes("one.h5", f"{threads}.h5")

    def test_outputs_and_hashes_of_processes_leave_the_months_alone(self):
        expected = self.hashes("one.h5")
        self.assertEqual(len(expected), MONTHS + 1)
        self.assertEqual(len(set(expected)), MONTHS + 1, "every month changes the state")
        metier.run(self.folder / "bare.h5", *SMALL, "--threads", 2, *OUTPUTS_OFF)
        self.assertEqual(self.hashes("bare.h5"), expected)
        metier.run(self.folder / "postings.h5", *SMALL, "--threads", 2, "--hash", "--set", "output.ledger=postings")
        self.assertEqual(self.hashes("postings.h5"), expected)

    def test_a_restart_from_a_checkpoint_gives_the_same_bytes(self):
        metier.run(self.folder / "a.h5", *SMALL, "--threads", 2, "--checkpoint-every", 7)
        before = (self.folder / "a.h5").stat().st_mtime_ns
        metier("resume", self.folder / "a.ckpt", "--quiet", "--threads", 3, "--force")  # the last one, of month 14
        self.assertNotEqual((self.folder / "a.h5").stat().st_mtime_ns, before, "written anew")
        self.same_bytes("one.h5", "a.h5")

    def test_a_run_that_was_stopped_twice_gives_the_same_bytes(self):
        def stop(*command):
            process = subprocess.Popen([metier.path, *map(str, command), "--quiet", "--root", run_files.ROOT], cwd=self.folder)
            while not (self.folder / "a.h5.part" / "monthly.raw").exists() and process.poll() is None:
                time.sleep(0.002)
            process.send_signal(signal.SIGTERM)
            return process.wait(timeout=300)

        self.assertEqual(stop("run", run_files.BASELINE, "--out", "a.h5", *SMALL, "--threads", 2), 75)
        self.assertFalse((self.folder / "a.h5").exists())
        # The second one is stopped while it reads the checkpoint, or after some months.
        self.assertIn(stop("resume", "a.ckpt"), (75, -signal.SIGTERM))
        self.assertFalse((self.folder / "a.h5").exists())
        metier("resume", self.folder / "a.ckpt", "--quiet", "--threads", 1)
        self.same_bytes("one.h5", "a.h5")

    def test_diff_names_month_process_and_column(self):
        def two_runs(parameter, *values):
            for value in values:
                metier.run(self.folder / f"{value}.h5", "--scale", "0.02", "--months", 3, "--hash", "--set", f"{parameter}={value}")
            return metier("diff", *(self.folder / f"{value}.h5" for value in values), exit_code=1).stdout

        # How an employer ranks applicants decides whom it hires, and a person's row is the first that a hire makes.
        text = two_runs("labour.fit_noise", 0.5, 1)
        self.assertIn("part in month 1 (2019-01-31)", text)
        self.assertRegex(text, r"column 'person\.\w+' after the process 'labour\.hire_1'")
        self.assertIn("labour.fit_noise", text)
        # Profits are already shared out in the burn-in: the states part before any process of the run.
        text = two_runs("firms.dividend_share", 0.75, 0.8)
        self.assertIn("differ from the start: month 0 (2018-12-31)", text)
        self.assertIn("column 'account.balance'", text)
        self.assertNotIn("after the process", text)
        self.assertIn("firms.dividend_share", text)

    def test_verify_says_the_same(self):
        result = metier("verify", run_files.BASELINE, "--scale", "0.02", "--months", 4)
        self.assertEqual(len(re.findall("same as 1 thread", result.stdout)), 4, result.stdout)

    def test_hashes_for_the_other_builds(self):
        """Months, processes and columns: `./test all` compares the files of the builds line by line."""
        metier.run(self.folder / "hashed.h5", "--scale", "0.02", "--months", 6, "--threads", 2, "--hash")
        rows = metier.table(self.folder / "hashed.h5", "hashes")
        self.assertGreater(len({row["column"] for row in rows}), 50)
        lines = [f"{row['time']} {row['process'] or 'state'} {row['column'] or '-'} {row['hash']}" for row in rows]
        lines += [f"{MONTHS} months state - {self.hashes('one.h5')[-1]}"]
        (BUILD / "invariance_hashes.txt").write_text("\n".join(lines) + "\n")


class FullScale(InFolder):
    MONTHS = ["--months", "4"]

    def test_1_and_2_threads_and_a_restart_give_the_same_bytes(self):
        metier.run(self.folder / "one.h5", *self.MONTHS, "--threads", 1)
        metier.run(self.folder / "two.h5", *self.MONTHS, "--threads", 2, "--checkpoint-every", 2)
        self.same_bytes("one.h5", "two.h5")
        metier("resume", self.folder / "two.ckpt", "--quiet", "--threads", 3, "--force")
        self.same_bytes("one.h5", "two.h5")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
