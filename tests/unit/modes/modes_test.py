"""Every mode of the economic blocks runs in the territory (a fiftieth of it, three months): the books close, the state is another one than the
default's, and what the mode means can be seen. Month 1 starts from the same state in the modes that act on the month alone.

    modes_test.py PROGRAM [unittest arguments]
"""

import collections
import concurrent.futures
import math
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import run_files  # noqa: E402

metier = run_files.Program(sys.argv[1])
NULL = run_files.ROOT / "scenarios" / "verify" / "null.yaml"
SMALL = ["--scale", "0.02", "--months", "3", "--set", "run.burn_in_months=0"]

# What differs from the defaults. Rules for the lack of inputs act where stocks are short, rationing and spill where somebody's output is.
SHORT = ["io.inventory_scale=0.3", "io.min_months=1"]
SCARCE = ["firms.labour_use=1", "production.alpha_max=1"]
VARIANTS = {
    "default": [],
    "firms none": ["firms.mode=none"],
    "outlook": ["firms.expectation=outlook"],
    "canvas": ["firms.pricing=canvas"],
    "fixed prices": ["firms.pricing=fixed"],
    "half critical": SHORT,
    "leontief": [*SHORT, "io.mode=leontief"],
    "strongly critical": [*SHORT, "io.mode=strongly_critical"],
    "weakly critical": [*SHORT, "io.mode=weakly_critical"],
    "linear": [*SHORT, "io.mode=linear"],
    "ces": [*SHORT, "io.mode=ces"],
    "inputs never bind": [*SHORT, "io.mode=none"],
    "infinite stocks": ["io.stocks=infinite"],
    "scarce": SCARCE,
    "household first": [*SCARCE, "io.rationing=household_first"],
    "priority": [*SCARCE, "io.rationing=priority"],
    "random": [*SCARCE, "io.rationing=random"],
    "spill": [*SCARCE, "io.unmet=spill"],
    "fill elasticity": [*SCARCE, "io.fill_elasticity=1"],
    "four parts": ["io.substeps=4"],
    "cilq": ["io.regionalise=cilq"],
    "gravity": ["io.regionalise=gravity"],
    "mean field": ["network.mode=mean_field"],
    "households none": ["households.mode=none"],
    "nobody moves": ["labour.mode=two_state"],
    "ar1": ["outside.mode=ar1"],
    "path": ["outside.mode=path", "outside.tilt_path=none"],
    "constant": ["outside.mode=constant"],
    "nothing moves prices": ["outside.mode=constant", "firms.pricing=fixed"],
    "everything none": ["firms.mode=none", "io.mode=none", "io.stocks=infinite", "network.mode=mean_field", "households.mode=none",
                        "labour.mode=two_state", "outside.mode=constant"],
}
# Indicators that a null model takes out of the file.
ABSENT = {
    "firms none": ["price_level"],
    "fixed prices": ["price_level"],
    "inputs never bind": ["unmet_demand_share", "binding_constraint_share", "inventories"],
    "infinite stocks": ["inventories"],
    "households none": ["consumption", "consumption_by_category", "retail_capture_share", "retail_own_commune_share"],
    "nobody moves": ["hires", "separations", "vacancies"],
}
READ_OF_ALL = ("gross_output", "imports", "disposable_income")


def settings(changes):
    return [word for change in changes for word in ("--set", change)]


class Modes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """A run whose ledger does not close in some month, or whose headcount does not, ends with code 5: an error here."""
        cls.scratch = tempfile.TemporaryDirectory(prefix="metier-modes-")
        cls.files = {name: pathlib.Path(cls.scratch.name) / f"{name.replace(' ', '_')}.h5" for name in VARIANTS}
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            runs = {name: pool.submit(metier.run, cls.files[name], "--threads", "1", *SMALL, *settings(changes))
                    for name, changes in VARIANTS.items()}
            for run in runs.values():
                run.result()
            read = {(name, what): pool.submit(metier.indicator, file, what) for name, file in cls.files.items() for what in READ_OF_ALL}
        cls.cells = {key: result.result() for key, result in read.items()}

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def indicator(self, variant, name):
        if (variant, name) not in self.cells:
            self.cells[variant, name] = metier.indicator(self.files[variant], name)
        return self.cells[variant, name]

    def months(self, variant, indicator):
        """Sums over all cells at t = 0 and in months 1, 2, 3; of flows there is none at t = 0."""
        cells = self.indicator(variant, indicator)
        return [math.fsum(v for v in cells[date].values() if v is not None) for date in sorted(cells)]

    def month_1(self, variant, indicator):
        return self.months(variant, indicator)[1]

    def test_every_variant_ends_in_a_state_and_with_results_of_its_own(self):
        """The hash alone may differ because a mode has other columns: what is made, bought elsewhere and earned differs, too."""
        ends, results = collections.defaultdict(list), collections.defaultdict(list)
        for name, file in self.files.items():
            ends[metier.table(file, "hashes")[-1]["hash"]].append(name)
            results[str([self.months(name, what) for what in READ_OF_ALL])].append(name)
        for same in (ends, results):
            self.assertEqual([names for names in same.values() if len(names) > 1], [], "variants that change nothing")

    def test_money_and_numbers_are_sound(self):
        for name, file in self.files.items():
            total = collections.Counter()
            for row in metier.table(file, "ledger/balances"):
                total[row["time"]] += int(row["balance"])
            self.assertEqual(set(total.values()), {0}, f"{name}: balances of all accounts")
            output = self.indicator(name, "gross_output")
            values = [value for date in sorted(output)[1:] for value in output[date].values()]
            self.assertTrue(all(value is not None and math.isfinite(value) and value >= 0.0 for value in values), name)
            self.assertGreater(sum(values), 0.0, name)

    def test_null_models_take_their_indicators_away(self):
        def listed(name):
            return {line.split()[1] for line in metier("export", self.files[name]).stdout.splitlines()}

        everything = listed("default")
        for name, absent in ABSENT.items():
            self.assertLessEqual(set(absent), everything, name)
            self.assertFalse(set(absent) & listed(name), name)

    def test_rules_for_the_lack_of_inputs_are_ordered(self):
        """From one state: the more inputs may stop an establishment, the less is made."""
        made = [self.month_1(name, "gross_output") for name in ("leontief", "strongly critical", "weakly critical", "inputs never bind")]
        self.assertEqual(made, sorted(made))
        self.assertLess(made[0], made[-1], "stocks are too long for the rules to act")
        for name in ("half critical", "linear", "ces"):
            self.assertLessEqual(made[0], self.month_1(name, "gross_output"), name)
            self.assertLessEqual(self.month_1(name, "gross_output"), made[-1], name)

    def test_rationing_serves_first_whom_it_says(self):
        """From one state: orders and output are the same, who is served is not."""
        made = {name: self.month_1(name, "gross_output") for name in ("scarce", "household first", "priority", "random")}
        bought = {name: self.month_1(name, "consumption") for name in made}
        self.assertEqual(len(set(made.values())), 1, made)
        self.assertGreater(bought["household first"], bought["scarce"])
        self.assertLess(bought["priority"], bought["scarce"])
        self.assertNotEqual(bought["random"], bought["scarce"])

    def test_what_spills_is_bought(self):
        self.assertGreater(self.month_1("spill", "consumption"), self.month_1("scarce", "consumption"))

    def test_shares_move_only_after_a_month_of_short_deliveries(self):
        for indicator in ("gross_output", "imports", "consumption"):
            still, moving = self.months("scarce", indicator), self.months("fill elasticity", indicator)
            self.assertEqual(still[1], moving[1], indicator)
            self.assertNotEqual(still[3], moving[3], indicator)

    def test_location_quotients_alone_leave_more_purchases_here(self):
        """cilq is flq with lambda* = 1, and lambda* of a region is below 1."""
        def share(name):
            cells = self.indicator(name, "local_purchase_share")
            values = [value for value in cells[sorted(cells)[1]].values() if value is not None]
            return sum(values) / len(values)

        self.assertGreater(share("cilq"), share("default"))
        self.assertNotEqual(share("gravity"), share("default"))

    def test_nobody_moves(self):
        for name in ("nobody moves", "everything none"):
            self.assertEqual(len(set(self.months(name, "employment"))), 1, name)
        self.assertGreater(len(set(self.months("default", "employment"))), 1)

    def test_prices_stand_where_nothing_moves_them(self):
        for name in ("nothing moves prices", "everything none"):
            for price in self.months(name, "consumer_price"):
                self.assertAlmostEqual(price, 1.0, delta=1e-9, msg=name)
        self.assertGreater(self.months("fixed prices", "consumer_price")[3], 1.0, "prices outside go on")

    def test_demand_from_outside_follows_its_mode(self):
        """Constant demand at constant prices: only relative prices move exports. The path without tilt and draws differ from the path with it."""
        exports = {name: self.months(name, "exports")[1:] for name in ("default", "path", "ar1", "nothing moves prices")}
        still = exports["nothing moves prices"]
        self.assertLess(max(still) / min(still), 1.001, "deliveries apart, nothing moves")
        for one, other in (("default", "path"), ("default", "ar1"), ("path", "ar1")):
            self.assertNotEqual(exports[one], exports[other])

    def test_what_needs_a_territory_is_refused_without_one(self):
        for change in ("io.rationing=random", "io.unmet=spill", "io.fill_elasticity=1", "io.regionalise=gravity", "network.mode=mean_field",
                       "firms.pricing=canvas", "labour.mode=full"):
            with self.subTest(change=change):
                self.assertIn(change.split("=")[0], metier("check", NULL, "--set", change, exit_code=3).stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
