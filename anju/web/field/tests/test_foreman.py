"""A firm's foreman: in by his code alone, to his firm's open cases alone, out when the link is taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from secrets import token_hex

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anju.attachments.tests.making import A_PHOTO
from anju.casework.kinds import CaseKind
from anju.casework.states import State
from anju.kernel import history
from anju.kernel.pure.clock import utc_now
from anju.notify.making import words_of
from anju.notify.models import Message
from anju.onsite.tickets import secret_of
from anju.register.access import Role
from anju.register.models import Account, Partner
from anju.voice.actions.handling import Named, accept
from anju.voice.actions.storing import Edition, subject
from anju.voice.models import Case, Ticket
from anju.voice.tests.making import a_case
from anju.web.field import presses
from anju.web.field.foreman import views
from tests.cast import a_person, the_cast

pytestmark = pytest.mark.django_db
WORDS = "地砖松动，李秀兰电话138 0013 8000"


@pytest.fixture
def cast(settings, tmp_path, monkeypatch):
    settings.FILES_ROOT = tmp_path / "files"
    monkeypatch.setattr(presses, "take_in", lambda _chunks, name: A_PHOTO)
    return the_cast()


def office(cast):
    client = Client()
    client.force_login(Account.objects.get(id=cast.desk.account_id))
    return client


def a_firm(cast, name="安捷维修"):
    with cast.inside():
        row = Partner(company_id=cast.company.id, kind="contractor", name=name, phone="13900139000")
        row.save()
        return row


def a_ticket(cast, firm):
    until = (utc_now() + timedelta(days=30)).date().isoformat()
    said = {"firm": firm.pk, "project": cast.project.pk, "phone": "139 0013 9000", "until": until}
    assert office(cast).post("/field/firms/new/", said).status_code == 302
    with cast.inside():
        row = Ticket.objects.get(partner=firm)
        return row, secret_of(row)


def its_case(cast, firm, words=WORDS):
    case = a_case(cast, words, kind=CaseKind.COMPLAINT)
    named = Named(cast.manager.account_id, None, firm.pk)
    accept(actor=cast.manager, edition=Edition(case.pk), named=named, at=utc_now())
    return case


def code_of(cast):
    """Return the digits that the office is asked to tell."""
    with cast.inside():
        row = Message.objects.across_parts().filter(template="case.ticket").order_by("-id")[0]
        assert row.account_id == cast.desk.account_id
        found = re.search(r"\b\d{6}\b", words_of(row).body)
    assert found
    return found[0]


def let_in(cast, token):
    foreman = Client()
    assert foreman.get(f"/o/w/{token}/")["Location"] == f"/o/w/{token}/code/"
    foreman.post(f"/o/w/{token}/code/", {"act": "send"})
    opened = foreman.post(f"/o/w/{token}/code/", {"act": "open", "code": code_of(cast)})
    assert opened["Location"] == f"/o/w/{token}/"
    return foreman


def now_of(cast, case):
    with cast.inside():
        return Case.objects.get(id=case.pk)


def test_the_code_opens_the_firms_own_cases_and_no_name_or_number_of_an_owner(cast):
    firm, other = a_firm(cast), a_firm(cast, "他家维修")
    case, foreign = its_case(cast, firm), its_case(cast, other, "别家的单")
    _row, token = a_ticket(cast, firm)
    page = let_in(cast, token).get(f"/o/w/{token}/").content.decode()
    assert f'id="case-{case.pk}"' in page
    assert f'id="case-{foreign.pk}"' not in page
    assert "地砖松动" in page
    assert "13800138000" not in page.replace(" ", "")


def test_done_with_a_photo_ends_the_work_and_tells_who_answers_for_it(cast):
    firm = a_firm(cast)
    case = its_case(cast, firm)
    _row, token = a_ticket(cast, firm)
    foreman, key = let_in(cast, token), token_hex(16)
    for _again in range(2):
        photo = SimpleUploadedFile("p.jpg", b"a photo")
        said = {"act": "done", "id": key, "cause": "worn", "photo": photo}
        foreman.post(f"/o/w/{token}/{case.pk}/", said)
    found = now_of(cast, case)
    assert (found.state, found.assignee_id) == (State.DONE, cast.manager.account_id)
    with cast.inside():
        told = list(history.entries(subject(case)).order_by("seq").values_list("verb", flat=True))
        assert told[2:] == ["file_added", "start", "finish"]
        rows = Message.objects.across_parts().filter(template="case.firm")
        assert [row.account_id for row in rows] == [cast.manager.account_id, cast.desk.account_id]


def test_cannot_is_kept_in_words_and_changes_no_state(cast):
    firm = a_firm(cast)
    case = its_case(cast, firm)
    _row, token = a_ticket(cast, firm)
    said = {"act": "cannot", "id": token_hex(16), "words": "缺少同款地砖"}
    let_in(cast, token).post(f"/o/w/{token}/{case.pk}/", said)
    assert now_of(cast, case).state == State.ACCEPTED
    with cast.inside():
        assert history.entries(subject(case)).order_by("-seq")[0].verb == "firm_cannot"


def test_another_firms_case_is_not_there(cast):
    firm, other = a_firm(cast), a_firm(cast, "他家维修")
    case = its_case(cast, other)
    _row, token = a_ticket(cast, firm)
    said = {"act": "done", "id": token_hex(16), "cause": "worn"}
    let_in(cast, token).post(f"/o/w/{token}/{case.pk}/", said)
    assert now_of(cast, case).state == State.ACCEPTED


def test_a_link_taken_back_is_over_at_the_next_request(cast):
    firm = a_firm(cast)
    row, token = a_ticket(cast, firm)
    foreman = let_in(cast, token)
    assert foreman.get(f"/o/w/{token}/").status_code == 200
    assert office(cast).post(f"/field/firms/{row.pk}/end/").status_code == 302
    assert foreman.get(f"/o/w/{token}/").status_code == 404
    assert foreman.get(f"/o/w/{token}/code/").status_code == 404


def test_a_wrong_code_five_times_ends_it_and_a_code_of_one_link_opens_no_other(cast):
    first, second = a_firm(cast), a_firm(cast, "他家维修")
    _row, token = a_ticket(cast, first)
    _row, another = a_ticket(cast, second)
    foreman = Client()
    foreman.post(f"/o/w/{token}/code/", {"act": "send"})
    right = code_of(cast)
    wrong = "000000" if right != "000000" else "111111"
    for _try in range(5):
        answer = foreman.post(f"/o/w/{token}/code/", {"act": "open", "code": wrong})
        assert answer.status_code == 422
    late = foreman.post(f"/o/w/{token}/code/", {"act": "open", "code": right})
    assert late.status_code == 422
    inside = let_in(cast, token)
    assert inside.get(f"/o/w/{another}/").status_code == 302


def test_twelve_hours_later_the_code_is_asked_again(cast, monkeypatch):
    firm = a_firm(cast)
    _row, token = a_ticket(cast, firm)
    foreman = let_in(cast, token)
    monkeypatch.setattr("django.core.signing.time.time", lambda: utc_now().timestamp() + 43_300)
    assert foreman.get(f"/o/w/{token}/").status_code == 302


def test_a_link_that_has_run_out_says_so(cast, monkeypatch):
    firm = a_firm(cast)
    row, token = a_ticket(cast, firm)
    with cast.inside():
        Ticket.objects.filter(id=row.pk).update(until=utc_now() - timedelta(minutes=1))
    assert Client().get(f"/o/w/{token}/").status_code == 410


def test_who_asks_for_codes_without_end_is_slowed_down(cast):
    _row, token = a_ticket(cast, a_firm(cast))
    foreman = Client()
    seen = [foreman.post(f"/o/w/{token}/code/", {"act": "send"}).status_code for _n in range(6)]
    assert seen[0] == 200
    assert seen[-1] == 429
    assert views.SENDS.burst < 6


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", ""), ("phone", "abc"), ("until", "2020-01-01"), ("firm", "987654")],
)
def test_a_link_for_nobody_or_the_past_is_refused_at_its_field(cast, field, value):
    firm = a_firm(cast)
    until = (utc_now() + timedelta(days=30)).date().isoformat()
    said = {"firm": firm.pk, "project": cast.project.pk, "phone": "13900139000", "until": until}
    answer = office(cast).post("/field/firms/new/", {**said, field: value})
    assert answer.status_code == 422
    with cast.inside():
        assert not Ticket.objects.exists()


def test_a_worker_makes_no_links(cast):
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    client = Client()
    client.force_login(Account.objects.get(id=worker.account_id))
    assert client.get("/field/firms/").status_code == 403
