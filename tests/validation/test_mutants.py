"""Mutants are made one change at a time, run in a child, and none of the living goes unseen."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest

from validation import kept_mutants, mutants_page, mutation
from validation.judged import JUDGED
from validation.kept_mutants import Ran
from validation.mutants import mutants, mutated
from validation.noticing import LEFT_OUT, OURS, TESTS

TEXT = """
EDGE = 5
KIND = kind("x", version=3)

def near(a, b):
    return 0 <= a < b + 1 and a + 1 > 0
"""
MODULE = """
def used(x):
    return x + 3

def unused(x):
    return x * 2
"""
TEST = """
from toy import used

def test_it_adds():
    assert used(4) == 7
"""
RUN = """
from pathlib import Path
from validation.mutation import Subject, survivors
folder = Path({folder!r})
toy = Subject("toy", folder / "toy.py", (str(folder / "test_toy.py"),))
for mutant, ended in survivors(toy):
    print(mutant.key, ended.noticed, ended.by, sep=" | ")
"""


def run(folder, module=MODULE):
    (folder / "toy.py").write_text(module, encoding="utf-8")
    (folder / "test_toy.py").write_text(TEST, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(folder), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-c", RUN.format(folder=str(folder))]
    return subprocess.run(
        command, cwd=mutation.ROOT, env=env, capture_output=True, text=True, check=False
    )


def test_each_operator_and_number_is_changed_once_and_versions_never():
    changed = [one.what for one in mutants(TEXT)]

    assert changed[0] == "EDGE = 5 → EDGE = 6"
    assert len(changed) == 11
    assert "a + 1 → a - 1" in changed
    assert "0 <= a < b + 1 → 0 <= a <= b + 1" in changed
    assert not any("version" in one for one in changed)


def test_a_mutant_differs_from_the_module_in_its_own_change_alone():
    plain = ast.unparse(ast.parse(TEXT))
    texts = {ast.unparse(mutated(TEXT, one)) for one in mutants(TEXT)}

    assert plain not in texts
    assert len(texts) == len(mutants(TEXT)) == len({one.key for one in mutants(TEXT)})


def test_a_change_keeps_its_name_when_lines_move_and_twins_are_numbered():
    twins = "def f(a):\n    return [a + 1, a + 1]\n"
    names = [one.key for one in mutants(twins)]

    assert names == [one.key for one in mutants("# above\n\n" + twins)]
    assert "f: a + 1 → a - 1 (no. 2)" in names


def test_what_no_test_touches_lives_and_what_a_test_touches_dies(tmp_path):
    told = run(tmp_path).stdout.splitlines()

    assert told == [
        "used: x + 3 → x - 3 | True | ::test_it_adds",
        "used: x + 3 → x + 4 | True | ::test_it_adds",
        "unused: x * 2 → x / 2 | False | ",
        "unused: x * 2 → x * 3 | False | ",
    ]


def test_a_module_whose_tests_fail_unchanged_is_not_run(tmp_path):
    done = run(tmp_path, MODULE.replace("3", "4"))

    assert done.returncode == 1
    assert "the tests fail without any change: ::test_it_adds" in done.stderr


def test_every_module_of_the_statistics_is_run_or_left_out_by_name():
    room = mutation.ROOT / mutation.STATS
    there = {
        path.relative_to(room).with_suffix("").as_posix()
        for path in room.rglob("*.py")
        if "tests" not in path.parts
    }

    assert there == set(OURS) | set(LEFT_OUT)
    assert [one for files in TESTS.values() for one in files if not (room / one).exists()] == []


@pytest.mark.parametrize("module", sorted(JUDGED))
def test_every_judgement_names_a_change_that_can_still_be_made(module):
    there = {one.key for one in mutants(mutation.subject(module).path.read_text(encoding="utf-8"))}

    assert [key for key in JUDGED[module] if key not in there] == []


def test_a_survivor_that_nobody_judged_ends_the_run_with_one(monkeypatch, capsys):
    module = next(iter(JUDGED))
    known = tuple(JUDGED[module])
    monkeypatch.setattr(mutation, "warm", lambda: None)
    monkeypatch.setattr(mutation, "ran", lambda one: Ran(one, 50, known))
    assert mutation.main([module]) == 0

    monkeypatch.setattr(mutation, "ran", lambda one: Ran(one, 50, (*known, "f: a → b")))
    assert mutation.main([module]) == 1
    assert f"FAIL not judged: {module}: f: a → b" in capsys.readouterr().out


def test_a_run_is_kept_in_the_place_of_the_last_one(tmp_path):
    path = tmp_path / "mutants.json"
    kept_mutants.keep(Ran("change", 9, ("f: a → b",)), path)
    kept_mutants.keep(Ran("change", 9, ()), path)

    assert [(row.many, row.lived) for row in kept_mutants.kept(path).values()] == [(9, ())]


def test_the_page_says_what_was_kept_and_judged():
    assert mutants_page.PAGE.read_text(encoding="utf-8") == mutants_page.written()
