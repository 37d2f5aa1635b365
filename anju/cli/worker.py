"""`anju worker`: background jobs and clocks, in a process of their own."""

from __future__ import annotations

import argparse
import os
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    """The worker takes none."""


def run(given: argparse.Namespace) -> int:
    """Become the worker; it runs until a signal comes."""
    os.execv(sys.executable, [sys.executable, "-m", "anju.jobs"])  # noqa: S606 our own interpreter
