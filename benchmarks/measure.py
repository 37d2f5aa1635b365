"""What the statistics cost: tables of means, raking, drivers, replicates; beside R's survey where it is.

R and its package come from Debian (r-cran-survey); without them its rows say so. Every figure is this
process's own time but R's, which R tells itself. `BENCH_ANSWERS` gives another number than a million.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from anju.stats.calibrate import Margin, rake
from anju.stats.columns.means import Table, means
from anju.stats.columns.relation import Layout, totals
from anju.stats.design import design
from anju.stats.sampling.replicates import bootstrap, replicate_mean
from benchmarks.figure import Figure

ITEMS, PROJECTS, BUILDINGS = 20, 300, 6000
R_MEANS = """
n <- {n}; d <- as.data.frame(matrix(readBin("{data}", "double", n * {k}), n))
names(d) <- c("b", "p", "w", {names}); suppressMessages(library(survey))
des <- svydesign(ids = ~b, strata = ~p, weights = ~w, data = d)
table <- function(f) svyby(as.formula(f), ~p, des, svymean, keep.var = TRUE, na.rm = TRUE)
t <- system.time(r <- lapply(c({formulas}), table))
cat(t[["user.self"]] + t[["sys.self"]], t[["elapsed"]], "\\n")
half <- function(one, part) {{ k <- (ncol(one) - 1) / 2; as.matrix(one[, 1 + (part - 1) * k + 1:k]) }}
both <- cbind(do.call(cbind, lapply(r, half, 1)), do.call(cbind, lapply(r, half, 2)))
writeBin(as.vector(both), "{out}")
"""


def many() -> int:
    """Return how many answers are wanted."""
    return int(os.environ.get("BENCH_ANSWERS", "1000000"))


def spent(work: Callable[[], object], rounds: int = 3) -> tuple[float, float]:
    """Return the least seconds of this process's time and of the clock for some work."""
    own, clock = [], []
    for _ in range(rounds):
        began, here = time.process_time(), time.monotonic()
        work()
        own.append(time.process_time() - began)
        clock.append(time.monotonic() - here)
    return min(own), min(clock)


def answers(n: int, *, gaps: float = 0.0, seed: int = 1) -> dict[str, np.ndarray]:
    """Return answers of owners: building, project, weight and twenty items of five levels."""
    chance = np.random.default_rng(seed)
    building = chance.integers(0, BUILDINGS, n)
    found = {"b": building, "p": building % PROJECTS, "w": chance.uniform(0.5, 3, n)}
    for item in range(ITEMS):
        y = np.clip(np.round(chance.normal(3.8, 1, n) + (building % 7) / 10), 1, 5)
        if gaps:
            y[chance.random(n) < gaps] = np.nan
        found[f"i{item}"] = y
    return found


def measure() -> Iterator[Figure]:
    """Yield every measurement; the goals are those of a machine of two cores."""
    with tempfile.TemporaryDirectory(prefix="anju-measure-") as folder:
        for gaps in (0.0, 0.15):
            yield from _means(Path(folder), gaps)
        yield from _ten_million(Path(folder))
    yield from _raking()
    yield from _replicates()


def _table(folder: Path, columns: dict[str, np.ndarray], name: str) -> ibis.Table:
    path = folder / f"{name}.parquet"
    missing = {name: pa.array(column, from_pandas=True) for name, column in columns.items()}
    pq.write_table(pa.table(missing), path)
    return ibis.duckdb.connect(threads=2).read_parquet(path)


def _layout(by: str = "p") -> Layout:
    return Layout([f"i{item}" for item in range(ITEMS)], "w", "p", "b", by)


def _means(folder: Path, gaps: float) -> Iterator[Figure]:
    n, said = many(), " with gaps" if gaps else ""
    columns = answers(n, gaps=gaps)
    table = _table(folder, columns, f"answers{gaps}")
    found = means(totals(table, _layout()))
    own, clock = spent(lambda: means(totals(table, _layout())))
    theirs = _in_r(folder, columns, found, gaps=gaps > 0)
    name = f"{ITEMS} items × {PROJECTS} projects, {n:,} answers{said}"
    yield Figure(f"{name}: CPU", own, "s", note=f"{clock:.2f} s by the clock")
    if theirs is None:
        yield Figure(f"{name}: beside R", 0, "×", note="R with survey is not here")
        return
    yield Figure(f"{name}: share of R's svyby in CPU", own / theirs[0], "", 1 / 150, note=f"R {theirs[0]:.1f} s: {theirs[0] / own:.0f} × (goal 150)")  # fmt: skip
    yield Figure(f"{name}: share of R's svyby by the clock", clock / theirs[1], "", 1 / 200, note=f"{theirs[1] / clock:.0f} × (goal 200)")  # fmt: skip
    yield Figure(f"{name}: largest relative difference", theirs[2], "", 1e-6, note=f"of {2 * ITEMS * PROJECTS:,} figures")  # fmt: skip
    crossed = {**columns, "p2": np.arange(n) % PROJECTS}
    across = _table(folder, crossed, f"across{gaps}")
    own, clock = spent(lambda: means(totals(across, _layout("p2"))), 2)
    yield Figure(f"{name}: groups across the buildings, CPU", own, "s", note=f"{theirs[0] / own:.0f} × R's nested groups")  # fmt: skip


def _in_r(
    folder: Path, columns: dict[str, np.ndarray], found: Table, *, gaps: bool
) -> tuple[float, float, float] | None:
    """Return R's own seconds, its clock, and how far its figures lie from ours."""
    if shutil.which("Rscript") is None:
        return None
    data, out = folder / "data.bin", folder / "out.bin"
    whole = np.column_stack([column.astype(np.float64) for column in columns.values()])
    whole.T.tofile(data)
    names = [f"i{item}" for item in range(ITEMS)]
    # One call leaves out a row for a gap in any item, so with gaps each item is a call.
    formulas = [f"~{name}" for name in names] if gaps else ["~" + "+".join(names)]
    script = R_MEANS.format(
        n=len(whole), k=whole.shape[1], data=data, out=out,
        formulas=", ".join(f'"{one}"' for one in formulas),
        names=", ".join(f'"{name}"' for name in names),
    )  # fmt: skip
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    own, clock = map(float, done.stdout.split()[:2])
    theirs = np.fromfile(out).reshape(2 * ITEMS, PROJECTS).T
    order = np.argsort([str(group) for group in range(PROJECTS)])
    ours = np.hstack([found.mean, found.se])
    return own, clock, float((np.abs(ours - theirs[order]) / np.abs(theirs[order])).max())


def _ten_million(folder: Path) -> Iterator[Figure]:
    n = 10 * many()
    part = answers(many())
    for at in range(10):
        pq.write_table(pa.table(part), folder / f"part{at}.parquet")
    table = ibis.duckdb.connect(threads=2).read_parquet(str(folder / "part?.parquet"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    own, clock = spent(lambda: means(totals(table, _layout())), 2)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3
    yield Figure(f"{n:,} answers from Parquet: CPU", own, "s", 1.0, note=f"{clock:.2f} s by the clock; memory grew by {grown:.0f} MB")  # fmt: skip


def _raking() -> Iterator[Figure]:
    n = many()
    chance = np.random.default_rng(2)
    made = design(np.ones(n))
    margins = []
    for at, kinds in enumerate((4, 5, 6)):
        by = chance.integers(0, kinds, n)
        wanted = np.bincount(by) * chance.uniform(0.8, 1.2, kinds)
        wanted *= n / wanted.sum()
        margins.append(Margin(str(at), by.tolist(), dict(enumerate(wanted.tolist()))))
    own, _ = spent(lambda: rake(made, margins), 1)
    yield Figure(f"raking on three margins, {n:,} rows", own, "s", note="from rows; from cells it is a matter of 120")  # fmt: skip


def _replicates() -> Iterator[Figure]:
    n = many()
    columns = answers(n)
    made = design(columns["w"], strata=columns["p"].tolist(), clusters=columns["b"].tolist())
    drawn = bootstrap(made, seed=1)
    own, _ = spent(lambda: replicate_mean(made, drawn, columns["i0"]))
    yield Figure(f"500 bootstrap replicates of a mean, {n:,} rows", own, "s", 0.5)
