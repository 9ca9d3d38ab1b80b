"""The state at t = 0 in the run file, after the burn-in, against the data pack; the same rates and shares at a tenth of the size.

    population_test.py PROGRAM BUILD_FOLDER [unittest arguments]
"""

import csv
import math
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import run_files  # noqa: E402

metier = run_files.Program(sys.argv[1])
RUN = pathlib.Path(sys.argv[2]) / "baseline_full_scale.h5"  # of the test `baseline_run`
START = "2018-12-31"


def data(name):
    with open(run_files.ROOT / "scenarios" / "data" / name, encoding="utf-8") as file:
        return {row["insee"]: row for row in csv.DictReader(file)}


def at_start(path, name):
    return metier.indicator(path, name)[START]


def sums(cells, axis):
    found = {}
    for codes, value in cells.items():
        found[codes[axis]] = found.get(codes[axis], 0.0) + value
    return found


class Margins(unittest.TestCase):
    def test_establishments_by_commune_are_exact(self):
        employers, others = data("establishments/comparateur_mel_2018.csv"), data("establishments/establishments_by_size_mel_2014.csv")
        obtained = sums(at_start(RUN, "establishments"), 0)
        asked = {commune: float(employers[commune]["ETTOT18"]) + float(others[commune]["size_0_or_nd"]) for commune in employers}
        self.assertEqual(obtained, asked)
        self.assertEqual((len(asked), sum(asked.values())), (95, 32252 + 47165))

    def test_jobs_by_commune_within_half_a_percent(self):
        obtained = sums(at_start(RUN, "employment"), 0)
        asked = {commune: float(row["jobs_2018"]) for commune, row in data("timeseries/mel_jobs_by_commune_2013_2016_2018.csv").items()}
        self.assertEqual(set(obtained), set(asked))
        for commune, jobs in asked.items():
            # Employees and owners are whole persons each: small communes cannot be nearer than two.
            self.assertLessEqual(abs(obtained[commune] - jobs), max(0.005 * jobs, 2.0), commune)
        total = sum(asked.values())
        self.assertLessEqual(abs(sum(obtained.values()) - total), 0.001 * total)

    def test_people_within_a_tenth_of_a_percent(self):
        """Commuters as published for the census of 2022, shares applied to 2018; the unemployed in the ILO sense by lot."""
        jobs = sum(at_start(RUN, "employment").values())
        arriving, leaving = sum(at_start(RUN, "in_commuters").values()), sum(at_start(RUN, "out_commuters").values())
        self.assertLessEqual(abs(arriving - 0.231686 * jobs), 0.001 * arriving)
        residents_at_work = jobs - arriving + leaving
        self.assertLessEqual(abs(leaving / residents_at_work - 0.124772), 0.001 * 0.124772 + 1e-5)
        census = data("establishments/comparateur_mel_2018.csv")
        without = sum(float(row["P18_CHOM1564"]) for row in census.values())
        unemployed = sum(at_start(RUN, "unemployed").values())
        share = 0.629  # labour.ilo_share of the baseline
        self.assertLess(abs(unemployed - share * without), 5 * math.sqrt(without * share * (1 - share)))  # false alarm 6e-7

    def test_what_must_be_exact_is_and_nothing_is_missed(self):
        text = metier("describe", "population").stdout
        self.assertNotIn("NOT MET", text)
        lines = {line[: line.index("  ")]: line for line in text.split("\n\nassumptions")[0].split("\n")[1:] if line}
        for margin in ("employers by commune and group", "employers by commune and size", "units without employees by commune",
                       "salaried jobs by commune", "self-employed by commune"):
            self.assertRegex(lines[margin], r" 0  exact", margin)
        for margin in ("population", "employers", "salaried jobs", "self-employed", "jobs", "active residents of 15-64",
                       "unemployed residents (census)", "in-commuters", "residents working outside"):
            self.assertIn("within 0.1 %", lines[margin])
        self.assertGreater(text.split("\n\nassumptions")[1].count("\n  "), 20)


class Scale(unittest.TestCase):
    """Case V24 for the start: rates and shares at a tenth of the size, within 3 standard errors of the smaller sample and one person."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="metier-population-")
        cls.small = metier.run(pathlib.Path(cls.scratch.name) / "small.h5", "--scale", "0.1", "--months", 1)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def check(self, what, small, of_small, full, of_full):
        expected, obtained = full / of_full, small / of_small
        error = math.sqrt(expected * (1 - expected) / of_small)
        self.assertLess(abs(obtained - expected), 3 * error + 1 / of_small, f"{what}: {obtained:.5f}, at full size {expected:.5f}")

    def count(self, path):
        total = lambda name: sum(at_start(path, name).values())
        jobs, arriving, leaving = total("employment"), total("in_commuters"), total("out_commuters")
        return {"jobs": jobs, "in": arriving, "out": leaving, "residents": jobs - arriving + leaving, "unemployed": total("unemployed"),
                "sites": total("establishments"), "vacancies": total("vacancies")}

    def test_size(self):
        small, full = self.count(self.small), self.count(RUN)
        for name in ("jobs", "sites", "in", "out"):
            self.assertLess(abs(small[name] / full[name] - 0.1), 0.0001, name)

    def test_rates(self):
        small, full = self.count(self.small), self.count(RUN)
        for part, whole in (("in", "jobs"), ("out", "residents")):
            self.check(part, small[part], small[whole], full[part], full[whole])
        self.check("unemployed", small["unemployed"], small["unemployed"] + small["residents"], full["unemployed"],
                   full["unemployed"] + full["residents"])
        self.check("vacancies", small["vacancies"], small["vacancies"] + small["jobs"], full["vacancies"], full["vacancies"] + full["jobs"])

    def test_shares(self):
        for name in ("establishments_by_size", "unemployed_by_age", "in_commuters"):
            small, full = at_start(self.small, name), at_start(RUN, name)
            for cell in full:
                self.check(f"{name} {cell}", small[cell], sum(small.values()), full[cell], sum(full.values()))
        for name, axis in (("employment", 0), ("establishments", 1), ("unemployed", 0)):
            small, full = sums(at_start(self.small, name), axis), sums(at_start(RUN, name), axis)
            for cell in full:
                self.check(f"{name} {cell}", small[cell], sum(small.values()), full[cell], sum(full.values()))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
