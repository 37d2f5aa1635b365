"""The table of means as the package svy makes it, inside an environment that has svy: one line of JSON.

Its own time for every item by project, and the means and errors in order of the project.
"""

from __future__ import annotations

import json
import sys
import time

import polars as pl  # type: ignore[import-not-found, unused-ignore]
import svy  # type: ignore[import-not-found, unused-ignore]


def main(path: str, out: str, items: list[str]) -> None:
    """Read the answers, time the estimates alone, write means and errors beside."""
    sample = svy.Sample(pl.read_parquet(path), svy.Design(stratum="p", psu="b", wgt="w"))
    own, clock = time.process_time(), time.monotonic()
    found = [sample.estimation.mean(y=item, by="p", drop_nulls=True) for item in items]
    own, clock = time.process_time() - own, time.monotonic() - clock
    figures = []
    for one in found:
        rows = sorted((int(str(e.by_level[0])), e.est, e.se) for e in one.estimates)
        figures.append([[mean, se] for _, mean, se in rows])
    with open(out, "w", encoding="utf-8") as told:  # noqa: PTH123 - svy's environment, plain Python
        json.dump({"own": own, "clock": clock, "figures": figures}, told)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
