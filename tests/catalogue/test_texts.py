"""Rows 1 to 10: what a text may hold. The same policy answers in forms and in files."""

from __future__ import annotations

import html
import io
import time

import openpyxl
import pytest
from django.urls import reverse

from anju.kernel.files import path_of
from anju.kernel.models import StoredFile
from anju.kernel.pure.clock import utc_now
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_line
from anju.register.models import Project
from anju.survey.actions.export import export_answers
from anju.survey.models import Wave
from tests.cast import a_wave
from tests.catalogue.desk import BOTH, ENGLISH, Refused, faults, in_language, lines, refused

NEW = "/manage/projects/new/"
FAMILY = "👨‍👩‍👧‍👦"


def project(name: str) -> dict[str, str]:
    return {"name": name, "use_type": "residential", "target": ""}


NAMES = {
    "row-01-nul": (
        "翠\x00湖",
        Refused(
            422, "E-TEXT-CONTROL", "name", "第 2 个字符不允许使用，请删除", "position 2; delete it"
        ),
    ),
    "row-02-control": (
        "翠湖\x01",
        Refused(
            422, "E-TEXT-CONTROL", "name", "第 3 个字符不允许使用，请删除", "position 3; delete it"
        ),
    ),
    "row-03-only-zero-width": (
        "\u200b\u200b",
        Refused(422, "E-TEXT-EMPTY", "name", "请至少写一个字", "write at least one character"),
    ),
    "row-04-direction-mark": (
        "a\u202egpj",
        Refused(422, "E-TEXT-BIDI", "name", "第 2 个位置有隐藏的文字方向符", "mark at position 2"),
    ),
    "row-07-too-long-a-name": (
        "长" * 121,
        Refused(
            422, "E-TEXT-LONG", "name", "最多 120 个字，您写了 121 个字，请缩短", "At most 120"
        ),
    ),
}


@pytest.mark.parametrize("row", NAMES)
def test_a_name_is_refused_with_the_cure_and_nothing_is_written(row, desk):
    name, wanted = NAMES[row]
    refused(desk, NEW, project(name), wanted)


PLACES = {
    "wave": ("wave-new", {"source": "own"}, "title", ("project_id",)),
    "questionnaire": ("questionnaire-new", {"purpose_zh": "用途"}, "title_zh", ()),
    "person": (
        "person-new",
        {"email": "x@anhe.example", "password": "four plain words", "role": "desk"},
        "name",
        (),
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_row_01_holds_for_every_name(place, desk):
    url, data, field, needs = PLACES[place]
    sent = {**data, field: "一\x00二"}
    if needs:
        sent["project_id"] = str(desk.cast.project.pk)
    wanted = Refused(422, "E-TEXT-CONTROL", field, "第 2 个字符不允许使用", "position 2")
    refused(desk, reverse(url), sent, wanted)


@pytest.mark.parametrize("bad", ["\x00", "\x01"], ids=["row-01", "row-02"])
def test_row_01_and_02_hold_for_the_cells_of_a_file(bad, desk):
    wave = a_wave(desk.cast)
    head, answer = _item(desk)
    body = lines([head, "建议"], [answer, f"电{bad}梯"], [answer, "好"])

    sent = desk.upload(wave, "a.csv", body)
    if sent.status == 302:
        job = desk.check(wave, body)
        told = faults(job)
        assert [(row, column, code) for row, column, _, code, _ in told] == [
            ("2", "建议", "E-TEXT-CONTROL")
        ]
    else:
        assert (sent.status, sent.code, sent.field) == (415, "E-FILE-TYPE", "file")


def _item(desk) -> tuple[str, str]:
    """Return the head of the short form's first item and one of its answers."""
    return "服务人员着装佩证、行为规范与热情程度", "满意"


NOTICE = {
    "zh-hans": "已去掉 1 个改变文字方向的隐藏符号，您写的文字都已保留。",
    "en": "1 hidden sign that turns the direction of writing was taken out. Your words are kept.",
}


def test_row_04_direction_marks_are_taken_out_of_a_body_and_that_is_said(desk):
    wave = a_wave(desk.cast)
    path = reverse("wave-edit", args=[wave.pk])

    answer = desk.post(path, desk.changed(path, goal="目\u202e标"))

    assert answer.status == 302
    for language, words in NOTICE.items():
        desk.post(path, desk.changed(path, goal="目\u202e标"), language)
        assert words in desk.client(language).get(reverse("wave", args=[wave.pk])).content.decode()
    with desk.cast.inside():
        assert Wave.objects.get(id=wave.pk).goal == "目标"


@pytest.mark.parametrize("language", BOTH)
def test_row_05_a_lone_surrogate_is_refused_as_broken_text(language):
    with pytest.raises(Problem) as raised:
        clean_line("a\ud800", "name")

    assert (raised.value.code, raised.value.field) == ("E-TEXT-ENCODING", "name")
    assert in_language(raised.value.text(language), language)


@pytest.mark.parametrize(
    "raw",
    [b"name=%ED%A0%80&use_type=residential", b"name=%ff%fe&use_type=residential"],
    ids=["row-05-surrogate-in-a-form", "row-06-invalid-utf-8"],
)
def test_bytes_that_are_no_text_are_refused_as_such(raw, desk):
    kind = "application/x-www-form-urlencoded"
    for language in BOTH:
        answer = desk.client(language).generic("POST", NEW, raw, content_type=kind)
        body = answer.content.decode()

        assert answer.status_code == 422
        assert 'data-code="E-TEXT-ENCODING"><a href="#name">' in body
        assert ("UTF-8 重新提交" if language != ENGLISH else "Send it again as UTF-8") in body
    with desk.cast.inside():
        assert Project.objects.count() == 1


def test_row_07_a_text_of_a_megabyte_is_refused_with_both_numbers(desk):
    wave = a_wave(desk.cast)
    path = reverse("wave-edit", args=[wave.pk])
    wanted = Refused(
        422,
        "E-TEXT-LONG",
        "goal",
        "最多 5,000 个字，您写了 1,048,576 个字，请缩短",
        "At most 5,000 characters, you sent 1,048,576; shorten the text.",
    )
    data = desk.changed(path, goal="a" * 1_048_576)
    began = time.monotonic()

    refused(desk, path, data, wanted)

    assert time.monotonic() - began < 8


def test_row_08_emoji_count_as_they_are_seen(desk):
    wave = a_wave(desk.cast)
    path = reverse("wave-edit", args=[wave.pk])

    assert desk.post(path, desk.changed(path, goal=FAMILY * 4_999)).status == 302
    with desk.cast.inside():
        assert Wave.objects.get(id=wave.pk).goal == FAMILY * 4_999


def test_row_08_a_name_that_its_column_cannot_hold_is_refused_not_broken(desk):
    answer = desk.post(NEW, project(FAMILY * 100))

    assert (answer.status, answer.code, answer.field) == (422, "E-TEXT-LONG", "name")


def test_row_09_rare_characters_are_kept_shown_and_exported(desk):
    name = "𠮷野家䶮苑"
    assert desk.post(NEW, project(name)).status == 302
    assert name in desk.get("/manage/projects/").body
    wave = a_wave(desk.cast)
    head, answer = _item(desk)
    assert desk.take(wave, lines([head, "建议"], [answer, "𠮷䶮"])).state == "done"

    kept = export_answers(actor=desk.cast.quality, wave_id=wave.pk, at=utc_now())

    stored = StoredFile.objects.get(id=kept)
    body = path_of(stored.company_id, stored.sha256).read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert "𠮷䶮" in [cell for row in book.worksheets[0].values for cell in row]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{7*7}}", "${x}", "{0.__class__}"])
def test_row_10_markup_is_a_name_like_any_other(text, desk):
    assert desk.post(NEW, project(text)).status == 302

    page = desk.get("/manage/projects/")

    assert text in html.unescape(page.body)
    assert "<script>alert" not in page.body
