"""Would the tests notice? Each mutant of `anju.stats` is put in place once, and its tests are run.

One process reads in what is slow to read in and forks a child for each mutant; the child imports the
changed module in place of the written one and ends at the first test that fails. Tests that some
machines skip are left out, so that the run says the same everywhere. It needs a system that forks.

    python3 run.py validate mutants [module ...] [--write]
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

import hypothesis
import pytest

from validation.kept_mutants import Ran, keep, unjudged
from validation.mutants import Mutant, mutants, mutated
from validation.mutants_page import PAGE, written
from validation.noticing import OURS, SLOW, TESTS

ROOT = Path(__file__).resolve().parent.parent
STATS = Path("anju/stats")
LIBRARIES = ("numpy", "scipy.stats", "scipy.optimize", "scipy.special", "ibis", "duckdb", "pyarrow", "doctest")  # fmt: skip
CALM = ("-x", "-q", "-c", os.devnull, "--noconftest", "-p", "no:cacheprovider",
        "-W", "error", "-W", "ignore:fetch_arrow_table:DeprecationWarning")  # fmt: skip
# A change that no test module survives reading ends pytest early: noticed, by no single test.
ENDS = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)
SPARE = 8  # seconds that a mutant has beyond five times what the unchanged module needs

MEMORY = 6 << 30  # bytes of addresses: a change that wants ever more is noticed, not suffered


@dataclass(frozen=True, slots=True)
class Subject:
    """A module that is mutated: its dotted name, its file, the tests that ought to notice."""

    name: str
    path: Path
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run of the tests ended: the test that failed first, or why there is none."""

    noticed: bool
    by: str = ""


def subject(module: str) -> Subject:
    """Return the module of `anju.stats` that is named as its file is, without the ending."""
    return Subject(
        f"anju.stats.{module.replace('/', '.')}",
        ROOT / STATS / f"{module}.py",
        tuple(str(ROOT / STATS / one) for one in TESTS[module]),
    )


class _Changed(importlib.machinery.SourceFileLoader):
    """Loads a module from a tree instead of its file."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        super().__init__(name, str(path))
        self.tree, self.file = tree, str(path)

    def get_code(self, fullname: str) -> CodeType:  # type: ignore[explicit-override]
        return compile(self.tree, self.file, "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds one module changed; all others are found by those who always find them."""

    def __init__(self, one: Subject, tree: ast.Module) -> None:
        self.one, self.loader = one, _Changed(one.name, one.path, tree)

    def find_spec(self, fullname, path, target=None):  # type: ignore[explicit-override]
        if fullname != self.one.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.one.path, loader=self.loader)


class _Order:
    """Runs what noticed the last mutants first and what is slow last; keeps the first to fail."""

    def __init__(self, first: Sequence[str]) -> None:
        self.first, self.failed = list(first), ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        # What one machine runs and another skips would let a mutant live on the latter alone.
        items[:] = [item for item in items if item.get_closest_marker("skipif") is None]
        items.sort(key=self._place)

    def _place(self, item: pytest.Item) -> int:
        name = item.nodeid.rsplit("/", 1)[-1]
        if name in self.first:
            return self.first.index(name) - len(self.first)
        return int(item.name in SLOW)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid.rsplit("/", 1)[-1]


def warm() -> None:
    """Read in what every child needs, and settle how property tests draw: the same every time."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in (*LIBRARIES, *(subject(one).name for one in TESTS)):
        importlib.import_module(name)
    # What a test would shrink or explain is nobody's to read here.
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile(
        "mutants", deadline=None, derandomize=True, database=None, phases=phases
    )
    hypothesis.settings.load_profile("mutants")
    for name in [name for name in sys.modules if name.startswith("anju.")]:
        del sys.modules[name]
    gc.collect()
    gc.freeze()


def tried(one: Subject, tree: ast.Module, first: Sequence[str], limit: float) -> Ended:
    """Return how the tests end in a child that has the tree in place of the module."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        _in_child(one, tree, first, limit, writes)
    os.close(writes)
    with os.fdopen(reads, encoding="utf-8") as told:
        by = told.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):  # a loop that never ends has been noticed
        return Ended(noticed=True, by="time" if os.WTERMSIG(status) == signal.SIGALRM else "crash")
    code = os.WEXITSTATUS(status)
    if code not in ENDS:
        raise RuntimeError(f"{one.name}: pytest itself failed, code {code}")
    return Ended(noticed=code != pytest.ExitCode.OK, by=by)


def _in_child(one: Subject, tree: ast.Module, first: Sequence[str], limit: float, told: int) -> None:  # fmt: skip
    order, code = _Order(first), 3
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limit)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        sys.meta_path.insert(0, _Finder(one, tree))
        os.chdir(ROOT)
        code = int(pytest.main([*CALM, "--rootdir", str(ROOT), *one.tests], plugins=[order]))
        os.write(told, order.failed.encode())
    finally:
        os._exit(code)


def survivors(one: Subject) -> Iterator[tuple[Mutant, Ended]]:
    """Yield each mutant of a module with how its tests ended.

    Errors: RuntimeError where the tests fail without any change.
    """
    text = one.path.read_text(encoding="utf-8")
    begun = time.monotonic()
    plain = tried(one, ast.parse(text), (), 600)
    if plain.noticed:
        raise RuntimeError(f"{one.name}: the tests fail without any change: {plain.by}")
    limit = SPARE + 5 * (time.monotonic() - begun)
    first: list[str] = []
    for mutant in mutants(text):
        ended = tried(one, mutated(text, mutant), first, limit)
        if ended.by:
            first = [ended.by, *(name for name in first if name != ended.by)][:12]
        yield mutant, ended


def ran(module: str) -> Ran:
    """Return what became of all mutants of a module; survivors are printed as they are found."""
    many, lived = 0, []
    for mutant, ended in survivors(subject(module)):
        many += 1
        if not ended.noticed:
            lived.append(mutant.key)
            print(f"{module}:{mutant.line}: {mutant.key}", flush=True)
    print(f"{module}: {many - len(lived)} of {many} mutants noticed", flush=True)
    return Ran(module, many, tuple(lived))


def main(arguments: list[str]) -> int:
    """Print every mutant that lived; 1 where nobody judged one of them."""
    parser = argparse.ArgumentParser(prog="run.py validate mutants", description=__doc__)
    parser.add_argument("modules", nargs="*", help=f"of {', '.join(OURS)}; without any, all")
    parser.add_argument("--write", action="store_true", help="write docs/methods/mutants.md")
    chosen = parser.parse_args(arguments)
    warm()
    left: list[str] = []
    for module in chosen.modules or OURS:
        found = ran(module)
        left += [f"{module}: {key}" for key in unjudged(found)]
        if chosen.write:
            keep(found)
            PAGE.write_text(written(), encoding="utf-8")
    for one in left:
        print(f"FAIL not judged: {one}")
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
