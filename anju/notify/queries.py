"""Reads of messages: for their reader, for the outbox, and for who follows what was sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Min, QuerySet

from anju.kernel.at_once import Part, count_of
from anju.kernel.planned import Planned
from anju.notify.access import my_messages, visible_messages
from anju.notify.making import wishes_of, words_in, words_of
from anju.notify.models import Hold, Message, Robot
from anju.notify.rules.robots import RobotKind
from anju.notify.rules.ways import State, Way, Wishes
from anju.notify.rules.words import BrokenTemplate, Kind, Text, template_of
from anju.notify.seal import Unreadable
from anju.register.access import Actor, Verb
from anju.register.rules.masking import mask_phone

CHUNK = 1_000


class Shelf(StrEnum):
    """The parts of the outbox page."""

    HAND = "hand"
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    LET_GO = "let_go"


@dataclass(frozen=True, slots=True)
class Line:
    """A message as lists show it; `text` is None where its words cannot be made or not be shown."""

    id: int
    uid: str
    to: str
    phone: str
    person_id: int | None
    project: str
    kind: Kind
    template: str
    text: Text | None
    hidden: bool
    state: State
    way: str
    path: str
    due_at: datetime
    created_at: datetime
    sent_at: datetime | None
    read_at: datetime | None
    handed_at: datetime | None
    handed_by: str
    tries: int
    reason: str
    told: str


@dataclass(frozen=True, slots=True)
class Held:
    """A hold that is open: since when, and how many messages wait."""

    since: datetime
    waiting: int


@dataclass(frozen=True, slots=True)
class RobotLine:
    """A group with its robot; the address stays sealed."""

    id: int
    name: str
    kind: RobotKind
    kinds: tuple[str, ...]
    active: bool


def unread(actor: Actor) -> int:
    """Return how many messages to an actor are new to her."""
    return _UNREAD.count(actor)


def unread_count(actor: Actor) -> Part[int]:
    """Return the same as a count that the menu asks for beside others."""
    return count_of(_UNREAD, actor)


_UNREAD = Planned(
    lambda actor: my_messages(actor).filter(read_at__isnull=True).order_by().values_list("id")
)


def lines(rows: Iterable[Message], *, links: bool, language: str = "") -> tuple[Line, ...]:
    """Return messages as lists show them; `links` says whether personal links may be seen.

    With a language, words are in it; without one, as they go or went to their reader.
    """
    return tuple(_line(row, *_shown(row, links=links, language=language)) for row in rows)


def _line(row: Message, text: Text | None, hidden: object) -> Line:
    person = row.person
    return Line(
        id=row.pk,
        uid=row.uid,
        to=_name(row),
        phone=mask_phone(person.phone) if person else "",
        person_id=person.pk if person else None,
        project=row.project.name if row.project else "",
        kind=Kind(row.kind),
        template=row.template,
        text=text,
        hidden=bool(hidden),
        state=State(row.state),
        way=row.way,
        path=row.path,
        due_at=row.due_at,
        created_at=row.created_at,
        sent_at=row.sent_at,
        read_at=row.read_at,
        handed_at=row.handed_at,
        handed_by=row.handed_by.name if row.handed_by else "",
        tries=row.tries,
        reason=row.reason,
        told=row.told,
    )


def _name(row: Message) -> str:
    named = row.person or row.account or row.robot
    return named.name if named is not None else ""


def _shown(row: Message, *, links: bool, language: str) -> tuple[Text | None, bool]:
    """Return a message's words, and whether they are hidden because they hold a personal link."""
    try:
        if not links and not template_of(row.template).keeps:
            return None, True
        text = words_in(row, language) if language else words_of(row)
    except (BrokenTemplate, Unreadable):
        return None, False
    return (text if text.body else None), False


def with_all(rows: QuerySet[Message]) -> QuerySet[Message]:
    """Return messages with everything that a line shows."""
    return rows.select_related("person", "account", "robot", "project", "handed_by")


def on_shelf(actor: Actor, shelf: Shelf) -> QuerySet[Message]:
    """Return what lies in one part of the outbox, for an actor; dead letters to colleagues as well
    where she runs the outbox.
    """
    rows = visible_messages(actor)
    if shelf is Shelf.HAND:
        return rows.filter(state=State.SENT, way=Way.OUTBOX, handed_at__isnull=True)
    if shelf is Shelf.SENT:
        return rows.filter(state=State.SENT).exclude(way=Way.OUTBOX, handed_at__isnull=True)
    if shelf is Shelf.DEAD and actor.may(Verb.RUN_OUTBOX) and actor.parts is None:
        return Message.objects.filter(state=State.DEAD)
    return rows.filter(state=shelf.value)


def counts(actor: Actor) -> dict[Shelf, int]:
    """Return how many messages lie in each part of the outbox."""
    return {shelf: on_shelf(actor, shelf).count() for shelf in Shelf}


def held() -> Held | None:
    """Return the open hold of the company in force with the number of messages that wait."""
    since = Hold.objects.filter(ended_at__isnull=True).aggregate(since=Min("since"))["since"]
    if since is None:
        return None
    rows = Message.objects.across_parts().filter(state=State.WAITING, created_at__lte=since)
    return Held(since, rows.count())


def states_of(kind: str, ids: Collection[int]) -> dict[int, dict[str, State]]:
    """Return subject → stage → state of its messages, for whoever follows what was sent."""
    found: dict[int, dict[str, State]] = {}
    listed = list(ids)
    for start in range(0, len(listed), CHUNK):
        rows = Message.objects.across_parts().filter(
            subject_kind=kind, subject_id__in=listed[start : start + CHUNK]
        )
        for key, stage, state in rows.values_list("subject_id", "stage", "state"):
            found.setdefault(key, {})[stage] = State(state)
    return found


def about_person(person_id: int) -> QuerySet[Message]:
    """Return the messages to somebody of the register, in no declared order, for her file."""
    return Message.objects.filter(person_id=person_id)


def wishes(actor: Actor) -> Wishes:
    """Return what an actor wishes to be told."""
    return wishes_of({actor.account_id})[actor.account_id]


def robots() -> tuple[RobotLine, ...]:
    """Return the groups of the company in force, by name."""
    return tuple(
        RobotLine(row.pk, row.name, RobotKind(row.kind), tuple(row.kinds), row.active)
        for row in Robot.objects.order_by("name", "id")
    )


def by_state() -> dict[str, int]:
    """Return state → how many messages of the company in force, for a look at the whole."""
    rows = Message.objects.across_parts().order_by().values_list("state")
    return dict(rows.annotate(n=Count("id")))


def groups_told(kind: Kind) -> tuple[int, ...]:
    """Return the groups of the company in force that are told of a kind."""
    rows = Robot.objects.filter(active=True).order_by("id").values_list("id", "kinds")
    return tuple(key for key, kinds in rows if kind.value in kinds)
