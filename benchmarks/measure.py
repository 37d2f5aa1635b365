"""What the statistics cost: tables of means, raking, drivers, replicates; beside R's survey where it is.

R and its package come from Debian (r-cran-survey); without them its rows say so. Every figure is this
process's own time but R's, which R tells itself. `BENCH_ANSWERS` gives another number than a million.
"""

from __future__ import annotations

import json
import math
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

import run
from anju.stats.calibrate import Margin, rake
from anju.stats.columns.crossed import crossed
from anju.stats.columns.means import Table, means
from anju.stats.columns.relation import Layout, totals
from anju.stats.design import design
from anju.stats.sampling.replicates import bootstrap, replicate_mean
from benchmarks.figure import Figure

ITEMS, PROJECTS, BUILDINGS = 20, 300, 6000
R_MEANS = """
n <- {n}; d <- as.data.frame(matrix(readBin("{data}", "double", n * {k}), n))
names(d) <- c({names}); suppressMessages(library(survey))
des <- svydesign(ids = ~b, strata = ~p, weights = ~w, data = d)
table <- function(f) svyby(as.formula(f), ~{by}, des, svymean, keep.var = TRUE, na.rm = TRUE)
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
    yield from _beside_svy(folder / f"answers{gaps}.parquet", found, own, clock)
    theirs = _in_r(folder, columns, found, gaps=gaps > 0)
    name = f"{ITEMS} items × {PROJECTS} projects, {n:,} answers{said}"
    yield Figure(f"{name}: CPU", own, "s", note=f"{clock:.2f} s by the clock")
    if theirs is None:
        yield Figure(f"{name}: beside R", 0, "×", note="R with survey is not here")
        return
    yield Figure(f"{name}: share of R's svyby in CPU", own / theirs[0], "", 1 / 150, note=f"R {theirs[0]:.1f} s: {theirs[0] / own:.0f} × (goal 150)")  # fmt: skip
    yield Figure(f"{name}: share of R's svyby by the clock", clock / theirs[1], "", 1 / 200, note=f"{theirs[1] / clock:.0f} × (goal 200)")  # fmt: skip
    yield Figure(f"{name}: largest relative difference", theirs[2], "", 1e-6, note=f"of {2 * ITEMS * PROJECTS:,} figures")  # fmt: skip
    yield from _across(folder, {**columns, "p2": np.arange(n) % PROJECTS}, name, gaps)


def _beside_svy(data: Path, found: Table, own: float, clock: float) -> Iterator[Figure]:
    """Yield how the package svy stands beside us, in an environment of its own; words where it is not."""
    out, items = data.with_suffix(".json"), list(found.items)
    try:
        python = os.environ.get("ANJU_SVY_PYTHON") or run.environment("survey", run.surroundings())
        command = [python, "-m", "benchmarks.svy_means", str(data), str(out), *items]
        place = Path(run.__file__).parent
        done = subprocess.run(command, env=run.surroundings(), cwd=place, check=False)
    except (SystemExit, OSError):
        done = None
    if done is None or done.returncode:
        yield Figure(
            "beside svy", math.nan, "×", note="not measured: it is not here or did not run"
        )
        return
    told = json.loads(out.read_text())
    theirs = np.array(told["figures"]).transpose(2, 1, 0)  # mean or error, project, item
    rows = np.argsort([int(str(group)) for group in found.groups])
    far = np.abs(np.stack([found.mean, found.se])[:, rows] / theirs - 1).max()
    yield Figure("  share of svy's own time, CPU", own / told["own"], "", 1 / 500, note=f"svy {told['own']:.1f} s: {told['own'] / own:.0f} × (goal 500), {told['clock'] / clock:.0f} × by the clock")  # fmt: skip
    yield Figure("  largest relative difference from svy", far, "", 1e-6)


def _across(
    folder: Path, columns: dict[str, np.ndarray], name: str, gaps: float
) -> Iterator[Figure]:
    """Yield the same for groups that lie across the buildings, beside R's own for these groups."""
    table = _table(folder, columns, f"across{gaps}")
    found = means(crossed(table, _layout("p2")))
    own, clock = spent(lambda: means(crossed(table, _layout("p2"))), 2)
    name = f"{name}, groups across buildings"
    yield Figure(f"{name}: CPU", own, "s", note=f"{clock:.2f} s by the clock")
    theirs = _in_r(folder, columns, found, gaps=gaps > 0, by="p2")
    if theirs is not None:
        yield Figure(f"{name}: share of R's svyby in CPU", own / theirs[0], "", note=f"R {theirs[0]:.1f} s: {theirs[0] / own:.0f} ×")  # fmt: skip
        yield Figure(f"{name}: largest relative difference", theirs[2], "", 1e-6, note=f"of {2 * ITEMS * PROJECTS:,} figures")  # fmt: skip


def _in_r(
    folder: Path, columns: dict[str, np.ndarray], found: Table, *, gaps: bool, by: str = "p"
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
        names=", ".join(f'"{name}"' for name in columns), by=by,
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
