"""The outbox: posted with the act, one a stage, in order, by lease, given up after five tries."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from anju.kernel.pure.problems import Problem
from anju.notify.actions import deliver, desk
from anju.notify.actions.deliver import Round, claim, deliver_company, deliver_due
from anju.notify.actions.post import post, post_many, sift
from anju.notify.actions.wishes import choose, chosen, summarise
from anju.notify.carriers.port import NotTaken
from anju.notify.models import Hold, Message
from anju.notify.queries import Shelf, counts, held, lines, on_shelf, states_of, unread, with_all
from anju.notify.rules.retry import LEASE, MOST_TRIES
from anju.notify.rules.ways import APART, LeftOut, State
from anju.notify.rules.words import TEMPLATES
from anju.notify.tests.conftest import DAY, NIGHT
from anju.notify.tests.making import (
    ASK,
    FAKE,
    NEWS,
    Fake,
    stored,
    to_colleague,
    to_owner,
)
from anju.register.access import Forbidden, NotFound
from anju.register.models import Consent, Person
from tests.cast import zhao_of_the_other_company

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=1)


@pytest.fixture
def sms(settings):
    settings.SMS_CARRIER = FAKE
    Fake.empty()
    yield Fake
    Fake.empty()


def put(cast, template, *notes, at=DAY, days=0):
    with cast.inside():
        return post_many(template, notes, at=at, days=days)


def run(cast, at=DAY):
    with cast.inside():
        return deliver_company(at=at)


def states(cast):
    return [row.state for row in stored(cast)]


def test_a_message_exists_with_the_act_or_not_at_all(cast):
    class Stopped(Exception):
        pass

    def act():
        with transaction.atomic():
            put(cast, NEWS, to_colleague(cast.desk.account_id))
            raise Stopped

    with pytest.raises(Stopped):
        act()
    assert stored(cast) == []


def test_a_colleague_is_told_once_a_stage(cast):
    note = to_colleague(cast.desk.account_id)
    with cast.inside():
        first, second = post(NEWS, note, at=DAY), post(NEWS, note, at=LATER)
        assert post(NEWS, to_colleague(987_654), at=DAY) is None

    assert second is None
    assert [row.pk for row in stored(cast)] == [first]
    assert run(cast)["sent"] == 1
    (row,) = stored(cast)
    assert (row.state, row.way, row.title, row.body) == ("sent", "inapp", "新：东门", "正文 东门")
    assert run(cast) == {}


def test_a_message_is_in_its_readers_list_before_any_worker_ran(cast):
    put(cast, NEWS, to_colleague(cast.desk.account_id))
    with cast.inside():
        assert unread(cast.desk) == 1
        assert unread(cast.manager) == 0
    assert desk.read(actor=cast.desk, message_ids=None, at=DAY) == 1
    with cast.inside():
        assert unread(cast.desk) == 0


def test_an_owner_is_written_to_in_her_hours_and_language(cast, owners):
    with cast.inside():
        Person.objects.filter(id=owners[0][0]).update(language="en")
    put(cast, ASK, to_owner(owners[0]), at=NIGHT)
    (row,) = stored(cast)
    assert row.due_at == NIGHT + timedelta(hours=10)
    assert row.language == "en"
    assert "token1" not in row.sealed + str(row.values)
    assert run(cast, NIGHT) == {}
    run(cast, row.due_at)
    (row,) = stored(cast)
    assert (row.state, row.way, row.body) == ("sent", "outbox", "")


def test_a_night_that_came_meanwhile_is_kept(cast, owners, sms):
    put(cast, ASK, to_owner(owners[0]), at=DAY)
    assert run(cast, NIGHT)["postponed"] == 1
    assert stored(cast)[0].due_at == NIGHT + timedelta(hours=10)
    assert sms.taken == []


def test_who_is_left_out_is_told_with_the_reason_and_nothing_is_written(cast, owners):
    with cast.inside():
        Consent.objects.filter(person_id=owners[1][0]).update(withdrawn_at=DAY)
        found = sift(
            ASK, [to_owner(owners[0]), to_owner(owners[1], 2), to_owner((9_999, 1), 3)], at=DAY
        )
    assert len(found.notes) == 1
    assert [why for _, why in found.left_out] == [LeftOut.NO_CONSENT, LeftOut.NOBODY]
    assert found.count(LeftOut.NOBODY) == 1
    assert stored(cast) == []


def test_after_a_sleep_a_home_gets_one_message_a_day_and_never_two_stages_at_once(cast, owners):
    put(cast, ASK, to_owner(owners[0]))
    put(cast, ASK, to_owner(owners[0], 1, "reminder1"), at=DAY + timedelta(days=4))
    put(cast, ASK, to_owner(owners[0], 2))
    put(cast, ASK, to_owner(owners[1], 3))
    late = DAY + timedelta(days=7)

    hours = [25 * day + later for day in range(4) for later in (0, 2)]
    counts = [run(cast, late + timedelta(hours=hour))["sent"] for hour in hours]

    assert counts == [2, 0, 1, 0, 1, 0, 0, 0]
    sent = {(row.subject_id, row.stage): row.sent_at for row in stored(cast)}
    assert sent[1, "reminder1"] - sent[1, "invited"] >= timedelta(days=1)


def test_a_home_is_not_asked_too_often_but_reminded(cast, owners):
    put(cast, ASK, to_owner(owners[0]), days=90)
    other = put(cast, ASK, to_owner(owners[0], 2), at=LATER, days=90)
    again = put(cast, ASK, to_owner(owners[0], 1, "reminder1"), at=LATER, days=90)
    twice = put(cast, ASK, to_owner(owners[0], 1, "reminder1"), at=LATER, days=90)

    assert [why for _, why in other.left_out] == [LeftOut.TOO_OFTEN]
    assert len(again.notes) == 1
    assert [why for _, why in twice.left_out] == [LeftOut.ALREADY]
    with cast.inside():
        found = states_of("invitation", [1, 2])
        assert found == {1: {"invited": State.WAITING, "reminder1": State.WAITING}}
        assert desk.let_go_answered("invitation", 1, at=LATER) == 2


def test_a_consent_taken_back_stops_what_waits(cast, owners, sms):
    put(cast, ASK, to_owner(owners[0]))
    with cast.inside():
        Consent.objects.filter(person_id=owners[0][0]).update(withdrawn_at=DAY)
    assert run(cast)["let_go"] == 1
    assert (states(cast), stored(cast)[0].reason, sms.taken) == (["let_go"], "no_consent", [])


def test_a_text_message_goes_with_its_key_and_its_link_is_forgotten(cast, owners, sms):
    put(cast, ASK, to_owner(owners[0]))
    assert run(cast)["sent"] == 1
    (row,) = stored(cast)
    (parcel,) = sms.taken
    assert (parcel.uid, parcel.address) == (row.uid, "+8613800138000")
    assert parcel.body == "请填写：https://anju.example/o/s/token1/"
    assert (row.provider_key, row.sealed, row.body) == ("provider-1", "", "")


def test_one_about_a_thing_waits_for_the_one_before(cast, owners, sms):
    put(cast, ASK, to_owner(owners[0]), to_owner(owners[0], 1, "reminder1"), to_owner(owners[1], 2))
    sms.faults = [NotTaken("provider", "500")]
    assert run(cast) == {"failed": 1, "sent": 1}
    assert states(cast) == ["waiting", "waiting", "sent"]
    first = stored(cast)[0]
    assert (first.tries, first.reason, first.told) == (1, "provider", "500")
    assert run(cast, DAY + timedelta(seconds=40)) == {}

    assert run(cast, first.due_at) == {"sent": 1}
    assert run(cast, first.due_at + APART) == {}
    assert run(cast, first.due_at + APART + timedelta(minutes=1)) == {"sent": 1}
    assert [parcel.body[-7:-1] for parcel in sms.taken] == ["token2", "token1", "token1"]


def test_after_five_tries_a_message_is_dead_and_the_next_goes(cast, owners, sms):
    put(cast, ASK, to_owner(owners[0]), to_owner(owners[0], 1, "reminder1"))
    sms.faults = [NotTaken("provider", str(n)) for n in range(MOST_TRIES)]
    at = DAY
    for _ in range(MOST_TRIES):
        run(cast, at)
        at = stored(cast)[0].due_at
    row = stored(cast)[0]
    assert (row.state, row.tries, row.reason, row.told) == ("dead", 5, "provider", "4")
    run(cast, at)
    assert states(cast) == ["dead", "sent"]

    desk.try_again(actor=cast.quality, message_id=row.pk, at=at)
    uid = row.uid
    run(cast, at + APART + timedelta(minutes=1))
    assert (stored(cast)[0].state, sms.taken[-1].uid) == ("sent", uid)
    with pytest.raises(Problem, match="E-STATE"):
        desk.try_again(actor=cast.quality, message_id=row.pk, at=at)


def test_what_can_never_be_taken_is_not_tried_again(cast, owners, sms):
    put(cast, ASK, to_owner(owners[0]))
    sms.faults = [NotTaken("address_refused", final=True)]
    assert run(cast)["dead"] == 1
    message_id = stored(cast)[0].pk
    desk.let_go(actor=cast.quality, message_id=message_id, at=DAY)
    assert states(cast) == ["let_go"]


def test_a_provider_that_is_down_is_left_alone_for_a_while(cast, owners, sms):
    put(cast, ASK, *(to_owner(owners[n % 2], n) for n in range(1, 7)))
    sms.faults = [NotTaken("provider") for _ in range(6)]
    assert run(cast) == {"failed": 3, "postponed": 3}
    assert [row.tries for row in stored(cast)] == [1, 1, 1, 0, 0, 0]


def test_a_carrier_with_a_defect_costs_a_try_and_no_message(cast, owners, settings):
    settings.SMS_CARRIER = "anju.notify.tests.making.to_owner"  # no carrier at all
    put(cast, ASK, to_owner(owners[0]))
    assert run(cast)["failed"] == 1
    assert stored(cast)[0].reason == "carrier"


def test_a_bug_in_one_template_stops_that_message_alone(cast, monkeypatch):
    put(cast, NEWS, to_colleague(cast.desk.account_id, 1))
    with cast.inside():
        Message.objects.update(values={})
    put(cast, NEWS, to_colleague(cast.desk.account_id, 2), to_colleague(cast.desk.account_id, 3))
    assert run(cast) == {"dead": 1, "sent": 2}
    assert [row.reason for row in stored(cast)] == ["template_field", "", ""]

    put(cast, NEWS, to_colleague(cast.desk.account_id, 4))
    monkeypatch.delitem(TEMPLATES, NEWS.code)
    assert run(cast) == {"dead": 1}


def test_what_was_sealed_under_another_secret_is_dead(cast, owners, settings, sms):
    put(cast, ASK, to_owner(owners[0]))
    settings.SECRET_KEY = "another " * 8
    assert run(cast) == {"dead": 1}
    assert stored(cast)[0].reason == "unreadable"
    settings.SECRET_KEY_FALLBACKS = []


def test_two_workers_do_not_take_the_same_message(cast):
    put(cast, NEWS, *(to_colleague(cast.desk.account_id, n) for n in range(3)))
    with cast.inside():
        mine, other = Round(DAY, "a" * 32), Round(DAY, "b" * 32)
        assert len(claim(mine)) == 3
        assert claim(other) == ()
        after = Round(DAY + LEASE + timedelta(seconds=1), "c" * 32)
        assert len(claim(after)) == 3
        # Whoever slept through her lease marks nothing.
        deliver._settle(stored(cast)[0], mine, "sent", state=State.DEAD, reason="late")
        assert mine.done["sent"] == 0


def test_what_was_not_begun_in_time_is_given_back(cast, monkeypatch):
    put(cast, NEWS, to_colleague(cast.desk.account_id))
    with cast.inside():
        turn = Round(DAY, "a" * 32)
        rows = claim(turn)
        monkeypatch.setattr(Round, "late", lambda _turn: True)
        deliver._send_all(rows, turn)
        deliver._release(turn)
        assert Message.objects.get().lease_until is None
    monkeypatch.undo()
    assert run(cast)["sent"] == 1


def test_a_restored_backup_sends_nothing_until_somebody_says_so(cast, owners, sms):
    put(cast, ASK, to_owner(owners[0]), to_owner(owners[1], 2))
    assert desk.hold_everything(at=LATER) == desk.hold_everything(at=LATER) == 1
    assert deliver_due(at=LATER) == {}
    with cast.inside():
        assert held().waiting == 2
        assert Hold.objects.count() == 1
    with pytest.raises(Problem, match="E-CHOICE"):
        desk.end_hold(actor=cast.quality, choice="perhaps", at=LATER)
    with pytest.raises(Forbidden):
        desk.end_hold(actor=cast.manager, choice="send", at=LATER)

    assert desk.end_hold(actor=cast.quality, choice="let_go", at=LATER) == 2
    with cast.inside():
        assert held() is None
    assert states(cast) == ["let_go", "let_go"]
    with pytest.raises(Problem, match="E-STATE"):
        desk.end_hold(actor=cast.quality, choice="send", at=LATER)


def test_a_hold_that_is_ended_by_sending_sends(cast, owners, sms):
    put(cast, ASK, to_owner(owners[0]))
    desk.hold_everything(at=DAY)
    assert desk.end_hold(actor=cast.administrator, choice="send", at=DAY) == 1
    assert deliver_due(at=DAY) == {"sent": 1}


def test_a_message_for_hand_is_handed_over_once_and_loses_its_link(cast, owners):
    put(cast, ASK, to_owner(owners[0]))
    run(cast)
    (row,) = stored(cast)
    with cast.inside():
        (line,) = lines(with_all(on_shelf(cast.quality, Shelf.HAND)), links=True)
        assert "token1" in line.text.body
        assert line.phone == "138****8000"
        (blind,) = lines(with_all(on_shelf(cast.desk, Shelf.HAND)), links=False)
        assert (blind.text, blind.hidden) == (None, True)
    desk.hand_over(actor=cast.desk, message_id=row.pk, at=DAY)
    assert stored(cast)[0].sealed == ""
    with pytest.raises(Problem, match="E-STATE"):
        desk.hand_over(actor=cast.desk, message_id=row.pk, at=DAY)
    with cast.inside():
        assert counts(cast.desk)[Shelf.HAND] == 0
        assert counts(cast.desk)[Shelf.SENT] == 1


def test_a_stranger_finds_no_message(cast, owners):
    put(cast, ASK, to_owner(owners[0]))
    message_id = stored(cast)[0].pk
    with pytest.raises(NotFound):
        desk.let_go(actor=zhao_of_the_other_company(), message_id=message_id, at=DAY)


def test_a_colleague_who_wishes_it_gets_mail_by_day(cast, settings):
    settings.EMAIL_CONFIGURED = True
    settings.BASE_ADDRESS = "https://anju.example"
    wishes = chosen(["new"], by_mail=True, digest=True)
    choose(actor=cast.desk, wishes=wishes, at=DAY)
    note = to_colleague(cast.desk.account_id)
    put(cast, NEWS, note, at=NIGHT)
    assert run(cast, NIGHT) == {"postponed": 1}
    assert run(cast, stored(cast)[0].due_at) == {"sent": 1}
    (row,), (sent,) = stored(cast), mail.outbox
    assert sent.to == ["desk@anhe.example"]
    assert row.uid in sent.extra_headers["Message-ID"] == row.provider_key
    with pytest.raises(Problem, match="E-CHOICE"):
        choose(actor=cast.desk, wishes=chosen(["other"], by_mail=False, digest=True), at=DAY)


def test_what_was_not_wished_at_once_comes_as_one_summary_a_day(cast):
    choose(actor=cast.desk, wishes=chosen([], by_mail=False, digest=True), at=DAY)
    put(cast, NEWS, *(to_colleague(cast.desk.account_id, n) for n in range(3)))
    run(cast)
    seven = DAY + timedelta(hours=21, minutes=10)
    assert summarise(at=DAY) == 0
    assert summarise(at=seven) == 1
    assert summarise(at=seven + timedelta(minutes=30)) == 0
    assert stored(cast)[-1].values == {"n": 3}


def test_words_are_dropped_after_ninety_days_and_the_row_stays(cast, owners):
    put(cast, NEWS, to_colleague(cast.desk.account_id))
    put(cast, ASK, to_owner(owners[0]))
    run(cast)
    put(cast, NEWS, to_colleague(cast.desk.account_id, 2))
    assert desk.drop_bodies(at=DAY + timedelta(days=89)) == 0
    assert desk.drop_bodies(at=DAY + timedelta(days=91)) == 2
    told, asked, waiting = stored(cast)
    assert (told.title, told.body, told.values, told.state) == ("", "", {}, "sent")
    assert asked.sealed == ""
    assert waiting.values == {"what": "东门"}


def test_many_are_posted_with_few_questions(cast, owners, django_assert_max_num_queries):
    notes = [replace(to_owner(owners[n % 2], n), urgent=True) for n in range(300)]
    with django_assert_max_num_queries(30):
        assert len(put(cast, ASK, *notes).notes) == 300
    with django_assert_max_num_queries(40):
        assert run(cast)["sent"] == 300
