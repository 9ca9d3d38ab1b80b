"""The program as a user meets it: verbs, messages, exit codes, files. Small runs of the baseline (a fiftieth of its size).

    app_test.py PROGRAM [unittest arguments]
"""

import json
import os
import pathlib
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = sys.argv[1]
VERBS = "run resume check explain schema describe verify diff export init bench".split()
BASELINE = ROOT / "scenarios" / "baseline.yaml"
SMALL = ["--scale", "0.02", "--months", "3"]


# A program in a build folder of the repository finds its root by itself; one that was built elsewhere is told.
OUTSIDE = not pathlib.Path(PROGRAM).resolve().is_relative_to(ROOT)


def metier(*arguments, cwd=None, **options):
    if OUTSIDE and arguments and arguments[0] in VERBS and "--root" not in arguments:
        arguments += ("--root", ROOT)
    return subprocess.run([PROGRAM, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, timeout=240, check=False, **options)


class InFolder(unittest.TestCase):
    """Every test has a working directory of its own, with a copy of one small run where it asks for it."""

    shared = None

    @classmethod
    def setUpClass(cls):
        cls.shared = pathlib.Path(tempfile.mkdtemp(prefix="metier-app-"))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.shared)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=self.shared))

    def metier(self, *arguments, **options):
        return metier(*arguments, cwd=self.folder, **options)

    def expect(self, code, result):
        self.assertEqual(result.returncode, code, f"{' '.join(result.args)}\n{result.stdout}\n{result.stderr}")
        return result

    def run_small(self, out, *more):
        return self.expect(0, self.metier("run", BASELINE, "--out", out, *SMALL, *more))

    def left(self):
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*"))


class Usage(InFolder):
    def test_help_names_every_verb_and_the_exit_codes(self):
        result = self.expect(0, self.metier("--help"))
        for verb in VERBS:
            self.assertRegex(result.stdout, rf"(?m)^\s+{verb}\s")
        self.assertIn("75 interrupted", result.stdout)

    def test_every_verb_has_examples_and_the_common_options(self):
        for verb in VERBS:
            result = self.expect(0, self.metier(verb, "--help"))
            self.assertIn(f"metier {verb}", result.stdout.split("Examples:")[1], verb)
            for option in ("--quiet", "--force", "--root"):
                self.assertIn(option, result.stdout, verb)
            self.assertEqual("--threads" in result.stdout, verb != "verify", verb)  # that has threads of its own

    def test_wrong_usage_is_2_and_points_to_the_help(self):
        for arguments in ([], ["fly"], ["run"], ["run", BASELINE, "--fly"], ["run", BASELINE, "--threads", "0"],
                          ["run", BASELINE, "--checkpoint-every", "-1"], ["describe", "weather"], ["export", "a.h5", "--to", "xlsx"]):
            result = self.expect(2, self.metier(*arguments))
            self.assertIn("--help", result.stderr)
            self.assertEqual(self.left(), [])

    def test_version(self):
        self.assertRegex(self.expect(0, self.metier("--version")).stdout, r"^metier \d+\.\d+\.\d+ \(git \w+")

    def test_a_wrong_root_is_told(self):
        result = self.expect(2, self.metier("check", BASELINE, "--root", self.folder))
        self.assertIn("does not hold 'scenarios/baseline.yaml'", result.stderr)

    def test_man_page_and_completion_know_every_verb_and_option(self):
        manual = (ROOT / "sim" / "packaging" / "metier.1.in").read_text().replace("\\-", "-")
        completion = (ROOT / "sim" / "packaging" / "metier.bash").read_text()
        for verb in VERBS:
            self.assertRegex(manual, rf"(?m)^\.B[IR]? {verb}\b")
            self.assertRegex(completion, rf"\b{verb}\b")
            options = set(re.findall(r"--[a-z-]+", self.metier(verb, "--help").stdout.split("Examples:")[0]))
            for option in sorted(options):
                self.assertIn(option, manual, verb)
                self.assertIn(option, completion, verb)

    def test_completion_completes(self):
        script = f"""source '{ROOT / 'sim' / 'packaging' / 'metier.bash'}'
            COMP_WORDS=(metier re); COMP_CWORD=1; _metier; echo "${{COMPREPLY[@]}}"
            COMP_WORDS=(metier run --checkp); COMP_CWORD=2; _metier; echo "${{COMPREPLY[@]}}" """
        result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
        self.assertEqual(result.stdout.split(), ["resume", "--checkpoint-every"])


class Streams(InFolder):
    """Standard streams that cannot be written or are closed."""

    def shell(self, *words):
        return subprocess.run(["sh", "-c", " ".join(words)], cwd=self.folder, capture_output=True, text=True, timeout=240, check=False)

    def metier_to(self, streams, *arguments):
        return self.shell(PROGRAM, *map(str, arguments), *(["--root", str(ROOT)] if arguments[0] in VERBS else []), streams)

    def test_messages_that_cannot_be_written_change_no_exit_code(self):
        for streams in ("2>/dev/full", "2>&-", "2>&- <&-"):
            self.expect(2, self.metier_to(streams, "nosuch"))
            self.expect(3, self.metier_to(streams, "check", BASELINE, "--months", "0"))
            self.expect(0, self.metier_to(streams, "run", BASELINE, *SMALL, "--out", "a.h5", "--force"))
            self.expect(0, self.metier("export", "a.h5"))
        for streams in (">/dev/full 2>&1", ">&- 2>&-"):
            self.expect(2, self.metier_to(streams, "nosuch"))
            self.expect(5, self.metier_to(streams, "export", "a.h5"))

    def test_a_reader_that_goes_away_does_not_end_the_run(self):
        self.expect(0, self.metier_to("2>&1 >/dev/null | head -1", "run", BASELINE, *SMALL, "--out", "a.h5"))
        self.assertTrue((self.folder / "a.h5").is_file())

    def test_files_of_the_run_do_not_become_standard_streams(self):
        self.run_small("a.h5", "--checkpoint-every", "1")
        self.expect(0, self.metier_to("<&- >&- 2>&-", "run", BASELINE, *SMALL, "--checkpoint-every", "1", "--out", "b.h5", "--quiet"))
        self.assertEqual((self.folder / "a.h5").read_bytes(), (self.folder / "b.h5").read_bytes())
        self.expect(0, self.metier_to("<&- >&- 2>&-", "resume", "b.ckpt", "--out", "c.h5", "--quiet"))
        self.assertEqual((self.folder / "a.h5").read_bytes(), (self.folder / "c.h5").read_bytes())

    def test_what_was_asked_for_and_cannot_be_written_is_5(self):
        self.run_small("a.h5")
        for verb in (["--help"], ["schema"], ["describe", "parameters"], ["check", BASELINE], ["export", "a.h5"],
                     ["export", "a.h5", "--indicator", "employment"], ["run", BASELINE, *SMALL, "--out", "b.h5"]):
            result = self.expect(5, self.metier_to(">/dev/full", *verb))
            self.assertRegex(result.stderr, r"error: the (output|CSV) (could not|cannot) be written")
            self.expect(5, self.metier_to(">/dev/full 2>&1", *verb, "--force") if verb[0] == "run" else self.metier_to(">/dev/full 2>&1", *verb))
        self.assertEqual((self.folder / "a.h5").read_bytes(), (self.folder / "b.h5").read_bytes())


class Run(InFolder):
    def test_without_out_it_says_where_it_wrote(self):
        result = self.expect(0, self.metier("run", BASELINE, *SMALL, "--threads", "2"))
        written = re.search(r"wrote (results/\S+\.h5)", result.stdout).group(1)
        self.assertTrue((self.folder / written).is_file())
        self.assertRegex(result.stdout, r"jobs in the territory +\d")
        self.assertRegex(result.stdout, r"state hash [0-9a-f]{16}")
        self.assertIn("month 3 of 3", result.stderr)
        sidecar = json.loads((self.folder / written).with_suffix(".json").read_text())
        self.assertEqual(sidecar["run"]["threads"], 2)
        self.assertIn("--scale 0.02", sidecar["run"]["command_line"])
        self.assertGreater(sidecar["run"]["process_seconds"]["firms.plan"], 0)

    def test_quiet_is_silent(self):
        result = self.run_small("a.h5", "--quiet")
        self.assertEqual((result.stdout, result.stderr), ("", ""))
        self.assertEqual(self.left(), ["a.h5", "a.json"])

    def test_on_a_terminal_one_line_tells_month_speed_and_time_left(self):
        terminal, program = pty.openpty()
        run = subprocess.Popen([PROGRAM, "run", str(BASELINE), "--out", "a.h5", "--scale", "0.02", "--months", "160", "--root", str(ROOT)],
                               cwd=self.folder, stdout=subprocess.PIPE, stderr=program)
        os.close(program)
        shown = b""
        try:
            while block := os.read(terminal, 4096):
                shown += block
        except OSError:  # the program has closed it
            pass
        os.close(terminal)
        run.communicate(timeout=240)
        self.assertEqual(run.returncode, 0)
        lines = shown.decode().replace("\r\n", "\n").split("\r\x1b[K")  # each overwrites the one before
        self.assertRegex(lines[-1], r"^month 160 of 160 \(2032-04\)  \d+ ms per month\n$")
        self.assertTrue(any(re.search(r"ms per month  (\d+ min )?[\d.]+ s left$", line) for line in lines), lines)

    def test_an_existing_file_is_kept_unless_forced(self):
        target = self.folder / "a.h5"
        target.write_text("precious")
        result = self.expect(2, self.metier("run", BASELINE, "--out", "a.h5", *SMALL))
        self.assertIn("a.h5: error: this file already exists", result.stderr)
        self.assertIn("--force", result.stderr)
        self.assertIn("nothing was run", result.stderr)
        self.assertEqual(target.read_text(), "precious")
        self.run_small("a.h5", "--force")
        self.assertGreater(target.stat().st_size, 10000)

    def test_folders_that_cannot_be_written_are_told_before_anything_runs(self):
        (self.folder / "file").write_text("")
        for out in ("missing/a.h5", "file/a.h5", ".", "/proc/a.h5", "a.json", "a.ckpt"):
            begin = time.monotonic()
            result = self.expect(2, self.metier("run", BASELINE, "--out", out, *SMALL))
            self.assertIn("--out", result.stderr, out)
            self.assertNotIn("building", result.stderr, out)
            self.assertLess(time.monotonic() - begin, 5.0, out)
        self.assertEqual(self.left(), ["file"])

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_folder_without_permission_is_told(self):
        (self.folder / "locked").mkdir(mode=0o500)
        result = self.expect(2, self.metier("run", BASELINE, "--out", "locked/a.h5", *SMALL))
        self.assertIn("cannot be written", result.stderr)

    def test_a_link_to_nothing_is_an_existing_file(self):
        (self.folder / "a.h5").symlink_to("elsewhere.h5")
        result = self.expect(2, self.metier("run", BASELINE, "--out", "a.h5", *SMALL))
        self.assertIn("a.h5: error: this is a link to 'elsewhere.h5', which does not exist\n    use --force to replace it", result.stderr)
        self.assertTrue((self.folder / "a.h5").is_symlink())
        self.run_small("a.h5", "--force")
        self.assertFalse((self.folder / "a.h5").is_symlink())

    def test_a_working_directory_that_cannot_be_written_is_told(self):
        result = self.expect(2, metier("run", BASELINE, *SMALL, cwd="/proc"))
        self.assertRegex(result.stderr, r"error: the folder 'results' cannot be created in the working directory: .*\n    choose another place with --out")
        if os.geteuid() != 0:  # root may write everywhere
            self.folder.chmod(0o500)
            self.assertIn("working directory: Permission denied", self.expect(2, self.metier("run", BASELINE, *SMALL)).stderr)
            self.folder.chmod(0o700)

    def test_a_full_disk_is_5_and_leaves_nothing_under_the_final_name(self):
        def limit():  # as a disk that fills: no file may grow beyond this
            resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))

        result = self.expect(5, self.metier("run", BASELINE, "--out", "a.h5", *SMALL, preexec_fn=limit))
        self.assertIn("no room left", result.stderr)
        self.assertIn("stopped", result.stderr)
        self.assertEqual(self.left(), [])

    def test_a_lack_of_memory_is_told_as_such(self):
        if any(word in pathlib.Path(PROGRAM).read_bytes() for word in (b"__asan_init", b"__tsan_init")):
            self.skipTest("the sanitizers themselves need more room than these limits")
        for megabytes in range(50, 90, 2):  # from what the program needs to start to what the run needs
            def limit(size=megabytes << 20):
                resource.setrlimit(resource.RLIMIT_AS, (size, size))

            result = self.metier("run", BASELINE, "--out", f"{megabytes}.h5", "--scale", "0.05", "--months", "2", "--threads", "1", preexec_fn=limit)
            if result.returncode == 0:
                break
            self.assertIn("error: the memory of this machine does not suffice\n    try a smaller --scale", self.expect(5, result).stderr)
            self.assertEqual(self.left(), [])
        self.assertEqual(result.returncode, 0, "what the run needs is more than the limits tried")
        self.assertGreater(megabytes, 50)

    def test_threads_and_outputs_do_not_change_the_numbers(self):
        one = self.run_small("one.h5", "--threads", "1")
        seven = self.run_small("seven.h5", "--threads", "7")
        self.assertEqual((self.folder / "one.h5").read_bytes(), (self.folder / "seven.h5").read_bytes())
        self.expect(0, self.metier("diff", "one.h5", "seven.h5"))
        off = ["monthly=none", "quarterly=none", "annual=none", "distributions=none", "ledger=none", "panel_share=0"]
        bare = self.run_small("bare.h5", *[word for key in off for word in ("--set", "output." + key)])
        state = re.compile(r"state hash (\w+)")
        self.assertEqual(state.search(one.stdout).group(1), state.search(bare.stdout).group(1))
        self.assertLess((self.folder / "bare.h5").stat().st_size, (self.folder / "one.h5").stat().st_size * 0.7)
        self.assertIn("wrote seven.h5", seven.stdout)

    def test_postings_are_written_when_asked(self):
        self.run_small("a.h5", "--set", "output.ledger=postings")
        rows = self.expect(0, self.metier("export", "a.h5", "--table", "ledger/postings")).stdout.splitlines()
        self.assertEqual(rows[0], "time,flow_kind,debit,credit,cents")
        self.assertGreater(len(rows), 1000)


class Resume(InFolder):
    MONTHS = ["--scale", "0.02", "--months", "40", "--threads", "2"]

    def undisturbed(self):
        if not (self.shared / "whole.h5").exists():
            self.expect(0, self.metier("run", BASELINE, "--out", self.shared / "whole.h5", *self.MONTHS, "--quiet"))
        return (self.shared / "whole.h5").read_bytes()

    def start(self, *more):
        return subprocess.Popen([PROGRAM, "run", str(BASELINE), "--out", "a.h5", *self.MONTHS, *more, "--root", str(ROOT)], cwd=self.folder,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def wait_for(self, name, process):
        for _ in range(6000):
            if (self.folder / name).exists():
                return
            self.assertIsNone(process.poll(), "the run ended too early")
            time.sleep(0.005)
        self.fail(f"{name} never came")

    def test_a_signal_leaves_a_checkpoint_and_resuming_gives_the_same_bytes(self):
        for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGINT):
            with self.subTest(signal=number):
                run = self.start("--force")
                self.wait_for("a.h5.part/monthly.raw", run)
                run.send_signal(number)
                _, error = run.communicate(timeout=120)
                self.assertEqual(run.returncode, 75, error)
                self.assertIn("metier resume a.ckpt", error)
                self.assertFalse((self.folder / "a.h5").exists())
                self.expect(0, metier("resume", self.folder / "a.ckpt", "--quiet", cwd=self.shared))
                self.assertEqual((self.folder / "a.h5").read_bytes(), self.undisturbed())
                (self.folder / "a.h5").unlink()

    def test_a_killed_run_goes_on_from_its_last_checkpoint(self):
        run = self.start("--checkpoint-every", "3")
        self.wait_for("a.ckpt", run)
        run.kill()
        run.communicate()
        self.assertFalse((self.folder / "a.h5").exists())
        again = self.expect(2, self.metier("run", BASELINE, "--out", "a.h5", *self.MONTHS))
        self.assertIn("metier resume", again.stderr)
        result = self.expect(0, self.metier("resume", "a.ckpt", "--threads", "1"))
        self.assertIn("going on after month", result.stderr)
        self.assertEqual((self.folder / "a.h5").read_bytes(), self.undisturbed())

    def test_another_scenario_goes_on_from_the_same_state(self):
        run = self.start("--checkpoint-every", "6")
        run.communicate(timeout=120)
        (self.folder / "policy.yaml").write_text(
            f"schema: 1\nextends: {BASELINE}\nrun: {{name: policy, months: 40}}\nscale: {{factor: 0.02}}\nlabour: {{separation_rate: 0.02}}\n")
        self.expect(0, self.metier("resume", "a.ckpt", "--with", "policy.yaml", "--quiet"))
        result = self.expect(1, self.metier("diff", "a.h5", "results/policy.h5"))
        self.assertIn("labour.separation_rate", result.stdout)
        self.assertRegex(result.stdout, "2022-01-31")  # month 37 is the first after the checkpoint
        (self.folder / "larger.yaml").write_text(f"schema: 1\nextends: {BASELINE}\nscale: {{factor: 0.03}}\n")
        refused = self.expect(3, self.metier("resume", "a.ckpt", "--with", "larger.yaml"))
        self.assertIn("scale.factor", refused.stderr)

    def test_a_run_with_hashes_goes_on_with_the_same_processes_only(self):
        self.start("--checkpoint-every", "20", "--hash").communicate(timeout=120)
        (self.folder / "policy.yaml").write_text(
            f"schema: 1\nextends: {BASELINE}\nrun: {{name: policy, months: 21}}\nscale: {{factor: 0.02}}\nio: {{substeps: 4}}\n")
        refused = self.expect(3, self.metier("resume", "a.ckpt", "--with", "policy.yaml")).stderr
        self.assertRegex(refused, r"policy\.yaml: error: the month has other processes or columns than that of the checkpoint, whose run keeps hashes of "
                                  r"them \(--hash\): the first that differs is [\w.]+ of [\w.]+, the checkpoint has [\w.]+ of [\w.]+\n"
                                  r"    branch from the checkpoint of a run without --hash, or run the scenario from the start\n")
        self.assertEqual(list(self.folder.glob("results/*")), [])
        (self.folder / "other.yaml").write_text(
            f"schema: 1\nextends: {BASELINE}\nrun: {{name: other, months: 21}}\nscale: {{factor: 0.02}}\nlabour: {{separation_rate: 0.02}}\n")
        self.expect(0, self.metier("resume", "a.ckpt", "--with", "other.yaml", "--quiet"))

    def test_a_full_disk_tells_what_the_run_can_go_on_from(self):
        def limit(size):
            return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        run = [BASELINE, "--scale", "0.02", "--threads", "1"]
        self.expect(0, self.metier("run", *run, "--out", "a.h5", "--checkpoint-every", "2", "--months", "6"))
        checkpoint = (self.folder / "a.ckpt").stat().st_size
        # Too small for a checkpoint: nothing is left of the run.
        result = self.expect(5, self.metier("run", *run, "--out", "b.h5", "--checkpoint-every", "2", "--months", "6", preexec_fn=limit(checkpoint // 2)))
        self.assertIn("b.ckpt: error: checkpoint cannot be written: File too large\n    free some space or choose another folder; "
                      "no checkpoint was written: run it again from the start", result.stderr)
        self.assertEqual(list(self.folder.glob("b*")), [])
        # Large enough for checkpoints, too small for all that is written of the ledger.
        result = self.expect(5, self.metier("run", *run, "--out", "c.h5", "--checkpoint-every", "2", "--months", "40", "--set", "output.ledger=postings",
                                         preexec_fn=limit(checkpoint + checkpoint // 10)))
        self.assertRegex(result.stderr, r"File too large\n    free some space or choose another [a-z -]+; the last checkpoint is that of month \d+: "
                                        r"metier resume c\.ckpt")
        self.expect(0, self.metier("resume", "c.ckpt", "--quiet"))

    def test_what_is_no_checkpoint_is_4(self):
        (self.folder / "text.ckpt").write_text("not a checkpoint\n" * 100)
        for name in ("missing.ckpt", "text.ckpt", "."):
            result = self.expect(4, self.metier("resume", name))
            self.assertIn("nothing was run", result.stderr)

    def test_a_damaged_checkpoint_is_4(self):
        run = self.start("--checkpoint-every", "20")
        run.communicate(timeout=120)
        good = (self.folder / "a.ckpt").read_bytes()
        (self.folder / "a.h5").unlink()
        for at in (9, 40, len(good) // 2, len(good) - 3):
            bad = bytearray(good)
            bad[at] ^= 0x10
            (self.folder / "a.ckpt").write_bytes(bad)
            result = self.expect(4, self.metier("resume", "a.ckpt"))
            self.assertIn("a.ckpt: error", result.stderr)
        (self.folder / "a.ckpt").write_bytes(good[: len(good) // 3])
        self.expect(4, self.metier("resume", "a.ckpt"))
        (self.folder / "a.ckpt").write_bytes(good)
        for more in ([], ["--out", "b.h5"]):  # the results up to the checkpoint are gone
            self.assertIn("neither in the folder", self.expect(4, self.metier("resume", "a.ckpt", *more)).stderr)
        self.assertEqual([path.name for path in self.folder.glob("*.part")], [], "an empty folder is left")
        self.assertFalse((self.folder / "a.h5").exists())


class Scenarios(InFolder):
    def scenario(self, text):
        (self.folder / "s.yaml").write_text(text)
        return "s.yaml"

    def test_all_problems_come_out_at_once_with_their_places(self):
        name = self.scenario(f"schema: 1\nextends: {BASELINE}\nrun:\n  months: 0\n  star: 2019-01\nlabour:\n  separation_rate: 1.2\n")
        for verb in (["check"], ["run", "--out", "a.h5"], ["explain"], ["verify"], ["bench"]):
            result = self.expect(3, self.metier(*verb, name))
            short = verb in (["verify"], ["bench"])  # they say themselves how many months
            if not short:
                self.assertRegex(result.stderr, r"s\.yaml:4:\d+: error: ")
            self.assertRegex(result.stderr, r"s\.yaml:5:\d+: error: .*did you mean 'start'")
            self.assertRegex(result.stderr, r"s\.yaml:7:\d+: error: ")
            self.assertIn(f"{2 if short else 3} problems; nothing was run.", result.stderr)
        self.assertEqual(self.left(), ["s.yaml"])

    def test_problems_of_all_files_come_out_at_once(self):
        (self.folder / "a.yaml").write_text("schema: 1\nrun: {months: -1}\n")
        (self.folder / "b.yaml").write_text("schema: 1\nrun: {months: no}\n")
        result = self.expect(3, self.metier("check", "a.yaml", BASELINE, "b.yaml", "missing.yaml"))
        for name in ("a.yaml:2:", "b.yaml:2:", "missing.yaml"):
            self.assertIn(name, result.stderr)
        self.assertIn("baseline.yaml: valid", result.stdout)

    def test_values_of_the_command_line_are_checked_too(self):
        for wrong in (["--months", "no"], ["--scale", "0"], ["--seed", "x"], ["--set", "labour.separation_rat=0.1"], ["--set", "months"]):
            result = self.expect(3, self.metier("check", BASELINE, *wrong))
            self.assertIn("--set", result.stderr)

    def test_a_missing_data_pack_is_4(self):
        (self.folder / "data").mkdir()
        name = self.scenario(f"schema: 1\nextends: {BASELINE}\ndata: {{root: {self.folder / 'data'}}}\n")
        result = self.metier("run", name, "--out", "a.h5", *SMALL)
        self.assertIn(result.returncode, (3, 4), result.stderr)
        self.assertNotIn("a.h5", self.left())

    def test_the_baseline_is_valid_and_checked_fast(self):
        begin = time.monotonic()
        result = self.expect(0, self.metier("check", BASELINE))
        self.assertIn("valid", result.stdout)
        self.assertLess(time.monotonic() - begin, 5.0)
        self.assertEqual(self.expect(0, self.metier("check", BASELINE, "--quiet")).stdout, "")

    def test_explain_names_the_origin_of_values(self):
        name = self.scenario(f"schema: 1\nextends: {BASELINE}\nlabour: {{separation_rate: 0.0123}}\n")
        result = self.expect(0, self.metier("explain", name, "--set", "run.months=7"))
        self.assertIn("7 months", result.stdout)
        one = self.expect(0, self.metier("explain", name, "--set", "run.months=1", "--set", "run.burn_in_months=1")).stdout
        self.assertIn("simulates 1 month, 2019-01 to 2019-01, after 1 month of relaxation", one)
        self.assertRegex(result.stdout, r"From the command line\n +run\.months = 7")
        self.assertRegex(result.stdout, r"From s\.yaml\n +labour\.separation_rate = 0\.0123 .*line 3, default ")
        self.assertRegex(result.stdout, r"\d+ parameters have their default")

    def test_init_writes_a_valid_scenario_and_says_what_to_do(self):
        result = self.expect(0, self.metier("init", "mine"))
        self.assertIn("metier check mine/scenario.yaml", result.stdout)
        self.expect(0, self.metier("check", "mine/scenario.yaml"))
        self.assertIn("properties", json.loads((self.folder / "mine" / "metier.schema.json").read_text()))
        self.assertIn("already exists", self.expect(2, self.metier("init", "mine")).stderr)
        self.expect(0, self.metier("init", "mine", "--force", "--quiet"))

    def test_schema_and_reference(self):
        schema = json.loads(self.expect(0, self.metier("schema")).stdout)
        self.assertIn("run", schema["properties"])
        self.assertIn("output", schema["properties"])
        self.assertIn("labour", self.expect(0, self.metier("schema", "--reference")).stdout)
        self.assertIn("labour", self.expect(0, self.metier("schema", "--priors")).stdout)

    def test_describe(self):
        self.assertRegex(self.expect(0, self.metier("describe", "parameters")).stdout, r"(?m)^run\.months = 264")
        self.assertIn("io.produce", self.expect(0, self.metier("describe", "schedule")).stdout)
        self.assertRegex(self.expect(0, self.metier("describe", "columns")).stdout, r"firm\.price +f64")
        self.assertIn("employment [person] (time, commune, sector)", self.expect(0, self.metier("describe", "indicators")).stdout)
        self.expect(0, self.metier("describe", "levers"))
        page = self.expect(0, self.metier("describe", "format")).stdout
        self.assertEqual(page, (ROOT / "output" / "FORMAT.md").read_text(), "write it anew: metier describe format > output/FORMAT.md")
        population = self.expect(0, self.metier("describe", "population", "--scale", "0.02")).stdout
        self.assertRegex(population, r"margin +cells +asked +obtained")
        self.assertIn("assumptions", population)

    def test_the_error_of_national_employment_moves_output(self):
        def output(*more):
            text = self.expect(0, self.metier("describe", "population", "--scale", "0.02", *more)).stdout
            return next(line for line in text.splitlines() if line.startswith("output "))
        self.assertNotEqual(output(), output("--set", "synthesis.employment_margin_cv=0.15"))
        self.assertEqual(output(), output("--set", "synthesis.employment_margin_cv=0"))


class Results(InFolder):
    def test_export_prints_long_csv_with_17_digits(self):
        self.run_small("a.h5")
        rows = self.expect(0, self.metier("export", "a.h5", "--to", "csv", "--indicator", "employment")).stdout.splitlines()
        self.assertEqual(rows[0], "time,commune,sector,employment")
        self.assertTrue(rows[1].startswith("2018-12-31,"))
        self.assertTrue(rows[-1].startswith("2019-03-31,"))
        listing = self.expect(0, self.metier("export", "a.h5")).stdout
        for name in ("--indicator employment", "--table ledger/totals", "--table panel/establishments", "--table distribution/quantiles"):
            self.assertIn(name, listing)
        self.expect(0, self.metier("export", "a.h5", "--panel", "--out", "panel.csv"))
        self.assertTrue((self.folder / "panel.csv").read_text().startswith("time,key,"))
        self.assertIn("already exists", self.expect(2, self.metier("export", "a.h5", "--panel", "--out", "panel.csv")).stderr)
        for word, near in {"employmnet": "employment", "vacancy_duratoin": "quarterly/vacancy_duration", "unemployment": "unemployment_rate"}.items():
            wrong = self.expect(2, self.metier("export", "a.h5", "--indicator", word))
            self.assertRegex(wrong.stderr, rf"the file has no indicator '{word}'\n    did you mean ('[\w/]+' or )*'{near}'.*\? it has \d+: `metier export a.h5` lists")
        self.assertNotIn("bytes ...", self.expect(2, self.metier("export", "a.h5", "--indicator", "x")).stderr)
        tables = self.expect(2, self.metier("export", "a.h5", "--table", "ledger/total")).stderr
        self.assertRegex(tables, r"did you mean 'ledger/totals'.*\? it has: .*ledger/totals.*, parameters\n")
        result = self.expect(5, self.metier("export", "a.h5", "--indicator", "employment", "--out", "full.csv",
                                         preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))))
        self.assertIn("full.csv: error: no room left", result.stderr)
        self.assertNotIn("checkpoint", result.stderr)
        self.assertEqual(list(self.folder.glob("full*")), [])
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = subprocess.run([PROGRAM, "export", "a.h5", "--indicator", "employment"], cwd=self.folder, stdout=full,
                                    stderr=subprocess.PIPE, check=False, timeout=60)
        self.assertEqual(result.returncode, 5, result.stderr)

    def test_diff_names_month_process_and_column(self):
        self.run_small("a.h5", "--hash")
        self.run_small("b.h5", "--hash")
        self.run_small("c.h5", "--hash", "--seed", "7")
        self.expect(0, self.metier("diff", "a.h5", "b.h5"))
        result = self.expect(1, self.metier("diff", "a.h5", "c.h5"))
        self.assertIn("2019-01-31", result.stdout)
        self.assertIn("run.seed", result.stdout)
        processes = re.findall(r"\b(?:labour|firms|io|households|outside|retail|tax)\.\w+", result.stdout)
        self.assertTrue(processes, result.stdout)
        self.assertEqual(self.expect(1, self.metier("diff", "a.h5", "c.h5", "--quiet")).stdout, "")

    def test_what_is_no_run_file_is_4(self):
        self.run_small("a.h5")
        good = (self.folder / "a.h5").read_bytes()
        (self.folder / "cut.h5").write_bytes(good[: len(good) // 2])
        bad = bytearray(good)
        bad[len(good) // 2] ^= 1
        (self.folder / "bad.h5").write_bytes(bad)
        (self.folder / "empty.h5").write_bytes(b"")
        for name in ("cut.h5", "bad.h5", "empty.h5", "missing.h5", "."):
            self.assertIn("error", self.expect(4, self.metier("export", name, "--indicator", "employment")).stderr)
            self.expect(4, self.metier("diff", "a.h5", name))


class Measures(InFolder):
    def test_verify_finds_the_same_bits(self):
        result = self.expect(0, self.metier("verify", BASELINE, "--scale", "0.02", "--months", "3"))
        for name in ("2 threads", "3 threads", "7 threads", "restart after month 1"):
            self.assertRegex(result.stdout, rf"{name} +same as 1 thread")
        self.assertEqual(self.left(), [])

    def test_verify_has_threads_of_its_own(self):
        result = self.expect(2, self.metier("verify", BASELINE, "--threads", "4"))
        self.assertIn("verify runs with 1, 2, 3 and 7 threads by itself", result.stderr)

    def test_bench_prints_processes_by_cost(self):
        result = self.expect(0, self.metier("bench", BASELINE, "--scale", "0.02", "--months", "6"))
        times = [float(value) for value in re.findall(r"(?m)^ +([\d.]+) +[\d.]+%  (?!sum)", result.stdout)]
        self.assertGreater(len(times), 20)
        self.assertEqual(times, sorted(times, reverse=True))
        self.assertIn("(state hash)", result.stdout)
        self.expect(2, self.metier("bench", BASELINE, "--scale", "0.02", "--months", "2"))


if __name__ == "__main__":
    if not os.access(PROGRAM, os.X_OK):
        sys.exit(f"no program {PROGRAM}")
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
