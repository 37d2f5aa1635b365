"""Many cases at once: given, taken back as a whole, people reminded; all of it or nothing."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.urls import reverse

from anju.casework.kinds import CaseKind
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.notify.models import Message
from anju.voice.actions.handling import Named
from anju.voice.actions.many import take_back_many
from anju.voice.actions.storing import subject
from anju.voice.models import Case
from anju.voice.tests.making import AT, a_case, begun_by, closed, finished, taken
from tests.cast import zhao_of_the_other_company

PLAIN = {"kind": CaseKind.COMPLAINT}
KEY = "k" * 16


def said(page) -> str:
    return html.unescape(page.content.decode())


def sent(cases, **more: object) -> dict[str, object]:
    ids = [str(case.pk) for case in cases]
    return {"case": ids, "act": "give", "key": KEY, "query": "kind=complaint", **more}


def standing(cast) -> dict[int, tuple[str, int | None]]:
    with cast.inside():
        rows = Case.objects.order_by("number")
        return {row.number: (row.state, row.assignee_id) for row in rows}


def test_new_and_taken_cases_are_given_together_and_come_back_as_a_whole(cast, worker, desk):
    had, new = taken(cast, cast.manager, **PLAIN), a_case(cast, **PLAIN)
    person = str(worker.account_id)
    answer = desk.post(reverse("cases-chosen"), sent([had, new], person=person, why="张师傅顺路"))

    assert answer.url == reverse("cases") + "?kind=complaint"
    assert standing(cast) == dict.fromkeys((1, 2), ("accepted", worker.account_id))
    shown = said(desk.get(answer.url))
    assert "2 cases were given to 张师傅." in shown
    assert f'action="{reverse("cases-undo")}"' in shown

    desk.post(reverse("cases-undo"))

    # What nobody had had before stays with who undoes it: a case always has its person.
    assert standing(cast) == {
        1: ("accepted", cast.manager.account_id),
        2: ("accepted", cast.desk.account_id),
    }
    with cast.inside():
        assert [history.verify(subject(case)) for case in (had, new)] == [4, 3]
    assert desk.post(reverse("cases-undo")).status_code == 422


def test_the_same_form_sent_twice_gives_once(cast, worker, desk):
    case = taken(cast, cast.manager, **PLAIN)
    form = sent([case], person=str(worker.account_id), why="顺路")
    desk.post(reverse("cases-chosen"), form)
    desk.post(reverse("cases-chosen"), form)

    with cast.inside():
        assert Case.objects.get(id=case.pk).transfers == 1


def test_five_thousand_ids_with_three_foreign_ones_change_nothing_and_name_the_three(
    cast, worker, desk
):
    mine = [a_case(cast, **PLAIN) for _ in range(2)]
    zhao_of_the_other_company()
    foreign = ["900001", "900002", "900003"]
    ids = ",".join([*(str(case.pk) for case in mine), *foreign])
    before = standing(cast)
    refused = desk.post(
        reverse("cases-chosen"),
        {"ids": ids, "act": "give", "person": str(worker.account_id), "key": KEY, "why": "x"},
    )

    assert (refused.status_code, "E-BULK-IDS" in said(refused)) == (422, True)
    assert "3 of 5 cases were not found: 900001, 900002, 900003" in said(refused)
    assert standing(cast) == before


def test_what_somebody_who_fell_ill_had_begun_goes_to_another_with_the_rest(cast, worker, desk):
    begun, ready = begun_by(cast, worker, **PLAIN), taken(cast, worker, **PLAIN)
    person = str(cast.manager.account_id)
    desk.post(reverse("cases-chosen"), sent([begun, ready], person=person, why="病假"))

    assert standing(cast) == dict.fromkeys((1, 2), ("accepted", cast.manager.account_id))


def test_a_case_already_done_stops_the_whole_act(cast, worker, desk):
    ready, done = a_case(cast, **PLAIN), finished(cast, worker, **PLAIN)
    refused = desk.post(
        reverse("cases-chosen"), sent([ready, done], person=str(worker.account_id), why="x")
    )

    assert (refused.status_code, f"case {done.number} " in said(refused)) == (409, True)
    assert standing(cast)[ready.number] == ("registered", None)


def test_what_somebody_went_on_with_is_not_taken_back(cast, worker, desk):
    case = taken(cast, cast.manager, **PLAIN)
    desk.post(reverse("cases-chosen"), sent([case], person=str(worker.account_id), why="顺路"))
    with cast.inside():
        number = Case.objects.get(id=case.pk).transfers
        other = {"actor": cast.manager, "ids": [case.pk], "batch": KEY, "why": "撤销"}
        with pytest.raises(Problem, match="E-UNDO-USED"):
            take_back_many(**other, at=AT)
        late = {**other, "actor": cast.desk, "at": AT + timedelta(days=400)}
        with pytest.raises(Problem, match="E-UNDO-LATE"):
            take_back_many(**late)
        assert Case.objects.get(id=case.pk).transfers == number
    assert Named(1, batch="x").said() == {"assignee": 1, "executor": None, "batch": "x"}


def test_whose_turn_it_is_gets_one_message_for_all_of_her_cases(cast, worker, desk):
    cases = [taken(cast, worker, **PLAIN) for _ in range(3)]
    with cast.inside():
        before = Message.objects.across_parts().count()
    answer = desk.post(reverse("cases-chosen"), sent(cases, act="remind"))

    assert "1 person was reminded." in said(desk.get(answer.url))
    with cast.inside():
        assert Message.objects.across_parts().count() == before + 1
        last = history.entries(subject(cases[0])).order_by("-seq").first()
    assert last.verb == "reminded"
    assert desk.post(reverse("cases-chosen"), sent([], act="remind")).status_code == 422


def test_closed_cases_remind_nobody(cast, worker, desk):
    done = closed(cast, worker, **PLAIN)
    assert desk.post(reverse("cases-chosen"), sent([done], act="remind")).status_code == 409
