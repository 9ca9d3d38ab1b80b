"""Cases V4, V4b and V5: ARIO with the psi rule as BoARIO computes it, the variants of Pichler et al., aggregation.

    shocks_test.py PROGRAM [unittest arguments]
"""

import pathlib
import random
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import cases

A = [[0.10, 0.20, 0.05], [0.15, 0.25, 0.10], [0.05, 0.10, 0.20]]
F = (100.0, 200.0, 300.0)  # per month

# t: x / x0, unmet final demand / f, alpha of `two`; from BoARIO, commit ecd475f
BOARIO = {
    3: ((1.000000000, 0.500000000, 1.000000000), (0.0, 0.5, 0.0), 1.000000000),
    4: ((0.830434783, 0.509591958, 0.937500000), (0.0, 0.450062601, 0.021048392), 1.019183916),
    5: ((0.810474035, 0.518028623, 0.781201093), (0.0, 0.429323451, 0.170466255), 1.036057246),
    6: ((0.691957453, 0.525599428, 0.745994924), (0.130369480, 0.416236082, 0.180847728), 1.051198856),
    7: ((0.648921020, 0.821854556, 0.690623147), (0.171113139, 0.077518644, 0.233774766), 1.064785153),
    8: ((0.801741769, 0.611230254, 0.895604092), (0.082154940, 0.402337575, 0.020417593), 1.070847501),
    10: ((0.703151701, 0.691573767, 0.760705673), (0.187579455, 0.336411220, 0.191765109), 1.093142653),
    12: ((0.715530984, 0.791843569, 0.776750108), (0.252072335, 0.243509348, 0.206859833), 1.108900275),
    18: ((0.985514007, 0.995676332, 0.961401585), (0.118979428, 0.051879448, 0.072316843), 1.130012008),
    24: ((1.010075950, 1.008254907, 1.004368672), (0.0, 0.0, 0.0), 1.130253206),
    36: ((1.000000305, 1.000000250, 1.000000131), (0.0, 0.0, 0.0), 1.130088796),
}


class V4(cases.InFolder):
    def test_every_printed_row(self):
        self.run_case("v04/case.yaml")
        x, unmet, alpha = (self.months(name) for name in ("gross_output", "unmet_final_demand", "overproduction_factor"))
        for month, (output, missing, factor) in BOARIO.items():
            self.assert_close([a / b for a, b in zip(x[month], x[1])], output, 1e-8, f"x, month {month}")
            self.assert_close([a / b for a, b in zip(unmet[month], F)], missing, 1e-8, f"unmet, month {month}")
            self.assertLess(abs(alpha[month][1] - factor), 1e-8, f"alpha, month {month}")

    def test_before_the_shock_nothing_moves(self):
        self.run_case("v04/case.yaml", "io.shocks=none")
        x, stocks = self.months("gross_output"), self.months("inventories")
        for month in range(1, 41):
            self.assert_close(x[month], x[1], 1e-10)
            self.assert_close(stocks[month], stocks[0], 1e-9)
        self.assert_close(stocks[0], [2.0 * sum(row[j] for row in A) * x[1][j] for j in range(3)], 1e-9)

    def test_stocks_by_input_and_by_input_and_user(self):
        """n_g and n_gs in place of one n: the same numbers in the three forms give the same run; others do not."""
        labels = ("one", "two", "three")
        by_input = self.write_values("by_input.csv", labels, (2.0, 2.0, 2.0))
        by_user = self.write_matrix("by_user.csv", labels, [[2.0] * 3] * 3)
        other = self.write_values("other.csv", labels, (2.0, 3.0, 2.0))
        self.run_case("v04/case.yaml", out="number.h5")
        whole = self.months("gross_output", "number.h5")
        for file in (by_input, by_user):
            self.run_case("v04/case.yaml", f"io.inventory_months={file}")
            self.assertEqual(self.months("gross_output"), whole)
        self.run_case("v04/case.yaml", f"io.inventory_months={other}")
        self.assertNotEqual(self.months("gross_output"), whole)

    def test_against_a_second_implementation_with_other_numbers(self):
        """Another table, other shocks and parameters, against the step written down here."""
        rng, n = random.Random(20210219), 5
        labels = [f"sector {k}" for k in range(n)]
        a = [[rng.uniform(0.0, 0.16) for _ in range(n)] for _ in range(n)]
        f = [rng.uniform(50.0, 500.0) for _ in range(n)]
        months = [[rng.choice((1.5, 2.5, 4.0)) for _ in range(n)] for _ in range(n)]
        p = dict(psi=0.9, tau_inventory=3.0, alpha_max=1.4, tau_alpha=4.0)
        losses = {(t, k): round(rng.uniform(0.1, 0.7), 3) for t in range(2, 9) for k in (1, 3)}
        files = (self.write_matrix("table.csv", labels, a), self.write_values("f.csv", labels, f),
                 self.write_matrix("n.csv", labels, months),
                 self.write("s.csv", ("month", "label", "kind", "value"),
                            *((t, labels[k], "capacity", loss) for (t, k), loss in losses.items())))
        self.run_case("v04/case.yaml", *(f"io.{key}={file}" for key, file in
                                         zip(("table", "final_demand", "inventory_months", "shocks"), files)),
                      "io.final_demand_per=month", "run.months=24", *(f"io.ario.{key}={value}" for key, value in p.items()))
        x, x0 = self.months("gross_output"), self.months("gross_output")[1]
        alpha, stock = [1.0] * n, [[months[g][j] * a[g][j] * x0[j] for j in range(n)] for g in range(n)]
        made, wanted = list(x0), list(x0)
        for t in range(1, 25):
            orders = [[a[g][j] * made[j] + max(0.0, months[g][j] * a[g][j] * wanted[j] - stock[g][j]) / p["tau_inventory"]
                       for j in range(n)] for g in range(n)]
            demand = [sum(orders[g]) + f[g] for g in range(n)]
            for j in range(n):
                if t > 1:
                    z = (demand[j] - made[j]) / demand[j]
                    step = (p["alpha_max"] - alpha[j]) * z / p["tau_alpha"]
                    alpha[j] = max(1.0, alpha[j] + step + ((1.0 - alpha[j]) / p["tau_alpha"] if z == 0.0 else 0.0))
                wanted[j] = min(demand[j], alpha[j] * (1.0 - losses.get((t, j), 0.0)) * x0[j])
                made[j] = wanted[j] * min(1.0, *(stock[g][j] / (p["psi"] * months[g][j] * a[g][j] * wanted[j]) for g in range(n)))
            for g in range(n):
                for j in range(n):
                    stock[g][j] += orders[g][j] * made[g] / demand[g] - a[g][j] * made[j]
            self.assert_close([v / w for v, w in zip(x[t], x0)], [v / w for v, w in zip(made, x0)], 1e-9, f"month {t}")


class V5(cases.InFolder):
    def test_sums_of_identical_establishments(self):
        self.run_case("v04/case.yaml", out="one.h5")
        for case in ("v05/case.yaml", "v05/hundred.yaml"):
            self.run_case(case)
            for indicator in ("gross_output", "unmet_final_demand", "overproduction_factor", "inventories"):
                first = 0 if indicator in ("overproduction_factor", "inventories") else 1
                one, many = self.months(indicator, "one.h5"), self.months(indicator)
                for month in range(first, 41):
                    self.assert_close(many[month], one[month], 1e-9 * max(1.0, max(one[month])), f"{case} {indicator} {month}")


class V4b(cases.InFolder):
    LABELS = ("agriculture", "industry", "services")
    ORDER = ("leontief", "strongly_critical", "half_critical", "weakly_critical")

    def test_the_steady_state_is_kept(self):
        self.run_case("v04b/case.yaml")
        x, stocks = self.months("gross_output"), self.months("inventories")
        for month in range(1, 121):
            self.assert_close(x[month], (100.0, 300.0, 600.0), 1e-9, f"month {month}")
            self.assert_close(stocks[month], stocks[0], 1e-8, f"month {month}")

    def test_one_step_with_little_of_two_inputs(self):
        printed = {"leontief": (14, 42, 84), "strongly_critical": (14, 210, 84), "half_critical": (57, 255, 342),
                   "weakly_critical": (70, 270, 420)}
        for mode, output in printed.items():
            self.run_case("v04b/short.yaml", f"io.mode={mode}")
            self.assert_close(self.months("gross_output")[1], output, 1e-9, mode)

    def test_one_step_outputs_are_in_order_for_any_stocks(self):
        rng = random.Random(7)
        strict = 0
        for trial in range(8):
            stocks = [[rng.choice((0.0, 0.3, 0.6, 1.5)) * rng.random() for _ in range(3)] for _ in range(3)]
            file = self.write_matrix("n.csv", self.LABELS, stocks)
            loss = self.write("s.csv", ("month", "label", "kind", "value"),
                              *((1, label, "capacity", round(0.6 * rng.random(), 3)) for label in self.LABELS))
            outputs = []
            for mode in self.ORDER:
                self.run_case("v04b/short.yaml", f"io.mode={mode}", f"io.inventory_months={file}", f"io.shocks={loss}")
                outputs.append(self.months("gross_output")[1])
            for j in range(3):
                for less, more in zip(outputs, outputs[1:]):
                    self.assertLessEqual(less[j], more[j] * (1.0 + 1e-12), f"trial {trial}, {self.LABELS[j]}")
                    strict += less[j] < more[j]
        self.assertGreater(strict, 8)  # the order is not all equal signs

    def test_against_a_second_implementation(self):
        """Orders, half-critical production, staff that follows and rationing over 30 steps, written down here."""
        hire, fire, tau = 0.2, 0.5, 4.0
        shocks = [(2, 2, "final_demand", 0.5), (3, 1, "final_demand", 0.4), (6, 0, "capacity", 0.8), (7, 0, "capacity", 0.8),
                  (9, 2, "final_demand", 1.3), (12, 1, "capacity", 0.6)]
        file = self.write("s.csv", ("month", "label", "kind", "value"),
                          *((t, self.LABELS[k], kind, value) for t, k, kind, value in shocks))
        self.run_case("v04b/case.yaml", f"io.shocks={file}", "run.months=30", f"firms.hire_speed={hire}", f"firms.fire_speed={fire}",
                      f"io.tau_inventory={tau}", "io.inventory_months=3")
        got = self.months("gross_output")
        a = ((0.10, 0.15, 0.05), (0.05, 0.20, 0.25), (0.05, 0.10, 0.15))
        critical = ((0.5, 1.0, 0.0), (1.0, 0.5, 1.0), (0.5, 0.0, 0.5))
        f, x0, n = (15.0, 85.0, 475.0), (100.0, 300.0, 600.0), range(3)
        target = [[3.0 * a[g][j] * x0[j] for j in n] for g in n]
        stock, demand, staffed = [list(row) for row in target], list(x0), list(x0)
        bound = set()
        for t in range(1, 31):
            act = lambda k, kind, neutral: next((v for m, s, what, v in shocks if (m, s, what) == (t, k, kind)), neutral)
            orders = [[max(0.0, a[g][j] * demand[j] + (target[g][j] - stock[g][j]) / tau) for j in n] for g in n]
            demand = [sum(orders[g]) + f[g] * act(g, "final_demand", 1.0) for g in n]
            x = []
            for j in n:
                must = min(stock[g][j] / a[g][j] for g in n if critical[g][j] == 1.0) if any(critical[g][j] == 1.0 for g in n) else 1e99
                half = min(0.5 * (stock[g][j] / a[g][j] + x0[j]) for g in n if critical[g][j] == 0.5)
                inputs = min(must, half)
                cap = min(staffed[j], x0[j] * (1.0 - act(j, "capacity", 0.0)))
                gap = min(demand[j], inputs) - cap
                staffed[j] = min(x0[j], max(0.0, cap + (hire if gap > 0.0 else fire) * gap))
                x.append(min(demand[j], cap, inputs))
                bound.add("inputs" if inputs < min(demand[j], cap) else "staff" if cap < demand[j] else "demand")
            for g in n:
                for j in n:
                    stock[g][j] += orders[g][j] * min(1.0, x[g] / demand[g]) - min(a[g][j] * x[j], stock[g][j])
            self.assert_close(got[t], x, 1e-9 * max(x), f"month {t}")
        self.assertEqual(bound, {"inputs", "staff", "demand"})  # every limit was at work


class Stocks(cases.InFolder):
    def test_orders_from_the_gap_of_stocks(self):
        """The general rule, mode leontief with stocks, in the null model of firms and with adaptive expectation."""
        labels, x0, n, tau = ("one", "two", "three"), [value / 12.0 for value in (2604.42016389, 4416.19071269, 5214.80009933)], range(3), 2.0
        shocks = {(3, 1, "capacity"): 0.6, (4, 1, "capacity"): 0.6, (6, 0, "final_demand"): 0.5, (8, 2, "final_demand"): 1.5}
        file = self.write("s.csv", ("month", "label", "kind", "value"), *((t, labels[k], kind, v) for (t, k, kind), v in shocks.items()))
        adapt, hire, fire = 0.3, 0.4, 0.2
        for firms in ("none", "default"):
            self.run_case("v01/case.yaml", f"io.shocks={file}", "io.inventory_months=1.5", f"firms.mode={firms}", f"io.tau_inventory={tau}",
                          f"firms.adapt_demand={adapt}", f"firms.hire_speed={hire}", f"firms.fire_speed={fire}", "run.months=20")
            got = self.months("gross_output")
            stock = [[1.5 * A[g][j] * x0[j] for j in n] for g in n]
            demand, expected, staffed = list(x0), list(x0), list(x0)
            for t in range(1, 21):
                expected = list(demand) if firms == "none" else [e + adapt * (d - e) for e, d in zip(expected, demand)]
                orders = [[max(0.0, A[g][j] * expected[j] + (1.5 * A[g][j] * expected[j] - stock[g][j]) / tau) for j in n] for g in n]
                demand = [sum(orders[g]) + F[g] * shocks.get((t, g, "final_demand"), 1.0) for g in n]
                x = []
                for j in n:
                    inputs = min(stock[g][j] / A[g][j] for g in n)
                    loss = shocks.get((t, j, "capacity"), 0.0)
                    cap = x0[j] * (1.0 - loss) if loss > 0.0 else float("inf")
                    if firms == "default":
                        cap = min(staffed[j], x0[j] * (1.0 - loss))
                        gap = min(demand[j], inputs) - cap
                        staffed[j] = min(x0[j], max(0.0, cap + (hire if gap > 0.0 else fire) * gap))
                    x.append(min(demand[j], cap, inputs))
                for g in n:
                    for j in n:
                        stock[g][j] += orders[g][j] * min(1.0, x[g] / demand[g]) - A[g][j] * x[j]
                self.assert_close(got[t], x, 1e-6, f"firms.mode {firms}, month {t}")  # x0 is printed to eight decimals


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
