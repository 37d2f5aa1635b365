"""An owner writes to the manager alone: the heads are told, and nobody complained about ever sees it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from anju.notify.models import Message
from anju.register.access import Actor, Role
from anju.voice.access import visible_cases
from anju.voice.models import Case, VoiceRule
from anju.web.owner.report.tests.hanging import a_code, form, phone
from tests.cast import Cast, a_person, the_cast

WORDS = "管家收了钱不给收据"
SENT = {"kind": "mailbox", "step": "3", "act": "send", "words": WORDS, "anonymous": "1"}


@pytest.fixture
def cast(db, settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


@pytest.fixture
def code(cast: Cast) -> str:
    return a_code(cast)


@pytest.fixture
def head(cast: Cast) -> Actor:
    return a_person(cast.company, Role.HEAD, mail="head.example")


def tell(code: str) -> str:
    return reverse("report-tell", args=[code])


def sees(cast: Cast, actor: Actor) -> bool:
    with cast.inside():
        return visible_cases(actor).exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_way_in_stands_on_the_first_page_until_the_office_closes_it(cast, code, language):
    owner = phone(language)
    assert "?kind=mailbox" in owner.get(reverse("report-home", args=[code])).content.decode()
    assert owner.get(f"{tell(code)}?kind=mailbox").context["draft"].alone
    with cast.inside():
        VoiceRule.objects.update(mailbox_page=False)
    assert "?kind=mailbox" not in owner.get(reverse("report-home", args=[code])).content.decode()
    assert not owner.get(f"{tell(code)}?kind=mailbox").context["draft"].alone


def test_what_is_said_of_a_manager_reaches_the_heads_and_never_her(cast, code, head):
    owner = phone()
    third = owner.post(tell(code), form(kind="mailbox", act="check", words=WORDS)).content.decode()
    assert f'<option value="{cast.manager.account_id}"' in third
    sent = owner.post(tell(code), form(**SENT, about=str(cast.manager.account_id)))
    assert sent["Location"].startswith("/o/c/")
    with cast.inside():
        case = Case.objects.get()
        told = list(
            Message.objects.filter(subject_kind="case").values_list("account_id", flat=True)
        )
    assert (case.channel, case.restricted, case.about_id) == (
        "mailbox", True, cast.manager.account_id
    )  # fmt: skip
    assert told == [head.account_id]
    assert [sees(cast, one) for one in (head, cast.quality)] == [True, True]
    assert [sees(cast, one) for one in (cast.manager, cast.desk)] == [False, False]


def test_what_is_said_of_the_only_head_is_told_to_the_quality_department(cast, code, head):
    phone().post(tell(code), form(**SENT, about=str(head.account_id)))
    with cast.inside():
        told = list(
            Message.objects.filter(subject_kind="case").values_list("account_id", flat=True)
        )
    assert told == [cast.quality.account_id]
    assert not sees(cast, head)


def test_nobody_can_be_named_who_was_not_offered_and_no_fault_is_joined(cast, code):
    refused = phone().post(tell(code), form(**SENT, about="987654"))
    assert refused.status_code == 422
    assert phone().post(tell(code), form(**SENT | {"act": "join-1"})).status_code == 302
    with cast.inside():
        assert Case.objects.get().bundle_id is None
