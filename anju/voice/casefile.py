"""One case with all that its page shows, for a reader who may see it: facts, promises, people, links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from anju.attachments.queries import AttachmentLine, by_kind
from anju.casework.acts import Also, Standing, also_for, verbs_for
from anju.casework.kinds import Channel, Party, Payer, Photo, WaitedFor
from anju.casework.promises import Promised, kept
from anju.casework.states import OPEN, CaseVerb, Outcome, State
from anju.casework.visits import Solved
from anju.kernel.pure.problems import Problem
from anju.register.access import Actor, Verb
from anju.register.calendars import usual_calendar
from anju.voice.access import case_for, may_work, visible_cases
from anju.voice.actions.paying import owed_by_builder
from anju.voice.lines import NAMED, CaseLine, line_of, lines
from anju.voice.models import Case, Observer, Verdict
from anju.voice.promised import accounts_of, held_level, pauses_of
from anju.worktime.deadlines import Due, WorkingCalendar, round_the_clock, work_minutes_between

LINKED_MOST = 30


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise: as first made, as it stands, when it was met, whether it was kept, and its account."""

    promised: Promised
    first: datetime | None
    due: datetime | None
    met: datetime | None
    kept: bool | None
    moved: bool
    account: Due | None


@dataclass(frozen=True, slots=True)
class Left:
    """Working minutes that are left of the next promise, or by which it is late; `used` in percent."""

    minutes: float
    late: bool
    used: int


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """An objection to a verdict and its answer."""

    id: int
    who: str
    words: str
    at: datetime
    answer: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """An owner's verdict; `who` wrote it down, empty where she gave it herself."""

    id: int
    solved: Solved
    score: int | None
    reasons: tuple[str, ...]
    words: str
    who: str
    at: datetime
    disputes: tuple[DisputeLine, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """Who told it, as far as the reader may know; the phone leaves here masked by the page."""

    person_id: int | None
    unit_id: int | None
    name: str
    phone: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Links:
    """Other cases that belong to this one, those alone that the reader sees."""

    into: CaseLine | None
    merged: tuple[CaseLine, ...]
    follows: CaseLine | None
    later: tuple[CaseLine, ...]
    bundle: tuple[CaseLine, ...]
    bundle_id: int | None
    bundle_title: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as its page shows it."""

    line: CaseLine
    project_id: int
    category_id: int | None
    channel: Channel
    party: Party
    outcome: Outcome | None
    waited_for: WaitedFor | None
    words: str
    wished: str
    cause: str
    cost: int | None
    payer: Payer | None
    appointment_at: datetime | None
    clock_from: datetime
    client_at: datetime | None
    receiver: str
    executor: str
    firm: str
    about: str
    transfers: int
    teller: Teller
    promises: tuple[PromiseLine, ...]
    left: Left | None
    real_time: bool
    calendar: WorkingCalendar
    verbs: tuple[CaseVerb, ...]
    also: tuple[Also, ...]
    did: bool
    observers: tuple[str, ...]
    verdicts: tuple[VerdictLine, ...]
    photos: Mapping[Photo, tuple[AttachmentLine, ...]]
    links: Links

    @property
    def broken(self) -> tuple[PromiseLine, ...]:
        """The promises that were not kept."""
        return tuple(one for one in self.promises if one.kept is False)


def case_file(actor: Actor, case_id: int, *, at: datetime) -> CaseFile:
    """Return a case for its page; raises NotFound or Forbidden."""
    near = (*NAMED, "level", "partner", "about", "reporter", "bundle")
    case = case_for(actor, case_id, Verb.SEE_CASES, near=near)
    verdicts = _verdicts(case)
    standing = Standing(
        State(case.state), takes=actor.may(Verb.TAKE_CASES), works=may_work(actor, case),
        steers=actor.may(Verb.STEER_CASES), did=case.executor_id == actor.account_id,
        bundled=case.bundle_id is not None, judged=bool(verdicts), builder=owed_by_builder(case),
    )  # fmt: skip
    level, calendar = held_level(case), usual_calendar(at=at)
    photos = by_kind([one.value for one in Photo], case.pk)
    observers = Observer.objects.filter(case=case).select_related("account").order_by("id")
    return CaseFile(
        line=line_of(case), project_id=case.project_id, category_id=case.category_id,
        channel=Channel(case.channel), party=Party(case.party),
        outcome=Outcome(case.outcome) if case.outcome else None,
        waited_for=WaitedFor(case.waited_for) if case.waited_for else None,
        words=case.words, wished=case.wished, cause=case.cause, cost=case.cost,
        payer=Payer(case.payer) if case.payer else None,
        appointment_at=case.appointment_at, clock_from=case.clock_from, client_at=case.client_at,
        receiver=case.first_receiver.name if case.first_receiver else "",
        executor=case.executor.name if case.executor else "",
        firm=case.partner.name if case.partner else "",
        about=case.about.name if case.about else "", transfers=case.transfers,
        teller=_teller(actor, case), promises=_promises(case, at), left=_left(case, calendar, at),
        real_time=bool(level and level.real_time), calendar=calendar,
        verbs=verbs_for(standing), also=also_for(standing), did=standing.did,
        observers=tuple(row.account.name for row in observers), verdicts=verdicts,
        photos={one: photos.get(one.value, ()) for one in Photo},
        links=_links(actor, case),
    )  # fmt: skip


def _teller(actor: Actor, case: Case) -> Teller:
    """Return who told it; somebody who only repairs learns a name, and a phone only through the desk."""
    person = case.reporter
    knows = actor.may(Verb.SEE_OWNERS)
    return Teller(
        person.pk if person is not None and knows else None,
        case.unit_id if knows else None,
        person.name if person is not None else case.caller,
        (case.phone or (person.phone if person is not None else "")) if knows else "",
        case.anonymous,
    )


def _promises(case: Case, at: datetime) -> tuple[PromiseLine, ...]:
    try:
        accounts = accounts_of(case, at=at)
    except Problem:  # a calendar without working time explains nothing; the instants stay
        accounts = {}
    found = []
    for one in Promised:
        first, due, met = (getattr(case, f"{one.value}_{what}") for what in ("first", "due", "met"))
        if first is None and due is None and met is None:
            continue
        ended = None if State(case.state) in OPEN else case.closed_at or case.settled_at
        moved = one.value in case.by_hand
        line = PromiseLine(
            one, first, due, met, kept(due, met, ended or at), moved,
            None if moved else accounts.get(one),
        )  # fmt: skip
        found.append(line)
    return tuple(found)


def _left(case: Case, calendar: WorkingCalendar, at: datetime) -> Left | None:
    """Return how much working time the next promise has; None where nothing runs."""
    due, level = case.next_due_at, held_level(case)
    if due is None or State(case.state) not in OPEN:
        return None
    real = level is not None and level.real_time
    hours = round_the_clock(calendar.zone) if real else calendar
    pauses = () if real else pauses_of(case)
    late = due < at
    minutes = work_minutes_between(min(at, due), max(at, due), hours, pauses)
    if late:
        return Left(minutes, late=True, used=100)
    gone = work_minutes_between(min(case.clock_from, at), at, hours, pauses)
    used = round(100 * gone / (gone + minutes)) if gone + minutes else 100
    return Left(minutes, late=False, used=used)


def _verdicts(case: Case) -> tuple[VerdictLine, ...]:
    rows = Verdict.objects.filter(case=case).select_related("by").order_by("id")
    return tuple(
        VerdictLine(
            row.pk, Solved(row.solved), row.score, tuple(row.reasons), row.words,
            row.by.name if row.by else "", row.at, _disputes(row),
        )
        for row in rows.prefetch_related("disputes__by", "disputes__answered_by")
    )  # fmt: skip


def _disputes(row: Verdict) -> tuple[DisputeLine, ...]:
    return tuple(
        DisputeLine(
            one.pk, one.by.name, one.words, one.at, one.answer,
            one.answered_by.name if one.answered_by else "",
        )
        for one in sorted(row.disputes.all(), key=lambda one: one.pk)
    )  # fmt: skip


def _links(actor: Actor, case: Case) -> Links:
    rows = visible_cases(actor).select_related(*NAMED)
    pointed = [one for one in (case.merged_into_id, case.follows_id) if one is not None]
    near = {row.pk: line_of(row) for row in rows.filter(id__in=pointed)} if pointed else {}
    others = rows.exclude(id=case.pk).order_by("-id")
    return Links(
        into=near.get(case.merged_into_id or 0),
        merged=lines(others.filter(merged_into=case)[:LINKED_MOST]),
        follows=near.get(case.follows_id or 0),
        later=lines(others.filter(follows=case)[:LINKED_MOST]),
        bundle=lines(others.filter(bundle_id=case.bundle_id)[:LINKED_MOST])
        if case.bundle_id is not None
        else (),
        bundle_id=case.bundle_id,
        bundle_title=case.bundle.title if case.bundle is not None else "",
    )
