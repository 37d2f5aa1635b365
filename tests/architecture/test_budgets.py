"""Files, functions, templates and rooms stay small enough to be read at one sitting."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.architecture import budgets, sources

# A file that is one list by nature, with its reason.
LISTS = {
    "anju/conf/settings.py": "Django's settings are one namespace; 300 lines at most",
}


def test_no_module_or_function_is_over_its_budget():
    found = [*sources.python_files(tests=False), *sources.python_files(tests=True)]
    over = [
        line
        for path in found
        if str(path) not in LISTS
        for line in budgets.over(path, sources.text_of(path))
    ]

    assert over == []


def test_no_template_is_over_its_budget():
    sizes = {str(path): budgets.lines_of(path) for path in sources.templates()}

    assert {path: lines for path, lines in sizes.items() if lines > 150} == {}


def test_settings_stay_within_three_hundred_lines():
    assert budgets.lines_of(Path("anju/conf/settings.py")) <= 300


def test_no_room_is_over_its_budget():
    sizes = Counter[str]()
    for path in sources.python_files(tests=False):
        if len(path.parts) > 2:
            sizes[budgets.room_of(path)] += budgets.lines_of(path)

    assert list(budgets.rooms_over(sizes)) == []


def test_flows_stay_thin():
    sizes = Counter[str]()
    for path in sources.python_files(tests=False):
        sizes[path.parts[1]] += budgets.lines_of(path)

    assert sizes["flows"] <= 0.03 * sizes.total()


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("anju/voice/rules.py", "x = 1\n" * 401, "401 lines, at most 400"),
        ("anju/voice/tests/test_x.py", "x = 1\n" * 601, "601 lines, at most 600"),
        ("anju/voice/rules.py", "def f():\n" + "    x = 1\n" * 50, "f: 51 lines, at most 50"),
        ("anju/voice/actions/x.py", "def f():\n" + "    x = 1\n" * 40, "f: 41 lines, at most 40"),
    ],
    ids=["product file", "test file", "function", "action"],
)
def test_what_is_over_its_budget_is_named(path, text, said):
    assert [line for line in budgets.over(Path(path), text) if said in line]


def test_a_long_docstring_is_no_long_function():
    text = 'def f():\n    """One.\n' + "\n    More.\n" * 60 + '    """\n    return 1\n'

    assert list(budgets.over(Path("anju/voice/rules.py"), text)) == []


def test_a_kernel_that_grows_into_a_second_product_is_named():
    assert list(budgets.rooms_over({"kernel": 3001, "voice": 6000})) == [
        "kernel: 3001 lines, at most 3000; split it downwards"
    ]


@pytest.mark.parametrize(
    ("path", "room"),
    [
        ("anju/web/parts/form.py", "web"),
        ("anju/web/owner/answer/views.py", "web/owner"),
        ("anju/survey/queries.py", "survey"),
    ],
    ids=["what all pages share", "an audience", "any other room"],
)
def test_each_audience_of_the_pages_is_a_room_of_its_own(path, room):
    assert budgets.room_of(Path(path)) == room
