"""The pages of messages: read, acted on, handed over, tried again, held and released, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from anju.fieldwork.letters import INVITATION, REMINDER
from anju.flows import messages as telling
from anju.improve.actions.measures import MeasureEdition
from anju.improve.actions.storing import Edition
from anju.improve.rules.states import MeasureVerb
from anju.improve.tests.making import a_finding, a_measure, people_of
from anju.notify.actions.deliver import deliver_company
from anju.notify.actions.desk import hold_everything
from anju.notify.actions.post import About, Note, post_many
from anju.notify.carriers.port import NotTaken
from anju.notify.models import Message, Preference, Robot
from anju.notify.queries import unread
from anju.notify.recipients import group, owner
from anju.notify.rules.words import Kind, Template, Text, register
from anju.notify.tests.making import FAKE, Fake
from anju.register.access import Role
from anju.register.actions.consents import give_consent
from anju.register.models import Account, Person
from tests.cast import AT, a_person, the_cast
from tests.tables.messages import ROBOT, a_group, a_message
from tests.tables.register import a_tie

pytestmark = pytest.mark.django_db
LINK = register(
    Template(
        "pages.link",
        Kind.OTHER,
        Text("调查", "请答：{link}"),
        Text("Survey", "At {link}"),
        keeps=False,
    )
)


@pytest.fixture
def cast(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    settings.SMS_CARRIER = ""
    return the_cast()


def signed_in(actor, language: str = "en") -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(Account.objects.get(id=actor.account_id))
    client.cookies[configured.LANGUAGE_COOKIE_NAME] = language
    return client


def look(client, name, **query):
    return client.get(reverse(name), query).content.decode()


def named(cast):
    """Let the manager be responsible for a finding, and quality check it."""
    finding = a_finding(cast)
    telling.name_people(
        actor=cast.administrator, edition=Edition(finding.pk), people=people_of(cast), at=AT
    )
    return finding


def test_a_colleague_is_told_that_a_finding_is_hers_and_opens_it(cast):
    finding = named(cast)
    client = signed_in(cast.manager)
    page = look(client, "messages")

    assert f"You are responsible for F-{finding.number}" in page
    assert "1 new message" in page
    with cast.inside():
        message = Message.objects.get(account_id=cast.manager.account_id)
        assert unread(cast.quality) == 1
    opened = client.post(reverse("messages-read"), {"message": message.pk})
    assert opened.url == f"/manage/findings/{finding.pk}/"
    assert "Nothing new." in look(client, "messages")
    zh = look(signed_in(cast.manager, "zh-hans"), "messages")
    assert "没有新消息" in zh
    assert "新交给我的" in zh


def test_nobody_is_told_of_what_she_did_herself(cast):
    telling.name_people(
        actor=cast.manager, edition=Edition(a_finding(cast).pk), people=people_of(cast), at=AT
    )
    with cast.inside():
        assert unread(cast.manager) == 0
        assert unread(cast.quality) == 1


def test_a_message_of_somebody_else_is_not_opened(cast):
    named(cast)
    with cast.inside():
        message = Message.objects.filter(account_id=cast.manager.account_id).get()
    refused = signed_in(cast.desk).post(reverse("messages-read"), {"message": message.pk})
    assert refused.status_code == 404
    nonsense = signed_in(cast.desk).post(reverse("messages-read"), {"message": "x' OR 1"})
    assert nonsense.status_code == 422
    assert signed_in(cast.manager).post(reverse("messages-read")).status_code == 302
    with cast.inside():
        assert unread(cast.manager) == 0


def test_a_measure_that_nears_its_day_is_told_once_and_again_when_late(cast):
    measure = a_measure(cast)
    after = lambda days: AT + timedelta(days=days)  # noqa: E731
    assert telling.remind(at=after(1)) == 0
    assert telling.remind(at=after(100)) == 1
    assert telling.remind(at=after(101)) == 0
    assert telling.remind(at=after(140)) == 1
    with cast.inside():
        told = list(Message.objects.order_by("id").values_list("kind", flat=True))
    assert told == ["soon", "late"]
    assert measure.finding.responsible_id == cast.manager.account_id


def test_the_checker_is_told_when_a_measure_is_done_and_the_doer_when_it_came_back(cast):
    from_now = {"at": AT + timedelta(days=1)}
    measure = a_measure(cast)
    edition = MeasureEdition(measure.pk)
    client = signed_in(cast.manager)
    client.post(reverse("measure-start", args=[measure.pk]))
    telling.finish(actor=cast.manager, edition=edition, words="值班本", taken=None, **from_now)
    with cast.inside():
        assert Message.objects.get().template == "finding.done"

    act = {"actor": cast.quality, "edition": edition, "words": "还没有做", **from_now}
    telling.check(verb=MeasureVerb.RETURN, **act)
    with cast.inside():
        back = Message.objects.order_by("-id").first()
    assert (back.template, back.account_id) == ("finding.again", cast.manager.account_id)


def test_wishes_are_kept_and_shown_again(cast):
    client = signed_in(cast.desk)
    said = {"kinds": ["late", "new"], "mail": "yes"}
    assert client.post(reverse("message-wishes"), said).status_code == 302
    with cast.inside():
        kept = Preference.objects.get()
        assert (kept.kinds, kept.by_mail, kept.digest) == (["new", "late"], True, False)
    page = look(client, "message-wishes")
    assert [f'value="{kind}" checked' in page for kind in ("new", "soon", "late")] == [
        True,
        False,
        True,
    ]
    wrong = client.post(reverse("message-wishes"), {"kinds": ["no"]})
    assert wrong.status_code == 422


def test_the_words_for_an_owner_are_shown_and_handed_over(cast):
    key = a_message(cast)
    client = signed_in(cast.desk)
    page = look(client, "outbox")
    assert "停水通知" in page
    assert "Copy the words" in page
    assert client.post(reverse("message-handed", args=[key])).url.endswith("shelf=hand")
    assert "Nothing here" in look(client, "outbox")
    assert "handed over by 陈前台" in look(client, "outbox", shelf="sent")
    assert "Nothing here" in look(client, "outbox", shelf="nonsense")


def test_a_personal_link_is_for_those_who_run_the_outbox(cast):
    tie = a_tie(cast)
    tie.person.channel = "paper"
    with cast.inside():
        tie.person.save()
        note = Note(
            owner(tie.person_id), About("x", 1, "a"), sealed={"link": "https://a.example/t0k"}
        )
        post_many(LINK, [note], at=AT)
        deliver_company(at=AT)
    assert "t0k" in look(signed_in(cast.quality), "outbox")
    desk = look(signed_in(cast.desk), "outbox")
    assert "t0k" not in desk
    assert "hold a personal link" in desk


def test_a_dead_letter_says_why_and_is_tried_again_or_let_go(cast, settings):
    settings.SMS_CARRIER = FAKE
    Fake.empty()
    Fake.faults = [NotTaken("provider", "500", final=True), NotTaken("provider", final=True)]
    ties = [a_tie(cast), a_tie(cast)]
    with cast.inside():
        for number, tie in enumerate(ties):
            tie.person.phone = "+8613800138000"
            tie.person.save()
            note = Note(owner(tie.person_id), About("x", number, "a"), {"link": "x"})
            post_many(LINK, [note], at=AT)
        deliver_company(at=AT)
        first, second = Message.objects.order_by("id").values_list("id", flat=True)
    client = signed_in(cast.quality)
    page = look(client, "outbox", shelf="dead")
    assert page.count("The provider did not take it.") == 2
    assert "<code>500</code>" in page

    client.post(reverse("message-again", args=[first]))
    client.post(reverse("message-let-go", args=[second]))
    again = client.post(reverse("message-let-go", args=[second]))
    assert again.status_code == 409
    with cast.inside():
        assert list(Message.objects.order_by("id").values_list("state", flat=True)) == [
            "waiting",
            "let_go",
        ]
    refused = signed_in(cast.desk).post(reverse("message-again", args=[first]))
    assert refused.status_code == 403
    Fake.empty()


def test_a_hold_is_seen_by_all_and_ended_once(cast):
    a_message(cast)
    hold_everything(at=AT + timedelta(days=1))
    assert "a backup was brought back" in look(signed_in(cast.desk), "outbox")
    client = signed_in(cast.quality)
    assert "0 messages in it" in look(client, "outbox-hold")
    assert client.post(reverse("outbox-hold"), {"choice": "x"}).status_code == 422
    assert client.post(reverse("outbox-hold"), {"choice": "send"}).url == reverse("outbox")
    assert client.get(reverse("outbox-hold")).status_code == 302
    assert client.post(reverse("outbox-hold"), {"choice": "send"}).status_code == 422


def test_a_group_is_added_tried_switched_off_and_removed(cast):
    client = signed_in(cast.quality)
    said = {"name": "品质群", "kind": "feishu", "address": ROBOT, "kinds": ["new"]}
    assert client.post(reverse("group-new"), said).url == reverse("groups")
    taken = client.post(reverse("group-new"), said)
    inside = client.post(reverse("group-new"), said | {"name": "b", "address": "http://127.0.0.1"})
    assert (taken.status_code, inside.status_code) == (422, 422)
    with cast.inside():
        robot = Robot.objects.get()
    assert "0f1e2d3c" not in robot.sealed + look(client, "groups")

    for _ in range(2):
        client.post(reverse("group-trial", args=[robot.pk]))
    with cast.inside():
        assert Message.objects.filter(robot=robot).count() == 1
    client.post(reverse("group-switch", args=[robot.pk]))
    with cast.inside():
        assert deliver_company(at=AT + timedelta(days=900)) == {"let_go": 1}
    assert "Remove" in look(client, "groups")
    client.post(reverse("group-switch", args=[robot.pk]), {"on": "yes"})
    client.post(reverse("group-remove", args=[robot.pk]))
    assert "No group yet" in look(client, "groups")


def test_a_group_is_told_of_a_new_finding(cast):
    robot = a_group(cast)
    finding = named(cast)
    with cast.inside():
        told = Message.objects.get(robot_id=robot)
    assert told.recipient == group(robot).key
    assert told.values["code"] == f"F-{finding.number}"


def test_pages_of_the_outbox_follow_each_other(cast):
    tie = a_tie(cast)
    with cast.inside():
        notes = [Note(owner(tie.person_id), About("x", n, "a"), {"link": "x"}) for n in range(30)]
        type(tie.person).objects.update(channel="visit")
        post_many(LINK, notes, at=AT)
    page = look(signed_in(cast.quality), "outbox", shelf="waiting")
    assert 'href="?shelf=waiting&page=' in page.replace("&amp;", "&")
    assert page.count("Not before") == 25


def test_roles_without_owners_have_their_own_messages_alone(cast):

    worker = signed_in(a_person(cast.company, Role.WORKER, projects=[cast.project]))
    page = look(worker, "messages")
    assert "No message yet" in page
    assert reverse("outbox") not in page
    assert worker.get(reverse("outbox")).status_code == 403


def test_a_reminder_is_listed_for_those_who_run_the_outbox_alone(cast):
    person = a_tie(cast).person
    give_consent(actor=cast.desk, person_id=person.pk, purpose="survey", channel="phone", at=AT)
    values = dict.fromkeys(
        ("company", "phone", "project", "survey", "minutes", "until", "home"), "某项"
    )
    link = {"link": "https://anju.example/o/s/x/"}
    with cast.inside():
        Person.objects.filter(id=person.pk).update(channel="visit")
        for template, stage in ((INVITATION, "invited"), (REMINDER, "reminded")):
            note = Note(owner(person.pk), About("invitation", 1, stage), values, link)
            assert post_many(template, [note], at=AT).notes
        reminder = Message.objects.get(template=REMINDER.code)

    told = {actor.role: look(signed_in(actor), "outbox", shelf="waiting") for actor in (
        cast.quality, cast.desk, cast.manager
    )}  # fmt: skip

    assert [page.count(f">{person.name}<p") for page in told.values()] == [2, 1, 1]
    asked = signed_in(cast.desk).post(reverse("message-handed", args=[reminder.pk]))
    assert asked.status_code == 404
