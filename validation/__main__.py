"""`python -m validation`: simulate, judge by what chance allows, print; a failed row ends with 1."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

PARTS = ("intervals", "alarms", "silent")


def main(arguments: list[str]) -> int:
    """Print a line for each rate; 1 where one lies outside its limits or a control inside."""
    parser = argparse.ArgumentParser(prog="python -m validation", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all without any")
    parser.add_argument("--samples", type=int, default=2000)
    chosen = parser.parse_args(arguments)
    rows = []
    for part in chosen.parts or PARTS:
        for row in import_module(f"validation.{part}").measure(chosen.samples):
            print(row.line, flush=True)
            rows.append(row)
    return 0 if all(row.good for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
