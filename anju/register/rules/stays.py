"""Stays in a unit: from a day up to, not including, another; what may follow what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from anju.kernel.pure.problems import Problem


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's time in a unit; None is open on that side."""

    person_id: int
    kind: str
    since: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        """Say whether the day lies in the stay."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )

    def meets(self, other: Stay) -> bool:
        """Say whether two stays share at least one day."""
        return not (_before(self, other) or _before(other, self))


def _before(one: Stay, other: Stay) -> bool:
    return one.until is not None and other.since is not None and one.until <= other.since


def check_order(since: date | None, until: date | None) -> None:
    """Refuse a stay that ends before it has begun: E-STAY-ORDER."""
    if since is not None and until is not None and until <= since:
        raise Problem(
            "E-STAY-ORDER",
            "until",
            "The last day must come after the first, {since}.",
            "结束日期必须晚于开始日期 {since}。",
            since=since.isoformat(),
        )


def check_twice(new: Stay, others: Iterable[Stay]) -> None:
    """Refuse a stay of somebody who is the same to the unit in that time already: E-STAY-TWICE."""
    if any(o.person_id == new.person_id and o.kind == new.kind and o.meets(new) for o in others):
        raise Problem(
            "E-STAY-TWICE",
            "person",
            "This person is already registered for the unit in that time. End that stay first.",
            "此人在该时间段已登记在该房屋。请先结束原有记录。",
        )


def ownerless(new: Stay, others: Iterable[Stay]) -> bool:
    """Say whether a tenant's stay runs through days on which the unit has no owner on record."""
    if new.kind != "tenant":
        return False
    owned = sorted(
        (stay for stay in others if stay.kind == "owner"),
        key=lambda stay: stay.since or date.min,
    )
    day, end = new.since or date.min, new.until or date.max
    for stay in owned:
        if (stay.since or date.min) > day:
            break
        day = max(day, stay.until or date.max)
    return day < end


def left_ownerless(before: Sequence[Stay], after: Sequence[Stay]) -> bool:
    """Say whether an act leaves a tenant, who had owners all the time, with days without one.

    Example:
        >>> owner, tenant = Stay(1, "owner", None, None), Stay(2, "tenant", None, None)
        >>> left_ownerless([owner, tenant], [tenant]), left_ownerless([tenant], [tenant])
        (True, False)
    """
    known = {stay.person_id for stay in before if ownerless(stay, before)}
    return any(stay.person_id not in known and ownerless(stay, after) for stay in after)
