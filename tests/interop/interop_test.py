"""Opens a small run with the readers that people use: ncdump, xarray with both engines, h5py, R; runs the examples.

    interop_test.py PROGRAM [unittest arguments]           exit code 77 (skipped) when a reader is not installed
"""

import importlib.util
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = sys.argv[1]
NEEDED = ["xarray", "netCDF4", "h5netcdf", "h5py", "matplotlib"]

# Name, dimensions, whether it is a flow or a mean (no value at t = 0).
EXPECTED = [
    ("employment", ("time", "commune", "sector"), False),
    ("establishments", ("time", "commune", "sector"), False),
    ("gross_output", ("time", "commune", "sector"), True),
    ("gross_value_added_real", ("time", "commune", "sector"), True),
    ("unemployed", ("time", "commune", "occupation"), False),
    ("unemployment_rate", ("time", "commune"), False),
    ("consumption", ("time", "commune"), True),
    ("vacancies", ("time", "sector"), False),
    ("hires", ("time", "sector"), True),
    ("separations", ("time", "sector"), True),
    ("mean_wage", ("time", "sector"), False),
    ("price_level", ("time", "sector"), None),
    ("exports", ("time", "sector"), True),
    ("imports", ("time", "sector"), True),
    ("unmet_demand_share", ("time", "sector"), True),
    ("local_purchase_share", ("time", "sector"), True),
    ("in_commuters", ("time", "zone"), False),
    ("out_commuters", ("time", "zone"), False),
]
MONTHS = 6


class Readers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="metier-interop-"))
        cls.path = cls.folder / "run.h5"
        arguments = ["run", ROOT / "scenarios" / "baseline.yaml", "--out", cls.path, "--scale", "0.02", "--months", MONTHS, "--quiet", "--root", ROOT]
        subprocess.run([PROGRAM, *map(str, arguments)], check=True, timeout=240)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def check_dataset(self, run):
        self.assertEqual(run.sizes["time"], MONTHS + 1)
        self.assertEqual(run.sizes["zone"], 13)
        self.assertEqual([str(t)[:10] for t in run["time"].values[:3]], ["2018-12-31", "2019-01-31", "2019-02-28"])
        self.assertTrue(run.attrs["Conventions"].startswith("CF-1."))
        for name, dims, empty_at_start in EXPECTED:
            with self.subTest(indicator=name):
                variable = run[name]
                self.assertEqual(variable.dims, dims)
                self.assertTrue(variable.attrs["long_name"])
                self.assertIn("units", variable.attrs)
                at_start, later = variable.isel(time=0).values, variable.isel(time=-1).values
                self.assertTrue((later == later).any(), "no value at the end")
                if empty_at_start:
                    self.assertTrue((at_start != at_start).all(), "a flow has a value at t = 0")
                elif empty_at_start is False:
                    self.assertTrue((at_start == at_start).any(), "a stock has no value at t = 0")
        self.assertEqual(run["commune"].values[0].__class__, str)
        self.assertEqual(len(set(run["commune"].values)), run.sizes["commune"])
        for dimension in ("commune", "sector", "occupation", "zone"):
            for language in ("en", "fr"):
                self.assertEqual(run[f"{dimension}_label_{language}"].dims, (dimension,))
        self.assertGreater(float(run["employment"].isel(time=0).sum()), 5000)

    def test_xarray_with_both_engines_and_by_itself(self):
        import xarray

        for engine in ("netcdf4", "h5netcdf", None):
            with self.subTest(engine=engine), xarray.open_dataset(self.path, engine=engine) as run:
                self.check_dataset(run)

    def test_groups_open_by_themselves(self):
        import xarray

        for engine in ("netcdf4", "h5netcdf"):
            with self.subTest(engine=engine):
                with xarray.open_dataset(self.path, group="ledger/totals", engine=engine) as totals:
                    self.assertEqual(int(totals["paid"].sum()), int(totals["received"].sum()))
                    self.assertGreater(int(totals["paid"].sum()), 0)
                with xarray.open_dataset(self.path, group="panel/establishments", engine=engine) as panel:
                    self.assertIn("price", panel)
                with xarray.open_dataset(self.path, group="distribution/quantiles", engine=engine) as quantiles:
                    self.assertTrue((quantiles["value"].values >= 0).all())
                with xarray.open_dataset(self.path, group="provenance", engine=engine) as origin:
                    self.assertGreater(len(origin.variables), 5)

    def test_h5py(self):
        import h5py

        with h5py.File(self.path) as run:
            for name, dims, _ in EXPECTED:
                self.assertEqual([scale.label or scale.keys()[0] for scale in run[name].dims][: len(dims)], list(dims), name)
                self.assertEqual(run[name].dtype.kind, "f")
            self.assertTrue(math.isnan(run["hires"][0, 0]))
            self.assertEqual(run["commune"].shape, (run["employment"].shape[1],))

    def test_margins_and_assumptions_are_in_the_file(self):
        import h5py

        with h5py.File(self.path) as run:
            report = run["init_report"]
            margins = [name.decode() for name in report["margin"][:]]
            asked, obtained = report["asked"][:], report["obtained"][:]
            for exact in ("employers by commune and group", "units without employees by commune", "salaried jobs by commune"):
                rows = [k for k, name in enumerate(margins) if name == exact]
                self.assertGreater(len(rows), 90, exact)
                self.assertEqual(list(asked[rows]), list(obtained[rows]), exact)
            self.assertGreater(run["provenance/assumption"].shape[0], 20)
            self.assertGreater(run["provenance/data_file"].shape[0], 20)
            listed = run.attrs["assumptions"]
            self.assertIn("synthesis.overlap_units", listed.decode() if isinstance(listed, bytes) else listed)

    def test_ncdump(self):
        header = subprocess.run(["ncdump", "-h", self.path], check=True, capture_output=True, text=True).stdout
        for name, dims, _ in EXPECTED:
            self.assertRegex(header, rf"(float|double) {name}\({', '.join(dims)}\)")
        self.assertIn('time:units = "days since 2018-12-31"', header)
        self.assertIn("group: provenance", header)
        times = subprocess.run(["ncdump", "-v", "time", "-t", self.path], check=True, capture_output=True, text=True).stdout
        self.assertIn('"2018-12-31", "2019-01-31"', times.replace("\n", " "))

    def test_the_example_runs(self):
        for engine in ("netcdf4", "h5netcdf"):
            example = ROOT / "analysis" / "examples" / "read_run.py"
            result = subprocess.run([sys.executable, example, self.path, engine], capture_output=True, text=True, check=False)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("at t = 0: nan", result.stdout)
            self.assertRegex(result.stdout, r"jobs: [\d,]+ on 2018-12-31, [\d,]+ on 2019-06-30")

    def test_the_example_draws_a_picture(self):
        picture = self.folder / "run.png"
        result = subprocess.run([sys.executable, ROOT / "analysis" / "examples" / "draw_run.py", self.path, picture], capture_output=True,
                                text=True, check=False)
        self.assertEqual(result.returncode, 0, result.stderr)
        import matplotlib.image

        pixels = matplotlib.image.imread(picture)
        self.assertEqual(pixels.shape[:2], (700, 1100))
        for half in (pixels[:350, :550], pixels[:350, 550:], pixels[350:, :550], pixels[350:, 550:]):
            self.assertGreater(float(half[..., :3].std()), 0.05, "a quarter of the picture is empty")

    def test_the_example_in_r_runs(self):
        if shutil.which("Rscript") is None or subprocess.run(["Rscript", "-e", "library(ncdf4)"], capture_output=True, check=False).returncode:
            self.skipTest("R with ncdf4 is not installed")
        result = subprocess.run(["Rscript", ROOT / "analysis" / "examples" / "read_run.R", self.path], capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stdout, r"jobs: \d+ on 2018-12-31")


if __name__ == "__main__":
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None] + ([] if shutil.which("ncdump") else ["ncdump"])
    if missing:
        print(f"skipped: not installed: {', '.join(missing)}")
        sys.exit(77)
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
