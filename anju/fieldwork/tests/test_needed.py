"""What nobody needs any more is not delivered: replaced, answered, refused, after the last day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from anju.fieldwork.actions.asking import count_round
from anju.fieldwork.actions.doors import note_door
from anju.fieldwork.actions.links import draw_invitations, renew_links
from anju.fieldwork.actions.withdrawing import withdraw_needless
from anju.fieldwork.counting import counted
from anju.fieldwork.needed import not_needed
from anju.fieldwork.rules.approach import OutcomeKind, Stage
from anju.fieldwork.tests.test_asking import (
    DAY,
    NOW,
    address,
    answer,
    lives,
    look,
    out,
    refused,
    tokens,
    units,
    wave,
)
from anju.fieldwork.tokens import token_of
from anju.kernel import history
from anju.notify.actions import desk
from anju.notify.actions.deliver import deliver_company
from anju.notify.models import Message
from anju.notify.queries import Shelf, on_shelf
from anju.notify.seal import unseal
from anju.survey.actions.waves import close_wave
from anju.survey.models import Invitation
from tests.cast import AT, Cast, a_wave

__all__ = ["tokens", "wave"]
NOON = AT.replace(hour=4)  # 12:00 in Shanghai
AFTER = NOON.replace(year=2027, month=1, day=2)
assert str(NOW["fieldwork_to"]) < AFTER.date().isoformat()


def deliver(cast: Cast, at=NOON):
    with cast.inside():
        return deliver_company(at=at)


def mail(cast: Cast) -> list[tuple[str, str, str]]:
    with cast.inside():
        rows = Message.objects.filter(subject_kind="invitation").order_by("id")
        return list(rows.values_list("stage", "state", "reason"))


def told(cast: Cast, wave, verb: str) -> list[dict]:
    with cast.inside():
        entries = history.entries(history.Subject(cast.company.pk, "wave", wave.pk))
        return [one.payload for one in entries if one.verb == verb]


def invited(cast: Cast, wave, homes: int = 1) -> None:
    for home in units(cast)[:homes]:
        lives(cast, home)
    out(cast, wave, Stage.INVITE, homes)


@pytest.mark.parametrize("before", ["waiting", "to hand over", "dead"])
def test_a_reminder_replaces_an_invitation_that_was_never_handed_over(cast, wave, tokens, before):
    invited(cast, wave)
    if before == "to hand over":
        assert deliver(cast)["sent"] == 1
    if before == "dead":
        with cast.inside():
            Message.objects.update(state="dead", reason="provider")

    out(cast, wave, Stage.FIRST, 1, at=NOON + 4 * DAY)

    assert mail(cast) == [("invited", "let_go", "replaced"), ("reminder1", "waiting", "")]
    assert told(cast, wave, "owners_written_to")[-1] == {"stage": 1, "homes": 1, "replaced": 1}
    assert deliver(cast, NOON + 4 * DAY)["sent"] == 1


@pytest.mark.parametrize("before", ["waiting", "to hand over"])
def test_what_waits_while_links_are_renewed_carries_the_new_one(cast, wave, tokens, before):
    invited(cast, wave)
    if before == "to hand over":
        assert deliver(cast)["sent"] == 1
    renew_links(actor=cast.quality, wave_id=wave.pk, at=NOON)
    with cast.inside():
        (message,) = Message.objects.filter(subject_kind="invitation")
        home = Invitation.objects.get(id=message.subject_id)
        assert unseal(message.sealed)["link"] == address(token_of(home))
        assert message.state == ("sent" if before == "to hand over" else "waiting")


def test_an_invitation_that_was_handed_over_stands_beside_its_reminder(cast, wave, tokens):
    invited(cast, wave)
    deliver(cast)
    with cast.inside():
        one = Message.objects.get(subject_kind="invitation").pk
    desk.hand_over(actor=cast.quality, message_id=one, at=NOON)

    out(cast, wave, Stage.FIRST, 1, at=NOON + 4 * DAY)

    assert mail(cast) == [("invited", "sent", ""), ("reminder1", "waiting", "")]
    assert told(cast, wave, "owners_written_to")[-1] == {"stage": 1, "homes": 1}


def test_what_slept_past_the_last_day_is_not_delivered_and_says_why(cast, wave, tokens):
    invited(cast, wave)

    assert deliver(cast, AFTER) == {"let_go": 1}

    assert mail(cast) == [("invited", "let_go", "wave_ended")]


def test_nothing_of_a_closed_survey_is_delivered(cast, wave, tokens):
    invited(cast, wave)
    close_wave(actor=cast.quality, wave_id=wave.pk, at=NOON, reason="Done")

    deliver(cast)

    assert mail(cast) == [("invited", "let_go", "wave_closed")]


def test_what_lies_to_be_handed_over_is_withdrawn_with_an_entry(cast, wave, tokens):
    invited(cast, wave, 2)
    deliver(cast)
    assert withdraw_needless(at=NOON) == 0
    with cast.inside():
        one = Message.objects.filter(subject_kind="invitation").first().pk
    refused(lambda: desk.hand_over(actor=cast.quality, message_id=one, at=AFTER), "E-STATE")

    assert withdraw_needless(at=AFTER) == 2

    assert mail(cast) == [("invited", "let_go", "wave_ended")] * 2
    assert told(cast, wave, "messages_withdrawn") == [{"messages": 2, "why": "wave_ended"}]
    assert withdraw_needless(at=AFTER + timedelta(hours=1)) == 0
    refused(lambda: desk.hand_over(actor=cast.quality, message_id=one, at=AFTER), "E-STATE")


def test_who_answered_is_taken_off_the_list_at_once_and_the_desk_is_not_told_who(
    cast, wave, tokens
):
    invited(cast, wave)
    deliver(cast)

    answer(cast, wave, tokens[0], at=NOON)

    assert mail(cast) == [("invited", "let_go", "answered")]
    with cast.inside():
        assert on_shelf(cast.quality, Shelf.LET_GO).count() == 1
        assert on_shelf(cast.desk, Shelf.LET_GO).count() == 0
        assert Message.objects.get(subject_kind="invitation").sent_at is None


def test_homes_that_refused_or_whose_link_was_ended_need_none(cast, wave, tokens):
    first, second, third = units(cast)[:3]
    note_door(
        actor=cast.desk, wave_id=wave.pk, unit_id=first.pk, found=OutcomeKind.REFUSED, at=NOON
    )
    with cast.inside():
        Invitation.objects.filter(unit=second).update(revoked_at=NOON)
        keys = dict(Invitation.objects.values_list("unit_id", "id"))
        asked = [keys[one.pk] for one in (first, second, third)]
        found = not_needed(asked, NOON)
    assert found == {asked[0]: "refused", asked[1]: "link_ended"}


def test_a_large_survey_is_counted_by_the_database_as_home_by_home(cast, wave, tokens):
    homes = units(cast)
    for home in homes[:6]:
        lives(cast, home)
    lives(cast, homes[6], agreed=False)
    lives(cast, homes[7], phone="")
    lives(cast, homes[6], phone="13800138001")  # two live there: one of them agreed
    answer(cast, wave, tokens[8])
    note_door(
        actor=cast.desk, wave_id=wave.pk, unit_id=homes[9].pk, found=OutcomeKind.REFUSED, at=AT
    )
    with cast.inside():
        Invitation.objects.filter(unit=homes[10]).update(revoked_at=AT)

    def same(stage: Stage, at, of=wave) -> int:
        exact = look(cast, of, stage, at)
        with cast.inside():
            quick = counted(of, stage, at)
        assert quick is not None
        assert (quick.number, dict(quick.left_out)) == (len(exact.letters), dict(exact.left_out))
        return quick.number

    assert [same(stage, AT) for stage in Stage] == [7, 0, 0]
    out(cast, wave, Stage.INVITE, 7)
    assert [same(stage, AT + 2 * DAY) for stage in Stage] == [0, 0, 0]
    assert [same(stage, AT + 4 * DAY) for stage in Stage] == [0, 7, 0]
    other = a_wave(cast, **(NOW | {"fieldwork_to": date(2027, 12, 1)}))
    draw_invitations(actor=cast.quality, wave_id=other.pk, at=AT + DAY)
    assert [same(Stage.INVITE, AT + days * DAY, other) for days in (30, 91)] == [0, 7]


def test_links_of_an_earlier_secret_are_counted_home_by_home(cast, wave, tokens, settings):
    lives(cast, units(cast)[0])
    settings.SECRET_KEY = "another-secret-of-the-installation"
    with cast.inside():
        assert counted(wave, Stage.INVITE, AT) is None
    found = count_round(
        actor=cast.quality, wave_id=wave.pk, stage=Stage.INVITE, address=address, at=AT
    )
    assert (found.number, found.left_out["no_link"]) == (0, 1)
