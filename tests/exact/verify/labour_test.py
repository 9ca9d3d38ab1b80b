"""Case V7: the null models of the labour market and the stability of its full form.

    labour_test.py PROGRAM [unittest arguments]
"""

import csv
import io
import math
import pathlib
import random
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import cases

FALSE_ALARM = 4.9  # standard errors: probability 1e-6 each


class TwoState(cases.InFolder):
    def check(self, s, f, persons, months, *changes):
        self.run_case("v07a/case.yaml", *changes)
        u = [row[0] for row in self.months("unemployment_rate")]
        self.assertEqual(len(u), months + 1)
        self.assertEqual(u[0], 0.0)
        # One month given the last: unemployed who stay, jobs that end and find none, both binomial.
        for before, now in zip(u, u[1:]):
            stay, lost = 1.0 - f, s * (1.0 - f)
            mean = before * stay + (1.0 - before) * lost
            variance = (before * stay * (1.0 - stay) + (1.0 - before) * lost * (1.0 - lost)) / persons
            self.assertLess(abs(now - mean), 5.5 * math.sqrt(variance) + 1e-12, f"u = {before}")
        # The mean of the settled months; they are correlated by r.
        rest = s * (1.0 - f) / (s * (1.0 - f) + f)
        r = (1.0 - s) * (1.0 - f)
        settled = u[120:]
        error = math.sqrt(rest * (1.0 - rest) / persons / len(settled) * (1.0 + r) / (1.0 - r))
        mean = sum(settled) / len(settled)
        self.assertLess(abs(mean - rest), FALSE_ALARM * error, f"s={s} f={f} persons={persons}")
        return mean, error

    def test_the_order_of_the_phases(self):
        mean, error = self.check(0.015, 0.12, 100000, 360)
        self.assertLess(abs(mean - 0.099099), FALSE_ALARM * error + 5e-7)  # as printed
        self.assertGreater(abs(mean - 0.111111), 50 * error)  # the same stocks for both would give this

    def test_flows_close_the_stocks(self):
        self.run_case("v07a/case.yaml", "run.months=24")
        u = [round(100000 * row[0]) for row in self.months("unemployment_rate")]
        hires, separations = self.months("hires"), self.months("separations")
        self.assertEqual(hires[0], [None])
        for t in range(1, 25):
            self.assertEqual(u[t] - u[t - 1], separations[t][0] - hires[t][0])

    def test_other_rates(self):
        self.check(0.03, 0.4, 20000, 240, "labour.separation_rate=0.03", "labour.finding_rate=0.4", "labour.persons=20000",
                   "run.months=240", "run.seed=5")

    def test_rates_of_nobody_and_everybody(self):
        self.run_case("v07a/case.yaml", "labour.separation_rate=1", "labour.finding_rate=0", "run.months=3", "labour.persons=50")
        self.assertEqual([row[0] for row in self.months("unemployment_rate")], [0.0, 1.0, 1.0, 1.0])
        self.run_case("v07a/case.yaml", "labour.separation_rate=1", "labour.finding_rate=1", "run.months=3", "labour.persons=50")
        self.assertEqual([row[0] for row in self.months("unemployment_rate")], [0.0, 0.0, 0.0, 0.0])


class UrnBall(cases.InFolder):
    def check(self, applications, vacancies, *changes):
        self.run_case("v07b/case.yaml", *changes)
        hires = [row[0] for row in self.months("hires")[1:]]
        n, a, v = len(hires), applications, vacancies
        mean = v * (1.0 - (1.0 - 1.0 / v) ** a)
        variance = v * (v - 1) * (1.0 - 2.0 / v) ** a + v * (1.0 - 1.0 / v) ** a - v * v * (1.0 - 1.0 / v) ** (2 * a)
        got = sum(hires) / n
        self.assertLess(abs(got - mean), 3.0 * math.sqrt(variance / n), f"{a} applications, {v} vacancies")
        spread = sum((h - got) ** 2 for h in hires) / (n - 1)
        self.assertLess(abs(spread / variance - 1.0), 6.0 * math.sqrt(2.0 / n))
        return mean, n

    def test_two_thousand_replicates(self):
        mean, n = self.check(1000, 800)
        self.assertEqual(n, 2000)
        self.assertAlmostEqual(mean, 570.9753073252, delta=1e-9)

    def test_other_urns(self):
        self.check(60, 300, "labour.urn.applications=60", "labour.urn.vacancies=300", "run.seed=3")
        self.check(500, 90, "labour.urn.applications=500", "labour.urn.vacancies=90", "run.months=500")


def flows(state, mobility, months, delta_u=0.0103, delta_v=0.0077, gamma_u=0.103, gamma_v=0.103):
    """The equations of the page, month by month: (employed, unemployed, vacancies)."""
    labels = list(state)
    e, u, v, d = ({i: state[i][k] for i in labels} for k in range(4))
    for _ in range(months):
        w = {i: delta_u * e[i] + (1 - delta_u) * gamma_u * max(0.0, e[i] + v[i] - d[i]) for i in labels}
        n = {i: delta_v * e[i] + (1 - delta_v) * gamma_v * max(0.0, d[i] - e[i] - v[i]) for i in labels}
        q = {}
        for i in labels:
            reach = math.fsum(v[j] * mobility[i][j] for j in labels)
            q[i] = {j: v[j] * mobility[i][j] / reach if reach > 0.0 else 0.0 for j in labels}
        f = {i: {} for i in labels}
        for j in labels:
            s = math.fsum(u[i] * q[i][j] for i in labels)
            p = v[j] / s * (1.0 - math.exp(-s / v[j])) if s > 0.0 and v[j] > 0.0 else 0.0
            for i in labels:
                f[i][j] = u[i] * q[i][j] * p
        for i in labels:
            came, went = math.fsum(f[j][i] for j in labels), math.fsum(f[i].values())
            e[i] += came - w[i]
            u[i] += w[i] - went
            v[i] += n[i] - came
        yield [e[i] for i in labels], [u[i] for i in labels], [v[i] for i in labels]


class Flows(cases.InFolder):
    def compare(self, state, mobility, months):
        employed, unemployed, vacancies = (self.months(name) for name in ("employment", "unemployed", "vacancies"))
        people = sum(row[0] + row[1] for row in state.values())
        for t, wanted in enumerate(flows(state, mobility, months), start=1):
            for name, got, expected in zip("euv", (employed[t], unemployed[t], vacancies[t]), wanted):
                for a, b in zip(got, expected):
                    self.assertLessEqual(abs(a - b), 1e-12 * max(1.0, abs(b)), f"{name}, month {t}")
            self.assertAlmostEqual(sum(employed[t]) + sum(unemployed[t]), people, delta=1e-9 * people)
        self.assertEqual(len(employed), months + 1)

    def test_three_occupations(self):
        with open(cases.FOLDER / "v07c/state.csv", encoding="utf-8") as file:
            state = {row["label"]: [float(row[k]) for k in ("employed", "unemployed", "vacancies", "target")]
                     for row in csv.DictReader(file)}
        with open(cases.FOLDER / "v07c/mobility.csv", encoding="utf-8") as file:
            mobility = {row["from"]: {j: float(row[j]) for j in state} for row in csv.DictReader(file)}
        self.run_case("v07c/case.yaml")
        self.compare(state, mobility, 120)

    def test_other_occupations_without_target(self):
        rng, labels = random.Random(11), [f"job, {k}" for k in range(7)]
        state = {i: [rng.uniform(10, 900), rng.uniform(0, 90), rng.uniform(1, 50)] for i in labels}
        state[labels[3]][1] = 0.0
        mobility = {i: {j: rng.random() if rng.random() < 0.7 or i == j else 0.0 for j in labels} for i in labels}
        self.write("s.csv", ("unemployed", "label", "vacancies", "employed"),
                   *((repr(u), i, repr(v), repr(e)) for i, (e, u, v) in state.items()))
        self.write("m.csv", ("", *labels), *((i, *(repr(mobility[i][j]) for j in labels)) for i in labels))
        self.run_case("v07c/case.yaml", "labour.flows.state=s.csv", "labour.flows.mobility=m.csv", "run.months=60")
        self.compare({i: [e, u, v, e + v] for i, (e, u, v) in state.items()}, mobility, 60)

    def test_every_mistake_is_told_with_its_place(self):
        self.write("s.csv", ("label", "employed", "unemployed", "vacancies"), ("a", -1, 2, 3), ("a", 1, "nan", 3), ("c", 1, 2, "x"))
        self.write("m.csv", ("", "a", "b", "c"), ("a", 1, 0, -0.5), ("b", 0, 0, 0), ("c", 0, 1, 1))
        self.refused("v07c/case.yaml", ("labour.flows.state=s.csv", "labour.flows.mobility=m.csv"),
                     "s.csv:2:3:", "s.csv:3:1:", "s.csv:3:5:", "s.csv:4:7:", "m.csv:2:7:", "m.csv:3:1:", "m.csv:1:1:")


class Stability(cases.InFolder):
    def offers(self, case="v07d/case.yaml", *changes):
        self.run_case(case, *changes)
        result = self.metier("export", "r.h5", "--to", "csv", "--table", "debug/offers")
        by_month = {}
        for row in csv.DictReader(io.StringIO(result.stdout)):
            month = row.pop("time")
            row = {key: float(row[key]) if key in ("fit", "utility") else int(row[key]) for key in row}
            by_month.setdefault(month, []).append(row)
        return by_month

    def check(self, by_month):
        rivals = unmatched = 0
        for month, offers in by_month.items():
            post, person = {}, {}
            for o in offers:
                if o["matched"]:
                    self.assertNotIn(o["vacancy"], post, "a post holds one person")
                    self.assertNotIn(o["person"], person, "a person holds one post")
                    post[o["vacancy"]] = person[o["person"]] = o
            for o in offers:
                if o["matched"]:
                    continue
                unmatched += 1
                holds, held = post.get(o["vacancy"]), person.get(o["person"])
                rivals += held is not None
                post_wants = holds is None or (-o["fit"], o["lot"], o["person"]) < (-holds["fit"], holds["lot"], holds["person"])
                person_wants = held is None or (-o["utility"], o["lot"], o["vacancy"]) < (-held["utility"], held["lot"], held["vacancy"])
                self.assertFalse(post_wants and person_wants, f"month {month}: {o}")
        return rivals, unmatched

    def test_no_pair_would_rather_have_each_other(self):
        by_month = self.offers()
        self.assertEqual(len(by_month), 6)
        rivals, unmatched = self.check(by_month)
        self.assertGreater(rivals, 100, "people who chose between posts")
        self.assertGreater(unmatched, 300)

    def test_other_markets(self):
        self.check(self.offers("v07d/case.yaml", "run.seed=77", "labour.rounds=3", "labour.applications=12", "labour.screen_max=9",
                               "run.months=3"))

    def test_offers_change_nothing(self):
        hashes = []
        for word in ("true", "false"):
            self.run_case("v07d/case.yaml", f"debug.offers={word}", "run.months=2", out=f"{word}.h5")
            hashes.append(self.metier("export", f"{word}.h5", "--table", "hashes").stdout)
        self.assertTrue(hashes[0].count("\n") >= 3)
        self.assertEqual(hashes[0], hashes[1])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
