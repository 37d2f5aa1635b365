"""A closed wave has a snapshot that says what its rows say; it is never read after an erasure."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import timedelta

import pytest

from anju.insight.actions.columns import renew_all, renew_columns
from anju.insight.actions.snapshot import take_snapshot
from anju.insight.columns import folder_of, holds, small_tables
from anju.insight.models import WaveTally
from anju.insight.queries import tally_of
from anju.insight.tests.stored import LATER, asked, closed
from anju.privacy.models import Erasure
from anju.register.models import Person
from anju.stats.columns import engines
from anju.stats.results import BadArgument
from anju.tally.columns.read import hists
from anju.tally.columns.small import NAMES


@pytest.fixture
def kept(cast, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    wave = asked(cast)
    closed(cast, wave)
    with cast.inside():
        yield take_snapshot(wave_id=wave.pk, at=LATER)


def same(one, two) -> bool:
    return all(getattr(one, name).equals(getattr(two, name)) for name in NAMES)


def test_the_tables_of_a_closed_wave_are_those_that_a_live_one_has_from_its_rows(cast, kept):
    counted, _ = tally_of(kept.wave_id)

    assert holds(kept)
    assert kept.columns_at == LATER
    read, live = (
        small_tables(kept.wave_id, counted, kept),
        small_tables(kept.wave_id, counted, None),
    )
    assert same(read, live)
    for place, hist in enumerate(counted.whole.hists):
        assert hists(read, place, len(hist.n))[None].n == hist.n


def test_a_snapshot_that_was_lost_is_written_anew_and_is_the_same(cast, kept):
    digest = kept.columns
    assert renew_columns(wave_id=kept.wave_id, at=LATER) is False
    shutil.rmtree(folder_of(kept))

    assert not holds(kept)
    assert renew_all(at=LATER) == 1
    assert renew_all(at=LATER) == 0
    assert WaveTally.objects.get(pk=kept.pk).columns == digest


def test_no_snapshot_from_before_an_erasure_is_read_and_none_stays_on_disk(
    cast, kept, django_capture_on_commit_callbacks
):
    counted, _ = tally_of(kept.wave_id)
    person = Person.objects.create(company_id=cast.company.id, project=cast.project, name="王芳")
    Erasure.objects.create(
        company_id=cast.company.id, project=cast.project, person=person, reason="asked",
        at=LATER + timedelta(hours=1),
    )  # fmt: skip
    (folder_of(kept) / kept.columns / "slots.parquet").write_bytes(b"must not be read")

    assert not holds(kept)
    assert small_tables(kept.wave_id, counted, kept).slots.num_rows
    with django_capture_on_commit_callbacks(execute=True):
        assert renew_all(at=LATER + timedelta(hours=2)) == 1
    row = WaveTally.objects.get(pk=kept.pk)
    assert holds(row)
    assert [one.name for one in folder_of(row).iterdir()] == [row.columns]


@pytest.mark.parametrize(
    "failure", [RuntimeError("gateway"), BadArgument("engine", en="-", zh="-")]
)
def test_a_survey_closes_with_the_same_figures_though_the_chosen_engine_fails(
    cast, settings, tmp_path, monkeypatch, failure
):
    settings.FILES_ROOT, settings.STATISTICS_ENGINE = tmp_path, "spark"
    asked_of = []

    @contextmanager
    def fails(_path, engine):
        asked_of.append(engine)
        raise failure
        yield

    monkeypatch.setattr("anju.tally.columns.small.engines.source", fails)
    wave = asked(cast)
    closed(cast, wave)
    with cast.inside():
        kept = take_snapshot(wave_id=wave.pk, at=LATER)
        counted, _ = tally_of(wave.pk)

        assert asked_of == ["spark"]
        assert holds(kept)
        assert same(small_tables(wave.pk, counted, kept), small_tables(wave.pk, counted, None))


def test_a_survey_closes_by_the_engine_that_was_chosen(cast, settings, tmp_path, monkeypatch):
    """The engine reads the answers from a file: here DuckDB does, by the same way as the others."""
    settings.FILES_ROOT, settings.STATISTICS_ENGINE = tmp_path, "chdb"
    opened = engines.source
    monkeypatch.setattr(
        "anju.tally.columns.small.engines.source", lambda path, _engine: opened(path)
    )
    wave = asked(cast)
    closed(cast, wave)
    with cast.inside():
        kept = take_snapshot(wave_id=wave.pk, at=LATER)
        counted, _ = tally_of(wave.pk)

        read = small_tables(wave.pk, counted, kept)
        live = small_tables(wave.pk, counted, None)
        for name in NAMES:
            one, two = getattr(read, name), getattr(live, name)
            assert one.schema == two.schema
            assert one.to_pylist() == two.to_pylist()
