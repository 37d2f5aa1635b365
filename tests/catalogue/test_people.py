"""Rows 20, 21 and 74: an address of a colleague, and a questionnaire that cannot be published."""

from __future__ import annotations

import pytest
from django.core.mail.message import sanitize_address
from django.urls import reverse

from anju.register.models import Account
from anju.survey.actions.drafts import ItemDraft, add_item
from anju.survey.actions.forms import new_questionnaire
from anju.survey.models import QuestionnaireVersion, Section
from anju.survey.rules.questionnaire import Purpose, Words
from tests.cast import AT
from tests.catalogue.desk import BOTH, Refused, in_language, nothing_written, refused

PERSON = {
    "name": "钱敏",
    "password": "four plain words here",
    "role": "quality",
    "language": "zh-hans",
    "reach": "company",
}
EMAIL = Refused(422, "E-EMAIL", "email", "请填写一个电子邮箱地址", "Write one e-mail address")
ADDRESSES = {
    "row-20-a-line-break": "qian@anhe.example\r\nBcc: everybody@anhe.example",
    "row-21-two-addresses": "qian@anhe.example,zhou@anhe.example",
    "row-21-300-characters": f"{'q' * 290}@a.example",
}


@pytest.mark.parametrize("row", ADDRESSES)
def test_an_address_that_is_none_is_refused(row, desk):
    refused(desk, reverse("person-new"), {**PERSON, "email": ADDRESSES[row]}, EMAIL)


def test_row_21_an_address_in_its_own_letters_is_taken_and_written_to_as_punycode(desk):
    answer = desk.post(reverse("person-new"), {**PERSON, "email": "qian@安和.example"})

    assert answer.status == 302, answer.sentence
    kept = Account.objects.get(name="钱敏").email
    assert sanitize_address(kept, "utf-8").endswith("@xn--0tr95n.example")


def _draft(desk) -> QuestionnaireVersion:
    words = Words("夜间巡逻问卷", "Night patrols")
    made = new_questionnaire(actor=desk.cast.quality, title=words, purpose=words, at=AT)
    found: QuestionnaireVersion = made
    return found


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("items", ["none", "an open one alone"])
def test_row_74_a_questionnaire_without_anything_to_rate_is_not_published(desk, items, language):
    draft = _draft(desk)
    if items != "none":
        with desk.cast.inside():
            section = Section.objects.get(version=draft)
        wish = ItemDraft(Words("有何建议？", "Any wishes?"), scale="", purpose=Purpose.OPEN)
        add_item(actor=desk.cast.quality, section_id=section.pk, draft=wish, at=AT)
    desk.client(language)
    with nothing_written():
        answer = desk.post(reverse("questionnaire-publish", args=[draft.pk]), {}, language)
        page = desk.get(answer.location, language)

    said = {"zh-hans": "问卷中没有可评价的题目", "en": "There is nothing to rate"}[language]
    assert said in page.body
    assert in_language(said, language)


SCALE = {"name_zh": "五级", "name_en": "Five levels", "code": "five"}
SCALES = {
    "row-74-one-option": ("*1 | 好 | good", ("允许 2 到", "between 2 and")),
    "row-74-500-options": (
        "\n".join(f"{n} | 第{n}级 | level {n}" for n in range(500)),
        ("允许 2 到", "between 2 and"),
    ),
    "row-74-an-option-twice": (
        "*2 | 好 | good\n1 | 好 | good\n0 | 差 | bad",
        ("出现了两次", "twice"),
    ),
}


@pytest.mark.parametrize("row", SCALES)
def test_a_scale_that_is_none_is_refused(row, desk):
    options, (zh, en) = SCALES[row]
    wanted = Refused(422, "E-DESIGN", "options", zh, en)
    refused(desk, reverse("scale-new"), {**SCALE, "options": options}, wanted)
