"""`anju coverage`: how well interval methods do in small buildings; the arithmetic is in stats."""

from __future__ import annotations

import argparse
import sys

from anju.stats.coverage import coverage_table


def arguments(parser: argparse.ArgumentParser) -> None:
    """The table is fixed: populations, sample sizes and true shares stand in stats."""


def run(given: argparse.Namespace) -> int:
    """Print the worst coverage and mean width of four methods, by enumeration."""
    sys.stdout.write(coverage_table() + "\n")
    return 0
