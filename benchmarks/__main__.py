"""`run.py bench`: every measurement, each beside its goal and a limit measured in the same run."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from benchmarks.figure import Figure
from validation.page import record

PARTS = ("starts", "pages", "roster", "submit", "deadlines", "cases", "effort", "measure")


def main(arguments: list[str]) -> int:
    """Print a line for each figure; goals are said to be met or missed, never hidden."""
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all without any")
    parser.add_argument(
        "--record", action="store_true", help="keep them for the page of validation"
    )
    chosen = parser.parse_args(arguments)
    # Two threads for small products on a busy machine cost ten times one; numpy is not read in yet.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    rows = []
    for part in chosen.parts or PARTS:
        for figure in import_module(f"benchmarks.{part}").measure():
            print(figure.line, flush=True)
            if isinstance(figure, Figure):  # an effort is told in keys and taps, and not recorded
                rows.append((figure.name, figure.value, figure.unit, figure.goal, figure.note))
    if chosen.record:
        record(rows, os.environ.get("BENCH_ANSWERS", "1000000"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
