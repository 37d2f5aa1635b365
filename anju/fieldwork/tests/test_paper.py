"""Paper forms: a home counts once, a form is kept once, the counts follow, the last one goes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from anju.fieldwork.actions.answering import Given, Wish, save_answer, submit
from anju.fieldwork.actions.links import draw_invitations
from anju.fieldwork.actions.paper import (
    Refused,
    Typed,
    allow_without_home,
    count_forms,
    enter_form,
    undo_last,
)
from anju.fieldwork.owner_file import surveys
from anju.fieldwork.paperwork import counts_page, entry_page
from anju.fieldwork.rules.counts import BuildingForms
from anju.fieldwork.rules.sample import Sample
from anju.fieldwork.tests.typing import form, keys
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.privacy.blocks import Home
from anju.register.access import Role
from anju.register.models import Building, Unit
from anju.survey.models import ImportBatch, OpenAnswer, Response, Wave
from anju.survey.rules.wave import BatchState
from tests.cast import AT, HER_BUILDING, HER_UNIT, a_person, a_wave

SOON = AT + timedelta(minutes=5)


@pytest.fixture
def wave(cast):
    return a_wave(cast, population=40)


def type_in(cast, wave, room, digits="1" * 10, *, who=None, building="", key=None):
    typed = Typed(room, building, form(cast, wave, digits), key or keys())
    return enter_form(actor=who or cast.desk, wave_id=wave.pk, typed=typed, at=AT)


def codes_of(refused) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in refused.value.problems]


def counted(cast, wave):
    with cast.inside():
        row = Wave.objects.get(id=wave.pk)
        return row.issued, row.returned, row.valid


def test_a_form_becomes_a_row_of_answers_of_its_home_on_paper(cast, wave):
    number = type_in(cast, wave, "3-502", "1231203123")

    with cast.inside():
        row = Response.objects.select_related("unit").get(wave=wave)
        batch = ImportBatch.objects.get(id=row.batch_id)
        subject = history.Subject(cast.company.id, "wave", wave.pk)
        acts = [one.verb for one in history.entries(subject).order_by("seq")]
    assert (number, row.row, row.mode, row.unit.number) == ("1", 1, "paper", HER_UNIT)
    assert (row.building_label, row.household) == (HER_BUILDING, "3-502")
    assert row.answers[:6] == ["vs", "bs", "ds", "vs", "bs", None]
    assert (batch.channel, batch.rows, batch.people) == ("paper", 1, 1)
    assert acts[-1] == "paper_entered"
    assert counted(cast, wave) == (None, 1, 1)


@pytest.mark.parametrize(
    ("room", "building"),
    [
        ("3栋502", ""),
        ("3-0502", ""),
        ("３栋５０２室", ""),
        ("3.502", ""),
        ("3502", ""),
        ("502", "3栋"),
        ("0502", "3栋"),
    ],
)
def test_a_room_is_understood_in_any_writing(cast, wave, room, building):
    type_in(cast, wave, room, building=building)

    with cast.inside():
        assert Response.objects.get(wave=wave).household == "3-502"


@pytest.mark.parametrize(
    ("room", "code", "said"),
    [
        ("502", "E-PAPER-WHICH", "1-502, 2-502, 3-502"),
        ("3-599", "E-PAPER-ROOM", "3-50"),
        ("zzz", "E-PAPER-ROOM", "3-502"),
        ("", "E-PAPER-HOME", "3-502"),
        ("3栋", "E-PAPER-HOME", "3-502"),
    ],
)
def test_a_room_that_is_not_clear_is_said_at_its_box_and_nothing_is_kept(
    cast, wave, room, code, said
):
    with pytest.raises(Refused) as refused:
        type_in(cast, wave, room)

    assert codes_of(refused) == [(code, "room")]
    assert said in refused.value.problems[0].text("en")
    with cast.inside():
        assert not Response.objects.exists()
        assert not ImportBatch.objects.exists()


def test_everything_wrong_is_said_at_once_each_at_its_box(cast, wave):
    boxes = form(cast, wave, "1x11 11111")
    names = list(boxes)

    with pytest.raises(Refused) as refused:
        enter_form(actor=cast.desk, wave_id=wave.pk, typed=Typed("9-1", "", boxes, keys()), at=AT)

    assert codes_of(refused) == [
        ("E-PAPER-ROOM", "room"),
        ("E-PAPER-DIGIT", names[1]),
        ("E-PAPER-DIGIT", names[4]),
    ]


def test_a_blank_form_is_not_entered(cast, wave):
    with pytest.raises(Refused) as refused:
        type_in(cast, wave, "3-502", "0000000000")

    assert codes_of(refused)[0][0] == "E-PAPER-EMPTY"


def test_a_home_is_entered_once_whoever_enters_it_and_told_how(cast, wave):
    type_in(cast, wave, "3-502")

    with pytest.raises(Refused) as refused:
        type_in(cast, wave, "3栋0502", who=cast.manager)

    assert codes_of(refused) == [("E-PAPER-TWICE", "room")]
    assert f"form 1 of {cast.desk.name}" in refused.value.problems[0].text("en")
    assert counted(cast, wave) == (None, 1, 1)


def test_a_home_that_answered_by_its_link_is_told_so(cast):
    wave = a_wave(cast, population=40, fieldwork_to=date(2026, 12, 31))
    links = draw_invitations(actor=cast.quality, wave_id=wave.pk, at=AT)
    hers = next(link for link in links if (link.building, link.unit) == (HER_BUILDING, HER_UNIT))
    with cast.inside():
        code = next(iter(form(cast, wave, "1"))).removeprefix("d.")
    save_answer(token=hers.token, given=Given({code: ("vs",)}, {}), at=SOON)
    submit(token=hers.token, key=keys(), wish=Wish(), known="", at=SOON)

    with pytest.raises(Refused) as refused:
        type_in(cast, wave, "3-502")

    assert codes_of(refused) == [("E-PAPER-TWICE", "room")]
    assert "by its link" in refused.value.problems[0].text("en")


def test_the_owner_file_says_who_answered_on_paper_after_a_link_and_who_did_not(cast):
    wave = a_wave(cast, population=40, fieldwork_to=date(2026, 12, 31))
    draw_invitations(actor=cast.quality, wave_id=wave.pk, at=AT)
    with cast.inside(), override("en"):
        unit = Unit.objects.get(key="3-502")
        home = Home(unit.pk, cast.project.pk, (), AT.date())
        before = [(one.text, one.note) for one in surveys(home, cast.desk).moments]
    type_in(cast, wave, "3-502")

    with cast.inside(), override("en"):
        after = [(one.text, one.note) for one in surveys(home, cast.desk).moments]
    assert before == [(f"Asked in {wave.title}", "no answer so far")]
    assert after == [(f"Asked in {wave.title}", ""), (f"Answered {wave.title}", "")]


def test_a_home_outside_the_sample_is_said_to_be_not_drawn_with_what_to_do(cast, wave):
    links = draw_invitations(actor=cast.quality, wave_id=wave.pk, at=AT, sample=Sample(4, 7))
    drawn = {f"{link.building[:-1]}-{link.unit}" for link in links}
    outside = next(
        room for room in ("3-502", "3-501", "2-502", "1-502", "1-501") if room not in drawn
    )

    with pytest.raises(Refused) as refused:
        type_in(cast, wave, outside)
    type_in(cast, wave, min(drawn))

    assert codes_of(refused) == [("E-PAPER-NOT-DRAWN", "room")]
    assert "set the sheet aside" in refused.value.problems[0].text("en")
    with cast.inside():
        assert Response.objects.filter(wave=wave).count() == 1


def test_the_same_form_sent_twice_is_kept_once(cast, wave):
    key = keys()
    first = type_in(cast, wave, "3-502", key=key)
    again = type_in(cast, wave, "3-502", key=key)

    with pytest.raises(Problem, match="sent before"):
        type_in(cast, wave, "3-501", key=key)

    assert first == again == "1"
    with cast.inside():
        assert Response.objects.filter(wave=wave).count() == 1


def test_each_person_and_day_has_a_batch_and_numbers_of_its_own(cast, wave):
    type_in(cast, wave, "1-101")
    type_in(cast, wave, "1-102")
    type_in(cast, wave, "1-201", who=cast.manager)

    with cast.inside():
        rows = Response.objects.order_by("id").values_list("batch__sha256", "row")
        batches = {batch for batch, _ in rows}
        assert [row for _, row in rows] == [1, 2, 1]
        assert len(batches) == 2
    assert entry_page_of(cast, cast.desk, wave).mine_today == 2


def entry_page_of(cast, actor, wave):
    with cast.inside():
        return entry_page(actor, wave.pk, AT.date())


def test_the_last_form_is_taken_back_with_its_place_in_the_counts(cast, wave):
    type_in(cast, wave, "1-101")
    type_in(cast, wave, "1-102")

    with pytest.raises(Problem, match="not the last"):
        undo_last(actor=cast.desk, wave_id=wave.pk, number=1, at=AT)
    undo_last(actor=cast.desk, wave_id=wave.pk, number=2, at=AT)

    assert counted(cast, wave) == (None, 1, 1)
    assert entry_page_of(cast, cast.desk, wave).last.number == 1
    undo_last(actor=cast.desk, wave_id=wave.pk, number=1, at=AT)
    with cast.inside():
        assert not OpenAnswer.objects.exists()
        assert ImportBatch.objects.get(wave=wave).state == BatchState.REVERTED
    type_in(cast, wave, "1-102")
    assert counted(cast, wave) == (None, 1, 1)


def test_a_form_without_a_home_is_entered_only_where_the_survey_allows_it(cast, wave):
    allow_without_home(actor=cast.quality, wave_id=wave.pk, allowed=True, at=AT)

    type_in(cast, wave, "")
    type_in(cast, wave, "2栋")
    type_in(cast, wave, "", building="2栋")

    with cast.inside():
        labels = Response.objects.order_by("id").values_list("building_label", "unit_id")
        assert list(labels) == [("", None), ("2栋", None), ("2栋", None)]
        found = counts_page(wave.pk)
    assert [line.entered for line in found.lines] == [0, 2, 0]
    assert (found.nowhere, found.entered) == (1, 3)


def lines_of(cast, *counts):
    with cast.inside():
        keys = Building.objects.order_by("id").values_list("id", flat=True)
        return [BuildingForms(key, *one) for key, one in zip(keys, counts, strict=False)]


def test_more_returned_than_issued_is_refused_at_its_field(cast, wave):
    lines = lines_of(cast, (10, 10), (10, 11))

    with pytest.raises(Refused) as refused:
        count_forms(actor=cast.desk, wave_id=wave.pk, lines=lines, at=AT)

    assert codes_of(refused) == [("E-COUNT", f"returned-{lines[1].building_id}")]
    assert counted(cast, wave) == (None, None, None)


def test_what_buildings_gave_back_is_counted_once_when_it_is_entered(cast, wave):
    count_forms(actor=cast.desk, wave_id=wave.pk, lines=lines_of(cast, (10, 2), (10, None)), at=AT)
    assert counted(cast, wave) == (20, 2, 0)

    type_in(cast, wave, "1-101")
    type_in(cast, wave, "1-102")
    assert counted(cast, wave) == (20, 2, 2)
    type_in(cast, wave, "1-201")
    assert counted(cast, wave) == (20, 3, 3)
    with cast.inside():
        assert counts_page(wave.pk).lines[0].left == -1


def test_more_issued_than_there_are_homes_is_refused(cast, wave):
    with pytest.raises(Problem, match="population: 40"):
        count_forms(actor=cast.desk, wave_id=wave.pk, lines=lines_of(cast, (41, None)), at=AT)


def test_a_closed_survey_takes_no_forms(cast, wave):
    with cast.inside():
        Wave.objects.filter(id=wave.pk).update(state="closed")

    with pytest.raises(Problem) as refused:
        type_in(cast, wave, "3-502")

    assert refused.value.code == "E-STATE"


def test_a_worker_may_not_enter_forms(cast, wave):
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])

    with pytest.raises(PermissionError):
        type_in(cast, wave, "3-502", who=worker)
