"""The baseline at full scale over its 264 months: sane without clamps, and not frozen.

What the path is made of, and why the floors stand where they stand: models/README.md, "The path of the baseline".

    baseline_test.py PROGRAM BUILD_FOLDER [unittest arguments]
"""

import math
import pathlib
import statistics
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import run_files  # noqa: E402

metier = run_files.Program(sys.argv[1])
RUN = pathlib.Path(sys.argv[2]) / "baseline_full_scale.h5"  # of the test `baseline_run`
MONTHS = 264
SETTLED = 48  # months of the observed path of the outside world, with the crisis of 2020: floors look at what comes after it

# Sectors with fewer jobs than this at t = 0 are one or two small establishments: one resignation may empty them for some months.
SECTOR_JOBS = 10

# Values that do not exist at some time for a reason; everything else has a value in every month.
WITHOUT_VALUE = {
    "mean_wage": "a sector without employees pays no wage",
    "mean_wage_index": "the same",
    "vacancy_rate_by_size": "of establishments without employees: no posts at all, or only open ones",
    "unmet_demand_share": "a sector without orders leaves none unmet",
    "local_purchase_share": "a sector without output buys nothing",
    "labour_market_tightness_by_commune": "a small commune may have nobody unemployed",
    "long_term_unemployment_share": "a small commune may have nobody unemployed",
}


def totals(table):
    """Sum over the cells, for each period in order."""
    return [math.fsum(value for value in table[date].values() if value is not None) for date in sorted(table)]


def by(table, axis):
    """{code: [sum of its cells, for each period]}"""
    series = {}
    for date in sorted(table):
        sums = {}
        for codes, value in table[date].items():
            sums[codes[axis]] = sums.get(codes[axis], 0.0) + (value or 0.0)
        for code, value in sums.items():
            series.setdefault(code, []).append(value)
    return series


def growth(series):
    return [math.log(b / a) for a, b in zip(series, series[1:])]


class Baseline(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        listing = metier("export", RUN).stdout.split("\n")
        cls.names = [line.split()[1] for line in listing if line.startswith("--indicator")]
        names = ("employment", "establishments", "unemployed", "unemployment_rate", "price_level", "gross_output", "gross_value_added_real", "hires")
        cls.table = {name: metier.indicator(RUN, name) for name in names}
        cls.dates = sorted(cls.table["employment"])
        at_start = by({cls.dates[0]: cls.table["employment"][cls.dates[0]]}, 1)
        cls.tiny = {sector for sector, (jobs,) in at_start.items() if jobs < SECTOR_JOBS}

    def test_covers_2018_to_2040(self):
        self.assertEqual((self.dates[0], self.dates[-1], len(self.dates)), ("2018-12-31", "2040-12-31", MONTHS + 1))

    def test_every_number_is_there(self):
        monthly = [name for name in self.names if "/" not in name]
        self.assertGreater(len(monthly), 50)
        for name in monthly:
            table = self.table.get(name) or metier.indicator(RUN, name)
            first, *later = (table[date] for date in sorted(table))
            if name in WITHOUT_VALUE:
                missing = sum(value is None for cells in later for value in cells.values())
                self.assertLess(missing, 0.25 * len(first) * MONTHS, name)
                continue
            for date, cells in zip(self.dates[1:], later):
                for codes, value in cells.items():
                    # The only worker of a sector went to another employer this month: the post is filled no more and not open yet.
                    if name == "vacancy_rate" and value is None and codes[0] in self.tiny:
                        continue
                    if value is None or not math.isfinite(value):
                        self.fail(f"{name} {date} {codes}: {value}")
            empty = [value is None for value in first.values()]
            self.assertTrue(all(empty) or not any(empty), f"{name}: at t = 0 either a stock or a flow")

    def test_tables_of_one_indicator_have_one_total(self):
        """`employment` and `employment_by_size` count the same jobs: what has a suffix is another table of the same sum."""
        pairs = [(name.split("_by_")[0], name) for name in self.names
                 if "_by_" in name and "/" not in name and not name.startswith(("unemployment_rate", "vacancy_rate", "mean_wage", "labour_market",
                                                                                "cash_distress", "local_purchase", "retail_capture"))]
        compared = 0
        for plain, suffixed in pairs:
            if plain in ("hires", "consumption") and suffixed not in ("hires_by_commune", "hires_by_occupation"):
                continue  # hires by duration are those of the unemployed, by zone those of outsiders; shops sell a part of consumption
            a, b = totals(metier.indicator(RUN, plain)), totals(metier.indicator(RUN, suffixed))
            for month, (x, y) in enumerate(zip(a, b, strict=True)):
                self.assertTrue(math.isclose(x, y, rel_tol=1e-5, abs_tol=1.0), f"{suffixed} month {month}: {y}, {plain} has {x}")
            compared += 1
        self.assertGreaterEqual(compared, 12)

    def test_no_commune_and_no_sector_is_emptied(self):
        for axis, what in ((0, "commune"), (1, "sector")):
            sites = by(self.table["establishments"], axis)
            for code, jobs in by(self.table["employment"], axis).items():
                self.assertGreater(min(sites[code]), 0, f"{what} {code} has no establishment")
                if axis == 0 or jobs[0] >= SECTOR_JOBS:
                    self.assertGreater(min(jobs), 0.5 * jobs[0], f"{what} {code} lost half of its {jobs[0]:.0f} jobs")
                    self.assertLess(max(jobs), 2.0 * jobs[0], f"{what} {code} doubled its {jobs[0]:.0f} jobs")

    def test_a_sector_of_one_establishment_stays_in_business(self):
        """Its only worker may leave, the post stays: open from the next month on, and taken again within a year."""
        jobs, posts = by(self.table["employment"], 1), by(metier.indicator(RUN, "vacancies"), 0)
        self.assertTrue(self.tiny, "no sector is that small: this test has lost its subject")
        for code in self.tiny:
            empty = [count == 0 for count in jobs[code]]
            nothing = [none and open_posts == 0 for none, open_posts in zip(empty, posts[code], strict=True)]
            self.assertFalse(any(a and b for a, b in zip(nothing, nothing[1:])), f"sector {code}: no job and no open post for two months")
            longest = max(len(run) for run in "".join("x" if none else " " for none in empty).split(" "))
            self.assertLessEqual(longest, 12, f"sector {code}: months without a worker")

    def test_jobs_stay_within_a_quarter_of_2018(self):
        jobs = totals(self.table["employment"])
        self.assertAlmostEqual(jobs[0], 527071, delta=0.001 * 527071)
        self.assertGreater(min(jobs), 0.75 * jobs[0])
        self.assertLess(max(jobs), 1.25 * jobs[0])

    def test_unemployment_stays_between_5_and_20_percent(self):
        for date in self.dates:
            rate = self.table["unemployment_rate"][date]
            people = by({date: self.table["unemployed"][date]}, 0)
            unemployed = sum(n for n, in people.values())
            force = sum(n / rate[code,] for code, (n,) in people.items() if n > 0)
            self.assertTrue(0.05 <= unemployed / force <= 0.20, f"{date}: {unemployed / force:.4f}")

    def test_the_labour_market_starts_at_rest(self):
        """In 2019, before the crisis, jobs grow by some .6 %: unemployment moves, but nothing fades that only the start put there. Decision 0017."""
        rates, force = (metier.indicator(RUN, name) for name in ("unemployment_rate_census", "labour_force"))
        unemployed = by(self.table["unemployed"], 0)
        halo = []
        for month, date in enumerate(self.dates[:13]):
            without = {commune: series[month] for commune, series in unemployed.items()}
            # census rate = (unemployed + halo) / (labour force + halo)
            halo.append(math.fsum((rate * force[date][commune,] - without[commune]) / (1.0 - rate) for (commune,), rate in rates[date].items()))
        by_age, by_duration = metier.indicator(RUN, "unemployment_rate_by_age"), metier.indicator(RUN, "unemployed_by_duration")
        everybody = metier.indicator(RUN, "unemployment_rate_territory")
        gaps, long_term = [], []
        for date in self.dates[:13]:
            (overall,) = everybody[date].values()
            gaps.append([rate / overall for rate in by_age[date].values()])
            months = list(by_duration[date].values())
            long_term.append(sum(months[3:]) / sum(months))  # 12 months or more
        for month in range(1, 13):
            self.assertAlmostEqual(halo[month] / halo[0], 1.0, delta=0.05, msg=f"halo, month {month}")
            self.assertAlmostEqual(long_term[month], long_term[0], delta=0.03, msg=f"long-term share, month {month}")
            for gap, gap_then in zip(gaps[month], gaps[0], strict=True):
                self.assertAlmostEqual(gap / gap_then, 1.0, delta=0.05, msg=f"unemployment by age over that of all, month {month}")

    def test_prices_stay_within_a_factor_of_2(self):
        for date in self.dates[1:]:
            for codes, price in self.table["price_level"][date].items():
                self.assertTrue(0.5 <= price <= 2.0, f"{date} {codes}: {price}")

    def test_the_crisis_of_2020_is_there_and_passes(self):
        """French GDP of 2020-Q2 was .816 of 2019-Q4; output that depends by half on the outside falls by less, and is back in 2022."""
        output = totals(self.table["gross_value_added_real"])
        before = statistics.fmean(output[10:13])
        self.assertTrue(0.82 < statistics.fmean(output[16:19]) / before < 0.95, statistics.fmean(output[16:19]) / before)
        self.assertGreater(statistics.fmean(output[37:40]) / before, 0.95)

    def test_no_month_is_like_the_other(self):
        """Standard deviations of month-to-month changes of logarithms, 2023 to 2040, over the floors of models/README.md."""
        hires = growth(totals(self.table["hires"])[1 + SETTLED:])
        nominal, price = by(self.table["gross_output"], 1), by(self.table["price_level"], 0)
        volume = [sum(nominal[s][m] / price[s][m] for s in nominal) for m in range(1 + SETTLED, MONTHS + 1)]
        of_sectors = [statistics.pstdev(growth(series[1 + SETTLED:])) for series in price.values()]
        measured = {
            "hires": (statistics.pstdev(hires), 0.017),
            "output": (statistics.pstdev(growth(volume)), 0.002),
            "prices of the middle sector": (statistics.median(of_sectors), 0.0003),
        }
        for name, (value, floor) in measured.items():
            print(f"{name}: {value:.5f} (floor {floor})")
            self.assertGreater(value, floor, name)
        for name, series in (("hires", hires), ("output", growth(volume))):
            changes = [value > 0 for value in series]
            turns = sum(a != b for a, b in zip(changes, changes[1:]))
            self.assertGreater(turns, len(changes) // 5, f"{name} go up and down")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
