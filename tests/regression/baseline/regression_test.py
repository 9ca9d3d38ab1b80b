"""Did any number of the baseline move since the stored reference?

    regression_test.py PROGRAM                        compare (the test)
    regression_test.py PROGRAM --update-reference     write reference.csv anew; values inside the tolerance are kept as they are

A reference changes in a commit of its own that says which numbers moved, how far and why.

The baseline at a fiftieth of its size over 24 months: of every monthly indicator, at t = 0 and after 1, 12 and 24 months, the sum of
its cells and the sum of cells weighted by their place (1 + k mod 7), so that what moves from cell to cell shows too.
"""

import csv
import math
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import run_files  # noqa: E402

REFERENCE = pathlib.Path(__file__).with_name("reference.csv")
MONTHS = (0, 1, 12, 24)
TOLERANCE = 1e-6  # relative: indicators are stored with 7 digits


def measure(program):
    metier = run_files.Program(program)
    found = {}
    with tempfile.TemporaryDirectory(prefix="metier-regression-") as folder:
        path = metier.run(pathlib.Path(folder) / "run.h5", "--scale", "0.02", "--months", MONTHS[-1])
        names = [line.split()[1] for line in metier("export", path).stdout.split("\n") if line.startswith("--indicator")]
        for name in names:
            if "/" in name:
                continue
            table = metier.indicator(path, name)
            for month, date in ((month, sorted(table)[month]) for month in MONTHS):
                values = [(k, value) for k, value in enumerate(table[date].values()) if value is not None]
                found[name, date] = (math.fsum(value for _, value in values), math.fsum((1 + k % 7) * value for k, value in values), len(values))
    return found


def read_reference():
    with open(REFERENCE, encoding="utf-8") as file:
        return {(row["indicator"], row["time"]): (float(row["sum"]), float(row["weighted_sum"]), int(row["values"])) for row in csv.DictReader(file)}


def same(a, b):
    return a[2] == b[2] and all(math.isclose(x, y, rel_tol=TOLERANCE, abs_tol=1e-12) for x, y in zip(a[:2], b[:2]))


def main():
    found = measure(sys.argv[1])
    kept = read_reference() if REFERENCE.exists() else {}
    if sys.argv[2:] == ["--update-reference"]:
        with open(REFERENCE, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["indicator", "time", "sum", "weighted_sum", "values"])
            for (name, date), value in found.items():
                old = kept.get((name, date))
                total, weighted, count = old if old is not None and same(old, value) else value
                writer.writerow([name, date, f"{total:.9g}", f"{weighted:.9g}", count])
        return 0
    moved = [f"{name} {date}: reference {kept.get((name, date))}, now {found.get((name, date))}"
             for name, date in sorted(set(found) | set(kept))
             if (name, date) not in found or (name, date) not in kept or not same(found[name, date], kept[name, date])]
    print(f"{len(found)} numbers compared, {len(moved)} moved")
    print("\n".join(moved[:40]))
    if moved:
        print("If this is meant: regression_test.py PROGRAM --update-reference, in a commit that says which numbers moved and why")
    return 1 if moved else 0


if __name__ == "__main__":
    sys.exit(main())
