# How to read a run in R: Rscript read_run.R results/baseline.h5. Needs the package ncdf4 (Debian: r-cran-ncdf4).
library(ncdf4)

arguments <- commandArgs(trailingOnly = TRUE)
path <- if (length(arguments) > 0) arguments[1] else "results/baseline.h5"
run <- nc_open(path)
cat(ncatt_get(run, 0, "title")$value, "\n")

# Dimensions come in the reverse order of the file: sector, commune, time.
employment <- ncvar_get(run, "employment")
jobs <- apply(employment, 3, sum)
origin <- as.Date(sub("days since ", "", ncatt_get(run, "time", "units")$value))
dates <- origin + ncvar_get(run, "time")
cat(sprintf("jobs: %.0f on %s, %.0f on %s\n", jobs[1], dates[1], jobs[length(jobs)], dates[length(dates)]))

# Flows have no value at t = 0.
hires <- colSums(ncvar_get(run, "hires"))
cat(sprintf("hires per month: %.0f\n", mean(hires[-1])))
nc_close(run)
