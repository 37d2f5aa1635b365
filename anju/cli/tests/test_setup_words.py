"""What set-up says to somebody at the keyboard: her language, and a command that exists here."""

from __future__ import annotations

import argparse
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


def test_a_second_run_goes_on_from_what_the_first_one_kept(tmp_path):
    (tmp_path / "anju.env").write_text(
        "ANJU_BASE_ADDRESS=https://a.example\nANJU_MAIL=smtp://m.example\nANJU_LANGUAGE=en\n"
    )
    kept = setup._kept(tmp_path)
    given = argparse.Namespace(
        base_address=None, database="postgres://u:p@h/n", database_owner=None, language=None
    )

    assert setup._tongue(given, kept) == "en"
    assert setup._settings(given, kept, "en") == {
        "ANJU_BASE_ADDRESS": "https://a.example",
        "ANJU_MAIL": "smtp://m.example",
        "ANJU_LANGUAGE": "en",
        "ANJU_DATABASE": "postgres://u:p@h/n",
    }
    assert setup._kept(tmp_path / "nowhere") == {}


def test_who_presses_ctrl_c_is_told_what_to_do_next(tmp_path, monkeypatch, capsys):
    def stop(*_asked):
        raise KeyboardInterrupt

    monkeypatch.setattr(setup, "_ask", stop)

    assert setup.run(argparse.Namespace(data=tmp_path / "new", language="zh")) == 130
    assert setup.said("stopped", "zh") in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
