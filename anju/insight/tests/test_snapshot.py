"""The small tables of a closed wave: written once a closing, read ever after, never stale."""

from __future__ import annotations

import pytest

from anju.flows import survey_life
from anju.insight import queries
from anju.insight.actions.snapshot import take_snapshot
from anju.insight.models import WaveTally
from anju.insight.tests.stored import ESTATE, LATER, asked, closed, told
from anju.kernel.models import Job, JobState
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope, part_scope
from anju.kernel.tasks import run_job
from anju.survey.actions.imports import undo
from anju.survey.answers import answer_set
from anju.survey.models import ImportBatch, Response, Wave
from anju.survey.rules.wave import WaveState
from anju.tally.count import tally
from anju.tally.tables import FORM
from tests.cast import AT, Cast, a_company, a_project, a_wave

PEOPLE = sum(people for people, _ in ESTATE.values())


def read_afresh(wave_id: int, at=LATER):
    """Read figures as another process would, which remembers nothing."""
    queries.forget_figures()
    return queries.figures_of(wave_id, at=at)


def n_of(cast: Cast, wave_id: int):
    with cast.inside():
        return read_afresh(wave_id).figures.overall.primary.n


def refuse(_wave_id: int):
    raise AssertionError("answers were read")


def test_closing_a_wave_begins_a_job_that_writes_its_small_tables(cast):
    wave = asked(cast)

    run_job.func(survey_life.close(actor=cast.quality, wave_id=wave.pk, at=AT))

    with cast.inside():
        assert WaveTally.objects.get(wave_id=wave.pk).people == PEOPLE


def test_the_counting_writes_what_the_answers_say(cast):
    wave = asked(cast)

    job_id = closed(cast, wave)
    run_job.func(job_id)

    job = Job.objects.get(id=job_id)
    assert (job.state, job.result) == (JobState.DONE, {"people": PEOPLE})
    with cast.inside():
        kept = WaveTally.objects.get(wave_id=wave.pk)
        assert (kept.people, kept.form, kept.company_id) == (PEOPLE, FORM, cast.company.id)
        assert kept.made_at >= AT
        assert queries.tally_of(wave.pk) == (tally(answer_set(wave.pk)), True)


def test_results_of_a_closed_wave_are_read_from_its_small_tables(cast, monkeypatch):
    wave = asked(cast)
    closed(cast, wave)
    with cast.inside():
        counted_now = read_afresh(wave.pk)
        take_snapshot(wave_id=wave.pk, at=LATER)
        monkeypatch.setattr(queries, "answer_set", refuse)

        found = read_afresh(wave.pk)

    assert found == counted_now
    assert found.final
    assert found.figures.overall.primary.n == PEOPLE


def test_results_are_right_while_the_counting_has_not_begun(cast):
    wave = asked(cast)
    closed(cast, wave)

    with cast.inside():
        found = read_afresh(wave.pk)
        assert not WaveTally.objects.exists()

    assert found.final
    assert found.figures.head.as_of == AT  # the closing, not the moment of looking
    assert found.figures.overall.primary.n == PEOPLE


def test_figures_of_a_closed_wave_are_built_once_a_process(cast, monkeypatch):
    wave = asked(cast)
    closed(cast, wave)
    built = []
    build = queries.build

    def counting(*args, **named):
        built.append(args)
        return build(*args, **named)

    monkeypatch.setattr(queries, "build", counting)
    with cast.inside():
        take_snapshot(wave_id=wave.pk, at=LATER)
        first = queries.figures_of(wave.pk, at=LATER)
        assert queries.figures_of(wave.pk, at=LATER) == first
        assert len(built) == 1
        queries.forget_figures()
        queries.figures_of(wave.pk, at=LATER)

    assert len(built) == 2


def test_a_second_counting_changes_nothing(cast):
    wave = asked(cast)
    closed(cast, wave)
    with cast.inside():
        first = take_snapshot(wave_id=wave.pk, at=AT)

        again = take_snapshot(wave_id=wave.pk, at=LATER)

        assert (again.pk, again.made_at) == (first.pk, first.made_at)
        assert WaveTally.objects.count() == 1


@pytest.mark.parametrize("state", [WaveState.DRAFT, WaveState.OPEN])
def test_a_wave_that_still_moves_is_never_frozen(cast, state):
    wave = asked(cast)
    with cast.inside():
        Wave.objects.filter(id=wave.pk).update(state=state)

        with pytest.raises(Problem, match="E-STATE"):
            take_snapshot(wave_id=wave.pk, at=AT)

        assert not WaveTally.objects.exists()


def test_a_job_that_finds_its_wave_open_says_so(cast):
    wave = asked(cast)
    job_id = closed(cast, wave)
    with cast.inside():
        Wave.objects.filter(id=wave.pk).update(state=WaveState.OPEN)

    run_job.func(job_id)

    job = Job.objects.get(id=job_id)
    assert job.state == JobState.REFUSED
    assert job.problem["code"] == "E-STATE"


def test_figures_of_an_open_wave_follow_every_import_and_every_undoing(cast):
    wave = asked(cast, {"1栋": (12, "vs")})
    assert n_of(cast, wave.pk) == 12

    told(wave, "2栋", 9, "ds")
    assert n_of(cast, wave.pk) == 21
    with cast.inside():
        assert not queries.figures_of(wave.pk, at=LATER).final

    with cast.inside():
        last = ImportBatch.objects.get(wave=wave, number=2)
    undo(actor=cast.quality, batch_id=last.pk, at=LATER)
    assert n_of(cast, wave.pk) == 12


def test_no_import_of_a_closed_wave_can_be_undone_behind_its_figures(cast):
    wave = asked(cast)
    closed(cast, wave)
    with cast.inside():
        take_snapshot(wave_id=wave.pk, at=LATER)
        batch = ImportBatch.objects.get(wave=wave, number=1)

    with pytest.raises(Problem, match="E-STATE"):
        undo(actor=cast.quality, batch_id=batch.pk, at=LATER)

    with cast.inside():
        assert Response.objects.filter(wave=wave).count() == PEOPLE
    assert n_of(cast, wave.pk) == PEOPLE


def test_a_wave_that_was_opened_again_shows_what_it_holds_now(cast):
    """No verb opens a closed wave; should a hand in the database do it, no old figure is shown."""
    wave = asked(cast)
    closed(cast, wave)
    with cast.inside():
        take_snapshot(wave_id=wave.pk, at=AT)
        Wave.objects.filter(id=wave.pk).update(state=WaveState.OPEN, closed_at=None)

    told(wave, "5栋", 10, "ds")

    assert n_of(cast, wave.pk) == PEOPLE + 10
    closed(cast, wave, at=LATER)
    assert n_of(cast, wave.pk) == PEOPLE + 10  # before it is counted anew
    with cast.inside():
        assert take_snapshot(wave_id=wave.pk, at=LATER).people == PEOPLE + 10
        assert WaveTally.objects.count() == 1
    assert n_of(cast, wave.pk) == PEOPLE + 10


def test_tables_of_an_older_form_are_counted_again(cast):
    wave = asked(cast)
    closed(cast, wave)
    with cast.inside():
        first = take_snapshot(wave_id=wave.pk, at=AT)
        WaveTally.objects.filter(id=first.pk).update(form=FORM - 1, tables={"of": "old"})

        assert queries.tally_of(wave.pk) == (tally(answer_set(wave.pk)), False)
        again = take_snapshot(wave_id=wave.pk, at=LATER)

        assert (again.pk, again.form, again.people) == (first.pk, FORM, PEOPLE)
        assert queries.tally_of(wave.pk)[1]


def test_a_counting_by_a_slow_clock_still_belongs_to_its_closing(cast):
    wave = asked(cast)
    closed(cast, wave, at=LATER)
    with cast.inside():
        assert take_snapshot(wave_id=wave.pk, at=AT).made_at == LATER
        assert queries.tally_of(wave.pk)[1]


def test_the_wave_before_is_what_a_wave_is_compared_with(cast):
    before = asked(cast, {"1栋": (20, "ds"), "2栋": (20, "bs")})
    closed(cast, before)
    wave = asked(cast, {"1栋": (20, "vs"), "2栋": (20, "vs")}, base_wave_id=before.pk)

    with cast.inside():
        found = queries.figures_of(wave.pk, at=LATER).figures

    contrast = found.overall.contrast
    assert contrast is not None
    assert contrast.before.n == 40
    assert contrast.before.estimate < found.overall.primary.figure.estimate


def test_a_wave_compared_with_one_that_still_moves_is_not_remembered(cast):
    before = asked(cast, {"1栋": (20, "ds")})
    wave = asked(cast, {"1栋": (20, "vs")}, base_wave_id=before.pk)
    closed(cast, wave)
    with cast.inside():
        take_snapshot(wave_id=wave.pk, at=LATER)
        first = queries.figures_of(wave.pk, at=LATER).figures

    told(before, "2栋", 20, "vs")

    with cast.inside():
        now = queries.figures_of(wave.pk, at=LATER).figures
    assert (first.overall.contrast.before.n, now.overall.contrast.before.n) == (20, 40)


def test_a_wave_of_a_project_that_the_reader_does_not_see_is_not_compared_with(cast):
    other = a_project(cast.quality, "云栖里")
    before = asked(cast, {"1栋": (20, "ds")}, project_id=other.pk)
    wave = asked(cast, {"1栋": (20, "vs")}, base_wave_id=before.pk)
    closed(cast, before)
    closed(cast, wave)
    with cast.inside():
        take_snapshot(wave_id=before.pk, at=LATER)
        take_snapshot(wave_id=wave.pk, at=LATER)
        seen_by_all = queries.figures_of(wave.pk, at=LATER).figures

        with part_scope(frozenset({cast.project.pk})):
            seen_by_one = queries.figures_of(wave.pk, at=LATER).figures

    assert seen_by_all.overall.contrast.before.n == 20
    assert seen_by_one.overall.contrast is None
    assert seen_by_one.overall.primary == seen_by_all.overall.primary


def test_a_wave_without_answers_shows_no_figure(cast):
    wave = a_wave(cast)

    with cast.inside():
        found = queries.figures_of(wave.pk, at=LATER).figures

    assert found.overall.primary.figure is None
    assert (found.items, found.breakdowns) == ((), ())


def test_small_tables_never_leave_their_company(cast):
    wave = asked(cast)
    closed(cast, wave)
    with cast.inside():
        take_snapshot(wave_id=wave.pk, at=LATER)
    other, _ = a_company("别家物业", "elsewhere.example")

    with company_scope(other.id):
        assert not WaveTally.objects.filter(wave_id=wave.pk).exists()
        with pytest.raises(Wave.DoesNotExist):
            take_snapshot(wave_id=wave.pk, at=LATER)
        with pytest.raises(Wave.DoesNotExist):
            queries.tally_of(wave.pk)
        with pytest.raises(Wave.DoesNotExist):
            queries.figures_of(wave.pk, at=LATER)
