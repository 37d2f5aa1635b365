"""A survey kept by a consultant: the company sees its results and none of its answers."""

from __future__ import annotations

import pytest

from anju.kernel import history
from anju.kernel.files import keep
from anju.kernel.pure.problems import Problem
from anju.kernel.tasks import start
from anju.register.access import Forbidden, NotFound, Role, Verb
from anju.survey import access
from anju.survey.access import batch_for, file_for, handled_waves, job_for, wave_for
from anju.survey.actions.export import export_answers
from anju.survey.actions.keeper import entrust, hand_over
from anju.survey.models import Wave
from tests.cast import AT, Cast, a_person, a_wave, answers, the_cast

pytestmark = pytest.mark.django_db
STAFF = ("administrator", "quality", "manager", "desk")


@pytest.fixture
def cast(settings, tmp_path) -> Cast:
    settings.FILES_ROOT = tmp_path
    return the_cast()


def a_kept(cast: Cast):
    """Return a wave that a consultant keeps, an import of it, and the consultant."""
    lin = a_person(cast.company, Role.CONSULTANT, projects=[cast.project])
    wave = a_wave(cast)
    entrust(actor=cast.quality, wave_id=wave.pk, account_id=lin.account_id, at=AT)
    batch = answers(wave, [["vs"] * 10] * 6)
    with cast.inside():
        return Wave.objects.get(id=wave.pk), batch, lin


def a_file(cast: Cast, account_id: int) -> int:
    company_id = cast.company.id
    return keep([b"x"], name="a.csv", company_id=company_id, actor_id=account_id, at=AT).id


def test_the_keeper_alone_handles_the_answers_and_everybody_sees_the_results(cast):
    wave, batch, lin = a_kept(cast)

    with cast.inside():
        for verb in (Verb.IMPORT_ANSWERS, Verb.EXPORT_ANSWERS, Verb.ENTER_PAPER, Verb.GIVE_LINKS):
            assert wave_for(lin, wave.pk, verb) == wave
            for name in STAFF:
                with pytest.raises(Forbidden):
                    wave_for(getattr(cast, name), wave.pk, verb)
        assert wave_for(cast.administrator, wave.pk, Verb.SEE_RESULTS) == wave
        assert batch_for(lin, batch.pk, Verb.IMPORT_ANSWERS) == batch
        with pytest.raises(NotFound):
            batch_for(cast.administrator, batch.pk, Verb.IMPORT_ANSWERS)
        with pytest.raises(Forbidden):
            wave_for(cast.quality, wave.pk, Verb.READ_COMMENTS)
        assert list(handled_waves(cast.administrator)) == []
    with pytest.raises(Forbidden):
        export_answers(actor=cast.administrator, wave_id=wave.pk, at=AT, form="csv")


def test_files_and_imports_of_the_keeper_do_not_exist_for_staff(cast):
    wave, _batch, lin = a_kept(cast)
    hers, theirs = a_file(cast, lin.account_id), a_file(cast, cast.quality.account_id)
    argument = {"wave": wave.pk}
    job = start(
        access.IMPORT_JOB, company_id=cast.company.id, actor_id=lin.account_id, at=AT,
        argument=argument,
    )  # fmt: skip

    with cast.inside():
        assert file_for(lin, hers, Verb.IMPORT_ANSWERS).pk == hers
        assert job_for(lin, job.pk) == job
        assert file_for(cast.quality, theirs, Verb.IMPORT_ANSWERS).pk == theirs
    for found in (
        lambda: file_for(cast.administrator, hers, Verb.IMPORT_ANSWERS),
        lambda: job_for(cast.administrator, job.pk),
        lambda: file_for(lin, theirs, Verb.IMPORT_ANSWERS),
        lambda: file_for(cast.administrator, 987_654, Verb.IMPORT_ANSWERS),
    ):
        with cast.inside(), pytest.raises(NotFound):
            found()


def test_a_consultant_handles_no_survey_that_she_does_not_keep(cast):
    lin = a_person(cast.company, Role.CONSULTANT, projects=[cast.project])
    wave = a_wave(cast)
    batch = answers(wave, [["vs"] * 10])

    with cast.inside():
        assert wave_for(lin, wave.pk, Verb.SEE_RESULTS) == wave
        with pytest.raises(Forbidden):
            wave_for(lin, wave.pk, Verb.EXPORT_ANSWERS)
        with pytest.raises(NotFound):
            batch_for(lin, batch.pk, Verb.IMPORT_ANSWERS)


def test_only_the_keeper_hands_over_and_it_is_in_the_history(cast):
    wave, batch, lin = a_kept(cast)
    for name in STAFF:
        with pytest.raises(Forbidden):
            hand_over(actor=getattr(cast, name), wave_id=wave.pk, agreed=True, at=AT)
    with pytest.raises(Problem, match="Tick"):
        hand_over(actor=lin, wave_id=wave.pk, agreed=False, at=AT)

    hand_over(actor=lin, wave_id=wave.pk, agreed=True, at=AT)

    with cast.inside():
        assert batch_for(cast.quality, batch.pk, Verb.IMPORT_ANSWERS) == batch
        with pytest.raises(Forbidden):
            wave_for(lin, wave.pk, Verb.EXPORT_ANSWERS)
    entries = history.entries(history.Subject(cast.company.id, "wave", wave.pk))
    last = entries.order_by("seq").last()
    assert (last.verb, last.actor_id) == ("answers_handed_over", lin.account_id)


def test_nobody_is_made_keeper_or_put_aside_once_answers_are_in(cast):
    wave, _batch, lin = a_kept(cast)
    for account_id in (None, lin.account_id):
        with pytest.raises(Problem) as refused:
            entrust(actor=cast.administrator, wave_id=wave.pk, account_id=account_id, at=AT)
        assert (refused.value.code, refused.value.field) == ("E-STATE", "keeper")


def test_a_keeper_is_a_consultant_of_the_project(cast):
    wave = a_wave(cast)
    for account_id in (cast.quality.account_id, 987_654):
        with pytest.raises(Problem) as refused:
            entrust(actor=cast.quality, wave_id=wave.pk, account_id=account_id, at=AT)
        assert (refused.value.code, refused.value.field) == ("E-REF", "keeper")


def test_with_the_keeper_not_asked_for_staff_would_get_at_the_answers(cast, monkeypatch):
    wave, _batch, _lin = a_kept(cast)
    monkeypatch.setattr(access, "may_on", lambda actor, _wave, verb: actor.may(verb))

    with cast.inside():
        assert wave_for(cast.quality, wave.pk, Verb.EXPORT_ANSWERS) == wave, "control"
