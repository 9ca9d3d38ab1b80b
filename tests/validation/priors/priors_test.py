"""Every parameter with a prior moves the state: a study that varies it does not draw noise.

    priors_test.py PROGRAM [parameter ...]

Each parameter is set to the end of its range that is further from its default, in the smallest territory over the months to the crisis
measures of March 2020; the state hash has to differ from that of the same run without it. What counts in a mode of its own or under
other conditions alone says so in SETTINGS.
"""

import concurrent.futures
import os
import pathlib
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
import run_files  # noqa: E402

metier = run_files.Program(sys.argv[1])
ONLY = sys.argv[2:]
SMALL = ["--scale", "0.01", "--months", "18", "--threads", "1"]
QUIET = [word for key in ("monthly=none", "quarterly=none", "annual=none", "distributions=none", "ledger=none", "panel_share=0")
         for word in ("--set", "output." + key)]

# The setting under which a parameter counts, and why.
SETTINGS = {
    "firms.outlook_memory": ["firms.expectation=outlook"],             # the estimate is made in this mode alone
    "io.ces_sigma": ["io.mode=ces", "scale.factor=0.05", "run.months=40"],  # stocks have to run short somewhere
    "labour.lifo_share": ["scale.factor=0.05"],                        # some employer has to dismiss one of several
    "network.suppliers_max": ["scale.factor=0.2"],                     # hardly anybody is large enough to have so many
    "synthesis.seasonal_owner_share": ["scale.factor=0.05"],           # few employers have nobody at the end of December
    "synthesis.group_size_min": ["scale.factor=0.05"],
    "synthesis.survival_cohort": ["scale.factor=0.05"],
    "labour.finding_rate": None,   # labour.mode two_state with space none: tests/exact/labour
    "credit.guaranteed_months": ["run.months=40"],                     # paid back after the measure, from 2022 on
    "outside.persistence": ["outside.mode=ar1"],                       # observed until 2022
    "outside.shock_sd": ["outside.mode=ar1"],
    "outside.common_share": ["outside.mode=ar1"],
    "tax.mel_share": None,         # a transfer between two accounts that are settled every month: flows differ, the state does not
}
PRIOR = re.compile(r"^  ([a-z0-9_.]+): \{low: ([^,]+), high: ([^,]+), default: (\[[^\]]*\]|[^,}]+)")


def priors():
    text = (run_files.ROOT / "scenarios" / "priors.yaml").read_text(encoding="utf-8")
    return [match.groups() for match in map(PRIOR.match, text.splitlines()) if match]


def far_end(low, high, default):
    """The end of the range further from the default; of several numbers, one for all."""
    numbers = [float(n) for n in default.strip("[]").split(",")]
    end = max((low, high), key=lambda e: min(abs(float(e) - n) for n in numbers))
    return end if "[" not in default else "[" + ", ".join([end] * len(numbers)) + "]"


def state_hash(folder, number, settings):
    words = [word for setting in settings for word in ("--set", setting)]
    scale = [] if any(setting.startswith("scale.factor") for setting in settings) else SMALL[:2]
    months = [] if any(setting.startswith("run.months") for setting in settings) else SMALL[2:4]
    text = metier("run", run_files.BASELINE, "--out", pathlib.Path(folder) / f"{number}.h5", *scale, *months, *SMALL[4:], *QUIET, *words).stdout
    (pathlib.Path(folder) / f"{number}.h5").unlink()
    return re.search(r"state hash ([0-9a-f]{16})", text).group(1)


class Priors(unittest.TestCase):
    def test_every_parameter_with_a_prior_moves_the_state(self):
        asked = [p for p in priors() if not ONLY or p[0] in ONLY]
        self.assertGreater(len(asked), 0)
        self.assertEqual(set(SETTINGS) - {key for key, *_ in priors()}, set(), "settings of parameters that are no more")
        runs = {}  # settings -> hash, each run once
        for key, low, high, default in asked:
            base = SETTINGS.get(key, [])
            if base is None:
                continue
            runs[tuple(base)] = None
            runs[(*base, f"{key}={far_end(low, high, default)}")] = None
        with tempfile.TemporaryDirectory(prefix="metier-priors-") as folder, \
                concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            hashes = pool.map(lambda job: state_hash(folder, *job), enumerate(runs))
            runs = dict(zip(runs, hashes))
        idle = [key for key, low, high, default in asked
                if (base := SETTINGS.get(key, [])) is not None
                and runs[tuple(base)] == runs[(*base, f"{key}={far_end(low, high, default)}")]]
        self.assertEqual(idle, [], "parameters without effect")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
