"""Balance sheets of the baseline over its whole run: no sector lives on overdrafts, none hoards, loans follow output.

    balance_sheets_test.py PROGRAM RUN_FILE
"""

import collections
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import run_files  # noqa: E402

metier = run_files.Program(sys.argv[1])
RUN = pathlib.Path(sys.argv[2])
COSTS = {"wages", "worker_contributions", "employer_contributions", "intermediate", "imports", "input_tax", "production_tax", "corporate_tax",
         "interest"}
# Months of cost. Above: six are kept (firms.cash_months_kept), a twelfth of the rest goes each month and at most a quarter of the profit comes
# in, so that an excess of a month means a profit of a third of cost. Below: a sector as a whole owes nothing on current accounts.
LEAST, MOST = 0.0, 7.0


def sums(rows, value, keep=lambda row: True):
    total = collections.defaultdict(int)
    for row in rows:
        if keep(row):
            total[row["time"], row["sector"]] += int(row[value])
    return total


class BalanceSheets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        balances = metier.table(RUN, "ledger/balances")
        flows = metier.table(RUN, "ledger/totals")
        cls.deposits = sums(balances, "balance", lambda r: r["account_class"] == "deposits")
        cls.loans = sums(balances, "balance", lambda r: r["account_class"] == "loans")
        cls.cost = sums(flows, "paid", lambda r: r["account_class"] == "deposits" and r["flow_kind"] in COSTS)
        cls.dates = sorted({date for date, _ in cls.cost})
        cls.sectors = sorted({sector for _, sector in cls.cost})

    def year_cost(self, last, sector):
        """Mean monthly cost of the year that ends with month number `last`."""
        year = self.dates[max(0, last - 11):last + 1]
        return sum(self.cost[date, sector] for date in year) / len(year)

    def test_deposits_of_every_sector_stay_within_their_band(self):
        outside = []
        for number in range(0, len(self.dates), 12):
            for sector in self.sectors:
                months = self.deposits[self.dates[number], sector] / self.year_cost(number, sector)
                if not LEAST <= months <= MOST:
                    outside.append(f"{self.dates[number]} {sector} {months:.2f}")
        self.assertEqual(outside, [], f"deposits in months of cost, allowed {LEAST} to {MOST}")

    def test_loans_grow_with_what_is_paid(self):
        """Loans are the same share of capital at book value: the ratio to cost moves with the lag of book values, not by half."""
        cost = [sum(self.year_cost(n, s) for s in self.sectors) for n in (11, len(self.dates) - 1)]
        owed = [-sum(self.loans[self.dates[n], s] for s in self.sectors) for n in (11, len(self.dates) - 1)]
        self.assertGreater(owed[1], owed[0])
        self.assertAlmostEqual(owed[1] / cost[1] / (owed[0] / cost[0]), 1.0, delta=0.25)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
