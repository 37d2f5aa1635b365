"""Loads a heavy library at its first use, not at the start of each process; for libraries alone."""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType


def later(name: str) -> ModuleType:
    """Return a module that is read when something of it is first asked for.

    Errors: ModuleNotFoundError at once where the library is not installed.

    Example:
        >>> later("fractions").Fraction(1, 2)
        Fraction(1, 2)
    """
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    loader = LazyLoader(spec.loader)
    spec.loader = loader
    module = module_from_spec(spec)
    sys.modules[name] = module
    loader.exec_module(module)
    package, _, part = name.rpartition(".")
    if package:  # as an import does it: who imports the part finds it in its package
        setattr(sys.modules[package], part, module)
    return module
