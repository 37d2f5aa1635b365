"""Second entry: another person, a sample that anybody can draw again, mistakes counted and mended."""

from __future__ import annotations

import pytest

from anju.fieldwork.actions.paper import Refused
from anju.fieldwork.actions.second import Again, draw_round, enter_again, settle
from anju.fieldwork.models import SecondDifference, SecondForm
from anju.fieldwork.rules.second import Settled
from anju.fieldwork.secondly import next_form, second_page
from anju.fieldwork.tests.typing import a_difference, form, keys, type_again, type_in
from anju.kernel.pure.problems import Problem
from anju.survey.models import Response
from tests.cast import AT, a_wave

HOMES = [f"{block}-{floor}0{door}" for block in (1, 2) for floor in (1, 2, 3) for door in (1, 2)]


@pytest.fixture
def wave(cast):
    wave = a_wave(cast, population=40)
    for home in HOMES[:6]:
        type_in(cast, wave, home)
    return wave


def drawn(cast, wave, *, seed=7):
    draw_round(actor=cast.quality, wave_id=wave.pk, percent=5, seed=seed, at=AT)
    return page(cast, cast.manager, wave).rounds[0]


def page(cast, actor, wave):
    with cast.inside():
        return second_page(actor, wave.pk)


def test_at_least_five_forms_are_drawn_and_what_comes_later_waits_for_the_next_draw(cast, wave):
    one = drawn(cast, wave)

    assert (one.forms, one.drawn, one.seed, one.again) == (6, 5, 7, 0)
    with pytest.raises(Problem, match="since the last draw"):
        draw_round(actor=cast.quality, wave_id=wave.pk, percent=5, seed=7, at=AT)
    type_in(cast, wave, HOMES[7])
    assert page(cast, cast.manager, wave).fresh == 1
    draw_round(actor=cast.quality, wave_id=wave.pk, percent=5, seed=7, at=AT)
    assert [(one.number, one.forms, one.drawn) for one in page(cast, cast.desk, wave).rounds] == [
        (2, 1, 1),
        (1, 6, 5),
    ]


def test_who_entered_a_form_first_never_enters_it_again(cast, wave):
    drawn(cast, wave)

    with cast.inside():
        assert next_form(cast.desk, wave.pk) is None
        assert next_form(cast.manager, wave.pk).number == 1
    with pytest.raises(Problem) as refused:
        type_again(cast, wave, 1, "1" * 10, who=cast.desk)
    assert refused.value.code == "E-PAPER-SAME"


def test_a_form_is_entered_again_once_and_a_wrong_digit_is_said_at_its_box(cast, wave):
    drawn(cast, wave)

    with pytest.raises(Refused) as refused:
        type_again(cast, wave, 1, "1111x11111")
    assert refused.value.problems[0].field == list(form(cast, wave, "1" * 10))[4]
    assert type_again(cast, wave, 1, "1111111110") == 1
    with pytest.raises(Problem) as stale:
        type_again(cast, wave, 1, "1" * 10, who=cast.quality)
    assert stale.value.code == "E-STALE"


def test_mistakes_are_counted_with_their_interval_once_nothing_is_open(cast, wave):
    drawn(cast, wave)
    for number in range(1, 6):
        type_again(cast, wave, number, "2011111111" if number == 2 else "1" * 10)
    assert page(cast, cast.manager, wave).rounds[0].share is None
    with cast.inside():
        two = list(SecondDifference.objects.order_by("id"))

    settle(actor=cast.quality, difference_id=two[0].pk, paper=Settled.SECOND, at=AT)
    settle(actor=cast.quality, difference_id=two[1].pk, paper=Settled.FIRST, at=AT)

    one = page(cast, cast.manager, wave).rounds[0]
    assert (one.wrong_forms, one.wrong_items, one.again, one.checked) == (1, 1, 5, 50)
    assert one.share is not None
    assert (one.share.estimate, one.share.n, one.share.population) == (0.2, 5, 6)
    assert one.share.ci_low is not None
    assert one.share.ci_low <= 0.2 <= one.share.ci_high < 1
    with cast.inside():
        answers = Response.objects.get(id=two[0].form.response_id).answers
    assert answers[:3] == ["bs", "vs", "vs"]


def test_a_difference_is_settled_once_and_not_by_who_typed_it_first(cast):
    found = a_difference(cast)
    settle(actor=cast.quality, difference_id=found.pk, paper=Settled.FIRST, at=AT)

    with pytest.raises(Problem) as refused:
        settle(actor=cast.administrator, difference_id=found.pk, paper=Settled.SECOND, at=AT)

    assert refused.value.code == "E-STALE"
    with pytest.raises(PermissionError):
        settle(actor=cast.manager, difference_id=found.pk, paper=Settled.SECOND, at=AT)


def test_the_quality_department_does_not_judge_its_own_typing(cast):
    wave = a_wave(cast)
    type_in(cast, wave, "3-502", who=cast.quality)
    draw_round(actor=cast.quality, wave_id=wave.pk, percent=5, seed=1, at=AT)
    type_again(cast, wave, 1, "2" + "1" * 9)
    with cast.inside():
        found = SecondDifference.objects.get()

    with pytest.raises(Problem) as refused:
        settle(actor=cast.quality, difference_id=found.pk, paper=Settled.FIRST, at=AT)

    assert refused.value.code == "E-PAPER-SAME"


def test_the_same_key_compares_once(cast, wave):
    drawn(cast, wave)
    with cast.inside():
        row = SecondForm.objects.get(round__wave=wave, number=1)
    again = Again(row.pk, form(cast, wave, "2" + "1" * 9), keys())
    counts = [enter_again(actor=cast.manager, again=again, at=AT) for _ in range(2)]

    assert counts == [1, 1]
    with cast.inside():
        assert SecondDifference.objects.count() == 1
