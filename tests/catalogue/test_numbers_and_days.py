"""Rows 12 to 15, 17 and 22 to 27: numbers, scores and days, in forms and in files."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from django.urls import reverse

from anju.kernel.pure.dates import instant
from anju.kernel.pure.problems import Problem
from anju.survey.answers import answer_set
from anju.survey.models import Wave
from anju.survey.rules.wave import Source
from tests.cast import a_wave
from tests.catalogue.desk import BOTH, Refused, faults, in_language, lines, refused

HEAD = "服务人员着装佩证、行为规范与热情程度"
ZONE = ZoneInfo("America/New_York")

COUNTS = {
    "row-12-thirty-digits": (
        "9" * 30,
        Refused(422, "E-NUM-RANGE", "issued", "允许的范围是 0 到", "allowed is 0 to"),
    ),
    "row-12-negative": (
        "-1",
        Refused(422, "E-NUM-RANGE", "issued", "允许的范围是 0 到", "allowed is 0 to"),
    ),
    "row-14-power": (
        "1e3",
        Refused(422, "E-NUM-FORMAT", "issued", "不是整数，请只写数字", "write digits only"),
    ),
    "row-14-hexadecimal": (
        "0x10",
        Refused(422, "E-NUM-FORMAT", "issued", "不是整数，请只写数字", "write digits only"),
    ),
    "row-14-underscore": (
        "1_000",
        Refused(422, "E-NUM-FORMAT", "issued", "不是整数，请只写数字", "write digits only"),
    ),
}


@pytest.mark.parametrize("row", COUNTS)
def test_a_count_that_is_none_is_refused(row, desk):
    said, wanted = COUNTS[row]
    wave = a_wave(desk.cast)
    refused(desk, reverse("wave-counts", args=[wave.pk]), {"issued": said}, wanted)


def test_row_13_full_width_digits_are_digits(desk):
    wave = a_wave(desk.cast)

    assert desk.post(reverse("wave-counts", args=[wave.pk]), {"issued": "１２"}).status == 302
    with desk.cast.inside():
        assert Wave.objects.get(id=wave.pk).issued == 12


@pytest.mark.parametrize("said", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_row_15_what_is_no_decimal_is_refused(said, desk):
    data = {"name": "新项目", "use_type": "residential", "target": said}
    wanted = Refused(422, "E-NUM-FORMAT", "target", "不是数字，请写数字和小数点", "write digits")
    refused(desk, "/manage/projects/new/", data, wanted)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("100.1", Refused(422, "E-NUM-RANGE", "target", "允许的范围是 0 到 100", "0 to 100")),
        ("80.55", Refused(422, "E-NUM-DECIMALS", "target", "最多保留 1 位小数", "at most 1")),
    ],
)
def test_row_15_and_16_a_target_out_of_range_is_refused(said, wanted, desk):
    data = {"name": "新项目", "use_type": "residential", "target": said}
    refused(desk, "/manage/projects/new/", data, wanted)


FIVE = ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("said", ["6", "0"])
def test_row_17_a_score_off_the_scale_is_refused_at_its_cell(said, desk):
    wave = a_wave(desk.cast, version_id=None, source=Source.THIRD_PARTY)
    good = lines(["评分"], *([n] for n in FIVE), ["不适用"], [""])
    assert desk.take(wave, good).state == "done"

    job = desk.check(wave, lines(["评分"], ["5"], [said], *([n] for n in FIVE)))

    assert [told[:4] for told in faults(job)] == [("3", "评分", said, "E-SCORE-RANGE")]
    assert "1 到 5" in faults(job)[0][4]


def test_row_17_blank_and_not_applicable_are_kept_apart_and_never_nought(desk):
    wave = a_wave(desk.cast)
    assert (
        desk.take(wave, lines([HEAD, "建议"], ["满意", ""], ["不适用", ""], ["", "有"])).result[
            "rows"
        ]
        == 3
    )

    with desk.cast.inside():
        found = answer_set(wave.pk)
    (item,) = [i for i in found.items if i.zh == HEAD]
    levels = found.levels[:, found.items.index(item)]

    assert levels.min() == -1
    named = [item.scale.levels[level].value for level in levels if level >= 0]
    assert None in named
    assert len(named) == 2


DAYS = {
    "row-22-february-30": (
        "2026-02-30",
        "E-DATE",
        "没有这一天：2026-02-30。请核对",
        "There is no such day",
    ),
    "row-22-no-leap-year": (
        "2025-02-29",
        "E-DATE",
        "没有这一天：2025-02-29。请核对",
        "There is no such day",
    ),
    "row-23-year-1": ("0001-01-01", "E-DATE-RANGE", "超出范围，允许的日期是", "allowed is"),
    "row-23-year-9999": ("9999-12-31", "E-DATE-RANGE", "超出范围，允许的日期是", "allowed is"),
    "row-24-which-first": ("03/04/2026", "E-DATE-FORMAT", "请写成 2026-04-03", "write 2026-04-03"),
}


@pytest.mark.parametrize("row", DAYS)
def test_a_day_that_is_none_is_refused(row, desk):
    said, code, zh, en = DAYS[row]
    wave = a_wave(desk.cast)
    path = reverse("wave-edit", args=[wave.pk])
    wanted = Refused(422, code, "fieldwork_from", zh, en)
    refused(desk, path, desk.changed(path, fieldwork_from=said), wanted)


@pytest.mark.parametrize("row", DAYS)
def test_a_day_that_is_none_is_refused_at_its_cell(row, desk):
    said, code, _, _ = DAYS[row]
    wave = a_wave(desk.cast)
    body = lines([HEAD, "填写日期"], ["满意", "2026-06-20"], ["满意", said])

    job = desk.check(wave, body, **{"role-1": "answered_at"})

    assert [told[:4] for told in faults(job)] == [("3", "填写日期", said, code)]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(
    ("said", "code", "offers"),
    [
        ("2026-03-08 02:30", "E-TIME-GAP", "2026-03-08 03:30"),
        ("2026-11-01 01:30", "E-TIME-FOLD", "-0400"),
    ],
    ids=["row-25", "row-26"],
)
def test_a_time_that_never_was_or_came_twice_is_asked_about(said, code, offers, language):
    with pytest.raises(Problem) as raised:
        instant(said, "at", ZONE)

    assert (raised.value.code, raised.value.field) == (code, "at")
    assert offers in raised.value.text(language)
    assert in_language(raised.value.text(language), language)


def test_row_26_whoever_says_which_is_taken_at_their_word():
    assert instant("2026-11-01 01:30", "at", ZONE, fold=1) == datetime(
        2026, 11, 1, 6, 30, tzinfo=UTC
    )


def _dated(*, value: float, date_1904: bool) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": date_1904}) as book:
        page, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, [HEAD, "填写日期"])
        page.write_row(1, 0, ["满意"])
        page.write_number(1, 1, 46_000, day)
        page.write_row(2, 0, ["满意"])
        page.write_number(2, 1, value, day)
    return out.getvalue()


def test_row_27_the_day_that_excel_invented_is_refused_at_its_cell(desk):
    wave = a_wave(desk.cast)
    body = _dated(value=60, date_1904=False)

    job = desk.check(wave, body, name="a.xlsx", **{"role-1": "answered_at"})

    told = faults(job)
    assert [(row, column, code) for row, column, _, code, _ in told] == [
        ("3", "填写日期", "E-DATE")
    ]
    assert "B3" in told[0][4]


def test_row_27_the_1904_system_is_read_as_it_is_meant(desk):
    wave = a_wave(desk.cast)
    body = _dated(value=44_365, date_1904=True)

    job = desk.take(wave, body, name="a.xlsx", **{"role-1": "answered_at"})

    with desk.cast.inside():
        days = {moment.year for moment in answer_set(wave.pk).answered if moment}
    assert job.state == "done"
    assert days == {2025, 2029}
