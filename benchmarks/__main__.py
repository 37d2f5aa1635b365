"""`run.py bench`: every measurement, each beside its goal and a limit measured in the same run."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

PARTS = ("starts", "pages", "roster", "submit", "deadlines", "cases", "effort", "measure")


def main(arguments: list[str]) -> int:
    """Print a line for each figure; goals are said to be met or missed, never hidden."""
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all without any")
    chosen = parser.parse_args(arguments).parts or PARTS
    for part in chosen:
        for figure in import_module(f"benchmarks.{part}").measure():
            print(figure.line, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
