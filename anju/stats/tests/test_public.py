"""What `from anju import stats` gives: named once, read in late, without the web."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from anju import stats

ROOM = Path(stats.__file__).parent


def imported() -> dict[str, tuple[str, str]]:
    """Return what the checker of types sees: module and inner name of each public name."""
    tree = ast.parse((ROOM / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    return {
        name.asname or name.name: (str(node.module), name.name)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }


def test_types_names_and_places_tell_the_same():
    places = stats._places()

    assert places == imported()
    assert sorted(places) == sorted(stats.__all__)


def test_every_public_name_is_there_and_has_words_of_its_own():
    for name in stats.__all__:
        assert (getattr(stats, name).__doc__ or "").strip(), name
    assert set(stats.__all__) <= set(dir(stats))


def test_no_public_name_is_that_of_a_module_which_would_hide_it():
    modules = {path.stem for path in ROOM.glob("*.py")} | {path.name for path in ROOM.iterdir()}

    assert set(stats.__all__) & modules == set()


def test_a_name_that_is_not_there_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'svydesign'"):
        stats.__getattr__("svydesign")
