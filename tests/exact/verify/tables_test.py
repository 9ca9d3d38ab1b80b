"""The open door for tables of the user's own: other numbers than those shipped, free labels, unit of money (V25), what a mistake is told.

    tables_test.py PROGRAM [unittest arguments]
"""

import pathlib
import random
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import cases


class OtherNumbers(cases.InFolder):
    def test_another_table_by_command_line(self):
        """The pattern of the case pages: nothing of the shipped numbers is in the program."""
        rng, n = random.Random(4), 12
        labels = [f"s{k}" for k in range(n)]
        matrix = [[rng.uniform(0.0, 0.13) if rng.random() < 0.6 else 0.0 for _ in range(n)] for _ in range(n)]
        demand = [rng.uniform(0.0, 9000.0) for _ in range(n)]
        self.write_matrix("other.csv", labels, matrix)
        self.write_values("other_f.csv", labels, demand)
        self.run_case("v01/case.yaml", "io.table=other.csv", "io.final_demand=other_f.csv", "io.shocks=none")
        wanted = cases.leontief(matrix, demand)
        for x in self.months("gross_output")[1:]:
            for got, solution in zip(x, wanted):
                self.assertLess(abs(12.0 * got / solution - 1.0), 1e-9)

    def test_a_table_of_flows_is_the_table_of_its_coefficients(self):
        labels = ("one", "two", "three")
        x, a = (1000.0, 2000.0, 4000.0), [[0.10, 0.20, 0.05], [0.15, 0.25, 0.10], [0.05, 0.10, 0.20]]
        table = self.write_matrix("z.csv", labels, [[a[g][s] * x[s] for s in range(3)] for g in range(3)])
        output = self.write_values("x.csv", labels, x)
        self.run_case("v01/case.yaml", f"io.table={table}", "io.table_kind=flows", f"io.output={output}", "io.shocks=none")
        self.assert_close(self.months("gross_output")[5], cases.leontief(a, [100.0, 200.0, 300.0]), 1e-10)

    def test_final_demand_by_month_holds_until_the_next(self):
        f = self.write("f.csv", ("value", "month", "label"), (30, 4, "one"), (10, 1, "one"), (5, 1, "two"), (0, 1, "three"), (0, 6, "two"))
        zero = self.write_matrix("t.csv", ("one", "two", "three"), [[0.0] * 3] * 3)
        self.run_case("v01/case.yaml", f"io.table={zero}", f"io.final_demand={f}", "io.final_demand_per=month", "io.shocks=none",
                      "run.months=8")
        self.assertEqual(self.months("gross_output")[1:], [[10, 5, 0]] * 3 + [[30, 5, 0]] * 2 + [[30, 0, 0]] * 3)

    def test_capacity_lost_without_stocks(self):
        shocks = self.write("s.csv", ("month", "label", "kind", "value"), (2, "three", "capacity", 0.25))
        self.run_case("v01/case.yaml", f"io.shocks={shocks}", "run.months=3")
        x, unmet = self.months("gross_output"), self.months("unmet_final_demand")
        self.assertAlmostEqual(x[2][2], 0.75 * x[1][2], delta=1e-9)
        self.assertAlmostEqual(unmet[2][2], 0.25 * 300.0, delta=1e-9)  # every order is cut by the same share
        self.assertAlmostEqual(x[3][0], x[1][0] - 0.05 * 0.25 * x[1][2], delta=1e-9)  # it orders A x(t-1)

    def test_what_is_bought_outside_may_be_rationed(self):
        """import_fill cuts what comes from outside; with little stock the user stops."""
        stock = self.write("n.csv", ("label", "value"), ("supplier", 1), ("user", 1))
        shocks = self.write("s.csv", ("month", "label", "kind", "value"), (2, "supplier", "import_fill", 0))
        self.run_case("v16/lambda.yaml", "io.flq_delta=1000000", f"io.inventory_months={stock}", f"io.shocks={shocks}",
                      "run.months=4", "io.mode=leontief")
        x, stocks = self.months("gross_output"), self.months("inventories")
        self.assertEqual([row[0] for row in x[1:]], [0.0] * 4)  # all of it comes from outside
        self.assertEqual([row[1] for row in x[1:]], [1.0, 1.0, 0.0, 1.0])
        self.assertEqual([row[1] for row in stocks], [0.5, 0.5, 0.0, 0.75, 0.625])

    def test_labels_are_free_text(self):
        labels = ['iron, steel and "alloys"', "Énergie – électricité", " spaced ", "1"]
        matrix = [[0.1, 0.2, 0.0, 0.1], [0.1, 0.0, 0.2, 0.1], [0.0, 0.1, 0.1, 0.1], [0.2, 0.0, 0.1, 0.0]]
        self.write_matrix("t.csv", labels, matrix)
        self.write_values("f.csv", labels, (12.0, 24.0, 36.0, 48.0))
        self.run_case("v01/case.yaml", "io.table=t.csv", "io.final_demand=f.csv", "io.shocks=none", "run.months=2")
        rows = self.export("gross_output")
        self.assertEqual(rows[0], ["time", "sector", "gross_output"])
        self.assertEqual([row[:2] for row in rows[1:]],
                         [[date, label] for date in ("2018-12-31", "2019-01-31", "2019-02-28") for label in labels])
        self.assertEqual([row[2] for row in rows[1:5]], [""] * 4)  # a flow has no value at t = 0
        self.assert_close([float(row[2]) for row in rows[5:9]], cases.leontief(matrix, [1.0, 2.0, 3.0, 4.0]), 1e-12)

    def test_500_labels(self):
        n, labels = 500, [f"g{k}" for k in range(500)]
        matrix = [[0.5 / n] * n for _ in range(n)]
        self.write_matrix("t.csv", labels, matrix)
        self.write_values("f.csv", labels, [12.0] * n)
        self.run_case("v01/case.yaml", "io.table=t.csv", "io.final_demand=f.csv", "io.shocks=none", "run.months=2")
        self.assert_close(self.months("gross_output")[2], [2.0] * n, 1e-12)

    def test_check_explain_verify_and_restart(self):
        scenario = cases.FOLDER / "v04" / "case.yaml"
        self.metier("check", scenario)
        text = self.metier("explain", cases.FOLDER / "v02" / "case.yaml", "--set", "households.mode=none").stdout
        self.assertIn("scenarios/verify/v02/table.csv", text)
        self.assertIn("io.labour is checked but not used: it takes households.mode: default.", text)
        self.assertIn("same as 1 thread", self.metier("verify", scenario, "--months", "12").stdout)

    def test_every_shipped_case_is_valid(self):
        shipped = sorted(cases.FOLDER.glob("*/*.yaml"))
        self.assertGreater(len(shipped), 12)
        self.metier("check", *shipped)

    def test_an_unknown_or_absent_indicator_is_usage(self):
        self.run_case("v01/case.yaml", "run.months=1")
        for name, near in (("gross_outputs", "gross_output"), ("inventories", "gross_output"), ("overproduction_factor", "price_level")):
            result = self.metier("export", "r.h5", "--to", "csv", "--indicator", name, exit_code=2)
            self.assertIn(near, result.stderr)


class V25(cases.InFolder):
    def test_dimensionless_outputs_do_not_feel_the_unit_of_money(self):
        self.run_case("v04/case.yaml", out="euro.h5")
        self.run_case("v25/case.yaml", out="kilo.h5")
        for indicator in ("price_level", "overproduction_factor"):
            for month, (a, b) in enumerate(zip(self.months(indicator, "euro.h5"), self.months(indicator, "kilo.h5"))):
                self.assert_close(a, b, 1e-9, f"{indicator}, month {month}")
        for indicator in ("gross_output", "unmet_final_demand", "inventories"):
            a, b = self.months(indicator, "euro.h5"), self.months(indicator, "kilo.h5")
            for month in range(1, 41):  # in the unit of the table, each
                self.assert_close([value / 1000.0 for value in a[month]], b[month], 1e-9, f"{indicator}, month {month}")


class Mistakes(cases.InFolder):
    def told(self, *changes):
        sets = [word for change in changes for word in ("--set", change)]
        return self.metier("check", cases.FOLDER / "v04" / "case.yaml", *sets, exit_code=3).stderr

    def expect(self, file, text, *messages, key="table", more=()):
        (self.folder / file).write_text(text, encoding="utf-8")
        told = self.told(f"io.{key}={file}", *more)
        for message in messages:
            self.assertIn(message, told)
        return told

    def test_everything_in_one_pass(self):
        (self.folder / "f.csv").write_text("label,value\none,-1\ntwo,x\n", encoding="utf-8")
        (self.folder / "s.csv").write_text("month,label,kind,value\n0,one,capacity,0.5\n3,one,capacityy,0.5\n", encoding="utf-8")
        told = self.expect("t.csv", ",one,two,three\none,.6,.2,-.1\ntwo,.4,.2,.1\nthree,.1,.1,a\n",
                           "t.csv:1:2: error: the inputs of 'one' sum to 1.1", "t.csv:2:11: error: 'three' is -.1, allowed 0 or more",
                           "t.csv:4:13: error: 'a' in column 'three' is not a number", "f.csv:2:5: error: 'value' is -1",
                           "f.csv:3:5: error: 'x'", "f.csv:1:1: error: 'three' is missing", "s.csv:2:1: error: '0' is not a month",
                           "s.csv:3:7: error: 'capacityy' is no kind of shock", "did you mean 'capacity'?",
                           more=("io.final_demand=f.csv", "io.shocks=s.csv"))
        self.assertIn("8 problems; nothing was run.", told)

    def test_shape_and_labels(self):
        self.expect("t.csv", ",one,two\none,.1,.2\n", "must be square")
        self.expect("t.csv", ",one,three\none,.1,.2\nthre,.1,.2\n", "t.csv:3:1: error: row 'thre' is no column", "did you mean 'three'?")
        self.expect("t.csv", ",one,two\ntwo,.1,.2\none,.1,.2\n", "t.csv:2:1: error: row 1 is 'two', the column in its place is 'one'")
        self.expect("t.csv", ",one,one\none,.1,.2\none,.1,.2\n", "t.csv:1:6: error: column 'one' stands twice")
        self.expect("t.csv", ",one,two\none,.1\ntwo,.1,.2\n", "t.csv:2:1: error: has 2 fields, the header has 3")
        self.expect("t.csv", ",one\none,.1\n", "has 1 labels, allowed 2 to 500")
        self.expect("t.csv", "", "t.csv:1:1: error: is empty")
        many = [f"g{k}" for k in range(501)]
        self.expect("t.csv", "," + ",".join(many) + "\n" + "".join(f"{g}{',0' * 501}\n" for g in many), "has 501 labels, allowed 2 to 500")

    def test_quoted_labels_keep_the_column(self):
        self.expect("t.csv", ',"a, b",c\n"a, b",.1,nan\nc,.1,.1\n', "t.csv:2:11: error: 'nan' in column 'c' is not a number")

    def test_columns_that_sum_to_one(self):
        self.expect("t.csv", ",one,two,three\none,0,.25,0\ntwo,0,.25,0\nthree,0,.5,0\n", "t.csv:1:6: error: the inputs of 'two' sum to 1 ")

    def test_flows_and_output(self):
        flows = ",one,two,three\none,10,0,0\ntwo,0,10,0\nthree,0,0,10\n"
        (self.folder / "x.csv").write_text("label,value\none,10\ntwo,100\nthree,0\n", encoding="utf-8")
        self.expect("t.csv", flows, "t.csv:1:2: error: the inputs of 'one' are 10, its output 10",
                    "t.csv:1:10: error: the inputs of 'three' are 10, its output 0", more=("io.table_kind=flows", "io.output=x.csv"))
        self.expect("t.csv", flows, "'io.output' is none: is needed by a table of flows", more=("io.table_kind=flows",))
        self.assertRegex(self.told("io.output=x.csv"), r"'io\.output' is \S*x\.csv: goes with io\.table_kind: flows")

    def test_shocks(self):
        head = "month,label,kind,value\n"
        self.expect("s.csv", head + "3,two,capacity,.5\n3,two,capacity,.4\n", "s.csv:3:1: error: month 3, 'two', capacity stands twice",
                    key="shocks")
        self.expect("s.csv", head + "3,thre,capacity,.5\n", "s.csv:2:3: error: 'thre' is not a label", "did you mean 'three'?", key="shocks")
        self.expect("s.csv", head + "1.5,two,capacity,1.5\n", "s.csv:2:1: error: '1.5' is not a month", "s.csv:2:18: error: 'value' is 1.5, "
                    "allowed 0 to 1", key="shocks")
        self.expect("s.csv", head + "3,two,import_fill,.5\n", "'import_fill' acts on nothing", key="shocks")
        self.expect("s.csv", "month,label,value\n3,two,.5\n", "s.csv:1:1: error: column 'kind' is missing", key="shocks")

    def test_final_demand(self):
        self.expect("f.csv", "label,value,month\none,1,1\none,2,1\ntwo,1,3\nthree,1,1\n", "f.csv:3:1: error: 'one' stands twice for month 1",
                    "f.csv:1:1: error: 'two' has no value before month 3", key="final_demand")
        self.expect("f.csv", "label,value\none,1\none,1\ntwo,1\nthree,1\n", "f.csv:3:1: error: 'one' stands twice", key="final_demand")

    def test_criticality_and_stocks(self):
        self.expect("c.csv", ",one,two,three\none,0,1,.5\ntwo,.7,1,1\nthree,1,1,1\n", "c.csv:3:5: error: 0.7 is no criticality", key="criticality")
        self.expect("c.csv", ",one,two\none,0,1\ntwo,1,1\n", "the labels of its columns are not those of io.table", key="criticality")
        self.expect("n.csv", "label,value\none,1\ntwo,-1\n", "n.csv:3:5: error: 'value' is -1", "'three' is missing", key="inventory_months")
        self.assertRegex(self.told("io.inventory_months=0"), r"'io\.inventory_months' is \S+: is needed by the modes ario_psi")

    def test_households_that_spend_more_than_there_is(self):
        (self.folder / "w.csv").write_text("label,value\none,.7\ntwo,.7\nthree,.7\n", encoding="utf-8")
        (self.folder / "c.csv").write_text("label,value\none,.5\ntwo,.5\nthree,.5\n", encoding="utf-8")
        told = self.told("io.labour=w.csv", "io.consumption=c.csv", "households.mode=default", "households.spend_income=1")
        self.assertIn("w.csv:1:1: error: households that spend this income make output grow without end", told)

    def test_what_needs_a_territory(self):
        told = self.told("run.burn_in_months=24", "io.substeps=4", "scale.factor=0.5", "firms.pricing=canvas", "labour.mode=full",
                         "firms.expectation=outlook", "households.mode=default")
        for key in ("run.burn_in_months", "io.substeps", "scale.factor", "firms.pricing", "labour.mode", "firms.expectation",
                    "households.mode"):
            self.assertIn(f"'{key}'", told)

    def test_a_table_does_not_go_with_a_territory(self):
        table, demand = (cases.FOLDER / "v01" / name for name in ("table.csv", "final_demand.csv"))
        result = self.metier("check", cases.run_files.BASELINE, "--set", f"io.table={table}", "--set", f"io.final_demand={demand}",
                             exit_code=3)
        self.assertRegex(result.stderr, r"'io\.table' is \S+: is a table of your own: it goes with space: none")

    def test_nothing_to_run(self):
        self.assertIn("gives nothing to run", self.metier("check", cases.FOLDER / "null.yaml", exit_code=3).stderr)

    def test_too_many_links(self):
        self.assertIn("supply links", self.told("io.establishments_per_sector=10000"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
