"""A leak: told by the code in the lobby, worked on, told back, judged by the owner; in both languages."""

from __future__ import annotations

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse

from anju.attachments.actions.keeping import Subject, attach
from anju.attachments.tests.making import A_PHOTO
from anju.casework.kinds import Party, Photo
from anju.casework.states import Outcome, State
from anju.kernel import history
from anju.register.access import Actor, Role
from anju.voice.actions import closing, handling
from anju.voice.actions.storing import Edition, subject
from anju.voice.models import Case
from anju.web.owner.progress import views as progress
from anju.web.owner.report import door
from anju.web.owner.report.tests.hanging import KEY, a_code, phone
from tests.cast import AT, Cast, a_person, the_cast

HOUR = timedelta(hours=1)
WORDS = {"zh-hans": "厨房水管漏水", "en": "The kitchen pipe leaks"}
SAID = {
    "zh-hans": ("已收到", "我们的承诺", "张师傅", "解决了吗", "您的评价已收到", "已办结"),
    "en": ("We have it", "What we promise", "张师傅", "Is it solved", "has arrived", "settled"),
}


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


def worked_on(cast: Cast, worker: Actor, case: Case) -> None:
    """Take the case, repair it with a photo of the result, and tell the owner."""
    edition = Edition(case.pk)
    named = handling.Named(worker.account_id)
    handling.accept(actor=cast.desk, edition=edition, named=named, at=AT + HOUR)
    handling.start(actor=worker, edition=edition, moment=handling.Moment(AT + 2 * HOUR))
    with cast.inside():
        shown = Subject(Photo.AFTER.value, case.pk, case.project_id, subject(case))
        attach(actor=worker, subject=shown, taken=A_PHOTO, at=AT + 3 * HOUR)
    work = handling.Work("接头老化", Party.PROPERTY, "已更换接头")
    handling.finish(actor=worker, edition=edition, work=work, moment=handling.Moment(AT + 3 * HOUR))
    told = closing.Told("已电话告知，业主在家", AT + 4 * HOUR)
    closing.report_back(actor=cast.desk, edition=edition, told=told, at=AT + 4 * HOUR)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_leak_goes_from_the_lobby_to_the_confirmed_verdict(cast, language):
    code, owner, said = a_code(cast), phone(language), SAID[language]
    worker = a_person(cast.company, Role.WORKER, projects=[cast.project])
    now: list[datetime] = [AT]

    def clock() -> datetime:
        return now[0]

    with patch.object(door, "utc_now", clock), patch.object(progress, "utc_now", clock):
        home = owner.get(reverse("report-home", args=[code])).content.decode()
        assert "3栋" in home
        tell = reverse("report-tell", args=[code])
        form = {"kind": "repair", "what": "water", "key": KEY, "words": WORDS[language]}
        assert owner.post(tell, {**form, "step": "2", "act": "check"}).status_code == 200
        sent = owner.post(tell, {**form, "step": "3", "act": "send", "room": "502"})
        page = sent["Location"].partition("?")[0]
        first = owner.get(sent["Location"]).content.decode()
        assert said[0] in first
        assert said[1] in first
        with cast.inside():
            case = Case.objects.get()
        worked_on(cast, worker, case)
        now[0] = AT + 5 * HOUR
        closed = owner.get(page).content.decode()
        assert said[2] in closed
        assert said[3] in closed
        assert "已电话告知" in closed
        judged = owner.post(page, {"act": "judge", "key": KEY, "solved": "yes", "reason": "speed"})
        thanks = owner.get(judged["Location"]).content.decode()
    assert said[4] in thanks
    assert said[5] in thanks
    with cast.inside():
        case.refresh_from_db()
        assert (case.state, case.outcome) == (State.SETTLED, Outcome.CONFIRMED)
        assert (case.words, case.unit.number) == (WORDS[language], "502")
        verbs = [entry.verb for entry in history.entries(subject(case)).order_by("seq")]
    assert verbs == [
        "received", "accept", "start", "file_added", "finish", "report_back", "verdict", "confirm",
    ]  # fmt: skip
