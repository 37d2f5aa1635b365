"""Puts messages into the outbox, inside the transaction of the act that they tell of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex

from django.conf import settings
from django.db import transaction

from anju.kernel.scope import current_company
from anju.notify.models import Message
from anju.notify.recipients import Known, Recipient, To, known_people, languages_of
from anju.notify.rules.hours import NIGHT, next_allowed
from anju.notify.rules.ways import LeftOut, may_write
from anju.notify.rules.words import Template, Value, template_of
from anju.notify.seal import seal

CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class About:
    """What a message tells of: a thing by kind and id, and the stage that it reached."""

    kind: str
    id: int
    stage: str


@dataclass(frozen=True, slots=True)
class Note:
    """One message: to whom, about what, and the values that its template names.

    `sealed` are values that a copy of the database must not give away, such as a personal link.
    `path` is where a colleague acts on it. `urgent` goes out at night as well: emergencies alone.
    """

    to: Recipient
    about: About
    values: Mapping[str, Value] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    project_id: int | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Sifted:
    """Who would be written to and who is left out, in the order of what was asked."""

    notes: tuple[Note, ...]
    left_out: tuple[tuple[Recipient, LeftOut], ...]

    def count(self, why: LeftOut) -> int:
        """Return how many are left out for a reason."""
        return sum(1 for _, reason in self.left_out if reason is why)


def post(template: Template, note: Note, *, at: datetime) -> int | None:
    """Put one message into the outbox; return its id, None where nobody is to be told (again).

    The caller is inside the company and inside the transaction of the act.
    """
    sifted = post_many(template, [note], at=at)
    if not sifted.notes:
        return None
    row = Message.objects.across_parts().filter(**_key(note)).values_list("id", flat=True)
    return int(row[0])


@transaction.atomic
def post_many(template: Template, notes: Sequence[Note], *, at: datetime, days: int = 0) -> Sifted:
    """Put many messages of one template into the outbox; return who was written to and who not.

    A message that was posted before is left out as `already`, so that a second call posts nothing.
    `days` is the fatigue limit: no home is asked twice for the purpose within so many days, other
    messages about the same thing not counted. Give each home a subject of its own: messages about
    one thing wait for each other.

    The caller is inside the company. Errors: BrokenTemplate for a template that is not registered.
    """
    template_of(template.code)
    sent: list[Note] = []
    out: list[tuple[Recipient, LeftOut]] = []
    for part in _parts(notes):
        found = sift(template, part, at=at, days=days)
        known = _known(template, part)
        rows = [_row(template, note, known, at) for note in found.notes]
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        sent += found.notes
        out += found.left_out
    return Sifted(tuple(sent), tuple(out))


def sift(template: Template, notes: Sequence[Note], *, at: datetime, days: int = 0) -> Sifted:
    """Return who would be written to and who not, and why; writes nothing."""
    sent: list[Note] = []
    out: list[tuple[Recipient, LeftOut]] = []
    for part in _parts(notes):
        known, there = _known(template, part), _there(part)
        for note in part:
            why = _why_not(template, note, known, there, at=at, days=days)
            if why is None:
                sent.append(note)
                there.add(_stage(note))
            else:
                out.append((note.to, why))
    return Sifted(tuple(sent), tuple(out))


def _parts(notes: Sequence[Note]) -> Iterator[Sequence[Note]]:
    for start in range(0, len(notes), CHUNK):
        yield notes[start : start + CHUNK]


Stage = tuple[str, str, int, str]


def _stage(note: Note) -> Stage:
    return (note.to.key, note.about.kind, note.about.id, note.about.stage)


def _key(note: Note) -> dict[str, object]:
    names = ("recipient", "subject_kind", "subject_id", "stage")
    return dict(zip(names, _stage(note), strict=True))


def _there(notes: Sequence[Note]) -> set[Stage]:
    """Return the stages of these notes that were posted before."""
    rows = Message.objects.across_parts().filter(
        recipient__in={note.to.key for note in notes},
        subject_kind__in={note.about.kind for note in notes},
        subject_id__in={note.about.id for note in notes},
    )
    return set(rows.values_list("recipient", "subject_kind", "subject_id", "stage"))


def _known(template: Template, notes: Sequence[Note]) -> dict[str, Known]:
    """Return what is known of every recipient that exists, by key."""
    who = [note.to for note in notes]
    but = (notes[0].about.kind, {note.about.id for note in notes}) if notes else None
    people = known_people(who, template.purpose, but=but)
    tongues = languages_of({one.id for one in who if one.kind is To.ACCOUNT})
    found = {f"{To.PERSON}:{key}": known for key, known in people.items()}
    found |= {f"{To.ACCOUNT}:{key}": Known(tongue) for key, tongue in tongues.items()}
    found |= {one.key: Known("") for one in who if one.kind is To.ROBOT}
    return found


def _why_not(
    template: Template,
    note: Note,
    known: Mapping[str, Known],
    there: set[Stage],
    *,
    at: datetime,
    days: int,
) -> LeftOut | None:
    facts = known.get(note.to.key)
    if facts is None:
        return LeftOut.NOBODY
    if _stage(note) in there:
        return LeftOut.ALREADY
    return may_write(facts.home, template.purpose, at, days=days) if facts.home else None


def _row(template: Template, note: Note, known: Mapping[str, Known], at: datetime) -> Message:
    facts, to = known[note.to.key], note.to
    due = at
    if to.kind is To.PERSON:
        quiet = (NIGHT, *facts.quiet)
        due = next_allowed(at, zone=settings.TIME_ZONE, quiet=quiet, urgent=note.urgent)
    return Message(
        company_id=current_company(),
        uid=token_hex(16),
        recipient=to.key,
        account_id=to.id if to.kind is To.ACCOUNT else None,
        person_id=to.id if to.kind is To.PERSON else None,
        robot_id=to.id if to.kind is To.ROBOT else None,
        project_id=note.project_id or facts.project_id,
        unit_id=to.unit_id,
        template=template.code,
        kind=template.kind.value,
        purpose=template.purpose,
        language=facts.language or settings.LANGUAGE_CODE,
        values=dict(note.values),
        sealed=seal(note.sealed),
        path=note.path,
        subject_kind=note.about.kind,
        subject_id=note.about.id,
        stage=note.about.stage,
        urgent=note.urgent,
        due_at=due,
        created_at=at,
    )
