"""Cases V18 (money), V19 (headcounts) and V24b (rounding) of scenarios/verify: identities that anybody can check on an exported run.

    identities_test.py PROGRAM [unittest arguments]
"""

import collections
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import cases  # noqa: E402

EMPLOYED, SELF_EMPLOYED, UNEMPLOYED = "1", "2", "3"
STATUSES = {str(k) for k in range(1, 9)}


class Case(cases.InFolder):
    def table(self, name):
        return cases.PROGRAM.table(self.folder / "r.h5", name)

    def sums(self, indicator):
        """{date: {code of the first dimension: sum over the others}}"""
        sums = {}
        for date, values in cases.PROGRAM.indicator(self.folder / "r.h5", indicator).items():
            of_date = sums[date] = collections.Counter()
            for codes, value in values.items():
                of_date[codes[0]] += value
        return sums


class Money(Case):
    """V18."""

    def test_payments_replay_to_the_closing_balances(self):
        self.run_case("v18/case.yaml")
        accounts, postings = self.table("ledger/accounts"), self.table("ledger/postings")
        first, last = sorted({row["time"] for row in accounts})
        place = {row["account"]: (row["account_class"], row["sector"]) for row in accounts}
        opening, closing = ({row["account"]: int(row["balance"]) for row in accounts if row["time"] == date} for date in (first, last))
        for balances in (opening, closing):
            self.assertEqual(sum(balances.values()), 0)
            for account, cents in balances.items():
                if place[account][0].startswith("clearing"):
                    self.assertEqual(cents, 0, place[account])
        replayed, paid, received = collections.Counter(opening), collections.Counter(), collections.Counter()
        for row in postings:
            cents, month = int(row["cents"]), row["time"]
            replayed[row["debit"]] -= cents
            replayed[row["credit"]] += cents
            paid[(month, *place[row["debit"]], row["flow_kind"])] += cents
            received[(month, *place[row["credit"]], row["flow_kind"])] += cents
        self.assertEqual({a: replayed[a] for a in closing}, closing)
        self.assertNotEqual(opening, closing)

        balance = {}
        for row in self.table("ledger/balances"):
            balance.setdefault(row["time"], {})[row["account_class"], row["sector"]] = int(row["balance"])
        moved = {date: collections.Counter() for date in balance}
        for row in self.table("ledger/totals"):
            flow = row["time"], row["account_class"], row["sector"], row["flow_kind"]
            self.assertEqual(int(row["paid"]), paid.pop(flow, 0), flow)
            self.assertEqual(int(row["received"]), received.pop(flow, 0), flow)
            moved[flow[0]][flow[1:3]] += int(row["received"]) - int(row["paid"])
        self.assertFalse(+paid or +received, "payments that no total counts")
        dates = sorted(balance)
        for before, date in zip(dates, dates[1:]):
            for holder, cents in balance[date].items():
                self.assertEqual(cents, balance[before].get(holder, 0) + moved[date][holder], (date, holder))


class Headcount(Case):
    """V19."""

    def test_everybody_is_counted_once(self):
        self.run_case("v19/case.yaml")
        labour_force, unemployed, employment = self.sums("labour_force"), self.sums("unemployed"), self.sums("employment")
        coming, leaving = self.sums("in_commuters"), self.sums("out_commuters")
        for date in labour_force:
            here = sum(labour_force[date].values()) - sum(unemployed[date].values()) - sum(leaving[date].values()) + sum(coming[date].values())
            self.assertEqual(here, sum(employment[date].values()), date)

        first = min(labour_force)
        communes = list(labour_force[first])
        places = [*communes, *coming[first]]
        people, jobs = {}, {}
        for row in self.table("panel/persons"):
            self.assertIn(row["status"], STATUSES)
            people.setdefault(row["time"], collections.Counter())[places[int(row["home"])], row["status"], row["workplace"]] += 1
        for row in self.table("panel/establishments"):
            jobs.setdefault(row["time"], collections.Counter())[row["commune"]] += int(row["employees"]) + int(row["self_employed"])
        self.assertEqual(len(people), 3, "t = 0 and two ends of year")

        def count(date, home=None, status=STATUSES, work=None):
            return sum(n for (h, s, w), n in people[date].items() if home in (None, h) and s in status and work in (None, w))

        self.assertEqual(len(jobs), 9, "t = 0 and eight quarters")
        for date in jobs:
            for c in communes:
                self.assertEqual(jobs[date][c], employment[date][c], (date, c))
        for date in people:
            for c in communes:
                self.assertEqual(count(date, c), count(first, c), (date, c))
                self.assertEqual(count(date, c, {EMPLOYED, SELF_EMPLOYED, UNEMPLOYED}), labour_force[date][c], (date, c))
                self.assertEqual(count(date, c, {UNEMPLOYED}), unemployed[date][c], (date, c))
                self.assertEqual(count(date, None, {EMPLOYED, SELF_EMPLOYED}, c), employment[date][c], (date, c))
            for z in coming[date]:
                self.assertEqual(count(date, z, {EMPLOYED}), coming[date][z], (date, z))
            outside = sum(count(date, c, {EMPLOYED}, "") for c in communes)
            self.assertEqual(outside, sum(leaving[date].values()), date)


class Rounding(Case):
    """V24b."""

    def test_profits_are_split_to_the_cent(self):
        self.run_case("v24b/case.yaml")
        kind = {row["account"]: row["account_class"] for row in self.table("ledger/accounts")}
        got, parts = collections.Counter(), collections.defaultdict(collections.Counter)
        for row in self.table("ledger/postings"):
            if kind[row["credit"]] == "clearing_profits":
                got[row["time"]] += int(row["cents"])
            if kind[row["debit"]] == "clearing_profits":
                self.assertEqual(kind[row["credit"]], "households")
                parts[row["time"]][row["credit"]] += int(row["cents"])
        self.assertEqual(len(parts), 15)
        cells = set().union(*parts.values())
        self.assertGreater(len(cells), 400)
        self.assertGreater(len(set(got.values())), 10, "a total that never changes proves little")
        for month, total in got.items():
            self.assertEqual(sum(parts[month].values()), total, month)
        for cell in cells:
            least = max((parts[month][cell] - 1) / total for month, total in got.items())
            most = min((parts[month][cell] + 1) / total for month, total in got.items())
            self.assertLess(least, most, f"no share of account {cell} explains all months")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
