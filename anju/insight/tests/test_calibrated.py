"""The headline under weights that fit known homes: right, honest about its error, never a leak."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from anju.insight.measured.facts import Frame, WaveFacts
from anju.insight.reports.survey.document import document
from anju.insight.reports.survey.figures import build
from anju.insight.tests.cast import AT, THREE, single
from anju.stats.calibrate import Margin, rake
from anju.stats.design import design
from anju.stats.estimate import share
from anju.tally.columns.rows import table_of
from anju.tally.columns.small import small_of
from anju.tally.count import tally

SIZES = {"1栋": 100, "2栋": 300, "3栋": 100}
COUNTS = {"1栋": (10, 0, 40), "2栋": (20, 0, 10), "3栋": (10, 5, 35)}


def facts(sizes=SIZES, population=500, **changes):
    frames = tuple(Frame("building", label, population=n) for label, n in sizes.items())
    return WaveFacts(
        "2026年秋季", AT, population=population, issued=population, frames=frames, **changes
    )


def answered(counts=COUNTS):
    rows = sorted(
        (level, house)
        for house, people in counts.items()
        for level, n in enumerate(people)
        for _ in range(n)
    )
    found = single(THREE, tuple(sum(one == level for one, _ in rows) for level in range(3)))
    return replace(found, groups={"building": tuple(house for _, house in rows)})


def made(answers, known):
    counted = tally(answers)
    columns = partial(small_of, table_of(answers, counted.recipe), counted.items, counted.recipe)
    return build(counted, known, columns=columns)


def section(found, language):
    written = document(found, language)
    return next((one for one in written.sections if one.key == "calibrated"), None)


def test_the_weighted_share_and_its_error_are_those_of_the_rows():
    answers = answered()
    houses = list(answers.groups["building"])
    fitted = rake(
        design([1.0] * 130, population=[500.0] * 130), [Margin("building", houses, SIZES)]
    )
    hit = np.isin(answers.levels[:, 0], [1, 2]).astype(float)
    told = share(fitted, hit)

    found = made(answers, facts()).calibrated

    assert found.found.estimate == pytest.approx(told.estimate, abs=1e-9)
    assert found.found.se == pytest.approx(told.se, abs=1e-9)
    assert found.found.estimate < found.plain.estimate
    assert found.effect > 1
    assert found.widest == pytest.approx(10 / 2, abs=1e-6)


@pytest.mark.parametrize(
    ("language", "word"),
    [("zh", "按楼栋的户数加权后"), ("en", "Weighted to the homes by building")],
)
def test_weighted_and_unweighted_stand_beside_each_other(language, word):
    found = section(made(answered(), facts()), language)

    assert word in found.title
    assert [row.cells[2] for row in found.rows] == ["130", "130"]


def test_with_a_building_kept_back_nothing_is_weighted():
    counts = {**COUNTS, "4栋": (1, 1, 1), "5栋": (1, 1, 1)}

    assert made(answered(counts), facts({**SIZES, "4栋": 20, "5栋": 20})).calibrated is None


def test_a_building_that_nobody_answered_in_is_told_in_words():
    found = made(answered(), facts({**SIZES, "4栋": 40}))

    assert found.calibrated.found is None
    assert "4栋" in section(found, "zh").lead
    assert "join it" in section(found, "en").lead


def test_without_known_homes_the_columns_are_not_even_read():
    def refuse():
        raise AssertionError("read")

    counted = tally(answered())

    assert build(counted, facts({}), columns=refuse).calibrated is None
    assert build(counted, facts()).calibrated is None
    assert section(build(counted, facts()), "zh") is None
