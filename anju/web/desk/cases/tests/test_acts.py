"""Every act from the page of a case: its form in both languages, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.urls import reverse

from anju.casework.acts import Also
from anju.casework.kinds import CaseKind, WaitedFor
from anju.casework.states import STEPS, CaseVerb, State
from anju.kernel import history
from anju.register.access import Actor
from anju.voice.actions import closing, handling
from anju.voice.actions.storing import Edition, subject
from anju.voice.models import Bundle, Case, Category, ReturnVisit, Verdict
from anju.voice.tests.making import AT, HOUR, a_case, begun_by, closed, finished, taken
from anju.web.desk.cases.acting import DOES
from anju.web.desk.cases.fields import FORMS
from tests.cast import Cast

PLAIN: dict[str, Any] = {"kind": CaseKind.COMPLAINT}  # asks for no photo
LATER = "2031-05-06T10:00"
SAID = {"reason": "说明原因"}
Make = Callable[[Cast, Actor], Case]


def begun(cast: Cast, worker: Actor) -> Case:
    return begun_by(cast, worker, **PLAIN)


def waiting(cast: Cast, worker: Actor) -> Case:
    case = begun(cast, worker)
    held = handling.Waiting(WaitedFor.PART, "等配件")
    moment = handling.Moment(AT + HOUR)
    return handling.wait(actor=worker, edition=Edition(case.pk), waiting=held, moment=moment)


def of_the_builder(cast: Cast, worker: Actor) -> Case:
    case = begun(cast, worker)
    held = handling.Waiting(WaitedFor.BUILDER, "已致电建设单位")
    moment = handling.Moment(AT + HOUR)
    return handling.wait(actor=worker, edition=Edition(case.pk), waiting=held, moment=moment)


def scheduled(cast: Cast, worker: Actor) -> Case:
    case = taken(cast, worker, **PLAIN)
    return handling.schedule(
        actor=worker, edition=Edition(case.pk), arrival=AT + 9 * HOUR, at=AT + HOUR
    )


def judged(cast: Cast, worker: Actor) -> Case:
    case = closed(cast, worker, **PLAIN)
    with cast.inside():
        visit = ReturnVisit.objects.get(case=case)
        Verdict(
            company_id=case.company_id, case=case, visit=visit, solved="partly", mode="link", at=AT
        ).save()
    return case


def in_a_fault(cast: Cast, worker: Actor) -> Case:
    """Return a case beside a fault that many report."""
    first = a_case(cast, **PLAIN)
    closing.bundle(
        actor=cast.desk, edition=Edition(first.pk), fault=closing.Fault("3栋停电"), at=AT
    )
    return a_case(cast, "也停电了", **PLAIN)


@dataclass(frozen=True)
class Tried:
    """One act: the case before, what is sent, the state after, the verb that the history tells."""

    act: str
    make: Make
    state: State
    send: dict[str, str] = field(default_factory=dict)
    tells: str = ""


ACCEPTED, CLOSED = State.ACCEPTED, State.CLOSED
TRIED = (
    Tried(CaseVerb.ACCEPT, lambda c, w: a_case(c), ACCEPTED, {"assignee": "worker"}),
    Tried(CaseVerb.REFER, lambda c, w: a_case(c), CLOSED, SAID),
    Tried(CaseVerb.WITHDRAW, lambda c, w: a_case(c), State.SETTLED, SAID, "settle"),
    Tried(CaseVerb.MERGE, lambda c, w: (a_case(c), a_case(c))[1], State.SETTLED,
          {"target": "#1", **SAID}, "settle"),
    Tried(CaseVerb.HAND_OVER, lambda c, w: taken(c, c.desk), ACCEPTED,
          {"assignee": "worker", **SAID}),
    Tried(CaseVerb.HAND_OVER, scheduled, State.SCHEDULED, {"assignee": "worker", **SAID}),
    Tried(CaseVerb.HAND_OVER, begun, ACCEPTED, {"assignee": "worker", **SAID}),
    Tried(CaseVerb.HAND_OVER, waiting, State.WAITING, {"assignee": "worker", **SAID}),
    Tried(CaseVerb.SCHEDULE, taken, State.SCHEDULED, {"arrival": LATER}),
    Tried(CaseVerb.RESCHEDULE, scheduled, State.SCHEDULED, {"arrival": LATER, **SAID}),
    Tried(CaseVerb.START, taken, State.WORKING),
    Tried(CaseVerb.DECLINE, taken, CLOSED, SAID),
    Tried(CaseVerb.WAIT, begun, State.WAITING, {"waited_for": "part", **SAID}),
    Tried(CaseVerb.RESUME, waiting, State.WORKING),
    Tried(CaseVerb.FINISH, begun, State.DONE,
          {"cause": "接头老化", "party": "property", "done": "已更换", "parts": "接头 1 个"}),
    Tried(CaseVerb.REPORT_BACK, lambda c, w: finished(c, w, **PLAIN), CLOSED,
          {"how": "已电话告知", "told_at": "2026-11-20T12:00"}),
    Tried(CaseVerb.SEND_BACK, lambda c, w: finished(c, w, **PLAIN), State.WORKING, SAID),
    Tried(CaseVerb.REOPEN, lambda c, w: closed(c, w, **PLAIN), ACCEPTED, SAID),
    Tried(Also.SORT, lambda c, w: a_case(c), State.REGISTERED,
          {"kind": "complaint", "category": "category", "severity": "important",
           "party": "contractor"}, "sorted"),
    Tried(Also.PROMISE, lambda c, w: a_case(c), State.REGISTERED,
          {"promised": "resolve", "due": LATER, **SAID}, "promise_moved"),
    Tried(Also.OBSERVE, lambda c, w: a_case(c), State.REGISTERED, {"observer": "worker"},
          "observed"),
    Tried(Also.BUNDLE, lambda c, w: a_case(c), State.REGISTERED,
          {"title": "3栋停电", "expected": LATER}, "bundled"),
    Tried(Also.JOIN, in_a_fault, State.REGISTERED, {"bundle": "bundle"}, "bundled"),
    Tried(Also.COST, begun, State.WORKING, {"cost": "128.50", "payer": "retention"}, "cost_set"),
    Tried(Also.CHASE, of_the_builder, State.WAITING, {"how": "letter", **SAID}, "chased"),
    Tried(Also.DISPUTE, judged, CLOSED, {"verdict": "verdict", "words": "已当面解释"}, "disputed"),
)  # fmt: skip


def test_every_act_has_its_form_its_deed_and_its_trial():
    tried = {one.act for one in TRIED}
    table = {verb for _state, verb in STEPS} - {
        CaseVerb.CONFIRM, CaseVerb.GIVE_UP, CaseVerb.SETTLE
    }  # fmt: skip
    also = set(Also) - {Also.NOTE, Also.PHOTO}  # these have pages of their own

    assert tried == set(DOES) == set(FORMS) == table | also


def last_id(model: Any) -> str:
    return str(model.objects.order_by("id").values_list("id", flat=True).last())


@pytest.mark.parametrize("one", TRIED, ids=lambda one: str(one.act))
def test_an_act_is_asked_in_both_languages_and_done_from_the_page(cast, worker, browser, one):
    case = one.make(cast, worker)
    there = reverse("case-act", args=[case.pk, str(one.act)])
    ids = {
        "worker": lambda: str(worker.account_id), "bundle": lambda: last_id(Bundle),
        "verdict": lambda: last_id(Verdict), "category": lambda: last_id(Category),
    }  # fmt: skip
    with cast.inside():
        send = {name: ids[value]() if value in ids else value for name, value in one.send.items()}
    for language, back in (("en", "Cancel"), ("zh-hans", "取消")):
        asked = browser(cast.manager, language).get(there)
        assert (asked.status_code, back in asked.content.decode()) == (200, True)
    client = browser(cast.manager, "zh-hans")

    done = client.post(
        there, {"version": str(asked.context["groups"][-1].fields[-1].value), **send}
    )

    assert done.status_code == 302, done.content.decode()[-3000:]
    with cast.inside():
        now = Case.objects.get(id=case.pk)
        last = history.entries(subject(now)).order_by("-seq").first()
    assert (now.state, last.verb) == (one.state, one.tells or str(one.act))
    page = client.get(done.url)
    assert page.status_code == 200
    assert f"#{now.number}" in page.content.decode()


def test_what_the_table_does_not_allow_is_answered_with_what_is_possible(cast, desk):
    case = a_case(cast)
    refused = desk.post(
        reverse("case-act", args=[case.pk, "finish"]), {"cause": "x", "party": "property"}
    )

    assert refused.status_code == 409
    assert "From here you can: accept it" in refused.content.decode()


def test_an_act_that_there_is_not_is_not_found(cast, desk):
    case = a_case(cast)

    assert desk.get(reverse("case-act", args=[case.pk, "settle"])).status_code == 404
    assert desk.get(reverse("case-act", args=[case.pk, "nothing"])).status_code == 404


def test_two_who_accept_one_case_see_both_versions_and_the_second_saves_nothing(cast, worker, desk):
    case = a_case(cast)
    there = reverse("case-act", args=[case.pk, "sort"])
    seen = case.version
    first = {"kind": "complaint", "severity": "usual", "party": "unknown", "version": seen}
    desk.post(there, first)

    late = desk.post(there, {**first, "kind": "praise"})

    assert late.status_code == 409
    said = late.content.decode()
    assert ("As it is now" in said, "Complaint" in said, "Praise" in said) == (True, True, True)
    with cast.inside():
        assert Case.objects.get(id=case.pk).kind == "complaint"


def test_a_case_about_somebody_cannot_be_given_to_her_or_to_a_stranger(cast, worker, desk):
    case = a_case(cast, about_id=worker.account_id, **PLAIN)
    there = reverse("case-act", args=[case.pk, "accept"])

    hers = desk.post(there, {"assignee": str(worker.account_id)})
    strange = desk.post(there, {"assignee": "999999"})

    assert ("E-CASE-ABOUT" in hers.content.decode(), hers.status_code) == (True, 422)
    assert ("E-REF" in strange.content.decode(), strange.status_code) == (True, 422)
