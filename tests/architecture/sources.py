"""Which files the checks of the house look at."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tower import ROOT

# Python of the house that is not in `anju`.
BESIDE = ("tests", "promises", "benchmarks", "validation")


def python_files(*, tests: bool) -> Iterator[Path]:
    """Yield the product's modules, or the tests'; migrations are written by a program."""
    for folder in ("anju", *BESIDE) if tests else ("anju",):
        for path in sorted((ROOT / folder).rglob("*.py")):
            is_test = folder != "anju" or "tests" in path.parts
            if "migrations" not in path.parts and is_test == tests:
                yield path.relative_to(ROOT)


def templates() -> Iterator[Path]:
    """Yield every template of the product."""
    for path in sorted((ROOT / "anju").rglob("*.html")):
        if "templates" in path.parts and "static" not in path.parts:
            yield path.relative_to(ROOT)


def text_of(path: Path) -> str:
    """Return the text of a file of the checkout."""
    return (ROOT / path).read_text(encoding="utf-8")


def kept_files() -> Iterator[Path]:
    """Yield what is, or is about to be, in the repository: git's own reading of what it ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        if name and (ROOT / name).is_file():
            yield Path(name)
