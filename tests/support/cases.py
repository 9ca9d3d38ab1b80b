"""Verification cases run from outside, as somebody with tables of his own runs them: scenario and CSV in, exported CSV out.

    import sys, pathlib
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
    import cases
"""

import csv
import io
import pathlib
import shutil
import sys
import tempfile
import unittest

import run_files

FOLDER = run_files.ROOT / "scenarios" / "verify"
PROGRAM = run_files.Program(sys.argv[1])


class InFolder(unittest.TestCase):
    """Every test works in a folder of its own."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="metier-verify-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def metier(self, *arguments, exit_code=0):
        return PROGRAM(*arguments, exit_code=exit_code, cwd=self.folder)

    def run_case(self, case, *changes, out="r.h5"):
        """Runs a case with `key=value` changes."""
        sets = [word for change in changes for word in ("--set", change)]
        self.metier("run", FOLDER / case, *sets, "--out", out, "--force", "--quiet")

    def export(self, indicator, file="r.h5"):
        return list(csv.reader(io.StringIO(self.metier("export", file, "--to", "csv", "--indicator", indicator).stdout)))

    def months(self, indicator, file="r.h5"):
        """Values by month: entry 0 is t = 0 (None where it has no value), then one list over the sectors per month."""
        months = {}
        for row in self.export(indicator, file)[1:]:
            months.setdefault(row[0], []).append(float(row[-1]) if row[-1] else None)
        return list(months.values())

    def write(self, name, *rows):
        with open(self.folder / name, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        return self.folder / name

    def write_values(self, name, labels, values):
        return self.write(name, ("label", "value"), *((label, repr(value)) for label, value in zip(labels, values)))

    def write_matrix(self, name, labels, matrix):
        rows = ([label, *map(repr, row)] for label, row in zip(labels, matrix))
        return self.write(name, ["", *labels], *rows)

    def refused(self, case, changes, *told):
        """The scenario is refused with exit code 3, and every one of these texts is told in that one pass."""
        sets = [word for change in changes for word in ("--set", change)]
        result = self.metier("run", FOLDER / case, *sets, "--out", "refused.h5", exit_code=3)
        for text in told:
            self.assertIn(text, result.stderr)
        self.assertFalse((self.folder / "refused.h5").exists())

    def assert_close(self, got, wanted, tolerance, what=""):
        """Absolute tolerance, entry by entry."""
        self.assertEqual(len(got), len(wanted), what)
        for k, (a, b) in enumerate(zip(got, wanted)):
            self.assertLessEqual(abs(a - b), tolerance, f"{what}[{k}]: {a!r} is not {b!r} within {tolerance}")


def read_values(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {row["label"]: float(row["value"]) for row in csv.DictReader(file)}


def solve(matrix, right):
    """Elimination with pivots, in plain Python: independent of the program."""
    n = len(right)
    rows = [[float(cell) for cell in row] + [float(right[k])] for k, row in enumerate(matrix)]
    for k in range(n):
        pivot = max(range(k, n), key=lambda r: abs(rows[r][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for r in range(n):
            if r == k or rows[r][k] == 0.0:
                continue
            factor = rows[r][k] / rows[k][k]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[k])]
    return [rows[k][n] / rows[k][k] for k in range(n)]


def leontief(matrix, demand):
    """(I - A)^-1 f."""
    n = len(demand)
    return solve([[(i == j) - matrix[i][j] for j in range(n)] for i in range(n)], demand)


def times(matrix, vector):
    return [sum(cell * value for cell, value in zip(row, vector)) for row in matrix]
