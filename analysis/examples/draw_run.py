"""Four pictures of a run: `draw_run.py results/baseline.h5 [picture.png]`. Needs xarray and matplotlib; cells for notebooks."""

# %% Open the file. Where there is no screen, the picture goes to a file.
import sys

import matplotlib

if len(sys.argv) > 2:
    matplotlib.use("Agg")
import matplotlib.pyplot as plt
import xarray

path = sys.argv[1] if len(sys.argv) > 1 else "results/baseline.h5"
run = xarray.open_dataset(path)
figure, axes = plt.subplots(2, 2, figsize=(11, 7), constrained_layout=True)

# %% Jobs by the six largest sectors at the end, and all others.
jobs = run["employment"].sum("commune")
largest = jobs.isel(time=-1).argsort().values[::-1]
shown, rest = largest[:6], largest[6:]
labels = [run["sector_label_en"].values[k][:32] for k in shown] + ["other sectors"]
stack = [jobs.isel(sector=k) / 1000 for k in shown] + [jobs.isel(sector=rest).sum("sector") / 1000]
axes[0, 0].stackplot(jobs["time"].values, *stack, labels=labels)
axes[0, 0].legend(fontsize=6, loc="lower left")
axes[0, 0].set_title("Jobs by sector (thousand)")

# %% Unemployment of the territory: the labour force of a commune is its unemployed over its rate.
unemployed = run["unemployed"].sum("occupation")
force = (unemployed / run["unemployment_rate"]).sum("commune")
rate = 100 * unemployed.sum("commune") / force
axes[0, 1].plot(rate["time"].values, rate.values)
axes[0, 1].set_ylim(bottom=0)
axes[0, 1].set_title("Unemployment rate, ILO sense (%)")

# %% Prices of producers and of the households' basket. A flow or a mean has no value at t = 0: it is left out.
months = run.isel(time=slice(1, None))
weights = months["gross_output"].sum("commune")
producers = (months["price_level"] * weights).sum("sector") / weights.sum("sector")
axes[1, 0].plot(months["time"].values, producers.values, label="producers")
axes[1, 0].plot(months["time"].values, months["consumer_price"].values, label="households' basket")
axes[1, 0].legend()
axes[1, 0].set_title("Prices (2018 = 1)")

# %% Hires and separations in a month.
axes[1, 1].plot(months["time"].values, months["hires"].sum("sector").values, label="hires")
axes[1, 1].plot(months["time"].values, months["separations"].sum("sector").values, label="separations")
axes[1, 1].legend()
axes[1, 1].set_title("Hires and separations (persons a month)")

# %% Show or save.
figure.suptitle(run.attrs["title"])
if len(sys.argv) > 2:
    figure.savefig(sys.argv[2], dpi=100)
    print(f"wrote {sys.argv[2]}")
else:
    plt.show()
