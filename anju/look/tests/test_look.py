"""The made files are current, text can be read in both themes, and the first view is light."""

from __future__ import annotations

import json
import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from anju.look.generate import made_files, read_tokens

STATIC = Path(__file__).parents[2] / "web" / "static"
TEMPLATES = Path(__file__).parents[2] / "web" / "templates"
TOKENS = read_tokens()
FIRST_VIEW = (
    "vendor/tabler/tabler.min.css",
    "anju/tokens.css",
    "anju/theme.css",
    "vendor/htmx/htmx.min.js",
    "anju/theme.js",
    "anju/page.js",
    "anju/answer.js",
    "anju/icons.svg",
)
TEXT = [
    ("ink", "page"), ("ink", "card"), ("ink-2", "page"), ("ink-2", "card"), ("ink-3", "page"),
    ("ink-3", "card"), ("link", "card"), ("link", "page"), ("on-brand", "brand"),
    ("on-brand", "brand-2"),
]  # fmt: skip


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def unreadable(colours) -> list[str]:
    pairs = [(f"{ink} on {ground}", colours[ink], colours[ground]) for ink, ground in TEXT]
    pairs += [(f"{name} on its soft", *colours["state"][name]) for name in colours["state"]]
    steps = zip(colours["satisfaction"], colours["satisfaction-ink"], strict=True)
    pairs += [(f"number on step {n}", ink, step) for n, (step, ink) in enumerate(steps, start=1)]
    return [f"{name}: {contrast(a, b):.2f}" for name, a, b in pairs if contrast(a, b) < 4.5]


@pytest.mark.parametrize("path", list(made_files(TOKENS)), ids=lambda path: path.name)
def test_each_made_file_is_current(path):
    assert path.read_text(encoding="utf-8") == made_files(TOKENS)[path]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_has_a_contrast_of_four_and_a_half(theme):
    assert unreadable(TOKENS["color"][theme]) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_borders_of_controls_have_a_contrast_of_three(theme):
    colours = TOKENS["color"][theme]

    assert contrast(colours["ctl"], colours["card"]) >= 3
    assert contrast(colours["brand"], colours["card"]) >= 3


def test_a_pale_grey_is_found_unreadable():
    assert unreadable({**TOKENS["color"]["light"], "ink-3": "#bfbfbf"}) != []


def test_the_first_view_of_an_owner_weighs_at_most_120_kilobytes():
    weight = sum(len(brotli.compress((STATIC / name).read_bytes())) for name in FIRST_VIEW)

    assert weight <= 120_000


def scripts_of(template: Path) -> set[str]:
    """Return the names of our own scripts that a template asks for."""
    return set(re.findall(r"static 'anju/([\w-]+\.js)'", template.read_text(encoding="utf-8")))


def weight_of(names: set[str]) -> int:
    """Return the bytes of some of our scripts."""
    return sum((STATIC / "anju" / name).stat().st_size for name in names)


def in_the_field(path: Path) -> bool:
    """Say whether a page is one of those that work without signal: they load no script of the others."""
    return path == TEMPLATES / "field.html" or path.parent == TEMPLATES / "field"


def test_no_page_asks_for_more_than_15_kilobytes_of_our_own_scripts():
    asked = {path: scripts_of(path) for path in TEMPLATES.rglob("*.html")}
    everywhere = asked.pop(TEMPLATES / "base.html")
    own = {path: weight_of(names) for path, names in asked.items() if not in_the_field(path)}
    parts = {path for path in own if path.parent.name == "parts" or path.name.startswith("_")}
    page = max(own[path] for path in own.keys() - parts)

    # A page is the base, its own template, and one part that brings a script along.
    assert weight_of(everywhere) + page + max(own[path] for path in parts) <= 15_000


def test_no_page_of_the_field_asks_for_more_than_15_kilobytes_of_our_own_scripts():
    shell = scripts_of(TEMPLATES / "field.html")
    pages = list((TEMPLATES / "field").rglob("*.html"))
    most = max(weight_of(scripts_of(path)) for path in pages)

    assert shell == {"outbox.js", "field.js"}
    assert "block gains" in (TEMPLATES / "field.html").read_text("utf-8")  # so page.js stays out
    assert weight_of(shell | {"theme.js"}) + most <= 15_000


def test_every_script_of_ours_is_asked_for_by_a_page():
    asked = set().union(*(scripts_of(path) for path in TEMPLATES.rglob("*.html")))

    # The worker of the field's pages is fetched by the browser itself, by `web/field/installed.py`.
    assert asked | {"field-worker.js"} == {path.name for path in (STATIC / "anju").glob("*.js")}


def test_every_icon_that_a_template_names_is_in_the_sprite():
    drawn = set(re.findall(r'id="i-([\w-]+)"', (STATIC / "anju/icons.svg").read_text("utf-8")))
    named = set()
    for path in TEMPLATES.rglob("*.html"):
        named |= set(re.findall(r'icon\.html" with name="([\w-]+)"', path.read_text("utf-8")))

    assert named <= drawn
    assert len(drawn) <= 60


def test_every_static_file_that_a_template_names_exists():
    named = set()
    for path in TEMPLATES.rglob("*.html"):
        named |= set(re.findall(r"""{% static ['"]([^'"]+)['"] %}""", path.read_text("utf-8")))

    assert {name for name in named if not (STATIC / name).exists()} == set()
    assert "anju/theme.css" in named


def test_every_vendored_folder_carries_its_licence():
    folders = [path for path in (STATIC / "vendor").iterdir() if path.is_dir()]

    assert folders
    assert [folder.name for folder in folders if not list(folder.glob("LICENSE*"))] == []


def test_every_class_colour_the_theme_uses_is_a_token():
    sheet = (STATIC / "anju/theme.css").read_text("utf-8")
    made = (STATIC / "anju/tokens.css").read_text("utf-8")
    used = set(re.findall(r"var\(--([\w-]+)", sheet))
    known = set(re.findall(r"--([\w-]+):", sheet + made))

    assert {name for name in used if name not in known} == set()


def test_the_charts_theme_has_a_palette_for_light_dark_and_paper():
    themes = json.loads((STATIC / "anju/charts.json").read_text("utf-8"))

    assert set(themes) == {"light", "dark", "paper"}
    assert themes["dark"]["range"]["diverging"] == TOKENS["color"]["dark"]["satisfaction"]
