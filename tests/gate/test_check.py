"""The static gate: one red check makes it red, and it says which."""

from __future__ import annotations

import sys

import pytest

from tests.gate import check
from tests.gate.check import Check


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_one_red_check_makes_the_gate_red_and_is_named(monkeypatch, capsys):
    found = (Check("sound", python("")), Check("spoilt", python("print('why'); exit(3)")))
    monkeypatch.setattr(check, "checks", lambda: found)

    assert check.main([]) == 1
    said = capsys.readouterr().out
    assert "── spoilt: status 3\nwhy\n" in said
    assert "check: 1 of 2 failed" in said


def test_a_green_gate_is_green(monkeypatch):
    monkeypatch.setattr(check, "checks", lambda: (Check("sound", python("")),))

    assert check.main([]) == 0


def test_a_word_that_names_no_check_is_no_success(monkeypatch):
    monkeypatch.setattr(check, "checks", lambda: (Check("sound", python("")),))

    assert check.main(["nothing like it"]) == 1


def test_a_check_sees_no_installation(monkeypatch):
    monkeypatch.setenv("ANJU_DATABASE", "postgres://office")
    code = "import os, sys; sys.exit('ANJU_DATABASE' in os.environ)"

    assert check.ask(Check("blind", python(code))).status == 0


@pytest.mark.parametrize(("lines", "shown"), [(4, 4), (5, 5), (90, 5)])
def test_long_words_keep_their_beginning_and_end(lines, shown):
    words = [str(number) for number in range(lines)]

    kept = check.shortened(words, 4)

    assert len(kept) == shown
    assert (kept[0], kept[-1]) == ("0", str(lines - 1))
