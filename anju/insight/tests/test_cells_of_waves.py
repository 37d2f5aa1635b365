"""What was done with the cells of a wave's imports, and reports whose answers changed after them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anju.answers.rules.mapping import Answer, ColumnMap, Mapping, Role, to_json
from anju.insight import queries
from anju.insight.actions.snapshot import renew, take_snapshot
from anju.insight.cells import cells_of
from anju.insight.models import WaveTally
from anju.insight.tests.stored import LATER, asked, closed
from anju.insight.tests.test_report_job import made
from anju.kernel.tasks import start
from anju.survey.forms import item_defs
from anju.survey.models import ImportBatch, OpenAnswer, Response
from anju.survey.rules.wave import BatchState
from anju.tally.tables import FORM
from tests.cast import AT

pytestmark = pytest.mark.django_db


def mapped(cast, wave, *columns: ColumnMap, times=()) -> None:
    """Let the first import of a wave have been confirmed by the quality department."""
    job = start("survey.import", company_id=cast.company.id, actor_id=cast.quality.account_id,
                at=AT, argument={})  # fmt: skip
    first = ImportBatch.objects.filter(wave=wave).order_by("id").values("id")[:1]
    ImportBatch.objects.filter(id__in=list(first.values_list("id", flat=True))).update(
        mapping={"kept": to_json(Mapping(columns)), "times": [*times]}, job_id=job.id
    )


def first_item(wave):
    return item_defs(wave.version_id)[0]


def test_words_read_as_another_are_told_with_whoever_confirmed_them(cast):
    wave = asked(cast)
    with cast.inside():
        item = first_item(wave)
        good = item.scale.valued[-1]
        column = ColumnMap("保洁", Role.ITEM, item.code, (
            Answer("好得很", good.code), Answer(good.zh, good.code),
            Answer("不清楚", "na"), Answer("随便", None),
        ))  # fmt: skip
        mapped(cast, wave, column, times=[("保洁", "好得很", 12), ("保洁", "随便", 4)])
        done = cells_of(wave.pk)
    assert [(one.text, one.level.zh if one.level else None) for one in done.reworded] == [
        ("好得很", good.zh),
        ("随便", None),
    ]
    assert all(one.who for one in done.reworded)
    # Of fewer than five answers no number is told: it could say what a hidden figure does not.
    assert [one.count for one in done.reworded] == [12, None]
    assert [one.text for one in done.not_applicable] == ["不清楚"]


def test_an_import_without_a_kept_mapping_says_nothing(cast):
    wave = asked(cast)
    with cast.inside():
        done = cells_of(wave.pk)
    assert (done.reworded, done.not_applicable, done.twice) == ((), (), ())


def test_homes_that_came_twice_are_told_by_their_rows(cast):
    wave = asked(cast)
    with cast.inside():
        rows = list(Response.objects.filter(wave=wave).order_by("id"))
        Response.objects.filter(id__in=[rows[0].id, rows[1].id]).update(household="1-302")
        done = cells_of(wave.pk)
    assert done.homes_twice == 1
    assert len(done.twice[0]) == 2
    assert "1-302" not in str(done)


def test_remarks_are_counted_and_kept_out_of_the_figures(cast):
    wave = asked(cast)
    with cast.inside():
        rows = list(Response.objects.filter(wave=wave).order_by("id")[:4])
        for row, text in zip(rows, ("电梯慢", " 无。", "停车难", "N/A"), strict=True):
            OpenAnswer(
                company_id=cast.company.id, response=row, heading="您的建议", text=text
            ).save()
        forms = Response.objects.filter(batch_id=rows[0].batch_id).count()  # it was put to these
        figures = queries.figures_of(wave.pk, at=LATER).figures
    assert figures.cells is not None
    (one,) = figures.cells.remarks
    assert (one.column, one.count, one.nothing) == ("您的建议", 2, forms - 2)
    assert "电梯慢" not in str(figures)


def test_open_figures_are_provisional_and_told_in_the_company_zone(cast, settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    wave = asked(cast)
    with cast.inside():
        head = queries.figures_of(wave.pk, at=LATER).figures.head
    assert (head.provisional, head.zone) == (True, "Asia/Shanghai")
    assert head.as_of.utcoffset() == timedelta(hours=8)
    closed(cast, wave)
    with cast.inside():
        assert not queries.figures_of(wave.pk, at=LATER).figures.head.provisional


@pytest.mark.parametrize("column", ["live_at", "reverted_at"])
def test_a_report_is_marked_once_its_answers_came_or_went_after_it(cast, column):
    wave = asked(cast)
    run = made(cast, wave)
    with cast.inside():
        assert [line.stale for line in queries.report_lines(cast.quality, wave.pk)] == [False]
        later = run.as_of + timedelta(seconds=1)
        state = BatchState.REVERTED if column == "reverted_at" else BatchState.LIVE
        first = ImportBatch.objects.filter(wave=wave).order_by("id").first()
        ImportBatch.objects.filter(id=first.id).update(**{column: later, "state": state})
        assert [line.stale for line in queries.report_lines(cast.quality, wave.pk)] == [True]


def test_tables_of_an_older_form_are_not_read_and_are_counted_again(cast):
    wave = asked(cast)
    closed(cast, wave)
    with cast.inside():
        take_snapshot(wave_id=wave.pk, at=LATER)
        WaveTally.objects.filter(wave=wave).update(form=FORM - 1, tables={})
        assert queries.tally_of(wave.pk)[1] is False
        renew(wave.pk, at=LATER)
        assert WaveTally.objects.get(wave=wave).form == FORM
        assert queries.tally_of(wave.pk)[1] is True
        kept = WaveTally.objects.get(wave=wave).made_at
        renew(wave.pk, at=LATER + timedelta(days=3))
        assert WaveTally.objects.get(wave=wave).made_at == kept


def test_the_source_of_a_target_goes_with_it(cast):
    wave = asked(cast, target=85.0)
    with cast.inside():
        overall = queries.figures_of(wave.pk, at=LATER).figures.overall
    assert (overall.target, overall.target_source) == (85.0, "survey")
