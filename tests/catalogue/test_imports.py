"""Rows 51 to 59: columns, rows, encodings and units of a file with answers."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from anju.kernel.files import path_of
from anju.kernel.models import StoredFile
from anju.survey.models import ImportBatch, Response
from anju.survey.rules.wave import Source
from tests.cast import a_project, a_wave
from tests.catalogue.desk import BOTH, Refused, expect, faults, in_language, lines, nothing_written

FIRST, SECOND = "服务人员着装佩证、行为规范与热情程度", "全天服务电话与值班情况"
STRANGE = "说不清道不明"


def _columns_page(desk, wave, body: bytes) -> str:
    sent = desk.upload(wave, "a.csv", body)
    assert sent.status == 302, sent.sentence
    return str(sent.location)


def test_row_51_columns_with_one_head_are_numbered_and_never_taken_for_one_item(desk):
    wave = a_wave(desk.cast)
    page = _columns_page(desk, wave, lines([FIRST, FIRST], ["满意", "满意"]))
    same = {f"role-{n}": "item" for n in (0, 1)} | {f"item-{n}": "QB-01" for n in (0, 1)}
    data = {**desk.shown(page), **same, "act": "check"}
    for language in BOTH:
        answer = desk.post(page, data, language)
        assert (answer.status, answer.code) == (422, "E-IMP-COLUMN")
        assert f"{FIRST} (1)" in answer.sentence
        assert f"{FIRST} (2)" in answer.sentence


def test_row_51_two_columns_for_one_item_are_refused(desk):
    wave = a_wave(desk.cast)
    page = _columns_page(desk, wave, lines([FIRST, "别的"], ["满意", "满意"]))
    shown = desk.shown(page)
    data = {**shown, "role-1": "item", "item-1": shown["item-0"], "act": "check"}
    wanted = Refused(422, "E-IMP-COLUMN", "role-0", "请改名或重新对应", "Rename or map them")
    for language in BOTH:
        answer = desk.post(page, data, language)
        assert (answer.status, answer.code) == (wanted.status, wanted.code)
        assert wanted.says(language) in answer.sentence


def test_row_51_a_file_without_any_answers_is_refused(desk):
    wave = a_wave(desk.cast)
    page = _columns_page(desk, wave, lines([FIRST], ["满意"]))
    data = desk.changed(page, act="check", **{"role-0": "ignored"})
    for language in BOTH:
        wanted = Refused(422, "E-IMP-COLUMN", "role-0", "请至少选择一列", "choose at least one")
        expect(desk.post(page, data, language), wanted, language)


def test_row_52_three_wrong_of_many_show_nothing_and_name_each_cell(desk):
    wave = a_wave(desk.cast)
    rows = [["满意", "满意"] for _ in range(400)]
    wrong = {(7, 0), (200, 1), (399, 0)}
    for row, column in wrong:
        rows[row][column] = STRANGE

    job = desk.check(wave, lines([FIRST, SECOND], *rows))

    told = {(int(row), column, value, code) for row, column, value, code, _ in faults(job)}
    heads = (FIRST, SECOND)
    assert told == {(row + 2, heads[column], STRANGE, "E-ANSWER") for row, column in wrong}
    with desk.cast.inside():
        assert Response.objects.whole().count() == 0
    for language in BOTH:
        page = desk.get(reverse("import-job", args=[job.pk]), language)
        assert STRANGE in page.body
        assert page.status == 200


def test_row_52_more_than_a_thousand_are_counted_and_a_thousand_shown(desk):
    wave = a_wave(desk.cast)
    rows = [["满意", "满意"]] * 3 + [[STRANGE, "满意"]] * 1_200

    job = desk.check(wave, lines([FIRST, SECOND], *rows))

    assert (job.result["faults"], job.result["shown"], len(faults(job))) == (1_200, 1_000, 1_000)
    stored = StoredFile.objects.get(id=job.result["problem_file"])
    marked = path_of(stored.company_id, stored.sha256).read_text("utf-8-sig")
    assert "共 1,200 处，标出前 1,000 处" in marked.splitlines()[0]


def test_row_53_the_same_file_twice_is_refused_with_the_day_of_the_first(desk):
    wave, body = a_wave(desk.cast), lines([FIRST], ["满意"], ["不满意"])
    assert desk.take(wave, body).state == "done"
    wanted = Refused(409, "E-IMP-SAME", "file", "请先撤销那一次", "Undo that import first")
    desk.client(BOTH[0]), desk.client(BOTH[1])
    with nothing_written():
        for language in BOTH:
            expect(desk.upload(wave, "again.csv", body, language), wanted, language)


def test_row_54_a_household_that_answers_twice_is_told_and_never_merged(desk):
    wave = a_wave(desk.cast)
    body = lines([FIRST, "房号"], ["满意", "3栋-502"], ["不满意", "3栋-502"], ["满意", "3栋-501"])

    checked = desk.check(wave, body, **{"role-1": "unit"})

    assert (checked.result["doubled"], checked.result["people"]) == (1, 3)
    page = reverse("import-job", args=[checked.pk])
    assert "从不" in desk.get(page).body or "不会" in desk.get(page).body
    assert "never merged silently" in desk.get(page, "en").body


ENCODED = {
    "gbk": "gb18030",
    "utf-16": "utf-16",
    "utf-8-bom": "utf-8-sig",
}


@pytest.mark.parametrize("name", ENCODED)
def test_row_55_an_encoding_is_found_and_the_answers_are_read(name, desk):
    wave = a_wave(desk.cast)
    body = f"{FIRST},建议\n满意,电梯太慢\n不满意,保洁很好\n".encode(ENCODED[name])

    job = desk.take(wave, body)

    assert (job.state, job.result["rows"]) == ("done", 2)


def test_row_55_a_byte_that_is_no_text_is_named_by_line_and_column(desk):
    wave = a_wave(desk.cast)
    body = f"{FIRST},建议\n满意,好\n满意,".encode() + b"\xff\n"
    desk.client(BOTH[0]), desk.client(BOTH[1])
    with nothing_written():
        for language in BOTH:
            answer = desk.upload(wave, "a.csv", body, language)
            assert (answer.status, answer.code, answer.field) == (422, "E-TEXT-ENCODING", "file")
            assert "3" in answer.sentence
            assert in_language(answer.sentence, language)
            assert "CSV UTF-8" in answer.sentence


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_row_56_another_separator_is_found(separator, desk):
    wave = a_wave(desk.cast)
    body = f'{FIRST}{separator}建议\n满意{separator}好\n不满意{separator}"一\n二"\n'.encode()

    job = desk.take(wave, body)

    assert (job.state, job.result["rows"]) == ("done", 2)


BROKEN = {
    "quotes-not-closed": (f'{FIRST},建议\n满意,"好\n不满意,差\n'.encode(), "file"),
    "line-of-ten-megabytes": (f"{FIRST},建议\n满意,".encode() + b"a" * 10_000_000 + b"\n", ""),
}


@pytest.mark.parametrize("row", BROKEN)
def test_row_56_a_broken_line_is_named(row, desk):
    wave, (body, field) = a_wave(desk.cast), BROKEN[row]
    wanted = Refused(422, "E-CSV", field, "第 2 行", "Line 2")
    for language in BOTH:
        expect(desk.refused_file(wave, "a.csv", body, language), wanted, language)
    with desk.cast.inside():
        assert ImportBatch.objects.count() == 0


def test_row_57_digits_that_a_spreadsheet_lost_are_refused_not_guessed(desk):
    wave = a_wave(desk.cast)
    body = lines([FIRST, "房号"], ["满意", "3栋-502"], ["满意", "1.38E+10"])

    job = desk.check(wave, body, **{"role-1": "unit"})

    (told,) = faults(job)
    assert told[:4] == ("3", "房号", "1.38E+10", "E-NUM-SCI")
    assert "文本格式" in told[4]


@pytest.mark.parametrize(
    "said", ["3-502", "3栋502", "3栋-502", "03-0502", "３-５０２", "3号楼502室"]
)
def test_row_58_a_unit_is_known_however_it_is_written(said, desk):
    wave = a_wave(desk.cast)

    job = desk.take(wave, lines([FIRST, "房号"], ["满意", said]), **{"role-1": "unit"})

    assert job.state == "done", faults(job)
    with desk.cast.inside():
        unit = Response.objects.select_related("unit__building").get().unit
    assert (unit.building.name, unit.number) == ("3栋", "502")


def test_row_58_an_unknown_unit_is_refused_with_the_nearest(desk):
    wave = a_wave(desk.cast)
    body = lines([FIRST, "房号"], ["满意", "3栋-502"], ["满意", "3栋-509"])

    job = desk.check(wave, body, **{"role-1": "unit"})

    (told,) = faults(job)
    assert told[:4] == ("3", "房号", "3栋-509", "E-UNIT")
    assert "最接近的是" in told[4]


def test_row_59_a_unit_of_another_project_is_not_found_here(desk):
    a_project(desk.cast.quality, "别的项目", buildings={"9栋": ["901"]})
    wave = a_wave(desk.cast)
    body = lines([FIRST, "房号"], ["满意", "3栋-502"], ["满意", "9栋-901"])

    job = desk.check(wave, body, **{"role-1": "unit"})

    assert [told[:4] for told in faults(job)] == [("3", "房号", "9栋-901", "E-UNIT")]
    with desk.cast.inside():
        assert Response.objects.whole().count() == 0


def test_the_same_file_comes_back_with_its_problems_in_it(desk):
    wave = a_wave(desk.cast, version_id=None, source=Source.THIRD_PARTY)
    out = io.BytesIO()
    book = openpyxl.Workbook()
    for row in (["评分"], [1], [2], [3], [4], [5], [9]):
        book.active.append(row)
    book.save(out)
    assert desk.take(wave, lines(["评分"], *([str(n)] for n in range(1, 6)))).state == "done"

    job = desk.check(wave, out.getvalue(), name="a.xlsx")

    got = desk.client("zh-hans").get(reverse("import-marked", args=[job.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(got))).worksheets[0]
    assert sheet["B1"].value == "问题"
    assert "请填写 1 到 5" in sheet["B7"].value
    assert sheet["A7"].fill.fgColor.rgb.endswith("FFF2C6")
