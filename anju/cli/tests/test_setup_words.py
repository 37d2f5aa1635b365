"""What set-up says to somebody at the keyboard: her language, and a command that exists here."""

from __future__ import annotations

import getpass
import shutil
from pathlib import Path

import pytest

from anju.cli import setup
from anju.kernel.pure.problems import Problem


@pytest.mark.parametrize("words", setup.WORDS)
def test_every_word_of_set_up_is_there_in_both_languages(words):
    english, chinese = setup.WORDS[words]

    assert english.isascii()
    assert not chinese.isascii()


def test_a_chinese_office_is_asked_in_chinese():
    assert setup.said("company", "zh-hans") == "公司名称"
    assert setup.said("company", "en") == "Company name"


@pytest.mark.parametrize(
    ("found", "called"), [(None, "python3 run.py anju serve"), ("/bin/anju", "anju serve")]
)
def test_the_command_to_start_with_can_be_typed_here(found, called, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: found)

    assert setup.start_command(Path("/srv/my data")) == f"{called} --data '/srv/my data'"


def test_a_password_typed_in_two_ways_is_refused(monkeypatch):
    typed = iter(["four plain words", "four plain wrods"])
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(typed))
    monkeypatch.setattr(setup.sys.stdin, "isatty", lambda: True, raising=False)

    with pytest.raises(Problem) as refused:
        setup._password(None, "zh")

    assert "两次输入的密码不同" in refused.value.text("zh")
