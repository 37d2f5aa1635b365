"""Each lint rule of the house goes red on an offence, and says the reason where it has one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tower import ROOT

RUFF = Path(sys.executable).with_name("ruff")
HEAD = '"""A module."""\n\n'
OFFENCES = {
    "TID251 datetime.datetime.now": "import datetime\n\nx = datetime.datetime.now(datetime.UTC)",
    "TID251 datetime.date.today": "import datetime\n\nx = datetime.date.today()",
    "TID251 django.utils.timezone.now": "from django.utils import timezone\n\nx = timezone.now()",
    "TID251 django.dispatch.receiver": "from django.dispatch import receiver\n\nx = receiver",
    "TID251 django.db.models.signals": "from django.db.models import signals\n\nx = signals",
    "TID251 typing.cast": "from typing import cast\n\nx = cast(int, 1)",
    "TID251 pandas": "import pandas\n\nx = pandas",
    "TID251 django.contrib.admin": "from django.contrib import admin\n\nx = admin",
    "TID251 django.utils.safestring.mark_safe": (
        "from django.utils.safestring import mark_safe\n\nx = mark_safe"
    ),
    "TID252": "from . import rules\n\nx = rules",
    "PLC0415": "def f() -> object:\n    import json\n\n    return json",
    "FBT001": "def f(loud: bool) -> bool:\n    return loud",
    "C901": "def f(x: int) -> int:\n" + "    if x:\n        x += 1\n" * 9 + "    return x",
    "PLR0913": "def f(a: int, b: int, c: int, d: int, e: int, g: int, h: int) -> int:\n    return a",
    "PLR0915": "def f() -> None:\n" + "    print()\n" * 36,
    "ANN201": "def f():\n    return 1",
    "ERA001": "# x = 1\nx = 2",
    "BLE001": "def f() -> None:\n    try:\n        g()\n    except Exception:\n        pass",
    "DTZ001": "import datetime\n\nx = datetime.datetime(2026, 1, 1)",
    "S608": 'def f(x: str) -> str:\n    return f"SELECT * FROM t WHERE a = {x}"',
    "T201": "print(1)",
}


def ruff(path: Path, text: str) -> list[tuple[str, str]]:
    """Return what ruff finds in a text that stands at a path of the checkout."""
    done = subprocess.run(
        [RUFF, "check", "--output-format", "json", "--stdin-filename", path, "-"],
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    return [(found["code"], found["message"]) for found in json.loads(done.stdout)]


@pytest.mark.parametrize("offence", OFFENCES)
def test_each_rule_goes_red_on_its_offence(offence):
    code, *named = offence.split()

    found = ruff(Path("anju/voice/queries.py"), HEAD + OFFENCES[offence] + "\n")

    assert [message for one, message in found if one == code and all(n in message for n in named)]


def test_every_banned_name_gives_its_reason():
    found = ruff(Path("anju/voice/access.py"), HEAD + "from typing import cast\n\nx = cast\n")

    assert any("narrow with isinstance" in message for _, message in found)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("anju/stats/index.py", True),
        ("anju/casework/states.py", True),
        ("anju/voice/actions/close.py", True),
        ("anju/voice/queries.py", True),
        ("anju/web/desk/views.py", False),
        ("anju/voice/tests/test_close.py", False),
    ],
)
def test_a_sentence_of_contract_is_asked_for_where_others_build_on_it(path, asked):
    found = ruff(Path(path), HEAD + "def close() -> int:\n    return 1\n")

    assert ("D103" in {code for code, _ in found}) == asked


def test_every_module_says_what_it_is():
    assert "D100" in {code for code, _ in ruff(Path("anju/web/desk/views.py"), "x = 1\n")}


def test_the_one_clock_may_ask_the_time():
    text = HEAD + "import datetime\n\nx = datetime.datetime.now(datetime.UTC)\n"

    assert ruff(Path("anju/kernel/pure/clock.py"), text) == []


def test_types_are_strict_on_an_offence(tmp_path):
    offence = tmp_path / "offence.py"
    offence.write_text(
        "class A:\n    def f(self) -> int:\n        return 1\n\n\n"
        "class B(A):\n    def f(self) -> int:\n        return 'x'\n\n\n"
        "def g(x):\n    return x\n"
    )

    done = subprocess.run(
        [sys.executable, "-m", "mypy", f"--cache-dir={tmp_path / 'cache'}", str(offence)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stdout + done.stderr
    for code in ("[return-value]", "[explicit-override]", "[no-untyped-def]"):
        assert code in done.stdout
