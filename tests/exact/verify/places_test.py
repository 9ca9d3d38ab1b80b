"""Cases V11 and V16 (gravity): shoppers over outlets and trips to work over places of the user's own.

    places_test.py PROGRAM [unittest arguments]
"""

import math
import pathlib
import random
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import cases


class Places(cases.InFolder):
    def cells(self, indicator, month=1):
        """{(label, ...): value} of one month."""
        rows = self.export(indicator)
        times = list(dict.fromkeys(row[0] for row in rows[1:]))
        return {tuple(row[1:-1]): float(row[-1]) for row in rows[1:] if row[0] == times[month]}


class Huff(Places):
    def test_shares_of_two_outlets(self):
        self.run_case("v11/case.yaml")
        shares = self.cells("outlet_share")
        self.assertEqual(set(shares), {("home", "near"), ("home", "far")})
        for share in shares.values():
            self.assertAlmostEqual(share, 0.5, delta=1e-12)
        self.assertAlmostEqual(sum(self.cells("outlet_turnover").values()), 1000.0, delta=1e-9)

    def test_a_third_outlet_leaves_the_ratio(self):
        self.run_case("v11/third.yaml")
        shares = self.cells("outlet_share")
        self.assertAlmostEqual(shares["home", "near"] / shares["home", "far"], 1.0, delta=1e-12)
        self.assertAlmostEqual(sum(shares.values()), 1.0, delta=1e-12)
        third = 2.5 * math.exp(0.3) / 49.0
        self.assertAlmostEqual(shares["home", "third"], third / (third + 2.0 / 25.0), delta=1e-12)

    def test_other_outlets_and_zones(self):
        rng = random.Random(8)
        outlets = {f"shop {k}": (rng.uniform(10, 4000), rng.uniform(-1, 1)) for k in range(9)}
        zones = {f"zone {k}": rng.uniform(0, 5e6) for k in range(5)}
        minutes = {(z, j): rng.uniform(3, 70) for z in zones for j in outlets}
        self.write("o.csv", ("quality", "label", "size"), *((repr(q), j, repr(s)) for j, (s, q) in outlets.items()))
        order = list(reversed(outlets))
        self.write("z.csv", ("label", "spending", *order), *((z, repr(zones[z]), *(repr(minutes[z, j]) for j in order)) for z in zones))
        self.run_case("v11/case.yaml", "retail.outlets=o.csv", "retail.zones=z.csv", "retail.size_exponent=0.8",
                      "retail.distance_daily=1.7", "run.months=2")
        shares, turnover = self.cells("outlet_share", 2), self.cells("outlet_turnover", 2)
        for z in zones:
            pull = {j: s**0.8 * math.exp(q) * minutes[z, j] ** -1.7 for j, (s, q) in outlets.items()}
            for j in outlets:
                self.assertAlmostEqual(shares[z, j], pull[j] / math.fsum(pull.values()), delta=1e-12)
        for j in outlets:
            wanted = math.fsum(shares[z, j] * zones[z] for z in zones)
            self.assertLess(abs(turnover[j,] - wanted), 1e-12 * wanted)

    def test_every_mistake_is_told_with_its_place(self):
        self.write("o.csv", ("label", "size", "colour"), ("a", 0, 1), ("a", -4, 1), ("b", "x", 1), ("spending", 1, 1))
        self.write("z.csv", ("label", "spending", "a", "bb"), ("home", -1, 0, 3), ("home", 1, "nan", 3))
        self.refused("v11/case.yaml", ("retail.outlets=o.csv", "retail.zones=z.csv"), "o.csv:1:12:", "o.csv:2:3:", "o.csv:3:1:",
                     "o.csv:3:3:", "o.csv:4:3:", "o.csv:5:1:", "z.csv:1:18:", "z.csv:1:1:", "z.csv:2:6:", "z.csv:2:9:", "z.csv:3:1:",
                     "z.csv:3:8:", "did you mean 'b'?")

    def test_one_file_of_two(self):
        self.refused("v11/case.yaml", ("retail.zones=none",), "retail.zones")


class Gravity(Places):
    def check(self, origins, destinations, minutes, beta):
        flows = self.cells("commuting_flow")
        self.assertEqual(set(flows), {(o, d) for o in origins for d in destinations})
        for o, people in origins.items():
            self.assertLessEqual(abs(math.fsum(flows[o, d] for d in destinations) - people), 1e-9 * people, o)
        for d, jobs in destinations.items():
            self.assertLessEqual(abs(math.fsum(flows[o, d] for o in origins) - jobs), 1e-9 * jobs, d)
        # T_od = a_o b_d e^(-beta t): the cross ratio of any four flows is that of the deterrence alone.
        labels_o, labels_d = list(origins), list(destinations)
        for o in labels_o[1:]:
            for d in labels_d[1:]:
                first_o, first_d = labels_o[0], labels_d[0]
                ratio = math.log(flows[first_o, first_d]) + math.log(flows[o, d]) - math.log(flows[first_o, d]) - math.log(flows[o, first_d])
                cost = minutes[first_o, first_d] + minutes[o, d] - minutes[first_o, d] - minutes[o, first_d]
                self.assertAlmostEqual(ratio, -beta * cost, delta=1e-9)

    def test_margins_and_form(self):
        folder = cases.FOLDER / "v16"
        origins, destinations = cases.read_values(folder / "origins.csv"), cases.read_values(folder / "destinations.csv")
        rows = [line.split(",") for line in (folder / "cost.csv").read_text(encoding="utf-8").split()]
        minutes = {(row[0], d): float(cell) for row in rows[1:] for d, cell in zip(rows[0][1:], row[1:])}
        self.run_case("v16/gravity.yaml")
        self.check(origins, destinations, minutes, 0.085)

    def test_other_places(self):
        rng = random.Random(21)
        origins = {f"o{k}": rng.uniform(1, 1e5) for k in range(20)}
        destinations = {f"d{k}": rng.uniform(1, 1e5) for k in range(14)}
        scale = math.fsum(origins.values()) / math.fsum(destinations.values())
        destinations = {d: jobs * scale for d, jobs in destinations.items()}
        minutes = {(o, d): rng.uniform(900, 960) for o in origins for d in destinations}  # far: e^(-beta t) alone is 0 in a computer
        self.write_values("o.csv", origins, origins.values())
        self.write_values("d.csv", destinations, destinations.values())
        self.write("c.csv", ("", *destinations), *((o, *(repr(minutes[o, d]) for d in destinations)) for o in origins))
        self.run_case("v16/gravity.yaml", "labour.gravity.origins=o.csv", "labour.gravity.destinations=d.csv",
                      "labour.gravity.cost=c.csv", "labour.beta_travel=1")
        # Balancing is slow at this deterrence, the margins are met all the same or the run is refused.
        self.check(origins, destinations, minutes, 1.0)

    def test_totals_that_differ(self):
        self.write("d.csv", ("label", "value"), ("centre", 500), ("port", 180), ("campus", 90), ("mill", 31))
        self.refused("v16/gravity.yaml", ("labour.gravity.destinations=d.csv",), "d.csv:1:1:", "801", "800")

    def test_every_mistake_is_told_with_its_place(self):
        self.write("o.csv", ("label", "value"), ("north", -4), ("north", "x"), ("south", 3))
        self.write("c.csv", ("from", "centre", "port", "campus", "mill"), ("north", 1, 2, 3, -4), ("east", 1, "", 3, 4), ("south", 1, 2, 3, 4))
        self.refused("v16/gravity.yaml", ("labour.gravity.origins=o.csv", "labour.gravity.cost=c.csv"), "o.csv:2:7:", "o.csv:3:1:",
                     "o.csv:3:7:", "c.csv:2:13:", "c.csv:3:8:")
        self.write("c.csv", ("from", "centre", "port", "mill", "campus"), ("north", 1, 2, 3, 4), ("east", 1, 2, 3, 4), ("south", 1, 2, 3, 4))
        self.refused("v16/gravity.yaml", ("labour.gravity.cost=c.csv",), "c.csv:1:18:", "'mill'", "'campus'")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
