"""What is kept of a report holds no group of fewer than five households, and no way to one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from anju.insight.access import report_file
from anju.insight.actions.report import start_report
from anju.insight.models import ReportRun
from anju.insight.tests.stored import LATER, asked
from anju.kernel.files import path_of
from anju.kernel.tasks import run_job
from tests.cast import Cast

SMALL, WITNESS = "3栋", "4栋"  # three households; the next smallest is hidden with them
HIDDEN = {SMALL, WITNESS}


def stored(cast: Cast, form: str = "json", **houses) -> ReportRun:
    wave = asked(cast, **houses)
    job_id = start_report(
        actor=cast.quality, wave_id=wave.pk, form=form, language="zh-hans", at=LATER
    )
    run_job.func(job_id)
    with cast.inside():
        found: ReportRun = ReportRun.objects.get(job_id=job_id)
        return found


def content(run: ReportRun) -> bytes:
    kept = report_file(run)
    return path_of(kept.company_id, kept.sha256).read_bytes()


def about(plain: object, name: str) -> Iterator[dict]:
    """Yield every object of stored figures that is about a group of this name."""
    if isinstance(plain, dict):
        if name in (plain.get("group"), plain.get("label")) and "shown" in plain:
            yield plain
        for inner in plain.values():
            yield from about(inner, name)
    elif isinstance(plain, list):
        for inner in plain:
            yield from about(inner, name)


def test_stored_figures_hold_no_number_of_a_hidden_group(cast):
    figures = stored(cast).figures

    for name in HIDDEN:
        found = list(about(figures, name))
        assert found
        for one in found:
            assert one["shown"]["figure"] is None
            assert one["shown"]["n"] is None
            assert one["shown"]["note"] is not None


def test_stored_figures_still_hold_the_groups_that_may_be_shown(cast):
    """The negative control: what hides a small group does not hide every group."""
    figures = stored(cast).figures

    (row,) = [one for one in about(figures, "1栋") if "label" in one]
    assert row["shown"]["n"] == 12
    assert row["shown"]["figure"]["n"] == 12


def test_no_pair_of_a_hidden_group_is_stored(cast):
    figures = stored(cast).figures

    pairs = [pair for cut in figures["breakdowns"] for pair in cut["pairs"]]
    named = {value for pair in pairs for value in pair.values() if isinstance(value, str)}
    assert pairs
    assert not named & HIDDEN


def test_a_stored_table_has_no_number_behind_a_hidden_group(cast):
    text = content(stored(cast, "csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    hidden = [row for row in rows if row["组"] in HIDDEN]
    assert hidden
    numbers = ("数值", "区间下限", "区间上限", "下界", "上界", "n", "分子", "分母")
    assert [row[name] for row in hidden for name in numbers if row[name]] == []
    assert [row for row in rows if row["组"] == "1栋" and row["数值"]]


def test_a_wave_of_fewer_than_five_households_is_stored_without_a_figure(cast):
    figures = stored(cast, houses={"1栋": (4, "vs")}).figures

    assert figures["overall"]["primary"]["figure"] is None
    assert figures["too_few"]
    assert [figures[part] for part in ("items", "others", "lists", "breakdowns")] == [[]] * 4


def test_what_is_in_the_file_is_what_is_in_the_row(cast):
    run = stored(cast)

    assert json.loads(content(run)) == run.figures
