"""The pages on methods: every public function on one, examples that run, both languages alike."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path

import pytest

from anju import stats

PAGES = Path(__file__).parents[3] / "docs" / "methods"
WRITTEN = {"api", "mutants", "validation"}
METHODS = sorted(
    path for path in PAGES.glob("*.md") if path.stem not in WRITTEN and ".zh-CN" not in path.name
)
WORKED = [path for path in METHODS if path.stem != "README"]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def example(text: str) -> str:
    found = re.search(r"```pycon\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize("path", METHODS, ids=lambda path: path.stem)
def test_the_example_of_every_method_runs(path):
    found = doctest.testfile(str(path), module_relative=False, encoding="utf-8")

    assert found.attempted > 1
    assert found.failed == 0


@pytest.mark.parametrize("path", WORKED, ids=lambda path: path.stem)
def test_every_page_says_formula_limits_and_source_in_both_languages(path):
    english, chinese = text_of(path), text_of(path.with_suffix(".zh-CN.md"))

    assert example(english) == example(chinese)
    assert [
        part for part in ("| Formula |", "| Source |", "## Limits\n\n- ") if part not in english
    ] == []
    assert [part for part in ("| 公式 |", "| 来源 |", "## 局限\n\n- ") if part not in chinese] == []
    assert english.count("\n- ") == chinese.count("\n- ")


def test_every_public_function_has_its_page():
    told = {
        name
        for path in WORKED
        for line in text_of(path).splitlines()
        if line.startswith("| In `stats` |")
        for name in re.findall(r"`(\w+)`", line.removeprefix("| In `stats` |"))
    }
    functions = {name for name in stats.__all__ if inspect.isfunction(getattr(stats, name))}

    assert told == functions


def test_the_list_names_every_page_in_both_languages():
    listed = text_of(PAGES / "README.md")

    for path in WORKED:
        assert f"({path.name})" in listed
        assert f"({path.with_suffix('.zh-CN.md').name})" in listed


def test_the_page_of_public_names_lists_exactly_what_can_be_asked_for():
    told = re.findall(r"^\| `(\w+)` \|", text_of(PAGES / "api.md"), re.MULTILINE)

    assert told == list(stats.__all__)
