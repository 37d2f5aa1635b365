"""Photos and documents that show what a measure is and that it was done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anju.attachments.actions import keeping
from anju.attachments.actions.keeping import Subject
from anju.attachments.models import Attachment
from anju.attachments.queries import stored_of
from anju.attachments.taking import Taken
from anju.improve.access import work_for
from anju.improve.actions.measures import Evidence, MeasureEdition, finish
from anju.improve.models import Measure
from anju.improve.rules.boxes import check_evidence
from anju.improve.rules.states import MEASURE_FINAL, MeasureState
from anju.kernel import history
from anju.kernel.pure.problems import Problem
from anju.kernel.scope import company_scope
from anju.register.access import Actor

SUBJECT = "measure"


def subject_of(measure: Measure) -> Subject:
    """Return what files of a measure belong to; its finding's history tells of them."""
    told = history.Subject(measure.company_id, "finding", measure.finding_id)
    return Subject(SUBJECT, measure.pk, measure.finding.project_id, told)


def _open_for(actor: Actor, measure_id: int) -> Measure:
    measure = work_for(actor, measure_id)
    if MeasureState(measure.state) in MEASURE_FINAL:
        raise Problem(
            "E-STATE",
            "file",
            "This measure is settled; what showed it stays as it was when it was checked.",
            "该措施已有结论，验证时的证据不再更改。",
        )
    return measure


@transaction.atomic
def add_file(*, actor: Actor, measure_id: int, taken: Taken, at: datetime) -> Attachment:
    """Add a photo or document to a measure until it is settled.

    Errors: NotFound, Forbidden, E-MEASURE-DOER, E-STATE, E-FILE-MANY.
    """
    with company_scope(actor.company_id):
        measure = _open_for(actor, measure_id)
        made = keeping.attach(actor=actor, subject=subject_of(measure), taken=taken, at=at)
        _refer(measure)
        return made


@transaction.atomic
def remove_file(*, actor: Actor, measure_id: int, attachment_id: int, at: datetime) -> Attachment:
    """Take a file away; what was reported done keeps words or a file that show it.

    Errors: NotFound, Forbidden, E-MEASURE-DOER, E-STATE, E-MEASURE-EVIDENCE.
    """
    with company_scope(actor.company_id):
        measure = _open_for(actor, measure_id)
        gone = keeping.remove(
            actor=actor, subject=subject_of(measure), attachment_id=attachment_id, at=at
        )
        _refer(measure)
        return gone


@transaction.atomic
def put_file_back(*, actor: Actor, measure_id: int, attachment_id: int, at: datetime) -> Attachment:
    """Undo a removal. Errors: NotFound, Forbidden, E-MEASURE-DOER, E-STATE, E-FILE-MANY."""
    with company_scope(actor.company_id):
        measure = _open_for(actor, measure_id)
        back = keeping.put_back(
            actor=actor, subject=subject_of(measure), attachment_id=attachment_id, at=at
        )
        _refer(measure)
        return back


@transaction.atomic
def finish_shown(
    *, actor: Actor, edition: MeasureEdition, words: str, taken: Taken | None, at: datetime
) -> None:
    """Report a measure done with words, a file sent along, or files added before.

    Errors: those of `add_file` and of `measures.finish`.
    """
    if taken is not None:
        add_file(actor=actor, measure_id=edition.measure_id, taken=taken, at=at)
    with company_scope(actor.company_id):
        shown = Evidence(words, stored_of(SUBJECT, edition.measure_id))
    finish(actor=actor, edition=edition, evidence=shown, at=at)


def _refer(measure: Measure) -> None:
    """Let a measure that was reported done name a file that is still there."""
    if MeasureState(measure.state) is not MeasureState.DONE:
        return
    file_id = stored_of(SUBJECT, measure.pk)
    check_evidence(words=measure.evidence, has_file=file_id is not None)
    Measure.objects.filter(id=measure.pk).update(evidence_file_id=file_id)
