"""No page lets text through unescaped, carries its own style, or paints outside the tokens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import markup, sources
from tests.architecture.tower import ROOT

HERE = Path("x.html")
# Files that are opened from a disk and carry their own style, with the reason.
WHOLE_FILES = frozenset({"stand_alone.html"})
# Modules that run a constant statement whose table or role names come from our own tables.
STATEMENTS = {
    "anju/kernel/guards.py": "migration operation: names come from the model itself",
    "anju/kernel/floor.py": "policies and grants; names come from the models and the settings",
    "anju/conf/postgres/base.py": "hands on what Django made; its own statement is a constant",
    "anju/kernel/durability.py": "reads settings back; names come from a tuple in the module",
    "anju/flows/backup.py": "compares tables by content; names come from the models",
    "promises/marked.py": "searches every table; names come from the database's catalogue",
    "promises/p26_looks.py": "tampers with rows; statements come from a tuple in the module",
    "anju/kernel/planned.py": "a constant around what Django made of a query",
    "anju/kernel/at_once.py": "constants around what Django made of queries; columns are named in the code",
    "anju/kernel/limits.py": "one insert for all buckets; only places and constants",
    "anju/survey/invited.py": "one statement with or without a lock; all of constants of the module",
    "anju/survey/actions/linked.py": "the statements are constants of the module",
    "anju/fieldwork/counting.py": "the statement is a constant of the module",
    "anju/notify/actions/desk.py": "the statement is a constant of the module",
    "anju/roster/actions/rows.py": "many rows at once; names come from the models",
    "anju/survey/actions/rows.py": "many rows at once; names come from the model",
}


def test_no_template_breaks_the_content_policy():
    found = [
        line
        for path in sources.templates()
        for line in markup.in_template(
            path, sources.text_of(path), whole_file=path.name in WHOLE_FILES
        )
    ]

    assert found == []


def test_no_colour_and_no_pixel_stands_outside_the_tokens():
    sheets = [
        path.relative_to(ROOT)
        for path in (ROOT / "anju" / "web" / "static").rglob("*.css")
        if "vendor" not in path.parts and not path.name.endswith(".min.css")
    ]

    assert [
        line for path in sheets for line in markup.in_style_sheet(path, sources.text_of(path))
    ] == []


def test_no_query_is_made_of_text():
    found = [
        line
        for path in sources.python_files(tests=False)
        if str(path) not in STATEMENTS
        for line in markup.in_queries(path, sources.text_of(path))
    ]

    assert found == []


@pytest.mark.parametrize(
    "offence",
    [
        '<p style="color: red">x</p>',
        '<a href="/" onclick="go()">x</a>',
        '<b hx-on:click="go()">x</b>',
        "<script>go()</script>",
        "<style>p { top: 0 }</style>",
        "<p>{{ words|safe }}</p>",
        "{% autoescape off %}{{ words }}{% endautoescape %}",
        '<p\n  class="x"\n  style="top: 0"\n>x</p>',
    ],
)
def test_each_offence_in_a_template_is_named(offence):
    assert len(list(markup.in_template(HERE, offence))) == 1


@pytest.mark.parametrize(
    "sound",
    [
        '<p class="style">on = off</p>',
        '<script src="{% static "x.js" %}" defer></script>',
        '<script type="application/json" id="x">{"a": 1}</script>',
        "{# |safe is forbidden #}<p>{{ words }}</p>",
        '<p {% if a > b %}class="x"{% endif %}>x</p>',
    ],
)
def test_a_sound_template_is_left_in_peace(sound):
    assert list(markup.in_template(HERE, sound)) == []


def test_a_colour_or_pixel_outside_the_tokens_is_named_with_its_line():
    sheet = (
        ":root { --ink: #123456; --gap: 8px }\n/* 3px #fff */\n"
        "@media (min-width: 992px) {\n  p { color: #fff; margin: 3px }\n}\n"
    )

    assert list(markup.in_style_sheet(Path("x.css"), sheet)) == [
        "x.css:4 #fff outside the tokens",
        "x.css:4 3px outside the tokens",
    ]


@pytest.mark.parametrize(
    "offence",
    [
        "Case.objects.raw(words)",
        "rows.extra(where=[words])",
        "RawSQL('a')",
        "cursor.execute(f'SELECT {words}')",
        "cursor.execute('SELECT ' + words)",
    ],
)
def test_a_query_made_of_text_is_named(offence):
    assert len(list(markup.in_queries(Path("x.py"), offence))) == 1


def test_a_constant_query_is_left_in_peace():
    assert list(markup.in_queries(Path("x.py"), "cursor.execute('SELECT %s', [words])")) == []
