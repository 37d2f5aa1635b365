"""Mutants of a module: its text with one operator turned, or one number of the code made one more."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

TURNED: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Lt: ast.LtE,
    ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
SHOWN = 110  # letters of the expression around a change, above which the change stands alone
VERSIONS = {"version"}  # a version is a name, not arithmetic


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where it stands, what it is, and the name that survives edits elsewhere."""

    at: int
    line: int
    function: str
    what: str

    @property
    def key(self) -> str:
        """Return function and change, without a line number."""
        return f"{self.function}: {self.what}"


@dataclass(frozen=True, slots=True)
class _Place:
    node: ast.expr
    op: int  # which operator of a chained comparison; 0 elsewhere
    around: ast.AST
    function: str


def mutants(text: str) -> list[Mutant]:
    """Return every mutant of a module; the same change twice in a function is numbered."""
    found: list[Mutant] = []
    seen: Counter[str] = Counter()
    for at, place in enumerate(_places(ast.parse(text))):
        before, alone = _said(place.around), _said(place.node)
        _turn(place)
        after, turned = _said(place.around), _said(place.node)
        what = f"{before} → {after}" if len(before) <= SHOWN else f"{alone} → {turned}"
        _turn_back(place)
        seen[f"{place.function}: {what}"] += 1
        many = seen[f"{place.function}: {what}"]
        what += f" (no. {many})" if many > 1 else ""
        found.append(Mutant(at, place.node.lineno, place.function, what))
    return found


def mutated(text: str, one: Mutant) -> ast.Module:
    """Return the tree of a module with one change made."""
    tree = ast.parse(text)
    _turn(list(_places(tree))[one.at])
    return tree


def _said(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


def _places(tree: ast.Module) -> Iterator[_Place]:
    yield from _below(tree, tree, "module")


def _below(node: ast.AST, around: ast.AST, function: str) -> Iterator[_Place]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.keyword) and child.arg in VERSIONS:
            continue
        inside = function
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            inside = child.name if function == "module" else f"{function}.{child.name}"
        elif isinstance(child, ast.Assign | ast.AnnAssign) and function == "module":
            inside = _said(child.targets[0] if isinstance(child, ast.Assign) else child.target)
        if isinstance(child, ast.expr):
            yield from _here(child, around, function)
        nearest = child if isinstance(child, ast.expr | ast.stmt) else around
        yield from _below(child, nearest, inside)


def _here(node: ast.expr, around: ast.AST, function: str) -> Iterator[_Place]:
    if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
        yield _Place(node, 0, around, function)
    elif isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in TURNED:
        yield _Place(node, 0, node, function)
    elif isinstance(node, ast.Compare):
        for op, kind in enumerate(node.ops):
            if type(kind) in TURNED:
                yield _Place(node, op, node, function)


def _turn(place: _Place) -> None:
    node = place.node
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        node.value += 1
    elif isinstance(node, ast.Compare):
        node.ops[place.op] = TURNED[type(node.ops[place.op])]()
    elif isinstance(node, ast.BinOp | ast.BoolOp):
        node.op = TURNED[type(node.op)]()


def _turn_back(place: _Place) -> None:
    if isinstance(place.node, ast.Constant) and isinstance(place.node.value, int | float):
        place.node.value -= 1
    else:
        _turn(place)
