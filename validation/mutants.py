"""Would the tests notice? One operator or constant of `anju.stats` is changed at a time, in a copy.

A mutant that every named test survives is printed with its line: either the tests are too weak there
or the change means nothing, which somebody has to judge. Places are drawn by a seed, not chosen.

    python -m validation.mutants linear 30
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATS = Path("anju/stats")
TESTS: dict[
    str, tuple[str, tuple[str, ...]]
] = {  # module: its file, the tests that ought to notice
    "linear": ("linear.py", ("tests/test_estimate.py", "tests/test_oracles.py")),
    "calibrate": ("calibrate.py", ("tests/test_calibrate.py", "tests/test_oracles.py")),
    "change": ("change.py", ("tests/test_change.py",)),
    "drivers": ("drivers.py", ("tests/test_many.py", "tests/test_oracles.py")),
    "proportion": ("proportion.py", ("tests/test_proportion.py",)),
    "suppress": ("suppress.py", ("tests/test_suppress.py",)),
    "scores": ("scores.py", ("tests/test_scores.py",)),
    "means": ("columns/means.py", ("columns/tests",)),
    "replicates": ("sampling/replicates.py", ("sampling/tests/test_replicates.py",)),
}
TURNED: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Lt: ast.LtE,
    ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed text of a module, and what was changed where."""

    line: int
    what: str
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """Yield every mutant of a module: an operator turned, or a number of the code one more."""
    many = sum(1 for _ in _places(ast.parse(text)))
    for at in range(many):
        tree = ast.parse(text)
        node = list(_places(tree))[at]
        before = ast.unparse(node)
        _turn(node)
        after = ast.unparse(node)
        yield Mutant(node.lineno, f"{before}  →  {after}", ast.unparse(tree))


def _places(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        operator = getattr(node, "op", None) or (getattr(node, "ops", None) or [None])[0]
        number = isinstance(node, ast.Constant) and type(node.value) in {int, float}
        if isinstance(node, ast.expr) and (number or type(operator) in TURNED):
            yield node


def _turn(node: ast.expr) -> None:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        node.value += 1
    elif isinstance(node, ast.Compare):
        node.ops[0] = TURNED[type(node.ops[0])]()
    elif isinstance(node, ast.BinOp | ast.BoolOp):
        node.op = TURNED[type(node.op)]()


def survivors(module: str, sample: int, seed: int) -> Iterator[tuple[Mutant, bool]]:
    """Yield a sample of a module's mutants with whether the tests let each live.

    Errors: RuntimeError where the tests fail without any change.
    """
    name, tests = TESTS[module]
    text = (ROOT / STATS / name).read_text(encoding="utf-8")
    found = list(mutants(text))
    drawn = random.Random(seed).sample(found, min(sample, len(found)))
    with tempfile.TemporaryDirectory(prefix="anju-mutants-") as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / STATS, copy / STATS, ignore=shutil.ignore_patterns("__pycache__"))
        for package in ("anju", "anju/simulator", "anju/kernel/pure"):
            for file in (ROOT / package).glob("*.py"):
                (copy / package).mkdir(parents=True, exist_ok=True)
                shutil.copy(file, copy / package)
        (copy / "anju/kernel/__init__.py").touch()
        (copy / "pytest.ini").write_text("[pytest]\n")
        if not _passes(copy, tests):
            raise RuntimeError(f"{module}: the tests fail without any change")
        for one in sorted(drawn, key=lambda mutant: mutant.line):
            (copy / STATS / name).write_text(one.text, encoding="utf-8")
            yield one, _passes(copy, tests)


def _passes(copy: Path, tests: tuple[str, ...]) -> bool:
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p", "no:django", "-p", "no:xdist"]  # fmt: skip
    try:
        done = subprocess.run(
            [*command, "-c", "pytest.ini", *(str(STATS / one) for one in tests)],
            cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, capture_output=True, check=False,
            timeout=120,
        )  # fmt: skip
    except subprocess.TimeoutExpired:  # a loop that never ends has been noticed
        return False
    return done.returncode == 0


def main(arguments: list[str]) -> int:
    """Print every mutant that lived, and how many died."""
    parser = argparse.ArgumentParser(prog="python -m validation.mutants", description=__doc__)
    parser.add_argument("module", choices=TESTS)
    parser.add_argument("sample", type=int, nargs="?", default=30)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    lived = tried = 0
    for one, alive in survivors(chosen.module, chosen.sample, chosen.seed):
        tried, lived = tried + 1, lived + alive
        if alive:
            print(f"{chosen.module}:{one.line}: {one.what}", flush=True)
    print(f"{chosen.module}: {tried - lived} of {tried} mutants noticed, seed {chosen.seed}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
