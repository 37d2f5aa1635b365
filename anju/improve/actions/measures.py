"""Writes of measures: set, start, report done, check, take back, withdraw, words for owners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from anju.improve.access import check_for, finding_for, measure_for, work_for
from anju.improve.actions.storing import (
    WORDS_MOST,
    Edition,
    change,
    followed,
    must_be_ready,
    reason_of,
    tell,
)
from anju.improve.clock import today_of
from anju.improve.models import Checkpoint, Measure
from anju.improve.rules.boxes import MeasureDraft, check_due, check_evidence, check_not_self
from anju.improve.rules.states import (
    FindingState,
    FindingVerb,
    MeasureState,
    MeasureVerb,
    measure_step,
    step,
)
from anju.kernel.pure.problems import Problem
from anju.kernel.pure.text import clean_body, clean_line
from anju.kernel.scope import company_scope
from anju.register.access import Actor, Verb

CHECKS = {
    MeasureVerb.VERIFY: "measure_verified",
    MeasureVerb.REFUTE: "measure_refuted",
    MeasureVerb.RETURN: "measure_returned",
}


@dataclass(frozen=True, slots=True)
class MeasureEdition:
    """Which measure, as which version of its finding the person saw."""

    measure_id: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that a measure was done: words, a file kept before, or both."""

    words: str
    file_id: int | None = None


def _clean(draft: MeasureDraft, at: datetime, *, kept: Measure | None = None) -> dict[str, object]:
    if kept is None or draft.due != kept.due:  # an old deadline may stand while words change
        check_due(draft.due, today_of(at))
    return {
        "text": clean_body(draft.text, "text", WORDS_MOST),
        "due": draft.due,
        "metric": clean_body(draft.metric, "metric", WORDS_MOST),
        "target": clean_line(draft.target, "target"),
    }


def _said(measure: Measure, **more: str) -> dict[str, str]:
    return {"measure": str(measure.number), **{key: value for key, value in more.items() if value}}


@transaction.atomic
def set_measure(*, actor: Actor, edition: Edition, draft: MeasureDraft, at: datetime) -> Measure:
    """Set a measure once gap, cause and people are written.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-MEASURE-*, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        finding = finding_for(actor, edition.finding_id, Verb.EDIT_FINDINGS)
        state = step(FindingState(finding.state), FindingVerb.SET_MEASURE)
        must_be_ready(finding)
        columns = _clean(draft, at)
        change(finding, edition.version, at, state=state.value)
        last = Measure.objects.filter(finding=finding).aggregate(last=Max("number"))["last"]
        measure = Measure(
            company_id=actor.company_id,
            finding=finding,
            number=int(last or 0) + 1,
            state=MeasureState.SET.value,
            set_at=at,
            **columns,
        )
        measure.save()
        said = _said(measure, text=measure.text, due=draft.due.isoformat())
        tell(actor.account_id, finding, "measure_set", at=at, payload={**said})
        return measure


@transaction.atomic
def change_measure(
    *, actor: Actor, edition: MeasureEdition, draft: MeasureDraft, at: datetime
) -> None:
    """Change what a measure says before it is reported done.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-MEASURE-DUE, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        measure = measure_for(actor, edition.measure_id, Verb.EDIT_FINDINGS)
        columns = _clean(draft, at, kept=measure)
        move(measure, MeasureVerb.CHANGE, edition.version, at, columns)
        moved = f"{measure.due.isoformat()} → {draft.due.isoformat()}"
        said = _said(measure, text=draft.text, due=moved if measure.due != draft.due else "")
        tell(actor.account_id, measure.finding, "measure_changed", at=at, payload={**said})


def move(
    measure: Measure,
    verb: MeasureVerb,
    version: int | None,
    at: datetime,
    columns: dict[str, object],
) -> None:
    """Take a measure one step and let its finding follow; raises E-STATE or E-STALE."""
    state = measure_step(MeasureState(measure.state), verb)
    same = Measure.objects.filter(id=measure.pk, state=measure.state)
    same.update(state=state.value, **columns)
    change(measure.finding, version, at, state=followed(measure.finding))


@transaction.atomic
def start(*, actor: Actor, edition: MeasureEdition, at: datetime) -> None:
    """Begin a measure; whoever is named must still be here.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-MEASURE-*.
    """
    with company_scope(actor.company_id):
        measure = work_for(actor, edition.measure_id)
        measure_step(MeasureState(measure.state), MeasureVerb.START)
        must_be_ready(measure.finding)
        move(measure, MeasureVerb.START, edition.version, at, {"started_at": at})
        tell(
            actor.account_id, measure.finding, "measure_started", at=at, payload={**_said(measure)}
        )


@transaction.atomic
def hold(*, actor: Actor, edition: MeasureEdition, at: datetime) -> None:
    """Undo the start of a measure; both entries stay.

    Errors: NotFound, Forbidden, E-STATE, E-STALE.
    """
    with company_scope(actor.company_id):
        measure = work_for(actor, edition.measure_id)
        move(measure, MeasureVerb.HOLD, edition.version, at, {"started_at": None})
        tell(actor.account_id, measure.finding, "measure_held", at=at, payload={**_said(measure)})


@transaction.atomic
def finish(*, actor: Actor, edition: MeasureEdition, evidence: Evidence, at: datetime) -> None:
    """Report a measure done with what shows it; the named checker cannot be the one.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-MEASURE-EVIDENCE, -SELF, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        measure = work_for(actor, edition.measure_id)
        measure_step(MeasureState(measure.state), MeasureVerb.FINISH)
        check_not_self(actor.account_id, measure.finding.checker_id or 0, "evidence")
        check_evidence(words=evidence.words, has_file=evidence.file_id is not None)
        words = evidence.words.strip()
        words = clean_body(words, "evidence", WORDS_MOST) if words else ""
        columns: dict[str, object] = {
            "done_at": at,
            "done_by_id": actor.account_id,
            "evidence": words,
            "evidence_file_id": evidence.file_id,
        }
        move(measure, MeasureVerb.FINISH, edition.version, at, columns)
        said = _said(measure, evidence=words)
        tell(actor.account_id, measure.finding, "measure_done", at=at, payload={**said})


@transaction.atomic
def take_back(*, actor: Actor, edition: MeasureEdition, at: datetime) -> None:
    """Undo a report that a measure is done, while nobody has checked it.

    Errors: NotFound, Forbidden, E-STATE, E-STALE.
    """
    with company_scope(actor.company_id):
        measure = work_for(actor, edition.measure_id)
        columns: dict[str, object] = {"done_at": None, "done_by_id": None}
        move(measure, MeasureVerb.TAKE_BACK, edition.version, at, columns)
        tell(
            actor.account_id,
            measure.finding,
            "measure_taken_back",
            at=at,
            payload={**_said(measure)},
        )


@transaction.atomic
def check(
    *, actor: Actor, edition: MeasureEdition, verb: MeasureVerb, words: str, at: datetime
) -> None:
    """Verify a measure, find it not effective, or send it back; the named checker alone.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-CHOICE, E-MEASURE-SELF, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        measure = check_for(actor, edition.measure_id)
        if verb not in CHECKS:
            raise Problem("E-CHOICE", "verb", "Choose one of the list.", "请从列表中选择一项。")
        measure_step(MeasureState(measure.state), verb)
        check_not_self(measure.done_by_id or 0, actor.account_id, "words")
        check_not_self(measure.finding.responsible_id or 0, actor.account_id, "words")
        found = reason_of(words, "words")
        _checkpoint(measure, actor, verb, found, at)
        again = verb is MeasureVerb.RETURN
        columns: dict[str, object] = {"done_at": None, "done_by_id": None} if again else {}
        move(measure, verb, edition.version, at, columns)
        said = _said(measure, words=found)
        tell(actor.account_id, measure.finding, CHECKS[verb], at=at, payload={**said})


def _checkpoint(
    measure: Measure, actor: Actor, verb: MeasureVerb, words: str, at: datetime
) -> None:
    number = Checkpoint.objects.filter(measure=measure).count() + 1
    Checkpoint(
        company_id=actor.company_id,
        measure=measure,
        number=number,
        at=at,
        doer_id=measure.done_by_id or 0,  # a measure without a doer cannot be done
        checker_id=actor.account_id,
        verb=verb.value,
        words=words,
    ).save()


@transaction.atomic
def withdraw(*, actor: Actor, edition: MeasureEdition, reason: str, at: datetime) -> None:
    """Give a measure up before it is done, with a reason; it stays in the list.

    Errors: NotFound, Forbidden, E-STATE, E-STALE, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        measure = measure_for(actor, edition.measure_id, Verb.EDIT_FINDINGS)
        measure_step(MeasureState(measure.state), MeasureVerb.WITHDRAW)
        words = reason_of(reason)
        move(measure, MeasureVerb.WITHDRAW, edition.version, at, {})
        said = _said(measure, reason=words)
        tell(actor.account_id, measure.finding, "measure_withdrawn", at=at, payload={**said})


@transaction.atomic
def write_for_owners(
    *, actor: Actor, edition: MeasureEdition, wanted: bool, words: str, at: datetime
) -> None:
    """Write what owners are to be told of a measure, or take it back; nothing is sent by this.

    Errors: NotFound, Forbidden, E-STATE where it was withdrawn, E-STALE, E-TEXT-*.
    """
    with company_scope(actor.company_id):
        measure = measure_for(actor, edition.measure_id, Verb.EDIT_FINDINGS)
        if measure.state == MeasureState.WITHDRAWN:
            raise Problem(
                "E-STATE",
                "owner_words",
                "This measure was withdrawn. Owners are told of another one.",
                "该措施已撤回，不能告知业主。请选择其他措施。",
            )
        text = clean_body(words, "owner_words", 500) if wanted else ""
        Measure.objects.filter(id=measure.pk).update(for_owners=wanted, owner_words=text)
        change(measure.finding, edition.version, at)
        verb = "owner_words_written" if wanted else "owner_words_removed"
        said = _said(measure, words=text)
        tell(actor.account_id, measure.finding, verb, at=at, payload={**said})
