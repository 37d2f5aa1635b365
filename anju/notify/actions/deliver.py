"""Sends what is due: claims by a lease, sends outside any transaction, marks by the lease.

A worker that dies between sending and marking leaves one message that is sent again under the same
key: a provider that honours keys takes it once. What stays in the house is marked in bulk, since
marking is all that happens to it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex

import structlog
from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q

from anju.kernel.scope import company_scope
from anju.notify.carriers.choose import carrier_of
from anju.notify.carriers.port import Carrier, NotTaken
from anju.notify.making import Ready, ready, wishes_of
from anju.notify.models import Hold, Message
from anju.notify.rules.hours import next_allowed
from anju.notify.rules.needed import About, not_needed
from anju.notify.rules.retry import BUSY, LEASE, wait_after
from anju.notify.rules.ways import (
    APART,
    DISTURBING,
    NEEDS_CONSENT,
    OUTWARD,
    SPACED,
    State,
    Way,
    Wishes,
)
from anju.notify.rules.words import BrokenTemplate, template_of
from anju.notify.seal import Unreadable
from anju.register.models import Company, Consent

log = structlog.get_logger("anju.notify")
BATCH = 200
# A way that failed so often in a row is left alone until the next stroke of the clock.
BROKEN_AFTER = 3


@dataclass(slots=True)
class Round:
    """One stroke of the clock at one company: when, under which lease, and what became of it."""

    at: datetime
    key: str
    lease: timedelta = LEASE
    began: float = field(default_factory=time.monotonic)
    done: Counter[str] = field(default_factory=Counter)
    failed: Counter[Way] = field(default_factory=Counter)
    carriers: dict[Way, Carrier] = field(default_factory=dict)

    def late(self) -> bool:
        """Say whether so much of the lease is used that nothing more may be begun."""
        return time.monotonic() - self.began > min(BUSY, self.lease / 2).total_seconds()

    def now(self) -> datetime:
        """Return the instant of the clock's stroke, moved on by the time that passed since."""
        return self.at + timedelta(seconds=time.monotonic() - self.began)


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for a batch just before it goes: who still agrees, and what is not needed, and why."""

    agreed: set[tuple[int | None, str]]
    over: Mapping[About, str]


def deliver_due(*, at: datetime, lease: timedelta = LEASE) -> Counter[str]:
    """Send what is due in every company that is not held; return what became of how many."""
    done: Counter[str] = Counter()
    for company_id in Company.objects.order_by("id").values_list("id", flat=True):
        with company_scope(company_id):
            done += deliver_company(at=at, lease=lease)
    return done


def deliver_company(*, at: datetime, lease: timedelta = LEASE) -> Counter[str]:
    """Send what is due in the company in force, unless it is held."""
    if Hold.objects.filter(ended_at__isnull=True).exists():
        return Counter()
    turn = Round(at, token_hex(16), lease)
    while not turn.late():
        rows = claim(turn)
        if not rows:
            break
        _send_all(rows, turn)
    _release(turn)
    return +turn.done


def due(at: datetime) -> models.QuerySet[Message]:
    """Return what may be sent now: due, not leased, and first among those about the same thing.

    A home gets one message of a survey a day, whatever came due while nobody was there to send it.
    """
    earlier = Message.objects.across_parts().filter(
        subject_kind=OuterRef("subject_kind"),
        subject_id=OuterRef("subject_id"),
        state=State.WAITING,
        id__lt=OuterRef("id"),
    )
    rows: models.QuerySet[Message] = Message.objects.across_parts().filter(
        Q(lease_until__isnull=True) | Q(lease_until__lte=at), state=State.WAITING, due_at__lte=at
    )
    return rows.filter(~Exists(earlier)).exclude(_too_soon(at))


def _too_soon(at: datetime) -> Q:
    """Tell messages of surveys whose home had one within a day, or has an earlier one due now."""
    home = Message.objects.across_parts().filter(unit_id=OuterRef("unit_id"), purpose=SPACED)
    lately = home.filter(state=State.SENT, sent_at__gt=at - APART)
    before = home.filter(state=State.WAITING, due_at__lte=at, id__lt=OuterRef("id"))
    spaced = Q(purpose=SPACED, unit_id__isnull=False, urgent=False)
    return spaced & (Q(Exists(lately)) | Q(Exists(before)))


def claim(turn: Round) -> Sequence[Message]:
    """Lease the next messages by a conditional update; another worker's are left alone."""
    now = turn.now()
    ids = list(due(now).order_by("due_at", "id").values_list("id", flat=True)[:BATCH])
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    rows = Message.objects.across_parts().filter(free, id__in=ids, state=State.WAITING)
    taken = rows.update(lease_until=now + turn.lease, lease_key=turn.key) if ids else 0
    if not taken:
        return ()
    mine = Message.objects.across_parts().filter(id__in=ids, lease_key=turn.key)
    waiting = mine.filter(state=State.WAITING).order_by("id")
    return tuple(waiting.select_related("account", "person", "robot"))


def _release(turn: Round) -> None:
    """Give back what was leased and not begun."""
    rows = Message.objects.across_parts().filter(lease_key=turn.key, state=State.WAITING)
    rows.update(lease_until=None, lease_key="")


def _send_all(rows: Sequence[Message], turn: Round) -> None:
    """Send a batch: what stays in the house together, what goes out one by one."""
    wishes = wishes_of({row.account_id for row in rows if row.account_id})
    facts = Facts(
        _still_agreed(rows), not_needed({(r.subject_kind, r.subject_id) for r in rows}, turn.now())
    )
    inside: list[tuple[Message, Ready]] = []
    for row in rows:
        if turn.late():
            break
        made = _made(row, wishes, facts, turn)
        if made is None:
            continue
        if made.way in OUTWARD:
            _carry(row, made, turn)
        else:
            inside.append((row, made))
    if inside:
        _mark_inside(inside, turn)


def _still_agreed(rows: Sequence[Message]) -> set[tuple[int | None, str]]:
    """Return (person, purpose) of every consent that still holds."""
    people = {row.person_id for row in rows if row.purpose in NEEDS_CONSENT}
    held = Consent.objects.filter(person_id__in=people - {None}, withdrawn_at__isnull=True)
    return set(held.values_list("person_id", "purpose"))


def _made(row: Message, wishes: Mapping[int, Wishes], facts: Facts, turn: Round) -> Ready | None:
    """Return a message ready to go; else mark it postponed, let go or dead."""
    why = _pointless(row, facts)
    if why:
        _settle(row, turn, "let_go", state=State.LET_GO, reason=why)
        return None
    try:
        made = ready(row, wishes)
    except Exception as fault:
        # A defect in one message must not stop the others; what is wrong stands at the message.
        log.exception("message cannot be made", template=row.template, message=row.pk)
        code, told = _why_broken(fault)
        _settle(row, turn, "dead", state=State.DEAD, reason=code, told=told[:200])
        return None
    if made.way in DISTURBING:
        allowed = next_allowed(
            turn.now(), zone=settings.TIME_ZONE, quiet=made.quiet, urgent=row.urgent
        )
        if allowed > turn.now():
            _settle(row, turn, "postponed", due_at=allowed)
            return None
    return made


def _why_broken(fault: Exception) -> tuple[str, str]:
    """Return the reason that a page tells, and what stands beside it."""
    if isinstance(fault, BrokenTemplate):
        return fault.reason, fault.told or repr(fault)
    return ("unreadable" if isinstance(fault, Unreadable) else "template"), repr(fault)


def _pointless(row: Message, facts: Facts) -> str:
    """Return why a message is not to go any more: taken back, over, or switched off; else nothing."""
    asks = row.purpose in NEEDS_CONSENT and row.person_id is not None
    if asks and (row.person_id, row.purpose) not in facts.agreed:
        return "no_consent"
    over = facts.over.get((row.subject_kind, row.subject_id))
    if over:
        return over
    return "robot_off" if row.robot is not None and not row.robot.active else ""


def _settle(row: Message, turn: Round, what: str, **columns: object) -> None:
    """Write what became of a message that we hold; nothing where the lease went to another."""
    mine = Message.objects.across_parts().filter(id=row.pk, lease_key=turn.key, state=State.WAITING)
    turn.done[what] += mine.update(lease_until=None, lease_key="", **columns)


def _carry(row: Message, made: Ready, turn: Round) -> None:
    """Send one message out of the house, and mark it, or wait longer each time."""
    if turn.failed[made.way] >= BROKEN_AFTER:
        _settle(row, turn, "postponed", due_at=turn.now() + timedelta(minutes=1))
        return
    try:
        carrier = turn.carriers.setdefault(made.way, carrier_of(made.way))
        key = carrier.send(made.parcel)
    except NotTaken as fault:
        turn.failed[made.way] += 0 if fault.final else 1
        _failed(row, turn, made.way, fault)
    except Exception as fault:
        # A carrier's own defect counts as a try: the message is not lost and the others go on.
        log.exception("carrier failed", way=made.way.value, message=row.pk)
        turn.failed[made.way] += 1
        _failed(row, turn, made.way, NotTaken("carrier", type(fault).__name__))
    else:
        turn.failed[made.way] = 0
        columns = _as_sent(row, made, turn)
        _settle(row, turn, "sent", provider_key=key[:100], tries=F("tries") + 1, **columns)


def _failed(row: Message, turn: Round, way: Way, fault: NotTaken) -> None:
    tries = row.tries + 1
    wait = None if fault.final else wait_after(tries, row.uid)
    told = {"tries": tries, "way": way.value, "reason": fault.code[:40], "told": fault.told[:200]}
    if wait is None:
        _settle(row, turn, "dead", state=State.DEAD, **told)
    else:
        _settle(row, turn, "failed", due_at=turn.now() + wait, **told)


def _as_sent(row: Message, made: Ready, turn: Round) -> dict[str, object]:
    """Return the columns of a message that went; a personal link is not kept once it is out."""
    keeps = template_of(row.template).keeps
    kept = {"title": made.text.title, "body": made.text.body} if keeps else {}
    gone = {"sealed": "", "dropped_at": turn.now()} if made.way in OUTWARD and not keeps else {}
    return {
        "state": State.SENT.value,
        "way": made.way.value,
        "sent_at": turn.now(),
        "reason": "",
        "told": "",
        **kept,
        **gone,
    }


@transaction.atomic
def _mark_inside(rows: Sequence[tuple[Message, Ready]], turn: Round) -> None:
    """Mark what stays in the house, in one transaction; only what we still hold."""
    ids = [row.pk for row, _ in rows]
    held = (
        Message.objects.across_parts()
        .select_for_update()
        .filter(id__in=ids, lease_key=turn.key, state=State.WAITING)
    )
    mine = set(held.values_list("id", flat=True))
    changed = []
    for row, made in rows:
        if row.pk in mine:
            for name, value in _as_sent(row, made, turn).items():
                setattr(row, name, value)
            row.lease_until, row.lease_key = None, ""
            changed.append(row)
    names = ["state", "way", "sent_at", "reason", "told", "title", "body", "lease_until"]
    Message.objects.across_parts().bulk_update(changed, [*names, "lease_key"], batch_size=100)
    turn.done["sent"] += len(changed)
