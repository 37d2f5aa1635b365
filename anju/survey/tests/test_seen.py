"""The same homes, or the same answers, sent a second time."""

from __future__ import annotations

import pytest

from anju.kernel.pure.problems import Problem
from anju.survey.actions.imports import undo
from anju.survey.answers import answer_set
from anju.survey.tests.test_imports import GOOD, HEADS, a_file, done, started
from tests.cast import AT, a_wave

HOMELESS = ["投诉处理", "整体绿化"]


def _seen(result) -> tuple[object, ...]:
    names = ("seen_homes", "seen_known", "seen_same", "seen_imports")
    return tuple(result[name] for name in names)


def _again(cast, wave, *rows: list[str], **changes):
    return done(cast, started(cast, wave, a_file(*rows), **changes))


def test_a_check_says_how_many_homes_answered_before_and_in_which_import(cast):
    wave = a_wave(cast)
    _again(cast, wave, *GOOD)
    other = [GOOD[0], [*GOOD[1][:2], "不满意", "很满意", ""], ["2栋", "101", "满意", "满意", ""]]

    assert _seen(_again(cast, wave, *other, dry_run=True)) == (3, 2, 1, ["1"])


def test_an_import_of_the_same_homes_is_refused_until_somebody_says_they_are_different(cast):
    wave = a_wave(cast)
    _again(cast, wave, *GOOD)
    with pytest.raises(Problem) as caught:
        _again(cast, wave, *GOOD[::-1])

    assert (caught.value.code, caught.value.field) == ("E-IMP-SAME", "different")
    assert "3 of 3 homes already answered in import 1" in caught.value.text("en")
    with cast.inside():
        assert answer_set(wave.pk).people == 3
    _again(cast, wave, *GOOD[::-1], different=True)
    with cast.inside():
        assert answer_set(wave.pk).people == 6


def test_homes_of_an_import_that_was_undone_answered_nothing(cast):
    wave = a_wave(cast)
    batch = _again(cast, wave, *GOOD)["batch"]
    undo(actor=cast.quality, batch_id=batch, at=AT)

    assert _again(cast, wave, *GOOD[::-1])["rows"] == 3


def test_another_home_with_the_same_answers_is_another_home(cast):
    wave = a_wave(cast)
    _again(cast, wave, *GOOD)

    assert _again(cast, wave, ["2栋", "101", *GOOD[0][2:]])["rows"] == 1


def test_a_file_that_names_no_homes_is_known_by_its_answers_as_a_whole(cast):
    wave = a_wave(cast)
    rows = [row[2:4] for row in GOOD]
    done(cast, started(cast, wave, a_file(*rows, heads=HOMELESS)))
    with pytest.raises(Problem) as caught:
        done(cast, started(cast, wave, a_file(*rows[::-1], heads=HOMELESS)))

    assert "Exactly these answers" in caught.value.text("en")
    part = done(cast, started(cast, wave, a_file(*rows[:2], heads=HOMELESS), dry_run=True))
    assert part["seen_known"] == 0
    assert HEADS[2:4] == HOMELESS
