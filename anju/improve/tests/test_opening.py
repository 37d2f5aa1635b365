"""Findings from the figures of a closed survey: which, once, with their facts, and repeats."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.flows import survey_life
from anju.flows.findings import open_findings
from anju.improve import queries
from anju.improve.actions.boxes import waive
from anju.improve.actions.opening import open_comment
from anju.improve.actions.storing import Edition
from anju.improve.models import Finding
from anju.improve.rules.boxes import Origin
from anju.improve.rules.states import FindingState
from anju.improve.tests.making import DUE
from anju.insight.actions.snapshot import take_snapshot
from anju.kernel import tasks
from anju.kernel.pure.problems import Problem
from anju.register.access import Forbidden, NotFound
from anju.survey.models import OpenAnswer, Response
from tests.cast import AT, a_wave, answers

GOOD, BAD = "vs", "ds"
YEAR = timedelta(days=364)


def closed(cast, rows, *, at=AT, **plan):
    """Close a wave with these answers and open its findings; return the wave and these."""
    wave = a_wave(cast, **plan)
    answers(wave, rows)
    survey_life.close(actor=cast.quality, wave_id=wave.pk, at=at)
    with cast.inside():
        take_snapshot(wave_id=wave.pk, at=at)
        open_findings(wave_id=wave.pk, at=at)
        found = list(Finding.objects.filter(wave=wave).order_by("number"))
    return wave, found


def rows_of(good: int, bad: int, *, first: str = BAD, n: int = 10) -> list[list[str]]:
    """Return answers in which the first item is bad for some and all else is good."""
    return [[GOOD] * n] * good + [[first] + [GOOD] * (n - 1)] * bad


def test_each_low_item_opens_one_finding_with_all_that_its_figure_may_not_be_shown_without(cast):
    wave, (finding,) = closed(cast, rows_of(8, 12), population=200, target=85.0)

    assert finding.state == FindingState.OPEN
    assert (finding.figure, finding.n, finding.threshold) == (40.0, 20, 85.0)
    assert finding.low < 40 < finding.high < 85
    assert finding.formula.startswith("share_top[")
    assert finding.origin == Origin.LOW_ITEM
    with cast.inside():
        line = queries.line_of(finding.pk, DUE)
    assert line.title.zh
    assert line.wave == wave.title


def test_the_job_that_follows_closing_opens_the_findings_and_says_how_many(cast):
    wave = a_wave(cast, population=200)
    answers(wave, rows_of(8, 12))

    job = survey_life.close(actor=cast.quality, wave_id=wave.pk, at=AT)
    tasks.run_job.func(job)

    assert tasks.Job.objects.get(id=job).result == {"people": 20, "findings": 1}
    with cast.inside():
        assert Finding.objects.get().wave_id == wave.pk


def test_a_second_run_opens_nothing_again_even_after_a_decision(cast):
    wave, (finding,) = closed(cast, rows_of(8, 12), population=200)
    waive(actor=cast.quality, edition=Edition(finding.pk), reason="不处理", at=AT)

    with cast.inside():
        assert open_findings(wave_id=wave.pk, at=AT) == 0
        assert Finding.objects.count() == 1


def test_an_item_whose_interval_reaches_the_threshold_waits_for_a_judgement(cast):
    _wave, (finding,) = closed(cast, rows_of(17, 3), population=200)

    assert finding.state == FindingState.CANDIDATE
    assert finding.figure < 90 < finding.high


def test_where_everybody_answered_there_is_nothing_that_cannot_be_told(cast):
    _wave, (finding,) = closed(cast, rows_of(22, 3), population=25)

    assert (finding.certain, finding.state) == (True, FindingState.OPEN)


def test_an_item_above_the_threshold_opens_nothing(cast):
    assert closed(cast, rows_of(20, 0), population=25)[1] == []


def test_under_five_households_nothing_is_opened_for_nothing_may_be_shown(cast):
    assert closed(cast, rows_of(1, 3), population=200)[1] == []


def test_the_threshold_is_ninety_where_neither_survey_nor_project_has_another(cast):
    _wave, (finding,) = closed(cast, rows_of(8, 12), population=200)

    assert finding.threshold == 90.0


def test_the_same_gap_within_a_year_names_its_ancestor(cast):
    _first, (earlier,) = closed(cast, rows_of(8, 12), population=200, at=AT - YEAR)
    _second, (later,) = closed(cast, rows_of(8, 12), population=200)

    assert later.ancestor_id == earlier.pk
    with cast.inside():
        assert queries.line_of(later.pk, DUE).repeats.number == earlier.number
        assert [one.id for one in queries.later_of(earlier.pk)] == [later.pk]


def test_after_more_than_a_year_it_is_a_new_gap(cast):
    closed(cast, rows_of(8, 12), population=200, at=AT - timedelta(days=400))
    _second, (later,) = closed(cast, rows_of(8, 12), population=200)

    assert later.ancestor_id is None


def test_what_could_not_be_told_and_was_left_is_no_ancestor(cast):
    _first, (earlier,) = closed(cast, rows_of(17, 3), population=200)
    waive(actor=cast.quality, edition=Edition(earlier.pk), reason="下次再看", at=AT)
    _second, (later,) = closed(cast, rows_of(8, 12), population=200)

    assert later.ancestor_id is None


def a_comment(cast) -> tuple[int, int]:
    wave = a_wave(cast)
    answers(wave, [[GOOD] * 10])
    with cast.inside():
        written = OpenAnswer(
            company_id=cast.company.id,
            response=Response.objects.get(wave=wave),
            heading="意见",
            text="单元门关不紧，我住 3-502",
        )
        written.save()
    return wave.pk, written.pk


def test_a_comment_opens_one_finding_in_other_words_than_the_owners(cast):
    wave_id, answer_id = a_comment(cast)
    given = {"wave_id": wave_id, "answer_id": answer_id, "title": "门", "gap": "门坏", "at": AT}
    made = open_comment(actor=cast.quality, **given)

    assert (made.origin, made.gap) == (Origin.COMMENT, "门坏")
    with pytest.raises(Problem) as again:
        open_comment(actor=cast.quality, **given)
    assert again.value.code == "E-STATE"
    with pytest.raises(Forbidden):
        open_comment(actor=cast.manager, **given)
    with cast.inside():
        (line,) = queries.comment_lines(queries.comments(wave_id))
        assert line.finding_id == made.pk


def test_a_comment_of_another_survey_does_not_exist_here(cast):
    _wave_id, answer_id = a_comment(cast)
    elsewhere = a_wave(cast)
    with pytest.raises(NotFound):
        open_comment(
            actor=cast.quality,
            wave_id=elsewhere.pk,
            answer_id=answer_id,
            title="门",
            gap="门坏",
            at=AT,
        )
