"""How to read a run in Python: `read_run.py results/baseline.h5`. Needs xarray and netcdf4 or h5netcdf; cells for notebooks."""

# %% Open the file. Dimensions have labels in French and English beside their codes.
import sys

import xarray

path = sys.argv[1] if len(sys.argv) > 1 else "results/baseline.h5"
run = xarray.open_dataset(path, engine=sys.argv[2] if len(sys.argv) > 2 else None)
print(f"{run.attrs['title']}: {run.sizes['time'] - 1} months, {run.sizes['commune']} communes, {run.sizes['sector']} sectors")

# %% A stock: jobs of the whole territory. The first entry of time is the state at t = 0.
jobs = run["employment"].sum(["commune", "sector"])
print(f"jobs: {float(jobs[0]):,.0f} on {str(jobs.time.values[0])[:10]}, {float(jobs[-1]):,.0f} on {str(jobs.time.values[-1])[:10]}")

# %% A flow: hires of each month. It has no value (NaN) at t = 0.
hires = run["hires"].sum("sector", skipna=False)
print(f"hires per month: {float(hires[1:].mean()):,.0f}; at t = 0: {float(hires[0])}")

# %% The five sectors with most jobs at the end, with their French labels.
by_sector = run["employment"].isel(time=-1).sum("commune")
largest = by_sector.sortby(by_sector, ascending=False).isel(sector=slice(0, 5))
for code, count in zip(largest["sector"].values, largest.values):
    label = run["sector_label_fr"].sel(sector=code).item()
    print(f"  {code:<6} {label[:50]:<50} {count:>10,.0f}")

# %% One commune by its code, as a table: xarray gives pandas.
table = run["unemployment_rate"].sel(commune=run["commune"].values[0]).to_series()
print(f"unemployment rate of {run['commune_label_fr'].values[0]}: {100 * table.iloc[-1]:.1f} % at the end")

# %% Where the numbers come from: every parameter with unit and origin, the scenario, the data files.
origin = xarray.open_dataset(path, group="provenance", engine=sys.argv[2] if len(sys.argv) > 2 else None)
print("provenance:", ", ".join(sorted(origin.variables)))
