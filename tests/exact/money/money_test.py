"""Not one cent is lost (case V18): every balance follows from the payments that the run wrote, with ==.

Read from outside, through `metier export`: totals by (class of account, sector, kind of flow) and balances by (class, sector) that
`output.ledger: full` keeps, single payments and single accounts with `output.ledger: postings`.

    money_test.py PROGRAM BUILD_FOLDER [unittest arguments]
"""

import collections
import pathlib
import random
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import run_files  # noqa: E402

metier = run_files.Program(sys.argv[1])
BASELINE_RUN = pathlib.Path(sys.argv[2]) / "baseline_full_scale.h5"  # of the test `baseline_run`

OUTSIDE = {"rof", "nwe", "row"}


class Books:
    """Balances and totals of flows of a run, month by month."""

    def __init__(self, path):
        self.balances = collections.defaultdict(collections.Counter)  # date -> (class, sector) -> cents
        for row in metier.table(path, "ledger/balances"):
            self.balances[row["time"]][row["account_class"], row["sector"]] += int(row["balance"])
        self.paid = collections.defaultdict(collections.Counter)  # date -> (class, sector, kind) -> cents
        self.received = collections.defaultdict(collections.Counter)
        for row in metier.table(path, "ledger/totals"):
            place = row["account_class"], row["sector"], row["flow_kind"]
            self.paid[row["time"]][place] += int(row["paid"])
            self.received[row["time"]][place] += int(row["received"])
        self.dates = sorted(self.balances)


def not_zero(cents_by):
    return {place: cents for place, cents in cents_by.items() if cents}


class MoneyTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="metier-money-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def check_books(self, books, months, what):
        self.assertEqual(len(books.dates), months + 1, what)
        for before, date in zip([None, *books.dates], books.dates):
            now = books.balances[date]
            # Bank identity: deposits + net worth of the banks - loans - claims on the outside = 0. What a class owes is negative, and
            # the claims of the territory on the outside are what the outside owes.
            deposits = sum(cents for (c, _), cents in now.items() if c in ("households", "deposits"))
            loans = -sum(cents for (c, _), cents in now.items() if c == "loans")
            outside = -sum(cents for (c, _), cents in now.items() if c in OUTSIDE)
            bank = now["bank", ""]
            self.assertEqual(deposits + bank - loans - outside, 0, f"{what} {date}: bank identity")
            holders = {name for (name, _), cents in now.items() if cents}
            self.assertLessEqual(holders, {"households", "deposits", "loans", "bank"} | OUTSIDE, f"{what} {date}: the other accounts pass on")
            if before is None:
                continue
            moved = collections.Counter()
            by_kind = collections.Counter()
            for sign, flows in ((-1, books.paid[date]), (1, books.received[date])):
                for (account_class, sector, kind), cents in flows.items():
                    moved[account_class, sector] += sign * cents
                    by_kind[kind] += sign * cents
            self.assertEqual(not_zero(by_kind), {}, f"{what} {date}: paid is received")
            for place in set(now) | set(moved) | set(books.balances[before]):
                self.assertEqual(now[place], books.balances[before][place] + moved[place], f"{what} {date} {place}: cents lost")
        flows = sum(sum(of_month.values()) for of_month in books.paid.values())
        self.assertGreater(flows, 0, what)

    def check_replay(self, path, books):
        """Payment after payment from the opening balances: the closing balances; their totals: the totals that the run kept."""
        place = {}
        opening, closing = {}, {}
        first, last = books.dates[0], books.dates[-1]
        for row in metier.table(path, "ledger/accounts"):
            account = int(row["account"])
            if row["time"] == first:
                opening[account] = int(row["balance"])
                place[account] = row["account_class"], row["sector"]
            else:
                self.assertEqual(row["time"], last)
                closing[account] = int(row["balance"])
        self.assertEqual(set(opening), set(closing))
        self.assertEqual(sum(opening.values()), 0)
        paid = collections.defaultdict(collections.Counter)
        received = collections.defaultdict(collections.Counter)
        replayed = collections.Counter(opening)
        postings = metier.table(path, "ledger/postings")
        for row in postings:
            debit, credit, cents, kind = int(row["debit"]), int(row["credit"]), int(row["cents"]), row["flow_kind"]
            replayed[debit] -= cents
            replayed[credit] += cents
            paid[row["time"]][(*place[debit], kind)] += cents
            received[row["time"]][(*place[credit], kind)] += cents
        for account, balance in closing.items():
            self.assertEqual(replayed[account], balance, f"account {account} {place[account]}")
        for date in books.dates[1:]:
            self.assertEqual(not_zero(paid[date]), not_zero(books.paid[date]), date)
            self.assertEqual(not_zero(received[date]), not_zero(books.received[date]), date)
        return len(postings)


class Replay(MoneyTest):
    def test_payments_replay_to_the_final_balances(self):
        months = 15  # the State's emergency measures start in month 15
        path = metier.run(self.folder / "a.h5", "--scale", "0.02", "--months", months, "--set", "output.ledger=postings")
        books = Books(path)
        self.check_books(books, months, "baseline")
        self.assertGreater(self.check_replay(path, books), 300_000)
        kinds = {kind for of_month in books.paid.values() for (_, _, kind), cents in of_month.items() if cents}
        for kind in ("wages", "consumption", "vat", "intermediate", "imports", "exports", "investment", "dwellings", "dividends", "loan",
                     "short_time_work", "settlement"):
            self.assertIn(kind, kinds)


# Blocks and variants; every parameter of the sensitivity studies is drawn from its range besides.
CHOICES = {
    "io.mode": ["half_critical", "leontief", "strongly_critical", "weakly_critical", "linear", "ces", "none"],
    "io.stocks": ["finite", "infinite"],
    "io.rationing": ["proportional", "household_first", "priority"],
    "io.substeps": [1, 4],
    "firms.mode": ["default", "default", "none"],
    "firms.expectation": ["adaptive", "outlook"],
    "firms.pricing": ["markup", "canvas", "fixed"],
    "labour.mode": ["full", "full", "two_state"],
    "households.mode": ["default", "default", "none"],
    "outside.mode": ["observed_then_ar1", "ar1", "constant"],
    "outside.emergency_path": ["scenarios/paths/emergency_state.csv", "none"],
}
NOT_DRAWN = {"synthesis.survival_cohort"}  # a year of a survey: few of those between the ends of its range were surveyed
NO_INDICATORS = [word for group in ("monthly", "quarterly", "annual", "distributions") for word in ("--set", f"output.{group}=none")]


def random_scenario(number):
    """Text of a scenario: each variant with equal chances, each number uniform in its range of scenarios/priors.yaml."""
    draw = random.Random(18_000 + number)
    settings = {key: draw.choice(values) for key, values in CHOICES.items()}
    priors = (run_files.ROOT / "scenarios" / "priors.yaml").read_text()
    for key, low, high, default in re.findall(r"^  (\S+): \{low: (\S+), high: (\S+), default: (\[.*\]|\S+), unit", priors, re.M):
        if key in NOT_DRAWN:
            continue
        whole = all("." not in text and "e" not in text for text in (low, high, default.strip("[]")))
        values = [draw.randint(int(low), int(high)) if whole else round(draw.uniform(float(low), float(high)), 6) for _ in default.split(",")]
        settings[key] = values if default.startswith("[") else values[0]
    least = sorted((settings["labour.reservation_end"], settings["labour.reservation_start"]))  # it falls with time
    settings["labour.reservation_end"], settings["labour.reservation_start"] = least
    domains = collections.defaultdict(list)
    for key, value in settings.items():
        domain, name = key.split(".")
        domains[domain].append(f"{name}: {value}")
    lines = [f"{domain}: {{{', '.join(values)}}}" for domain, values in domains.items()]
    return "\n".join(["schema: 1", f"extends: {run_files.BASELINE}", *lines, ""])


class Scenarios(MoneyTest):
    def check_scenarios(self, numbers, months, *more):
        for number in numbers:
            text = random_scenario(number)
            scenario = self.folder / f"scenario_{number}.yaml"
            scenario.write_text(text)
            with self.subTest(scenario=number):
                try:
                    path = metier.run(self.folder / "a.h5", "--scale", "0.02", "--months", months, "--seed", number + 1, "--force", *NO_INDICATORS,
                                      *more, scenario=scenario)
                    books = Books(path)
                    self.check_books(books, months, f"scenario {number}")
                    if "output.ledger=postings" in more:
                        self.check_replay(path, books)
                except AssertionError as error:
                    raise AssertionError(f"{error}\n{text}") from None


class FewScenarios(Scenarios):
    def test_four_random_scenarios(self):
        self.check_scenarios(range(4), 3, "--set", "output.ledger=postings")


class HundredScenarios(Scenarios):
    def test_100_random_scenarios(self):
        self.check_scenarios(range(100), 6, "--set", "run.burn_in_months=3")


class FullScale(MoneyTest):
    def test_264_months_of_the_metropolis(self):
        self.check_books(Books(BASELINE_RUN), 264, "baseline")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
