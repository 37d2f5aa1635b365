"""A whole building tells of one outage within ten minutes: fault 32, for P05.

Every word is a case and its teller is told so; they are one fault, and the office hears of it once,
and once again a rung when it runs late.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from anju.casework.kinds import CaseKind, Channel, Severity
from anju.notify.models import Message
from anju.register.models import Person, Unit
from anju.voice.actions import receiving
from anju.voice.actions.clockwork import escalate_due
from anju.voice.actions.receiving import Place, Report, Teller, receive_from_owner
from anju.voice.actions.telling import FAULTS
from anju.voice.models import Bundle, Case, Category
from anju.voice.refold import faults
from promises.casewords import known
from tests.cast import HER_BUILDING, Cast

# Friday 2026-11-20, 09:30 in China: what is late by the clock of work is late from Monday on.
AT, WITHIN = datetime(2026, 11, 20, 1, 30, tzinfo=UTC), timedelta(minutes=10)
ALONE = 4  # reports that came before anybody could know that they are one fault
RUNGS, LOOKED = 2, 100  # rungs that are waited for; cases held against their histories
SLOW = 2.0  # seconds that nobody who tells may wait


@dataclass
class Flood:
    """What an outage did: cases, faults, messages to each, and how long the slowest teller waited."""

    cases: int = 0
    bundles: int = 0
    slowest: float = 0.0
    to_owners: Counter[int] = field(default_factory=Counter)
    to_staff: Counter[int] = field(default_factory=Counter)
    rungs: list[Counter[tuple[int, str]]] = field(default_factory=list)
    climbed: list[int] = field(default_factory=list)
    whole: bool = True

    @property
    def most_to_one(self) -> int:
        """How many messages the colleague got who got most while they came in."""
        return max(self.to_staff.values(), default=0)


def flood(cast: Cast, many: int, *, building: str = HER_BUILDING) -> Flood:
    """Let so many people of one building tell of an outage; the company has its settings."""
    with cast.inside():
        power = Category.objects.get(code="power").pk
        houses = Unit.objects.filter(building__name=building, building__project=cast.project)
        homes = list(houses.order_by("id").values_list("id", flat=True))
        people = [one.pk for one in Person.objects.bulk_create(known(cast, many))]
        before = _last_message()
    made = Flood()
    for n, person in enumerate(people):
        report = Report(
            CaseKind.REPAIR, Place(cast.project.pk, homes[n % len(homes)]), f"停电了 {n}",
            Channel.LINK, teller=Teller(person_id=person), category_id=power,
            severity=Severity.IMPORTANT, client_id=f"flood-{person:018d}",
        )  # fmt: skip
        began = time.monotonic()
        receive_from_owner(company_id=cast.company.pk, report=report, at=AT + n * WITHIN / many)
        made.slowest = max(made.slowest, time.monotonic() - began)
    _count(cast, made, people, before)
    return made


def _last_message() -> int:
    return int(Message.objects.order_by("-id").values_list("id", flat=True).first() or 0)


def _since(before: int) -> tuple[Counter[int], Counter[int]]:
    """Return how many messages each owner and each colleague got since."""
    rows = Message.objects.filter(id__gt=before)
    people = rows.filter(person__isnull=False).values_list("person_id", flat=True)
    staff = rows.filter(account__isnull=False).values_list("account_id", flat=True)
    return Counter(people), Counter(staff)


def _count(cast: Cast, made: Flood, people: list[int], before: int) -> None:
    with cast.inside():
        cases = Case.objects.filter(reporter_id__in=people)
        made.cases = cases.count()
        made.bundles = cases.exclude(bundle=None).values("bundle_id").distinct().count()
        made.to_owners, made.to_staff = _since(before)


def grow_late(cast: Cast, made: Flood) -> None:
    """Let the clock strike until every report of the fault has climbed two rungs, and count."""
    for _rung in range(RUNGS):
        with cast.inside():
            fault = Bundle.objects.latest("id")
            cases = Case.objects.filter(bundle=fault)
            at = cases.order_by("-rung_at").values_list("rung_at", flat=True)[0]
            before = _last_message()
        if at is None:
            break  # nothing climbs: `wrong` tells it
        climbed = 0
        while now := escalate_due(at=at):
            climbed += now
        with cast.inside():
            made.climbed.append(climbed)
            rows = Message.objects.filter(id__gt=before)
            made.rungs.append(Counter(rows.values_list("account_id", "subject_kind")))
    with cast.inside():
        rows = Case.objects.select_related("level", "category", "project", "unit")
        made.whole = not any(faults(case, at=AT) for case in rows.order_by("-id")[:LOOKED])


def wrong(made: Flood, many: int) -> list[str]:
    """Return what an outage did that it must not do."""
    problems = [] if made.cases == many else [f"{made.cases} of {many} reports are cases"]
    problems += [] if made.bundles == 1 else [f"{made.bundles} faults, not one"]
    each = len(made.to_owners) == many and set(made.to_owners.values()) == {1}
    problems += [] if each else ["not each teller was told once"]
    problems += stormed(made)
    of_fault = [{kind for _, kind in rung} == {FAULTS} for rung in made.rungs]
    once = [set(rung.values()) == {1} for rung in made.rungs]
    if len(made.rungs) < RUNGS or not all((*of_fault, *once)):
        problems.append(f"told of rungs: {[dict(rung) for rung in made.rungs]}")
    if any(climbed < many - ALONE for climbed in made.climbed):
        problems.append(f"climbed: {made.climbed} of {many}")
    problems += [] if made.whole else ["cases that are not their histories"]
    return problems + ([f"somebody waited {made.slowest:.1f} s"] if made.slowest > SLOW else [])


def drowned(cast: Cast, many: int) -> bool:
    """Say whether the office is found drowned where reports are not counted into their fault."""
    with patch.object(receiving, "group", _alone):
        return bool(stormed(flood(cast, many, building="2栋")))


def _alone(_case: Case, *, at: datetime) -> None:
    """Leave each report by itself."""


def stormed(made: Flood) -> list[str]:
    """Return that somebody of the office got more than the first reports and one for the fault."""
    most = made.most_to_one
    if not most:
        return ["nobody of the office was told"]
    return [f"{most} messages to one colleague"] if most > ALONE + 1 else []
