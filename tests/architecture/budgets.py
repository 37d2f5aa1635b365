"""How large things may grow. Measures text and syntax trees; knows nothing of what they do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# The pages are cut by audience, and each audience is a room: a contract keeps them apart.
AUDIENCES = frozenset({"owner", "field", "desk", "manage", "operate", "study"})
# The statistics are one library: the ground, and three rooms above it.
STATISTICS = frozenset({"sampling", "patterns", "columns"})
# Reports are laid out from plain numbers; what reads and keeps these stands above them.
ROOMS_IN = {"web": AUDIENCES, "stats": STATISTICS, "insight": ("reports", "measured")}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Limits:
    """The hard budgets of docs/tower.md; the aims lie far below them.

    Complexity, parameters and statements of a function are ruff's (C901, PLR0913, PLR0915).
    """

    product_file: int = 400
    test_file: int = 600
    template: int = 150
    function: int = 50
    action: int = 40
    room: int = 6000
    kernel: int = 3000


LIMITS = Limits()


def lines_of(path: Path) -> int:
    """Return the number of lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def over(path: Path, text: str) -> Iterator[str]:
    """Yield every budget that one Python file breaks."""
    allowed = LIMITS.test_file if "tests" in path.parts else LIMITS.product_file
    if (lines := len(text.splitlines())) > allowed:
        yield f"{path}: {lines} lines, at most {allowed}"
    action = "actions" in path.parts and "tests" not in path.parts
    allowed = LIMITS.action if action else LIMITS.function
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Function) and (lines := function_lines(node)) > allowed:
            yield f"{path}:{node.lineno} {node.name}: {lines} lines, at most {allowed}"


def function_lines(node: Function) -> int:
    """Return the lines of a function without its docstring: a long contract is no long function."""
    first = node.body[0]
    docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    told = (first.end_lineno or 0) - first.lineno + 1 if docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - told


def room_of(path: Path) -> str:
    """Return the room that a file under `anju/` belongs to; some rooms have rooms inside."""
    room, inner = path.parts[1], path.parts[2]
    return f"{room}/{inner}" if inner in ROOMS_IN.get(room, ()) else room


def rooms_over(sizes: dict[str, int]) -> Iterator[str]:
    """Yield each room that holds more lines than it may; one that grows is split downwards."""
    for room, lines in sizes.items():
        allowed = LIMITS.kernel if room == "kernel" else LIMITS.room
        if lines > allowed:
            yield f"{room}: {lines} lines, at most {allowed}; split it downwards"
