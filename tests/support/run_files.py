"""Runs the program and reads what it wrote through `metier export`, so that a test needs nothing but Python.

    import sys, pathlib
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
    import run_files
"""

import csv
import io
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BASELINE = ROOT / "scenarios" / "baseline.yaml"


class Program:
    """`metier` of one build. A call that does not end with the expected exit code is an error that shows what it printed."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def __call__(self, *arguments, exit_code=0, timeout=1500, **options):
        command = [str(self.path), *map(str, arguments), "--root", str(ROOT)]
        result = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False, **options)
        if result.returncode != exit_code:
            raise AssertionError(f"{' '.join(command)}\nexit code {result.returncode} instead of {exit_code}\n{result.stdout}\n{result.stderr}")
        return result

    def run(self, out, *arguments, scenario=BASELINE):
        self("run", scenario, "--out", out, "--quiet", *arguments)
        return out

    def table(self, path, name):
        """Rows of a long table ("ledger/totals") state hashes ("hashes") or parameters, as dictionaries of texts."""
        return list(csv.DictReader(io.StringIO(self("export", path, "--table", name).stdout)))

    def parameters(self, path):
        """{"labour.separation_rate": "0.011"}: what the run used."""
        return {row["parameter"]: row["value"] for row in self.table(path, "parameters")}

    def indicator(self, path, name):
        """{date: {(codes of the dimensions): number, or None where there is no value}}"""
        rows = csv.reader(io.StringIO(self("export", path, "--indicator", name).stdout))
        next(rows)
        values = {}
        for date, *codes, number in rows:
            values.setdefault(date, {})[tuple(codes)] = float(number) if number else None
        return values
