"""The pages of return visits as a caller meets them, without a script, in both languages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from anju.aftercare.actions import visiting
from anju.casework.kinds import CaseKind, Mode
from anju.casework.states import State
from anju.casework.visits import Solved
from anju.kernel.pure.clock import utc_now
from anju.privacy.models import Look
from anju.register.access import Role
from anju.register.models import Person
from anju.voice.actions.receiving import Teller
from anju.voice.models import Case, ReturnVisit, Verdict
from anju.voice.tests.making import HOUR, closed, taken
from tests.cast import MRS_LI, Cast, a_person, the_cast

pytestmark = pytest.mark.django_db
KIND = {"kind": CaseKind.COMPLAINT}
PHONE = "+8613800132201"


@pytest.fixture
def cast() -> Cast:
    return the_cast()


@pytest.fixture
def worker(cast):
    return a_person(cast.company, Role.WORKER, projects=[cast.project])


def signed_in(cast, role=Role.DESK, language="zh-hans") -> Client:
    client = Client()
    client.force_login(cast.account(role))
    client.cookies["anju-language"] = language
    return client


def mrs_li(cast) -> Person:
    with cast.inside():
        who = Person(company_id=cast.company.id, project=cast.project, name=MRS_LI, phone=PHONE)
        who.save()
    return who


def owed(cast, worker, **more):
    """Return a visit that can be made now, of a case closed two hours ago."""
    case = closed(cast, worker, at=utc_now() - 4 * HOUR, **{**KIND, **more})
    with cast.inside():
        return case, ReturnVisit.objects.get(case=case)


def send(client, visit, **said):
    return client.post(
        f"/desk/visits/{visit.pk}/", {"version": visit.version, "mode": "phone", **said}
    )


def text(page):
    return page.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_unhappy_owner_reopens_her_case_once_the_caller_says_who_goes_on(cast, worker, language):
    case, visit = owed(cast, worker)
    client = signed_in(cast, language=language)
    assert f'href="/desk/visits/{visit.pk}/"' in text(client.get("/desk/visits/"))
    refused = send(client, visit, result="no", score="1", reasons="-speed")
    assert refused.status_code == 422
    assert "E-VISIT-NEXT" in text(refused)
    assert re.search(r'value="no"[^>]* checked', text(refused))
    with cast.inside():
        assert not Verdict.objects.exists()
    sent = send(client, visit, result="no", score="1", reasons="-speed", then="manager")
    assert (sent.status_code, sent.url) == (303, "/desk/visits/")
    with cast.inside():
        again, verdict = Case.objects.get(id=case.pk), Verdict.objects.get()
    assert (again.state, again.assignee_id) == (State.ACCEPTED, cast.manager.account_id)
    assert (verdict.solved, verdict.score, verdict.reasons) == ("no", 1, ["-speed"])
    assert str(case.number) in text(client.get("/desk/visits/"))  # said once, above the list


def test_an_owner_who_never_answers_is_counted_apart_and_asked_nothing_more(cast, worker):
    now = utc_now()
    case = closed(cast, worker, at=now - 12 * HOUR, **KIND)
    with cast.inside():
        visit = ReturnVisit.objects.get(case=case)
    for before in (6, 3):
        call = visiting.Call(Mode.PHONE, "无人接听")
        at = now - before * HOUR
        visiting.record(actor=cast.desk, visit_id=visit.pk, version=None, call=call, at=at)
    client = signed_in(cast)
    assert text(client.get(f"/desk/visits/{visit.pk}/")).count("无人接听") == 2
    with cast.inside():
        visit = ReturnVisit.objects.get(case=case)
    assert send(client, visit, result="none").status_code == 303
    assert "data-call" not in text(client.get(f"/desk/visits/{visit.pk}/"))
    closed_in = f"{timezone.localtime(now - 10 * HOUR):%Y-%m}"
    counted = text(client.get(f"/desk/visits/coverage/?month={closed_in}"))
    assert f">{case.number}</a>" in counted  # listed as not reached
    with cast.inside():
        assert not Verdict.objects.exists()
        assert Case.objects.get(id=case.pk).state == State.SETTLED


def test_who_did_the_work_is_named_and_has_no_form(cast):
    steward = a_person(cast.company, Role.STEWARD, projects=[cast.project])
    _case, visit = owed(cast, steward)
    client = Client()
    client.force_login(type(cast.account(Role.DESK)).objects.get(id=steward.account_id))
    page = client.get(f"/desk/visits/{visit.pk}/")
    assert steward.name in text(page)
    assert "data-call" not in text(page)
    assert send(client, visit, result="yes").status_code == 422
    with cast.inside():
        assert not Verdict.objects.exists()


def test_a_number_is_shown_to_the_caller_and_written_down(cast, worker):
    who = mrs_li(cast)
    _case, visit = owed(cast, worker, teller=Teller(person_id=who.pk))
    client = signed_in(cast)
    page = text(client.get(f"/desk/visits/{visit.pk}/"))
    assert "13800132201" not in page.replace(" ", "")
    key = re.findall(r'name="key" value="([^"]+)"', page)[0]
    seen = client.post(f"/desk/visits/{visit.pk}/phone/", {"key": key})
    assert "13800132201" in text(seen).replace(" ", "")
    assert "no-store" in seen["Cache-Control"]
    with cast.inside():
        assert Look.objects.filter(person_id=who.pk).count() == 1


def test_something_else_she_needs_goes_on_to_a_new_case_of_the_same_home(cast, worker):
    case, visit = owed(cast, worker)
    sent = send(signed_in(cast), visit, result="yes", more="1")
    assert sent.url.startswith("/desk/cases/new/?")
    assert f"place=u{case.unit_id}" in sent.url
    assert f"follows={case.pk}" in sent.url


def test_an_objection_is_answered_by_quality_and_the_page_has_no_way_to_change_a_verdict(
    cast, worker
):
    _case, visit = owed(cast, worker)
    answer = visiting.Answer(Solved.PARTLY, words="还有点漏")
    call = visiting.Call(Mode.PHONE, answer=answer)
    visiting.record(actor=cast.desk, visit_id=visit.pk, version=None, call=call, at=utc_now())
    with cast.inside():
        verdict = Verdict.objects.get()
    row = visiting.dispute(actor=worker, verdict_id=verdict.pk, words="已修好", at=utc_now())
    quality = signed_in(cast, Role.QUALITY)
    assert "还有点漏" in text(quality.get("/desk/visits/disputes/"))
    empty = quality.post(f"/desk/visits/disputes/{row.pk}/", {"words": ""})
    assert empty.status_code == 422
    assert quality.post(f"/desk/visits/disputes/{row.pk}/", {"words": "已核实"}).status_code == 302
    assert "已核实" in text(signed_in(cast, Role.MANAGER).get("/desk/visits/disputes/"))
    with cast.inside():
        assert (
            Verdict.objects.values().get() == Verdict.objects.filter(id=verdict.pk).values().get()
        )


def test_no_address_and_no_act_changes_a_verdict():
    names = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not {
        name for name in names if "verdict" in name and ("edit" in name or "change" in name)
    }
    acts = {name for name in dir(visiting) if "verdict" in name.lower()}
    assert not {name for name in acts if name.startswith(("edit", "change", "delete", "update"))}


def test_paper_and_the_slip_for_the_door_show_no_number(cast, worker):
    _case, visit = owed(cast, worker, teller=Teller(person_id=mrs_li(cast).pk))
    client = signed_in(cast)
    for address in ("/desk/visits/print/", f"/desk/visits/{visit.pk}/slip/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "2201" not in text(page)


def test_the_worst_home_is_listed_with_what_is_open_and_the_settings_of_the_model(cast, worker):
    case = taken(cast, worker, at=utc_now() - timedelta(days=30), **KIND)
    page = text(signed_in(cast, Role.MANAGER, "en").get("/desk/grievances/"))
    assert f"/desk/cases/{case.pk}/" in page
    assert "never a measurement" in page
    assert "half of a dissatisfaction after 180" in page
    assert signed_in(cast).get("/desk/grievances/?zone=999999").status_code == 400


def test_a_month_that_is_none_is_refused_with_the_shape_that_is_meant(cast):
    page = signed_in(cast, language="en").get("/desk/visits/coverage/?month=2026-13")
    assert page.status_code == 400
    assert "2026-11" in text(page)


def test_the_list_asks_the_database_no_oftener_for_ten_owners_than_for_two(cast, worker):
    client = signed_in(cast)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/desk/visits/").status_code == 200
        return len(found)

    for _ in range(2):
        owed(cast, worker, teller=Teller(name="王先生", phone=f"1380013{2000 + _}"))
    asked()
    few = asked()
    for _ in range(8):
        owed(cast, worker, teller=Teller(name="王先生", phone=f"1380013{3000 + _}"))
    assert asked() == few
