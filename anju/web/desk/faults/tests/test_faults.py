"""Faults that many report, over HTTP: seen, told of to all, ended; each case keeps a verdict of its own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from anju.casework.states import State
from anju.kernel.pure.clock import utc_now
from anju.notify.models import Message
from anju.register.access import Role
from anju.register.models import Account, Person, Tie
from anju.voice.actions.seeding import give_defaults
from anju.voice.models import Bundle, Case, Category
from anju.voice.tests.making import a_case, her_home
from tests.cast import MRS_LI, Cast, a_person, the_cast


@pytest.fixture
def cast(db) -> Cast:
    return the_cast()


@pytest.fixture
def desk(cast, client):
    client.force_login(Account.objects.get(id=cast.desk.account_id))
    return client


def lives(cast: Cast) -> int:
    """Let Mrs Li live in her home, so that she is told."""
    with cast.inside():
        person = Person(
            company_id=cast.company.id, project=cast.project, name=MRS_LI,
            phone="+8613800138000", phone_tail="8000",
        )  # fmt: skip
        person.save()
        Tie(company_id=cast.company.id, person=person, unit=her_home(cast), kind="owner").save()
        return person.pk


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_fault_is_begun_told_of_and_ended_for_all_its_homes(cast, desk, language):
    desk.cookies["anju-language"] = language
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    give_defaults(company_id=cast.company.id, at=utc_now())
    with cast.inside():
        power = Category.objects.get(code="power").pk
    person = lives(cast)
    case = a_case(cast, "停电了", at=utc_now(), category_id=power)
    with cast.inside():
        Case.objects.filter(id=case.pk).update(reporter_id=person)
    begin = desk.post(reverse("case-act", args=[case.pk, "bundle"]), {"title": "3 栋停电"})
    assert begin.status_code == 302
    page = desk.get(begin["Location"]).content.decode()
    assert "3 栋停电" in page
    assert f"/desk/cases/{case.pk}/" in page
    with cast.inside():
        bundle = Bundle.objects.get()
    told = {"words": "16:00 前来电", "expected": "2099-01-01 16:00"}
    assert desk.post(reverse("bundle-news", args=[bundle.pk]), told).status_code == 302
    over = {"by": str(worker.account_id), "cause": "跳闸", "words": "已来电"}
    assert desk.post(reverse("bundle-end", args=[bundle.pk]), over).status_code == 302
    with cast.inside():
        case.refresh_from_db()
        assert case.state == State.CLOSED
        stages = list(Message.objects.filter(person_id=person).values_list("stage", flat=True))
    assert [one.split(".")[0] for one in stages] == ["fault", "closed"]
    assert "16:00 前来电" in desk.get(reverse("bundle", args=[bundle.pk])).content.decode()


def test_a_case_that_is_no_part_of_it_leaves_the_fault(cast, desk):
    case = a_case(cast, at=utc_now())
    desk.post(reverse("case-act", args=[case.pk, "bundle"]), {"title": "停水"})
    page = desk.post(reverse("bundle-leave", args=[case.pk]), follow=True)
    assert page.status_code == 200
    with cast.inside():
        case.refresh_from_db()
    assert case.bundle_id is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"words": "", "expected": ""}, "E-TEXT-EMPTY"),
        ({"words": "好", "expected": "2020-01-01 10:00"}, "E-DATE-RANGE"),
        ({"words": "好", "expected": "明天"}, "E-DATE-FORMAT"),
        ({"words": "好", "version": "999"}, "E-STALE"),
    ],
)
def test_news_that_cannot_be_told_are_refused(cast, desk, given, code):
    case = a_case(cast, at=utc_now())
    desk.post(reverse("case-act", args=[case.pk, "bundle"]), {"title": "停水"})
    with cast.inside():
        bundle = Bundle.objects.get()
    answer = desk.post(reverse("bundle-news", args=[bundle.pk]), given)
    assert answer.status_code in {409, 422}
    if code != "E-STALE":
        assert f'data-code="{code}"' in answer.content.decode()
