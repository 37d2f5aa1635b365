"""The pages on indicators: one for every formula, with examples that run."""

import doctest
from pathlib import Path

import pytest

from anju.stats.formulas import FORMULAS

PAGES = Path(__file__).parents[3] / "docs" / "indicators"
WORKED = sorted(path for path in PAGES.glob("*.md") if path.stem != "README")


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS.keys())
def test_every_formula_has_a_page_with_its_version_and_name(formula):
    head = (PAGES / f"{formula.id}.md").read_text(encoding="utf-8").splitlines()[0]

    assert head.endswith(f"`{formula.id}`, version {formula.version}")
    assert formula.zh.split("：")[0].split("（")[0] in head


@pytest.mark.parametrize("path", WORKED, ids=lambda path: path.stem)
def test_the_example_of_every_page_runs(path):
    found = doctest.testfile(str(path), module_relative=False, encoding="utf-8")

    assert found.attempted > 0
    assert found.failed == 0


def test_the_list_names_every_page():
    listed = (PAGES / "README.md").read_text(encoding="utf-8")

    assert [path.stem for path in WORKED if f"({path.name})" not in listed] == []
