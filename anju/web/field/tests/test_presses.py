"""What a phone sends from the ground, over HTTP: once, in any order, and never at another's job."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anju.attachments.models import Attachment
from anju.attachments.tests.making import A_PHOTO
from anju.casework.kinds import CaseKind, Channel, Photo
from anju.casework.onsite import Step
from anju.casework.states import State
from anju.kernel import history
from anju.kernel.pure.clock import utc_now
from anju.onsite import jobs
from anju.register.access import Role
from anju.register.models import Account
from anju.voice.actions.handling import Named, hand_over
from anju.voice.actions.storing import Edition, subject
from anju.voice.models import Case, CaseNote
from anju.voice.tests.making import her_home, taken
from anju.web.field import presses
from tests.cast import a_person, the_cast, zhao_of_the_other_company

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}
SENT = b"a photo"
STEPS = ("take", "arrive", "before", "after", "parts", "done")


@pytest.fixture
def cast(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return the_cast()


@pytest.fixture(autouse=True)
def decoded(monkeypatch):
    """Spare the decoding, which has tests of its own."""
    monkeypatch.setattr(presses, "take_in", lambda _chunks, name: A_PHOTO)


@pytest.fixture
def worker(cast):
    return a_person(cast.company, Role.WORKER, projects=[cast.project])


def phone(actor):
    client = Client()
    client.force_login(Account.objects.get(id=actor.account_id))
    return client


def press(client, case, what, *, photo=b"", key="", **more):
    said = {"case": case.pk, "what": what, "id": key or token_hex(16), **more}
    if photo:
        said["photo"] = SimpleUploadedFile("p.jpg", photo)
    return client.post("/field/events/", said, **JSON)


def verbs(cast, case):
    with cast.inside():
        rows = history.entries(subject(case)).order_by("seq")
        return [entry.verb for entry in rows]


def now_of(cast, case):
    with cast.inside():
        return Case.objects.get(id=case.pk)


def test_a_job_goes_from_taken_to_done_by_six_presses_and_keeps_the_phones_time(cast, worker):
    case, client = taken(cast, worker, kind=CaseKind.COMPLAINT), phone(worker)
    early = utc_now() - timedelta(hours=3)
    for what in STEPS:
        photo = SENT if what in {"before", "after"} else b""
        answer = press(client, case, what, photo=photo, cause="worn", at=early.isoformat())
        assert answer.status_code == 200, answer.content
    found = now_of(cast, case)
    assert (found.state, found.cause, found.executor_id) == (
        State.DONE,
        found.cause,
        worker.account_id,
    )
    assert found.cause
    told = verbs(cast, case)
    assert told[2:] == ["taken", "start", "file_added", "file_added", "parts_said", "finish"]
    with cast.inside():
        history.verify(subject(case))
        assert Attachment.objects.filter(subject_id=case.pk).count() == 2
        said = history.entries(subject(case)).filter(seq__gt=2)
        assert {entry.payload["client_at"] for entry in said} == {early.isoformat()}


def test_the_same_press_twice_is_done_once(cast, worker):
    case, client, key = taken(cast, worker, kind=CaseKind.COMPLAINT), phone(worker), token_hex(16)
    for _again in range(3):
        assert press(client, case, "arrive", key=key).json()["kept"]
    assert verbs(cast, case).count("start") == 1


EACH = (
    "take", "arrive", "before", "help", "part", "resume", "away", "resume", "builder", "resume",
    "after", "parts", "done",
)  # fmt: skip
SHOWN = {"before", "after", "away"}


def test_every_button_sent_three_times_under_one_name_is_done_once(cast, worker):
    case, client = taken(cast, worker, kind=CaseKind.COMPLAINT), phone(worker)
    for what in EACH:
        key, before = token_hex(16), verbs(cast, case)
        for _again in range(3):
            photo = SENT if what in SHOWN else b""
            assert press(client, case, what, key=key, photo=photo, cause="worn").json()["kept"], (
                what
            )
        told = verbs(cast, case)[len(before) :]
        assert len(told) == (2 if what == "away" else 1), (what, told)
    assert now_of(cast, case).state == State.DONE


def test_the_same_button_under_two_names_is_two_presses(cast, worker):
    case, client = taken(cast, worker, kind=CaseKind.COMPLAINT), phone(worker)
    for _again in range(2):
        assert press(client, case, "help").json()["kept"]
    assert verbs(cast, case).count("help_asked") == 2


def test_a_press_sent_again_after_the_language_was_switched_is_the_same_press(cast, worker):
    case, client = taken(cast, worker, kind=CaseKind.COMPLAINT), phone(worker)
    press(client, case, "arrive")
    for what in ("part", "resume", "done"):
        key = token_hex(16)
        for language in ("zh-hans", "en"):
            client.cookies["anju-language"] = language
            answer = press(client, case, what, key=key, cause="worn")
            assert answer.json()["kept"], (what, language, answer.json())
    assert verbs(cast, case)[-3:] == ["wait", "resume", "finish"]


def test_no_button_changes_a_job_that_was_taken_away_meanwhile(cast, worker):
    case, client = taken(cast, worker, kind=CaseKind.COMPLAINT), phone(worker)
    press(client, case, "arrive")
    other = a_person(cast.company, Role.WORKER, mail="b.example", projects=[cast.project])
    named = Named(other.account_id)
    hand_over(actor=cast.manager, edition=Edition(case.pk), named=named, why="换人", at=utc_now())
    before = verbs(cast, case)
    for what in EACH:
        answer = press(client, case, what, photo=SENT if what in SHOWN else b"")
        assert answer.json()["code"] == "E-NOT-YOURS", what
    assert verbs(cast, case) == before
    with cast.inside():
        assert not Attachment.objects.filter(subject_id=case.pk).exists()


def test_a_press_that_comes_too_early_is_told_what_is_possible_and_changes_nothing(cast, worker):
    case, client = taken(cast, worker, kind=CaseKind.COMPLAINT), phone(worker)
    before, key = verbs(cast, case), token_hex(16)
    answer = press(client, case, "done", key=key)
    assert (answer.status_code, answer.json()["code"]) == (409, "E-STATE")
    assert verbs(cast, case) == before
    press(client, case, "arrive")
    assert press(client, case, "done", key=key).json()["kept"]


def test_a_job_that_went_to_somebody_else_is_said_to_be_gone(cast, worker):
    case, client = taken(cast, worker, kind=CaseKind.COMPLAINT), phone(worker)
    other = a_person(cast.company, Role.WORKER, mail="b.example", projects=[cast.project])
    hand_over(
        actor=cast.manager, edition=Edition(case.pk), named=Named(other.account_id), why="换人",
        at=utc_now(),
    )  # fmt: skip
    before = verbs(cast, case)
    answer = press(client, case, "arrive")
    assert (answer.status_code, answer.json()["code"]) == (404, "E-NOT-YOURS")
    assert answer.json()["say"]
    assert verbs(cast, case) == before
    assert f'data-job="{case.pk}"' not in client.get("/field/").content.decode()


def test_work_begun_by_somebody_who_fell_ill_is_to_be_taken_and_begun_by_another(cast, worker):
    case, client = taken(cast, worker, kind=CaseKind.COMPLAINT), phone(worker)
    for what in ("take", "arrive"):
        press(client, case, what)
    arrived = now_of(cast, case).on_site_met
    other = a_person(cast.company, Role.WORKER, mail="b.example", projects=[cast.project])
    hand_over(
        actor=cast.manager, edition=Edition(case.pk), named=Named(other.account_id), why="病假",
        at=utc_now(),
    )  # fmt: skip
    assert press(client, case, "done").json()["code"] == "E-NOT-YOURS"
    assert now_of(cast, case).arrived_at is None
    with cast.inside():
        shown = {job.id: job.step for job in jobs.jobs_of(other)}
    assert shown == {case.pk: Step.TAKE}
    for what in STEPS:
        assert press(phone(other), case, what).json()["kept"], what
    assert now_of(cast, case).state == State.DONE
    assert now_of(cast, case).on_site_met == arrived


def test_a_photo_that_the_category_asks_for_cannot_be_left_out(cast, worker):
    with cast.inside():
        case = taken(cast, worker)
        category = case.category
    client = phone(worker)
    press(client, case, "arrive")
    answer = press(client, case, "after")
    wanted = category is not None and category.evidence != "none"
    assert answer.json()["kept"] is not wanted


def test_nobody_at_home_needs_the_photo_of_the_card(cast, worker):
    case, client = taken(cast, worker, kind=CaseKind.COMPLAINT), phone(worker)
    press(client, case, "arrive")
    assert press(client, case, "away").json()["code"] == "E-CASE-EVIDENCE"
    assert press(client, case, "away", photo=SENT).json()["kept"]
    assert now_of(cast, case).state == State.WAITING
    with cast.inside():
        assert Attachment.objects.get(subject_id=case.pk).subject_kind == Photo.PAUSE
        assert CaseNote.objects.get(case=case).shown == "all"
    assert press(client, case, "resume").json()["kept"]
    assert now_of(cast, case).state == State.WORKING


def test_who_needs_help_keeps_the_job_and_the_manager_is_told(cast, worker):
    case, client = taken(cast, worker, kind=CaseKind.COMPLAINT), phone(worker)
    assert press(client, case, "help").json()["kept"]
    assert verbs(cast, case)[-1] == "help_asked"
    assert now_of(cast, case).assignee_id == worker.account_id


@pytest.mark.parametrize("what", ["", "nonsense"])
def test_a_button_that_does_not_exist_is_refused(cast, worker, what):
    case = taken(cast, worker, kind=CaseKind.COMPLAINT)
    assert press(phone(worker), case, what).status_code == 422


def test_the_page_opens_on_the_next_job_with_one_primary_button(cast, worker):
    case = taken(cast, worker, kind=CaseKind.COMPLAINT)
    page = phone(worker).get("/field/").content.decode()
    first = page[page.index(f'data-job="{case.pk}"') : page.index("data-cannot")]
    assert first.count("btn-primary") == 1
    assert 'name="what" value="take"' in first


def test_a_quick_report_is_a_case_of_its_place_once_with_its_photo(cast, worker):
    client, key = phone(worker), token_hex(16)
    with cast.inside():
        house = cast.project.buildings.order_by("id").first()
    for _again in range(2):
        said = {
            "id": key, "place": f"b.{house.pk}", "room": "没有的门", "words": "路灯不亮",
            "photo": SimpleUploadedFile("p.jpg", SENT),
        }  # fmt: skip
        assert client.post("/field/new/", said, **JSON).json()["kept"]
    with cast.inside():
        (case,) = Case.objects.filter(client_id=key)
        assert (case.channel, case.building_id, case.spot) == (Channel.STAFF, house.pk, "没有的门")
        assert Attachment.objects.filter(subject_kind=Photo.OWNER, subject_id=case.pk).count() == 1


def test_a_number_on_a_door_is_the_home_behind_it(cast, worker):
    with cast.inside():
        home = her_home(cast)
    said = {
        "id": token_hex(16),
        "place": f"b.{home.building_id}",
        "room": " ５０２ ",
        "words": "漏水",
    }
    assert phone(worker).post("/field/new/", said, **JSON).json()["kept"]
    with cast.inside():
        assert Case.objects.get().unit_id == home.pk


def test_what_was_heard_on_a_visit_keeps_its_channel_and_who_was_met(cast, worker):
    said = {
        "place": f"p.{cast.project.pk}", "words": "希望早点修路灯", "visit": "yes", "met": "李女士",
        "id": "v" * 32,
    }  # fmt: skip
    assert phone(worker).post("/field/new/", said, **JSON).json()["kept"]
    with cast.inside():
        case = Case.objects.get(words="希望早点修路灯")
    assert (case.channel, case.caller) == ("visit", "李女士")


def test_a_report_that_says_nothing_or_lies_nowhere_is_refused(cast, worker):
    client = phone(worker)
    empty = client.post("/field/new/", {"place": f"p.{cast.project.pk}"}, **JSON)
    nowhere = client.post("/field/new/", {"words": "脏", "place": "b.987654"}, **JSON)
    assert (empty.status_code, nowhere.status_code) == (422, 404)
    with cast.inside():
        assert not Case.objects.exists()


def test_the_app_names_its_pages_and_files_and_can_be_put_on_a_home_screen(client):
    script = client.get("/field/worker.js")
    assert script["Content-Type"].startswith("text/javascript")
    assert "/field/outbox/" in script.content.decode()
    said = client.get("/field/manifest.json").json()
    assert (said["scope"], said["display"], len(said["icons"])) == ("/field/", "standalone", 3)


@pytest.mark.parametrize("address", ["/field/", "/field/new/", "/field/outbox/"])
def test_a_page_of_the_ground_has_at_most_fifteen_kilobytes_of_script(cast, worker, address):
    page = phone(worker).get(address).content.decode()
    names = re.findall(r'<script src="/static/([^"]+)"', page)
    sizes = [Path(finders.find(name)).stat().st_size for name in names]
    assert "anju/outbox.js" in names
    assert sum(sizes) < 15_000


def test_a_plain_form_without_the_pages_script_works_as_well(cast, worker):
    case, client = taken(cast, worker, kind=CaseKind.COMPLAINT), phone(worker)
    said = {"case": case.pk, "what": "take", "id": token_hex(16)}
    answer = client.post("/field/events/", said, follow=True)
    assert answer.redirect_chain == [("/field/", 302)]
    assert 'name="what" value="arrive"' in answer.content.decode()


def test_somebody_disabled_or_of_another_company_changes_nothing(cast, worker):
    case, client = taken(cast, worker, kind=CaseKind.COMPLAINT), phone(worker)
    stranger = press(phone(zhao_of_the_other_company()), case, "arrive")
    Account.objects.filter(id=worker.account_id).update(is_active=False)
    assert (stranger.status_code, press(client, case, "arrive").status_code) == (404, 302)
    assert now_of(cast, case).state == State.ACCEPTED


def test_the_case_page_shows_the_phones_time_once_it_is_two_minutes_apart(cast, worker):
    case, client, manager = taken(cast, worker), phone(worker), phone(cast.manager)
    manager.cookies["anju-language"] = "en"
    shown = []
    for what, apart in (("take", 100), ("arrive", 300)):
        press(client, case, what, at=(utc_now() - timedelta(seconds=apart)).isoformat())
        page = manager.get(f"/desk/cases/{case.pk}/").content.decode()
        shown.append("by the phone’s clock" in page)
    assert shown == [False, True]
