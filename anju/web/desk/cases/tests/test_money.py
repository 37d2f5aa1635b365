"""What a case cost, what its builder owes, and texts for replies, on the page of a case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from anju.casework.kinds import CaseKind, Chase, WaitedFor
from anju.kernel.pure.problems import Problem
from anju.voice.actions import handling, paying
from anju.voice.actions.storing import Edition
from anju.voice.models import Case, CaseNote, VoiceRule
from anju.voice.tests.making import AT, HOUR, a_case, begun_by
from tests.cast import Cast

PLAIN: dict[str, Any] = {"kind": CaseKind.COMPLAINT}
DAY = timedelta(days=1)


def shown(client, case: Case) -> str:
    return str(client.get(reverse("case", args=[case.pk])).content.decode())


@pytest.fixture
def his(cast: Cast, worker) -> Case:
    """A case that waits for its builder, chased twice within nine days."""
    case = begun_by(cast, worker, **PLAIN)
    held = handling.Waiting(WaitedFor.BUILDER, "已致电建设单位")
    handling.wait(
        actor=worker, edition=Edition(case.pk), waiting=held, moment=handling.Moment(AT + HOUR)
    )
    for days, how in ((3, Chase.PHONE), (9, Chase.LETTER)):
        paying.chase(
            actor=cast.manager, edition=Edition(case.pk), how=how, words=f"第{days}天催办",
            at=AT + days * DAY,
        )  # fmt: skip
    return case


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Reminded 2 times."), ("zh-hans", "已催办 2 次。")],
)
def test_the_page_tells_since_when_the_builder_knows_how_often_he_was_chased_and_what_lacks(
    cast, his, browser, language, said
):
    told = shown(browser(cast.manager, language), his)
    assert said in told
    assert "第9天催办" in told
    assert reverse("case-letter", args=[his.pk]) in told
    answer = browser(cast.manager, language).get(reverse("case-letter", args=[his.pk]))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_letter_that_went_out_is_filed_with_its_number_and_the_next_has_another(
    cast, his, browser
):
    desk = browser(cast.manager)
    card = desk.get(reverse("case", args=[his.pk])).context["money"]
    with cast.inside():
        version = Case.objects.get(id=his.pk).version
    sent = {"how": "letter", "reason": card.filed, "version": str(version)}
    assert (card.files, card.filed.count("-2")) == (True, 1)
    assert desk.post(reverse("case-act", args=[his.pk, "chase"]), sent).status_code == 302
    after = desk.get(reverse("case", args=[his.pk]))
    assert card.filed in after.content.decode()
    assert "-3" in after.context["money"].filed


def test_a_case_that_no_builder_owes_has_no_letter_and_is_not_chased(cast, desk):
    case = a_case(cast, **PLAIN)
    assert desk.get(reverse("case-letter", args=[case.pk])).status_code == 409
    with pytest.raises(Problem) as refused:
        paying.chase(actor=cast.desk, edition=Edition(case.pk), how=Chase.MET, words="催", at=AT)
    assert refused.value.code == "E-STATE"
    assert 'id="money"' not in shown(desk, case)


def test_cost_payer_and_the_workers_parts_stand_on_the_page_and_owners_never_read_them(
    cast, worker, desk
):
    case = begun_by(cast, worker, **PLAIN)
    handling.finish(
        actor=worker, edition=Edition(case.pk), moment=handling.Moment(AT + HOUR),
        work=handling.Work("老化", parts="角阀 1 个"),
    )  # fmt: skip
    there = reverse("case-act", args=[case.pk, "cost"])
    asked = desk.get(there)
    version = asked.context["groups"][-1].fields[-1].value
    desk.post(there, {"cost": "1280.5", "payer": "contractor", "version": str(version)})

    told = shown(desk, case)
    assert ("¥1,280.50" in told, "角阀 1 个" in told) == (True, True)
    seen = desk.get(reverse("case", args=[case.pk]), {"seen": "owner"}).content.decode()
    assert "what it cost and who pays" not in seen[seen.index('id="history"') :].split("<aside")[0]
    with cast.inside():
        assert Case.objects.get(id=case.pk).cost == 128050


def test_a_text_is_chosen_without_a_script_and_stands_before_the_words(cast, desk):
    case = a_case(cast, **PLAIN)
    with cast.inside():
        VoiceRule.objects.update(texts=[["收到", "今天给您答复。"]])
    assert 'data-words="今天给您答复。"' in shown(desk, case)
    sent = {"text": "0", "words": "陈前台", "shown": "all", "key": "k" * 16}
    desk.post(reverse("case-note", args=[case.pk]), sent)
    bad = desk.post(reverse("case-note", args=[case.pk]), sent | {"text": "7", "key": "m" * 16})
    assert bad.status_code == 422
    with cast.inside():
        assert CaseNote.objects.get(shown="all").words == "今天给您答复。\n陈前台"
