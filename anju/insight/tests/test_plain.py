"""Frozen figures survive the way into a row and back."""

from __future__ import annotations

import json

import pytest

from anju.insight.measured.facts import WaveFacts
from anju.insight.measured.model import SurveyFigures
from anju.insight.reports.survey.figures import build
from anju.insight.tests.cast import estate, estate_facts, pairs
from anju.kernel.pure.plain import from_plain, to_plain
from anju.tally.count import tally
from anju.tally.tables import Tally


@pytest.mark.parametrize("answers", [estate(), pairs()], ids=["estate", "pairs"])
def test_a_tally_reads_back_equal(answers):
    found = tally(answers)
    assert from_plain(Tally, json.loads(json.dumps(to_plain(found)))) == found


def test_figures_read_back_equal():
    found = build(tally(estate()), estate_facts())
    assert from_plain(SurveyFigures, json.loads(json.dumps(to_plain(found)))) == found


def test_facts_with_dates_read_back_equal():
    assert from_plain(WaveFacts, json.loads(json.dumps(to_plain(estate_facts())))) == estate_facts()


def test_a_key_that_no_dataclass_has_is_refused():
    plain = to_plain(estate_facts()) | {"surprise": 1}
    with pytest.raises(ValueError, match="surprise"):
        from_plain(WaveFacts, plain)


def test_something_that_is_no_such_dataclass_is_refused():
    with pytest.raises((ValueError, TypeError)):
        from_plain(WaveFacts, "text")
