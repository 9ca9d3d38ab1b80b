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
DISTRIBUTED = {"dividends", "mixed_income"}
LEAST = 0.0  # months of cost: a sector as a whole owes nothing on current accounts


def sums(rows, value, keep=lambda row: True):
    total = collections.defaultdict(int)
    for row in rows:
        if keep(row):
            total[row["time"], row["sector"]] += int(row[value])
    return total


class BalanceSheets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        parameters = metier.parameters(RUN)
        cls.kept = float(parameters["firms.cash_months_kept"])
        cls.payout = float(parameters["firms.excess_payout"])  # per month
        cls.share = float(parameters["firms.dividend_share"])
        balances = metier.table(RUN, "ledger/balances")
        flows = metier.table(RUN, "ledger/totals")
        cls.deposits = sums(balances, "balance", lambda r: r["account_class"] == "deposits")
        cls.loans = sums(balances, "balance", lambda r: r["account_class"] == "loans")
        cls.cost = sums(flows, "paid", lambda r: r["account_class"] == "deposits" and r["flow_kind"] in COSTS)
        cls.distributed = sums(flows, "paid", lambda r: r["account_class"] == "deposits" and r["flow_kind"] in DISTRIBUTED)
        cls.dates = sorted({date for date, _ in cls.cost})
        cls.sectors = sorted({sector for _, sector in cls.cost})

    def year_mean(self, amounts, last, sector):
        """Mean monthly amount of the year that ends with month number `last`."""
        year = self.dates[max(0, last - 11):last + 1]
        return sum(amounts[date, sector] for date in year) / len(year)

    def test_deposits_of_every_sector_stay_within_their_band(self):
        """In months of cost. Above: `kept` months stay. Of what is more the part `payout` goes each month, while the part 1 - share of free profit
        comes in: the excess ends at (1 - share) / payout months of the profits of those that make some. These are at most what is distributed
        over `share`."""
        outside = []
        for sector in self.sectors:
            for number in range(11, len(self.dates), 12):  # ends of years
                cost = self.year_mean(self.cost, number, sector)
                profits = self.year_mean(self.distributed, number, sector) / self.share
                most = self.kept + (1.0 - self.share) / self.payout * profits / cost
                months = self.deposits[self.dates[number], sector] / cost
                if not LEAST <= months <= most:
                    outside.append(f"{self.dates[number]} {sector} {months:.2f}, at most {most:.2f}")
        self.assertEqual(outside, [], f"deposits in months of cost, at least {LEAST}")

    def test_loans_grow_with_what_is_paid(self):
        """Loans are the same share of capital at book value: the ratio to cost moves with the lag of book values, not by half."""
        cost = [sum(self.year_mean(self.cost, n, s) for s in self.sectors) for n in (11, len(self.dates) - 1)]
        owed = [-sum(self.loans[self.dates[n], s] for s in self.sectors) for n in (11, len(self.dates) - 1)]
        self.assertGreater(owed[1], owed[0])
        self.assertAlmostEqual(owed[1] / cost[1] / (owed[0] / cost[0]), 1.0, delta=0.25)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
