"""The tower holds; and each contract goes red on a house built wrong on purpose."""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tower import ROOT

LINTER = Path(sys.executable).with_name("lint-imports")
ROOMS = ("conf", "web", "cli", "insight", "survey", "voice", "register", "kernel", "stats")

# contract: file of the offence, what stands in it
OFFENCES = {
    "layers": ("register/queries.py", "import anju.survey.queries"),
    "purity": ("survey/rules/deadline.py", "import django.db.models"),
    "statistics": ("stats/draw.py", "import random"),
    "statistics-rooms": ("stats/sampling/cells.py", "import anju.stats.patterns.times"),
    "edges": ("web/desk/views.py", "import anju.survey.models"),
    "audiences": ("web/desk/rows.py", "import anju.web.owner.views"),
    "owner-pages": ("web/owner/views.py", "import anju.insight.queries"),
    "siblings": ("survey/queries.py", "import anju.survey.models"),
}
SOUND = {
    "survey/models/__init__.py": "import anju.survey.queries",
    "survey/queries.py": "import anju.register.queries",
    "survey/rules/__init__.py": "",
    "register/queries.py": "import anju.kernel.scope",
    "kernel/scope.py": "import django.db.models",
    "insight/queries.py": "import anju.stats.index",
    "stats/index.py": "import math",
    "stats/sampling/cells.py": "import anju.stats.index",
    "stats/patterns/times.py": "import anju.stats.index",
    "web/owner/views.py": "import anju.survey.queries",
    "web/desk/views.py": "import anju.survey.queries",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the real contracts over the house in a folder."""
    return subprocess.run(
        [LINTER, "--no-logo", "--no-cache", "--config", str(folder / ".importlinter")],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path):
    (tmp_path / ".importlinter").write_text((ROOT / ".importlinter").read_text())
    for name in ("", *ROOMS, "web/owner", "web/desk"):
        (tmp_path / "anju" / name).mkdir(parents=True)
        (tmp_path / "anju" / name / "__init__.py").touch()
    for name, text in SOUND.items():
        write(tmp_path, name, text)
    return tmp_path


def write(folder, name, text):
    path = folder / "anju" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not (path.parent / "__init__.py").exists():
        (path.parent / "__init__.py").touch()
    path.write_text(text + "\n")


def broken(words: str) -> set[str]:
    """Return the keys of the contracts that a run calls broken."""
    reader = configparser.ConfigParser()
    reader.read(ROOT / ".importlinter", encoding="utf-8")
    keys = [key for key in reader.sections() if ":contract:" in key]
    return {key.split(":")[2] for key in keys if f"{reader[key]['name']} BROKEN" in words}


def test_the_product_keeps_every_contract():
    done = lint(ROOT)

    assert done.returncode == 0, done.stdout


def test_a_sound_house_keeps_every_contract(house):
    done = lint(house)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("contract", OFFENCES)
def test_each_contract_goes_red_on_its_offence(house, contract):
    write(house, *OFFENCES[contract])

    done = lint(house)

    assert done.returncode == 1, done.stdout + done.stderr
    assert contract in broken(done.stdout)


def test_every_contract_has_its_offence():
    reader = configparser.ConfigParser()
    reader.read(ROOT / ".importlinter", encoding="utf-8")
    named = {key.split(":")[2] for key in reader.sections() if ":contract:" in key}

    assert named == set(OFFENCES)


def test_a_room_that_the_tower_does_not_name_goes_red(house):
    write(house, "cellar/wine.py", "")

    assert lint(house).returncode == 1


def test_siblings_may_not_import_each_other(house):
    write(house, "voice/queries.py", "import anju.survey.queries")

    assert broken(lint(house).stdout) == {"layers"}
