"""Cases V1, V2, V3 and V16 (quotients): rounds of a Leontief economy, type II, prices, Flegg's quotient.

Printed numbers come from the pages of the cases; they were computed apart from the program.

    leontief_test.py PROGRAM [unittest arguments]
"""

import math
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import cases

A = [[0.10, 0.20, 0.05], [0.15, 0.25, 0.10], [0.05, 0.10, 0.20]]
SOLUTION = (2604.42016389, 4416.19071269, 5214.80009933)  # per year


class V1(cases.InFolder):
    def test_output_is_the_solution(self):
        self.run_case("v01/case.yaml")
        for x in self.months("gross_output")[1:7]:
            for got, wanted in zip(x, SOLUTION):
                self.assertLess(abs(12.0 * got / wanted - 1.0), 1e-9)

    def test_an_impulse_runs_through_in_powers_of_the_table(self):
        self.run_case("v01/case.yaml")
        x = self.months("gross_output")
        printed = [(100, 0, 0), (10, 15, 5), (4.25, 5.75, 3), (1.725, 2.375, 1.3875)]
        for k, wanted in enumerate(printed):
            self.assert_close([a - b for a, b in zip(x[7 + k], x[6])], wanted, 1e-10, f"round {k}")
        power = [100.0, 0.0, 0.0]
        for k in range(30):
            self.assert_close([a - b for a, b in zip(x[7 + k], x[6])], power, 1e-10, f"round {k}")
            power = cases.times(A, power)

    def test_from_elsewhere_the_error_contracts_every_month(self):
        self.run_case("v01/from_zero.yaml")
        limit = [value / 12.0 for value in SOLUTION]
        start = [value / 12.0 for value in cases.read_values(cases.FOLDER / "v01/initial_output.csv").values()]
        x = [start] + self.months("gross_output")[1:]
        norm = max(sum(row[j] for row in A) for j in range(3))  # of A: the largest column sum
        exact = cases.leontief(A, [100.0, 200.0, 300.0])
        self.assert_close(exact, limit, 1e-8)
        errors = [sum(abs(a - b) for a, b in zip(values, exact)) for values in x]
        for before, after in zip(errors[:35], errors[1:]):
            self.assertLess(after, norm * before)
        self.assertLess(errors[60], 1e-9)

    def test_multipliers_of_france_in_17_sectors(self):
        printed = dict(AZ=1.905611, C1=2.139400, C2=1.466516, C3=1.695770, C4=1.846368, C5=1.810043, DE=1.911482, FZ=1.890178,
                       GZ=1.682704, HZ=1.701616, IZ=1.772353, JZ=1.670686, KZ=1.899068, LZ=1.279253, MN=1.692272, OQ=1.310260,
                       RU=1.527714)
        self.run_case("v01/a17.yaml")
        x = self.months("gross_output")
        labels = list(dict.fromkeys(row[1] for row in self.export("gross_output")[1:]))
        self.assertEqual(labels, list(printed))
        for k, label in enumerate(labels):
            made = sum(sum(x[t]) for t in range(2 + 60 * k, 62 + 60 * k))
            self.assertLess(abs(made - printed[label]), 1e-6, label)

    def test_value_added_is_final_demand(self):
        self.run_case("v01/case.yaml")
        added = self.months("gross_value_added")[1]
        v = (0.70, 0.45, 0.65)
        self.assert_close(added, [v[j] * SOLUTION[j] / 12.0 for j in range(3)], 1e-8)
        self.assertAlmostEqual(sum(added), 600.0, delta=1e-9)


class V2(cases.InFolder):
    def test_type_two_multipliers(self):
        self.run_case("v02/case.yaml")
        x = self.months("gross_output")
        for k, printed in enumerate((2.56814129, 3.16676573, 2.82032776)):
            made = sum(sum(x[t]) for t in range(2 + 120 * k, 122 + 120 * k))
            self.assertLess(abs(made - printed), 6e-9)  # printed to eight decimals

    def test_the_start_solves_for_inputs_and_households(self):
        labels = ("one", "two", "three")
        demand = self.write_values("f.csv", labels, (1200.0, 2400.0, 3600.0))
        w, c, spent = (0.30, 0.25, 0.35), (0.10, 0.25, 0.45), 0.6
        self.run_case("v02/case.yaml", f"io.final_demand={demand}", "io.final_demand_per=year", "run.months=24",
                      f"households.spend_income={spent}")
        closed = [[A[i][j] + spent * c[i] * w[j] for j in range(3)] for i in range(3)]
        wanted = cases.leontief(closed, [100.0, 200.0, 300.0])
        for x in self.months("gross_output")[1:]:
            self.assert_close(x, wanted, 1e-9)

    def test_without_households_it_is_type_one(self):
        self.run_case("v02/case.yaml", "households.mode=none")
        x = self.months("gross_output")
        for k, printed in enumerate((1.52470822, 1.95182518, 1.58927241)):
            made = sum(sum(x[t]) for t in range(2 + 120 * k, 122 + 120 * k))
            self.assertLess(abs(made - printed), 6e-9)


class V3(cases.InFolder):
    def test_prices(self):
        self.run_case("v03/case.yaml")
        p = self.months("price_level")
        for month in (0, 1, 6):
            self.assert_close(p[month], (1.0, 1.0, 1.0), 1e-14)
        self.assert_close(p[66], (1.08204619, 1.02294512, 1.00799603), 6e-9, "value added of `one` 10 % higher")
        self.assert_close(p[126], (1.0, 1.0, 1.0), 1e-12, "after the shock")

    def test_every_round_passes_costs_on(self):
        self.run_case("v03/wages.yaml")
        p, v = self.months("price_level"), (0.30, 0.25, 0.35)
        transposed = list(zip(*A))
        expected = [1.0, 1.0, 1.0]
        for month in range(1, 61):
            expected = [a + b for a, b in zip(cases.times(transposed, expected), v)]
            self.assert_close(p[month], expected, 1e-13, f"month {month}")
        self.assert_close(p[60], (0.45021108, 0.52421157, 0.53116464), 6e-9)

    def test_a_shock_of_prices_holds_in_its_month_and_is_passed_on(self):
        shocks = self.write("s.csv", ("month", "label", "kind", "value"), (3, "two", "price", 1.5))
        self.run_case("v03/case.yaml", f"io.shocks={shocks}", "run.months=8")
        p = self.months("price_level")
        self.assert_close(p[3], (1.0, 1.5, 1.0), 1e-14)
        self.assert_close(p[4], (1.0 + A[1][0] * 0.5, 1.0 + A[1][1] * 0.5, 1.0 + A[1][2] * 0.5), 1e-14)


class V16(cases.InFolder):
    def demand(self):
        return list(cases.read_values(cases.FOLDER / "v16/mel_weights.csv").values())

    def test_mean_multipliers_of_the_metropolis(self):
        demand = sum(self.demand())
        printed = {0.10: 1.348, 0.15: 1.282, 0.20: 1.232, 0.25: 1.187, 0.27: 1.172, 0.30: 1.152, 0.35: 1.124, 0.40: 1.102}
        for delta, wanted in printed.items():
            self.run_case("v16/case.yaml", f"io.flq_delta={delta}")
            for x in self.months("gross_output")[1:]:
                self.assertLess(abs(12.0 * sum(x) / demand - wanted), 1e-3, f"delta {delta}")

    def test_range_of_the_multipliers(self):
        labels = list(cases.read_values(cases.FOLDER / "v16/mel_weights.csv"))
        rows, apart = [("month", "label", "value")], 25
        for k, label in enumerate(labels):
            rows += [(1, label, 0), (2 + apart * k, label, 1), (3 + apart * k, label, 0)]
        impulses = self.write("impulses.csv", *rows)
        self.run_case("v16/case.yaml", f"io.final_demand={impulses}", "io.final_demand_per=month",
                      f"run.months={1 + apart * len(labels)}")
        x = self.months("gross_output")
        multipliers = [sum(sum(x[t]) for t in range(2 + apart * k, 2 + apart * (k + 1))) for k in range(len(labels))]
        self.assertLess(abs(min(multipliers) - 1.00), 5e-3)  # printed to two decimals
        self.assertLess(abs(max(multipliers) - 1.53), 5e-3)

    def test_no_local_purchase_when_delta_is_large(self):
        self.run_case("v16/case.yaml", "io.flq_delta=1000000")
        x = self.months("gross_output")[12]
        self.assert_close([12.0 * value for value in x], self.demand(), 1e-6)

    def test_the_whole_country_buys_all_from_itself(self):
        for delta in (0.0, 0.27, 1.0):
            self.run_case("v16/whole_country.yaml", f"io.flq_delta={delta}")
            for got, wanted in zip(self.months("gross_output")[24], SOLUTION):
                self.assertLess(abs(12.0 * got / wanted - 1.0), 1e-9)

    def test_size_factor(self):
        for delta, printed in {0.15: 0.588, 0.20: 0.493, 0.25: 0.413, 0.27: 0.385, 0.30: 0.346, 0.35: 0.290, 0.40: 0.243}.items():
            self.run_case("v16/lambda.yaml", f"io.flq_delta={delta}")
            supplier, user = self.months("gross_output")[2]
            self.assertEqual(user, 1.0)
            self.assertLess(abs(supplier / 0.5 - printed), 1e-3)
            self.assertLess(abs(supplier / 0.5 - math.log2(1.02037) ** delta), 1e-12)

    def test_quotients_against_an_independent_computation(self):
        quotients, share, delta = (0.6, 1.3, 0.9), 0.15, 0.3
        labels = ("one", "two", "three")
        file = self.write_values("lq.csv", labels, quotients)
        size = math.log2(1.0 + share) ** delta
        local = [[A[g][s] * min(1.0, size * (quotients[g] if g == s else quotients[g] / quotients[s])) for s in range(3)]
                 for g in range(3)]
        for mode, factor in (("flq", local), ("cilq", [[A[g][s] * min(1.0, quotients[g] if g == s else quotients[g] / quotients[s])
                                                        for s in range(3)] for g in range(3)])):
            self.run_case("v16/whole_country.yaml", f"io.location_quotients={file}", f"io.employment_share={share}",
                          f"io.flq_delta={delta}", f"io.regionalise={mode}")
            self.assert_close(self.months("gross_output")[24], cases.leontief(factor, [100.0, 200.0, 300.0]), 1e-9, mode)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
