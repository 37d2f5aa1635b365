"""Findings in every state, each with the words that people write about it, for the stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from typing_extensions import override

from anju.attachments.models import Attachment
from anju.attachments.rules.kinds import Kind
from anju.attachments.signing import PREVIEW, WHOLE, signed
from anju.attachments.taking import Taken
from anju.attachments.tests.making import A_PHOTO, PDF
from anju.improve.actions.boxes import People, reopen, waive, write_cause
from anju.improve.actions.evidence import add_file
from anju.improve.actions.measures import (
    Evidence,
    MeasureEdition,
    check,
    finish,
    hold,
    set_measure,
    start,
    withdraw,
    write_for_owners,
)
from anju.improve.actions.opening import Draft, Part, add_part, open_by_hand, open_comment
from anju.improve.actions.storing import Edition
from anju.improve.models import Finding, Measure
from anju.improve.rules.boxes import MeasureDraft
from anju.improve.rules.states import MeasureVerb
from anju.kernel.files import keep
from anju.kernel.pure.clock import utc_now
from anju.register.access import Actor
from anju.survey.models import OpenAnswer
from tests.cast import AT

Word = Callable[[int], str]
VERBS = (MeasureVerb.VERIFY, MeasureVerb.REFUTE, MeasureVerb.RETURN)


@dataclass(frozen=True, slots=True)
class Office:
    """Who decides and checks, who does the work, and on which project."""

    quality: Actor
    manager: Actor
    project_id: int

    @property
    def people(self) -> People:
        return People(self.manager.account_id, self.quality.account_id)

    def by_quality(self) -> dict[str, Any]:
        return {"actor": self.quality, "at": AT}

    def by_manager(self) -> dict[str, Any]:
        return {"actor": self.manager, "at": AT}


@dataclass(frozen=True, slots=True)
class Sign:
    """A file's sign, made when an address is: one made with the stage would soon be too old."""

    attachment_id: int
    size: str

    @override
    def __str__(self) -> str:
        return signed(self.attachment_id, self.size, at=utc_now())


def found(office: Office, word: Word, *, wave_id: int | None = None) -> Finding:
    """Open a finding with cause and people; of others' survey it is only opened."""
    people = office.people if wave_id is None else None
    draft = Draft(
        office.project_id, word(200), word(900), word(900), "property", people, wave_id=wave_id
    )
    return open_by_hand(draft=draft, **office.by_quality())


def measured(office: Office, word: Word, finding: Finding) -> MeasureEdition:
    """Set a measure with words for owners."""
    draft = MeasureDraft(word(900), (AT + timedelta(days=9)).date(), word(900), word(200))
    edition = Edition(finding.pk)
    made = MeasureEdition(set_measure(edition=edition, draft=draft, **office.by_quality()).pk)
    write_for_owners(edition=made, wanted=True, words=word(500), **office.by_quality())
    return made


def _worked(office: Office, word: Word, measure: MeasureEdition) -> None:
    """Start a measure and report it done, with words and a file."""
    company = office.quality.company_id
    start(edition=measure, **office.by_manager())
    kept = keep([word(300).encode()], name=word(120), company_id=company, actor_id=None, at=AT)
    finish(edition=measure, evidence=Evidence(word(900), kept.id), **office.by_manager())


def followed(
    office: Office, word: Word, *, commented: Sequence[int], others: int
) -> dict[str, tuple[object, ...]]:
    """Leave findings in every state; return the ids of findings, measures and comments."""
    act = office.by_quality()
    found(office, word)
    running = measured(office, word, found(office, word))
    start(edition=running, **office.by_manager())
    held = measured(office, word, found(office, word))
    signs = [*_shown(office, word, running), *_shown(office, word, held)]
    start(edition=held, **office.by_manager())
    hold(edition=held, **office.by_manager())
    withdraw(edition=measured(office, word, found(office, word)), reason=word(900), **act)
    _worked(office, word, measured(office, word, found(office, word)))
    for verb in VERBS:
        done = measured(office, word, found(office, word))
        _worked(office, word, done)
        check(edition=done, verb=verb, words=word(900), **act)
    for again in (False, True):
        left = Edition(found(office, word).pk)
        waive(edition=left, reason=word(900), **act)
        if again:
            reopen(edition=left, reason=word(900), **act)
    _split(office, word, others)
    removable = Attachment.objects.order_by("id").values_list("id", flat=True)
    files = {"sign": tuple(signs), "attachment_id": tuple(int(key) for key in removable)}
    return _ids(office, word, commented) | files


def _shown(office: Office, word: Word, measure: MeasureEdition) -> list[Sign]:
    """Add a photo and a document to a measure; return the signs of their addresses."""
    made = [
        add_file(
            measure_id=measure.measure_id,
            taken=replace(taken, name=word(120)),
            **office.by_manager(),
        )
        for taken in (A_PHOTO, Taken(Kind.DOCUMENT, "", PDF, b""))
    ]
    return [Sign(one.pk, size) for one in made for size in (WHOLE, PREVIEW)]


def _split(office: Office, word: Word, others: int) -> None:
    whole = Edition(found(office, word, wave_id=others).pk)
    for _ in range(2):
        part = Part(word(200), word(900), office.people)
        made = add_part(edition=whole, part=part, **office.by_quality())
    cause: dict[str, Any] = {"text": word(900), "party": "developer", **office.by_quality()}
    write_cause(edition=Edition(made.pk), **cause)


def _ids(office: Office, word: Word, waves: Sequence[int]) -> dict[str, tuple[object, ...]]:
    """Make a finding of a comment of each wave, and return what there is to look at."""
    answers = []
    for wave_id in waves:
        rows = OpenAnswer.objects.across_parts().filter(
            response__wave_id=wave_id, response__batch__state="live"
        )
        first, second = rows.order_by("id").values_list("id", flat=True)[:2]
        made: dict[str, Any] = {"title": word(200), "gap": word(900), **office.by_quality()}
        open_comment(wave_id=wave_id, answer_id=first, **made)
        answers += [first, second]
    return {
        "finding_id": tuple(_all(Finding)),
        "measure_id": tuple(_all(Measure)),
        "answer_id": tuple(answers),
    }


def _all(model: type[Finding] | type[Measure]) -> list[int]:
    rows = model.objects.order_by("id").values_list("id", flat=True)
    return [int(key) for key in rows]
