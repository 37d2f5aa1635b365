"""Which earlier cases may be the same matter, and when many homes speak of one; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from anju.casework.triage import folded

SAME_HOME, SAME_PLACE = timedelta(days=30), timedelta(days=3)
ALIKE = 0.35
CLUSTER, CLUSTER_TIME = 3, timedelta(days=7)
MOST = 5


@dataclass(frozen=True, slots=True)
class Told:
    """What a case is compared by: where, what about, in which words, when."""

    id: int
    category: str
    words: str
    at: datetime
    home_id: int | None = None
    building_id: int | None = None
    zone_id: int | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier case and how alike the words are, from 0 to 1; `own` is the same home's."""

    id: int
    own: bool
    words: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Cases of one topic in one zone within days of each other."""

    category: str
    zone_id: int
    ids: tuple[int, ...]


def words_alike(first: str, second: str) -> float:
    """Return the share of pairs of neighbouring signs that two texts have in common, 0 to 1.

    Source: Dice (1945), Ecology 26, p. 298, on pairs of signs. Two empty texts have nothing in common.
    """
    one, two = _pairs(first), _pairs(second)
    total = one.total() + two.total()
    return 2 * (one & two).total() / total if total else 0.0


def _pairs(text: str) -> Counter[str]:
    said = "".join(sign for sign in folded(text) if sign.isalnum())
    return Counter(said[place : place + 2] for place in range(max(1, len(said) - 1)) if said)


def same_matter(new: Told, earlier: Iterable[Told]) -> tuple[Alike, ...]:
    """Return at most five earlier cases that may be the same matter, likeliest first.

    The same home's of the last thirty days with the same category or like words; the same
    building's of the last three days with the same category and no other home's privacy: only that
    there is one.
    """
    found = [alike for old in earlier if (alike := _compare(new, old)) is not None]
    return tuple(sorted(found, key=lambda one: (not one.own, -one.words, -one.id))[:MOST])


def _compare(new: Told, old: Told) -> Alike | None:
    age, words = new.at - old.at, words_alike(new.words, old.words)
    if old.id == new.id or age < timedelta(0):
        return None
    if new.home_id is not None and new.home_id == old.home_id:
        like = old.category == new.category or words >= ALIKE
        return Alike(old.id, own=True, words=words) if age <= SAME_HOME and like else None
    near = new.building_id is not None and new.building_id == old.building_id
    if near and age <= SAME_PLACE and old.category == new.category:
        return Alike(old.id, own=False, words=words)
    return None


def clusters(cases: Sequence[Told], at: datetime) -> tuple[Cluster, ...]:
    """Return the topics of which three cases or more of a zone came within the last seven days.

    Several cases of one home count once.
    """
    found: dict[tuple[str, int], dict[object, list[int]]] = {}
    for case in cases:
        if case.zone_id is not None and timedelta(0) <= at - case.at <= CLUSTER_TIME:
            homes = found.setdefault((case.category, case.zone_id), {})
            homes.setdefault(case.home_id or -case.id, []).append(case.id)
    return tuple(
        Cluster(category, zone, tuple(sorted(chain.from_iterable(homes.values()))))
        for (category, zone), homes in sorted(found.items())
        if len(homes) >= CLUSTER
    )
