"""The papers are complete, say what the code says, and lead nowhere that does not exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from anju.cli.main import VERBS
from anju.stats.formulas import FORMULAS
from run import VERBS as STARTER
from tests.architecture import sources, tower
from tests.architecture.tower import ROOT

PAPERS = sorted(path for path in sources.kept_files() if path.suffix == ".md")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
PARTS = ("\n## Context\n", "\n## Decision\n", "\n## We will know it was wrong when\n")


def dead_links(path: Path, text: str) -> Iterator[str]:
    """Yield each link of a paper to a file that is not there; addresses are left alone."""
    for target in LINK.findall(text):
        if "://" not in target and not (ROOT / path.parent / target).exists():
            yield f"{path}: {target}"


def table(path: str, column: int = 0) -> list[str]:
    """Return one column of the tables of a paper, without their heads."""
    rows = [
        line.split("|")[1:-1] for line in sources.text_of(Path(path)).splitlines() if "|" in line
    ]
    cells = [row[column].strip() for row in rows if len(row) > column]
    rules = [place for place, cell in enumerate(cells) if set(cell) <= set("-: ") and cell]
    heads = {place - 1 for place in rules} | set(rules)
    return [cell for place, cell in enumerate(cells) if place not in heads]


@pytest.mark.parametrize("path", PAPERS, ids=str)
def test_no_link_of_a_paper_is_dead(path):
    assert list(dead_links(path, sources.text_of(path))) == []


def test_a_dead_link_is_named():
    found = dead_links(Path("docs/x.md"), "[a](nowhere.md) [b](tower.md#inside-a-room)")

    assert list(found) == ["docs/x.md: nowhere.md"]


def test_every_paper_is_reached_from_the_index_or_the_door():
    doors = [Path("README.md"), Path("CODEMAP.md"), Path("CONTRIBUTING.md"), Path("docs/index.md")]
    told = {
        (ROOT / door.parent / target).resolve()
        for door in doors
        for target in LINK.findall(sources.text_of(door))
        if "://" not in target
    }
    lost = [
        path
        for path in PAPERS
        if path.parts[0] == "docs"
        and (ROOT / path).resolve() not in told
        and (ROOT / path.parent).resolve() not in told
        and path != Path("docs/index.md")
    ]

    assert lost == []


def test_the_tower_on_paper_is_the_tower_that_is_checked():
    block = sources.text_of(Path("docs/tower.md")).split("```")[1]
    lines = [line for line in block.splitlines() if line.strip()]
    told = tuple(frozenset(room.strip() for room in line.split("|")) for line in lines)

    assert told == tower.floors()
    assert set(table("docs/tower.md")) >= frozenset().union(*tower.floors())


def test_every_setting_is_explained_and_every_explained_setting_is_read():
    read = set(re.findall(r'"(ANJU_[A-Z_]+)"', sources.text_of(Path("anju/conf/env.py"))))
    told = {cell.strip("`") for cell in table("docs/operate/settings.md") if "ANJU_" in cell}

    assert told == read


def test_every_word_has_one_meaning():
    for column in (0, 1):
        twice = [word for word, n in Counter(table("docs/words.md", column)).items() if n > 1]

        assert twice == []


def test_every_formula_has_its_row():
    ids = {cell.strip("`") for cell in table("docs/formulas.md") if cell.startswith("`")}

    assert ids == FORMULAS.keys()


def test_a_decision_has_a_number_of_its_own_and_says_when_it_was_wrong():
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(path.name[:4]) for path in records]

    assert len(set(numbers)) == len(numbers)
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]} ")
        assert [part for part in PARTS if part not in text] == [], path.name


def test_every_command_that_a_paper_shows_exists():
    for path in PAPERS:
        text = sources.text_of(path)
        blocks = "\n".join([*text.split("```")[1::2], *re.findall(r"`([^`\n]+)`", text)])
        assert set(re.findall(r"run\.py ([a-z]+)", blocks)) <= STARTER.keys(), path
        shown = set(re.findall(r"(?:^|\s)(?<!from )anju (?!\|)([a-z]+)\b", blocks))
        assert shown <= VERBS.keys(), path
