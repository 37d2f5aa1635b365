"""The repository speaks of the product alone, and every module says what it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import sources

# A letter of each stands in brackets, so that this file does not break its own rule.
PLACES = re.compile(
    r"(?<![\w./])/w[o]rk/|/tmp/b[r]ief|/\.l[i]brary\b"
    r"|p[y]pi\.org|p[y]thonhosted\.org|n[p]mjs\.org|d[e]b\.debian\.org"
)
SHARED = re.compile(r"\.\./s[h]ared")
TEXT = frozenset(
    {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".po", ".yaml", ".yml", ""}
)


def out_of_place(path: Path, text: str) -> Iterator[str]:
    """Yield each mention of a place that exists only where the product was made."""
    if "vendor" in path.parts:
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if found := PLACES.search(line):
            yield f"{path}:{number} {found.group()}"
        if "tests" not in path.parts and (found := SHARED.search(line)):
            yield f"{path}:{number} {found.group()} outside an optional test"


def test_no_file_names_a_place_outside_the_product():
    found = [
        line
        for path in sources.kept_files()
        if path.suffix in TEXT
        for line in out_of_place(path, sources.text_of(path))
    ]

    assert found == []


@pytest.mark.parametrize(
    "offence",
    [
        f"cd /{'work'}/main",
        f"see /x/.{'library'}/x",
        f"https://{'pypi'}.org/simple",
        f"../{'shared'}/x",
    ],
)
def test_each_place_is_caught(offence):
    assert len(list(out_of_place(Path("docs/x.md"), f"first\n{offence}\n"))) == 1


def test_an_optional_file_beside_the_checkout_is_allowed_in_a_test_alone():
    words = f"../{'shared'}/data"

    assert list(out_of_place(Path("anju/cli/tests/test_report.py"), words)) == []


def test_every_module_of_the_product_says_what_it_is():
    mute = [
        str(path)
        for path in sources.python_files(tests=False)
        if not ast.get_docstring(ast.parse(sources.text_of(path)))
    ]

    assert mute == []


def read_in(marker: str) -> list[str]:
    """Return what a package marker reads in at once; to give names later takes three modules."""
    later = {"__future__", "importlib", "typing"}
    return [
        ast.unparse(node)
        for node in ast.parse(marker).body
        if isinstance(node, ast.Import)
        or (isinstance(node, ast.ImportFrom) and node.module not in later)
    ]


def test_a_package_marker_imports_nothing():
    busy = [
        str(path)
        for path in sources.python_files(tests=False)
        if path.name == "__init__.py" and len(path.parts) == 3 and read_in(sources.text_of(path))
    ]

    assert busy == []


def test_a_package_marker_that_reads_in_a_part_is_found():
    assert read_in("from anju.stats.estimate import mean") != []
    assert read_in("from importlib import import_module") == []


def test_no_drawer_without_a_name_of_its_own():
    drawers = [
        str(path)
        for path in sources.kept_files()
        if path.name in {"utils.py", "helpers.py", "misc.py", "common.py"}
    ]

    assert drawers == []


def test_what_is_vendored_has_its_licence_beside_it():
    folders = {
        path.parent for path in sources.kept_files() if "vendor" in path.parts and path.suffix != ""
    }
    told = [
        folder
        for folder in folders
        for place in (folder, *folder.parents)
        if any("LICEN" in path.name.upper() for path in sorted(place.glob("*")))
        and "vendor" in place.parts
    ]

    assert folders - set(told) == set()
