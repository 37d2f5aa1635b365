"""The small tables of one wave: weighted counts by group, item and level, and sums of scores.

Everything a report prints is computed from these sums; no row of an answer is kept. Parts of a
wave merge when no household answers in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from anju.answers.rules.answers import ItemDef
from anju.stats.evaluate import Counts
from anju.stats.results import BadArgument
from anju.stats.scores import Sums
from anju.tally.joint import Joint, together
from anju.tally.ticks import Ticked, both

WHOLE = "all"
FORM = 3  # of the stored tables: raised where they change, so that older ones are counted again


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the index over several items is put together.

    `weights` pairs a dimension (or, with `by_item`, an item) with its share of the index; the
    shares sum to 1; () where one item alone is the index. `satisfaction` holds the places of the
    items that enter it, `lead` that of the item about the whole service, which stands apart.
    """

    satisfaction: tuple[int, ...]
    weights: tuple[tuple[str, float], ...] = ()
    by_item: bool = False
    lead: int | None = None

    @property
    def asked(self) -> tuple[int, ...]:
        """Return the places of all items about satisfaction, the one about the whole among them."""
        more = () if self.lead is None else (self.lead,)
        return tuple(sorted({*self.satisfaction, *more}))


@dataclass(frozen=True, slots=True)
class Hist:
    """One item in one group: people by level (all levels of the scale), and those without answer.

    `weights` and `squares` are sums of weights and squared weights by level, None unweighted.
    `households` counts those with a valued answer.
    """

    n: tuple[int, ...]
    missing: int
    households: int
    weights: tuple[float, ...] | None = None
    squares: tuple[float, ...] | None = None

    @property
    def counts(self) -> Counts:
        """Return the counts as the statistics take them."""
        return Counts(self.n, self.weights, self.squares)


@dataclass(frozen=True, slots=True)
class Scored:
    """Sums of one score a person in one group, over how many households."""

    sums: Sums
    households: int


@dataclass(frozen=True, slots=True)
class GroupTally:
    """All sums of one group; `kind` WHOLE with label "" is everybody."""

    kind: str
    label: str
    people: int
    households: int
    hists: tuple[Hist, ...]
    scores: Mapping[str, Scored]

    @property
    def key(self) -> str:
        """Return the key of the group, unique over all kinds."""
        return group_key(self.kind, self.label)


@dataclass(frozen=True, slots=True)
class Nest:
    """Every group of a fine kind lies in one group of a coarse kind: pairs of labels."""

    fine: str
    coarse: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Signs:
    """People with perception above, equal to and below expectation, for one pair of items."""

    key: str
    above: int
    equal: int
    below: int


@dataclass(frozen=True, slots=True)
class Timing:
    """People by band of time and by mode; empty where nobody recorded it."""

    day: tuple[tuple[str, int], ...] = ()
    month: tuple[tuple[str, int], ...] = ()
    half: tuple[tuple[str, int], ...] = ()
    mode: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """All small tables of a wave; `groups[0]` is everybody.

    `lists` is None in tables that were stored before lists to tick were counted.
    """

    items: tuple[ItemDef, ...]
    recipe: Recipe
    groups: tuple[GroupTally, ...]
    nests: tuple[Nest, ...]
    signs: tuple[Signs, ...]
    timing: Timing
    rows: int
    weighted: bool
    lists: tuple[Ticked, ...] | None = None
    joint: Joint | None = None

    @property
    def whole(self) -> GroupTally:
        """Return everybody."""
        return self.groups[0]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of groups, in the order of the file."""
        return tuple(dict.fromkeys(g.kind for g in self.groups if g.kind != WHOLE))

    def of_kind(self, kind: str) -> tuple[GroupTally, ...]:
        """Return the groups of one kind, in the order in which they first appear."""
        return tuple(group for group in self.groups if group.kind == kind)


def group_key(kind: str, label: str) -> str:
    """Return the key of a group."""
    return WHOLE if kind == WHOLE else f"{kind}:{label}"


def merge(a: Tally, b: Tally) -> Tally:
    """Return the tally of both parts together; no household may stand in both.

    Errors: BadArgument where items or recipe differ.
    """
    if a.items != b.items or a.recipe != b.recipe:
        raise BadArgument(
            "items",
            en="Two parts of a wave merge only with the same items and the same index.",
            zh="只有题目和指数口径相同的两部分才能合并。",
        )
    mine = {group.key: group for group in a.groups}
    theirs = {group.key: group for group in b.groups}
    keys = dict.fromkeys((*mine, *theirs))
    return Tally(
        items=a.items,
        recipe=a.recipe,
        groups=tuple(_both(mine.get(key), theirs.get(key)) for key in keys),
        nests=_nests(a, b),
        signs=_signs(a.signs, b.signs),
        timing=_timing(a.timing, b.timing),
        rows=a.rows + b.rows,
        weighted=a.weighted or b.weighted,
        lists=both(a.lists, b.lists),
        joint=together(a.joint, b.joint),
    )


def _both(a: GroupTally | None, b: GroupTally | None) -> GroupTally:
    if a is None or b is None:
        found = a or b
        assert found is not None
        return found
    scores = dict.fromkeys((*a.scores, *b.scores))
    return replace(
        a,
        people=a.people + b.people,
        households=a.households + b.households,
        hists=tuple(_hist(x, y) for x, y in zip(a.hists, b.hists, strict=True)),
        scores={name: _scored(a.scores.get(name), b.scores.get(name)) for name in scores},
    )


def _hist(a: Hist, b: Hist) -> Hist:
    weighted = a.weights is not None or b.weights is not None
    return Hist(
        n=tuple(x + y for x, y in zip(a.n, b.n, strict=True)),
        missing=a.missing + b.missing,
        households=a.households + b.households,
        weights=_sum(a.weights or a.n, b.weights or b.n) if weighted else None,
        squares=_sum(a.squares or a.n, b.squares or b.n) if weighted else None,
    )


def _sum(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(float(x + y) for x, y in zip(a, b, strict=True))


def _scored(a: Scored | None, b: Scored | None) -> Scored:
    if a is None or b is None:
        found = a or b
        assert found is not None
        return found
    return Scored(a.sums + b.sums, a.households + b.households)


def _nests(a: Tally, b: Tally) -> tuple[Nest, ...]:
    theirs = {(nest.fine, nest.coarse): nest for nest in b.nests}
    found = []
    for nest in a.nests:
        other = theirs.get((nest.fine, nest.coarse))
        pairs = dict(nest.pairs)
        if other is not None and all(pairs.setdefault(f, c) == c for f, c in other.pairs):
            found.append(replace(nest, pairs=tuple(pairs.items())))
    return tuple(found)


def _signs(a: tuple[Signs, ...], b: tuple[Signs, ...]) -> tuple[Signs, ...]:
    theirs = {sign.key: sign for sign in b}
    return tuple(
        replace(
            s,
            above=s.above + theirs[s.key].above,
            equal=s.equal + theirs[s.key].equal,
            below=s.below + theirs[s.key].below,
        )
        for s in a
    )


def _timing(a: Timing, b: Timing) -> Timing:
    return Timing(
        day=_bands(a.day, b.day),
        month=_bands(a.month, b.month),
        half=_bands(a.half, b.half),
        mode=_bands(a.mode, b.mode),
    )


def _bands(
    a: tuple[tuple[str, int], ...], b: tuple[tuple[str, int], ...]
) -> tuple[tuple[str, int], ...]:
    total: dict[str, int] = {}
    for band, people in (*a, *b):
        total[band] = total.get(band, 0) + people
    return tuple(total.items())
