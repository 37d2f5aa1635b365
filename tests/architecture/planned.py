"""A forbidden contract that may name rooms before they are built. Used by .importlinter only."""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import ContractCheck
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.domain.imports import ModuleExpression
from typing_extensions import override


class PlannedForbiddenContract(ForbiddenContract):
    """Holds for the rooms that exist; a room that comes later is under the rule on its first day."""

    type_name = "forbidden_as_planned"

    @override
    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        for name in ("source_modules", "forbidden_modules"):
            named: set[ModuleExpression] = getattr(self, name)
            setattr(self, name, {module for module in named if _exists(module, graph)})
        return super().check(graph, verbose)


def _exists(module: ModuleExpression, graph: ImportGraph) -> bool:
    root = module.expression.split(".", maxsplit=1)[0]
    ours = root in graph.modules
    return module.has_wildcard_expression() or not ours or module.expression in graph.modules
