"""`python -m validation`: simulate, judge by what chance allows, print; a failed row ends with 1.

`mutants` is another question, with options of its own: would the tests notice a wrong statistic?
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from importlib import import_module

from validation.page import PAGE, written

PARTS = ("published", "intervals", "uneven", "alarms", "silent")
# A process that forks must have no threads, and BLAS counts its own when numpy is first read in.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
ASKED = ("engines",)  # needs an environment of its own, so only where it is named


def main(arguments: list[str]) -> int:
    """Print a line for each rate; 1 where one lies outside its limits or a control inside."""
    if arguments[:1] == ["mutants"]:
        command = [sys.executable, "-m", "validation.mutation", *arguments[1:]]
        return subprocess.run(command, env={**os.environ, **ONE_THREAD}, check=False).returncode
    parser = argparse.ArgumentParser(prog="python -m validation", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", help=f"of {', '.join((*PARTS, *ASKED))}; without any, all but the last"
    )
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--write", action="store_true", help="write docs/methods/validation.md")
    chosen = parser.parse_args(arguments)
    rows = []
    for part in chosen.parts or PARTS:
        for row in import_module(f"validation.{part}").measure(chosen.samples):
            print(row.line, flush=True)
            rows.append(row)
    if chosen.write:
        PAGE.write_text(written(rows), encoding="utf-8")
    return 0 if all(row.good for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
