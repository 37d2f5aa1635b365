"""What the statistics cost: means, raking, reliability and drivers, replicates; beside R's survey and svy.

Where R with its package is installed it takes turns with us, round by round; every figure is a
process's own time unless it says clock. `BENCH_ANSWERS` gives another number than a million,
`BENCH_ROUNDS` other rounds than five; R takes three, and one where it is slow. Each works on the same
answers as it prepares them for itself beforehand, which is not counted: R its `svydesign` of the rows
as they came, we the sorted snapshot. That R is quicker on rows that somebody sorted is a row of its own. With gaps R needs a call
for each item, since one call leaves out whole rows; it is timed on a few of them and counted up.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import run
from anju.stats.calibrate import Margin, rake
from anju.stats.columns.crossed import crossed
from anju.stats.columns.means import Table, means
from anju.stats.columns.relation import totals
from anju.stats.design import design
from anju.stats.sampling.replicates import bootstrap, replicate_mean
from benchmarks import in_r
from benchmarks.figure import Figure
from benchmarks.groups import of_groups
from benchmarks.owners import ITEMS, NAMES, PROJECTS, answers, in_order, layout, opened, written

PLACE = Path(run.__file__).parent
FEW = 2  # of the items are asked of R where there are gaps


@dataclass(frozen=True, slots=True)
class Ours:
    """What one turn of ours took, of this process and by the clock, in seconds."""

    own: float
    clock: float


def many() -> int:
    """Return how many answers are wanted."""
    return int(os.environ.get("BENCH_ANSWERS", "1000000"))


def rounds() -> int:
    """Return how many rounds are wanted."""
    return int(os.environ.get("BENCH_ROUNDS", "5"))


def spent(work: Callable[[], object]) -> Ours:
    """Return the seconds of some work."""
    began, here = time.process_time(), time.monotonic()
    work()
    return Ours(time.process_time() - began, time.monotonic() - here)


def middle(turns: list[Ours]) -> Ours:
    """Return the medians of several turns."""
    return Ours(
        statistics.median(one.own for one in turns), statistics.median(one.clock for one in turns)
    )


def measure() -> Iterator[Figure]:
    """Yield every measurement; the goals are those of a machine of two cores."""
    with tempfile.TemporaryDirectory(prefix="anju-measure-") as name:
        folder = Path(name)
        for gaps in (0.0, 0.15):
            columns = answers(many(), gaps=gaps)
            said = f"{ITEMS} items × {PROJECTS} projects, {many():,} answers{' with gaps' if gaps else ''}"
            yield from _nested(folder, columns, said, gaps=bool(gaps))
            # Neighbours belong to different groups: each lies across all buildings.
            across = {**columns, "p2": np.arange(many()) % PROJECTS}
            yield from _crossed(folder, across, f"{said}, across buildings", gaps=bool(gaps))
        yield from _ten_million(folder)
        yield from _raking(folder)
    yield from of_groups(10 * many())
    yield from _replicates()


def _nested(folder: Path, columns: dict[str, np.ndarray], said: str, *, gaps: bool) -> Iterator[Figure]:  # fmt: skip
    path = written(in_order(columns), folder / f"answers{gaps}.parquet")
    table = opened(path)
    work = lambda: means(totals(table, layout()))  # noqa: E731 - timed by name
    found = work()
    goals = (None, None) if gaps else (1 / 150, 1 / 200)
    ours, figures = _beside_r(folder, columns, work, _Asked(said, "p", goals, gaps=gaps))
    yield from figures
    if not gaps:
        yield from _sorted_for_r(folder, columns, said, ours)
        yield from _beside_svy(written(columns, folder / "came.parquet"), found, ours)


def _sorted_for_r(folder: Path, columns: dict[str, np.ndarray], said: str, ours: Ours) -> Iterator[Figure]:  # fmt: skip
    if not in_r.here():
        return
    with in_r.waiting(folder, in_order(columns), in_r.means_in_r(NAMES, by="p", gaps=False)) as r:
        theirs = r.turn()
    yield Figure(f"{said}: share of R's, its rows sorted", ours.own / theirs.own, "", note=f"R {theirs.own:.1f} s: {theirs.own / ours.own:.0f} ×, {theirs.clock / ours.clock:.0f} × by the clock")  # fmt: skip


def _crossed(folder: Path, columns: dict[str, np.ndarray], said: str, *, gaps: bool) -> Iterator[Figure]:  # fmt: skip
    table = opened(written(in_order(columns), folder / f"across{gaps}.parquet"))
    work = lambda: means(crossed(table, layout("p2")))  # noqa: E731 - timed by name
    yield from _beside_r(folder, columns, work, _Asked(said, "p2", (None, None), gaps=gaps))[1]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A table of means to be made by both: its name, its groups, its goals, whether it has gaps."""

    said: str
    by: str
    goals: tuple[float | None, float | None]
    gaps: bool

    @property
    def items(self) -> tuple[str, ...]:
        """Return the items that R is asked for."""
        return NAMES[:FEW] if self.gaps else NAMES


def _beside_r(
    folder: Path, columns: Mapping[str, np.ndarray], work: Callable[[], Table], asked: _Asked
) -> tuple[Ours, list[Figure]]:
    """Return our median and the figures beside R's, in turns of both."""
    found, turns, theirs = work(), [], []
    with ExitStack() as held:
        r = None
        if in_r.here():
            text = in_r.means_in_r(asked.items, by=asked.by, gaps=asked.gaps)
            r = held.enter_context(in_r.waiting(folder, columns, text))
        for at in range(rounds()):
            work()  # after R's turn nothing of ours is warm, and R's own turn warms itself
            turns.append(spent(work))
            if r is not None and at < (1 if asked.gaps or asked.by != "p" else 3):
                theirs.append(r.turn())
    ours, said = middle(turns), asked.said
    figures = [Figure(f"{said}: CPU", ours.own, "s", note=f"{ours.clock:.2f} s by the clock, {rounds()} rounds")]  # fmt: skip
    if not theirs:
        return ours, [*figures, _unknown(said, "R with survey is not here")]
    calls, timed = ITEMS / len(asked.items), f"{len(theirs)} rounds" + (f", {FEW} of {ITEMS} calls counted up" if asked.gaps else "")  # fmt: skip
    own = calls * statistics.median(one.own for one in theirs)
    clock = calls * statistics.median(one.clock for one in theirs)
    far = _apart(found, theirs[0].figures, len(asked.items))
    figures += [
        Figure(f"{said}: share of R's svyby, CPU", ours.own / own, "", asked.goals[0], note=f"R {own:.1f} s ({timed}): {own / ours.own:.0f} ×"),
        Figure(f"{said}: share of R's svyby, clock", ours.clock / clock, "", asked.goals[1], note=f"R {clock:.1f} s: {clock / ours.clock:.0f} ×"),
        Figure(f"{said}: largest relative difference", far, "", 1e-6, note=f"of {2 * len(asked.items) * PROJECTS:,} figures"),
    ]  # fmt: skip
    return ours, figures


def _apart(found: Table, told: np.ndarray, items: int) -> float:
    """Return how far our means and errors lie from R's at most; R's groups come in order of number."""
    theirs = told.reshape(2 * items, PROJECTS).T
    order = np.argsort([str(group) for group in range(PROJECTS)])
    ours = np.hstack([found.mean[:, :items], found.se[:, :items]])
    return float((np.abs(ours - theirs[order]) / np.abs(theirs[order])).max())


def _unknown(name: str, why: str) -> Figure:
    return Figure(name, math.nan, "×", note=f"not measured: {why}")


def _beside_svy(data: Path, found: Table, ours: Ours) -> Iterator[Figure]:
    """Yield how the package svy stands beside us, in an environment of its own; words where it is not."""
    out, items = data.with_suffix(".json"), list(found.items)
    try:
        python = os.environ.get("ANJU_SVY_PYTHON") or run.environment("survey", run.surroundings())
        command = [python, "-m", "benchmarks.svy_means", str(data), str(out), *items]
        done = subprocess.run(command, env=run.surroundings(), cwd=PLACE, check=False)
    except (SystemExit, OSError):
        done = None
    if done is None or done.returncode:
        yield _unknown("beside svy", "it is not here or did not run")
        return
    told = json.loads(out.read_text())
    theirs = np.array(told["figures"]).transpose(2, 1, 0)  # mean or error, project, item
    rows = np.argsort([int(str(group)) for group in found.groups])
    far = float(np.abs(np.stack([found.mean, found.se])[:, rows] / theirs - 1).max())
    yield Figure("  share of svy's own time, CPU", ours.own / told["own"], "", 1 / 500, note=f"svy {told['own']:.1f} s: {told['own'] / ours.own:.0f} × (goal 500), {told['clock'] / ours.clock:.0f} × by the clock")  # fmt: skip
    yield Figure("  largest relative difference from svy", far, "", 1e-6)


def _ten_million(folder: Path) -> Iterator[Figure]:
    """Yield what ten times as many cost in a process of their own, which tells its memory."""
    place = folder / "ten"
    place.mkdir()
    for at in range(10):
        written(in_order(answers(many(), seed=at)), place / f"part{at}.parquet")
    command = [sys.executable, "-m", "benchmarks.ten_million", str(place), str(rounds())]
    done = subprocess.run(command, cwd=PLACE, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    said = f"{10 * many():,} answers"
    scan = told["scan"]
    yield Figure(f"{said} from Parquet: CPU", told["own"], "s", 1.0, note=f"{told['clock']:.2f} s by the clock")  # fmt: skip
    yield Figure(f"{said} from Parquet: the process's memory", told["memory"] / 1e3, "GB", 0.6)
    yield Figure(f"{said} from Parquet: clock beside reading the bytes", told["clock"] / scan, "×", 70, note=f"{scan:.3f} s, {told['bytes'] / 1e6:.0f} MB warm")  # fmt: skip
    yield Figure(f"{said} from a table of DuckDB: clock beside the same", told["kept"] / scan, "×", 25, note=f"{told['kept']:.2f} s")  # fmt: skip


def _raking(folder: Path) -> Iterator[Figure]:
    n, chance = many(), np.random.default_rng(2)
    kinds = {"m4": 4, "m5": 5, "m6": 6}
    columns: dict[str, np.ndarray] = {
        name: chance.integers(0, most, n) for name, most in kinds.items()
    }
    columns["w"] = chance.uniform(0.5, 3, n)
    wanted = {}
    for name in kinds:
        one = np.bincount(columns[name], weights=columns["w"]) * chance.uniform(
            0.8, 1.2, kinds[name]
        )
        wanted[name] = one * n / one.sum()
    cells = np.zeros(tuple(kinds.values()))
    np.add.at(cells, tuple(columns[name] for name in kinds), columns["w"])
    from_cells = lambda: _raked(cells.ravel(), dict(zip(kinds, np.indices(cells.shape).reshape(3, -1), strict=True)), wanted)  # noqa: E731  # fmt: skip
    from_rows = lambda: _raked(columns["w"], columns, wanted)  # noqa: E731 - timed by name
    turns, rows, theirs = [], [], []
    with ExitStack() as held:
        r = held.enter_context(in_r.waiting(folder, columns, in_r.rake_in_r(wanted))) if in_r.here() else None  # fmt: skip
        for at in range(rounds()):
            turns.append(spent(from_cells))
            rows.append(spent(from_rows))
            if r is not None and at < 3:
                theirs.append(r.turn())
    ours, whole = middle(turns), middle(rows)
    said = f"raking on three margins, {n:,} rows"
    yield Figure(f"{said}: from {cells.size} cells, CPU", 1000 * ours.own, "ms", note=f"from rows {whole.own:.2f} s")  # fmt: skip
    if not theirs:
        yield _unknown(said, "R with survey is not here")
        return
    own = statistics.median(one.own for one in theirs)
    factor = (from_cells() / cells.ravel()).reshape(cells.shape)
    weights = columns["w"] * factor[tuple(columns[name] for name in kinds)]
    far = float(np.abs(weights / theirs[0].figures - 1).max())
    yield Figure(f"{said}: share of R's rake, CPU, from cells", ours.own / own, "", 1 / 300, note=f"R {own:.1f} s, both to 1e-10: {own / ours.own:.0f} × from cells, {own / whole.own:.0f} × from rows")  # fmt: skip
    yield Figure(f"{said}: largest relative difference of a weight", far, "", 1e-8)


def _raked(weights: np.ndarray, columns: Mapping[str, np.ndarray], wanted: Mapping[str, np.ndarray]) -> np.ndarray:  # fmt: skip
    margins = [Margin(name, columns[name].tolist(), dict(enumerate(totals.tolist()))) for name, totals in wanted.items()]  # fmt: skip
    return rake(design(weights), margins).weights


def _replicates() -> Iterator[Figure]:
    for n in (many(), 3 * many()):
        columns = answers(n)
        made = design(columns["w"], strata=columns["p"].tolist(), clusters=columns["b"].tolist())
        drawn = bootstrap(made, seed=1)
        ours = middle([spent(lambda: replicate_mean(made, drawn, columns["i0"])) for _ in range(rounds())])  # noqa: B023 - worked at once  # fmt: skip
        yield Figure(f"500 bootstrap replicates of a mean, {n:,} rows: CPU", ours.own, "s", 0.5)
