"""The command says what it can do, and what it could not take."""

import argparse
from importlib import import_module

import pytest

from anju.cli import chinese, main
from anju.cli.supervise import free_port, listen


@pytest.mark.parametrize("call", [[], ["--help"], ["help"]])
def test_without_a_verb_every_verb_is_listed(call, capsys):
    assert main.main(call) == 0

    said = capsys.readouterr().out
    assert all(f"anju {verb}" in said for verb in main.VERBS)


def test_an_unknown_verb_is_named_and_the_exit_code_says_so(capsys):
    assert main.main(["reprot"]) == 2
    assert "reprot" in capsys.readouterr().err


@pytest.mark.parametrize("verb", list(main.VERBS))
def test_every_verb_has_help(verb, capsys):
    with pytest.raises(SystemExit) as ended:
        main.main([verb, "--help"])

    assert ended.value.code == 0
    assert main.VERBS[verb][:30] in capsys.readouterr().out.replace("\n", " ").replace("  ", " ")


def test_the_version_is_one_line(capsys):
    assert main.main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == "0.1.0"


def test_a_port_that_is_taken_leads_to_the_next_free_one():
    first = free_port(18_400)
    with listen(f"127.0.0.1:{first}"):
        assert free_port(first) > first


def test_every_word_of_help_is_there_in_chinese():
    assert set(chinese.VERBS) == set(main.VERBS)
    for verb in main.VERBS:
        parser = argparse.ArgumentParser()
        import_module(f"anju.cli.{verb}").arguments(parser)
        said = {action.help for action in parser._actions if "--help" not in action.option_strings}
        assert {words for words in said if words} <= set(chinese.HELP), verb


@pytest.mark.parametrize("verb", list(main.VERBS))
def test_a_chinese_machine_is_helped_in_chinese(verb, monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit):
        main.main([verb, "--help"])

    said = capsys.readouterr().out
    assert said.startswith("用法：")
    assert "选项：" in said
    assert "show this help" not in said
