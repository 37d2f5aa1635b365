"""An owner's page of her case over HTTP: what it says first, what a press does, what a look does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anju.attachments.models import Attachment
from anju.attachments.tests.making import a_picture
from anju.casework.kinds import CaseKind
from anju.casework.states import State
from anju.kernel import history
from anju.kernel.models import Bucket, HistoryEntry, KeptAnswer
from anju.kernel.pure.clock import utc_now
from anju.register.access import Role
from anju.voice.actions.storing import subject
from anju.voice.actions.telling import token_of
from anju.voice.models import Case, CaseNote, ReturnVisit, Verdict
from anju.voice.tests.making import a_case, closed, taken
from anju.web.owner.report.tests.hanging import phone
from tests.cast import Cast, a_person, the_cast

KEY = "k" * 22
HOUR = timedelta(hours=1)
COMPLAINT = {"kind": CaseKind.COMPLAINT}


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


@pytest.fixture
def worker(cast):
    return a_person(cast.company, Role.WORKER, projects=[cast.project])


def page(case: Case) -> str:
    return f"/o/c/{token_of(case)}/"


def press(case: Case, act: str, client: Client | None = None, **more: str):
    return (client or phone()).post(page(case), {"act": act, "key": KEY, **more})


def state(cast: Cast) -> str:
    """Return all that a press could change."""
    with cast.inside():
        rows = [list(k.objects.values()) for k in (Case, CaseNote, ReturnVisit, Verdict)]
    return str([rows, *(list(k.objects.values()) for k in (Bucket, KeptAnswer, HistoryEntry))])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ten_looks_of_each_kind_change_nothing(cast, worker, language):
    case = closed(cast, worker, at=utc_now() - 5 * HOUR, **COMPLAINT)
    before = state(cast)
    for _look in range(10):
        assert phone(language).get(page(case)).status_code == 200
        assert phone(language).head(page(case)).status_code == 200
    assert state(cast) == before
    assert token_of(case) not in before


def test_a_fresh_case_says_its_number_its_stage_whose_turn_and_the_next_promise(cast):
    case = a_case(cast, at=utc_now())
    shown = phone("en").get(page(case)).content.decode()
    for said in ("Case no. 1", "Five stages", "Whose turn", "陈前台", "What we promise"):
        assert said in shown, said
    assert "We broke a promise" not in shown


def test_a_broken_promise_is_said_first_with_the_managers_name_and_can_be_urged_at_once(cast):
    case = a_case(cast, at=utc_now() - timedelta(days=20))
    shown = phone().get(page(case)).content.decode()
    assert shown.index("我们没有兑现承诺") < shown.index("line5")
    assert "孙经理" in shown
    assert press(case, "urge")["Location"].endswith("?done=urge")
    with cast.inside():
        verbs = [entry.verb for entry in history.entries(subject(case))]
    assert verbs.count("urged") == 1


def test_urging_twice_by_the_same_press_counts_once_and_a_second_is_told_when(cast):
    case = a_case(cast, at=utc_now())
    statuses = [press(case, "urge").status_code for _press in range(2)]
    assert statuses == [302, 302]
    again = press(case, "urge", key="x" * 22)
    assert (again.status_code, 'data-code="E-URGE"' in again.content.decode()) == (422, True)


def test_words_and_a_photo_reach_the_case_and_the_answer_is_read_on_the_same_page(cast):
    case = a_case(cast, at=utc_now())
    photo = SimpleUploadedFile("a.jpg", a_picture())
    sent = phone().post(page(case), {"act": "say", "key": KEY, "words": "还在漏", "photos": photo})
    assert sent.status_code == 302
    with cast.inside():
        assert CaseNote.objects.get().by_id is None
        assert Attachment.objects.get().subject_id == case.pk
    assert "还在漏" in phone().get(page(case)).content.decode()


def test_nothing_is_ticked_before_and_a_send_without_a_choice_scores_nothing(cast, worker):
    case = closed(cast, worker, at=utc_now() - 5 * HOUR, **COMPLAINT)
    shown = phone().get(page(case)).content.decode()
    assert 'name="solved" value="yes">' in shown
    assert press(case, "judge").status_code == 422
    with cast.inside():
        assert not Verdict.objects.exists()


def test_solved_settles_the_case_and_a_second_verdict_is_told(cast, worker):
    case = closed(cast, worker, at=utc_now() - 5 * HOUR, **COMPLAINT)
    assert press(case, "judge", solved="yes", reason="speed").status_code == 302
    with cast.inside():
        assert Case.objects.get().state == State.SETTLED
        assert Verdict.objects.get().reasons == ["+speed"]
    again = press(case, "judge", key="x" * 22, solved="no")
    assert 'data-code="E-VERDICT-GIVEN"' in again.content.decode()
    assert "您的评价已于" in phone().get(page(case)).content.decode()


def test_not_solved_opens_the_case_at_once_and_says_so(cast, worker):
    case = closed(cast, worker, at=utc_now() - 5 * HOUR, **COMPLAINT)
    sent = press(case, "judge", solved="no", said="还在漏")
    with cast.inside():
        again = Case.objects.get()
        assert (again.state, again.reopened) == (State.ACCEPTED, 1)
    shown = phone().get(sent["Location"]).content.decode()
    assert "本单已重新打开" in shown


def test_a_verdict_while_work_goes_on_is_refused(cast, worker):
    case = taken(cast, worker, at=utc_now(), **COMPLAINT)
    assert 'data-code="E-VERDICT-EARLY"' in press(case, "judge", solved="yes").content.decode()


def test_a_restricted_case_is_shown_by_its_link_and_names_nobody(cast):
    case = a_case(cast, at=utc_now(), restricted=True)
    shown = phone().get(page(case)).content.decode()
    assert "厨房水管漏水" in shown
    assert "陈前台" not in shown


def test_after_an_erasure_the_link_leads_nowhere_like_one_that_never_was(cast):
    case = a_case(cast, at=utc_now())
    with cast.inside():
        Case.objects.update(token_hash="")
    gone, never = phone().get(page(case)), phone().get("/o/c/1-nobodyhasthis/")
    assert (gone.status_code, gone.content) == (404, never.content)


def test_a_photo_of_another_case_is_not_there(cast):
    mine, other = (a_case(cast, words=words, at=utc_now()) for words in ("一", "二"))
    photo = SimpleUploadedFile("a.jpg", a_picture())
    phone().post(page(other), {"act": "say", "key": KEY, "words": "看", "photos": photo})
    shown = phone().get(page(other)).content.decode()
    sign = shown.split('<img src="')[1].split('"')[0].split("/file/")[1]
    assert phone().get(f"{page(mine)}file/{sign}").status_code == 404
