"""Attachments as they are kept: once, by right, removed and back, swept with their bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from anju.attachments.actions.keeping import KEPT_FOR, MOST_A_SUBJECT, sweep
from anju.attachments.models import Attachment
from anju.attachments.queries import bytes_of, of_subjects, stored_of
from anju.attachments.rules.kinds import Kind
from anju.attachments.signing import PREVIEW, WHOLE, read_sign, signed
from anju.attachments.taking import Taken
from anju.attachments.tests.making import A_PHOTO, PDF
from anju.improve.actions.evidence import (
    SUBJECT,
    add_file,
    finish_shown,
    put_file_back,
    remove_file,
)
from anju.improve.actions.measures import MeasureEdition, check
from anju.improve.models import Measure
from anju.improve.rules.states import MeasureVerb
from anju.improve.tests.making import LATER, a_running_measure
from anju.kernel import history
from anju.kernel.files import StoredFile, path_of
from anju.kernel.pure.problems import Problem
from anju.register.access import NotFound
from tests.cast import AT, a_project, the_cast

BOOK = Taken(Kind.DOCUMENT, "值班本.pdf", PDF)


@pytest.fixture
def cast(db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    return the_cast()


@pytest.fixture
def measure(cast):
    return a_running_measure(cast)


def add(cast, measure, taken=A_PHOTO, at=AT) -> Attachment:
    return add_file(actor=cast.manager, measure_id=measure.pk, taken=taken, at=at)


def verbs(cast, measure) -> list[str]:
    subject = history.Subject(cast.company.pk, "finding", measure.finding_id)
    return [entry.verb for entry in history.entries(subject).order_by("seq")]


def now(cast, measure) -> Measure:
    with cast.inside():
        found: Measure = Measure.objects.get(id=measure.pk)
        return found


def test_a_photo_is_kept_under_its_content_and_told_in_the_history(cast, measure):
    made = add(cast, measure)

    with cast.inside():
        (line,) = of_subjects(SUBJECT, [measure.pk])[measure.pk]
        whole = bytes_of(SUBJECT, measure.pk, made.pk, WHOLE)
        small = bytes_of(SUBJECT, measure.pk, made.pk, PREVIEW)
    assert (line.name, line.photo, line.added_by) == ("东门.jpg", True, "孙经理")
    assert (whole.path.read_bytes(), small.path.read_bytes()) == (A_PHOTO.body, A_PHOTO.preview)
    assert (whole.media_type, whole.download) == ("image/jpeg", False)
    assert verbs(cast, measure)[-1] == "file_added"


def test_a_document_never_leaves_as_what_a_browser_opens(cast, measure):
    made = add(cast, measure, BOOK)

    with cast.inside():
        found = bytes_of(SUBJECT, measure.pk, made.pk, PREVIEW)
    assert (found.media_type, found.download) == ("application/octet-stream", True)


def test_the_same_photo_twice_is_one_attachment(cast, measure):
    assert add(cast, measure).pk == add(cast, measure).pk
    assert verbs(cast, measure).count("file_added") == 1


def test_a_removed_photo_is_gone_until_it_is_put_back(cast, measure):
    made = add(cast, measure)
    act = {"actor": cast.manager, "measure_id": measure.pk, "attachment_id": made.pk, "at": AT}
    remove_file(**act)

    with cast.inside():
        assert of_subjects(SUBJECT, [measure.pk]) == {}
        with pytest.raises(NotFound):
            bytes_of(SUBJECT, measure.pk, made.pk, WHOLE)
    with pytest.raises(NotFound):
        remove_file(**act)
    put_file_back(**act)
    with cast.inside():
        assert len(of_subjects(SUBJECT, [measure.pk])[measure.pk]) == 1
    assert verbs(cast, measure)[-2:] == ["file_removed", "file_put_back"]


def test_nobody_who_may_not_do_the_measure_adds_to_it(cast, measure):
    elsewhere = replace(cast.manager, parts=frozenset({a_project(cast.quality, "枫林苑").pk}))
    with pytest.raises(NotFound):
        add_file(actor=elsewhere, measure_id=measure.pk, taken=A_PHOTO, at=AT)


def test_there_is_an_end_to_what_a_measure_holds(cast, measure):
    for number in range(MOST_A_SUBJECT):
        add(cast, measure, replace(BOOK, body=PDF + bytes([number])))
    with pytest.raises(Problem) as caught:
        add(cast, measure)
    assert caught.value.code == "E-FILE-MANY"


def finish(cast, measure, words="", taken=None) -> None:
    finish_shown(
        actor=cast.manager,
        edition=MeasureEdition(measure.pk),
        words=words,
        taken=taken,
        at=LATER,
    )


def test_a_photo_alone_shows_that_a_measure_was_done_and_the_last_one_stays(cast, measure):
    first = add(cast, measure)
    finish(cast, measure)
    assert now(cast, measure).evidence_file_id is not None

    with pytest.raises(Problem) as caught:
        remove_file(actor=cast.manager, measure_id=measure.pk, attachment_id=first.pk, at=LATER)
    assert caught.value.code == "E-MEASURE-EVIDENCE"
    with cast.inside():
        assert of_subjects(SUBJECT, [measure.pk])


def test_a_report_that_is_refused_leaves_no_file_behind(cast, measure):
    with pytest.raises(Problem):
        finish_shown(
            actor=cast.manager,
            edition=MeasureEdition(measure.pk, 99),
            words="",
            taken=A_PHOTO,
            at=LATER,
        )
    with cast.inside():
        assert Attachment.objects.count() == 0


def test_a_file_removed_after_the_report_is_not_what_the_measure_names(cast, measure):
    first = add(cast, measure)
    finish(cast, measure, taken=BOOK)
    remove_file(actor=cast.manager, measure_id=measure.pk, attachment_id=first.pk, at=LATER)

    with cast.inside():
        assert now(cast, measure).evidence_file_id == stored_of(SUBJECT, measure.pk)
        stored = StoredFile.objects.get(id=now(cast, measure).evidence_file_id)
    assert stored.name == BOOK.name


def test_what_was_looked_at_in_a_check_stays(cast, measure):
    made = add(cast, measure)
    finish(cast, measure, "值班本")
    check(
        actor=cast.quality,
        edition=MeasureEdition(measure.pk),
        verb=MeasureVerb.VERIFY,
        words="看过",
        at=LATER,
    )

    with pytest.raises(Problem) as caught:
        remove_file(actor=cast.manager, measure_id=measure.pk, attachment_id=made.pk, at=LATER)
    assert caught.value.code == "E-STATE"
    with pytest.raises(Problem):
        add(cast, measure, BOOK)


def test_the_clock_sweeps_what_was_removed_a_month_ago_and_nothing_else(cast, measure):
    gone, stays = add(cast, measure), add(cast, measure, BOOK)
    remove_file(actor=cast.manager, measure_id=measure.pk, attachment_id=gone.pk, at=AT)

    assert sweep(at=AT + KEPT_FOR) == 0
    assert sweep(at=AT + KEPT_FOR + timedelta(seconds=1)) == 1

    with cast.inside():
        assert list(Attachment.objects.values_list("id", flat=True)) == [stays.pk]
    for content in (gone.sha256, gone.preview_sha256):
        assert not path_of(cast.company.pk, content).exists()
    assert path_of(cast.company.pk, stays.sha256).exists()
    assert set(StoredFile.objects.values_list("sha256", flat=True)) == {stays.sha256}


def test_bytes_that_something_else_has_stay(cast, measure):
    gone = add(cast, measure)
    other = add(cast, a_running_measure(cast))
    remove_file(actor=cast.manager, measure_id=measure.pk, attachment_id=gone.pk, at=AT)

    sweep(at=AT + KEPT_FOR * 2)

    assert other.sha256 == gone.sha256
    assert path_of(cast.company.pk, gone.sha256).exists()


def test_a_sign_holds_for_minutes_and_for_one_file_in_one_size():
    sign = signed(7, PREVIEW, at=AT)

    assert sign == signed(7, PREVIEW, at=AT + timedelta(minutes=1))
    assert read_sign(sign, at=AT + timedelta(minutes=10)) == (7, PREVIEW)


@pytest.mark.parametrize("late", [timedelta(minutes=21), timedelta(days=1), -timedelta(hours=1)])
def test_a_sign_of_another_time_is_nothing(late):
    with pytest.raises(NotFound):
        read_sign(signed(7, WHOLE, at=AT), at=AT + late)


@pytest.mark.parametrize(
    "change", [lambda s: s.replace("7", "8", 1), lambda _s: "none", lambda s: s[:-1]]
)
def test_a_forged_sign_is_nothing(change):
    with pytest.raises(NotFound):
        read_sign(change(signed(7, WHOLE, at=AT)), at=AT)
