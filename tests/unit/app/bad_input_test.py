"""What bad input gets: exit code, `file:line:column`, key path, what was found, what is allowed, a suggestion; all problems of all
files in one pass; nothing under a final name; no crash. Many inputs go through one call of `metier check`.

    bad_input_test.py PROGRAM [unittest arguments]
"""

import concurrent.futures
import csv
import io
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = sys.argv[1]
BASELINE = ROOT / "scenarios" / "baseline.yaml"
DATA = ROOT / "scenarios" / "data"
HEAD = f"schema: 1\nextends: {BASELINE}\n"
SMALL = ["--scale", "0.01", "--months", "2", "--set", "run.burn_in_months=0"]


def metier(*arguments, cwd, **options):
    return subprocess.run([PROGRAM, *map(str, arguments), "--root", str(ROOT)], cwd=cwd, capture_output=True, text=True, errors="replace",
                          timeout=240, check=False, **options)


class InFolder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="metier-bad-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def metier(self, *arguments, **options):
        return metier(*arguments, cwd=self.folder, **options)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    def expect(self, code, result):
        """The exit code; a message that ends as it must; never a signal or a report of a sanitizer."""
        text = f"{' '.join(result.args)}\n{result.stdout}\n{result.stderr}"
        self.assertEqual(result.returncode, code, text)
        self.assertNotIn("Sanitizer", result.stderr)
        self.assertNotIn("runtime error", result.stderr)
        self.assertNotIn("Please report it", result.stderr, "a user's mistake has reached an assertion")
        return result

    def check_all(self, code, cases):
        """cases: file name -> (content, regular expressions that must be found in lines about this file)."""
        for name, (content, _) in cases.items():
            self.write(name, content)
        result = self.expect(code, self.metier("check", *cases))
        for name, (_, patterns) in cases.items():
            # The lines of this file, with the hints below them.
            about = "\n".join(re.findall(rf"(?m)^{re.escape(name)}:.*\n(?:    .*\n)*", result.stderr))
            for pattern in patterns:
                self.assertRegex(about, pattern, f"{name}\n{result.stderr if not about else ''}")
        return result


class Scenarios(InFolder):
    CASES = {
        "unknown_key.yaml": (HEAD + "run:\n  mnths: 3\n", [r":4:3: error: 'run\.mnths' is not a parameter; did you mean 'months'\?"]),
        "unknown_section.yaml": (HEAD + "labor: {}\n", [r":3:1: error: 'labor' .*did you mean 'labour'\?"]),
        "key_of_another_section.yaml": (HEAD + "months: 3\n", [r":3:1: error: 'months' .*did you mean 'run\.months'\?"]),
        "wrong_type.yaml": (HEAD + "run:\n  months: abc\n  seed: 1.5\n  name: [a]\nfirms: [1]\nlabour: 3\nio: {mode: {a: 1}}\n",
                            [r":4:11: error: 'run\.months' is abc, it must be a whole number, 1 to 2400\n    Months", r":5:9: .*1\.5",
                             r":6:9: .*is a list, it must be text", r":7:8: error: 'firms' is a list, it must be a section",
                             r":8:9: error: 'labour' is 3", r":9:12: error: 'io\.mode' is a section, allowed: half_critical"]),
        "out_of_range.yaml": (HEAD + "labour: {separation_rate: 1.2}\nscale: {factor: 100}\n",
                              [r":3:27: error: 'labour\.separation_rate' is 1\.2 \[1/month\], allowed 0 to 1\.\n    Probability",
                               r":4:17: error: 'scale\.factor' is 100 .*allowed 0\.01 to 10"]),
        "missing_key.yaml": (f"extends: {BASELINE}\n", [r":1:1: error: 'schema' is missing\n    a scenario begins with 'schema: 1'"]),
        "missing_needed.yaml": (HEAD + "outside: {demand_path: none, tilt_path: none}\n", [r":3:24: error: 'outside\.demand_path' is none: is needed"]),
        "duplicate.yaml": (HEAD + "run:\n  months: 3\n  months: 4\n", [r":5:3: error: key 'months' stands twice, first on line 4"]),
        "nan.yaml": (HEAD + "labour: {separation_rate: nan}\nscale: {factor: .inf}\n", [r":3:27: .*is nan, .*not a finite number", r":4:17: .*\.inf"]),
        "huge.yaml": (HEAD + "labour: {separation_rate: 1e999}\nrun: {seed: 99999999999999999999999, months: 99999999999}\n",
                      [r":3:27: .*1e999", r":4:13: .*whole number, 0 to 18446744073709551615", r":4:46: .*whole number, 1 to 2400"]),
        "switches.yaml": (HEAD + "run: {name: no}\nfirms: {mode: on}\nscale: {factor: null}\nlabour: {separation_rate: 010}\nio: {mode: yes}\n",
                          [r":3:13: .*is no, .*YAML reads 'no' as a switch", r":4:15: .*is on, allowed: .*switch", r":5:17: .*is null, it must be a decimal number, 0\.01 to 10; YAML reads 'null' as nothing",
                           r":6:27: .*is 010, it must be a decimal number, 0 to 1; YAML reads '010' as an octal number or a decimal one: a number has no leading 0", r":7:12: .*is yes, allowed"]),
        "date.yaml": (HEAD + "run: {start: 2019-13}\n", [r":3:14: error: 'run\.start' is 2019-13, it must be a month of the calendar written 2019-01"]),
        "day.yaml": (HEAD + "run: {start: 2019-02-30}\n", [r":3:14: .*2019-02-30"]),
        "no_months.yaml": (HEAD + "run: {months: 0}\n", [r":3:15: error: 'run\.months' is 0 \[month\], allowed 1 to 2400"]),
        "minus_months.yaml": (HEAD + "run: {months: -5}\n", [r":3:15: error: 'run\.months' is -5"]),
        "null_section.yaml": (HEAD + "labour: null\ntax: ~\n", [r":3:9: error: 'labour' is null, it must be a section", r":4:6: error: 'tax' is ~"]),
        "syntax.yaml": (HEAD + "run: {months: 3\n", [r":4:1: error: YAML syntax"]),
        "indentation.yaml": (HEAD + "run:\n  months: 3\n bad: 4\n", [r":5:2: error: YAML syntax"]),
        "tabs.yaml": (HEAD + "run:\n\tmonths: 3\n", [r":4:\d+: error: YAML syntax.*\n    line 4 is indented with a tab"]),
        "empty.yaml": ("", [r":1:1: error: is empty"]),
        "comments.yaml": ("# nothing\n", [r":1:1: error: is empty"]),
        "text.yaml": ("hello\n", [r":1:1: error: must be a list of 'key: value' lines"]),
        "latin1.yaml": (HEAD.encode() + b"run: {name: caf\xe9}\n", [r":3:16: error: is not UTF-8 text"]),
        "binary.yaml": (bytes(range(256)) * 40, [r"error: is not UTF-8 text"]),
        "anchor.yaml": (HEAD + "run: &a {months: 3}\noutput: *a\n", [r":3:6: error: anchors", r":4:9: error: aliases"]),
        "bomb.yaml": (HEAD + "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", [r":3:4: error: anchors", r":4:8: error: aliases"]),
        "tag.yaml": (HEAD + "run: {months: !!str 3}\n", [r":3:15: error: tags"]),
        "merge_key.yaml": (HEAD + "run: {<<: {months: 3}}\n", [r":3:7: error: 'run\.<<' is not a parameter"]),
        "two_documents.yaml": (HEAD + "---\nrun: {months: 3}\n", [r":4:1: error: a second document"]),
        "deep.yaml": (HEAD + "run: " + "[{a: " * 100000 + "\n", [r":3:\d+: error: YAML syntax: nested more than 64 levels deep"]),
        "loop_a.yaml": ("schema: 1\nextends: loop_b.yaml\n", [r":2:10: error: 'extends' goes round in a loop: loop_b\.yaml -> loop_a\.yaml -> loop_b\.yaml"]),
        "loop_b.yaml": ("schema: 1\nextends: loop_a.yaml\n", [r":2:10: error: .*loop_a\.yaml -> loop_b\.yaml -> loop_a\.yaml"]),
        "base_missing.yaml": ("schema: 1\nextends: nowhere.yaml\n", [r":2:10: error: file 'nowhere\.yaml' does not exist\n    looked for"]),
        "base_outside.yaml": ("schema: 1\nextends: ../../../etc/passwd\n", [r":2:10: error: .*leads out of the folder"]),
        "base_odd.yaml": ("schema: 1\nextends: {a: b}\n", [r":2:10: error: 'extends' is a section"]),
        "path_missing.yaml": (HEAD + "outside: {demand_path: x.csv}\n", [r":3:24: error: 'outside\.demand_path': file 'x\.csv' does not exist"]),
        "path_outside.yaml": (HEAD + "outside: {demand_path: ../../etc/passwd}\n", [r":3:24: error: 'outside\.demand_path': .*leads out"]),
        "path_absolute.yaml": (HEAD + "outside: {demand_path: /etc/passwd}\n", [r":3:24: error: .*is an absolute path"]),
        "name.yaml": (HEAD + "run: {name: ../../up}\n", [r":3:13: error: 'run\.name' is \.\./\.\./up: must be 1 to 100 letters"]),
        "escape.yaml": (HEAD + 'run: {name: "a\\e[31m\\0b"}\n', [r":3:13: error: 'run\.name' is a\\x1B\[31m\\x00b"]),
        "long.yaml": (HEAD + "run: {months: " + "9" * 500000 + "}\n", [r":3:15: error: 'run\.months' is 9{100,700} \[\.\.\. \d+ bytes"]),
        "crlf.yaml": ((HEAD + "run:\n  months: 0\n").replace("\n", "\r\n"), [r":4:11: error: 'run\.months' is 0"]),
    }

    def test_every_problem_of_every_file_in_one_pass(self):
        self.write("huge_file.yaml", b"#" * 100_000_000)
        result = self.check_all(3, {**self.CASES, "good.yaml": (HEAD, [])})
        self.assertIn("good.yaml: valid", result.stdout)
        self.assertRegex(result.stderr, r"(?m)^\d+ problems; nothing was run\.$")
        self.assertNotIn("\x1b", result.stderr)
        large = self.expect(3, self.metier("check", "huge_file.yaml"))
        self.assertIn("huge_file.yaml: error: has 100000000 bytes, allowed up to", large.stderr)

    def test_no_verb_runs_a_bad_scenario_or_leaves_a_file(self):
        self.write("s.yaml", HEAD + "run: {months: 0, mnths: 1}\n")
        for verb in (["run", "s.yaml", "--out", "a.h5"], ["run", "s.yaml"], ["explain", "s.yaml"], ["verify", "s.yaml"], ["bench", "s.yaml"],
                     ["describe", "schedule", "s.yaml"]):
            self.assertIn("s.yaml:3:18: error: 'run.mnths'", self.expect(3, self.metier(*verb)).stderr)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["s.yaml"])

    def test_an_empty_section_is_as_if_it_was_not_written(self):
        """Its keys are comments, as in the file that `metier init` writes: the values are those of the base."""
        self.write("base.yaml", HEAD + "synthesis: {survival_cohort: 2014}\nlabour: {separation_rate: 0.02}\n")
        self.write("s.yaml", "schema: 1\nextends: base.yaml\nsynthesis:\n  # survival_cohort: 2010\nlabour:\ntax:\n")
        said = self.expect(0, self.metier("explain", "s.yaml", "--all")).stdout
        self.assertRegex(said, r"(?s)From base\.yaml\n.*labour\.separation_rate = 0\.02.*synthesis")
        self.assertIn("synthesis.survival_cohort = 2014", said)

    def test_what_looks_odd_but_is_fine(self):
        fine = {
            "bom.yaml": ("\ufeff" + HEAD, []),
            "sector.yaml": (HEAD + "run: {name: N}\n", []),  # a sector N in a text field
            "windows.yaml": ((HEAD + "run:\n  months: 3\n").replace("\n", "\r\n"), []),
            "no_end_of_line.yaml": ((HEAD + "run: {months: 3}"), []),
            "quoted.yaml": (HEAD + 'run: {name: "no"}\n', []),
        }
        result = self.check_all(0, fine)
        for name in fine:
            self.assertIn(f"{name}: valid", result.stdout)


class Changes(InFolder):
    def test_changes_of_the_command_line(self):
        wrong = {
            "run.mnths=3": "'run.mnths' is not a parameter; did you mean 'months'?",
            "months=3": "'months' is not a parameter; did you mean 'run.months'?",
            "labor.separation_rate=0.1": "'labor' is not a parameter; did you mean 'labour'?",
            "run.seed": "'run.seed' is not a change",
            "run=3": "'run' is 3, it must be a section",
            "labour=null": "'labour' is null, it must be a section",
            "synthesis=": "'synthesis' is empty, it must be a section",
            "tax=": "'tax' is empty, it must be a section",  # the baseline does not write it
            "run.replicate=": "'run.replicate' is empty",
            "=3": "'' is not a key path",
            "io..mode=none": "'io..mode' is not a key path",
            "extends=x.yaml": "'extends' cannot be set",
            "scale.factor=[1": "'scale.factor=[1': YAML syntax",
            "outside.demand_path=x.csv": "file 'x.csv' does not exist",
            "labour.separation_rate=no": "'labour.separation_rate' is no, it must be a decimal number, 0 to 1; YAML reads 'no' as a switch",
        }
        for change, message in wrong.items():
            result = self.expect(3, self.metier("check", BASELINE, "--set", change))
            self.assertIn(f"--set: error: {message}" if not change.startswith("outside") else message, result.stderr)


class Populations(InFolder):
    """Values inside their range that the data pack, other values or time make impossible: found while the population is built or in a
    month, told with what to change."""

    def test_values_that_the_population_cannot_have(self):
        cases = {
            "synthesis: {size_max: 100}": r":3:\d+: error: 'synthesis.size_max' is 100, but .* on average in the data pack\n +at least 226 ",
            "labour: {beta_travel: 1}": r":3:\d+: error: no state of rest .* with labour.beta_travel 1 .*\n.*lower labour.beta_travel",
            "labour: {beta_travel: 2}": r":3:\d+: error: no state of rest .* with labour.beta_travel 2 .*\n.*lower labour.beta_travel",
        }
        for text, message in cases.items():
            name = self.write("a.yaml", HEAD + text + "\n")
            result = self.expect(3, self.metier("run", name, *SMALL, "--out", "a.h5"))
            self.assertRegex(result.stderr, message)
            self.assertFalse((self.folder / "a.h5").exists())
        zones = re.findall(r"zone outside number (\d+) would need", result.stderr)  # of the last case: all of them at once
        self.assertGreater(len(zones), 1, result.stderr)
        self.assertEqual(len(zones), len(set(zones)))
        result = self.expect(3, self.metier("run", BASELINE, *SMALL, "--out", "a.h5", "--set", "synthesis.size_max=225"))
        self.assertIn("--set: error: 'synthesis.size_max' is 225", result.stderr)
        checked = self.expect(3, self.metier("check", BASELINE, "--set", "synthesis.size_max=225"))
        self.assertIn("--set: error: 'synthesis.size_max' is 225", checked.stderr)
        self.expect(0, self.metier("run", BASELINE, *SMALL, "--out", "a.h5", "--set", "synthesis.size_max=226"))

    def test_economies_that_run_away_stop_with_the_month(self):
        for change in ("firms.invest_lag=1", "outside.inflation=0.5"):
            result = self.expect(5, self.metier("run", BASELINE, "--scale", "0.01", "--months", "1200", "--set", change, "--out", "a.h5"))
            self.assertRegex(result.stderr, r"error: month \d+ \(\d{4}-\d\d\): .*the economy runs away\n +.*" + change.split("=")[0])
            self.assertFalse((self.folder / "a.h5").exists())

    def test_threads_far_beyond_the_processors_are_not_used(self):
        processors = len(os.sched_getaffinity(0))
        result = self.expect(0, self.metier("run", BASELINE, *SMALL, "--out", "a.h5", "--threads", "1000"))
        self.assertIn(f"1000 threads asked for, {max(16, 4 * processors)} are used", result.stderr)

    def test_threads_that_the_system_refuses_are_told(self):
        if b"__asan_init" in pathlib.Path(PROGRAM).read_bytes():
            self.skipTest("the address sanitizer itself needs more room than this limit")

        def bound():  # room for one thread of such a stack, not for three
            resource.setrlimit(resource.RLIMIT_STACK, (1 << 30, resource.getrlimit(resource.RLIMIT_STACK)[1]))
            resource.setrlimit(resource.RLIMIT_AS, (3 << 29, 3 << 29))

        result = self.expect(2, self.metier("run", BASELINE, *SMALL, "--out", "a.h5", "--threads", "4", preexec_fn=bound))
        self.assertRegex(result.stderr, r"error: the system gives [12] of 4 threads: .*\n    ask for fewer with --threads")
        self.assertEqual(list(self.folder.glob("a*")), [])
        result = self.expect(2, self.metier("verify", BASELINE, *SMALL, preexec_fn=bound))
        self.assertRegex(result.stderr, r"error: the system gives [12] of [237] threads: .*\n    verify needs up to 7: raise the limit")


class Tables(InFolder):
    def test_problems_of_tables_name_line_and_column(self):
        cases = {
            "empty.csv": ("", r":1:1: error: is empty"),
            "no_column.csv": ("month,key\n2019-01,gdp\n", r":1:1: error: column 'value' is missing"),
            "near_column.csv": ("month,key,values\n2019-01,gdp,1\n", r":1:1: error: column 'value' is missing\n    did you mean 'values'\?"),
            "ragged.csv": ("month,key,value\n2018-12,gdp,1\n2019-01,gdp\n", r":3:1: error: has 2 fields, the header has 3"),
            "text.csv": ("month,key,value\n2018-12,gdp,many\n", r":2:13: error: 'many' in column 'value' is not a number"),
            "nan.csv": ("month,key,value\n2018-12,gdp,nan\n", r":2:13: error: 'nan' in column 'value' is not a number"),
            "negative.csv": ("month,key,value\n2018-12,gdp,-1\n", r":2:13: error: 'value' is -1, allowed"),
            "month.csv": ("month,key,value\n2018-13,gdp,1\n", r":2:1: error: '2018-13' is not a month"),
            "twice.csv": ("month,key,value\n2018-12,gdp,1\n2018-12,gdp,1\n", r":3:1: error: 'gdp' has two values for one month"),
            "key.csv": ("month,key,value\n2018-12,gdp,1\n2018-12,gpd,1\n", r":3:1: error: unknown key 'gpd'"),
            "late.csv": ("month,key,value\n2030-01,gdp,1\n", r":1:1: error: has no value before 2019-01"),
            "quote.csv": ('month,key,value\n2018-12,"gdp,1\n', r":2:9: error: a quoted field is not closed"),
            "latin1.csv": (b"month,key,value\n2018-12,gd\xe9,1\n", r":2:11: error: is not UTF-8 text"),
            "nul.csv": (b"month,key,value\n2018-12,gdp,1\x002\n", r":2:13: error: '1\\x002' in column 'value' is not a number"),
            "long.csv": ("month,key,value\n2018-12,gdp," + "9" * 1000000 + "\n", r":2:13: error: .*is not a number"),
        }
        names = []
        for name, (content, _) in cases.items():
            self.write(name, content)
            names.append(self.write(name.replace(".csv", ".yaml"), HEAD + f"outside: {{demand_path: {name}}}\n"))
        result = self.expect(3, self.metier("check", *names))
        for name, (_, pattern) in cases.items():
            self.assertRegex(result.stderr, re.escape(name) + pattern)
        self.assertLess(len(result.stderr), 100_000)

    def test_tables_with_other_separators_are_told_once(self):
        """What a French spreadsheet exports, as each of the tables that a scenario may name."""
        verify = ROOT / "scenarios" / "verify"
        self.write("semi.csv", "label;value\nA;0,5\nB;0,5\n")
        self.write("tabs.csv", "label\tvalue\nA\t0.5\n")
        self.write("one.csv", "label\n")
        told = {"semi": "1:6: error: is separated by semicolons, it must be by commas\n    export it as CSV with commas",
                "tabs": "1:6: error: is separated by tabs, it must be by commas"}
        keys = [("v01", f"io.{key}") for key in ("table", "final_demand", "value_added", "criticality", "shocks", "location_quotients",
                                                 "initial_output", "inventory_months")]
        keys += [("v07c", "labour.flows.state"), ("v07c", "labour.flows.mobility"), ("v11", "retail.outlets"), ("v11", "retail.zones"),
                 ("v16", "labour.gravity.origins"), ("v16", "labour.gravity.destinations"), ("v16", "labour.gravity.cost"),
                 (None, "outside.demand_path"), (None, "outside.tilt_path"), (None, "outside.emergency_path"), (None, "labour.minimum_wage")]
        for case, key in keys:
            scenario = BASELINE if case is None else verify / case / ("gravity.yaml" if case == "v16" else "case.yaml")
            for name, message in told.items():
                result = self.expect(3, self.metier("check", scenario, "--set", f"{key}={name}.csv"))
                self.assertEqual(result.stderr.count(f"{name}.csv:"), 1, result.stderr)
                self.assertIn(f"{name}.csv:{message}", result.stderr, key)
        for verb in ("check", "run"):
            result = self.expect(3, self.metier(verb, verify / "v01" / "case.yaml", "--set", "io.table=one.csv"))
            self.assertIn("one.csv:1:1: error: has 0 labels, allowed 2 to 500", result.stderr)

    def test_each_mistake_is_told_without_false_consequences(self):
        case = ROOT / "scenarios" / "verify" / "v04" / "case.yaml"
        for change, message in {
            "io.table=nowhere.csv": "'io.table': file 'nowhere.csv' does not exist",
            "io.table_kind=flow": "'io.table_kind' is flow, allowed",  # not: io.output goes with flows
            "io.inventory_months=many": "'io.inventory_months': file 'many' does not exist",  # not: is needed by ario_psi
            "io.ario.alpha_max=0.5": "'io.ario.alpha_max' is 0.5",
            "space=non": "'space' is non, allowed",
        }.items():
            result = self.expect(3, self.metier("check", case, "--set", change))
            self.assertIn(message, result.stderr)
            self.assertIn("\n1 problem; nothing was run.", result.stderr)

    def test_tables_that_are_too_large_or_wrong_in_every_line(self):
        self.write("many.csv", b"month,key,value\n" + b"2018-12,gdp,x\n" * 200_000)
        self.write("larger.csv", b"month,key,value\n" + b"#" * 100_000_000)
        for name, message in (("many", r"10000 problems or more, the first 100 are shown; nothing was run"), ("larger", "has 100000016 bytes, allowed up to")):
            self.write("s.yaml", HEAD + f"outside: {{demand_path: {name}.csv}}\n")
            result = self.expect(3, self.metier("check", "s.yaml"))
            self.assertRegex(result.stderr, message)
            self.assertLess(len(result.stderr), 100_000)


class DataPacks(InFolder):
    """Other files in the layout of the data pack. Sums of SOURCES.csv are left out, but for the case about them."""

    def pack(self, name, changes, keep_sums=False):
        """A copy of the pack; changes: path -> function of the text, or None to take the file away."""
        shutil.copytree(DATA, self.folder / name, copy_function=os.symlink)
        for path, change in {"SOURCES.csv": (lambda text: text) if keep_sums else self.without_sums, **changes}.items():
            target = self.folder / name / path
            text = target.read_text()
            target.unlink()
            if change is not None:
                target.write_text(change(text))
        return self.write(f"{name}.yaml", HEAD + f"data: {{root: {name}}}\n")

    @staticmethod
    def without_sums(text):
        return re.sub(r"\b[0-9a-f]{64}\b", "", text)

    @staticmethod
    def line(number, change):
        def changed(text):
            lines = text.split("\n")
            lines[number - 1] = change(lines[number - 1])
            return "\n".join(lines)
        return changed

    def test_problems_of_packs(self):
        communes, flows, sectors = "geo/communes_mel.csv", "io/icio2014_FRA_Z_domestic_musd.csv", "model/sectors.csv"
        jobs = "establishments/derived_commune_group6_jobs_2018.csv"
        cases = {
            "file_missing": ({communes: None}, r"geo/communes_mel\.csv: error: cannot be read: No such file"),
            "table_missing": ({sectors: None}, r"model/sectors\.csv: error: cannot be read: No such file"),
            "file_empty": ({sectors: lambda text: ""}, r"model/sectors\.csv:1:1: error: is empty"),
            "header_only": ({communes: lambda text: text.split("\n")[0] + "\n"}, r"communes_mel\.csv"),
            "column_missing": ({sectors: lambda text: text.replace("nonmarket_share", "nonmarket_shares", 1)},
                               r"model/sectors\.csv:1:1: error: column 'nonmarket_share' is missing\n    did you mean 'nonmarket_shares'\?"),
            "ragged": ({communes: self.line(7, lambda row: row + ",1")}, r"communes_mel\.csv:7:1: error: has \d+ fields, the header has \d+"),
            "duplicate_commune": ({communes: self.line(7, lambda row: row + "\n" + row)}, r"communes_mel\.csv:8:\d+: error: .*stands twice"),
            "unknown_commune": ({jobs: self.line(3, lambda row: "59999" + row[5:])}, r"jobs_2018\.csv:3:\d+: error: '59999' is not a commune"),
            "unknown_sector": ({"io/icio2014_FRA_sector_map.csv": lambda text: re.sub(r"(?m)^(D45T47|G),", r"\1X,", text, count=1)}, r"sector_map\.csv"),
            "negative_flow": ({flows: self.line(5, lambda row: row.replace(",", ",-5,", 1).rsplit(",", 1)[0])}, r"Z_domestic_musd\.csv:5:2?\d*:? ?.*flows are not negative"),
            "text_for_a_number": ({flows: self.line(5, lambda row: row.replace(",", ",x,", 1).rsplit(",", 1)[0])}, r"Z_domestic_musd\.csv:5:\d+: error: 'x' in column"),
            "coefficients_of_one": ({flows: self.line(5, lambda row: row.split(",")[0] + "," + ",".join(["9e9"] * (row.count(","))))},
                                    r"coefficients must sum to less than 1"),
            "not_square": ({flows: lambda text: "\n".join(text.split("\n")[:-3]) + "\n"}, r"Z_domestic_musd\.csv:1:1: error: has \d+ rows and \d+ columns"),
            "leaves_the_pack": ({"SOURCES.csv": lambda text: text.replace(",geo/communes_mel.csv,", ",../../etc/passwd,", 1)},
                                r"SOURCES\.csv:\d+:\d+: error: '\.\./\.\./etc/passwd' leaves the data pack"),
            "role_missing": ({"SOURCES.csv": lambda text: text.replace("\ncommunes,", "\ncommune,", 1)}, r"SOURCES\.csv: error: no file has the role 'communes'"),
            "no_sources": ({"SOURCES.csv": None}, r"SOURCES\.csv: error: cannot be read"),
        }
        names = {name: self.pack(name, changes) for name, (changes, _) in cases.items()}
        names["sum"] = self.pack("sum", {communes: lambda text: text + "\n"}, keep_sums=True)
        for name, (_, pattern) in cases.items():  # one by one: of many problems only the first hundred are told
            self.assertRegex(self.expect(4, self.metier("check", names[name])).stderr, pattern, name)
        result = self.expect(4, self.metier("check", names["sum"], names["file_missing"]))
        self.assertRegex(result.stderr, r"sum/geo/communes_mel\.csv: error: is not the file described in .*SOURCES\.csv:\d+: its SHA-256 is")
        self.expect(4, self.metier("run", names["file_missing"], "--out", "a.h5", *SMALL))
        self.assertFalse(list(self.folder.glob("a*")))

    def test_problems_of_all_files_of_a_pack_in_one_pass(self):
        """One in what is read of establishments, one of people, one of the economy."""
        changes = {"establishments/derived_commune_group6_jobs_2018.csv": self.line(3, lambda row: "59999" + row[5:]),
                   "model/anchors.csv": lambda text: text.replace("wages.growth_per_year,0.012", "wages.growth_per_year,x"),
                   "io/icio2014_FRA_Z_domestic_musd.csv": self.line(3, lambda row: row.rsplit(",", 1)[0] + ",x")}
        result = self.expect(4, self.metier("check", self.pack("three", changes)))
        for file in changes:
            self.assertRegex(result.stderr, re.escape(file) + r":\d+:\d+: error: ")

    def test_figures_of_packs_have_ranges(self):
        """file -> (row by its first field, column, what is written, what is told); all in one pass, each told once."""
        figures = [
            ("establishments/comparateur_mel_2018.csv", ("59005",), "P18_POP", "0", "'P18_POP' is 0, allowed 1 to"),
            ("establishments/comparateur_mel_2018.csv", ("59009",), "P18_ACT1564", "NA", "'NA' in column 'P18_ACT1564' is not a number"),
            ("establishments/comparateur_mel_2018.csv", ("59011",), "MED19", "", "'' in column 'MED19' is not a number"),
            ("geo/communes_mel.csv", ("59005",), "ze2020", "3216.5", "'ze2020' is 3216.5, it must be a whole number"),
            ("geo/distance_matrix_mel.csv", ("59005", "59009"), "dist_km", "0", "'dist_km' is 0, allowed 0.001 to"),
            ("geo/ring_communes.csv", ("ZE3205",), "active_15_64_2018", "NA", "'NA' in column 'active_15_64_2018' is not a number"),
            ("geo/ring_communes.csv", ("ZE3204",), "jobs_2018", "-1", "'jobs_2018' is -1, allowed 0 to"),
            ("geo/ring_communes.csv", ("ZE3208",), "unemployed_15_64_2018", "99999", "more unemployed than active residents"),
            ("io/icio2014_FRA_accounts_musd.csv", ("A01_02",), "value_added", "-5000", "'value_added' is -5000, allowed 0 to"),
            ("io/icio2014_FRA_accounts_musd.csv", ("A03",), "output", "NA", "'NA' in column 'output' is not a number"),
            ("model/criticality.csv", ("AZ",), "CK", "2", "criticality is 2, allowed 0, 0.5, 1"),
            ("model/goods.csv", ("AZ",), "inventory_days", "-1", "'inventory_days' is -1, allowed 0 to"),
            ("model/zones.csv", ("REST",), "in_commuters", "-5", "'in_commuters' is -5, allowed 0 to"),
            ("model/occupations.csv", ("A_high",), "level", "top", "'top' is not a level"),
        ]
        def changed(file):
            def change(text):
                head, *body = csv.reader(text.splitlines())
                for row in body:
                    for _, key, column, value, _ in (f for f in figures if f[0] == file):
                        if tuple(row[:len(key)]) == key:
                            row[head.index(column)] = value
                lines = io.StringIO()
                csv.writer(lines, lineterminator="\n").writerows([head, *body])
                return lines.getvalue()
            return change
        result = self.expect(4, self.metier("check", self.pack("odd", {file: changed(file) for file, *_ in figures})))
        for file, _, column, _, message in figures:
            told = re.findall(rf"{re.escape(file)}:\d+:\d+: error: {re.escape(message)}", result.stderr)
            self.assertEqual(len(told), 1, f"{file} {column}\n{result.stderr}")

    def test_a_commune_that_stands_twice_is_no_missing_row_elsewhere(self):
        name = self.pack("twice", {"geo/communes_mel.csv": self.line(7, lambda row: row + "\n" + row)})
        result = self.expect(4, self.metier("check", name))
        self.assertRegex(result.stderr, r"communes_mel\.csv:8:1: error: commune '59\d{3}' stands twice")
        self.assertIn("\n1 problem; nothing was run.", result.stderr)

    def test_lists_that_cannot_be_read_or_repeat_a_code_are_told_once(self):
        """Other files are full of the codes of these lists: none of them is wrong."""
        lists = {"model/goods.csv": 5, "model/sectors.csv": 5, "model/occupations.csv": 5, "model/zones.csv": 3, "model/retail.csv": 3,
                 "model/naf.csv": 5, "geo/communes_mel.csv": 7, "SOURCES.csv": 3}
        changes = {
            "twice": (lambda row: row + "\n" + row, r":1: error: .* stands twice, first on line"),
            "quote": (lambda row: row + ',"', r":\d+: error: (a quoted field is not closed|has \d+ fields)"),  # it may end at another quote
            "ragged": (lambda row: row + ",1", r":1: error: has \d+ fields, the header has \d+"),
        }
        for file, number in lists.items():
            for name, (change, message) in changes.items():
                result = self.expect(4, self.metier("check", self.pack(name, {file: self.line(number, change)})))
                self.assertRegex(result.stderr, rf"(?m)^{name}/{re.escape(file)}:\d+{message}")
                self.assertEqual(set(re.findall(r"(?m)^(\S+?):.*error: ", result.stderr)), {f"{name}/{file}"}, result.stderr)
                if name != "quote":
                    self.assertIn("\n1 problem; nothing was run.", result.stderr)
                shutil.rmtree(self.folder / name)

    def test_a_pack_with_semicolons(self):
        for file in ("SOURCES.csv", "model/anchors.csv", "model/goods.csv", "geo/distance_matrix_mel.csv", "io/icio2014_FRA_Z_domestic_musd.csv"):
            name = self.pack("semi", {file: lambda text: text.replace(",", ";")})
            result = self.expect(4, self.metier("check", name))
            self.assertEqual(len(re.findall(re.escape(file) + r":1:\d+: error: is separated by semicolons", result.stderr)), 1, result.stderr)
            if file == "model/anchors.csv":  # its figures are unknown, not 0
                self.assertIn("\n1 problem; nothing was run.", result.stderr)
            shutil.rmtree(self.folder / "semi")

    def test_missing_rows_are_not_zeros(self):
        """A row less in each table that must be whole: all are named in one pass, each once, whatever the number of its readers."""
        files = ("model/criticality.csv", "model/retail_goods.csv", "model/sector_mix.csv", "model/occupation_facts.csv",
                 "io/icio2014_FRA_sector_map.csv", "establishments/derived_location_quotients_group6.csv",
                 "establishments/comparateur_mel_2018.csv")
        changes = {file: lambda text: "\n".join(line for k, line in enumerate(text.split("\n")) if k != 2) for file in files}
        name = self.pack("less", changes)
        self.write("again.yaml", HEAD + "data: {root: less}\n")  # the same pack in two scenarios of one check
        result = self.expect(4, self.metier("check", name, "again.yaml"))
        self.assertNotIn("valid", result.stdout)
        for file in files:
            told = re.findall(re.escape(file) + r":1:1: error: 1 of \d+ rows are missing, there must be one for each .*: '.*'", result.stderr)
            self.assertEqual(len(told), 1, f"{file}\n{result.stderr}")

    def test_lists_of_a_pack_that_are_missing_empty_or_headers(self):
        for file in ("model/goods.csv", "model/zones.csv", "model/sectors.csv", "geo/communes_mel.csv", "model/occupations.csv", "SOURCES.csv"):
            for change in (None, lambda text: "", lambda text: text.split("\n")[0] + "\n"):
                name = self.pack("broken", {file: change})
                self.assertIn(file, self.expect(4, self.metier("check", name)).stderr)
                shutil.rmtree(self.folder / "broken")

    def test_a_folder_without_a_pack(self):
        (self.folder / "nothing").mkdir()
        self.write("s.yaml", HEAD + "data: {root: nothing}\n")
        self.assertIn("SOURCES.csv: error: cannot be read", self.expect(4, self.metier("check", "s.yaml")).stderr)
        self.write("t.yaml", HEAD + "data: {root: nowhere}\n")
        self.assertIn("t.yaml:3:14: error: 'data.root': folder 'nowhere' does not exist", self.expect(3, self.metier("check", "t.yaml")).stderr)


    def test_a_smaller_territory_is_fine(self):
        """Twelve communes, each with all their rows: nothing of the whole metropolis is expected."""
        shutil.copytree(DATA, self.folder / "pack")
        with open(DATA / "geo" / "communes_mel.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        every = {row["insee"] for row in rows}
        kept = {row["insee"] for row in sorted(rows, key=lambda row: -float(row["pop_rp2018"]))[1:13]}
        for path in (self.folder / "pack").rglob("*.csv"):
            with open(path, newline="", encoding="utf-8") as file:
                head, *body = csv.reader(file)
            codes = [k for k, name in enumerate(head) if name in ("insee", "insee_from", "insee_to")]
            if not codes or path.name == "ring_communes_members.csv":
                continue
            body = [row for row in body if all(row[k] in kept or row[k] not in every for k in codes)]
            if path.name == "communes_mel.csv":
                for row in body:
                    row[-1] = "|".join(code for code in row[-1].split("|") if code in kept)
            with open(path, "w", newline="", encoding="utf-8") as file:
                csv.writer(file, lineterminator="\n").writerows([head, *body])
        sources = self.folder / "pack" / "SOURCES.csv"
        sources.write_text(self.without_sums(sources.read_text()))
        self.write("s.yaml", HEAD + "data: {root: pack}\nscale: {factor: 0.05}\nrun: {months: 2}\n")
        self.expect(0, self.metier("run", "s.yaml", "--out", "a.h5", "--quiet"))
        rows = self.expect(0, self.metier("export", "a.h5", "--indicator", "consumption")).stdout.splitlines()
        self.assertEqual({row.split(",")[1] for row in rows[1:]}, kept)


class Files(InFolder):
    """Damaged checkpoints and run files: exit code 4, or the very same result where the damage is in a byte that nobody reads."""

    def setUp(self):
        super().setUp()
        self.expect(0, self.metier("run", BASELINE, "--out", "a.h5", "--checkpoint-every", "1", "--quiet", *SMALL))

    def spread(self, size, count):
        step = max(1, size // count)
        return sorted({0, 8, 12, 16, 24, 40, *range(step // 2, size, step), size - 1})

    def each(self, function, values):
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for outcome in pool.map(function, values):
                outcome()

    def flipped(self, good, at, name):
        bad = bytearray(good)
        bad[at] ^= 1 << (at % 8)
        self.write(name, bytes(bad))
        return name

    def test_bits_of_a_checkpoint(self):
        good = (self.folder / "a.ckpt").read_bytes()

        def attempt(at):
            result = self.metier("resume", self.flipped(good, at, f"{at}.ckpt"), "--out", f"{at}.h5", "--quiet")
            (self.folder / f"{at}.ckpt").unlink()

            def judge():
                self.expect(4, result)
                self.assertRegex(result.stderr, rf"{at}\.ckpt: error: ")
                self.assertFalse((self.folder / f"{at}.h5").exists())
            return judge

        self.each(attempt, self.spread(len(good), 20))
        for size in (0, 1, 7, 20, len(good) // 2, len(good) - 1):
            self.write("cut.ckpt", good[:size])
            self.assertIn("cut.ckpt: error", self.expect(4, self.metier("resume", "cut.ckpt", "--out", "cut.h5")).stderr)
        self.write("longer.ckpt", good + b"more")
        self.expect(4, self.metier("resume", "longer.ckpt", "--out", "cut.h5"))
        self.assertFalse(list(self.folder.glob("cut.h5*")))

    def test_bits_of_a_run_file(self):
        good = (self.folder / "a.h5").read_bytes()
        what = ["--indicator", "employment"]
        wanted = self.expect(0, self.metier("export", "a.h5", *what)).stdout

        def attempt(at):
            result = self.metier("export", self.flipped(good, at, f"{at}.h5"), *what)
            (self.folder / f"{at}.h5").unlink()

            def judge():
                if result.returncode == 0:
                    self.assertEqual(result.stdout, wanted, f"byte {at} changed the numbers, and nobody noticed")
                else:
                    self.assertRegex(self.expect(4, result).stderr, rf"{at}\.h5: error: ")
            return judge

        self.each(attempt, self.spread(len(good), 40))
        for size in (0, 1, 100, 2000, len(good) // 2, len(good) - 1):
            self.write("cut.h5", good[:size])
            for verb in (["export", "cut.h5", *what], ["export", "cut.h5"], ["diff", "cut.h5", "a.h5"], ["diff", "a.h5", "cut.h5"]):
                self.assertIn("cut.h5: error", self.expect(4, self.metier(*verb)).stderr)

    def test_files_of_the_wrong_kind(self):
        self.write("text.h5", "hello\n" * 1000)
        (self.folder / "folder.h5").mkdir()
        for name in ("text.h5", "folder.h5", "a.ckpt", "nowhere.h5", BASELINE):
            self.expect(4, self.metier("export", name))
            self.expect(4, self.metier("diff", "a.h5", name))
        for name in ("a.h5", BASELINE, "folder.h5", "nowhere.ckpt"):
            self.expect(4, self.metier("resume", name))
        for name in ("a.h5", "a.ckpt", "folder.h5"):
            self.assertIn("error", self.expect(3, self.metier("check", name)).stderr)

    def test_nothing_to_resume(self):
        before = (self.folder / "a.h5").stat()
        self.assertIn("nothing to resume: ", self.expect(0, self.metier("resume", "a.ckpt")).stdout)
        self.assertEqual((self.folder / "a.h5").stat().st_mtime_ns, before.st_mtime_ns)
        self.expect(0, self.metier("resume", "a.ckpt", "--out", "b.h5", "--quiet"))
        self.assertEqual((self.folder / "a.h5").read_bytes(), (self.folder / "b.h5").read_bytes())
        self.expect(0, self.metier("run", BASELINE, "--out", "a.h5", "--seed", "7", "--force", "--quiet", *SMALL))
        self.assertIn("already exists", self.expect(2, self.metier("resume", "a.ckpt")).stderr)  # another run has its place


class Disk(InFolder):
    """A disk that fills, as a limit on the size of files: early in the run, at a checkpoint, while the run file is written."""

    def test_a_full_disk_at_any_time(self):
        self.expect(0, self.metier("run", BASELINE, "--out", "whole.h5", "--quiet", *SMALL))
        size = (self.folder / "whole.h5").stat().st_size
        for limit in (0, 2000, size // 2, size - 1):
            def bound(limit=limit):
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

            # The thread sanitizer writes a file of its own to TMPDIR before main(), where it can.
            result = self.expect(5, self.metier("run", BASELINE, "--out", "a.h5", *SMALL, preexec_fn=bound,
                                             env={**os.environ, "TMPDIR": "/nowhere"}))
            self.assertIn("no room left", result.stderr, limit)
            self.assertIn("stopped.", result.stderr)
            self.assertEqual([path.name for path in self.folder.glob("a*")], [], limit)

    def test_a_run_that_is_killed_leaves_the_whole_file_or_none(self):
        whole = None
        for delay in (0.05, 0.15, 0.25, 0.35, 0.5, 5.0):
            run = subprocess.Popen([PROGRAM, "run", str(BASELINE), "--out", "a.h5", "--force", "--quiet", *SMALL, "--root", str(ROOT)], cwd=self.folder)
            try:
                run.wait(delay if delay < 5 else 240)
            except subprocess.TimeoutExpired:
                run.send_signal(signal.SIGKILL)
                run.wait()
            if (self.folder / "a.h5").exists():
                self.expect(0, self.metier("export", "a.h5", "--indicator", "employment"))
                whole = whole or (self.folder / "a.h5").read_bytes()
                self.assertEqual((self.folder / "a.h5").read_bytes(), whole)
                (self.folder / "a.h5").unlink()
        self.assertIsNotNone(whole, "the last run was not killed")


class Arguments(InFolder):
    def test_wrong_words_have_a_suggestion(self):
        cases = {
            ("rn", "s.yaml"): "'rn' is not a verb; did you mean 'run'?",
            ("scenarios/baseline.yaml",): "is not a verb; allowed: run, resume",
            ("run", "s.yaml", "--moths", "3"): "'--moths' is not an option of run; did you mean '--months'?",
            ("export", "a.h5", "--to", "geojson"): "maps (geojson) are not written by this version; allowed: csv",
            ("export", "a.h5", "--to", "xlsx"): "'xlsx' is not a format; allowed: csv",
            ("run", "s.yaml", "--out", ""): "argument 4 is empty",
            ("describe", "wheather"): "wheather not in",
        }
        for arguments, message in cases.items():
            result = subprocess.run([PROGRAM, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)
            self.assertIn(message, self.expect(2, result).stderr)
            self.assertIn("--help", result.stderr)
        result = subprocess.run([PROGRAM], cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)
        self.assertIn("a verb is needed: run, resume, check", self.expect(2, result).stderr)

    def test_numbers_that_are_out_of_range(self):
        for months in ("0", "-1", "2401", "99999999999999999999", "many"):
            said = self.expect(2, self.metier("run", BASELINE, "--checkpoint-every", months)).stderr
            self.assertLess(len(said), 300, said)
        self.assertIn("0 not in range 1 to 2400", self.expect(2, self.metier("run", BASELINE, "--checkpoint-every", "0")).stderr)

    def test_a_folder_that_has_a_scenario_already(self):
        self.expect(0, self.metier("init", "mine"))
        said = self.expect(2, self.metier("init", "mine")).stderr
        self.assertIn("this file already exists\n    use --force to replace it, or choose another folder", said)
        self.assertNotIn("--out", said)

    def test_threads_that_the_cluster_names_wrongly_are_told(self):
        for text in ("abc", "0", "-3", "4x", "100000", ""):
            env = {**os.environ, "SLURM_CPUS_PER_TASK": text}
            said = self.expect(0, self.metier("describe", "population", BASELINE, "--scale", "0.01", env=env)).stderr
            self.assertIn(f"warning: SLURM_CPUS_PER_TASK is '{text}', no number of threads from 1 to 1024; the number of processors is used: ", said)
        env = {**os.environ, "SLURM_CPUS_PER_TASK": "2"}
        self.assertEqual(self.expect(0, self.metier("describe", "population", BASELINE, "--scale", "0.01", env=env)).stderr, "")

    def test_scenarios_of_the_repository_from_another_folder(self):
        self.assertIn("scenarios/baseline.yaml: valid", self.expect(0, self.metier("check", "scenarios/baseline.yaml")).stdout)
        self.write("scenarios/baseline.yaml", "schema: 1\nextends: scenarios/baseline.yaml\nrun: {name: own}\n")
        self.assertIn("'own' simulates", self.expect(0, self.metier("explain", "scenarios/baseline.yaml")).stdout)
        self.assertIn("cannot be read", self.expect(3, self.metier("check", "scenarios/nowhere.yaml")).stderr)

    def test_folders_that_cannot_be_made(self):
        self.write("file", "")
        for verb in (["init", "file/x"], ["init", "/proc/x"], ["run", BASELINE, "--out", "file/a.h5"]):
            self.expect(2, self.metier(*verb))


if __name__ == "__main__":
    if not os.access(PROGRAM, os.X_OK):
        sys.exit(f"no program {PROGRAM}")
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
