"""Rows 76 and 77: a group of fewer than five households, and a division by nothing."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from anju.survey.forms import item_defs
from anju.survey.models import Wave
from tests.cast import a_wave
from tests.catalogue.desk import BOTH, CHINESE, lines

FEW = {"zh-hans": "不足5户，不显示", "en": "fewer than 5 households, not shown"}
NONE = {"zh-hans": "没有数据", "en": "no data"}
HOUSES = {"1栋": 14, "2栋": 13, "4栋": 7, "3栋": 3}
TAGS = re.compile(r"<[^>]+>")


def _wave(desk, houses: dict[str, int]) -> Wave:
    """Take in whole forms of every house, their answers neither all alike nor all apart."""
    wave = a_wave(desk.cast, population=100)
    with desk.cast.inside():
        items = [item for item in item_defs(wave.version_id or 0) if item.scale.valued]
    rows, number = [], 0
    for house, size in houses.items():
        for _ in range(size):
            number += 1
            told = [item.scale.levels[(number + n) % 3].zh for n, item in enumerate(items)]
            rows.append([*told, house])
    job = desk.take(wave, lines([*(item.zh for item in items), "楼栋"], *rows))
    assert job.state == "done", job.problem
    return wave


def _row_of(body: str, house: str) -> str:
    """Return the words of a house's row, without its markup."""
    rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    found = [" ".join(TAGS.sub(" ", row).split()) for row in rows if house in row]
    assert found, house
    return found[0]


@pytest.mark.parametrize("language", BOTH)
def test_row_76_a_small_group_is_hidden_and_another_with_it(language, desk):
    wave = _wave(desk, HOUSES)

    page = desk.get(reverse("results", args=[wave.pk]), language)

    assert FEW[language] in _row_of(page.body, "3栋")
    shown = [h for h in HOUSES if re.search(r"\d\d\.\d", _row_of(page.body, h).replace(h, ""))]
    assert set(shown) == {"1栋", "2栋"}


def test_row_76_what_is_hidden_on_the_page_is_hidden_in_its_file(desk):
    wave = _wave(desk, HOUSES)
    page = desk.get(reverse("results", args=[wave.pk]))
    files = [link for link in re.findall(r'href="([^"]+\.csv)"', page.body) if "building" in link]

    told = [desk.get(link).body for link in files]

    assert files
    hidden = [line for text in told for line in text.splitlines() if "3栋" in line]
    assert hidden
    assert not [line for line in hidden if re.search(r"\d\d\.\d", line)]


@pytest.mark.parametrize("language", BOTH)
def test_row_77_no_answers_are_no_data_and_never_a_percentage(language, desk):
    wave = a_wave(desk.cast)

    page = desk.get(reverse("results", args=[wave.pk]), language)

    words = TAGS.sub(" ", page.body)
    assert page.status == 200
    assert NONE[language] in words
    answered = words[words.index(NONE[language]) :].partition("<")[0]
    assert not re.search(r"\b100\.0\s?%.{0,40}(satisf|满意)", answered)
    assert not re.search(r"(index|指数)\D{0,20}\d", answered.split(NONE[language])[1])


def test_the_two_houses_that_stay_are_large_enough_to_be_shown(desk):
    wave = _wave(desk, {"1栋": 14, "2栋": 13})

    page = desk.get(reverse("results", args=[wave.pk]), CHINESE)

    assert re.search(r"\d\d\.\d", _row_of(page.body, "1栋"))
