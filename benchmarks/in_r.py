"""R's survey package as a process that waits: it takes a turn when it is asked, and tells its own time.

R and its package come from Debian (r-cran-survey).
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

HEAD = """
suppressMessages(library(survey)); options(survey.lonely.psu = "fail")
n <- {n}; d <- as.data.frame(matrix(readBin("{data}", "double", n * {k}), n)); names(d) <- c({names})
"""
TURNS = """
wait <- file("stdin", "r"); cat("ready\\n"); flush(stdout())
while (length(readLines(wait, 1)) > 0) {
  gc(); t <- system.time(r <- work())
  writeBin(as.vector(told(r)), OUT)
  cat(t[["user.self"]] + t[["sys.self"]], t[["elapsed"]], "\\n"); flush(stdout())
}
"""
MEANS = """
des <- svydesign(ids = ~b, strata = ~p, weights = ~w, data = d)
work <- function() lapply(c({formulas}), function(f) svyby(as.formula(f), ~{by}, des, svymean, keep.var = TRUE, na.rm = TRUE))
half <- function(one, part) {{ k <- (ncol(one) - 1) / 2; as.matrix(one[, 1 + (part - 1) * k + 1:k]) }}
told <- function(r) cbind(do.call(cbind, lapply(r, half, 1)), do.call(cbind, lapply(r, half, 2)))
"""
RAKE = """
des <- svydesign(ids = ~1, weights = ~w, data = d)
margin <- function(name, text) {{ x <- as.numeric(strsplit(text, ",")[[1]]); m <- data.frame(seq_along(x) - 1, x); names(m) <- c(name, "Freq"); m }}
kinds <- list({kinds}); known <- list({margins})
work <- function() rake(des, kinds, known, control = list(maxit = 200, epsilon = 1e-10))
told <- function(r) weights(r)
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """What R says of one turn: its own seconds, those of the clock, and its figures."""

    own: float
    clock: float
    figures: np.ndarray


@dataclass(frozen=True, slots=True)
class Waiting:
    """R with its data read in, waiting for a turn."""

    asked: IO[str]
    said: IO[str]
    out: Path

    def turn(self) -> Turn:
        """Let R work once. Errors: EOFError where R gave up."""
        self.asked.write("go\n")
        self.asked.flush()
        line = self.said.readline()
        if not line:
            raise EOFError("R gave up")
        own, clock = map(float, line.split())
        return Turn(own, clock, np.fromfile(self.out))


def here() -> bool:
    """Say whether R and its package are installed."""
    if shutil.which("Rscript") is None:
        return False
    done = subprocess.run(["Rscript", "-e", "library(survey)"], capture_output=True, check=False)
    return done.returncode == 0


def means_in_r(names: tuple[str, ...], *, by: str, gaps: bool) -> str:
    """Return the work of a table of means; with gaps an item a call, since one leaves out whole rows."""
    formulas = [f"~{name}" for name in names] if gaps else ["~" + "+".join(names)]
    return MEANS.format(by=by, formulas=", ".join(f'"{one}"' for one in formulas))


def rake_in_r(margins: Mapping[str, np.ndarray]) -> str:
    """Return the work of raking on margins: name → totals of its categories 0, 1, …"""
    known = [f'margin("{name}", "{",".join(map(repr, totals.tolist()))}")' for name, totals in margins.items()]  # fmt: skip
    return RAKE.format(kinds=", ".join(f"~{name}" for name in margins), margins=", ".join(known))


@contextmanager
def waiting(folder: Path, columns: Mapping[str, np.ndarray], work: str) -> Iterator[Waiting]:
    """Give R these columns and this work; it is ended afterwards."""
    data, out, script = folder / "data.bin", folder / "out.bin", folder / "work.R"
    with data.open("wb") as file:
        for column in columns.values():
            column.astype(np.float64).tofile(file)
    names = ", ".join(f'"{name}"' for name in columns)
    many = len(next(iter(columns.values())))
    head = HEAD.format(n=many, k=len(columns), data=data, names=names)
    script.write_text(head + work + TURNS.replace("OUT", f'"{out}"'), encoding="utf-8")
    process = subprocess.Popen(
        ["Rscript", str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        if process.stdout.readline().strip() != "ready":
            raise EOFError("R did not start")
        yield Waiting(process.stdin, process.stdout, out)
    finally:
        process.kill()
        process.wait()
