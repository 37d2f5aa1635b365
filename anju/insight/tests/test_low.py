"""Which items are judged: those whose figures may be shown, against the goal of wave or project."""

from __future__ import annotations

from anju.improve.rules.boxes import Origin
from anju.improve.rules.gaps import DEFAULT_THRESHOLD
from anju.insight.low import Judged, judged
from anju.insight.tests.stored import ITEMS, LATER, asked, closed
from anju.register.models import Project
from anju.survey.models import Item
from anju.survey.rules.wave import Source
from tests.cast import Cast, a_wave, answers


def found(cast: Cast, wave) -> Judged:
    with cast.inside():
        return judged(wave.pk, at=LATER)


def test_every_item_that_may_be_shown_is_judged_in_percent(cast):
    wave = asked(cast)
    closed(cast, wave)

    items = found(cast, wave).items

    assert len(items) == ITEMS
    assert {item.origin for item in items} == {Origin.LOW_ITEM}
    with cast.inside():
        assert {item.item_id for item in items} <= set(Item.objects.values_list("id", flat=True))
    for item in items:
        assert 1 < item.figure.value <= 100
        assert item.figure.low <= item.figure.value <= item.figure.high
        assert item.figure.n == 30
        assert item.figure.formula.startswith("share_top")


def test_a_wave_of_four_households_is_not_judged(cast):
    assert found(cast, asked(cast, {"1栋": (4, "ds")})).items == ()


def test_equal_answers_are_judged_by_their_range_alone(cast):
    wave = a_wave(cast, population=60)
    answers(wave, [["ds"] * ITEMS + [None]] * 20)

    for item in found(cast, wave).items:
        assert item.figure.value is None
        assert 0 <= item.figure.low < item.figure.high < 100
        assert item.figure.n == 20


def test_the_goal_is_that_of_the_wave_then_the_projects_then_the_usual(cast):
    own, bare = asked(cast, target=95.0), asked(cast)
    assert (found(cast, own).threshold, found(cast, bare).threshold) == (95.0, DEFAULT_THRESHOLD)

    with cast.inside():
        Project.objects.filter(id=cast.project.id).update(target=70)

    assert (found(cast, own).threshold, found(cast, bare).threshold) == (95.0, 70.0)


def test_a_wave_without_a_questionnaire_has_nothing_to_judge(cast):
    wave = a_wave(cast, version_id=None, source=Source.THIRD_PARTY)

    assert found(cast, wave).items == ()
