"""Invitations and reminders: whom they reach, who is left out and why, and never a third reminder."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from anju.fieldwork.actions import sending
from anju.fieldwork.actions.answering import Given, Wish, save_answer, submit
from anju.fieldwork.actions.asking import Going, prepare, send, set_rest
from anju.fieldwork.actions.doors import note_door
from anju.fieldwork.actions.links import draw_invitations
from anju.fieldwork.actions.sending import do_sending, start_sending
from anju.fieldwork.actions.wishes import meet_wish, reopen_wish
from anju.fieldwork.asking import rest_days
from anju.fieldwork.frame import asked_numbers, not_drawn
from anju.fieldwork.models import Approach, Draw
from anju.fieldwork.progress import draw_lines, field_homes, field_page
from anju.fieldwork.rules.approach import OutcomeKind, Stage
from anju.fieldwork.rules.sample import Method, Sample
from anju.fieldwork.sendings import sending_of
from anju.fieldwork.wishes import open_wishes, told_of, wish_lines
from anju.kernel import history
from anju.kernel.models import Job, JobState
from anju.kernel.pure.problems import Problem
from anju.kernel.tasks import Run
from anju.notify.making import words_of
from anju.notify.models import Message
from anju.register.access import Forbidden, NotFound
from anju.register.actions.consents import give_consent
from anju.register.actions.residents import MoveIn, PersonDraft, move_in
from anju.register.models import Building, Unit
from anju.register.queries import unit_numbers
from anju.survey.actions.waves import close_wave
from anju.survey.models import Item, Wave
from anju.survey.rules.answering import Contact
from tests.cast import AT, Cast, a_wave

NOW = {
    "population": 40,
    "fieldwork_from": date(2026, 11, 1),
    "fieldwork_to": date(2026, 12, 31),
}
DAY = timedelta(days=1)
KEY = "k" * 20


@pytest.fixture
def wave(cast: Cast) -> Wave:
    return a_wave(cast, **NOW)


@pytest.fixture
def tokens(cast: Cast, wave: Wave) -> list[str]:
    links = draw_invitations(actor=cast.quality, wave_id=wave.pk, at=AT)
    return [link.token for link in links]


def units(cast: Cast) -> list[Unit]:
    with cast.inside():
        return list(Unit.objects.order_by("building_id", "id"))


def lives(cast: Cast, unit: Unit, *, phone: str = "13800138000", agreed: bool = True) -> int:
    draft = MoveIn(PersonDraft(f"王芳{unit.pk}", phone), "owner", date(2020, 1, 1))
    tie = move_in(actor=cast.quality, unit_id=unit.pk, draft=draft, at=AT)
    if agreed:
        give_consent(
            actor=cast.quality, person_id=tie.person_id, purpose="survey", channel="paper", at=AT
        )
    return int(tie.person_id)


def address(token: str) -> str:
    return f"https://anju.example/o/s/{token}/"


def look(cast: Cast, wave: Wave, stage: Stage, at=AT):
    return prepare(actor=cast.quality, wave_id=wave.pk, stage=stage, address=address, at=at)


def out(cast: Cast, wave: Wave, stage: Stage, number: int, *, at=AT, key: str = KEY) -> int:
    going = Going(stage, number, agreed=True, key=f"{key}{stage}")
    return send(actor=cast.quality, wave_id=wave.pk, going=going, address=address, at=at)


def answer(cast: Cast, wave: Wave, token: str, wish: Wish | None = None, at=AT) -> None:
    with cast.inside():
        item = Item.objects.filter(version_id=wave.version_id, scale__isnull=False).first()
    assert item is not None
    save_answer(token=token, given=Given({item.code: ["na"]}, {}), at=at)
    submit(token=token, key=f"{KEY}a", wish=wish or Wish(), known="", at=at)


def refused(act, code: str) -> None:
    with pytest.raises(Problem) as caught:
        act()
    assert caught.value.code == code


def test_the_page_says_to_how_many_it_goes_and_why_others_are_left_out(cast, wave, tokens):
    homes = units(cast)
    lives(cast, homes[0])
    lives(cast, homes[1], agreed=False)
    lives(cast, homes[2], phone="")
    answer(cast, wave, tokens[3])
    note_door(
        actor=cast.desk, wave_id=wave.pk, unit_id=homes[4].pk, found=OutcomeKind.REFUSED, at=AT
    )
    found = look(cast, wave, Stage.INVITE)
    assert len(found.letters) == 1
    left = dict(found.left_out)
    assert left == {"no_consent": 1, "no_way": 1, "answered": 1, "refused": 1, "nobody": 25}
    assert found.asked == 30
    with cast.inside():
        assert not Message.objects.exists()


def test_two_reminders_at_most_and_only_to_those_who_are_silent(cast, wave, tokens):
    homes = units(cast)
    for home in homes[:3]:
        lives(cast, home)
    assert out(cast, wave, Stage.INVITE, 3) == 3
    refused(lambda: out(cast, wave, Stage.FIRST, 3, at=AT + DAY), "E-STALE")
    answer(cast, wave, tokens[0], at=AT + DAY)
    assert out(cast, wave, Stage.FIRST, 2, at=AT + 3 * DAY) == 2
    assert out(cast, wave, Stage.SECOND, 2, at=AT + 6 * DAY) == 2
    found = look(cast, wave, Stage.SECOND, AT + 30 * DAY)
    assert found.letters == ()
    assert found.left_out["done"] == 2
    with cast.inside():
        assert [Approach.objects.filter(stage=stage).count() for stage in Stage] == [3, 2, 2]
        page = field_page(wave.pk)
    assert page.told == (3, 2, 2)


def test_the_same_form_twice_sends_once(cast, wave, tokens):
    lives(cast, units(cast)[0])
    assert out(cast, wave, Stage.INVITE, 1) == 1
    assert out(cast, wave, Stage.INVITE, 1) == 1
    with cast.inside():
        assert Message.objects.filter(subject_kind="invitation").count() == 1
        said = str(list(Message.objects.values()))
    assert not any(token in said for token in tokens)


def test_what_still_waits_for_a_home_is_let_go_when_it_answers(cast, wave, tokens):
    lives(cast, units(cast)[0])
    out(cast, wave, Stage.INVITE, 1)
    answer(cast, wave, tokens[0])
    with cast.inside():
        assert Message.objects.get(subject_kind="invitation").state == "let_go"


def begun(cast: Cast, wave: Wave, number: int, key: str = KEY) -> int:
    going = Going(Stage.INVITE, number, agreed=True, key=key)
    return start_sending(actor=cast.quality, wave_id=wave.pk, going=going, address=address, at=AT)


def worked(cast: Cast, job_id: int) -> Job:
    job = Job.objects.get(id=job_id)
    run = Run(job.id, job.company_id, job.actor_id, job.argument, AT)
    Job.objects.filter(id=job_id).update(state=JobState.RUNNING)
    with cast.inside():
        result = do_sending(run)
    Job.objects.filter(id=job_id).update(state=JobState.DONE, result=result, finished_at=AT)
    return Job.objects.get(id=job_id)


def test_a_worker_sends_part_by_part_what_a_person_began_and_tells_how_far(
    cast, wave, tokens, monkeypatch
):
    monkeypatch.setattr(sending, "PART", 2)
    for home in units(cast)[:5]:
        lives(cast, home)
    job_id = begun(cast, wave, 5)
    assert begun(cast, wave, 5) == job_id
    refused(lambda: begun(cast, wave, 5, "another-key-of-a-page"), "E-STATE")
    answer(cast, wave, tokens[0])

    job = worked(cast, job_id)

    assert (job.done, job.total, job.result["homes"]) == (4, 4, 4)
    with cast.inside():
        told = sending_of(wave.pk)
        body = Message.objects.filter(subject_kind="invitation").order_by("id").first()
        link = words_of(body).body
    assert (told.open, told.homes, told.stage) == (False, 4, Stage.INVITE)
    assert f"/o/s/{tokens[1]}/" in link


def test_a_job_that_is_done_again_writes_to_no_home_twice(cast, wave, tokens):
    for home in units(cast)[:3]:
        lives(cast, home)
    job_id = begun(cast, wave, 3)

    first, again = worked(cast, job_id).result, worked(cast, job_id).result

    assert (first["homes"], again["homes"]) == (3, 0)
    with cast.inside():
        assert Approach.objects.count() == 3
        subject = history.Subject(cast.company.id, "wave", wave.pk)
        told = [one for one in history.entries(subject) if one.verb == "owners_written_to"]
    assert [one.payload["homes"] for one in told] == [3]


def test_many_homes_are_counted_by_the_worker_and_none_comes_in_unasked(
    cast, wave, tokens, monkeypatch
):
    monkeypatch.setattr(sending, "COUNTED_AT_ONCE", 1)
    for home in units(cast)[:2]:
        lives(cast, home)
    job_id = begun(cast, wave, 1)

    refused(lambda: worked(cast, job_id), "E-STALE")

    with cast.inside():
        assert not Approach.objects.exists()


def test_a_survey_that_was_closed_meanwhile_sends_nothing(cast, wave, tokens):
    lives(cast, units(cast)[0])
    job_id = begun(cast, wave, 1)
    with cast.inside():
        Wave.objects.filter(id=wave.pk).update(state="closed", closed_at=AT)

    refused(lambda: worked(cast, job_id), "E-STATE")

    with cast.inside():
        assert not Approach.objects.exists()


def test_nothing_goes_without_the_tick_or_to_another_number(cast, wave, tokens):
    lives(cast, units(cast)[0])
    refused(lambda: out(cast, wave, Stage.INVITE, 2), "E-STALE")
    untold = Going(Stage.INVITE, 1, agreed=False, key=KEY)
    refused(
        lambda: send(actor=cast.quality, wave_id=wave.pk, going=untold, address=address, at=AT),
        "E-CONFIRM",
    )
    with cast.inside():
        assert not Approach.objects.exists()


def test_a_home_that_was_asked_in_another_survey_is_left_in_peace(cast, wave, tokens):
    lives(cast, units(cast)[0])
    out(cast, wave, Stage.INVITE, 1)
    other = a_wave(cast, **(NOW | {"fieldwork_to": date(2027, 12, 1)}))
    draw_invitations(actor=cast.quality, wave_id=other.pk, at=AT + DAY)
    resting = look(cast, other, Stage.INVITE, AT + 30 * DAY)
    assert (len(resting.letters), resting.left_out["too_often"]) == (0, 1)
    assert len(look(cast, other, Stage.INVITE, AT + 91 * DAY).letters) == 1
    set_rest(actor=cast.quality, days=7, at=AT)
    set_rest(actor=cast.quality, days=7, at=AT)
    set_rest(actor=cast.quality, days=14, at=AT)
    with cast.inside():
        assert rest_days() == 14
    assert len(look(cast, other, Stage.INVITE, AT + 30 * DAY).letters) == 1


def test_nobody_is_written_to_after_the_survey(cast, wave, tokens):
    refused(lambda: look(cast, wave, Stage.INVITE, AT + 90 * DAY), "E-STATE")
    close_wave(actor=cast.quality, wave_id=wave.pk, at=AT, reason="Done")
    refused(lambda: look(cast, wave, Stage.INVITE), "E-STATE")


def test_the_desk_does_not_write_to_owners(cast, wave, tokens):
    with pytest.raises(Forbidden):
        prepare(actor=cast.desk, wave_id=wave.pk, stage=Stage.INVITE, address=address, at=AT)
    with pytest.raises(Forbidden):
        set_rest(actor=cast.desk, days=3, at=AT)


def test_a_sample_is_kept_with_its_seed_and_undrawn_homes_are_told_apart(cast, wave):
    sample = Sample(9, 2026, Method.BUILDINGS)
    draw_invitations(actor=cast.quality, wave_id=wave.pk, at=AT, sample=sample)
    with cast.inside():
        (line,) = draw_lines(wave.pk)
        buildings = list(Building.objects.filter(project=cast.project).order_by("id"))
        drawn = [sum(one.drawn for one in field_homes(wave.pk, b.pk)) for b in buildings]
        page = field_page(wave.pk)
        assert Draw.objects.count() == 1
    assert (line.size, line.seed, line.homes, line.method) == (9, 2026, 30, Method.BUILDINGS)
    assert drawn == [3, 3, 3]
    with cast.inside():
        first = buildings[0].pk
        printed = asked_numbers(wave.pk, first, unit_numbers(first))
        outside = [unit for unit in units(cast) if not_drawn(wave.pk, unit.pk)]
    assert (len(printed), len(outside)) == (3, 21)
    assert (page.whole.asked, page.undrawn) == (9, 21)


def test_progress_counts_and_never_tells_a_home_in_history(cast, wave, tokens):
    answer(cast, wave, tokens[0])
    home = units(cast)[5]
    act = {"actor": cast.desk, "wave_id": wave.pk, "unit_id": home.pk, "at": AT}
    note_door(found=OutcomeKind.UNREACHABLE, **act)
    with cast.inside():
        page = field_page(wave.pk)
    assert (page.whole.asked, page.whole.link, page.whole.unreachable) == (30, 1, 1)
    assert page.rate == pytest.approx(1 / 30)
    assert all(part.band == (0, 4) for part in page.buildings)
    note_door(found=None, **act)
    note_door(found=None, **act)
    with cast.inside():
        assert field_page(wave.pk).whole.unreachable == 0
        subject = history.Subject(cast.company.pk, "wave", wave.pk)
        said = [entry.said for entry in history.entries(subject).filter(verb="door_noted")]
    assert len(said) == 2
    assert not any("unit" in one for one in said)


def test_a_door_of_a_home_that_is_not_asked_is_not_noted(cast, wave):
    with pytest.raises(NotFound):
        note_door(
            actor=cast.desk,
            wave_id=wave.pk,
            unit_id=units(cast)[0].pk,
            found=OutcomeKind.REFUSED,
            at=AT,
        )


def test_a_wish_is_met_once_told_to_its_home_and_can_be_opened_again(cast, wave, tokens):
    answer(cast, wave, tokens[0], Wish(Contact.CALL, "138 0013 8000"))
    with cast.inside():
        (line,) = wish_lines(wave.pk)
        assert open_wishes(wave.pk) == 1
    act = {"actor": cast.desk, "wave_id": wave.pk, "invitation_id": line.invitation_id}
    meet_wish(words="已致电，路灯周五修好", at=AT + DAY, **act)
    refused(lambda: meet_wish(words="又一次", at=AT + DAY, **act), "E-STALE")
    with cast.inside():
        assert told_of(line.invitation_id) == (AT + DAY, "已致电，路灯周五修好")
        assert open_wishes(wave.pk) == 0
    reopen_wish(at=AT + DAY, **act)
    with pytest.raises(NotFound):
        reopen_wish(at=AT + DAY, **act)
    with cast.inside():
        assert open_wishes(wave.pk) == 1
        assert told_of(line.invitation_id) is None


def test_who_asked_for_nothing_is_on_no_list(cast, wave, tokens):
    answer(cast, wave, tokens[0])
    with cast.inside():
        assert wish_lines(wave.pk) == ()
        assert told_of(0) is None
    with pytest.raises(NotFound):
        meet_wish(actor=cast.desk, wave_id=wave.pk, invitation_id=0, words="x", at=AT)
